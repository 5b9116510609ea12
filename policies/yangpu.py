"""Yangpu (Shanghai): the district's action plan 2021-2025 for social organizations, with its subsidies.

In force since it was issued on 2021-07-21. Each provision stands in the order of the document, its readings before it;
`SOURCE` accounts for every numbered clause. Duties here are met when they are fulfilled.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from fractions import Fraction

from socorg_rules.calendar import months, years
from socorg_rules.expr import ALWAYS, IMPOSSIBLE, Expr, all_of, any_of
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import (
    ONCE,
    ONCE_PER_ITEM,
    Duty,
    Figure,
    Grant,
    Measure,
    Qualification,
    Route,
    Support,
    Target,
    between,
    each_month,
    exactly,
    monthly,
    no_figure,
    top_up,
)
from socorg_rules.reading import reading
from socorg_rules.refs import Collection, Ref, goes_by, root
from socorg_rules.vocabulary import Jurisdiction, Organization
from socorg_rules.words import (
    AS_OF,
    THIS_MONTH,
    THIS_YEAR,
    after,
    choose,
    condition,
    day,
    if_else,
    larger_of,
    presumed,
    share_of,
    smaller_of,
    stated_or,
    table,
    text_gap,
    unquantified,
    untested,
    year_of,
    yuan,
)

YANGPU = "310110"
SHANGHAI = "310000"
THE_DISTRICT_ITSELF = ("310110", "310110000", "310110000000")
THE_CITY_ITSELF = ("31", "3100", "310000", "310000000", "310000000000")
EFFECT = day("2021-07-21")
START_OF_2021 = day("2021-01-01")

organization = root(Organization)
jurisdiction = root(Jurisdiction)
payments = organization.payments

# ------------------------------------------------------------------------------------------- the document

SOURCE = Source(
    title="杨浦区关于进一步促进社会组织培育发展的行动方案(2021-2025年)",
    authority="杨浦区民政局",
    number="",
    issued_on="2021-07-21",
    clauses=(
        Clause("一", "思想、目标与原则", none="部分标题"),
        Clause("一(一)", "指导思想", none="只述宗旨，不设条件"),
        Clause("一(二)", "总体目标"),
        Clause("一(三)", "基本原则", none="部分标题"),
        Clause("一(三)1", "坚持党的领导", none="工作原则，不设条件"),
        Clause("一(三)2", "以人民为中心", none="工作原则，不设条件"),
        Clause("一(三)3", "因地制宜", none="只请各街道自定方案，无可检验的条件"),
        Clause("一(三)4", "长效发展", none="工作原则，不设条件"),
        Clause("二", "主要任务", none="部分标题"),
        Clause("二(一)", "党建引领", none="概括其下各项"),
        Clause("二(一)1", "登记、年检、评估时落实党建"),
        Clause("二(一)2", "党建写入章程"),
        Clause("二(一)3", "每月党建交流会"),
        Clause("二(二)", "空间布局", none="概括其下各项；布局目标见一(二)"),
        Clause("二(二)1", "总部基地入驻空间"),
        Clause("二(二)2", "五角场、滨江两个基地"),
        Clause("二(二)3", "孵化园与睦邻中心（点）"),
        Clause("二(三)", "数据集成与公益指数"),
        Clause("二(三)1", "数据库与年度指数"),
        Clause("二(三)2", "优选名册"),
        Clause("二(三)3", "参与社区治理引导目录", none="目录有待充实，没有可检验的条件"),
        Clause("二(四)", "平台集聚", none="概括其下各项"),
        Clause("二(四)1", "政府购买、公益创投与金点子"),
        Clause("二(四)2", "年度峰会"),
        Clause("二(四)3", "公益基地优胜劣汰"),
        Clause("二(五)", "人才优势", none="概括其下各项"),
        Clause("二(五)1", "分层培训"),
        Clause("二(五)2", "督导培养", none="选拔与带教的工作安排；奖励见三(四)2"),
        Clause("二(五)3", "职业发展空间"),
        Clause("三", "扶持政策", none="部分标题"),
        Clause("三(一)", "登记与开办", none="小节标题"),
        Clause("三(一)1", "降低注册资金"),
        Clause("三(一)2", "开办补贴"),
        Clause("三(一)3", "房租补贴"),
        Clause("三(二)", "荣誉激励", none="小节标题"),
        Clause("三(二)1", "等级评估奖励"),
        Clause("三(二)2", "荣誉奖励"),
        Clause("三(三)", "项目支持", none="小节标题"),
        Clause("三(三)1", "公益创投项目补贴"),
        Clause("三(三)2", "创业大赛项目补贴"),
        Clause("三(三)3", "两会一中心经费"),
        Clause("三(四)", "人才补贴", none="小节标题"),
        Clause("三(四)1", "薪酬补贴"),
        Clause("三(四)2", "优秀督导奖励"),
        Clause("三(四)3", "高级社工师奖励"),
        Clause("四", "工作要求", none="部分标题"),
        Clause("四(一)", "健全机制"),
        Clause("四(二)", "落实职责", none="各部门分工，没有门槛或数额"),
        Clause("四(三)", "加强保障", none="各街道、部门的经费与动员安排，没有门槛或数额"),
        Clause("五", "施行、解释与抵触"),
    ),
)

# ----------------------------------------------------------------------------------------- reach and force

PERIOD_END = reading(
    "period_end",
    "文件标题为2021—2025年，附则未定有效期：各项扶持何时终止？",
    "The title says 2021-2025 and no clause sets an end: when do the benefits stop?",
    clause="五",
    default=None,
    because="标题与附则不一致，文本不能定夺",
    plan_period=("2025年底终止", "they stop at the end of 2025"),
    until_repealed=("至废止或被取代", "they run until repealed or replaced"),
    five_years=("自施行起五年，至2026年7月20日", "five years from effect, to 2026-07-20"),
)
in_force = condition(
    "in_force",
    "在施行期内",
    (AS_OF >= EFFECT)
    & choose(
        PERIOD_END,
        plan_period=AS_OF <= day("2025-12-31"),
        until_repealed=ALWAYS,
        five_years=AS_OF <= day("2026-07-20"),
    ),
    clause="五",
)

RETROACTIVITY = reading(
    "retroactivity",
    "登记、等级、荣誉、奖项、职称发生在2021年7月21日之前的，是否适用？",
    "Do events before 2021-07-21 count (registration, grade, honour, prize, title)?",
    clause="五",
    default="application_date",
    because="文本只定施行日，申请在施行后即可适用",
    application_date=("只看申请日", "only the date of application matters"),
    event_since_effect=("事件须在施行日及以后", "the event must be on or after the date of effect"),
    event_since_2021=("事件须在2021年及以后", "the event must be in 2021 or later"),
)


def counts_from(event: Expr) -> Expr:
    """Whether an event is late enough to count (YP-A2)."""
    return choose(
        RETROACTIVITY,
        application_date=ALWAYS,
        event_since_effect=event >= EFFECT,
        event_since_2021=event >= START_OF_2021,
    )


in_yangpu = condition("in_yangpu", "在本区", organization.division.within(YANGPU))
# Whoever is registered has been established, unless the case gives a later day.
established = condition("established", "已经成立", presumed(organization.established_on <= AS_OF))
registered_here = condition(
    "registered_here", "在本区依法登记", all_of(in_yangpu, organization.status == "registered", established)
)
exists = condition(
    "exists",
    "是已登记或已备案的社会组织",
    (organization.status == "filed") | ((organization.status == "registered") & established),
)
exists_here = condition("exists_here", "是本区的社会组织", in_yangpu & exists)
seeks_registration_here = condition(
    "seeks_registration_here", "拟在本区登记", in_yangpu & organization.status.is_in(["planned", "filed"])
)
is_the_district = condition(
    "is_the_district",
    "是杨浦区本级",
    jurisdiction.division.is_in(THE_DISTRICT_ITSELF) & presumed(jurisdiction.level == "district"),
)


def silent_registration(of: str, clause: str, default: str, because: str) -> Expr:
    """To whom a clause applies that does not say 本区登记 (YP-A20)."""
    asked = reading(
        f"silent_registration_{of}",
        f"{clause}未写明须在本区登记，是否仍以此为前提？",
        f"{clause} does not say that the organization is registered in the district: is it implied?",
        clause=clause,
        default=default,
        because=because,
        implied=("隐含在本区登记", "registration in the district is implied"),
        not_required=("不要求在本区登记", "it is not required"),
    )
    return choose(asked, implied=registered_here, not_required=exists)


# ------------------------------------------------------------------------------- 一(二) targets of the district

TARGET_TERMS = reading(
    "target_terms",
    "“区内登记”的社会组织是否包括在市级登记而住所在本区的？",
    "Do organizations registered by the city and located in the district count?",
    clause="一(二)",
    default=None,
    because="“区内登记”可指登记机关，也可指所在地",
    registered_by_district=("只计本区登记", "only those registered by the district"),
    located_too=("住所在本区的市级登记组织也计", "also those registered by the city and located here"),
)


def registered_in_district(o: Ref) -> Expr:
    """Whether an organization of the collection counts towards the target (YP-A41)."""
    by_district = o.division.within(YANGPU)
    by_city = o.division.is_in(THE_CITY_ITSELF) & o.offices.any(lambda office: office.division.within(YANGPU))
    return (o.status == "registered") & choose(
        TARGET_TERMS, registered_by_district=by_district, located_too=by_district | by_city
    )


def is_on_staff(s: Ref) -> Expr:
    """Whether somebody listed works there: unless it is told otherwise, or they join later."""
    return presumed(s.is_employed & (s.joined_on <= AS_OF))


CERTIFIED = ("助理社会工作师", "社会工作师", "高级社会工作师")

target_layout = Target(
    "target_layout",
    "空间布局目标",
    clause="一(二)",
    also=("二(二)3",),
    reach=is_the_district,
    when=all_of(
        condition("head_base", "总部基地已建成", jurisdiction.layout_head_base_completed),
        condition("two_wings", "两翼基地均已建成", jurisdiction.layout_wings_completed >= 2),
        condition(
            "layout_in_time",
            "在期限内完成",
            (jurisdiction.layout_completed_on <= AS_OF) & (jurisdiction.layout_completed_on <= day("2022-12-31")),
        ),
    ),
    measure=Measure(jurisdiction.neighbourhood_centres, 60, "个"),
    due=day("2022-12-31"),
    gaps=(
        text_gap(
            "target_terms_layout",
            "“完成布局”除两个基地、总部与60个睦邻中心（点）外还要求什么，未写明",
            "What a completed layout asks beyond the head base, two wings and 60 centres is not said",
        ),
    ),
)
target_organizations = Target(
    "target_organizations",
    "登记社会组织数目标",
    clause="一(二)",
    reach=is_the_district,
    measure=Measure(
        stated_or(jurisdiction.registered_organizations, jurisdiction.organizations.count(registered_in_district)),
        1000,
        "家",
    ),
    due=day("2025-12-31"),
)
target_social_workers = Target(
    "target_social_workers",
    "持证社工人数目标",
    clause="一(二)",
    reach=is_the_district,
    measure=Measure(
        stated_or(
            jurisdiction.certified_social_workers,
            jurisdiction.organizations.sum(
                lambda o: o.staff.count(lambda s: is_on_staff(s) & s.certificate.is_in(CERTIFIED)),
                where=registered_in_district,
            ),
        ),
        700,
        "人",
    ),
    due=day("2025-12-31"),
    gaps=(
        text_gap(
            "target_terms_persons",
            "一人在数家社会组织任职时计一次还是数次，未写明（从名单计数时按任职计）",
            "Whether a person who works for several organizations counts once is not said (counted per employment)",
        ),
    ),
)
target_data = Target(
    "target_data",
    "公益数据与平台目标",
    clause="一(二)",
    reach=is_the_district,
    when=all_of(
        condition("data_in_use", "公益数据已实践使用", jurisdiction.data_in_use),
        condition("platform_integrated", "公益平台已系统集成", jurisdiction.platform_integrated),
    ),
    due=day("2025-12-31"),
)

# ----------------------------------------------------------------------------- 二(一) Party building, as duties

party_building_plan = Duty(
    "party_building_plan",
    "落实党建工作",
    clause="二(一)1",
    reach=registered_here,
    when=condition("party_building_in_place", "党建工作已落实", organization.has_party_building_plan),
    who="社会组织",
    action="登记、年检（年报）、等级评估时落实党建工作；未落实的，由登记机关会同属地街道督促",
)
party_charter = Duty(
    "party_charter",
    "党建写入章程",
    clause="二(一)2",
    reach=registered_here,
    when=condition("party_in_charter", "章程已写入党建内容", organization.charter_includes_party_building),
    who="社会组织",
    action="把党建内容写入章程，明确党组织对重大事项的参与权和建议权",
)
party_meetings = Duty(
    "party_meetings",
    "每月党建交流会",
    clause="二(一)3",
    reach=is_the_district,
    when=condition("meeting_this_month", "本月已举办", jurisdiction.party_meeting_months.contains(THIS_MONTH)),
    who="当值街道的社区社会组织联合会",
    action="每个自然月至少开一次党建交流会，轮值的街道共十二个",
)

# --------------------------------------------------------------------------------------- 二(二) places to work

STAGE_MAPPING = reading(
    "stage_mapping",
    "三个发展阶段与三种入驻空间是否依次一一对应？",
    "Do the three stages map to the three kinds of space one to one, in order?",
    clause="二(二)1",
    default="one_to_one",
    because="条文依次列举并称“相应”",
    one_to_one=("依次一一对应", "one to one, in order"),
    any_space=("任一空间皆可", "any of the spaces"),
)
ANY_SPACE = "孵化工位、独立办公室或公益联络点"
base_space = Support(
    "base_space",
    "总部基地入驻空间",
    clause="二(二)1",
    reach=exists_here,
    when=condition(
        "in_a_stage", "处于初创期、成长期或成熟期", organization.stage.is_in(["初创期", "成长期", "成熟期"])
    ),
    result=choose(
        STAGE_MAPPING,
        one_to_one=table(organization.stage, {"初创期": "孵化工位", "成长期": "独立办公室", "成熟期": "公益联络点"}),
        any_space=table(organization.stage, {"初创期": ANY_SPACE, "成长期": ANY_SPACE, "成熟期": ANY_SPACE}),
    ),
    gaps=(text_gap("stage_tests", "何为初创期、成长期、成熟期，文本未定标准", "The text does not define the stages"),),
)
founder = organization.founders.each
founders_internship = Support(
    "founders_internship",
    "五角场公益创业见习",
    clause="二(二)2",
    each=founder,
    reach=in_yangpu & organization.status.is_in(["planned", "filed", "registered"]),
    when=condition(
        "student_or_starter",
        "是大学生或公益初创者",
        any_of(
            founder.is_student,
            founder.is_graduating_student,
            organization.status == "planned",
            organization.stage == "初创期",
        ),
    ),
    result="五角场社会组织公益创业见习基地的创业实践与见习",
)
practice_space = Support(
    "practice_space",
    "滨江公益创新实践空间",
    clause="二(二)2",
    reach=exists_here,
    when=condition("has_golden_idea", "在社会治理中有金点子", organization.is_governance_innovator),
    result="滨江社会组织公益创新实践基地的实践与展示空间",
)
incubation_support = Support(
    "incubation_support",
    "孵化园与睦邻中心支持",
    clause="二(二)3",
    reach=exists_here | seeks_registration_here,
    result="孵化园、睦邻中心（点）：可用作注册场地，并得到实践、展示与资源对接的机会",
)

# ---------------------------------------------------------------------------- 二(三), 二(四) data and platforms

index_publication = Duty(
    "index_publication",
    "发布公益指数",
    clause="二(三)",
    also=("二(三)1",),
    reach=is_the_district,
    when=condition("index_this_year", "本年已发布", jurisdiction.index_published_years.contains(THIS_YEAR)),
    who="区民政局",
    action="每年发布规范、活力、责任担当、专业人才等公益指数",
)
preferred_list = Qualification(
    "preferred_list",
    "优选名册",
    clause="二(三)2",
    reach=exists,  # whoever carries out purchases of the district, wherever it is registered
    when=all_of(
        condition("undertakes_purchase", "承接本区部门或街道的购买服务", organization.undertakes_local_purchase),
        condition(
            "weighed",
            "综合衡量后列入",
            untested(
                text_gap(
                    "weights",
                    "服务质量、业务增长、专业人员占比、党建、社会责任各占多少，未定权重与门槛",
                    "The weights and the threshold of the five aspects are not given",
                )
            ),
        ),
    ),
    result="列入优选名册，并向市级供需对接平台推荐",
)
yearly_summit = Duty(
    "yearly_summit",
    "年度峰会",
    clause="二(四)2",
    reach=is_the_district,
    when=condition("summit_this_year", "本年已举办", jurisdiction.summit_years.contains(THIS_YEAR)),
    who="杨浦区",
    action="每个年度办一次区级峰会",
)
public_base_exit = Qualification(
    "public_base_exit",
    "公益基地优胜劣汰",
    clause="二(四)3",
    reach=exists_here,
    when=all_of(
        condition("is_base", "是公益基地", organization.is_public_welfare_base),
        condition(
            "base_loses",
            "依公益基地管理办法应予淘汰",
            untested(
                text_gap(
                    "base_rules",
                    "优胜劣汰的标准在本市公益基地管理办法中，本文件没有",
                    "The test is in the city's rules on public-welfare bases, not in this document",
                )
            ),
        ),
    ),
    result="退出公益基地",
)

# ------------------------------------------------------------------------------ 二(五), 四(一) people, in kind

member = organization.staff.each
is_employed = condition("is_employed", "在该组织从业", is_on_staff(member))
exam_training = Support(
    "exam_training",
    "社工资质免费考前培训",
    clause="二(五)1",
    each=member,
    reach=exists_here,
    when=all_of(is_employed, condition("prepares_for_exam", "准备报考社工资质", member.is_preparing_for_exam)),
    result="免费考前培训",
)
continuing_education = Support(
    "continuing_education",
    "持证社工继续教育",
    clause="二(五)1",
    each=member,
    reach=exists_here,
    when=all_of(
        is_employed,
        condition("holds_certificate", "是持证助理社工师或社工师", member.certificate.is_in(CERTIFIED)),
    ),
    result="定期综合能力提升培训",
)
governance_training = Support(
    "governance_training",
    "社会治理创新培训",
    clause="二(五)1",
    each=member,
    reach=exists_here,
    when=all_of(
        is_employed,
        condition("front_line_or_manager", "是一线项目人员或管理人员", member.role.is_in(["一线项目人员", "管理人员"])),
    ),
    result="社会治理创新知识培训",
)
senior_exam = Qualification(
    "senior_exam",
    "参加高级社工师考评",
    clause="二(五)3",
    each=member,
    reach=exists_here,
    when=all_of(is_employed, condition("was_outstanding", "曾获评本区优秀社工", member.was_outstanding_social_worker)),
    discretion="鼓励参加考试并申报评审",
)
talent_recommendation = Qualification(
    "talent_recommendation",
    "优秀人才推荐",
    clause="二(五)3",
    each=member,
    reach=exists_here,
    when=all_of(is_employed, condition("contributed", "有突出贡献", member.has_outstanding_contribution)),
    discretion="推荐参选拔尖人才、党代表、人大代表、政协委员",
)
community_delegate = Qualification(
    "community_delegate",
    "社代会代表推荐",
    clause="四(一)",
    each=member,
    reach=exists_here,
    when=is_employed,
    discretion="由街道推荐",
)

# --------------------------------------------------------------------- 三(一)1 lowered registered capital

COMMUNITY_ORG = reading(
    "community_org",
    "“支持社区治理创新”是降低注册资金的条件，还是目的？",
    "Is support of governance innovation a condition of the lowered capital, or its purpose?",
    clause="三(一)1",
    default=None,
    because="句式两可",
    condition=("是条件", "a condition"),
    purpose=("是目的，不另作要求", "a purpose, not asked for"),
)
GRADUATING_STUDENT = reading(
    "graduating_student",
    "“应届”如何认定？（未直接认定时，按毕业日期）",
    "Who is a graduating student? (by the graduation date, where not judged directly)",
    clause="三(一)1",
    default=None,
    because="文本未定以何日、何期为准",
    this_year=("当年毕业", "graduates this year"),
    this_or_last_year=("当年或上年毕业", "graduates this year or did last year"),
    job_seeking_window=("毕业后两年择业期内", "within two years of graduation"),
)
GRADUATING_FOUNDERS = reading(
    "graduating_student_founders",
    "“应届大学生举办”要求发起人全部、任一还是牵头人为应届大学生？",
    "Must all founders, any, or the leading one be graduating students?",
    clause="三(一)1",
    default=None,
    because="文本只说“举办”",
    all_founders=("全部发起人", "all founders"),
    any_founder=("任一发起人", "any founder"),
    lead_founder=("牵头发起人", "the leading founder"),
)
MAY_LOWER = reading(
    "may_lower",
    "“可降低”是申请人的权利，还是登记机关可以不予？",
    "Is the lowered capital a right, or may the authority refuse it?",
    clause="三(一)1",
    default="right",
    because="“可”对申请人而言",
    right=("申请人的权利", "a right of the applicant"),
    refusable=("登记机关可以不予", "the authority may refuse"),
)
CONFLICT_RULE = reading(
    "conflict_rule",
    "国家规定的最低注册资金（如基金会200万元）是否优先于降低后的数额？",
    "Does a national minimum (2,000,000 yuan for foundations) prevail over the lowered figure?",
    clause="五",
    default=None,
    because="附则规定抵触时从国家规定，而三(一)1未将基金会除外",
    national_prevails=("国家规定优先", "the national minimum prevails"),
    lowered_for_all=("一律适用降低后的数额", "the lowered figure applies to all"),
)


def is_graduating(f: Ref) -> Expr:
    """Whether a founder is a graduating student (YP-A14): as judged, else by the graduation date."""
    in_or_before_this_year = year_of(f.graduated_on) <= THIS_YEAR
    return stated_or(
        f.is_graduating_student,
        choose(
            GRADUATING_STUDENT,
            this_year=year_of(f.graduated_on) == THIS_YEAR,
            this_or_last_year=in_or_before_this_year & (year_of(f.graduated_on) + 1 >= THIS_YEAR),
            job_seeking_window=in_or_before_this_year & (AS_OF <= after(f.graduated_on, years(2))),
        ),
    )


all_graduating = organization.founders.any() & organization.founders.all(is_graduating)
founded_by_graduates = condition(
    "founded_by_graduates",
    "由应届大学生举办",
    choose(
        GRADUATING_FOUNDERS,
        all_founders=all_graduating,
        any_founder=organization.founders.any(is_graduating),
        lead_founder=all_graduating | organization.founders.any(lambda f: f.is_lead & is_graduating(f)),
    ),
    clause="三(一)1",
)
lowered_capital = if_else(founded_by_graduates, yuan(5_000), yuan(30_000))
FOUNDATION_MINIMUM = yuan(2_000_000)  # 基金会管理条例第八条
capital_required = choose(
    CONFLICT_RULE,
    national_prevails=if_else(organization.legal_form == "基金会", FOUNDATION_MINIMUM, lowered_capital),
    lowered_for_all=lowered_capital,
)
registered_capital = Route(
    "registered_capital",
    "降低注册资金",
    clause="三(一)1",
    reach=seeks_registration_here,
    when=all_of(
        condition("is_community_organization", "是社区社会组织", organization.is_community_organization),
        condition(
            "supports_innovation",
            "支持社区治理创新",
            choose(COMMUNITY_ORG, condition=organization.supports_governance_innovation, purpose=ALWAYS),
        ),
        condition("capital_suffices", "拟注册资金不少于要求", organization.registered_capital >= capital_required),
    ),
    discretion=choose(MAY_LOWER, right=IMPOSSIBLE, refusable=ALWAYS),
    measure=Measure(organization.registered_capital, capital_required, "元"),
    result="区民政局按降低后的注册资金办理登记",
)

# --------------------------------------------------------- 三(一)2 and 3: subsidies for new organizations

ESTABLISHMENT_DATE = reading(
    "establishment_date",
    "“成立”从何日起算？",
    "From which day is an organization established?",
    clause="三(一)2",
    default="registration",
    because="法人自登记成立",
    registration=("登记批准日", "the day registration was approved"),
    founding_meeting=("成立大会之日", "the day of the founding meeting"),
    first_activity=("开始活动之日", "the day activities began"),
)
TWO_YEAR_REFERENCE_DATE = reading(
    "two_year_reference_date",
    "“不足两年”以何日为准？",
    "On which day must it be under two years?",
    clause="三(一)2",
    default="application",
    because="补贴依申请，以申请日为准",
    application=("申请日，即问题所问之日", "the day of application, the day of the question"),
    application_handed_in=("已记录的申请日", "the recorded day of application, where the question is asked later"),
    first_pass=(
        "首次年检合格之日；房租补贴尚无合格年检的，申请日",
        "the day of the first passed inspection; for rent, while none is passed, the day of application",
    ),
    approval=("补贴审批之日", "the day the subsidy is approved"),
)
TWO_YEAR_ENDPOINT = reading(
    "two_year_endpoint",
    "满两年的对应日当天是否仍“不足两年”？二月二十九日成立的如何计算？",
    "Is it still under two years on the second anniversary, and when is that for 29 February?",
    clause="三(一)2",
    default="civil_code",
    because="民法典第二百零一、二百零二条：当日不计入，期间于对应日届满",
    civil_code=("对应日当天仍不足两年", "still under two years on the anniversary"),
    anniversary=("对应日即满，2月29日对应2月28日", "full on the anniversary; 29 February falls on 28 February"),
    anniversary_march=("对应日即满，2月29日对应3月1日", "full on the anniversary; 29 February falls on 1 March"),
)
FIRST_INSPECTION = reading(
    "first_inspection",
    "“首次年检合格”指第一次年检须合格，还是第一次取得合格？",
    "Must the very first inspection be passed, or does the first pass count?",
    clause="三(一)2",
    default="very_first",
    because="“首次”修饰年检",
    very_first=("第一次年检即须合格", "the very first inspection must be passed"),
    first_pass=("第一次取得合格", "the first time it is passed"),
)
INSPECTION_OR_REPORT = reading(
    "inspection_or_report",
    "只报年报、没有年检结论的组织，能否视同年检合格？",
    "May an organization that files annual reports, which end in no conclusion, qualify?",
    clause="三(一)2",
    default=None,
    because="二(一)1并称年检（年报），三(一)2只说年检",
    inspection_only=("不能", "it may not"),
    report_counts=("已报年报即可", "a filed report counts"),
)
NO_FLOOR = reading(
    "no_floor",
    "只定上限的补贴，主管部门可否给予更低数额？",
    "Where only a ceiling is given, may the authority grant less?",
    clause="三(一)2",
    default="any_lower_sum",
    because="“最多不超过”只定上限",
    any_lower_sum=("可以，无下限", "it may, down to nothing"),
    in_full=("应按上限给足", "the ceiling is due in full"),
)


def under_two_years(on: Expr) -> Expr:
    """Whether a day lies less than two years after the establishment (YP-A4, YP-A5)."""
    founded = choose(
        ESTABLISHMENT_DATE,
        registration=organization.established_on,
        founding_meeting=organization.founding_meeting_on,
        first_activity=organization.activities_started_on,
    )
    return choose(
        TWO_YEAR_ENDPOINT,
        civil_code=on <= after(founded, years(2)),
        anniversary=on < after(founded, years(2)),
        anniversary_march=on < after(founded, years(2, "next_day")),
    )


inspections = organization.annual_inspections
first_pass = inspections.first("year", where=lambda i: i.result == "合格")
has_passed = inspections.any(lambda i: i.result == "合格")


def newly_established(first_passed: Expr) -> Expr:
    """Whether it is under two years (YP-A3), with what that means where the day of the first pass counts."""
    return condition(
        "newly_established",
        "成立不足两年",
        choose(
            TWO_YEAR_REFERENCE_DATE,
            application=under_two_years(AS_OF),
            application_handed_in=under_two_years(organization.applied_on),
            first_pass=first_passed,
            approval=under_two_years(organization.approved_on),
        ),
    )


new_when_passed = under_two_years(first_pass.concluded_on)
registration_counts = condition("registration_counts", "登记时间适用本文件", counts_from(organization.established_on))
passed_inspection = choose(
    FIRST_INSPECTION,
    very_first=inspections.first("year").result == "合格",
    first_pass=has_passed,
)
files_reports = all_of(
    organization.inspection_regime == "annual_report",
    ~inspections.any(),
    organization.annual_reports.any(lambda r: r.filed_on <= AS_OF),
)
first_inspection_passed = condition(
    "first_inspection_passed",
    "首次年检合格",
    choose(INSPECTION_OR_REPORT, inspection_only=passed_inspection, report_counts=passed_inspection | files_reports),
)


def ceiling(sum_: Expr) -> Figure:
    """An amount of which only the ceiling is given (YP-A9)."""
    return between(choose(NO_FLOOR, any_lower_sum=yuan(0), in_full=sum_), sum_)


opening_subsidy = Grant(
    "opening_subsidy",
    "开办补贴",
    clause="三(一)2",
    reach=registered_here,
    when=all_of(newly_established(new_when_passed), registration_counts, first_inspection_passed),
    amount=ceiling(yuan(10_000)),
    terms=ONCE,
)

RENT_ACTUAL = reading(
    "rent_actual",
    "实际月租不足500元时，补贴以实际租金为限，还是可到500元？",
    "Where the rent is below 500 yuan, is the subsidy limited to it?",
    clause="三(一)3",
    default="capped_by_rent",
    because="房租补贴以所付房租为限",
    capped_by_rent=("以实际租金为限", "limited to the rent actually paid"),
    up_to_500=("可到500元", "up to 500 yuan all the same"),
)
RENT_WINDOW = reading(
    "rent_window",
    "补贴不超过两年的期间从何时起、到何时止？",
    "Which two years may be subsidized?",
    clause="三(一)3",
    default=None,
    because="文本只限长短，不定起讫",
    first_two_years=("每个月都须在成立后两年内", "every month must lie in the first two years"),
    from_first_payment=("申请时不足两年即可，自首个补贴月起24个月", "24 months from the first subsidized month"),
    from_lease_start=(
        "申请时不足两年即可，自首次起租之日起24个月，换租不重新起算",
        "24 months from the start of the first lease; moving begins no new period",
    ),
)
RENT_WINDOW_MONTHS = reading(
    "rent_window_months",
    "二十四个月按实际补贴的月份累计，还是自首个补贴月起连续计算？",
    "Do the 24 months add up, or run on from the first subsidized month?",
    clause="三(一)3",
    default=None,
    because="文本只限长短，未说是否连续",
    cumulative=("按补贴月份累计", "the subsidized months add up"),
    consecutive=("自首月起连续计算", "they run on from the first month"),
)
RENT_PREMISES = reading(
    "rent_premises",
    "办公场所是否须在杨浦区内？",
    "Must the premises lie in the district?",
    clause="三(一)3",
    default="anywhere",
    because="文本未限定场所所在地",
    anywhere=("不限", "anywhere"),
    in_district=("须在区内", "in the district only"),
)
RENT_PREMISES_UNIT = reading(
    "rent_premises_unit",
    "租有数处时，500元按组织还是按每处计？",
    "With several premises, are the 500 yuan for the organization or for each?",
    clause="三(一)3",
    default="one_subsidy",
    because="补贴的对象是社会组织",
    one_subsidy=("每个组织一份", "one subsidy an organization"),
    each_premises=("每处一份", "one for each of the premises"),
)


def has_been_leased(office: Ref) -> Expr:
    """Whether premises are or were leased, where the text asks for it (YP-A12)."""
    return office.is_leased & choose(RENT_PREMISES, anywhere=ALWAYS, in_district=office.division.within(YANGPU))


def is_leased(office: Ref) -> Expr:
    """Whether premises are leased on the day."""
    return has_been_leased(office) & (AS_OF <= office.leased_until)


RENT_CEILING = yuan(500)
offices = organization.offices


def rent_paid(p: Ref) -> Expr:
    """Whether a payment is one of rent subsidy."""
    return p.provision.is_in(["rent_subsidy", "yangpu.rent_subsidy"])


had_rent_subsidy = payments.any(rent_paid)
within_first_payment = THIS_MONTH <= after(payments.min(lambda p: p.month, where=rent_paid), months(23))
lease_start = offices.min(lambda office: office.leased_from, where=has_been_leased)
# Rent asks for no inspection (三(一)3): until one is passed, the day of application counts.
new_for_rent = newly_established(if_else(has_passed, new_when_passed, under_two_years(AS_OF)))
rent_window = condition(
    "rent_window",
    "在可补贴的期间内",
    all_of(
        choose(
            RENT_WINDOW,
            first_two_years=new_for_rent,
            from_first_payment=new_for_rent | within_first_payment,
            from_lease_start=(new_for_rent | had_rent_subsidy) & (AS_OF <= after(lease_start, months(24))),
        ),
        choose(RENT_WINDOW_MONTHS, cumulative=ALWAYS, consecutive=~had_rent_subsidy | within_first_payment),
    ),
)


def rent_ceiling(office_rent: Expr) -> Expr:
    """The ceiling of a month for some rent (YP-A10)."""
    return choose(RENT_ACTUAL, capped_by_rent=smaller_of(office_rent, RENT_CEILING), up_to_500=RENT_CEILING)


rent_subsidy = Grant(
    "rent_subsidy",
    "房租补贴",
    clause="三(一)3",
    reach=registered_here,
    when=all_of(
        rent_window,
        registration_counts,
        condition("leases_office", "租赁办公场所", offices.any(is_leased)),
    ),
    amount=monthly(
        ceiling(
            choose(
                RENT_PREMISES_UNIT,
                one_subsidy=rent_ceiling(offices.sum(lambda office: office.monthly_rent, where=is_leased)),
                each_premises=offices.sum(lambda office: rent_ceiling(office.monthly_rent), where=is_leased),
            )
        )
    ),
    terms=each_month(24),
    gaps=(
        text_gap(
            "rent_premises_details",
            "不足一月的租期、申请之前的月份、向关联方承租是否可补，文本未写明",
            "Part months, months before the application and related landlords are not dealt with",
        ),
    ),
)

# ---------------------------------------------------------------------- 三(二)1 reward for the grade

FIRST_TIME = reading(
    "first_time",
    "“首次获得”某级指什么？",
    "What is winning a grade for the first time?",
    clause="三(二)1",
    default="not_below_earlier",
    because="奖励随等级上升，降级不另奖",
    not_below_earlier=("首次达到该级且不低于以往", "the first time at that grade, and not below an earlier one"),
    literal=("首次获得该级，即使曾获更高等级", "the first time at that grade, even after a higher one"),
    first_ever=("该组织第一次评估所得等级", "the organization's first grade of all"),
)
TOP_UP = reading(
    "top_up",
    "“补足”是补差额，还是另给新等级的全额？",
    "Is the top-up the difference, or the new grade's full sum?",
    clause="三(二)1",
    default="difference",
    because="“补足”即补到新等级的数额",
    difference=("补差额", "the difference"),
    full=("另给全额", "the full sum again"),
)
TOP_UP_BASE = reading(
    "top_up_base",
    "差额以实际已付数为准，还是以原等级的标准数为准？",
    "Is the difference taken from what was paid, or from the earlier grade's nominal sum?",
    clause="三(二)1",
    default="actually_paid",
    because="补足以已得为起点",
    actually_paid=("实际已付数", "what was actually paid"),
    nominal=("原等级标准数", "the earlier grade's nominal sum"),
)
NEXT_ROUND = reading(
    "next_round",
    "“下一轮评估”指以后任一轮，还是紧接的一轮？",
    "Is the next round any later one, or only the one that follows at once?",
    clause="三(二)1",
    default="any_later",
    because="意在奖励升级，不限间隔",
    any_later=("以后任一轮", "any later round"),
    immediately_following=("紧接的一轮", "only the round that follows at once"),
)
PRIOR_GRADE = reading(
    "prior_grade",
    "施行前获得、未按本文件奖励的等级，升级时是否扣除其标准数？",
    "Is a grade won before the date of effect deducted when a higher one follows?",
    clause="三(二)1",
    default=None,
    because="文本未及施行前的等级",
    deducted=("扣除", "it is deducted"),
    not_deducted=("不扣除", "it is not deducted"),
)
assessments = organization.assessments
GRADE_AWARDS = {"5A": yuan(50_000), "4A": yuan(30_000), "3A": yuan(10_000)}


def award(a: Ref) -> Expr:
    """What the grade of an assessment is worth."""
    return table(a.grade, GRADE_AWARDS, otherwise=yuan(0))


def unbroken(a: Ref) -> Expr:
    """No round up to this one failed to rise above a rewarded grade before it."""
    return ~assessments.any(
        lambda b: (
            (award(b) > yuan(0))
            & assessments.any(
                lambda c: all_of(
                    b.announced_on < c.announced_on, c.announced_on <= a.announced_on, award(c) <= award(b)
                )
            )
        )
    )


def rises(a: Ref) -> Expr:
    """Whether a grade may raise the reward (YP-A18)."""
    return choose(NEXT_ROUND, any_later=ALWAYS, immediately_following=unbroken(a))


def reached_since(a: Ref, since: Expr) -> Expr:
    """Whether a grade was announced since a day, and none as high before it."""
    before = assessments.any(lambda b: (b.announced_on < since) & (award(b) >= award(a)))
    return (a.announced_on >= since) & ~before


def first_counts(a: Ref) -> Expr:
    """Whether a first time at a grade, or above, is late enough to count (YP-A2)."""
    return choose(
        RETROACTIVITY,
        application_date=ALWAYS,
        event_since_effect=reached_since(a, EFFECT),
        event_since_2021=reached_since(a, START_OF_2021),
    )


def is_new_height(a: Ref) -> Expr:
    """Whether no earlier grade was as high."""
    return ~assessments.any(lambda b: (b.announced_on < a.announced_on) & (award(b) >= award(a)))


def is_new_below_a_height(a: Ref) -> Expr:
    """Whether a grade is the first of its kind and comes after a higher one."""
    return all_of(
        assessments.any(lambda b: (b.announced_on < a.announced_on) & (award(b) > award(a))),
        ~assessments.any(lambda b: (b.announced_on < a.announced_on) & (b.grade == a.grade)),
    )


def highest_award(where: Callable[[Ref], Expr]) -> Expr:
    """The highest award among the grades that pass, nothing where there is none."""
    return if_else(assessments.any(where), assessments.max(award, where=where), yuan(0))


best_award = choose(
    TOP_UP,
    difference=highest_award(lambda a: rises(a) & first_counts(a)),
    full=assessments.sum(award, where=lambda a: all_of(rises(a), first_counts(a), is_new_height(a))),
)
lower_awards = assessments.sum(
    award, where=lambda a: all_of(rises(a), counts_from(a.announced_on), is_new_below_a_height(a))
)
grade_total = choose(
    FIRST_TIME,
    not_below_earlier=best_award,
    literal=best_award + lower_awards,
    first_ever=if_else(assessments.first("announced_on").value(award) > yuan(0), best_award, yuan(0)),
)


def grade_paid(p: Ref) -> Expr:
    """Whether a payment is one of this reward."""
    return p.provision.is_in(["grade_award", "yangpu.grade_award"])


def paid_for(p: Ref, where: Callable[[Ref], Expr]) -> Expr:
    """Whether a payment is for a grade that passes."""
    return grade_paid(p) & assessments.any(lambda a: goes_by(p.item, a, "grade") & where(a))


def topped_up(a: Ref) -> Expr:
    """Whether a higher grade followed, so that only the difference is due."""
    higher = assessments.any(lambda b: (b.announced_on > a.announced_on) & (award(b) > award(a)))
    return choose(TOP_UP, difference=higher, full=IMPOSSIBLE)


def before_effect(a: Ref) -> Expr:
    """Whether a grade was won before the document."""
    return a.announced_on < EFFECT


best_before_effect = assessments.max(award, where=before_effect)
risen_since_effect = assessments.any(lambda a: (a.announced_on >= EFFECT) & (award(a) > best_before_effect))
prior_award = choose(
    PRIOR_GRADE, deducted=if_else(risen_since_effect, best_before_effect, yuan(0)), not_deducted=yuan(0)
)


def is_earlier_grade(a: Ref) -> Expr:
    """Whether a grade was rewarded and then topped up."""
    return topped_up(a) & payments.any(lambda p: grade_paid(p) & goes_by(p.item, a, "grade"))


settled_so_far = choose(
    TOP_UP_BASE,
    actually_paid=prior_award
    + payments.sum(lambda p: p.amount, where=lambda p: grade_paid(p) & ~paid_for(p, before_effect)),
    nominal=larger_of(prior_award, highest_award(is_earlier_grade))
    + payments.sum(lambda p: p.amount, where=lambda p: grade_paid(p) & ~paid_for(p, topped_up)),
)

grade_award = Grant(
    "grade_award",
    "等级评估奖励",
    clause="三(二)1",
    reach=silent_registration("grade_award", "三(二)1", "implied", "奖励以本区登记的组织为对象"),
    when=condition("grade_rewarded", "首次获得3A及以上等级", grade_total > yuan(0)),
    amount=exactly(grade_total),
    terms=top_up(
        assessments,
        credit=lambda p: choose(TOP_UP_BASE, actually_paid=p.amount, nominal=yuan(0)),
        at_least=settled_so_far,
    ),
)

# -------------------------------------------------------------------------------- 三(二)2 reward for honours

HONOUR_UNIT = reading(
    "honour_unit",
    "荣誉奖励按每项荣誉，还是只奖其中最高？",
    "Is every honour rewarded, or only the highest?",
    clause="三(二)2",
    default="per_honour",
    because="文义为每获一项即奖",
    per_honour=("每项荣誉", "every honour"),
    highest_only=(
        "每个组织只奖最高一项，同日同级并列",
        "only the highest of an organization, equal ones of one day alike",
    ),
    highest_per_year=("每年只奖最高一项，同日同级并列", "only the highest of a year, equal ones of one day alike"),
    same_matter_once=("同一事项只奖一次", "the same matter once"),
)
HONOUR_LEVEL = reading(
    "honour_level",
    "“市级”是否只指上海市？（级别由主管部门认定）",
    "Is a municipal honour one of Shanghai only? (the level is as judged)",
    clause="三(二)2",
    default="shanghai",
    because="级别依认定；授予地在市外的，不属本市的市级",
    shanghai=("只指上海市，授予地未记的从认定", "of Shanghai only; where the place is not recorded, as judged"),
    any_city=("任何城市的市级", "of any city"),
)
HONOUR_HOLDER = reading(
    "honour_holder",
    "荣誉须由组织本身获得，还是工作人员获得的也算？",
    "Must the organization itself hold the honour, or do those of its staff count?",
    clause="三(二)2",
    default="organization",
    because="条文的主语是社会组织",
    organization=("组织本身", "the organization itself"),
    staff_too=("工作人员的也算", "those of its staff too"),
)
STACKING = reading(
    "stacking",
    "同一项目、奖项或个人符合数项奖补的，能否同时享受？",
    "May the same project, prize or person be paid under several clauses?",
    clause="三(三)2",
    default="cumulates",
    because="文本没有不得重复的规定",
    cumulates=("可以同时享受", "they cumulate"),
    one_only=("只享受数额较高的一项", "only under the one that pays more"),
)
honour = organization.honours.each
contest = organization.contest_awards.each
venture = organization.ventures.each


def reward(h: Ref) -> Expr:
    """What an honour is worth."""
    return table(h.level, {"国家级": yuan(80_000), "市级": yuan(50_000), "区级": yuan(0)})


def level_counts(h: Ref) -> Expr:
    """Whether an honour is a national or municipal one (YP-A22)."""
    municipal = choose(HONOUR_LEVEL, shanghai=presumed(h.granted_in.within(SHANGHAI)), any_city=ALWAYS)
    return (h.level == "国家级") | ((h.level == "市级") & municipal)


def holder_counts(h: Ref) -> Expr:
    """Whether an honour is the organization's (YP-A23)."""
    return choose(HONOUR_HOLDER, organization=h.holder == "organization", staff_too=ALWAYS)


