"""The graph of the columns engine as data frames: expressions in layers, items taken together, columns handed down.

Every table is a lazy frame that goes through *stages*. At the start of a stage it is joined to what other tables came to
in the stage before: what its items come to, what the rows above an item hold. Within a stage, *layers* add columns, each
made of those before. A column is kept only where several others read it, and as long as one still does.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import narwhals as nw

from ..registry.clean import ITEM, PARENT, ROW
from .columns_graph import Col, Scope
from .columns_words import expression

When = tuple[int, float]
"""A point of the work: the stage, and the layer in it."""
END = float("inf")
DEEP = 40
"""How deep an expression may be."""
SMALL = 1
"""How many operations are rather repeated than kept in a column."""


class Frames:
    """Computes columns of several scopes over clean tables."""

    def __init__(self, tables: Mapping[str, nw.LazyFrame], as_of: dt.date) -> None:
        self._tables, self._as_of = tables, as_of

    def __call__(self, outputs: Mapping[Scope, Mapping[str, Col]]) -> dict[Scope, nw.LazyFrame]:
        """For each scope, a frame of its keys and the columns asked for, by their names."""
        work = _Work(outputs)
        frames: dict[Scope, nw.LazyFrame] = {}
        for stage in range(work.stages + 1):
            before = dict(frames)
            for scope in work.scopes:
                frame = self._joined(scope, work, before, stage) if stage else self._base(scope, work)
                frames[scope] = self._layered(frame, scope, work, stage)
        return {
            scope: frames[scope].select(*map(nw.col, scope.keys), *(expression(c, work.kept).alias(n) for n, c in wanted.items()))
            for scope, wanted in outputs.items()
        }

    def _base(self, scope: Scope, work: _Work) -> nw.LazyFrame:
        """The rows of a scope with the columns of its own table, and those of the tables above that it reads."""
        frame = self._rows(scope, work)
        for above, cols in work.handed_down(scope, 0):
            part = self._rows(above, work).select(*map(nw.col, above.keys), *(nw.col(work.name(c)) for c in cols))
            frame = frame.join(part, on=list(above.keys), how="left")
        return frame

    def _rows(self, scope: Scope, work: _Work) -> nw.LazyFrame:
        table, own = self._tables[scope.table], work.columns_of(scope)
        if scope.parent is None:
            return table.select(nw.col(ROW), *(_raw(c) for c in own))
        if scope.dated is not None:
            day = nw.col(scope.dated)
            table = table.filter(day.is_null() | (day <= nw.lit(self._as_of)))
        assert scope.owner is not None  # noqa: S101 - items belong to something
        keys = [nw.col(ROW), *([nw.col(PARENT).alias(scope.owner.keys[-1])] if scope.owner.parent else [])]
        items = table.select(*keys, nw.col(ITEM).alias(scope.keys[-1]), *(_raw(c) for c in own))
        if scope.parent is scope.owner:
            return items
        above = self._rows(scope.parent, work).select(*map(nw.col, scope.parent.keys))
        return above.join(items, on=list(scope.owner.keys), how="inner")

    def _joined(self, scope: Scope, work: _Work, before: Mapping[Scope, nw.LazyFrame], stage: int) -> nw.LazyFrame:
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

    def _names(self, owner: Scope, table: str, facts: Iterable[str]) -> nw.LazyFrame:
        """What the items of a table go by, whenever they begin to exist."""
        items = self._tables[table]
        keys = [nw.col(ROW), *([nw.col(PARENT).alias(owner.keys[-1])] if owner.parent else [])]
        parts = [items.select(*keys, nw.col(ITEM).alias("item"), nw.col(f).alias("name")) for f in facts]
        return nw.concat(parts, how="vertical").filter(~nw.col("name").is_null()).unique()

    def _held(self, owner: Scope, held: Col) -> nw.LazyFrame:
        """The elements of a list."""
        keys = [nw.col(ROW), *([nw.col(ITEM).alias(owner.keys[-1])] if owner.parent else [])]
        return self._tables[owner.table].select(*keys, nw.col(held.args[0]).alias("name")).explode("name")

    def _layered(self, frame: nw.LazyFrame, scope: Scope, work: _Work, stage: int) -> nw.LazyFrame:
        """A scope at the end of a stage."""
        for layer, new in work.layers(scope, stage):
            kept = [nw.col(n) for n in work.alive(scope, (stage, layer))]
            made = [expression(c, work.kept, top=True).alias(work.name(c)) for c in new]
            frame = frame.select(*map(nw.col, scope.keys), *kept, *made)
        return frame


def _raw(col: Col) -> nw.Expr:
    return nw.col(col.args[0]).alias(f"c{col.number}")


def _distinct(col: nw.Expr) -> nw.Expr:
    return col.n_unique().cast(nw.Int64)


_AGGREGATES: Mapping[str, Any] = {
    "max": lambda c: c.max(),
    "min": lambda c: c.min(),
    "sum": lambda c: c.sum(),
    "any": lambda c: c.any(),
    "n_unique": _distinct,
}


class _Work:
    """When each column is computed, and how long it is kept."""

    def __init__(self, outputs: Mapping[Scope, Mapping[str, Col]]) -> None:
        roots = [(scope, c) for scope, cols in outputs.items() for c in cols.values()]
        self._readers: dict[Col, set[object]] = defaultdict(set)
        self._asked_elsewhere: set[Col] = set()
        order = self._collect(roots)
        self.kept: dict[Col, str] = {}
        self._depths: dict[Col, int] = {}
        for col in order:
            self._keep(col)
        self._times: dict[Col, When] = {}
        self._handed: dict[tuple[Scope, Col], int] = {}
        self._last: dict[tuple[Scope, Col], When] = {}
        for col in order:
            if col in self.kept:
                self._times[col] = self._time(col)
        self.stages = 0
        for (_, _), at in self._handed.items():
            self.stages = max(self.stages, at)
        for stage, _ in self._times.values():
            self.stages = max(self.stages, stage)
        for scope, col in roots:
            end = self._read(scope, col)
            self.stages = max(self.stages, end[0])
        for scope, col in roots:
            self._use(scope, col, (self.stages, END))
        self._note_uses()
        scopes = {s for s, _ in self._last} | {c.scope for c in self.kept if c.scope} | set(outputs)
        for scope in list(scopes):
            while scope.parent is not None:
                scopes |= {scope.parent} | ({scope.owner} if scope.owner else set())
                scope = scope.parent
        self.scopes = sorted(scopes, key=lambda s: (s.depth, s.keys))
        self._by_layer: dict[tuple[Scope, int], dict[float, list[Col]]] = defaultdict(lambda: defaultdict(list))
        for col, (stage, layer) in self._times.items():
            if col.scope and not _comes_joined(col):
                self._by_layer[col.scope, stage][layer].append(col)

    # ------------------------------------------------------------------------------------------- what is kept

    def _collect(self, roots: list[tuple[Scope, Col]]) -> list[Col]:
        """Every column below these, each after what it reads."""
        order: dict[Col, None] = {}
        stack: list[tuple[Col, bool]] = [(c, False) for _, c in reversed(roots)]
        for scope, col in roots:
            self._readers[col].add((scope, "out"))
            if col.scope is not scope and not col.is_lit:
                self._asked_elsewhere.add(col)
        while stack:
            col, done = stack.pop()
            if done:
                order.setdefault(col)
                continue
            if col in order:
                continue
            stack.append((col, True))
            for part in _parts(col):
                self._readers[part].add(col)
                if part.scope is not (col.args[1] if col.op == "over" else col.scope):
                    self._asked_elsewhere.add(part)
                stack.append((part, False))
        return list(order)

    def _keep(self, col: Col) -> None:
        """Whether a column is kept, or repeated where it is read; an expression that is too deep is kept on the way."""
        depth = 1 + max((self._depths[p] for p in _parts(col)), default=0) + (_wide(col) if col.scope else 0)
        if self._is_kept(col) or (depth > DEEP and col.scope is not None):
            self.kept[col], depth = f"c{col.number}", 0
        self._depths[col] = depth

    def _is_kept(self, col: Col) -> bool:
        if col.is_lit or col.scope is None:
            return False
        if col.op in {"col", "over", "named"} or col in self._asked_elsewhere:
            return True
        readers = self._readers[col]
        if any(isinstance(r, Col) and r.op in {"over", "named"} for r in readers):
            return True
        return len(readers) > 1 and _size(col) > SMALL

    # -------------------------------------------------------------------------------------------------- times

    def _read(self, scope: Scope, col: Col) -> When:
        """From when on a scope has all that an expression in it reads."""
        return max((self._available(scope, d) for d in self._reads(col)), default=(0, 0.0))

    def _reads(self, col: Col) -> Iterable[Col]:
        """The kept columns that an expression is made of."""
        found: dict[Col, None] = {}
        stack = [col]
        while stack:
            one = stack.pop()
            if one in self.kept:
                found.setdefault(one)
            else:
                stack += _parts(one)
        return found

    def _available(self, scope: Scope, col: Col) -> When:
        if col.scope is scope:
            return self._times[col]
        assert col.scope is not None  # noqa: S101 - what is kept stands in a scope
        at = 0 if col.op == "col" else int(self._times[col][0]) + 1
        self._handed[scope, col] = at
        return at, 0.0

    def _time(self, col: Col) -> When:
        if col.op == "col":
            return 0, 0.0
        assert col.scope is not None  # noqa: S101
        if col.op == "over":
            return self._times[col.args[2]][0] + 1, 0.0
        if col.op == "named":
            return self._times[col.args[0]][0] + 1, 0.0
        stage, layer = max(
            (self._available(col.scope, d) for p in _parts(col) for d in self._reads(p)), default=(0, 0.0)
        )
        return stage, layer + 1

    def _note_uses(self) -> None:
        for col, at in self._times.items():
            if col.op == "over":
                self._use(col.args[1], col.args[2], (int(at[0]) - 1, END))
            elif col.op == "named":
                self._use_kept(col.scope, col.args[0], (int(at[0]) - 1, END))
            elif col.op != "col":
                for part in _parts(col):
                    self._use(col.scope, part, at)
        for (_, col), at in list(self._handed.items()):
            if at:
                self._use_kept(col.scope, col, (at - 1, END))

    def _use(self, scope: Any, col: Col, at: When) -> None:  # noqa: ANN401
        for read in self._reads(col):
            self._use_kept(scope, read, at)

    def _use_kept(self, scope: Any, col: Col, at: When) -> None:  # noqa: ANN401
        self._last[scope, col] = max(self._last.get((scope, col), (0, 0.0)), at)

    # ------------------------------------------------------------------------------------------------- asked

    def name(self, col: Col) -> str:
        """The name of a kept column."""
        return f"c{col.number}"

    def columns_of(self, scope: Scope) -> list[Col]:
        """What is read of a table itself."""
        return [c for c in self.kept if c.op == "col" and c.scope is scope]

    def handed_down(self, scope: Scope, stage: int) -> list[tuple[Scope, list[Col]]]:
        """What comes from the scopes above at the start of a stage."""
        found: dict[Scope, list[Col]] = defaultdict(list)
        for (to, col), at in self._handed.items():
            if to is scope and at == stage and col.scope is not None:
                found[col.scope].append(col)
        return list(found.items())

    def taken_together(self, scope: Scope, stage: int) -> list[tuple[Scope, list[Col]]]:
        """What the items below come to at the start of a stage."""
        found: dict[Scope, list[Col]] = defaultdict(list)
        for col, (at, _) in self._times.items():
            if col.op == "over" and col.scope is scope and at == stage:
                found[col.args[1]].append(col)
        return list(found.items())

    def names_asked(self, scope: Scope, stage: int) -> list[Col]:
        """Which names are looked up at the start of a stage."""
        return [c for c, (at, _) in self._times.items() if c.op == "named" and c.scope is scope and at == stage]

    def layers(self, scope: Scope, stage: int) -> list[tuple[float, list[Col]]]:
        """The columns that a stage adds, layer by layer."""
        return sorted(self._by_layer[scope, stage].items()) if (scope, stage) in self._by_layer else []

    def alive(self, scope: Scope, now: When) -> list[str]:
        """The columns that exist and are read after a point."""
        found = []
        for (at, col), last in self._last.items():
            if at is not scope or last <= now:
                continue
            since = self._times[col] if col.scope is scope else (self._handed[scope, col], 0.0)
            if since < now:
                found.append(self.name(col))
        return found


def _comes_joined(col: Col) -> bool:
    return col.op in {"col", "over", "named"}


def _parts(col: Col) -> list[Col]:
    """What a column is made of in its own frame; the list that a value is looked up in stays in its table."""
    return [col.args[0]] if col.op == "named" else [a for a in col.args if isinstance(a, Col)]


def _wide(col: Col) -> int:
    """By how much an operation on many parts is deeper than one on two."""
    return len(col.args) if col.op == "when" else len(col.args).bit_length()


def _size(col: Col) -> int:
    """How many operations an expression has, at most a few."""
    if col.op in {"col", "lit", "over", "named"}:
        return 0
    return reduce(lambda n, p: n + _size(p) if n <= SMALL else n, _parts(col), 1)
