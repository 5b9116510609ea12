"""What was paid and what is still payable under each of the payment terms, on Toyland."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from decided import (
    DISCRETIONARY,
    MET,
    NOT_MET,
    TAUGHT,
    UNDETERMINED,
    badges,
    decided,
    guild,
    one,
    paid,
    stall,
    yuan_range,
)

from socorg_rules.decision import Outcome, Reason
from socorg_rules.provision import ONCE, Grant, each_month, exactly, monthly, top_up, up_to
from socorg_rules.words import yuan


def test_once_per_item_is_used_up_for_the_item_that_was_paid() -> None:
    prize = decided("badge_prize", badges=badges("金", "银"), payments=[paid("badge_prize", 8000, item="金章")])
    assert [(i.item, i.outcome, i.reason) for i in prize.items or ()] == [
        ("badges[0]", NOT_MET, Reason.PAID),
        ("badges[1]", MET, None),
    ]
    assert (prize.outcome, prize.payable, prize.paid) == (MET, yuan_range("5000.00", "5000.00"), Decimal("8000.00"))


def test_a_payment_may_name_the_item_by_its_grade_or_id() -> None:
    by_grade = decided("badge_prize", badges=badges("金", "银"), payments=[paid("badge_prize", item="金")])
    assert [i.reason for i in by_grade.items or ()] == [Reason.PAID, None]
    numbered = [{**b, "id": str(n)} for n, b in enumerate(badges("金", "金"))]
    by_id = decided("badge_prize", badges=numbered, payments=[paid("badge_prize", item="1")])
    assert [i.reason for i in by_id.items or ()] == [None, Reason.PAID]


def test_a_payment_that_does_not_name_its_item_leaves_every_item_undetermined() -> None:
    prize = decided("badge_prize", badges=badges("金", "银"), payments=[paid("badge_prize")])
    assert [i.outcome for i in prize.items or ()] == [UNDETERMINED, UNDETERMINED]
    assert prize.missing == ("guild.payments[0].item",)
    assert prize.payable == yuan_range("0.00", "13000.00")


@pytest.mark.parametrize(
    ("payments", "outcome", "reason"),
    [
        ([], MET, None),
        ([paid("stall_subsidy", item="甲", paid_on="2021-12-31")], MET, None),
        ([paid("stall_subsidy", item="甲", paid_on="2022-01-01")], NOT_MET, Reason.PAID),
        ([paid("stall_subsidy", item="甲")], UNDETERMINED, None),
        ([paid("opening_gift", item="甲", paid_on="2022-01-01")], MET, None),
    ],
)
def test_once_per_item_and_year_is_used_up_for_the_calendar_year(
    payments: object, outcome: Outcome, reason: object
) -> None:
    subsidy = decided("stall_subsidy", workshops=[stall()], fair_years=[2022], craft="木工", payments=payments)
    assert (subsidy.outcome, subsidy.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("grades", "payments", "payable", "reason"),
    [
        (("铜",), [], "1000.00", None),
        (("铜", "金"), [paid("rank_reward", 1000, item="铜")], "2000.00", None),
        (("金",), [paid("rank_reward", 500, item="金"), paid("rank_reward", 600, item="金")], "1900.00", None),
        (("铜",), [paid("rank_reward", 1000)], "0.00", Reason.PAID),
        (("铜",), [paid("rank_reward", 5000)], "0.00", Reason.PAID),
        (("金",), [paid("rank_reward", 500, item="银")], "1000.00", None),
    ],
)
def test_a_top_up_pays_what_the_best_grade_grants_less_what_was_paid(
    grades: tuple[str, ...], payments: object, payable: str, reason: object
) -> None:
    reward = decided(
        "rank_reward",
        badges=badges("银", *grades) if "银" in str(payments) else badges(*grades),
        craft="铁工",
        payments=payments,
    )
    assert reward.payable == yuan_range(payable, payable)
    assert reward.reason is reason


def test_a_top_up_counts_at_least_what_the_clause_says() -> None:
    assert decided("rank_reward", badges=badges("铜"), craft="木工", payments=[]).payable == yuan_range(
        "900.00", "900.00"
    )


def test_a_top_up_with_unknown_payments_is_undetermined_and_bounded() -> None:
    reward = decided("rank_reward", badges=badges("金"), craft="铁工")
    assert (reward.outcome, reward.missing) == (UNDETERMINED, ("guild.payments",))
    assert reward.payable == yuan_range("0.00", "3000.00")


def test_a_top_up_of_nothing_is_not_used_up_by_nothing() -> None:
    grant = Grant("top", "晋", clause="一", when=guild.is_small, amount=exactly(guild.capital), terms=top_up())
    nothing = one(grant, {"is_small": True, "capital": 0, "payments": []})
    assert (nothing.outcome, nothing.payable) == (MET, yuan_range("0.00", "0.00"))


def months(n: int, start: int = 2020) -> list[dict[str, object]]:
    return [paid("apprentice_wage", 900, item="甲", month=f"{start + m // 12}-{m % 12 + 1:02}") for m in range(n)]


@pytest.mark.parametrize(
    ("payments", "left", "reason"),
    [
        ([], 24, None),
        (months(3), 21, None),
        (months(3) + months(3), 21, None),
        (months(23), 1, None),
        (months(24), 0, Reason.PAID),
        ([paid("apprentice_wage", 900, item="甲", month="2022-03")], 23, Reason.PAID),
    ],
)
def test_a_monthly_grant_is_used_up_for_the_month_and_by_its_limit(payments: Any, left: int, reason: object) -> None:  # noqa: ANN401
    wage = decided("apprentice_wage", workshops=[TAUGHT], payments=payments)
    (item,) = wage.items or ()
    assert (item.reason, item.months_left) == (reason, left)
    assert item.entitlement == yuan_range("800.00", "2000.00", "month")
    assert item.paid == Decimal(900 * len(payments))


def test_months_of_unknown_payments_are_unknown() -> None:
    wage = decided("apprentice_wage", workshops=[TAUGHT], payments=[paid("apprentice_wage", item="甲")])
    (item,) = wage.items or ()
    assert (item.outcome, item.missing, item.months_left) == (UNDETERMINED, ("guild.payments[0].month",), 23)
    twice = decided("apprentice_wage", workshops=[TAUGHT], payments=[paid("apprentice_wage", item="甲")] * 2)
    assert (twice.items or ())[0].months_left is None


def test_a_monthly_grant_without_limit_has_no_months_left() -> None:
    shops = [stall(division="7701", rent=1000)]
    rent = decided("rent_help", workshops=shops, registered_in="2020-06", payments=[paid("rent_help", month="2022-02")])
    assert (rent.outcome, rent.months_left) == (MET, None)
    assert rent.payable == yuan_range("300.00", "300.00", "month")


def test_one_payment_of_whatever_sum_uses_up_what_is_paid_once() -> None:
    grant = Grant("gift", "礼", clause="一", when=guild.is_small, amount=up_to(yuan(9)), terms=ONCE)
    assert one(grant, {"is_small": True, "payments": [paid("gift", None)]}).reason is Reason.PAID
    assert one(grant, {"is_small": True, "payments": [paid("gift", None)]}).paid is None


def test_a_grant_without_terms_is_not_used_up_and_shows_what_was_paid() -> None:
    bridge = decided("bridge_fund", toyland={"keeps_toll_bridge": True, "toll": 1}, payments=[paid("bridge_fund", 150)])
    assert (bridge.outcome, bridge.paid) == (DISCRETIONARY, Decimal("150.00"))
    assert bridge.payable == bridge.entitlement


def test_the_monthly_words_are_needed_together() -> None:
    grant = Grant("wage", "薪", clause="一", when=guild.is_small, amount=monthly(exactly(yuan(1))), terms=each_month(1))
    facts = {"is_small": True, "payments": [paid("wage", month="2022-01")]}
    assert (one(grant, facts).reason, one(grant, facts).months_left) == (Reason.PAID, 0)
