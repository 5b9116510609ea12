"""Xinjin (Chengdu): the county's plan of 2016 to develop social organizations faster.

In force from its day of issue, whose separators the published text has lost. The county became Xinjin District in 2020.
Each provision stands in the order of the document, its readings before it; `SOURCE` accounts for every numbered
clause. Duties are met where they apply, save those marked as met when fulfilled.
"""

from __future__ import annotations

from fractions import Fraction

from socorg_rules.calendar import NEVER, years
from socorg_rules.expr import ALWAYS, IMPOSSIBLE, Expr, all_of
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import (
    Duty,
    Grant,
    Measure,
    Qualification,
    Route,
    Sanction,
    Standard,
    Support,
    Target,
    no_figure,
)
from socorg_rules.reading import reading
from socorg_rules.refs import Ref, root
from socorg_rules.vocabulary import Jurisdiction, Organization
from socorg_rules.words import (
    AS_OF,
    THIS_YEAR,
    YEAR_END,
    after,
    choose,
    condition,
    day,
    if_else,
    presumed,
    ratio,
    smaller_of,
    stated_or,
    text_gap,
    untested,
    year_of,
)

XINJIN = ("510118", "510132")  # the district since 2020, the county before
THE_COUNTY_ITSELF = ("510118", "510118000", "510118000000", "510132", "510132000", "510132000000")
COUNTY_ENDED = day("2020-06-18")  # 川府函〔2020〕127号

organization = root(Organization)
jurisdiction = root(Jurisdiction)

# ------------------------------------------------------------------------------------------- the document

SOURCE = Source(
    title="关于加快培育发展社会组织的实施方案",
    authority="中共新津县委办公室、新津县人民政府办公室",
    number="新委办〔2016〕2号",
    issued_on="2016-01-12",
    clauses=(
        Clause("一", "指导思想", none="只述宗旨，不设条件"),
        Clause("二", "基本原则", none="部分标题"),
        Clause("二(一)", "转变职能", none="工作原则，不设条件"),
        Clause("二(二)", "分类培育", none="工作原则；重点类别见四(一)1"),
        Clause("二(三)", "规范发展", none="工作原则，不设条件"),
        Clause("三", "总体目标"),
        Clause("四", "主要任务", none="部分标题"),
        Clause("四(一)", "登记管理改革", none="小节标题"),
        Clause("四(一)1", "直接登记"),
        Clause("四(一)2", "备案登记"),
        Clause("四(一)3", "一业多会"),
        Clause("四(一)4", "政社脱钩"),
        Clause("四(二)", "购买服务制度", none="小节标题"),
        Clause("四(二)5", "购买服务的实施意见", none="只安排制定另一文件及购买目录，本身不设条件"),
        Clause("四(二)6", "绩效评估办法与评估等级挂钩"),
        Clause("四(三)", "四个平台", none="小节标题"),
        Clause("四(三)7", "枢纽型管理平台", none="主管部门内部的工作体系，没有可检验的门槛"),
        Clause("四(三)8", "孵化平台"),
        Clause("四(三)9", "信息沟通平台", none="网络与媒体的建设安排，没有数量与期限"),
        Clause("四(三)10", "志愿者与社工培养平台"),
        Clause("四(四)", "四个库", none="小节标题"),
        Clause("四(四)11", "公共服务项目库", none="征集与打造项目的工作，没有入库条件"),
        Clause("四(四)12", "社会组织信息库"),
        Clause("四(四)13", "社工与志愿者数据库", none="收集数据的工作，没有列明字段或期限"),
        Clause("四(四)14", "专家库", none="组织专家的工作，没有入库条件"),
        Clause("四(五)", "促进发展", none="小节标题"),
        Clause("四(五)15", "党建责任"),
        Clause("四(五)16", "内部制度", none="健全治理结构的一般要求，没有检验标准和后果"),
        Clause("四(五)17", "自律与诚信", none="完善与倡导的一般要求，没有检验标准和后果"),
        Clause("四(五)18", "三社互动"),
        Clause("四(五)19", "参与社会治理", none="只作鼓励，既无对象条件也无所给之物"),
        Clause("四(五)20", "示范型社会组织"),
        Clause("四(六)", "监督和扶持", none="小节标题"),
        Clause("四(六)21", "分类监管与年检"),
        Clause("四(六)22", "资金扶持"),
        Clause("五", "保障措施", none="部分标题"),
        Clause("五(一)", "联席会议", none="议事机构的组成与分工，没有次数或期限"),
        Clause("五(二)", "专项资金"),
        Clause("五(三)", "宣传", none="宣传与展示的安排，没有次数或期限"),
        Clause("五(四)", "督查考核"),
        Clause("六", "施行与解释"),
    ),
)

