"""Explanations: what they say, and that the data says it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import attrs
import pytest
from explained import AS_OF, GUILD, any_answer, town, toyland
from hypothesis import given, settings
from hypothesis import strategies as st
from toyland import PACK

from socorg_rules.answer import Answer, Decision
from socorg_rules.assess import assess
from socorg_rules.decision import Outcome, Reason
from socorg_rules.explain import explain
from socorg_rules.phrases import PHRASES, Lang, Speech
from socorg_rules.provision import Kind
from socorg_rules.render import as_text

SHOP = {"name": "东坊", "division": "7701", "is_open": True, "rent": "900", "opened_on": "2022-01-01"}
SHOPS = [{**SHOP, "skills": ["木工"], "apprentices": [{"age": 16}, {"age": 10, "is_paid": False}]}]


def guild() -> Answer:
    """An answer with every outcome, in which readings, gaps, items and payments speak."""
    return toyland(workshops=SHOPS, fair_years=[2023], is_honest=None)


def line(text: str, start: str) -> str:
    """The first line that starts so."""
    return next(row.strip().removeprefix("- ") for row in text.splitlines() if row.strip(" -").startswith(start))


def short(decision: Decision, lang: Lang = "zh") -> str:
    """A decision with what decides it and without its derivation."""
    return as_text(explain(decision.to_dict(trace=True), lang, whole=False))


def section(text: str, title: str) -> list[str]:
    """The lines of a section, up to the next empty one."""
    rows = text.splitlines()
    start = next(i for i, row in enumerate(rows) if row.strip() == title) + 1
    end = next((i for i, row in enumerate(rows[start:], start) if not row.strip()), len(rows))
    return [row.strip().removeprefix("- ") for row in rows[start:end]]


# ------------------------------------------------------------------------------------------------ stored texts


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_answer_reads_as_stored(snapshot: Callable[[str, str], None], lang: str) -> None:
    snapshot(f"toyland-guild.{lang}.txt", guild().explain(lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_answer_about_a_town_reads_as_stored(snapshot: Callable[[str, str], None], lang: str) -> None:
    snapshot(f"toyland-town.{lang}.txt", town(guild_count=2, granary="60000", fair_held_on="2022-05-01").explain(lang))


MIXED = {
    "badges": [
        {"name": "月桂", "grade": "银", "awarded_on": "2022-09-01"},
        {"name": "橡叶", "grade": "铜", "awarded_on": "2022-10-01"},
        {"name": "晨星", "awarded_on": "2022-11-01"},
        {"name": "金盏", "grade": "金", "awarded_on": "2022-12-01"},
    ]
}
"""Badges of which one is paid, one fails, one is not known to pass, and one passes."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_items_of_every_outcome_read_as_stored(snapshot: Callable[[str, str], None], lang: str) -> None:
    snapshot(f"toyland-badges_of_every_outcome.{lang}.txt", toyland(**MIXED)["badge_prize"].explain(lang))


YANGPU = {
    "name": "春雨社区服务中心",
    "status": "registered",
    "division": "310110",
    "established_on": "2022-03-10",
    "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}],
    "assessments": [{"grade": "3A", "announced_on": "2022-12-01"}, {"grade": "4A"}],
    "offices": {"items": [{"is_leased": True, "monthly_rent": "800", "leased_from": "2022-04-01"}], "complete": False},
    "honours": [
        {"name": "先进集体", "level": "市级", "holder": "organization", "awarded_on": "2022-10-01"},
        {"name": "区先进", "level": "区级", "holder": "organization", "awarded_on": "2022-11-01"},
    ],
    "payments": [{"provision": "honour_award", "item": "先进集体", "amount": "50000", "paid_on": "2023-01-10"}],
}
SHOWN = ("opening_subsidy", "rent_subsidy", "grade_award", "honour_award", "base_space")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("provision", SHOWN)
def test_a_decision_of_yangpu_reads_as_stored(snapshot: Callable[[str, str], None], provision: str, lang: str) -> None:
    decision = assess({"organization": YANGPU}, "yangpu", AS_OF)[provision]
    snapshot(f"yangpu-{provision}.{lang}.txt", decision.explain(lang))


# --------------------------------------------------------------------------------------- only what the data holds


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32).map(Random), st.sampled_from(["zh", "en"]))
def test_stored_data_is_explained_like_the_answer_itself(rnd: Random, lang: Lang) -> None:
    answer = any_answer(rnd)
    if answer is not None:
        data = json.loads(json.dumps(answer.to_dict(trace=True, depends_on=True)))
        assert as_text(explain(data, lang)) == answer.explain(lang)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32).map(Random))
