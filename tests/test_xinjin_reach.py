"""To whom each provision of Xinjin applies, and from when until when: the day of issue, the change to a district."""

import datetime as dt

import pytest
from xinjin_cases import Facts, ask, ask_county, ask_filed, ask_planned, claims, told

from socorg_rules import load_pack

FREE: Facts = {"category": "科技类", "prior_licence_basis": "无"}
MEMBERS: Facts = {"is_membership_based": True}
NOT_IN_FORCE = "not_met not_in_force; by in_force@六"
OPEN = "undetermined; open successor"


@claims(
    {
        "the day before it was issued": ("2016-01-11", NOT_IN_FORCE),
        "the day it was issued": ("2016-01-12", "met"),
        "a day later": ("2016-01-13", "met"),
        "the last day of the county": ("2020-06-17", "met"),
        "the day on which the county became a district": ("2020-06-18", OPEN),
        "a day later still": ("2020-06-19", OPEN),
        "years later": ("2026-01-01", OPEN),
    }
)
def test_when_the_plan_is_in_force(given: str, expected: str) -> None:
    assert told(ask_planned("direct_registration", given, **FREE)) == expected


@pytest.mark.parametrize(
    ("reading", "first"),
    [("january_12", dt.date(2016, 1, 12)), ("november_2", dt.date(2016, 11, 2)), ("posting", dt.date(2016, 3, 7))],
)
def test_the_day_of_issue_under_each_reading(reading: str, first: dt.date) -> None:
    days = [first - dt.timedelta(days=1), first, first + dt.timedelta(days=1)]
    readings = {"issue_date": reading}
    lines = [told(ask_planned("direct_registration", day.isoformat(), readings, **FREE)) for day in days]
    assert lines == [NOT_IN_FORCE, "met", "met"]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("continues", ["met", "met"]), ("ended_with_county", ["met", NOT_IN_FORCE])],
)
def test_the_end_of_the_county_under_each_reading(reading: str, expected: list[str]) -> None:
    readings = {"successor": reading}
    days = ("2020-06-17", "2020-06-18")
    assert [told(ask_planned("direct_registration", day, readings, **FREE)) for day in days] == expected


def test_the_answer_changes_when_the_plan_comes_into_force_and_with_the_district() -> None:
    assert ask_planned("direct_registration", "2016-01-01", **FREE).next_change == dt.date(2016, 1, 12)
    assert ask_planned("direct_registration", "2017-06-01", **FREE).next_change == dt.date(2020, 6, 18)


ROUTES = ["direct_registration", "community_registration", "filing_route", "multiple_associations"]
OF_REGISTERED = ["annual_inspection", "decoupling"]
OF_ANY = [
    "filing_upgrade",
    "grade_link",
    "incubation_support",
    "exam_encouragement",
    "party_responsibility",
    "charity_supervision",
    "membership_governance",
    "legal_sanction",
    "result_funding",
]
OF_THE_COUNTY = ["information_libraries", "special_fund", "lagging_notice"]
TARGETS = [
    "target_registered",
    "target_community_service",
    "target_assessed",
    "target_functions",
    "incubation_network",
    "county_associations",
    "three_society_projects",
    "model_organizations",
]


def test_these_are_all_provisions() -> None:
    everything = [*ROUTES, *OF_REGISTERED, *OF_ANY, *OF_THE_COUNTY, *TARGETS]
    assert sorted(everything) == sorted(p.id for p in load_pack("xinjin").provisions)


@pytest.mark.parametrize("provision", [*ROUTES, *OF_REGISTERED, *OF_ANY, *OF_THE_COUNTY])
def test_nothing_but_a_target_is_asked_before_the_day_of_issue(provision: str) -> None:
    asked = ask if provision in OF_REGISTERED else ask_county if provision in OF_THE_COUNTY else ask_filed
    decision = (
        asked(provision, "2016-01-11", has_supervising_unit=True) if asked is ask else asked(provision, "2016-01-11")
    )
    assert decision.reason == "not_in_force"


