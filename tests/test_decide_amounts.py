"""From sums to entitlement, payable and the total, on Toyland."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from decided import HERE, MET, NEW, TAUGHT, UNDETERMINED, badges, decided, guild, of_town, one, yuan_range
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.provision import ONCE, ONCE_PER_ITEM, Grant, between, exactly
from socorg_rules.words import table, yuan

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
