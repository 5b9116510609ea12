"""A case brought near the thresholds: its days, quantities, places and names moved to the plainest that do as well."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from .. import calendar
from ..calendar import NEVER
from ..case import Case
from ..expr import Compare, Const, Expr, InDivision, parts, walk
from ..facts import EntityType, Fact, OwnFacts, Type
from ..plan import Plan
from ..refs import FactOf
from ..value import FIRST_YEAR, LAST_YEAR, write_value
from ..words import Clock, Shift

Plain = dict[str, Any]
A_DAY = dt.date(2024, 1, 1)
"""The day of a question for which it does not matter which."""
NAMES = "甲乙丙丁"
"""What items and texts go by of which it does not matter how they are called."""


class Asked(Protocol):
    """A case and the day on which it was asked."""

    @property
    def case(self) -> Case:
        """The case."""

    @property
    def as_of(self) -> dt.date:
        """The day."""


A = TypeVar("A", bound=Asked)


def nearest(best: A, plans: tuple[Plan, ...], shows: Callable[[Plain, dt.date], A | None], *, any_day: bool) -> A:
    """The case with each fact moved onto a threshold, or beside one, where it still shows what is wanted.

    `shows` tries another case on a day, and gives None where it does not show it; `any_day` says whether it may be
    asked on another day.
    """
    near = Thresholds(plans)
    plain: Plain = best.case.to_dict()
    for day in near.days_of_question() if any_day else ():
        made = shows(plain, day)
        if made is not None:
            best = made
            break
    ((name, root),) = plain.items()
    leaves = [*_leaves(best.case.root, best.case.own, [root])]
    used = dict.fromkeys(holders[0][key] for fact, holders, key in leaves if _is_name(fact))
    for text in tuple(used):
        fresh = next((n for n in NAMES if n not in used), text)
        renamed = copy.deepcopy(root)
        for fact, holders, key in _leaves(best.case.root, best.case.own, [renamed]):
            if _is_name(fact) and holders[0][key] == text:
                _tell(holders, key, fresh)
        made = shows({name: renamed}, best.as_of)
        if made is not None:
            best, root = made, renamed
            used[fresh] = None
    for fact, holders, key in [*_leaves(best.case.root, best.case.own, [root])]:
        given = holders[0][key]
        for value in near.of(fact, best.as_of):
            _tell(holders, key, value)
            made = shows({name: copy.deepcopy(root)}, best.as_of)
            if made is not None:
                best = made
                break
            _tell(holders, key, given)
    return best


def _tell(holders: list[Plain], key: str, value: object) -> None:
    for holder in holders:
        holder[key] = value


def _is_name(fact: Fact) -> bool:
    return fact.type is Type.TEXT and (fact.open_values or not fact.values)


def _leaves(kind: EntityType, own: tuple[OwnFacts, ...], alike: list[Plain]) -> Iterator[tuple[Fact, list[Plain], str]]:
    """Every single fact, with the objects that hold it, and its name there; items alike hold it together."""
    mine = {o.pack: o for o in own if o.entity is kind}
    for name, value in alike[0].items():
        if name in mine:
            yield from ((mine[name].facts[n], [a[name] for a in alike], n) for n in value)
            continue
        fact = kind.facts[name]
        if fact.of is not None:
            items = [i for a in alike for i in (a[name]["items"] if isinstance(value, dict) else a[name])]
            for one in distinct(items):
                yield from _leaves(fact.of, own, [i for i in items if i == one])
        elif not isinstance(value, list):
            yield fact, alike, name


def distinct(items: list[Any]) -> list[Any]:
    """Each of some items that are not alike."""
    found: list[Any] = []
    for one in items:
        if one not in found:
            found.append(one)
    return found


class Thresholds:
    """The values with which provisions compare their facts, and those beside."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        self._values: dict[str, dict[Any, None]] = {}
        self._periods: dict[str, dict[calendar.Period, None]] = {}
        self._clock: dict[dt.date, None] = {}
        for node in {n: None for plan in plans for e in plan.exprs for n in walk(e)}:
            if isinstance(node, Compare | InDivision):
                self._note(node)

    def _note(self, node: Expr) -> None:
        below = [n for side in parts(node) for n in walk(side)]
        values = [n.value for n in below if isinstance(n, Const)]
        values += node.codes if isinstance(node, InDivision) else ()
        periods = [n.period for n in below if isinstance(n, Shift)]
        for fact in (n.fact for n in below if isinstance(n, FactOf)):
            self._values.setdefault(fact.name, {}).update(dict.fromkeys(values))
            self._periods.setdefault(fact.name, {}).update(dict.fromkeys(periods))
        if any(isinstance(n, Clock) for n in below):
            self._clock.update(dict.fromkeys(v for v in values if isinstance(v, dt.date) and v != NEVER))

    def days_of_question(self) -> list[dt.date]:
        """The days with which provisions compare the day of the question, and those beside."""
        days = [d + dt.timedelta(days=by) for by in (0, 1, -1) for d in sorted(self._clock)]
        return [*(d for d in days if FIRST_YEAR <= d.year <= LAST_YEAR), A_DAY]

    def of(self, fact: Fact, as_of: dt.date) -> list[object]:
        """What a fact can be told as so that it lies on a threshold, or beside one; as plain data."""
        known = self._values.get(fact.name, {})
        match fact.type:
            case Type.DATE:
                anchors = [as_of, *sorted(v for v in known if isinstance(v, dt.date) and v != NEVER)]
                starts = [calendar.shift(a, _back(p)) for a in anchors for p in self._periods.get(fact.name, ())]
                days = [a + dt.timedelta(days=by) for by in (0, 1, -1) for a in (*starts, *anchors)]
                return [d.isoformat() for d in dict.fromkeys(days) if FIRST_YEAR <= d.year <= LAST_YEAR]
            case Type.NUMBER | Type.MONEY:
                numbers = sorted(v for v in known if not isinstance(v, bool | str | dt.date))
                unit = 100 if fact.type is Type.MONEY else 1
                near = [n + by for by in (0, unit, -unit) for n in (*numbers, 0)]
                return [write_value(fact, n) for n in dict.fromkeys(near) if fact.low is None or n >= fact.low]
            case Type.DIVISION:
                codes = [v for v in known if isinstance(v, str)]
                return [*sorted(codes, key=lambda c: (len(c) != len("310110"), c))]
        return []


def _back(period: calendar.Period) -> calendar.Period:
    return calendar.Period(years=-period.years, months=-period.months, days=-period.days)
