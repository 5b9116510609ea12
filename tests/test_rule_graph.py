"""The rules of a provision as a graph: each node once, marked as it came out, folded so that it can be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from xml.etree.ElementTree import fromstring

import pytest
from explained import any_answer, guild
from hypothesis import given, settings
from hypothesis import strategies as st
from test_render import HOSTILE, Page
from toyland import PACK

from socorg_rules import CaseError, Outcome, assess, load_pack, packs, rule_graph
from socorg_rules.answer import Decision
from socorg_rules.expr import Const, walk
from socorg_rules.graph import Graph
from socorg_rules.render import harmless
from socorg_rules.words import Condition

ROOT = Path(__file__).parents[1]
NEW = str(ROOT / "examples" / "yangpu-new-organization.json")
EVERY = [(pack, name) for pack in (*map(load_pack, packs()), PACK) for name in pack.plans]
ALL_OPEN = 99


def sound(graph: Graph) -> None:
    """Each node has one name, and is reached from the provision."""
    names = [node.id for node in graph.nodes]
    assert len(set(names)) == len(names)
    reached, waiting = {"provision"}, ["provision"]
    while waiting:
        start = waiting.pop()
        for edge in graph.edges:
            if edge.start == start and edge.end not in reached:
                reached.add(edge.end)
                waiting.append(edge.end)
    assert reached == set(names)


@pytest.mark.parametrize(("pack", "name"), EVERY, ids=lambda v: getattr(v, "id", v))
def test_every_provision_is_a_sound_graph_that_can_be_read(pack: object, name: str) -> None:
    folded, opened = (rule_graph(pack, name, depth=depth) for depth in (0, ALL_OPEN))  # type: ignore[arg-type]
    for graph in (folded, opened):
        sound(graph)
        assert all(node.text for node in graph.nodes)
    assert len(folded.nodes) <= 31
    assert len(folded.nodes) <= len(opened.nodes)
    assert not any(node.hidden for node in opened.nodes)


@pytest.mark.parametrize(("pack", "name"), EVERY, ids=lambda v: getattr(v, "id", v))
def test_every_named_condition_is_there_once_all_is_open(pack: object, name: str) -> None:
    plan = pack.plans[name]  # type: ignore[attr-defined]
    tested = (plan.reach, plan.force, plan.when)
    labels = {n.label for e in tested if not isinstance(e, Const) for n in walk(e) if isinstance(n, Condition)}
    shown = {node.text for node in rule_graph(pack, name, depth=ALL_OPEN).nodes}  # type: ignore[arg-type]
    assert labels <= shown


def test_a_shared_condition_is_one_node() -> None:
    graph = rule_graph("yangpu", "rent_subsidy", depth=ALL_OPEN)
    texts = [node.text for node in graph.nodes if node.kind == "condition"]
    assert len(texts) == len(set(texts))
    ends = [edge.end for edge in graph.edges]
    assert any(ends.count(node.id) > 1 for node in graph.nodes)


def test_the_same_figure_in_two_places_is_no_shared_rule() -> None:
    graph = rule_graph("yangpu", "rent_subsidy", depth=ALL_OPEN)
    ends = [edge.end for edge in graph.edges]
    assert all(ends.count(n.id) == 1 for n in graph.nodes if n.text.endswith(" 元"))


def test_what_is_folded_away_is_counted() -> None:
    closed = rule_graph("yangpu", "opening_subsidy")
    assert sum(node.hidden for node in closed.nodes) > len(rule_graph("yangpu", "opening_subsidy", depth=1).nodes)


# -------------------------------------------------------------------------------------------------- with a decision


@pytest.mark.parametrize("name", [*guild()])
def test_a_decided_graph_agrees_with_the_trace(name: str) -> None:
    decision = guild()[name]
    graph = rule_graph(PACK, name, decision, depth=ALL_OPEN)
    sound(graph)
    told = decision.trace["derivations"]
    if len(told) == 1 and "when" in told[0]:
        mark = {True: "holds", False: "fails", None: "open"}[told[0]["when"]["truth"]]
        assert next(node.mark for node in graph.nodes if node.id == "when") == mark


def test_each_outcome_has_its_own_mark() -> None:
    new = assess(NEW, "yangpu", "2023-06-01")
    marks = {d.outcome: rule_graph("yangpu", d.provision, d).nodes[0].mark for d in new.decisions}
    assert marks == {
        Outcome.MET: "holds",
        Outcome.DISCRETIONARY: "left",
        Outcome.UNDETERMINED: "open",
        Outcome.NOT_MET: "fails",
    }


def test_of_a_reading_that_was_taken_only_that_way_is_shown() -> None:
    answer = assess(NEW, "yangpu", "2023-06-01")
    decision = answer["opening_subsidy"]
    roles = {edge.role for edge in rule_graph("yangpu", "opening_subsidy", decision, depth=ALL_OPEN).edges}
    assert "申请日，即问题所问之日" in roles
    assert "已记录的申请日" not in roles
    assert "已记录的申请日" in {edge.role for edge in rule_graph("yangpu", "opening_subsidy", depth=ALL_OPEN).edges}


@settings(max_examples=30, deadline=None)
@given(st.integers())
def test_any_decision_of_any_pack_is_a_sound_graph(seed: int) -> None:
    answer = any_answer(Random(seed))  # noqa: S311 - no secret
    for decision in answer.decisions if answer is not None else ():
        sound(rule_graph(decision.question.pack, decision.provision, decision, depth=2))


def test_a_language_that_is_not_offered_is_refused() -> None:
    with pytest.raises(CaseError, match="lang: `fr` is not offered"):
        rule_graph("yangpu", "opening_subsidy", lang="fr")  # type: ignore[arg-type]


def test_a_decision_of_another_provision_is_refused() -> None:
    decision: Decision = guild()["badge_prize"]
    with pytest.raises(CaseError, match=r"decision: it is of `toyland\.badge_prize`, not of `toyland\.opening_gift`"):
        rule_graph(PACK, "opening_gift", decision)


def test_an_unknown_provision_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(CaseError, match="provision: `toyland` has no provision `badge_price`; did you mean `badge_pri"):
        rule_graph(PACK, "badge_price")


# --------------------------------------------------------------------------------------------------------- drawing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_drawing_shows_each_node_in_its_place(lang: str) -> None:
    graph = rule_graph(PACK, "badge_prize", guild()["badge_prize"], depth=1, lang=lang)  # type: ignore[arg-type]
    svg = fromstring(graph.svg)  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    boxes = svg.findall(f".//{space}g[@class]")
    assert len(boxes) == len(graph.nodes)
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    for box in boxes:
        rect = box.findall(f"{space}rect")[-1]
        x, y, wide, high = (float(rect.get(k, -1)) for k in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height


def test_no_box_lies_on_another() -> None:
    svg = fromstring(rule_graph("hainan", "talent_target", depth=1).svg)  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    rects = [g.findall(f"{space}rect")[-1] for g in svg.findall(f".//{space}g[@class]")]
    boxes = [tuple(float(r.get(k, 0)) for k in ("x", "y", "width", "height")) for r in rects]
    for i, (x, y, w, h) in enumerate(boxes):
        for u, v, p, q in boxes[:i]:
            assert x + w <= u or u + p <= x or y + h <= v or v + q <= y


def test_a_mark_is_written_and_not_only_coloured() -> None:
    svg = rule_graph(PACK, "badge_prize", guild()["badge_prize"], depth=1).svg
    assert "✗" in svg
    assert "✓" in svg
    assert "未查看" in svg


def test_a_name_in_a_case_is_no_markup() -> None:
    answer = assess({"guild": {"status": "registered", "craft": HOSTILE, "payments": []}}, PACK, "2023-06-01")
    for decision in answer.decisions:
        graph = rule_graph(PACK, decision.provision, decision, depth=ALL_OPEN)
        assert "script" not in Page(graph._repr_html_()).tags
        assert harmless(HOSTILE) == HOSTILE or HOSTILE not in graph.svg


def test_without_the_extra_the_remedy_is_told() -> None:
    code = """
import sys
sys.modules["pygraphviz"] = None
from socorg_rules import rule_graph
rule_graph("yangpu", "opening_subsidy").svg
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT)
    assert "install `socorg-rules[graphs]`" in done.stderr.strip().splitlines()[-1]
