"""Random cases of real packs: values are those that the pack compares with, and their neighbours."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from random import Random
from typing import Any

from socorg_rules import CaseError, load_case
from socorg_rules.calendar import NEVER
from socorg_rules.case import Case
from socorg_rules.expr import Const, InDivision, OneOf, walk
from socorg_rules.facts import ELEMENTS, EntityType, Fact, Type
from socorg_rules.pack import Pack
from socorg_rules.value import write_value

DAY = dt.timedelta(days=1)


class PackCases:
    """Draws cases, days and readings for one pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        nodes = [n for plan in pack.plans.values() for e in plan.exprs for n in walk(e)]
        self.pool: dict[Type, list[Any]] = {}
        for node in nodes:
            if isinstance(node, Const):
                self.pool.setdefault(node.kind.type, []).append(node.value)
            if isinstance(node, InDivision):
                self.pool.setdefault(Type.DIVISION, []).extend(node.codes)
            if isinstance(node, OneOf):
                self.pool.setdefault(Type.TEXT, []).extend(v.value for v in node.values if isinstance(v, Const))
        self.days = sorted({d for d in self.pool.get(Type.DATE, []) if d != NEVER} | {dt.date(2022, 3, 1)})

    def day(self, rnd: Random) -> dt.date:
        return rnd.choice(self.days) + rnd.choice((-400, -1, 0, 1, 30, 400)) * DAY

    def readings(self, rnd: Random) -> dict[str, str | None]:
        return {r.name: rnd.choice((r.default, r.default, None, *r.alternatives)) for r in self.pack.readings.values()}

    def case(self, rnd: Random) -> Case | None:
        """A case; None where what was drawn is none."""
        root = rnd.choice(self.pack.roots)
        try:
            return load_case({root.name: self.entity(rnd, root, rnd.choice((30, 60, 90)))}, [self.pack])
        except CaseError:
            return None

    def entity(self, rnd: Random, kind: EntityType, known: int, depth: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, fact in kind.facts.items():
            if fact.identifies and name != "name":
                continue
            if rnd.randrange(100) < known or fact.type is Type.DIVISION:
                found[name] = self.value(rnd, fact, known, depth)
        for own in self.pack.own:
            if own.entity is kind:
                told = {n: self.value(rnd, f, known, depth) for n, f in own.facts.items() if rnd.randrange(100) < known}
                found[own.pack] = told
        return found

    def value(self, rnd: Random, fact: Fact, known: int, depth: int) -> object:
        if fact.of is not None:
            listed = [
                self.entity(rnd, fact.of, known, depth + 1) for _ in range(rnd.choice((0, 1, 2)) if depth < 2 else 0)
            ]
            return {"items": listed, "complete": False} if rnd.randrange(4) == 0 else listed
        if fact.type in ELEMENTS:
            one = Fact(
                fact.label, ELEMENTS[fact.type], values=fact.values, low=fact.low, high=fact.high, unit=fact.unit
            )
            return list({str(v): v for v in (self.single(rnd, one) for _ in range(rnd.randrange(3)))}.values())
        return self.single(rnd, fact)

    def single(self, rnd: Random, fact: Fact) -> object:  # noqa: PLR0911 - one case for each type
        if fact.name == "provision":
            return rnd.choice([*self.pack.plans])
        if fact.values:
            return rnd.choice([*fact.values])
        match fact.type:
            case Type.YES_NO:
                return rnd.randrange(3) > 0
            case Type.DATE:
                return str(rnd.choice(self.days) + rnd.choice((-800, -365, -1, 0, 1)) * DAY)
            case Type.MONTH:
                return str(rnd.choice(self.days))[:7]
            case Type.DIVISION:
                return rnd.choice(self.pool.get(Type.DIVISION, ["31"]))
            case Type.TEXT:
                return rnd.choice([t for t in self.pool.get(Type.TEXT, []) if t] or ["甲"])
        if fact.unit == "年":
            return rnd.choice(self.days).year - rnd.randrange(3)
        numbers = [v for v in self.pool.get(fact.type, []) if isinstance(v, int | Fraction)] or [1]
        value = rnd.choice(numbers) + rnd.choice((-1, 0, 1))
        if fact.type is Type.NUMBER:
            value = min(value, fact.high) if fact.high is not None else value
        value = max(value, 0)
        return write_value(fact, int(value) if fact.whole or fact.type is Type.MONEY else value)
