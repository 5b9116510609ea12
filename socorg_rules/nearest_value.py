"""The values of a fact nearest to what it is, such that it compares with a goal as wanted."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from . import calendar
from .calendar import NEVER
from .evaluate import COMPARED
from .facts import Fact, Type
from .words import Shift, YearOf

GRAIN = Fraction(1, 100)
"""The step of a number that need not be whole: a hundredth of its unit."""
AROUND = 3
"""How many days around the day reckoned backwards are looked at: months end on different days."""


def nearest_values(fact: Fact, now: Any, op: str, goal: Any) -> Iterator[Any]:  # noqa: ANN401
    """The values that compare so with a goal and are nearest to the present one (None: not known).

    >>> list(nearest_values(Fact("人数", Type.NUMBER, whole=True, low=0), 3, ">=", Fraction(15, 2)))
    [8]
    """
    match fact.type:
        case Type.NUMBER | Type.MONEY:
            found = _quantities(fact, op, goal)
        case Type.DATE:
            found = _days(op, goal)
        case Type.MONTH:
            found = (calendar.month_of(d) for d in _months(op, goal))
        case _:
            found = _texts(fact, now, op, goal)
    yield from dict.fromkeys(v for v in found if v != now)


def _quantities(fact: Fact, op: str, goal: Any) -> Iterator[Any]:  # noqa: ANN401
    step = Fraction(1) if fact.whole or fact.type is Type.MONEY else GRAIN
    low = None if fact.low is None else fact.low * (100 if fact.type is Type.MONEY else 1)
    down, up = math.floor(goal / step) * step, math.ceil(goal / step) * step
    at = [goal] if goal % step == 0 or not (fact.whole or fact.type is Type.MONEY) else []
    wanted = {
        "==": at,
        ">=": at or [up],
        "<=": at or [down],
        ">": [up if up > goal else up + step],
        "<": [down if down < goal else down - step],
        "!=": [down - step if down == goal else down, up + step if up == goal else up],
    }[op]
    for value in wanted:
        if (low is None or value >= low) and (fact.high is None or value <= fact.high):
            yield int(value) if Fraction(value).denominator == 1 else Fraction(value)


def _days(op: str, goal: dt.date) -> Iterator[dt.date]:
    one = dt.timedelta(days=1)
    if goal == NEVER:
        yield from {"==": [NEVER], ">=": [NEVER], "<=": [NEVER]}.get(op, [])
        return
    yield from {
        "==": [goal], ">=": [goal], "<=": [goal], ">": [goal + one], "<": [goal - one], "!=": [goal - one, goal + one],
    }[op]  # fmt: skip


def _months(op: str, goal: str) -> Iterator[dt.date]:
    first = calendar.first_day(goal)
    after = calendar.first_day(calendar.shift_month(goal, calendar.months(1)))
    before = first - dt.timedelta(days=1)
    yield from {
        "==": [first], ">=": [first], "<=": [first], ">": [after], "<": [before], "!=": [before, after],
    }[op]  # fmt: skip


def _texts(fact: Fact, now: Any, op: str, goal: Any) -> Iterator[Any]:  # noqa: ANN401
    """The value itself; of others, those of the declared list."""
    if op == "==":
        yield goal
    elif now == goal or now is None:
        yield from (v for v in fact.values if v != goal)


def backwards(node: Shift | YearOf, op: str, goal: Any) -> Iterator[Any]:  # noqa: ANN401
    """The days (or months) from which a period ends, or of which the year is, so that it compares so with a goal."""
    if isinstance(node, YearOf):
        if dt.MINYEAR <= goal <= dt.MAXYEAR:
            first, last = dt.date(int(goal), 1, 1), dt.date(int(goal), 12, 31)
            yield from [last] if op in {"<=", ">"} else [first]
        return
    if goal == NEVER:
        yield NEVER
        return
    months = 12 * node.period.years + node.period.months
    if node.shape.type is Type.MONTH:
        year, month = divmod(int(goal[:4]) * 12 + int(goal[5:]) - 1 - months, 12)
        yield f"{year:04d}-{month + 1:02d}"
        return
    year, month = divmod(goal.year * 12 + goal.month - 1 - months, 12)
    if not dt.MINYEAR < year < dt.MAXYEAR:
        return
    near = calendar.last_day(year, month + 1)
    about = near.replace(day=min(goal.day, near.day)) - dt.timedelta(days=node.period.days)
    days = [about + dt.timedelta(days=n) for n in range(-AROUND, AROUND + 1)]
    fits = [d for d in days if COMPARED[op](calendar.shift(d, node.period), goal)]
    yield from sorted(fits, key=lambda d: abs(d - about))[:2]
