"""Provisions that are decided on for each item, on Toyland."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from decided import MET, NOT_MET, UNDETERMINED, badges, decided, guild, one, paid, yuan_range

from socorg_rules.answer import Decision
from socorg_rules.decision import Outcome, Reason
from socorg_rules.provision import Qualification


def prizes(*graded: str | None, complete: bool = True, **more: Any) -> Decision:  # noqa: ANN401
    listed = [{"name": str(n), "grade": g, "awarded_on": "2022-01-01"} for n, g in enumerate(graded)]
    return decided(
        "badge_prize", badges=listed if complete else {"items": listed, "complete": False}, payments=[], **more
    )


@pytest.mark.parametrize(
    ("graded", "complete", "outcome"),
    [
        ((), True, NOT_MET),
        ((), False, UNDETERMINED),
        (("金",), True, MET),
        (("金", None), True, MET),
        (("铜", None), True, UNDETERMINED),
        (("铜",), True, NOT_MET),
        (("铜",), False, UNDETERMINED),
        (("金",), False, MET),
    ],
)
def test_a_provision_about_items_has_the_best_outcome_that_one_has(
    graded: tuple[str | None, ...],
    complete: bool,  # noqa: FBT001
    outcome: Outcome,
) -> None:
    assert prizes(*graded, complete=complete).outcome is outcome


def test_the_sums_are_over_the_items_that_are_met_and_what_is_undetermined_is_missing() -> None:
    some = prizes("金", None, "银", "铜")
    assert some.entitlement == some.payable == yuan_range("13000.00", "13000.00")
    assert some.missing == ("guild.badges[1].grade",)
    assert [i.outcome for i in some.items or ()] == [MET, UNDETERMINED, MET, NOT_MET]


def test_where_no_item_is_decided_one_alone_may_be_all_that_there_is() -> None:
    both = prizes(None, None)
    assert (both.outcome, both.entitlement) == (UNDETERMINED, yuan_range("0.00", "16000.00"))
    sure = decided("badge_prize", badges=badges("金", "银"))
    assert (sure.outcome, sure.entitlement) == (UNDETERMINED, yuan_range("5000.00", "13000.00"))


def test_an_unknown_collection_is_missing_alone_and_leaves_the_sum_open() -> None:
    unknown = decided("badge_prize", payments=[])
    assert (unknown.outcome, unknown.missing, unknown.items) == (UNDETERMINED, ("guild.badges",), ())
    assert unknown.payable == yuan_range("0.00", None)
    assert unknown.paid is None


def test_with_an_unknown_collection_what_else_is_open_is_missing_too() -> None:
    stalls = decided("stall_subsidy", craft="木工", payments=[])
    assert stalls.missing == ("guild.workshops", "guild.fair_years")
    assert decided("stall_subsidy", craft="木工", payments=[], fair_years=[]).outcome is NOT_MET


def test_an_open_collection_with_items_leaves_what_was_paid_unknown() -> None:
    assert prizes("金").paid == Decimal("0.00")
    assert prizes("金", complete=False).paid is None


def test_a_provision_about_items_that_is_no_grant_has_nothing_paid() -> None:
    skilled = Qualification("skilled", "巧", clause="一", each=(w := guild.workshops.each), when=w.is_open)
    assert one(skilled, {"workshops": []}).paid is None
    assert one(skilled, {"workshops": [{"is_open": True}]}).paid is None


def test_the_reason_of_several_items_is_that_of_the_one_that_came_furthest() -> None:
    late = [*badges("铜"), {"name": "晚", "grade": "金", "awarded_on": "2022-01-01"}]
    assert decided("badge_prize", badges=late, payments=[paid("badge_prize", item="晚")]).reason is Reason.PAID
    assert decided("badge_prize", badges=badges("铜"), payments=[]).reason is Reason.CONDITIONS
    assert decided("badge_prize", badges=[], payments=[]).reason is Reason.CONDITIONS
    assert decided("badge_prize", badges=[], payments=[], status="planned").reason is Reason.NOT_APPLICABLE


def test_an_item_to_come_is_not_decided_of_yet() -> None:
    to_come = [{"name": "甲", "grade": "金", "awarded_on": "2022-03-05"}]
    prize = decided("badge_prize", badges=to_come, payments=[])
    assert (prize.outcome, prize.items, prize.next_change) == (NOT_MET, (), dt.date(2022, 3, 5))