# ----------------------------------------------------------------------------------------- reach and force

ISSUE_DATE = reading(
    "issue_date",
    "落款日期失去了分隔，作“2016112”：文件何日印发？",
    "The date line has lost its separators (2016112): when was the document issued?",
    clause="六",
    default="january_12",
    because="系当年2号文件，3月7日已公开，不可能是11月",
    january_12=("2016年1月12日", "on 2016-01-12"),
    november_2=("2016年11月2日", "on 2016-11-02"),
    posting=("以公开之日2016年3月7日为准", "the day it was posted, 2016-03-07"),
)
SUCCESSOR = reading(
    "successor",
    "2020年撤县设区后，本方案在新津区是否继续有效？",
    "Is the plan still in force since the county became a district in 2020?",
    clause="六",
    default=None,
    because="文本未定有效期，也未及建制变更",
    continues=("继续有效，县级机关的职责由区级机关承接", "it is; the district's offices take the county's place"),
    ended_with_county=("至撤县为止", "it ended with the county"),
)
issued = choose(ISSUE_DATE, january_12=day("2016-01-12"), november_2=day("2016-11-02"), posting=day("2016-03-07"))
in_force = condition(
    "in_force",
    "在施行期内",
    (AS_OF >= issued) & choose(SUCCESSOR, continues=ALWAYS, ended_with_county=AS_OF < COUNTY_ENDED),
    clause="六",
)

in_xinjin = condition("in_xinjin", "在新津", organization.division.within(*XINJIN))
# Whoever is registered has been established, unless the case gives a later day.
established = condition("established", "已经成立", presumed(organization.established_on <= AS_OF))
registered_here = condition(
    "registered_here", "在新津登记", all_of(in_xinjin, organization.status == "registered", established)
)
is_filed = condition("is_filed", "已备案", organization.status == "filed")
exists = condition(
    "exists", "是已登记或已备案的社会组织", is_filed | ((organization.status == "registered") & established)
)
exists_here = in_xinjin & exists
seeks_registration_here = condition(
    "seeks_registration_here", "拟在新津登记或备案", in_xinjin & organization.status.is_in(["planned", "filed"])
)
is_the_county = condition(
    "is_the_county",
    "是新津县（区）本级",
    jurisdiction.division.is_in(THE_COUNTY_ITSELF) & presumed(jurisdiction.level.is_in(["county", "district"])),
)
in_the_county = condition("in_the_county", "是新津县（区）或其所辖", jurisdiction.division.within(*XINJIN))


def registered_there(o: Ref) -> Expr:
    """Whether an organization of the county's list is registered in Xinjin."""
    return all_of(o.status == "registered", o.division.within(*XINJIN), presumed(o.established_on <= AS_OF))


def filed_there(o: Ref) -> Expr:
    """Whether an organization of the county's list is filed in Xinjin."""
    return (o.status == "filed") & o.division.within(*XINJIN)


INDUSTRY, SCIENCE, CHARITY, COMMUNITY = "行业协会商会类", "科技类", "公益慈善类", "城乡社区服务类"

# ------------------------------------------------------------------------------------------ 三 targets of the county

THREE_YEARS = reading(
    "three_years",
    "“三年内”自印发之日起算，还是指2016至2018三个年度？",
    "Do the three years run from the day of issue, or are they 2016 to 2018?",
    clause="三",
    default="from_issue",
    because="方案自印发之日起实施，期间从该日起算",
    from_issue=("自印发之日起满三年", "three years from the day of issue"),
    calendar=("至2018年底", "to the end of 2018"),
)
in_three_years = choose(THREE_YEARS, from_issue=after(issued, years(3)), calendar=day("2018-12-31"))

