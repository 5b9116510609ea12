"""What the columns engine computes, as a graph of small operations on columns, before any data frame is asked.

Equal operations are one node, whoever asks for them, and what is known beforehand is folded away: an absent column, a
test that a reading has settled. `columns_frames` makes data frame expressions of what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import attrs

Kind = Literal["bool", "int", "str", "date", "list"]
Arg = Any
"""An argument of an operation: a column, or a plain value that is part of it."""


@attrs.frozen(eq=False)
class Scope:
    """A table whose rows are looked at: the root entities, the items of a collection for each row of another scope.

    `keys` tell its rows apart, `owner` is the scope whose rows the items belong to: the parent itself, or one above it
    where the parent's rows are items too and each of them looks at all of these.
    """

    table: str
    keys: tuple[str, ...]
    parent: Scope | None = None
    owner: Scope | None = None
    dated: str | None = None

    @property
    def depth(self) -> int:
        """How many scopes are above it."""
        return 0 if self.parent is None else self.parent.depth + 1


@attrs.frozen(eq=False, repr=False)
class Col:
    """A column, or a value that is the same for all rows (`lit`). `scope` is the table that it stands in."""

    op: str
    args: tuple[Arg, ...]
    kind: Kind
    scope: Scope | None
    nullable: bool
    number: int

    @property
    def is_lit(self) -> bool:
        """Whether it is the same for all rows."""
        return self.op == "lit"

    @property
    def value(self) -> Any:  # noqa: ANN401 - of its kind
        """The value of a `lit`."""
        return self.args[0]

    def __repr__(self) -> str:
        return (
            f"{self.op}{self.args!r}" if self.op in {"lit", "col"} else f"{self.op}({', '.join(map(repr, self.args))})"
        )


class Graph:
    """Makes the nodes. Every test is true, false or null (unknown); a null condition of `when` does not hold."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Col] = {}
        self.true, self.false = self.lit(True), self.lit(False)
        self.unknown = self.null("bool")

    def _make(self, op: str, args: Iterable[Arg], kind: Kind, *, nullable: bool, scope: Scope | None = None) -> Col:
        args = tuple(args)
        key = (op, kind, scope, *((type(a), a) for a in args))
        found = self._made.get(key)
        if found is None:
            scopes = [a.scope for a in args if isinstance(a, Col) and a.scope is not None]
            home = scope if scope is not None else max(scopes, key=lambda s: s.depth, default=None)
            found = self._made[key] = Col(op, args, kind, home, nullable, len(self._made))
        return found

    # ------------------------------------------------------------------------------------------------- leaves

    def lit(self, value: bool | int | str | dt.date) -> Col:  # noqa: FBT001 - a value, not a switch
        """A value."""
        kinds: tuple[tuple[type, Kind], ...] = ((bool, "bool"), (int, "int"), (str, "str"), (dt.date, "date"))
        kind = next(k for t, k in kinds if isinstance(value, t))
        return self._make("lit", (value,), kind, nullable=False)

    def null(self, kind: Kind) -> Col:
        """Nothing known."""
        return self._make("lit", (None,), kind, nullable=True)

    def column(self, scope: Scope, name: str, kind: Kind) -> Col:
        """A column of a table."""
        return self._make("col", (name,), kind, nullable=name not in scope.keys, scope=scope)

    # -------------------------------------------------------------------------------------------------- tests

    def all(self, *parts: Col) -> Col:
        """Kleene's and."""
        return self._connective("and", parts, self.true, self.false)

    def any(self, *parts: Col) -> Col:
        """Kleene's or."""
        return self._connective("or", parts, self.false, self.true)

    def _connective(self, op: str, parts: Iterable[Col], neutral: Col, decisive: Col) -> Col:
        flat: dict[Col, None] = {}
        for part in parts:
            flat.update(dict.fromkeys(part.args if part.op == op else (part,)))
        if decisive in flat or any(p.op == "not" and p.args[0] in flat and not p.nullable for p in flat):
            return decisive
        flat.pop(neutral, None)
        if len(flat) < 2:  # noqa: PLR2004 - a connective joins two
            return next(iter(flat), neutral)
        return self._make(op, sorted(flat, key=lambda c: c.number), "bool", nullable=any(p.nullable for p in flat))

    def negated(self, test: Col) -> Col:
        """Kleene's not."""
        if test.is_lit:
            return test if test.value is None else self.lit(not test.value)
        if test.op == "not":
            inner: Col = test.args[0]
            return inner
        return self._make("not", (test,), "bool", nullable=test.nullable)

    def is_null(self, col: Col) -> Col:
        """Whether it is not known; this is."""
        if not col.nullable:
            return self.false
        if col.is_lit:
            return self.true
        if col.op == "not":
            return self.is_null(col.args[0])
        return self._make("is_null", (col,), "bool", nullable=False)

    def known(self, col: Col) -> Col:
        """Whether it is known."""
        return self.negated(self.is_null(col))

    def surely(self, test: Col) -> Col:
        """Whether a test is true, and not false or unknown."""
        return self.first(test, self.false)

    def possibly(self, test: Col) -> Col:
        """Whether a test is true or unknown."""
        return self.first(test, self.true)

    def refuted(self, test: Col) -> Col:
        """Whether a test is false."""
        return self.negated(self.possibly(test))

    def equal(self, a: Col, b: Col) -> Col:
        """Equal, where both are known."""
        first, second = sorted((a, b), key=lambda c: c.number)
        return self._compared("eq", first, second, lambda x, y: x == y)

    def less(self, a: Col, b: Col) -> Col:
        """Surely smaller, where both are known."""
        return self._compared("lt", a, b, lambda x, y: x < y)

    def at_most(self, a: Col, b: Col) -> Col:
        """Not larger, where both are known."""
        return self._compared("le", a, b, lambda x, y: x <= y)

    def _compared(self, op: str, a: Col, b: Col, holds: Callable[[Any, Any], bool]) -> Col:
        if a.is_lit and b.is_lit:
            return self.unknown if None in {a.value, b.value} else self.lit(holds(a.value, b.value))
        if any(c.is_lit and c.value is None for c in (a, b)):
            return self.unknown
        if a is b and not a.nullable:
            return self.lit(op != "lt")
        return self._make(op, (a, b), "bool", nullable=a.nullable or b.nullable)

    def begins(self, text: Col, prefixes: Sequence[str]) -> Col:
        """Whether a text begins with one of these."""
        if text.is_lit:
            return self.unknown if text.value is None else self.lit(text.value.startswith(tuple(prefixes)))
        found = [self._make("begins", (text, p), "bool", nullable=text.nullable) for p in dict.fromkeys(prefixes)]
        return self.any(*found)

    def holds(self, held: Col, value: Any) -> Col:  # noqa: ANN401 - an element
        """Whether a list holds a value."""
        return self.unknown if held.is_lit else self._make("holds", (held, value), "bool", nullable=held.nullable)

    # ------------------------------------------------------------------------------------------------- choices

    def first(self, *cols: Col) -> Col:
        """The first that is known."""
        parts: list[Col] = []
        for col in cols:
            if not (col.is_lit and col.value is None):
                parts.append(col)
            if not col.nullable:
                break
        if len(parts) < 2:  # noqa: PLR2004
            return parts[0] if parts else cols[0]
        return self._make("first", parts, parts[0].kind, nullable=parts[-1].nullable)

    def when(self, *cases: tuple[Col, Col], otherwise: Col) -> Col:
        """What stands with the first condition that is true."""
        left: list[tuple[Col, Col]] = []
        for condition, then in cases:
            if condition is self.true:
                otherwise = then
                break
            if condition.is_lit:
                continue
            if left and left[-1][1] is then:
                left[-1] = self.any(left[-1][0], condition), then
            else:
                left.append((condition, then))
        while left and left[-1][1] is otherwise:
            left.pop()
        if not left:
            return otherwise
        if len(left) == 1 and not left[0][0].nullable and otherwise.kind == "bool":
            condition, then = left[0]
            if (then, otherwise) == (self.true, self.false):
                return condition
            if (then, otherwise) == (self.false, self.true):
                return self.negated(condition)
        nullable = otherwise.nullable or any(t.nullable for _, t in left)
        return self._make("when", (*(c for case in left for c in case), otherwise), otherwise.kind, nullable=nullable)

    def mapped(self, col: Col, of: Callable[[Any], Col]) -> Col:
        """What stands for each value of a choice of values that are the same for all rows."""
        cases = [(c, of(v.value)) for c, v in zip(col.args[:-1:2], col.args[1::2], strict=True)]
        return self.when(*cases, otherwise=of(col.args[-1].value))

    # ------------------------------------------------------------------------------------------------- numbers

    def plus(self, a: Col, b: Col) -> Col:
        """The sum, where both are known."""
        if self.lit(0) in {a, b}:
            return a if b is self.lit(0) else b
        return self._arithmetic("add", a, b, lambda x, y: x + y)

    def minus(self, a: Col, b: Col) -> Col:
        """The difference."""
        return a if b is self.lit(0) else self._arithmetic("sub", a, b, lambda x, y: x - y)

    def times(self, a: Col, b: Col) -> Col:
        """The product."""
        if self.lit(1) in {a, b}:
            return a if b is self.lit(1) else b
        return self._arithmetic("mul", a, b, lambda x, y: x * y)

    def parts_in(self, a: Col, whole: int) -> Col:
        """How often a whole goes into a number that is not negative."""
        return a if whole == 1 else self._arithmetic("div", a, self.lit(whole), lambda x, y: x // y)

    def _arithmetic(self, op: str, a: Col, b: Col, of: Callable[[Any, Any], int]) -> Col:
        if a.is_lit and b.is_lit:
            return self.null("int") if None in {a.value, b.value} else self.lit(of(a.value, b.value))
        if any(c.is_lit and c.value is None for c in (a, b)):
            return self.null("int")
        return self._make(op, (a, b), "int", nullable=a.nullable or b.nullable)

    def smaller(self, a: Col, b: Col) -> Col:
        """The smaller of two, where both are known."""
        return self._extreme("least", a, b, min)

    def larger(self, a: Col, b: Col) -> Col:
        """The larger of two, where both are known."""
        return self._extreme("greatest", a, b, max)

    def _extreme(self, op: str, a: Col, b: Col, of: Callable[..., Any]) -> Col:
        if a is b:
            return a
        unknown = self.any(self.is_null(a), self.is_null(b))
        return self.when((unknown, self.null(a.kind)), otherwise=self._of_known(op, (a, b), of))

    def least(self, *cols: Col) -> Col:
        """The smallest of those that are known."""
        return self._of_known("least", cols, min)

    def greatest(self, *cols: Col) -> Col:
        """The largest of those that are known."""
        return self._of_known("greatest", cols, max)

    def _of_known(self, op: str, cols: Iterable[Col], of: Callable[..., Any]) -> Col:
        flat = dict.fromkeys(cols)
        values = [c.value for c in flat if c.is_lit and c.value is not None]
        rest = [c for c in flat if not c.is_lit]
        parts = [*rest, *([self.lit(of(values))] if values else [])]
        if len(parts) < 2:  # noqa: PLR2004
            return parts[0] if parts else next(iter(flat))
        return self._make(op, parts, parts[0].kind, nullable=all(p.nullable for p in parts))

    # --------------------------------------------------------------------------------------------------- dates

    def moved(self, day: Col, months: int, days: int, *, next_day: bool) -> Col:
        """A day moved by a period, as `calendar.shift` moves it."""
        return self._make("moved", (day, months, days, next_day), "date", nullable=day.nullable)

    def year(self, day: Col) -> Col:
        """The year of a day."""
        return self._make("year", (day,), "int", nullable=day.nullable)

    def month_number(self, month: Col) -> Col:
        """A month `YYYY-MM` as the number of months since the year 0."""
        return self._make("month", (month,), "int", nullable=month.nullable)

    # --------------------------------------------------------------------------------------------- collections

    def over(self, op: str, scope: Scope, col: Col) -> Col:
        """The column of a scope taken together for each row of its parent; null where there is no row."""
        assert scope.parent is not None  # noqa: S101 - the root entities belong to nothing
        kind: Kind = "int" if op == "n_unique" else col.kind
        return self._make("over", (op, scope, self._here(col, scope)), kind, nullable=True, scope=scope.parent)

    def named(self, text: Col, owner: Scope, table: str, facts: tuple[str, ...], at: Scope) -> Col:
        """How many items of a table of an owner go by a text; null for none."""
        return self._make("named", (self._here(text, at), owner, table, *facts), "int", nullable=True, scope=at)

    def among(self, value: Col, held: Col, at: Scope) -> Col:
        """How many elements of a list, which is a column of a table, are a value; null for none."""
        return self._make("named", (self._here(value, at), held.scope, held), "int", nullable=True, scope=at)

    def _here(self, col: Col, scope: Scope) -> Col:
        """A column of a scope that is the same as one of a scope above, or as a value."""
        return col if col.scope is scope else self._make("here", (col,), col.kind, nullable=col.nullable, scope=scope)

    def listing(self, flags: Sequence[tuple[Col, str]], separator: str) -> Col:
        """The words whose flags are true, joined; null where none is."""
        told = [(f, w) for f, w in flags if f is not self.false]
        if not told:
            return self.null("str")
        found = self._make("listing", (separator, *(x for pair in told for x in pair)), "str", nullable=False)
        return self.when((self.any(*(f for f, _ in told)), found), otherwise=self.null("str"))
