"""Cases made from the rule tree of any pack: one in which a provision is met, and its neighbours.

A case is found by asking the reference what is missing, trying the values that the pack's own constants suggest, and
giving up a value as soon as the provision is refused. No chance is involved.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping

import attrs
from clause_asked import LEAF, Asked
from clause_leaves import Leaf, leaves
from clause_paths import Case, fact_at, given, paths

from socorg_rules.calendar import NEVER, day_after
from socorg_rules.decision import Outcome
from socorg_rules.errors import CaseError
from socorg_rules.expr import Expr, walk
from socorg_rules.facts import Type
from socorg_rules.pack import Pack
from socorg_rules.plan import Plan
from socorg_rules.refs import FactOf
from socorg_rules.words import Clock

__all__ = ["GRANTED", "Asked", "Case", "Leaf", "Met", "fact_at", "find_met", "given", "leaves", "paths", "turned"]

BUDGET = 900
"""How many cases are tried for one leaf before giving up."""

LEAST = 150
"""How many cases each value is given at least."""

GRANTED = frozenset({Outcome.MET, Outcome.DISCRETIONARY})


class Search:
    """Depth first over the facts that the reference says are missing."""

    def __init__(
        self, asked: Asked, as_of: dt.date, leaf: Expr | None = None, budget: int = BUDGET, *, sparing: bool = False
    ) -> None:
        self.asked, self.as_of, self.leaf, self.left, self.sparing = asked, as_of, leaf, budget, sparing
        self.read = {n.fact.name for n in walk(leaf) if isinstance(n, FactOf)} if leaf is not None else set()

    def met(self, case: Case) -> Case | None:
        """A case in which the provision is met and, where a leaf is given, hangs on that leaf."""
        self.left -= 1
        found = self.asked.decide(case, self.as_of) if self.left > 0 else None
        if found is None or found.outcome is Outcome.NOT_MET:
            return None
        open_ = found.missing if found.outcome is Outcome.UNDETERMINED else ()
        if self.leaf is not None:
            if not self._matters(case, self.leaf):
                return None
            sides = [self.asked.forced(case, self.as_of, self.leaf, value=v) for v in (True, False)]
            open_ = (*open_, *(m for s in sides if s and s.outcome is Outcome.UNDETERMINED for m in s.missing))
            refused = [s is None or s.outcome is Outcome.NOT_MET for s in sides]
            if not open_ and not any(refused):
                return None
        if not open_:
            return case if found.outcome in GRANTED else None
        return self._try(case, min(open_, key=self._concern))

    def _matters(self, case: Case, leaf: Expr) -> bool:
        """Whether the leaf, were it unknown, would be among what leaves the provision open."""
        found = self.asked.forced(case, self.as_of, leaf, value=None)
        return found is not None and LEAF in found.missing

    def _concern(self, path: str) -> bool:
        """What the leaf itself reads is tried first: a value under which it does not matter is soon given up."""
        return re.sub(r"\[\d+\]", "", path).rpartition(".")[2] not in self.read

    def _try(self, case: Case, path: str) -> Case | None:
        fact = fact_at(self.asked.pack, self.asked.plan.root, path)
        cases = [given(case, path, value) for value in self.asked.candidates(fact, self.as_of)]
        for one in sorted(cases, key=self._openness) if self.sparing else cases:
            # A sparing search lets no value use up all that is left: the one that is needed may come late.
            limit = min(self.left, max(LEAST, self.left // 3)) if self.sparing else self.left
            kept, self.left = self.left - limit, limit
            try:
                found = self.met(one)
            except CaseError:
                found = None
            self.left += kept
            if found is not None or self.left <= 0:
                return found
        return None

    def _openness(self, case: Case) -> int:
        """What no fact can close counts against a value."""
        self.left -= 1
        try:
            found = self.asked.decide(case, self.as_of)
        except CaseError:
            found = None
        return 99 if found is None else len(found.gaps) + len(found.open_readings)


@attrs.frozen(eq=False)
class Met:
    """A case in which a provision is met, on a day and under readings."""

    asked: Asked
    as_of: dt.date
    case: Case


def find_met(pack: Pack, plan: Plan, leaf: Leaf | None = None) -> Met | None:
    """A case in which a provision is met, with open readings left open where that can be."""
    wanted = dict(leaf.readings) if leaf else {}
    left = BUDGET
    for readings in _readings(plan, wanted):
        asked = Asked(pack, plan, readings)
        for as_of, sparing in itertools.product(asked.days()[:3], (False, True)):
            search = Search(asked, as_of, leaf.node if leaf else None, min(left, BUDGET // 3), sparing=sparing)
            before = search.left
            found = search.met({plan.root.name: {}})
            left -= before - search.left
            if found is not None:
                return Met(asked, as_of, found)
            if left <= 0:
                return None
    return None


def _readings(plan: Plan, wanted: Mapping[str, str]) -> Iterator[dict[str, str | None]]:
    """The defaults with what is wanted; then open readings closed, one alternative of each after the other."""
    base = {r.name: r.default for r in plan.readings} | wanted
    yield base
    open_ = [r for r in plan.readings if base[r.name] is None]
    most = max((len(r.alternatives) for r in open_), default=0)
    for n in range(most):
        yield base | {r.name: list(r.alternatives)[n % len(r.alternatives)] for r in open_}
    for r in plan.readings:
        if r.name not in wanted:
            for alternative in r.alternatives:
                yield base | {r.name: alternative}


def turned(met: Met, leaf: Leaf) -> Iterator[tuple[str, Case, dt.date]]:
    """The cases one step away, with another value of one fact that the leaf reads, or on another day."""
    asked = met.asked
    for path in paths(met.case, leaf.node):
        fact = fact_at(asked.pack, asked.plan.root, path)
        for value in asked.candidates(fact, met.as_of):
            yield path, given(met.case, path, value), met.as_of
    if any(isinstance(n, Clock) for n in walk(leaf.node)):
        days = [d for d in asked.constants.get(Type.DATE, []) if d != NEVER]
        spans = [dt.timedelta(days=n) for n in (-4000, -800, -400, -40, -1, 1, 40, 400, 800, 4000)]
        for day in dict.fromkeys([*days, *(day_after(d) for d in days), *(met.as_of + s for s in spans)]):
            yield "as_of", met.case, day
