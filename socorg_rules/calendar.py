"""The only date arithmetic of the library.

Periods follow the Civil Code, arts. 201-202: the day of the event is not counted, and a period of years or months
ends with the corresponding day of the last month, or that month's last day where it has none.
"""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from fractions import Fraction
from typing import Literal

import attrs

NEVER = dt.date.max
"""A date known not to exist (never happened, open-ended): later than every other day, also when shifted."""

Overflow = Literal["last_day", "next_day"]


@attrs.frozen
class Period:
    """A length of time on the calendar. `overflow` says what 29 February plus a year is: the month's last day
    (`last_day`, the Civil Code) or the first of the next month (`next_day`)."""

    years: int = 0
    months: int = 0
    days: int = 0
    overflow: Overflow = "last_day"

    def __str__(self) -> str:
        parts = ((self.years, "年"), (self.months, "个月"), (self.days, "日"))
        return "".join(f"{n}{unit}" for n, unit in parts if n)


def years(n: int, overflow: Overflow = "last_day") -> Period:
    """A period of `n` years."""
    return Period(years=n, overflow=overflow)


def months(n: int, overflow: Overflow = "last_day") -> Period:
    """A period of `n` months."""
    return Period(months=n, overflow=overflow)


def days(n: int) -> Period:
    """A period of `n` days."""
    return Period(days=n)


def shift(start: dt.date, period: Period) -> dt.date:
    """The last day of a period that an event on `start` sets off; a day beyond the calendar is `NEVER`.

    >>> shift(dt.date(2020, 6, 1), years(2))
    datetime.date(2022, 6, 1)
    >>> shift(dt.date(2020, 2, 29), years(2)), shift(dt.date(2020, 2, 29), years(2, "next_day"))
    (datetime.date(2022, 2, 28), datetime.date(2022, 3, 1))
    """
    if start == NEVER:
        return NEVER
    year, month0 = divmod(start.year * 12 + start.month - 1 + period.years * 12 + period.months, 12)
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return NEVER
    length = _calendar.monthrange(year, month0 + 1)[1]
    end = dt.date(year, month0 + 1, min(start.day, length))
    if start.day > length and period.overflow == "next_day":
        end += dt.timedelta(days=1)
    try:
        return end + dt.timedelta(days=period.days)
    except OverflowError:
        return NEVER


def day_after(day: dt.date) -> dt.date:
    """The next day; `NEVER` has none and stays."""
    return day if day == NEVER else day + dt.timedelta(days=1)


def month_of(day: dt.date) -> str:
    """The calendar month of a day as `YYYY-MM`."""
    return f"{day.year:04d}-{day.month:02d}"


def shift_month(month: str, period: Period) -> str:
    """A calendar month moved by a period of years and months.

    >>> shift_month("2023-11", months(24)), shift_month("2023-11", months(2))
    ('2025-11', '2024-01')
    """
    return month_of(shift(first_day(month), period))


def first_day(month: str) -> dt.date:
    """The first day of a month written `YYYY-MM`."""
    return dt.date(int(month[:4]), int(month[5:]), 1)


def last_day(year: int, month: int = 12) -> dt.date:
    """The last day of a month (底前 includes it), or of the year."""
    return dt.date(year, month, _calendar.monthrange(year, month)[1])


def new_year(year: int | Fraction) -> dt.date:
    """The first day of a year, or of the last year that a number of years has reached; `NEVER` beyond the calendar."""
    if year >= NEVER.year:
        return NEVER
    return dt.date(max(dt.MINYEAR, int(year)), 1, 1)


def middle_third_end(year: int, month: int) -> dt.date:
    """The last day of 中旬, which runs from the 11th to the 20th."""
    return dt.date(year, month, 20)


def parse_day(text: str) -> dt.date | None:
    """An ISO date, or None where the text is no day of the calendar."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
