"""Daoli (Harbin): what the district's civil affairs bureau reported of its work to a conference in 2018.

A report and no rule: it grants and imposes nothing. A decision here says whether a case matches the practice described;
a figure is what the district reached, and a case matches it with at least as much. The report has no day of effect, so
nothing is tested for force. Each provision stands in the order of the document, its readings before it; `SOURCE`
accounts for every numbered clause.
"""

from __future__ import annotations

from socorg_rules.expr import ALWAYS, IMPOSSIBLE, all_of, any_of
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import (
    Duty,
    Grant,
    Measure,
    Qualification,
    Sanction,
    Standard,
    Support,
    Target,
    no_figure,
)
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.vocabulary import Facility, Jurisdiction, Organization, Project
from socorg_rules.words import (
    AS_OF,
    THIS_YEAR,
    choose,
    condition,
    presumed,
    stated_or,
    table,
    text_gap,
    untested,
    yuan,
)

DAOLI = "230102"
THE_DISTRICT_ITSELF = ("230102", "230102000", "230102000000")

organization = root(Organization)
facility = root(Facility)
project = root(Project)
jurisdiction = root(Jurisdiction)

# ------------------------------------------------------------------------------------------- the document

SOURCE = Source(
    title="扶持提升能力 创新推动发展 全力打造社会组织参与社区治理新格局",
    authority="哈尔滨市道里区民政局",
    number="",
    issued_on="2018",
    clauses=(
        Clause("一", "重视与政策", none="部分标题"),
        Clause("一(一)", "领导重视与专项资金"),
        Clause("一(二)", "本区出台的各项文件"),
        Clause("二", "项目", none="部分标题"),
        Clause("二(一)", "项目的征集与遴选"),
        Clause("二(二)", "项目类别与受益人群"),
        Clause("三", "平台", none="部分标题"),
        Clause("三(一)", "社会组织孵化园"),
        Clause("三(二)", "社区社会组织服务中心（站）"),
        Clause("四", "规范化管理", none="部分标题"),
        Clause("四(一)", "考察、研讨与培训", none="只述外出学习和培训，没有标准、对象条件或数额"),
        Clause("四(二)", "第三方评估与择优入围"),
        Clause("五", "党建", none="部分标题"),
        Clause("五(一)", "建立党组织"),
        Clause("五(二)", "党员活动", none="描述备案组织中党员的活动，没有可检验的条件"),
        Clause("六", "监管与成效", none="部分标题"),
        Clause("六(一)", "检查、整改与追回资金"),
        Clause("六(二)", "实施效果", none="只总结各方怎样配合，没有可检验的条件"),
    ),
)

# ------------------------------------------------------------------------------------------------- reach

in_daoli = condition("in_daoli", "在本区", organization.division.within(DAOLI))
# Whoever is registered has been established, unless the case gives a later day.
established = presumed(organization.established_on <= AS_OF)
registered = (organization.status == "registered") & established
exists = (organization.status == "filed") | registered
# Of the 28 organizations in the park 22 are only filed (DL-A11).
exists_here = in_daoli & condition("exists", "是已登记或已备案的社会组织", exists)
facility_here = condition("facility_here", "在本区", facility.division.within(DAOLI))
is_centre = facility_here & condition("is_centre", "是社区社会组织服务中心（站）", facility.kind == "community_centre")
is_park = facility_here & condition("is_park", "是社会组织孵化园", facility.kind == "park")
is_the_district = condition(
    "is_the_district",
    "是道里区本级",
    jurisdiction.division.is_in(THE_DISTRICT_ITSELF) & presumed(jurisdiction.level == "district"),
)
# The facts of a project do not say where it is; whatever is asked about is held against the practice.
any_project = ALWAYS

DATE = text_gap(
    "date",
    "各项数字截至何日，报告未写明（会议在2018年）",
    "As of which day the figures stand is not said (the conference was in 2018)",
)

# ------------------------------------------------------------------------------------- 一(一) the special fund

