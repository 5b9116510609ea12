"""Explanations: why, why not, what is missing, and which readings were taken."""

from __future__ import annotations

from typing import Any

import pytest
from explained import AS_OF, YANGPU, guild, line, section, short, town, toyland
from toyland import PACK

from socorg_rules.answer import Decision
from socorg_rules.assess import assess
from socorg_rules.decision import Outcome
from socorg_rules.explain import explain
from socorg_rules.provision import Kind
from socorg_rules.render import as_text


def test_why_not_is_the_smallest_refutation_with_what_it_saw() -> None:
    decision = toyland(founded_on="2020-03-10")["opening_gift"]
    assert section(decision.explain(), "为什么不符合") == [
        "成立不足两年〔一〕：成立日期（2020-03-10）起满 2 年之日：2022-03-10（要求不早于 基准日（2023-06-01））"
    ]


def test_what_was_paid_is_told_by_its_payments() -> None:
    badges = [{"name": "月桂", "grade": "银", "awarded_on": "2022-09-01"}]
    decision = toyland(badges=badges)["badge_prize"]
    assert section(decision.explain(), "为什么不符合") == ["已付款项第1项（2022-12-01）：5,000.00 元"]


def test_a_missing_fact_has_its_words_its_path_and_the_tests_that_want_it() -> None:
    decision = toyland(founded_on=None)["opening_gift"]
    assert section(decision.explain(), "还缺的事实")[0] == "成立日期 guild.founded_on，用于：成立不足两年〔一〕"
    assert section(decision.explain("en"), "What is missing")[0] == (
        "founded on guild.founded_on, for: newly founded (成立不足两年) 〔一〕"
    )


def test_a_text_gap_is_told_as_a_question() -> None:
    assert section(guild()["flood_relief"].explain(), "文本未定之处") == ["救济金额是多少？"]
    assert section(guild()["flood_relief"].explain("en"), "What the text leaves open") == ["How much is the relief?"]


def test_readings_that_matter_come_before_those_that_do_not() -> None:
    on_the_day = toyland(founded_on="2021-06-01")
    first, *rest = section(on_the_day["opening_gift"].explain(), "对文本的理解")
    assert first.endswith("（默认）；本结论取决于此（two_years）")
    assert rest[0].startswith("不影响本结论的理解：first_audit")


def test_a_chosen_reading_is_told_to_be_chosen() -> None:
    facts: dict[str, Any] = {"status": "registered", "division": "77", "is_small": True, "is_honest": True}
    decision = assess({"guild": facts}, PACK, AS_OF, {"may_lend": "favour"})["stall_space"]
    assert "（选定）" in decision.explain()


def test_a_standard_shows_its_checklist() -> None:
    assert section(guild()["guildhall_standard"].explain(), "逐项核对")[1].split() == ["面积不少于50㎡", "尚不能确定"]


def test_a_duty_tells_who_what_and_by_when() -> None:
    text = guild()["audit_duty"].explain()
    assert line(text, "义务") == "义务：行会，接受审计"
    assert line(text, "期限") == "期限：2023-03-10"


def test_the_next_day_of_change_is_told() -> None:
    assert "- 即使事实不变，结论也将于 2024-03-11 改变\n" in guild()["opening_gift"].explain()


def test_a_largest_value_tells_the_item_it_comes_from() -> None:
    text = guild()["rank_reward"].explain()
    assert "数额：徽章中最大的金额：第1项“月桂”（2022-09-01），等级：银 → 2,000.00 元" in text
    assert "· 行当：木工 → 100.00 元" in text
    decision = assess({"organization": YANGPU}, "yangpu", AS_OF)["grade_award"]
    (why,) = section(short(decision), "为什么")
    assert why == (
        "首次获得3A及以上等级：等级评估中最大的金额："
        "第2项“4A”（日期未知，视为已存在）→ 30,000.00 元（要求超过 0.00 元）"
    )


def test_an_item_that_only_has_to_be_there_is_told() -> None:
    assert section(short(guild()["rank_reward"]), "为什么") == ["第1项“月桂”（2022-09-01）"]


def test_a_first_value_tells_the_item_it_comes_from() -> None:
    (why,) = section(guild()["dissolution"].explain(), "为什么不符合")
    assert why == "最后一个审计（按年度）的结论：第1项（年度 2022 年）→ 合格（要求为 不合格）"


def test_a_value_that_a_test_decides_names_the_test() -> None:
    decision = toyland(status="planned", craft="木工", capital="5000")["registration"]
    assert section(decision.explain(), "为什么不符合")
    assert "要求：视“行当：木工（要求不为 铁工）”而定的值：10,000.00 元" in decision.explain()


def test_a_value_that_several_tests_decide_is_told_by_what_stands_below_it() -> None:
    staff = [{"name": "甲", "supervisor_selected_in": [2022], "supervisor_kind": "internal"}]
    payments = [{"provision": "supervisor_award", "item": "甲", "amount": 5000, "paid_on": "2022-12-01"}]
    case = {"organization": {**YANGPU, "staff": staff, "payments": payments}}
    text = assess(case, "yangpu", AS_OF)["supervisor_award"].explain()
    assert "· 视条件而定的值：1\n" in text
    assert "以下各项不得同时成立”" not in text
    assert "以下各项均须成立”" not in text


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, "在职：未知（要求是）、入职日期：未知（要求不晚于 基准日（2023-06-01））（未说明，推定成立）"),
        ({"is_employed": True}, "入职日期：未知（要求不晚于 基准日（2023-06-01））（未说明，推定成立）"),
        ({"joined_on": "2023-06-01"}, "在职：未知（要求是）（未说明，推定成立）"),
    ],
)
def test_what_is_presumed_of_several_tests_is_told_by_those_that_are_not_told(
    told: dict[str, object], expected: str
) -> None:
    staff = [{"name": "甲", "certificate": "社会工作师", **told}]
    decision = assess({"organization": {**YANGPU, "staff": staff, "payments": []}}, "yangpu", AS_OF)["salary_subsidy"]
    assert f"在该组织从业：{expected}" in section(short(decision), "为什么")


