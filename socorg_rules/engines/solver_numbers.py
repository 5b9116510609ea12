"""Arithmetic on ranges in the solver's terms, as `evaluate._combine` does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..expr import CombineOp
from .solver_terms import (
    Bool,
    add,
    both,
    conj,
    disj,
    either,
    eq,
    greater,
    le,
    lesser,
    lt,
    minus,
    neg,
    over,
    pick,
    times,
)
from .solver_value import End, Sym, surely, wrong_in


def combined(op: CombineOp, a: Sym, b: Sym) -> Sym:
    """What is known of two quantities put together."""
    gone, maybe = either(a.gone, b.gone), either(a.maybe, b.maybe)
    if op == "/":
        zero = conj((b.low.there, b.high.there, eq(b.low.value, 0), eq(b.high.value, 0)))
        gone = either(gone, zero)
        never_zero = disj((surely(lt, End(0, True), b.low), surely(lt, b.high, End(0, True))))
        maybe = either(maybe, neg(never_zero))
    maybe = both(maybe, neg(gone))
    low, high = COMBINED[op](a, b)
    low, high = (End(e.value, both(e.there, neg(gone))) for e in (low, high)) if gone is not False else (low, high)
    opened: Bool = either(a.open, b.open)
    if opened is not False:
        exact = conj((low.there, high.there, eq(low.value, high.value), neg(maybe)))
        opened = conj((opened, neg(exact), neg(gone)))
    return Sym(low, high, opened, gone, maybe, wrong_in((a, b)))


Ends = tuple[End, End]


def _exact(a: Sym, b: Sym) -> bool:
    """Whether both are settled in all cases, so that each has but one end."""
    return all(s.low is s.high and s.open is False and s.maybe is False for s in (a, b))


def _with_both(a: End, b: End, op: Callable[[Any, Any], Any]) -> End:
    return End(op(a.value, b.value), both(a.there, b.there))


def _with_either(a: End, b: End, op: Callable[[Any, Any], Any]) -> End:
    if a.there is True and b.there is True:
        return End(op(a.value, b.value), there=True)
    two = both(a.there, b.there)
    return End(pick(two, op(a.value, b.value), pick(a.there, a.value, b.value)), either(a.there, b.there))


def _one_end(ends: Ends, a: Sym, b: Sym) -> Ends:
    """The same, told as one where both sides are."""
    return (ends[0], ends[0]) if _exact(a, b) else ends


def _sum(a: Sym, b: Sym) -> Ends:
    return _one_end((_with_both(a.low, b.low, add), _with_both(a.high, b.high, add)), a, b)


def _difference(a: Sym, b: Sym) -> Ends:
    return _one_end((_with_both(a.low, b.high, minus), _with_both(a.high, b.low, minus)), a, b)


def _product(a: Sym, b: Sym) -> Ends:
    if _exact(a, b):
        end = _with_both(a.low, b.low, times)
        return end, end
    corners = [times(x.value, y.value) for x in _ends(a) for y in _ends(b)]
    every = conj((a.low.there, a.high.there, b.low.there, b.high.there))
    floor = _not_negative(a, b)
    low = pick(every, _extreme(corners, lesser), times(a.low.value, b.low.value))
    return End(low, either(every, floor)), End(_extreme(corners, greater), every)


def _quotient(a: Sym, b: Sym) -> Ends:
    if _exact(a, b):
        end = _with_both(a.low, b.low, over)
        return end, end
    corners = [over(x.value, y.value) for x in _ends(a) for y in _ends(b)]
    sign = disj((surely(lt, End(0, True), b.low), surely(lt, b.high, End(0, True))))
    every = conj((a.low.there, a.high.there, b.low.there, b.high.there, sign))
    floor = _not_negative(a, b)
    least = pick(b.high.there, over(a.low.value, b.high.value), 0)
    most, bounded = over(a.high.value, b.low.value), conj((floor, a.high.there, neg(eq(b.low.value, 0))))
    low = End(pick(every, _extreme(corners, lesser), least), either(every, floor))
    return low, End(pick(every, _extreme(corners, greater), most), either(every, bounded))


def _ends(of: Sym) -> tuple[End, ...]:
    return (of.low,) if of.low is of.high else (of.low, of.high)


def _not_negative(a: Sym, b: Sym) -> Bool:
    return both(surely(le, End(0, True), a.low), surely(le, End(0, True), b.low))


def _extreme(values: list[Any], take: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401
    found, *others = values
    for value in others:
        found = take(found, value)
    return found


def _smaller(a: Sym, b: Sym) -> Ends:
    return _one_end((_with_both(a.low, b.low, lesser), _with_either(a.high, b.high, lesser)), a, b)


def _larger(a: Sym, b: Sym) -> Ends:
    return _one_end((_with_either(a.low, b.low, greater), _with_both(a.high, b.high, greater)), a, b)


COMBINED: Mapping[str, Callable[[Sym, Sym], Ends]] = {
    "+": _sum, "-": _difference, "*": _product, "/": _quotient, "min": _smaller, "max": _larger,
}  # fmt: skip