def honoured(h: Ref) -> Expr:
    """Whether an honour is one that the clause rewards."""
    return all_of(level_counts(h), holder_counts(h), counts_from(h.awarded_on))


def outranked(h: Ref, among: Callable[[Ref], Expr]) -> Expr:
    """Whether another of these honours is higher, or equal and earlier; of equal ones of one day none yields."""
    return organization.honours.any(
        lambda o: all_of(
            honoured(o),
            among(o),
            (reward(o) > reward(h)) | ((reward(o) == reward(h)) & (o.awarded_on < h.awarded_on)),
        )
    )


def unit_rewarded(h: Ref) -> Expr:
    """Whether an honour is the one, or one of those, that are rewarded (YP-A21)."""
    return choose(
        HONOUR_UNIT,
        per_honour=ALWAYS,
        highest_only=~outranked(h, lambda _: ALWAYS),
        highest_per_year=~outranked(h, lambda o: year_of(o.awarded_on) == year_of(h.awarded_on)),
        same_matter_once=~outranked(h, lambda o: o.matter == h.matter),
    )


honour_award = Grant(
    "honour_award",
    "荣誉奖励",
    clause="三(二)2",
    each=honour,
    reach=registered_here,
    when=all_of(
        condition("honour_level", "获得国家级或市级荣誉", level_counts(honour)),
        condition("honour_holder", "荣誉属于该组织", holder_counts(honour)),
        condition("honour_counts", "荣誉时间适用本文件", counts_from(honour.awarded_on)),
        condition("honour_unit", "按计奖单位应奖", unit_rewarded(honour)),
    ),
    amount=exactly(reward(honour)),
    terms=ONCE_PER_ITEM,
)

