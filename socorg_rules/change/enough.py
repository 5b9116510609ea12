"""How many items it takes until a count, or a sum of items each of which is limited, passes a number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ..expr import Combine, Compare, Const, Expr, walk
from ..refs import Fold

ADDED = {"count", "count_distinct", "sum"}


class Needed(NamedTuple):
    """A fold that a text holds against a number, and how many items it takes to pass that."""

    fold: Fold
    items: int


def held_against(node: Expr) -> Iterator[Needed]:
    """The counts and sums that a node holds against a number, as a comparison or the smaller or larger of the two."""
    if isinstance(node, Compare) or (isinstance(node, Combine) and node.op in {"min", "max"}):
        for side, other in ((node.left, node.right), (node.right, node.left)):
            against = list(walk(other))
            if not any(isinstance(n, Fold) for n in against):
                folds = (n for n in walk(side) if isinstance(n, Fold) and n.op in ADDED)
                yield from (Needed(fold, _items(fold, _largest(fold, against))) for fold in folds)


def _items(fold: Fold, number: int | Fraction) -> int:
    """How many items make more than a number; 0 where as few as there may be do."""
    if fold.op != "sum":
        return int(number) + 1 if number else 0
    assert fold.value is not None  # noqa: S101 - of a sum
    limit = _largest(fold, [*walk(fold.value), *walk(fold.where)])
    return int(number / Fraction(limit)) + 1 if limit > 0 else 0


def _largest(fold: Fold, nodes: list[Expr]) -> int | Fraction:
    """The largest number among nodes that is of a fold's type; 0 where there is none."""
    numbers = [n.value for n in nodes if isinstance(n, Const) and n.kind.type is fold.shape.type]
    return max((n for n in numbers if isinstance(n, int | Fraction) and not isinstance(n, bool)), default=0)
