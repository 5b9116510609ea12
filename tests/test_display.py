"""What is shown of cases, packs, case files and changes: all that they hold, in both languages, with nothing taken for
markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from explained import AS_OF, GUILD, SHOPS, toyland
from test_render import HOSTILE, Page
from toyland import PACK

from socorg_rules import CaseFile, Change, compare_packs, interview, load_case, load_pack, packs
from socorg_rules.case import Case
from socorg_rules.displayed import Displayed
from socorg_rules.facts import Items, Record
from socorg_rules.pack import Pack
from socorg_rules.render import harmless

EXAMPLES = sorted(Path(__file__).parents[1].glob("examples/*.*"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def guild_case(**changed: object) -> Case:
    """The guild of the explanations, with shops that hold apprentices and a list that is not complete."""
    facts = {**GUILD, "workshops": {"items": SHOPS, "complete": False}, "fair_years": [], **changed}
    return toyland(**facts).question.case


def changed() -> Change:
    file = CaseFile(PACK, {"guild": GUILD}, AS_OF, engine="reference")
    changes = file.learn("guild.badges", {"name": "北辰", "grade": "金", "awarded_on": "2023-05-01"})
    return next(c for c in changes if c.provision == "badge_prize")


def displayed() -> dict[str, Displayed]:
    """One of everything that is displayed."""
    answer = toyland(workshops=SHOPS, fair_years=[2023], is_honest=None)
    file = CaseFile(PACK, {"guild": GUILD}, AS_OF, engine="reference")
    return {
        "case": guild_case(),
        "pack": PACK,
        "decision": answer["badge_prize"],
        "answer": answer,
        "comparison": compare_packs({"guild": GUILD}, [PACK], AS_OF),
        "file": file,
        "change": changed(),
        "changes": file.learn("guild.badges", {"name": "北辰", "grade": "金", "awarded_on": "2023-05-01"}),
        "interview": interview({"guild": {"name": HOSTILE}}, PACK, AS_OF),
    }


THINGS = displayed()
each_thing = pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)


# ---------------------------------------------------------------------------------------------------- everything


@each_thing
def test_a_notebook_shows_both_languages_and_switches_without_a_script(thing: Displayed) -> None:
    page = Page(thing._repr_html_())
    assert {("lang", "zh-CN"), ("lang", "en"), ("type", "checkbox")} <= page.attributes
    assert {"script", "html", "body", "link", "img"}.isdisjoint(page.tags)
    assert not {name for name, _ in page.attributes} & {"src", "href", "id", "name"}


@each_thing
@pytest.mark.parametrize("form", ["text", "tree", "markdown", "html"])
def test_every_form_tells_it_in_either_language(thing: Displayed, form: str) -> None:
    chinese, english = thing.explain("zh", form), thing.explain("en", form)
    assert CHINESE.search(chinese)
    assert chinese != english


def test_whatever_is_displayed_tells_about_itself() -> None:
    kinds = {type(thing) for thing in THINGS.values()}
    assert {k for k in kinds if k.document is Displayed.document} == set()


# ---------------------------------------------------------------------------------------------------- interviews


def test_an_interview_shows_the_question_with_its_reason_and_what_was_left_open() -> None:
    talk = interview({"organization": {}}, "yangpu", AS_OF)
    first = talk.question
    assert first is not None
    told = talk.explain()
    assert first.text in told
    assert first.why in told
    assert first.path in told
    assert "registered" in told
    assert "已登记" in told
    assert "未答的问题" not in told
    talk.skip()
    assert first.text not in talk.explain()
    assert f"{first.label}：{first.path}" in talk.explain()
    assert first.path in talk.explain("en")


def test_an_interview_at_its_end_says_so() -> None:
    talk = interview({"organization": {"status": "deregistered"}}, "yangpu", AS_OF)
    while not talk.done:
        talk.skip()
    assert "没有要问的了" in talk.explain()
    assert "Nothing is left to ask" in talk.explain("en")


# --------------------------------------------------------------------------------------------------------- cases


def values(record: Record) -> list[object]:
    """Every known value of a case, those of its items too."""
    found: list[object] = []
    for value in record.values.values():
        found += [v for r in value.records for v in values(r)] if isinstance(value, Items) else [value]
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_case_shows_every_text_that_it_holds(path: Path) -> None:
    case = load_case(str(path))
    shown = Page(case.explain(form="html")).text
    for value in values(case.record):
        if isinstance(value, str) and CHINESE.search(value):
            assert value in shown


def test_a_case_shows_its_facts_by_label_and_path() -> None:
    shown = guild_case().explain()
    assert re.search(r"行当\s+木工\s+guild\.craft", shown)
    assert "月桂" in shown
    assert "所列可能不全" in shown  # of the workshops
    assert "年龄：16" in shown  # of an apprentice in one


def test_an_empty_list_is_not_an_unknown_one() -> None:
    assert "一项也没有" in guild_case(audits=[]).explain()
    assert "一项也没有" not in guild_case().explain()


def test_a_name_in_a_case_is_no_markup() -> None:
    page = Page(guild_case(name=HOSTILE)._repr_html_())
    assert "script" not in page.tags
    assert page.text.count(harmless(HOSTILE)) >= 2


# --------------------------------------------------------------------------------------------------------- packs


@pytest.mark.parametrize("pack", [*map(load_pack, packs()), PACK], ids=lambda p: p.id)
def test_a_pack_shows_each_provision_reading_and_clause(pack: Pack) -> None:
    for lang in ("zh", "en"):
        shown = Page(pack.explain(lang, "html")).text
        assert [p for p in pack.plans if p not in shown] == []
        asked = [r.question if lang == "zh" else r.question_en for r in pack.readings.values()]
        assert [question for question in asked if question not in shown] == []
        assert [c.note for c in pack.coverage if c.note not in shown] == []
        assert [c.about for c in pack.source.clauses if c.about not in shown] == []


def test_a_pack_marks_the_default_of_a_reading_and_says_why() -> None:
    shown = PACK.explain("en")
    assert "the day still counts (civil_code) (default)" in shown
    assert "Why the default: 民法典的期间计算" in shown


# --------------------------------------------------------------------------------------------- files and changes


def test_a_change_shows_what_it_was_and_is_and_what_tipped_it() -> None:
    change = changed()
    shown = change.explain()
    assert change.because["learned"] in shown
    assert "北辰" in shown
    before, after = change.before["payable"], change.after["payable"]
    assert f"{float(before['max']):,.2f}" in shown
    assert f"{float(after['max']):,.2f}" in shown


def test_a_change_by_time_says_from_when_to_when() -> None:
    file = CaseFile(PACK, {"guild": GUILD}, AS_OF, engine="reference")
    changes = file.advance("2024-06-01")
    assert changes
    assert all(f"{AS_OF} → {c.as_of}" in c.explain() for c in changes)


def test_what_did_not_change_is_not_listed() -> None:
    change = changed()
    rows = [
        row.split()[0] for row in change.explain().splitlines() if row.startswith(("结论 ", "应享", "已领", "可领"))
    ]
    same = {"结论": "outcome", "应享": "entitlement", "已领": "paid", "可领": "payable"}
    assert rows == [word for word, name in same.items() if change.before[name] != change.after[name]]


def test_what_a_call_changed_is_told_together_or_that_nothing_was() -> None:
    file = CaseFile(PACK, {"guild": GUILD}, AS_OF, engine="reference")
    assert "没有变化" in file.advance(AS_OF).explain()
    changes = file.advance("2024-06-01")
    shown = changes.explain()
    assert f"变化（{len(changes)} 项）" in shown
    assert all(f"{c.as_of} {c.title}〔{c.clause}〕" in shown for c in changes)


def test_a_file_shows_what_is_known_and_when_it_changes() -> None:
    file = CaseFile(PACK, {"guild": GUILD}, AS_OF, engine="reference")
    shown = file.explain()
    assert f"即使事实不变，本档案也将于 {file.next_change} 有结论改变" in shown
    assert "已知事实" in shown
    assert "逐条说明" in shown
