"""What is known of a node in all cases at once: `known.Value`, its parts as terms of the solver."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from ..expr import Expr
from ..facts import Type
from .solver_terms import (
    Bool,
    Num,
    both,
    conj,
    disj,
    either,
    eq,
    greater,
    iff,
    le,
    lesser,
    lt,
    neg,
    pick,
    pick_truth,
    plain,
    same_term,
)

Payload = Any
"""A quantity, a truth, or the members of a list, each with whether it is there."""


@attrs.frozen(eq=False)
class End:
    """An end of a range; where `there` does not hold, nothing bounds it on this side."""

    value: Payload
    there: Bool


NOWHERE = End(0, there=False)


@attrs.frozen(eq=False)
class Sym:
    """`known.Value` of all cases: `open` where it has a why, `gone` where it is absent, `maybe` where it may be.

    A test keeps in `low` whether it is settled as true; `wrong` says that the case contradicts itself in what was
    looked at for it.
    """

    low: End
    high: End
    open: Bool = False
    gone: Bool = False
    maybe: Bool = False
    wrong: Bool = False

    @property
    def yes(self) -> Bool:
        """Of a test: that it is true."""
        return self.low.value

    @property
    def no(self) -> Bool:
        """Of a test: that it is false."""
        return neg(self.high.value)

    @property
    def value(self) -> Payload:
        """What it is, where it is settled."""
        return self.low.value

    @property
    def absent(self) -> Bool:
        """That it does not exist, or may not."""
        return either(self.gone, self.maybe)


def settled(value: Payload, *, wrong: Bool = False) -> Sym:
    """What is the same in this whole range of one."""
    end = End(value, there=True)
    return Sym(end, end, wrong=wrong)


def kleene(yes: Bool, no: Bool, *, wrong: Bool = False) -> Sym:
    """A test that is known to hold, or not to."""
    if same_term(neg(yes), no) or same_term(yes, neg(no)):
        return settled(yes, wrong=wrong)
    return Sym(End(yes, there=True), End(neg(no), there=True), open=conj((neg(yes), neg(no))), wrong=wrong)


def nothing(node: Expr) -> Sym:
    """What a node comes to where what it speaks of does not exist."""
    return settled(value=False) if node.shape.type is Type.YES_NO else Sym(NOWHERE, NOWHERE, gone=True)


def wrong_in(parts: Iterable[Sym]) -> Bool:
    """That the case contradicts itself in one of these."""
    return disj(p.wrong for p in parts)


def conjunction(parts: Sequence[Sym]) -> Sym:
    """Kleene's and."""
    yes = conj(p.yes for p in parts)
    if all(p.open is False for p in parts):
        return settled(yes, wrong=wrong_in(parts))
    return kleene(yes, disj(p.no for p in parts), wrong=wrong_in(parts))


def disjunction(parts: Sequence[Sym]) -> Sym:
    """Kleene's or."""
    yes = disj(p.yes for p in parts)
    if all(p.open is False for p in parts):
        return settled(yes, wrong=wrong_in(parts))
    return kleene(yes, conj(p.no for p in parts), wrong=wrong_in(parts))


def negation(part: Sym) -> Sym:
    """Kleene's not."""
    return (
        settled(neg(part.yes), wrong=part.wrong) if part.open is False else kleene(part.no, part.yes, wrong=part.wrong)
    )


# --------------------------------------------------------------------------------------------------- payloads


def same(a: Payload, b: Payload) -> Bool:
    """Whether two payloads are equal."""
    if isinstance(a, tuple):
        return conj(conj((iff(p, q), disj((neg(p), eq(v, w))))) for (p, v), (q, w) in _aligned(a, b))
    return iff(a, b) if is_truth(a) or is_truth(b) else eq(a, b)


def is_truth(a: Payload) -> bool:
    """Whether a payload is a truth and no quantity."""
    return isinstance(a, bool) or (hasattr(a, "sort") and a.sort().name() == "Bool")


def chosen(c: Bool, a: Payload, b: Payload) -> Payload:
    """One payload where a test holds, another where it does not."""
    if isinstance(c, bool):
        return a if c else b
    if isinstance(a, tuple):
        return tuple((pick_truth(c, p, q), pick(c, v, w)) for (p, v), (q, w) in _aligned(a, b))
    return pick_truth(c, a, b) if is_truth(a) or is_truth(b) else pick(c, a, b)


def _aligned(a: Payload, b: Payload) -> list[tuple[tuple[Bool, Num], tuple[Bool, Num]]]:
    """The members of two lists side by side: those with a name by it, the others in their order."""
    b = b or ()
    names = list(dict.fromkeys(v for _, v in (*a, *b) if plain(v)))
    left, right = ({v: there for there, v in side if plain(v)} for side in (a, b))
    made = [((left.get(n, False), n), (right.get(n, False), n)) for n in names]
    rest = [[m for m in side if not plain(m[1])] for side in (a, b)]
    made.extend(itertools.zip_longest(*rest, fillvalue=(False, 0)))
    return made


