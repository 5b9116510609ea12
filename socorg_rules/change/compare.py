"""Comparing two texts of a policy: which provisions decide some case differently, how, and the smallest such case."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..answer import Decision
from ..assess import read_day, read_readings, read_under
from ..canonical import plan_form
from ..case import Case
from ..displayed import Displayed
from ..editions import repealed
from ..errors import CaseError, Problem
from ..expr import ALWAYS, Expr
from ..facts import OwnFacts
from ..load import load_pack
from ..pack import Pack
from ..plan import Plan
from ..question import Question
from .alike import shared
from .choices import Choice, choices
from .leaving_out import without
from .merging import Taken, pair
from .order import Difference, Verdict, verdict
from .parting import Parting, parting
from .search import Asked, Both, Effort, Search, shrunk
from .settling import Asking, ask_solver

if TYPE_CHECKING:
    from ..document import Document
    from ..phrases import Lang

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

Status = Literal["proved", "searched"]


@attrs.frozen(eq=False, slots=False)
class Witness:
    """A case that two texts decide differently: as few facts as were found to do, then values near the thresholds.

    `readings` are the alternatives that were chosen besides those asked for. `before` and `after` are the decisions.
    """

    kind: Difference
    case: Case
    as_of: dt.date
    readings: Choice
    before: Decision
    after: Decision

    @cached_property
    def parting(self) -> Parting | None:
        """Where the two derivations part."""
        return parting(self.before.trace, self.after.trace)

    def to_dict(self) -> dict[str, Any]:
        """Plain data: the case as a case file, the day, and both decisions."""
        return {
            "kind": self.kind.value,
            "case": self.case.to_dict(),
            "as_of": self.as_of.isoformat(),
            "readings": dict(self.readings),
            "before": self.before.finding.to_dict(),
            "after": self.after.finding.to_dict(),
            "parting": self.parting.to_dict() if self.parting else None,
        }


@attrs.frozen(eq=False)
class Compared:
    """A provision under two texts.

    `status` says how much is known of the verdict: `proved` where it holds of every case, `searched` where `looked_at`
    cases were. A witness proves that it decides a case differently; that no case is decided differently in another way
    is only searched. `how` is `same_rules`, `same_under_every_reading`, `witness`, `nothing_found`, or for what proof
    the solver has one.
    """

    provision: str
    title: str
    clause: str
    verdict: Verdict
    status: Status
    how: str
    looked_at: int
    witnesses: tuple[Witness, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as the schema of comparisons describes it."""
        told = {n: getattr(self, n) for n in ("provision", "title", "clause", "status", "how", "looked_at")}
        return {**told, "verdict": self.verdict.value, "witnesses": [w.to_dict() for w in self.witnesses]}


