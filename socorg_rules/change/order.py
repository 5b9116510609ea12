"""What it means that one decision is more generous than another, and the ways in which two can differ."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from decimal import Decimal

from ..decision import GRANTED, Finding, Outcome
from ..money import Amount
from ..plan import Plan
from ..provision import Grant, Kind


class Difference(enum.StrEnum):
    """How the newer text decides a case otherwise than the older one."""

    GRANTED = "granted"
    """A better outcome: not met, then left to the authority, then met."""
    REFUSED = "refused"
    """A worse one."""
    MORE = "more"
    """The same outcome, and a sum of which no end is smaller."""
    LESS = "less"
    """The same outcome, and a sum of which no end is larger."""
    OTHER_SUM = "other_sum"
    """The same outcome, and a sum that is neither: one end larger and the other smaller, or paid otherwise or to
    somebody else; or what is granted is of another kind."""
    SETTLED = "settled"
    """What was undetermined is decided now: a text gap, an open reading, or a fact that is asked for no longer."""
    OPENED = "opened"
    """What was decided is undetermined now."""
    DETAIL = "detail"
    """Outcome and what is payable stay; something else that the decision tells is another."""


SLIGHT = {Difference.SETTLED, Difference.OPENED, Difference.DETAIL}
"""Differences that are told where there is no other."""


class Verdict(enum.StrEnum):
    """What all differences that were found come to."""

    SAME = "same"
    MORE_GENEROUS = "more_generous"
    STRICTER = "stricter"
    BOTH = "both"
    AMOUNT = "amount"
    UNDETERMINED = "undetermined"
    DETAIL = "detail"
    ADDED = "added"
    REPEALED = "repealed"


RANKS = {Outcome.NOT_MET: 0, Outcome.DISCRETIONARY: 1, Outcome.MET: 2}
GENEROUS = {Difference.GRANTED, Difference.MORE}
STRICT = {Difference.REFUSED, Difference.LESS}


def verdict(found: set[Difference]) -> Verdict:
    """The one word for all the differences of a provision."""
    if found & GENEROUS and found & STRICT:
        return Verdict.BOTH
    if Difference.OTHER_SUM in found:
        return Verdict.BOTH if found & (GENEROUS | STRICT) else Verdict.AMOUNT
    if found & GENEROUS:
        return Verdict.MORE_GENEROUS
    if found & STRICT:
        return Verdict.STRICTER
    if found & {Difference.SETTLED, Difference.OPENED}:
        return Verdict.UNDETERMINED
    return Verdict.DETAIL if found else Verdict.SAME


def difference(old: Finding, new: Finding, plans: tuple[Plan, Plan]) -> Difference | None:
    """How two findings about one case differ, each of its plan; None where they are the same decision.

    Of a sanction, `met` means that it is triggered: there the order of outcomes is turned round.
    """
    kind = plans[1].provision.kind
    otherwise = {old.outcome, new.outcome} <= GRANTED and terms(plans[0]) != terms(plans[1])
    if old.state() == new.state() and not otherwise:
        return None
    before, after = old.outcome is Outcome.UNDETERMINED, new.outcome is Outcome.UNDETERMINED
    if before or after:
        return Difference.DETAIL if before and after else Difference.SETTLED if before else Difference.OPENED
    ways = {way for way in _ways(old, new, kind) if way is not None} | ({Difference.OTHER_SUM} if otherwise else set())
    if not ways:
        return Difference.DETAIL
    if len(ways) == 1:
        return ways.pop()
    if ways <= GENEROUS:
        return Difference.GRANTED
    return Difference.REFUSED if ways <= STRICT else Difference.OTHER_SUM


def terms(plan: Plan) -> tuple[str, str | None]:
    """What a provision grants whatever it finds: its kind, and to whom it is paid."""
    grant = plan.provision
    return grant.kind, grant.payee if isinstance(grant, Grant) else None


def _ways(old: Finding, new: Finding, kind: Kind) -> Iterator[Difference | None]:
    """In which ways the whole differs, else its items."""
    yield (top := _one(old, new, kind))
    if top is None:
        for a, b in zip(old.items or (), new.items or (), strict=False):
            if Outcome.UNDETERMINED not in {a.outcome, b.outcome}:
                yield _one(a, b, kind)


def _one(old: Finding, new: Finding, kind: Kind) -> Difference | None:
    step = RANKS[new.outcome] - RANKS[old.outcome]
    if step:
        return Difference.GRANTED if (step > 0) is (kind != "sanction") else Difference.REFUSED
    if new.outcome is Outcome.NOT_MET:
        return None
    return _sums(old.payable, new.payable) or _sums(old.entitlement, new.entitlement)


def _sums(old: Amount | None, new: Amount | None) -> Difference | None:
    if old == new:
        return None
    if old is None or new is None or old.per != new.per:
        return Difference.OTHER_SUM
    ends = [_step(old.min, new.min), _step(old.max, new.max)]
    if min(ends) >= 0:
        return Difference.MORE
    return Difference.LESS if max(ends) <= 0 else Difference.OTHER_SUM


def _step(old: Decimal | None, new: Decimal | None) -> int:
    """Whether an end has become larger or smaller; without bound is more than any sum."""
    if old == new:
        return 0
    if old is None or new is None:
        return 1 if new is None else -1
    return 1 if new > old else -1
