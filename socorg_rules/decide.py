"""From what is known of a provision's tests and sums to its finding: outcome, reason, entitlement, paid, payable.

With `evaluate.py` this is the specification that runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial, reduce
from types import MappingProxyType
from typing import Any

import attrs

from .calendar import NEVER
from .decision import Check, Finding, Outcome, Reason, Shown
from .evaluate import NO_ITEMS, Evaluator
from .expr import IMPOSSIBLE, Expr
from .facts import Type
from .known import Open, Value, conjunction, earliest, reasons
from .money import Amount, Number, round_fen, to_yuan
from .place import Env, members, unlisted
from .plan import NOTHING, Plan, Settlement
from .provision import Duty, Measure, Standard, Target
from .reading import Reading, TextGap

IMPOSSIBLE_VALUE = Value(False, False)
SETTLED = Value(None, None)
"""What stands for a value that a provision does not have: it leaves nothing open, and time does not change it."""
UNLISTED = Finding(Outcome.NOT_MET)
NO_TERMS = Settlement(IMPOSSIBLE, NOTHING)
BEST_FIRST = (Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED)
FURTHEST_FIRST = (Reason.PAID, Reason.CONDITIONS, Reason.NOT_IN_FORCE, Reason.NOT_APPLICABLE)


def decide(plan: Plan, ev: Evaluator) -> Finding:
    """Decide a provision: once, or for each item that exists on the day."""
    if plan.item is None:
        return _one(plan, ev, NO_ITEMS)
    fact = plan.item.collection.fact
    here, more, until = members(ev.root, fact, ev.as_of)
    items = tuple(_one(plan, ev, {plan.item: place}, place.path) for place in here)
    # What would be decided of an item of which nothing is known: it speaks for those that the case does not list.
    path = plan.collection_path
    unseen = _one(plan, ev, {plan.item: unlisted(plan.item, (path,))}, path) if more or not here else UNLISTED
    if unseen.outcome is not Outcome.NOT_MET:
        unbounded = unseen.entitlement and attrs.evolve(unseen.entitlement, min=Decimal("0.00"), max=None)
        missing = tuple(dict.fromkeys((path, *unseen.missing)))
        unseen = attrs.evolve(
            unseen, outcome=Outcome.UNDETERMINED, entitlement=unbounded, payable=unbounded, missing=missing
        )
    found = together(items, unseen, complete=not more, paying=plan.settlement is not None)
    return attrs.evolve(found, until=_sooner(until, unseen, *items))


def idle(plan: Plan, ev: Evaluator, found: Finding) -> frozenset[str]:
    """Readings that leave nothing open when they are left open themselves, so that all their alternatives agree.

    Where payments have used a claim up, what else is open is not told, and nothing is said.
    """
    if found.is_paid:
        return frozenset()
    names = {r.name for r in plan.readings}
    chosen = {name for name in names if ev.readings[name] is not None}
    agreed = names - chosen - {*found.open_readings}
    while chosen:
        opened = decide(plan, ev.under(dict.fromkeys(chosen)))
        left_open = chosen.intersection(opened.open_readings)
        if opened.is_paid or (not left_open and opened.sums() != found.sums()):
            break
        if not left_open:
            return frozenset(agreed | chosen)
        chosen -= left_open
    return frozenset(agreed)


def _sooner(day: dt.date | None, *findings: Finding) -> dt.date | None:
    return min((d for d in (day, *(f.until for f in findings)) if d is not None), default=None)


def together(items: tuple[Finding, ...], unseen: Finding, *, complete: bool, paying: bool) -> Finding:
    """The finding over all items: the best outcome that one has, the sums over those that have it."""
    all_ = items if complete else (*items, unseen)
    outcome = next((o for o in BEST_FIRST if any(f.outcome is o for f in all_)), Outcome.NOT_MET)
    reason = None
    if outcome is Outcome.NOT_MET:
        reasons_ = [f.reason for f in items or (unseen,)]
        reason = next((r for r in FURTHEST_FIRST if r in reasons_), Reason.CONDITIONS)
    alike = [f for f in all_ if f.outcome is outcome and f.reason is reason]
    paid = [f.paid for f in items]
    return Finding(
        outcome=outcome,
        reason=reason,
        entitlement=_total([f.entitlement for f in alike], outcome),
        paid=sum((p for p in paid if p), Decimal("0.00")) if paying and complete and None not in paid else None,
        payable=_total([f.payable for f in alike], outcome),
        missing=tuple(dict.fromkeys(m for f in all_ for m in f.missing)),
        gaps=tuple(dict.fromkeys(g for f in all_ for g in f.gaps)),
        open_readings=tuple(dict.fromkeys(r for f in all_ for r in f.open_readings)),
        items=items,
    )


def _total(amounts: list[Amount | None], outcome: Outcome) -> Amount | None:
    """The sum over items; where none is decided, one of them may be all that there is."""
    known = [a for a in amounts if a is not None]
    if not known:
        return None
    total = reduce(Amount.__add__, known)
    return attrs.evolve(total, min=min(a.min for a in known)) if outcome is Outcome.UNDETERMINED else total


def _one(plan: Plan, ev: Evaluator, env: Env, path: str = "") -> Finding:
    """Decide for the root entity, or for the item at `path`. What a refusal leaves idle is not looked at."""
    at: At = partial(ev.recall, env, path)
    told = _told(plan, at, path.partition(".")[2] or None)
    reach = at(plan.reach)
    if reach.truth is False:
        return told.refused(Reason.NOT_APPLICABLE, reach)
    force = at(plan.force)
    if force.truth is False:
        return told.refused(Reason.NOT_IN_FORCE, reach, force)
    when = at(plan.when)
    claim = conjunction([reach, force, when])
    shown = _shown(plan, at)
    if claim.truth is False:
        return told.refused(Reason.CONDITIONS, reach, force, when, shown.time, shown=shown)
    money, whether = _money(plan, at), at(plan.discretion)
    deciding = (claim, money.used, whether, *money.ends)
    if money.used.truth:
        return told.refused(Reason.PAID, *deciding, money.months, money=money)
    opens = tuple(dict.fromkeys((*reasons(deciding), *shown.opens)))
    settled = claim.truth and not money.used.why and not whether.why
    return Finding(
        outcome=Outcome.UNDETERMINED if not settled else Outcome.DISCRETIONARY if whether.low else Outcome.MET,
        entitlement=money.granted,
        paid=told.paid,
        payable=money.payable,
        missing=tuple(o for o in opens if isinstance(o, str)),
        gaps=tuple(dict.fromkeys((*(o for o in opens if isinstance(o, TextGap)), *plan.gaps))),
        open_readings=tuple(o.name for o in opens if isinstance(o, Reading)),
        months_left=money.months_left,
        measure=shown.measure,
        checklist=shown.checklist,
        duty=told.duty,
        due=told.due,
        result=shown.result,
        item=told.item,
        until=earliest((*deciding, told.time, shown.time, money.months)),
    )


At = Callable[[Expr], Value]
"""What is known of an expression, about the root entity or the item at hand."""


@attrs.frozen
class _Told:
    """What every finding tells, and what time can change in it."""

    item: str | None
    paid: Decimal | None
    duty: Mapping[str, str | None] | None
    due: str | None
    time: Value

    def refused(
        self, reason: Reason, *deciding: Value, shown: _Shown | None = None, money: _Money | None = None
    ) -> Finding:
        """Not met; what was used up by payments still shows what it was worth."""
        return Finding(
            Outcome.NOT_MET,
            reason,
            entitlement=money.granted if money else None,
            paid=self.paid,
            payable=money.nothing if money else None,
            months_left=money.months_left if money else None,
            measure=shown.measure if shown else None,
            checklist=shown.checklist if shown else None,
            duty=self.duty,
            due=self.due,
            item=self.item,
            until=earliest((*deciding, self.time)),
        )


def _told(plan: Plan, at: At, item: str | None) -> _Told:
    p = plan.provision
    received = at(plan.settlement.paid) if plan.settlement is not None else SETTLED
    due = at(p.due) if p.due is not None else SETTLED
    day = _text(due, Type.DATE)
    return _Told(
        item,
        paid=None if plan.settlement is None or received.why else to_yuan(received.low),
        duty=duty_of(p, day) if isinstance(p, Duty) else None,
        due=day if isinstance(p, Target) else None,
        time=Value(None, None, until=earliest((received, due))),
    )


def duty_of(duty: Duty, due: str | None) -> Mapping[str, str | None]:
    """Who must do what, and by when. Engines keep findings, so that nobody may write into one."""
    return MappingProxyType({"who": duty.who, "action": duty.action, "due": due})


@attrs.frozen
class _Money:
    """The lines of a grant, whether payments have used it up, and the values that they hang on."""

    granted: Amount | None = None
    payable: Amount | None = None
    nothing: Amount | None = None
    used: Value = IMPOSSIBLE_VALUE
    ends: tuple[Value, ...] = ()
    months_left: int | None = None
    months: Value = SETTLED


def _money(plan: Plan, at: At) -> _Money:
    terms = plan.settlement or NO_TERMS  # a grant to an entity without payments has its sums all the same
    used = at(terms.used)
    months = at(terms.months_used) if terms.months_used is not None else SETTLED
    months_left = None if terms.limit is None or months.why else max(0, terms.limit - months.low)
    if plan.low is None or plan.high is None:
        return _Money(used=used, months_left=months_left, months=months)
    ends: tuple[Value, ...] = (at(plan.low), at(plan.high))
    low = 0 if ends[0].absent is not False else max(0, round_fen(ends[0].low or 0))
    high = 0 if ends[1].absent else None if ends[1].high is None else max(0, round_fen(ends[1].high))
    low = low if high is None else min(low, high)  # where the ends of a range cross, the ceiling holds
    left: tuple[int, int | None] = (0, high) if used.why else (low, high)
    if terms.credited is not None:
        credited = at(terms.credited)
        ends = (*ends, credited)
        most = 0 if credited.high is None else max(0, low - round_fen(credited.high))
        left = most, None if high is None else max(0, high - round_fen(credited.low or 0))
    granted, payable, nothing = (Amount.of_fen(*sums, plan.per) for sums in ((low, high), left, (0, 0)))
    return _Money(granted, payable, nothing, used, ends, months_left, months)


@attrs.frozen
class _Shown:
    """What a finding shows beside outcome and money, what leaves it open, and what time can change in it."""

    measure: Shown | None
    checklist: tuple[Check, ...] | None
    result: str | None
    opens: tuple[Open, ...]
    time: Value


def _shown(plan: Plan, at: At) -> _Shown:
    p = plan.provision
    due = at(p.due) if p.due is not None else SETTLED
    result = at(p.result) if p.result is not None else SETTLED
    tests = [(c, at(c)) for c in p.checklist] if isinstance(p, Standard) else []
    quantities = [at(e) for e in (p.measure.value, p.measure.required, p.measure.shortfall)] if p.measure else []
    return _Shown(
        measure=_measure(p.measure, quantities),
        checklist=tuple(Check(c.label, _outcome(v)) for c, v in tests) if tests else None,
        result=_text(result, Type.TEXT),
        opens=reasons((due, result)),
        time=Value(None, None, until=earliest([due, result, *quantities, *(v for _, v in tests)])),
    )


def _outcome(test: Value) -> Outcome:
    return {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNDETERMINED}[test.truth]


def _measure(measure: Measure | None, quantities: list[Value]) -> Shown | None:
    if measure is None:
        return None
    value, required, shortfall = (_text(v, measure.required.shape.type) for v in quantities)
    return Shown(value, required, shortfall, measure.unit)


def _text(value: Value, type_: Type) -> str | None:
    return None if value.why or value.low is None else value_text(value.low, type_)


def value_text(value: Any, type_: Type) -> str | None:  # noqa: ANN401 - of the type given
    """A settled value as text: yuan with two places, numbers in full, days in ISO form (None: never)."""
    if value == NEVER:
        return None
    if type_ is Type.MONEY:
        return str(to_yuan(value))
    if type_ is Type.NUMBER:
        return number_text(value)
    return str(value)


def number_text(number: Number) -> str:
    """A whole number, a finite decimal, or else a fraction, exactly."""
    if isinstance(number, int):
        return str(number)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal:f}" if Fraction(decimal) == number else str(number)
