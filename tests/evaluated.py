"""An expression asked of a guild or a town: what it comes to, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from toyland import OWN, Guild, Town

from socorg_rules.case import read_case
from socorg_rules.errors import CaseError
from socorg_rules.evaluate import NO_ITEMS, Evaluator
from socorg_rules.expr import Expr
from socorg_rules.facts import entity_type
from socorg_rules.known import Value
from socorg_rules.place import Place
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.words import text_gap

guild = root(Guild)
town = root(Town)
own = guild.own(OWN)
ABSENT = "absent"
Facts = Mapping[str, Any]

GAP = text_gap("gap", "多少？", "How much?")
WAYS = reading(
    "ways", "哪样？", "Which way?", clause="一", default=None, because="试", left=("左", "left"), right=("右", "right")
)


def asked(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> tuple[Value, Evaluator]:
    kind = next((k for k in map(entity_type, (Town, Guild)) if k.facts.keys() >= facts.keys() - {"toyland"}), None)
    assert kind is not None
    if "guild_count" not in facts and "guilds" not in facts:
        kind = entity_type(Guild)
    case = read_case({kind.name: dict(facts)}, [kind], [OWN])
    ev = Evaluator(Place(case.record, kind.name), dt.date.fromisoformat(as_of), {"ways": way})
    return ev.value(expr, NO_ITEMS), ev


def known(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> Any:  # noqa: ANN401
    """The value where it is settled, `absent` where there is none, else the range that it lies in."""
    found, _ = asked(expr, facts, as_of, way)
    if not found.why:
        return ABSENT if found.absent else found.low
    return (found.low, found.high)


def missing(expr: Expr, facts: Facts, **question: Any) -> list[object]:  # noqa: ANN401
    return list(asked(expr, facts, **question)[0].why)


def truth(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> bool | None:
    return asked(expr, facts, as_of, way)[0].truth


def problems(expr: Expr, facts: Facts) -> list[str]:
    _, ev = asked(expr, facts)
    with pytest.raises(CaseError) as caught:
        ev.refuse_contradictions()
    return [str(p) for p in caught.value.problems]


def listed(*items: Facts, complete: bool = True) -> object:
    return list(items) if complete else {"items": list(items), "complete": False}


T, F, U = True, False, None
SMALL, HONEST = guild.is_small, guild.is_honest


def pair(a: bool | None, b: bool | None) -> Facts:  # noqa: FBT001
    return {"is_small": a, "is_honest": b}


gold, silver, some = {"grade": "金"}, {"grade": "银"}, {"name": "甲"}