def test_every_sum_that_is_told_is_in_the_data(rnd: Random) -> None:
    answer = any_answer(rnd)
    data = answer.to_dict(trace=True, depends_on=True) if answer else {"decisions": []}
    told = as_text(explain(data)) if answer else ""
    held = json.dumps(data, ensure_ascii=False)
    for number in re.findall(r"(?<![\d,.])(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d(?= 元)", told):
        assert f'"{number.replace(",", "")}"' in held, number


def test_without_a_name_the_kind_of_subject_is_told() -> None:
    assert toyland(name=None).explain().startswith("行会：")
    assert toyland(name=None).explain("en").startswith("guild:")


def test_readings_are_told_without_what_depends_on_them_where_nobody_asked() -> None:
    told = as_text(explain(toyland()["opening_gift"].to_dict(trace=True)))
    assert "取决于此" not in told
    assert "不影响" not in told


# ----------------------------------------------------------------------------------------------------- outcomes


def test_outcomes_are_told_in_words() -> None:
    told = {d.provision: line(d.explain(), "结论") for d in guild().values()}
    assert told["opening_gift"] == "结论：符合"
    assert told["badge_prize"] == "结论：不符合：已领取"
    assert told["bridge_fund"] == "结论：尚不能确定"
    assert told["registration"] == "结论：不符合：不适用"
    assert told["honour_list"] == "结论：尚不能确定"
    assert told["dissolution"] == "结论：未触发：条件未满足"


def test_what_is_left_to_the_authority_says_so() -> None:
    own = {"toyland": {"keeps_toll_bridge": True, "toll": "3"}}
    decision = toyland(**own)["bridge_fund"]
    assert line(decision.explain(), "结论") == "结论：由主管部门酌定"
    assert line(decision.explain(), "如给予") == "如给予，应享：100.00–900.00 元"
    assert line(decision.explain("en"), "Outcome") == "Outcome: discretionary: left to the authority"


def test_a_provision_out_of_force_says_so() -> None:
    decision = assess({"guild": {"status": "registered", "division": "77"}}, PACK, "2026-06-01")["opening_gift"]
    assert line(decision.explain(), "结论") == "结论：不符合：不在施行期内"


def test_a_target_is_not_yet_reached_before_it_is_due_and_not_reached_after() -> None:
    assert line(town(guild_count=2)["town_guilds"].explain(), "结论") == "结论：尚未达到"
    assert line(town("2025-12-31", guild_count=2)["town_guilds"].explain(), "结论") == "结论：尚未达到"
    assert line(town("2026-01-01", guild_count=2)["town_guilds"].explain(), "结论") == "结论：未达到"
    assert line(town("2026-01-01", guild_count=2)["town_guilds"].explain("en"), "Outcome") == "Outcome: not met"
    assert line(town(guild_count=3)["town_guilds"].explain(), "结论") == "结论：已达到"


def test_a_target_tells_what_there_is_what_is_required_and_what_is_short() -> None:
    assert "现有 2 家，要求 3 家；尚差 1 家" in town(guild_count=2)["town_guilds"].explain()


def test_a_report_is_matched_and_grants_nothing() -> None:
    report = attrs.evolve(PACK, normative=False)
    facts: dict[str, Any] = {"status": "registered", "division": "77", "is_small": True, "payments": []}
    answer = assess({"guild": facts}, report, AS_OF)
    assert line(answer["flood_relief"].explain(), "结论") == "结论：与所述做法相符"
    assert "工作报告" in answer.explain()
    assert "not entitlements" in answer.explain("en")


def test_a_figure_of_a_report_is_not_told_as_something_to_claim() -> None:
    report = attrs.evolve(PACK, normative=False)
    answers = assess({"guild": GUILD}, report, AS_OF), assess({"guild": GUILD}, PACK, AS_OF)
    described, granted = ("".join(a.explain(lang) for lang in ("zh", "en")) for a in answers)
    for word in ("应享：", "可领", "已领：", "剩余月数", "Entitlement", "Payable", "Paid:", "Months left"):
        assert word not in described, word
        assert word in granted or word in {"剩余月数", "Months left"}, word
    assert line(answers[0]["badge_prize"].explain(), "所述数额") == "所述数额（不是应享权利）：5,000.00 元"


def test_a_target_of_a_report_is_matched_or_not_also_before_its_day() -> None:
    report = attrs.evolve(PACK, normative=False)
    told = assess({"town": {"name": "集镇", "division": "7701", "guild_count": 2}}, report, AS_OF)["town_guilds"]
    assert line(told.explain(), "结论") == "结论：与所述做法不符"
    assert "现有 2 家，所述 3 家；尚差 1 家" in told.explain()


def test_a_day_that_nobody_gave_is_told_to_be_today() -> None:
    decision = assess({"guild": {"status": "registered"}}, PACK)["opening_gift"]
    assert "按当日判断" in decision.explain()
    assert "按当日判断" not in toyland()["opening_gift"].explain()


