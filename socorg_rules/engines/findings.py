"""From the settled values of a provision to its finding, as `decide.py` makes it where no fact is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..decide import duty_of, value_text
from ..decision import Check, Finding, Outcome, Reason, Shown
from ..facts import Type
from ..money import Amount, round_fen, to_yuan
from ..plan import Plan
from ..provision import Duty, Standard, Target
from .running import ABSENT
from .spread import ends

Settled = Any
"""A value of whatever type the expression has, or `ABSENT`; a sum may be a `Spread`."""


class Findings:
    """What can be found of one provision; each method makes one from values (money in fen)."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def refused(
        self,
        reason: Reason,
        item: str | None,
        paid: Settled,
        due: Settled,
        quantities: tuple[Settled, ...] = (),
        checks: tuple[bool, ...] = (),
    ) -> Finding:
        """Not met, because of reach, force or conditions."""
        return Finding(
            Outcome.NOT_MET,
            reason,
            item=item,
            **self._told(paid, due),
            **(self._shown(quantities, checks) if reason is Reason.CONDITIONS else {}),
        )

    def granted(  # noqa: PLR0913, PLR0917 - called by position, and its results kept by that
        self,
        item: str | None,
        paid: Settled,
        due: Settled,
        used: bool,  # noqa: FBT001 - the value of a test
        discretion: bool,  # noqa: FBT001
        months_used: Settled,
        low: Settled,
        high: Settled,
        credited: Settled,
        quantities: tuple[Settled, ...],
        checks: tuple[bool, ...],
        result: Settled,
    ) -> Finding:
        """The conditions are met: met, discretionary, or used up by payments."""
        limit = self.plan.settlement.limit if self.plan.settlement else None
        left = None if limit is None or months_used is None else max(0, limit - months_used)
        sums = self._sums(low, high, credited)
        told: dict[str, Any] = {"item": item, "months_left": left, **self._told(paid, due)}
        if sums is not None:
            told["entitlement"], told["payable"] = (Amount.of_fen(*ends, self.plan.per) for ends in sums)
        if used:
            nothing = None if sums is None else Amount.of_fen(0, 0, self.plan.per)
            return Finding(Outcome.NOT_MET, Reason.PAID, **{**told, "payable": nothing})
        return Finding(
            Outcome.DISCRETIONARY if discretion else Outcome.MET,
            gaps=tuple(dict.fromkeys(self.plan.gaps)),
            open_readings=tuple(dict.fromkeys(r for end in (low, high, credited) for r in ends(end).why)),
            result=_text(result, Type.TEXT),
            **told,
            **self._shown(quantities, checks),
        )

    def _told(self, paid: Settled, due: Settled) -> Mapping[str, Any]:
        p, day = self.plan.provision, _text(due, Type.DATE)
        return {
            "paid": None if paid is None else to_yuan(paid),
            "duty": duty_of(p, day) if isinstance(p, Duty) else None,
            "due": day if isinstance(p, Target) else None,
        }

    def _shown(self, quantities: tuple[Settled, ...], checks: tuple[bool, ...]) -> Mapping[str, Any]:
        p, shown = self.plan.provision, None
        if p.measure is not None:
            value, required, shortfall = (_text(q, p.measure.required.shape.type) for q in quantities)
            shown = Shown(value, required, shortfall, p.measure.unit)
        listed = p.checklist if isinstance(p, Standard) else ()
        verdicts = tuple(
            Check(c.label, Outcome.MET if met else Outcome.NOT_MET) for c, met in zip(listed, checks, strict=True)
        )
        return {"measure": shown, "checklist": verdicts or None}

    def _sums(self, low: Settled, high: Settled, credited: Settled) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """What is granted, and what of it is left to pay."""
        if low is None or high is None:
            return None
        most = 0 if high is ABSENT else max(0, round_fen(ends(high).high))
        least = min(most, 0 if low is ABSENT else max(0, round_fen(ends(low).low)))
        if credited is None:
            return (least, most), (least, most)
        if credited is ABSENT:
            return (least, most), (0, most)
        taken = ends(credited)
        return (least, most), (max(0, least - round_fen(taken.high)), max(0, most - round_fen(taken.low)))


def _text(value: Settled, kind: Type) -> str | None:
    return None if value is None or value is ABSENT else value_text(value, kind)
