"""The names are a promise to every pack and every case file: they are listed here in full, once more."""

import re

import attrs
import pytest

from socorg_rules.facts import EntityType, Fact, Type, entity_type
from socorg_rules.vocabulary import ROOTS, Organization

NAMES = {
    "organization": """
        name uscc status division filing_office legal_form category hub_type is_community_organization
        is_membership_based established_on founding_meeting_on activities_started_on applied_on registered_capital stage
        fields supports_governance_innovation is_incubated undertakes_local_purchase has_supervising_unit
        meets_registration_conditions seeks_filing seeks_deregistration filing_materials_complete
        is_active_within_community serves_community_directly is_public_welfare is_small prior_licence_basis
        prior_licence_held same_industry_association_exists industry_level inspection_regime
        lives_mainly_on_donations_or_state income_share_donations income_share_state acts_outside_charter
        has_strong_complaints is_suspected_illegal confirmed_by_investigation violates_public_welfare_purpose
        endangers_security has_outstanding_results has_high_satisfaction implementing_rules_in_force
        requests_lottery_theme uses_premises can_run_projects_alone is_professional is_of_suitable_size
        has_party_building_plan charter_includes_party_building is_public_welfare_base is_governance_innovator
        approved_on association_basis decoupled_in is_due_for_assessment can_take_functions is_model_organization
        has_experience has_capacity is_recognized_by_residents
        charter_includes_core_values has_false_filing_materials is_rural has_problem_found holds_major_activity
        disclosed committee_has_means
        annual_inspections annual_reports offices assessments honours ventures contest_awards hub_projects founders
        staff payments""",
    "annual_inspection": "year result concluded_on",
    "annual_report": "year filed_on",
    "office": "division is_leased monthly_rent leased_from leased_until",
    "assessment": "grade announced_on",
    "honour": "name level holder awarded_on granted_by granted_in matter",
    "venture": "name is_selected amount contract_amount audited_amount selected_on is_golden_idea",
    "contest_award": "name level prize awarded_on project_amount service_division clients_division",
    "hub_project": "name amount",
    "founder": "name is_student is_graduating_student graduated_on is_lead is_social_worker background",
    "staff_member": """
        name contract is_employed employer certificate has_senior_title senior_title_on has_project_innovation
        has_training_innovation years_of_service performance degree is_preparing_for_exam supervisor_selected_in
        supervisor_kind role joined_on has_outstanding_contribution was_outstanding_social_worker background""",
    "payment": "provision item amount paid_on month",
    "facility": """
        kind division has_office_space has_activity_space has_incubation_space spaces_fit_activity
        has_supporting_facilities is_in_social_work_station located_in unified_with_station has_office_equipment on_wall
        has_local_organization_records has_incubation_plans functions floor_area_m2 nameplate_made_by
        nameplate_matches_pattern meets_legal_person_conditions is_legal_person assessed_years completed_on has_items
        unified_items has_service_space has_office_supplies service_fields is_run_by_civil_affairs_office backbone_staff
        is_party_led rules_in_place has_nameplate nameplate_says_town operator_is_legal_person has_service_window
        services is_run_by_third_party""",
    "project": """
        category has_problem_found is_rectified has_misused_funds amount has_third_party_evaluator
        evaluator_chosen_by_tender reviews supervision""",
    "community": "kind social_work_talents division uncertified_talents",
    "supervisor_count": "year count",
    "special_fund": "year amount",
    "jurisdiction": """
        name division level registered_organizations certified_social_workers township_count township_bases_completed
        district_centres_completed organizations_total organizations_incubated in_first_batch base_completed_on
        plan_contents plan_filed pilot_evaluated_on has_means community_service_registered community_service_all
        share_passed_assessment share_can_take_functions county_parks township_stations model_organizations_industry
        model_organizations_charity model_organizations_community three_society_communities supervisors_selected
        work_is_lagging assessed_years communities facilities organizations
        layout_head_base_completed layout_wings_completed neighbourhood_centres layout_completed_on party_meeting_months
        index_published_years summit_years data_in_use platform_integrated three_society_projects
        has_social_work_association has_volunteer_association information_libraries information_fields
        has_special_fund special_fund_in_budget premises_ready_on gaps_closed_on assessment_reported_years
        key_evaluation_years
        needs_collected projects_in_library projects_selected selection_steps project_streets project_communities
        project_beneficiaries project_service_times community_centres party_organizations_single
        party_organizations_joint party_covered_organizations party_ready_organizations special_funds
        urban_communities rural_communities urban_talents_counted rural_talents_counted in_performance_review
        in_security_review""",
}

