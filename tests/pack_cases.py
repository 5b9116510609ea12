"""Random cases for a pack, whose facts crowd the values that its rules compare them with."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from random import Random
from typing import Any

from socorg_rules.calendar import NEVER
from socorg_rules.expr import Compare, Const, Contains, Expr, InDivision, OneOf, walk
from socorg_rules.facts import EntityType, Fact, Type
from socorg_rules.pack import Pack
from socorg_rules.refs import FactOf
from socorg_rules.value import write_value
from socorg_rules.words import Lookup

DAYS = tuple(dt.date(y, m, d) for y in range(2018, 2027) for m, d in ((1, 1), (2, 28), (3, 10), (6, 1), (12, 31)))
ELSEWHERE = ("440300", "310000")


@functools.cache
def compared(pack: Pack) -> dict[int, list[Any]]:
    """The values with which a pack compares each fact (by its identity), and for numbers those beside."""
    found: dict[int, list[Any]] = {}
    for node in {n for plan in pack.plans.values() for e in plan.exprs for n in walk(e)}:
        match node:
            case Compare():
                _note(found, (node.left, node.right), (node.left, node.right))
            case OneOf():
                _note(found, (node.of,), node.values)
            case Contains():
                _note(found, (node.list,), (node.value,))
            case InDivision() if isinstance(node.of, FactOf):
                found.setdefault(id(node.of.fact), []).extend(node.codes)
            case Lookup() if isinstance(node.key, FactOf):
                found.setdefault(id(node.key.fact), []).extend(node.rows)
    return found


def _note(found: dict[int, list[Any]], sides: Iterable[Expr], others: Iterable[Expr]) -> None:
    values = [o.value for o in others if isinstance(o, Const)]
    for side in sides:
        if isinstance(side, FactOf):
            found.setdefault(id(side.fact), []).extend(values)


def draw(rnd: Random, pack: Pack, kind: EntityType, known: int) -> dict[str, Any]:
    """A case about an entity of which about `known` percent of the facts are told, as plain data."""
    made = _entity(rnd, pack, kind, known)
    for own in pack.own:
        if own.entity is kind:
            told = {n: _value(rnd, pack, f, known) for n, f in own.facts.items() if rnd.randrange(100) < known}
            made |= {own.pack: told} if told else {}
    return {kind.name: made}


def _entity(rnd: Random, pack: Pack, kind: EntityType, known: int) -> dict[str, Any]:
    told = (
        f
        for n, f in kind.facts.items()
        if n != "id" and not f.uscc and (rnd.randrange(100) < known or n == "provision")
    )
    return {fact.name: value for fact in told if (value := _value(rnd, pack, fact, known)) is not None}


def _value(rnd: Random, pack: Pack, fact: Fact, known: int) -> Any:  # noqa: ANN401, PLR0911 - one case for each type
    if fact.of is not None:
        if fact.name == "payments" and not any(plan.settlement for plan in pack.plans.values()):
            return []
        listed = [_entity(rnd, pack, fact.of, known) for _ in range(rnd.choice((0, 1, 1, 2, 3)))]
        return {"items": listed, "complete": False} if rnd.randrange(100) < (100 - known) // 3 else listed
    near = [v for v in compared(pack).get(id(fact), []) if not isinstance(v, bool)]
    match fact.type:
        case Type.YES_NO:
            return rnd.random() < 0.7
        case Type.DATE:
            day = rnd.choice([*DAYS, *near, NEVER])
            return "never" if day == NEVER else str(day + dt.timedelta(days=rnd.choice((-1, 0, 0, 1))))
        case Type.NUMBER | Type.MONEY:
            number = rnd.choice([*near, 0, 1, 10]) + rnd.choice((-1, 0, 0, 1))
            number = rnd.choice((2020, 2021, 2022, 2023)) if fact.unit == "年" else number
            low, high = fact.low or 0, fact.high
            return write_value(fact, max(low, number if high is None else min(high, number)))
        case Type.MONTH:
            return str(rnd.choice(DAYS))[:7]
        case Type.DIVISION:
            return rnd.choice([*near, *near, *ELSEWHERE])
        case Type.TEXTS | Type.NUMBERS | Type.MONTHS:
            among = [*near, *(fact.values or ()), *((2021, 2022) if fact.type is Type.NUMBERS else ())]
            return [v for v in dict.fromkeys(among) if rnd.randrange(2)] if fact.type is not Type.MONTHS else []
    if fact.name == "provision":
        return rnd.choice([name for name, plan in pack.plans.items() if plan.settlement])
    return rnd.choice([*near, *fact.values, "甲"] if fact.open_values or not fact.values else [*near, *fact.values])
