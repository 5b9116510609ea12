"""The same case under several packs: moved to each place and otherwise left as it is, and shown side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socorg_rules import (
    Answer,
    CaseError,
    PackComparison,
    PackError,
    assess,
    compare_packs,
    load_case,
    load_pack,
    packs,
)
from socorg_rules.cli import main
from socorg_rules.division import lies_within
from socorg_rules.question import ENGINES
from socorg_rules.schema_answer import answer_schema

EXAMPLES = Path(__file__).parents[1] / "examples"
NEW = EXAMPLES / "yangpu-new-organization.json"
AS_OF = "2023-06-01"
ORGANIZATIONS = [p for p in sorted(EXAMPLES.iterdir()) if load_case(p).root.name == "organization"]
PLACES = [division for name in packs() for division in load_pack(name).divisions]
LITTLE = {"status": "registered", "division": "310110", "established_on": "2022-03-10"}


def compared(**facts: object) -> PackComparison:
    return compare_packs({"organization": {**LITTLE, **facts}}, as_of=AS_OF)


def moves(comparison: PackComparison) -> dict[str, str | None]:
    return {pack: answer.question.moved_to for pack, answer in comparison.items()}


def said(answer: Answer) -> dict[str, Any]:
    return {k: v for k, v in answer.to_dict().items() if k != "moved_to"}


# ------------------------------------------------------------------------------------------------- the move


def test_a_case_is_moved_to_each_place_but_its_own() -> None:
    assert moves(compared()) == {
        "daoli": "230102", "hainan": "460000", "longyang": "530502", "xinjin": "510118", "yangpu": None,
    }  # fmt: skip


@pytest.mark.parametrize(("division", "pack"), [("460105", "hainan"), ("310110009", "yangpu"), ("510132", "xinjin")])
def test_a_case_that_lies_within_the_place_stays_where_it_is(division: str, pack: str) -> None:
    assert moves(compared(division=division))[pack] is None


def test_a_case_of_the_city_is_moved_into_its_district() -> None:
    assert moves(compared(division="310000"))["yangpu"] == "310110"


def test_a_case_without_a_place_is_asked_for_in_every_place() -> None:
    comparison = compared(division=None)
    assert None not in moves(comparison).values()
    assert all("organization.division" not in answer.missing for answer in comparison.values())


def test_under_the_pack_of_its_place_a_case_is_decided_as_always() -> None:
    alone = assess(NEW, "yangpu", AS_OF)
    assert compare_packs(NEW, as_of=AS_OF)["yangpu"].to_dict() == alone.to_dict()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_moved_case_is_decided_like_one_that_was_always_there(data: st.DataObject) -> None:
    facts = load_case(data.draw(st.sampled_from(ORGANIZATIONS))).to_dict()["organization"]
    assert isinstance(facts, dict)
    known = {name: facts[name] for name in data.draw(st.sets(st.sampled_from(sorted(facts))))}
    division = data.draw(st.sampled_from([*PLACES, None, "110101", "460105", "310000"]))
    pack = data.draw(st.sampled_from(packs()))
    there = compare_packs({"organization": {**known, "division": division}}, [pack], AS_OF)[pack]
    to = there.question.moved_to
    assert to in {None, load_pack(pack).divisions[0]}
    settled = assess({"organization": {**known, "division": to or division}}, pack, AS_OF)
    assert said(there) == settled.to_dict()
    assert there.to_dict().get("moved_to") == to


@pytest.mark.parametrize("path", ORGANIZATIONS, ids=lambda path: path.name)
def test_nobody_is_refused_for_the_place_alone(path: Path) -> None:
    for answer in compare_packs(path, as_of=AS_OF).values():
        for decision in answer.not_met:
            assert "organization.division" not in {leaf["path"] for leaf in decision.refutation}, decision.provision


def test_only_the_place_of_the_case_is_another_and_not_those_of_its_offices_and_projects() -> None:
    given = {
        **LITTLE,
        "offices": [{"division": "310110", "is_leased": True}],
        "contest_awards": [{"service_division": "310110"}],
    }
    answer = compare_packs({"organization": given}, as_of=AS_OF)["hainan"]
    assert answer.question.case.to_dict() == {"organization": {**given, "division": "460000"}}


def test_the_given_case_is_left_as_it_was() -> None:
    case = load_case({"organization": LITTLE})
    compare_packs(case, as_of=AS_OF)
    assert case.to_dict() == {"organization": LITTLE}


@pytest.mark.parametrize("name", packs())
def test_every_pack_says_where_its_place_is(name: str) -> None:
    pack = load_pack(name)
    assert pack.divisions
    assert all(not lies_within(a, {b}) for a in pack.divisions for b in pack.divisions if a != b)


def test_under_a_pack_without_a_place_a_case_stays_where_it_is() -> None:
    nowhere = attrs.evolve(load_pack("hainan"), divisions=())
    answer = compare_packs({"organization": LITTLE}, [nowhere], AS_OF)["hainan"]
    assert answer.question.moved_to is None
    assert "moved_to" not in answer.to_dict()


def test_a_place_that_is_no_division_is_a_mistake_of_the_pack() -> None:
    with pytest.raises(PackError, match=r"hainan\.divisions: `46000` is no division code; write 2, 4"):
        attrs.evolve(load_pack("hainan"), divisions=("460000", "46000"))


# ------------------------------------------------------------------------------------------------ which packs


def test_packs_that_say_nothing_about_such_a_case_are_left_out() -> None:
    assert list(compare_packs({"project": {"category": "为老"}}, as_of=AS_OF)) == ["daoli"]
    assert "yangpu" not in compare_packs({"facility": {"kind": "township_base"}}, as_of=AS_OF)


def test_named_packs_are_compared_in_the_order_given() -> None:
    assert list(compare_packs(NEW, ["yangpu", "hainan"], AS_OF)) == ["yangpu", "hainan"]


def test_one_pack_is_named_as_for_a_question() -> None:
    for one in ("yangpu", load_pack("yangpu"), EXAMPLES.parent / "tests" / "packs" / "riverside.py"):
        named: Any = one
        assert list(compare_packs(NEW, named, AS_OF)) == list(compare_packs(NEW, [named], AS_OF))


@pytest.mark.parametrize("engine", [None, "compiled", "reference"])
def test_every_engine_compares_alike(engine: str | None) -> None:
    comparison = compare_packs(NEW, ["yangpu", "hainan"], AS_OF, engine=engine)
    assert {a.question.engine_name for a in comparison.values()} == {engine or "compiled"}
    assert comparison.to_dict() == compare_packs(NEW, ["yangpu", "hainan"], AS_OF).to_dict()


def test_an_engine_that_there_is_not_is_refused() -> None:
    with pytest.raises(CaseError, match="no engine is called `compild`; did you mean `compiled`"):
        compare_packs(NEW, ["yangpu"], AS_OF, engine="compild")


def test_the_program_takes_the_engine_that_is_ready_soonest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ENGINES, "compiled")  # type: ignore[arg-type]
    assert CliRunner().invoke(main, ["compare-packs", str(NEW), "--as-of", AS_OF]).exit_code == 0


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(CaseError) as caught:
        compare_packs({"organization": {"statu": "filed"}}, ["hainan", "yangpu"], "2023-02-30", {"hainan.no": "a"})
    assert [p.path for p in caught.value.problems] == ["as_of", "readings.hainan.no", "organization.statu"]


# ------------------------------------------------------------------------------------------------ what is shown


def table(text: str, first: str) -> list[str]:
    """The cells of the row of a table in Markdown that begins with this."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("| ").split(" | ")[1:]]


