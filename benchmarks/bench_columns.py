"""The six benefits on a table of a million rows: this library beside a Polars select by hand that yields the same.

Both keep what is unknown apart, and give the outcome and both ends of the sum in decimal yuan. They are first held to
the same columns. `python benchmarks/bench_columns.py [ROWS]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "peers"), str(Path(__file__).parents[1] / "tests")]

import narwhals as nw
import polars as pl
from frames import looked_up, table
from job import AS_OF_DAY, BENEFITS, EFFECT, GRADES, HONOURS, NEW_FROM, Applicant, six_benefits
from polars.testing import assert_frame_equal

from socorg_rules import assess_registry
from socorg_rules.facts import entity_type
from socorg_rules.registry.clean import CleanTables

ROUNDS = 7
UNKNOWN = 0.05
YUAN = pl.Decimal(20, 2)
COLUMNS = [f"{name}.{what}" for name in BENEFITS for what in ("outcome", "payable_min", "payable_max")]


def by_hand(frame: pl.LazyFrame) -> pl.LazyFrame:
    """What this library gives, written out for this one job: sums in yuan, null where nothing is due or known."""
    c, zero = pl.col, pl.lit(0)
    here = (c("status") == "registered") & c("division").str.starts_with("310110")
    new = (c("established_on") >= NEW_FROM) & (c("first_inspection") == "合格")
    prizes = {k: v * 100 for k, v in GRADES.items()}
    known_grade, paid = c("grade").is_not_null(), c("grade_paid")
    prize = pl.when(known_grade).then(looked_up("grade", prizes))
    left = {
        "min": pl.max_horizontal(pl.when(known_grade).then(prize).otherwise(0) - paid, zero),
        "max": pl.max_horizontal(pl.when(known_grade).then(prize).otherwise(5_000_000) - paid.fill_null(0), zero),
    }
    left_over = pl.when(left["min"] > 0).then(True).when(left["max"] <= 0).then(False)
    honour = looked_up("honour_level", {k: v * 100 for k, v in HONOURS.items()})
    honoured = c("honour_level").is_in(list(HONOURS)) & (c("honoured_on") >= EFFECT)
    known_honour = c("honour_level").is_not_null()
    half = pl.when(c("project_cost").is_null()).then(5_000_000).otherwise(
        pl.min_horizontal((c("project_cost") + 1) // 2, 5_000_000)
    )  # fmt: skip
    rents = pl.when(c("monthly_rent").is_null()).then(50_000).otherwise(pl.min_horizontal("monthly_rent", 50_000))
    jobs = {
        "opening": (here & new & ~c("opening_paid"), zero, pl.lit(1_000_000)),
        "rent": (here & new & (c("monthly_rent") > 0), zero, rents),
        "grade": (here & left_over, left["min"], left["max"]),
        "honour": (
            here & honoured,
            pl.when(known_honour).then(honour).otherwise(0),
            pl.when(known_honour).then(honour).otherwise(8_000_000),
        ),
        "salary": (here & c("leading_talent") & (c("months_paid") < 24), pl.lit(80_000), pl.lit(200_000)),
        "project": (here & c("project_selected"), zero, half),
    }
    made = []
    for name, (test, low, high) in jobs.items():
        possible = test.fill_null(True)
        made += [
            pl.when(test).then(pl.lit("met")).when(~test).then(pl.lit("not_met")).otherwise(pl.lit("undetermined"))
            .alias(f"{name}.outcome"),
            *(
                (pl.when(possible).then(end).cast(YUAN) * pl.lit("0.01").cast(YUAN)).cast(YUAN)
                .alias(f"{name}.payable_{which}")
                for which, end in (("min", low), ("max", high))
            ),
        ]  # fmt: skip
    return frame.select(made)


def medians(*runs: Callable[[], object]) -> list[float]:
    """The median time of each, in seconds; they take turns."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for run, spent in zip(runs, times, strict=True):
            start = time.perf_counter()
            run()
            spent.append(time.perf_counter() - start)
    return [statistics.median(spent) for spent in times]


def main() -> None:
    """Compare and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    root = entity_type(Applicant)
    sums = [f.name for f in root.facts.values() if f.unit == "元"]
    data = table(rows, unknown=UNKNOWN).with_columns(pl.col(sums) * 100, row=pl.int_range(pl.len()).cast(pl.String))
    none = pl.LazyFrame(schema={"row": pl.String, "path": pl.String, "problem": pl.String})
    tables = CleanTables(root, {root.name: nw.from_native(data.lazy())}, nw.from_native(none))
    start = time.perf_counter()
    ours = assess_registry(tables, six_benefits(), AS_OF_DAY).decisions.select(COLUMNS)
    built = time.perf_counter() - start
    theirs = by_hand(data.lazy())
    assert_frame_equal(ours.collect(), theirs.collect())
    hand, columns = medians(theirs.collect, ours.collect)
    print(f"{rows:,} rows, six benefits: outcome, least and most of each; {UNKNOWN:.0%} of every column unknown")
    print(f"by hand    {rows / hand / 1e6:6.2f} M rows/s")
    print(f"columns    {rows / columns / 1e6:6.2f} M rows/s, {hand / columns:.2f} of that by hand (at least 0.60)")
    print(f"made once  {built:6.2f} s, from the pack to the plan")


if __name__ == "__main__":
    main()
