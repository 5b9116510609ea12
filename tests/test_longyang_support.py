"""四(一), 四(二): what a base offers to social organizations, in money and in kind."""

import pytest
from longyang_cases import Facts, ask, by_reading, claims, told

MONEY = "; gaps money_amount"
IN_KIND = ["hardware_support", "professional_support", "capacity_support"]


@claims(
    {
        "a community organization in incubation": ({}, f"discretionary{MONEY}"),
        "one that is filed": ({"status": "filed", "established_on": None}, f"discretionary{MONEY}"),
        "not in incubation": ({"is_incubated": False}, f"undetermined; open access{MONEY}"),
        "no community organization": ({"is_community_organization": False}, f"undetermined; open access{MONEY}"),
        "incubation unknown": (
            {"is_incubated": None},
            f"undetermined; missing is_incubated; open access{MONEY}",
        ),
        "of another district": ({"division": "530521"}, "not_met not_applicable; by in_longyang@四(一)"),
        "of the city": ({"division": "530500"}, "not_met not_applicable; by in_longyang@四(一)"),
        "of another county of that prefecture": (
            {"division": "533022"},
            "not_met not_applicable; by in_longyang@四(一)",
        ),
        "under the code before 2001": ({"division": "533001"}, f"discretionary{MONEY}"),
        "filed by a street": ({"status": "filed", "division": "530502002"}, f"discretionary{MONEY}"),
        "established on the day": ({"established_on": "2022-06-01"}, f"discretionary{MONEY}"),
        "established on an unknown day": ({"established_on": None}, f"discretionary{MONEY}"),
        "established the day after": (
            {"established_on": "2022-06-02"},
            "not_met not_applicable; by exists@四(一) is_planned@四(一)",
        ),
        "deregistered": (
            {"status": "deregistered"},
            "not_met not_applicable; by exists@四(一) is_planned@四(一)",
        ),
        "illegal": ({"status": "illegal"}, "not_met not_applicable; by exists@四(一) is_planned@四(一)"),
        "planned": ({"status": "planned"}, f"undetermined; open access_planned{MONEY}"),
        "status unknown": ({"status": None}, f"undetermined; missing status; open access_planned{MONEY}"),
    }
)
def test_base_money_support(given: Facts, expected: str) -> None:
    assert told(ask("base_money_support", **given)) == expected


def test_money_support_has_no_figure() -> None:
    decision = ask("base_money_support")
    assert (decision.entitlement, decision.payable, decision.clause) == (None, None, "四(一)")


NO_ACCESS = "not_met conditions; by has_access@四(一)"
STRANGER: Facts = {"is_community_organization": False, "is_incubated": False}


@by_reading(
    {
        "access": (
            STRANGER,
            {
                "any_organization": f"discretionary{MONEY}",
                "community_organizations": NO_ACCESS,
                "admitted": NO_ACCESS,
            },
        ),
        "access_planned": (
            {"status": "planned"},
            {
                "included": f"discretionary{MONEY}",
                "excluded": "not_met not_applicable; by exists@四(一) access_planned@四(一)",
            },
        ),
    }
)
def test_base_money_support_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("base_money_support", **given)) == expected


@pytest.mark.parametrize(
    ("facts", "community", "admitted"),
    [
        ({"is_community_organization": True, "is_incubated": False}, f"discretionary{MONEY}", NO_ACCESS),
        ({"is_community_organization": False, "is_incubated": True}, NO_ACCESS, f"discretionary{MONEY}"),
    ],
)
def test_access_is_by_kind_or_by_admission(facts: Facts, community: str, admitted: str) -> None:
    for reading, expected in (("community_organizations", community), ("admitted", admitted)):
        assert told(ask("base_money_support", **facts, readings={"access": reading})) == expected


@pytest.mark.parametrize("provision", IN_KIND)
def test_support_in_kind_is_offered_and_named(provision: str) -> None:
    decision = ask(provision)
    assert told(decision) == "met"
    assert decision.result
    assert told(ask(provision, is_incubated=False)) == "undetermined; open access"
    clause = decision.clause
    refused = ask(provision, **STRANGER, readings={"access": "admitted"})
    assert told(refused) == f"not_met conditions; by has_access@{clause}"
    assert told(ask(provision, division="530521")).startswith("not_met not_applicable")


@pytest.mark.parametrize("provision", IN_KIND)
@pytest.mark.parametrize(("reading", "expected"), [("included", "met"), ("excluded", "not_met not_applicable")])
def test_support_of_those_planned_is_a_question_of_the_reading(provision: str, reading: str, expected: str) -> None:
    decision = ask(provision, status="planned", readings={"access_planned": reading})
    assert told(decision).startswith(expected)
