"""Holds an engine against the reference on random packs and on the real ones: `make agree`, or for another engine
`make agree ENGINE=…`; `DECISIONS=…` says how many."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from agreement import REAL, agreed, questions


def counted(engine: str, seed: int) -> Iterator[tuple[str, int, int]]:
    """Pack, decisions and cases of one question after the other, each asserted to agree."""
    if engine == "columns":
        yield from _in_tables(seed)
        return
    for question in questions(seed):
        yield question.pack.id, agreed(question, engine), 1


def _in_tables(seed: int) -> Iterator[tuple[str, int, int]]:
    from columns_agree import agreed as agreed_in_tables  # noqa: PLC0415 - it needs the extra `registry`
    from columns_agree import random_batch, real_batch  # noqa: PLC0415

    rnd = Random(seed)  # noqa: S311 - nothing secret
    while True:
        pack = rnd.choice(REAL)
        for batch in (random_batch(rnd, 60), real_batch(rnd, pack, rnd.choice(pack.roots))):
            yield batch.pack.id, agreed_in_tables(batch).decisions, len(batch.cases)


def main() -> None:
    """Ask until so many decisions agree; the first that does not ends it with what was asked."""
    engine, wanted, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    counts: Counter[str] = Counter()
    cases, start = 0, time.perf_counter()
    for pack, decisions, asked in counted(engine, seed):
        counts[pack] += decisions
        cases += asked
        if counts.total() >= wanted:
            break
    told = ", ".join(f"{pack} {number}" for pack, number in sorted(counts.items()))
    spent = time.perf_counter() - start
    print(f"{engine}: {counts.total()} decisions of {cases} cases agree with the reference, in {spent:.0f} s ({told})")


if __name__ == "__main__":
    main()
