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
    """Two texts of a provision: under the readings of each, and under any that is the same for both."""

    def __init__(self, solver: Any, old: Plan, new: Plan, taken: tuple[Taken, Taken]) -> None:  # noqa: ANN401
        self.solver = solver
        self.sides: list[tuple[Plan, Plan, Taken]] = [
            (settled_plan(old, taken[0]), settled_plan(new, taken[1]), {**taken[0], **taken[1]})
        ]
        both = [{r.name: frozenset(r.alternatives) for r in plan.readings} for plan in (old, new)]
        self.comparable = all(both[0][name] == both[1][name] for name in both[0].keys() & both[1].keys())
        if self.comparable and (both[0] or both[1]):
            self.sides.append((old, new, dict.fromkeys(both[0] | both[1], solver.FREE)))

    def said(self, as_of: dt.date | None, until: float) -> Said:
        """A case, or a proof as far as there is one in time."""
        told, any_ = (self.solver.Bounds(as_of=as_of, complete=c) for c in (True, False))
        for free, side in enumerate(self.sides):
            found = self.solver.Held(*side, told, until).settled(firm=True)
            if found.status == "differs":
                return _case("differs", found, free)
        held = [self.solver.Held(*side, any_, until) for side in self.sides]
        firm = [one.settled(firm=True) for one in held]
        for free, found in enumerate(firm):
            if found.status == "differs":
                return _case("differs", found, free)
        proved = self.comparable and all(found.status == "same" for found in firm)
        every = [one.settled() for one in held]
        for free, found in enumerate(every):
            if found.status == "differs":
                case = _case("undecided" if proved else "differs", found, free)
                return attrs.evolve(case, why=any_.words("zh"))
        why = next((found.why for found in every if found.status == "unknown"), "")
        if self.comparable and not why:
            return Said("same", any_.words("zh"))
        return (
            Said("undecided", any_.words("zh"))
            if proved
            else Said("unknown", why or "a reading has other alternatives")
        )


def _case(status: Literal["undecided", "differs"], found: Any, free: int) -> Said:  # noqa: ANN401 - of the solver
    """The case that it has found; what each text takes of a reading itself is not told."""
    return Said(status, found.why, found.witness, found.as_of, found.readings if free else {})
