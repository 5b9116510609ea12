"""A case moved in time: what it tells of days, months and years comes as much earlier or later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ..alike import shared
from ..calendar import NEVER, Period, shift_month
from ..facts import ELEMENTS, Fact, Items, Record, Type
from .telling import Own, fact_of


def nearer(record: Record, as_of: dt.date, days: Iterable[dt.date], own: Own) -> Iterator[tuple[Record, dt.date]]:
    """A case on other days: as it is, moved along with the day, and moved by whole years to the year of each."""
    for day in days:
        yield record, day
        for to in (day, _in_year(as_of, day.year)):
            try:
                yield shared(_Moving(as_of, to, own).record(record)), to
            except (OverflowError, ValueError):  # it would leave the calendar
                continue


def _in_year(day: dt.date, year: int) -> dt.date:
    """The same day of another year; the 28th for a 29th of February that it has not."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


@attrs.frozen
class _Moving:
    start: dt.date
    end: dt.date
    own: Own

    def record(self, record: Record) -> Record:
        """The same, so much later."""
        told = {name: self._value(fact_of(record.type, name, self.own), v) for name, v in record.values.items()}
        return Record(record.type, told)

    def _value(self, fact: Fact, value: Any) -> Any:  # noqa: ANN401 - of the fact's own type
        years = self.end.year - self.start.year
        if fact.type in ELEMENTS:
            return tuple(self._value(attrs.evolve(fact, type=ELEMENTS[fact.type]), one) for one in value)
        match fact.type:
            case Type.ITEMS:
                return Items(tuple(self.record(one) for one in value.records), value.complete)
            case Type.DATE if value != NEVER:
                whole = self.end == _in_year(self.start, self.end.year)
                return _in_year(value, value.year + years) if whole else value + (self.end - self.start)
            case Type.MONTH:
                return shift_month(value, Period(months=years * 12 + self.end.month - self.start.month))
            case Type.NUMBER if fact.unit == "年":
                return value + years
        return value