COUNTS_OF_COMMUNITY = reading(
    "200_180",
    "180家是200家登记组织之中的数，还是连同引进、备案另行计算？",
    "Are the 180 part of the 200 registered, or counted apart with those filed or brought in?",
    clause="三",
    default="two_counts",
    because="“其中”之后的括号明写引进与备案，不能都在登记数之内",
    two_counts=("两个数分别计算", "two counts apart"),
    registered_only=("180家也须已登记", "the 180 must be registered too"),
)
PERCENT_BASE = reading(
    "percent_base",
    "两个百分比所指的全县社会组织是否包括备案的？",
    "Do the two percentages include organizations that are only filed?",
    clause="三",
    default="registered_only",
    because="评估与承接职能以登记为前提",
    registered_only=("只计登记的", "only those registered"),
    filed_too=("备案的也计", "those filed too"),
)
PERCENT_BASE_DUE = reading(
    "percent_base_due",
    "80%以全部社会组织为基数，还是以应参评的为基数？",
    "Is the 80% of all organizations, or of those due for assessment?",
    clause="三",
    default=None,
    because="文本只说全县，未及参评条件",
    all_organizations=("全部", "of all"),
    those_due=("应参加评估的", "of those due for assessment"),
)
PERCENT_BASE_PASSED = reading(
    "percent_base_passed",
    "“通过等级评估”指获得任一等级，还是3A以上？",
    "Does passing the assessment mean any grade, or 3A and above?",
    clause="三",
    default=None,
    because="文本未写等级",
    any_grade=("任一等级", "any grade"),
    grade_3a=("3A以上", "3A and above"),
)
PERCENT_BASE_PERIOD = reading(
    "percent_base_period",
    "80%、20%两项是否也须在三年内达到？",
    "Are the 80% and the 20% due within the three years too?",
    clause="三",
    default=None,
    because="“三年内”写在200家之前，是否统领其后各项不明",
    three_years=("也在三年内", "within the three years too"),
    undated=("未定期限", "no date is set"),
)


def in_percent_base(o: Ref) -> Expr:
    """Whether an organization is one of those of which a share is asked (XJ-A4)."""
    return choose(PERCENT_BASE, registered_only=registered_there(o), filed_too=registered_there(o) | filed_there(o))


def is_assessable(o: Ref) -> Expr:
    """Whether an organization is one of those of which 80% should pass the assessment (XJ-A4)."""
    due = choose(PERCENT_BASE_DUE, all_organizations=ALWAYS, those_due=o.is_due_for_assessment)
    return in_percent_base(o) & due


def has_passed(o: Ref) -> Expr:
    """Whether an organization has passed the assessment (XJ-A4)."""
    return choose(
        PERCENT_BASE_PASSED,
        any_grade=o.assessments.any(),
        grade_3a=o.assessments.any(lambda a: a.grade.is_in(["5A", "4A", "3A"])),
    )


percent_due = choose(PERCENT_BASE_PERIOD, three_years=in_three_years, undated=NEVER)
organizations = jurisdiction.organizations

target_registered = Target(
    "target_registered",
    "登记社会组织数目标",
    clause="三",
    reach=is_the_county,
    measure=Measure(stated_or(jurisdiction.registered_organizations, organizations.count(registered_there)), 200, "家"),
    due=in_three_years,
)
target_community_service = Target(
    "target_community_service",
    "城乡社区服务类组织数目标",
    clause="三",
    reach=is_the_county,
    measure=Measure(
        choose(
            COUNTS_OF_COMMUNITY,
            two_counts=stated_or(
                jurisdiction.community_service_all,
                # One that is listed here and registered elsewhere is brought in.
                organizations.count(
                    lambda o: all_of(
                        o.category == COMMUNITY,
                        (o.status == "filed") | ((o.status == "registered") & presumed(o.established_on <= AS_OF)),
                    )
                ),
            ),
            registered_only=stated_or(
                jurisdiction.community_service_registered,
                organizations.count(lambda o: (o.category == COMMUNITY) & registered_there(o)),
            ),
        ),
        180,
        "家",
    ),
    due=in_three_years,
)
target_assessed = Target(
    "target_assessed",
    "通过等级评估的占比目标",
    clause="三",
    reach=is_the_county,
    measure=Measure(
        stated_or(
            jurisdiction.share_passed_assessment,
            ratio(
                organizations.count(lambda o: is_assessable(o) & has_passed(o)),
                organizations.count(is_assessable),
            ),
        ),
        Fraction(80, 100),
        "",
    ),
    due=percent_due,
)
target_functions = Target(
    "target_functions",
    "能承担政府职能的占比目标",
    clause="三",
    reach=is_the_county,
    measure=Measure(
        stated_or(
            jurisdiction.share_can_take_functions,
            ratio(
                organizations.count(lambda o: in_percent_base(o) & o.can_take_functions),
                organizations.count(in_percent_base),
            ),
        ),
        Fraction(20, 100),
        "",
    ),
    due=percent_due,
)

