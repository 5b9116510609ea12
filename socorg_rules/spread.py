"""The spread of a total over all readings. Provisions share readings, so that its extremes are joint choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from .combinations import Taken
from .money import Amount

JOINT = 50_000
"""How many joint combinations are compared; beyond it, each provision's own extremes are added, which only bound it."""

Part = tuple[tuple[str, ...], list[tuple[Taken, Amount]]]
"""What one provision adds: the readings that this hangs on, and the sum under each combination."""


@attrs.frozen
class Spread:
    """What is payable in all to a payee, once or every month: under the readings `chosen`, and at the extremes.

    `least` and `most` are the totals under the strictest and the most generous lawful combination of readings, ordered
    by their upper ends, then by their lower ones; `least_under` and `most_under` are such combinations. Where they are
    not `exact`, they are bounds that no combination passes and perhaps none reaches; no combination is named then.
    """

    payee: str
    chosen: Amount
    least: Amount
    most: Amount
    least_under: Taken | None
    most_under: Taken | None
    exact: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the robustness schema."""
        made: dict[str, Any] = {"payee": self.payee, "per": self.chosen.per, "exact": self.exact}
        for name in ("chosen", "least", "most"):
            made[name] = {k: v for k, v in getattr(self, name).to_dict().items() if k != "per"}
        for name in ("least_under", "most_under"):
            under = getattr(self, name)
            made[name] = None if under is None else dict(under)
        return made


Joint = tuple[Taken, Amount]


def spread(payee: str, chosen: Amount, parts: Iterable[Part], *, exact: bool) -> Spread:
    """The extremes of a sum of parts. Parts that share no reading are looked at separately."""
    nothing = Amount(Decimal("0.00"), Decimal("0.00"), chosen.per)
    least: Joint = ({}, nothing)
    most: Joint = ({}, nothing)
    for group in _groups(list(parts)):
        joint = _joint(group) if exact else None
        exact = joint is not None
        low, high = _extremes(joint) if joint is not None else _bounds(group)
        least, most = _both(least, low), _both(most, high)
    return Spread(payee, chosen, least[1], most[1], least[0] if exact else None, most[0] if exact else None, exact)


def _groups(parts: list[Part]) -> Iterator[list[Part]]:
    """The parts that share readings, directly or through others."""
    while parts:
        group, parts = parts[:1], parts[1:]
        while more := [p for p in parts if {*p[0]} & {r for g in group for r in g[0]}]:
            group += more
            parts = [p for p in parts if not any(p is m for m in more)]
        yield group


def _joint(group: list[Part]) -> list[Joint] | None:
    """The sum of a group under each joint combination of what it hangs on; None where these are too many."""
    joint: list[Joint] = []
    for number, (readings, cases) in enumerate(group):
        own = {frozenset(t.items()): (t, a) for t, a in (({r: t[r] for r in readings if r in t}, a) for t, a in cases)}
        if number and len(joint) * len(own) > JOINT:
            return None
        pairs = ((one, other) for one in joint for other in own.values()) if number else ()
        joint = [_both(one, other) for one, other in pairs if _agree(one[0], other[0])] if number else [*own.values()]
    return joint


def _agree(one: Taken, other: Taken) -> bool:
    return all(other.get(name, taken) == taken for name, taken in one.items())


def _both(one: Joint, other: Joint) -> Joint:
    return {**one[0], **other[0]}, one[1] + other[1]


def _size(amount: Amount) -> tuple[bool, Decimal, Decimal]:
    """What orders sums: the upper end, none being the largest, then the lower one."""
    return amount.max is None, amount.max or Decimal(0), amount.min


def _extremes(joint: list[Joint]) -> tuple[Joint, Joint]:
    return min(joint, key=lambda j: _size(j[1])), max(joint, key=lambda j: _size(j[1]))


def _bounds(group: list[Part]) -> tuple[Joint, Joint]:
    """The least and the most that each end can be, part by part."""
    low = high = Amount(Decimal("0.00"), Decimal("0.00"), group[0][1][0][1].per)
    for _, cases in group:
        lows, highs = [a.min for _, a in cases], [a.max for _, a in cases]
        known = [h for h in highs if h is not None]
        low += Amount(min(lows), min(known, default=None), low.per)
        high += Amount(max(lows), None if None in highs else max(known), low.per)
    return ({}, low), ({}, high)
