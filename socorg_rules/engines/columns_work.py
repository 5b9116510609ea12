"""When each column of the columns engine is computed, and how long it is kept.

Every table goes through *stages*. At the start of a stage it is joined to what others came to in the stage before: what
its items come to, what the rows above an item hold. Within a stage, *layers* add columns, each made of those before. A
column is kept only where several others read it, and as long as one still does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

from .columns_graph import Col, Scope

When = tuple[int, float]
"""A point of the work: the stage, and the layer in it."""
END = float("inf")
DEEP = 40
"""How deep an expression may be."""
SMALL = 1
"""How many operations are rather repeated than kept in a column."""


class Work:
    """When each column is computed, and how long it is kept."""

    def __init__(self, outputs: Mapping[Scope, Mapping[str, Col]]) -> None:
        roots = [(scope, c) for scope, cols in outputs.items() for c in cols.values()]
        self._readers: dict[Col, set[object]] = defaultdict(set)
        self._asked_elsewhere: set[Col] = set()
        self.kept: dict[Col, str] = {}
        self._depths: dict[Col, int] = {}
        self._times: dict[Col, When] = {}
        self._handed: dict[tuple[Scope, Col], int] = {}
        self._last: dict[tuple[Scope, Col], When] = {}
        for col in self._collect(roots):
            self._keep(col)
        for col in self.kept:
            self._times[col] = self._time(col)
        ends = [self._read(scope, col)[0] for scope, col in roots]
        self.stages = max((*ends, *self._handed.values(), *(stage for stage, _ in self._times.values())), default=0)
        for scope, col in roots:
            self._use(scope, col, (self.stages, END))
        self._note_uses()
        self.scopes = self._scopes(outputs)
        self._by_layer: dict[tuple[Scope, int], dict[float, list[Col]]] = defaultdict(lambda: defaultdict(list))
        for col, (stage, layer) in self._times.items():
            if col.scope and not _comes_joined(col):
                self._by_layer[col.scope, stage][layer].append(col)

    def _scopes(self, outputs: Iterable[Scope]) -> list[Scope]:
        """Every scope that is read or asked for, each after those above it."""
        found = {s for s, _ in self._last} | {c.scope for c in self.kept if c.scope} | set(outputs)
        waiting = list(found)
        while waiting:
            scope = waiting.pop()
            above = {s for s in (scope.parent, scope.owner) if s is not None} - found
            found |= above
            waiting += above
        return sorted(found, key=lambda s: (s.depth, s.keys))

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
        for (_, col), since in self._handed.items():
            if since:
                self._use_kept(col.scope, col, (since - 1, END))

    def _use(self, scope: Scope | None, col: Col, at: When) -> None:
        for read in self._reads(col):
            self._use_kept(scope, read, at)

    def _use_kept(self, scope: Scope | None, col: Col, at: When) -> None:
        assert scope is not None  # noqa: S101 - what is kept stands in a scope
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
