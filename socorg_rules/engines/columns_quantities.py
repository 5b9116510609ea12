"""The values of the rule tree that are no tests, as columns: what `evaluate.py` says of one case, said of all rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from .. import calendar
from ..evaluate_items import ordered
from ..expr import Combine, Const, Expr
from ..facts import ORDERED, Type
from ..refs import FactOf, Fold, Pick
from ..words import ByReading, Clock, Gap, If, Lookup, Shift, Stated, YearOf
from .columns_graph import Col
from .columns_items import fold, pick
from .columns_place import KINDS, Env
from .columns_ratio import share
from .columns_values import NotInColumns, Val

if TYPE_CHECKING:
    from .columns_nodes import Nodes

FARTHEST = 1000 * 12
"""Periods of more months may leave the calendar."""


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
    return attrs.evolve(found, exact=low is not high)


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
        return share(n.v, left, right)
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
    return attrs.evolve(made, rest=(open_.low, open_.high))


def _if_else(n: Nodes, node: If, env: Env) -> Val:
    g, test = n.g, n.test(node.test, env)
    then, other = n.val(node.then, env), n.val(node.otherwise, env)
    open_ = n.v.hull((then, other), ordered=ordered(node)) if test.nullable else other
    return n.v.choose([(test, then), (g.negated(test), other)], open_)


def _stated(n: Nodes, node: Stated, env: Env) -> Val:
    direct, derived = n.val(node.direct, env), n.val(node.derived, env)
    known = n.g.known(direct.value)
    parts = (direct.value,) * 3
    given = Val(*parts, n.g.false, direct.scale, direct.most, positive=direct.positive)
    return n.v.choose([(known, given)], derived)


def _by_reading(n: Nodes, node: ByReading, env: Env) -> Val:
    taken = n.readings[node.reading.name]
    if taken is not None:
        return n.val(node.alternatives[taken], env)
    return n.v.hull([n.val(a, env) for a in node.alternatives.values()], ordered=ordered(node))


VALUES: Mapping[type[Expr], Callable[[Any, Any, Env], Val]] = {
    Const: _const, Clock: _clock, Gap: _gap, FactOf: _fact, Shift: _shift, YearOf: _year_of, Combine: _combine,
    Lookup: _lookup, If: _if_else, Stated: _stated, ByReading: _by_reading, Fold: fold, Pick: pick,
}  # fmt: skip
