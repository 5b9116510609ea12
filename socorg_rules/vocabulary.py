"""The entities of social organizations: everything that a case file may say, each fact with its Chinese label.

The comments name what the declarations cannot: the source of a distinction, or which of two similar facts wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from . import facts as f

_Item = TypeVar("_Item")

Yuan = int | str | Decimal
"""A sum as an entity built in code is given it: yuan, exact."""

Quantity = int | str | Decimal
"""A number as an entity built in code is given it: exact."""

Day = dt.date | str
"""A date, ISO text, or `never`."""

Collection = Sequence[_Item] | Mapping[str, object]
"""All the items there are; or, where there may be more, `{"items": [...], "complete": False}`."""

_LEVELS = ("国家级", "市级", "区级")
_BACKGROUNDS = ("退休干部", "高校毕业生", "复转军人", "返乡创业人员", "乡贤")


@f.entity("annual_inspection", "年检")
class AnnualInspection:
    """The annual inspection of one year."""

    year: int | None = f.year("年检年度")
    result: str | None = f.choice("年检结论", ("合格", "基本合格", "不合格"), changeable=False)
    concluded_on: Day | None = f.date("年检结论日期", changeable=False, dates=True)


@f.entity("annual_report", "年报")
class AnnualReport:
    """The annual report of one year, which ends without a conclusion."""

    year: int | None = f.year("年报年度")
    filed_on: Day | None = f.date("年报报送日期", changeable=False)


@f.entity("office", "办公场所")
class Office:
    """Premises that an organization works from."""

    division: str | None = f.division("场所所在区划")
    is_leased: bool | None = f.yes_no("租赁")
    monthly_rent: Yuan | None = f.money("月租金")
    leased_from: Day | None = f.date("租期起始日期", changeable=False, dates=True)
    leased_until: Day | None = f.date("租期届满日期")


@f.entity("assessment", "等级评估")
class Assessment:
    """A grade won in the assessment of social organizations."""

    grade: str | None = f.choice("评估等级", ("5A", "4A", "3A", "2A", "1A"))
    announced_on: Day | None = f.date("评估公布日期", changeable=False, dates=True)


@f.entity("honour", "荣誉")
class Honour:
    """An honour given to an organization or its people."""

    name: str | None = f.text("荣誉名称", identifies=True)
    level: str | None = f.choice("荣誉级别", _LEVELS, changeable=False, judgement=True)
    holder: str | None = f.choice("荣誉获得者", {"organization": "社会组织", "staff": "工作人员"}, changeable=False)
    awarded_on: Day | None = f.date("荣誉授予日期", changeable=False, dates=True)
    granted_by: str | None = f.text("荣誉授予单位", changeable=False)
    granted_in: str | None = f.division("荣誉授予地区划", changeable=False)
    matter: str | None = f.text("荣誉所涉事项", changeable=False)


@f.entity("venture", "公益创投项目")
class Venture:
    """A project entered for public-welfare venture funding."""

    name: str | None = f.text("创投项目名称", identifies=True)
    is_selected: bool | None = f.yes_no("入选公益创投")
    is_golden_idea: bool | None = f.yes_no("入选“金点子”")
    amount: Yuan | None = f.money("项目预算金额")
    contract_amount: Yuan | None = f.money("项目合同金额")
    audited_amount: Yuan | None = f.money("项目审计金额")
    selected_on: Day | None = f.date("入选日期", changeable=False, dates=True)


@f.entity("contest_award", "创业大赛奖项")
class ContestAward:
    """A prize won by a project in an entrepreneurship contest."""

    name: str | None = f.text("奖项名称", identifies=True)
    level: str | None = f.choice("大赛级别", _LEVELS, changeable=False)
    prize: str | None = f.text(
        "获奖名次",
        ("特等奖", "一等奖", "二等奖", "三等奖", "四等奖", "金奖", "银奖", "铜奖", "优秀奖"),
        changeable=False,
    )
    awarded_on: Day | None = f.date("获奖日期", changeable=False, dates=True)
    project_amount: Yuan | None = f.money("获奖项目金额")
    service_division: str | None = f.division("项目服务区域区划")
    clients_division: str | None = f.division("项目服务对象区划")


@f.entity("hub_project", "枢纽型组织项目")
class HubProject:
    """A project of one of the "two associations, one centre"."""

    name: str | None = f.text("枢纽项目名称", identifies=True)
    amount: Yuan | None = f.money("枢纽项目经费")


@f.entity("founder", "发起人")
class Founder:
    """A person who founds an organization."""

    name: str | None = f.text("发起人姓名", identifies=True)
    is_student: bool | None = f.yes_no("大学生", changeable=False)
    is_graduating_student: bool | None = f.yes_no("应届大学生", changeable=False, judgement=True)
    # Serves where `is_graduating_student` is unknown.
    graduated_on: Day | None = f.date("毕业日期", changeable=False)
    is_lead: bool | None = f.yes_no("牵头发起人", changeable=False)
    is_social_worker: bool | None = f.yes_no("社会工作者", changeable=False)
    background: str | None = f.text("人才来源", _BACKGROUNDS, changeable=False)


@f.entity("staff_member", "从业人员")
class StaffMember:
    """A person who works for an organization: being listed is employment unless `is_employed` is false."""

    name: str | None = f.text("人员姓名", identifies=True)
    role: str | None = f.text("岗位", ("一线项目人员", "管理人员", "其他"))
    contract: str | None = f.choice("合同类型", ("劳务合同", "劳动合同", "无"))
    is_employed: bool | None = f.yes_no("在职")
    employer: str | None = f.text("用人单位", ("社会组织", "居民委员会"))
    joined_on: Day | None = f.date("入职日期", changeable=False)
    certificate: str | None = f.choice("社工职业资格", ("助理社会工作师", "社会工作师", "高级社会工作师", "无"))
    has_senior_title: bool | None = f.yes_no("被评为高级社工师")
    senior_title_on: Day | None = f.date("高级社工师评定日期", changeable=False)
    has_project_innovation: bool | None = f.yes_no("项目组织创新贡献", judgement=True)
    has_training_innovation: bool | None = f.yes_no("人才培养创新贡献", judgement=True)
    has_outstanding_contribution: bool | None = f.yes_no("突出贡献", judgement=True)
    was_outstanding_social_worker: bool | None = f.yes_no("历届优秀社工", changeable=False)
    years_of_service: Quantity | None = f.number("工作年限", "年", changeable=False)
    performance: str | None = f.text("工作绩效")
    degree: str | None = f.text("所学专业", changeable=False)
    is_preparing_for_exam: bool | None = f.yes_no("备考社工职业资格")
    supervisor_selected_in: Sequence[int] | None = f.years("当选优秀督导的年度")
    supervisor_kind: str | None = f.choice("督导类型", {"internal": "内部督导", "external": "外部督导"})
    background: str | None = f.text("人才来源", _BACKGROUNDS, changeable=False)


@f.entity("organization", "社会组织")
class Organization:
    """A social organization, planned, registered or filed."""

    name: str | None = f.text("名称", identifies=True)
    uscc: str | None = f.text("统一社会信用代码", identifies=True, changeable=False, uscc=True)
    status: str | None = f.choice(
        "登记状态",
        {
            "planned": "拟设立",
            "registered": "已登记",
            "filed": "已备案",
            "illegal": "非法",
            "deregistered": "已注销",
        },
    )
    division: str | None = f.division("登记或备案地区划")
    filing_office: str | None = f.choice("备案机关", ("街道办事处", "乡镇人民政府", "县级民政部门"))
    legal_form: str | None = f.choice("组织类型", ("社会团体", "社会服务机构", "基金会"), changeable=False)
    category: str | None = f.text(
        "业务类别",
        ("行业协会商会类", "科技类", "公益慈善类", "城乡社区服务类", "文体娱乐类", "养老照护类", "宗教类"),
    )
    hub_type: str | None = f.choice(
        "枢纽类型", ("社区社会组织联合会", "社区基金会", "社会组织服务中心", "无"), changeable=False
    )
    is_community_organization: bool | None = f.yes_no("社区社会组织")
    is_membership_based: bool | None = f.yes_no("会员制")
    established_on: Day | None = f.date("成立日期", changeable=False)
    founding_meeting_on: Day | None = f.date("成立大会日期", changeable=False)
    activities_started_on: Day | None = f.date("开始活动日期", changeable=False)
    applied_on: Day | None = f.date("申请日期", changeable=False)
    approved_on: Day | None = f.date("补贴审批日期", changeable=False)
    # Held, or proposed while the organization is planned.
    registered_capital: Yuan | None = f.money("注册资金")
    stage: str | None = f.choice("发展阶段", ("初创期", "成长期", "成熟期"))
    # A `category` without 类 counts as one of these.
    fields: Sequence[str] | None = f.texts("活动领域")
    supports_governance_innovation: bool | None = f.yes_no("支持社区治理创新", judgement=True)
    is_governance_innovator: bool | None = f.yes_no("社会治理中有金点子", judgement=True)
    is_incubated: bool | None = f.yes_no("在孵")
    undertakes_local_purchase: bool | None = f.yes_no("承接本区或街道购买服务")
    has_supervising_unit: bool | None = f.yes_no("有业务主管单位")
    meets_registration_conditions: bool | None = f.yes_no("符合登记条件", judgement=True)
    seeks_filing: bool | None = f.yes_no("申请备案")
    seeks_deregistration: bool | None = f.yes_no("申请注销")
    filing_materials_complete: bool | None = f.yes_no("备案材料齐全")
    has_false_filing_materials: bool | None = f.yes_no("备案材料虚假", judgement=True)
    is_active_within_community: bool | None = f.yes_no("在社区内活动")
    is_rural: bool | None = f.yes_no("农村社区社会组织")
    serves_community_directly: bool | None = f.yes_no("直接服务于城乡社区、村组")
    is_public_welfare: bool | None = f.yes_no("公益性")
    is_public_welfare_base: bool | None = f.yes_no("公益基地")
    is_small: bool | None = f.yes_no("规模较小", judgement=True)
    has_party_building_plan: bool | None = f.yes_no("党建工作方案已落实")
    charter_includes_party_building: bool | None = f.yes_no("党建内容写入章程")
    charter_includes_core_values: bool | None = f.yes_no("社会主义核心价值观写入章程")
    prior_licence_basis: str | None = f.choice("前置许可依据", ("法律", "行政法规", "部门规章", "无"), changeable=False)
    prior_licence_held: bool | None = f.yes_no("已取得前置许可")
    same_industry_association_exists: bool | None = f.yes_no("已有同业协会")
    industry_level: str | None = f.choice("行业分类层级", ("大类", "中类", "小类"))
    association_basis: str | None = f.choice("协会划分依据", ("行业分类", "产业链环节", "经营方式", "服务类型"))
    # Matters only as `annual_report`: a recorded inspection shows the other.
    inspection_regime: str | None = f.choice("年度检查方式", {"annual_inspection": "年检", "annual_report": "年报"})
    # Wins over the two shares, from which it is derived otherwise.
    lives_mainly_on_donations_or_state: bool | None = f.yes_no("主要依靠公众捐赠、政府扶持", judgement=True)
    income_share_donations: Quantity | None = f.share("公众捐赠收入占比")
    income_share_state: Quantity | None = f.share("政府扶持收入占比")
    acts_outside_charter: bool | None = f.yes_no("未按章程活动", judgement=True)
    has_strong_complaints: bool | None = f.yes_no("群众投诉强烈", judgement=True)
    is_suspected_illegal: bool | None = f.yes_no("涉嫌违法违规", judgement=True)
    confirmed_by_investigation: bool | None = f.yes_no("经调查认定")
    has_problem_found: bool | None = f.yes_no("日常管理中发现问题")
    holds_major_activity: bool | None = f.yes_no("开展重大活动")
    disclosed: Sequence[str] | None = f.texts("信息公开内容", ("组织人员", "重大活动", "收费标准"), open_values=False)
    violates_public_welfare_purpose: bool | None = f.yes_no("违背公益性宗旨", judgement=True)
    endangers_security: bool | None = f.yes_no("危害国家安全和社会稳定", judgement=True)
    has_outstanding_results: bool | None = f.yes_no("成效显著", judgement=True)
    has_high_satisfaction: bool | None = f.yes_no("群众满意度较高", judgement=True)
    implementing_rules_in_force: bool | None = f.yes_no("实施细则已施行")
    requests_lottery_theme: str | None = f.text("申请福彩资助的主题", ("扶老", "助残", "救孤", "济困", "无"))
    uses_premises: str | None = f.choice("使用的公共用房", {"idle_public": "国有或集体闲置用房", "none": "无"})
    committee_has_means: bool | None = f.yes_no("所在村（居）委会有条件", judgement=True)
    can_run_projects_alone: bool | None = f.yes_no("可独立承接服务项目", judgement=True)
    is_professional: bool | None = f.yes_no("专业性强", judgement=True)
    is_of_suitable_size: bool | None = f.yes_no("规模适当", judgement=True)
    decoupled_in: Sequence[str] | None = f.texts(
        "与主管部门脱钩的方面", ("人员", "财务", "机构", "职能"), open_values=False
    )
    is_due_for_assessment: bool | None = f.yes_no("应参加等级评估")
    can_take_functions: bool | None = f.yes_no("能承担政府转移职能", judgement=True)
    is_model_organization: bool | None = f.yes_no("示范型社会组织", judgement=True)
    has_experience: bool | None = f.yes_no("有经验", judgement=True)
    has_capacity: bool | None = f.yes_no("有实力", judgement=True)
    is_recognized_by_residents: bool | None = f.yes_no("获得居民认可", judgement=True)

    annual_inspections: Collection[AnnualInspection] | None = f.items("年检记录", AnnualInspection)
    annual_reports: Collection[AnnualReport] | None = f.items("年报记录", AnnualReport)
    offices: Collection[Office] | None = f.items("办公场所", Office)
    assessments: Collection[Assessment] | None = f.items("等级评估", Assessment)
    honours: Collection[Honour] | None = f.items("所获荣誉", Honour)
    ventures: Collection[Venture] | None = f.items("公益创投项目", Venture)
    contest_awards: Collection[ContestAward] | None = f.items("创业大赛奖项", ContestAward)
    hub_projects: Collection[HubProject] | None = f.items("枢纽型组织项目", HubProject)
    founders: Collection[Founder] | None = f.items("发起人", Founder)
    staff: Collection[StaffMember] | None = f.items("从业人员", StaffMember)
    payments: Collection[f.Payment] | None = f.items("已付款项", f.Payment)


@f.entity("facility", "孵化培育场所")
class Facility:
    """An incubation base, service centre or park."""

    kind: str | None = f.choice(
        "场所类型",
        {
            "township_base": "乡镇（街道）孵化培育基地",
            "district_centre": "区级孵化培育中心",
            "community_centre": "社区社会组织服务中心（站）",
            "park": "社会组织孵化园",
        },
        changeable=False,
    )
    division: str | None = f.division("所在区划", changeable=False)
    has_office_space: bool | None = f.yes_no("有办公场地")
    has_activity_space: bool | None = f.yes_no("有活动场地")
    has_incubation_space: bool | None = f.yes_no("有培育场地")
    spaces_fit_activity: bool | None = f.yes_no("场地与活动相适应", judgement=True)
    has_supporting_facilities: bool | None = f.yes_no("配套设施齐备")
    is_in_social_work_station: bool | None = f.yes_no("设在社工站")
    located_in: str | None = f.text("依托场所", ("社工站", "党群服务中心", "民政办", "民政服务机构"))
    unified_with_station: Sequence[str] | None = f.texts(
        "与社工站统一的事项", ("机构", "人员", "管理", "制度"), open_values=False
    )
    has_service_space: bool | None = f.yes_no("有服务场所")
    has_office_equipment: bool | None = f.yes_no("有必要办公设备")
    has_office_supplies: bool | None = f.yes_no("有必要办公用品")
    on_wall: Sequence[str] | None = f.texts("上墙内容", ("规章制度", "培育孵化流程", "人员职责"), open_values=False)
    has_local_organization_records: bool | None = f.yes_no("有本区域社会组织资料")
    has_incubation_plans: bool | None = f.yes_no("有一对一培育孵化计划")
    functions: Sequence[str] | None = f.texts(
        "基本功能", ("培育扶持", "提升能力", "整合资源", "引导规范", "成果展示"), open_values=False
    )
    floor_area_m2: Quantity | None = f.number("建筑面积", "㎡")
    service_fields: Sequence[str] | None = f.texts(
        "服务领域",
        ("社会救助", "为老服务", "儿童关爱", "社区治理", "社会事务", "心理慰藉", "家庭矛盾纠纷调处", "未成年人保护"),
    )
    is_run_by_civil_affairs_office: bool | None = f.yes_no("日常工作由民政办（社会事务办）主任统筹")
    backbone_staff: Sequence[str] | None = f.texts(
        "骨干力量", ("社会救助助理员", "社会救助协理员", "社区社会组织负责人"), open_values=False
    )
    is_party_led: bool | None = f.yes_no("以党建为引领", judgement=True)
    rules_in_place: Sequence[str] | None = f.texts(
        "已建立的制度", ("运行流程", "管理标准", "管理制度"), open_values=False
    )
    has_nameplate: bool | None = f.yes_no("已悬挂标牌")
    nameplate_made_by: str | None = f.choice("标牌制作单位", {"district": "区民政局", "township": "乡镇（街道）"})
    nameplate_matches_pattern: bool | None = f.yes_no("标牌符合统一式样")
    nameplate_says_town: bool | None = f.yes_no("标牌写作“镇”")
    meets_legal_person_conditions: bool | None = f.yes_no("符合法人登记条件", judgement=True)
    is_legal_person: bool | None = f.yes_no("已登记为法人")
    operator_is_legal_person: bool | None = f.yes_no("运营机构已是法人")
    assessed_years: Sequence[int] | None = f.years("已评估年度")
    completed_on: Day | None = f.date("建成日期")
    has_items: Sequence[str] | None = f.texts(
        "配备事项", ("专职工作人员", "桌牌", "电脑", "档案柜", "档案信息资料"), open_values=False
    )
    unified_items: Sequence[str] | None = f.texts(
        "统一事项", ("标识", "牌子", "图版", "内容", "功能", "职责", "流程"), open_values=False
    )
    has_service_window: bool | None = f.yes_no("设有服务窗口")
    services: Sequence[str] | None = f.texts(
        "服务项目",
        ("社会事务", "慈善救助", "居家养老", "医疗卫生", "文化教育", "家政便民", "法律咨询", "就业创业"),
    )
    is_run_by_third_party: bool | None = f.yes_no("由第三方专业机构管理运行")


@f.entity("project", "项目")
class Project:
    """A funded project looked at on its own."""

    category: str | None = f.text(
        "项目类别",
        ("为老", "助残", "帮扶", "济困", "青少年", "社区治理", "邻里互助", "志愿者", "社工", "法律援助"),
    )
    has_problem_found: bool | None = f.yes_no("发现问题")
    is_rectified: bool | None = f.yes_no("已整改")
    has_misused_funds: bool | None = f.yes_no("违规使用资金")
    amount: Yuan | None = f.money("资助金额")
    has_third_party_evaluator: bool | None = f.yes_no("由第三方机构评估")
    evaluator_chosen_by_tender: bool | None = f.yes_no("评估机构经招投标选定")
    reviews: Sequence[str] | None = f.texts("已作的审核", ("初期", "中期", "终期"), open_values=False)
    supervision: Sequence[str] | None = f.texts(
        "监管方式", ("定期检查实施", "定期检查资金", "回访受益群众", "建档立卷"), open_values=False
    )


@f.entity("community", "社区")
class Community:
    """An urban or rural community."""

    kind: str | None = f.choice("社区类型", {"urban": "城市社区", "rural": "农村社区"}, changeable=False)
    social_work_talents: int | None = f.count("社会工作人才数", "人")
    # Of these; every one is taken to hold a certificate unless this says otherwise.
    uncertified_talents: int | None = f.count("其中无职业资格的人数", "人")
    division: str | None = f.division("社区区划", changeable=False)


@f.entity("supervisor_count", "年度督导数")
class SupervisorCount:
    """How many outstanding supervisors were selected in one year."""

    year: int | None = f.year("评选年度")
    count: int | None = f.count("评选人数", "人")


@f.entity("special_fund", "专项资金")
class SpecialFund:
    """The money that a budget sets apart for social organizations in one year."""

    year: int | None = f.year("预算年度")
    amount: Yuan | None = f.money("专项资金金额")


@f.entity("jurisdiction", "辖区")
class Jurisdiction:
    """A province, city, district, county or township, as the one that must meet a target.

    A figure not given directly is counted from `communities`, `facilities` or `organizations`.
    """

    name: str | None = f.text("辖区名称", identifies=True)
    division: str | None = f.division("辖区区划", changeable=False)
    level: str | None = f.choice(
        "辖区级别",
        {"province": "省", "city": "市", "district": "区", "county": "县", "township": "乡镇（街道）"},
        changeable=False,
    )
    registered_organizations: int | None = f.count("登记社会组织数", "家")
    certified_social_workers: int | None = f.count("社会组织持证社工数", "人")
    township_count: int | None = f.count("乡镇（街道）数", "个", changeable=False)
    township_bases_completed: int | None = f.count("建成的乡镇（街道）基地数", "个")
    district_centres_completed: int | None = f.count("建成的区级中心数", "个")
    organizations_total: int | None = f.count("社会组织总数", "家")
    organizations_incubated: int | None = f.count("孵化培育的社会组织数", "家")
    in_first_batch: bool | None = f.yes_no("属第一批建设", changeable=False)
    premises_ready_on: Day | None = f.date("乡镇（街道）基地场所设施落实日期")
    base_completed_on: Day | None = f.date("乡镇（街道）基地建成日期")
    gaps_closed_on: Day | None = f.date("查缺补漏完成日期")
    plan_contents: Sequence[str] | None = f.texts(
        "实施方案内容", ("建设规划", "职能职责", "管理制度", "时间进度", "绩效评估"), open_values=False
    )
    plan_filed: bool | None = f.yes_no("实施方案已备案")
    pilot_evaluated_on: Day | None = f.date("试点评估日期")
    has_means: bool | None = f.yes_no("有条件", judgement=True)
    urban_communities: int | None = f.count("城市社区数", "个", changeable=False)
    rural_communities: int | None = f.count("农村社区数", "个", changeable=False)
    # Counted community by community, in each up to what the community needs.
    urban_talents_counted: int | None = f.count("城市社区按需计入的社会工作人才数", "人")
    rural_talents_counted: int | None = f.count("农村社区按需计入的社会工作人才数", "人")
    in_performance_review: bool | None = f.yes_no("社区社会组织工作纳入绩效考核")
    in_security_review: bool | None = f.yes_no("社区社会组织工作纳入综治考评")
    community_service_registered: int | None = f.count("登记的城乡社区服务类组织数", "家")
    # Registered, filed or brought in from elsewhere.
    community_service_all: int | None = f.count("引进、登记或备案的城乡社区服务类组织数", "家")
    share_passed_assessment: Quantity | None = f.share("通过等级评估占比")
    share_can_take_functions: Quantity | None = f.share("可承接政府转移职能占比")
    county_parks: int | None = f.count("县级孵化园数", "个")
    township_stations: int | None = f.count("镇乡（街道）服务站数", "个")
    model_organizations_industry: int | None = f.count("行业协会商会类示范组织数", "家")
    model_organizations_charity: int | None = f.count("公益慈善类示范组织数", "家")
    model_organizations_community: int | None = f.count("城乡社区服务类示范组织数", "家")
    three_society_communities: int | None = f.count("“三社互动”社区数", "个")
    three_society_projects: int | None = f.count("“三社互动”项目数", "个")
    has_social_work_association: bool | None = f.yes_no("已成立社工服务协会")
    has_volunteer_association: bool | None = f.yes_no("已成立志愿者协会")
    information_libraries: Sequence[str] | None = f.texts(
        "已建的社会组织信息库", ("登记注册", "备案登记", "外来活动"), open_values=False
    )
    information_fields: Sequence[str] | None = f.texts(
        "信息库的内容",
        ("名称", "所在社区", "成立方式", "活动领域", "活动人数", "牵头人", "联系方式"),
        open_values=False,
    )
    has_special_fund: bool | None = f.yes_no("已设社会组织发展专项资金")
    special_fund_in_budget: bool | None = f.yes_no("专项资金已纳入财政预算")
    work_is_lagging: bool | None = f.yes_no("工作滞后", judgement=True)
    assessed_years: Sequence[int] | None = f.years("已开展评估的年度")
    assessment_reported_years: Sequence[int] | None = f.years("评估结果已上报的年度")
    key_evaluation_years: Sequence[int] | None = f.years("基地建设纳入重点考核的年度")
    layout_head_base_completed: bool | None = f.yes_no("“一轴”总部基地已建成")
    layout_wings_completed: int | None = f.count("“两翼”建成基地数", "个")
    neighbourhood_centres: int | None = f.count("睦邻中心（点）数", "个")
    layout_completed_on: Day | None = f.date("布局完成日期")
    party_meeting_months: Sequence[str] | None = f.months("举办党建交流会的月份")
    index_published_years: Sequence[int] | None = f.years("发布公益指数的年度")
    summit_years: Sequence[int] | None = f.years("举办公益峰会的年度")
    data_in_use: bool | None = f.yes_no("公益数据实践使用", judgement=True)
    platform_integrated: bool | None = f.yes_no("公益平台系统集成", judgement=True)
    needs_collected: int | None = f.count("征集的服务需求数", "个")
    projects_in_library: int | None = f.count("项目库服务项目数", "个")
    projects_selected: int | None = f.count("立项的公益创投项目数", "个")
    selection_steps: Sequence[str] | None = f.texts(
        "项目遴选环节", ("需求调研", "第三方归并", "多方论证", "媒体公示"), open_values=False
    )
    project_streets: int | None = f.count("项目覆盖的街道数", "个")
    project_communities: int | None = f.count("项目覆盖的社区数", "个")
    project_beneficiaries: int | None = f.count("项目受益人数", "人")
    project_service_times: int | None = f.count("项目服务人次", "人次")
    # Communities that have a 服务中心（站）; else counted from `facilities`.
    community_centres: int | None = f.count("有社区社会组织服务中心（站）的社区数", "个")
    # Each for itself, or several organizations together.
    party_organizations_single: int | None = f.count("社会组织独立党组织数", "个")
    party_organizations_joint: int | None = f.count("社会组织联合党组织数", "个")
    party_covered_organizations: int | None = f.count("党组织覆盖的登记社会组织数", "家")
    party_ready_organizations: int | None = f.count("建立党组织条件成熟的登记社会组织数", "家")

    supervisors_selected: Collection[SupervisorCount] | None = f.items("历年评选的优秀督导", SupervisorCount)
    special_funds: Collection[SpecialFund] | None = f.items("历年列入预算的专项资金", SpecialFund)
    communities: Collection[Community] | None = f.items("辖区社区", Community)
    facilities: Collection[Facility] | None = f.items("辖区孵化培育场所", Facility)
    organizations: Collection[Organization] | None = f.items("辖区社会组织", Organization)


ROOTS: tuple[type, ...] = (Organization, Facility, Project, Community, Jurisdiction)
"""The entities that a case can be about."""