VALUES = {
    "organization.status": "planned registered filed illegal deregistered",
    "organization.filing_office": "街道办事处 乡镇人民政府 县级民政部门",
    "organization.legal_form": "社会团体 社会服务机构 基金会",
    "organization.hub_type": "社区社会组织联合会 社区基金会 社会组织服务中心 无",
    "organization.stage": "初创期 成长期 成熟期",
    "organization.prior_licence_basis": "法律 行政法规 部门规章 无",
    "organization.industry_level": "大类 中类 小类",
    "organization.inspection_regime": "annual_inspection annual_report",
    "organization.uses_premises": "idle_public none",
    "organization.association_basis": "行业分类 产业链环节 经营方式 服务类型",
    "organization.decoupled_in": "人员 财务 机构 职能",
    "organization.disclosed": "组织人员 重大活动 收费标准",
    "annual_inspection.result": "合格 基本合格 不合格",
    "assessment.grade": "5A 4A 3A 2A 1A",
    "honour.level": "国家级 市级 区级",
    "honour.holder": "organization staff",
    "contest_award.level": "国家级 市级 区级",
    "staff_member.contract": "劳务合同 劳动合同 无",
    "staff_member.certificate": "助理社会工作师 社会工作师 高级社会工作师 无",
    "staff_member.supervisor_kind": "internal external",
    "facility.kind": "township_base district_centre community_centre park",
    "facility.unified_with_station": "机构 人员 管理 制度",
    "facility.on_wall": "规章制度 培育孵化流程 人员职责",
    "facility.functions": "培育扶持 提升能力 整合资源 引导规范 成果展示",
    "facility.nameplate_made_by": "district township",
    "facility.backbone_staff": "社会救助助理员 社会救助协理员 社区社会组织负责人",
    "facility.rules_in_place": "运行流程 管理标准 管理制度",
    "facility.has_items": "专职工作人员 桌牌 电脑 档案柜 档案信息资料",
    "facility.unified_items": "标识 牌子 图版 内容 功能 职责 流程",
    "project.reviews": "初期 中期 终期",
    "project.supervision": "定期检查实施 定期检查资金 回访受益群众 建档立卷",
    "jurisdiction.selection_steps": "需求调研 第三方归并 多方论证 媒体公示",
    "community.kind": "urban rural",
    "jurisdiction.level": "province city district county township",
    "jurisdiction.plan_contents": "建设规划 职能职责 管理制度 时间进度 绩效评估",
    "jurisdiction.information_libraries": "登记注册 备案登记 外来活动",
    "jurisdiction.information_fields": "名称 所在社区 成立方式 活动领域 活动人数 牵头人 联系方式",
}

DATED_BY = {
    "annual_inspection": "concluded_on",
    "office": "leased_from",
    "assessment": "announced_on",
    "honour": "awarded_on",
    "contest_award": "awarded_on",
    "venture": "selected_on",
    "payment": "paid_on",
}


def _reached() -> dict[str, EntityType]:
    """Every entity that a case can hold, by name."""
    found: dict[str, EntityType] = {}
    waiting = [entity_type(root) for root in ROOTS]
    while waiting:
        kind = waiting.pop()
        assert found.setdefault(kind.name, kind) is kind, f"two entities are called {kind.name}"
        waiting += [f.of for f in kind.facts.values() if f.of and f.of.name not in found]
    return found