def select(ways: Sequence[tuple[Bool, Sym]]) -> Sym:
    """Of several ways of which exactly one holds, the value there."""
    first, *others = [(c, s) for c, s in ways if c is not False]
    found = first[1]
    for c, s in others:
        found = _either_way(c, s, found)
    return attrs.evolve(found, wrong=disj(both(c, s.wrong) for c, s in ways))


def _either_way(c: Bool, a: Sym, b: Sym) -> Sym:
    def end(x: End, y: End) -> End:
        if x.there is False:
            return End(y.value, both(neg(c), y.there))
        if y.there is False:
            return End(x.value, both(c, x.there))
        return End(chosen(c, x.value, y.value), pick_truth(c, x.there, y.there))

    low = end(a.low, b.low)
    high = low if a.low is a.high and b.low is b.high else end(a.high, b.high)
    return Sym(low, high, *(pick_truth(c, getattr(a, n), getattr(b, n)) for n in ("open", "gone", "maybe")))


def hull(ways: Sequence[tuple[Bool, Sym]], also_open: Bool, *, ordered: bool) -> Sym:
    """`known.hull` over those of several values of which each is one under its condition."""
    ways = [(c, s) for c, s in ways if c is not False]
    if len(ways) == 1:
        return ways[0][1]
    firm = conj(disj((neg(c), neg(s.open))) for c, s in ways)
    agree = both(firm, conj(_agree(a, b) for i, a in enumerate(ways) for b in ways[:i]))
    first = select(list(reversed(ways)))  # of those that hold, the first is kept
    wrong = disj(both(c, s.wrong) for c, s in ways)
    opened = conj((neg(agree), disj((also_open, *(both(c, s.open) for c, s in ways)))))
    if is_truth(ways[0][1].low.value):
        yes = both(agree, first.yes)
        return Sym(End(yes, there=True), End(either(yes, opened), there=True), open=opened, wrong=wrong)
    gone, maybe = (
        both(agree, first.gone),
        either(both(agree, first.maybe), both(neg(agree), disj(both(c, s.absent) for c, s in ways))),
    )
    if not ordered:
        low = high = End(first.low.value, neg(opened))
    else:
        low, high = (
            spread([(both(c, neg(s.gone)), getattr(s, n)) for c, s in ways], take)
            for n, take in (("low", lesser), ("high", greater))
        )
    return Sym(low, high, opened, gone, maybe, wrong)


def _agree(one: tuple[Bool, Sym], other: tuple[Bool, Sym]) -> Bool:
    (c, a), (d, b) = one, other
    alike = conj((iff(a.gone, b.gone), iff(a.maybe, b.maybe), disj((a.gone, same(a.low.value, b.low.value)))))
    return disj((neg(c), neg(d), alike))


def spread(ends: Sequence[tuple[Bool, End]], take: Any, *, whole: bool = True) -> End:  # noqa: ANN401
    """The smallest (largest) of the ends that count. With `whole` one that is not there leaves none."""
    found, there = NOWHERE, False
    for c, end in ends:
        counts = c if whole else both(c, end.there)
        if counts is False:
            continue
        value = (
            end.value
            if there is False
            else pick(counts, pick(there, take(found.value, end.value), end.value), found.value)
        )
        found, there = End(value, True), either(there, counts)
    every = conj(disj((neg(c), end.there)) for c, end in ends) if whole else True
    return End(found.value, both(there, every))


def holds(op: str, a: Sym, b: Sym, *, ordered: bool) -> tuple[Bool, Bool]:
    """That a comparison surely holds of two ranges, and that it surely does not."""
    match op:
        case ">" | ">=":
            return holds("<" if op == ">" else "<=", b, a, ordered=ordered)
        case "!=":
            yes, no = holds("==", a, b, ordered=ordered)
            return no, yes
        case "==":
            firm = conj((neg(a.open), neg(b.open)))
            equal = same(a.low.value, b.low.value)
            if firm is True:
                return equal, neg(equal)
            apart = both(firm, neg(equal))
            if ordered and not is_truth(a.low.value):
                apart = disj((apart, surely(lt, a.high, b.low), surely(lt, b.high, a.low)))
            return both(firm, equal), apart
    less = lt if op == "<" else le
    if a.low is a.high and b.low is b.high and a.low.there is True and b.low.there is True:
        yes = less(a.low.value, b.low.value)
        return yes, neg(yes)
    contrary = le if op == "<" else lt
    return surely(less, a.high, b.low), surely(contrary, b.high, a.low)


def surely(less: Any, a: End, b: End) -> Bool:  # noqa: ANN401
    """Whether two ends are surely in an order; one that is not there is in none."""
    there = both(a.there, b.there)
    return False if there is False else both(there, less(a.value, b.value))