# ------------------------------------------------------------------------------------- 四(一) ways to registration

LICENCE = reading(
    "licence",
    "法律、行政法规要求先取得许可证的，取得之后能否直接登记？",
    "May an organization that needs a licence first register directly once it holds it?",
    clause="四(一)1",
    default="excluded",
    because="条文把须先取得许可的除外，未说取得后即可",
    excluded=("不能，不适用直接登记", "no, the direct way is closed to it"),
    once_licensed=("取得许可后可以", "yes, once it holds the licence"),
)
no_licence_first = ~organization.prior_licence_basis.is_in(["法律", "行政法规"])
direct_registration = Route(
    "direct_registration",
    "直接登记",
    clause="四(一)1",
    reach=seeks_registration_here,
    when=all_of(
        condition(
            "of_the_four_kinds",
            "属四类之一",
            organization.category.is_in([INDUSTRY, SCIENCE, CHARITY, COMMUNITY]),
        ),
        condition(
            "licence_allows",
            "无须先取得许可",
            choose(
                LICENCE, excluded=no_licence_first, once_licensed=no_licence_first | organization.prior_licence_held
            ),
        ),
    ),
    result="县行政审批局（可征询有关部门意见）",
)

MAINLY = reading(
    "mainly",
    "“主要依靠”以收入的多大比例为准？（未直接认定时）",
    "From which share of the income does an organization mainly live on a source? (where not judged directly)",
    clause="四(六)21",
    default=None,
    because="文本未定比例",
    over_half=("超过一半", "more than half"),
    half_or_more=("一半以上，含一半", "half or more"),
)
MAINLY_SOURCES = reading(
    "mainly_sources",
    "公众捐赠与政府扶持合并计算，还是须有一项单独达到？",
    "Are donations and state support added up, or must one of them suffice alone?",
    clause="四(六)21",
    default=None,
    because="二者以顿号并列",
    summed=("合并计算", "added up"),
    each=("有一项单独达到", "one of them alone"),
)
COMPULSORY_OR_FILING = reading(
    "compulsory_or_filing",
    "须强制注册的公益慈善类组织不具备登记条件时，能否先备案？",
    "May a charity that must register be filed first while it does not meet the conditions?",
    clause="四(六)21",
    default=None,
    because="四(一)2准许先备案，四(六)21要求强制注册，未说孰先",
    registration_prevails=("不能，强制注册优先", "no, compulsory registration prevails"),
    filing_allowed=("可以先备案", "yes, it may be filed first"),
)
FILING_TYPE = reading(
    "filing_type",
    "文体娱乐、互助等非公益服务型的组织能否先备案？",
    "May groups for recreation or mutual aid, which are no public service, be filed first?",
    clause="四(一)2",
    default="public_service_only",
    because="条文限于公益服务型",
    public_service_only=("不能，只限公益服务型", "no, public service only"),
    any_type=("可以，直接服务于社区即可", "yes, serving the community directly is enough"),
)
UPGRADE = reading(
    "upgrade",
    "备案后具备登记条件的，是必须登记还是可以登记？",
    "Must a filed organization register once it meets the conditions, or may it?",
    clause="四(一)2",
    default=None,
    because="条文只说具备条件后登记，未说必须",
    compulsory=("必须登记", "it must"),
    optional=("可以登记", "it may"),
)

HALF = Fraction(1, 2)
donations, state_support = organization.income_share_donations, organization.income_share_state
mainly = stated_or(
    organization.lives_mainly_on_donations_or_state,
    choose(
        MAINLY_SOURCES,
        summed=choose(
            MAINLY,
            over_half=donations + state_support > HALF,
            half_or_more=donations + state_support >= HALF,
        ),
        each=choose(
            MAINLY,
            over_half=(donations > HALF) | (state_support > HALF),
            half_or_more=(donations >= HALF) | (state_support >= HALF),
        ),
    ),
)
is_charity = condition("is_charity", "属公益慈善类", organization.category == CHARITY)
lives_on_others = condition("lives_on_others", "主要靠捐赠或政府扶持", mainly, clause="四(六)21")