@attrs.frozen(eq=False)
class Comparison(Displayed, Mapping[str, Compared]):
    """Two texts of a policy, provision by provision, in the order of the newer one."""

    old: Pack
    new: Pack
    as_of: dt.date | None
    readings: Taken
    provisions: Mapping[str, Compared] = attrs.field(repr=False)

    def __getitem__(self, provision: str) -> Compared:
        return self.provisions[provision]

    def __iter__(self) -> Iterator[str]:
        return iter(self.provisions)

    def __len__(self) -> int:
        return len(self.provisions)

    @property
    def different(self) -> tuple[Compared, ...]:
        """The provisions that decide some case differently."""
        return tuple(c for c in self.values() if c.verdict is not Verdict.SAME)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as the schema of comparisons describes it."""
        return {
            "old": _about(self.old),
            "new": _about(self.new),
            "as_of": self.as_of and self.as_of.isoformat(),
            "readings": dict(self.readings),
            "provisions": [c.to_dict() for c in self.values()],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """What differs, each with its smallest case."""
        from .told import comparison_document  # noqa: PLC0415 - what is not shown costs nothing

        return comparison_document(self, lang)


def _about(pack: Pack) -> dict[str, str]:
    return {"pack": pack.id, "edition": pack.edition, "hash": pack.content_hash}


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
    the rules themselves suggest. Where the extra `solver` is installed, it settles what the search leaves open.

    Args:
        old: an id, the path of a pack file, or a `Pack`. Of a pack with several editions, the newest is meant; with
            `as_of`, the one in force that day.
        new: the same, for the text that is held against it.
        as_of: the day of all questions; where left out, days near the dates of the rules are tried.
        readings: the alternative to take, by reading; else each text's own default. Where nothing differs under these,
            other alternatives are tried, and a witness names them.
        effort: how many cases to look at in all.
        leaving_out: by provision, a test of the cases that are left out: all of which it is not surely false. A
            provision with `ALWAYS` is not compared at all.

    Raises:
        CaseError: a reading or the day is not valid.
        PackError: a pack is not found or has mistakes.

    >>> from socorg_rules import load_pack
    >>> today = load_pack("yangpu")
    >>> found = compare(today, today.changed(parameters={"opening_subsidy.ceiling": 20_000}))
    >>> [(c.provision, c.verdict.value, c.witnesses[0].kind.value) for c in found.different]
    [('opening_subsidy', 'more_generous', 'more')]
    """
    packs = [p if isinstance(p, Pack) else load_pack(os.fspath(p)) for p in (old, new)]
    problems: list[Problem] = []
    day = None if as_of is None else read_day(as_of, problems)
    sides = [_alone(p) if day is None else p.on(day) for p in packs] if not problems else packs
    taken = [_taken(p, readings or {}, sides, problems) for p in sides]
    if problems:
        raise CaseError(dict.fromkeys(problems))
    # A provision that one side has not is asked with the readings of the other.
    both = ({**taken[1], **taken[0]}, {**taken[0], **taken[1]})
    comparing = _Comparing(sides[0], sides[1], day, *both, leaving_out or {})
    changed = [name for name in comparing.names if not comparing.alike(name)]
    each = max(LEAST, min(MOST, effort // max(1, len(changed))))
    comparing.asking = Asking(day, max(LEAST_SECONDS, SECONDS / max(1, len(changed))))
    found = {name: comparing.provision(name, each) for name in comparing.names}
    return Comparison(sides[0], sides[1], day, readings or {}, found)


def _alone(pack: Pack) -> Pack:
    """The newest edition of a pack, by itself."""
    return attrs.evolve(pack, earlier=None, lapses=(), since=None, until=None) if pack.earlier or pack.since else pack


def _taken(
    pack: Pack, readings: Mapping[str, str | None], sides: list[Pack], problems: list[Problem]
) -> dict[str, str | None]:
    """The alternatives under which one side is asked; a reading that only the other side has is none of its own."""

    def known(name: str, side: Pack) -> bool:
        return name.removeprefix(f"{side.id}.") in side.readings

    here = {n: a for n, a in readings.items() if known(n, pack) or not any(known(n, side) for side in sides)}
    return read_readings([pack], here, problems)[pack.id]


class _Comparing:
    """Two packs under their readings."""

    def __init__(
        self,
        old: Pack,
        new: Pack,
        as_of: dt.date | None,
        taken_old: Taken,
        taken_new: Taken,
        left_out: Mapping[str, Expr],
    ) -> None:
        self.old, self.new, self.as_of, self.left_out = old, new, as_of, left_out
        self.taken = (taken_old, taken_new)
        self.asking = Asking(as_of, SECONDS)
        gone = [name for name in old.plans if name not in new.plans]
        self.names = [name for name in (*new.plans, *gone) if left_out.get(name) is not ALWAYS]

    def plans(self, name: str) -> tuple[Plan, Plan]:
        """A provision under both; under the one that has it not, it is not in force."""
        before, after = self.old.plans.get(name), self.new.plans.get(name)
        if before is None or after is None:
            there = before or after
            assert there is not None  # noqa: S101 - one of them has it
            before, after = before or repealed(there), after or repealed(there)
        if name in self.left_out:
            return without(before, self.left_out[name]), without(after, self.left_out[name])
        return before, after

    def alike(self, name: str) -> bool:
        """Whether the rules are the same, word for word."""
        before, after = self.plans(name)
        taken = [[t[r.name] for r in p.readings] for p, t in zip((before, after), self.taken, strict=True)]
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

    def all(self) -> tuple[Witness, ...]:
        """The smallest witness of each kind of difference, under the first choice of readings that shows one.

        First every choice is looked at for a short while, then each for long.
        """
        undecided: tuple[Witness, ...] = ()
        before, after = self.comparing.taken
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
        old, new = ({**t, **{n: a for n, a in choice.items() if n in t}} for t in self.comparing.taken)
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
        said = [
            Decision(finding, plan, Question(pack, case, small.as_of, taken, engine_name="reference"))
            for finding, plan, pack, taken in (
                (small.old, self.old, self.comparing.old, asked.taken_old),
                (small.new, self.new, self.comparing.new, asked.taken_new),
            )
        ]
        shown = {n: a for n, a in choice.items() if any(t.get(n) != a for t in self.comparing.taken)}
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
        said = ask_solver(self.old, self.new, self.comparing.taken, self.comparing.asking)
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
        both = asked.both(shared(case.record), as_of)
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
