"""The operations of the columns engine mean the same in every data frame, and what `calendar` says of days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from socorg_rules.calendar import NEVER, Period, days, months, shift, years
from socorg_rules.engines.columns_graph import Col, Graph, Scope
from socorg_rules.engines.columns_tests import first_day_where
from socorg_rules.engines.columns_words import expression

TABLE = Scope("table", ("row",))
PERIODS = (years(2), years(1, "next_day"), months(1), months(1, "next_day"), months(13), days(20), Period(1, 2, 3))
DAYS = [dt.date(2019, 1, 1) + dt.timedelta(days=n) for n in range(6 * 366)] + [NEVER]


def frames(data: pl.DataFrame) -> list[nw.LazyFrame[Any]]:
    """The same data in frames of two libraries."""
    in_duckdb: Any = duckdb.from_arrow(data.to_arrow())
    return [nw.from_native(data.lazy()), nw.from_native(in_duckdb)]


def worked_out(frame: nw.LazyFrame[Any], col: Col, given: Col) -> list[Any]:
    made = frame.select("n", expression(col, {given: "given"}).alias("found"))
    backend = "polars" if frame.implementation.is_polars() else "pyarrow"
    return [r["found"] for r in sorted(made.collect(backend=backend).rows(named=True), key=lambda r: r["n"])]


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_period_ends_on_the_day_that_the_calendar_says(period: Period) -> None:
    g = Graph()
    given = g.column(TABLE, "given", "date")
    moved = g.moved(given, period.years * 12 + period.months, period.days, next_day=period.overflow == "next_day")
    data = pl.DataFrame({"n": range(len(DAYS)), "given": DAYS})
    for frame in frames(data):
        assert worked_out(frame, moved, given) == [shift(day, period) for day in DAYS]


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_period_reaches_a_day_from_the_day_that_is_found(period: Period) -> None:
    for limit in (dt.date(2022, 2, 28), dt.date(2022, 3, 1), dt.date(2024, 2, 29)):
        found = first_day_where(lambda d, limit=limit: shift(d, period) >= limit)
        assert found == next(d for d in DAYS if shift(d, period) >= limit)


def test_tests_are_of_three_values_in_every_frame() -> None:
    g = Graph()
    values = [True, False, None]
    data = pl.DataFrame({"n": range(3), "given": values})
    given = g.column(TABLE, "given", "bool")
    both, either = g.all(given, g.unknown), g.any(given, g.unknown)
    for frame in frames(data):
        assert worked_out(frame, both, given) == [None, False, None]
        assert worked_out(frame, either, given) == [True, None, None]
        assert worked_out(frame, g.negated(given), given) == [False, True, None]
        assert worked_out(frame, g.surely(given), given) == [True, False, False]
        assert worked_out(frame, g.possibly(given), given) == [True, False, True]
        assert worked_out(frame, g.refuted(given), given) == [False, True, False]


def test_a_quotient_of_large_numbers_is_exact_in_every_frame() -> None:
    g = Graph()
    numbers = [0, 1, 5, 10**15 + 7, 2**62 - 1, 3 * (2**60) + 2]
    given = g.column(TABLE, "given", "int")
    data = pl.DataFrame({"n": range(len(numbers)), "given": numbers}, schema={"n": pl.Int64, "given": pl.Int64})
    for frame in frames(data):
        for whole in (2, 3, 7):
            assert worked_out(frame, g.parts_in(given, whole), given) == [n // whole for n in numbers]


def test_what_is_known_beforehand_is_folded_away() -> None:
    g = Graph()
    given = g.column(TABLE, "given", "bool")
    assert g.all(given, g.false) is g.false
    assert g.all(given, g.true) is given
    assert g.any(given, g.true) is g.true
    assert g.negated(g.negated(given)) is given
    assert g.when((g.false, g.true), (g.true, given), otherwise=g.unknown) is given
    assert g.all(given, g.unknown) is g.all(g.unknown, given)
    assert g.equal(g.lit(2), g.lit(2)) is g.true
    assert g.is_null(g.surely(given)) is g.false
