"""Holds an engine against the reference on random packs and on the real ones: `make agree`, or for another engine
`make agree ENGINE=…`; `DECISIONS=…` says how many."""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from agreement import agreed, questions


def main() -> None:
    """Ask until so many decisions agree; the first that does not ends it with what was asked."""
    engine, wanted, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    counts: Counter[str] = Counter()
    cases, start = 0, time.perf_counter()
    for question in questions(seed):
        counts[question.pack.id] += agreed(question, engine)
        cases += 1
        if counts.total() >= wanted:
            break
    told = ", ".join(f"{pack} {number}" for pack, number in sorted(counts.items()))
    spent = time.perf_counter() - start
    print(f"{engine}: {counts.total()} decisions of {cases} cases agree with the reference, in {spent:.0f} s ({told})")


if __name__ == "__main__":
    main()