def test_a_date_read_of_an_item_is_told_once() -> None:
    text = assess({"organization": YANGPU}, "yangpu", AS_OF)["rent_subsidy"].explain()
    assert "✓ 第1项：2022-04-01\n" in text


def test_readings_that_agree_tell_their_test_once() -> None:
    staff = [{"name": "甲", "certificate": "社会工作师"}]
    decision = assess({"organization": {**YANGPU, "staff": staff, "payments": []}}, "yangpu", AS_OF)["salary_subsidy"]
    why = section(short(decision), "为什么")
    assert (
        "是专业社工人才：社工职业资格：社会工作师（要求为以下之一：助理社会工作师、社会工作师、高级社会工作师）（各种理解结果相同）"
        in why
    )
    assert all(row.count("社工职业资格") < 2 for row in why)


def test_a_period_tells_its_day_though_several_readings_agree_on_it() -> None:
    offices = [{"is_leased": True, "monthly_rent": "800", "leased_from": "2022-04-01", "leased_until": "2025-03-31"}]
    facts = {**YANGPU, "offices": offices}
    why = section(short(assess({"organization": facts}, "yangpu", AS_OF)["rent_subsidy"]), "为什么")
    period = next(row for row in why if row.startswith("在可补贴的期间内："))
    assert (
        "成立日期（2022-03-10）起满 2 年之日：2024-03-10（要求不早于 基准日（2023-06-01））（各种理解结果相同）"
        in period
    )


def test_a_condition_and_its_fact_of_the_same_name_are_told_once() -> None:
    decision = assess({"organization": {**YANGPU, "is_public_welfare_base": False}}, "yangpu", AS_OF)[
        "public_base_exit"
    ]
    assert section(short(decision), "为什么不符合") == ["是公益基地：否（要求是）"]
    assert section(short(decision, "en"), "Why not") == [
        "is base (是公益基地): is public welfare base: no (required: yes)"
    ]


def test_a_target_that_is_not_yet_reached_says_so_in_short() -> None:
    answer = town(guild_count=2)
    assert line(answer.explain(), "市镇行会数〔十二〕：").startswith("市镇行会数〔十二〕：尚未达到——")
    assert "not yet met – " in line(answer.explain("en"), "Town guilds")
    assert "：未达到——" in line(town("2026-01-01", guild_count=2).explain(), "市镇行会数〔十二〕：")


def test_a_measure_that_is_not_known_is_told() -> None:
    assert "Current value: not known; required: 3" in town()["town_guilds"].explain("en")


def test_what_decides_alone_ends_the_derivation() -> None:
    text = toyland(division="9901")["opening_gift"].explain()
    assert "✗ 适用范围" in text
    assert "条件：" not in text


def test_items_of_a_later_day_are_counted_but_not_told() -> None:
    assert "另有 1 项日期在基准日之后，不计" in guild()["rank_reward"].explain()


def test_an_assumed_item_says_so() -> None:
    text = toyland(badges=[{"name": "月桂", "grade": "银"}], payments=[])["rank_reward"].explain()
    assert "第1项“月桂”（日期未知，视为已存在）" in text


def test_a_short_explanation_tells_what_decides_and_leaves_the_rest_out() -> None:
    data = guild()["opening_gift"].to_dict(trace=True, depends_on=True)
    text = as_text(explain(data, whole=False))
    assert section(text, "为什么")
    assert "推导过程" not in text


def test_decisions_of_every_kind_can_be_told() -> None:
    kinds: set[Kind] = {d.kind for a in (guild(), town()) for d in a.values()}
    assert kinds == {"grant", "in_kind", "route", "duty", "sanction", "standard", "target", "qualification"}
    decisions: list[Decision] = [d for a in (guild(), town()) for d in a.values()]
    assert all(d.explain(lang).strip() for d in decisions for lang in ("zh", "en"))


def test_an_open_reading_is_said_to_leave_open_what_it_leaves_open_and_no_more() -> None:
    charity = {
        "status": "filed",
        "division": "510132",
        "category": "公益慈善类",
        "meets_registration_conditions": False,
    }
    decision = assess({"organization": charity}, "xinjin", "2017-06-01")["charity_supervision"]
    assert decision.outcome is Outcome.UNDETERMINED  # for want of where the money comes from
    (told,) = [row for row in section(decision.explain(), "对文本的理解") if "compulsory_or_filing" in row]
    assert told.endswith("未定；数额或结果因此未定（compulsory_or_filing）")
    recreation = {"status": "filed", "division": "510132", "category": "科技类", "meets_registration_conditions": True}
    upgrade = assess({"organization": recreation}, "xinjin", "2017-06-01")["filing_upgrade"]
    (told,) = [row for row in section(upgrade.explain(), "对文本的理解") if "upgrade" in row]
    assert told.endswith("未定；结论因此未定（upgrade）")
