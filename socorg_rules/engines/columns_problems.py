"""What a case contradicts itself in, found in every row: two items that come equally first, a figure refuted.

A flag says where the reference would note a problem; it looks at a node only where that is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..expr import Expr, parts
from ..facts import Type
from ..refs import Fold, Pick, Quantified
from ..words import ByReading, If, Lookup, Stated
from .analysis import risky
from .columns_graph import Col
from .columns_items import leading, look, some, tied
from .columns_nodes import Nodes
from .columns_place import Env

Noted = Mapping[tuple[str, str], Col]
"""For each problem, by path and words, the rows that have it."""


def noted(n: Nodes, node: Expr, env: Env) -> Noted:
    """What is noted where a node is evaluated."""
    if not risky(node):
        return {}
    found: Noted = n.once("noted", node, env, lambda: NOTED.get(type(node), _parts)(n, node, env))
    return found


def joined(n: Nodes, many: Iterable[Noted]) -> Noted:
    """All of these."""
    found: dict[tuple[str, str], list[Col]] = {}
    for one in many:
        for problem, flag in one.items():
            found.setdefault(problem, []).append(flag)
    return {problem: n.g.any(*flags) for problem, flags in found.items()}


def only(n: Nodes, flag: Col, one: Noted) -> Noted:
    """Those in the rows of a flag."""
    return {p: held for p, f in one.items() if (held := n.g.all(flag, f)) is not n.g.false}


def _up(n: Nodes, scope: Any, one: Noted) -> Noted:  # noqa: ANN401 - the scope of items, or None
    return {p: held for p, f in one.items() if (held := some(n, scope, f)) is not n.g.false}


def _parts(n: Nodes, node: Expr, env: Env) -> Noted:
    return joined(n, [noted(n, p, env) for p in parts(node)])


def _lookup(n: Nodes, node: Lookup, env: Env) -> Noted:
    g, key = n.g, n.val(node.key, env)
    unsettled, others = g.negated(n.v.settled(key)), g.known(key.value)
    found = [noted(n, node.key, env)]
    for text, row in node.rows.items():
        is_row = g.surely(g.equal(key.value, g.lit(text)))
        others = g.all(others, g.negated(is_row))
        found.append(only(n, g.any(unsettled, is_row), noted(n, row, env)))
    if node.otherwise is not None:
        found.append(only(n, g.any(unsettled, others), noted(n, node.otherwise, env)))
    return joined(n, found)


def _if(n: Nodes, node: If, env: Env) -> Noted:
    test = n.test(node.test, env)
    then = only(n, n.g.possibly(test), noted(n, node.then, env))
    other = only(n, n.g.negated(n.g.surely(test)), noted(n, node.otherwise, env))
    return joined(n, [noted(n, node.test, env), then, other])


def _by_reading(n: Nodes, node: ByReading, env: Env) -> Noted:
    taken = n.readings[node.reading.name]
    if taken is not None:
        return noted(n, node.alternatives[taken], env)
    return _parts(n, node, env)


def _stated(n: Nodes, node: Stated, env: Env) -> Noted:
    g, fact = n.g, node.direct.fact
    below = noted(n, node.derived, env)
    if fact.judgement:
        return below
    place = n.place(node.direct.owner, env)
    if node.shape.type is Type.YES_NO:
        direct, derived = n.test(node.direct, env), n.test(node.derived, env)
        differs = g.any(g.all(g.surely(direct), g.refuted(derived)), g.all(g.refuted(direct), g.surely(derived)))
    else:
        direct_, derived_ = n.val(node.direct, env), n.val(node.derived, env)
        exists = g.all(g.known(direct_.value), n.v.present(derived_))
        differs = g.all(exists, g.refuted(n.v.compare("==", direct_, derived_)))
    told = "other facts of the case make it something else; correct one of the two"
    return joined(n, [below, only(n, differs, {(f"{place.path}.{fact.name}", told): g.true})])


def _quantified(n: Nodes, node: Quantified, env: Env) -> Noted:
    items = look(n, node, env)
    here = _up(n, items.scope, noted(n, node.test, items.here)) if items.scope else {}
    return joined(n, [here, only(n, items.more, noted(n, node.test, items.other))])


def _fold(n: Nodes, node: Fold, env: Env) -> Noted:
    g, items = n.g, look(n, node, env)
    value = node.value
    there = g.all(items.more, g.possibly(n.test(node.where, items.other)))
    found = [only(n, items.more, noted(n, node.where, items.other))]
    found.append({} if value is None else only(n, there, noted(n, value, items.other)))
    if items.scope is not None:
        may = g.possibly(n.test(node.where, items.here))
        inner = [noted(n, node.where, items.here), {} if value is None else only(n, may, noted(n, value, items.here))]
        found.append(_up(n, items.scope, joined(n, inner)))
    return joined(n, found)


def _pick(n: Nodes, node: Pick, env: Env) -> Noted:
    lead = leading(n, node, env)
    items = lead.items
    found = [
        only(n, items.more, noted(n, node.where, items.other)),
        only(n, lead.is_unseen, noted(n, node.value, items.other)),
    ]
    if items.scope is not None:
        inner = [noted(n, node.where, items.here), only(n, lead.may, noted(n, node.value, items.here))]
        found.append(_up(n, items.scope, joined(n, inner)))
        key = node.key.described.rpartition(".")[2].strip("`")
        told = f"two items come equally {node.which} by `{key}`, and the rules ask for the {node.which} one"
        path = next(p.path for i, p in items.here.items() if i is node.item)
        found.append({(path, f"{told}; correct or remove one of the two"): tied(n, node, env)})
    return joined(n, found)


NOTED: Mapping[type[Expr], Callable[[Nodes, Any, Env], Noted]] = {
    Lookup: _lookup, If: _if, ByReading: _by_reading, Stated: _stated, Quantified: _quantified, Fold: _fold,
    Pick: _pick,
}  # fmt: skip
