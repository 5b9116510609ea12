"""Toyland: a fictional jurisdiction whose rules use every node, provision kind, amount and payment term.

The engine is tested on it without any real policy. Its guilds and towns are declared here, with nothing of the
vocabulary of social organizations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from socorg_rules import facts as f
from socorg_rules.calendar import days, months, years
from socorg_rules.expr import all_of, any_of
from socorg_rules.facts import Payment
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import (
    ONCE,
    ONCE_PER_ITEM,
    ONCE_PER_ITEM_AND_YEAR,
    Duty,
    Grant,
    Measure,
    Qualification,
    Route,
    Sanction,
    Standard,
    Support,
    Target,
    between,
    each_month,
    exactly,
    monthly,
    no_figure,
    top_up,
    up_to,
)
from socorg_rules.reading import reading
from socorg_rules.refs import goes_by, root
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

GRADES = ("金", "银", "铜")


@f.entity("audit", "审计")
class Audit:
    year: int | None = f.year("年度")
    result: str | None = f.choice("结论", ("合格", "不合格"))
    concluded_on: dt.date | None = f.date("结论日期", changeable=False, dates=True)


@f.entity("badge", "徽章")
class Badge:
    name: str | None = f.text("名称", identifies=True)
    grade: str | None = f.choice("等级", GRADES)
    awarded_on: dt.date | None = f.date("授予日期", changeable=False, dates=True)


@f.entity("apprentice", "学徒")
class Apprentice:
    age: int | None = f.count("年龄", "岁")
    is_paid: bool | None = f.yes_no("领取工资")
    wage: int | None = f.money("月工资")


@f.entity("workshop", "作坊")
class Workshop:
    name: str | None = f.text("名称", identifies=True)
    division: str | None = f.division("所在地")
    is_open: bool | None = f.yes_no("开放")
    rent: int | None = f.money("月租金")
    opened_on: dt.date | None = f.date("开业日期", changeable=False, dates=True)
    skills: Sequence[str] | None = f.texts("技能", ("木工", "铁工", "织布"), open_values=False)
    apprentices: Sequence[Apprentice] | None = f.items("学徒", Apprentice)


@f.entity("guild", "行会")
class Guild:
    name: str | None = f.text("名称", identifies=True)
    status: str | None = f.choice("状态", {"planned": "拟设立", "registered": "已登记", "dissolved": "已解散"})
    division: str | None = f.division("登记地")
    founded_on: dt.date | None = f.date("成立日期", changeable=False)
    registered_in: str | None = f.month("登记月份")
    craft: str | None = f.text("行当", ("木工", "铁工"))
    capital: int | None = f.money("资本")
    repair_cost: int | None = f.money("修缮费用")
    members: int | None = f.count("会员数", "人")
    floor_area: Fraction | None = f.number("面积", "㎡")
    donation_share: Fraction | None = f.share("捐赠占比")
    fair_years: Sequence[int] | None = f.years("参加集市的年份")
    open_months: Sequence[str] | None = f.months("开放的月份")
    is_honest: bool | None = f.yes_no("诚信", judgement=True)
    is_small: bool | None = f.yes_no("规模小")
    audits: Sequence[Audit] | None = f.items("审计", Audit)
    badges: Sequence[Badge] | None = f.items("徽章", Badge)
    workshops: Sequence[Workshop] | None = f.items("作坊", Workshop)
    payments: Sequence[Payment] | None = f.items("已付款项", Payment)


@f.entity("town", "市镇")
class Town:
    name: str | None = f.text("名称", identifies=True)
    division: str | None = f.division("区划")
    guild_count: int | None = f.count("行会数", "家")
    granary: int | None = f.money("粮仓储备")
    fair_held_on: dt.date | None = f.date("集市举办日期")
    guilds: Sequence[Guild] | None = f.items("行会", Guild)


OWN = f.own_facts("toyland", Guild, keeps_toll_bridge=f.yes_no("守收费桥"), toll=f.money("过桥费"))

guild = root(Guild)
town = root(Town)
bridge = guild.own(OWN)

# ---------------------------------------------------------------------------------------------- readings and gaps

TWO_YEARS = reading(
    "two_years",
    "满两年当日是否仍为不足两年？",
    "Is the second anniversary still within two years?",
    clause="一",
    default="civil_code",
    because="民法典的期间计算",
    civil_code=("当日仍算", "the day still counts"),
    anniversary=("当日已满", "two years are full on it"),
)
FIRST_AUDIT = reading(
    "first_audit",
    "首次审计指哪一次？",
    "Which audit is the first one?",
    clause="一",
    default=None,
    because="原文未说明",
    very_first=("最早年度", "of the earliest year"),
    first_passed=("首次合格", "the first one passed"),
)
STALL_PLACE = reading(
    "stall_place",
    "摊位设在何处？",
    "Where is the stall?",
    clause="八",
    default=None,
    because="两处原文不一致",
    market=("集市", "on the market"),
    hall=("会馆", "in the hall"),
)
MAY_LEND = reading(
    "may_lend",
    "“可借用”是否由镇上决定？",
    "Does `may lend` leave it to the town?",
    clause="八",
    default="right",
    because="对行会说的“可”是权利",
    right=("权利", "a right"),
    favour=("酌情", "a favour"),
)
RENT_BASE = reading(
    "rent_base",
    "租金按合计还是按最高一处计算？",
    "Is the rent the sum or the highest?",
    clause="六",
    default=None,
    because="原文未说明",
    total=("合计", "the sum"),
    highest=("最高一处", "the highest"),
)
NOTABLE = text_gap("notable", "何为“有名望”？", "What is notable?")
RELIEF = text_gap("relief", "救济金额是多少？", "How much is the relief?")
BRIDGE_SUM = text_gap("bridge_sum", "桥梁补助的具体数额？", "What does the bridge fund pay?")
FEAST = text_gap("feast", "庆典何时举行？", "When is the feast?")

# --------------------------------------------------------------------------------------------------- conditions

in_toyland = condition("in_toyland", "在玩具国", guild.division.within("77", "7801"))
registered = condition("registered", "已登记", guild.status == "registered")
town_in_toyland = condition("town_in_toyland", "市镇在玩具国", town.division.within("77"))
two_years_end = after(guild.founded_on, years(2))
newly_founded = condition(
    "newly_founded",
    "成立不足两年",
    choose(TWO_YEARS, civil_code=AS_OF <= two_years_end, anniversary=AS_OF < two_years_end),
    clause="一",
)
passed_first_audit = condition(
    "passed_first_audit",
    "首次审计合格",
    choose(
        FIRST_AUDIT,
        very_first=guild.audits.first("year").result == "合格",
        first_passed=guild.audits.any(lambda a: a.result == "合格"),
    ),
)
in_force = condition("in_force", "施行期内", (day("2021-07-01") <= AS_OF) & (day("2025-12-31") >= AS_OF))

prize = {"金": yuan(8000), "银": yuan(5000), "铜": yuan(0)}
badge = guild.badges.each
workshop = guild.workshops.each
paid_apprentice = guild.workshops.each
best_badge = guild.badges.max(lambda b: table(b.grade, {"金": yuan(3000), "银": yuan(2000), "铜": yuan(1000)}))
credited = table(guild.craft, {"木工": yuan(100)}, otherwise=yuan(0))

# --------------------------------------------------------------------------------------------------- provisions

PACK = Pack(
    id="toyland",
    title="玩具国行会扶持办法",
    edition="2021",
    source=Source(
        "玩具国行会扶持办法",
        "玩具国市政厅",
        "玩〔2021〕1号",
        "2021-06-30",
        (
            Clause("一", "开业礼金"),
            Clause("二", "徽章奖金"),
            Clause("三", "摊位补贴"),
            Clause("四", "晋级奖励"),
            Clause("五", "学徒补助"),
            Clause("六", "租金与修缮"),
            Clause("七", "救济与桥梁"),
            Clause("八", "摊位与会馆"),
            Clause("九", "登记"),
            Clause("十", "义务与处罚"),
            Clause("十一", "作坊标准"),
            Clause("十二", "市镇目标"),
            Clause("十三", "名册"),
            Clause("十四", "庆典", open="庆典的条件是什么？"),
            Clause("十五", "解释机关", none="只说明由谁解释"),
        ),
    ),
    reach=(all_of(in_toyland, registered), town_in_toyland),
    force=in_force,
    own=(OWN,),
    provisions=(
        Grant(
            "opening_gift",
            "开业礼金",
            clause="一",
            when=all_of(newly_founded, passed_first_audit),
            amount=up_to(yuan(10_000)),
            terms=ONCE,
        ),
        Grant(
            "badge_prize",
            "徽章奖金",
            clause="二",
            each=badge,
            when=badge.grade.is_in(["金", "银"]) & (badge.awarded_on >= day("2021-07-01")),
            amount=exactly(table(badge.grade, prize)),
            terms=ONCE_PER_ITEM,
        ),
        Grant(
            "stall_subsidy",
            "摊位补贴",
            clause="三",
            each=workshop,
            when=workshop.is_open
            & guild.fair_years.contains(THIS_YEAR)
            & ~goes_by(guild.craft, workshop, "name")
            & (year_of(workshop.opened_on) <= THIS_YEAR),
            amount=exactly(smaller_of(share_of(Fraction(1, 2), workshop.rent), yuan(500))),
            terms=ONCE_PER_ITEM_AND_YEAR,
        ),
        Grant(
            "rank_reward",
            "晋级奖励",
            clause="四",
            when=guild.badges.any(),
            amount=exactly(best_badge),
            terms=top_up(
                guild.badges,
                credit=lambda p: larger_of(p.amount, table(p.item, {"银": yuan(2000)}, otherwise=yuan(0))),
                at_least=credited,
            ),
        ),
        Grant(
            "apprentice_wage",
            "学徒补助",
            clause="五",
            each=paid_apprentice,
            when=paid_apprentice.apprentices.any(lambda a: presumed(a.is_paid) & (a.age >= 14) & (a.age < 60)),
            amount=monthly(between(yuan(800), yuan(2000))),
            terms=each_month(24),
            payee="person",
        ),
        Grant(
            "rent_help",
            "租金补助",
            clause="六",
            when=guild.workshops.any(lambda w: w.division.within("7701")) & (guild.registered_in != THIS_MONTH),
            amount=monthly(
                exactly(
                    share_of(
                        Fraction(3, 10),
                        choose(
                            RENT_BASE,
                            total=guild.workshops.sum(lambda w: w.rent, where=lambda w: w.is_open),
                            highest=guild.workshops.max(lambda w: w.rent, where=lambda w: w.is_open),
                        ),
                    )
                )
            ),
            terms=each_month(),
        ),
        Grant(
            "repair_share",
            "修缮补助",
            clause="六",
            when=(guild.repair_cost > yuan(0)) & (guild.registered_in < THIS_MONTH),
            amount=exactly(share_of(Fraction(1, 3), guild.repair_cost)),
            terms=ONCE,
        ),
        Grant(
            "flood_relief",
            "水灾救济",
            clause="七",
            when=guild.is_small,
            amount=no_figure(RELIEF),
            terms=ONCE,
        ),
        Grant(
            "bridge_fund",
            "桥梁补助",
            clause="七",
            when=bridge.keeps_toll_bridge & (bridge.toll <= yuan(5)),
            amount=between(
                unquantified(BRIDGE_SUM, yuan(100), yuan(900)), unquantified(BRIDGE_SUM, yuan(100), yuan(900))
            ),
            discretion="鼓励守桥",
        ),
        Support(
            "stall_space",
            "摊位",
            clause="八",
            when=any_of(guild.is_small, guild.members < 20),
            discretion=choose(MAY_LEND, right=~guild.is_small & guild.is_small, favour=guild.is_honest),
            result=choose(STALL_PLACE, market="集市", hall="会馆"),
        ),
        Route(
            "registration",
            "登记",
            clause="九",
            reach=in_toyland & (guild.status == "planned"),
            when=if_else(guild.craft == "铁工", guild.capital >= yuan(30_000), guild.capital >= yuan(10_000)),
            measure=Measure(guild.capital, if_else(guild.craft == "铁工", yuan(30_000), yuan(10_000)), "元"),
        ),
        Duty(
            "audit_duty",
            "年度审计",
            clause="十",
            when=guild.audits.any(lambda a: (a.year + 1 == year_of(guild.founded_on)) | (a.year == 2023))
            | (AS_OF <= after(guild.founded_on, months(6, "next_day"))),
            who="行会",
            action="接受审计",
            due=after(guild.founded_on, years(1)),
        ),
        Sanction(
            "dissolution",
            "解散",
            clause="十",
            when=(guild.audits.last("year", where=lambda a: a.result.is_in(["合格", "不合格"])).result == "不合格")
            & guild.audits.all(lambda a: a.year > 2000),
        ),
        Standard(
            "guildhall_standard",
            "会馆标准",
            clause="十一",
            checklist=(
                condition("large_enough", "面积不少于50㎡", guild.floor_area >= 50),
                condition("two_crafts", "两种技能", guild.workshops.count_distinct(lambda w: w.division) >= 2),
                condition("taught", "传授木工", guild.workshops.all(lambda w: w.skills.contains("木工"))),
                condition(
                    "old_enough",
                    "学徒年满14岁",
                    guild.workshops.all(lambda w: w.apprentices.min(lambda a: a.age) >= 14),
                ),
            ),
            gaps=(FEAST,),
        ),
        Target(
            "town_guilds",
            "市镇行会数",
            clause="十二",
            measure=Measure(
                stated_or(town.guild_count, town.guilds.count(lambda g: g.status == "registered")),
                larger_of(2, 3),
                "家",
            ),
            due=day("2025-12-31"),
        ),
        Target(
            "town_granary",
            "粮仓储备",
            clause="十二",
            when=AS_OF > after(town.fair_held_on, days(30)),
            measure=Measure(town.granary + yuan(100) - yuan(100), yuan(50_000), "元"),
        ),
        Grant(
            "town_fair",
            "集市经费",
            clause="十二",
            when=town.fair_held_on != day("2022-02-22"),
            amount=between(yuan(100), yuan(300)),
        ),
        Qualification(
            "honour_list",
            "名册",
            clause="十三",
            when=guild.is_honest & (untested(NOTABLE) | (guild.donation_share > Fraction(1, 2))),
        ),
        Qualification(
            "month_of_honour",
            "荣誉月",
            clause="十三",
            force=day("2021-07-01") <= AS_OF,
            when=((guild.registered_in <= THIS_MONTH) & (after(guild.registered_in, months(2)) >= THIS_MONTH))
            | guild.open_months.contains(THIS_MONTH),
        ),
    ),
)
