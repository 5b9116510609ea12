"""Where a reference stands in a case: a record with its path, and the items of a collection that exist on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from . import calendar
from .facts import ORDERED, Fact, Items, Record, Type
from .known import Open, Value
from .refs import Item


class Place(NamedTuple):
    """A record and its path in the case file. An `unseen` one stands for items that a collection may have besides."""

    record: Record
    path: str
    unseen: bool = False


Env = Mapping[Item, Place]
"""What the items of the quantifiers around a node stand for."""


def path_of(place: Place, fact: Fact) -> str:
    """The path of a fact in the case file; whatever is read of unseen items is named by their collection alone."""
    return place.path if place.unseen else f"{place.path}.{fact.name}"


def unknown(fact: Fact, path: str) -> Value:
    """A fact that the case does not tell: anything within the bounds of its declaration."""
    if fact.type is Type.YES_NO:
        return Value(False, True, (path,))
    return Value(fact.low, fact.high, (path,)) if fact.type in ORDERED else Value(None, None, (path,))


class Members(NamedTuple):
    """The items that exist on the day, why there may be more (nothing: these are all), and when the next one comes."""

    here: list[Place]
    more: tuple[Open, ...]
    until: dt.date | None


def members(place: Place, fact: Fact, as_of: dt.date) -> Members:
    """The items of a collection. One dated after `as_of` does not exist yet; one without its date is assumed to."""
    path = path_of(place, fact)
    items: Items | None = place.record.values.get(fact.name)
    if items is None:
        return Members([], (path,), None)
    dating = fact.of.dating_fact if fact.of else None
    here, later = [], []
    for i, record in enumerate(items.records):
        day = record.values.get(dating.name) if dating else None
        if day is None or day <= as_of:
            here.append(Place(record, f"{path}[{i}]"))
        elif day != calendar.NEVER:
            later.append(day)
    return Members(here, () if items.complete else (path,), min(later, default=None))


def arrivals(record: Record, fact: str = "") -> Iterator[tuple[str, dt.date]]:
    """From when the items of an entity exist, each with the fact of the root entity that it lies in."""
    dating = record.type.dating_fact
    day = record.values.get(dating.name) if dating and fact else None
    if day is not None and day != calendar.NEVER:
        yield fact, day
    for name, held in record.values.items():
        for one in held.records if isinstance(held, Items) else ():
            yield from arrivals(one, fact or name)


def unlisted(item: Item, more: tuple[Open, ...]) -> Place:
    """An item of which nothing is known; it stands for those that a collection may have besides."""
    return Place(Record(item.entity, {}), str(more[0]), unseen=True)


def names_of(record: Record, facts: tuple[str, ...]) -> list[str]:
    """What an item goes by, as far as the case tells: its id, and the values of `facts`."""
    return [record.values[f] for f in ("id", *facts) if f in record.values]


def unnamed(record: Record, facts: tuple[str, ...]) -> list[Fact]:
    """By what else it may go: those of `facts` that the case does not tell."""
    return [record.type.facts[f] for f in facts if f in record.type.facts and f not in record.values]
