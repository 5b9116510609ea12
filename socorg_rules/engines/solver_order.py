"""In which way two findings differ, in the solver's terms, as `change/order.py` says it of those of one case."""

from __future__ import annotations

from collections.abc import Iterator

from .solver_finding import DISCRETIONARY, MET, SUMS, Found, Sum, sum_differs
from .solver_terms import Bool, both, conj, disj, either, iff, le, neg, pick_truth


def outcomes_differ(one: Found, other: Found) -> Bool:
    """That both are decided, and with another outcome or sum; as a whole, or of an item."""
    whole = _apart(one, other)
    return conj((one.decided, other.decided, disj((whole, *(apart for _, _, apart in _items(one, other))))))


def no_less(one: Found, other: Found) -> Bool:
    """That all that differs in outcome or sums is more in the other: in the whole, else in every item of it."""
    each = conj(disj((neg(apart), _more(a, b))) for a, b, apart in _items(one, other))
    return pick_truth(_apart(one, other), _more(one, other), each)


def _items(one: Found, other: Found) -> Iterator[tuple[Found, Found, Bool]]:
    """The items side by side, with that both are there and differ."""
    for (there, a), (here, b) in zip(one.items or (), other.items or (), strict=False):
        yield a, b, conj((there, here, _apart(a, b)))


def _apart(one: Found, other: Found) -> Bool:
    outcomes = (neg(iff(one.states[s], other.states[s])) for s in (MET, DISCRETIONARY))
    sums = both(one.granted, disj((one.terms != other.terms, *(sum_differs(one, other, name) for name in SUMS))))
    return conj((one.decided, other.decided, disj((*outcomes, sums))))


def _more(one: Found, other: Found) -> Bool:
    """Of two that are apart: a better outcome, or the same and a sum of which no end is smaller."""
    better = disj((both(other.states[MET], neg(one.states[MET])), both(other.granted, neg(one.granted))))
    alike = both(iff(one.states[MET], other.states[MET]), iff(one.granted, other.granted))
    payable, entitlement = (_no_smaller(getattr(one, name), getattr(other, name)) for name in SUMS)
    sums = pick_truth(sum_differs(one, other, "payable"), payable, entitlement)
    return either(better, conj((alike, (one.per, one.terms) == (other.per, other.terms), sums)))


def _no_smaller(one: Sum, other: Sum) -> Bool:
    above = disj((neg(other.bounded), both(one.bounded, le(one.high, other.high))))
    return conj((one.there, other.there, le(one.low, other.low), above))
