"""Every reading of Xinjin matters: for every two of its alternatives there is a case that they decide differently."""

from functools import cache
from itertools import combinations

import pytest
from xinjin_cases import Facts, ask, ask_county, ask_filed, ask_planned, told

from socorg_rules import Decision, load_pack

FREE: Facts = {"category": "科技类", "prior_licence_basis": "无"}
HERE = {"status": "registered", "division": "510132", "is_due_for_assessment": True}
GRADES = [{"grade": "1A", "announced_on": "2016-05-01"}]
LIVING: Facts = {"category": "公益慈善类", "lives_mainly_on_donations_or_state": True}
UNQUALIFIED: Facts = {
    "meets_registration_conditions": False,
    "serves_community_directly": True,
    "is_public_welfare": True,
}

# Each reading: whom it is asked about, a provision, and the cases that tell the alternatives apart.
TELLING: dict[str, tuple[str, str, list[Facts]]] = {
    "issue_date": ("planned", "direct_registration", [{**FREE, "as_of": d} for d in ("2016-01-12", "2016-03-07")]),
    "successor": ("planned", "direct_registration", [{**FREE, "as_of": "2020-06-18"}]),
    "three_years": ("county", "target_registered", [{"registered_organizations": 200}]),
    "200_180": (
        "county",
        "target_community_service",
        [{"community_service_all": 180, "community_service_registered": 179}],
    ),
    "percent_base": (
        "county",
        "target_functions",
        [{"organizations": [{**HERE, "can_take_functions": True}, *[{**HERE, "status": "filed"}] * 9]}],
    ),
    "percent_base_due": (
        "county",
        "target_assessed",
        [{"organizations": [{**HERE, "assessments": GRADES},
                            {**HERE, "is_due_for_assessment": False, "assessments": []}],
          "readings": {"percent_base_passed": "any_grade"}}],
    ),
    "percent_base_passed": ("county", "target_assessed", [{"organizations": [{**HERE, "assessments": GRADES}]}]),
    "percent_base_period": ("county", "target_assessed", [{"share_passed_assessment": "0.9"}]),
    "licence": (
        "planned",
        "direct_registration",
        [{**FREE, "prior_licence_basis": "法律", "prior_licence_held": True}],
    ),
    "filing_type": (
        "planned",
        "filing_route",
        [{**UNQUALIFIED, "category": "文体娱乐类", "is_public_welfare": False}],
    ),
    "compulsory_or_filing": ("planned", "filing_route", [{**UNQUALIFIED, **LIVING}]),
    "upgrade": ("filed", "filing_upgrade", [{"meets_registration_conditions": True}]),
    "multi": (
        "planned",
        "multiple_associations",
        [{"category": "行业协会商会类", "industry_level": "大类", "association_basis": "行业分类"}],
    ),
    "twenty": (
        "county",
        "three_society_projects",
        [{"three_society_communities": 19, "three_society_projects": 20}],
    ),
    "twelve_or_1to2": (
        "county",
        "model_organizations",
        [{f"model_organizations_{kind}": 2 for kind in ("industry", "charity", "community")}],
    ),
    "mainly": (
        "registered",
        "charity_supervision",
        [{"category": "公益慈善类", "income_share_donations": "0.5", "income_share_state": "0"}],
    ),
    "mainly_sources": (
        "registered",
        "charity_supervision",
        [{"category": "公益慈善类", "income_share_donations": "0.3", "income_share_state": "0.3"}],
    ),
    "filed_inspection": ("filed", "annual_inspection", [{"annual_inspections": [{"year": 2016}]}]),
    "inspection_first_year": (
        "registered",
        "annual_inspection",
        [{"annual_inspections": [{"year": 2016}], "established_on": "2016-02-01"}],
    ),
    "results": (
        "filed",
        "result_funding",
        [{"is_community_organization": True, "has_outstanding_results": True, "has_high_satisfaction": True}],
    ),
}  # fmt: skip
ASKED = {"planned": ask_planned, "filed": ask_filed, "registered": ask, "county": ask_county}
UNCHANGED = {"three_years", "percent_base_period"}
"""Readings that change by when a target is due, and neither outcome nor amount."""


@cache
def alternatives(reading: str) -> tuple[str, ...]:
    return tuple(load_pack("xinjin").readings[reading].alternatives)


def decided(reading: str, case: Facts, alternative: str | None) -> Decision:
    about, provision, _ = TELLING[reading]
    return ASKED[about](provision, **{**case, "readings": {**case.get("readings", {}), reading: alternative}})


def line(decision: Decision) -> str:
    return f"{told(decision)} {decision.result} {decision.due}"


def test_every_reading_is_told_apart() -> None:
    assert set(TELLING) == set(load_pack("xinjin").readings)


@pytest.mark.parametrize("reading", TELLING)
def test_every_two_alternatives_decide_some_case_differently(reading: str) -> None:
    lines = {a: [line(decided(reading, case, a)) for case in TELLING[reading][2]] for a in alternatives(reading)}
    for one, other in combinations(lines, 2):
        assert lines[one] != lines[other]


@pytest.mark.parametrize("reading", sorted({*TELLING} - UNCHANGED))
def test_a_decision_depends_on_a_reading_that_changes_it(reading: str) -> None:
    cases = TELLING[reading][2]
    assert any(reading in decided(reading, case, alternatives(reading)[0]).depends_on for case in cases)


@pytest.mark.parametrize("reading", TELLING)
def test_a_reading_left_open_is_open_where_its_alternatives_differ(reading: str) -> None:
    assert any(reading in decided(reading, case, None).open_readings for case in TELLING[reading][2])