def test_the_overview_counts_the_outcomes_of_each_kind_and_shows_each_total_apart() -> None:
    comparison = compare_packs(NEW, ["daoli", "hainan", "yangpu"], AS_OF)
    text = comparison.explain("en", "markdown")
    named = {"grant": "Grants", "in_kind": "Support in kind", "duty": "Duties", "sanction": "Sanctions"}
    for kind, name in named.items():
        for cell, answer in zip(table(text, name), comparison.values(), strict=True):
            of = answer.of_kind(kind)  # type: ignore[arg-type]
            groups = (answer.met, answer.discretionary, answer.undetermined, answer.not_met)
            counts = " / ".join(str(len([d for d in of if d in group])) for group in groups)
            assert cell == (counts if of else "—")
    assert table(text, "Payable: organization, Once") == ["—", "0.00 yuan", "70,000.00–125,000.00 yuan"]


def test_each_provision_that_is_not_refused_stands_in_the_table_of_its_kind() -> None:
    comparison = compare_packs(NEW, as_of=AS_OF)
    lines = comparison.explain("zh").splitlines()
    for pack, answer in comparison.items():
        for d in answer.decisions:
            shown = any(line.startswith(f"  {pack} ") and f" {d.title}〔{d.clause}〕" in line for line in lines)
            assert shown == (d not in answer.not_met), d.provision