community_registration = Route(
    "community_registration",
    "城乡社区社会组织登记",
    clause="四(一)2",
    reach=seeks_registration_here,
    when=all_of(
        condition("is_community_organization", "是社区社会组织", organization.is_community_organization),
        condition("meets_conditions", "符合登记条件", organization.meets_registration_conditions),
    ),
    result="县行政审批局",
)
filing_route = Route(
    "filing_route",
    "先行备案",
    clause="四(一)2",
    reach=seeks_registration_here,
    when=all_of(
        condition("lacks_conditions", "不具备登记条件", ~organization.meets_registration_conditions),
        condition("serves_directly", "直接服务于城乡社区、村组", organization.serves_community_directly),
        condition(
            "filing_type",
            "类型符合",
            choose(FILING_TYPE, public_service_only=organization.is_public_welfare, any_type=ALWAYS),
        ),
        condition(
            "not_compelled",
            "不属须强制注册的",
            choose(
                COMPULSORY_OR_FILING,
                registration_prevails=~(is_charity & lives_on_others),
                filing_allowed=ALWAYS,
            ),
        ),
    ),
    result="镇乡（街道）",
)
filing_upgrade = Duty(
    "filing_upgrade",
    "备案后转为登记",
    clause="四(一)2",
    reach=in_xinjin & is_filed,
    when=all_of(
        condition("now_meets_conditions", "已具备登记条件", organization.meets_registration_conditions),
        condition("upgrade_is_due", "须转为登记", choose(UPGRADE, compulsory=ALWAYS, optional=IMPOSSIBLE)),
    ),
    who="已备案的社会组织",
    action="在县行政审批局登记",
    gaps=(
        text_gap(
            "upgrade_deadline",
            "具备登记条件后多久须登记，未写明",
            "By when it must register once it meets the conditions is not said",
        ),
    ),
)

MULTI = reading(
    "multi",
    "“可按小类设立”之外，能否按大类、中类设立多个行业协会商会？",
    "May several associations also be founded by the coarser classes, as they may by the smallest?",
    clause="四(一)3",
    default=None,
    because="“可”字只举小类，又称取消各种限制",
    small_class_only=("只能按小类", "by the smallest class only"),
    coarser_too=("大类、中类也可", "by the coarser ones too"),
)
multiple_associations = Route(
    "multiple_associations",
    "一业多会",
    clause="四(一)3",
    reach=seeks_registration_here,
    when=all_of(
        condition("is_industry_association", "属行业协会商会类", organization.category == INDUSTRY),
        condition(
            "basis_allows",
            "划分依据符合",
            choose(MULTI, small_class_only=organization.industry_level == "小类", coarser_too=ALWAYS)
            | organization.association_basis.is_in(["产业链环节", "经营方式", "服务类型"]),
        ),
    ),
    result=if_else(
        organization.same_industry_association_exists,
        "可与已有的同业协会商会并存，也可跨区域",
        "可以设立，也可跨区域",
    ),
)
decoupling = Duty(  # met when fulfilled
    "decoupling",
    "与主管部门脱钩",
    clause="四(一)4",
    reach=exists_here & condition("has_supervising_unit", "有业务主管单位", organization.has_supervising_unit),
    when=all_of(
        *(
            condition(id_, f"{aspect}已脱钩", organization.decoupled_in.contains(aspect))
            for id_, aspect in (
                ("staff_apart", "人员"),
                ("finance_apart", "财务"),
                ("body_apart", "机构"),
                ("functions_apart", "职能"),
            )
        )
    ),
    who="社会组织与其主管部门",
    action="逐步在人员、财务、机构、职能上脱钩",
    gaps=(
        text_gap(
            "decoupling_scope",
            "哪些组织、分几步、何时完成，留待另定细则",
            "Which organizations, in which steps and by when is left to rules still to be made",
        ),
    ),
)

# ---------------------------------------------------------------- 四(二) to 四(四) purchase, platforms, libraries

grade_link = Qualification(
    "grade_link",
    "承接政府购买的资质",
    clause="四(二)6",
    reach=exists_here,
    when=condition(
        "grade_suffices",
        "评估等级达到要求",
        untested(
            text_gap(
                "grade_link",
                "承接购买服务须达到哪一评估等级，留待另定办法",
                "Which grade is needed for purchased services is left to rules still to be made",
            )
        ),
    ),
    result="承接政府购买服务项目",
)
facilities = jurisdiction.facilities


def is_completed(facility: Ref, kind: str) -> Expr:
    """Whether a facility of the county's list is of a kind, in Xinjin, and completed as far as the case tells."""
    return all_of(
        facility.kind == kind,
        facility.division.within(*XINJIN),
        presumed(facility.completed_on <= AS_OF),
    )


