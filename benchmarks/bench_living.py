"""What an event on an open case file costs beside asking anew, and that memory stays flat over many cases.

`python benchmarks/bench_living.py [CASES]`: 200,000 cases for the memory unless another number is given.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from socorg_rules import CaseFile, assess, load_case, load_pack

EXAMPLES = Path(__file__).parents[1] / "examples"
AS_OF = "2023-06-01"
ROUNDS = 200
STEPS = 10
FIRST = 1_000
EVENTS = {
    "a rating is published (1 of 34 provisions reads it)": ("organization.assessments[1].grade", ("3A", "4A")),
    "a stage is corrected (2)": ("organization.stage", ("初创期", "成长期")),
    "a payment is corrected (11)": ("organization.payments[0].amount", (10_000, 9_000)),
    "a founding day is corrected (24)": ("organization.established_on", ("2022-03-10", "2021-03-10")),
    "a status is corrected (26)": ("organization.status", ("registered", "filed")),
}


def median(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time in milliseconds."""
    spent = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        action()
        spent.append(time.perf_counter_ns() - start)
    return statistics.median(spent) / 1e6


def events() -> None:
    """One event after the other on one open file; each also as a share of reading and assessing the case anew."""
    pack = load_pack("yangpu")
    plain = load_case(EXAMPLES / "yangpu-new-organization.json").to_dict()
    for engine in ("forward", "reference"):
        anew = median(lambda e=engine: assess(plain, pack, AS_OF, engine=e).to_dict())  # type: ignore[misc]
        print(f"{engine:10} read and assess anew, with each next change {anew:10.2f} ms")
        file = CaseFile(pack, plain, AS_OF, engine=engine)
        for name, (path, values) in EVENTS.items():
            turn = cycle(values[::-1])
            spent = median(lambda f=file, p=path, t=turn: (f.learn(p, next(t)), f.next_change))  # type: ignore[misc]
            print(f"{'':10} {name:52}{spent:8.2f} ms = {spent / anew:5.2f} × anew")


def memory(cases: int) -> None:
    """Resident memory while one process decides case after case by forward chaining, under the pack of Daoli."""
    pack = load_pack("daoli")
    kept = [load_case(p) for p in sorted(EXAMPLES.glob("daoli-*.json"))]
    start = time.perf_counter()
    print(f"\n{cases} cases of {pack.id} through one process, by forward chaining")
    for number in range(1, cases + 1):
        assess(kept[number % len(kept)], pack, "2018-06-01", engine="forward")
        if number % max(1, cases // STEPS) == 0 or number == FIRST:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            now = pages * resource.getpagesize() / 2**20
            spent = time.perf_counter() - start
            print(f"  after {number:7}: {now:6.1f} MB now, {peak:6.1f} MB at most, {spent:5.0f} s", flush=True)


if __name__ == "__main__":
    events()
    memory(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