NORMATIVITY = reading(
    "normativity",
    "报告所述做法能否经其所列而未引用的文件产生权利？",
    "Can the practice reported give rights, by way of the rules that it lists and does not quote?",
    clause="一(二)",
    default="no_rights",
    because="报告只叙述做法，没有设定权利义务",
    no_rights=("不能，报告不产生权利", "no, a report gives no rights"),
    binding_practice=("可以，须看各该文件", "yes, as those rules say"),
)
# The money stands in the district's budget; the report gives no organization a share, so nobody is entitled to one.
fund_entitlement = Grant(
    "fund_entitlement",
    "专项资金份额",
    clause="一(一)",
    also=("一(二)",),
    reach=exists_here,
    when=condition(
        "gives_a_share",
        "报告给予社会组织一份资金",
        choose(
            NORMATIVITY,
            no_rights=IMPOSSIBLE,
            binding_practice=untested(
                text_gap(
                    "normativity_rules",
                    "谁可得到多少资金，要看报告所列而未引用的管理办法",
                    "Who gets how much stands in rules that the report lists and does not quote",
                )
            ),
        ),
    ),
    amount=no_figure(
        text_gap(
            "fund_shares",
            "专项资金只有全区总额，各组织的份额未写明",
            "Only the sum for the whole district is given, and no share of it",
        )
    ),
)

FUND_PERIOD = reading(
    "fund_period",
    "200万元是一次拨付，还是每年列入预算？",
    "Are the 2 million yuan given once, or in every year's budget?",
    clause="一(一)",
    default=None,
    because="“按计划纳入区财政预算”两种都可指",
    once=("一次，各年合计", "once, all years together"),
    yearly=("每年", "every year"),
)
funds = jurisdiction.special_funds
fund_budget = Target(
    "fund_budget",
    "专项资金总额",
    clause="一(一)",
    reach=is_the_district,
    measure=Measure(
        choose(
            FUND_PERIOD,
            once=funds.sum(lambda s: s.amount, where=lambda s: s.year <= THIS_YEAR),
            yearly=funds.sum(lambda s: s.amount, where=lambda s: s.year == THIS_YEAR),
        ),
        yuan(2_000_000),
        "元",
    ),
    gaps=(DATE,),
)

# --------------------------------------------------------------------------------------------- 二 the projects

selection_funnel = Standard(
    "selection_funnel",
    "项目遴选",
    clause="二(一)",
    reach=is_the_district,
    checklist=(
        condition("needs_surveyed", "在各社区调研需求", jurisdiction.selection_steps.contains("需求调研")),
        condition("needs_collected", "征集需求88个", jurisdiction.needs_collected >= 88),
        condition("needs_merged", "由第三方归并同类需求", jurisdiction.selection_steps.contains("第三方归并")),
        condition("library", "建立42个项目的项目库", jurisdiction.projects_in_library >= 42),
        condition("deliberated", "召开多方参加的论证会", jurisdiction.selection_steps.contains("多方论证")),
        condition("projects_selected", "立项17个", jurisdiction.projects_selected >= 17),
        condition("published", "在媒体上公示立项", jurisdiction.selection_steps.contains("媒体公示")),
    ),
    gaps=(DATE,),
)

# The report counts ten kinds, names these and closes with 等 (DL-A4).
NAMED_KINDS = ("为老", "助残", "帮扶", "济困", "青少年", "社区治理", "邻里互助", "志愿者", "社工", "法律援助")
AS_PRINTED = ("帮扶(济困)", "帮扶（济困）")
project_category = Qualification(
    "project_category",
    "公益创投项目类别",
    clause="二(二)",
    reach=any_project,
    when=condition(
        "is_a_named_kind",
        "属于所列类别",
        table(
            project.category,
            dict.fromkeys((*NAMED_KINDS, *AS_PRINTED), ALWAYS),
            otherwise=untested(
                text_gap(
                    "ten_kinds",
                    "称共十大类而只列出九类，第十类是什么未写明",
                    "It counts ten kinds and names nine: the tenth is not said",
                )
            ),
        ),
    ),
)
project_reach = Standard(
    "project_reach",
    "项目受益范围",
    clause="二(二)",
    reach=is_the_district,
    checklist=(
        condition("streets", "覆盖6个街道", jurisdiction.project_streets >= 6),
        condition("communities", "覆盖20个社区", jurisdiction.project_communities >= 20),
        condition("beneficiaries", "受益13430人", jurisdiction.project_beneficiaries >= 13_430),
        condition("service_times", "服务498370人次", jurisdiction.project_service_times >= 498_370),
    ),
    gaps=(DATE,),
)

