"""The years that bounds must span so that nothing in some texts is out of reach of a proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from ..calendar import NEVER
from ..expr import Compare, Const, Expr, OneOf, parts, walk
from ..facts import Type
from ..plan import Plan
from ..value import FIRST_YEAR, LAST_YEAR
from ..words import Shift
from .solver_bounds import Bounds

BESIDE = 5
"""How many years beside those that are named are looked at."""
A_LIFETIME = 150
"""Up to how many years a bare number beside years may be a time, not a year."""


def spanning(plans: Iterable[Plan], bounds: Bounds) -> Bounds:
    """The bounds with the years that the plans name, and as many before and after as the longest time they speak of."""
    nodes = {n: None for plan in plans for e in plan.exprs for n in walk(e)}
    named = [*_years(nodes), *([bounds.as_of.year] if bounds.as_of is not None else [])]
    periods = (n.period.years + n.period.months // 12 for n in nodes if isinstance(n, Shift))
    longest = max((*periods, *_ages(nodes)), default=0)
    first, last = min(named, default=LAST_YEAR) - longest - BESIDE, max(named, default=FIRST_YEAR) + longest + BESIDE
    return attrs.evolve(
        bounds,
        first_year=max(FIRST_YEAR, min(bounds.first_year, first)),
        last_year=min(LAST_YEAR, max(bounds.last_year, last)),
    )


def _years(nodes: Iterable[Expr]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, Const) and isinstance(node.value, dt.date) and node.value != NEVER:
            yield node.value.year
        if isinstance(node, Const) and node.kind.type is Type.MONTH:
            yield int(str(node.value)[:4])
    yield from (int(n) for n in _beside_years(nodes) if n > A_LIFETIME)


def _ages(nodes: Iterable[Expr]) -> Iterator[int]:
    return (int(n) for n in _beside_years(nodes) if n <= A_LIFETIME)


def _beside_years(nodes: Iterable[Expr]) -> Iterator[int | Fraction]:
    """The numbers in comparisons of years."""
    for node in nodes:
        sides = list(parts(node)) if isinstance(node, Compare | OneOf) else []
        if any(side.shape.unit == "年" for side in sides):
            numbers = (n.value for side in sides for n in walk(side) if isinstance(n, Const))
            yield from (n for n in numbers if isinstance(n, int | Fraction) and 0 < n <= LAST_YEAR)
