"""The search for the smallest cases that two texts of one provision decide differently, then the solver's answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from ..alike import shared
from ..answer import Decision
from ..assess import known_facts, read_under
from ..canonical import plan_form
from ..case import Case, read_case
from ..decide import decide
from ..errors import CaseError
from ..evaluate import Evaluator
from ..pack import Pack
from ..place import Place
from ..plan import Plan
from ..question import Question
from .choices import Choice, choices
from .comparison import Status, Witness
from .merging import Taken, pair
from .moving import nearer
from .order import GENEROUS, SLIGHT, STRICT, Difference
from .own_facts import OwnOfBoth
from .paid_elsewhere import paid_elsewhere
from .search import Asked, Both, Effort, Search, shrunk
from .settling import PROOFS, Patience, Proof, Said, Within, ask_solver
from .shared_readings import SharedReadings
from .telling import own_of

if TYPE_CHECKING:
    from ..engines.solver_bounds import Bounds

FIRST_LOOK, FIRST_DAYS = 40, 6
"""How many cases are looked at on how many days before anything is looked at for long."""
AFTERWARDS = 25
"""How many more cases of a day are looked at for another kind of difference once one is found."""
QUICK = 400
"""How many cases of a provision are looked at before the solver is asked, where it is installed."""
FOR_SHRINKING = 400


@attrs.frozen(eq=False)
class Texts:
    """A provision under two texts, each with its pack and what it takes of readings; the own facts of both; the day of
    all questions, if one is asked for. `shown` are the texts as decisions show them, and `plans` as they are searched:
    as if out of force for what is left out."""

    packs: tuple[Pack, Pack]
    plans: tuple[Plan, Plan]
    shown: tuple[Plan, Plan]
    taken: tuple[Taken, Taken]
    own: OwnOfBoth
    as_of: dt.date | None


def tells(witnesses: tuple[Witness, ...]) -> bool:
    """Whether one of them is more than a slight difference."""
    return any(w.kind not in SLIGHT for w in witnesses)


def _needed(witnesses: tuple[Witness, ...]) -> Proof | None:
    """The proof with which more is known than these witnesses show: that there is nothing beyond them. None where there
    is no such."""
    kinds = {w.kind for w in witnesses}
    if tells(witnesses):
        return "one_way" if kinds <= GENEROUS or kinds <= STRICT else None
    return "same" if not witnesses else "detail" if any(w.decided for w in witnesses) else "undecided"


def _each(*witnesses: Witness) -> tuple[Witness, ...]:
    """The first of each kind, in the order of the kinds; slight ones where there are no others, and those under other
    readings than were asked for where nothing else differs under these."""
    if tells(own := tuple(w for w in witnesses if not w.readings)):
        witnesses = own
    first: dict[Difference, Witness] = {}
    for witness in witnesses:
        if witness.kind not in SLIGHT or not tells(witnesses):
            first.setdefault(witness.kind, witness)
    return tuple(first[kind] for kind in Difference if kind in first)


class Looking:
    """The search for the witnesses of one provision."""

    def __init__(self, texts: Texts, patience: Patience) -> None:
        self.texts, self.patience = texts, patience
        self.readings = SharedReadings(texts.plans, texts.packs)
        self.old, self.new = (self.readings.limited(p, t) for p, t in zip(texts.plans, texts.taken, strict=True))
        self.effort = Effort(0)
        self.only_forms = True
        """Whether under every choice of readings the two texts came to the same rules."""
        self.own = texts.own.facts
        self.elsewhere = paid_elsewhere(texts.plans, texts.packs)

    def settled(self, effort: int) -> tuple[tuple[Witness, ...], Status, str, Bounds | None]:
        """The witnesses, how much is known of what they come to, how, and within what bounds it is proved: by
        a search, by the solver, and by a longer search of what is open then."""
        self.effort.left = min(effort, QUICK)
        found = self.all()
        if not found and self.only_forms:
            how = "same_under_shared_readings" if self.readings.apart else "same_under_every_reading"
            return (), "proved", how, None
        solved, said = self._solved(found)
        proved = said is not None and said.status in PROOFS
        if not proved and not tells(found + solved) and effort > QUICK:  # the solver has no answer, or is not there
            self.effort.left += effort - QUICK
            found = self.all() or found
        found = _each(*found, *solved)
        if said is not None and said.within is not None and said.status == _needed(found):
            return found, "proved", said.within.words(), said.within
        return found, "searched", "witness" if found else "nothing_found", None

    def all(self) -> tuple[Witness, ...]:
        """The smallest witness of each kind of difference, under the first choice of readings that shows one.

        First every choice is looked at for a short while, then each for long.
        """
        slight: tuple[Witness, ...] = ()
        before, after = self.texts.taken
        offered = list(choices(self.old, self.new, {**before, **after}, self.readings.alternatives))
        for long in (False, True):
            for n, choice in enumerate(offered):
                if self.effort.left <= 0:
                    return slight
                found = self._under(choice, self.effort.left // (len(offered) - n) if long else 0)
                if tells(found):
                    return found
                slight = _each(*slight, *found)
            if self.only_forms:
                break
        return slight

    def _under(self, choice: Choice, limit: int) -> tuple[Witness, ...]:
        asked = self._asked(choice)
        both = asked.pair
        if both.merged is not None and plan_form(both.old) == plan_form(both.new):
            return ()
        self.only_forms = False
        search = Search(asked, self.effort)
        found: dict[Difference, Both] = {}
        days = search.days(self.texts.as_of)
        days = days if limit else days[:FIRST_DAYS]
        for day in days:
            self._look(search, asked, day, limit // len(days), found, deep=not limit)
        if telling := {kind: one for kind, one in found.items() if kind not in SLIGHT}:
            found = telling
        made = (self._witness(search, asked, kind, one, choice) for kind, one in found.items())
        return tuple(sorted(made, key=lambda w: list(Difference).index(w.kind)))

    def _asked(self, choice: Choice) -> Asked:
        """Both texts under a choice of readings."""
        old, new = ({**t, **_fitting(p, choice)} for t, p in zip(self.texts.taken, (self.old, self.new), strict=True))
        return Asked(
            pair(self.old, self.new, old, new), self.old, self.new, old, new, self.own, self._valid, self.elsewhere
        )

    def _look(
        self, search: Search, asked: Asked, day: dt.date, limit: int, found: dict[Difference, Both], *, deep: bool
    ) -> None:
        """Look at so many cases of a day; at a few, once some difference is known."""
        share = min(self.effort.left, AFTERWARDS if found.keys() - SLIGHT else max(FIRST_LOOK, limit))
        kept, self.effort.left = self.effort.left - share, share
        for n, both in enumerate(search.found(day, deep=deep)):
            kind = asked.difference(both)
            if kind is None or (both.undetermined and kind is Difference.DETAIL):
                continue
            if kind not in found and self._valid(asked.case(both.record)):
                found[kind] = both
            if n > AFTERWARDS and found.keys() - SLIGHT:
                break
        self.effort.left += kept

    def _witness(self, search: Search, asked: Asked, kind: Difference, both: Both, choice: Choice) -> Witness:
        asked, choice = self._fewer_readings(asked, kind, both, choice)
        small = shrunk(asked, both, kind, Effort(FOR_SHRINKING), search.candidates)
        case = asked.case(small.record)
        said = []
        for i, taken in enumerate((asked.taken_old, asked.taken_new)):
            plan, pack = self.texts.shown[i], self.texts.packs[i]
            finding = decide(plan, Evaluator(Place(case.record, case.root.name), small.as_of, taken))
            said.append(Decision(finding, plan, Question(pack, case, small.as_of, taken, engine_name="reference")))
        return Witness(kind, case, small.as_of, choice, said[0], said[1])

    def _fewer_readings(self, asked: Asked, kind: Difference, both: Both, choice: Choice) -> tuple[Asked, Choice]:
        """As few readings chosen besides those asked for as still decide a case so."""
        choice = {n: a for n, a in choice.items() if any(t.get(n) != a for t in self.texts.taken)}
        for name in choice:
            fewer = {n: a for n, a in choice.items() if n != name}
            under = self._asked(fewer)
            again = under.both(both.record, both.as_of)
            if again is not None and under.difference(again) is kind and again.undetermined is both.undetermined:
                asked, choice = under, fewer
        return asked, choice

    def _valid(self, case: Case) -> bool:
        """Whether a case file may say so, of own facts to either text."""
        packs = list(self.texts.packs)
        try:
            read_under(read_case(case.to_dict(), known_facts(packs)[0], self.own), packs)
        except CaseError:
            return False
        return True

    def _solved(self, known: tuple[Witness, ...]) -> tuple[tuple[Witness, ...], Said | None]:
        """What the solver says beyond the witnesses known, where it is installed, and the witnesses it has found."""
        if not self.texts.own.bounded_alike(self.old, self.new):  # to it a fact is one, and lies within one range
            return (), None
        decided = [w for w in known if w.decided]
        kinds, chosen = {w.kind for w in decided}, any(w.readings for w in decided)
        with self.patience.share() as work:
            within = Within(self.texts.as_of, self.elsewhere, work)
            said = ask_solver(self.old, self.new, self.texts.taken, within, kinds, chosen=chosen)
        shown = () if said is None else said.shown
        return tuple(w for one in shown for w in self.replayed(one.case, one.as_of, one.readings)), said

    def replayed(self, case: Case, as_of: dt.date, choice: Choice) -> tuple[Witness, ...]:
        """A case of the solver put to the reference, and made small: a witness, if it is one."""
        choice = self.readings.choosable(choice)
        asked = self._asked(choice)
        both = asked.both(shared(case.record), as_of)
        kind = None if both is None else asked.difference(both)
        if both is None or kind is None:
            return ()
        search = Search(asked, self.effort)
        if self.texts.as_of is None:
            both = self._on_a_nearer_day(search, asked, kind, both, choice)
        return (self._witness(search, asked, kind, both, choice),)

    def _on_a_nearer_day(self, search: Search, asked: Asked, kind: Difference, both: Both, choice: Choice) -> Both:
        """The case, or one moved in time, on the first day that the search asks on where it needs the fewest readings:
        one near the dates of the rules. Where there is none, as it is."""
        best: tuple[int, Both] | None = None
        effort = Effort(FOR_SHRINKING)
        for record, day in nearer(both.record, both.as_of, search.days(None), own_of(self.own)):
            if not effort.take(record):
                break
            there = asked.both(record, day)
            alike = there is not None and there.undetermined is both.undetermined
            if there is None or not alike or asked.difference(there) is not kind or not self._valid(asked.case(record)):
                continue
            needed = len(self._fewer_readings(asked, kind, there, choice)[1])
            if best is None or needed < best[0]:
                best = needed, there
            if needed == 0:
                break
        here = len(self._fewer_readings(asked, kind, both, choice)[1])
        return best[1] if best is not None and best[0] <= here else both


def _fitting(plan: Plan, *taken: Taken) -> dict[str, str | None]:
    """What is taken of the readings of a provision, as far as they have that alternative; the last counts."""
    return {
        r.name: t[r.name] for t in taken for r in plan.readings if r.name in t and t[r.name] in (None, *r.alternatives)
    }