def test_a_report_is_said_to_be_none_and_has_no_total() -> None:
    text = compare_packs(NEW, ["daoli", "yangpu"], AS_OF).explain("zh", "markdown")
    assert "不构成应享权利" in text
    assert table(text, "可领：社会组织，一次性")[0] == "—"


def test_what_is_missing_is_counted_apart_from_what_the_text_leaves_open() -> None:
    answers = compare_packs({"organization": {"status": "registered"}}, ["yangpu"], "2026-01-05")
    d = answers["yangpu"]["opening_subsidy"]
    assert d.missing
    assert d.open_readings
    (line,) = [row for row in answers.explain("en").splitlines() if "Opening subsidy" in row]
    assert line.endswith(f"undetermined  missing facts: {len(d.missing)}, open readings: {len(d.open_readings)}")


@pytest.mark.parametrize("form", ["text", "tree", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_move_is_said_in_every_form(form: str, lang: str) -> None:
    comparison = compare_packs(NEW, ["yangpu", "hainan"], AS_OF)
    wanted = "视同设在 460000" if lang == "zh" else "as if it stood in 460000"
    assert wanted in comparison.explain(lang, form)
    assert wanted in comparison["hainan"].explain(lang, form)
    assert wanted in comparison["hainan"]["lottery_support"].explain(lang, form)
    assert wanted not in comparison["yangpu"].explain(lang, form)


def test_a_notebook_shows_the_tables() -> None:
    assert "<table>" in compare_packs(NEW, ["yangpu"], AS_OF)._repr_html_()


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_example_can_be_compared(path: Path) -> None:
    comparison = compare_packs(path, as_of=AS_OF)
    assert path.name.partition("-")[0] in comparison
    assert comparison.explain("zh")
    assert comparison.explain("en")
    data = json.loads(json.dumps(comparison.to_dict(trace=True, depends_on=True)))
    jsonschema.Draft202012Validator(answer_schema()).validate(data)


def test_the_program_compares_what_the_library_compares() -> None:
    asked = ("compare-packs", str(NEW), "--as-of", AS_OF, "--reading", "hainan.period_end=whole_plan")
    result = CliRunner().invoke(main, [*asked, "--format", "json"])
    comparison = compare_packs(NEW, as_of=AS_OF, readings={"hainan.period_end": "whole_plan"})
    assert json.loads(result.stdout) == comparison.to_dict(depends_on=True)
    assert CliRunner().invoke(main, asked).stdout == comparison.explain()
    assert CliRunner().invoke(main, [*asked, "--format", "html"]).stdout == comparison.explain(form="html")
