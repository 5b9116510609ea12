"""What a comparison of two texts comes to: provision by provision, with the cases that both decide differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs

from ..answer import Decision
from ..case import Case
from ..decision import Outcome
from ..displayed import Displayed
from ..pack import Pack
from .choices import Choice
from .merging import Taken
from .order import Difference, Verdict, verdict
from .parting import Parting, parting
from .shared_readings import Apart

if TYPE_CHECKING:
    from ..document import Document
    from ..engines.solver_bounds import Bounds
    from ..phrases import Lang

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

    @property
    def decided(self) -> bool:
        """Whether both texts decide it."""
        return Outcome.UNDETERMINED not in {self.before.outcome, self.after.outcome}

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
    can be proved where all witnesses are for the better, or all for the worse; where one text leaves every witness
    undetermined (then no case is decided differently that both decide); and where such a case differs in a detail
    (then none has another outcome or sum). Else it is only searched. `how` is `same_rules`,
    `same_under_every_reading`, `same_under_shared_readings`, `witness`, `nothing_found`, or of what cases the solver
    has a proof, which `within` holds as bounds. `apart` are the readings of which one text has alternatives that the
    other has not: whatever is said is said of those that both have, and of what is taken.
    """

    provision: str
    title: str
    clause: str
    verdict: Verdict
    status: Status
    how: str
    looked_at: int
    witnesses: tuple[Witness, ...]
    within: Bounds | None = None
    apart: Mapping[str, Apart] = attrs.field(factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as the schema of comparisons describes it."""
        told = {n: getattr(self, n) for n in ("provision", "title", "clause", "status", "how", "looked_at")}
        return {
            **told,
            "within": None if self.within is None else _plain(self.within),
            "verdict": self.verdict.value,
            "witnesses": [w.to_dict() for w in self.witnesses],
            "apart": {name: apart.to_dict() for name, apart in self.apart.items()},
        }


@attrs.frozen(eq=False)
class Comparison(Displayed, Mapping[str, Compared]):
    """Two texts of a policy, provision by provision, in the order of the newer one.

    `first` and `last` are the days from which and to which it holds, None where there is no end. Of packs with
    editions, `parts` has a comparison for each span of days, and `provisions` what they come to in all.
    """

    old: Pack
    new: Pack
    as_of: dt.date | None
    readings: Taken
    provisions: Mapping[str, Compared] = attrs.field(repr=False)
    first: dt.date | None = None
    last: dt.date | None = None
    parts: tuple[Comparison, ...] = ()

    def __getitem__(self, provision: str) -> Compared:
        return self.provisions[provision]

    def __iter__(self) -> Iterator[str]:
        return iter(self.provisions)

    def __len__(self) -> int:
        return len(self.provisions)

    @property
    def spans(self) -> tuple[Comparison, ...]:
        """What it consists of: a comparison for each span of days on which the same editions decide, the earliest
        first; itself where there is one span."""
        return self.parts or (self,)

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
            "spans": [
                {
                    "from": span.first and span.first.isoformat(),
                    "to": span.last and span.last.isoformat(),
                    "old": _about(span.old),
                    "new": _about(span.new),
                    "provisions": [c.to_dict() for c in span.values()],
                }
                for span in self.spans
            ],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """What differs, each with its smallest case."""
        from .told import comparison_document  # noqa: PLC0415 - what is not shown costs nothing

        return comparison_document(self, lang)


def _plain(within: Bounds) -> dict[str, Any]:
    """The cases that a proof is about; other provisions under which they may have payments by their full names."""
    return {
        **{n: getattr(within, n) for n in ("items", "first_year", "last_year", "complete")},
        "as_of": within.as_of and within.as_of.isoformat(),
        "elsewhere": [f"{plan.pack}.{plan.provision.id}" for plan in within.elsewhere],
    }


def _about(pack: Pack) -> dict[str, str]:
    return {"pack": pack.id, "edition": pack.edition, "hash": pack.content_hash}


HOW = ("witness", "nothing_found", None, "same_under_shared_readings", "same_under_every_reading", "same_rules")
"""How a verdict is known, the least known first; None stands for a proof of the solver."""


def in_all(parts: Iterable[Comparison]) -> dict[str, Compared]:
    """What the comparisons of several spans come to, provision by provision, in the order of the latest."""
    latest_first = tuple(parts)[::-1]
    names = dict.fromkeys(name for part in latest_first for name in part)
    return {name: _one([part[name] for part in latest_first[::-1] if name in part]) for name in names}


def _one(found: list[Compared]) -> Compared:
    """What became of a provision in several spans: every witness, and no more is known than in the least known span."""
    witnesses = tuple(w for c in found for w in c.witnesses)
    verdicts = {c.verdict for c in found} - {Verdict.SAME}
    said = verdicts.pop() if len(verdicts) == 1 else verdict({w.kind for w in witnesses})
    if verdicts and said is Verdict.SAME:  # added at one time and repealed at another, and no case shows it
        said = Verdict.BOTH
    least = min(found, key=lambda c: HOW.index(c.how) if c.how in HOW else HOW.index(None))
    looked_at = sum(c.looked_at for c in found)
    last = found[-1]
    told = last.provision, last.title, last.clause, said, least.status, least.how
    apart = {name: one for c in found for name, one in c.apart.items()}
    return Compared(*told, looked_at, witnesses, least.within, apart)
