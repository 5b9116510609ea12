"""Properties of what is paid: no more than a cap, once is once, sums add up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Unpack

import attrs

from ..answer import Decision
from ..arguments import number
from ..assess import answer_to
from ..calendar import month_of
from ..decision import Finding, Outcome
from ..errors import CaseError, PackError, Problem
from ..money import Amount
from ..pack import Pack
from ..plan import ITEM_NAMES, Plan
from ..provision import Grant
from .completing import SOME, complete, may_come_to
from .drawn import WHOLE, Drawn, How, Trial, places, told, with_fact
from .ordered import NOTHING, within
from .repeated import alone, passing


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
        in_all: yuan for all items together, where that is limited as well. It is tried with as many items as it takes
            to pass it, up to 100 (`MOST_ITEMS`): an item that is granted a sum is listed again, under other names.
        how: see `How`.

    Raises:
        AssertionError: some case is granted more, or without limit; or no case drawn was ever granted a sum.
        CaseError: a sum is no exact number.
        CaseError, PackError: as for `Trial`.

    >>> capped("yangpu", "opening_subsidy", 10_000)
    """
    __tracebackhide__ = True
    problems: list[Problem] = []
    number("most", most, problems)
    if in_all is not None:
        number("in_all", in_all, problems)
    if problems:
        raise CaseError(problems)
    claim = f"不超过 {most} 元", f"no more than {most} yuan"
    if in_all is not None:
        claim = f"每项{claim[0]}，合计不超过 {in_all} 元", f"{claim[1]} each, and no more than {in_all} in all"
    trial = Trial(claim, pack, provision, how)
    trial.see_grant()

    def exceeds(_: Drawn, decisions: Sequence[Decision]) -> bool:
        (decision,) = decisions
        ends = [(found.entitlement.max, most) for found in _each(decision) if found.entitlement is not None]
        ends += [(may_come_to(decision, _granted)[1], in_all)] if in_all is not None else []
        unlisted = decision.plan.collection_path in decision.missing
        return unlisted or any(end is None or end > limit for end, limit in ends)

    def check(drawn: Drawn) -> bool:
        for case in (drawn, *(() if in_all is None else passing(trial, drawn, in_all))):
            for one, (decision,) in complete(trial, case, alone, exceeds):
                raise trial.broken(one, {"结论 decision": decision})
        decision = trial.decision(drawn)
        return any(found.entitlement is not None for found in (decision.finding, *_each(decision)))

    trial.on(trial.turned(), check)


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
    __tracebackhide__ = True
    trial = Trial(("领足之后当日不再可领", "whoever was paid all gets no more that day"), pack, provision, how)
    if any(plan.settlement is None for plan in trial.plans):
        raise PackError(f"`{trial.pack.id}.{provision}` is no grant with payments")

    def unpaid(drawn: Drawn) -> Drawn:
        plan = trial.plan(drawn.as_of)
        return _named_items(plan, with_fact(drawn, f"{plan.root.name}.payments", []))

    def paid(drawn: Drawn, before: Decision) -> tuple[Drawn, set[str | None]]:
        named, plan = unpaid(drawn), trial.plan(drawn.as_of)
        payments = {one.item: p for one in _each(before) for p in _paying(plan, one, named)}
        return with_fact(named, f"{plan.root.name}.payments", list(payments.values())), {*payments}

    def asked(drawn: Drawn) -> list[Drawn]:
        before = trial.maybe(unpaid(drawn))
        known = before is not None and not before.missing
        return [unpaid(drawn), *([paid(drawn, before)[0]] if before is not None and known else [])]

    def check(drawn: Drawn) -> bool:
        seen = False
        for one, (before, after) in islice(complete(trial, drawn, asked, lambda *_: True), SOME):
            after_payment, items = paid(one, before)
            seen = seen or bool(items)
            left = [f for f in _each(after) if f.item in items and f.outcome is not Outcome.NOT_MET]
            if any(f.payable is None or f.payable.max != 0 for f in left):
                raise trial.broken(after_payment, {"未付 unpaid": before, "付足 paid": after})
        return seen

    trial.on(trial.turned(), check)


def sums_add_up(pack: str | os.PathLike[str] | Pack, **how: Unpack[How]) -> None:
    """Assert that the sums of every answer add up: of the items of a provision, of the provisions in the total; that
    no more is payable than granted, and that no range is the wrong way round.

    Raises:
        AssertionError: some sum does not add up; or no case drawn was ever granted a sum.
        CaseError, PackError: as for `Trial`.

    >>> sums_add_up("yangpu", examples=20)
    """
    __tracebackhide__ = True
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


def _granted(found: Finding) -> Amount | None:
    return found.entitlement


def _each(decision: Decision) -> tuple[Finding, ...]:
    """What was decided of each item; the decision itself where it decides once."""
    return (decision.finding,) if decision.items is None else decision.items


def _sound(decision: Decision) -> bool:
    """Whether the sums of a decision agree with each other and with those of its items."""
    granted, payable = decision.entitlement, decision.payable
    for amount in (granted, payable):
        if amount is not None and not (amount.min >= 0 and within(amount.min, amount.max)):
            return False
    if granted is not None and payable is not None and not within(payable.max, granted.max):
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
