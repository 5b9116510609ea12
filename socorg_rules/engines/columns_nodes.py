"""Every node of the rule tree as columns: what `evaluate.py` says of one case, said of all rows at once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple, cast

from .. import calendar
from ..evaluate import trim
from ..evaluate_items import ordered
from ..expr import FLIPPED, And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from ..facts import ORDERED, EntityType, Fact, Type
from ..refs import FactOf, Fold, Item, Names, Pick, Quantified
from ..registry.clean import COMPLETE, ITEM, MOST_FEN, MOST_NUMBER, ROW, column_of, parts_of
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf
from .analysis import free_items
from .columns_graph import Col, Graph, Kind, Scope
from .columns_values import NotInColumns, Val, Values

KINDS: Mapping[Type, Kind] = {
    Type.YES_NO: "bool", Type.TEXT: "str", Type.DIVISION: "str", Type.NUMBER: "int", Type.MONEY: "int",
    Type.MONTH: "int", Type.DATE: "date", Type.TEXTS: "list", Type.NUMBERS: "list", Type.MONTHS: "list",
}  # fmt: skip
"""How each type is held. A month is a number of months."""
FARTHEST = 1000 * 12
"""Periods of more months may leave the calendar."""


class Place(NamedTuple):
    """What an item stands for: a row of `scope`, or, where it is not seen, what a collection may have besides."""

    scope: Scope
    path: str
    seen: bool = True


Env = Mapping[Item, Place]
reads = functools.lru_cache(2**16)(lambda node: tuple(free_items(node)))


class Nodes:
    """The columns of nodes. What several provisions ask for is made once.

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
        self._made: dict[tuple[object, ...], Any] = {}
        self._scopes: dict[tuple[Scope, Scope, str], Scope] = {}

    def switched(self, reading: str, alternative: str) -> Nodes:
        """The same with one reading switched; what does not hang on it is the same column."""
        other = Nodes(self.entity, self.columns, self.as_of, {**self.readings, reading: alternative})
        other.g, other.v, other.root, other._scopes = self.g, self.v, self.root, self._scopes
        return other

    # ---------------------------------------------------------------------------------------------- evaluation

    def test(self, node: Expr, env: Env) -> Col:
        """A test: true, false, or null where it is unknown."""
        return cast("Col", self.once("value", node, env, lambda: TESTS[type(node)](self, node, env)))

    def val(self, node: Expr, env: Env) -> Val:
        """A value that is no test."""
        return cast("Val", self.once("value", node, env, lambda: VALUES[type(node)](self, node, env)))

    def once(self, what: object, node: Expr, env: Env, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `make` makes
        """What is made of a node for the items that it reads, made once."""
        key = (what, node, *(env[i] for i in reads(node)))
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

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


# ----------------------------------------------------------------------------------------------------- tests


def _const_test(n: Nodes, node: Const, env: Env) -> Col:  # noqa: ARG001 - all are called alike
    return n.g.lit(node.value) if isinstance(node.value, bool) else n.g.unknown


def _gap_test(n: Nodes, node: Gap, env: Env) -> Col:  # noqa: ARG001
    return n.g.unknown


def _fact_test(n: Nodes, node: FactOf, env: Env) -> Col:
    return n.column(n.place(node.owner, env), node.fact.name, "bool")


def _compare(n: Nodes, node: Compare, env: Env) -> Col:
    for side, op, other in ((node.left, node.op, node.right), (node.right, FLIPPED[node.op], node.left)):
        limit = n.told(other)
        if limit is not None and isinstance(side, Shift | YearOf) and side.shape.type is not Type.MONTH:
            found = _against(n, side, op, limit, env)
            if found is not None:
                return found
    return n.v.compare(node.op, n.val(node.left, env), n.val(node.right, env))


def _against(n: Nodes, node: Shift | YearOf, op: str, limit: Any, env: Env) -> Col | None:  # noqa: ANN401
    """A moved date, or its year, held against a constant: the date itself against the day on which that is reached."""
    inner: Expr = node
    steps: list[Callable[[dt.date], Any]] = []
    while isinstance(inner, Shift | YearOf):
        steps.append(_step(inner))
        inner = inner.start if isinstance(inner, Shift) else inner.day

    def moved(day: dt.date) -> Any:  # noqa: ANN401
        return functools.reduce(lambda d, step: step(d), reversed(steps), day)

    reached, passed = first_day_where(lambda d: moved(d) >= limit), first_day_where(lambda d: moved(d) > limit)
    if reached is None or passed is None:  # a limit at the end of the calendar
        return None
    day, g = n.val(inner, env), n.g
    at, then = (n.v.plain(g.lit(d)) for d in (reached, passed))
    if op in {"<", ">="}:
        return n.v.compare(op, day, at)
    if op in {"<=", ">"}:
        return n.v.compare("<" if op == "<=" else ">=", day, then)
    within = g.all(g.at_most(at.value, day.value), g.less(day.value, then.value))
    apart = g.any(g.surely(g.less(day.high, at.value)), g.surely(g.at_most(then.value, day.low)))
    same = g.first(within, g.when((apart, g.false), otherwise=g.unknown))
    return n.v.existing(same if op == "==" else g.negated(same), day, at)


def _step(node: Shift | YearOf) -> Callable[[dt.date], Any]:
    if isinstance(node, YearOf):
        return lambda day: day.year
    period = node.period
    return lambda day: calendar.shift(day, period)


def first_day_where(reached: Callable[[dt.date], bool]) -> dt.date | None:
    """The first day of the calendar on which something holds that holds ever after; None where it never does."""
    low, high = dt.date.min.toordinal(), calendar.NEVER.toordinal()
    if not reached(calendar.NEVER):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(dt.date.fromordinal(middle)) else (middle + 1, high)
    return dt.date.fromordinal(low)


def _one_of(n: Nodes, node: OneOf, env: Env) -> Col:
    g, of = n.g, n.val(node.of, env)
    values = [n.val(v, env) for v in node.values]
    bare = [n.v.compare("==", _existing(n, of), v) for v in values]
    found = g.any(*bare)
    return n.v.existing(found, of, of)


def _existing(n: Nodes, v: Val) -> Val:
    """The same value, taken to exist."""
    return Val(v.value, v.low, v.high, n.g.false, v.scale, v.most, v.exact, v.rest)


def _contains(n: Nodes, node: Contains, env: Env) -> Col:
    g, held, wanted = n.g, n.val(node.list, env), n.told(node.value)
    if wanted is not None:
        return n.v.existing(g.holds(held.value, wanted), held, held)
    return _contains_any(n, node, held, env)


def _contains_any(n: Nodes, node: Contains, held: Val, env: Env) -> Col:
    """A list that is to contain what differs from row to row: looked up among all that the lists hold."""
    g, wanted = n.g, n.val(node.value, env)
    if held.value.is_lit:
        return n.v.existing(g.unknown, held, wanted)
    if held.value.op != "col" or wanted.scale != 1 or node.value.shape.type is Type.MONTH:
        raise NotInColumns("it looks in a list that is no fact for a value that differs from row to row")
    value = wanted.value
    scope = max((s for s in (value.scope, held.value.scope) if s), key=lambda s: s.depth)
    found = g.known(g.among(value, held.value, scope))
    settled = g.all(n.v.settled(held), n.v.settled(wanted))
    return n.v.existing(g.when((settled, found), otherwise=g.unknown), held, wanted)


def _in_division(n: Nodes, node: InDivision, env: Env) -> Col:
    code = n.val(node.of, env)
    return n.v.existing(n.g.begins(code.value, [trim(c) for c in node.codes]), code, code)


def _names(n: Nodes, node: Names, env: Env) -> Col:
    g, text, place = n.g, n.val(node.text, env), env[node.item]
    named = g.any(*(g.surely(g.equal(text.value, c)) for c in names_of(n, node, env).values()))
    nameless = g.true if not place.seen else g.any(*map(g.is_null, unnamed(n, node, env).values()))
    open_ = g.all(nameless, g.negated(_names_another(n, node, text, env))) if nameless is not g.false else g.false
    found = g.when((named, g.true), (open_, g.unknown), otherwise=g.false)
    return n.v.existing(g.when((n.v.settled(text), found), otherwise=g.unknown), text, text)


def names_of(n: Nodes, node: Names, env: Env) -> dict[str, Col]:
    """What an item goes by: its id, and the facts that name it."""
    place, facts = env[node.item], node.item.entity.facts
    return {f: n.column(place, f, "str") for f in ("id", *node.facts) if f in facts}


def unnamed(n: Nodes, node: Names, env: Env) -> dict[str, Col]:
    """By what else an item may go, where that is not told."""
    return {f: c for f, c in names_of(n, node, env).items() if f != "id"}


def _names_another(n: Nodes, node: Names, text: Val, env: Env) -> Col:
    collection = node.item.collection
    owner = n.place(collection.owner, env)
    listed = n.items(collection.fact, owner, owner.scope)
    if listed is None:
        return n.g.false
    scope = max((s for s in (text.value.scope, env[node.item].scope, owner.scope) if s), key=lambda s: s.depth)
    facts = tuple(f for f in ("id", *node.facts) if f in n.columns[listed.scope.table])
    if not facts:
        return n.g.false
    return n.g.known(n.g.named(text.value, owner.scope, listed.scope.table, facts, scope))


def _and(n: Nodes, node: And, env: Env) -> Col:
    return n.g.all(*(n.test(p, env) for p in node.parts))


def _or(n: Nodes, node: Or, env: Env) -> Col:
    return n.g.any(*(n.test(p, env) for p in node.parts))


def _not(n: Nodes, node: Not, env: Env) -> Col:
    return n.g.negated(n.test(node.part, env))


def _condition(n: Nodes, node: Condition, env: Env) -> Col:
    return n.test(node.test, env)


def _presumed(n: Nodes, node: Presumed, env: Env) -> Col:
    return n.g.possibly(n.test(node.part, env))


def agreed(n: Nodes, tests: Iterable[Col]) -> Col:
    """What all tests agree on."""
    tests = list(dict.fromkeys(tests))
    if len(tests) == 1:
        return tests[0]
    g = n.g
    return g.when((g.all(*map(g.surely, tests)), g.true), (g.all(*map(g.refuted, tests)), g.false), otherwise=g.unknown)


def _if_test(n: Nodes, node: If, env: Env) -> Col:
    g, test = n.g, n.test(node.test, env)
    then, other = n.test(node.then, env), n.test(node.otherwise, env)
    open_ = agreed(n, (then, other)) if test.nullable else g.unknown
    return g.when((test, then), (g.negated(test), other), otherwise=open_)


def _lookup_test(n: Nodes, node: Lookup, env: Env) -> Col:
    g, key = n.g, n.val(node.key, env)
    rows = {k: n.test(r, env) for k, r in node.rows.items()}
    other = g.false if node.otherwise is None else n.test(node.otherwise, env)
    every = [*rows.values(), *([] if node.otherwise is None else [other])]
    open_ = agreed(n, [*every, *([] if key.absent is g.false else [g.false])])
    if key.absent is not g.false:  # with a key that surely exists, none counts as a row
        open_ = g.when((n.v.present(key), agreed(n, every)), otherwise=open_)
    found = [(g.equal(key.value, g.lit(k)), row) for k, row in rows.items()]
    return g.when((g.surely(key.absent), g.false), (g.is_null(key.value), open_), *found, otherwise=other)


def _stated_test(n: Nodes, node: Stated, env: Env) -> Col:
    return n.g.first(n.test(node.direct, env), n.test(node.derived, env))


def _by_reading_test(n: Nodes, node: ByReading, env: Env) -> Col:
    taken = n.readings[node.reading.name]
    if taken is not None:
        return n.test(node.alternatives[taken], env)
    return agreed(n, [n.test(a, env) for a in node.alternatives.values()])


# ---------------------------------------------------------------------------------------------------- values


def _const(n: Nodes, node: Const, env: Env) -> Val:  # noqa: ARG001
    return n.constant(node.value, node.kind.type)


def _clock(n: Nodes, node: Clock, env: Env) -> Val:  # noqa: ARG001
    return n.constant(n.clock(node), node.shape.type)


def _gap(n: Nodes, node: Gap, env: Env) -> Val:  # noqa: ARG001
    kind = KINDS[node.kind.type]
    ends = [None if e is None else Fraction(e) for e in (node.low, node.high)]
    if any(e is not None and e.denominator != 1 for e in ends):
        raise NotInColumns("a text gap has a bound that is finer than a fen")
    low, high = (None if e is None else n.g.lit(int(e)) for e in ends)
    found = n.v.plain(n.g.null(kind), low, high, most=int(max((abs(e) for e in ends if e is not None), default=0)))
    return Val(found.value, found.low, found.high, found.absent, found.scale, found.most, low is not high)


def _fact(n: Nodes, node: FactOf, env: Env) -> Val:
    return n.fact(node.fact, n.place(node.owner, env))


def _shift(n: Nodes, node: Shift, env: Env) -> Val:
    start, p = n.val(node.start, env), node.period
    moved = p.years * 12 + p.months
    if abs(moved) > FARTHEST or abs(p.days) > FARTHEST * 30:
        raise NotInColumns("it counts a period of more than a thousand years")
    if node.shape.type is Type.MONTH:
        return n.v.combine("+", start, n.v.number(moved))

    def move(day: Col) -> Col:
        if day.is_lit:
            return day if day.value is None else n.g.lit(calendar.shift(day.value, p))
        return n.g.moved(day, moved, p.days, next_day=p.overflow == "next_day")

    value, low, high = (move(c) for c in (start.value, start.low, start.high))
    rest = None if start.rest is None else (move(start.rest[0]), move(start.rest[1]))
    return Val(value, low, high, start.absent, exact=start.rest is not None, rest=rest)


def _year_of(n: Nodes, node: YearOf, env: Env) -> Val:
    day = n.val(node.day, env)

    def year(c: Col) -> Col:
        if c.is_lit:
            return n.g.null("int") if c.value is None else n.g.lit(c.value.year)
        return n.g.year(c)

    value, low, high = (year(c) for c in (day.value, day.low, day.high))
    rest = None if day.rest is None else (year(day.rest[0]), year(day.rest[1]))
    return Val(value, low, high, day.absent, most=9999, exact=day.rest is not None, rest=rest)


def _combine(n: Nodes, node: Combine, env: Env) -> Val:
    left, right = n.val(node.left, env), n.val(node.right, env)
    if node.op == "/":
        whole = n.told(node.right)
        if whole:
            return n.v.combine("*", left, n.v.number(1 / Fraction(whole)))
        raise NotInColumns("it takes one quantity as a share of another")
    if node.shape.type is Type.MONTH or node.shape.type in ORDERED:
        return n.v.combine(node.op, left, right)
    raise NotInColumns("it joins what is no quantity")


def _lookup(n: Nodes, node: Lookup, env: Env) -> Val:
    g, key = n.g, n.val(node.key, env)
    rows = {k: n.val(r, env) for k, r in node.rows.items()}
    other = None if node.otherwise is None else n.val(node.otherwise, env)
    every = [*rows.values(), *([] if other is None else [other])]
    none, is_ordered = n.v.nothing(KINDS[node.shape.type]), ordered(node)
    found = [(g.equal(key.value, g.lit(k)), row) for k, row in rows.items()]
    if other is None:
        *found, (_, other) = found
    cases = [(g.is_null(key.value), n.v.hull(every, ordered=is_ordered)), *found]
    if key.absent is not g.false:
        doubtful = g.all(g.is_null(key.value), g.negated(n.v.present(key)))
        cases = [(g.surely(key.absent), none), (doubtful, n.v.hull([*every, none], ordered=is_ordered)), *cases]
    made = n.v.choose(cases, other)
    return _simple_table(n, made, key, rows.values(), other)


def _simple_table(n: Nodes, made: Val, key: Val, rows: Iterable[Val], other: Val) -> Val:
    """A table of constants whose key exists: what it is where the key is not known is the same for all rows."""
    every = [*rows, other]
    if key.absent is not n.g.false or not all(v.value.is_lit and v.value.value is not None for v in every):
        return made
    open_ = n.v.hull(n.v.aligned(*every), ordered=made.value.kind in {"int", "date"})
    return Val(made.value, made.low, made.high, made.absent, made.scale, made.most, made.exact, (open_.low, open_.high))


def _if(n: Nodes, node: If, env: Env) -> Val:
    g, test = n.g, n.test(node.test, env)
    then, other = n.val(node.then, env), n.val(node.otherwise, env)
    open_ = n.v.hull((then, other), ordered=ordered(node)) if test.nullable else other
    return n.v.choose([(test, then), (g.negated(test), other)], open_)


def _stated(n: Nodes, node: Stated, env: Env) -> Val:
    direct, derived = n.val(node.direct, env), n.val(node.derived, env)
    known = n.g.known(direct.value)
    given = Val(direct.value, direct.value, direct.value, n.g.false, direct.scale, direct.most)
    return n.v.choose([(known, given)], derived)


def _by_reading(n: Nodes, node: ByReading, env: Env) -> Val:
    taken = n.readings[node.reading.name]
    if taken is not None:
        return n.val(node.alternatives[taken], env)
    return n.v.hull([n.val(a, env) for a in node.alternatives.values()], ordered=ordered(node))


from .columns_items import fold, pick, pick_test, quantified  # noqa: E402 - they work on the nodes above

TESTS: Mapping[type[Expr], Callable[[Nodes, Any, Env], Col]] = {
    Const: _const_test, Gap: _gap_test, FactOf: _fact_test, Compare: _compare, OneOf: _one_of, Contains: _contains,
    InDivision: _in_division, Names: _names, And: _and, Or: _or, Not: _not, Condition: _condition,
    Presumed: _presumed, If: _if_test, Lookup: _lookup_test, Stated: _stated_test, ByReading: _by_reading_test,
    Quantified: quantified, Pick: pick_test,
}  # fmt: skip
VALUES: Mapping[type[Expr], Callable[[Nodes, Any, Env], Val]] = {
    Const: _const, Clock: _clock, Gap: _gap, FactOf: _fact, Shift: _shift, YearOf: _year_of, Combine: _combine,
    Lookup: _lookup, If: _if, Stated: _stated, ByReading: _by_reading, Fold: fold, Pick: pick,
}  # fmt: skip
"""Each node by what it stands for: a test, or another value."""
