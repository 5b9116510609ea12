"""Random cases of Toyland's entities: of what is told, what is not, and what may be told besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, cast

from random_values import DAYS, DIVISIONS, MONTHS, NUMBERS, OWN, SHARES, SUMS, TEXTS, YEARS

from socorg_rules.facts import EntityType, Fact, Type


def values_of(fact: Fact) -> tuple[object, ...]:  # noqa: PLR0911 - one case for each kind of fact
    """The few values that a fact takes in random cases."""
    if fact.unit == "年":
        return YEARS
    if fact.name == "provision":
        return ("alpha", "random.beta", "beta", "alpha")
    if fact.name == "item":
        return ("甲", "乙", "金")
    if fact.name == "name":
        return ("甲", "乙")
    if fact.high == 1:
        return SHARES
    if fact.values and not fact.open_values:
        return tuple(fact.values)
    return cast(
        "tuple[object, ...]",
        {
            Type.YES_NO: (True, False),
            Type.TEXT: TEXTS,
            Type.NUMBER: NUMBERS,
            Type.MONEY: SUMS,
            Type.DATE: (*DAYS, "never"),
            Type.MONTH: MONTHS,
            Type.DIVISION: DIVISIONS,
            Type.TEXTS: ("木工", "铁工"),
            Type.NUMBERS: YEARS,
            Type.MONTHS: MONTHS,
        }[fact.type],
    )


def values_before(fact: Fact, as_of: dt.date) -> tuple[object, ...]:
    """The values of a fact; for one that dates an item, those on which the item exists."""
    found = values_of(fact)
    return tuple(v for v in found if v != "never" and str(v) <= str(as_of)) if fact.dates else found


def draw_value(rnd: Random, fact: Fact, known: int, *, size: int = 2) -> object:
    """A value of a fact; of what lies inside it, `known` percent is told."""
    if fact.of is not None:
        listed = [draw_entity(rnd, fact.of, known) for _ in range(rnd.choice((0, 1, size, size)))]
        return {"items": listed, "complete": False} if rnd.randrange(100) < (100 - known) // 2 else listed
    choices = values_of(fact)
    if fact.type in {Type.TEXTS, Type.NUMBERS, Type.MONTHS}:
        return [v for v in choices if rnd.randrange(2)]
    return rnd.choice(choices)


def draw_entity(rnd: Random, kind: EntityType, known: int, *, own: Mapping[str, Fact] | None = None) -> dict[str, Any]:
    """An entity of which about `known` percent of the facts are told."""
    found = {
        name: draw_value(rnd, fact, known)
        for name, fact in kind.facts.items()
        if name != "id" and (rnd.randrange(100) < known or name in {"provision", "division"})
    }
    told = {n: draw_value(rnd, fact, known) for n, fact in (own or {}).items() if rnd.randrange(100) < known}
    return {**found, OWN.pack: told} if told else found


def draw_case(rnd: Random, kind: EntityType, known: int) -> dict[str, Any]:
    return {kind.name: draw_entity(rnd, kind, known, own=OWN.facts if kind is OWN.entity else None)}


def complete(  # noqa: C901 - one case for each kind of fact
    rnd: Random, kind: EntityType, given: Mapping[str, Any], as_of: dt.date, *, share: int = 100
) -> dict[str, Any]:
    """The entity with `share` percent of its unknown facts filled in, and of its open collections closed.

    An item whose date is not told is taken to exist, so that its date is one not after `as_of`.
    """

    def more() -> bool:
        return rnd.randrange(100) < share

    def filled(fact: Fact, value: object) -> object:
        if fact.of is None:
            return value
        listed, open_ = (value["items"], True) if isinstance(value, dict) else (cast("list[Any]", value), False)
        made = [complete(rnd, fact.of, one, as_of, share=share) for one in listed]
        taken = {one.get("name") for one in listed}
        for before, one in zip(listed, made, strict=True):  # no two items go by one name
            if "name" in one and "name" not in before and one["name"] in taken:
                one["name"] = f"名{rnd.randrange(1000)}"
            taken.add(one.get("name"))
        if open_ and more():
            made += [full(rnd, fact.of) for _ in range(rnd.randrange(3))]
            open_ = False
        return {"items": made, "complete": False} if open_ else made

    found: dict[str, Any] = {}
    for name, fact in kind.facts.items():
        if name in given:
            found[name] = filled(fact, given[name])
        elif name != "id" and more():
            if fact.of is not None:
                found[name] = [full(rnd, fact.of) for _ in range(rnd.randrange(3))]
            elif fact.dates:
                found[name] = rnd.choice(values_before(fact, as_of) or (str(as_of),))
            else:
                found[name] = draw_value(rnd, fact, 100)
    if kind is OWN.entity:
        told = dict(given.get(OWN.pack, {}))
        for name, fact in OWN.facts.items():
            if name not in told and more():
                told[name] = draw_value(rnd, fact, 100)
        found[OWN.pack] = told
    return found


def full(rnd: Random, kind: EntityType) -> dict[str, Any]:
    return draw_entity(rnd, kind, 100)


def unknown_facts(kind: EntityType, given: Mapping[str, Any], path: str) -> Iterator[tuple[str, Fact, dict[str, Any]]]:
    """Every fact that an entity leaves untold, its path, and the object that it is missing from."""
    for name, fact in kind.facts.items():
        if name not in given:
            yield f"{path}.{name}", fact, cast("dict[str, Any]", given)
        elif fact.of is not None:
            listed = given[name]["items"] if isinstance(given[name], dict) else given[name]
            for i, one in enumerate(listed):
                yield from unknown_facts(fact.of, one, f"{path}.{name}[{i}]")
