"""To whom each provision of Yangpu applies (在本区依法登记, 本区登记, 区内), and from when until when (clause 五)."""

import datetime as dt

import pytest
from yangpu_cases import Facts, ask, ask_district, brief, told

from socorg_rules import Decision, load_pack

HERE, ELSEWHERE, CITY = "310110", "310115", "310000"
STAFF = {"name": "甲", "certificate": "社会工作师"}
SENIOR = {
    "name": "甲", "contract": "劳务合同", "has_senior_title": True,
    "has_project_innovation": True, "has_training_innovation": True,
}  # fmt: skip
PROJECT = {"name": "甲", "is_selected": True, "is_golden_idea": True, "amount": 1000, "contract_amount": 1000}
PRIZE = {
    "name": "甲", "level": "市级", "prize": "一等奖", "project_amount": 1000,
    "service_division": HERE, "clients_division": HERE,
}  # fmt: skip
OFFICE = {"is_leased": True, "monthly_rent": 600, "leased_from": "2021-03-01", "leased_until": "never"}

# What makes each provision go through, whatever the day; the years of supervisors are those asked about below.
FITTING: dict[str, tuple[Facts, str]] = {
    "registered_capital": (
        {"is_community_organization": True, "supports_governance_innovation": True, "registered_capital": 2_000_000},
        "met",
    ),
    "opening_subsidy": ({"annual_inspections": [{"year": 2021, "result": "合格"}]}, "met"),
    "rent_subsidy": ({"offices": [OFFICE], "readings": {"rent_window": "first_two_years"}}, "met"),
    "grade_award": ({"assessments": [{"grade": "3A"}]}, "met"),
    "honour_award": ({"honours": [{"name": "甲", "level": "国家级", "holder": "organization"}]}, "met"),
    "venture_match": ({"ventures": [{**PROJECT, "audited_amount": 1000}]}, "met"),
    "contest_subsidy": ({"contest_awards": [PRIZE]}, "met"),
    "hub_project_funds": ({"hub_type": "社区基金会", "hub_projects": [{"name": "甲"}]}, "discretionary"),
    "salary_subsidy": ({"staff": [STAFF]}, "met"),
    "supervisor_award": (
        {"staff": [{**STAFF, "supervisor_selected_in": [2021, 2023, 2025, 2026], "supervisor_kind": "internal"}]},
        "met",
    ),
    "senior_social_worker_award": ({"staff": [SENIOR], "implementing_rules_in_force": True}, "met"),
    "golden_idea": ({"ventures": [PROJECT], "readings": {"golden_idea": "separate"}}, "met"),
    "base_space": ({"stage": "成长期"}, "met"),
    "founders_internship": ({"founders": [{"name": "甲", "is_graduating_student": True}]}, "met"),
    "practice_space": ({"is_governance_innovator": True}, "met"),
    "incubation_support": ({}, "met"),
    "preferred_list": ({"undertakes_local_purchase": True}, "undetermined"),
    "public_base_exit": ({"is_public_welfare_base": True}, "undetermined"),
    "exam_training": ({"staff": [{"name": "甲", "is_preparing_for_exam": True}]}, "met"),
    "continuing_education": ({"staff": [STAFF]}, "met"),
    "governance_training": ({"staff": [{"name": "甲", "role": "管理人员"}]}, "met"),
    "senior_exam": ({"staff": [{"name": "甲", "was_outstanding_social_worker": True}]}, "discretionary"),
    "talent_recommendation": ({"staff": [{"name": "甲", "has_outstanding_contribution": True}]}, "discretionary"),
    "community_delegate": ({"staff": [{"name": "甲"}]}, "discretionary"),
    "party_building_plan": ({"has_party_building_plan": True}, "met"),
    "party_charter": ({"charter_includes_party_building": True}, "met"),
}
YEARS, MONTHS = [2021, 2023, 2025, 2026], ["2021-07", "2023-06", "2025-12", "2026-01", "2026-07"]
OF_THE_DISTRICT: dict[str, tuple[Facts, str]] = {
    "party_meetings": ({"party_meeting_months": MONTHS}, "met"),
    "index_publication": ({"index_published_years": YEARS}, "met"),
    "yearly_summit": ({"summit_years": YEARS}, "met"),
    "supervisor_selection": ({"supervisors_selected": [{"year": y, "count": 2} for y in YEARS]}, "met"),
}
TARGETS: dict[str, tuple[Facts, str]] = {
    "target_layout": (
        {
            "layout_head_base_completed": True, "layout_wings_completed": 2,
            "neighbourhood_centres": 60, "layout_completed_on": "2021-07-01",
        },
        "met",
    ),
    "target_organizations": ({"registered_organizations": 1000}, "met"),
    "target_social_workers": ({"certified_social_workers": 700}, "met"),
    "target_data": ({"data_in_use": True, "platform_integrated": True}, "met"),
}  # fmt: skip

