"""One quantity as a share of another, in columns: fractions, whose parts of a row may have any denominator.

A `Val` with `over` stands for its columns divided by those. Fractions are compared by multiplying crosswise, so that
they are as exact as anything else. What may be negative has no share here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from .columns_graph import Col
from .columns_values import MOST, NotInColumns, Val

if TYPE_CHECKING:
    from .columns_values import Values

End = tuple[Col, Col]
"""A fraction: what is divided, and by what, which is above zero."""


def share(values: Values, part: Val, whole: Val) -> Val:
    """The ends of one range over another; of nothing there is no share."""
    g, zero, one, none = values.g, values.g.lit(0), values.g.lit(1), values.g.null("int")
    part, whole = values.aligned(part, whole)
    if part.over or whole.over or not (part.positive and whole.positive):
        raise NotInColumns("it takes a share of what may be negative, or is a share itself")
    nothing = g.all(g.surely(g.equal(whole.low, zero)), g.surely(g.equal(whole.high, zero)))
    some = g.surely(g.less(zero, whole.low))
    gone = g.any(g.surely(part.absent), g.surely(whole.absent), nothing)
    there = g.all(values.present(part), values.present(whole), some)
    absent = g.when((gone, g.true), (there, g.false), otherwise=g.unknown)
    above = g.surely(g.less(zero, whole.high))
    open_ = g.any(g.is_null(part.low), g.is_null(whole.low))
    low_over, high_over = g.when((above, whole.high), otherwise=one), g.when((some, whole.low), otherwise=one)
    low = g.when((open_, none), (g.is_null(whole.high), zero), otherwise=part.low)
    high = g.when((g.any(open_, g.negated(some)), none), otherwise=part.high)
    meet = g.equal(g.times(low, high_over), g.times(high, low_over))
    value = g.when((g.all(g.refuted(absent), g.surely(meet)), low), otherwise=none)
    over = (low_over, low_over, high_over)
    return Val(value, low, high, absent, most=part.most, exact=True, positive=True, over=over, most_over=whole.most)


def ends(values: Values, v: Val) -> tuple[End, End, End]:
    """The value and both ends as fractions."""
    over = v.over or (values.g.lit(1),) * 3
    return (v.value, over[0]), (v.low, over[1]), (v.high, over[2])


def less(values: Values, a: End, b: End, *, or_equal: bool = False) -> Col:
    """Whether one fraction is smaller."""
    g = values.g
    return (g.at_most if or_equal else g.less)(g.times(a[0], b[1]), g.times(b[0], a[1]))


def equal(values: Values, a: End, b: End) -> Col:
    """Whether two fractions are the same."""
    return values.g.equal(values.g.times(a[0], b[1]), values.g.times(b[0], a[1]))


def compare(values: Values, op: str, a: Val, b: Val) -> Col:
    """A comparison of two ranges of fractions."""
    g = values.g
    _fit(a, b)
    if op in {">", ">="}:
        return compare(values, "<" if op == ">" else "<=", b, a)
    (value, low, high), (other, other_low, other_high) = ends(values, a), ends(values, b)
    if op in {"<", "<="}:
        yes = less(values, high, other_low, or_equal=op == "<=")
        no = less(values, other_high, low, or_equal=op == "<")
        return g.when((g.surely(yes), g.true), (g.surely(no), g.false), otherwise=g.unknown)
    apart = g.any(g.surely(less(values, high, other_low)), g.surely(less(values, other_high, low)))
    found = g.first(equal(values, value, other), g.when((apart, g.false), otherwise=g.unknown))
    return found if op == "==" else g.negated(found)


def extreme(values: Values, op: str, a: Val, b: Val) -> Val:
    """The smaller or the larger of two fractions."""
    g = values.g
    _fit(a, b)
    (_, *mine), (_, *others) = ends(values, a), ends(values, b)
    low, high = (_outer(values, op, x, y, end=end) for x, y, end in zip(mine, others, ("min", "max"), strict=True))
    absent = g.any(a.absent, b.absent)
    meet = g.all(g.surely(equal(values, low, high)), g.refuted(absent))
    value = g.when((meet, low[0]), otherwise=g.null("int"))
    over = (low[1], low[1], high[1])
    most, most_over = max(a.most, b.most), max(a.most_over, b.most_over)
    return Val(value, low[0], high[0], absent, a.scale, most, positive=True, over=over, most_over=most_over)


def _outer(values: Values, op: str, a: End, b: End, *, end: str) -> End:
    """The end of the smaller (larger) of two: where one is open, it is the other's on the side of the choice alone."""
    g, none = values.g, values.g.null("int")
    first = less(values, a, b, or_equal=True) if op == "min" else less(values, b, a, or_equal=True)
    if op == end:  # the lower end of the smaller: open where one is
        opens = g.any(g.is_null(a[0]), g.is_null(b[0]))
        chosen = g.when((opens, none), (first, a[0]), otherwise=b[0])
        return chosen, g.when((first, a[1]), otherwise=b[1])
    takes_first = g.any(g.is_null(b[0]), g.surely(first))
    return g.when((takes_first, a[0]), otherwise=b[0]), g.when((takes_first, a[1]), otherwise=b[1])


def choose(values: Values, cases: Sequence[tuple[Col, Val]], otherwise: Val) -> list[Col]:
    """What the columns of a choice are divided by."""
    g, last = values.g, ends(values, otherwise)
    made = [(c, ends(values, v)) for c, v in cases]
    return [g.when(*((c, e[i][1]) for c, e in made), otherwise=last[i][1]) for i in range(3)]


def hull(values: Values, vals: Sequence[Val], absent: Col) -> Val:
    """The one fraction of all where they agree, else the range that covers them."""
    g, none = values.g, values.g.null("int")
    _fit(*vals)
    first, *rest = (ends(values, v) for v in vals)
    agree = g.all(*(equal(values, first[0], e[0]) for e in rest))
    value = g.when((g.surely(agree), first[0][0]), otherwise=none)
    outer = [_hull_end(values, vals, which) for which in (1, 2)]
    over = (first[0][1], outer[0][1], outer[1][1])
    most, most_over = max(v.most for v in vals), max(v.most_over for v in vals)
    low, high = outer[0][0], outer[1][0]
    scale = vals[0].scale
    return Val(value, low, high, absent, scale, most, exact=False, positive=True, over=over, most_over=most_over)


def _hull_end(values: Values, vals: Sequence[Val], which: int) -> End:
    g, none = values.g, values.g.null("int")
    there = [g.negated(g.surely(v.absent)) for v in vals]
    outer = [ends(values, v)[which] for v in vals]
    open_ = g.any(*(g.all(t, g.is_null(e[0])) for t, e in zip(there, outer, strict=True)))
    held = [(g.when((t, e[0]), otherwise=none), e[1]) for t, e in zip(there, outer, strict=True)]

    def further(a: End, b: End) -> End:
        is_a = less(values, a, b, or_equal=True) if which == 1 else less(values, b, a, or_equal=True)
        takes_a = g.any(g.is_null(b[0]), g.surely(is_a))
        return g.when((takes_a, a[0]), otherwise=b[0]), g.when((takes_a, a[1]), otherwise=b[1])

    number, over = reduce(further, held)
    return g.when((open_, none), otherwise=number), over


def _fit(*vals: Val) -> None:
    """Refuse what would leave 64 bits when multiplied crosswise."""
    if max(v.most for v in vals) * max(v.most_over for v in vals) >= MOST:
        raise NotInColumns("its shares may leave 64 bits")
