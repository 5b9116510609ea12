"""The words of a pack beside operators and references: constants, periods, tables, conditions, readings, gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from .calendar import Period, parse_day
from .errors import PackError, nearest
from .expr import YES_NO, Const, Expr, Shape, alike, combine, constant, joint, test, walk
from .facts import Type
from .money import Number, to_fen
from .reading import Reading, TextGap
from .refs import FactOf


@attrs.frozen(eq=False)
class Clock(Expr):
    """`as_of`: its day, its month, its year or the last day of that year. All but the last stand only as one whole side
    of a comparison (`check.py`)."""

    grain: Literal["day", "month", "year", "year_end"]

    @property
    def shape(self) -> Shape:
        """Date, month or year."""
        if self.grain in {"day", "year_end"}:
            return Shape(Type.DATE)
        return Shape(Type.MONTH) if self.grain == "month" else Shape(Type.NUMBER, "年")

    @property
    def stands_alone(self) -> bool:
        """Whether it says by itself on which day it becomes another; the others turn comparisons at any time."""
        return self.grain == "year_end"


@attrs.frozen(eq=False)
class Shift(Expr):
    """The last day of a period set off by an event on `start`; for a month, the month so much later."""

    start: Expr
    period: Period

    @property
    def shape(self) -> Shape:
        """A date stays a date, a month a month."""
        return self.start.shape


@attrs.frozen(eq=False)
class YearOf(Expr):
    """The calendar year of a date."""

    day: Expr

    @property
    def shape(self) -> Shape:
        """A year."""
        return Shape(Type.NUMBER, "年")


@attrs.frozen(eq=False)
class Lookup(Expr):
    """A table keyed by a value."""

    key: Expr
    rows: Mapping[str, Expr]
    otherwise: Expr | None

    @property
    def shape(self) -> Shape:
        """That of its rows."""
        return joint(r.shape for r in (*self.rows.values(), self.otherwise) if r is not None)


@attrs.frozen(eq=False)
class If(Expr):
    """One value where the test holds, another where it does not."""

    test: Expr
    then: Expr
    otherwise: Expr

    @property
    def shape(self) -> Shape:
        """That of both branches."""
        return joint((self.then.shape, self.otherwise.shape))


@attrs.frozen(eq=False)
class Stated(Expr):
    """A figure given directly, which wins over the one derived from a collection. A judgement, once it is told, may
    turn what was derived in its place."""

    direct: FactOf
    derived: Expr

    @property
    def shape(self) -> Shape:
        """That of the fact given directly."""
        return self.direct.shape


@attrs.frozen(eq=False)
class Condition(Expr):
    """A named test: written once, it carries its words and, where it has one, its clause."""

    id: str
    label: str
    test: Expr
    clause: str | None = None

    @property
    def described(self) -> str:
        """Its id."""
        return f"condition `{self.id}`"


@attrs.frozen(eq=False)
class Presumed(Expr):
    """A test that holds unless the case tells otherwise (being listed is employment). What is not known counts as true
    here, and a further fact may turn it."""

    part: Expr


@attrs.frozen(eq=False)
class ByReading(Expr):
    """The alternatives of a reading, each an expression."""

    reading: Reading
    alternatives: Mapping[str, Expr]

    @property
    def shape(self) -> Shape:
        """That of all alternatives."""
        return joint(a.shape for a in self.alternatives.values())


@attrs.frozen(eq=False)
class Gap(Expr):
    """A text gap as a leaf: always unknown, within bounds where the text gives some (fen for money)."""

    gap: TextGap
    kind: Shape
    low: Number | None = None
    high: Number | None = None

    @property
    def shape(self) -> Shape:
        """As declared."""
        return self.kind


AS_OF = Clock("day")
"""The day of the question."""
THIS_MONTH = Clock("month")
"""The calendar month of the question."""
THIS_YEAR = Clock("year")
"""The calendar year of the question."""
YEAR_END = Clock("year_end")
"""The last day of the calendar year of the question: by when what is due every year is due."""


def yuan(amount: int | Decimal) -> Const:
    """A sum of money in yuan."""
    exact = (isinstance(amount, int) and not isinstance(amount, bool)) or (
        isinstance(amount, Decimal) and amount.is_finite()
    )
    if exact and amount < 0:
        raise PackError(f"`yuan({amount!r})`: sums are not negative; write `yuan({-amount!r})`, and `-` to take it off")
    fen = to_fen(amount) if exact else None
    if fen is None:
        raise PackError(f"`yuan({amount!r})`: write whole yuan or a Decimal with at most two places")
    return Const(fen, Shape(Type.MONEY, "元"))


def day(iso: str) -> Const:
    """A day, written `YYYY-MM-DD`."""
    found = parse_day(iso)
    if found is None:
        raise PackError(f"`day({iso!r})`: write a day of the calendar as `YYYY-MM-DD`")
    return Const(found, Shape(Type.DATE))


def parameter(name: str, value: Const | int | Fraction) -> Const:
    """A number, a sum or a day with a name of its own, by which amendments and sweeps call it wherever it stands."""
    made = constant(value)
    if not isinstance(made, Const) or made.kind.type not in {Type.NUMBER, Type.MONEY, Type.DATE}:
        raise PackError(f"parameter `{name}`: {made.described} is no number, sum or day; write `yuan(…)` or `day(…)`")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise PackError(f"`{name}` is no name of a parameter; write small letters, digits and `_`")
    return attrs.evolve(made, name=name)


def rate(number: int | Fraction, unit: str) -> Const:
    """So much of one thing for each of another: `rate(2, "人/个") * number_of_communities` is a number of 人."""
    what, _, per = unit.partition("/")
    if isinstance(number, bool) or not isinstance(number, int | Fraction) or not what or not per:
        raise PackError(f"`rate({number!r}, {unit!r})`: write a whole number or a Fraction, and a unit as `人/个`")
    return Const(number, Shape(Type.NUMBER, unit))


def after(start: Expr, period: Period) -> Shift:
    """The last day of a period that an event on `start` sets off (Civil Code, arts. 201-202)."""
    if start.shape.type not in {Type.DATE, Type.MONTH}:
        raise PackError(f"{start.described} is {start.shape}; a period runs from a date or a month")
    if not isinstance(period, Period):
        raise PackError(f"`{period!r}` after {start.described} is no period; write as in `years(2)` or `months(6)`")
    if isinstance(start, Clock) and not start.stands_alone:
        raise PackError("count the period from the event, not from `AS_OF`: `AS_OF <= after(event, period)`")
    if start.shape.type is Type.MONTH and period.days:
        raise PackError(f"{start.described} is a month; a period of days runs from a date")
    return Shift(start, period)


def year_of(date: Expr) -> YearOf:
    """The calendar year of a date."""
    if date.shape.type is not Type.DATE or date is AS_OF:
        raise PackError(f"{date.described} has no year to take; write `THIS_YEAR` for the year of the question")
    return YearOf(date)


def share_of(part: Fraction, base: Expr) -> Expr:
    """An exact part of a quantity, not rounded."""
    return combine("*", part, base)


def ratio(part: object, whole: object) -> Expr:
    """One quantity as an exact share of another of its kind; of nothing (a whole of 0) there is no share."""
    return combine("/", part, whole)


def smaller_of(left: object, right: object) -> Expr:
    """The smaller of two quantities."""
    return combine("min", left, right)


def larger_of(left: object, right: object) -> Expr:
    """The larger of two quantities."""
    return combine("max", left, right)


def table(key: Expr, rows: Mapping[str, object], otherwise: object = None) -> Lookup:
    """A value for each value of `key`. Without `otherwise`, the rows must cover a closed list of values."""
    if key.shape.type is not Type.TEXT or not rows:
        raise PackError(f"{key.described} is {key.shape}; a table needs a text as key and at least one row")
    closed = key.shape.values
    unknown = [k for k in rows if closed and k not in closed]
    if unknown:
        raise PackError(f"{key.described}: `{unknown[0]}` is none of its values{nearest(unknown[0], closed)}")
    missing = sorted(closed - rows.keys()) if closed else ["any other text"]
    if otherwise is None and missing:
        raise PackError(f"a table over {key.described} has no row for {', '.join(missing)}; add it or `otherwise`")
    made = {k: constant(v) for k, v in rows.items()}
    rest = None if otherwise is None else constant(otherwise)
    _same("a table", [*made.values(), *([] if rest is None else [rest])])
    return Lookup(key, made, rest)


def if_else(check: Expr, then: object, otherwise: object) -> If:
    """One value where the test holds, another where it does not."""
    made = If(test(check, "if_else"), constant(then), constant(otherwise))
    _same("if_else", [made.then, made.otherwise])
    return made


def stated_or(direct: Expr, derived: Expr) -> Stated:
    """The figure given directly; else the derived one. Where both are known and differ, the case is in error, unless
    the fact given directly is a judgement."""
    if not isinstance(direct, FactOf):
        raise PackError(f"stated_or({direct.described}, …): only a fact can be given directly")
    alike(f"stated_or({direct.described}, …)", direct.shape, derived.shape)
    return Stated(direct, derived)


def condition(id: str, label: str, check: Expr, clause: str | None = None) -> Condition:  # noqa: A002
    """A named test with its words in Chinese; its English words are its id."""
    return Condition(id, label, test(check, f"condition {id}"), clause)


def presumed(check: Expr) -> Presumed:
    """A test that holds unless the case tells otherwise; the trace says where it was presumed."""
    made = test(check, "presumed")
    if any(isinstance(n, ByReading | Gap) for n in walk(made)):
        raise PackError(
            "what the text leaves open cannot be presumed; put `presumed` inside the reading, beside the gap"
        )
    return Presumed(made)


def choose(reading: Reading, **alternatives: object) -> ByReading:
    """What each alternative of a reading means here; every one must be given, all of one type."""
    for name in alternatives:
        if name not in reading.alternatives:
            raise PackError(
                f"reading `{reading.name}` has no alternative `{name}`{nearest(name, reading.alternatives)}"
            )
    left = [a for a in reading.alternatives if a not in alternatives]
    if left:
        raise PackError(f"reading `{reading.name}`: `{'`, `'.join(left)}` is not said here")
    made = {name: constant(alternatives[name]) for name in reading.alternatives}
    _same(f"reading `{reading.name}`", list(made.values()))
    return ByReading(reading, made)


def text_gap(name: str, question: str, question_en: str) -> TextGap:
    """Something that the text leaves open, in words."""
    return TextGap(name, question, question_en)


def untested(gap: TextGap) -> Gap:
    """A test that the text does not define: always unknown."""
    return Gap(_gap(gap), YES_NO)


def unquantified(gap: TextGap, low: Const | None = None, high: Const | None = None) -> Gap:
    """A sum that the text does not give, between the bounds that it does give."""
    return Gap(_gap(gap), Shape(Type.MONEY, "元"), _bound(low), _bound(high))


def _gap(given: object) -> TextGap:
    if not isinstance(given, TextGap):
        raise PackError(f"`{given!r}` is no text gap; write `text_gap(name, question, question_en)`")
    return given


def _bound(bound: Const | None) -> Number | None:
    return bound.value if bound is not None and isinstance(bound.value, int | Fraction) else None


def _same(what: str, exprs: list[Expr]) -> None:
    for other in exprs[1:]:
        alike(what, exprs[0].shape, other.shape)
