"""The calendar in the solver's arithmetic: it says of every day within the bounds what `calendar.py` says.

A day is one whole number, 372 for each year, 31 for each month and one for each day of the month after the first, so
that days compare as they follow each other. A month is the number of months since the year 0.
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from collections.abc import Callable

import attrs

from ..calendar import NEVER, Period, shift
from .solver_terms import Bool, Num, add, both, conj, disj, eq, le, lesser, lt, minus, neg, pick, plain, times

PER_YEAR, PER_MONTH = 372, 31
LONG = (0, 2, 4, 6, 7, 9, 11)
FEBRUARY, DECEMBER = 1, 11
"""Months are counted from 0."""


class Backwards(ValueError):  # noqa: N818 - it says what is refused
    """A period that runs backwards, which the solver does not count."""


@attrs.frozen(eq=False)
class Split:
    """A day taken apart: its year, its month from 0, and the day of the month."""

    year: Num
    month: Num
    day: Num


def number_of(day: dt.date) -> int:
    """The number that stands for a day."""
    return day.year * PER_YEAR + (day.month - 1) * PER_MONTH + day.day - 1


def day_of(number: int) -> dt.date:
    """The day that a number stands for."""
    year, rest = divmod(number, PER_YEAR)
    return dt.date(year, rest // PER_MONTH + 1, rest % PER_MONTH + 1)


def month_number(month: str) -> int:
    """The number that stands for a month written `YYYY-MM`."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_text(number: int) -> str:
    """The month that a number stands for, as `YYYY-MM`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


NO_DAY = number_of(NEVER)
"""`never`, later than every other day."""


def joined(split: Split) -> Num:
    """The number of a day that is known by its parts."""
    return add(add(times(PER_YEAR, split.year), times(PER_MONTH, split.month)), minus(split.day, 1))


class Calendar:
    """Date arithmetic on days between the beginning of one year and the end of another, and `reach` years beyond.

    `fresh` makes a whole number of which nothing is known, `require` tells the solver what holds of it.
    """

    def __init__(
        self, first: int, last: int, reach: int, fresh: Callable[[str], Num], require: Callable[[Bool], None]
    ) -> None:
        self.first, self.last = first, last
        self._common = [y for y in range(first, last + reach + 1) if y % 4 == 0 and not _calendar.isleap(y)]
        self._fresh, self._require = fresh, require
        self._splits: dict[int, tuple[Num, Split]] = {}  # the term is kept, so that its number stays its own

    def is_leap(self, year: Num) -> Bool:
        """Whether a year has a 29 February."""
        if plain(year):
            return _calendar.isleap(int(year))
        return conj((year % 4 == 0, *(year != y for y in self._common)))

    def length(self, year: Num, month: Num) -> Num:
        """How many days a month has."""
        if plain(month) and month != FEBRUARY:
            return 31 if month in LONG else 30
        february = pick(self.is_leap(year), 29, 28)
        return pick(eq(month, FEBRUARY), february, pick(disj(eq(month, m) for m in LONG), 31, 30))

    def unknown_day(self, name: str, *, never: bool) -> Num:
        """A day of which nothing is known but that it lies within the bounds; or `never`, where that may be."""
        split = Split(*(self._fresh(f"{name}.{part}") for part in ("year", "month", "day")))
        real = conj(
            (
                le(self.first, split.year),
                le(split.year, self.last),
                le(0, split.month),
                le(split.month, DECEMBER),
                le(1, split.day),
                le(split.day, self.length(split.year, split.month)),
            )
        )
        no_day = conj((eq(split.year, NEVER.year), eq(split.month, DECEMBER), eq(split.day, NEVER.day)))
        self._require(disj((real, no_day)) if never else real)
        return self._noted(joined(split), split)

    def _noted(self, day: Num, split: Split) -> Num:
        if not plain(day):
            self._splits[day.get_id()] = day, split
        return day

    def split(self, day: Num) -> Split:
        """A day taken apart."""
        if plain(day):
            found = day_of(int(day))
            return Split(found.year, found.month - 1, found.day)
        known = self._splits.get(day.get_id())
        if known is None:
            made = Split(*(self._fresh(f"part{len(self._splits)}.{part}") for part in ("year", "month", "day")))
            within = (le(0, made.month), le(made.month, DECEMBER), le(1, made.day), le(made.day, PER_MONTH))
            self._require(conj((*within, eq(joined(made), day))))
            known = day, made
            self._noted(day, made)
        return known[1]

    def shift(self, start: Num, period: Period) -> Num:
        """The last day of a period that an event on `start` sets off, as `calendar.shift` has it.

        Raises:
            Backwards: the period is negative.
        """
        months = period.years * 12 + period.months
        if months < 0 or period.days < 0:
            raise Backwards(f"a period of {period}")
        if plain(start):
            return number_of(shift(day_of(int(start)), period))
        at = self.split(start)
        turned = le(12, add(at.month, months % 12))
        year = add(at.year, pick(turned, months // 12 + 1, months // 12))
        month = add(at.month, pick(turned, months % 12 - 12, months % 12))
        if months % 12:
            long = self.length(year, month)
        else:  # only 29 February has no day to correspond to
            long = pick(both(eq(month, FEBRUARY), neg(self.is_leap(year))), 28, PER_MONTH)
        end = Split(year, month, lesser(at.day, long))
        if period.overflow == "next_day":
            end = self._later(end, pick(lt(long, at.day), 1, 0), 1)
        end = self._later(end, period.days, period.days)
        beyond = le(NEVER.year, year)
        parts = (pick(beyond, n, s) for n, s in ((NEVER.year, end.year), (DECEMBER, end.month), (31, end.day)))
        return self._noted(pick(beyond, NO_DAY, joined(end)), Split(*parts))

    def _later(self, at: Split, days: Num, most: int) -> Split:
        """The day so many days later; `most` bounds how many."""
        end = Split(at.year, at.month, add(at.day, days))
        for _ in range(-(-most // 28)):
            long = self.length(end.year, end.month)
            over = lt(long, end.day)
            new_year = both(over, eq(end.month, DECEMBER))
            year = add(end.year, pick(new_year, 1, 0))
            month = pick(over, pick(new_year, 0, add(end.month, 1)), end.month)
            end = Split(year, month, pick(over, minus(end.day, long), end.day))
        return end
