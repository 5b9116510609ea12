"""The six benefits that every peer computes: one table of flat columns, and the sums that all must agree on.

They follow Yangpu's document in their figures. Peers treat what is unknown as no; this library keeps it apart, and its
sums count only what is met, so that both come to the same.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from socorg_rules.calendar import years
from socorg_rules.facts import choice, count, date, division, entity, money, text, yes_no
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import Grant, between, exactly, monthly, up_to
from socorg_rules.refs import root
from socorg_rules.words import AS_OF, after, day, larger_of, share_of, smaller_of, table, yuan

AS_OF_DAY = dt.date(2023, 6, 1)
EFFECT = dt.date(2021, 7, 21)
GRADES = {"5A": 50_000, "4A": 30_000, "3A": 10_000}
HONOURS = {"国家级": 80_000, "市级": 50_000}
BENEFITS = ("opening", "rent", "grade", "honour", "salary", "project")

Row = dict[str, Any]


@entity("applicant", "申请组织")
class Applicant:
    """An organization as one row of a table."""

    status: str | None = choice("登记状态", ("registered", "planned"))
    division: str | None = division("登记地")
    established_on: dt.date | None = date("成立日期", changeable=False)
    first_inspection: str | None = choice("首次年检", ("合格", "基本合格", "不合格"))
    opening_paid: bool | None = yes_no("已领开办补贴")
    monthly_rent: int | None = money("月租金")
    grade: str | None = text("等级", ("5A", "4A", "3A"))
    grade_paid: int | None = money("已领等级奖励")
    honour_level: str | None = choice("荣誉级别", ("国家级", "市级", "区级", "无"))
    honoured_on: dt.date | None = date("获奖日期", changeable=False)
    leading_talent: bool | None = yes_no("引进领军人才")
    months_paid: int | None = count("已领月数", "个月")
    project_selected: bool | None = yes_no("项目入选")
    project_cost: int | None = money("项目费用")


def six_benefits() -> Pack:
    """The job as a pack."""
    a = root(Applicant)
    here = (a.status == "registered") & a.division.within("310110")
    new = (AS_OF <= after(a.established_on, years(2))) & (a.first_inspection == "合格")
    left = larger_of(table(a.grade, {g: yuan(s) for g, s in GRADES.items()}, yuan(0)) - a.grade_paid, yuan(0))
    honour = table(a.honour_level, {**{h: yuan(s) for h, s in HONOURS.items()}, "区级": yuan(0), "无": yuan(0)})
    half = smaller_of(share_of(Fraction(1, 2), a.project_cost), yuan(50_000))
    clause = {"clause": "一"}
    provisions = (
        Grant("opening", "开办补贴", when=new & ~a.opening_paid, amount=up_to(yuan(10_000)), **clause),
        Grant(
            "rent",
            "房租补贴",
            when=new & (a.monthly_rent > yuan(0)),
            amount=monthly(up_to(smaller_of(a.monthly_rent, yuan(500)))),
            **clause,
        ),
        Grant("grade", "等级奖励", when=left > yuan(0), amount=exactly(left), **clause),
        Grant(
            "honour",
            "荣誉奖励",
            when=a.honour_level.is_in(list(HONOURS)) & (a.honoured_on >= day(str(EFFECT))),
            amount=exactly(honour),
            **clause,
        ),
        Grant(
            "salary",
            "薪酬补贴",
            when=a.leading_talent & (a.months_paid < 24),
            amount=monthly(between(yuan(800), yuan(2_000))),
            **clause,
        ),
        Grant("project", "项目补贴", when=a.project_selected, amount=up_to(half), **clause),
    )
    source = Source("六项补贴", "基准测试", "1", "2021-07-21", (Clause("一", "六项补贴"),))
    return Pack("six", "六项补贴", "1", source, provisions, reach=(here,))


def rows(n: int, seed: int = 1) -> list[Row]:
    """So many organizations, every fact of them known."""
    rnd = random.Random(seed)  # noqa: S311 - no secret
    first = dt.date(2019, 1, 1)
    return [
        {
            "status": rnd.choice(("registered",) * 9 + ("planned",)),
            "division": rnd.choice(("310110",) * 8 + ("310110001", "440300")),
            "established_on": str(first + dt.timedelta(days=rnd.randrange(1600))),
            "first_inspection": rnd.choice(("合格", "合格", "基本合格", "不合格")),
            "opening_paid": rnd.random() < 0.3,
            "monthly_rent": rnd.choice((0, 300, 499, 500, 501, 4000)),
            "grade": rnd.choice(("5A", "4A", "3A", "2A", "1A")),
            "grade_paid": rnd.choice((0, 0, 10_000, 30_000)),
            "honour_level": rnd.choice(("国家级", "市级", "区级", "无")),
            "honoured_on": str(dt.date(2021, 1, 1) + dt.timedelta(days=rnd.randrange(800))),
            "leading_talent": rnd.random() < 0.2,
            "months_paid": rnd.randrange(30),
            "project_selected": rnd.random() < 0.3,
            "project_cost": rnd.randrange(0, 200_000, 100),
        }
        for _ in range(n)
    ]


NEW_FROM = AS_OF_DAY.replace(year=AS_OF_DAY.year - 2)
"""Who was established since is under two years; as of this day, that is a constant threshold."""


def by_hand(row: Mapping[str, Any], new_from: str = str(NEW_FROM), effect: str = str(EFFECT)) -> list[tuple[int, int]]:
    """What a script would do: no unknown facts, no reasons. For each benefit the least and the most, in yuan."""
    none = (0, 0)
    if row["status"] != "registered" or not row["division"].startswith("310110"):
        return [none] * 6
    new = row["established_on"] >= new_from and row["first_inspection"] == "合格"
    rent, left = row["monthly_rent"], max(GRADES.get(row["grade"], 0) - row["grade_paid"], 0)
    honoured = row["honour_level"] in HONOURS and row["honoured_on"] >= effect
    honour = HONOURS[row["honour_level"]] if honoured else 0
    return [
        (0, 10_000) if new and not row["opening_paid"] else none,
        (0, min(rent, 500)) if new and rent > 0 else none,
        (left, left),
        (honour, honour),
        (800, 2_000) if row["leading_talent"] and row["months_paid"] < 24 else none,
        (0, min(row["project_cost"] // 2, 50_000)) if row["project_selected"] else none,
    ]


def sums(found: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The sums over all rows, by benefit."""
    return [(sum(f[i][0] for f in found), sum(f[i][1] for f in found)) for i in range(len(BENEFITS))]
