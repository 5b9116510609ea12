"""The canonical form of rules: what decides, and nothing else. Two provisions of one form decide alike in every case.

Names of conditions, titles and how a file is written are no part of it. Items of collections go by the order in which
they are first spoken of, so that the same text read twice has the same form.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from .calendar import Period
from .expr import Const, Expr, Shape
from .facts import EntityType, Fact
from .plan import Plan
from .provision import Duty, Grant, Standard
from .reading import Reading, TextGap
from .refs import Item, Root
from .words import Condition

if TYPE_CHECKING:
    from .pack import Pack

Form = tuple[object, ...] | str | int | bool | None
"""Plain nested tuples, of which `repr` is the same in every process."""


class Forms:
    """Puts expressions into canonical form. Items are numbered in the order in which they come up; `known` are those
    that have a number already."""

    def __init__(self, *known: Item) -> None:
        self._items: dict[Item, int] = {item: i for i, item in enumerate(known)}

    def of(self, value: object) -> Form:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of thing
        """The form of a node, or of one of its fields."""
        match value:
            case None | bool() | str():
                return value
            case int() | Fraction() | dt.date():
                return f"day {value}" if isinstance(value, dt.date) else f"number {Fraction(value)}"
            case Condition():  # a name for a test
                return self.of(value.test)
            case Const():
                return ("const", value.kind.type.value, value.kind.unit, self.of(value.value))
            case Expr():
                fields = (getattr(value, f, None) for f in type(value).__slots__ if f != "__weakref__")
                return (type(value).__name__, *(self.of(f) for f in fields))
            case Item():
                return self._item(value)
            case Root():
                return ("root", value.entity.name)
            case Fact():
                return _declared(value)
            case Reading():
                return ("reading", value.name)
            case TextGap():
                return ("gap", value.name, value.question)
            case Shape():
                return (value.type.value, value.unit)
            case Period():
                return ("period", value.years, value.months, value.days, value.overflow)
            case tuple():
                return tuple(self.of(v) for v in value)
            case Mapping():
                return tuple(sorted((k, self.of(v)) for k, v in value.items()))
        raise TypeError(f"no canonical form for {value!r}")

    def _item(self, item: Item) -> Form:
        """Where an item first comes up, the collection that it is of; afterwards its number."""
        if item not in self._items:
            self._items[item] = len(self._items)
            return ("item", self._items[item], self.of(item.collection))
        return ("item", self._items[item])


def _declared(fact: Fact) -> Form:
    """What a fact may hold: an unknown one lies within these bounds."""
    closed = () if fact.open_values else tuple(sorted(fact.values))
    dating = fact.of.dating_fact.name if fact.of is not None and fact.of.dating_fact is not None else None
    bounds = (str(fact.low), str(fact.high), fact.whole)
    return ("fact", fact.name, fact.type.value, fact.unit, closed, bounds, fact.judgement, dating)


@functools.lru_cache(4096)
def plan_form(plan: Plan) -> Form:
    """The canonical form of a provision, with all that its finding shows."""
    p, s = plan.provision, plan.settlement
    form = Forms(*([plan.item] if plan.item is not None else []))
    shown: list[object] = [p.result, p.due, *(plan.gaps)]
    if p.measure is not None:
        shown += [p.measure.value, p.measure.required, p.measure.unit]
    if isinstance(p, Standard):
        shown += [part for c in p.checklist for part in (c.label, c)]
    if isinstance(p, Duty):
        shown += [p.who, p.action]
    if isinstance(p, Grant):
        shown += [p.payee]
    settled = [s.used, s.paid, s.credited, s.months_used, s.limit] if s is not None else []
    each = form.of(plan.item.collection) if plan.item is not None else None
    tests = (plan.reach, plan.force, plan.when, plan.discretion, plan.low, plan.high, plan.per)
    return (p.kind, plan.root.name, each, *(form.of(part) for part in (*tests, *settled)), *(form.of(x) for x in shown))


def taken_form(plan: Plan) -> Form:
    """The alternatives and the default of each reading that a provision uses."""
    return tuple(sorted((r.name, tuple(sorted(r.alternatives)), r.default) for r in plan.readings))


def _entity(kind: EntityType) -> Form:
    return kind.name, None if kind.dating_fact is None else kind.dating_fact.name


def content_hash(pack: Pack) -> str:
    """A hash of all that can change a decision under a pack, of all its editions."""
    if pack.earlier is not None:
        each = tuple((e.edition, str(e.since), str(e.until), _hash(_one(e))) for e in pack.editions)
        return _hash((each, tuple((str(g.first), str(g.last)) for g in pack.lapses)))
    return _hash(_one(pack))


def _one(pack: Pack) -> Form:
    plans = sorted(pack.plans.items())
    provisions = tuple((name, plan_form(plan), taken_form(plan), _entity(plan.root)) for name, plan in plans)
    own = tuple(sorted((o.entity.name, tuple(sorted((n, _declared(f)) for n, f in o.facts.items()))) for o in pack.own))
    return pack.id, pack.normative, pack.divisions, str(pack.since), str(pack.until), own, provisions


def _hash(form: Form) -> str:
    return hashlib.sha256(repr(form).encode()).hexdigest()
