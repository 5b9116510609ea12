"""Collections in the solver's terms, as `evaluate_items.py` reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..evaluate_items import ordered
from ..expr import Expr
from ..refs import Fold, Item, Pick, Quantified
from .solver_facts import Spot
from .solver_terms import Bool, Num, both, conj, disj, either, eq, greater, le, lesser, lt, neg, pick, pick_truth, total
from .solver_value import (
    End,
    Sym,
    conjunction,
    disjunction,
    hull,
    kleene,
    nothing,
    same,
    settled,
    spread,
    surely,
)

if TYPE_CHECKING:
    from .solver_rules import Env, Reader

ZERO = End(0, there=True)


class Members(NamedTuple):
    """The items, each with whether it exists on the day; whether there may be others; how often each is there."""

    here: Sequence[tuple[Bool, Spot]]
    more: Bool
    times: Sequence[Num]


def unlisted(item: Item) -> Spot:
    """An item of which nothing is known."""
    return Spot(item.entity, f"{item.collection.fact.name}[]", unseen=True)


def quantified(rd: Reader, node: Quantified, env: Env) -> Sym:
    """Kleene's or (any) and and (all) over the items."""
    here, more, _ = rd.members(node.item.collection, env)
    ways = [(exists, spot) for exists, spot in here if exists is not False]
    tests = [(settled(exists), rd.value(node.test, {**env, node.item: spot})) for exists, spot in ways]
    if more is not False:
        passes = rd.value(node.test, {**env, node.item: unlisted(node.item)})
        tests.append((kleene(yes=False, no=neg(more)), passes))
    joined = [_given(node.op, exists, passes) for exists, passes in tests]
    return disjunction(joined) if node.op == "any" else conjunction(joined)


def _given(op: str, exists: Sym, passes: Sym) -> Sym:
    """What a test of an item adds, where the item exists."""
    wrong = both(neg(exists.no), passes.wrong)
    either_way = conjunction([exists, passes]), disjunction([kleene(exists.no, exists.yes), passes])
    found = either_way[op == "all"]
    return Sym(found.low, found.high, found.open, wrong=wrong)


class _Passing(NamedTuple):
    """An item that passes a filter, or may: whether it surely does, and whether it is in doubt."""

    env: Env
    sure: Bool
    doubt: Bool
    wrong: Bool
    times: Num = 1

    @property
    def counts(self) -> Bool:
        """That it passes or may."""
        return either(self.sure, self.doubt)


def _passing(rd: Reader, item: Item, where: Expr, env: Env) -> tuple[list[_Passing], _Passing | None]:
    here, more, times = rd.members(item.collection, env)
    found = []
    for (exists, spot), often in zip(here, times, strict=True):
        inner = {**env, item: spot}
        passes = rd.value(where, inner)
        sure, doubt, wrong = (both(exists, s) for s in (passes.yes, passes.open, passes.wrong))
        found.append(_Passing(inner, sure, doubt, wrong, often))
    other = None
    if more is not False:
        inner = {**env, item: unlisted(item)}
        passes = rd.value(where, inner)
        other = _Passing(inner, sure=False, doubt=both(more, neg(passes.no)), wrong=both(more, passes.wrong))
    return found, other


class _Drawn(NamedTuple):
    """What a fold takes from an item: whether it may, whether it surely does, and the value."""

    counts: Bool
    sure: Bool
    value: Sym


def fold(rd: Reader, node: Fold, env: Env) -> Sym:
    """A range over all that the items in doubt, and those that may be missing, could make of it."""
    passing, other = _passing(rd, node.item, node.where, env)
    every = [*passing, *([other] if other else [])]
    values = [settled(p.times) if node.value is None else rd.value(node.value, p.env) for p in every]
    drawn = [
        _Drawn(both(p.counts, neg(v.gone)), conj((p.sure, neg(v.gone), neg(v.maybe))), v)
        for p, v in zip(every, values, strict=True)
    ]
    unlisted_one = (other.doubt, values[-1]) if other else (False, settled(0))
    low, high, gone, maybe = FOLDS[node.op](drawn, *unlisted_one)
    wrong = disj(either(p.wrong, both(p.counts, v.wrong)) for p, v in zip(every, values, strict=True))
    opened = disj(either(p.doubt, both(p.sure, v.open)) for p, v in zip(every, values, strict=True))
    opened = disj((opened, *(both(p.doubt, v.open) for p, v in zip(every, values, strict=True))))
    if opened is not False:
        exact = conj((low.there, high.there, eq(low.value, high.value), neg(gone), neg(maybe)))
        opened = conj((opened, neg(gone), neg(exact)))
    elif low.there is True and high.there is True:
        high = low
    return Sym(low, high, opened, gone, maybe, wrong)


_Range = tuple[End, End, Bool, Bool]