@claims(
    {
        "the code of the county": ("510132", "met"),
        "the code of the district": ("510118", "met"),
        "a township of it": ("510132100", "met"),
        "a community of it": ("510118001002", "met"),
        "the neighbouring district": ("510116", "not_met not_applicable; by in_xinjin@四(六)21"),
        "the city": ("510100", "not_met not_applicable; by in_xinjin@四(六)21"),
        "unknown": (None, "undetermined; missing division"),
    }
)
def test_where_an_organization_is(given: str | None, expected: str) -> None:
    assert told(ask("membership_governance", division=given, **MEMBERS)) == expected


@claims(
    {
        "registered": ({}, "met"),
        "registered on the day": ({"established_on": "2017-06-01"}, "met"),
        "registered a day later": (
            {"established_on": "2017-06-02"},
            "not_met not_applicable; by exists@四(六)21",
        ),
        "registered on an unknown day": ({"established_on": None}, "met"),
        "filed": ({"status": "filed", "established_on": None}, "met"),
        "of unknown standing": ({"status": None}, "undetermined; missing status"),
    }
)
def test_what_exists(given: Facts, expected: str) -> None:
    assert told(ask("membership_governance", **MEMBERS, **given)) == expected


@pytest.mark.parametrize("status", ["planned", "illegal", "deregistered"])
def test_duties_are_for_what_exists(status: str) -> None:
    assert told(ask("membership_governance", **MEMBERS, status=status)).startswith("not_met not_applicable")


@pytest.mark.parametrize("provision", ROUTES)
def test_a_route_is_asked_for_by_who_is_planned_or_filed(provision: str) -> None:
    outcomes = {s: told(ask(provision, status=s)).split(";")[0] for s in ("registered", "illegal", "deregistered")}
    assert set(outcomes.values()) == {"not_met not_applicable"}
    assert "not_applicable" not in told(ask_planned(provision)) + told(ask_filed(provision))


@claims(
    {
        "by the code of the county": ({}, "met"),
        "by the code of the district": ({"division": "510118", "level": "district"}, "met"),
        **{
            f"by the code {code}": ({"division": code}, "met")
            for code in ("510132000", "510132000000", "510118000", "510118000000")
        },
        "whatever the level, where it is not told": ({"level": None}, "met"),
        "a township": (
            {"division": "510132100", "level": "township"},
            "not_met not_applicable; by is_the_county@五(二)",
        ),
        "the code of the county, and the level of a township": (
            {"level": "township"},
            "not_met not_applicable; by is_the_county@五(二)",
        ),
        "another county": ({"division": "510131"}, "not_met not_applicable; by is_the_county@五(二)"),
        "unknown": ({"division": None}, "undetermined; missing division"),
    }
)
def test_targets_and_funds_are_the_countys(given: Facts, expected: str) -> None:
    decision = ask_county("special_fund", has_special_fund=True, special_fund_in_budget=True, **given)
    assert told(decision).replace("; gaps fund_rules", "") == expected


@pytest.mark.parametrize("provision", TARGETS)
def test_a_target_is_not_for_another_county(provision: str) -> None:
    assert told(ask_county(provision, division="510131")).startswith("not_met not_applicable")


REGISTERED_ELSEWHERE = "not_met not_applicable; by registered_here@"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "met"),
        ({"division": "510104"}, f"{REGISTERED_ELSEWHERE}四(六)21"),
        ({"status": "planned"}, f"{REGISTERED_ELSEWHERE}四(六)21"),
    ],
)
def test_who_is_inspected_is_registered_in_xinjin(facts: Facts, expected: str) -> None:
    assert told(ask("annual_inspection", annual_inspections=[{"year": 2016}], **facts)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "discretionary; gaps results_amount"),
        ({"established_on": "2017-06-02"}, f"{REGISTERED_ELSEWHERE}四(六)22"),
        ({"division": "510104"}, f"{REGISTERED_ELSEWHERE}四(六)22"),
    ],
)
def test_money_for_results_where_only_registered_ones_are_paid(facts: Facts, expected: str) -> None:
    good = {"is_community_organization": True, "has_outstanding_results": True, "has_high_satisfaction": True}
    assert told(ask("result_funding", readings={"results": "registered_only"}, **good, **facts)) == expected