# ------------------------------------------------------------------------ 三(三) projects, 二(四)1 golden ideas

PROJECT_AMOUNT = reading(
    "project_amount",
    "“项目金额”指预算、合同还是审计金额？",
    "Is the project's amount its budget, its contract or its audited spending?",
    clause="三(三)1",
    default=None,
    because="文本未定义项目金额",
    budget=("预算金额", "the budget"),
    contract=("合同金额", "the contract"),
    audited=("审计金额", "the audited spending"),
)
CAP_UNIT = reading(
    "cap_unit",
    "5万元的上限按每个项目，还是按每个组织每年？",
    "Is the cap of 50,000 for each project, or for an organization and year?",
    clause="三(三)1",
    default="per_project",
    because="上限紧接“入选项目”的配比",
    per_project=("每个项目", "each project"),
    per_organization_and_year=(
        "每个组织每年合计，先入选的先计",
        "an organization and year together, the earlier first",
    ),
)
GOLDEN_IDEA = reading(
    "golden_idea",
    "二(四)1对“金点子”的资金扶持就是三(三)1的配比，还是另一项资助？",
    "Is the support of golden ideas the match of 三(三)1, or a grant of its own?",
    clause="二(四)1",
    default="same_as_venture",
    because="三(三)1落实二(四)1所说的公益创投",
    same_as_venture=("就是公益创投配比", "the same as the venture match"),
    separate=("另一项资助", "a grant of its own"),
)
HALF = Fraction(1, 2)
PROJECT_CAP = yuan(50_000)
AMOUNT_WITH_MATCH = text_gap(
    "project_amount_match",
    "项目金额是否包含配比资金，未写明",
    "Whether the project's amount includes the match is not said",
)


