"""Collections as columns: what `evaluate_items.py` says of the items of one case, said of tables of items.

What is asked of an item is a column of the table of items; what all items of a row come to is one aggregate of it. An
item of which nothing is known stands for those that no table lists, and is worked out beside the row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluate_items import ordered
from ..expr import Expr
from ..facts import Type
from ..refs import Fold, Pick, Quantified
from .columns_graph import Col, Scope
from .columns_values import MOST, NotInColumns, Val

if TYPE_CHECKING:
    from .columns_nodes import Nodes
    from .columns_place import Env

MOST_ITEMS = 10**5
"""So many items of one row can be added up."""


class Looked(NamedTuple):
    """The items of a collection, seen from the rows of `at`.

    `here` is the environment with a listed item, None where no table lists any; `other` that with the unseen item;
    `more` is whether there may be items that are not listed.
    """

    at: Scope
    scope: Scope | None
    here: Env
    other: Env
    more: Col
    path: str


def look(n: Nodes, node: Any, env: Env) -> Looked:  # noqa: ANN401 - a quantifier, fold or pick
    """The items that a node ranges over."""
    collection = node.item.collection
    owner = n.place(collection.owner, env)
    at = n.below(node, owner, env)
    listed = n.items(collection.fact, owner, at)
    path = f"{owner.path}.{collection.fact.name}" if owner.seen else owner.path
    unseen = owner._replace(scope=at, path=path, seen=False)
    more = n.unlisted(owner, collection.fact) if owner.seen else n.g.true
    here: Env = {**env, node.item: listed} if listed else {}
    return Looked(at, listed.scope if listed else None, here, {**env, node.item: unseen}, more, path)


def total(n: Nodes, scope: Scope | None, col: Col) -> Col:
    """A whole number added up over the items; 0 where there is none."""
    return n.g.lit(0) if scope is None else n.g.first(n.g.over("sum", scope, col), n.g.lit(0))


def some(n: Nodes, scope: Scope | None, flag: Col) -> Col:
    """Whether a flag, which is never unknown, is set for an item."""
    if scope is None or flag is n.g.false:
        return n.g.false
    return n.g.first(n.g.over("any", scope, flag), n.g.false)


def count(n: Nodes, scope: Scope | None, flag: Col) -> Col:
    """For how many items a flag is set."""
    return total(n, scope, n.g.when((flag, n.g.lit(1)), otherwise=n.g.lit(0)))


def quantified(n: Nodes, node: Quantified, env: Env) -> Col:
    """Kleene's or (any) and and (all) over the items; items that may be missing may be anything."""
    g, items = n.g, look(n, node, env)
    other = n.test(node.test, items.other)
    doubtful = g.possibly(other) if node.op == "any" else g.negated(g.surely(other))
    open_ = g.all(items.more, doubtful)
    if items.scope is None:
        return g.when((open_, g.unknown), otherwise=g.lit(node.op == "all"))
    test = n.test(node.test, items.here)
    first, last, of = (2, 0, "max") if node.op == "any" else (0, 2, "min")
    if test.nullable:
        found = g.when((test, g.lit(2)), (g.is_null(test), g.lit(1)), otherwise=g.lit(0))
    else:
        found = g.when((test, g.lit(2)), otherwise=g.lit(0))
    code = g.first(g.over(of, items.scope, found), g.lit(last))
    decided = g.lit(node.op == "any")
    maybe = g.any(open_, g.equal(code, g.lit(1))) if test.nullable else open_
    return g.when((g.equal(code, g.lit(first)), decided), (maybe, g.unknown), otherwise=g.negated(decided))


class Drawn(NamedTuple):
    """What a fold takes from one item, or from the one that is not seen.

    `may`: whether it may pass and contribute a value; `sure`: whether it surely does.
    """

    may: Col
    sure: Col
    value: Val