SITUATIONS: dict[str, Facts] = {
    "registered here": {"status": "registered", "division": HERE},
    "registered in a street of the district": {"status": "registered", "division": "310110009"},
    "registered elsewhere": {"status": "registered", "division": ELSEWHERE},
    "registered by the city": {"status": "registered", "division": CITY},
    "not yet established": {"status": "registered", "division": HERE, "established_on": "2023-06-02"},
    "established today": {"status": "registered", "division": HERE, "established_on": "2023-06-01"},
    "filed here": {"status": "filed", "division": HERE, "established_on": None},
    "filed elsewhere": {"status": "filed", "division": ELSEWHERE, "established_on": None},
    "planned here": {"status": "planned", "division": HERE, "established_on": None},
    "planned elsewhere": {"status": "planned", "division": ELSEWHERE, "established_on": None},
    "illegal": {"status": "illegal", "division": HERE, "established_on": None},
    "deregistered": {"status": "deregistered", "division": HERE},
}
REGISTERED_HERE = {"registered here", "registered in a street of the district", "established today"}
EXISTS_HERE = {*REGISTERED_HERE, "filed here"}
EXISTS = {*EXISTS_HERE, "registered elsewhere", "registered by the city", "filed elsewhere"}
TO_BE_REGISTERED = {"planned here", "filed here"}
REACHES = {
    "registered_capital": TO_BE_REGISTERED,
    "opening_subsidy": REGISTERED_HERE,
    "rent_subsidy": REGISTERED_HERE,
    "grade_award": REGISTERED_HERE,
    "honour_award": REGISTERED_HERE,
    "contest_subsidy": REGISTERED_HERE,
    "senior_social_worker_award": REGISTERED_HERE,
    "party_building_plan": REGISTERED_HERE,
    "party_charter": REGISTERED_HERE,
    "venture_match": EXISTS,
    "salary_subsidy": EXISTS,
    "supervisor_award": EXISTS,
    "golden_idea": EXISTS,
    "preferred_list": EXISTS,
    "founders_internship": {*EXISTS_HERE, "planned here", "not yet established"},
    "incubation_support": {*EXISTS_HERE, "planned here"},
}


def reached(provision: str, given: Facts, as_of: str = "2023-06-01") -> Decision:
    """The decision about an organization established a year ago."""
    day = dt.date.fromisoformat(as_of)
    founded = {"established_on": day.replace(year=day.year - 1).isoformat()}
    return ask(provision, as_of, **{**founded, **given})


def test_every_provision_has_a_case_that_goes_through() -> None:
    assert {*FITTING, *OF_THE_DISTRICT, *TARGETS} == set(load_pack("yangpu").plans)


@pytest.mark.parametrize("provision", FITTING)
def test_a_provision_applies_to_those_it_names_and_to_no_others(provision: str) -> None:
    facts, outcome = FITTING[provision]
    found = {name: brief(reached(provision, {**facts, **where})) for name, where in SITUATIONS.items()}
    reach = REACHES.get(provision, EXISTS_HERE)
    assert found == {name: outcome if name in reach else "not_met not_applicable" for name in SITUATIONS}


@pytest.mark.parametrize("provision", FITTING)
def test_what_does_not_apply_names_the_test_of_reach(provision: str) -> None:
    line = told(reached(provision, {**FITTING[provision][0], **SITUATIONS["illegal"]}))
    steps = line.removeprefix("not_met not_applicable; by ").split()
    assert steps
    assert {step.partition("@")[2] for step in steps} == {load_pack("yangpu").plans[provision].provision.clause}


@pytest.mark.parametrize("provision", FITTING)
def test_an_unknown_status_leaves_every_provision_open(provision: str) -> None:
    decision = reached(provision, {**FITTING[provision][0], "status": None})
    assert brief(decision) == "undetermined"
    assert "organization.status" in decision.missing


