"""The rule tree: its typed nodes and the operators that build them. It evaluates nothing.

Here are the nodes that operators build; `refs.py` has what reads facts and collections, `words.py` the rest.
Every interpreter (the reference in `evaluate.py`, the engines) reads these nodes. A mistake in building one raises
`PackError` at once, with the remedy.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

from .errors import PackError, nearest
from .facts import ELEMENTS, ORDERED, Type
from .misuse import Refusing
from .money import Number, to_yuan
from .value import DIVISION, MONTH

Op = Literal["==", "!=", "<", "<=", ">", ">="]
FLIPPED: dict[str, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""A comparison read from its other side."""
CombineOp = Literal["+", "-", "*", "/", "min", "max"]


@attrs.frozen
class Shape:
    """What an expression stands for: its type, its unit, and its closed values where it has some."""

    type: Type
    unit: str = ""
    values: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.type.value} ({self.unit})" if self.unit and self.type is Type.NUMBER else self.type.value


YES_NO = Shape(Type.YES_NO)


def joint(shapes: Iterable[Shape]) -> Shape:
    """What stands for one of several things of one type: its values are closed only where those of all are."""
    found = tuple(shapes)
    unit = next((s.unit for s in found if s.unit), "")
    values = frozenset(v for s in found for v in s.values) if all(s.values for s in found) else frozenset()
    return Shape(found[0].type, unit, values)


class Expr(Refusing):
    """A node of the rule tree. Python's operators build larger ones; none of them yields a Python bool."""

    __slots__: tuple[str, ...] = ()

    @property
    def shape(self) -> Shape:
        """A test unless the node says otherwise."""
        return YES_NO

    @property
    def described(self) -> str:
        """How a message names this expression."""
        return f"a {type(self).__name__.lower()} expression"

    def __eq__(self, other: object) -> Expr:  # type: ignore[override]
        return compare("==", self, other)

    def __ne__(self, other: object) -> Expr:  # type: ignore[override]
        return compare("!=", self, other)

    def __lt__(self, other: object) -> Expr:
        return compare("<", self, other)

    def __le__(self, other: object) -> Expr:
        return compare("<=", self, other)

    def __gt__(self, other: object) -> Expr:
        return compare(">", self, other)

    def __ge__(self, other: object) -> Expr:
        return compare(">=", self, other)

    def __and__(self, other: object) -> Expr:
        return all_of(self, other)

    def __or__(self, other: object) -> Expr:
        return any_of(self, other)

    def __invert__(self) -> Expr:
        return Not(test(self, "~"))

    def __add__(self, other: object) -> Expr:
        return combine("+", self, other)

    def __sub__(self, other: object) -> Expr:
        return combine("-", self, other)

    def __mul__(self, other: object) -> Expr:
        return combine("*", self, other)

    def __rsub__(self, other: object) -> Expr:
        return combine("-", other, self)

    __rmul__ = __mul__
    __radd__ = __add__

    __hash__ = object.__hash__

    def is_in(self, values: Iterable[object]) -> Expr:
        """True where this is one of the values."""
        known = tuple(constant(v, self.shape) for v in values)
        if not known:
            raise PackError(f"{self.described} is_in: the list is empty, so that nothing could be in it")
        for value in known:
            alike(f"{self.described} is_in", self.shape, value.shape)
        return OneOf(self, known)

    def contains(self, value: object) -> Expr:
        """True where this list holds the value."""
        element = ELEMENTS.get(self.shape.type)
        if element is None:
            raise PackError(f"{self.described} is no list; only a list can contain a value")
        held = Shape(element, self.shape.unit, self.shape.values)
        sought = constant(value, held)
        alike(f"{self.described} contains", held, sought.shape)
        return Contains(self, sought)

    def within(self, *codes: str) -> Expr:
        """True where this division is one of those named, or lies within one."""
        if self.shape.type is not Type.DIVISION:
            raise PackError(f"{self.described} is {self.shape}, not a division")
        for code in codes or ("",):
            _written(code, Type.DIVISION)
        return InDivision(self, codes)


@attrs.frozen(eq=False)
class Const(Expr):
    """A value that the document gives. Money is in fen. A `name` is what amendments call it, where it has one."""

    value: Number | str | dt.date | bool
    kind: Shape
    name: str = ""

    @property
    def shape(self) -> Shape:
        """As declared."""
        return self.kind

    @property
    def described(self) -> str:
        """The value itself, money as it is written in a pack."""
        if self.kind.type is Type.MONEY and isinstance(self.value, int | Fraction):
            return f"`yuan({to_yuan(self.value)})`"
        return f"`{self.value}`"


