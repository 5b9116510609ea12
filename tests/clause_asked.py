"""One provision asked under one set of readings, and what its own constants suggest to try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs
from clause_paths import Case

from socorg_rules.calendar import NEVER, month_of
from socorg_rules.case import read_case
from socorg_rules.decide import decide
from socorg_rules.decision import Finding, Outcome, Reason
from socorg_rules.evaluate import Evaluator
from socorg_rules.expr import Compare, Const, Contains, Expr, InDivision, OneOf, walk
from socorg_rules.facts import Fact, Payment, Type, entity_type
from socorg_rules.known import Value
from socorg_rules.money import to_yuan
from socorg_rules.pack import Pack
from socorg_rules.place import Env, Place
from socorg_rules.plan import Plan
from socorg_rules.refs import FactOf, Names
from socorg_rules.words import Lookup, Presumed, Shift

LEAF = "*"
"""What is missing where a leaf is held unknown."""


class Forced(Evaluator):
    """The reference, with one leaf held at a value whatever the facts."""

    leaf: Expr | None = None
    value_of_leaf: bool | None = None

    def value(self, node: Expr, env: Env) -> Value:
        if node is self.leaf:
            held = self.value_of_leaf
            return Value(False, True, (LEAF,)) if held is None else Value(held, held)
        if self.value_of_leaf is None and isinstance(node, Presumed):  # a presumption would hide the leaf
            return self.value(node.part, env)
        return super().value(node, env)


class Watching(Evaluator):
    """The reference, noting what every leaf came to."""

    def __init__(self, *args: Any) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.seen: dict[Expr, list[bool | None]] = {}

    def value(self, node: Expr, env: Env) -> Value:
        found = super().value(node, env)
        if isinstance(node, Compare | OneOf | Contains | InDivision | FactOf | Names) and not isinstance(
            found.low, str
        ):
            self.seen.setdefault(node, []).append(found.truth)
        return found


@attrs.frozen(eq=False, slots=False)
class Asked:
    """One provision under one set of readings."""

    pack: Pack
    plan: Plan
    readings: Mapping[str, str | None]

    def evaluator(self, case: Case, as_of: dt.date, kind: type[Evaluator] = Evaluator) -> Evaluator:
        record = read_case(case, [self.plan.root], self.pack.own).record
        return kind(Place(record, self.plan.root.name), as_of, self.readings)

    def decide(self, case: Case, as_of: dt.date) -> Finding | None:
        """What is decided; None where the case contradicts itself."""
        return self._decide(self.evaluator(case, as_of))

    def forced(self, case: Case, as_of: dt.date, leaf: Expr, *, value: bool | None) -> Finding | None:
        """What would be decided if only this leaf were true, or false, or unknown."""
        ev = self.evaluator(case, as_of, Forced)
        assert isinstance(ev, Forced)
        ev.leaf, ev.value_of_leaf = leaf, value
        return self._decide(ev)

    def _decide(self, ev: Evaluator) -> Finding | None:
        """Of a provision about items, what is decided of the first."""
        found = decide(self.plan, ev)
        return None if ev.problems else found.items[0] if found.items else found

    def leaf_values(self, case: Case, as_of: dt.date) -> dict[Expr, list[bool | None]]:
        """What every leaf came to, for each item that it was asked of."""
        ev = self.evaluator(case, as_of, Watching)
        assert isinstance(ev, Watching)
        decide(self.plan, ev)
        return ev.seen

    # ------------------------------------------------------------------------------------------- what may be tried

    @cached_property
    def constants(self) -> dict[Type, list[Any]]:
        """The constants of the provision, by type, each with its neighbours; those of its tests first."""
        found: dict[Type, dict[Any, None]] = {}
        for expr in self.plan.exprs:
            for node in walk(expr):
                if isinstance(node, Const):
                    row = found.setdefault(node.kind.type, {})
                    for near in neighbours(node.value):
                        row[near] = None
                if isinstance(node, InDivision):
                    found.setdefault(Type.DIVISION, {}).update(dict.fromkeys(node.codes))
                if isinstance(node, Lookup):
                    found.setdefault(Type.TEXT, {}).update(dict.fromkeys(node.rows))
        return {type_: list(row) for type_, row in found.items()}

    @cached_property
    def beside(self) -> dict[str, list[Any]]:
        """The texts that each fact is compared with, by its name."""
        found: dict[str, list[Any]] = {}
        for node in (n for e in self.plan.exprs for n in walk(e)):
            match node:
                case Compare(left=FactOf() as read, right=Const() as const):
                    found.setdefault(read.fact.name, []).append(const.value)
                case OneOf(of=FactOf() as read):
                    found.setdefault(read.fact.name, []).extend(v.value for v in node.values if isinstance(v, Const))
                case Lookup(key=FactOf() as read):
                    found.setdefault(read.fact.name, []).extend(node.rows)
        return found

    @cached_property
    def periods(self) -> list[Shift]:
        return [n for e in self.plan.exprs for n in walk(e) if isinstance(n, Shift)]

    def days(self) -> list[dt.date]:
        """The days on which to ask: in force, each near a date of the document, the middle of its years first."""
        dates = [d for d in self.constants.get(Type.DATE, []) if NEVER > d]
        ends = sorted(d for d in dates) or [dt.date(2023, 6, 15)]
        middle = ends[0] + (ends[-1] - ends[0]) / 2
        empty: Case = {self.plan.root.name: {}}
        tried = dict.fromkeys((dt.date(2023, 6, 15), middle, *ends, *(d + dt.timedelta(days=400) for d in ends)))
        alive = [d for d in tried if (f := self.decide(empty, d)) and f.reason is not Reason.NOT_IN_FORCE]
        return [d for d in alive if (f := self.decide(empty, d)) and f.outcome is not Outcome.NOT_MET] or alive

    def candidates(self, fact: Fact, as_of: dt.date) -> list[Any]:  # noqa: C901, PLR0911 - one case for each type
        """What a fact may be, in case files' form, the likeliest first."""
        known = self.constants.get(fact.type, [])
        match fact.type:
            case Type.YES_NO:
                return [True, False]
            case Type.ITEMS:
                many: list[Any] = [[{}], [], [{}, {}], [{}, {}, {}]]
                return [[], *many] if fact.of is entity_type(Payment) else many
            case Type.TEXT:
                listed = (
                    list(fact.values) if fact.values and not fact.open_values else [*known, *fact.values, "甲", "乙"]
                )
                return list(dict.fromkeys([*self.beside.get(fact.name, []), *listed]))
            case Type.TEXTS:
                words = list(fact.values) or [*self.constants.get(Type.TEXT, []), "甲"]
                return [words, [], *([w] for w in words)]
            case Type.NUMBERS:
                year = as_of.year
                every = [year, year - 1, year + 1] if fact.unit == "年" else list(range(1, 13))
                return [*([n] for n in every), every, []]
            case Type.MONTHS:
                month = month_of(as_of)
                return [[month], [], [f"{as_of.year - 1}-01"]]
            case Type.DIVISION:
                codes = [c for c in known if len(c) in {2, 4, 6, 9, 12}]
                return [*codes, *(c.ljust(6, "0")[:4] + "99" for c in codes), "990000"]
            case Type.DATE:
                return ["never" if d == NEVER else d.isoformat() for d in self._dates(as_of, known)]
            case Type.MONTH:
                return list(dict.fromkeys(month_of(d) for d in self._dates(as_of, []) if d < dt.date(3000, 1, 1)))
            case Type.MONEY:
                return [str(to_yuan(n)) for n in dict.fromkeys([*known, 0, 100_00, 10**9]) if n >= 0]
        numbers: list[Any] = [n for n in known if not isinstance(n, bool)]
        if fact.unit == "年":
            numbers = [as_of.year, as_of.year - 1, as_of.year - 2, as_of.year + 1, *numbers]
        return [_number(n) for n in dict.fromkeys([*numbers, 0, 1, 2, 3, 10**6]) if _fits(n, fact)]

    def _dates(self, as_of: dt.date, known: list[dt.date]) -> list[dt.date]:
        """Days around the question's, the document's, and those from which a period ends there."""
        month = dt.timedelta(days=31)
        found = [as_of, as_of - month, as_of - 12 * month, *known, NEVER]
        for shift in self.periods:
            span = shift.period.years * 366 + shift.period.months * 31 + shift.period.days
            back = as_of - dt.timedelta(days=span)
            found += [back + dt.timedelta(days=2), back - dt.timedelta(days=5), back - dt.timedelta(days=40)]
        found += [as_of - dt.timedelta(days=1), as_of + dt.timedelta(days=1), dt.date(as_of.year, 1, 1)]
        found += [as_of - n * 12 * month for n in (2, 3, 5, 8, 30)]
        return list(dict.fromkeys(found))


def neighbours(value: Any) -> list[Any]:  # noqa: ANN401
    """A constant, and what lies right below and above it."""
    match value:
        case bool() | str():
            return [value]
        case int():
            return [value, value - 1, value + 1]
        case Fraction():
            step = Fraction(1, 1000)
            return [value, value - step, value + step]
        case dt.date() if value != NEVER:
            return [value, value - dt.timedelta(days=1), value + dt.timedelta(days=1)]
    return [value]


def _number(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, int) else str(float(value))


def _fits(value: Any, fact: Fact) -> bool:  # noqa: ANN401
    whole = not fact.whole or Fraction(value).denominator == 1
    finite = Fraction(value).denominator in {1, 2, 4, 5, 8, 10, 100, 1000, 500, 200, 250, 125, 50, 20, 25, 40}
    return whole and finite and (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high)
