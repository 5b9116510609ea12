"""What one case tells otherwise, or besides, than another: the single changes that lead from the one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import attrs

from .calendar import parse_day
from .case import Case
from .case_edit import fact_at

ChangeKind = Literal["told", "changed", "added", "completed"]


@attrs.frozen
class FactChange:
    """One change of a case, in plain data.

    `kind`: a fact that was not known is `told`, a known one `changed`; an item is `added` to the collection at `path`,
    `after` being all of it; or a collection is told to be `completed`: there is no item beside those told.
    """

    kind: ChangeKind
    path: str
    before: Any
    after: Any
    judgement: bool = False

    @property
    def size(self) -> Fraction:
        """From nothing to 1: of a quantity, its part of the larger one; of days, their part of a year; all else 1.

        >>> FactChange("changed", "", "80", "100").size, FactChange("changed", "", "2023-01-01", "2023-03-15").size
        (Fraction(1, 5), Fraction(1, 5))
        """
        if self.kind != "changed":
            return Fraction(1)
        one, other = (_number(v) for v in (self.before, self.after))
        if one is not None and other is not None:
            largest = max(abs(one), abs(other))
            return abs(one - other) / largest if largest else Fraction(0)
        days = [parse_day(v) if isinstance(v, str) else None for v in (self.before, self.after)]
        if days[0] is not None and days[1] is not None:
            return min(Fraction(1), Fraction(abs((days[1] - days[0]).days), 365))
        return Fraction(1)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return attrs.asdict(self, recurse=False)


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return Fraction(Decimal(value))
    except ArithmeticError:
        return None


def differences(before: Case, after: Case) -> tuple[FactChange, ...]:
    """The changes from one case to another that tells at least as much, in the order in which they can be made."""
    root = before.root.name
    found = [_judged(after, c) for c in _facts(after, before.to_dict()[root], after.to_dict()[root], root)]
    return tuple(sorted(found, key=lambda c: c.kind in {"added", "completed"}))


def _judged(case: Case, change: FactChange) -> FactChange:
    """The change, marked where the authority judges what it tells."""
    if change.kind == "completed":
        return change
    fact = fact_at(case, change.path)
    judged = fact is not None and fact.judgement
    if change.kind == "added" and fact is not None and fact.of is not None:
        judged = any(fact.of.facts[name].judgement for name in change.after if name in fact.of.facts)
    return attrs.evolve(change, judgement=judged)


def _facts(case: Case, old: Any, new: Any, path: str) -> Iterator[FactChange]:  # noqa: ANN401 - plain data
    for name, after in new.items():
        before, here = old.get(name), f"{path}.{name}"
        if after == before:
            continue
        fact = fact_at(case, here)
        if fact is None:  # all that a pack declares
            yield from _facts(case, before or {}, after, here)
        elif fact.of is not None:
            yield from _items(case, before, after, here)
        else:
            yield FactChange("told" if before is None else "changed", here, before, after)


def _items(case: Case, before: Any, after: Any, path: str) -> Iterator[FactChange]:  # noqa: ANN401
    """What is new in a collection: facts of its items, items, and that there are no others."""
    if before is None and after == []:
        yield FactChange("told", path, None, [])
        return
    old, new = _listed(before), _listed(after)
    for i, (one, other) in enumerate(zip(old, new, strict=False)):
        yield from _facts(case, one, other, f"{path}[{i}]")
    for item in new[len(old) :]:
        yield FactChange("added", path, None, item)
    if isinstance(after, list) and not isinstance(before, list):
        yield FactChange("completed", path, before=False, after=True)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None:
        return []
    listed: list[Any] = value if isinstance(value, list) else value["items"]
    return listed