# ------------------------------------------------------------------------------------------------ 三(一) the park

park_seed_money = Grant(
    "park_seed_money",
    "孵化园种子基金",
    clause="三(一)",
    reach=exists_here,
    when=all_of(
        condition("public_welfare", "是公益性社会组织", organization.is_public_welfare),
        condition("suitable_size", "规模适当", organization.is_of_suitable_size),
        condition("professional", "专业性强", organization.is_professional),
        condition("runs_projects_alone", "可独立承接服务项目", organization.can_run_projects_alone),
    ),
    discretion="引入谁、扶持谁，由评审与孵化园决定",
    amount=no_figure(text_gap("seed_money_amount", "种子基金给多少、怎样给，未写明", "How much, and how, is not said")),
    gaps=(
        text_gap(
            "entry_park",
            "“适当”“强”“可独立承接”没有标准",
            "What is suitable, professional and able to work alone is not defined",
        ),
    ),
)
HUBS = ("社区社会组织联合会", "社区基金会", "社会组织服务中心")
hub_incubation = Support(
    "hub_incubation",
    "枢纽型社会组织培育",
    clause="三(一)",
    reach=exists_here,
    when=all_of(
        condition("is_hub", "是枢纽型社会组织", organization.hub_type.is_in(HUBS)),
        condition("young", "处于初创期或成长期", organization.stage.is_in(["初创期", "成长期"])),
    ),
    result="孵化园的培育扶持",
)
park_standard = Standard(
    "park_standard",
    "孵化园的管理与功能",
    clause="三(一)",
    reach=is_park,
    checklist=(
        condition("third_party_runs_it", "由第三方专业机构管理运行", facility.is_run_by_third_party),
        condition(
            "six_functions",
            "具备六大功能",
            untested(
                text_gap(
                    "six_functions",
                    "六大功能是哪六项，未列出",
                    "Which the six functions are is not said",
                )
            ),
        ),
    ),
)
park_organizations = Target(
    "park_organizations",
    "孵化园引进社会组织数",
    clause="三(一)",
    reach=is_the_district,
    measure=Measure(
        stated_or(
            jurisdiction.organizations_incubated,
            jurisdiction.organizations.count(lambda o: o.is_incubated & o.status.is_in(["registered", "filed"])),
        ),
        28,
        "家",
    ),
    gaps=(DATE,),
)

# --------------------------------------------------------------------------------------------- 三(二) the centres

FIVE_HAVE = reading(
    "five_have",
    "“五有”是哪五有？",
    "Which are the five things to have?",
    clause="三(二)",
    default=None,
    because="所列能否数出五项，要看档案柜与资料、专职人员怎样计",
    five_named=(
        "所列五项，档案柜与档案资料各计一有",
        "the five that are named, the files apart from their cabinet",
    ),
    files_with_cabinet=(
        "档案柜与资料合计一有，其他必备办公设备为第五有",
        "files and cabinet are one; other necessary equipment is the fifth",
    ),
    staff_of_window=(
        "专职人员只是设窗口者的条件，其他必备办公设备为第五有",
        "staff is asked only where there is a window; other necessary equipment is the fifth",
    ),
)
has_staff = facility.has_items.contains("专职工作人员")
# No link to the projects is made: the centres of all communities are meant, not of those with projects alone (DL-A12).
centre_standard = Standard(
    "centre_standard",
    "服务中心（站）“五有”“七统一”",
    clause="三(二)",
    reach=is_centre,
    checklist=(
        condition(
            "has_staff",
            "有专职工作人员",
            choose(
                FIVE_HAVE,
                five_named=has_staff,
                files_with_cabinet=has_staff,
                staff_of_window=has_staff | ~facility.has_service_window,
            ),
        ),
        condition("has_desk_plates", "有桌牌", facility.has_items.contains("桌牌")),
        condition("has_computers", "有电脑", facility.has_items.contains("电脑")),
        condition("has_file_cabinet", "有档案柜", facility.has_items.contains("档案柜")),
        condition("has_files", "有档案信息资料", facility.has_items.contains("档案信息资料")),
        condition(
            "has_other_equipment",
            "有其他必备办公设备",
            choose(
                FIVE_HAVE,
                five_named=ALWAYS,
                files_with_cabinet=facility.has_office_equipment,
                staff_of_window=facility.has_office_equipment,
            ),
        ),
        condition("one_logo", "统一标识", facility.unified_items.contains("标识")),
        condition("one_plate", "统一牌子", facility.unified_items.contains("牌子")),
        condition("one_panel", "统一图版", facility.unified_items.contains("图版")),
        condition("one_content", "统一内容", facility.unified_items.contains("内容")),
        condition("one_set_of_functions", "统一功能", facility.unified_items.contains("功能")),
        condition("one_set_of_duties", "统一职责", facility.unified_items.contains("职责")),
        condition("one_procedure", "统一流程", facility.unified_items.contains("流程")),
    ),
)

