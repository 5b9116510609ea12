"""What a changed policy does to a registry: the same as deciding each organization under both texts."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from socorg_rules import CaseError, Outcome, PackError, charts, load_pack
from socorg_rules.answer import Answer, Decision
from socorg_rules.cli import main
from socorg_rules.cli.scenarios import number
from socorg_rules.pack import Pack
from socorg_rules.registry.assess import assess_registry
from socorg_rules.registry.impact import Impact, impact
from socorg_rules.registry.sweep import sweep
from socorg_rules.registry.synthetic import make_registry, synthetic
from socorg_rules.schema_explore import impact_schema, sweep_schema

AS_OF = "2023-06-01"
YANGPU = load_pack("yangpu")
CHANGES: dict[str, Any] = {
    "parameters": {"opening_subsidy.ceiling": 20_000, "honour_award.amount.市级": 40_000, "rent_subsidy.limit": 3},
    "repeal": {"venture_match": "不再补贴"},
}
CHANGED = YANGPU.changed(**CHANGES)
(TABLES,) = synthetic(150, 7)


@pytest.fixture(scope="module")
def found() -> Impact:
    return impact(TABLES, YANGPU, CHANGED, AS_OF)


ANSWERS: dict[str, dict[str, Answer]] = {}


def sides(name: str, pack: Pack, rows: list[str]) -> dict[str, Decision | None]:
    """What the reference decides of each row."""
    if pack.content_hash not in ANSWERS:
        answer = assess_registry(TABLES, pack, AS_OF, provisions=["opening_subsidy"])
        ANSWERS[pack.content_hash] = {row: answer.explain_row(row) for row in rows}
    return {row: ANSWERS[pack.content_hash][row].get(name) for row in rows}


def sure(decision: Decision | None) -> tuple[str, Decimal, Decimal]:
    """The outcome, and what is surely payable."""
    if decision is None:
        return Outcome.NOT_MET.value, Decimal(0), Decimal(0)
    amount = decision.payable if decision.outcome is Outcome.MET else None
    low, high = (Decimal(0), Decimal(0)) if amount is None else (amount.min, amount.max or amount.min)
    return decision.outcome.value, low, high


def verdict(before: tuple[str, Decimal, Decimal], after: tuple[str, Decimal, Decimal]) -> str:
    if before == after:
        return "same"
    if {before[0], after[0]} <= {"met", "not_met"}:
        steps = [*zip(before[1:], after[1:], strict=True), (before[0] == "met", after[0] == "met")]
        if all(b >= a for a, b in steps):
            return "wins"
        if all(b <= a for a, b in steps):
            return "loses"
    return "unclear"


@pytest.mark.parametrize("name", ["opening_subsidy", "honour_award", "rent_subsidy", "venture_match"])
def test_each_organization_is_judged_as_by_two_answers(found: Impact, name: str) -> None:
    rows = found.rows["row"].to_list()
    both = [sides(name, pack, rows) for pack in (YANGPU, CHANGED)]
    (changed,) = (p for p in found.provisions if p.provision == name)
    judged = [verdict(*(sure(side[row]) for side in both)) for row in rows]
    assert changed.counts == {v: judged.count(v) for v in ("wins", "loses", "unclear", "same")}
    for side, cost in zip(both, (changed.before, changed.after), strict=True):
        told = [sure(decision) for decision in side.values()]
        assert cost.met == sum(outcome == "met" for outcome, *_ in told)
        assert cost.undetermined == sum(outcome == "undetermined" for outcome, *_ in told)
        assert cost.payable.min == sum(low for _, low, _ in told)
        assert cost.payable.max in {None, sum(high for *_, high in told)}


def test_only_provisions_whose_rules_differ_are_looked_at(found: Impact) -> None:
    assert {p.provision for p in found.provisions} == {
        "opening_subsidy", "honour_award", "rent_subsidy", "venture_match",
    }  # fmt: skip


def test_every_organization_is_counted_once(found: Impact) -> None:
    assert sum(found.counts.values()) == found.rows.height == TABLES["organization"].height - found.left_out
    for changed in found.provisions:
        assert sum(changed.counts.values()) == found.rows.height


def test_the_sums_add_up_over_groups_and_provisions(found: Impact) -> None:
    groups = found.by("legal_form")
    assert sum(g.rows for g in groups) == found.rows.height
    for v in found.counts:
        assert sum(g.counts[v] for g in groups) == found.counts[v]
    once = [p for p in found.provisions if p.before.payable.per == "once"]
    step = sum((p.after.payable.max or 0) - (p.before.payable.max or 0) for p in once)
    assert step in {found.more["once"].min, found.more["once"].max}


def test_a_group_goes_by_the_label_of_its_value(found: Impact) -> None:
    assert "已登记" in {g.value for g in found.by("status")}


def test_the_same_text_changes_nothing_for_anybody() -> None:
    none = impact(TABLES, YANGPU, YANGPU, AS_OF)
    assert none.provisions == ()
    assert none.counts["same"] == none.rows.height > 0
    assert "谁的结论都不变" in none.explain()


def test_an_edition_is_that_of_the_day() -> None:
    pack = YANGPU.amend("later", "2024-01-01", **CHANGES)
    assert impact(TABLES, YANGPU, pack, AS_OF).provisions == ()
    assert impact(TABLES, YANGPU, pack, "2024-02-01").provisions != ()


def test_to_be_rid_of_a_duty_or_a_sanction_is_to_win() -> None:
    hainan = load_pack("hainan")
    without = hainan.changed(repeal={"activity_report": "不再要求", "exit_registered": "不再处罚"})
    for old, new, verdict, side in ((hainan, without, "wins", "before"), (without, hainan, "loses", "after")):
        for changed in impact(TABLES, old, new, AS_OF).provisions:
            counts: dict[str, int] = dict(changed.counts)
            assert counts[verdict] == getattr(changed, side).met
            assert counts["loses" if verdict == "wins" else "wins"] == 0
        assert sum(impact(TABLES, old, new, AS_OF).counts[v] for v in ("wins", "loses")) > 0


def test_two_packs_are_each_named() -> None:
    told = impact(TABLES, "yangpu", "hainan", AS_OF)
    for lang, names in (("zh", (YANGPU.title, load_pack("hainan").title)), ("en", ("yangpu", "hainan"))):
        title = told.explain(lang).splitlines()[0]
        assert all(name in title for name in names)


# ----------------------------------------------------------------------------------------------------------- sweep


def test_each_point_of_a_sweep_is_the_impact_of_that_value() -> None:
    values = [10_000, 20_000]
    shown = sweep(TABLES, YANGPU, "opening_subsidy.ceiling", values, AS_OF)
    assert [p.value for p in shown.points] == values
    for point in shown.points:
        alone = impact(TABLES, YANGPU, YANGPU.changed(parameters={"opening_subsidy.ceiling": point.value}), AS_OF)
        assert point.impact.counts == alone.counts
        if alone.provisions:
            assert point.impact.provisions == alone.provisions
    costs = [point.impact.provisions[0].after.payable.max or 0 for point in shown.points]
    assert costs == sorted(costs)


def test_values_on_the_command_line_are_numbers_or_days_and_what_is_neither_is_told() -> None:
    assert [number(text) for text in ("20000", "0.5", "2025-03-01", "abc", "NaN", "Infinity")] == [
        20_000,
        Decimal("0.5"),
        dt.date(2025, 3, 1),
        "abc",
        "NaN",
        "Infinity",
    ]
    with pytest.raises(PackError, match=r"`abc` does not fit; it takes yuan of 0 or more"):
        sweep(TABLES, YANGPU, "opening_subsidy.ceiling", ["abc"], AS_OF)


def test_a_sweep_asks_for_values_and_for_a_number_that_there_is() -> None:
    with pytest.raises(CaseError, match="values: there is none"):
        sweep(TABLES, YANGPU, "opening_subsidy.ceiling", [], AS_OF)
    with pytest.raises(CaseError, match="values: there is none"):
        sweep(TABLES, YANGPU, "opening_subsidy.ceiling", 5_000, AS_OF)  # type: ignore[arg-type]
    with pytest.raises(CaseError, match="pack: `3` is no pack"):
        impact(TABLES, YANGPU, 3, AS_OF)  # type: ignore[arg-type]
    with pytest.raises(CaseError, match=r"readings: `\['x'\]` is no mapping"):
        impact(TABLES, YANGPU, CHANGED, AS_OF, ["x"])  # type: ignore[arg-type]
    with pytest.raises(PackError, match=r"opening_subsidy\.ceiling"):
        sweep(TABLES, YANGPU, "opening_subsidy.celing", [1], AS_OF)


def test_plain_data_has_the_published_form(found: Impact) -> None:
    lower = impact(TABLES, CHANGED, YANGPU, AS_OF)
    for told in (found, lower, impact(TABLES, YANGPU, YANGPU, AS_OF)):
        jsonschema.validate(json.loads(json.dumps(told.to_dict())), impact_schema())
    shown = sweep(TABLES, YANGPU, "opening_subsidy.ceiling", [5_000, Decimal("20000.50")], AS_OF)
    jsonschema.validate(json.loads(json.dumps(shown.to_dict())), sweep_schema())


def test_plain_data_names_the_readings_taken() -> None:
    taken: dict[str, str | None] = {**YANGPU.default_readings}
    name = next(iter(taken))
    taken[name] = None
    told = impact(TABLES, YANGPU, CHANGED, AS_OF, {name: None}).to_dict()
    assert told["old"]["readings"] == taken
    assert told["new"]["readings"] == {n: taken[n] for n in CHANGED.readings}
    swept = sweep(TABLES, YANGPU, "opening_subsidy.ceiling", [5_000], AS_OF, {name: None}).to_dict()
    assert swept["readings"] == swept["points"][0]["new"]["readings"] == taken


# --------------------------------------------------------------------------------------------------------- display


def test_an_impact_is_told_in_both_languages(found: Impact) -> None:
    assert f"{found.counts['wins']:,}" in found.explain()
    assert "better off" in found.explain("en")
    assert found._repr_html_().startswith("<div ")


def test_the_histogram_counts_everybody_for_whom_something_changes(found: Impact) -> None:
    rows = [r for held in charts.impact(found).to_dict()["datasets"].values() for r in held]
    assert sum(r["n"] for r in rows) == found.rows.height - found.counts["same"]
    for sign, v in (("▲", "wins"), ("▼", "loses"), ("?", "unclear")):
        assert sum(r["n"] for r in rows if r["verdict"].startswith(sign)) == found.counts[v]


def test_nothing_to_draw_is_refused_by_name() -> None:
    with pytest.raises(CaseError, match="impact: nothing changes for anybody"):
        charts.impact(impact(TABLES, YANGPU, YANGPU, AS_OF))


def test_a_curve_shows_both_ends_and_today() -> None:
    shown = sweep(TABLES, YANGPU, "opening_subsidy.ceiling", [5_000, 10_000], AS_OF)
    rows = [r for held in charts.sweep(shown).to_dict()["datasets"].values() for r in held]
    assert [(r["low"], r["high"]) for r in rows] == [
        (float(p.impact.provisions[0].after.payable.min), float(p.impact.provisions[0].after.payable.max or 0))
        for p in shown.points
    ]
    assert [r["now"] for r in rows] == [False, True]


# ---------------------------------------------------------------------------------------------------- command line


def test_the_program_tells_and_draws_scenarios(tmp_path: Path) -> None:
    make_registry(200, 3, tmp_path / "registry")
    folder, day = str(tmp_path / "registry"), ["--as-of", AS_OF]
    told = CliRunner().invoke(main, ["sweep", folder, "yangpu", "opening_subsidy.ceiling", "5000", "20000", *day])
    assert (told.exit_code, told.stderr) == (0, "")
    assert "20,000" in told.stdout
    same = CliRunner().invoke(main, ["impact", folder, "yangpu", "yangpu", *day, "--format", "json"])
    assert json.loads(same.stdout)["provisions"] == []
    picture = tmp_path / "sweep.svg"
    args = ["chart", "sweep", folder, "yangpu", "opening_subsidy.ceiling", "5000", "20000", *day, "-o", str(picture)]
    assert CliRunner().invoke(main, args).exit_code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
