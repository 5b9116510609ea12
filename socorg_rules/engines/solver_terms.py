"""Terms of the solver that fold: what is plain stays plain Python, and only what hangs on a case becomes a z3 term.

A truth is a `bool` or a z3 Boolean, a quantity an `int`, a `Fraction`, a z3 integer or real, or a `Ratio` of two.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs
import z3

Bool = Any
"""A `bool`, or a Boolean term of z3 (which has no types of its own)."""
Num = Any
"""An `int`, a `Fraction`, an integer or real term of z3, or a `Ratio`."""


@attrs.frozen(eq=False)
class Ratio:
    """One quantity over another that is not 0. It is kept apart so that to compare it stays linear."""

    part: Num
    whole: Num


def same_term(a: Any, b: Any) -> bool:  # noqa: ANN401 - of any kind of term
    """Whether two terms are one and the same; z3 shares equal ones."""
    if a is b:
        return True
    if isinstance(a, z3.ExprRef):
        return isinstance(b, z3.ExprRef) and bool(a.eq(b))
    if isinstance(a, Ratio):
        return isinstance(b, Ratio) and same_term(a.part, b.part) and same_term(a.whole, b.whole)
    return not isinstance(b, z3.ExprRef | Ratio) and type(a) is type(b) and bool(a == b)


def _joined(make: Any, parts: list[Any]) -> Bool:  # noqa: ANN401 - z3's own
    """Truths joined as `z3.And` and `z3.Or` do it, without their checks, which take most of the time of a reading."""
    ctx = parts[0].ctx
    return z3.BoolRef(make(ctx.ref(), len(parts), (z3.Ast * len(parts))(*(p.ast for p in parts))), ctx)


def _two(make: Any, kind: Any, x: Any, y: Any) -> Any:  # noqa: ANN401
    """Two quantities of one sort put together, without the checks either."""
    return kind(make(x.ctx.ref(), x.ast, y.ast), x.ctx)


def _summed(make: Any, x: Any, y: Any) -> Any:  # noqa: ANN401
    """The same for what z3 takes as a list: sums and products."""
    return z3.ArithRef(make(x.ctx.ref(), 2, (z3.Ast * 2)(x.ast, y.ast)), x.ctx)


def _if(kind: Any, c: Any, x: Any, y: Any) -> Any:  # noqa: ANN401
    """One of two terms of one sort, without the checks either."""
    return kind(z3.Z3_mk_ite(c.ctx.ref(), c.ast, x.ast, y.ast), c.ctx)


def conj(parts: Iterable[Bool]) -> Bool:
    """All of these."""
    kept = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    return True if not kept else kept[0] if len(kept) == 1 else _joined(z3.Z3_mk_and, kept)


def disj(parts: Iterable[Bool]) -> Bool:
    """Any of these."""
    kept = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    return False if not kept else kept[0] if len(kept) == 1 else _joined(z3.Z3_mk_or, kept)


def both(a: Bool, b: Bool) -> Bool:
    """One and the other."""
    return conj((a, b))


def either(a: Bool, b: Bool) -> Bool:
    """One or the other."""
    return disj((a, b))


def neg(a: Bool) -> Bool:
    """The contrary."""
    if isinstance(a, bool):
        return not a
    known = getattr(a, "contrary", None)
    if known is None:
        known = z3.BoolRef(z3.Z3_mk_not(a.ctx.ref(), a.ast), a.ctx)
        known.contrary = a  # so that a contrary of it is the truth itself again
    return known


def iff(a: Bool, b: Bool) -> Bool:
    """Both or neither."""
    if isinstance(a, bool):
        return b if a else neg(b)
    if isinstance(b, bool):
        return a if b else neg(a)
    return True if a.eq(b) else _two(z3.Z3_mk_eq, z3.BoolRef, a, b)


def pick_truth(c: Bool, a: Bool, b: Bool) -> Bool:
    """One truth where a test holds, another where it does not."""
    if isinstance(c, bool):
        return a if c else b
    if isinstance(a, bool) or isinstance(b, bool):
        return disj((conj((c, a)), conj((neg(c), b))))
    return a if a.eq(b) else _if(z3.BoolRef, c, a, b)


def pick(c: Bool, a: Num, b: Num) -> Num:
    """One quantity where a test holds, another where it does not."""
    if isinstance(c, bool):
        return a if c else b
    if same_term(a, b):
        return a
    if isinstance(a, Ratio) or isinstance(b, Ratio):
        (p, q), (r, s) = _fraction(a), _fraction(b)
        return Ratio(pick(c, p, r), pick(c, q, s))
    return _if(z3.ArithRef, c, *_alike(a, b))


def term(a: Num) -> Any:  # noqa: ANN401 - z3's own
    """A quantity as a z3 term."""
    if isinstance(a, z3.ExprRef):
        return a
    if isinstance(a, Ratio):
        return real(a.part) / real(a.whole)
    return z3.IntVal(a) if isinstance(a, int) else z3.RealVal(f"{a.numerator}/{a.denominator}")


def real(a: Num) -> Any:  # noqa: ANN401
    """A quantity as a real term."""
    made = term(a)
    return z3.ToReal(made) if z3.is_int(made) else made


def _alike(a: Num, b: Num) -> tuple[Any, Any]:
    x, y = term(a), term(b)
    return (x, y) if z3.is_int(x) == z3.is_int(y) else (real(x), real(y))


def _fraction(a: Num) -> tuple[Num, Num]:
    return (a.part, a.whole) if isinstance(a, Ratio) else (a, 1)


def plain(*terms: Num) -> bool:
    """Whether all of these hang on no case."""
    return all(isinstance(t, int | Fraction) for t in terms)


def add(a: Num, b: Num) -> Num:
    """A sum."""
    if plain(a, b):
        return a + b
    if plain(a) and a == 0:
        return b
    if plain(b) and b == 0:
        return a
    if isinstance(a, Ratio) or isinstance(b, Ratio):
        (p, q), (r, s) = _fraction(a), _fraction(b)
        return Ratio(add(times(p, s), times(r, q)), times(q, s))
    return _summed(z3.Z3_mk_add, *_alike(a, b))


def minus(a: Num, b: Num) -> Num:
    """A difference."""
    return add(a, times(-1, b))


def times(a: Num, b: Num) -> Num:
    """A product."""
    if plain(a, b):
        return a * b
    for one, other in ((a, b), (b, a)):
        if plain(one) and one in {0, 1}:
            return other if one else 0
    if isinstance(a, Ratio) or isinstance(b, Ratio):
        (p, q), (r, s) = _fraction(a), _fraction(b)
        return Ratio(times(p, r), times(q, s))
    return _summed(z3.Z3_mk_mul, *_alike(a, b))


def over(a: Num, b: Num) -> Num:
    """A quotient; the divisor is not 0 where it is looked at."""
    if plain(b):
        return times(Fraction(1, 1) / b, a) if b else 0
    (p, q), (r, s) = _fraction(a), _fraction(b)
    return Ratio(times(p, s), times(q, r))


def _sides(a: Num, b: Num) -> tuple[Num, Num, Bool]:
    """Two quantities without divisors, and whether this has kept their order (else it has turned it round)."""
    (p, q), (r, s) = _fraction(a), _fraction(b)
    return times(p, s), times(r, q), lt(0, times(q, s))


def lt(a: Num, b: Num) -> Bool:
    """Whether one quantity is smaller than another."""
    if plain(a, b):
        return a < b
    if isinstance(a, Ratio) or isinstance(b, Ratio):
        x, y, kept = _sides(a, b)
        return pick_truth(kept, lt(x, y), lt(y, x))
    if same_term(a, b):
        return False
    return _two(z3.Z3_mk_lt, z3.BoolRef, *_alike(a, b))


def le(a: Num, b: Num) -> Bool:
    """Whether one quantity is at most another."""
    return neg(lt(b, a))


def eq(a: Num, b: Num) -> Bool:
    """Whether two quantities are equal."""
    if plain(a, b):
        return a == b
    if isinstance(a, Ratio) or isinstance(b, Ratio):
        x, y, _ = _sides(a, b)
        return eq(x, y)
    if same_term(a, b):
        return True
    return _two(z3.Z3_mk_eq, z3.BoolRef, *_alike(a, b))


def lesser(a: Num, b: Num) -> Num:
    """The smaller of two."""
    return a if same_term(a, b) else pick(le(a, b), a, b)


def greater(a: Num, b: Num) -> Num:
    """The larger of two."""
    return a if same_term(a, b) else pick(le(a, b), b, a)


def rounded(a: Num) -> Num:
    """The nearest whole fen, a half rounded up, as `money.round_fen` has it."""
    if plain(a):
        return int((2 * a + 1) // 2)
    made = term(a)
    return made if z3.is_int(made) else z3.ToInt(made + z3.RealVal("1/2"))


def total(parts: Iterable[Num]) -> Num:
    """All of these added up."""
    result: Num = 0
    for part in parts:
        result = add(result, part)
    return result
