"""The days that rules tell apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ..evaluate import Evaluator
from ..expr import Expr, walk
from ..facts import Record, Type
from ..place import Place
from ..plan import Plan
from ..reads import short_of
from ..refs import FactOf, Fold, Names, Pick, Quantified
from ..words import ByReading, Clock, Gap

READS = (FactOf, Fold, Names, Pick, Quantified, ByReading, Gap)


def told_apart(days: Iterable[dt.date], plans: Iterable[Plan]) -> list[dt.date]:
    """One of each kind of days that the calendar alone tells apart; then, where a fact is held against the day of the
    question, the others."""
    plans, days = tuple(plans), tuple(days)
    nodes = list(dict.fromkeys(n for plan in plans for e in plan.exprs for n in walk(e)))
    alone = [n for n in nodes if n.shape.type is Type.YES_NO and _by_the_day_alone(n)]
    tests = frozenset(alone)
    held = any(isinstance(n, Clock) for n in short_of((e for plan in plans for e in plan.exprs), tests.__contains__))
    nobody = Place(Record(plans[0].root, {}), plans[0].root.name)
    kinds: dict[tuple[bool | None, ...], dt.date] = {}
    for day in days:
        ev = Evaluator(nobody, day, {})
        kinds.setdefault(tuple(ev.value(n, {}).truth for n in alone), day)
    return list(dict.fromkeys((*kinds.values(), *(days if held else ()))))


def _by_the_day_alone(test: Expr) -> bool:
    nodes = list(walk(test))
    return any(isinstance(n, Clock) for n in nodes) and not any(isinstance(n, READS) for n in nodes)
