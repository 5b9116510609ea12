"""From tests and sums to outcomes, reasons and what else is decided, on Toyland."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from decided import DISCRETIONARY, HERE, MET, NEW, NOT_MET, UNDETERMINED, Facts, decided, of_town, stall, yuan_range
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.decide import number_text
from socorg_rules.decision import Finding, Outcome, Reason
from socorg_rules.errors import CaseError

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


# ----------------------------------------------------------------------------------------------------- contradictions


def test_a_case_that_contradicts_itself_is_refused_with_everything_that_does() -> None:
    with pytest.raises(CaseError) as caught:
        decided("opening_gift", **{**NEW, "audits": [{"year": 2020, "result": "合格"}] * 2})
    assert len(caught.value.problems) == 2  # the first and the last of one year are asked for


def test_every_finding_is_plain_data() -> None:
    for decision in assess({"guild": {**HERE, **NEW}}, PACK, "2022-03-01").values():
        assert isinstance(decision.finding, Finding)
        assert decision.to_dict(depends_on=True)["provision"] == decision.provision
