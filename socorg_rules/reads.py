"""What an expression reads: items of collections, readings; and what provisions read of each entity."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .expr import Expr, parts, walk
from .facts import EntityType, Fact
from .refs import Collection, FactOf, Fold, Item, Names, Pick, Quantified
from .words import ByReading, Clock, Stated

if TYPE_CHECKING:
    from .plan import Plan

KEPT = 2**16
"""Of how many nodes what they read is kept."""


@functools.lru_cache(KEPT)
def items_read(node: Expr) -> tuple[Item, ...]:
    """The items that an expression reads without ranging over them itself, in the order in which it reads them."""
    bound = {n.item for n in walk(node) if isinstance(n, Quantified | Fold | Pick)}
    read: dict[Item, None] = {}
    for n in walk(node):
        if isinstance(n, FactOf) and isinstance(n.owner, Item):
            read[n.owner] = None
        if isinstance(n, Names):
            read[n.item] = None
            if isinstance(n.item.collection.owner, Item):
                read[n.item.collection.owner] = None
    read.update((i.collection.owner, None) for i in bound if isinstance(i.collection.owner, Item))
    return tuple(i for i in read if i not in bound)


@functools.lru_cache(KEPT)
def reads_no_item(node: Expr) -> bool:
    """Whether an expression is about the root entity alone, whatever item is being looked at."""
    return not items_read(node)


@functools.lru_cache(KEPT)
def readings_of(node: Expr) -> frozenset[str]:
    """The readings that an expression asks for."""
    return frozenset(n.reading.name for n in walk(node) if isinstance(n, ByReading))


@functools.lru_cache(KEPT)
def checks(node: Expr) -> tuple[Expr, ...]:
    """Where facts of a case may contradict each other: two items come equally first, or other facts make something else
    of what is stated."""
    return tuple(n for n in walk(node) if isinstance(n, Pick | Stated))


@functools.lru_cache(KEPT)
def reads_clock(node: Expr) -> bool:
    """Whether an expression asks what day it is."""
    return any(isinstance(n, Clock) for n in walk(node))


def short_of(exprs: Iterable[Expr], stop: Callable[[Expr], bool]) -> set[Expr]:
    """The nodes of expressions, but for those to stop at and what stands nowhere but below these."""
    found: set[Expr] = set()
    waiting = list(exprs)
    while waiting:
        node = waiting.pop()
        if node not in found and not stop(node):
            found.add(node)
            waiting.extend(parts(node))
    return found


def read_by_entity(plans: Iterable[Plan]) -> dict[EntityType, dict[str, Fact]]:
    """The facts that provisions read of each entity, by name: those that their expressions ask for, the collections
    that items lie in, what a payment may call an item by, and since when an item exists."""
    read: dict[EntityType, dict[str, Fact]] = {}
    for plan in plans:
        if plan.item is not None:
            _note(plan.item.collection, read)
        for node in (n for e in plan.exprs for n in walk(e)):
            _note(node, read)
    return read


def _note(node: object, read: dict[EntityType, dict[str, Fact]]) -> None:
    """A fact that is read, and the collections that its items lie in."""
    item = getattr(node, "item", None)
    if isinstance(item, Item):
        _note(item.collection, read)
    if isinstance(node, Names):
        named = {name: fact for name, fact in node.item.entity.facts.items() if name in node.facts}
        read.setdefault(node.item.entity, {}).update(named)
    if isinstance(node, FactOf | Collection):
        owner = node.owner.entity
        dating = owner.dating_fact
        read.setdefault(owner, {}).update({f.name: f for f in (node.fact, *([dating] if dating else []))})
        if isinstance(node.owner, Item):
            _note(node.owner.collection, read)
