"""Every reading matters: for every two of its alternatives there is a case that they decide differently."""

from functools import cache
from itertools import combinations

import pytest
from yangpu_cases import Facts, ask, ask_district, ask_planned, told

from socorg_rules import Decision, load_pack

PASSED: Facts = {"annual_inspections": [{"year": 2021, "result": "合格", "concluded_on": "2022-03-01"}]}
OFFICE = {
    "division": "310110",
    "is_leased": True,
    "monthly_rent": 400,
    "leased_from": "2022-01-01",
    "leased_until": "2025-12-31",
}
RENT_PAID = [{"provision": "rent_subsidy", "amount": 400, "month": "2022-04"}]
HONOUR = {"name": "甲", "level": "市级", "holder": "organization", "awarded_on": "2022-05-01"}
PROJECT = {"name": "甲", "is_selected": True, "is_golden_idea": True, "selected_on": "2023-02-01"}
PROJECT |= {"amount": 80_000, "contract_amount": 60_000, "audited_amount": 50_000}
PRIZE = {"name": "甲", "level": "市级", "prize": "三等奖", "awarded_on": "2023-02-01", "project_amount": 100_000}
PRIZE |= {"service_division": "310110", "clients_division": "310110"}
SENIOR = {"name": "甲", "certificate": "高级社会工作师", "contract": "劳动合同", "has_senior_title": True}
SENIOR |= {"senior_title_on": "2022-05-01", "has_project_innovation": True, "has_training_innovation": True}
COMMUNITY: Facts = {"is_community_organization": True, "legal_form": "基金会", "registered_capital": 5000}
COMMUNITY |= {"supports_governance_innovation": True}
OUTSIDE: Facts = {"division": "310115"}
STUDENT, OTHER = {"is_graduating_student": True}, {"is_graduating_student": False}


def won(*grades: str) -> Facts:
    return {"assessments": [dict(zip(("grade", "announced_on"), g.split(), strict=True)) for g in grades]}


def lowered(*founders: Facts) -> Facts:
    return {**COMMUNITY, "legal_form": "社会团体", "founders": list(founders)}


