"""From what is known of a provision's tests and sums to its finding: outcome, reason, entitlement, paid, payable.

With `evaluate.py` this is the specification that runs.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from functools import reduce

import attrs

from .calendar import NEVER
from .decision import Check, Finding, Outcome, Reason, Shown
from .evaluate import NO_ITEMS, Evaluator
from .expr import Expr
from .facts import Type
from .known import Open, Value, conjunction, earliest, reasons
from .money import Amount, Number, round_fen, to_yuan
from .place import Env, members, unlisted
from .plan import Plan
from .provision import Duty, Measure, Standard, Target, shortfall
from .reading import Reading, TextGap

FALSE = Value(False, False)
BEST_FIRST = (Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED)
FURTHEST_FIRST = (Reason.PAID, Reason.CONDITIONS, Reason.NOT_IN_FORCE, Reason.NOT_APPLICABLE)


def decide(plan: Plan, ev: Evaluator) -> Finding:
    """Decide a provision: once, or for each item that exists on the day."""
    if plan.item is None:
        return _one(plan, ev, NO_ITEMS)
    fact = plan.item.collection.fact
    here, more, until = members(ev.root, fact, ev.as_of)
    items = tuple(_one(plan, ev, {plan.item: place}, place.path.partition(".")[2]) for place in here)
    # What would be decided of an item of which nothing is known: it speaks for those that the case does not list.
    path = f"{ev.root.path}.{fact.name}"
    unseen = _one(plan, ev, {plan.item: unlisted(plan.item, (path,))})
    if unseen.outcome is not Outcome.NOT_MET:
        unbounded = unseen.entitlement and attrs.evolve(unseen.entitlement, min=Decimal("0.00"), max=None)
        missing = tuple(dict.fromkeys((path, *unseen.missing)))
        unseen = attrs.evolve(
            unseen, outcome=Outcome.UNDETERMINED, entitlement=unbounded, payable=unbounded, missing=missing
        )
    found = _together(items, unseen, complete=not more, paying=plan.settlement is not None)
    return attrs.evolve(found, until=_sooner(until, unseen, *items))


def next_change(plan: Plan, ev: Evaluator, found: Finding) -> dt.date | None:
    """The first day after the question's on which the finding is another by the passing of time alone."""
    until = found.until
    while until is not None:
        later = decide(plan, ev.on(until))
        if later.state() != found.state():
            return until
        until = later.until
    return None


def _sooner(day: dt.date | None, *findings: Finding) -> dt.date | None:
    return min((d for d in (day, *(f.until for f in findings)) if d is not None), default=None)


def _together(items: tuple[Finding, ...], unseen: Finding, *, complete: bool, paying: bool) -> Finding:
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


def _one(plan: Plan, ev: Evaluator, env: Env, item: str | None = None) -> Finding:
    """Decide for the root entity, or for one item."""
    reach, force, when, whether = (ev.value(e, env) for e in (plan.reach, plan.force, plan.when, plan.discretion))
    claim = conjunction([reach, force, when])
    money = _money(plan, ev, env)
    shown = _shown(plan, ev, env)
    until = earliest((reach, force, when, whether, money.used, *money.ends, money.time, shown.time))
    found = Finding(Outcome.NOT_MET, paid=money.paid, item=item, until=until, duty=shown.duty)
    if claim.truth is False:
        reason = _first_false(reach, force)
        if reason is not Reason.CONDITIONS:
            return attrs.evolve(found, reason=reason)
        return attrs.evolve(found, reason=reason, measure=shown.measure, checklist=shown.checklist)
    if money.used.truth:
        nothing = money.granted and Amount.of_fen(0, 0, plan.per)
        return attrs.evolve(
            found, reason=Reason.PAID, entitlement=money.granted, payable=nothing, months_left=money.months_left
        )
    settled = claim.truth and not money.used.why and not whether.why
    opens = tuple(dict.fromkeys((*reasons((claim, money.used, whether, *money.ends)), *shown.opens)))
    return attrs.evolve(
        found,
        outcome=Outcome.UNDETERMINED if not settled else Outcome.DISCRETIONARY if whether.low else Outcome.MET,
        entitlement=money.granted,
        payable=money.payable,
        missing=tuple(o for o in opens if isinstance(o, str)),
        gaps=tuple(dict.fromkeys((*(o for o in opens if isinstance(o, TextGap)), *plan.gaps))),
        open_readings=tuple(o.name for o in opens if isinstance(o, Reading)),
        months_left=money.months_left,
        measure=shown.measure,
        checklist=shown.checklist,
        result=shown.result,
    )


