"""What a pack reads: facts of the root entity and of items, and collections through quantifiers, folds and picks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Literal

import attrs

from .errors import PackError, nearest
from .expr import ALWAYS, Expr, Shape, constant, test, walk
from .facts import ORDERED, EntityType, Fact, OwnFacts, Type, entity_type


@attrs.frozen(eq=False)
class Root:
    """The entity that a case is about."""

    entity: EntityType


@attrs.frozen(eq=False)
class Item:
    """The item of a collection that a quantifier, or a provision for each item, speaks of."""

    collection: Collection

    @property
    def entity(self) -> EntityType:
        """The declared type of the item."""
        found = self.collection.fact.of
        assert found is not None  # noqa: S101 - `Collection` is built for facts of type ITEMS only
        return found


Binding = Root | Item


class Ref:
    """What a pack writes facts on: `organization.established_on`, or the item that a quantifier hands over.

    Attributes are the facts of its entity; a misspelt one raises `PackError` with the nearest right one.
    """

    def __init__(self, at: Binding, own: OwnFacts | None = None) -> None:
        self.at = at
        self._own = own

    def own(self, facts: OwnFacts) -> Ref:
        """The same entity, read for a pack's own facts."""
        if facts.entity is not self.at.entity:
            raise PackError(f"the own facts of `{facts.pack}` belong to {facts.entity.name}, not {self.at.entity.name}")
        return Ref(self.at, facts)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - which attributes there are is declared as data
        if name.startswith("__"):
            raise AttributeError(name)
        known = self._own.facts if self._own else self.at.entity.facts
        if name not in known:
            raise PackError(f"`{name}` is no fact of {self.at.entity.name}{nearest(name, known)}")
        fact = known[name]
        return Collection(self.at, fact) if fact.type is Type.ITEMS else FactOf(self.at, fact)


def root(entity: type) -> Ref:
    """The reference through which a pack reads a root entity."""
    return Ref(Root(entity_type(entity)))


@attrs.frozen(eq=False)
class FactOf(Expr):
    """The value of one fact."""

    owner: Binding
    fact: Fact

    @property
    def shape(self) -> Shape:
        """The fact's own type, unit and closed values."""
        closed: frozenset[str] = frozenset() if self.fact.open_values else frozenset(self.fact.values)
        return Shape(self.fact.type, self.fact.unit, closed)

    @property
    def described(self) -> str:
        """Its entity and name."""
        return f"`{self.owner.entity.name}.{self.fact.name}`"


Where = Callable[[Ref], Expr]


@attrs.frozen(eq=False)
class Collection(Expr):
    """A collection of items. It is read through quantifiers, folds and picks, each with a filter."""

    owner: Binding
    fact: Fact

    @property
    def shape(self) -> Shape:
        """A collection stands for no value by itself."""
        return Shape(Type.ITEMS)

    @property
    def described(self) -> str:
        """Its entity and name."""
        return f"`{self.owner.entity.name}.{self.fact.name}`"

    @property
    def each(self) -> Ref:
        """The item of which a provision decides one by one."""
        return Ref(Item(self))

    def any(self, where: Where | None = None) -> Expr:
        """True where some item passes; without a test, where there is an item."""
        item = Item(self)
        return Quantified("any", item, _filter(item, where, "any"))

    def all(self, passes: Where) -> Expr:
        """True where every item passes, and where there is none."""
        item = Item(self)
        return Quantified("all", item, _filter(item, passes, "all"))

    def count(self, where: Where | None = None) -> Expr:
        """How many items pass."""
        return self._fold("count", None, where)

    def count_distinct(self, value: Callable[[Ref], Expr], where: Where | None = None) -> Expr:
        """How many different values the passing items have."""
        return self._fold("count_distinct", value, where)

    def sum(self, value: Callable[[Ref], Expr], where: Where | None = None) -> Expr:
        """The values of the passing items added up."""
        return self._fold("sum", value, where)

    def min(self, value: Callable[[Ref], Expr], where: Where | None = None) -> Expr:
        """The smallest value among the passing items; it does not exist where none passes."""
        return self._fold("min", value, where)

    def max(self, value: Callable[[Ref], Expr], where: Where | None = None) -> Expr:
        """The largest value among the passing items; it does not exist where none passes."""
        return self._fold("max", value, where)

    def first(self, by: str, where: Where | None = None) -> Picked:
        """The passing item with the smallest `by` (a date or year): `….first("year").result`."""
        return Picked("first", Item(self), by, where)

    def last(self, by: str, where: Where | None = None) -> Picked:
        """The passing item with the largest `by`."""
        return Picked("last", Item(self), by, where)

    def _fold(self, op: FoldOp, value: Callable[[Ref], Expr] | None, where: Where | None) -> Expr:
        item = Item(self)
        body = constant(value(Ref(item))) if value else None
        allowed = {"sum": {Type.NUMBER, Type.MONEY}, "min": ORDERED, "max": ORDERED}.get(op)
        if body is not None and allowed and body.shape.type not in allowed:
            raise PackError(f"{body.described} is {body.shape}; it has no {op}")
        return Fold(op, item, _filter(item, where, op), body)


