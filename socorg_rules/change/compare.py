"""Comparing two texts of a policy: which provisions decide some case differently, how, and the smallest such case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ..answer import Decision
from ..arguments import whole_number
from ..assess import read_day, read_readings, read_under
from ..canonical import plan_form
from ..case import Case
from ..editions import repealed
from ..errors import CaseError, Problem
from ..expr import ALWAYS, Expr
from ..facts import OwnFacts
from ..load import load_pack
from ..pack import Pack
from ..plan import Plan
from ..question import Question
from .choices import Choice, choices
from .comparison import Compared, Comparison, Status, Witness, in_all
from .leaving_out import without
from .merging import Taken, pair
from .order import Difference, Verdict, verdict
from .search import Asked, Both, Effort, Search, shrunk
from .settling import Asking, ask_solver
from .spans import Span, side_by_side

EFFORT = 12_000
"""How many cases are looked at, all provisions together, where nothing else is asked for."""
LEAST, MOST = 400, 2_400
"""How many of them a provision has at least and at most."""
FIRST_LOOK, FIRST_DAYS = 40, 6
"""How many cases are looked at on how many days before anything is looked at for long."""
AFTERWARDS = 25
"""How many more cases of a day are looked at for another kind of difference once one is found."""
QUICK = 800
"""How many cases of a provision are looked at before the solver is asked, where it is installed."""
FOR_SHRINKING = 400
SECONDS, LEAST_SECONDS = 5.0, 0.5
"""How long one question to the solver may take: all provisions share it, down to the least."""

SLIGHT = {Difference.SETTLED, Difference.OPENED, Difference.DETAIL}
"""Differences that are told where there is no other."""


def compare(
    old: str | Pack,
    new: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    *,
    effort: int = EFFORT,
    leaving_out: Mapping[str, Expr] | None = None,
) -> Comparison:
    """Which provisions of two texts decide some case differently, how, and the smallest such case of each kind.

    Provisions whose rules are the same are proved the same; in the others a case is searched for, with the values that
    the rules themselves suggest. Where the extra `solver` is installed, it settles what the search leaves open. Of
    packs with several editions, those are held against each other that decide on the same days, span by span.

    Args:
        old: an id, the path of a pack file, or a `Pack`.
        new: the same, for the text that is held against it.
        as_of: the day of all questions, and whose editions are compared; where left out, every day, of which those near
            the dates of the rules are tried.
        readings: the alternative to take, by reading; else each text's own default. Where nothing differs under these,
            other alternatives are tried, and a witness names them.
        effort: how many cases to look at in all, in each span.
        leaving_out: by provision, a test of the cases that are left out: all of which it is not surely false. A
            provision with `ALWAYS` is not compared at all.

    Raises:
        CaseError: a reading, the day or the effort is not valid.
        PackError: a pack is not found or has mistakes.

    >>> from socorg_rules import load_pack
    >>> today = load_pack("yangpu")
    >>> found = compare(today, today.changed(parameters={"opening_subsidy.ceiling": 20_000}))
    >>> [(c.provision, c.verdict.value, c.witnesses[0].kind.value) for c in found.different]
    [('opening_subsidy', 'more_generous', 'more')]
    """
    packs = [p if isinstance(p, Pack) else load_pack(p) for p in (old, new)]
    problems: list[Problem] = []
    day = None if as_of is None else read_day(as_of, problems)
    looked_at = whole_number("effort", effort, problems)
    wanted = dict(readings) if isinstance(readings, Mapping) else {}
    if readings is not None and (not isinstance(readings, Mapping) or any(not isinstance(n, str) for n in readings)):
        read_readings(packs, readings, problems)
        wanted = {}
    held = list(side_by_side(*packs)) if day is None else [Span(day, day, *(p.on(day) for p in packs))]
    taken = [tuple(_taken(p, wanted, (s.old, s.new), problems) for p in (s.old, s.new)) for s in held]
    if problems:
        raise CaseError(dict.fromkeys(problems))
    found = []
    for span, (one, other) in zip(held, taken, strict=True):
        comparing = _Comparing(span, day, (one, other), leaving_out or {})
        provisions = comparing.all(looked_at)
        found.append(Comparison(span.old, span.new, day, wanted, provisions, span.first, span.last))
    if len(found) == 1:
        return found[0]
    return Comparison(packs[0], packs[1], None, wanted, in_all(found), parts=tuple(found))


def _taken(
    pack: Pack, readings: Mapping[str, str | None], sides: tuple[Pack, Pack], problems: list[Problem]
) -> dict[str, str | None]:
    """The alternatives under which one side is asked; a reading that only the other side has is none of its own."""

    def known(name: str, side: Pack) -> bool:
        return any(name.removeprefix(f"{side.id}.") in edition.readings for edition in side.whole.editions)

    here = {n: a for n, a in readings.items() if known(n, pack) or not any(known(n, side) for side in sides)}
    return read_readings([pack], here, problems)[pack.id]


class _Comparing:
    """Two texts under their readings, on the days of a span."""

    def __init__(
        self, span: Span, as_of: dt.date | None, taken: tuple[Taken, Taken], left_out: Mapping[str, Expr]
    ) -> None:
        self.old, self.new, self.as_of, self.left_out = span.old, span.new, as_of, left_out
        self.elsewhen = None if as_of is not None else span.elsewhen
        self._taken = taken
        self.asking = Asking(as_of, SECONDS)
        gone = [name for name in self.old.plans if name not in self.new.plans]
        self.names = [name for name in (*self.new.plans, *gone) if left_out.get(name) is not ALWAYS]

    def all(self, effort: int) -> dict[str, Compared]:
        """What became of every provision; what is not alike shares the effort."""
        changed = [name for name in self.names if not self.alike(name)]
        each = max(LEAST, min(MOST, effort // max(1, len(changed))))
        self.asking = Asking(self.as_of, max(LEAST_SECONDS, SECONDS / max(1, len(changed))))
        return {name: self.provision(name, each) for name in self.names}

    def texts(self, name: str) -> tuple[Plan, Plan]:
        """A provision under both; under the one that has it not, it is not in force."""
        before, after = self.old.plans.get(name), self.new.plans.get(name)
        if before is None or after is None:
            there = before or after
            assert there is not None  # noqa: S101 - one of them has it
            before, after = before or repealed(there), after or repealed(there)
        if name in self.left_out:
            return without(before, self.left_out[name]), without(after, self.left_out[name])
        return before, after

    def plans(self, name: str) -> tuple[Plan, Plan]:
        """The same, as if out of force on every day that is none of the span."""
        before, after = self.texts(name)
        if self.elsewhen is None:
            return before, after
        return without(before, self.elsewhen), without(after, self.elsewhen)

    def taken(self, name: str) -> tuple[Taken, Taken]:
        """The readings under which a provision is asked; of the side that has it not, those of the other."""
        old, new = self._taken
        return (old if name in self.old.plans else new), (new if name in self.new.plans else old)

    def alike(self, name: str) -> bool:
        """Whether the rules are the same, word for word."""
        before, after = self.plans(name)
        taken = [[t[r.name] for r in p.readings] for p, t in zip((before, after), self.taken(name), strict=True)]
        return plan_form(before) == plan_form(after) and taken[0] == taken[1]

    def provision(self, name: str, effort: int) -> Compared:
        """What became of a provision."""
        before, after = self.plans(name)
        p = after.provision

        def found(verdict_: Verdict, status: Status, how: str, spent: int, all_: tuple[Witness, ...]) -> Compared:
            return Compared(name, p.title, p.clause, verdict_, status, how, spent, all_)

        if self.alike(name):
            return found(Verdict.SAME, "proved", "same_rules", 0, ())
        looking = _Looking(self, before, after, Effort(min(effort, QUICK)))
        witnesses = looking.all()
        status: Status = "searched"
        how = "witness"
        if not witnesses and looking.only_forms:
            status, how = "proved", "same_under_every_reading"
        elif not any(w.kind not in SLIGHT for w in witnesses):
            better, status, how = looking.solved()
            if status == "searched" and not any(w.kind not in SLIGHT for w in better) and effort > QUICK:
                looking.effort.left += effort - QUICK  # the solver has not settled it, or is not there
                better = looking.all() or better
            witnesses = better or witnesses
            status, how = ("searched", "witness") if witnesses else (status, how)
        said = verdict({w.kind for w in witnesses})
        if name not in self.old.plans or name not in self.new.plans:
            said = Verdict.ADDED if name not in self.old.plans else Verdict.REPEALED
        return found(said, status, how, looking.effort.spent, witnesses)


class _Looking:
    """The search for the witnesses of one provision."""

    def __init__(self, comparing: _Comparing, old: Plan, new: Plan, effort: Effort) -> None:
        self.comparing, self.old, self.new, self.effort = comparing, old, new, effort
        self.only_forms = True
        """Whether under every choice of readings the two texts came to the same rules."""
        self.own: tuple[OwnFacts, ...] = _own(comparing.old, comparing.new)
        self.taken = comparing.taken(new.provision.id)

    def all(self) -> tuple[Witness, ...]:
        """The smallest witness of each kind of difference, under the first choice of readings that shows one.

        First every choice is looked at for a short while, then each for long.
        """
        undecided: tuple[Witness, ...] = ()
        before, after = self.taken
        offered = list(choices(self.old, self.new, {**before, **after}))
        for long in (False, True):
            for n, choice in enumerate(offered):
                if self.effort.left <= 0:
                    return undecided
                found = self._under(choice, self.effort.left // (len(offered) - n) if long else 0)
                if any(w.kind not in SLIGHT for w in found):
                    return found
                undecided = undecided or found
            if self.only_forms:
                break
        return undecided

    def _under(self, choice: Choice, limit: int) -> tuple[Witness, ...]:
        asked = self._asked(choice)
        both = asked.pair
        if both.merged is not None and plan_form(both.old) == plan_form(both.new):
            return ()
        self.only_forms = False
        search = Search(asked, self.effort)
        found: dict[Difference, Both] = {}
        days = search.days(self.comparing.as_of)
        days = days if limit else days[:FIRST_DAYS]
        for day in days:
            self._look(search, asked, day, max(FIRST_LOOK, limit // len(days)), found)
        if telling := {kind: one for kind, one in found.items() if kind not in SLIGHT}:
            found = telling
        made = (self._witness(search, asked, kind, one, choice) for kind, one in found.items())
        return tuple(sorted(made, key=lambda w: list(Difference).index(w.kind)))

    def _asked(self, choice: Choice) -> Asked:
        """Both texts under a choice of readings."""
        old, new = ({**t, **{n: a for n, a in choice.items() if n in t}} for t in self.taken)
        return Asked(pair(self.old, self.new, old, new), self.old, self.new, old, new, self.own, self._valid)

    def _look(self, search: Search, asked: Asked, day: dt.date, limit: int, found: dict[Difference, Both]) -> None:
        """Look at so many cases of a day; at a few, once some difference is known."""
        share = min(self.effort.left, AFTERWARDS if found.keys() - SLIGHT else limit)
        kept, self.effort.left = self.effort.left - share, share
        for n, both in enumerate(search.found(day)):
            kind = asked.difference(both)
            if kind is None or (both.undetermined and kind is Difference.DETAIL):
                continue
            if kind not in found and self._valid(asked.case(both.record)):
                found[kind] = both
            if n > AFTERWARDS:
                break
        self.effort.left += kept

    def _witness(self, search: Search, asked: Asked, kind: Difference, both: Both, choice: Choice) -> Witness:
        small = shrunk(asked, both, kind, Effort(FOR_SHRINKING), search.candidates)
        case = asked.case(small.record)
        old, new = self.comparing.texts(self.new.provision.id)
        said = [
            Decision(finding, plan, Question(pack, case, small.as_of, taken, engine_name="reference"))
            for finding, plan, pack, taken in (
                (small.old, old, self.comparing.old, asked.taken_old),
                (small.new, new, self.comparing.new, asked.taken_new),
            )
        ]
        shown = {n: a for n, a in choice.items() if any(t.get(n) != a for t in self.taken)}
        return Witness(kind, case, small.as_of, shown, said[0], said[1])

    def _valid(self, case: Case) -> bool:
        """Whether a case file may say so."""
        try:
            read_under(case.to_dict(), [self.comparing.old, self.comparing.new])
        except CaseError:
            return False
        return True

    def solved(self) -> tuple[tuple[Witness, ...], Status, str]:
        """What the solver finds, where it is installed: a witness, a proof, or nothing."""
        said = ask_solver(self.old, self.new, self.taken, self.comparing.asking)
        if said is not None and said.status == "same":
            return (), "proved", said.why
        if said is not None and said.case is not None and said.as_of is not None:
            witnesses = self.replayed(said.case, said.as_of, said.readings)
            if witnesses:
                return witnesses, "searched", "witness"
        return (), "searched", "nothing_found"

    def replayed(self, case: Case, as_of: dt.date, choice: Choice) -> tuple[Witness, ...]:
        """A case of the solver put to the reference, and made small: a witness, if it is one."""
        asked = self._asked(choice)
        both = asked.both(case.record, as_of)
        kind = None if both is None else asked.difference(both)
        if both is None or kind is None:
            return ()
        return (self._witness(Search(asked, self.effort), asked, kind, both, choice),)


def _own(old: Pack, new: Pack) -> tuple[OwnFacts, ...]:
    """The own facts of both packs, each once."""
    found: dict[tuple[str, str, tuple[str, ...]], OwnFacts] = {}
    for own in (*old.own, *new.own):
        found.setdefault((own.pack, own.entity.name, tuple(own.facts)), own)
    return tuple(found.values())
