"""Cases in which a provision comes out as wanted, and the cases one fact away that come out otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs

from ..assess import read_under
from ..case import Case
from ..decide import decide
from ..decision import GRANTED, Finding, Outcome
from ..errors import CaseError
from ..evaluate import Evaluator
from ..facts import Items, Record
from ..pack import Pack
from ..place import Place
from ..plan import Plan
from .candidates import Candidates
from .search import Effort
from .telling import Steps, fact_of, own_of, places, steps, told

Taken = Mapping[str, str | None]


@attrs.frozen(eq=False)
class Reached:
    """A case that a provision decides, on a day and under readings."""

    record: Record
    as_of: dt.date
    readings: Taken
    found: Finding


class Reaching:
    """The search for cases that a provision grants, in the values that its rules suggest.

    `chosen` is the alternative to take of some of the pack's readings, None where one is to stay open.
    """

    def __init__(self, pack: Pack, plan: Plan, chosen: Taken) -> None:
        self.pack, self.plan, self._chosen = pack, plan, chosen
        self.candidates = Candidates([plan])
        self._own = own_of(pack.own)

    def granted(self, effort: Effort, as_of: dt.date) -> Iterator[Reached]:
        """Cases that are met, or left to the authority: open readings as they are, then closed in one way each."""
        for readings in self._ways():
            share = Effort(min(effort.left, 120))
            effort.left -= share.left
            yield from self._below(Record(self.plan.root, {}), as_of, readings, share)
            effort.left += share.left

    def _ways(self) -> Iterator[Taken]:
        taken = {**self.pack.default_readings, **self._chosen}
        yield taken
        open_ = [r for r in self.plan.readings if taken[r.name] is None and r.name not in self._chosen]
        for n in range(max((len(r.alternatives) for r in open_), default=0)):
            yield taken | {r.name: list(r.alternatives)[n % len(r.alternatives)] for r in open_}

    def decided(self, record: Record, as_of: dt.date, readings: Taken) -> Finding | None:
        """What is decided; None where the case contradicts itself."""
        ev = Evaluator(Place(record, self.plan.root.name), as_of, readings)
        found = decide(self.plan, ev)
        return None if ev.problems else found

    def _below(self, record: Record, as_of: dt.date, readings: Taken, effort: Effort) -> Iterator[Reached]:
        found = self.decided(record, as_of, readings)
        if found is None or found.outcome is Outcome.NOT_MET:
            return
        if found.outcome in GRANTED:
            if self.valid(record):
                yield Reached(record, as_of, readings, found)
            return
        if not found.missing:
            return
        at = steps(self.plan.root, found.missing[0], self._own)
        for further in self.further(record, at, as_of):
            if not effort.take(further):
                return
            yield from self._below(further, as_of, readings, effort)

    def further(self, record: Record, at: Steps, as_of: dt.date) -> list[Record]:
        """The record with each value that a fact may have."""
        at = at if at[-1][1] is None else (*at, ("id", None))
        kind = record.type
        for name, _ in at[:-1]:
            kind = fact_of(kind, name, self._own).of or kind
        fact = fact_of(kind, at[-1][0], self._own)
        if fact.of is not None:
            return [told(record, at, items) for items in self.candidates.lists(fact, as_of)]
        return [told(record, at, value) for value in self.candidates.of(fact, as_of)]

    def beside(self, reached: Reached) -> Iterator[tuple[str, Record, Finding]]:
        """The cases that differ from one in a single fact and come out otherwise, each with the path of the fact."""
        for at, value in list(places(reached.record)):
            if isinstance(value, Record | Items):
                continue
            for further in self.further(reached.record, at, reached.as_of):
                found = self.decided(further, reached.as_of, reached.readings)
                turned = found is not None and found.outcome not in {reached.found.outcome, Outcome.UNDETERMINED}
                if found is not None and turned and self.valid(further):
                    yield path_of(reached.record, at), further, found

    def case(self, record: Record) -> Case:
        """A record as a case."""
        return Case(self.plan.root, record, self.pack.own)

    def valid(self, record: Record) -> bool:
        """Whether a case file may say so."""
        try:
            read_under(self.case(record).to_dict(), [self.pack])
        except CaseError:
            return False
        return True


def path_of(record: Record, at: Steps) -> str:
    """The steps as a path of the case file."""
    return record.type.name + "".join(f".{name}" + ("" if i is None else f"[{i}]") for name, i in at)