def drawn(n: Nodes, node: Fold, env: Env, exists: Col) -> Drawn:
    """What a fold takes from an item that exists, or may exist."""
    g = n.g
    passes = g.all(exists, n.test(node.where, env))
    value = n.v.number(1) if node.value is None else value_of(n, node.value, env)
    return Drawn(
        g.all(g.possibly(passes), g.negated(g.surely(value.absent))),
        g.all(g.surely(passes), n.v.present(value)),
        value,
    )


def value_of(n: Nodes, node: Expr, env: Env) -> Val:
    """What a fold is about; a test among them counts as its value."""
    if node.shape.type is Type.YES_NO:
        test = n.test(node, env)
        return Val(test, test, test, n.g.false)
    found = n.val(node, env)
    if found.over:
        raise NotInColumns("it looks at a share of every item")
    return found


def fold(n: Nodes, node: Fold, env: Env) -> Val:
    """A range over all that the items in doubt, and those that may be missing, could make of it."""
    g, items = n.g, look(n, node, env)
    one = drawn(n, node, items.here, g.true) if items.scope else None
    where = n.test(node.where, items.other)
    there = g.all(items.more, g.possibly(where))  # whether an unseen item may pass
    other = drawn(n, node, items.other, g.unknown)
    other = other._replace(may=g.all(there, g.negated(g.surely(other.value.absent))), sure=g.false)
    if node.op in {"min", "max"}:
        return _extreme(n, node, items, one, other)
    if node.op == "count_distinct":
        return _distinct(n, items, one, there)
    return _sum(n, items, one, other, there)


def _sum(n: Nodes, items: Looked, one: Drawn | None, other: Drawn, there: Col) -> Val:
    g, zero, none = n.g, n.g.lit(0), n.g.null("int")
    unseen = other.value
    low_open = g.all(there, g.negated(g.surely(g.at_most(zero, unseen.low))))
    high_open = g.all(there, g.negated(g.surely(g.at_most(unseen.high, zero))))
    if one is None:
        low, high, scale, most = zero, zero, unseen.scale, unseen.most
    else:
        scale, most = one.value.scale, one.value.most
        sums: list[Col] = []
        for end, of in ((one.value.low, g.smaller), (one.value.high, g.larger)):
            drawn_ = g.when((one.sure, end), (one.may, of(end, zero)), otherwise=zero)
            sums.append(total(n, items.scope, g.first(drawn_, zero)))
            if drawn_.nullable:
                gap = some(n, items.scope, g.is_null(drawn_))
                if len(sums) == 1:
                    low_open = g.any(low_open, gap)
                else:
                    high_open = g.any(high_open, gap)
        low, high = sums
    if most * MOST_ITEMS >= MOST:
        raise NotInColumns("its sums may leave 64 bits")
    low, high = g.when((low_open, none), otherwise=low), g.when((high_open, none), otherwise=high)
    value = low if low is high else g.when((g.equal(low, high), low), otherwise=none)
    positive = (one or other).value.positive
    return Val(value, low, high, g.false, scale, most * MOST_ITEMS, positive=positive)


def _distinct(n: Nodes, items: Looked, one: Drawn | None, there: Col) -> Val:
    g, none = n.g, n.g.null("int")
    if one is None or items.scope is None:
        low = high = g.lit(0)
    else:
        known = g.known(one.value.value)
        sure, may = g.all(one.sure, known), g.all(one.may, known)
        settled = _different(n, items.scope, sure, one.value.value)
        at_least = g.when((some(n, items.scope, one.sure), g.lit(1)), otherwise=g.lit(0))
        low = g.when((g.equal(settled, g.lit(0)), at_least), otherwise=settled)
        unclear = count(n, items.scope, g.all(one.may, g.negated(known)))
        high = g.plus(_different(n, items.scope, may, one.value.value), unclear)
    high = g.when((there, none), otherwise=high)
    value = low if low is high else g.when((g.equal(low, high), low), otherwise=none)
    return Val(value, low, high, g.false, most=MOST_ITEMS, positive=True)


