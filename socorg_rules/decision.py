"""What was decided about one provision: plain values with their reasons."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Protocol

import attrs

from .money import Amount
from .reading import TextGap


class Outcome(enum.StrEnum):
    """What became of a provision for a case; `docs/semantics.md` says what `met` means for each kind."""

    MET = "met"
    DISCRETIONARY = "discretionary"
    UNDETERMINED = "undetermined"
    NOT_MET = "not_met"


GRANTED = frozenset({Outcome.MET, Outcome.DISCRETIONARY})
"""The outcomes of what is granted, for sure or as the authority decides."""


class Reason(enum.StrEnum):
    """Why a provision is not met."""

    NOT_APPLICABLE = "not_applicable"
    NOT_IN_FORCE = "not_in_force"
    CONDITIONS = "conditions"
    PAID = "paid"


@attrs.frozen
class Shown:
    """A quantity held against a required one, as text; None where it is not known."""

    value: str | None
    required: str | None
    shortfall: str | None
    unit: str

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        return attrs.asdict(self)


@attrs.frozen
class Check:
    """One requirement of a standard, with its outcome."""

    test: str
    outcome: Outcome


class Fired(Protocol):
    """What an engine of rules came to, and by which rules."""

    def to_list(self) -> list[dict[str, Any]]:
        """The facts and the rules that fired, in their order, as plain data."""


@attrs.frozen(eq=False)
class Finding:
    """What was decided of a provision, or of one item of it, without what is worked out on request.

    `entitlement` is what the clause grants, `payable` what of it is still to be paid, in yuan; `paid` is the sum of
    all time, None where it is not known or nothing is paid under the provision. `missing` are paths of facts. `fired`
    is what rules came to, by the path of an item or nothing, where an engine of rules has decided.
    """

    outcome: Outcome
    reason: Reason | None = None
    entitlement: Amount | None = None
    paid: Decimal | None = None
    payable: Amount | None = None
    missing: tuple[str, ...] = ()
    gaps: tuple[TextGap, ...] = ()
    open_readings: tuple[str, ...] = ()
    months_left: int | None = None
    measure: Shown | None = None
    checklist: tuple[Check, ...] | None = None
    duty: Mapping[str, str | None] | None = None
    due: str | None = None
    result: str | None = None
    item: str | None = None
    items: tuple[Finding, ...] | None = None
    until: dt.date | None = None
    fired: Mapping[str, Fired] | None = None

    @property
    def text_gaps(self) -> tuple[str, ...]:
        """What the text leaves open, in words."""
        return tuple(g.question for g in self.gaps)

    def state(self) -> tuple[object, ...]:
        """All that makes two findings of a provision the same decision."""
        return (*STATE(self), None if self.items is None else tuple(i.state() for i in self.items))

    def sums(self) -> tuple[object, ...]:
        """Outcome and amounts, those of its items too: what a decision comes to."""
        items = () if self.items is None else tuple(i.sums() for i in self.items)
        return self.outcome, self.entitlement, self.payable, items

    @property
    def is_paid(self) -> bool:
        """Whether payments have used it up, or one of its items."""
        return self.reason is Reason.PAID or any(i.is_paid for i in self.items or ())

    def to_dict(self) -> dict[str, object]:
        """Plain data, in the form of the answer schema."""
        made: dict[str, object] = {
            "outcome": self.outcome.value,
            "reason": self.reason.value if self.reason else None,
            "entitlement": self.entitlement.to_dict() if self.entitlement else None,
            "paid": None if self.paid is None else str(self.paid),
            "payable": self.payable.to_dict() if self.payable else None,
            "missing": list(self.missing),
            "text_gaps": list(self.text_gaps),
            "open_readings": list(self.open_readings),
            "months_left": self.months_left,
        }
        if self.item is not None:
            made = {"item": self.item, **made}
        if self.measure is not None:
            made["measure"] = self.measure.to_dict()
        if self.checklist is not None:
            made["checklist"] = [{"test": c.test, "outcome": c.outcome.value} for c in self.checklist]
        if self.duty is not None:
            made["duty"] = dict(self.duty)
        if self.due is not None:
            made["due"] = self.due
        if self.result is not None:
            made["result"] = self.result
        if self.items is not None:
            made["items"] = [i.to_dict() for i in self.items]
        return made


STATE = attrgetter(*(a.name for a in attrs.fields(Finding) if a.name not in {"items", "until", "fired"}))
"""All of a finding but its items, how long it lasts, and which rules came to it."""
