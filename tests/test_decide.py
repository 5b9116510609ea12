"""From tests and sums to outcomes, reasons, entitlement, paid and payable, on Toyland."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from toyland import PACK, Guild, Town

from socorg_rules.answer import Decision
from socorg_rules.assess import assess
from socorg_rules.decide import number_text
from socorg_rules.decision import Finding, Outcome, Reason
from socorg_rules.errors import CaseError
from socorg_rules.money import Amount
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import (
    ONCE,
    ONCE_PER_ITEM,
    Grant,
    Measure,
    Qualification,
    Support,
    Target,
    between,
    each_month,
    exactly,
    monthly,
    top_up,
    up_to,
)
from socorg_rules.refs import root
from socorg_rules.words import AS_OF, THIS_YEAR, day, table, yuan

MET, DISCRETIONARY, UNDETERMINED, NOT_MET = Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED, Outcome.NOT_MET
HERE = {"status": "registered", "division": "770105", "founded_on": "2020-06-01"}
NEW = {**HERE, "audits": [{"year": 2020, "result": "合格"}], "payments": []}
Facts = Mapping[str, Any]
guild = root(Guild)
town = root(Town)


def decided(
    provision: str,
    as_of: str = "2022-03-01",
    readings: dict[str, str | None] | None = None,
    **facts: Any,  # noqa: ANN401 - as in a case file
) -> Decision:
    return assess({"guild": {**HERE, **facts}}, PACK, as_of, readings)[provision]


def of_town(provision: str, as_of: str = "2022-03-01", **facts: Any) -> Decision:  # noqa: ANN401
    return assess({"town": {"division": "7701", **facts}}, PACK, as_of)[provision]


def yuan_range(low: str, high: str | None, per: str = "once") -> Amount:
    return Amount(Decimal(low), None if high is None else Decimal(high), per)  # type: ignore[arg-type]


def one(provision: Any, facts: Facts, as_of: str = "2022-03-01", **changes: Any) -> Decision:  # noqa: ANN401
    """The decision on the only provision of a pack."""
    reach = guild.division.within("77")
    source = Source("试", "某", "1", "2021-01-01", (Clause("一", "甲"),))
    pack = Pack("test", "试", "1", source, (provision,), reach=(reach,), **changes)
    return assess({"guild": {"division": "7701", **facts}}, pack, as_of)[provision.id]


# ------------------------------------------------------------------------------------------- outcomes and reasons


def test_a_provision_whose_tests_are_true_is_met() -> None:
    gift = decided("opening_gift", **NEW)
    assert (gift.outcome, gift.reason, gift.missing) == (MET, None, ())
    assert gift.entitlement == gift.payable == yuan_range("0.00", "10000.00")
    assert gift.paid == Decimal("0.00")


@pytest.mark.parametrize(
    ("facts", "as_of", "reason"),
    [
        ({"audits": [{"year": 2020, "result": "不合格"}]}, "2022-03-01", Reason.CONDITIONS),
        ({}, "2022-06-02", Reason.CONDITIONS),
        ({"division": "7901"}, "2022-03-01", Reason.NOT_APPLICABLE),
        ({"status": "planned"}, "2022-03-01", Reason.NOT_APPLICABLE),
        ({}, "2021-06-30", Reason.NOT_IN_FORCE),
        ({"status": "planned"}, "2021-06-30", Reason.NOT_APPLICABLE),
        ({"payments": [{"provision": "opening_gift", "amount": 1}]}, "2022-03-01", Reason.PAID),
        ({"payments": [{"provision": "toyland.opening_gift", "amount": 1}]}, "2022-03-01", Reason.PAID),
    ],
)
def test_what_is_not_met_says_why(facts: Facts, as_of: str, reason: Reason) -> None:
    gift = decided("opening_gift", as_of, **{**NEW, **facts})
    assert (gift.outcome, gift.reason) == (NOT_MET, reason)
    assert gift.missing == gift.gaps == gift.open_readings == ()
    if reason is not Reason.PAID:
        assert gift.entitlement is None
        assert gift.payable is None


def test_law_that_has_lapsed_does_not_run_on() -> None:
    prize = {"badges": [{"grade": "金", "awarded_on": "2022-01-01"}], "payments": []}
    assert decided("badge_prize", "2025-12-31", **prize).outcome is MET
    assert decided("badge_prize", "2026-01-01", **prize).reason is Reason.NOT_IN_FORCE


def test_a_missing_fact_leaves_it_undetermined_and_is_named() -> None:
    gift = decided("opening_gift", **{**NEW, "audits": [{"year": 2020}]})
    assert (gift.outcome, gift.missing) == (UNDETERMINED, ("guild.audits[0].result",))
    assert gift.entitlement == yuan_range("0.00", "10000.00")


def test_payments_that_are_not_told_leave_it_undetermined_and_payable_from_nothing() -> None:
    gift = decided("opening_gift", **{**NEW, "payments": None})
    assert (gift.outcome, gift.missing, gift.paid) == (UNDETERMINED, ("guild.payments",), None)
    prize = decided("badge_prize", badges=[{"grade": "金", "awarded_on": "2022-01-01"}])
    assert prize.payable == yuan_range("0.00", "8000.00")
    assert prize.entitlement == yuan_range("8000.00", "8000.00")


def test_what_was_paid_is_used_up_whatever_else_is_unknown() -> None:
    gift = decided("opening_gift", **{**NEW, "audits": None, "payments": [{"provision": "opening_gift", "amount": 1}]})
    assert (gift.outcome, gift.reason, gift.missing) == (NOT_MET, Reason.PAID, ())
    assert gift.payable == yuan_range("0.00", "0.00")
    assert gift.entitlement == yuan_range("0.00", "10000.00")
    assert gift.paid == Decimal("1.00")


def test_a_payment_to_come_has_not_been_made() -> None:
    later = [{"provision": "opening_gift", "amount": 1, "paid_on": "2022-03-02"}]
    assert decided("opening_gift", "2022-03-01", **{**NEW, "payments": later}).outcome is MET
    assert decided("opening_gift", "2022-03-02", **{**NEW, "payments": later}).reason is Reason.PAID


def test_a_payment_of_unknown_purpose_may_have_used_it_up() -> None:
    gift = decided("opening_gift", **{**NEW, "payments": [{"amount": 1}]})
    assert (gift.outcome, gift.missing) == (UNDETERMINED, ("guild.payments[0].provision",))


# --------------------------------------------------------------------------------------------------- discretion


def test_words_that_leave_whether_to_the_authority_make_it_discretionary() -> None:
    bridge = decided("bridge_fund", toyland={"keeps_toll_bridge": True, "toll": 5})
    assert bridge.outcome is DISCRETIONARY
    assert bridge.entitlement == yuan_range("100.00", "900.00")
    assert bridge.text_gaps == ("桥梁补助的具体数额？",)


@pytest.mark.parametrize(
    ("way", "honest", "outcome"),
    [
        ("right", None, MET), ("favour", True, DISCRETIONARY), ("favour", False, MET), ("favour", None, UNDETERMINED),
        (None, False, MET), (None, True, UNDETERMINED),
    ],
)  # fmt: skip
def test_a_reading_can_say_whether_it_is_left_to_the_authority(
    way: str | None,
    honest: bool | None,  # noqa: FBT001
    outcome: Outcome,
) -> None:
    space = decided("stall_space", readings={"may_lend": way, "stall_place": "hall"}, is_small=True, is_honest=honest)
    assert space.outcome is outcome
    assert space.result == "会馆"


def test_an_open_reading_of_what_follows_leaves_the_outcome_and_shows() -> None:
    space = decided("stall_space", is_small=True)
    assert (space.outcome, space.result, space.open_readings) == (MET, None, ("stall_place",))


# ------------------------------------------------------------------------------------------------ amounts and gaps


def test_a_grant_without_a_figure_is_met_and_says_that_the_figure_is_open() -> None:
    relief = decided("flood_relief", is_small=True, payments=[])
    assert (relief.outcome, relief.entitlement, relief.payable) == (MET, None, None)
    assert relief.text_gaps == ("救济金额是多少？",)


def test_a_test_that_the_text_does_not_define_is_a_gap_and_no_missing_fact() -> None:
    listed = decided("honour_list", is_honest=True, donation_share="0.5")
    assert (listed.outcome, listed.missing, listed.text_gaps) == (UNDETERMINED, (), ("何为“有名望”？",))
    assert decided("honour_list", is_honest=True, donation_share="0.51").outcome is MET


def test_a_share_of_an_unknown_base_is_open_above_and_the_base_is_missing() -> None:
    stall = {"is_open": True, "name": "甲", "opened_on": "2021-08-01"}
    subsidy = decided("stall_subsidy", workshops=[stall], fair_years=[2022], craft="木工", payments=[])
    assert (subsidy.outcome, subsidy.missing) == (MET, ("guild.workshops[0].rent",))
    assert subsidy.entitlement == yuan_range("0.00", "500.00")
    known = decided(
        "stall_subsidy", workshops=[{**stall, "rent": "33.33"}], fair_years=[2022], craft="木工", payments=[]
    )
    assert known.payable == yuan_range("16.67", "16.67")


def test_a_third_is_rounded_once_half_up() -> None:
    repair = decided("repair_share", repair_cost="100.00", registered_in="2020-06", payments=[])
    assert repair.entitlement == yuan_range("33.33", "33.33")
    assert decided("repair_share", registered_in="2020-06").entitlement == yuan_range("0.00", None)


def test_each_item_is_rounded_before_the_sum() -> None:
    grant = Grant(
        "share", "份", clause="一", each=(w := guild.workshops.each), when=w.is_open, terms=ONCE_PER_ITEM,
        amount=exactly(w.rent * Fraction(1, 2)),
    )  # fmt: skip
    shops = [{"name": n, "is_open": True, "rent": "0.01"} for n in "甲乙"]
    assert one(grant, {"workshops": shops, "payments": []}).payable == yuan_range("0.02", "0.02")


def test_a_grant_of_an_entity_without_payments_still_has_its_amount() -> None:
    fair = of_town("town_fair", fair_held_on="2022-02-01")
    assert (fair.outcome, fair.paid) == (MET, None)
    assert fair.entitlement == fair.payable == yuan_range("100.00", "300.00")


def test_a_sum_of_what_does_not_exist_is_nothing_and_what_may_not_exist_starts_there() -> None:
    best = guild.badges.max(lambda b: table(b.grade, {"金": yuan(3), "银": yuan(2), "铜": yuan(1)}))
    grant = Grant("best", "佳", clause="一", when=guild.is_small, amount=exactly(best))
    assert one(grant, {"is_small": True, "badges": []}).entitlement == yuan_range("0.00", "0.00")
    assert one(grant, {"is_small": True}).entitlement == yuan_range("0.00", "3.00")


def test_an_amount_is_never_negative() -> None:
    grant = Grant("rest", "余", clause="一", when=guild.is_small, amount=exactly(guild.capital - yuan(5)))
    assert one(grant, {"is_small": True, "capital": 3}).entitlement == yuan_range("0.00", "0.00")


# ------------------------------------------------------------------------------------------------- payment terms


def badges(*grades: str) -> list[dict[str, str]]:
    return [{"name": f"{g}章", "grade": g, "awarded_on": "2022-01-01"} for g in grades]


def paid(provision: str, amount: object = 1, **more: object) -> dict[str, object]:
    return {"provision": provision, "amount": amount, **more}


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


def stall(**more: object) -> dict[str, object]:
    return {"name": "甲", "is_open": True, "rent": 200, "opened_on": "2021-08-01", **more}


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


TAUGHT = stall(apprentices=[{"age": 14}])


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


# ---------------------------------------------------------------------------------------------------------- items


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


# ------------------------------------------------------------------------------------- duties, standards, targets


def test_a_duty_says_who_what_and_by_when() -> None:
    duty = decided("audit_duty", audits=[{"year": 2023}])
    assert (duty.outcome, dict(duty.duty or {})) == (MET, {"who": "行会", "action": "接受审计", "due": "2021-06-01"})
    unknown = decided("audit_duty", founded_on=None, audits=[{"year": 2023}])
    assert unknown.outcome is MET
    assert unknown.missing == ("guild.founded_on",)
    assert (unknown.duty or {})["due"] is None


def test_a_due_date_that_is_never_is_none() -> None:
    assert (decided("audit_duty", founded_on="never", audits=[{"year": 2023}]).duty or {})["due"] is None


def test_a_standard_shows_each_requirement_with_its_outcome() -> None:
    hall = decided("guildhall_standard", floor_area=50, workshops=[stall(division="7701", skills=["铁工"])])
    assert hall.outcome is NOT_MET
    assert [(c.test, c.outcome) for c in hall.checklist or ()] == [
        ("面积不少于50㎡", MET), ("两种技能", NOT_MET), ("传授木工", NOT_MET), ("学徒年满14岁", UNDETERMINED),
    ]  # fmt: skip


def test_a_target_shows_value_requirement_and_what_is_still_short() -> None:
    two = of_town("town_guilds", guild_count=2)
    assert (two.outcome, two.reason) == (NOT_MET, Reason.CONDITIONS)
    assert two.to_dict()["measure"] == {"value": "2", "required": "3", "shortfall": "1", "unit": "家"}
    assert two.to_dict()["due"] == "2025-12-31"
    four = of_town("town_guilds", guild_count=4)
    assert (four.outcome, four.measure and four.measure.shortfall) == (MET, "0")


def test_a_target_is_judged_on_the_day_of_the_question_whether_in_force_or_not() -> None:
    assert of_town("town_guilds", "2015-01-01", guild_count=3).outcome is MET


def test_a_target_that_is_not_applicable_shows_no_measure() -> None:
    assert assess({"town": {"division": "99", "guild_count": 3}}, PACK, "2022-03-01")["town_guilds"].measure is None


def test_a_capital_is_measured_in_yuan() -> None:
    facts = {"division": "7701", "status": "planned", "craft": "铁工", "capital": "29999.99"}
    route = assess({"guild": facts}, PACK, "2022-03-01")["registration"]
    assert (route.outcome, route.reason) == (NOT_MET, Reason.CONDITIONS)
    assert route.measure is not None
    assert (route.measure.required, route.measure.shortfall) == ("30000.00", "0.01")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(2, 3), "2/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 10**7), "0.0000001"),
    ],
)
def test_a_number_is_written_exactly(number: int | Fraction, text: str) -> None:
    assert number_text(number) == text


# --------------------------------------------------------------------------------------------------------- readings


def test_a_decision_depends_on_the_readings_whose_switch_alone_changes_it() -> None:
    on_the_day = decided("opening_gift", "2022-06-01", **NEW)
    assert (on_the_day.outcome, on_the_day.depends_on) == (MET, ("two_years",))
    assert decided("opening_gift", "2022-05-31", **NEW).depends_on == ()


def test_a_decision_depends_on_an_open_reading_whose_alternatives_differ() -> None:
    audits = [{"year": 2020, "result": "不合格"}, {"year": 2021, "result": "合格"}]
    gift = decided("opening_gift", **{**NEW, "audits": audits})
    assert (gift.outcome, gift.missing) == (UNDETERMINED, ())
    assert gift.open_readings == gift.depends_on == ("first_audit",)


def test_an_open_reading_of_the_amount_gives_the_range_that_covers_it() -> None:
    shops = [stall(division="7701", rent=1000), stall(name="乙", rent=500)]
    rent = decided("rent_help", workshops=shops, registered_in="2020-06", payments=[])
    assert (rent.outcome, rent.open_readings) == (MET, ("rent_base",))
    assert rent.payable == yuan_range("300.00", "450.00", "month")
    assert rent.depends_on == ("rent_base",)


# -------------------------------------------------------------------------------------------------------- next change


def test_the_next_change_is_the_day_on_which_two_years_are_full() -> None:
    assert decided("opening_gift", **NEW).next_change == dt.date(2022, 6, 2)
    assert decided("opening_gift", readings={"two_years": "anniversary"}, **NEW).next_change == dt.date(2022, 6, 1)


def test_what_can_never_change_by_itself_says_so() -> None:
    assert of_town("town_guilds", guild_count=1).next_change is None


def test_a_later_payment_changes_what_was_paid() -> None:
    twice = [paid("opening_gift", 5, paid_on="2022-01-01"), paid("opening_gift", 6, paid_on="2022-03-20")]
    assert decided("opening_gift", **{**NEW, "payments": twice}).next_change == dt.date(2022, 3, 20)


def test_a_measure_that_grows_changes_although_the_target_is_not_met() -> None:
    prized = Target(
        "prized", "获章", clause="一", when=guild.is_small, measure=Measure(guild.badges.count(), 5, "枚")
    )  # fmt: skip
    facts = {"is_small": False, "badges": [{"awarded_on": "2022-04-01"}]}
    assert one(prized, facts).next_change == dt.date(2022, 4, 1)


def test_a_month_and_a_year_end_by_themselves() -> None:
    assert decided("month_of_honour", registered_in="2022-02", open_months=[]).next_change == dt.date(2022, 5, 1)
    opened = decided("month_of_honour", registered_in="2020-02", open_months=["2022-02", "2022-07", "2022-08"])
    assert (opened.outcome, opened.next_change) == (NOT_MET, dt.date(2022, 7, 1))
    fair = Support("fair", "集", clause="一", when=guild.fair_years.contains(THIS_YEAR))
    assert one(fair, {"fair_years": [2022, 2024]}).next_change == dt.date(2023, 1, 1)
    assert one(fair, {"fair_years": [2021, 2024]}).next_change == dt.date(2024, 1, 1)


def test_the_next_change_skips_days_on_which_nothing_is_decided_differently() -> None:
    either = Support(
        "two", "二", clause="一", when=(AS_OF <= day("2022-04-01")) | (AS_OF <= day("2022-05-01")) & guild.is_small
    )
    assert one(either, {"is_small": True}).next_change == dt.date(2022, 5, 2)
    assert one(either, {"is_small": False}).next_change == dt.date(2022, 4, 2)


# -------------------------------------------------------------------------------------------------------------- total


def test_the_total_sums_what_is_payable_and_lists_what_it_leaves_out() -> None:
    facts = {
        **NEW,
        "badges": [*badges("金"), {"name": "乙", "awarded_on": "2022-01-01"}],
        "craft": "铁工",
        "is_small": True,
        "workshops": [TAUGHT],
        "fair_years": [2022],
        "repair_cost": 0,
        "registered_in": "2020-06",
        "toyland": {"keeps_toll_bridge": True, "toll": 1},
    }
    answer = assess({"guild": {**HERE, **facts}}, PACK, "2022-03-01")
    total = answer.total.to_dict()
    assert total["organization"] == {
        "once": {"min": "11100.00", "max": "21100.00"},
        "month": {"min": "0.00", "max": "0.00"},
    }
    assert total["person"] == {"once": {"min": "0.00", "max": "0.00"}, "month": {"min": "800.00", "max": "2000.00"}}
    assert total["left_out"] == ["badge_prize.badges[1]", "rent_help", "flood_relief", "bridge_fund"]
    assert answer.total["organization"]["once"].max == Decimal("21100.00")


def test_a_pack_that_is_no_rule_has_no_total() -> None:
    report = Grant("gift", "礼", clause="一", when=guild.is_small, amount=between(yuan(1), yuan(2)), terms=ONCE)
    decision = one(report, {"is_small": True, "payments": []}, normative=False)
    assert decision.outcome is MET
    assert decision.to_dict()["normative"] is False
    source = decision.question.pack
    answer = assess({"guild": {"division": "7701", "is_small": True, "payments": []}}, source, "2022-03-01")
    assert answer.total.to_dict() == {"left_out": []}


# ----------------------------------------------------------------------------------------------------- contradictions


def test_a_case_that_contradicts_itself_is_refused_with_everything_that_does() -> None:
    with pytest.raises(CaseError) as caught:
        decided("opening_gift", **{**NEW, "audits": [{"year": 2020, "result": "合格"}] * 2})
    assert len(caught.value.problems) == 2  # the first and the last of one year are asked for


def test_every_finding_is_plain_data() -> None:
    for decision in assess({"guild": {**HERE, **NEW}}, PACK, "2022-03-01").values():
        assert isinstance(decision, Finding)
        assert decision.to_dict(depends_on=True)["provision"] == decision.provision


def test_the_monthly_words_are_needed_together() -> None:
    grant = Grant("wage", "薪", clause="一", when=guild.is_small, amount=monthly(exactly(yuan(1))), terms=each_month(1))
    facts = {"is_small": True, "payments": [paid("wage", month="2022-01")]}
    assert (one(grant, facts).reason, one(grant, facts).months_left) == (Reason.PAID, 0)
