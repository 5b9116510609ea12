"""What it would take for a provision: the paths, each a set of changes, with what is then decided."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs

from .answer import Decision
from .case import Case
from .case_difference import FactChange
from .decision import Outcome
from .displayed import Displayed
from .expr import ALWAYS, Expr
from .plan import Plan
from .words import Condition

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

Wanted = Literal["met", "more"]


@attrs.frozen(eq=False, slots=False)
class Path:
    """A set of changes after which the provision is decided as wanted; none of them can be left out.

    `decision` is what is then decided, and `case` the case then. `cost` orders paths: how many changes, how many of
    these are judgements of the authority, and how large they are in all (each from nothing to 1).
    """

    changes: tuple[FactChange, ...]
    decision: Decision = attrs.field(repr=False)

    @property
    def case(self) -> Case:
        """The case after the changes."""
        return self.decision.question.case

    @cached_property
    def cost(self) -> tuple[int, int, Fraction]:
        """Changes, judgements among them, and their size."""
        return (
            len(self.changes),
            sum(c.judgement for c in self.changes),
            sum((c.size for c in self.changes), Fraction(0)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the paths schema."""
        payable = self.decision.payable
        return {
            "changes": [c.to_dict() for c in self.changes],
            "outcome": self.decision.outcome.value,
            "payable": payable.to_dict() if payable else None,
            "cost": {"changes": self.cost[0], "judgements": self.cost[1], "size": f"{float(self.cost[2]):.4f}"},
        }


@attrs.frozen(eq=False, slots=False)
class Paths(Displayed):
    """What it would take for one provision, the cheapest path first.

    Attributes:
        decision: what is decided now.
        wanted: `met`, or `more` of what is payable.
        paths: ten at the most; empty where nothing does it, and where nothing need be done.
        waiting: the first later day on which it is so by the passing of time alone, within ten years.
        fixed: missing facts that nobody can bring about; they have to be known first.
        complete: whether the search came to its end; else there may be other paths, and cheaper ones.
    """

    decision: Decision
    wanted: Wanted
    paths: tuple[Path, ...]
    waiting: dt.date | None
    fixed: tuple[str, ...]
    complete: bool

    @property
    def reached(self) -> bool:
        """Whether it is met already, so that nothing need be done."""
        return self.wanted == "met" and self.decision.outcome is best(self.decision.plan)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the paths schema (`socorg-rules schema paths`)."""
        d, question = self.decision, self.decision.question
        return {
            "pack": question.pack.id,
            "edition": question.pack.edition,
            "as_of": question.as_of.isoformat(),
            "readings": dict(question.readings),
            **{k: getattr(d, k) for k in ("provision", "title", "kind", "clause")},
            "outcome": d.outcome.value,
            "payable": d.payable.to_dict() if d.payable else None,
            "wanted": self.wanted,
            "reached": self.reached,
            "paths": [p.to_dict() for p in self.paths],
            "waiting": self.waiting.isoformat() if self.waiting else None,
            "fixed": list(self.fixed),
            "text_gaps": list(d.text_gaps),
            "open_readings": list(d.open_readings),
            "complete": self.complete,
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """Each path in words."""
        from .paths_table import paths_document  # noqa: PLC0415 - what is not shown costs nothing

        return paths_document(self, lang)


def best(plan: Plan) -> Outcome:
    """The best that a provision can come to: words that always leave it to the authority end discretionary."""
    discretion: Expr = plan.discretion
    while isinstance(discretion, Condition):
        discretion = discretion.test
    return Outcome.DISCRETIONARY if discretion is ALWAYS else Outcome.MET