def venture_base(v: Ref) -> Expr:
    """The amount of which half is matched (YP-A24)."""
    return choose(PROJECT_AMOUNT, budget=v.amount, contract=v.contract_amount, audited=v.audited_amount)


def match_sum(v: Ref) -> Expr:
    """Half of a venture's amount, within the cap of one project."""
    return smaller_of(share_of(HALF, venture_base(v)), PROJECT_CAP)


def prize_sum(c: Ref) -> Expr:
    """Half of the amount of a contest's project, within the cap of one project."""
    return smaller_of(share_of(HALF, c.project_amount), PROJECT_CAP)


ONE_CAP_OF_A_DAY = text_gap(
    "cap_unit_day",
    "同一日的项目合计超过上限余额时，各得多少，未写明",
    "How projects of one day share what is left of one cap, where they need more, is not said",
)


def within_cap(
    this: Ref,
    projects: Collection,
    sum_of: Callable[[Ref], Expr],
    day_of: Callable[[Ref], Expr],
    counts: Callable[[Ref], Expr],
) -> Expr:
    """The sum of a project within the cap (YP-A25), which the projects of a year use up in the order of their days.

    Each gets at least what those up to its day leave when they have all they need, and at most what earlier ones leave.
    """
    own, its_day = sum_of(this), day_of(this)

    def of_its_year(taken: Callable[[Ref], Expr]) -> Expr:
        return projects.sum(sum_of, where=lambda p: all_of(counts(p), year_of(day_of(p)) == year_of(its_day), taken(p)))

    others = of_its_year(lambda p: day_of(p) <= its_day) - own
    left_by_others = larger_of(PROJECT_CAP - others, yuan(0))
    left_by_earlier = larger_of(PROJECT_CAP - of_its_year(lambda p: day_of(p) < its_day), yuan(0))
    of_the_day = smaller_of(left_by_earlier, unquantified(ONE_CAP_OF_A_DAY, yuan(0), PROJECT_CAP))
    together = smaller_of(own, larger_of(left_by_others, of_the_day))
    return choose(CAP_UNIT, per_project=own, per_organization_and_year=together)


