"""What a document provides: grants, supports, routes, duties, sanctions, standards, targets, qualifications.

A pack declares them as plain values; what a provision does not say (its reach, its force) is its pack's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar, Literal

import attrs

from .errors import PackError
from .expr import ALWAYS, Expr, Shape, alike, all_of, combine, constant, test
from .facts import Type
from .money import Per
from .reading import TextGap
from .refs import Collection, Ref
from .words import Condition, condition, yuan

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]
Kind = Literal["grant", "in_kind", "route", "duty", "sanction", "standard", "target", "qualification"]


def told(given: object) -> str:
    """How a message names what was given."""
    if isinstance(given, Expr):
        return given.described
    kind = type(given).__name__
    return (
        f"`{given!r}`"
        if isinstance(given, str | int | float | None)
        else f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"
    )


def tuple_of(kind: type, noun: str, remedy: str) -> Validator:
    """A check that a field holds a tuple of such things: without its comma, a tuple of one is none."""

    def check(_: object, field: attrs.Attribute[Any], given: object) -> None:
        if not isinstance(given, tuple):
            inside = f'"{given}"' if isinstance(given, str) else "…"
            raise PackError(f"`{field.name}` is {told(given)} and no tuple; write `{field.name}=({inside},)`")
        for one in given:
            if not isinstance(one, kind):
                raise PackError(f"`{field.name}`: {told(one)} is no {noun}; write {remedy}")

    return check


def _a(kind: type, noun: str, remedy: str) -> Validator:
    """A check that a field holds such a thing, or nothing where it may be left out."""

    def check(_: object, field: attrs.Attribute[Any], given: object) -> None:
        if not isinstance(given, kind) and (given is not None or field.default is attrs.NOTHING):
            raise PackError(f"`{field.name}`: {told(given)} is no {noun}; write {remedy}")

    return check


@attrs.frozen(eq=False)
class Figure:
    """What a grant comes to: a sum between `low` and `high` (money), once or every month; or no figure, and why."""

    low: Expr | None
    high: Expr | None
    per: Per = "once"
    gap: TextGap | None = None


def exactly(sum_: Expr) -> Figure:
    """A fixed sum (给予 5 万元), also one looked up by grade or a share of a base (按 50%)."""
    return between(sum_, sum_)


def up_to(ceiling: Expr) -> Figure:
    """A ceiling under which the authority decides (最多不超过): 0 to the ceiling, both included."""
    return between(yuan(0), ceiling)


def between(low: Expr, high: Expr) -> Figure:
    """A range that the document gives (800-2000 元), both ends included."""
    for end in (low, high):
        if constant(end, Shape(Type.MONEY)).shape.type is not Type.MONEY:
            raise PackError(f"{told(end)} is {constant(end).shape}; the amount of a grant is money, as in `yuan(500)`")
    return Figure(low, high)


def monthly(figure: Figure) -> Figure:
    """The same sum every month."""
    if not isinstance(figure, Figure):
        raise PackError(f"`monthly`: {told(figure)} is no figure; write `monthly(exactly(…))`, `up_to` or `between`")
    return attrs.evolve(figure, per="month")


def no_figure(gap: TextGap) -> Figure:
    """A grant whose sum the document does not give: the gap is told, the outcome unaffected."""
    if not isinstance(gap, TextGap):
        raise PackError(f"`no_figure`: {told(gap)} is no text gap; write `text_gap(…)`")
    return Figure(None, None, gap=gap)


TermsKind = Literal["once", "once_per_item", "once_per_item_and_year", "top_up", "monthly"]


@attrs.frozen(eq=False)
class Terms:
    """How payments already received count against a claim.

    `limit` is the number of months of a monthly grant. `credit` says what an earlier payment counts for in a top-up;
    without it, its amount. `items` is the collection whose items the payments of a top-up name, `at_least` a sum that
    counts as received whatever the payments say (an earlier grade rewarded under an older policy).
    """

    kind: TermsKind
    limit: int | None = None
    credit: Callable[[Ref], Expr] | None = None
    items: Collection | None = None
    at_least: Expr | None = None


ONCE = Terms("once")
"""Used up by one payment, of whatever sum."""
ONCE_PER_ITEM = Terms("once_per_item")
"""Used up for an item by one payment for it."""
ONCE_PER_ITEM_AND_YEAR = Terms("once_per_item_and_year")
"""Used up for an item, for the calendar year of the question, by a payment for it in that year."""


def top_up(
    items: Collection | None = None,
    credit: Callable[[Ref], Expr] | None = None,
    at_least: Expr | None = None,
) -> Terms:
    """Payable is what is granted so far less what earlier payments count for, never less than nothing."""
    if not isinstance(items, Collection | None):
        raise PackError(f"`top_up`: {told(items)} is no collection; write it as in `organization.assessments`")
    if credit is not None and not callable(credit):
        raise PackError(f"`top_up`: {told(credit)} says of no payment what it counts for; write `lambda payment: …`")
    return Terms("top_up", credit=credit, items=items, at_least=at_least)


def each_month(limit: int | None = None) -> Terms:
    """Payable for the calendar month of the question, once, for at most `limit` different months in all."""
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool)):
        raise PackError(f"`each_month`: {told(limit)} is no number of months; write one, as in `each_month(24)`")
    return Terms("monthly", limit=limit)


@attrs.frozen(eq=False)
class Measure:
    """A quantity held against a required one."""

    value: Expr
    required: Expr = attrs.field(converter=constant)
    unit: str

    def __attrs_post_init__(self) -> None:
        alike(f"a measure of {self.value.described}", self.value.shape, self.required.shape)
        if self.value.shape.type not in {Type.NUMBER, Type.MONEY}:
            raise PackError(f"a measure of {self.value.described}: {self.value.shape} is no quantity")

    @property
    def reached(self) -> Condition:
        """Whether the value is at least what is required (以上 includes the number)."""
        return condition("reached", "达到要求的数量", self.value >= self.required)

    @cached_property
    def shortfall(self) -> Expr:
        """How much is still missing, never less than nothing."""
        zero = yuan(0) if self.required.shape.type is Type.MONEY else constant(0)
        return combine("max", combine("-", self.required, self.value), zero)


def _when(given: object) -> Expr:
    return test(given, "when")


def _tests(given: Expr | None) -> Expr | None:
    return None if given is None else test(given, "reach, force or discretion")


def _discretion(given: str | Expr | None) -> Expr | None:
    return condition("left_to_authority", given, ALWAYS) if isinstance(given, str) else _tests(given)


def _text(given: str | Expr | None) -> Expr | None:
    return None if given is None else _like(Shape(Type.TEXT), constant(given), "result")


def _date(given: Expr | None) -> Expr | None:
    return None if given is None else _like(Shape(Type.DATE), constant(given, Shape(Type.DATE)), "due")


def _like(shape: Shape, given: Expr, name: str) -> Expr:
    if given.shape.type is not shape.type:
        raise PackError(f"`{name}`: {given.described} is {given.shape}, not {shape}")
    return given


@attrs.frozen(eq=False)
class Provision:
    """One decision that a clause carries. Packs declare one of the kinds below.

    Args:
        id: its name in code, files and answers.
        title: its Chinese title; the English one is its id.
        clause: the locator of the clause that it encodes; `also`: further clauses.
        when: the test of the clause.
        each: the item, where the provision decides for each item of a collection.
        reach: to whom it applies; `force`: when it is in force. Both are the pack's where left out.
        discretion: the words that leave *whether* to the authority, or a test for it.
        result: what follows (the space, the office), a text or an expression.
        measure: a quantity and what is required of it.
        due: by when a duty or target is to be done, a date.
        gaps: what the text leaves open without touching the outcome.
    """

    kind: ClassVar[Kind]
    id: str
    title: str
    clause: str = attrs.field(kw_only=True)
    when: Expr = attrs.field(default=ALWAYS, kw_only=True, converter=_when)
    each: Ref | None = attrs.field(
        default=None, kw_only=True, validator=_a(Ref, "item", "it as in `organization.honours.each`")
    )
    reach: Expr | None = attrs.field(default=None, kw_only=True, converter=_tests)
    force: Expr | None = attrs.field(default=None, kw_only=True, converter=_tests)
    discretion: Expr | None = attrs.field(default=None, kw_only=True, converter=_discretion)
    result: Expr | None = attrs.field(default=None, kw_only=True, converter=_text)
    measure: Measure | None = attrs.field(
        default=None, kw_only=True, validator=_a(Measure, "measure", "`Measure(value, required, unit)`")
    )
    due: Expr | None = attrs.field(default=None, kw_only=True, converter=_date)
    gaps: tuple[TextGap, ...] = attrs.field(
        default=(), kw_only=True, validator=tuple_of(TextGap, "text gap", "`text_gap(…)`")
    )
    also: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, validator=tuple_of(str, "locator of a clause", 'one as in `"三(一)2"`')
    )

    @property
    def conditions(self) -> Expr:
        """The whole test of the clause."""
        return self.when


@attrs.frozen(eq=False)
class Grant(Provision):
    """Cash, to the `payee`, on payment `terms`. The payee is `organization`, `person`, or the root entity's name."""

    kind = "grant"
    amount: Figure = attrs.field(
        kw_only=True, validator=_a(Figure, "figure", "`exactly(…)`, `up_to(…)`, `between(…)` or `no_figure(…)`")
    )
    terms: Terms | None = attrs.field(
        default=None,
        kw_only=True,
        validator=_a(Terms, "terms of payment", "`ONCE`, `top_up()`, `each_month()` or another"),
    )
    payee: str = attrs.field(default="organization", kw_only=True)


