"""To whom Hainan's provisions apply, and when: 社区社会组织 in the province, from 2021-05-26, HN-A1 afterwards."""

import pytest
from hainan_cases import Facts, ask, ask_county, ask_filed, ask_pilot, ask_planned, told

from socorg_rules import load_pack

CULTIVATION: dict[str, Facts] = {
    "threshold_lowering": {"fields": ["养老照护"]},
    "direct_registration": {"category": "城乡社区服务类", "is_active_within_community": True},
    "cultivation_priority": {"fields": ["养老"]},
    "lottery_support": {"requests_lottery_theme": "扶老"},
    "hub_services": {},
    "idle_premises": {"uses_premises": "idle_public"},
    "committee_support": {"category": "公益慈善类", "committee_has_means": True},
    "exam_encouragement": {"staff": [{}]},
    "social_worker_support": {"founders": [{"is_social_worker": True}]},
    "rural_talent_support": {"is_rural": True, "founders": [{"background": "乡贤"}]},
}
MANAGEMENT: dict[str, Facts] = {
    "registration_duty": {"meets_registration_conditions": True},
    "filing_route": {"meets_registration_conditions": False},
    "filing_review": {"seeks_filing": True, "filing_materials_complete": True},
    "false_filing": {"has_false_filing_materials": True},
    "joint_party_branch": {"is_small": True},
    "party_charter": {"charter_includes_party_building": True, "charter_includes_core_values": True},
    "activity_report": {"implementing_rules_in_force": True, "holds_major_activity": True},
    "committee_report": {"implementing_rules_in_force": True},
    "filed_reminder": {"has_problem_found": True},
    "exit_filed": {"acts_outside_charter": True, "confirmed_by_investigation": True},
    "voluntary_exit": {"seeks_deregistration": True},
}
COUNTIES: dict[str, Facts] = {
    "performance_review": {"in_performance_review": True, "in_security_review": True},
    "venture_funds": {"has_means": True},
    "incubation_funds": {"has_means": True},
}
ASKED_OF_FILED = {**CULTIVATION, **MANAGEMENT}
REGISTERED: dict[str, Facts] = {
    "exit_registered": {**MANAGEMENT["exit_filed"], "has_supervising_unit": True},
    "disclosure": {"disclosed": ["组织人员", "重大活动", "收费标准"]},
}
ANY_STATUS = {"exit_illegal"}
OTHERS = {"pilot_city", "pilot_evaluation", "talent_target", "talent_target_urban", "talent_target_rural"}
OTHERS |= {"community_talents"}


def outcome(provision: str, as_of: str = "2022-06-01", period_end: str | None = "goals_only", **facts: object) -> str:
    """The outcome with its reason."""
    readings = {"period_end": period_end}
    if provision in COUNTIES:
        found = ask_county(provision, as_of, readings, **COUNTIES[provision], **facts)
    elif provision in REGISTERED:
        found = ask(provision, as_of, readings, **{**REGISTERED[provision], **facts})
    elif provision == "exit_illegal":
        found = ask(provision, as_of, readings, **{"status": "illegal", **facts})
    else:
        found = ask_filed(provision, as_of, readings, **{**ASKED_OF_FILED[provision], **facts})
    return found.outcome.value if found.reason is None else f"{found.outcome.value} {found.reason.value}"


NOT_IN_FORCE = "not_met not_in_force"
ALL = [*ASKED_OF_FILED, *REGISTERED, *COUNTIES, "exit_illegal"]
OPEN = {"threshold_lowering": "undetermined"}
LEFT_TO_AUTHORITY = {
    "cultivation_priority", "lottery_support", "hub_services", "idle_premises", "committee_support",
    "exam_encouragement", "social_worker_support", "rural_talent_support", "joint_party_branch",
    "venture_funds", "incubation_funds",
}  # fmt: skip


def granted(provision: str) -> str:
    return OPEN.get(provision, "discretionary" if provision in LEFT_TO_AUTHORITY else "met")


def test_every_provision_is_looked_at_here_or_with_the_targets() -> None:
    assert {*ALL, *OTHERS} == set(load_pack("hainan").plans)


@pytest.mark.parametrize("provision", ALL)
def test_everything_is_in_force_from_the_day_that_the_plan_was_issued(provision: str) -> None:
    facts = {"established_on": "2021-05-01"} if provision in REGISTERED else {}
    assert outcome(provision, "2021-05-25", **facts) == NOT_IN_FORCE
    assert outcome(provision, "2021-05-26", **facts) == granted(provision)


@pytest.mark.parametrize("provision", ALL)
def test_what_ends_with_2023_is_a_matter_of_reading(provision: str) -> None:
    ends = provision in CULTIVATION or provision in COUNTIES
    for reading in ("goals_only", "cultivation_too", "whole_plan", None):
        assert outcome(provision, "2023-12-31", reading) == granted(provision)
    assert outcome(provision, "2024-01-01", "goals_only") == granted(provision)
    assert outcome(provision, "2030-01-01", "goals_only") == granted(provision)
    assert outcome(provision, "2024-01-01", "cultivation_too") == (NOT_IN_FORCE if ends else granted(provision))
    assert outcome(provision, "2024-01-01", "whole_plan") == NOT_IN_FORCE
    assert outcome(provision, "2024-01-01", None) == "undetermined"