THIRD_PRIZE = reading(
    "third_prize",
    "“三等奖以上”是否包括三等奖？",
    "Does third prize or above include the third prize?",
    clause="三(三)2",
    default="included",
    because="“以上”包括本数",
    included=("包括", "it does"),
    excluded=("不包括", "it does not"),
)
PRIZE_NAMES = reading(
    "prize_names",
    "不以等次命名的奖（特等、金银铜、冠亚季军）能否对应一至三等奖？",
    "Do prizes under other names (grand, gold, silver, bronze) count as first to third?",
    clause="三(三)2",
    default=None,
    because="文本只说名次",
    by_rank=("按名次对应", "they count by rank"),
    literal=("只认等次之名", "only prizes so named"),
)
SERVICE_SCOPE = reading(
    "service_scope",
    "服务区域与服务对象须均在杨浦，还是有一即可？",
    "Must both the area and the clients be of the district, or one of them?",
    clause="三(三)2",
    default=None,
    because="二者以顿号并列",
    both=("均须在杨浦", "both"),
    either=("有一即可", "one of them"),
)
counts_third = choose(THIRD_PRIZE, included=ALWAYS, excluded=IMPOSSIBLE)
by_rank = choose(PRIZE_NAMES, by_rank=ALWAYS, literal=IMPOSSIBLE)
third_by_rank = by_rank & counts_third
HIGHER_PRIZES = ("特等奖", "金奖", "银奖", "冠军", "亚军")