@attrs.frozen(eq=False)
class Combine(Expr):
    """Two quantities added, subtracted, multiplied, one as a share of the other, or the smaller or larger of them."""

    op: CombineOp
    left: Expr
    right: Expr

    @property
    def shape(self) -> Shape:
        """Money as soon as one side is money; a share is bare; a rate times what it is per is what it is a rate of."""
        if self.op == "/":
            return Shape(Type.NUMBER)
        sides = self.left.shape, self.right.shape
        found = next((s for s in sides if s.type is Type.MONEY), next((s for s in sides if s.unit), sides[0]))
        if self.op != "*" or found.type is Type.MONEY:
            return found
        return Shape(found.type, product_unit(sides[0].unit, sides[1].unit) or "")


@attrs.frozen(eq=False)
class Compare(Expr):
    """A comparison. A value that does not exist (the first of none) fails every one."""

    op: Op
    left: Expr
    right: Expr


@attrs.frozen(eq=False)
class OneOf(Expr):
    """Membership in a short list of values."""

    of: Expr
    values: tuple[Expr, ...]


@attrs.frozen(eq=False)
class Contains(Expr):
    """Whether a list holds a value."""

    list: Expr
    value: Expr


@attrs.frozen(eq=False)
class InDivision(Expr):
    """Whether a division lies within one of those named (trailing `00` dropped, prefixes compared)."""

    of: Expr
    codes: tuple[str, ...]


@attrs.frozen(eq=False)
class And(Expr):
    """All of the tests."""

    parts: tuple[Expr, ...]


@attrs.frozen(eq=False)
class Or(Expr):
    """Any of the tests."""

    parts: tuple[Expr, ...]


@attrs.frozen(eq=False)
class Not(Expr):
    """The contrary of a test."""

    part: Expr


ALWAYS = Const(value=True, kind=YES_NO)
"""The test that always holds."""
IMPOSSIBLE = Const(value=False, kind=YES_NO)
"""The test that never holds."""


def test(value: object, where: str) -> Expr:
    """The value as a test, or a mistake."""
    if isinstance(value, bool):
        told = "it is decided before a case is known, as by `in {...}` or `is`; write `.is_in([...])`, `==` or `~`, or"
        raise PackError(f"`{where}`: `{value}` is no test; {told} `{'ALWAYS' if value else 'IMPOSSIBLE'}`")
    expr = constant(value)
    if expr.shape.type is not Type.YES_NO:
        raise PackError(f"`{where}` joins tests, and {expr.described} is {expr.shape}; compare it with something")
    return expr


def _literal(value: object) -> tuple[Type, Number | str | dt.date | bool] | None:
    match value:
        case bool():
            return Type.YES_NO, value
        case int() | Fraction():
            return Type.NUMBER, value
        case Decimal() if value.is_finite():
            return Type.NUMBER, Fraction(value)
        case dt.date() if not isinstance(value, dt.datetime):
            return Type.DATE, value
        case str():
            return Type.TEXT, value
    return None


def constant(value: object, like: Shape | None = None) -> Expr:
    """The value as an expression; `like` is the shape of what it stands beside, which says what a text means."""
    if isinstance(value, Expr):
        if value.shape.type is Type.ITEMS:
            raise PackError(f"{value.described} is a collection, and no value; write `.any(...)`, `.count(...)` …")
        return value
    found = _literal(value)
    if found is None:
        remedy = "; write an integer, a Fraction or a Decimal" if isinstance(value, float) else ""
        raise PackError(f"`{value!r}` cannot stand in an expression{remedy}")
    kind, plain = found
    if like and kind is Type.TEXT and like.type in {Type.DIVISION, Type.MONTH}:
        kind = like.type
        _written(value, kind)
    if like and kind is Type.NUMBER and like.type is Type.MONEY:
        raise PackError(f"`{value}` is a bare number beside money; write `yuan({value})`")
    if like and kind is Type.TEXT and like.type is Type.DATE:
        raise PackError(f'`{value}` is text beside a date; write `day("{value}")`')
    if like and like.values and value not in like.values:
        raise PackError(f"`{value}` is none of the values{nearest(value, like.values)}")
    return Const(plain, Shape(kind))


