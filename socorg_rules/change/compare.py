"""Comparing two texts of a policy: which provisions decide some case differently, how, and the smallest such case."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..assess import read_day, read_readings
from ..canonical import plan_form
from ..displayed import Displayed
from ..editions import repealed
from ..errors import CaseError, Problem
from ..expr import ALWAYS, Expr
from ..load import load_pack
from ..pack import Pack
from ..plan import Plan
from .leaving_out import without
from .looking import Looking, Sides, Status, Witness
from .merging import Taken
from .order import Verdict, verdict
from .settling import Patience

if TYPE_CHECKING:
    from ..document import Document
    from ..phrases import Lang

EFFORT = 8_000
"""How many cases are looked at, all provisions together, where nothing else is asked for."""
LEAST, MOST = 300, 1_600
"""How many of them a provision has at least and at most."""
SECONDS = 4.0
"""How long the solver may take, all provisions together."""


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
    comparing = _Comparing(Sides(sides[0], sides[1], day, both, Patience(SECONDS)), leaving_out or {})
    changed = [name for name in comparing.names if not comparing.alike(name)]
    comparing.sides.patience.waiting = len(changed)
    each = max(LEAST, min(MOST, effort // max(1, len(changed))))
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
    """Two packs under their readings, but for the cases that are left out."""

    def __init__(self, sides: Sides, left_out: Mapping[str, Expr]) -> None:
        self.sides, self.left_out = sides, left_out
        self.old, self.new = sides.old, sides.new
        gone = [name for name in self.old.plans if name not in self.new.plans]
        self.names = [name for name in (*self.new.plans, *gone) if left_out.get(name) is not ALWAYS]

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
        taken = [[t[r.name] for r in p.readings] for p, t in zip((before, after), self.sides.taken, strict=True)]
        return plan_form(before) == plan_form(after) and taken[0] == taken[1]

    def provision(self, name: str, effort: int) -> Compared:
        """What became of a provision."""
        before, after = self.plans(name)
        p = after.provision
        if self.alike(name):
            return Compared(name, p.title, p.clause, Verdict.SAME, "proved", "same_rules", 0, ())
        looking = Looking(self.sides, before, after)
        witnesses, status, how = looking.settled(effort)
        self.sides.patience.waiting -= 1
        said = verdict({w.kind for w in witnesses})
        if name not in self.old.plans or name not in self.new.plans:
            said = Verdict.ADDED if name not in self.old.plans else Verdict.REPEALED
        return Compared(name, p.title, p.clause, said, status, how, looking.effort.spent, witnesses)
