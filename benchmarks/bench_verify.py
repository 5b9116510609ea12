"""How long the solver takes: `verify` of every pack, and every provision of Yangpu settled against a changed one.

Processor time, so that what else runs does not count; the unit to compare it with is the reference deciding an example
case under the same pack a thousand times.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import attrs

from socorg_rules import assess, load_pack, packs
from socorg_rules.engines.solver import settle
from socorg_rules.verify import verify

CASE = "examples/yangpu-new-organization.json"


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    yangpu = load_pack("yangpu")
    unit = seconds(lambda: [assess(CASE, yangpu, "2023-06-01", engine="reference").to_dict() for _ in range(1000)])
    print(f"{'the reference, 1000 answers of Yangpu':45} {unit:8.2f} s      1")
    taken = [seconds(lambda p=p: settle(p, attrs.evolve(p, when=p.reach))) for p in yangpu.plans.values()]
    for name, time_ in (
        ("settle, a provision of Yangpu, mean", sum(taken) / len(taken)),
        ("settle, the slowest", max(taken)),
    ):
        print(f"{name:45} {time_:8.2f} s {time_ / unit:6.2f}")
    total = 0.0
    for name in packs():
        pack = load_pack(name)
        time_ = seconds(lambda pack=pack: verify(pack))
        total += time_
        print(f"{'verify ' + name:45} {time_:8.2f} s {time_ / unit:6.2f}", flush=True)
    print(f"{'verify, all packs':45} {total:8.2f} s {total / unit:6.2f}")


if __name__ == "__main__":
    main()
