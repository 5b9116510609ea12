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


def installed() -> bool:
    """Whether the extra `solver` is."""
    return find_spec("z3") is not None and find_spec(SOLVER) is not None


def ask_solver(
    old: Plan,
    new: Plan,
    taken_old: Mapping[str, str | None],
    taken_new: Mapping[str, str | None],
    as_of: dt.date | None,
) -> Said | None:
    """What the solver says of two texts, each under its own readings; None where it is not installed."""
    if not installed():
        return None
    solver: Any = import_module(SOLVER)
    bounds = solver.Bounds(as_of=as_of, seconds=SECONDS)
    both = settled_plan(old, taken_old), settled_plan(new, taken_new)
    found = solver.settle(*both, {**taken_old, **taken_new}, bounds)
    if found.status == "same":
        return Said("same", bounds.words("en"))
    return Said(found.status, found.why, found.witness, found.as_of, found.readings or {})


SECONDS = 5.0
"""How long one question to the solver may take."""
