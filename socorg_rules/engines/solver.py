"""The solver: whether two versions of a provision decide some case differently, as a case or as a proof.

It reads the rule tree as z3 terms about all cases within bounds. Every case that it finds is put to the reference
before anyone sees it; where it finds none, there is none within the bounds.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, Literal

import attrs
import z3

from ..case import Case
from ..change.order import GENEROUS, SLIGHT, STRICT, Difference, difference, terms
from ..decision import GRANTED, Finding
from ..errors import CaseError, PackError, Problem
from ..facts import OwnFacts
from ..plan import Plan
from ..provision import told
from .solver_bounds import Bounds, Refused, Work, checked_bounds, own_facts_of
from .solver_facts import DECIMALS, FREE, NotDecimal, Symbols
from .solver_finding import Found, differs, found, payments_fit
from .solver_needed import needed
from .solver_order import no_less, outcomes_differ
from .solver_rules import Reader
from .solver_terms import Bool, both, conj, disj, neg
from .solver_witness import Replay, Replayer, Wanted, apart, smallest
from .solver_years import spanning

__all__ = ["FREE", "Bounds", "Cases", "Held", "Refused", "Settled", "needed", "settle", "spanning"]

Status = Literal["same", "differs", "unknown"]
Question = Literal["not_more_generous", "not_stricter", "outcome", "decided", "any"]
"""What differs: the outcome or a sum that both decide, in another way than all for the better, than all for the worse,
or in any way; anything that both decide; anything, undetermined on one side too."""
NOTHING_LEFT = "no work is left to z3"
MOST_WORK = 2**32 - 1
"""z3 keeps the limit of one question in 32 bits."""
TRIES = 8
"""How often a model is asked for anew because a number in it has no end."""


@attrs.frozen(eq=False)
class Settled:
    """Whether two versions of a provision decide alike.

    `same` is a proof over all cases within `bounds`; `differs` comes with `witness`, a case of as few facts as can be,
    the day it is asked on, the alternatives taken of the readings, and what the reference decides `before` and `after`;
    `unknown` with the reason in `why`. A decision is the outcome, its reason, the sums, and what else a finding shows
    (months left, measure, checklist, duty, due day, result), of each item too; not which facts are missing.
    """

    status: Status
    why: str
    bounds: Bounds
    witness: Case | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str | None] | None = None
    before: Finding | None = None
    after: Finding | None = None


class Internal(Exception):  # noqa: N818 - told as `unknown`; a test fails where it arises
    """A case of the solver that the reference decides otherwise."""


class GaveUp(Exception):  # noqa: N818 - told as `unknown`
    """The solver has found neither a case nor a proof with so much work."""


class Cases:
    """All cases within bounds that some provisions about one entity can be asked about, and what is decided of them.

    Raises:
        Refused: the solver cannot read a form in one of the provisions.
    """

    def __init__(
        self,
        plans: tuple[Plan, ...],
        readings: Mapping[str, str | None],
        bounds: Bounds,
        work: Work | None = None,
    ) -> None:
        self.plans, self.readings, self.bounds = plans, readings, bounds
        self.symbols = Symbols(plans, bounds, readings)
        self.reader = Reader(self.symbols)
        self.found: tuple[Found, ...] = tuple(found(plan, self.reader) for plan in plans)
        own = tuple(OwnFacts(pack, kind, facts) for (kind, pack), facts in own_facts_of(plans).items())
        fixed = {name: taken for name, taken in readings.items() if taken != FREE}
        self.replayer = Replayer(plans, own, fixed, bounds.elsewhere)
        # in a context of its own: what a question costs, and the case that is found, hang on nothing asked before
        self._solver = z3.Solver(ctx=z3.Context())
        self.work = Work() if work is None else work
        self._most = bounds.work
        # measured on the heaviest provisions: these take away two thirds of the time
        self._solver.set("relevancy", 0)
        self._solver.set("arith.propagate_eqs", False)
        self._solver.set("arith.enable_hnf", False)
        sound = (
            payments_fit(self.reader, (*plans, *bounds.elsewhere)),
            *self.symbols.ids_apart(),
            *(neg(f.wrong) for f in self.found),
        )
        self._told = 0
        self._add(conj(sound))

    def search(self, wanted: Bool, shows: Wanted) -> Replay | None:
        """The smallest case found for which `wanted` holds, as the reference decides it; None where there is none.

        `shows` says the same of what the reference decides.

        Raises:
            GaveUp: neither a case nor a proof was found with so much work.
            Internal: the reference decides a case otherwise.
        """
        if wanted is False:
            return None
        self._tell_domain()
        self._solver.push()
        try:
            self._add(wanted)
            return self._search(shows)
        finally:
            self._solver.pop()

    def named(self, name: str, truth: Bool) -> Any:  # noqa: ANN401 - z3's own
        """A name for a truth, so that it can be asked for together with others by `possible`."""
        made = z3.Bool(name)
        self._add(made == _term(truth))
        return made

    def possible(self, *named: Any) -> Any:  # noqa: ANN401
        """A model in which all of these hold, which have names or are the contrary of one; None where there is none.

        Raises:
            GaveUp: neither a model nor a proof was found with so much work.
        """
        self._tell_domain()
        return self._check(*named)

    @contextlib.contextmanager
    def with_little(self, work: int) -> Iterator[None]:
        """Give up each question after so much work."""
        self._most, before = work, self._most
        try:
            yield
        finally:
            self._most = before

    def ever(self, wanted: Bool) -> bool:
        """Whether there is a case for which this holds.

        Raises:
            GaveUp: neither a case nor a proof was found with so much work.
        """
        return self.day_of(wanted) is not None

    def day_of(self, wanted: Bool) -> dt.date | None:
        """A day on which there is a case for which this holds; None where there is none.

        Raises:
            GaveUp: neither a case nor a proof was found with so much work.
        """
        self._tell_domain()
        self._solver.push()
        try:
            self._add(wanted)
            model = self._check()
            return None if model is None else self.symbols.day(model)
        finally:
            self._solver.pop()

    def _tell_domain(self) -> None:
        fresh = self.symbols.domain[self._told :]
        self._told += len(fresh)
        self._add(*fresh)

    def _add(self, *truths: Bool) -> None:
        self._solver.add([_term(t).translate(self._solver.ctx) for t in truths])

    def _search(self, shows: Wanted) -> Replay | None:
        for _ in range(TRIES):
            model = self._check()
            if model is None:
                return None
            try:
                case = self.symbols.case(model)
            except NotDecimal as number:
                self._add(z3.IsInt(number.term * 10**DECIMALS))
                continue
            chosen = self.symbols.alternatives(model)
            replay = self.replayer(case.to_dict(), self.symbols.day(model), chosen)
            if replay is None or not shows(replay):
                told = "is refused" if replay is None else "does not show it"
                raise Internal(f"the reference {told}: {case.to_dict()} on {self.symbols.day(model)}")
            return smallest(replay, self.replayer, chosen, shows, any_day=self.bounds.as_of is None)
        raise GaveUp("every case found holds a number without an end")

    def _check(self, *assumed: Any) -> Any:  # noqa: ANN401 - z3's own
        """A model, or None where there is none."""
        most = int(min(self._most, self.work.left, MOST_WORK))
        if most < 1:
            raise GaveUp(NOTHING_LEFT)
        before = self._done()
        self._solver.set("rlimit", most)  # not by the clock: what is told must not hang on what else the machine does
        answer = self._solver.check(*(a.translate(self._solver.ctx) for a in assumed))
        self.work.left -= self._done() - before
        if answer == z3.unknown:
            raise GaveUp(f"no answer with this much work: {most:,} ({self._solver.reason_unknown()})")
        return self._solver.model().translate(z3.main_ctx()) if answer == z3.sat else None

    def _done(self) -> int:
        """How much work has been done since the solver was made."""
        return next((int(value) for name, value in self._solver.statistics() if name == "rlimit count"), 0)


def _term(truth: Bool) -> Any:  # noqa: ANN401
    return z3.BoolVal(truth) if isinstance(truth, bool) else truth


def settle(
    old: Plan, new: Plan, readings: Mapping[str, str | None] | None = None, bounds: Bounds | None = None
) -> Settled:
    """Whether two versions of a provision decide some case differently.

    Args:
        old: the provision before (`pack.plans["opening_subsidy"]`).
        new: the provision after, about the same entity.
        readings: the alternative to take of a reading (None: leave it open; `FREE`: any); its default where left out.
        bounds: the cases to look at; those of `Bounds()` where left out, in all years that the provisions speak of.

    Raises:
        CaseError: an alternative that a reading does not have, readings that are no mapping, or bounds that are none.
        PackError: one is no provision of a pack as `pack.plans` holds it.
    """
    for plan in (old, new):
        if not isinstance(plan, Plan):
            raise PackError(f"{told(plan)} is no provision with its pack; take it from `pack.plans`")
    if not isinstance(readings, Mapping | None):
        raise CaseError(Problem("readings", f"`{readings!r}` is no mapping; write {{reading: alternative}}"))
    bounds, readings = checked_bounds(bounds) or spanning((old, new), Bounds()), dict(readings or {})
    wrong = {
        (f"readings.{r.name}", complaint): None
        for r in (*old.readings, *new.readings)
        if readings.get(r.name, r.default) != FREE and (complaint := r.check(readings.get(r.name, r.default)))
    }
    if wrong:
        raise CaseError([Problem(*one) for one in wrong])
    held = Held(old, new, readings, attrs.evolve(bounds, complete=True))
    found = held.settled("decided")
    if found.status != "differs":
        found = held.settled()
    if found.status != "differs" and not bounds.complete:
        return Held(old, new, readings, bounds).settled()
    return attrs.evolve(found, bounds=bounds)


class Held:
    """Two versions of a provision held against each other over all cases within bounds, under readings as in `settle`.

    Questions are answered as long as there is work left.
    """

    def __init__(
        self, old: Plan, new: Plan, readings: Mapping[str, str | None], bounds: Bounds, work: Work | None = None
    ) -> None:
        self.bounds = bounds
        self._cases: Cases | str = f"one is about {old.root.name}, the other about {new.root.name}"
        if work is not None and work.left < 1:
            self._cases = NOTHING_LEFT
        elif old.root is new.root:
            try:
                self._cases = Cases((old, new), readings, bounds, work)
            except Refused as reason:
                self._cases = str(reason)

    def settled(self, question: Question = "any") -> Settled:
        """Whether there is a case in which this differs."""
        if isinstance(self._cases, str):
            return Settled("unknown", self._cases, self.bounds)
        try:
            replay = FOUND[question](self._cases)
        except (Refused, GaveUp) as reason:
            return Settled("unknown", str(reason), self.bounds)
        except Internal as error:
            return Settled("unknown", f"internal error, please report it: {error}", self.bounds)
        if replay is None:
            return Settled("same", f"proved over {self.bounds.words('en')}", self.bounds)
        before, after = replay.findings
        return Settled("differs", "", self.bounds, replay.case, replay.as_of, replay.readings, before, after)


def _apart(cases: Cases, replay: Replay) -> bool:
    """Whether the reference decides differently, or what is granted, or left open anyway, is something else."""
    old, new = cases.plans[:2]
    otherwise = terms(old) != terms(new) and {f.outcome for f in replay.findings} <= GRANTED
    before, after = replay.findings[:2]
    return otherwise or (old.gaps != new.gaps and before.gaps != after.gaps) or apart(replay)


def _any(cases: Cases) -> Replay | None:
    """A case that they do not decide alike."""
    return cases.search(differs(*cases.found), partial(_apart, cases))


def _outcome(cases: Cases, known: AbstractSet[Difference] = frozenset()) -> Replay | None:
    """A case that both decide with another outcome or sum, and in another way than those known: all for the better, or
    all for the worse."""
    (one, other), (old, new) = cases.found, cases.plans
    if known:
        upwards = (known == GENEROUS) is (new.provision.kind != "sanction")
        found = both(outcomes_differ(one, other), neg(no_less(one, other) if upwards else no_less(other, one)))
    else:
        found = outcomes_differ(one, other)

    def shows(replay: Replay) -> bool:
        before, after = replay.findings
        return difference(before, after, (old, new)) not in {None, *SLIGHT, *known}

    return cases.search(found, shows)


def _decided(cases: Cases) -> Replay | None:
    """A case that both decide, and differently; where there is one, one in which something is granted."""
    firm = conj((differs(*cases.found), *(f.decided for f in cases.found)))

    def shows(replay: Replay) -> bool:
        return replay.decided and _apart(cases, replay)

    with contextlib.suppress(GaveUp):
        granted = cases.search(both(firm, disj(f.granted for f in cases.found)), shows)
        if granted is not None:
            return granted
    return cases.search(firm, shows)


FOUND: Mapping[Question, Callable[[Cases], Replay | None]] = {
    "not_more_generous": partial(_outcome, known=GENEROUS),
    "not_stricter": partial(_outcome, known=STRICT),
    "outcome": _outcome,
    "decided": _decided,
    "any": _any,
}