# Each reading: a provision, and the cases under it that tell the alternatives apart.
TELLING: dict[str, tuple[str, list[Facts]]] = {
    "period_end": ("opening_subsidy", [
        {**PASSED, "established_on": "2025-01-01", "as_of": "2026-01-01"},
        {**PASSED, "established_on": "2025-01-01", "as_of": "2026-07-21"},
    ]),
    "retroactivity": ("honour_award", [{"honours": [{**HONOUR, "awarded_on": day}]}
                                       for day in ("2020-12-31", "2021-07-20")]),
    "two_year_reference_date": ("opening_subsidy", [
        {**PASSED, "as_of": "2024-05-01"},
        {**PASSED, "as_of": "2024-05-01", "applied_on": "2024-01-01", "approved_on": "2024-06-01"},
        {**PASSED, "applied_on": "2024-03-11"},
    ]),
    "two_year_endpoint": ("opening_subsidy", [
        {**PASSED, "established_on": "2020-03-10", "as_of": "2022-03-10"},
        {**PASSED, "established_on": "2020-02-29", "as_of": "2022-02-28"},
    ]),
    "establishment_date": ("opening_subsidy", [
        {**PASSED, "founding_meeting_on": "2021-05-01", "activities_started_on": "2021-08-01"},
        {**PASSED, "founding_meeting_on": "2022-01-01", "activities_started_on": "2021-05-01"},
    ]),
    "first_inspection": ("opening_subsidy", [
        {"annual_inspections": [{"year": 2021, "result": "不合格"}, {"year": 2022, "result": "合格"}]}
    ]),
    "inspection_or_report": ("opening_subsidy", [
        {"annual_inspections": [], "inspection_regime": "annual_report", "annual_reports": [{"filed_on": "2023-03-01"}]}
    ]),
    "no_floor": ("opening_subsidy", [PASSED]),
    "rent_actual": ("rent_subsidy", [{"offices": [OFFICE]}]),
    "rent_window": ("rent_subsidy", [
        {"offices": [OFFICE], "established_on": "2021-03-10", "payments": RENT_PAID},
        {"offices": [OFFICE], "established_on": "2021-03-10", "payments": RENT_PAID, "as_of": "2024-02-01"},
    ]),
    "rent_window_months": ("rent_subsidy", [
        {"offices": [{**OFFICE, "leased_from": "2022-04-01"}], "as_of": "2024-03-05",
         "payments": [{**RENT_PAID[0], "month": "2022-03"}]},
    ]),
    "rent_premises": ("rent_subsidy", [{"offices": [{**OFFICE, **OUTSIDE}]}]),
    "rent_premises_unit": ("rent_subsidy", [{"offices": [OFFICE, OFFICE]}]),
    "first_time": ("grade_award", [
        won("4A 2022-01-10", "3A 2023-01-10"), won("2A 2022-01-10", "3A 2023-01-10"),
    ]),
    "top_up": ("grade_award", [won("3A 2022-01-10", "4A 2023-01-10")]),
    "top_up_base": ("grade_award", [
        {**won("3A 2022-01-10", "4A 2023-01-10"),
         "payments": [{"provision": "grade_award", "item": "3A", "amount": 8000}]},
    ]),
    "next_round": ("grade_award", [won("3A 2022-01-10", "3A 2022-05-10", "4A 2023-01-10")]),
    "prior_grade": ("grade_award", [won("3A 2020-01-10", "4A 2023-01-10")]),
    "silent_registration_grade_award": ("grade_award", [{**won("3A 2022-01-10"), **OUTSIDE}]),
    "honour_unit": ("honour_award", [
        {"honours": [{**HONOUR, "matter": "甲"}, {**HONOUR, "matter": "甲", "awarded_on": "2023-01-01"}]},
        {"honours": [{**HONOUR, "matter": "甲"}, {**HONOUR, "matter": "乙", "awarded_on": "2022-06-01"}]},
        {"honours": [{**HONOUR, "matter": "甲"}, {**HONOUR, "matter": "乙", "awarded_on": "2023-01-01"}]},
    ]),
    "honour_level": ("honour_award", [{"honours": [{**HONOUR, "granted_in": "320100"}]}]),
    "honour_holder": ("honour_award", [{"honours": [{**HONOUR, "holder": "staff"}]}]),
    "project_amount": ("venture_match", [{"ventures": [PROJECT]}]),
    "cap_unit": ("contest_subsidy", [{"contest_awards": [PRIZE, {**PRIZE, "awarded_on": "2023-05-01"}]}]),
    "stacking": ("venture_match", [{"ventures": [PROJECT], "contest_awards": [PRIZE]}]),
    "silent_registration_venture_match": ("venture_match", [{"ventures": [PROJECT], **OUTSIDE}]),
    "golden_idea": ("golden_idea", [{"ventures": [PROJECT]}]),
    "third_prize": ("contest_subsidy", [{"contest_awards": [PRIZE]}]),
    "prize_names": ("contest_subsidy", [{"contest_awards": [{**PRIZE, "prize": "金奖"}]}]),
    "service_scope": ("contest_subsidy", [{"contest_awards": [{**PRIZE, "clients_division": "310115"}]}]),
    "hub_costs": ("hub_project_funds", [{"hub_type": "社区基金会", "hub_projects": []}]),
    "social_worker": ("salary_subsidy", [
        {"staff": [{"certificate": "助理社会工作师", "degree": "会计"}]},
        {"staff": [{"certificate": "无", "degree": "社会工作"}]},
    ]),
    "social_worker_employer": ("salary_subsidy", [{"staff": [{**SENIOR, "employer": "居民委员会"}]}]),
    "salary_formula": ("salary_subsidy", [{"staff": [SENIOR]}]),
    "silent_registration_salary_subsidy": ("salary_subsidy", [{"staff": [SENIOR], **OUTSIDE}]),
    "supervisor": ("supervisor_award", [
        {"staff": [{"supervisor_selected_in": [2023], "supervisor_kind": "external"}]}
    ]),
    "supervisor_again": ("supervisor_award", [
        {"staff": [{"name": "甲", "supervisor_selected_in": [2023], "supervisor_kind": "internal"}],
         "payments": [{"provision": "supervisor_award", "item": "甲", "amount": 5000, "paid_on": "2022-12-01"}]},
    ]),
    "supervisor_year": ("supervisor_award", [
        {"staff": [{"supervisor_selected_in": [2022], "supervisor_kind": "internal"}]}
    ]),
    "silent_registration_supervisor_award": ("supervisor_award", [
        {"staff": [{"supervisor_selected_in": [2023], "supervisor_kind": "internal"}], **OUTSIDE}
    ]),
    "supervisor_quota": ("supervisor_selection", [{"supervisors_selected": [{"year": 2023, "count": 1}]}]),
    "contract_word": ("senior_social_worker_award", [{"staff": [SENIOR], "implementing_rules_in_force": True}]),
    "contribution": ("senior_social_worker_award", [
        {"staff": [{**SENIOR, "has_project_innovation": False}], "implementing_rules_in_force": True}
    ]),
    "senior_timing": ("senior_social_worker_award", [
        {"staff": [{**SENIOR, "joined_on": "2023-01-01"}], "implementing_rules_in_force": True}
    ]),
    "implementing_rules": ("senior_social_worker_award", [{"staff": [SENIOR], "implementing_rules_in_force": False}]),
    "target_terms": ("target_organizations", [
        {"organizations": [*[{"status": "registered", "division": "310110"}] * 999,
                           {"status": "registered", "division": "310000", "offices": [{"division": "310110"}]}]},
    ]),
    "stage_mapping": ("base_space", [{"stage": "成长期"}]),
    "community_org": ("registered_capital", [
        {**COMMUNITY, "legal_form": "社会团体", "supports_governance_innovation": False, "founders": [STUDENT]}
    ]),
    "graduating_student": ("registered_capital", [
        lowered({"graduated_on": "2022-12-31"}), lowered({"graduated_on": "2021-12-31"})
    ]),
    "graduating_student_founders": ("registered_capital", [
        lowered({**STUDENT, "is_lead": True}, {**OTHER, "is_lead": False}),
        lowered({**STUDENT, "is_lead": False}, {**OTHER, "is_lead": True}),
    ]),
    "may_lower": ("registered_capital", [lowered(STUDENT)]),
    "conflict_rule": ("registered_capital", [{**COMMUNITY, "founders": [STUDENT]}]),
}  # fmt: skip
ASKED = {"registered_capital": ask_planned, "target_organizations": ask_district, "supervisor_selection": ask_district}
UNCHANGED = {"stage_mapping"}
"""Readings that change what follows, and neither outcome nor amount."""


