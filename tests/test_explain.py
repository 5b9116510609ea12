"""Explanations: what they say, and that the data says it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import attrs
import pytest
from explained import AS_OF, GUILD, SHOPS, YANGPU, any_answer, guild, line, section, town, toyland
from hypothesis import given, settings
from hypothesis import strategies as st
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.decision import Outcome, Reason
from socorg_rules.explain import explain
from socorg_rules.phrases import PHRASES, Lang, Speech
from socorg_rules.render import as_text

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