def test_every_outcome_reason_and_kind_has_its_words() -> None:
    assert {o.value for o in Outcome} <= PHRASES.keys()
    assert {f"reason.{r.value}" for r in Reason} <= PHRASES.keys()


def test_both_languages_fill_the_same_blanks() -> None:
    blanks = {key: [set(re.findall(r"\{(\w+)\}", text)) for text in both] for key, both in PHRASES.items()}
    assert [key for key, (chinese, english) in blanks.items() if chinese != english] == []


def test_no_english_phrase_holds_chinese() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff：，。；（）]")
    assert [key for key, (_, english) in PHRASES.items() if chinese.search(english)] == []


def test_english_outcomes_are_english() -> None:
    for answer in (guild(), town(guild_count=2)):
        for decision in answer.values():
            assert not re.search(r"[\u4e00-\u9fff]", line(decision.explain("en"), "Outcome"))


# ---------------------------------------------------------------------------------------------------------- sums


@pytest.mark.parametrize(
    ("low", "high", "per", "zh", "en"),
    [
        ("0.00", "10000.00", "once", "最高 10,000.00 元", "up to 10,000.00 yuan"),
        ("50000.00", "50000.00", "once", "50,000.00 元", "50,000.00 yuan"),
        ("800.00", "2000.00", "month", "每月 800.00–2,000.00 元", "800.00–2,000.00 yuan a month"),
        ("0.00", "500.00", "month", "每月最高 500.00 元", "up to 500.00 yuan a month"),
        ("10.00", None, "once", "不低于 10.00 元，上限未定", "at least 10.00 yuan, with no known ceiling"),
        ("0.00", None, "once", "数额未定", "not known"),
        ("0.00", "0.00", "once", "0.00 元", "0.00 yuan"),
    ],
)
def test_amounts_are_told_as_people_say_them(low: str, high: str | None, per: str, zh: str, en: str) -> None:
    amount = {"min": low, "max": high, "per": per}
    assert (Speech("zh").amount(amount), Speech("en").amount(amount)) == (zh, en)


def test_entitlement_paid_and_payable_are_three_lines() -> None:
    text = guild()["rank_reward"].explain()
    assert [line(text, k) for k in ("应享", "已领", "可领")] == [
        "应享：2,000.00 元",
        "已领：0.00 元",
        "可领：1,900.00 元",
    ]


def test_every_item_has_its_own_outcome() -> None:
    rows = section(toyland(**MIXED)["badge_prize"].explain(), "逐项结论")[1:]
    assert [re.split(" {2,}", row) for row in rows] == [
        ["第1项“月桂”", "不符合：已领取", "0.00 元"],
        ["第2项“橡叶”", "不符合：条件未满足"],
        ["第3项“晨星”", "尚不能确定", "最高 8,000.00 元"],
        ["第4项“金盏”", "符合", "8,000.00 元"],
    ]


def test_what_was_paid_for_other_items_is_told_apart() -> None:
    text = toyland(**MIXED)["badge_prize"].explain()
    assert [line(text, k) for k in ("应享", "已领", "可领")] == [
        "应享：8,000.00 元",
        "已领：5,000.00 元",
        "可领：8,000.00 元",
    ]
    assert "- 已领是全部事项的合计；应享和可领只计其中仍可领取的事项\n" in text
    assert "全部事项的合计" not in toyland()["badge_prize"].explain()
    undetermined = toyland(badges=[*MIXED["badges"][:1], {"name": "晨星", "awarded_on": "2022-11-01"}])["badge_prize"]
    assert "- 已领是全部事项的合计；应享和可领只计其中尚不能确定的事项\n" in undetermined.explain()


def test_months_left_are_told() -> None:
    assert line(guild()["apprentice_wage"].explain(), "推导")
    payments = [{"provision": "opening_gift", "amount": 1}]
    decision = toyland(workshops=SHOPS, payments=payments)["apprentice_wage"]
    if decision.months_left is not None:
        assert f"剩余月数：{decision.months_left}" in decision.explain()


def test_the_total_tells_payees_and_what_it_leaves_out() -> None:
    rows = section(guild().explain(), "可领合计")
    assert rows[1].split("  ")[0] == "社会组织"
    assert rows[2].split()[0] == "个人"
    assert rows[-1] == "未计入合计：修缮补助、水灾救济、桥梁补助"


# ------------------------------------------------------------------------------------------ why, why not, missing


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
    assert line(guild()["opening_gift"].explain(), "结论随时间").endswith("2024-03-11")


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
    assert "要求：按“行当：木工（要求不为 铁工）”所定的值：10,000.00 元" in decision.explain()


def test_a_date_read_of_an_item_is_told_once() -> None:
    text = assess({"organization": YANGPU}, "yangpu", AS_OF)["rent_subsidy"].explain()
    assert "? 第1项：2022-04-01\n" in text


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
