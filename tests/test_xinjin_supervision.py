"""四(六): charities that live on others, members, sanctions, the yearly inspection, money for good results."""

import datetime as dt

import pytest
from xinjin_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, told

CHARITY = "公益慈善类"
ON_OTHERS: Facts = {"category": CHARITY, "lives_mainly_on_donations_or_state": True}
NO_CHARITY, OWN_INCOME = (
    "not_met conditions; by is_charity@四(六)21",
    "not_met conditions; by lives_on_others@四(六)21",
)
INCOME = "income_share_donations income_share_state"


def income(donations: str | None, state: str | None) -> Facts:
    return {"category": CHARITY, "income_share_donations": donations, "income_share_state": state}


@claims(
    {
        "a charity judged to live on donations": (ON_OTHERS, "met"),
        "a charity judged to live on its own": (
            {"category": CHARITY, "lives_mainly_on_donations_or_state": False},
            OWN_INCOME,
        ),
        "another kind": ({**ON_OTHERS, "category": "科技类"}, NO_CHARITY),
        "the kind unknown": ({**ON_OTHERS, "category": None}, "undetermined; missing category"),
        "neither judged nor the income known": (
            {"category": CHARITY},
            f"undetermined; missing lives_mainly_on_donations_or_state {INCOME}",
        ),
        "most of it from donations alone": (income("0.51", None), "met"),
        "most of it from the state alone": (income(None, "0.51"), "met"),
        "little from either": (income("0.2", "0.29"), OWN_INCOME),
        "much from both together": (
            income("0.3", "0.3"),
            "undetermined; missing lives_mainly_on_donations_or_state; open mainly_sources",
        ),
        "just half from one": (
            income("0.5", "0"),
            "undetermined; missing lives_mainly_on_donations_or_state; open mainly",
        ),
        "the judgement wins where the income does not tell": (
            {**income("0.3", "0.3"), "lives_mainly_on_donations_or_state": True},
            "met",
        ),
        "the judgement wins where the income tells otherwise": (
            {**income("0.2", "0.1"), "lives_mainly_on_donations_or_state": True},
            "met",
        ),
    }
)
def test_charity_supervision(given: Facts, expected: str) -> None:
    assert told(ask("charity_supervision", **given)) == expected


@pytest.mark.parametrize(
    ("mainly", "sources", "donations", "state", "expected"),
    [
        ("over_half", "summed", "0.25", "0.249", OWN_INCOME),
        ("over_half", "summed", "0.25", "0.25", OWN_INCOME),
        ("over_half", "summed", "0.25", "0.251", "met"),
        ("half_or_more", "summed", "0.25", "0.249", OWN_INCOME),
        ("half_or_more", "summed", "0.25", "0.25", "met"),
        ("half_or_more", "summed", "0.25", "0.251", "met"),
        ("over_half", "each", "0.5", "0.3", OWN_INCOME),
        ("over_half", "each", "0.501", "0.3", "met"),
        ("over_half", "each", "0.3", "0.5", OWN_INCOME),
        ("over_half", "each", "0.3", "0.501", "met"),
        ("half_or_more", "each", "0.499", "0.3", OWN_INCOME),
        ("half_or_more", "each", "0.5", "0.3", "met"),
        ("half_or_more", "each", "0.3", "0.499", OWN_INCOME),
        ("half_or_more", "each", "0.3", "0.5", "met"),
    ],
)
def test_what_is_mainly(mainly: str, sources: str, donations: str, state: str, expected: str) -> None:
    readings = {"mainly": mainly, "mainly_sources": sources}
    assert told(ask("charity_supervision", readings=readings, **income(donations, state))) == expected


STRICTER = "强制信息披露、审计监督、更严格的监管执法"


@pytest.mark.parametrize(
    ("reading", "meets", "result"),
    [
        ("registration_prevails", False, f"强制注册、{STRICTER}"),
        ("registration_prevails", True, f"强制注册、{STRICTER}"),
        ("filing_allowed", False, f"{STRICTER}（注册待具备登记条件）"),
        ("filing_allowed", True, f"强制注册、{STRICTER}"),
        (None, True, f"强制注册、{STRICTER}"),
        (None, False, None),
    ],
)
def test_what_a_filed_charity_has_to_do(reading: str | None, meets: bool, result: str | None) -> None:  # noqa: FBT001
    readings = {"compulsory_or_filing": reading}
    facts: Facts = {**ON_OTHERS, "meets_registration_conditions": meets}
    decision = ask_filed("charity_supervision", readings=readings, **facts)
    assert told(decision) == ("met" if result else "met; open compulsory_or_filing")
    assert decision.result == result


