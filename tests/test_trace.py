"""The trace: all that a decision was worked out from, as plain data; and what of it proves, refutes or leaves open."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from explained import any_answer, town, toyland
from hypothesis import given, settings
from hypothesis import strategies as st

from socorg_rules.decision import Outcome
from socorg_rules.proof import Leaf, decider, facts, open_leaves, proof, read, refutation, settled, source
from socorg_rules.steps import NODES, Step


def steps(of: Any) -> Iterator[Step]:  # noqa: ANN401 - any JSON value
    """Every step of a trace."""
    if isinstance(of, dict):
        if "node" in of:
            yield of
        for value in of.values():
            yield from steps(value)
    elif isinstance(of, list):
        for value in of:
            yield from steps(value)


# ---------------------------------------------------------------------------------------------------- the trace


def test_a_decision_alone_works_out_no_trace() -> None:
    decision = toyland()["opening_gift"]
    assert decision.outcome is Outcome.MET
    assert "trace" not in vars(decision)


def test_a_trace_is_plain_json() -> None:
    for answer in (toyland(), toyland(badges=None, payments=None), town(guild_count=2)):
        for decision in answer.values():
            assert json.loads(json.dumps(decision.trace)) == decision.trace


def test_a_step_holds_the_fact_its_words_and_its_value() -> None:
    status = next(s for s in steps(toyland()["opening_gift"].trace) if s.get("path") == "guild.status")
    assert status == {
        "node": "fact",
        "path": "guild.status",
        "fact": "status",
        "label": "状态",
        "type": "text",
        "unit": "",
        "value": "registered",
        "value_label": "已登记",
    }


def test_money_is_yuan_and_days_are_iso() -> None:
    told = toyland()["opening_gift"].trace["derivations"][0]
    assert (told["low"]["value"], told["high"]["value"]) == ("0.00", "10000.00")
    assert {s["value"] for s in steps(told) if s.get("path") == "guild.founded_on"} == {"2022-03-10"}


def test_a_reading_tells_its_question_and_what_was_taken() -> None:
    taken = next(s for s in steps(toyland()["opening_gift"].trace["derivations"]) if s.get("reading") == "two_years")
    assert taken["taken"] == "civil_code"
    assert taken["question"]
    assert taken["taken_label_en"]
    assert taken["parts"][0]["alternative"] == "civil_code"


def test_an_item_tells_its_path_and_its_name() -> None:
    items = [d["item"] for d in toyland()["badge_prize"].trace["derivations"]]
    assert [(i["path"], i["name"]) for i in items] == [("guild.badges[0]", "月桂"), ("guild.badges[1]", "橡叶")]


def test_an_item_without_a_name_goes_by_its_grade() -> None:
    badges = [{"id": "b1", "grade": "银"}, {"id": "b2", "awarded_on": "2022-09-01"}]
    items = [d["item"] for d in toyland(badges=badges)["badge_prize"].trace["derivations"]]
    assert [i["name"] for i in items] == ["银", "b2"]


def test_an_item_that_was_looked_at_tells_its_day() -> None:
    fold = next(s for s in steps(toyland()["rank_reward"].trace["derivations"][0]["high"]) if s["node"] == "fold")
    days = [read(i)["dated"] for i in fold["parts"]]
    assert [(d["path"], d["value"]) for d in days] == [
        ("guild.badges[0].awarded_on", "2022-09-01"),
        ("guild.badges[1].awarded_on", "2022-10-01"),
    ]
    assert days[0]["path"] not in {f["path"] for f in facts(fold)}


def test_the_largest_value_comes_from_an_item() -> None:
    fold = next(s for s in steps(toyland()["rank_reward"].trace["derivations"][0]["high"]) if s["node"] == "fold")
    found = decider(fold)
    assert found is not None
    assert found["path"] == "guild.badges[0]"
    assert decider({**fold, "op": "sum"}) is None


def test_a_value_comes_from_the_branch_and_the_alternative_taken() -> None:
    def const(value: str) -> Step:
        return {"node": "const", "value": value}

    fact: Step = {"node": "fact", "path": "a", "value": "1"}
    for truth, branch in ((True, fact), (False, fact)):
        choice = {"node": "if", "value": "1", "parts": [{"node": "fact", "truth": truth}, branch]}
        assert source(choice) is fact
        assert source({"node": "reading", "taken": "one", "value": "1", "parts": [choice]}) is fact
        assert source({"node": "reading", "taken": None, "value": "1", "parts": [const("1"), choice]}) is fact
    fixed = {"node": "if", "value": "1", "parts": [{"node": "fact", "truth": True}, const("1")]}
    assert source(fixed) is fixed
    unsettled = {"node": "if", "low": "1", "high": "2", "parts": [{"node": "fact", "truth": None}, fact, const("2")]}
    assert source(unsettled) is unsettled
    assert source({"node": "stated", "value": "1", "parts": [{"node": "fact"}, fact]}) is fact


def test_items_of_a_later_day_are_named_apart() -> None:
    assert toyland()["badge_prize"].trace["each"]["later"] == ["guild.badges[2]"]


def test_an_item_without_its_date_is_told_to_be_assumed() -> None:
    (told,) = toyland(badges=[{"name": "月桂", "grade": "银"}])["badge_prize"].trace["derivations"]
    assert told["item"]["assumed"] is True


def test_an_incomplete_collection_is_told_to_be_so() -> None:
    answer = toyland(audits={"items": [], "complete": False})
    pick = next(s for s in steps(answer["opening_gift"].trace) if s["node"] == "pick")
    assert pick["complete"] is False


def test_a_presumed_test_shows_that_the_fact_is_not_known() -> None:
    shops = [{"name": "东坊", "apprentices": [{"age": 16}]}]
    presumed = next(s for s in steps(toyland(workshops=shops)["apprentice_wage"].trace) if s["node"] == "presumed")
    assert presumed["truth"] is True
    assert presumed["parts"][0]["truth"] is None


def test_missing_facts_are_named_in_words_through_every_entity() -> None:
    shops = [{"name": "东坊", "opened_on": "2022-01-01", "apprentices": [{"is_paid": True}]}]
    missing = toyland(workshops=shops)["apprentice_wage"].trace["missing"]
    assert {m["path"]: m["label"] for m in missing}["guild.workshops[0].apprentices[0].age"] == (
        "作坊第1项的学徒第1项的年龄"
    )


def test_own_facts_are_named_in_words() -> None:
    missing = toyland()["bridge_fund"].trace["missing"]
    assert {m["path"]: m["label"] for m in missing}["guild.toyland.toll"] == "过桥费"


def test_toyland_traces_every_kind_of_node() -> None:
    seen = {s["node"] for a in (toyland(), town(guild_count=2)) for d in a.values() for s in steps(d.trace)}
    assert set(NODES.values()) <= seen | {"presumed", "names", "contains", "year_of", "gap"}


many = settings(max_examples=60, deadline=None, derandomize=True, database=None)
randoms = st.integers(0, 2**32).map(Random)

LINES = ("reach", "force", "when", "discretion", "used", "low", "high", "credited", "due", "result")


@many
@given(randoms)
def test_a_trace_finds_what_the_decision_found(rnd: Random) -> None:
    for decision in (any_answer(rnd) or {}).values():
        for told, finding in zip(decision.trace["derivations"], decision.items or (decision,), strict=False):
            if told.get("item", {}).get("unseen"):
                continue
            refuted = [n for n in ("reach", "force", "when") if n in told and told[n]["truth"] is False]
            reasons = {"reach": "not_applicable", "force": "not_in_force", "when": "conditions"}
            assert (finding.reason if finding.reason != "paid" else None) == (reasons[refuted[0]] if refuted else None)


@many
@given(randoms)
def test_what_leaves_a_derivation_open_is_what_is_missing(rnd: Random) -> None:
    for decision in (any_answer(rnd) or {}).values():
        if decision.outcome is Outcome.NOT_MET or decision.items is not None:
            continue
        (told,) = decision.trace["derivations"]
        lines = [n for n in LINES if n in told and (decision.entitlement or n not in {"low", "high", "credited"})]
        opens = [found.step for n in lines for found in open_leaves(told[n])]
        assert {s["path"] for s in opens if "path" in s} == set(decision.missing)
        assert {s["reading"] for s in opens if s["node"] == "reading"} == set(decision.open_readings)


# ------------------------------------------------------------------------------------------------------- proofs


def leaf(name: str, *, truth: bool | None) -> Step:
    return {"node": "fact", "path": name, "fact": name, "label": name, "truth": truth}


def join(node: str, parts: list[Step]) -> Step:
    truths = [p["truth"] for p in parts]
    decided, other = (False, True) if node == "and" else (True, False)
    truth = decided if decided in truths else None if None in truths else other
    return {"node": node, "truth": truth, "parts": parts}


def negate(part: Step) -> Step:
    return {"node": "not", "truth": None if part["truth"] is None else not part["truth"], "parts": [part]}


WORLD = {"a": True, "b": False, "c": True, "d": False, "e": None}
TREES = st.recursive(
    st.sampled_from(sorted(WORLD)).map(lambda name: leaf(name, truth=WORLD[name])),
    lambda below: (
        st.lists(below, min_size=1, max_size=3).map(lambda p: join("and", p))
        | st.lists(below, min_size=1, max_size=3).map(lambda p: join("or", p))
        | below.map(negate)
    ),
    max_leaves=12,
)


def under(step: Step, known: set[str]) -> bool | None:
    """The truth of a tree where only some of its leaves are known."""
    if step["node"] == "fact":
        return step["truth"] if step["path"] in known else None
    parts = [{"truth": under(p, known)} for p in step["parts"]]
    made = negate(parts[0]) if step["node"] == "not" else join(step["node"], parts)
    return made["truth"]  # type: ignore[no-any-return]


def smallest(step: Step) -> int:
    """How many known leaves are needed at least to settle a tree."""
    names = sorted(WORLD)
    sizes = (
        n
        for n in range(len(names) + 1)
        for some in itertools.combinations(names, n)
        if under(step, set(some)) is not None
    )
    return next(sizes)


@settings(deadline=None)
@given(TREES)
def test_a_refutation_refutes_and_none_is_smaller(tree: Step) -> None:
    if tree["truth"] is None:
        return
    leaves = refutation(tree) if tree["truth"] is False else proof(tree)
    assert under(tree, {found.step["path"] for found in leaves}) is tree["truth"]
    assert len(leaves) == smallest(tree)


@settings(deadline=None)
@given(TREES)
def test_only_an_undecided_tree_has_open_leaves(tree: Step) -> None:
    opens = {found.step["path"] for found in open_leaves(tree)}
    assert bool(opens) is (tree["truth"] is None)
    assert opens <= {"e"}
    assert settled(tree) is (tree["truth"] is not None)


def test_of_equally_small_refutations_the_first_in_the_text_is_told() -> None:
    tree = join("and", [leaf("a", truth=True), leaf("b", truth=False), leaf("d", truth=False)])
    assert [found.step["path"] for found in refutation(tree)] == ["b"]


def test_a_test_that_serves_two_alternatives_counts_once() -> None:
    b, d, f = (leaf(n, truth=False) for n in "bdf")
    tree = join("or", [join("and", [b, d]), join("and", [d, f])])
    assert [found.step["path"] for found in refutation(tree)] == ["d"]


def test_a_named_condition_is_one_leaf_and_keeps_what_is_within() -> None:
    inner = join("or", [leaf("b", truth=False), leaf("d", truth=False)])
    named = {"node": "condition", "id": "both", "label": "两者", "clause": "二", "truth": False, "parts": [inner]}
    (found,) = refutation(join("and", [leaf("a", truth=True), named]), "一")
    assert (found.to_dict()["id"], found.clause) == ("both", "二")
    assert [w.step["path"] for w in found.within] == ["b", "d"]
    assert [w.clause for w in found.within] == ["二", "二"]


def test_a_leaf_stands_under_the_clause_of_the_provision_where_no_condition_has_one() -> None:
    assert [found.clause for found in refutation(leaf("b", truth=False), "一")] == ["一"]


def test_the_decisive_test_is_named_with_what_it_saw() -> None:
    (found,) = toyland(founded_on="2020-03-10")["opening_gift"].refutation
    assert found["id"] == "newly_founded"
    assert found["label"] == "成立不足两年"
    assert found["clause"] == "一"
    assert found["path"] == "guild.founded_on"
    assert (found["saw"], found["op"], found["threshold"]) == ("2022-03-10", ">=", "2023-06-01")
    assert found["facts"] == [{"path": "guild.founded_on", "label": "成立日期", "value": "2020-03-10"}]


def test_reach_is_what_refutes_a_provision_that_does_not_apply() -> None:
    (found,) = toyland(division="9901")["opening_gift"].refutation
    assert (found["id"], found["path"], found["saw"]) == ("in_toyland", "guild.division", "9901")
    assert found["threshold"] == ["77", "7801"]


def test_an_empty_collection_refutes_by_itself() -> None:
    (found,) = toyland(badges=[], payments=[])["badge_prize"].refutation
    assert (found["path"], found["saw"]) == ("guild.badges", [])


def test_each_item_is_refuted_by_its_own_test() -> None:
    badges = [{"name": "橡叶", "grade": "铜", "awarded_on": "2022-10-01"}]
    (found,) = toyland(badges=badges, payments=[])["badge_prize"].refutation
    assert (found["item"], found["path"], found["saw"]) == ("guild.badges[0]", "guild.badges[0].grade", "铜")


@pytest.mark.parametrize("outcome", [Outcome.MET, Outcome.UNDETERMINED, Outcome.DISCRETIONARY])
def test_only_what_is_not_met_has_a_refutation(outcome: Outcome) -> None:
    assert all(d.refutation == () for d in toyland().values() if d.outcome is outcome)


@many
@given(randoms)
def test_everything_not_met_has_a_refutation(rnd: Random) -> None:
    for decision in (any_answer(rnd) or {}).values():
        if decision.outcome is Outcome.NOT_MET:
            assert decision.refutation, decision.trace
            assert all(found["clause"] for found in decision.refutation)


def test_leaves_of_one_test_are_one() -> None:
    assert Leaf(leaf("a", truth=True), None).key == Leaf(leaf("a", truth=True), "一").key
