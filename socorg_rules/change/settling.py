"""The solver asked, where it is installed: whether two texts of a provision decide every case alike."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import attrs

from ..case import Case
from ..plan import Plan
from .merging import Taken, settled_plan

SOLVER = f"{__package__.rpartition('.')[0]}.engines.solver"


@attrs.frozen(eq=False)
class Said:
    """What the solver says.

    `same`: every case is decided alike; `undecided`: every case that both texts decide is, another may be told; both
    of the cases that `why` names. `differs`: a case, which both decide as far as one was found; `unknown`: why.
    """

    status: Literal["same", "undecided", "differs", "unknown"]
    why: str
    case: Case | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str | None] = attrs.field(factory=dict)


@attrs.define(eq=False)
class Patience:
    """How many seconds the solver may still take, for how many provisions that are waiting."""

    left: float
    waiting: int = 1

    @contextmanager
    def share(self) -> Iterator[float]:
        """Until when a provision may take its share; what it does not use is left to those after it."""
        start = time.monotonic()
        yield start + self.left / max(1, self.waiting)
        self.left = max(0.0, self.left - (time.monotonic() - start))


def installed() -> bool:
    """Whether the extra `solver` is."""
    return find_spec("z3") is not None and find_spec(SOLVER) is not None


def ask_solver(old: Plan, new: Plan, taken: tuple[Taken, Taken], as_of: dt.date | None, until: float) -> Said | None:
    """What the solver says of two texts; None where it is not installed.

    It is asked for a case that both decide: of those that tell every fact, first under the readings of each text, then
    under any; then of all cases. Where there is none, for any case at all.
    """
    return _Asked(import_module(SOLVER), old, new, taken).said(as_of, until) if installed() else None


class _Asked:
    """Two texts of a provision, side by side: each under its own readings; under any that is the same for both; and,
    where some of their own differ, under these and any of the others."""

    def __init__(self, solver: Any, old: Plan, new: Plan, taken: tuple[Taken, Taken]) -> None:  # noqa: ANN401
        self.solver = solver
        both = [{r.name: frozenset(r.alternatives) for r in plan.readings} for plan in (old, new)]
        names = dict.fromkeys(both[0] | both[1])
        apart = {n for n in names if taken[0].get(n) != taken[1].get(n)}
        self.comparable = all(both[0][n] == both[1][n] for n in both[0].keys() & both[1].keys())
        free = [set(names), set(names) - apart] if apart else [set(names)]
        self.sides = [self._side(old, new, taken, f) for f in (set(), *(free if self.comparable else ()))]
        self.sides = self.sides if names else self.sides[:1]

    def _side(self, old: Plan, new: Plan, taken: tuple[Taken, Taken], free: set[str]) -> tuple[Plan, Plan, Taken]:
        """Both under their own readings but for those that may be any. What is taken of a reading stands in its place,
        so that those that are left are open."""
        own = [{n: a for n, a in t.items() if n not in free} for t in taken]
        any_ = dict.fromkeys(free, self.solver.FREE)
        return settled_plan(old, own[0]), settled_plan(new, own[1]), {**dict.fromkeys({**own[0], **own[1]}), **any_}

    def said(self, as_of: dt.date | None, until: float) -> Said:
        """A case, or a proof as far as there is one in time."""
        told, any_ = (self.solver.Bounds(as_of=as_of, complete=c) for c in (True, False))
        for side in self.sides:
            found = self.solver.Held(*side, told, until).settled(firm=True)
            if found.status == "differs":
                return self._case("differs", found, side)
        held = [self.solver.Held(*side, any_, until) for side in self.sides]
        firm = [one.settled(firm=True) for one in held]
        for side, found in zip(self.sides, firm, strict=True):
            if found.status == "differs":
                return self._case("differs", found, side)
        proved = self.comparable and all(found.status == "same" for found in firm)
        every = [one.settled() for one in held]
        for side, found in zip(self.sides, every, strict=True):
            if found.status == "differs":
                case = self._case("undecided" if proved else "differs", found, side)
                return attrs.evolve(case, why=any_.words("zh"))
        why = next((found.why for found in every if found.status == "unknown"), "")
        if self.comparable and not why:
            return Said("same", any_.words("zh"))
        if proved:
            return Said("undecided", any_.words("zh"))
        return Said("unknown", why or "a reading has other alternatives")

    def _case(self, status: Literal["undecided", "differs"], found: Any, side: tuple[Plan, Plan, Taken]) -> Said:  # noqa: ANN401
        """The case that was found, with what was chosen of the readings that may be any."""
        free = {n for n, a in side[2].items() if a == self.solver.FREE}
        chosen = {n: a for n, a in found.readings.items() if n in free}
        return Said(status, found.why, found.witness, found.as_of, chosen)
