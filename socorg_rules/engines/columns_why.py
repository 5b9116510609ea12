"""What leaves a node open, in every row: for each fact, text gap and reading below it, whether the reference names it.

A flag of a fact says where it is among `why` of `known.Value`. Nodes that are settled name nothing; so a flag is that
of the parts, as far as the node itself is open. What is missing of an item is a flag of its row, and then of the row
that it belongs to: tables name a fact without the item's place in its list (`guild.audits[].result`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, parts
from ..facts import Type
from ..reading import Reading, TextGap
from ..refs import FactOf, Fold, Names, Pick, Quantified
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf
from .columns_graph import Col
from .columns_items import leading, look, some
from .columns_nodes import Nodes
from .columns_place import Env
from .columns_tests import unnamed

Open = str | TextGap | Reading
Why = Mapping[Open, Col]
"""For each thing that may leave a node open, the rows in which it does."""


def why(n: Nodes, node: Expr, env: Env) -> Why:
    """What leaves a node open."""
    found: Why = n.once("why", node, env, lambda: WHY[type(node)](n, node, env))
    return found


def merged(n: Nodes, whys: Iterable[Why]) -> Why:
    """What is open in any of these."""
    found: dict[Open, list[Col]] = {}
    for one in whys:
        for open_, flag in one.items():
            found.setdefault(open_, []).append(flag)
    return {open_: n.g.any(*flags) for open_, flags in found.items()}


def where(n: Nodes, flag: Col, one: Why) -> Why:
    """What is open, in the rows of a flag."""
    return {o: held for o, f in one.items() if (held := n.g.all(flag, f)) is not n.g.false}


def taken_up(n: Nodes, scope: Any, one: Why) -> Why:  # noqa: ANN401 - the scope of items, or None
    """What is open in some item."""
    return {o: held for o, f in one.items() if (held := some(n, scope, f)) is not n.g.false}


def open_in(n: Nodes, node: Expr, env: Env) -> Col:
    """Whether a node is not settled."""
    if node.shape.type is Type.YES_NO:
        return n.g.is_null(n.test(node, env))
    return n.g.negated(n.v.settled(n.val(node, env)))


def _parts(n: Nodes, node: Expr, env: Env) -> Why:
    """Everything below that is not settled, where the node is not."""
    return where(n, open_in(n, node, env), merged(n, [why(n, p, env) for p in parts(node)]))


def _none(n: Nodes, node: Expr, env: Env) -> Why:  # noqa: ARG001 - all are called alike
    return {}


def _gap(n: Nodes, node: Gap, env: Env) -> Why:  # noqa: ARG001
    return {node.gap: n.g.true}


def _fact(n: Nodes, node: FactOf, env: Env) -> Why:
    place = n.place(node.owner, env)
    path = f"{place.path}.{node.fact.name}" if place.seen else place.path
    return where(n, open_in(n, node, env), {path: n.g.true})


def _through(n: Nodes, node: Any, env: Env) -> Why:  # noqa: ANN401 - a node with one part that decides
    return why(n, next(parts(node)), env)


def _names(n: Nodes, node: Names, env: Env) -> Why:
    place = env[node.item]
    if place.seen:
        nameless: Why = {f"{place.path}.{f}": n.g.is_null(c) for f, c in unnamed(n, node, env).items()}
    else:
        nameless = {place.path: n.g.true}
    return where(n, open_in(n, node, env), merged(n, [why(n, node.text, env), nameless]))


def _lookup(n: Nodes, node: Lookup, env: Env) -> Why:
    g, key = n.g, n.val(node.key, env)
    rows = [why(n, r, env) for r in (*node.rows.values(), node.otherwise) if r is not None]
    if not any(rows):
        return where(n, open_in(n, node, env), why(n, node.key, env))
    known = g.known(key.value)
    chosen: list[Why] = []
    others = known
    for text, row in node.rows.items():
        is_row = g.surely(g.equal(key.value, g.lit(text)))
        others = g.all(others, g.negated(is_row))
        chosen.append(where(n, is_row, why(n, row, env)))
    if node.otherwise is not None:
        chosen.append(where(n, others, why(n, node.otherwise, env)))
    unsettled = g.all(g.negated(n.v.settled(key)), open_in(n, node, env))
    return merged(n, [*chosen, where(n, unsettled, merged(n, [why(n, node.key, env), *rows]))])


def _if(n: Nodes, node: If, env: Env) -> Why:
    g, test = n.g, n.test(node.test, env)
    then, other = why(n, node.then, env), why(n, node.otherwise, env)
    unsettled = g.all(g.is_null(test), open_in(n, node, env))
    return merged(
        n,
        [
            where(n, g.surely(test), then),
            where(n, g.refuted(test), other),
            where(n, unsettled, merged(n, [why(n, node.test, env), then, other])),
        ],
    )


def _stated(n: Nodes, node: Stated, env: Env) -> Why:
    return where(
        n,
        n.g.all(open_in(n, node.direct, env), open_in(n, node.derived, env)),
        merged(n, [why(n, node.direct, env), why(n, node.derived, env)]),
    )


def _by_reading(n: Nodes, node: ByReading, env: Env) -> Why:
    """An open reading is told wherever its alternatives do not agree. The reference leaves it out where all of them
    are open for want of the same facts; by tables, two facts of one name in different items are the same."""
    taken = n.readings[node.reading.name]
    if taken is not None:
        return why(n, node.alternatives[taken], env)
    open_ = open_in(n, node, env)
    found = [why(n, a, env) for a in node.alternatives.values()]
    told: Why = {node.reading: n.g.true}
    return where(n, open_, merged(n, [*found, told]))


# ------------------------------------------------------------------------------------------------ collections


def _quantified(n: Nodes, node: Quantified, env: Env) -> Why:
    g, items = n.g, look(n, node, env)
    inner = [] if items.scope is None else [taken_up(n, items.scope, why(n, node.test, items.here))]
    other = n.test(node.test, items.other)
    doubtful = g.possibly(other) if node.op == "any" else g.negated(g.surely(other))
    beyond: list[Why] = [{items.path: g.true}, why(n, node.test, items.other)]
    unseen = where(n, g.all(items.more, doubtful), merged(n, beyond))
    return where(n, open_in(n, node, env), merged(n, [*inner, unseen]))


def _fold(n: Nodes, node: Fold, env: Env) -> Why:
    g, items = n.g, look(n, node, env)
    found: list[Why] = []
    if items.scope is not None:
        passes = n.test(node.where, items.here)
        mine = merged(n, [why(n, node.where, items.here), _value(n, node, items.here)])
        found.append(taken_up(n, items.scope, where(n, g.possibly(passes), mine)))
    there = g.all(items.more, g.possibly(n.test(node.where, items.other)))
    beyond: list[Why] = [{items.path: g.true}, why(n, node.where, items.other), _value(n, node, items.other)]
    found.append(where(n, there, merged(n, beyond)))
    return where(n, open_in(n, node, env), merged(n, found))


def _value(n: Nodes, node: Fold, env: Env) -> Why:
    return {} if node.value is None else why(n, node.value, env)


def _pick(n: Nodes, node: Pick, env: Env) -> Why:
    g, lead = n.g, leading(n, node, env)
    items, found = lead.items, list[Why]()
    if items.scope is not None:
        flags = g.when((lead.may, g.lit(1)), otherwise=g.lit(0))
        many = g.less(g.lit(1), g.first(g.over("sum", items.scope, flags), g.lit(0)))
        filters = [why(n, node.where, items.here), why(n, node.value, items.here)]
        found.append(taken_up(n, items.scope, where(n, lead.may, merged(n, filters))))
        keys = taken_up(n, items.scope, where(n, lead.may, why(n, node.key, items.here)))
        found.append(where(n, many, keys))
    beyond: list[Why] = [{items.path: g.true}, why(n, node.where, items.other), why(n, node.value, items.other)]
    found.append(where(n, lead.is_unseen, merged(n, beyond)))
    return where(n, open_in(n, node, env), merged(n, found))


WHY: Mapping[type[Expr], Callable[[Nodes, Any, Env], Why]] = {
    Const: _none, Clock: _none, Gap: _gap, FactOf: _fact, Compare: _parts, OneOf: _parts, Contains: _parts,
    InDivision: _parts, Names: _names, Shift: _through, YearOf: _through, Combine: _parts, Lookup: _lookup, If: _if,
    Stated: _stated, And: _parts, Or: _parts, Not: _through, Condition: _through, Presumed: _none,
    ByReading: _by_reading, Quantified: _quantified, Fold: _fold, Pick: _pick,
}  # fmt: skip