WRITTEN = {
    Type.DIVISION: (DIVISION, "division code; write 2, 4, 6, 9 or 12 digits"),
    Type.MONTH: (MONTH, "month; write YYYY-MM"),
}
"""How texts are written that are not any text."""


def _written(value: object, kind: Type) -> None:
    pattern, what = WRITTEN[kind]
    if not (isinstance(value, str) and re.fullmatch(pattern, value)):
        raise PackError(f"`{value}` is no {what}")


def alike(what: str, left: Shape, right: Shape) -> None:
    """Raise where two shapes cannot stand side by side."""
    if left.type is not right.type or (left.unit and right.unit and left.unit != right.unit):
        raise PackError(f"{what}: {left} and {right} cannot be compared or exchanged")


def compare(op: Op, left: Expr, other: object) -> Expr:
    """A comparison, checked for types, units and closed values."""
    if left.shape.type is Type.YES_NO:
        raise PackError(f"{left.described} is yes/no: write it alone, or with `~` for its contrary")
    if left.shape.type in {*ELEMENTS, Type.ITEMS}:
        raise PackError(f"{left.described} is a {left.shape}; write `.contains(...)`, `.any(...)` or `.count()`")
    right = constant(other, left.shape)
    alike(f"{left.described} {op} {right.described}", left.shape, right.shape)
    if op not in {"==", "!="} and left.shape.type not in ORDERED:
        raise PackError(f"{left.described} is {left.shape} and has no order; write `.is_in([...])` or a table")
    return Compare(op, left, right)


def product_unit(left: str, right: str) -> str | None:
    """The unit of a product: of the side that has one, or what a rate (2 人/个) is a rate of; None where it makes none.

    >>> product_unit("人/个", "个"), product_unit("", "人"), product_unit("人", "个")
    ('人', '人', None)
    """
    if not left or not right:
        return left or right
    for one, other in ((left, right), (right, left)):
        what, _, per = one.partition("/")
        if per == other:
            return what
    return None


def combine(op: CombineOp, left: object, other: object) -> Expr:
    """An arithmetic node, checked for units."""
    first, second = constant(left), constant(other)
    kinds = (first.shape.type, second.shape.type)
    what = f"{first.described} {op} {second.described}"
    if op in {"+", "-"} and Type.DATE in kinds:
        raise PackError(f"{what}: write `after({first.described}, years(…))` to count a period from a date")
    if any(k not in {Type.NUMBER, Type.MONEY} for k in kinds) and not (op in {"min", "max"} and kinds[0] in ORDERED):
        raise PackError(f"{what}: {first.shape} and {second.shape} are no quantities")
    if op == "*":
        if kinds == (Type.MONEY, Type.MONEY):
            raise PackError(f"{what}: yuan times yuan is no sum; one side must be a bare number or a share")
        if product_unit(first.shape.unit, second.shape.unit) is None:
            told = "one side must be a bare number, a share, or a rate of what stands beside it"
            raise PackError(f"{what}: {first.shape} times {second.shape}; {told}")
    else:
        alike(what, first.shape, second.shape)
    return Combine(op, first, second)


def all_of(*parts: object) -> Expr:
    """True where every test is; nested ones of the same kind are flattened."""
    return And(tuple(_flat(And, parts, "all_of")))


def any_of(*parts: object) -> Expr:
    """True where at least one test is."""
    return Or(tuple(_flat(Or, parts, "any_of")))


def _flat(kind: type[And | Or], parts: Iterable[object], where: str) -> Iterator[Expr]:
    for part in parts:
        expr = test(part, where)
        if isinstance(expr, kind):
            yield from expr.parts
        else:
            yield expr


def parts(expr: Expr) -> Iterator[Expr]:
    """The nodes directly below one, in order; the collections that it ranges over are not among them."""
    for name in type(expr).__slots__:  # every node is an attrs class, its fields its slots
        value = getattr(expr, name, None)
        if isinstance(value, Expr):
            yield value
        elif isinstance(value, tuple):
            yield from (v for v in value if isinstance(v, Expr))
        elif isinstance(value, Mapping):
            yield from (v for v in value.values() if isinstance(v, Expr))


def walk(expr: Expr) -> Iterator[Expr]:
    """The node and everything below it, each before its parts, and once however many nodes share it."""
    seen: set[Expr] = set()
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting.extend(reversed([*parts(node)]))