incubation_network = Target(
    "incubation_network",
    "孵化园与孵化站",
    clause="四(三)8",
    reach=is_the_county,
    when=condition(
        "county_park",
        "县级孵化园已建成",
        stated_or(jurisdiction.county_parks, facilities.count(lambda x: is_completed(x, "park"))) >= 1,
    ),
    measure=Measure(
        stated_or(jurisdiction.township_stations, facilities.count(lambda x: is_completed(x, "township_base"))),
        12,
        "个",
    ),
)
incubation_support = Support(
    "incubation_support",
    "孵化支持",
    clause="四(三)8",
    reach=exists_here,
    when=condition(
        "is_early",
        "处于建立初期",
        untested(
            text_gap("early_stage", "成立多久以内是建立初期，未写明", "How long the initial period lasts is not said")
        ),
    ),
    result="孵化园的场地、资金、信息、推介支持，项目设计与人才培训",
)
county_associations = Target(
    "county_associations",
    "社工服务协会与志愿者协会",
    clause="四(三)10",
    reach=is_the_county,
    when=all_of(
        condition("social_work_association", "社工服务协会已成立", jurisdiction.has_social_work_association),
        condition("volunteer_association", "志愿者协会已成立", jurisdiction.has_volunteer_association),
    ),
)


def is_on_staff(s: Ref) -> Expr:
    """Whether somebody listed works there: unless it is told otherwise, or they join later."""
    return presumed(s.is_employed & (s.joined_on <= AS_OF))


member = organization.staff.each
exam_encouragement = Qualification(
    "exam_encouragement",
    "参加社工职业水平考试",
    clause="四(三)10",
    each=member,
    reach=exists_here,
    when=condition("is_employed", "在该组织从业", is_on_staff(member)),
    discretion="鼓励参加考试",
)
LIBRARIES = (("registered_library", "登记注册"), ("filed_library", "备案登记"), ("visiting_library", "外来活动"))
CONTENTS = (
    ("names", "名称"),
    ("places", "所在社区"),
    ("ways_of_founding", "成立方式"),
    ("fields_of_activity", "活动领域"),
    ("numbers_of_people", "活动人数"),
    ("leaders", "牵头人"),
    ("contacts", "联系方式"),
)
information_libraries = Standard(
    "information_libraries",
    "社会组织信息库",
    clause="四(四)12",
    reach=is_the_county,
    checklist=(
        *(
            condition(id_, f"有{kind}的社会组织信息库", jurisdiction.information_libraries.contains(kind))
            for id_, kind in LIBRARIES
        ),
        *(
            condition(id_, f"信息库记有{content}", jurisdiction.information_fields.contains(content))
            for id_, content in CONTENTS
        ),
    ),
)

# ------------------------------------------------------------------------------------------- 四(五) development

PARTY_OFFICE_UNNAMED = "文本未写明"
party_responsibility = Duty(
    "party_responsibility",
    "党建工作的责任单位",
    clause="四(五)15",
    reach=exists_here,
    when=condition(
        "office_is_named",
        "文本写明了由谁负责",
        is_filed
        | organization.has_supervising_unit
        | untested(
            text_gap(
                "party_gap",
                "直接登记、没有业务主管单位的组织由谁负责党建，未写明",
                "Who is responsible where a directly registered organization has no supervising unit is not said",
            )
        ),
    ),
    who="业务主管单位；已备案的，为县民政局或所在镇乡（街道）",
    action="负责社会组织的党建工作",
    result=if_else(
        is_filed,
        "县民政局或所在镇乡（街道）",
        if_else(organization.has_supervising_unit, "业务主管单位", PARTY_OFFICE_UNNAMED),
    ),
    gaps=(
        text_gap(
            "party_gap_conditions",
            "何种组织应建立党组织，未写明",
            "Which organizations have to found a Party organization is not said",
        ),
    ),
)

TWENTY = reading(
    "twenty",
    "二十个指社区，还是指项目？",
    "Are the twenty communities, or projects?",
    clause="四(五)18",
    default=None,
    because="“20个城镇社区……项目”两可",
    communities=("二十个社区", "twenty communities"),
    projects=("二十个项目", "twenty projects"),
)
three_society_projects = Target(
    "three_society_projects",
    "三社互动项目目标",
    clause="四(五)18",
    reach=is_the_county,
    measure=Measure(
        choose(
            TWENTY,
            communities=jurisdiction.three_society_communities,
            projects=jurisdiction.three_society_projects,
        ),
        20,
        "个",
    ),
    due=in_three_years,
)

