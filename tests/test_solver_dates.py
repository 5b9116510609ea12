"""The solver's calendar is the calendar, on every day within the bounds."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
import z3

from socorg_rules.calendar import NEVER, Period, days, months, shift, shift_month, years
from socorg_rules.engines.solver_dates import Calendar, day_of, month_number, month_text, number_of

FIRST, LAST = 1995, 2005
BEFORE, AFTER = dt.date(FIRST, 1, 1), dt.date(LAST + 1, 1, 1)
ALL = [BEFORE + dt.timedelta(days=n) for n in range((AFTER - BEFORE).days)]
PERIODS = (
    years(1),
    years(2, "next_day"),
    months(1),
    months(1, "next_day"),
    months(23),
    days(20),
    days(400),
    Period(years=1, months=2, days=3, overflow="next_day"),
)


class Days:
    """A day that is told later."""

    def __init__(self, first: int = FIRST, last: int = LAST) -> None:
        self.solver = z3.Solver()
        self.calendar = Calendar(first, last, 4, z3.Int, self.solver.add)
        self.day = self.calendar.unknown_day("day", never=True)
        self.parts = self.calendar.split(self.day)

    def of(self, term: object, day: dt.date) -> int:
        told = ((self.parts.year, day.year), (self.parts.month, day.month - 1), (self.parts.day, day.day))
        made = z3.simplify(z3.substitute(term, *((part, z3.IntVal(n)) for part, n in told)))
        return int(made.as_long())


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_a_period_ends_on_the_day_of_the_calendar(period: Period) -> None:
    asked = Days()
    end = asked.calendar.shift(asked.day, period)
    assert [d for d in (*ALL, NEVER) if asked.of(end, d) != number_of(shift(d, period))] == []


def test_the_calendar_has_these_days_and_no_others() -> None:
    asked = Days(1999, 2001)
    found = set()
    while asked.solver.check() == z3.sat:
        number = asked.solver.model().eval(asked.day).as_long()
        found.add(day_of(number))
        asked.solver.add(asked.day != number)
    assert found == {d for d in ALL if 1999 <= d.year <= 2001} | {NEVER}


@pytest.mark.parametrize("century", [1900, 2000, 2100, 2400])
def test_centuries_are_leap_years_as_they_are(century: int) -> None:
    asked = Days(century - 1, century + 1)
    end = asked.calendar.shift(asked.day, years(1))
    for day in (dt.date(century - 1, 2, 28), dt.date(century, 2, 28), dt.date(century, 3, 1)):
        assert asked.of(end, day) == number_of(shift(day, years(1)))
    asked.solver.add(asked.parts.year == century, asked.parts.month == 1, asked.parts.day == 29)
    assert (asked.solver.check() == z3.sat) == (century % 400 == 0)


def test_a_day_that_was_put_together_is_taken_apart_again() -> None:
    asked = Days()
    other = asked.calendar.unknown_day("other", never=False)
    parts = asked.calendar.split(z3.If(asked.day < other, asked.day, other))
    told = asked.calendar.split(other)
    asked.solver.add(told.year == 2000, told.month == 1, told.day == 29, asked.day == number_of(NEVER))
    assert asked.solver.check() == z3.sat
    model = asked.solver.model()
    assert [model.eval(p).as_long() for p in (parts.year, parts.month, parts.day)] == [2000, 1, 29]


def test_days_and_months_keep_their_order_and_their_names() -> None:
    numbers = [number_of(d) for d in (*ALL, NEVER)]
    assert all(a < b for a, b in pairwise(numbers))
    assert [day_of(n) for n in numbers] == [*ALL, NEVER]
    named = [f"{y}-{m:02d}" for y in (1999, 2000) for m in range(1, 13)]
    assert [month_text(month_number(m)) for m in named] == named
    assert [month_text(month_number(m) + 13) for m in named] == [shift_month(m, months(13)) for m in named]
