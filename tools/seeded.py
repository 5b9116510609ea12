"""Seeds changes into the packs and has `compare` find them: `make seeded`, or `tools/seeded.py PACK [--every N]`.

Every number, date, comparison and condition of a pack is changed in turn, as `tools/mutate.py` does. A mutant that is
not refused must be detected with a witness that both texts decide and that tells no fact which the provision does not
read, or be proved to decide alike whatever both decide. What is neither is listed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from mutants import Mutant, mutants
from mutate import equivalents

from socorg_rules import Pack, PackError, compare, load_pack
from socorg_rules.change.comparison import Comparison, Witness
from socorg_rules.change.order import SLIGHT
from socorg_rules.expr import ALWAYS
from socorg_rules.load import load_source

ROOT = Path(__file__).parents[1]
PACKS = ("yangpu", "hainan", "longyang", "xinjin", "daoli")
FATES = {
    "decided": "detected by a case that both texts decide",
    "undecided": "decides no case otherwise that both texts decide, as is proved; one text leaves a case undetermined",
    "open": "detected by a case that one text leaves undetermined; not proved that there is no other",
    "proved": "proved to decide every case alike",
    "words": "changes no rule: a reason, an order, words",
    "listed": "not found, and known to change no decision (equivalent_mutants.toml)",
    "missed": "not found by the search, and not proved",
    "refused": "the changed file is no pack",
    "wrong": "detected by a case that holds facts which the provision does not read",
}


DETAIL_ALONE = "outcome and sums stay"
"""What is told of a change that no case shows but by a detail."""


class Seeded(NamedTuple):
    """What became of a change."""

    fate: str
    mutant: Mutant
    seconds: float
    processor: float
    told: str


def seeded(path: Path, mutant: Mutant, known: set[tuple[str, str]]) -> Seeded:
    """Compare a pack with one of its mutants."""
    try:
        old = load_pack(path)
        new = load_source(mutant.source.encode(), path, str(path))
    except PackError as error:
        return Seeded("refused", mutant, 0.0, 0.0, str(error).splitlines()[0])
    if old.content_hash == new.content_hash:
        return Seeded("words", mutant, 0.0, 0.0, "")
    start, processor = time.perf_counter(), time.process_time()
    found = compare(old, new)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    fate, told = _fate(old, new, found)
    if fate in {"open", "missed"}:  # what is left gets the time of a comparison of its own, provision by provision
        fate, told = _alone(old, new, found)
    if fate == "missed" and (mutant.code, mutant.change) in known:
        fate = "listed"
    return Seeded(fate, mutant, seconds, processor, told)


def _alone(old: Pack, new: Pack, found: Comparison) -> tuple[str, str]:
    """What becomes of a change where each provision that it may touch is compared alone."""
    asked = [name for name, c in found.items() if c.how != "same_rules"]
    fates = []
    for name in asked:
        fates.append(_fate(old, new, compare(old, new, leaving_out=dict.fromkeys(found.keys() - {name}, ALWAYS))))
        if fates[-1][0] in {"decided", "wrong"}:
            return fates[-1]
    left = ", ".join(told for fate, told in fates if fate in {"open", "missed"})
    seen = [fate for fate, _ in fates if fate in {"open", "undecided"}]
    if left:
        return "open" if seen else "missed", left
    return "undecided" if seen else "proved", ""


def _fate(old: Pack, new: Pack, found: Comparison) -> tuple[str, str]:
    witnesses = [(c.provision, w) for c in found.different for w in c.witnesses]
    decided = [(name, w) for name, w in witnesses if w.decided]
    strange = [f"{name}: {', '.join(more)}" for name, w in decided if (more := strangers(old, new, name, w))]
    if strange:
        return "wrong", "; ".join(strange)
    if decided:
        return "decided", "" if any(w.kind not in SLIGHT for _, w in decided) else DETAIL_ALONE
    left = [c.provision for c in found.values() if c.status == "searched"]
    if witnesses:
        return ("open", ", ".join(left)) if left else ("undecided", "")
    return ("missed", ", ".join(left)) if left else ("proved", "")


def strangers(old: Pack, new: Pack, name: str, witness: Witness) -> list[str]:
    """Facts of a witness that neither text of the provision reads."""
    read = {f for pack in (old, new) if name in pack.plans for f in pack.plans[name].facts}
    return sorted(witness.case.record.values.keys() - read)


def of_pack(name: str, every: int) -> Iterator[tuple[Path, Mutant, set[tuple[str, str]]]]:
    """Every nth change of a pack."""
    path = ROOT / "policies" / f"{name}.py"
    known = set(equivalents(path))
    for mutant in list(mutants(path.read_text("utf-8")))[::every]:
        yield path, mutant, known


def main() -> int:
    """Print a table for each pack, then what was missed; 1 where a change was missed or a witness is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*", default=PACKS)
    parser.add_argument("--every", type=int, default=1, help="only every nth change")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    bad: list[str] = []
    for name in given.packs:
        jobs = list(of_pack(name, given.every))
        start = time.perf_counter()
        with ProcessPoolExecutor(given.jobs) as pool:
            done = list(pool.map(seeded, *zip(*jobs, strict=True), chunksize=4))
        counts = Counter(s.fate for s in done)
        spent = sorted(s.seconds for s in done if s.seconds)
        middle, longest, processor = spent[len(spent) // 2], spent[-1], max(s.processor for s in done)
        print(f"{name}: {len(done)} changes in {time.perf_counter() - start:.0f} s; a comparison takes {middle:.1f} s, "
              f"at most {longest:.1f} s (processor: {processor:.1f} s)", flush=True)  # fmt: skip
        for fate, meaning in FATES.items():
            print(f"  {counts[fate]:5} {fate:9} {meaning}")
        print(f"  {sum(s.told == DETAIL_ALONE for s in done):5} of the decided differ in a detail alone")
        bad += [
            f"{name}.py:{s.mutant.line}: {s.fate}: {s.mutant.change}\n    {s.mutant.code}\n    {s.told}"
            for s in done
            if s.fate in {"missed", "wrong", "open"}
        ]
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