@pytest.mark.parametrize("provision", sorted({*FITTING} - {"registered_capital", "opening_subsidy", "rent_subsidy"}))
def test_whoever_is_registered_is_established_unless_a_later_day_is_given(provision: str) -> None:
    facts, outcome = FITTING[provision]
    assert brief(reached(provision, {**facts, "established_on": None})) == outcome
    assert "organization.established_on" not in reached(provision, {**facts, "established_on": None}).missing


@pytest.mark.parametrize("provision", ["opening_subsidy", "rent_subsidy"])
def test_what_hangs_on_the_day_of_establishment_wants_it(provision: str) -> None:
    decision = reached(provision, {**FITTING[provision][0], "established_on": None})
    assert brief(decision) == "undetermined"
    assert decision.missing == ("organization.established_on",)


@pytest.mark.parametrize("provision", sorted({*FITTING} - {p for p, reach in REACHES.items() if reach is EXISTS}))
def test_an_unknown_division_leaves_a_provision_of_the_district_open(provision: str) -> None:
    where = SITUATIONS["planned here"] if provision == "registered_capital" else {}
    decision = reached(provision, {**FITTING[provision][0], **where, "division": None})
    assert brief(decision) == "undetermined"
    assert "organization.division" in decision.missing


PLACES: list[tuple[Facts, bool]] = [
    ({}, True),
    ({"level": None}, True),
    ({"level": "county"}, False),
    ({"division": "310110000"}, True),
    ({"division": "310110000000"}, True),
    ({"division": "310110009", "level": None}, False),
    ({"division": "310115"}, False),
    ({"division": "310000", "level": "city"}, False),
]


@pytest.mark.parametrize("provision", {**OF_THE_DISTRICT, **TARGETS})
def test_what_the_district_must_do_is_asked_of_the_district_alone(provision: str) -> None:
    facts, outcome = {**OF_THE_DISTRICT, **TARGETS}[provision]
    for place, applies in PLACES:
        found = ask_district(provision, **{**facts, **place})
        assert brief(found) == (outcome if applies else "not_met not_applicable")
    assert told(found).startswith("not_met not_applicable; by is_the_district@")


# 五: in force from the day of issue, 2021-07-21; YP-A1: the plan's period ends with 2025, five years on 2026-07-20.
ENDS = ("plan_period", "until_repealed", "five_years")
FORCE: dict[str, tuple[str, ...]] = {
    "2021-07-20": (),
    "2021-07-21": ENDS,
    "2025-12-31": ENDS,
    "2026-01-01": ("until_repealed", "five_years"),
    "2026-07-20": ("until_repealed", "five_years"),
    "2026-07-21": ("until_repealed",),
}


@pytest.mark.parametrize("provision", {**FITTING, **OF_THE_DISTRICT})
def test_a_provision_is_in_force_from_its_issue_to_the_end_of_its_period(provision: str) -> None:
    facts, outcome = {**FITTING, **OF_THE_DISTRICT}[provision]
    for as_of, in_force_under in FORCE.items():
        for end in ENDS:
            expected = outcome if end in in_force_under else "not_met not_in_force"
            assert brief(in_period(provision, facts, as_of, end)) == expected
        left_open = in_period(provision, facts, as_of, None)
        if in_force_under in ((), ENDS):
            assert brief(left_open) == expected
        else:
            assert brief(left_open) == "undetermined"
            assert "period_end" in left_open.open_readings
    assert told(in_period(provision, facts, "2021-07-20", None)) == "not_met not_in_force; by in_force@五"


def in_period(provision: str, facts: Facts, as_of: str, end: str | None) -> Decision:
    asked = {**facts, "readings": {**facts.get("readings", {}), "period_end": end}}
    if provision in OF_THE_DISTRICT:
        return ask_district(provision, as_of, **asked)
    status = "planned" if provision == "registered_capital" else "registered"
    return reached(provision, {**asked, "status": status}, as_of)


@pytest.mark.parametrize("as_of", ["2021-07-20", "2026-07-21"])
@pytest.mark.parametrize("target", TARGETS)
def test_a_target_is_judged_on_the_state_of_the_day_whatever_is_in_force(target: str, as_of: str) -> None:
    assert brief(ask_district(target, as_of, **TARGETS[target][0])) == "met"
