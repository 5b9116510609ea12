"""How many items it takes until what is counted or added up passes the numbers that it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ..expr import Combine, Compare, Const, Expr, parts, walk
from ..facts import Type
from ..refs import FactOf, Fold, Pick, Quantified

ADDED = {"count", "count_distinct", "sum"}


class Needed(NamedTuple):
    """A fold that a text holds against numbers, and as many items as pass them; rather more than fewer."""

    fold: Fold
    items: int


def held_against(node: Expr) -> Iterator[Needed]:
    """The counts and sums that a node holds against numbers, as a comparison or the smaller or larger of the two.

    The numbers of both sides are taken together, as if each put the fold off by so much; a fraction counts with its
    numerator and its denominator, as many items as it takes to come to that share.
    """
    if isinstance(node, Compare) or (isinstance(node, Combine) and node.op in {"min", "max"}):
        number = _number(node.left) + _number(node.right)
        for side in (node.left, node.right):
            yield from (Needed(fold, _items(fold, number / each)) for fold, each in _folds(side, Fraction(1)))


def _folds(expr: Expr, each: Fraction) -> Iterator[tuple[Fold, Fraction]]:
    """The folds within an expression, with what one of what a fold comes to is worth in it, as far as constants say."""
    if isinstance(expr, Fold):
        if expr.op in ADDED:
            yield expr, each
        if expr.value is not None:
            yield from _folds(expr.value, each)
        return
    times = Fraction(1)
    if isinstance(expr, Combine) and expr.op in {"*", "/"}:
        known = [
            Fraction(n.value) for n in (expr.left, expr.right) if isinstance(n, Const) and _is_number(n) and n.value
        ]
        times = known[0] if known and expr.op == "*" else 1 / known[0] if known else times
    for part in parts(expr):
        yield from _folds(part, each * abs(times))


def _number(expr: Expr) -> Fraction:
    """How much the numbers in an expression come to at most; not those that are about single items."""
    match expr:
        case Const() if _is_number(expr):
            value = abs(Fraction(expr.value))  # type: ignore[arg-type]
            return value if value.denominator == 1 else Fraction(value.numerator + value.denominator)
        case Combine(op="+" | "-" | "*" | "/", left=left, right=right):
            return _number(left) + _number(right)
        case Fold(value=Fold() as inner):
            return _number(inner)
        case Fold() | Quantified() | Pick():
            return Fraction(0)
    return max((_number(part) for part in parts(expr)), default=Fraction(0))


def _is_number(node: Const) -> bool:
    return node.kind.type in {Type.NUMBER, Type.MONEY}


def _items(fold: Fold, number: Fraction) -> int:
    """How many items make more than a number; 0 where as few as there may be do."""
    if not number:
        return 0
    if fold.op != "sum":
        return int(number) + 1
    assert fold.value is not None  # noqa: S101 - of a sum
    known = [
        abs(Fraction(n.value)) for n in walk(fold.where) if isinstance(n, Const) and n.kind.type is fold.shape.type
    ]  # type: ignore[arg-type]
    limit = _least([_most(fold.value), *(n for n in known if n)])
    return int(number / limit) + 1 if limit else 0


def _most(expr: Expr) -> Fraction | None:
    """The most that an expression about an item comes to, or less; None where nothing bounds it."""
    match expr:
        case Const(value=value) if _is_number(expr):
            return Fraction(value)  # type: ignore[arg-type]
        case FactOf(fact=fact):
            return None if fact.high is None else Fraction(fact.high) * (100 if fact.type is Type.MONEY else 1)
        case Combine(op="*", left=left, right=right):
            sides = _most(left), _most(right)
            return None if None in sides else sides[0] * sides[1]  # type: ignore[operator]
        case Combine(op="min", left=left, right=right):
            return _least((_most(left), _most(right)))
        case Combine(op="+" | "max", left=left, right=right):
            sides = _most(left), _most(right)
            return None if None in sides else max(sides)  # type: ignore[type-var]
        case Fold():
            return None
    return _least(_most(part) for part in parts(expr) if part.shape.type is expr.shape.type)


def _least(numbers: Iterable[Fraction | None]) -> Fraction | None:
    return min((n for n in numbers if n is not None), default=None)
