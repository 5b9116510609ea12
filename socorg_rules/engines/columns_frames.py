"""The graph of the columns engine as data frames: expressions in layers, items taken together, columns handed down.

Every table is a lazy frame that goes through the stages and layers that `columns_work` plans.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from ..registry.clean import ITEM, PARENT, ROW
from .columns_graph import Col, Scope
from .columns_words import expression
from .columns_work import Work


class Frames:
    """Computes columns of several scopes over clean tables."""

    def __init__(self, tables: Mapping[str, nw.LazyFrame[Any]], as_of: dt.date) -> None:
        self._tables, self._as_of = tables, as_of

    def __call__(self, outputs: Mapping[Scope, Mapping[str, Col]]) -> dict[Scope, nw.LazyFrame[Any]]:
        """For each scope, a frame of its keys and the columns asked for, by their names."""
        work = Work(outputs)
        frames: dict[Scope, nw.LazyFrame[Any]] = {}
        for stage in range(work.stages + 1):
            before = dict(frames)
            for scope in work.scopes:
                frame = self._joined(scope, work, before, stage) if stage else self._base(scope, work)
                frames[scope] = self._layered(frame, scope, work, stage)
        return {
            scope: frames[scope].select(
                *map(nw.col, scope.keys), *(expression(c, work.kept).alias(n) for n, c in wanted.items())
            )
            for scope, wanted in outputs.items()
        }

    def _base(self, scope: Scope, work: Work) -> nw.LazyFrame[Any]:
        """The rows of a scope with the columns of its own table, and those of the tables above that it reads."""
        frame = self._rows(scope, work)
        for above, cols in work.handed_down(scope, 0):
            part = self._rows(above, work).select(*map(nw.col, above.keys), *(nw.col(work.name(c)) for c in cols))
            frame = frame.join(part, on=list(above.keys), how="left")
        return frame

    def _rows(self, scope: Scope, work: Work) -> nw.LazyFrame[Any]:
        table = self._tables[scope.table]
        own = [column(table, c.args[0]).alias(work.name(c)) for c in work.columns_of(scope)]
        if scope.parent is None:
            return table.select(nw.col(ROW), *own)
        if scope.dated is not None:
            day = column(table, scope.dated)
            table = table.filter(day.is_null() | (day <= nw.lit(self._as_of)))
        assert scope.owner is not None  # noqa: S101 - items belong to something
        keys = [nw.col(ROW), *([nw.col(PARENT).alias(scope.owner.keys[-1])] if scope.owner.parent else [])]
        items = table.select(*keys, nw.col(ITEM).alias(scope.keys[-1]), *own)
        if scope.parent is scope.owner:
            return items
        above = self._rows(scope.parent, work).select(*map(nw.col, scope.parent.keys))
        return above.join(items, on=list(scope.owner.keys), how="inner")

    def _joined(
        self, scope: Scope, work: Work, before: Mapping[Scope, nw.LazyFrame[Any]], stage: int
    ) -> nw.LazyFrame[Any]:
        """A scope at the start of a stage."""
        frame = before[scope]
        for child, cols in work.taken_together(scope, stage):
            parts = [_AGGREGATES[c.args[0]](nw.col(work.name(c.args[2]))).alias(work.name(c)) for c in cols]
            frame = frame.join(before[child].group_by(*scope.keys).agg(*parts), on=list(scope.keys), how="left")
        for above, cols in work.handed_down(scope, stage):
            part = before[above].select(*map(nw.col, above.keys), *(nw.col(work.name(c)) for c in cols))
            frame = frame.join(part, on=list(above.keys), how="left")
        for col in work.names_asked(scope, stage):
            text, owner, *rest = col.args
            asked = work.name(text)
            names = self._held(owner, rest[0]) if isinstance(rest[0], Col) else self._names(owner, rest[0], rest[1:])
            names = names.group_by(*owner.keys, "name").agg(nw.len().cast(nw.Int64).alias(work.name(col)))
            frame = frame.join(names.rename({"name": asked}), on=[*owner.keys, asked], how="left")
        return frame

    def _names(self, owner: Scope, table: str, facts: Iterable[str]) -> nw.LazyFrame[Any]:
        """What the items of a table go by, whenever they begin to exist."""
        items = self._tables[table]
        keys = [nw.col(ROW), *([nw.col(PARENT).alias(owner.keys[-1])] if owner.parent else [])]
        parts = [items.select(*keys, nw.col(ITEM).alias("item"), column(items, f).alias("name")) for f in facts]
        return nw.concat(parts, how="vertical").filter(~nw.col("name").is_null()).unique()

    def _held(self, owner: Scope, held: Col) -> nw.LazyFrame[Any]:
        """The elements of a list."""
        keys = [nw.col(ROW), *([nw.col(ITEM).alias(owner.keys[-1])] if owner.parent else [])]
        table = self._tables[owner.table]
        return table.select(*keys, column(table, held.args[0]).alias("name")).explode("name")

    def _layered(self, frame: nw.LazyFrame[Any], scope: Scope, work: Work, stage: int) -> nw.LazyFrame[Any]:
        """A scope at the end of a stage."""
        for layer, new in work.layers(scope, stage):
            kept = [nw.col(n) for n in work.alive(scope, (stage, layer))]
            made = [expression(c, work.kept, top=True).alias(work.name(c)) for c in new]
            frame = frame.select(*map(nw.col, scope.keys), *kept, *made)
        return frame


def column(frame: nw.LazyFrame[Any], name: str) -> nw.Expr:
    """A column of a frame; Spark takes a point in a name for the beginning of a field, unless it is quoted."""
    quoted = "." in name and frame.implementation.is_pyspark()
    return nw.col(f"`{name}`" if quoted else name)


def _sum(col: nw.Expr) -> nw.Expr:
    return col.sum().cast(nw.Int64)  # DuckDB makes wider ones of sums


def _distinct(col: nw.Expr) -> nw.Expr:
    return col.n_unique().cast(nw.Int64)


_AGGREGATES: Mapping[str, Any] = {
    "max": lambda c: c.max(),
    "min": lambda c: c.min(),
    "sum": _sum,
    "any": lambda c: c.any(),
    "n_unique": _distinct,
}