def level_suffices(c: Ref) -> Expr:
    """Whether a contest is a national or municipal one."""
    return c.level.is_in(["国家级", "市级"])


def prize_suffices(c: Ref) -> Expr:
    """Whether a prize is a third one or better (YP-A26, YP-A27)."""
    return table(
        c.prize,
        {
            "一等奖": ALWAYS,
            "二等奖": ALWAYS,
            "三等奖": counts_third,
            "四等奖": IMPOSSIBLE,
            "优秀奖": IMPOSSIBLE,
            **dict.fromkeys(HIGHER_PRIZES, by_rank),
            "铜奖": third_by_rank,
            "季军": third_by_rank,
        },
        otherwise=untested(
            text_gap(
                "prize_names_other",
                "该奖项名称与一至三等奖如何对应，文本未写明",
                "How this prize maps to first to third is not said",
            )
        ),
    )


def serves_yangpu(c: Ref) -> Expr:
    """Whether a project serves the district (YP-A28)."""
    in_area, for_clients = c.service_division.within(YANGPU), c.clients_division.within(YANGPU)
    return choose(SERVICE_SCOPE, both=in_area & for_clients, either=in_area | for_clients)


def subsidized(c: Ref) -> Expr:
    """Whether a prize is one that 三(三)2 subsidizes."""
    return all_of(level_suffices(c), prize_suffices(c), serves_yangpu(c), counts_from(c.awarded_on))