NOT_APPLICABLE = "not_met not_applicable"
ORGANIZATIONS = [p for p in ALL if p not in COUNTIES]


@pytest.mark.parametrize("provision", ORGANIZATIONS)
def test_an_organization_of_the_province_is_meant(provision: str) -> None:
    for division in ("46", "460000", "460100", "460106", "460400", "469021100", "469021100001"):
        assert outcome(provision, division=division) == granted(provision)
    for division in ("440000", "450100", "47", "4500"):
        assert outcome(provision, division=division) == NOT_APPLICABLE
    assert outcome(provision, division=None) == "undetermined"


@pytest.mark.parametrize("provision", ORGANIZATIONS)
def test_a_community_organization_is_meant_except_where_the_clause_names_another(provision: str) -> None:
    other = provision in ANY_STATUS or provision == "direct_registration"
    assert outcome(provision, is_community_organization=False) == (granted(provision) if other else NOT_APPLICABLE)
    assert outcome(provision, is_community_organization=None) == (granted(provision) if other else "undetermined")


WAYS_IN = ("threshold_lowering", "direct_registration", "registration_duty", "filing_route", "filing_review")


@pytest.mark.parametrize("status", ["registered", "illegal", "deregistered"])
@pytest.mark.parametrize("provision", [*WAYS_IN, "false_filing"])
def test_the_ways_in_are_asked_of_planned_and_filed_organizations(provision: str, status: str) -> None:
    assert outcome(provision, status=status) == NOT_APPLICABLE
    assert outcome(provision, status="planned") == granted(provision)


@pytest.mark.parametrize("provision", ["lottery_support", "party_charter", "voluntary_exit", "committee_report"])
def test_neither_planned_nor_former_nor_illegal_organizations_are_meant(provision: str) -> None:
    for status in ("planned", "illegal", "deregistered"):
        assert outcome(provision, status=status) == NOT_APPLICABLE


@pytest.mark.parametrize("provision", REGISTERED)
def test_who_is_registered_counts_from_the_day_of_its_registration(provision: str) -> None:
    assert outcome(provision, established_on="2022-06-01") == "met"
    assert outcome(provision, established_on="2022-06-02") == NOT_APPLICABLE
    assert outcome(provision, established_on="never") == NOT_APPLICABLE
    assert outcome(provision, established_on=None) == "met"


@pytest.mark.parametrize("provision", ["cultivation_priority", "social_worker_support", "rural_talent_support"])
def test_who_is_cultivated_may_still_be_planned(provision: str) -> None:
    for status in ("planned", "filed", "registered"):
        assert outcome(provision, status=status) == "discretionary"
    for status in ("illegal", "deregistered"):
        assert outcome(provision, status=status) == NOT_APPLICABLE


@pytest.mark.parametrize("provision", COUNTIES)
def test_a_county_of_the_province_is_meant(provision: str) -> None:
    assert outcome(provision, level="township") == NOT_APPLICABLE
    assert told(ask_county(provision, division="440100", **COUNTIES[provision])).startswith(NOT_APPLICABLE)
    assert told(ask_county(provision, division="460000", **COUNTIES[provision])).startswith(NOT_APPLICABLE)


RESULTS = {
    "direct_registration": "直接向县级民政部门申请登记；审查时，民政部门视需要征求意见或请专家评估",
    "filing_route": "由街道办事处（乡镇人民政府）备案，市县（区）民政部门作业务指导",
    "filing_review": "通过完整性审核；真实、合法、有效由申请人承诺，不在审核之列",
    "false_filing": "由申请人负责，受信用管理",
    "hub_services": "资源支持、项目承接、资金代管、人员培训",
    "idle_premises": "无偿或以其他优惠方式使用闲置的国有、集体用房",
    "committee_support": "经费和服务场地",
    "exam_encouragement": "民政业务培训；参加职业资格考试或技能等级认定",
    "joint_party_branch": "与邻近组织联合建立党组织，或由社会组织联合会、服务中心牵头成立联合党支部",
    "venture_funds": "以公益创投资金支持社区社会组织的项目",
    "incubation_funds": "以专项资金和场地孵化社区社会组织",
}


@pytest.mark.parametrize("provision", RESULTS)
def test_what_follows_is_told(provision: str) -> None:
    if provision in COUNTIES:
        decision = ask_county(provision, **COUNTIES[provision])
    else:
        decision = ask_filed(provision, **ASKED_OF_FILED[provision])
    found = decision.items[0] if decision.items else decision
    assert found.result == RESULTS[provision]


def test_a_pilot_is_told_to_be_one() -> None:
    assert ask_pilot("pilot_city").result == "列为示范点试点"


def test_what_changes_by_itself_changes_on_these_days() -> None:
    day_after = {"goals_only": None, "cultivation_too": "2024-01-01", "whole_plan": "2024-01-01"}
    for reading, day in day_after.items():
        found = ask_filed("idle_premises", readings={"period_end": reading}, uses_premises="idle_public")
        assert (found.next_change and str(found.next_change)) == day
    early = ask_planned("registration_duty", "2021-05-01", meets_registration_conditions=True)
    assert str(early.next_change) == "2021-05-26"
