"""The solver asked, where it is installed: whether two texts of a provision decide every case alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import attrs

from ..case import Case
from ..plan import Plan
from .merging import settled_plan

SOLVER = f"{__package__.rpartition('.')[0]}.engines.solver"


@attrs.frozen(eq=False)
class Said:
    """What the solver says: `same` (of which cases is in `why`), `differs` with a case, or `unknown` and why."""

    status: Literal["same", "differs", "unknown"]
    why: str
    case: Case | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str | None] = attrs.field(factory=dict)


@attrs.frozen
class Asking:
    """The day of all questions, if one is asked for, and how many seconds one question to the solver may take."""

    as_of: dt.date | None
    seconds: float


def installed() -> bool:
    """Whether the extra `solver` is."""
    return find_spec("z3") is not None and find_spec(SOLVER) is not None


def ask_solver(
    old: Plan, new: Plan, taken: tuple[Mapping[str, str | None], Mapping[str, str | None]], asking: Asking
) -> Said | None:
    """What the solver says of two texts; None where it is not installed.

    It is asked for a case that tells every fact, first under the readings of each text, then under any; where there is
    none, for any case at all, of which it may prove that there is none.
    """
    if not installed():
        return None
    solver: Any = import_module(SOLVER)
    told, any_ = (solver.Bounds(as_of=asking.as_of, seconds=asking.seconds, complete=c) for c in (True, False))
    alone = (settled_plan(old, taken[0]), settled_plan(new, taken[1]))
    first = _said(solver.settle(*alone, {**taken[0], **taken[1]}, told), told)
    if first.status == "differs":
        return first
    both = [{r.name: frozenset(r.alternatives) for r in plan.readings} for plan in (old, new)]
    if any(both[0][name] != both[1][name] for name in both[0].keys() & both[1].keys()):
        return attrs.evolve(first, status="unknown", why="a reading has other alternatives")
    free = dict.fromkeys(both[0] | both[1], solver.FREE)
    second = _said(solver.settle(old, new, free, told), told) if free else first
    return second if second.status == "differs" else _said(solver.settle(old, new, free, any_), any_)


def _said(found: Any, bounds: Any) -> Said:  # noqa: ANN401 - of the solver, which may not be there
    if found.status == "same":
        return Said("same", bounds.words("zh"))
    return Said(found.status, found.why, found.witness, found.as_of, found.readings or {})
