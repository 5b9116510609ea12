"""The tests of the rule tree as columns: what `evaluate.py` says of one case, said of all rows at once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from .. import calendar
from ..division import trim
from ..expr import FLIPPED, And, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from ..facts import Type
from ..refs import FactOf, Names, Pick, Quantified
from ..words import ByReading, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf
from .columns_graph import Col
from .columns_items import pick_test, quantified
from .columns_place import Env
from .columns_values import NotInColumns, Val

if TYPE_CHECKING:
    from .columns_nodes import Nodes


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
    return attrs.evolve(v, absent=n.g.false)


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


def _conjunction(n: Nodes, node: And, env: Env) -> Col:
    return n.g.all(*(n.test(p, env) for p in node.parts))


def _disjunction(n: Nodes, node: Or, env: Env) -> Col:
    return n.g.any(*(n.test(p, env) for p in node.parts))


def _negation(n: Nodes, node: Not, env: Env) -> Col:
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


TESTS: Mapping[type[Expr], Callable[[Any, Any, Env], Col]] = {
    Const: _const_test, Gap: _gap_test, FactOf: _fact_test, Compare: _compare, OneOf: _one_of, Contains: _contains,
    InDivision: _in_division, Names: _names, And: _conjunction, Or: _disjunction, Not: _negation, Condition:
    _condition, Presumed: _presumed, If: _if_test, Lookup: _lookup_test, Stated: _stated_test, ByReading:
    _by_reading_test, Quantified: quantified, Pick: pick_test,
}  # fmt: skip
