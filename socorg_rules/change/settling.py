"""The solver asked, where it is installed: whether two texts of a provision decide every case alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from ..case import Case
from ..engines.solver_bounds import Work
from ..plan import Plan
from .merging import Taken, settled_plan
from .order import GENEROUS, SLIGHT, STRICT, Difference, difference

if TYPE_CHECKING:
    from ..engines.solver_bounds import Bounds

MOST_ITEMS = 4
"""As many items as proofs are sought about where numbers in a text need so many; with more, z3 takes too long."""
SOLVER = f"{__package__.rpartition('.')[0]}.engines.solver"


Proof = Literal["same", "undecided", "detail", "one_way"]
PROOFS: tuple[Proof, ...] = get_args(Proof)


@attrs.frozen(eq=False)
class Shown:
    """A case of the solver, with what was chosen of the readings besides those asked for, and how the texts differ."""

    case: Case
    as_of: dt.date
    readings: Mapping[str, str | None]
    kind: Difference | None


@attrs.frozen(eq=False)
class Said:
    """What the solver says.

    Proofs about the cases `within` bounds: `same`, every case is decided alike; `undecided`, every case that both
    texts decide is; `detail`, every case that both decide has the same outcome and sums; `one_way`, all that differs in
    these is for the better, or all for the worse, as what is known. `differs`: cases, and no proof; `unknown`: `why`.
    `shown` are the cases found, which there may be beside each proof but the first.
    """

    status: Proof | Literal["differs", "unknown"]
    why: str = ""
    shown: tuple[Shown, ...] = ()
    within: Bounds | None = None


@attrs.define(eq=False)
class Patience:
    """How much work the solver may still do, for how many provisions that are waiting."""

    left: float
    waiting: int = 1

    @contextmanager
    def share(self) -> Iterator[Work]:
        """The share of a provision; what it does not use is left to those after it."""
        share = Work(self.left / max(1, self.waiting))
        given = share.left
        yield share
        self.left = max(0.0, self.left - (given - share.left))


@attrs.frozen
class Within:
    """On what day the solver is asked, or on any; the other provisions under which a case may have payments; and how
    much work it may do."""

    as_of: dt.date | None
    elsewhere: tuple[Plan, ...]
    work: Work


def installed() -> bool:
    """Whether the extra `solver` is."""
    return find_spec("z3") is not None and find_spec(SOLVER) is not None


def ask_solver(
    old: Plan,
    new: Plan,
    taken: tuple[Taken, Taken],
    within: Within,
    known: AbstractSet[Difference],
    *,
    chosen: bool,
) -> Said | None:
    """What the solver says of two texts; None where it is not installed.

    It is asked for a case that both decide: of those that tell every fact, first under the readings of each text, then
    under any; then of all cases. Where there is none, for any case at all. Where one differs in a detail alone, for
    another outcome or sum; where one is for the better, or for the worse, for one that is not. What is `known` of cases
    that both decide is not asked again; `chosen` says that they are under other readings than those of each text:
    then a case under these is asked for first.
    """
    if not installed():
        return None
    asked = _Asked(old, new, taken, within)
    if known - SLIGHT:
        own = asked.under_own() if chosen else None
        return asked.otherwise(known, chosen=chosen) if own is None else asked.otherwise({own.kind}, own)
    return asked.beyond() if known else asked.said()


class _Asked:
    """Two texts of a provision, side by side: each under its own readings; under any that is the same for both; and,
    where some of their own differ, under these and any of the others."""

    def __init__(self, old: Plan, new: Plan, taken: tuple[Taken, Taken], within: Within) -> None:
        self.solver: Any = import_module(SOLVER)
        self.plans, self.work = (old, new), within.work
        both = [{r.name: frozenset(r.alternatives) for r in plan.readings} for plan in (old, new)]
        # of which both packs know: one that one has alone stays as it is taken there
        names = [n for n in {**both[0], **both[1]} if all(n in t for t in taken)]
        apart = {n for n in names if taken[0].get(n) != taken[1].get(n)}
        self.comparable = all(both[0][n] == both[1][n] for n in both[0].keys() & both[1].keys())
        free = [set(names), set(names) - apart] if apart else [set(names)]
        self.sides = [self._side(old, new, taken, f) for f in (set(), *(free if self.comparable else ()))]
        self.sides = self.sides if names else self.sides[:1]
        needed = self.solver.needed((old, new))
        bounds = self.solver.spanning((old, new), self.solver.Bounds(as_of=within.as_of, elsewhere=within.elsewhere))
        self.all = attrs.evolve(bounds, items=max(bounds.items, min(needed, MOST_ITEMS)))
        self.told = attrs.evolve(self.all, complete=True)
        self.short = f"a number in it needs {needed} items" if needed > self.all.items else ""
        """Why no proof within the bounds says anything of all cases, if so."""
        self._held: dict[tuple[int, bool], Any] = {}

    def _side(self, old: Plan, new: Plan, taken: tuple[Taken, Taken], free: set[str]) -> tuple[Plan, Plan, Taken]:
        """Both under their own readings but for those that may be any. What is taken of a reading stands in its place,
        so that those that are left are open."""
        own = [{n: a for n, a in t.items() if n not in free} for t in taken]
        any_ = dict.fromkeys(free, self.solver.FREE)
        return settled_plan(old, own[0]), settled_plan(new, own[1]), {**dict.fromkeys({**own[0], **own[1]}), **any_}

    def said(self) -> Said:
        """A case, or a proof as far as its work finds one."""
        found, unproved = self._first("decided", self.told, self.all)
        if found is not None:
            return self.beyond(found) if found.kind in SLIGHT else self.otherwise({found.kind}, found)
        seen, open_ = self._first("any", self.all)
        shown = () if seen is None else (seen,)
        if not shown and not open_:
            return Said("same", within=self.all)
        if not unproved:
            return Said("undecided", shown=shown, within=self.all)
        return Said("differs" if shown else "unknown", open_, shown)

    def beyond(self, *slight: Shown) -> Said:
        """A case with another outcome or sum, or that there is none beyond what differs slightly."""
        found, unproved = self._first("outcome", self.told, self.all)
        if found is not None:
            return self.otherwise({found.kind}, found)
        if not unproved:
            return Said("detail", shown=slight, within=self.all)
        return Said("differs" if slight else "unknown", unproved, slight)

    def under_own(self) -> Shown | None:
        """A case with another outcome or sum under the readings of each text."""
        return self._first("outcome", self.told, self.all, own=True)[0]

    def otherwise(self, known: AbstractSet[Difference | None], *first: Shown, chosen: bool = False) -> Said:
        """A case that is not for the better, or for the worse, as those known are; or that there is none.

        It is under the readings of each text where those known are.
        """
        way = next((question for kinds, question in OTHERWISE if known <= kinds), None)
        if way is None:
            return Said("differs", "", first)
        own = not chosen and not any(one.readings for one in first)
        found, unproved = self._first(way, self.told, self.all, own=own)
        if found is not None:
            return Said("differs", "", (*first, found))
        return Said("differs", unproved, first) if unproved else Said("one_way", shown=first, within=self.all)

    def _first(self, question: str, *bounds: Any, own: bool = False) -> tuple[Shown | None, str]:  # noqa: ANN401 - of the solver
        """The first case found, with `own` under the readings of each text; else why it is not proved that there is
        none: nothing, where it is."""
        why = ""
        for within in bounds:
            why = self.short or ("" if self.comparable or own else "a reading has other alternatives")
            for n, side in enumerate(self.sides[:1] if own else self.sides):
                found = self._asked_of(n, within).settled(question)
                if found.status == "differs":
                    return self._shown(found, side[2]), ""
                why = why or found.why * (found.status == "unknown")
        return None, why

    def _asked_of(self, side: int, bounds: Any) -> Any:  # noqa: ANN401 - of the solver
        """Both texts of a side, over the cases within bounds; the same for every question."""
        key = side, bounds.complete
        if key not in self._held:
            self._held[key] = self.solver.Held(*self.sides[side], bounds, self.work)
        return self._held[key]

    def _shown(self, found: Any, taken: Taken) -> Shown:  # noqa: ANN401 - of the solver
        """The case that was found, with what was chosen of the readings that may be any."""
        free = {n for n, a in taken.items() if a == self.solver.FREE}
        chosen = {n: a for n, a in found.readings.items() if n in free}
        return Shown(found.witness, found.as_of, chosen, difference(found.before, found.after, self.plans))


OTHERWISE = ((GENEROUS, "not_more_generous"), (STRICT, "not_stricter"))
"""What is asked for beyond differences of these kinds."""