def test_a_registered_charity_need_not_register_again() -> None:
    assert ask("charity_supervision", **ON_OTHERS).result == STRICTER


@claims(
    {
        "with members": ({"is_membership_based": True}, "met"),
        "without members": (
            {"is_membership_based": False},
            "not_met conditions; by is_membership_based@四(六)21",
        ),
        "unknown": ({}, "undetermined; missing is_membership_based"),
    }
)
def test_membership_governance(given: Facts, expected: str) -> None:
    assert told(ask("membership_governance", **given)) == expected
    assert told(ask_filed("membership_governance", **given)) == expected


HARMLESS: Facts = {"violates_public_welfare_purpose": False, "endangers_security": False}
KIND = "; gaps sanction_kind"


@claims(
    {
        "an illegal organization": ({**HARMLESS, "status": "illegal"}, f"met{KIND}"),
        "an illegal organization of which nothing else is known": ({"status": "illegal"}, f"met{KIND}"),
        "one that betrays its purpose": ({**HARMLESS, "violates_public_welfare_purpose": True}, f"met{KIND}"),
        "one that endangers security": ({**HARMLESS, "endangers_security": True}, f"met{KIND}"),
        "none of the three": (HARMLESS, "not_met conditions; by is_punishable@四(六)21"),
        "unknown": (
            {},
            f"undetermined; missing violates_public_welfare_purpose endangers_security{KIND}",
        ),
        "half unknown": (
            {"violates_public_welfare_purpose": False},
            f"undetermined; missing endangers_security{KIND}",
        ),
    }
)
def test_legal_sanction(given: Facts, expected: str) -> None:
    assert told(ask("legal_sanction", **given)) == expected


def test_a_sanction_says_what_follows() -> None:
    assert ask("legal_sanction", endangers_security=True).result == "依法惩处和打击"


def test_nobody_is_punished_before_it_exists() -> None:
    facts: Facts = {"endangers_security": True}
    assert told(ask_planned("legal_sanction", **facts)).startswith("not_met not_applicable")
    assert told(ask("legal_sanction", **facts, status="deregistered")).startswith("not_met not_applicable")
    assert told(ask_filed("legal_sanction", **facts)) == f"met{KIND}"


def inspected(*years: int, **facts: object) -> Facts:
    return {"annual_inspections": [{"year": year, **facts} for year in years]}


NOT_INSPECTED = "not_met conditions; by last_year_inspected@四(六)21"
NOT_YET_DUE = "not_met not_applicable; by has_year_to_inspect@四(六)21"


@claims(
    {
        "the year before is inspected": (inspected(2016), "met"),
        "whatever the result": (inspected(2016, result="不合格"), "met"),
        "only earlier years are": (inspected(2014, 2015), NOT_INSPECTED),
        "the running year is no substitute": (inspected(2017), NOT_INSPECTED),
        "none is": (inspected(), NOT_INSPECTED),
        "unknown inspections": ({}, "undetermined; missing annual_inspections"),
        "a list that may go on": (
            {"annual_inspections": {"items": [{"year": 2015}], "complete": False}},
            "undetermined; missing annual_inspections",
        ),
        "an inspection of an unknown year": (
            {"annual_inspections": [{"result": "合格"}]},
            "undetermined; missing annual_inspections[0].year",
        ),
        "concluded on the day": (inspected(2016, concluded_on="2017-06-01"), "met"),
        "concluded a day later": (inspected(2016, concluded_on="2017-06-02"), NOT_INSPECTED),
        "on the last day of the year": ({**inspected(2016), "as_of": "2017-12-31"}, "met"),
        "on the first day of the next year another is due": (
            {**inspected(2016), "as_of": "2018-01-01"},
            NOT_INSPECTED,
        ),
        "founded the year before": ({**inspected(), "established_on": "2016-12-31"}, NOT_INSPECTED),
        "founded this year": ({**inspected(), "established_on": "2017-01-01"}, NOT_YET_DUE),
    }
)
def test_annual_inspection(given: Facts, expected: str) -> None:
    assert told(ask("annual_inspection", **given)) == expected


