"""The search for cases that two texts decide differently. No chance is involved.

It goes depth first over the facts that are missed, each with the values that the rules themselves suggest, and gives up
a case as soon as both texts surely decide it alike (`merging.py` says how that is known).
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from ..alike import COUNTED, Alike
from ..case import Case
from ..decide import decide
from ..decision import Finding, Outcome
from ..facts import Items, OwnFacts, Record
from ..place import Place
from ..plan import Plan
from .candidates import Candidates
from .days import told_apart
from .merging import PARTED, Merged, Pair, Taken, splits
from .order import Difference, difference
from .telling import Own, Steps, fact_of, own_of, places, steps, told, value_at


@attrs.frozen(eq=False)
class Both:
    """What two texts find of one case on one day."""

    record: Record
    as_of: dt.date
    old: Finding
    new: Finding

    @property
    def undetermined(self) -> bool:
        """Whether one side is."""
        return Outcome.UNDETERMINED in {self.old.outcome, self.new.outcome}


@attrs.frozen(eq=False)
class Asked:
    """Two texts of a provision, each under its own readings, the own facts that a case may hold, and the other
    provisions under which it may have payments."""

    pair: Pair
    old: Plan
    new: Plan
    taken_old: Taken
    taken_new: Taken
    own: tuple[OwnFacts, ...]
    valid: Callable[[Case], bool]
    elsewhere: tuple[Plan, ...] = ()

    def both(self, record: Record, as_of: dt.date, *, firm: bool = False) -> Both | None:
        """What both find; None where a case contradicts itself under one, or with `firm` where one is undetermined."""
        found = []
        for plan, taken in ((self.old, self.taken_old), (self.new, self.taken_new)):
            ev = Alike(Place(record, self.old.root.name), as_of, taken)
            found.append(decide(plan, ev))
            if ev.problems or (firm and found[-1].outcome is Outcome.UNDETERMINED):
                return None
        return Both(record, as_of, *found)

    def difference(self, both: Both) -> Difference | None:
        """How they differ."""
        return difference(both.old, both.new, (self.old, self.new))

    def case(self, record: Record) -> Case:
        """A record as a case."""
        return Case(self.old.root, record, self.own)


PROBED = 6
"""How many values of a fact are looked at where no more cases are due to it, until one leads on."""
FEW, MANY = 4, 200
"""How many items take as long as a case of a few facts: each of its own, or all of them one record."""


@attrs.define(eq=False)
class Effort:
    """How many cases may be looked at, and were."""

    left: int
    spent: int = 0

    def take(self, record: Record) -> bool:
        """Look at one more, if there is one left; one of many items counts for several."""
        if self.left <= 0:
            return False
        self.left -= 1 + _weight(record)
        self.spent += 1
        return True


def _weight(record: Record) -> int:
    """How many cases more its items count for."""
    held = [v.records for v in record.values.values() if isinstance(v, Items)]
    own = sum(len(items) // (FEW if len(items) <= COUNTED else MANY) for items in held)
    return own + sum(_weight(one) for items in held for one in (items if len(items) <= COUNTED else items[:1]))


@attrs.frozen
class _Missed:
    """Facts that are missed: those without which the texts cannot be told apart first, then all."""

    inner: tuple[str, ...]
    facts: tuple[str, ...]


class Search:
    """The search under one choice of readings."""

    def __init__(self, asked: Asked, effort: Effort) -> None:
        self.asked, self.effort = asked, effort
        merged = asked.pair.merged
        parted = [e for s in splits(merged) for e in (s.old, s.new)] if merged is not None else []
        self.candidates = Candidates((asked.pair.old, asked.pair.new), parted, asked.elsewhere)
        self.own: Own = own_of(asked.own)

    def days(self, as_of: dt.date | None) -> list[dt.date]:
        """The days on which to ask."""
        if as_of is not None:
            return [as_of]
        days = told_apart(self.candidates.questions(), (self.asked.pair.old, self.asked.pair.new))
        empty = Record(self.asked.old.root, {})
        return [d for d in days if self._alive(empty, d) is not None]

    def found(self, as_of: dt.date, *, deep: bool) -> Iterator[Both]:
        """Cases that are decided differently on a day, or found to be undetermined on one side alone.

        `deep`: all that lies below a value before the next one, as far as effort goes; else each has its share of it.
        """
        record = Record(self.asked.old.root, {})
        alive = self._alive(record, as_of)
        if alive is not None:
            yield from self._below(record, as_of, alive, frozenset(), math.inf if deep else self.effort.left)

    def _alive(self, record: Record, as_of: dt.date, untold: frozenset[str] = frozenset()) -> _Missed | None:
        """The facts that are missed, besides those that are to stay untold; None where both texts decide alike whatever
        they are."""
        merged = self.asked.pair.merged
        if merged is None:
            both = self.asked.both(record, as_of)
            return None if both is None else _Missed((), tuple(dict.fromkeys((*both.old.missing, *both.new.missing))))
        # What is taken of a reading stands in its place already; those that are left are open.
        left = dict.fromkeys({**self.asked.taken_old, **self.asked.taken_new})
        ev = Merged(Place(record, self.asked.old.root.name), as_of, left, untold=untold)
        found = decide(merged, ev)
        if ev.problems or PARTED not in found.gaps:
            return None
        missing = set(found.missing)
        return _Missed(tuple(m for m in ev.inner if m in missing), found.missing)

    def _below(
        self, record: Record, as_of: dt.date, missed: _Missed, untold: frozenset[str], credit: float
    ) -> Iterator[Both]:
        """The cases that are this one with further facts, other than those that are to stay untold."""
        path = next((p for p in (*missed.inner, *missed.facts) if p not in untold), None)
        both = self.asked.both(record, as_of, firm=path is not None)
        if both is not None and self.asked.difference(both) is not None and (path is None or not both.undetermined):
            yield both
        elif path is not None:
            yield from self._further(record, as_of, path, untold, credit, parting=path in missed.inner)

    def _further(
        self, record: Record, as_of: dt.date, path: str, untold: frozenset[str], credit: float, *, parting: bool
    ) -> Iterator[Both]:
        """The cases with a fact, each value of which may take half of the cases that are left; a few values are looked
        at even where none is. Unless a fact is `parting` the texts, what may be presumed is left untold first, and what
        may be counted instead second."""
        name = self._last(path)
        values: list[Record | None] = [*self._told(record, path, as_of)]
        if name in self.candidates.optional:
            values.insert(len(values) if parting else name not in self.candidates.presumed, None)
        probes = PROBED
        for further in values:
            left = self.effort.left
            if (credit < 1 and probes <= 0) or not self.effort.take(further or record):
                return
            kept_untold = untold if further is not None else untold | {path}
            still = self._alive(further or record, as_of, kept_untold)
            if still is not None:
                yield from self._below(further or record, as_of, still, kept_untold, credit / 2)
                probes = 0
            probes -= 1
            credit -= left - self.effort.left

    def _last(self, path: str) -> str:
        """The name of the fact that a path leads to."""
        return steps(self.asked.old.root, path, self.own)[-1][0]

    def _told(self, record: Record, path: str, as_of: dt.date) -> list[Record]:
        """The record with each value that a fact may have; of an open list, closed."""
        at = steps(record.type, path, self.own)
        if at[-1][1] is not None:  # an item that goes by no name: it may be given one
            at = (*at, ("id", None))
        fact = fact_of(self._kind(record, at), at[-1][0], self.own)
        if fact.of is not None:
            return [told(record, at, items) for items in self.candidates.lists(fact, as_of)]
        values: Iterable[Any] = self.candidates.of(fact, as_of)
        return [told(record, at, v) for v in values]

    def _kind(self, record: Record, at: Steps) -> Any:  # noqa: ANN401 - a declared entity
        kind = record.type
        for name, _ in at[:-1]:
            kind = fact_of(kind, name, self.own).of or kind
        return kind


def shrunk(asked: Asked, both: Both, wanted: Difference, effort: Effort, candidates: Candidates) -> Both:
    """A case with the same difference and as few facts as can be, then as near to the thresholds as can be."""
    return _Shrinking(asked, wanted, effort, candidates).all(both)


@attrs.frozen
class _Shrinking:
    asked: Asked
    wanted: Difference
    effort: Effort
    candidates: Candidates

    def holds(self, record: Record, as_of: dt.date) -> Both | None:
        """The findings of a changed case, where they still differ in the same way."""
        if not self.effort.take(record):
            return None
        both = self.asked.both(record, as_of)
        if both is None or self.asked.difference(both) is not self.wanted:
            return None
        decided = not both.undetermined or self.wanted is not Difference.DETAIL
        return both if decided and self.asked.valid(self.asked.case(record)) else None

    def all(self, both: Both) -> Both:
        """Fewer facts as long as that goes, then nearer values."""
        while (fewer := self._fewer(both)) is not None:
            both = fewer
        return self._nearer(both)

    def _fewer(self, both: Both) -> Both | None:
        for at, _ in sorted(places(both.record), key=lambda p: len(p[0])):
            made = self.holds(told(both.record, at, None), both.as_of)
            if made is not None:
                return made
        for at, value in places(both.record):  # fewer elements of a list
            if isinstance(value, tuple):
                for i in range(len(value)):
                    made = self.holds(told(both.record, at, (*value[:i], *value[i + 1 :])), both.as_of)
                    if made is not None:
                        return made
        return None

    def _nearer(self, both: Both) -> Both:
        own = own_of(self.asked.own)
        for at, value in list(places(both.record)):
            if isinstance(value, bool | str | tuple | Items | Record):
                continue
            kind = both.record.type
            for name, _ in at[:-1]:
                kind = fact_of(kind, name, own).of or kind
            marks = self.candidates.of(fact_of(kind, at[-1][0], own), both.as_of)
            if value not in marks:  # else it stands at one already
                both = self._towards(both, at, min(marks, key=lambda m: _apart(m, value)))
        return both

    def _towards(self, both: Both, at: Steps, mark: Any) -> Both:  # noqa: ANN401 - of the fact's own type
        """The value moved as near to a mark as the difference allows."""
        value = value_at(both.record, at)
        low, high = _number(mark), _number(value)
        if low is None or high is None or low == high:
            return both
        for _ in range(16):
            middle = low + (high - low) // 2 if high > low else low - (low - high) // 2
            if middle in {low, high}:
                break
            made = self.holds(told(both.record, at, _like(value, middle)), both.as_of)
            if made is not None:
                both, high = made, middle
            else:
                low = middle
        return both


def _apart(mark: Any, value: Any) -> int:  # noqa: ANN401
    """How far a mark lies from a value."""
    one, other = _number(mark), _number(value)
    return sys.maxsize if one is None or other is None else abs(one - other)


def _number(value: Any) -> int | None:  # noqa: ANN401
    if isinstance(value, dt.date):
        return value.toordinal() if value != dt.date.max else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _like(value: Any, number: int) -> Any:  # noqa: ANN401
    return dt.date.fromordinal(number) if isinstance(value, dt.date) else number
