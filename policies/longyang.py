"""Longyang (Baoshan, Yunnan): the district's plan for incubation bases of community organizations in every township.

Posted on 2021-11-25 without a date of effect, so that nothing here tests whether it is in force. Each provision stands
in the order of the document, its readings before it; `SOURCE` accounts for every numbered clause. The duties are met
when they are fulfilled, save `legal_person_duty`, which is met when it applies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from socorg_rules.calendar import days, last_day, middle_third_end, shift
from socorg_rules.expr import ALWAYS, IMPOSSIBLE, Expr, all_of, any_of, constant
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import Duty, Grant, Measure, Standard, Support, Target, no_figure
from socorg_rules.reading import reading
from socorg_rules.refs import Ref, root
from socorg_rules.vocabulary import Facility, Jurisdiction, Organization
from socorg_rules.words import (
    AS_OF,
    THIS_YEAR,
    YEAR_END,
    Condition,
    choose,
    condition,
    if_else,
    presumed,
    ratio,
    smaller_of,
    stated_or,
    table,
    text_gap,
    untested,
)

LONGYANG = ("530502", "533001")  # until 2001 the city of Baoshan at county level, 533001
THE_DISTRICT_ITSELF = ("530502", "530502000", "530502000000", "533001")
HALF = Fraction(1, 2)

organization = root(Organization)
facility = root(Facility)
jurisdiction = root(Jurisdiction)

# ------------------------------------------------------------------------------------------- the document

SOURCE = Source(
    title="隆阳区乡镇(街道)社区社会组织孵化培育基地建设实施方案",
    authority="隆阳区民政局",
    number="",
    issued_on="2021-11-25",
    clauses=(
        Clause("一", "目标任务"),
        Clause("二", "基本原则", none="部分标题"),
        Clause("二(一)", "分类建设", none="工作原则，不设条件"),
        Clause("二(二)", "因地制宜", none="工作原则，不设条件"),
        Clause("二(三)", "整合资源", none="工作原则，不设条件"),
        Clause("二(四)", "政府主导", none="只说资金以政府投入为主，没有数额或门槛"),
        Clause("三", "设立方式和标准", none="部分标题"),
        Clause("三(一)", "基地的硬件与软件"),
        Clause("三(二)", "运营模式", none="只述工作方式，没有可检验的条件"),
        Clause("三(三)", "人员"),
        Clause("三(四)", "场所与标牌"),
        Clause("三(五)", "经费", none="各部门争取、引导资金，没有数额或门槛"),
        Clause("三(六)", "制度与法人登记"),
        Clause("四", "五项基本功能"),
        Clause("四(一)", "培育扶持"),
        Clause("四(二)", "提升能力"),
        Clause("四(三)", "整合资源"),
        Clause("四(四)", "引导规范"),
        Clause("四(五)", "成果展示"),
        Clause("五", "实施步骤", none="部分标题"),
        Clause("五(一)", "实施计划及其备案"),
        Clause("五(二)", "场所、标牌与建成期限"),
        Clause("五(三)", "服务领域"),
        Clause("五(四)", "考核评估"),
        Clause("六", "工作要求", none="部分标题"),
        Clause("六一是", "组织领导", none="要求各乡镇有实施方案，即五(一)的计划；其余为保障工作的要求"),
        Clause("六二是", "沟通协调", none="争取支持、帮助解决困难，没有可检验的条件"),
        Clause("六三是", "总结提升", none="第三方评估只说探索"),
    ),
)

# ------------------------------------------------------------------------------------------------ whom it concerns

in_longyang = condition("in_longyang", "在隆阳区", organization.division.within(*LONGYANG))
exists = condition(
    "exists",
    "是已登记或已备案的社会组织",
    # Whoever is registered has been established, unless the case gives a later day.
    (organization.status == "filed")
    | ((organization.status == "registered") & presumed(organization.established_on <= AS_OF)),
)
is_township_base = condition(
    "is_township_base",
    "是隆阳区乡镇（街道）基地",
    (facility.kind == "township_base") & facility.division.within(*LONGYANG),
)
is_the_district = condition(
    "is_the_district",
    "是隆阳区本级",
    jurisdiction.division.is_in(THE_DISTRICT_ITSELF) & presumed(jurisdiction.level == "district"),
)
is_township = condition(
    "is_township",
    "是隆阳区的乡镇（街道）",
    jurisdiction.division.within(*LONGYANG) & (jurisdiction.level == "township"),
)

# ------------------------------------------------------------------------------------------------------ deadlines

DEADLINE_YEAR = reading(
    "deadline_year",
    "10月31日、10月底、11月中旬未写年份：是哪一年？",
    "31 October, the end of October and mid-November bear no year: which is it?",
    clause="五(二)",
    default="year_2021",
    because="其后一步写明2022年3月底，故为2021年；文件发布在后，是迟发",
    year_2021=("2021年", "2021"),
    year_2022=("2022年，即发布之后", "2022, after the plan was posted"),
)
MONTH_TERMS = reading(
    "month_terms",
    "“某月底前”是否包括该月最后一天？",
    "Does before the end of a month include its last day?",
    clause="五(二)",
    default="last_day_included",
    because="通常的用法包括当日",
    last_day_included=("包括", "it does"),
    last_day_excluded=("不包括", "it does not"),
)
MONTH_TERMS_MIDDLE = reading(
    "month_terms_middle",
    "“11月中旬”（11日至20日）是截止期，还是必须在此期间内做？",
    "Is mid-November (11 to 20) a deadline, or must the work be done within it?",
    clause="五(二)",
    default="by_its_end",
    because="提前做完不违背其目的",
    by_its_end=("至20日止，提前也算", "by the 20th, earlier counts too"),
    within_it=("须在11日至20日之间", "between the 11th and the 20th"),
)
TWO_DEADLINES = reading(
    "two_deadlines",
    "14个基地在第一部分定于2021年内，在五(二)定于10月底前：以何者为准？",
    "The 14 bases are due within 2021 in part one and by the end of October in 五(二): which governs?",
    clause="一",
    default="separate",
    because="两处各自成立，分别检验",
    separate=("两个期限分别检验", "each is tested by itself"),
    october_governs=("都以10月底为准", "the end of October governs both"),
    year_end_governs=("都以年底为准", "the end of the year governs both"),
)


Deadline = Callable[[Callable[[Expr], Expr]], Expr]
"""A last day that hangs on readings: it gives what something said of that day comes to under each of them."""


def on(last: dt.date) -> Deadline:
    """A last day that the text gives in full."""
    return lambda said: said(constant(last))


def month_end(year: int, month: int) -> Deadline:
    """The last day on which something due before the end of a month (底前) is in time (LY-A14)."""
    last = last_day(year, month)
    return lambda said: choose(
        MONTH_TERMS,
        last_day_included=said(constant(last)),
        last_day_excluded=said(constant(shift(last, days(-1)))),
    )


def without_year(of: Callable[[int], Deadline]) -> Deadline:
    """A last day of which the text gives no year (LY-A1)."""
    return lambda said: choose(DEADLINE_YEAR, year_2021=of(2021)(said), year_2022=of(2022)(said))


def set_twice(separate: Deadline) -> Deadline:
    """A last day of the 14 bases, which the text sets twice (LY-A3)."""
    return lambda said: choose(
        TWO_DEADLINES,
        separate=separate(said),
        october_governs=OCTOBER_END(said),
        year_end_governs=END_OF_2021(said),
    )


def due(deadline: Deadline) -> Expr:
    """The last day itself."""
    return deadline(lambda last: last)


END_OF_2021 = on(last_day(2021))
OCTOBER_31 = without_year(lambda year: on(dt.date(year, 10, 31)))
OCTOBER_END = without_year(lambda year: month_end(year, 10))
NOVEMBER_11 = without_year(lambda year: on(dt.date(year, 11, 11)))
NOVEMBER_20 = without_year(lambda year: on(middle_third_end(year, 11)))
MARCH_END = month_end(2022, 3)

# ----------------------------------------------------------------------------------------- what has been completed

Place = Callable[[Ref], Expr]
"""Whether a place of the district is of the kind in question."""


def is_base(f: Ref) -> Expr:
    """Whether it is a base of a township."""
    return f.kind == "township_base"


def is_centre(f: Ref) -> Expr:
    """Whether it is a district centre."""
    return f.kind == "district_centre"


def built(place: Place) -> Place:
    """Whether it is of the kind, and completed by the day of the question."""
    return lambda f: place(f) & (f.completed_on <= AS_OF)


def townships_with_a_base(place: Place) -> Expr:
    """Townships, by the division of their base: two bases in one township count once."""
    return jurisdiction.facilities.count_distinct(lambda f: f.division, where=place)


bases = stated_or(jurisdiction.township_bases_completed, townships_with_a_base(built(is_base)))
centres = stated_or(jurisdiction.district_centres_completed, jurisdiction.facilities.count(built(is_centre)))


def by(deadline: Deadline, there: Expr, place: Place, count: Callable[[Place], Expr]) -> Expr:
    """How many are there, less those known to have been completed after the last day. A bare figure has no dates: it
    counts as it stands."""
    late = jurisdiction.facilities.any
    return deadline(
        lambda last: if_else(
            presumed(~late(lambda f: built(place)(f) & (f.completed_on > last))),
            there,
            smaller_of(there, count(lambda f: place(f) & (f.completed_on <= last))),
        )
    )


def bases_by(deadline: Deadline) -> Expr:
    """Townships that had their base on the last day."""
    return by(deadline, bases, is_base, townships_with_a_base)


def centres_by(deadline: Deadline) -> Expr:
    """District centres that were there on the last day."""
    return by(deadline, centres, is_centre, jurisdiction.facilities.count)


def bare(quantity: Expr) -> Expr:
    """A quantity without its measure word, so that places can be held against organizations."""
    return ratio(quantity, 1)


TOWNSHIPS = if_else(presumed(jurisdiction.township_count == 21), 21, jurisdiction.township_count)
"""The document counts 21; a case may tell otherwise."""

# ------------------------------------------------------------------------------------ 一 targets within the year 2021

FIFTY_PERCENT = reading(
    "fifty_percent",
    "“孵化培育达到50%以上”：分子与分母是什么？",
    "Incubation of 50% or more: of what in what?",
    clause="一",
    default=None,
    because="只给比例，未写计算口径",
    organizations=("已孵化培育的社会组织占社会组织总数", "organizations incubated, of all organizations"),
    townships=("有基地的乡镇（街道）占乡镇（街道）总数", "townships with a base, of all townships"),
    places=("孵化培育场所数与社会组织总数之比", "places of incubation, per organization"),
)
FIFTY_PERCENT_FILED = reading(
    "fifty_percent_filed",
    "清点社会组织时，只备案的社区社会组织是否计入？",
    "Where organizations are counted, do those count that are only filed?",
    clause="一",
    default=None,
    because="“社会组织”可指登记的，也可包括备案的；基地以社区社会组织为重",
    registered_only=("只计登记的", "only those registered"),
    filed_too=("备案的也计", "those filed too"),
)
COVERAGE = reading(
    "coverage_vs_target",
    "引自上级文件的两级场所覆盖率，在本文件中是否也是目标？",
    "Is the coverage at both levels, quoted from a higher document, a target of this one too?",
    clause="一",
    default=None,
    because="以“为实现”引述，其后另列本区目标",
    binding=("是", "it is"),
    quoted_only=("只是引述", "it is only quoted"),
)
COVERAGE_LEVELS = reading(
    "coverage_vs_target_levels",
    "两级覆盖率是合并计算，还是每级各自达到？",
    "Is coverage counted over both levels together, or at each?",
    clause="一",
    default=None,
    because="“县、乡两级”两解皆可",
    together=("合并计算", "together"),
    each_level=("每级各自达到", "at each"),
)


def is_counted(o: Ref) -> Expr:
    """Whether an organization of the collection counts as one of the district."""
    return (o.status == "registered") | (
        (o.status == "filed") & choose(FIFTY_PERCENT_FILED, registered_only=IMPOSSIBLE, filed_too=ALWAYS)
    )


all_organizations = stated_or(jurisdiction.organizations_total, jurisdiction.organizations.count(is_counted))
incubated = stated_or(
    jurisdiction.organizations_incubated,
    jurisdiction.organizations.count(lambda o: is_counted(o) & o.is_incubated),
)
target_14_year_end = Target(
    "target_14_year_end",
    "年内14个基地目标",
    clause="一",
    reach=is_the_district,
    measure=Measure(bases_by(set_twice(END_OF_2021)), 14, "个"),
    due=due(set_twice(END_OF_2021)),
)
target_district_centre = Target(
    "target_district_centre",
    "区级中心目标",
    clause="一",
    reach=is_the_district,
    measure=Measure(centres_by(END_OF_2021), 1, "个"),
    due=due(END_OF_2021),
    gaps=(
        text_gap(
            "effect_centre",
            "区级中心建到什么程度算建成：所列标准都只对乡镇（街道）基地",
            "When a district centre counts as completed: the standards given are all for township bases",
        ),
    ),
)
target_50_percent = Target(
    "target_50_percent",
    "孵化培育率目标",
    clause="一",
    reach=is_the_district,
    measure=Measure(
        choose(
            FIFTY_PERCENT,
            organizations=ratio(incubated, all_organizations),
            townships=ratio(bases_by(END_OF_2021), TOWNSHIPS),
            places=ratio(bare(bases_by(END_OF_2021) + centres_by(END_OF_2021)), all_organizations),
        ),
        HALF,
        "",
    ),
    due=due(END_OF_2021),
)
target_coverage = Target(
    "target_coverage",
    "两级场所覆盖率",
    clause="一",
    reach=is_the_district & choose(COVERAGE, binding=ALWAYS, quoted_only=IMPOSSIBLE),
    measure=Measure(
        choose(
            COVERAGE_LEVELS,
            together=ratio(bases + smaller_of(centres, 1), TOWNSHIPS + 1),
            each_level=smaller_of(ratio(bases, TOWNSHIPS), ratio(centres, 1)),
        ),
        HALF,
        "",
    ),
    gaps=(
        text_gap(
            "coverage_vs_target_places",
            "孵化培育场所之外的活动场所如何计入，未写明（只计基地与区级中心）",
            "How activity places beyond incubation count is not said (only bases and the centre are counted)",
        ),
    ),
)

# ------------------------------------------------------------------------------------ 三 what a base must be like

PREMISES = reading(
    "premises",
    "三(一)要求建在社工站，三(四)又允许依托党群服务中心等：基地须在社工站吗？",
    "三(一) puts the base in the social work station, 三(四) lets it use other premises: must it be in the station?",
    clause="三(一)",
    default="in_station",
    because="三(一)全区统一；社工站本身可设在三(四)所列的场所",
    in_station=("须在社工站（社工站可设在所列场所）", "in the station, which may itself sit in those premises"),
    any_of_them=("在任一所列场所即可", "any of the premises named"),
)
OPEN_TERMS = reading(
    "open_terms",
    "八个服务领域须全部开展，还是举例？",
    "Must all eight fields of service be covered, or are they examples?",
    clause="五(三)",
    default=None,
    because="并列八项而以“等”收尾，未写须齐备",
    all_eight=("须全部开展", "all eight"),
    examples=("举例，有所开展即可", "examples: one will do"),
)
NAMEPLATE = reading(
    "nameplate",
    "标牌须由区民政局制作，还是由其统一式样即可？",
    "Must the district make the nameplate, or only set its pattern?",
    clause="五(二)",
    default=None,
    because="三(四)写统一制作，五(二)写统一制定",
    made_by_district=("须由区民政局制作", "it must be made by the district"),
    pattern_by_district=("式样统一即可，可自行制作", "the pattern is enough; a township may make it"),
)
NAMEPLATE_TOWN = reading(
    "nameplate_town",
    "标牌式样只写乡（街道）：镇的基地把“乡”写作“镇”是否合式？",
    "The pattern names townships and streets only: may the base of a town write 镇?",
    clause="三(四)",
    default=None,
    because="式样漏写镇，而各处均称乡镇",
    fits=("合式", "it may"),
    literal=("不合式", "it may not"),
)
LEGAL_PERSON = reading(
    "legal_person",
    "由社工站或受托机构运营的基地，运营机构已是法人时，基地本身还须登记吗？",
    "Where the operator of a base is a legal person, must the base itself register too?",
    clause="三(六)",
    default=None,
    because="条文只说符合条件的要登记，未写登记的是谁",
    base_itself=("须登记", "it must"),
    operator_suffices=("不必", "it need not"),
)


def located_in(*premises: str) -> Expr:
    """Whether the base uses one of these premises."""
    return facility.located_in.is_in(premises)


def each_of(named: str, label: str, listed: Callable[[str], Expr], items: dict[str, str]) -> tuple[Condition, ...]:
    """A requirement for each item of a list."""
    return tuple(condition(f"{named}_{id_}", f"{label}{item}", listed(item)) for id_, item in items.items())


in_station = facility.is_in_social_work_station | located_in("社工站")
base_standard = Standard(
    "base_standard",
    "基地设施标准",
    clause="三(一)",
    reach=is_township_base,
    checklist=(
        condition("office_space", "有办公场地", facility.has_office_space),
        condition("activity_space", "有活动场地", facility.has_activity_space),
        condition("incubation_space", "有培育场地", facility.has_incubation_space),
        condition("spaces_fit", "场地与业务活动相适应", facility.spaces_fit_activity),
        condition("supporting_facilities", "有配套设施", facility.has_supporting_facilities),
        condition(
            "in_station",
            "设在社工站",
            choose(
                PREMISES,
                in_station=in_station,
                any_of_them=in_station | located_in("党群服务中心", "民政办", "民政服务机构"),
            ),
        ),
        *each_of(
            "unified",
            "与社工站统一",
            facility.unified_with_station.contains,
            {"body": "机构", "people": "人员", "management": "管理", "rules": "制度"},
        ),
        condition("office_equipment", "有必要的办公设备", facility.has_office_equipment),
        *each_of(
            "on_wall",
            "上墙：",
            facility.on_wall.contains,
            {"rules": "规章制度", "process": "培育孵化流程", "duties": "人员职责"},
        ),
        condition("local_records", "有本区域社会组织资料", facility.has_local_organization_records),
        condition("incubation_plans", "有一对一的培育孵化计划", facility.has_incubation_plans),
    ),
    gaps=(
        text_gap(
            "open_terms_fit",
            "多大场地算相适应、哪些设备算必要、资料须有哪些，未定面积、数目与清单（按判断填报）",
            "What space fits, which equipment is needed and which records: no area, number or list (as judged)",
        ),
    ),
)
base_staffing = Standard(
    "base_staffing",
    "基地人员",
    clause="三(三)",
    reach=is_township_base,
    checklist=(
        condition(
            "run_by_civil_affairs", "日常工作由民政办（社会事务办）主任统筹", facility.is_run_by_civil_affairs_office
        ),
        *each_of(
            "backbone",
            "骨干有",
            facility.backbone_staff.contains,
            {"assistants": "社会救助助理员", "helpers": "社会救助协理员", "leaders": "社区社会组织负责人"},
        ),
    ),
)
base_premises = Standard(
    "base_premises",
    "基地场所",
    clause="三(四)",
    reach=is_township_base,
    checklist=(
        condition(
            "existing_premises",
            "依托现有场所设施",
            table(
                facility.located_in,
                dict.fromkeys(("社工站", "党群服务中心", "民政办", "民政服务机构"), ALWAYS),
                otherwise=untested(
                    text_gap(
                        "premises_others",
                        "所列之外的场所是否也算，条文以“等”收尾，未定标准",
                        "Whether premises beyond those named count: the list is open and gives no test",
                    )
                ),
            ),
        ),
        condition("premises_office", "提供办公场地", facility.has_office_space),
        condition("premises_service", "提供服务场所", facility.has_service_space),
        condition("premises_equipment", "配备必要的办公设备", facility.has_office_equipment),
        condition("premises_supplies", "配备必要的办公用品", facility.has_office_supplies),
    ),
)
base_rules = Standard(
    "base_rules",
    "基地制度",
    clause="三(六)",
    reach=is_township_base,
    checklist=(
        condition("party_led", "以党建为引领", facility.is_party_led),
        *each_of(
            "rules",
            "已建立",
            facility.rules_in_place.contains,
            {"process": "运行流程", "standards": "管理标准", "management": "管理制度"},
        ),
    ),
)
legal_person_duty = Duty(
    "legal_person_duty",
    "登记为法人",
    clause="三(六)",
    reach=is_township_base,
    when=all_of(
        condition("meets_conditions", "符合法人登记条件", facility.meets_legal_person_conditions),
        condition("not_yet_registered", "尚未登记为法人", ~facility.is_legal_person),
        condition(
            "registers_itself",
            "须由基地自己登记",
            choose(
                LEGAL_PERSON,
                base_itself=ALWAYS,
                operator_suffices=presumed(~facility.operator_is_legal_person),
            ),
        ),
    ),
    who="乡镇（街道）基地",
    action="登记为法人组织",
    gaps=(
        text_gap(
            "legal_person_conditions",
            "“符合条件”指登记管理法规的哪些条件，未写明（按判断填报）",
            "Which conditions of registration law are meant is not said (as judged)",
        ),
    ),
)

# ------------------------------------------------------------------------------- 四 functions, and what they offer

FUNCTIONS = {
    "培育扶持": ("function_support", "四(一)"),
    "提升能力": ("function_capacity", "四(二)"),
    "整合资源": ("function_resources", "四(三)"),
    "引导规范": ("function_guidance", "四(四)"),
    "成果展示": ("function_display", "四(五)"),
}
base_functions = Standard(
    "base_functions",
    "五项基本功能",
    clause="四",
    reach=is_township_base,
    checklist=tuple(
        condition(id_, f"有{name}功能", facility.functions.contains(name), clause=clause)
        for name, (id_, clause) in FUNCTIONS.items()
    ),
)

ACCESS = reading(
    "access",
    "准入办法尚待研究：在此之前谁可得到基地的支持？",
    "Rules of entry are still to be studied: until then, who is supported by the base?",
    clause="四(一)",
    default=None,
    because="四(一)称社会组织，基地以社区社会组织命名，三(六)又提到准入",
    any_organization=("本区任何社会组织", "any social organization of the district"),
    community_organizations=("社区社会组织", "community organizations"),
    admitted=("已入驻孵化的", "those admitted to incubation"),
)
ACCESS_PLANNED = reading(
    "access_planned",
    "尚在筹备、没有登记或备案的是否也可得到支持？",
    "Are those supported that are only planned, neither registered nor filed?",
    clause="四(一)",
    default=None,
    because="条文称社会组织，又包括协助登记",
    included=("可以", "they are"),
    excluded=("不可以", "they are not"),
)
is_planned = condition("is_planned", "拟设立", organization.status == "planned")
supported_here = in_longyang & (exists | (is_planned & choose(ACCESS_PLANNED, included=ALWAYS, excluded=IMPOSSIBLE)))
has_access = condition(
    "has_access",
    "可得到基地的支持",
    choose(
        ACCESS,
        any_organization=ALWAYS,
        community_organizations=organization.is_community_organization,
        admitted=organization.is_incubated,
    ),
)
base_money_support = Grant(
    "base_money_support",
    "基地资金支持",
    clause="四(一)",
    reach=supported_here,
    when=has_access,
    discretion="在条件允许的范围内",
    amount=no_figure(
        text_gap(
            "money_amount",
            "条件允许指什么、补助与补贴各多少，均未写明",
            "Neither what means allow nor the sum of any subsidy is given",
        )
    ),
)
hardware_support = Support(
    "hardware_support",
    "基地硬件支持",
    clause="四(一)",
    reach=supported_here,
    when=has_access,
    result="办公场地、办公设备、会议场所、展示空间",
)
professional_support = Support(
    "professional_support",
    "基地专业支持",
    clause="四(一)",
    reach=supported_here,
    when=has_access,
    result="管理服务、财务托管、网络技术，协助法人注册，协助与政府部门沟通",
)
capacity_support = Support(
    "capacity_support",
    "基地能力支持",
    clause="四(二)",
    reach=supported_here,
    when=has_access,
    result="章程、项目、业务咨询，完善治理结构，提高项目管理、品牌、自律能力",
)

# ------------------------------------------------------------------------------ 五(一), 五(二) plans, and by when

plan_duty = Duty(
    "plan_duty",
    "制定实施计划并备案",
    clause="五(一)",
    reach=is_township,
    when=all_of(
        condition("plan_is_filed", "已报区民政局备案", jurisdiction.plan_filed),
        *each_of(
            "plan",
            "计划包含",
            jurisdiction.plan_contents.contains,
            {
                "construction": "建设规划",
                "functions": "职能职责",
                "management": "管理制度",
                "schedule": "时间进度",
                "evaluation": "绩效评估",
            },
        ),
    ),
    who="乡镇（街道）",
    action="制定基地建设实施计划，报区民政局备案",
    gaps=(
        text_gap("plan_date", "何时之前备案，未写明", "By when the plan must be filed is not said"),
        text_gap(
            "plan_contents", "五项之后的“等”还包括什么，未写明", "What belongs to a plan beyond the five is not said"
        ),
    ),
)

WHICH_14 = text_gap(
    "which_14",
    "第一批14个乡镇（街道）只点名永昌街道，其余13个是哪些？",
    "Of the first fourteen only Yongchang is named: which are the other thirteen?",
)
YONGCHANG = tuple(
    f"{before}永昌街道{after}"
    for before in ("", "隆阳区", "保山市隆阳区", "云南省保山市隆阳区")
    for after in ("", "办事处")
)
in_first_batch = condition(
    "in_first_batch",
    "属第一批14个",
    stated_or(jurisdiction.in_first_batch, jurisdiction.name.is_in(YONGCHANG) | untested(WHICH_14)),
)


def done_by(event: Expr, last: Expr) -> Expr:
    """Whether something was done by the day of the question, and in time."""
    return (event <= AS_OF) & (event <= last)


own_base_completed_on = stated_or(
    jurisdiction.base_completed_on,
    jurisdiction.facilities.min(lambda f: f.completed_on, where=lambda f: f.kind == "township_base"),
)
own_deadline = if_else(in_first_batch, due(set_twice(OCTOBER_END)), due(MARCH_END))
premises_deadline = Duty(
    "premises_deadline",
    "落实基地场所设施",
    clause="五(二)",
    reach=is_township,
    when=condition("premises_in_time", "按期落实", done_by(jurisdiction.premises_ready_on, due(OCTOBER_31))),
    who="乡镇（街道）",
    action="落实基地场所及相应的设施设备",
    due=due(OCTOBER_31),
)
township_deadline = Duty(
    "township_deadline",
    "按期建成基地",
    clause="五(二)",
    reach=is_township,
    when=condition("base_in_time", "按期建成", done_by(own_base_completed_on, own_deadline)),
    who="乡镇（街道）",
    action="建成社区社会组织孵化培育基地",
    due=own_deadline,
)
gap_closing = Duty(
    "gap_closing",
    "查缺补漏",
    clause="五(二)",
    reach=is_township & in_first_batch,
    when=condition(
        "gaps_in_time",
        "按期完成",
        done_by(jurisdiction.gaps_closed_on, due(NOVEMBER_20))
        & choose(MONTH_TERMS_MIDDLE, by_its_end=ALWAYS, within_it=jurisdiction.gaps_closed_on >= due(NOVEMBER_11)),
    ),
    who="第一批乡镇（街道）",
    action="查缺补漏，完善基地",
    due=due(NOVEMBER_20),
)
target_14_october = Target(
    "target_14_october",
    "10月底14个基地目标",
    clause="五(二)",
    reach=is_the_district,
    measure=Measure(bases_by(set_twice(OCTOBER_END)), 14, "个"),
    due=due(set_twice(OCTOBER_END)),
    gaps=(WHICH_14,),
)
target_21 = Target(
    "target_21",
    "21个基地全覆盖目标",
    clause="五(二)",
    reach=is_the_district,
    measure=Measure(bases_by(MARCH_END), 21, "个"),
    due=due(MARCH_END),
)
nameplate = Standard(
    "nameplate",
    "基地标牌",
    clause="五(二)",
    also=("三(四)",),
    reach=is_township_base,
    checklist=(
        condition("nameplate_hung", "已悬挂标牌", presumed(facility.has_nameplate)),
        condition(
            "nameplate_maker",
            "标牌由区民政局统一",
            choose(NAMEPLATE, made_by_district=facility.nameplate_made_by == "district", pattern_by_district=ALWAYS),
        ),
        condition(
            "nameplate_pattern",
            "标牌合统一式样",
            facility.nameplate_matches_pattern
            & choose(NAMEPLATE_TOWN, fits=ALWAYS, literal=presumed(~facility.nameplate_says_town)),
        ),
    ),
)

# --------------------------------------------------------------------------- 五(三), 五(四) services and assessment

FIELDS = {
    "relief": "社会救助",
    "elderly": "为老服务",
    "children": "儿童关爱",
    "governance": "社区治理",
    "affairs": "社会事务",
    "comfort": "心理慰藉",
    "mediation": "家庭矛盾纠纷调处",
    "minors": "未成年人保护",
}
service_fields = Standard(
    "service_fields",
    "基地服务领域",
    clause="五(三)",
    reach=is_township_base,
    checklist=(
        condition("serves", "开展所列领域的服务", any_of(*map(facility.service_fields.contains, FIELDS.values()))),
        *each_of(
            "serves",
            "须齐备时，开展",
            lambda field: choose(OPEN_TERMS, all_eight=facility.service_fields.contains(field), examples=ALWAYS),
            FIELDS,
        ),
    ),
)
annual_assessment = Duty(
    "annual_assessment",
    "年度总结评估",
    clause="五(四)",
    reach=is_township_base,
    when=condition("assessed_this_year", "本年已评估", facility.assessed_years.contains(THIS_YEAR)),
    who="区民政局",
    action="对基地建设每年总结评估一次",
    due=YEAR_END,
)
assessment_report = Duty(
    "assessment_report",
    "上报评估结果",
    clause="五(四)",
    reach=is_the_district,
    when=condition("reported_this_year", "本年结果已上报", jurisdiction.assessment_reported_years.contains(THIS_YEAR)),
    who="区民政局",
    action="将每年的评估结果上报市民政局",
    gaps=(text_gap("report_date", "评估结果何时之前上报，未写明", "By when the result must be reported is not said"),),
)
key_evaluation = Duty(
    "key_evaluation",
    "纳入重点考核",
    clause="五(四)",
    reach=is_township,
    when=condition("evaluated_this_year", "本年已纳入", jurisdiction.key_evaluation_years.contains(THIS_YEAR)),
    who="隆阳区",
    action="把乡镇（街道）的基地建设纳入每年的重点考核",
    due=YEAR_END,
)

PACK = Pack(
    "longyang",
    "隆阳区社区社会组织孵化培育基地建设方案",
    "2021-11-25",
    SOURCE,
    (
        base_money_support,
        hardware_support,
        professional_support,
        capacity_support,
        base_standard,
        base_staffing,
        base_premises,
        base_rules,
        legal_person_duty,
        base_functions,
        nameplate,
        service_fields,
        annual_assessment,
        target_14_year_end,
        target_district_centre,
        target_50_percent,
        target_coverage,
        target_14_october,
        target_21,
        assessment_report,
        plan_duty,
        premises_deadline,
        township_deadline,
        gap_closing,
        key_evaluation,
    ),
    divisions=LONGYANG,
)
