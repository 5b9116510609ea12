"""Comparing two texts of a policy: which provisions decide some case differently, how, and the smallest such case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from ..arguments import whole_number
from ..assess import read_day, read_readings
from ..canonical import plan_form
from ..editions import repealed
from ..errors import CaseError, PackError, Problem
from ..expr import ALWAYS, Expr
from ..load import load_pack
from ..pack import Pack
from ..plan import Plan
from .comparison import Compared, Comparison, in_all
from .leaving_out import read_left_out, without
from .looking import Looking, Texts
from .merging import Taken
from .order import Verdict, verdict
from .own_facts import OwnOfBoth
from .settling import Patience
from .spans import Span, side_by_side

EFFORT = 8_000
"""How many cases are looked at, all provisions together, where nothing else is asked for."""
LEAST, MOST = 300, 1_600
"""How many of them a provision has at least and at most."""
WORK = 20_000_000
"""How much of its own work z3 may do, all provisions together: some seconds."""


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
        readings: the alternative to take, by reading; else each text's own default. Where nothing is found to differ
            under these, other alternatives are tried, and a witness names those without which it does not differ.
        effort: how many cases to look at in all, in each span.
        leaving_out: by provision, a test of the cases that are left out: all of which it is not surely false. A
            provision with `ALWAYS` is not compared at all.

    Raises:
        CaseError: a reading, the day, the effort or what is left out is not valid.
        PackError: a pack is not found or has mistakes; an own fact is of another type in each text, or a provision
            about another entity, so that no case can be put to both; a test leaves out items of other collections.

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
    left_out = read_left_out(leaving_out, packs, problems)
    wanted = dict(readings) if isinstance(readings, Mapping) else {}
    if readings is not None and (not isinstance(readings, Mapping) or any(not isinstance(n, str) for n in readings)):
        read_readings(packs, readings, problems)
        wanted = {}
    held = list(side_by_side(*packs)) if day is None else [Span(day, day, *(p.on(day) for p in packs))]
    taken = [tuple(_taken(p, wanted, (s.old, s.new), problems) for p in (s.old, s.new)) for s in held]
    if problems:
        raise CaseError(dict.fromkeys(problems))
    spans = [
        _Comparing(span, day, (one, other), left_out, Patience(WORK / len(held)))
        for span, (one, other) in zip(held, taken, strict=True)
    ]
    incomparable = dict.fromkeys(problem for span in spans for problem in span.problems())
    if incomparable:
        raise PackError(incomparable)
    found = [
        Comparison(span.old, span.new, day, wanted, comparing.all(looked_at), span.first, span.last)
        for span, comparing in zip(held, spans, strict=True)
    ]
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
        self,
        span: Span,
        as_of: dt.date | None,
        taken: tuple[Taken, Taken],
        left_out: Mapping[str, Expr],
        patience: Patience,
    ) -> None:
        self.old, self.new, self.as_of, self.left_out = span.old, span.new, as_of, left_out
        self.elsewhen = None if as_of is not None else span.elsewhen
        self.patience = patience
        self.own = OwnOfBoth(span.old, span.new)
        self._taken = taken
        gone = [name for name in self.old.plans if name not in self.new.plans]
        self.names = [name for name in (*self.new.plans, *gone) if left_out.get(name) is not ALWAYS]

    def problems(self) -> Iterator[Problem]:
        """Why no case can be put to both texts."""
        yield from self.own.problems(p.plans[n] for p in (self.old, self.new) for n in self.names if n in p.plans)
        for name in self.names:
            before, after = self.old.plans.get(name), self.new.plans.get(name)
            if before is not None and after is not None and before.root.name != after.root.name:
                roots = f"is about `{before.root.name}` in the old text and about `{after.root.name}` in the new one"
                yield Problem(name, f"{roots}, and no case is about both; give the new one another id")

    def all(self, effort: int) -> dict[str, Compared]:
        """What became of every provision; what is not alike shares the effort."""
        changed = [name for name in self.names if not self.alike(name)]
        each = max(LEAST, min(MOST, effort // max(1, len(changed))))
        self.patience.waiting = len(changed)
        return {name: self.provision(name, each) for name in self.names}

    def texts(self, name: str) -> tuple[Plan, Plan]:
        """A provision under both; under the one that has it not, it is not in force."""
        before, after = self.old.plans.get(name), self.new.plans.get(name)
        if before is None or after is None:
            there = before or after
            assert there is not None  # noqa: S101 - one of them has it
            before, after = before or repealed(there), after or repealed(there)
        if name in self.left_out:
            before, after = (without(plan, self.left_out[name]) for plan in (before, after))
        return self.own.widened(before), self.own.widened(after)

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
        if self.alike(name):
            return Compared(name, p.title, p.clause, Verdict.SAME, "proved", "same_rules", 0, ())
        packs, shown = (self.old, self.new), self.texts(name)
        looking = Looking(Texts(packs, (before, after), shown, self.taken(name), self.own, self.as_of), self.patience)
        witnesses, status, how, within = looking.settled(effort)
        self.patience.waiting -= 1
        said = verdict({w.kind for w in witnesses})
        if name not in self.old.plans or name not in self.new.plans:
            said = Verdict.ADDED if name not in self.old.plans else Verdict.REPEALED
        return Compared(
            name, p.title, p.clause, said, status, how, looking.effort.spent, witnesses, within, looking.readings.apart
        )
