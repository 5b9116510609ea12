"""What an interpreter knows of a node: a value, a range, or nothing yet, and what would settle it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from .reading import Reading, TextGap

Open = str | TextGap | Reading
"""Why something is not settled: a fact by its path, a text gap, or an open reading."""


class Value:
    """Everything that a node may stand for lies between `low` and `high` (None: no bound, or no order).

    It is settled exactly where `why` is empty; then both ends are the value. A test is a range between False and True,
    so that Kleene's connectives are the smaller and the larger of ranges. `absent` is True where there is no such value
    (the first of none), None where there may be none. `until` is the first later day on which any of this can
    change by the passing of time alone; None where it cannot.
    """

    __slots__ = ("absent", "high", "low", "until", "why")

    def __init__(
        self,
        low: Any,  # noqa: ANN401 - of whatever type the node has
        high: Any,  # noqa: ANN401
        why: tuple[Open, ...] = (),
        until: dt.date | None = None,
        absent: bool | None = False,  # noqa: FBT001, FBT002 - one of three values, not a switch
    ) -> None:
        self.low, self.high, self.why, self.until, self.absent = low, high, why, until, absent

    @property
    def truth(self) -> bool | None:
        """The three values of a test."""
        return None if self.why else bool(self.low)


def earliest(values: Iterable[Value]) -> dt.date | None:
    """The first day on which one of these can change."""
    days = [v.until for v in values if v.until is not None]
    return min(days) if days else None


def latest(values: Iterable[Value]) -> dt.date | None:
    """The first day on which all of these can have changed; None where one never does."""
    days = [v.until for v in values]
    return None if None in days else max(d for d in days if d is not None)


def lasting(found: Value, *others: Value) -> Value:
    """The same value, liable to change as soon as one of the others is."""
    return Value(found.low, found.high, found.why, earliest((found, *others)), found.absent)


def below(left: Any, right: Any) -> bool:  # noqa: ANN401 - of whatever ordered type
    """Whether one end is surely smaller than another; an open end is not."""
    return left is not None and right is not None and bool(left < right)


def at_least(left: Any, right: Any) -> bool:  # noqa: ANN401
    """Whether one end is surely not smaller than another."""
    return left is not None and right is not None and bool(left >= right)


def reasons(values: Iterable[Value]) -> tuple[Open, ...]:
    """All that leaves these unsettled, each once, in order."""
    found = [w for v in values for w in v.why]
    return tuple(dict.fromkeys(found)) if found else ()


YES, NO = Value(True, True), Value(False, False)


def settled(truth: bool, until: dt.date | None = None) -> Value:  # noqa: FBT001 - the value of a test
    """A test that is decided."""
    return Value(truth, truth, until=until) if until is not None else YES if truth else NO


def conjunction(parts: list[Value]) -> Value:
    """Kleene's and: false as soon as one part is, and as long as any of the false ones stays so."""
    false = [p for p in parts if not p.why and not p.low]
    if false:
        return settled(False, latest(false))
    why, until = reasons(parts), earliest(parts)
    return Value(False, True, why, until) if why else settled(True, until)


def disjunction(parts: list[Value]) -> Value:
    """Kleene's or: true as soon as one part is, and as long as any of the true ones stays so."""
    true = [p for p in parts if not p.why and p.low]
    if true:
        return settled(True, latest(true))
    why, until = reasons(parts), earliest(parts)
    return Value(False, True, why, until) if why else settled(False, until)


def negation(part: Value) -> Value:
    """Kleene's not."""
    return Value(not part.high, not part.low, part.why, part.until)


def hull(parts: list[Value], why: tuple[Open, ...] = (), *, ordered: bool) -> Value:
    """The one value of all parts where they agree, else the range that covers them, unsettled for `why`."""
    first = parts[0]
    until = earliest(parts)
    if all(not p.why and p.absent is first.absent and p.low == first.low for p in parts):
        return Value(first.low, first.high, (), until, first.absent)
    present = [p for p in parts if p.absent is not True]
    lows, highs = [p.low for p in present], [p.high for p in present]
    low = min(lows) if ordered and lows and None not in lows else None
    high = max(highs) if ordered and highs and None not in highs else None
    absent = False if all(p.absent is False for p in parts) else None
    return Value(low, high, tuple(dict.fromkeys((*why, *reasons(parts)))), until, absent)