def _different(n: Nodes, scope: Scope, flag: Col, value: Col) -> Col:
    """How many different values the flagged items have."""
    g = n.g
    told = g.when((flag, value), otherwise=g.null(value.kind))
    kinds = g.first(g.over("n_unique", scope, told), g.lit(0))
    return g.minus(kinds, g.when((some(n, scope, g.is_null(told)), g.lit(1)), otherwise=g.lit(0)))


def _extreme(n: Nodes, node: Fold, items: Looked, one: Drawn | None, other: Drawn) -> Val:
    """The largest of the values, or the smallest: `near` is its own end, at which a sure item holds it."""
    g, largest = n.g, node.op == "max"
    if one is None:
        one_value = other.value
    else:
        one_value, unseen = n.v.aligned(one.value, other.value)
        one, other = one._replace(value=one_value), other._replace(value=unseen)
    kind = one_value.value.kind
    none, of, outer, inner = g.null(kind), node.op, *((g.greatest, g.least) if largest else (g.least, g.greatest))
    far = _ends(n, items, one, other, lambda v: v.high if largest else v.low, of, outer)
    if one is None or items.scope is None:
        is_sure, near_sure = g.false, none
    else:
        is_sure = some(n, items.scope, one.sure)
        near = one.value.low if largest else one.value.high
        near_sure = g.over(of, items.scope, g.when((one.sure, near), otherwise=none))
    contrary = "min" if largest else "max"
    near_open = _ends(n, items, one, other, lambda v: v.low if largest else v.high, contrary, inner)
    near_end = g.when((is_sure, near_sure), otherwise=near_open)
    is_drawn = g.any(other.may, some(n, items.scope, one.may) if one else g.false)
    absent = g.when((g.negated(is_drawn), g.true), (is_sure, g.false), otherwise=g.unknown)
    low, high = (near_end, far) if largest else (far, near_end)
    value = g.when((g.all(g.refuted(absent), g.surely(g.equal(low, high))), low), otherwise=none)
    positive = one_value.positive and other.value.positive
    return Val(value, low, high, absent, one_value.scale, one_value.most, positive=positive)


def _ends(
    n: Nodes,
    items: Looked,
    one: Drawn | None,
    other: Drawn,
    end: Callable[[Val], Col],
    op: str,
    of: Callable[..., Col],
) -> Col:
    """The outermost end of all that may pass; none where one of them has none."""
    g, none = n.g, n.g.null(other.value.value.kind)
    mine = end(other.value)
    gap, found = g.all(other.may, g.is_null(mine)), [g.when((other.may, mine), otherwise=none)]
    if one is not None and items.scope is not None:
        theirs = end(one.value)
        gap = g.any(gap, some(n, items.scope, g.all(one.may, g.is_null(theirs))))
        found.append(g.over(op, items.scope, g.when((one.may, theirs), otherwise=none)))
    return g.when((gap, none), otherwise=of(*found))


# ------------------------------------------------------------------------------------------------------ picks


class Leading(NamedTuple):
    """The items of which one may be the first: a flag of each, whether it passes for sure, and what it goes by."""

    items: Looked
    may: Col
    sure: Col
    key: Col
    is_none: Col
    is_unseen: Col


def leading(n: Nodes, node: Pick, env: Env) -> Leading:
    """The items that pass or may, and none that surely passes is ahead of."""
    g, items = n.g, look(n, node, env)
    unseen = g.all(items.more, g.possibly(n.test(node.where, items.other)))
    if items.scope is None:
        return Leading(items, g.false, g.false, g.null("int"), g.true, unseen)
    where, key = n.test(node.where, items.here), n.val(node.key, items.here).value
    sure = g.all(g.surely(where), g.known(key))
    best = g.over(
        "min" if node.which == "first" else "max", items.scope, g.when((sure, key), otherwise=g.null(key.kind))
    )
    ahead = g.surely(g.less(best, key) if node.which == "first" else g.less(key, best))
    may = g.all(g.possibly(where), g.negated(ahead))
    is_none = g.negated(some(n, items.scope, g.surely(where)))
    return Leading(items, may, g.all(sure, g.negated(ahead)), key, is_none, unseen)