ENTITIES = _reached()
FACTS = {f"{kind.name}.{fact.name}": fact for kind in ENTITIES.values() for fact in kind.facts.values()}


def test_the_roots_are_those_of_the_contract() -> None:
    assert [entity_type(root).name for root in ROOTS] == [
        "organization",
        "facility",
        "project",
        "community",
        "jurisdiction",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_entity_has_exactly_the_facts_listed_here(name: str) -> None:
    assert sorted(ENTITIES[name].facts) == sorted(["id", *NAMES[name].split()])


def test_every_entity_is_listed_here() -> None:
    assert sorted(ENTITIES) == sorted(NAMES)


@pytest.mark.parametrize("path", VALUES)
def test_a_closed_list_has_exactly_the_values_listed_here(path: str) -> None:
    assert list(FACTS[path].values) == VALUES[path].split()


def test_every_closed_list_is_listed_here() -> None:
    assert sorted(p for p, f in FACTS.items() if f.values and not f.open_values) == sorted(VALUES)


def test_items_that_come_into_being_are_dated() -> None:
    assert {n: k.dating_fact.name for n, k in ENTITIES.items() if k.dating_fact} == DATED_BY


@pytest.mark.parametrize("kind", ENTITIES.values(), ids=lambda kind: kind.name)
def test_labels_are_chinese_and_tell_facts_apart(kind: EntityType) -> None:
    labels = [kind.label, *(fact.label for fact in kind.facts.values())]
    assert all(re.search("[一-鿿]", label) for label in labels)
    assert len(set(labels[1:])) == len(labels[1:])


@pytest.mark.parametrize("path", [p for p, f in FACTS.items() if f.values])
def test_every_value_has_a_label_of_its_own(path: str) -> None:
    values = FACTS[path].values
    assert len(set(values.values())) == len(values)
    for value, label in values.items():
        assert label == value or (re.search("[一-鿿]", label) and label not in values)


def test_what_has_happened_cannot_be_brought_about() -> None:
    past = ("organization.established_on", "annual_inspection.result", "annual_inspection.year", "honour.granted_in")
    assert not any(FACTS[path].changeable for path in (*past, *(f"{n}.{f}" for n, f in DATED_BY.items())))
    assert FACTS["assessment.grade"].changeable


def test_what_the_authority_judges_is_marked() -> None:
    judged = "has_outstanding_results has_high_satisfaction has_strong_complaints is_suspected_illegal is_small"
    assert all(FACTS[f"organization.{name}"].judgement for name in judged.split())
    assert FACTS["honour.level"].judgement
    assert not FACTS["organization.established_on"].judgement


def test_names_and_codes_only_identify() -> None:
    identify = {path for path, fact in FACTS.items() if fact.identifies}
    assert all(path.endswith((".id", ".name", ".uscc")) for path in identify)
    assert {f"{name}.id" for name in ENTITIES} <= identify


@pytest.mark.parametrize("root", ROOTS)
def test_everything_is_unknown_unless_it_is_said(root: type) -> None:
    assert attrs.asdict(root()) == dict.fromkeys(entity_type(root).facts) | {"own": {}}


def test_numbers_have_units_and_shares_lie_between_nothing_and_all() -> None:
    numbers: dict[str, Fact] = {p: f for p, f in FACTS.items() if f.type in (Type.NUMBER, Type.NUMBERS)}
    shares = {p for p, f in numbers.items() if not f.unit}
    assert shares == {p for p in numbers if "share" in p}
    assert all((numbers[p].low, numbers[p].high) == (0, 1) for p in shares)


def test_an_entity_says_what_it_is() -> None:
    assert Organization.__doc__
    assert all(root.__doc__ for root in ROOTS)
