"""How many items it takes until what is counted or added up passes the numbers that it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import prod
from typing import NamedTuple

from ..expr import Combine, Compare, Const, Expr, parts, walk
from ..facts import Type
from ..refs import FactOf, Fold, Pick, Quantified

ADDED = {"count", "count_distinct", "sum"}
QUANTITIES = {Type.NUMBER, Type.MONEY}


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
    if isinstance(expr, Combine) and expr.op in {"*", "/"}:
        times = next((abs(n) for side in (expr.left, expr.right) if (n := _stated(side))), Fraction(1))
        each = each * times if expr.op == "*" else each / times
    for part in parts(expr):
        yield from _folds(part, each)


def _number(expr: Expr) -> Fraction:
    """How much the numbers in an expression come to at most; not those that are about single items."""
    match expr:
        case Const():
            value = abs(_stated(expr) or Fraction(0))
            return value if value.denominator == 1 else Fraction(value.numerator + value.denominator)
        case Combine(op="+" | "-" | "*" | "/", left=left, right=right):
            return _number(left) + _number(right)
        case Fold(value=Fold() as inner):
            return _number(inner)
        case Fold() | Quantified() | Pick():
            return Fraction(0)
    return max((_number(part) for part in parts(expr)), default=Fraction(0))


def _items(fold: Fold, number: Fraction) -> int:
    """How many items make more than a number; 0 where as few as there may be do."""
    if not number:
        return 0
    if fold.op != "sum":
        return int(number) + 1
    assert fold.value is not None  # noqa: S101 - of a sum
    limits = (n for n in walk(fold.where) if n.shape.type is fold.shape.type)
    limit = _least([_most(fold.value), *(abs(n) for one in limits if (n := _stated(one)))])
    return int(number / limit) + 1 if limit else 0


def _most(expr: Expr) -> Fraction | None:
    """The most that an expression about an item comes to, or less; None where nothing bounds it."""
    match expr:
        case Const():
            return _stated(expr)
        case FactOf(fact=fact):
            return None if fact.high is None else Fraction(fact.high) * (100 if fact.type is Type.MONEY else 1)
        case Fold():
            return None
    sides = [_most(part) for part in parts(expr) if part.shape.type in QUANTITIES]
    known = [n for n in sides if n is not None]
    if isinstance(expr, Combine) and expr.op in {"*", "+", "max"}:
        taken = prod(known, start=Fraction(1)) if expr.op == "*" else max(known, default=None)
        return taken if len(known) == len(sides) else None
    return _least(known)


def _stated(node: Expr) -> Fraction | None:
    """The number or sum that a constant states."""
    if not isinstance(node, Const) or node.kind.type not in QUANTITIES:
        return None
    return Fraction(node.value) if isinstance(node.value, int | Fraction) else None


def _least(numbers: Iterable[Fraction | None]) -> Fraction | None:
    return min((n for n in numbers if n is not None), default=None)