def _first_false(reach: Value, force: Value) -> Reason:
    if reach.truth is False:
        return Reason.NOT_APPLICABLE
    return Reason.NOT_IN_FORCE if force.truth is False else Reason.CONDITIONS


@attrs.frozen
class _Money:
    """The three lines of a grant, whether payments have used it up, and the values that they hang on."""

    granted: Amount | None = None
    payable: Amount | None = None
    paid: Decimal | None = None
    used: Value = FALSE
    ends: tuple[Value, ...] = ()
    months_left: int | None = None
    time: Value = FALSE


def _money(plan: Plan, ev: Evaluator, env: Env) -> _Money:
    terms = plan.settlement
    used = FALSE if terms is None else ev.value(terms.used, env)
    received, credited, months = (
        None if e is None else ev.value(e, env)
        for e in ((None, None, None) if terms is None else (terms.paid, terms.credited, terms.months_used))
    )
    months_left = None
    if terms is not None and terms.limit is not None and months is not None and not months.why:
        months_left = max(0, terms.limit - months.low)
    paid = None if received is None or received.why else to_yuan(received.low)
    found = _Money(
        paid=paid,
        used=used,
        months_left=months_left,
        time=Value(None, None, until=earliest(v for v in (received, months) if v is not None)),
    )
    if plan.low is None or plan.high is None:
        return found
    ends = ev.value(plan.low, env), ev.value(plan.high, env)
    low = 0 if ends[0].absent is not False else max(0, round_fen(ends[0].low or 0))
    high = 0 if ends[1].absent else None if ends[1].high is None else max(0, round_fen(ends[1].high))
    left: tuple[int, int | None] = (low, high)
    if credited is not None:
        most = 0 if credited.high is None else max(0, low - round_fen(credited.high))
        left = most, None if high is None else max(0, high - round_fen(credited.low or 0))
    elif used.why:
        left = 0, high
    return attrs.evolve(
        found,
        granted=Amount.of_fen(low, high, plan.per),
        payable=Amount.of_fen(*left, plan.per),
        ends=ends if credited is None else (*ends, credited),
    )


@attrs.frozen
class _Shown:
    """What a finding shows beside outcome and money, what leaves it open, and what time can change in it."""

    measure: Shown | None
    checklist: tuple[Check, ...] | None
    duty: dict[str, str | None] | None
    result: str | None
    opens: tuple[Open, ...]
    time: Value


def _shown(plan: Plan, ev: Evaluator, env: Env) -> _Shown:
    p = plan.provision
    due = ev.value(p.due, env) if p.due is not None else None
    result = ev.value(p.result, env) if p.result is not None else None
    tests = [(c, ev.value(c, env)) for c in p.checklist] if isinstance(p, Standard) else []
    told = [v for v in (due, result) if v is not None]
    quantities = [ev.value(e, env) for e in (p.measure.value, p.measure.required)] if p.measure else []
    due_text = _text(due, Type.DATE) if due else None
    measured = _measure(p.measure, ev, env, due_text if isinstance(p, Target) else None) if p.measure else None
    return _Shown(
        measure=measured,
        checklist=tuple(Check(c.label, _outcome(v)) for c, v in tests) if tests else None,
        duty={"who": p.who, "action": p.action, "due": due_text} if isinstance(p, Duty) else None,
        result=_text(result, Type.TEXT) if result else None,
        opens=reasons(told),
        time=Value(None, None, until=earliest([*told, *quantities, *(v for _, v in tests)])),
    )


def _outcome(test: Value) -> Outcome:
    return {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNDETERMINED}[test.truth]


def _measure(measure: Measure, ev: Evaluator, env: Env, due: str | None) -> Shown:
    def show(expr: Expr) -> str | None:
        return _text(ev.value(expr, env), measure.required.shape.type)

    return Shown(show(measure.value), show(measure.required), show(shortfall(measure)), measure.unit, due)


def _text(value: Value, type_: Type) -> str | None:
    """A settled value as text: yuan with two places, numbers in full, days in ISO form."""
    if value.why or value.absent or value.low == NEVER:
        return None
    if type_ is Type.MONEY:
        return str(to_yuan(value.low))
    if type_ is Type.NUMBER:
        return number_text(value.low)
    return str(value.low)


def number_text(number: Number) -> str:
    """A whole number, a finite decimal, or else a fraction, exactly."""
    if isinstance(number, int):
        return str(number)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal:f}" if Fraction(decimal) == number else str(number)