@attrs.frozen(eq=False)
class Support(Provision):
    """Support in kind: space, training, services."""

    kind = "in_kind"


@attrs.frozen(eq=False)
class Route(Provision):
    """A way to registration or filing."""

    kind = "route"


@attrs.frozen(eq=False)
class Duty(Provision):
    """What somebody must do: `who`, which `action`, by when (`due`)."""

    kind = "duty"
    who: str = attrs.field(kw_only=True)
    action: str = attrs.field(kw_only=True)


@attrs.frozen(eq=False)
class Sanction(Provision):
    """What follows a breach."""

    kind = "sanction"


@attrs.frozen(eq=False)
class Standard(Provision):
    """A list of requirements, each shown with its own outcome."""

    kind = "standard"
    checklist: tuple[Condition, ...] = attrs.field(
        kw_only=True, validator=tuple_of(Condition, "condition", "`condition(…)`, with its words")
    )

    @property
    def conditions(self) -> Expr:
        """Every item of the list."""
        return all_of(self.when, *self.checklist)


@attrs.frozen(eq=False)
class Target(Provision):
    """A quantity to reach by `due`. It has no test of force: it is judged on the state at the day of the question."""

    kind = "target"
    force: Expr | None = attrs.field(default=ALWAYS, kw_only=True, converter=_tests)

    @property
    def conditions(self) -> Expr:
        """The measure reached, and whatever else the clause asks."""
        return all_of(self.when, self.measure.reached) if self.measure else self.when


@attrs.frozen(eq=False)
class Qualification(Provision):
    """A standing, a listing, a recommendation."""

    kind = "qualification"
