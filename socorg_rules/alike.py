"""The reference interpreter for cases of many items that tell the same: what holds of one is worked out once."""

from __future__ import annotations

from typing import Any

from .evaluate import Evaluator
from .expr import Expr
from .facts import Items, Record
from .known import Value
from .place import Env, Members, Place
from .refs import Collection

COUNTED = 12
"""Up to how many items of a collection are each of its own; more of them are one record over and over."""


class Alike(Evaluator):
    """Decides as the reference does. What is missing of many items that are one record is told of the first of them."""

    def __init__(self, *args: Any) -> None:  # noqa: ANN401 - those of the interpreter
        super().__init__(*args)
        self._shared: dict[tuple[str, str], Members] = {}
        self._kept: dict[tuple[Expr, tuple[object, ...]], Value] = {}

    def members(self, collection: Collection, env: Env) -> Members:
        """The items of a collection, those that are one record in one place."""
        found = super().members(collection, env)
        if len(found.here) <= COUNTED:
            return found
        key = collection.fact.name, self.place(collection.owner, env).path
        if key not in self._shared:
            first: dict[int, Place] = {}
            here = [first.setdefault(id(place.record), place) for place in found.here]
            self._shared[key] = found._replace(here=here)
        return self._shared[key]

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        if not self._shared or not env:
            return super().value(node, env)
        key = node, tuple(env.items())
        if key not in self._kept:
            self._kept[key] = super().value(node, env)
        return self._kept[key]


def shared(record: Record) -> Record:
    """The same, with items that tell the same as one record."""
    return _shared(record, {})


def _shared(record: Record, known: dict[object, Record]) -> Record:
    values = {
        name: Items(tuple(_shared(one, known) for one in value.records), value.complete)
        if isinstance(value, Items)
        else value
        for name, value in record.values.items()
    }
    told = tuple(
        (name, (tuple(map(id, v.records)), v.complete) if isinstance(v, Items) else (type(v), v))
        for name, v in sorted(values.items())
    )
    return known.setdefault((record.type.name, told), Record(record.type, values))
