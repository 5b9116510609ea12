"""Properties of what is paid: better never pays less, no more than a cap, no cliff, once is once, sums add up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Unpack

import attrs

from ..answer import Decision
from ..arguments import listed, number
from ..assess import answer_to
from ..calendar import month_of
from ..decide import number_text
from ..decision import Finding, Outcome
from ..errors import CaseError, PackError, Problem
from ..facts import Fact, Type
from ..money import Amount
from ..pack import Pack
from ..plan import ITEM_NAMES, Plan
from ..provision import Grant
from ..value import Unfit, read_value, write_value
from .drawn import GRANTED, WHOLE, Drawn, How, Trial, places, told, with_fact

RANKS = {Outcome.NOT_MET: 0, Outcome.DISCRETIONARY: 1, Outcome.MET: 2}
ZERO = Decimal("0.00")
NOTHING = Amount(ZERO, ZERO)


def monotone(
    pack: str | os.PathLike[str] | Pack, provision: str, fact: str, order: Sequence[object], **how: Unpack[How]
) -> None:
    """Assert that a better value of a fact is never decided worse, and never pays less.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        fact: the path of the fact without numbers of items, as in `organization.assessments.grade`: of each item in
            turn, the others as they are.
        order: its values as a case file writes them, from the worst to the best.
        how: see `How`.

    Raises:
        AssertionError: a better value is decided worse or pays less; or no case drawn was ever granted.
        CaseError: the order holds no two values, or one that the fact cannot hold.
        CaseError, PackError: as for `Trial`.

    >>> monotone("yangpu", "venture_match", "organization.ventures.amount", [0, 50_000, 100_000, 200_000])
    """
    problems: list[Problem] = []
    ranked = listed("order", order, problems, of="values, from the worst to the best")
    if not problems and len(ranked) < 2:  # noqa: PLR2004 - to hold one against another
        problems.append(Problem("order", f"holds {len(ranked)} values; write two or more, from the worst to the best"))
    if problems:
        raise CaseError(problems)
    values = "＜".join(map(str, ranked))
    claim = f"{fact} 越好（{values}），结论和可领不变差", f"a better {fact} ({values}) is never decided worse"
    trial = Trial(claim, pack, provision, how)
    ordered = trial.fact_read(fact)
    for value in ranked:
        try:
            read_value(ordered, value)
        except Unfit as told_:
            problems.append(Problem("order", str(told_)))
    if problems:
        raise CaseError(problems)

    def check(drawn: Drawn) -> bool:
        seen = False
        for path in places(drawn.case, fact):
            asked = [with_fact(drawn, path, value) for value in ranked]
            found = [(one, _maybe(trial, one)) for one in asked]
            both = [(one, d) for one, d in found if d is not None and d.outcome in RANKS]
            seen = seen or any(d.outcome in GRANTED for _, d in both)
            for (one, worse), (other, better) in pairwise(both):
                if not _at_least(better.finding, worse.finding):
                    shown = {f"{path} = {told(o.case, path)}": d for o, d in ((one, worse), (other, better))}
                    raise trial.broken(drawn, shown)
        return seen

    trial.on(trial.near(provision), check)


def capped(
    pack: str | os.PathLike[str] | Pack,
    provision: str,
    most: int | Decimal,
    *,
    in_all: int | Decimal | None = None,
    **how: Unpack[How],
) -> None:
    """Assert that a grant never comes to more than so much.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        most: yuan, once or every month as the provision pays; of a provision that decides item by item, for each.
        in_all: yuan for all items together, where that is limited as well.
        how: see `How`.

    Raises:
        AssertionError: some case is granted more, or without limit; or no case drawn was ever granted a sum.
        CaseError: a sum is no exact number.
        CaseError, PackError: as for `Trial`.

    >>> capped("yangpu", "opening_subsidy", 10_000)
    """
    problems: list[Problem] = []
    number("most", most, problems)
    if in_all is not None:
        number("in_all", in_all, problems)
    if problems:
        raise CaseError(problems)
    trial = Trial((f"不超过 {most} 元", f"no more than {most} yuan"), pack, provision, how)

    _grant(trial)

    def check(drawn: Drawn) -> bool:
        decision = trial.decision(drawn)
        limits = [(one.entitlement, most) for one in _each(decision)]
        limits += [(decision.entitlement, in_all)] if in_all is not None else []
        for granted, limit in limits:
            if granted is not None and (granted.max is None or granted.max > limit):
                raise trial.broken(drawn, {"结论 decision": decision})
        return any(granted is not None for granted, _ in limits)

    trial.on(trial.near(provision), check)


def no_cliff(
    pack: str | os.PathLike[str] | Pack,
    provision: str,
    fact: str,
    step: int | Decimal,
    most: int | Decimal,
    **how: Unpack[How],
) -> None:
    """Assert that one step more of a number changes what is payable by no more than so much.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        fact: the path of a number or a sum without numbers of items, as in `organization.ventures.amount`.
        step: the step, in the unit of the fact; a sum in yuan.
        most: yuan, at either end of what is payable. What is not met pays nothing.
        how: see `How`.

    Raises:
        AssertionError: some step changes more; or no case drawn was ever granted a sum.
        CaseError: the step or the sum is no exact number.
        CaseError, PackError: as for `Trial`.

    >>> no_cliff("yangpu", "venture_match", "organization.ventures.amount", 100, 50)
    """
    problems: list[Problem] = []
    number("step", step, problems, more_than_nothing=True)
    number("most", most, problems)
    if problems:
        raise CaseError(problems)
    claim = f"{fact} 每差 {step}，可领相差不超过 {most} 元", f"{step} of {fact} change no more than {most} yuan"
    trial = Trial(claim, pack, provision, how)
    _grant(trial)
    stepped = trial.fact_read(fact)
    if stepped.type not in {Type.NUMBER, Type.MONEY}:
        raise PackError(f"`{fact}` is no number and no sum, of which there could be one step more")

    def check(drawn: Drawn) -> bool:
        seen = False
        for path in places(drawn.case, fact):
            for value in _numbers(trial, drawn, stepped):
                lower, upper = (with_fact(drawn, path, number_text(n)) for n in (value, value + Fraction(step)))
                one, other = _maybe(trial, lower), _maybe(trial, upper)
                if one is None or other is None or not {one.outcome, other.outcome} <= RANKS.keys():
                    continue
                before, after = (d.payable or NOTHING for d in (one, other))
                seen = seen or Outcome.MET in {one.outcome, other.outcome}
                if _apart(before.min, after.min) > most or _apart(before.max, after.max) > most:
                    shown = {f"{path} = {told(o.case, path)}": d for o, d in ((lower, one), (upper, other))}
                    raise trial.broken(drawn, shown)
        return seen

    trial.on(trial.near(provision), check)


def once_is_once(pack: str | os.PathLike[str] | Pack, provision: str, **how: Unpack[How]) -> None:
    """Assert that whoever was paid all that is payable has nothing more to get on that day, whatever the terms.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of a grant. Of one that pays item by item, each item is paid.
        how: see `How`.

    Raises:
        AssertionError: something is payable still; or no case drawn was ever granted a sum.
        CaseError, PackError: as for `Trial`.

    >>> once_is_once("yangpu", "opening_subsidy")
    """
    trial = Trial(("领足之后当日不再可领", "whoever was paid all gets no more that day"), pack, provision, how)
    if any(plan.settlement is None for plan in trial.plans):
        raise PackError(f"`{trial.pack.id}.{provision}` is no grant with payments")

    def check(drawn: Drawn) -> bool:
        plan = trial.plan(drawn.as_of)
        named = _named_items(plan, with_fact(drawn, f"{plan.root.name}.payments", []))
        before = trial.decision(named)
        payments = {one.item: p for one in _each(before) for p in _paying(plan, one, named)}
        if not payments:
            return False
        paid = with_fact(named, f"{plan.root.name}.payments", list(payments.values()))
        after = trial.decision(paid)
        left = [one for one in _each(after) if one.item in payments and one.outcome is not Outcome.NOT_MET]
        if any(one.payable is None or one.payable.max != 0 for one in left):
            raise trial.broken(paid, {"未付 unpaid": before, "付足 paid": after})
        return True

    trial.on(trial.near(provision), check)


def sums_add_up(pack: str | os.PathLike[str] | Pack, **how: Unpack[How]) -> None:
    """Assert that the sums of every answer add up: of the items of a provision, of the provisions in the total; that
    no more is payable than granted, and that no range is the wrong way round.

    Raises:
        AssertionError: some sum does not add up; or no case drawn was ever granted a sum.
        CaseError, PackError: as for `Trial`.

    >>> sums_add_up("yangpu", examples=20)
    """
    trial = Trial(("各项之和等于合计", "the sums add up"), pack, WHOLE, how)
    grants = dict.fromkeys(p.provision.id for p in trial.plans if isinstance(p.provision, Grant))
    if not grants:
        raise PackError(f"`{trial.pack.id}` has no grants, whose sums could add up")

    def check(drawn: Drawn) -> bool:
        try:
            answer = answer_to(trial.question(drawn))
        except CaseError:
            return False
        sums: dict[tuple[str, str], Amount] = {}
        for decision in answer.of_kind("grant"):
            if not _sound(decision):
                raise trial.broken(drawn, {"结论 decision": decision})
            grant = decision.plan.provision
            if isinstance(grant, Grant) and decision.outcome is Outcome.MET and decision.payable is not None:
                key = grant.payee, decision.payable.per
                sums[key] = sums[key] + decision.payable if key in sums else decision.payable
        counted = {
            (payee, per): amount
            for payee, row in answer.total.sums.items()
            for per, amount in row.items()
            if (payee, per) in sums or amount != attrs.evolve(NOTHING, per=amount.per)
        }
        if answer.pack.normative and counted != sums:
            raise trial.broken(drawn, {d.provision: d for d in answer.of_kind("grant") if d.payable is not None})
        return bool(sums) or any(d.payable is not None for d in answer.of_kind("grant"))

    trial.on(trial.near(*grants), check)


# ------------------------------------------------------------------------------------------------------- sums


def _grant(trial: Trial) -> None:
    """See that a provision is one that grants sums.

    Raises:
        PackError: it is another.
    """
    for plan in trial.plans:
        if not isinstance(plan.provision, Grant):
            told = f"`{trial.pack.id}.{plan.provision.id}` is no grant, of which a sum could be claimed"
            raise PackError(told)


def _maybe(trial: Trial, drawn: Drawn) -> Decision | None:
    """What is decided; None where the changed case is not sound."""
    try:
        return trial.decide(drawn)
    except CaseError:
        return None


def _at_least(better: Finding, worse: Finding) -> bool:
    """Whether one decision is not worse than another, in outcome and at both ends of what is payable."""
    if RANKS[better.outcome] < RANKS[worse.outcome]:
        return False
    if worse.payable is None or worse.outcome not in GRANTED:
        return True
    more, less = better.payable, worse.payable
    return more is not None and more.min >= less.min and (more.max is None or _within(less.max, more.max))


def _within(inner: Decimal | None, outer: Decimal | None) -> bool:
    return outer is None or (inner is not None and inner <= outer)


def _each(decision: Decision) -> tuple[Finding, ...]:
    """What was decided of each item; the decision itself where it decides once."""
    return (decision.finding,) if decision.items is None else decision.items


def _apart(one: Decimal | None, other: Decimal | None) -> Decimal:
    """How far two ends lie apart; without bound is infinitely far from any sum."""
    if one is None or other is None:
        return ZERO if one is other else Decimal("Infinity")
    return abs(one - other)


def _sound(decision: Decision) -> bool:
    """Whether the sums of a decision agree with each other and with those of its items."""
    granted, payable = decision.entitlement, decision.payable
    for amount in (granted, payable):
        if amount is not None and not (amount.min >= 0 and _within(amount.min, amount.max)):
            return False
    if granted is not None and payable is not None and not _within(payable.max, granted.max):
        return False
    if decision.items is None or decision.outcome is not Outcome.MET:
        return True
    parts = [i.payable for i in decision.items if i.outcome is Outcome.MET and i.payable is not None]
    if payable is None or not parts:
        return payable is None or not parts or payable.max == 0
    total = parts[0]
    for part in parts[1:]:
        total += part
    return total == payable


def _numbers(trial: Trial, drawn: Drawn, fact: Fact) -> Iterator[Fraction]:
    """Numbers at which to take a step: what the rules compare the fact or limit it with."""
    for value in trial.candidates(drawn.as_of).of(fact, drawn.as_of):
        yield Fraction(str(write_value(fact, value)))


# --------------------------------------------------------------------------------------------------- payments


def _named_items(plan: Plan, drawn: Drawn) -> Drawn:
    """Each item that a provision decides with an id, so that a payment can name it."""
    if plan.item is None:
        return drawn
    for i, path in enumerate(list(places(drawn.case, f"{plan.collection_path}.id"))):
        if told(drawn.case, path) is None:
            drawn = with_fact(drawn, path, f"item-{i}")
    return drawn


def _paying(plan: Plan, found: Finding, drawn: Drawn) -> Iterator[Mapping[str, Any]]:
    """The payment of all that a decision, or the one about an item, has payable."""
    if found.outcome is not Outcome.MET or found.payable is None or not found.payable.max:
        return
    paid: dict[str, Any] = {"provision": plan.provision.id, "amount": str(found.payable.max)}
    paid["paid_on"] = drawn.as_of.isoformat()
    if found.payable.per == "month":
        paid["month"] = month_of(drawn.as_of)
    if found.item is not None:
        at = f"{plan.root.name}.{found.item}"
        paid["item"] = next(t for n in ("id", *ITEM_NAMES) if (t := told(drawn.case, f"{at}.{n}")) is not None)
    yield paid