venture_match = Grant(
    "venture_match",
    "公益创投项目补贴",
    clause="三(三)1",
    each=venture,
    reach=silent_registration("venture_match", "三(三)1", "not_required", "文本以项目入选为条件，不限登记地"),
    when=all_of(
        condition("venture_selected", "项目入选公益创投", venture.is_selected),
        condition(
            "venture_stacking",
            "未以同一项目领取更高的补贴",
            choose(
                STACKING,
                cumulates=ALWAYS,
                one_only=~organization.contest_awards.any(
                    lambda c: all_of(
                        c.name == venture.name, registered_here, subsidized(c), prize_sum(c) >= match_sum(venture)
                    )
                ),
            ),
        ),
    ),
    amount=ceiling(
        within_cap(venture, organization.ventures, match_sum, lambda v: v.selected_on, lambda v: v.is_selected)
    ),
    terms=ONCE_PER_ITEM,
    gaps=(AMOUNT_WITH_MATCH,),
)
golden_idea = Grant(
    "golden_idea",
    "金点子资金扶持",
    clause="二(四)1",
    each=venture,
    reach=choose(GOLDEN_IDEA, same_as_venture=IMPOSSIBLE, separate=exists),
    when=all_of(
        condition("idea_selected", "金点子入选", venture.is_selected),
        condition("is_golden_idea", "是金点子", venture.is_golden_idea),
    ),
    amount=no_figure(text_gap("golden_idea_amount", "“一定的资金扶持”未定数额", "The text gives no figure")),
    terms=ONCE_PER_ITEM,
)

contest_subsidy = Grant(
    "contest_subsidy",
    "创业大赛项目补贴",
    clause="三(三)2",
    also=("二(四)1",),
    each=contest,
    reach=registered_here,
    when=all_of(
        condition("contest_level", "国家级或市级创业大赛", level_suffices(contest)),
        condition("prize_suffices", "获三等奖以上名次", prize_suffices(contest)),
        condition("serves_yangpu", "服务区域、服务对象为杨浦", serves_yangpu(contest)),
        condition("contest_counts", "获奖时间适用本文件", counts_from(contest.awarded_on)),
        condition(
            "contest_stacking",
            "未以同一奖项领取更高的奖励",
            choose(
                STACKING,
                cumulates=ALWAYS,
                one_only=~any_of(
                    organization.honours.any(lambda h: all_of(h.name == contest.name, honoured(h), unit_rewarded(h))),
                    organization.ventures.any(
                        lambda v: all_of(v.name == contest.name, v.is_selected, match_sum(v) > prize_sum(contest))
                    ),
                ),
            ),
        ),
    ),
    amount=exactly(within_cap(contest, organization.contest_awards, prize_sum, lambda c: c.awarded_on, subsidized)),
    terms=ONCE_PER_ITEM,
    gaps=(
        AMOUNT_WITH_MATCH,
        text_gap(
            "service_scope_extent",
            "项目只有一部分服务杨浦时是否符合，文本未写明",
            "Whether a project that serves the district in part qualifies is not said",
        ),
    ),
)

HUBS = ("社区社会组织联合会", "社区基金会", "社会组织服务中心")
HUB_COSTS = reading(
    "hub_costs",
    "保障的是项目经费，还是标题所说的运作经费？",
    "Are project costs covered, or running costs as the heading says?",
    clause="三(三)3",
    default=None,
    because="标题写运作经费，条文写项目经费",
    project_costs=("项目经费", "project costs"),
    running_costs=("运作经费", "running costs"),
)
hub_project_funds = Grant(
    "hub_project_funds",
    "“两会一中心”项目经费",
    clause="三(三)3",
    reach=exists_here & condition("is_hub", "是“两会一中心”", organization.hub_type.is_in(HUBS)),
    when=condition(
        "has_hub_projects",
        "有相关项目",
        choose(HUB_COSTS, project_costs=presumed(organization.hub_projects.any()), running_costs=ALWAYS),
    ),
    discretion="支持和鼓励，结合街道预算与工作进展按实保障",
    amount=no_figure(
        text_gap(
            "hub_costs_amount",
            "按实保障，未定数额；是否为街道的义务也未写明",
            "Covered as needed: no figure, nor whether the street owes it",
        )
    ),
)

# ------------------------------------------------------------------------------------- 三(四) people, in cash

SOCIAL_WORKER = reading(
    "social_worker",
    "谁是“专业社工人才”？",
    "Who is a professional social worker?",
    clause="三(四)1",
    default=None,
    because="文本未定义",
    certified=("持证社工，含助理", "those certified, assistants included"),
    without_assistants=("持证社工，不含助理", "those certified, assistants excluded"),
    certified_or_degree=("持证或社会工作专业毕业", "those certified or with a degree in social work"),
)
SOCIAL_WORKER_EMPLOYER = reading(
    "social_worker_employer",
    "居民委员会的社工是否也在其列？",
    "Are social workers of residents' committees among them?",
    clause="三(四)1",
    default=None,
    because="文件针对社会组织，条文未限用人单位",
    organizations_only=("只限社会组织", "only those of social organizations"),
    committees_too=("居委会的也算", "those of committees too"),
)
SALARY_FORMULA = reading(
    "salary_formula",
    "符合条件即保底每月800元吗？",
    "Are 800 yuan a month due once somebody qualifies?",
    clause="三(四)1",
    default="guaranteed",
    because="条文给出区间，下限即为保底",
    guaranteed=("保底800元", "800 yuan are due"),
    not_guaranteed=("可以更低", "it may be less"),
)
CONTRACT_WORD = reading(
    "contract_word",
    "“劳务合同”是否也包括劳动合同？",
    "Does a labour contract prove employment as a service contract does?",
    clause="三(四)3",
    default="either",
    because="目的在证明从业关系",
    either=("任一种均可证明", "either proves it"),
    service_contract_only=("只认劳务合同", "only a service contract"),
)
CONTRIBUTION = reading(
    "contribution",
    "项目组织与人才培养须两方面都有创新贡献，还是有一即可？",
    "Must the contribution be in both projects and training, or in one?",
    clause="三(四)3",
    default="both",
    because="从严：二者并列且须证明",
    both=("两方面都要", "in both"),
    either=("有一即可", "in one of them"),
)
SENIOR_TIMING = reading(
    "senior_timing",
    "入职之前评上高级社工师的是否奖励？",
    "Does a title won before joining the organization count?",
    clause="三(四)3",
    default=None,
    because="文本未说评定时须在职",
    any_time=("是，不问先后", "yes, at any time"),
    after_joining=(
        "须入职后评上（入职日期未记的，推定符合）",
        "only after joining (presumed where no date is recorded)",
    ),
)
IMPLEMENTING_RULES = reading(
    "implementing_rules",
    "实施细则出台之前能否发放？",
    "Is it payable before the implementing rules exist?",
    clause="三(四)3",
    default=None,
    because="条文先说制订细则，未说以其为前提",
    required=("须待细则施行", "only once they are in force"),
    not_required=("不必等待", "without waiting for them"),
)
earns_senior_award = all_of(
    is_employed,
    condition(
        "contract_proves_employment",
        "有合同证明从业",
        choose(
            CONTRACT_WORD,
            either=member.contract.is_in(["劳务合同", "劳动合同"]),
            service_contract_only=member.contract == "劳务合同",
        ),
    ),
    condition(
        "has_senior_title",
        "被评为高级社工师",
        member.has_senior_title & presumed(member.senior_title_on <= AS_OF),
    ),
    condition(
        "contribution",
        "有创新贡献",
        choose(
            CONTRIBUTION,
            both=member.has_project_innovation & member.has_training_innovation,
            either=member.has_project_innovation | member.has_training_innovation,
        ),
    ),
    condition("title_counts", "评定时间适用本文件", counts_from(member.senior_title_on)),
    condition(
        "senior_timing",
        "评定与入职的先后符合",
        choose(SENIOR_TIMING, any_time=ALWAYS, after_joining=presumed(member.senior_title_on >= member.joined_on)),
    ),
    condition(
        "implementing_rules",
        "实施细则不妨碍发放",
        choose(IMPLEMENTING_RULES, required=organization.implementing_rules_in_force, not_required=ALWAYS),
    ),
)
senior_takes_all = condition(
    "person_stacking",
    "未以同一人领取更高的奖励",
    choose(STACKING, cumulates=ALWAYS, one_only=~(registered_here & earns_senior_award)),
)
is_social_worker = condition(
    "is_social_worker",
    "是专业社工人才",
    choose(
        SOCIAL_WORKER,
        certified=member.certificate.is_in(CERTIFIED),
        without_assistants=member.certificate.is_in(["社会工作师", "高级社会工作师"]),
        certified_or_degree=member.certificate.is_in(CERTIFIED) | (member.degree == "社会工作"),
    ),
)
salary_subsidy = Grant(
    "salary_subsidy",
    "社工薪酬补贴",
    clause="三(四)1",
    each=member,
    payee="person",
    reach=silent_registration("salary_subsidy", "三(四)1", "not_required", "文本只说专业社工人才，不限登记地"),
    when=all_of(
        is_employed,
        is_social_worker,
        condition(
            "works_for_organization",
            "用人单位符合",
            choose(
                SOCIAL_WORKER_EMPLOYER,
                organizations_only=presumed(member.employer != "居民委员会"),
                committees_too=ALWAYS,
            ),
        ),
        senior_takes_all,
    ),
    amount=monthly(between(choose(SALARY_FORMULA, guaranteed=yuan(800), not_guaranteed=yuan(0)), yuan(2_000))),
    terms=each_month(),
    gaps=(
        text_gap(
            "salary_formula_details",
            "资质、绩效、年限如何折算，以及月数上限、领取人、全职要求，文本未写明",
            "How qualification, performance and years are weighed, and for how many months, is not said",
        ),
    ),
)