TWELVE = reading(
    "twelve_or_1to2",
    "每类示范组织“12个”是十二个，还是失去了连接号的一至两个？",
    "Are there to be twelve model organizations of each kind, or one to two (the dash being lost)?",
    clause="四(五)20",
    default="one_to_two",
    because="文中他处的连接号也已失去",
    twelve=("每类十二个", "twelve of each kind"),
    one_to_two=("每类一至两个", "one or two of each kind"),
)
of_each_kind = choose(TWELVE, twelve=12, one_to_two=1)


def model_count(stated: Expr, category: str) -> Expr:
    """How many model organizations there are of a kind."""
    return stated_or(
        stated,
        organizations.count(
            lambda o: all_of(o.category == category, registered_there(o) | filed_there(o), o.is_model_organization)
        ),
    )


models = (
    model_count(jurisdiction.model_organizations_industry, INDUSTRY),
    model_count(jurisdiction.model_organizations_charity, CHARITY),
    model_count(jurisdiction.model_organizations_community, COMMUNITY),
)


def as_asked(each: int) -> Expr:
    """The model organizations that count: more of one kind than are asked for do not make up for less of another."""
    return smaller_of(models[0], each) + smaller_of(models[1], each) + smaller_of(models[2], each)


model_organizations = Target(
    "model_organizations",
    "示范型社会组织",
    clause="四(五)20",
    reach=is_the_county,
    when=all_of(
        condition("industry_models", "行业协会类已够", models[0] >= of_each_kind),
        condition("charity_models", "公益慈善类已够", models[1] >= of_each_kind),
        condition("community_models", "城乡社区服务类已够", models[2] >= of_each_kind),
    ),
    measure=Measure(
        choose(TWELVE, twelve=as_asked(12), one_to_two=as_asked(1)), choose(TWELVE, twelve=36, one_to_two=3), "家"
    ),
)

# ------------------------------------------------------------------------------ 四(六) supervision and support

STRICTER = "强制信息披露、审计监督、更严格的监管执法"
REGISTER_AND_STRICTER = f"强制注册、{STRICTER}"
charity_supervision = Duty(
    "charity_supervision",
    "公益慈善类组织的强制要求",
    clause="四(六)21",
    reach=exists_here,
    when=is_charity & lives_on_others,
    who="社会组织与监管部门",
    action="强制注册、信息披露、审计监督，监管执法更严格",
    result=if_else(
        is_filed,
        choose(
            COMPULSORY_OR_FILING,
            registration_prevails=REGISTER_AND_STRICTER,
            filing_allowed=if_else(
                organization.meets_registration_conditions, REGISTER_AND_STRICTER, f"{STRICTER}（注册待具备登记条件）"
            ),
        ),
        STRICTER,
    ),
)
membership_governance = Duty(
    "membership_governance",
    "会员制组织的内部治理",
    clause="四(六)21",
    reach=exists_here,
    when=condition("is_membership_based", "是会员制", organization.is_membership_based),
    who="会员制社会组织",
    action="加强内部治理和会员监督",
)
is_illegal = condition("is_illegal", "是非法社会组织", organization.status == "illegal")
legal_sanction = Sanction(
    "legal_sanction",
    "依法惩处",
    clause="四(六)21",
    reach=in_xinjin & (is_illegal | exists_here),
    when=condition(
        "is_punishable",
        "非法、违背公益性宗旨或危害安全稳定",
        is_illegal | organization.violates_public_welfare_purpose | organization.endangers_security,
    ),
    result="依法惩处和打击",
    gaps=(
        text_gap(
            "sanction_kind",
            "如何惩处、由谁作出，依其他法律，本方案未写明",
            "Which sanction, and by whom, is left to other law",
        ),
    ),
)