def _sum(drawn: list[_Drawn], others: Bool, other: Sym) -> _Range:
    def end(name: str, take: Callable[[object, object], object]) -> End:
        ends = [(d, getattr(d.value, name)) for d in drawn]
        parts = [pick(d.counts, pick(d.sure, e.value, take(e.value, 0)), 0) for d, e in ends]
        return End(total(parts), conj(disj((neg(d.counts), e.there)) for d, e in ends))

    low, high = end("low", lesser), end("high", greater)
    none_below = disj((neg(others), surely(le, ZERO, other.low)))
    none_above = disj((neg(others), surely(le, other.high, ZERO)))
    return End(low.value, both(low.there, none_below)), End(high.value, both(high.there, none_above)), False, False


def _distinct(drawn: list[_Drawn], others: Bool, other: Sym) -> _Range:  # noqa: ARG001 - all folds are called alike
    def different(which: list[tuple[Bool, Sym]]) -> object:
        new = []
        for i, (c, v) in enumerate(which):
            before = disj(both(d, same(v.low.value, w.low.value)) for d, w in which[:i])
            new.append(pick(both(c, neg(before)), 1, 0))
        return total(new)

    known = [(both(d.counts, neg(d.value.open)), d.value) for d in drawn]
    sure = [(both(d.sure, neg(d.value.open)), d.value) for d in drawn]
    least = different(sure)
    least = pick(disj(c for c, _ in sure), least, pick(disj(d.sure for d in drawn), 1, 0))
    unclear = total(pick(both(d.counts, d.value.open), 1, 0) for d in drawn)
    high = total((different(known), unclear))
    return End(least, there=True), End(high, neg(others)), False, False


def _farthest(inner: str, outer: str, take: Callable[[object, object], object]) -> Callable[..., _Range]:
    """The largest or smallest: `inner` is the end that the items that surely pass hold."""

    def of(drawn: list[_Drawn], others: Bool, other: Sym) -> _Range:  # noqa: ARG001
        some, sure = disj(d.counts for d in drawn), disj(d.sure for d in drawn)
        held = spread([(d.sure, getattr(d.value, inner)) for d in drawn], take, whole=False)
        against = lesser if take is greater else greater
        loose = spread([(d.counts, getattr(d.value, inner)) for d in drawn], against)
        near = End(pick(sure, held.value, loose.value), pick_truth(sure, held.there, loose.there))
        far = spread([(d.counts, getattr(d.value, outer)) for d in drawn], take)
        gone = neg(some)
        ends = {inner: near, outer: far}
        return ends["low"], ends["high"], gone, both(some, neg(sure))

    return of


FOLDS: Mapping[str, Callable[..., _Range]] = {
    "count": _sum,
    "sum": _sum,
    "count_distinct": _distinct,
    "max": _farthest("low", "high", greater),
    "min": _farthest("high", "low", lesser),
}


def picked(rd: Reader, node: Pick, env: Env) -> Sym:
    """The value of whichever items may be first (last); one in doubt, or of unknown date, may have any place."""
    passing, other = _passing(rd, node.item, node.where, env)
    keys = [rd.value(node.key, p.env) for p in passing]
    firm = [both(p.sure, neg(k.open)) for p, k in zip(passing, keys, strict=True)]
    leading = []
    for i, (p, key) in enumerate(zip(passing, keys, strict=True)):
        ahead = disj(both(f, _ahead(node, k, key)) for j, (f, k) in enumerate(zip(firm, keys, strict=True)) if j != i)
        leading.append(both(p.counts, either(key.open, neg(ahead))))
    ways = [(lead, rd.value(node.value, p.env)) for lead, p in zip(leading, passing, strict=True)]
    if other:
        ways.append((other.doubt, rd.value(node.value, other.env)))
    none = conj(neg(p.sure) for p in passing)
    if none is not False:
        ways.append((none, nothing(node)))
    several = disj(both(a, b) for i, a in enumerate(leading) for b in leading[:i])
    opened = disj(
        (
            other.doubt if other else False,
            *(both(lead, p.doubt) for lead, p in zip(leading, passing, strict=True)),
            *(conj((several, lead, k.open)) for lead, k in zip(leading, keys, strict=True)),
        )
    )
    found = hull(ways, opened, ordered=ordered(node))
    sole = [both(lead, f) for lead, f in zip(leading, firm, strict=True)]
    tie = disj(
        conj((a, b, same(keys[i].low.value, keys[j].low.value)))
        for i, a in enumerate(sole)
        for j, b in enumerate(sole)
        if j < i
    )
    looked = disj(either(p.wrong, both(p.counts, k.wrong)) for p, k in zip(passing, keys, strict=True))
    wrong = disj((found.wrong, looked, tie, other.wrong if other else False))
    return Sym(found.low, found.high, found.open, found.gone, found.maybe, wrong)


def _ahead(node: Pick, one: Sym, other: Sym) -> Bool:
    ends = (one.low, other.low) if node.which == "first" else (other.low, one.low)
    return surely(lt, *ends)
