"""What is known of a value in every row: columns `value`, `low`, `high`, `absent`, as `known.Value` has them of one.

`value` is null where the value is not settled, or does not exist. A number stands for `scale` times what its columns
hold, which are whole; so sums, shares and thirds stay exact. What could leave 64 bits is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from .columns_graph import Col, Graph, Kind

MOST = 2**63


class NotInColumns(Exception):  # noqa: N818 - it becomes a line of `Refused`
    """Why a provision cannot be decided in columns."""


@attrs.frozen(eq=False)
class Val:
    """What is known of a value that is no test.

    `low` and `high` (null: no bound) only mean something where it has an order; both are `value` where that is known.
    `exact` says that both ends only meet where the value is settled, `most` bounds what the columns hold. `rest` are
    the ends where nothing is known of it, if these are the same for all rows. `positive`: it is surely not below zero.
    A fraction has in `over` what `value`, `low` and `high` are divided by, at most `most_over` (`columns_ratio`).
    """

    value: Col
    low: Col
    high: Col
    absent: Col
    scale: Fraction = Fraction(1)
    most: int = 0
    exact: bool = True
    rest: tuple[Col, Col] | None = None
    positive: bool = False
    over: tuple[Col, Col, Col] | None = None
    most_over: int = 1


class Values:
    """Arithmetic on them."""

    def __init__(self, graph: Graph) -> None:
        self.g = graph

    def plain(
        self, value: Col, low: Col | None = None, high: Col | None = None, scale: Fraction = Fraction(1), most: int = 0
    ) -> Val:
        """A value that is known, or of which only its bounds are."""
        g, none = self.g, self.g.null(value.kind)
        low, high = low or none, high or none
        positive = any(c.is_lit and c.kind == "int" and c.value is not None and c.value >= 0 for c in (value, low))
        ends = g.first(value, low), g.first(value, high)
        return Val(value, *ends, g.false, scale, most, rest=(low, high), positive=positive)

    def number(self, value: Fraction | int) -> Val:
        """A number that is the same for all rows."""
        exact = Fraction(value)
        return self.plain(self.g.lit(exact.numerator), scale=Fraction(1, exact.denominator), most=abs(exact.numerator))

    def nothing(self, kind: Kind) -> Val:
        """A value that does not exist."""
        none = self.g.null(kind)
        return Val(none, none, none, self.g.true, positive=True)

    def settled(self, v: Val) -> Col:
        """Whether it is known, or known not to exist."""
        return self.g.any(self.g.known(v.value), self.g.surely(v.absent))

    def present(self, v: Val) -> Col:
        """Whether it surely exists."""
        return self.g.refuted(v.absent)

    # ------------------------------------------------------------------------------------------------ scales

    def scaled(self, v: Val, scale: Fraction) -> Val:
        """The same value, its columns holding so many parts."""
        factor = v.scale / scale
        assert factor.denominator == 1  # noqa: S101 - `aligned` finds a scale that divides all
        if factor == 1:
            return v
        times = self.g.lit(factor.numerator)
        most = _bounded(v.most * factor.numerator)
        rest = None if v.rest is None else (self.g.times(v.rest[0], times), self.g.times(v.rest[1], times))
        value, low, high = (self.g.times(c, times) for c in (v.value, v.low, v.high))
        return attrs.evolve(v, value=value, low=low, high=high, scale=scale, most=most, rest=rest)

    def aligned(self, *vals: Val) -> list[Val]:
        """The same values, all of one scale."""
        scales = {v.scale for v in vals if not _is_nothing(v)}
        if len(scales) < 2:  # noqa: PLR2004 - one scale is common already
            scale = next(iter(scales), Fraction(1))
            return [attrs.evolve(v, scale=scale) if _is_nothing(v) else v for v in vals]
        below = math.lcm(*(s.denominator for s in scales))
        scale = Fraction(math.gcd(*(int(s * below) for s in scales)), below)
        return [attrs.evolve(v, scale=scale) if _is_nothing(v) else self.scaled(v, scale) for v in vals]

    # ---------------------------------------------------------------------------------------------- arithmetic

    def combine(self, op: str, a: Val, b: Val) -> Val:
        """A sum, a difference, a product, the smaller or the larger, over all that the two may be."""
        g = self.g
        if op == "*":
            return self._product(a, b)
        a, b = self.aligned(a, b)
        if a.over or b.over:
            if op not in {"min", "max"}:
                raise NotInColumns("it adds up shares")
            return columns_ratio.extreme(self, op, a, b)
        match op:
            case "+":
                low, high, most = g.plus(a.low, b.low), g.plus(a.high, b.high), a.most + b.most
            case "-":
                low, high, most = g.minus(a.low, b.high), g.minus(a.high, b.low), a.most + b.most
            case "min":
                low, high, most = g.smaller(a.low, b.low), g.least(a.high, b.high), _least_most(a, b)
            case _:
                low, high, most = g.greatest(a.low, b.low), g.larger(a.high, b.high), max(a.most, b.most)
        of = {"+": g.plus, "-": g.minus}.get(op)
        value = of(a.value, b.value) if of and a.exact and b.exact else None
        signs = a.positive, b.positive
        positive = any(signs) if op == "max" else all(signs) and op != "-"
        return self._made(value, low, high, self._absence(a, b), a.scale, most, positive=positive)

    def _product(self, a: Val, b: Val) -> Val:
        if a.over or b.over:
            raise NotInColumns("it multiplies a share")
        g, scale, most = self.g, a.scale * b.scale, a.most * b.most
        if b.value.is_lit and b.value.value is not None:
            a, b = b, a
        if a.value.is_lit and a.value.value is not None:
            return self._multiple(a, b, scale, most)
        corners = [g.times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
        gap = g.any(*map(g.is_null, corners))
        zero = g.lit(0)
        positive = g.all(g.surely(g.at_most(zero, a.low)), g.surely(g.at_most(zero, b.low)))
        none = g.null("int")
        low = g.when((g.negated(gap), g.least(*corners)), (positive, corners[0]), otherwise=none)
        high = g.when((g.negated(gap), g.greatest(*corners)), otherwise=none)
        return self._made(None, low, high, self._absence(a, b), scale, most, positive=a.positive and b.positive)

    def _multiple(self, a: Val, b: Val, scale: Fraction, most: int) -> Val:
        """A product with what is the same for all rows. As everywhere, an end that is open leaves both open, save for
        the lower one of what is not negative."""
        g, none = self.g, self.g.null("int")
        factor, open_ = a.value.value, g.any(g.is_null(b.low), g.is_null(b.high))
        ends = (b.low, b.high) if factor >= 0 else (b.high, b.low)
        low, high = (g.times(a.value, end) for end in ends)
        if factor < 0 or not b.positive:
            above = g.surely(g.at_most(g.lit(0), b.low)) if factor >= 0 else g.false
            low = g.when((g.all(open_, g.negated(above)), none), otherwise=low)
        if b.low is not b.high:
            high = g.when((open_, none), otherwise=high)
        value = g.times(a.value, b.value) if b.exact and factor else None
        return self._made(value, low, high, b.absent, scale, most, positive=a.positive and b.positive)

    def _made(
        self, value: Col | None, low: Col, high: Col, absent: Col, scale: Fraction, most: int, *, positive: bool
    ) -> Val:
        """A value that is settled where both ends meet and it surely exists."""
        g, none = self.g, self.g.null(low.kind)
        found = value
        if found is None:
            found = low if low is high else g.when((g.equal(low, high), low), otherwise=none)
        if absent is not g.false:
            found = g.when((g.refuted(absent), found), otherwise=none)
        return Val(found, low, high, absent, scale, _bounded(most), positive=positive)

    def _absence(self, a: Val, b: Val) -> Col:
        return self.g.any(a.absent, b.absent)

    # ----------------------------------------------------------------------------------------------- choices

    def choose(self, cases: Sequence[tuple[Col, Val]], otherwise: Val) -> Val:
        """The value that stands with the first test that is true."""
        g = self.g
        vals = self.aligned(*(v for _, v in cases), otherwise)
        made = [c for c, _ in cases]

        def part(of: Callable[[Val], Col]) -> Col:
            return g.when(*((c, of(v)) for c, v in zip(made, vals[:-1], strict=True)), otherwise=of(vals[-1]))

        fractions = any(v.over for v in vals)
        over = columns_ratio.choose(self, [*zip(made, vals[:-1], strict=True)], vals[-1]) if fractions else None
        return Val(
            part(lambda v: v.value),
            part(lambda v: v.low),
            part(lambda v: v.high),
            part(lambda v: v.absent),
            vals[-1].scale,
            max(v.most for v in vals),
            all(v.exact for v in vals),
            positive=all(v.positive for v in vals),
            over=None if over is None else (over[0], over[1], over[2]),
            most_over=max(v.most_over for v in vals),
        )

    def hull(self, vals: Sequence[Val], *, ordered: bool) -> Val:
        """The one value of all where they agree, else the range that covers them."""
        g = self.g
        vals = self.aligned(*dict.fromkeys(vals))
        if len(vals) == 1:
            return vals[0]
        none = g.null(vals[0].value.kind)
        absent = self._absence_of(vals)
        if any(v.over for v in vals):
            return columns_ratio.hull(self, vals, absent)
        agree = g.all(*(g.equal(vals[0].value, v.value) for v in vals[1:]))
        value = g.when((g.surely(agree), vals[0].value), otherwise=none)
        low = high = none
        if ordered:
            low, high = self._end(vals, g.least, lambda v: v.low), self._end(vals, g.greatest, lambda v: v.high)
        exact = all(v.exact and v.value.is_lit and v.value.value is not None for v in vals)
        return Val(
            value,
            low,
            high,
            absent,
            vals[0].scale,
            max(v.most for v in vals),
            exact,
            positive=all(v.positive for v in vals),
        )

    def _absence_of(self, vals: Sequence[Val]) -> Col:
        """Whether all do not exist; false where all do."""
        g = self.g
        if all(v.absent is g.false for v in vals):
            return g.false
        all_absent = g.all(*(g.surely(v.absent) for v in vals))
        none_absent = g.all(*(self.present(v) for v in vals))
        return g.when((all_absent, g.true), (none_absent, g.false), otherwise=g.unknown)

    def _end(self, vals: Sequence[Val], of: Callable[..., Col], end: Callable[[Val], Col]) -> Col:
        """The outermost end of those that may exist; none where one of them has none."""
        g, none = self.g, self.g.null(vals[0].value.kind)
        there = [(g.negated(g.surely(v.absent)), end(v)) for v in vals]
        open_ = g.any(*(g.all(t, g.is_null(e)) for t, e in there))
        return g.when((open_, none), otherwise=of(*(g.when((t, e), otherwise=none) for t, e in there)))

    # ------------------------------------------------------------------------------------------- comparisons

    def compare(self, op: str, a: Val, b: Val) -> Col:
        """A comparison of two ranges: true or false where it is so for all that they may be."""
        a, b = self.aligned(a, b)
        holds = columns_ratio.compare(self, op, a, b) if a.over or b.over else self._holds(op, a, b)
        return self.existing(holds, a, b)

    def existing(self, holds: Col, a: Val, b: Val) -> Col:
        """A comparison that holds, where both exist: it fails where one does not."""
        g = self.g
        if a.absent is g.false and b.absent is g.false:
            return holds
        gone = g.any(g.surely(a.absent), g.surely(b.absent))
        doubtful = g.all(g.any(g.is_null(a.absent), g.is_null(b.absent)), g.surely(holds))
        return g.when((gone, g.false), (doubtful, g.unknown), otherwise=holds)

    def _holds(self, op: str, a: Val, b: Val) -> Col:
        g = self.g
        if op in {">", ">="}:
            return self._holds("<" if op == ">" else "<=", b, a)
        if op in {"<", "<="}:
            of = g.less if op == "<" else g.at_most
            contrary = g.at_most if op == "<" else g.less
            if a.rest is not None and b.rest is not None and (_told(a) or _told(b)):
                (low, high), (other_low, other_high) = (_ends(v) for v in (a, b))
                default = g.when(
                    (g.surely(of(high, other_low)), g.true),
                    (g.surely(contrary(other_high, low)), g.false),
                    otherwise=g.unknown,
                )
                return g.first(of(a.value, b.value), default)
            yes, no = of(a.high, b.low), contrary(b.high, a.low)
            if (a.low is a.high and b.low is b.high) or (yes.is_lit and yes.value is None and no is yes):
                return yes
            return g.when((g.surely(yes), g.true), (g.surely(no), g.false), otherwise=g.unknown)
        same = g.equal(a.value, b.value)
        apart = g.any(g.surely(g.less(a.high, b.low)), g.surely(g.less(b.high, a.low)))
        if a.rest is not None and b.rest is not None and (_told(a) or _told(b)):
            (low, high), (other_low, other_high) = (_ends(v) for v in (a, b))
            apart = g.any(g.surely(g.less(high, other_low)), g.surely(g.less(other_high, low)))
        found = g.first(same, g.when((apart, g.false), otherwise=g.unknown))
        return found if op == "==" else g.negated(found)


def _ends(v: Val) -> tuple[Col, Col]:
    """The ends where it is not known, or the value where it is the same for all rows."""
    assert v.rest is not None  # noqa: S101 - asked for such only
    return (v.value, v.value) if _told(v) else v.rest


def _least_most(a: Val, b: Val) -> int:
    """A bound of the smaller of two: where neither is negative, that of one which is known for all rows."""
    told = [v.most for v in (a, b) if _told(v)]
    return min(told) if told and a.positive and b.positive else max(a.most, b.most)


def _told(v: Val) -> bool:
    """Whether it is known and the same for all rows."""
    return v.value.is_lit and v.value.value is not None


def _is_nothing(v: Val) -> bool:
    return v.absent.is_lit and v.absent.value is True and v.value.is_lit


def _bounded(most: int) -> int:
    if most >= MOST:
        raise NotInColumns("its sums may leave 64 bits")
    return most


from . import columns_ratio  # noqa: E402 - it works on the values above