def tied(n: Nodes, node: Pick, env: Env) -> Col:
    """Whether two items that surely pass come equally first."""
    found = leading(n, node, env)
    return n.g.less(n.g.lit(1), count(n, found.items.scope, found.sure))


def pick_test(n: Nodes, node: Pick, env: Env) -> Col:
    """A test of whichever items may be first (last)."""
    g, lead = n.g, leading(n, node, env)
    unseen = n.test(node.value, lead.items.other)
    yes = [g.any(g.negated(lead.is_unseen), g.surely(unseen)), g.negated(lead.is_none)]
    no = [g.any(g.negated(lead.is_unseen), g.refuted(unseen))]
    if lead.items.scope is not None:
        test = n.test(node.value, lead.items.here)
        yes.append(g.negated(some(n, lead.items.scope, g.all(lead.may, g.negated(g.surely(test))))))
        no.append(g.negated(some(n, lead.items.scope, g.all(lead.may, g.possibly(test)))))
    return g.when((g.all(*yes), g.true), (g.all(*no), g.false), otherwise=g.unknown)


def pick(n: Nodes, node: Pick, env: Env) -> Val:
    """The value of whichever items may be first (last); one in doubt, or of unknown date, may have any place."""
    g, lead = n.g, leading(n, node, env)
    unseen = value_of(n, node.value, lead.items.other)
    scope = lead.items.scope
    if scope is None:
        one, is_some = n.v.nothing(unseen.value.kind), g.false
    else:
        here = value_of(n, node.value, lead.items.here)
        here, unseen = n.v.aligned(here, unseen)
        one, is_some = _together(n, scope, lead.may, here, ordered=ordered(node)), some(n, scope, lead.may)
    gone = n.v.nothing(unseen.value.kind)
    cases: list[tuple[Col, Val]] = []
    parts = ((is_some, one), (lead.is_unseen, unseen), (lead.is_none, gone))
    for chosen in _subsets(parts):
        held = g.all(*(c if inside else g.negated(c) for (c, _), inside in zip(parts, chosen, strict=True)))
        if held is not g.false:
            vals = [v for (_, v), inside in zip(parts, chosen, strict=True) if inside]
            cases.append((held, n.v.hull(vals, ordered=ordered(node))))
    *cases, (_, last) = cases
    return n.v.choose(cases, last)


def _subsets(parts: Sequence[object]) -> list[tuple[bool, ...]]:
    """Every choice of some of these."""
    every = [tuple(bool(i >> k & 1) for k in range(len(parts))) for i in range(1, 2 ** len(parts))]
    return sorted(every, key=sum, reverse=True)


def _together(n: Nodes, scope: Scope, may: Col, v: Val, *, ordered: bool) -> Val:
    """What the values of all items that may be first have in common."""
    g, none = n.g, n.g.null(v.value.kind)
    value = g.when((may, v.value), otherwise=none)
    if value.kind == "list":
        raise NotInColumns("it picks a list of an item")
    open_ = some(n, scope, g.all(may, g.is_null(v.value)))
    least, most = g.over("min", scope, value), g.over("max", scope, value)
    agreed = g.when((g.all(g.negated(open_), g.surely(g.equal(least, most))), least), otherwise=none)
    absent = g.false
    if v.absent is not g.false:
        every_gone = g.negated(some(n, scope, g.all(may, g.negated(g.surely(v.absent)))))
        none_gone = g.negated(some(n, scope, g.all(may, g.negated(n.v.present(v)))))
        absent = g.when((every_gone, g.true), (none_gone, g.false), otherwise=g.unknown)
    low = high = none
    if ordered:
        there = g.all(may, g.negated(g.surely(v.absent)))
        ends = []
        for op, end in (("min", v.low), ("max", v.high)):
            gap = some(n, scope, g.all(there, g.is_null(end)))
            ends.append(g.when((gap, none), otherwise=g.over(op, scope, g.when((there, end), otherwise=none))))
        low, high = ends
    return Val(agreed, low, high, absent, v.scale, v.most, exact=False, positive=v.positive)