CENTRE_SERVICES = reading(
    "centre_services",
    "每个中心（站）是否都提供所列的全部八类服务？",
    "Does every centre offer all eight kinds of service?",
    clause="三(二)",
    default=None,
    because="所列是各中心（站）合起来的服务，还是每个的服务，文本未写明",
    every_kind=("全部八类", "all eight"),
    some_kind=("至少一类", "at least one"),
)
offers = [
    facility.services.contains(kind)
    for kind in ("社会事务", "慈善救助", "居家养老", "医疗卫生", "文化教育", "家政便民", "法律咨询", "就业创业")
]
centre_services = Standard(
    "centre_services",
    "服务中心（站）的服务项目",
    clause="三(二)",
    reach=is_centre,
    checklist=(
        condition(
            "offers_services",
            "提供所列服务",
            choose(CENTRE_SERVICES, every_kind=all_of(*offers), some_kind=any_of(*offers)),
        ),
    ),
)
centre_coverage = Target(
    "centre_coverage",
    "设有服务中心（站）的社区数",
    clause="三(二)",
    reach=is_the_district,
    measure=Measure(
        stated_or(
            jurisdiction.community_centres,
            jurisdiction.facilities.count(
                lambda s: (s.kind == "community_centre") & presumed(s.completed_on <= AS_OF),
            ),
        ),
        131,
        "个",
    ),
    gaps=(DATE,),
)

# ----------------------------------------------------------------------------- 四(二) evaluation and contracting

project_evaluation = Standard(
    "project_evaluation",
    "第三方评估",
    clause="四(二)",
    reach=any_project,
    checklist=(
        condition("third_party", "由第三方机构评估", project.has_third_party_evaluator),
        condition("by_tender", "评估机构经招投标选定", project.evaluator_chosen_by_tender),
        condition("first_review", "作初期审核", project.reviews.contains("初期")),
        condition("middle_review", "作中期审核", project.reviews.contains("中期")),
        condition("last_review", "作终期审核", project.reviews.contains("终期")),
    ),
)

FILED_IN_PARK = reading(
    "filed_in_park",
    "孵化园多数组织只是备案：备案组织能否入围政府购买？",
    "Most organizations of the park are only filed: may a filed one be shortlisted for contracts?",
    clause="四(二)",
    default=None,
    because="入围标准在未引用的创投实施方案中",
    filed_too=("备案组织也可", "a filed one too"),
    registered_only=("只限登记的组织", "only a registered one"),
)
contracting_qualification = Qualification(
    "contracting_qualification",
    "公益创投入围",
    clause="四(二)",
    reach=in_daoli
    & condition(
        "may_contract", "登记或备案的身份符合", choose(FILED_IN_PARK, filed_too=exists, registered_only=registered)
    ),
    when=all_of(
        condition("experienced", "有经验", organization.has_experience),
        condition("capable", "有实力", organization.has_capacity),
        condition("recognized", "服务获得居民认可", organization.is_recognized_by_residents),
    ),
    discretion="择优选取",
    result="入围参与政府购买",
    gaps=(
        text_gap(
            "entry_contracting",
            "有经验、有实力、获得认可的标准在未引用的实施方案中",
            "What counts as experience, capacity and recognition stands in a scheme that is not quoted",
        ),
    ),
)

# ---------------------------------------------------------------------------------------- 五(一) Party organizations