FoldOp = Literal["count", "count_distinct", "sum", "min", "max"]


class Picked:
    """The first or last item of a collection; reading a fact of it gives the expression."""

    def __init__(self, which: Literal["first", "last"], item: Item, by: str, where: Where | None) -> None:
        key = getattr(Ref(item), by)
        if key.shape.type not in ORDERED:
            raise PackError(f"{key.described} is {key.shape}; first and last go by a date or a year")
        self._pick = (which, item, key, _filter(item, where, which))
        self._item = Ref(item)

    def __getattr__(self, name: str) -> Expr:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.value(lambda item: getattr(item, name))

    def value(self, of: Callable[[Ref], Expr]) -> Expr:
        """Any expression about the item, a test among them; a test about an item that does not exist is false."""
        return Pick(*self._pick, constant(of(self._item)))


@attrs.frozen(eq=False)
class Quantified(Expr):
    """Some item passes (`any`), or every one (`all`)."""

    op: Literal["any", "all"]
    item: Item
    test: Expr


@attrs.frozen(eq=False)
class Fold(Expr):
    """A count, sum, minimum or maximum over the items that pass `where`."""

    op: FoldOp
    item: Item
    where: Expr
    value: Expr | None

    @property
    def shape(self) -> Shape:
        """A count is a bare number; the others have the shape of their value."""
        return self.value.shape if self.value is not None and self.op != "count_distinct" else Shape(Type.NUMBER)


@attrs.frozen(eq=False)
class Pick(Expr):
    """An expression about the first or last item that passes `where`, ordered by `key`."""

    which: Literal["first", "last"]
    item: Item
    key: Expr
    where: Expr
    value: Expr

    @property
    def shape(self) -> Shape:
        """That of the expression about the item."""
        return self.value.shape


@attrs.frozen(eq=False)
class Names(Expr):
    """Whether the text is what an item goes by: its id, or the value of one of `facts`."""

    text: Expr
    item: Item
    facts: tuple[str, ...]


def _filter(item: Item, where: Where | None, what: str) -> Expr:
    return test(where(Ref(item)), what) if where else ALWAYS


def goes_by(text: Expr | str, item: Ref, *facts: str) -> Names:
    """Whether a text is what an item goes by: its id, or the value of one of `facts`."""
    if not (isinstance(item, Ref) and isinstance(item.at, Item)):
        told = f"`{item.at.entity.name}` is" if isinstance(item, Ref) else "the second argument of `goes_by` is"
        raise PackError(f"{told} no item of a collection; write `goes_by(text, item, …)`: only an item goes by a name")
    held = constant(text)
    if held.shape.type is not Type.TEXT:
        raise PackError(f"`goes_by`: {held.described} is {held.shape}; an item goes by a text")
    known = {name for name, fact in item.at.entity.facts.items() if fact.type is Type.TEXT}
    for name in facts:
        if name not in known:
            raise PackError(f"`goes_by`: `{name}` is no text of {item.at.entity.name}{nearest(name, known)}")
    return Names(held, item.at, facts)


@functools.cache
def facts_read(expr: Expr) -> frozenset[str]:
    """The facts of the root entity that an expression reads; to read of an item is to read its collection."""
    found: set[str] = set()
    for node in walk(expr):
        item = getattr(node, "item", None)
        for read in (node, item.collection if isinstance(item, Item) else None):
            while isinstance(read, FactOf | Collection) and isinstance(read.owner, Item):
                read = read.owner.collection  # noqa: PLW2901 - up to the root entity
            if isinstance(read, FactOf | Collection):
                found.add(read.fact.name)
    return frozenset(found)
