"""This library beside its peers: the same six benefits, the same data, the same minute. `make bench-peers`.

All are first held to the same sums. The peers treat what is unknown as no; this library keeps it apart. A peer that is
not installed is named and left out (`pip install 'socorg-rules[peers]'`).
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import job

import socorg_rules as sr
from socorg_rules.engines.compiled import Compiled, program
from socorg_rules.engines.running import Asked

ROUNDS = 7
CASES = 1_000
EXAMPLE = Path(__file__).parents[1] / "examples" / "yangpu-new-organization.json"
AS_OF = job.AS_OF_DAY
Pairs = list[tuple[int, int]]


def each(decide: Callable[[Any], object], given: Iterable[Any]) -> float:
    """The median processor time of a case, in microseconds, over several rounds of all cases."""
    cases, spent = list(given), []
    for _ in range(ROUNDS):
        start = time.process_time()
        for case in cases:
            decide(case)
        spent.append((time.process_time() - start) / len(cases) * 1e6)
    return statistics.median(spent)


def pairs(answer: sr.Answer) -> Pairs:
    """What is payable of each benefit that is met, in yuan."""
    return [
        (int(d.payable.min), int(d.payable.max or 0)) if d.outcome is sr.Outcome.MET and d.payable else (0, 0)
        for d in answer.decisions
    ]


def ours(rows: list[job.Row]) -> dict[str, tuple[Callable[[Any], object], list[Any], Callable[[Any], Pairs]]]:
    """This library's ways to put the question: what is timed, what it is given, and how its sums are read."""
    pack = job.six_benefits()
    cases = [sr.load_case({"applicant": row}, [pack]) for row in rows]
    made = program(pack, cases[0].root)
    functions = [made.functions[plan].finding for plan in pack.about(cases[0].root)]

    def functions_alone(case: sr.Case) -> list[Any]:
        asked = Asked(AS_OF, (), made.shared)
        return [function(case.record.values, asked) for function in functions]

    def read(found: list[Any]) -> Pairs:
        return [(int(f.payable.min), int(f.payable.max)) if f.outcome is sr.Outcome.MET else (0, 0) for f in found]

    def of_plain(data: dict[str, Any]) -> Pairs:
        sums = [d["payable"] if d["outcome"] == "met" else {"min": "0", "max": "0"} for d in data["decisions"]]
        return [(int(float(s["min"])), int(float(s["max"]))) for s in sums]

    plain = [{"applicant": row} for row in rows]
    return {
        "socorg-rules, compiled functions of a loaded case": (functions_alone, cases, read),
        "socorg-rules, assess of a loaded case": (lambda c: sr.assess(c, pack, AS_OF), cases, pairs),
        "socorg-rules, dictionary to plain data": (lambda r: sr.assess(r, pack, AS_OF).to_dict(), plain, of_plain),
        "socorg-rules, dictionary to plain data with trace": (
            lambda r: sr.assess(r, pack, AS_OF).to_dict(trace=True),
            plain,
            of_plain,
        ),
        "socorg-rules, reference engine": (lambda c: sr.assess(c, pack, AS_OF, engine="reference"), cases, pairs),
    }


def whole_pack() -> dict[str, Callable[[], object]]:
    """What the whole Yangpu pack takes on the loaded case of the example, beside the six benefits of the job."""
    case, pack = sr.load_case(EXAMPLE), sr.load_pack("yangpu")
    made = program(pack, case.root)
    taken = made.taken(tuple(pack.default_readings.items()))
    plans = pack.about(case.root)

    def functions_alone() -> list[object]:
        one = Compiled(made, case.record, Asked(AS_OF, taken, made.shared), unasked)
        return [one.settled(plan) for plan in plans]

    return {
        f"whole Yangpu pack, one loaded case: {len(plans)} provisions, functions alone": functions_alone,
        "whole Yangpu pack, one loaded case: assess": lambda: sr.assess(case, pack, AS_OF),
    }


def unasked() -> Any:  # noqa: ANN401
    """Stands for the reference interpreter where it is not asked."""
    raise AssertionError


def peers() -> dict[str, Callable[[Any], Pairs]]:
    """The engines that are installed, each from a row to its sums."""
    found: dict[str, Callable[[Any], Pairs]] = {}
    import engines

    if installed("zen"):
        found["zen-engine"] = engines.zen(trace=False)
        found["zen-engine, with its trace"] = engines.zen(trace=True)
    if installed("durable"):
        found["durable-rules"] = engines.durable()
    if installed("openfisca_core"):
        import openfisca

        made = openfisca.system()

        def one(row: job.Row, *, trace: bool = False) -> Pairs:
            return [(int(a[0]), int(b[0])) for a, b in openfisca.decide_all(made, openfisca.inputs([row]), trace=trace)]

        found["OpenFisca-Core"] = one
        found["OpenFisca-Core, with its trace"] = lambda row: one(row, trace=True)
    if installed("celpy"):
        found["CEL (cel-python)"] = engines.cel()
    return found


def installed(module: str) -> bool:
    """Whether a peer is here; one that is not is named."""
    if importlib.util.find_spec(module) is None:
        print(f"{module} is not installed and left out")
        return False
    return True


def same(name: str, sums: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    """Refuse to time what does not come to the same."""
    if sums != expected:
        raise SystemExit(f"{name} comes to {sums}, not to {expected}")


def single() -> None:
    """One case at a time, from what stands in memory to a result."""
    rows = job.rows(CASES)
    expected = job.sums([job.by_hand(row) for row in rows])
    by_hand = each(job.by_hand, rows)
    print(f"\n{'one case':55}{'µs':>10}{'× by hand':>12}")
    print(f"{'a plain Python function':55}{by_hand:10.2f}{1:12.1f}")
    for name, (decide, given, read) in ours(rows).items():
        same(name, job.sums([read(decide(g)) for g in given]), expected)
        spent = each(decide, given)
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")
    for name, whole in whole_pack().items():
        spent = each(lambda _, whole=whole: whole(), range(CASES))
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")
    for name, peer in peers().items():
        same(name, job.sums([peer(row) for row in rows]), expected)
        spent = each(peer, rows[:200])
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} rounds")
    single()