party_organizations = Target(
    "party_organizations",
    "社会组织党组织数",
    clause="五(一)",
    reach=is_the_district,
    measure=Measure(jurisdiction.party_organizations_single + jurisdiction.party_organizations_joint, 31, "个"),
    gaps=(DATE,),
)
COVERAGE = reading(
    "coverage",
    "覆盖率100%以全部登记组织为分母，还是以条件成熟的为分母？",
    "Are the 100% of all registered organizations, or of those ready for a Party organization?",
    clause="五(一)",
    default=None,
    because="先说从条件成熟的开始，又说覆盖率为100%",
    all_registered=("全部登记组织", "all that are registered"),
    ready_only=("条件成熟的登记组织", "those that are ready"),
)
party_coverage = Target(
    "party_coverage",
    "登记社会组织党组织覆盖率",
    clause="五(一)",
    reach=is_the_district,
    measure=Measure(
        jurisdiction.party_covered_organizations,
        choose(
            COVERAGE,
            all_registered=stated_or(
                jurisdiction.registered_organizations,
                jurisdiction.organizations.count(lambda o: o.status == "registered"),
            ),
            ready_only=jurisdiction.party_ready_organizations,
        ),
        "家",
    ),
    gaps=(DATE,),
)

# ------------------------------------------------------------------------------------------- 六(一) supervision

project_supervision = Standard(
    "project_supervision",
    "项目监管",
    clause="六(一)",
    reach=any_project,
    checklist=(
        condition("progress_checked", "定期检查项目实施", project.supervision.contains("定期检查实施")),
        condition("funds_checked", "定期检查资金使用", project.supervision.contains("定期检查资金")),
        condition("revisited", "定期回访受益群众", project.supervision.contains("回访受益群众")),
        condition("filed", "建档立卷", project.supervision.contains("建档立卷")),
    ),
)
# Met when the duty applies: a problem is found and has still to be put right.
rectification = Duty(
    "rectification",
    "整改",
    clause="六(一)",
    reach=any_project,
    when=all_of(
        condition("problem_found", "检查中发现问题", project.has_problem_found),
        condition("not_yet_rectified", "尚未整改", ~project.is_rectified),
    ),
    who="项目实施单位",
    action="按主办方提出的意见整改",
    gaps=(
        text_gap(
            "rectification",
            "整改期限、逾期不改的后果未写明",
            "By when, and what follows where it is not done, is not said",
        ),
    ),
)
CLAWBACK = reading(
    "clawback",
    "追回的是全部项目资金，还是违规使用的部分？",
    "Are all funds of the project recovered, or the part that was misused?",
    clause="六(一)",
    default=None,
    because="“违规项目资金”两种都可指",
    whole=("全部项目资金", "all of them"),
    part=("违规使用的部分", "the part that was misused"),
)
clawback = Sanction(
    "clawback",
    "追回项目资金",
    clause="六(一)",
    reach=any_project,
    when=all_of(
        condition("misused", "违规使用资金", project.has_misused_funds),
        # A project is a funded one; where the case says that it got nothing, there is nothing to recover.
        condition("was_funded", "得到了资金", presumed(project.amount > yuan(0))),
    ),
    discretion="只保留追回的权利，是否追回由主办方决定",
    result=choose(CLAWBACK, whole="追回全部项目资金", part="追回违规使用的部分"),
)

PACK = Pack(
    "daoli",
    "道里区培育社会组织的做法",
    "2018",
    SOURCE,
    (
        fund_entitlement,
        park_seed_money,
        hub_incubation,
        contracting_qualification,
        centre_standard,
        centre_services,
        park_standard,
        project_category,
        project_evaluation,
        project_supervision,
        rectification,
        clawback,
        fund_budget,
        selection_funnel,
        project_reach,
        park_organizations,
        centre_coverage,
        party_organizations,
        party_coverage,
    ),
    divisions=(DAOLI,),
    normative=False,
    known=(
        Known("never_met:fund_entitlement", "报告不给予权利；谁可得到多少，要看它所列而未引用的办法"),
        Known("never_met:park_standard", "六大功能是哪六项未列出，是否具备无从认定"),
        Known("never_refused:project_category", "第十类是什么未写明，其他项目都可能属于它"),
    ),
)