FILED_INSPECTION = reading(
    "filed_inspection",
    "每年参加年检的社会组织是否包括备案的？",
    "Do filed organizations have to be inspected every year too?",
    clause="四(六)21",
    default="registered_only",
    because="年检以登记为前提",
    registered_only=("只限登记的", "only those registered"),
    filed_too=("备案的也须参加", "those filed too"),
)
FIRST_INSPECTION = reading(
    "inspection_first_year",
    "成立当年是否也须年检？",
    "Is the year of establishment inspected too?",
    clause="四(六)21",
    default="founding_year",
    because="条文称每年，未将成立当年除外",
    founding_year=("成立当年起", "from the year of establishment on"),
    next_year=("成立次年起", "from the year after on"),
)
annual_inspection = Duty(  # met when fulfilled
    "annual_inspection",
    "参加年检",
    clause="四(六)21",
    reach=choose(FILED_INSPECTION, registered_only=registered_here, filed_too=exists_here)
    & condition(
        "has_year_to_inspect",
        "上一年度须年检",
        choose(
            FIRST_INSPECTION,
            founding_year=presumed(year_of(organization.established_on) < THIS_YEAR),
            next_year=presumed(year_of(organization.established_on) + 1 < THIS_YEAR),
        ),
    ),
    when=condition(
        "last_year_inspected",
        "已参加上一年度的年检",
        organization.annual_inspections.any(lambda i: i.year + 1 == THIS_YEAR),
    ),
    who="社会组织",
    action="每年参加年检；上一年度的年检，最迟在当年年底前参加",
    due=YEAR_END,
)

RESULTS = reading(
    "results",
    "资金扶持是否也给备案的社区社会组织？",
    "Is the money for community organizations that are only filed too?",
    clause="四(六)22",
    default="filed_too",
    because="条文只说社区社会组织，其多为备案",
    filed_too=("备案的也给", "it is"),
    registered_only=("只给登记的", "for those registered only"),
)
result_funding = Grant(
    "result_funding",
    "成效资金扶持",
    clause="四(六)22",
    reach=choose(RESULTS, filed_too=exists_here, registered_only=registered_here),
    when=all_of(
        condition("community_organization", "是社区社会组织", organization.is_community_organization),
        condition("has_results", "参与治理和服务成效显著", organization.has_outstanding_results),
        condition("is_well_liked", "群众满意度较高", organization.has_high_satisfaction),
    ),
    discretion="是否显著、较高由主管部门认定，资金扶持由其酌定",
    amount=no_figure(
        text_gap(
            "results_amount",
            "扶持多少、多久一次、何为显著与较高，未写明",
            "How much, how often, and what makes results outstanding is not said",
        )
    ),
)

# --------------------------------------------------------------------------------------------- 五 safeguards

special_fund = Duty(  # met when fulfilled
    "special_fund",
    "专项资金",
    clause="五(二)",
    reach=is_the_county,
    when=all_of(
        condition("fund_exists", "已设专项资金", jurisdiction.has_special_fund),
        condition("fund_in_budget", "已纳入财政预算", jurisdiction.special_fund_in_budget),
    ),
    who="新津县",
    action="设立社会组织发展专项资金并列入预算",
    gaps=(
        text_gap(
            "fund_rules",
            "专项资金多少、如何申请，未写明",
            "How large the fund is, and how it is applied for, is not said",
        ),
    ),
)
lagging_notice = Sanction(
    "lagging_notice",
    "通报批评",
    clause="五(四)",
    reach=in_the_county,
    when=condition("work_is_lagging", "工作滞后", jurisdiction.work_is_lagging),
    result="县民政局会同县目督办通报批评，并计入年终考核",
)

PACK = Pack(
    "xinjin",
    "新津县培育发展社会组织实施方案",
    "2016-01-12",
    SOURCE,
    provisions=(
        direct_registration,
        community_registration,
        filing_route,
        filing_upgrade,
        multiple_associations,
        decoupling,
        grade_link,
        incubation_support,
        exam_encouragement,
        party_responsibility,
        charity_supervision,
        membership_governance,
        legal_sanction,
        annual_inspection,
        result_funding,
        target_registered,
        target_community_service,
        target_assessed,
        target_functions,
        incubation_network,
        county_associations,
        information_libraries,
        three_society_projects,
        model_organizations,
        special_fund,
        lagging_notice,
    ),
    force=in_force,
    divisions=XINJIN,
    known=(
        Known("never_met:grade_link", "须达到哪一等级留待另定办法"),
        Known("never_met:incubation_support", "成立多久以内是建立初期未写明"),
        Known("implied_test:annual_inspection:established", "上一年度须年检的，必已成立；两处原文各说一次"),
        Known(
            "implied_test:annual_inspection:established.established_on", "上一年度须年检的，必已成立；两处原文各说一次"
        ),
    ),
)
