"""What Toyland knows of: its guilds and towns, and what is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from socorg_rules import facts as f
from socorg_rules.facts import Payment

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