def test_the_inspection_of_the_year_before_is_due_by_the_end_of_the_year() -> None:
    for facts in (inspected(2016), inspected()):
        duty = ask("annual_inspection", **facts).duty
        assert duty
        assert duty["due"] == "2017-12-31"


def test_the_inspection_is_open_again_with_the_next_year() -> None:
    assert ask("annual_inspection", **inspected(2016)).next_change == dt.date(2018, 1, 1)
    assert ask("annual_inspection", **inspected(2016, concluded_on="2017-06-20")).next_change == dt.date(2017, 6, 20)


GOOD: Facts = {
    "is_community_organization": True,
    "has_outstanding_results": True,
    "has_high_satisfaction": True,
}
SUM = "; gaps results_amount"


@claims(
    {
        "good results and well liked": ({}, f"discretionary{SUM}"),
        "no outstanding results": (
            {"has_outstanding_results": False},
            "not_met conditions; by has_results@四(六)22",
        ),
        "not so well liked": (
            {"has_high_satisfaction": False},
            "not_met conditions; by is_well_liked@四(六)22",
        ),
        "no community organization": (
            {"is_community_organization": False},
            "not_met conditions; by community_organization@四(六)22",
        ),
        "results not judged": (
            {"has_outstanding_results": None},
            f"undetermined; missing has_outstanding_results{SUM}",
        ),
        "satisfaction not judged": (
            {"has_high_satisfaction": None},
            f"undetermined; missing has_high_satisfaction{SUM}",
        ),
        "whether it is a community organization unknown": (
            {"is_community_organization": None},
            f"undetermined; missing is_community_organization{SUM}",
        ),
    }
)
def test_result_funding(given: Facts, expected: str) -> None:
    decision = ask("result_funding", payments=[], **{**GOOD, **given})
    assert told(decision) == expected
    assert decision.entitlement is None


@by_reading(
    {
        "filed_inspection": (
            {"provision": "annual_inspection", **inspected()},
            {"registered_only": "not_met not_applicable; by registered_here@四(六)21", "filed_too": NOT_INSPECTED},
        ),
        "results": (
            {"provision": "result_funding", **GOOD, "payments": []},
            {
                "filed_too": f"discretionary{SUM}",
                "registered_only": "not_met not_applicable; by registered_here@四(六)22",
            },
        ),
    }
)
def test_what_filed_organizations_have_in_common_with_registered_ones(given: Facts, expected: str) -> None:
    assert told(ask_filed(**given)) == expected


@by_reading(
    {
        "inspection_first_year": (
            {**inspected(), "established_on": "2016-03-01"},
            {"founding_year": NOT_INSPECTED, "next_year": NOT_YET_DUE},
        ),
        "mainly": (
            {"provision": "charity_supervision", **income("0.5", "0")},
            {"over_half": OWN_INCOME, "half_or_more": "met"},
        ),
        "mainly_sources": (
            {"provision": "charity_supervision", **income("0.3", "0.3")},
            {"summed": "met", "each": OWN_INCOME},
        ),
    }
)
def test_supervision_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask(**{"provision": "annual_inspection", **given})) == expected


@pytest.mark.parametrize(("founded", "expected"), [("2015-12-31", NOT_INSPECTED), ("2016-01-01", NOT_YET_DUE)])
def test_the_first_inspection_may_be_that_of_the_year_after(founded: str, expected: str) -> None:
    facts: Facts = {**inspected(), "established_on": founded}
    assert told(ask("annual_inspection", readings={"inspection_first_year": "next_year"}, **facts)) == expected


def test_a_filed_organization_without_a_founding_day_is_presumed_old_enough() -> None:
    for first in ("founding_year", "next_year"):
        readings = {"filed_inspection": "filed_too", "inspection_first_year": first}
        assert told(ask_filed("annual_inspection", readings=readings, **inspected(2016))) == "met"