SUPERVISOR = reading(
    "supervisor",
    "优秀督导是否包括高校教师等外部督导？",
    "May an external supervisor (a university teacher) be an outstanding one?",
    clause="三(四)2",
    default=None,
    because="二(五)2并提内部与外部督导，三(四)2未限",
    internal_and_external=("内部、外部均可", "internal and external ones"),
    internal_only=("只限内部督导", "internal ones only"),
)
SUPERVISOR_AGAIN = reading(
    "supervisor_again",
    "同一人可否在不同年度再次获奖？",
    "May a person win again in another year?",
    clause="三(四)2",
    default=None,
    because="文本只说每年评选",
    again=("可以", "yes"),
    once_in_all=("只奖一次", "only once in all"),
)
SUPERVISOR_YEAR = reading(
    "supervisor_year",
    "当选当年没有申请或付款的，以后年度可否补领？",
    "May an award be claimed and paid in a year after that of the selection?",
    clause="三(四)2",
    default=None,
    because="文本只写每年评选，未定申请、付款的期限",
    same_year=("只在当选当年", "only in the year of the selection"),
    any_later_year=(
        "计划期内（2021—2025年）当选的，以后年度均可补领",
        "of the years 2021-2025, in any later year as well",
    ),
)
SUPERVISOR_QUOTA = reading(
    "supervisor_quota",
    "每年两名是定数还是上限？",
    "Are two a year the number, or at most?",
    clause="三(四)2",
    default=None,
    because="文本只写两名",
    exactly_two=("定数", "exactly two"),
    at_most_two=("上限", "at most two"),
)
FIRST_YEAR, LAST_YEAR = 2021, 2025
SUPERVISOR_SUM = yuan(5_000)


def selected_until(year: Expr) -> list[Expr]:
    """For each year of the plan: whether a supervisor was selected in it, not after `year`; then for `year` itself."""
    selected_in = member.supervisor_selected_in
    of_the_plan = [all_of(selected_in.contains(y), year >= y) for y in range(FIRST_YEAR, LAST_YEAR + 1)]
    return [*of_the_plan, all_of(selected_in.contains(year), year > LAST_YEAR)]


def supervisor_awards() -> Expr:
    """How many awards there are so far, where one may be claimed later; one where that is undecided."""
    each_year = functools.reduce(operator.add, (if_else(s, 1, 0) for s in selected_until(THIS_YEAR)))
    return choose(SUPERVISOR_AGAIN, again=larger_of(each_year, 1), once_in_all=1)


def supervisor_credit(p: Ref) -> Expr:
    """What a payment counts for: the award of this year, or one of those so far."""
    paid_in = year_of(p.paid_on)
    return if_else(
        choose(SUPERVISOR_YEAR, same_year=paid_in == THIS_YEAR, any_later_year=any_of(*selected_until(paid_in))),
        SUPERVISOR_SUM,
        yuan(0),
    )


supervisor_award = Grant(
    "supervisor_award",
    "优秀督导奖励",
    clause="三(四)2",
    each=member,
    payee="person",
    reach=silent_registration("supervisor_award", "三(四)2", "not_required", "文本只说评选，不限登记地"),
    when=all_of(
        condition(
            "supervisor_selected",
            "当选优秀督导",
            choose(
                SUPERVISOR_YEAR,
                same_year=member.supervisor_selected_in.contains(THIS_YEAR),
                any_later_year=any_of(*selected_until(THIS_YEAR)),
            ),
        ),
        condition(
            "supervisor_kind",
            "督导类型符合",
            choose(SUPERVISOR, internal_and_external=ALWAYS, internal_only=member.supervisor_kind == "internal"),
        ),
        condition(
            "supervisor_again",
            "以往获奖不妨碍",
            choose(
                SUPERVISOR_AGAIN,
                again=ALWAYS,
                once_in_all=~payments.any(
                    lambda p: all_of(
                        p.provision.is_in(["supervisor_award", "yangpu.supervisor_award"]),
                        goes_by(p.item, member, "name"),
                        year_of(p.paid_on) < THIS_YEAR,
                    )
                ),
            ),
        ),
        senior_takes_all,
        condition(
            "salary_pays_more",
            "未以同一人领取薪酬补贴",
            choose(STACKING, cumulates=ALWAYS, one_only=~(is_employed & is_social_worker)),
        ),
    ),
    amount=exactly(choose(SUPERVISOR_YEAR, same_year=1, any_later_year=supervisor_awards()) * SUPERVISOR_SUM),
    terms=top_up(credit=supervisor_credit),
)
selected_this_year = jurisdiction.supervisors_selected.sum(lambda s: s.count, where=lambda s: s.year == THIS_YEAR)
supervisor_selection = Duty(
    "supervisor_selection",
    "每年评选优秀督导",
    clause="三(四)2",
    reach=is_the_district,
    when=condition(
        "selection_done",
        "本年评选人数符合",
        choose(
            SUPERVISOR_QUOTA,
            exactly_two=selected_this_year == 2,
            at_most_two=(selected_this_year <= 2) & (selected_this_year >= 1),
        ),
    ),
    who="区民政局",
    action="每年评选两名优秀督导",
)

senior_social_worker_award = Grant(
    "senior_social_worker_award",
    "高级社工师奖励",
    clause="三(四)3",
    each=member,
    payee="person",
    reach=registered_here,
    when=earns_senior_award,
    amount=exactly(yuan(30_000)),
    terms=ONCE_PER_ITEM,
)

PACK = Pack(
    "yangpu",
    "杨浦区社会组织培育发展扶持政策",
    "2021-07-21",
    SOURCE,
    (
        registered_capital,
        opening_subsidy,
        rent_subsidy,
        grade_award,
        honour_award,
        venture_match,
        contest_subsidy,
        hub_project_funds,
        salary_subsidy,
        supervisor_award,
        senior_social_worker_award,
        golden_idea,
        base_space,
        founders_internship,
        practice_space,
        incubation_support,
        preferred_list,
        public_base_exit,
        exam_training,
        continuing_education,
        governance_training,
        senior_exam,
        talent_recommendation,
        community_delegate,
        party_building_plan,
        party_charter,
        target_layout,
        target_organizations,
        target_social_workers,
        target_data,
        party_meetings,
        index_publication,
        yearly_summit,
        supervisor_selection,
    ),
    force=in_force,
    divisions=(YANGPU,),
    known=(
        Known("never_met:preferred_list", "五个方面的权重与门槛未定，是否列入无从认定"),
        Known("never_met:public_base_exit", "淘汰标准在本市公益基地管理办法中，本文件没有"),
        *(
            Known(f"implied_test:honour_award:honour_unit.{test}", "能胜过一项应奖荣誉的，级别和日期必已符合")
            for test in ("level#2", "level#6", "awarded_on#5", "level#10")
        ),
        *(
            Known(f"implied_test:contest_subsidy:contest_stacking.{test}", "能胜过一项应奖荣誉的，级别和日期必已符合")
            for test in ("level#4", "level#8", "awarded_on#7", "level#12")
        ),
        Known("implied_test:contest_subsidy:low.awarded_on#6", "与适用本文件的奖项同年获得的，也适用"),
        *(
            Known(f"implied_test:supervisor_award:{test}", "施行期始于 2021 年，其时 2021 年必已到来")
            for test in ("supervisor_selected.as_of", "supervisor_selected.as_of#6", "low.as_of")
        ),
        Known("implied_test:base_space:in_a_stage.stage", "阶段只有这三种，已知所处阶段的即符合"),
        Known("needless_test:incubation_support:exists.status", "已备案的也可拟登记，两类对象都包括它"),
        *(
            Known(f"overlap:{both}", "同一项目或个人能否同时享受，由对文本的理解 stacking 决定")
            for both in (
                "venture_match+golden_idea",
                "salary_subsidy+supervisor_award",
                "salary_subsidy+senior_social_worker_award",
                "supervisor_award+senior_social_worker_award",
            )
        ),
    ),
)
