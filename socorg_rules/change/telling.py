"""Facts of a case by their paths, told and taken back on its records: what a search does many times over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..alike import COUNTED
from ..facts import EntityType, Fact, Items, OwnFacts, Record

Steps = tuple[tuple[str, int | None], ...]
"""A path below the root entity: the names of facts, each with the place of an item where it goes on in one."""
Own = Mapping[EntityType, Mapping[str, Fact]]


def own_of(own: tuple[OwnFacts, ...]) -> Own:
    """The own facts of packs, by entity and name."""
    found: dict[EntityType, dict[str, Fact]] = {}
    for facts in own:
        found.setdefault(facts.entity, {}).update({f.name: f for f in facts.facts.values()})
    return found


def fact_of(kind: EntityType, name: str, own: Own) -> Fact:
    """A fact of an entity, or an own fact for it."""
    found = kind.facts.get(name)
    return found if found is not None else own[kind][name]


def steps(kind: EntityType, path: str, own: Own) -> Steps:
    """`guild.badges[0].grade` below the guild, with own facts (`guild.toyland.rank`) as one name."""
    found: list[tuple[str, int | None]] = []
    names = path.split(".")[1:]
    while names:
        name, _, index = names.pop(0).rstrip("]").partition("[")
        if name not in kind.facts and names:
            more, _, index = names.pop(0).rstrip("]").partition("[")
            name = f"{name}.{more}"
        found.append((name, int(index) if re.fullmatch(r"\d+", index) else None))
        kind = fact_of(kind, name, own).of or kind
    return tuple(found)


def told(record: Record, at: Steps, value: object) -> Record:
    """The record with one fact told, or taken back (None); of many items, of all that told the same of it."""
    (name, index), rest = at[0], at[1:]
    values = dict(record.values)
    if index is None:
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
        return Record(record.type, values)
    items: Items = values[name]
    listed = list(items.records)
    if rest:
        below = rest[0][0]
        here, made = listed[index].values.get(below), dict[int, Record]()  # items that are one record stay one
        for i, one in enumerate(listed):
            if i == index or (len(listed) > COUNTED and one.values.get(below) == here):
                listed[i] = made[id(one)] = made.get(id(one)) or told(one, rest, value)
    else:
        del listed[index]
    values[name] = Items(tuple(listed), items.complete)
    return Record(record.type, values)


def listed(fact: Fact, size: int) -> Items:
    """So many items of which nothing is known."""
    assert fact.of is not None  # noqa: S101 - of a collection
    one = Record(fact.of, {})
    return Items((one,) * size if size > COUNTED else tuple(Record(fact.of, {}) for _ in range(size)))


def places(record: Record, before: Steps = ()) -> Iterator[tuple[Steps, object]]:
    """Every fact that is told, with its value: collections, then their items, then what is told of these; of many items
    what the one before does not tell as well."""
    for name, value in record.values.items():
        yield (*before, (name, None)), value
        if isinstance(value, Items):
            many = len(value.records) > COUNTED
            for i, one in enumerate(value.records):
                already = value.records[i - 1] if many and i else None
                if one is not already:
                    yield (*before, (name, i)), one
                    yield from places(one if already is None else _beside(one, already), (*before, (name, i)))


def _beside(one: Record, other: Record) -> Record:
    """What a record tells otherwise than another."""
    return Record(one.type, {n: v for n, v in one.values.items() if other.values.get(n) != v})


def size(record: Record) -> int:
    """How many facts are told; an item counts as one, and so does an empty collection."""
    total = 0
    for value in record.values.values():
        total += sum(1 + size(one) for one in value.records) or 1 if isinstance(value, Items) else 1
    return total


def value_at(record: Record, at: Steps) -> Any:  # noqa: ANN401 - of the fact's own type
    """What is told of a fact; None where nothing is."""
    (name, index), rest = at[0], at[1:]
    value = record.values.get(name)
    if index is None or value is None:
        return value
    return value_at(value.records[index], rest) if rest else value.records[index]
