"""Where a fact stands in clean tables: the table, the row that is looked at, and what the column of a fact holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .. import calendar
from ..expr import Const, Expr
from ..facts import EntityType, Fact, Type
from ..reads import items_read
from ..refs import Item
from ..registry.clean import COMPLETE, ITEM, MOST_FEN, MOST_NUMBER, ROW, column_of, parts_of
from ..words import Clock
from .columns_graph import Col, Graph, Kind, Scope
from .columns_values import Val, Values

KINDS: Mapping[Type, Kind] = {
    Type.YES_NO: "bool", Type.TEXT: "str", Type.DIVISION: "str", Type.NUMBER: "int", Type.MONEY: "int",
    Type.MONTH: "int", Type.DATE: "date", Type.TEXTS: "list", Type.NUMBERS: "list", Type.MONTHS: "list",
}  # fmt: skip
"""How each type is held. A month is a number of months."""


class Place(NamedTuple):
    """What an item stands for: a row of `scope`, or, where it is not seen, what a collection may have besides."""

    scope: Scope
    path: str
    seen: bool = True


Env = Mapping[Item, Place]
reads = items_read


class Places:
    """The tables of a registry as the rule tree sees them, and the question that is asked of them.

    Args:
        root: what each row of the root table is; `columns`: for each clean table, the columns that it has.
        as_of: the day of the question; `readings`: the alternative taken of each, None where it is open.
    """

    def __init__(
        self,
        root: EntityType,
        columns: Mapping[str, frozenset[str]],
        as_of: dt.date,
        readings: Mapping[str, str | None],
    ) -> None:
        self.entity, self.columns, self.as_of, self.readings = root, columns, as_of, readings
        self.g = Graph()
        self.v = Values(self.g)
        self.root = Scope(root.name, (ROW,))
        self._scopes: dict[tuple[Scope, Scope, str], Scope] = {}

    # -------------------------------------------------------------------------------------------------- places

    def place(self, owner: object, env: Env) -> Place:
        """What a fact or a collection belongs to."""
        return env[owner] if isinstance(owner, Item) else Place(self.root, self.entity.name)

    def column(self, place: Place, name: str, kind: Kind) -> Col:
        """A column of a table; null where it has none of this name."""
        name = column_of(name)
        has = place.seen and name in self.columns[place.scope.table]
        return self.g.column(place.scope, name, kind) if has else self.g.null(kind)

    def unlisted(self, place: Place, collection: Fact) -> Col:
        """Whether a collection may have items that its table does not list."""
        complete = self.column(place, f"{collection.name}{COMPLETE}", "bool")
        return self.g.negated(self.g.surely(complete))

    def below(self, node: Expr, place: Place, env: Env) -> Scope:
        """The scope in which a node about the items of a place is worked out: the deepest that it reads."""
        scopes = [place.scope, *(env[i].scope for i in reads(node))]
        return max(scopes, key=lambda s: s.depth)

    def items(self, collection: Fact, place: Place, at: Scope, *, dated: bool = True) -> Place | None:
        """The rows of a collection, looked at from the rows of `at`; None where no table lists any."""
        table = collection.name if place.scope is self.root else f"{place.scope.table}.{collection.name}"
        if not place.seen or table not in self.columns:
            return None
        dating = collection.of.dating_fact if collection.of and dated else None
        if dating is not None and dating.name not in self.columns[table]:
            dating = None
        key = (at, place.scope, f"{table}/{dated}")
        if key not in self._scopes:
            keys = (*at.keys, f"{ITEM}{len(self._scopes)}")
            self._scopes[key] = Scope(table, keys, at, place.scope, dating.name if dating else None)
        return Place(self._scopes[key], f"{place.path}.{collection.name}[]")

    def fact(self, fact: Fact, place: Place) -> Val:
        """What is known of a fact that is no test."""
        kind: Kind = "str" if fact.type is Type.MONTH else KINDS[fact.type]
        column = self.column(place, fact.name, kind)
        if fact.type is Type.MONTH:
            column = column if column.is_lit else self.g.month_number(column)
            return self.v.plain(self.g.null("int") if column.is_lit else column)
        if fact.type not in {Type.NUMBER, Type.MONEY}:
            return self.v.plain(column)
        parts = parts_of(fact)
        low, high = (None if e is None else self.g.lit(int(e * parts)) for e in (fact.low, fact.high))
        most = MOST_FEN if fact.type is Type.MONEY else parts * (MOST_NUMBER if fact.high is None else int(fact.high))
        return self.v.plain(column, low, high, Fraction(1, parts), most)

    def constant(self, value: Any, kind: Type) -> Val:  # noqa: ANN401 - of this type
        """A value that is the same for all rows."""
        if kind is Type.MONTH:
            return self.v.number(month_number(value))
        return self.v.number(value) if kind in {Type.NUMBER, Type.MONEY} else self.v.plain(self.g.lit(value))

    def clock(self, node: Clock) -> Any:  # noqa: ANN401 - a day, a month or a year
        """The day of the question, or a part of it."""
        return {
            "day": self.as_of,
            "month": calendar.month_of(self.as_of),
            "year": self.as_of.year,
            "year_end": calendar.last_day(self.as_of.year),
        }[node.grain]

    def told(self, node: Expr) -> Any | None:  # noqa: ANN401 - a value, where it is the same for all rows
        """The value that a node has whatever the case is."""
        if isinstance(node, Clock):
            return self.clock(node)
        return node.value if isinstance(node, Const) else None


def month_number(month: str) -> int:
    """A month as the number of months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:]) - 1
