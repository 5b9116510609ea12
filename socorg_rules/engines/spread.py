"""Ranges of sums, as far as compiled source has them: everything is known but how the text is to be read."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

from .running import ABSENT, portion


class Spread(NamedTuple):
    """A quantity between two ends, which lie apart because of open readings; these by their names."""

    low: Any
    high: Any
    why: tuple[str, ...]


def ends(value: Any) -> Spread:  # noqa: ANN401 - a quantity or a `Spread`
    """A quantity as a range."""
    return value if isinstance(value, Spread) else Spread(value, value, ())


def apart(reading: str, *alternatives: Any) -> Any:  # noqa: ANN401 - quantities
    """What the alternatives of an open reading come to: the same, or a range that covers them."""
    first = alternatives[0]
    if None in alternatives or ABSENT in alternatives:
        return None
    if all(a == first for a in alternatives):
        return first
    every = [ends(a) for a in alternatives]
    why = dict.fromkeys((reading, *(w for s in every for w in s.why)))
    return Spread(min(s.low for s in every), max(s.high for s in every), tuple(why))


def combined(op: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - quantities
    """A calculation with quantities, one of which may be a range."""
    if left is None or right is None or left is ABSENT or right is ABSENT:
        return None
    a, b = ends(left), ends(right)
    match op:
        case "-":
            low, high = a.low - b.high, a.high - b.low
        case "*" if not isinstance(left, Spread):
            low, high = sorted((portion(b.low, left), portion(b.high, left)))
        case "*":
            corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
            low, high = min(corners), max(corners)
        case _:
            low, high = MONOTONE[op](a.low, b.low), MONOTONE[op](a.high, b.high)
    return low if low == high else Spread(low, high, tuple(dict.fromkeys((*a.why, *b.why))))


MONOTONE: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "min": min, "max": max}
"""Calculations that do not fall as either side grows."""