@cache
def alternatives(reading: str) -> tuple[str, ...]:
    return tuple(load_pack("yangpu").readings[reading].alternatives)


def decided(reading: str, case: Facts, alternative: str | None) -> Decision:
    provision = TELLING[reading][0]
    ask_of = ASKED.get(provision, ask)
    return ask_of(provision, **{**case, "readings": {reading: alternative}})


def line(decision: Decision) -> str:
    return f"{told(decision)} {decision.result}"


def test_every_reading_is_told_apart() -> None:
    assert set(TELLING) == set(load_pack("yangpu").readings)


@pytest.mark.parametrize("reading", TELLING)
def test_every_two_alternatives_decide_some_case_differently(reading: str) -> None:
    lines = {a: [line(decided(reading, case, a)) for case in TELLING[reading][1]] for a in alternatives(reading)}
    for one, other in combinations(lines, 2):
        assert lines[one] != lines[other]


@pytest.mark.parametrize("reading", sorted({*TELLING} - UNCHANGED))
def test_a_decision_depends_on_a_reading_that_changes_it(reading: str) -> None:
    cases = TELLING[reading][1]
    assert any(reading in decided(reading, case, alternatives(reading)[0]).depends_on for case in cases)


@pytest.mark.parametrize("reading", TELLING)
def test_a_reading_left_open_is_open_where_its_alternatives_differ(reading: str) -> None:
    assert any(reading in decided(reading, case, None).open_readings for case in TELLING[reading][1])
