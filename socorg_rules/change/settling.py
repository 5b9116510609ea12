"""The solver asked, where it is installed: whether two texts of a provision decide every case alike."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, get_args

import attrs

from ..case import Case
from ..plan import Plan
from .merging import Taken, settled_plan
from .order import SLIGHT, difference

SOLVER = f"{__package__.rpartition('.')[0]}.engines.solver"


Proof = Literal["same", "undecided", "detail"]
PROOFS: tuple[Proof, ...] = get_args(Proof)


@attrs.frozen(eq=False)
class Said:
    """What the solver says.

    Proofs about the cases that `why` names: `same`, every case is decided alike; `undecided`, every case that both
    texts decide is; `detail`, every case that both decide has the same outcome and sums. With the last two there may be
    a case that differs all the same. `differs`: a case, and no proof; `unknown`: why. A `slight` case is one whose
    difference is told where there is no other.
    """

    status: Proof | Literal["differs", "unknown"]
    why: str
    case: Case | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str | None] = attrs.field(factory=dict)
    slight: bool = False


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


def ask_solver(
    old: Plan, new: Plan, taken: tuple[Taken, Taken], as_of: dt.date | None, until: float, *, detail: bool
) -> Said | None:
    """What the solver says of two texts; None where it is not installed.

    It is asked for a case that both decide: of those that tell every fact, first under the readings of each text, then
    under any; then of all cases. Where there is none, for any case at all. Where a case that both decide differs in a
    `detail` alone, the one that is known or the one that was found, it is asked for another outcome or sum.
    """
    if not installed():
        return None
    asked = _Asked(old, new, taken, as_of, until)
    return asked.beyond(None) if detail else asked.said()


class _Asked:
    """Two texts of a provision, side by side: each under its own readings; under any that is the same for both; and,
    where some of their own differ, under these and any of the others."""

    def __init__(self, old: Plan, new: Plan, taken: tuple[Taken, Taken], as_of: dt.date | None, until: float) -> None:
        self.solver: Any = import_module(SOLVER)
        self.kind, self.until = new.provision.kind, until
        both = [{r.name: frozenset(r.alternatives) for r in plan.readings} for plan in (old, new)]
        names = dict.fromkeys(both[0] | both[1])
        apart = {n for n in names if taken[0].get(n) != taken[1].get(n)}
        self.comparable = all(both[0][n] == both[1][n] for n in both[0].keys() & both[1].keys())
        free = [set(names), set(names) - apart] if apart else [set(names)]
        self.sides = [self._side(old, new, taken, f) for f in (set(), *(free if self.comparable else ()))]
        self.sides = self.sides if names else self.sides[:1]
        self.told, self.all = (self.solver.Bounds(as_of=as_of, complete=c) for c in (True, False))
        self._held: dict[tuple[int, bool], Any] = {}

    def _side(self, old: Plan, new: Plan, taken: tuple[Taken, Taken], free: set[str]) -> tuple[Plan, Plan, Taken]:
        """Both under their own readings but for those that may be any. What is taken of a reading stands in its place,
        so that those that are left are open."""
        own = [{n: a for n, a in t.items() if n not in free} for t in taken]
        any_ = dict.fromkeys(free, self.solver.FREE)
        return settled_plan(old, own[0]), settled_plan(new, own[1]), {**dict.fromkeys({**own[0], **own[1]}), **any_}

    def said(self) -> Said:
        """A case, or a proof as far as there is one in time."""
        found, unproved = self._first("decided", self.told, self.all)
        if found is not None:
            return self.beyond(found) if found.slight else found
        seen, open_ = self._first("any", self.all)
        if not seen and not open_:
            return Said("same", self.all.words("zh"))
        if not unproved:
            return attrs.evolve(seen or Said("undecided", ""), status="undecided", why=self.all.words("zh"))
        return seen or Said("unknown", open_)

    def beyond(self, slight: Said | None) -> Said:
        """A case with another outcome or sum, or that there is none; then the one that was found to differ slightly."""
        found, unproved = self._first("outcome", self.told, self.all)
        if found is not None:
            return found
        if not unproved:
            return attrs.evolve(slight or Said("detail", ""), status="detail", why=self.all.words("zh"))
        return slight or Said("unknown", unproved)

    def _first(self, question: str, *bounds: Any) -> tuple[Said | None, str]:  # noqa: ANN401 - of the solver
        """The first case found; else why it is not proved that there is none: nothing, where it is."""
        why = ""
        for within in bounds:
            why = "" if self.comparable else "a reading has other alternatives"
            for n, side in enumerate(self.sides):
                found = self._asked_of(n, within).settled(question)
                if found.status == "differs":
                    return self._case(found, side[2]), ""
                why = why or found.why * (found.status == "unknown")
        return None, why

    def _asked_of(self, side: int, bounds: Any) -> Any:  # noqa: ANN401 - of the solver
        """Both texts of a side, over the cases within bounds; the same for every question."""
        key = side, bounds.complete
        if key not in self._held:
            self._held[key] = self.solver.Held(*self.sides[side], bounds, self.until)
        return self._held[key]

    def _case(self, found: Any, taken: Taken) -> Said:  # noqa: ANN401 - of the solver
        """The case that was found, with what was chosen of the readings that may be any."""
        free = {n for n, a in taken.items() if a == self.solver.FREE}
        chosen = {n: a for n, a in found.readings.items() if n in free}
        slight = difference(found.before, found.after, self.kind) in SLIGHT
        return Said("differs", found.why, found.witness, found.as_of, chosen, slight)
