"""What it would take: every path works, none of its changes can be left out, and none as cheap is overlooked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import combinations, product
from random import Random
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from random_cases import values_of
from test_properties import World, many, randoms, read
from toyland import PACK

from socorg_rules import CaseError, Paths, assess, paths_to
from socorg_rules.decision import Outcome
from socorg_rules.expr import Compare, walk
from socorg_rules.facts import Fact, Type
from socorg_rules.paths import best
from socorg_rules.refs import facts_read
from socorg_rules.schema_explore import paths_schema

MODULE = import_module("socorg_rules.whatif")
CASE = "examples/yangpu-new-organization.json"
HERE: dict[str, Any] = {"status": "registered", "division": "310110", "payments": []}


def yangpu(provision: str, as_of: str = "2023-06-01", **facts: object) -> Paths:
    return paths_to({"organization": {**HERE, **facts}}, "yangpu", provision, as_of)


def changes(found: Paths) -> list[list[tuple[str, object]]]:
    """What each path changes, without what is common to all paths."""
    return [[(c.path.removeprefix("organization."), c.after) for c in p.changes] for p in found.paths]


# ------------------------------------------------------------------------------------- against brute force


class Small:
    """A random pack and case, and every way to tell one or two changeable facts of the root entity otherwise."""

    def __init__(self, rnd: Random) -> None:
        self.world = World(rnd, rnd.choice((50, 90)))
        self.readings = {name: self.world.readings[name] for name in self.world.pack.readings}
        self.name = rnd.choice(list(self.world.pack.plans))
        self.plan = self.world.pack.plans[self.name]
        facts = [f for f in self.world.kind.facts.values() if f.name in self.plan.facts and self.may_change(f)]
        self.facts = rnd.sample(facts, min(4, len(facts)))

    @staticmethod
    def may_change(fact: Fact) -> bool:
        return fact.changeable and not fact.identifies and fact.type is not Type.ITEMS

    def told(self, some: tuple[Fact, ...], values: tuple[object, ...]) -> dict[str, Any]:
        told = dict(zip((f.name for f in some), values, strict=True))
        return {self.world.kind.name: {**self.world.source[self.world.kind.name], **told}}

    @property
    def compares_with_itself(self) -> bool:
        """Whether some test holds a fact against itself: what has to be true of both sides at once is not sought."""
        nodes = {n for e in self.plan.exprs for n in walk(e) if isinstance(n, Compare)}
        return any(facts_read(n.left) & facts_read(n.right) for n in nodes)

    def works(self, source: dict[str, Any]) -> bool:
        question = self.world.question(source)
        return question.engine.decide(self.plan).outcome is best(self.plan) and not question.evaluator.problems

    def enough(self, most: int) -> Iterator[frozenset[str]]:
        """The smallest sets of facts of which some values make it so."""
        found: list[frozenset[str]] = []
        for size in range(1, most + 1):
            for some in combinations(self.facts, size):
                names = frozenset(f.name for f in some)
                if not any(f <= names for f in found):
                    ways = product(*(all_values(f) for f in some))
                    if any(self.works(self.told(some, values)) for values in ways):
                        found.append(names)
        yield from found


def all_values(fact: Fact) -> tuple[object, ...]:
    if fact.type in {Type.TEXTS, Type.NUMBERS, Type.MONTHS}:
        values = values_of(fact)
        return ([], list(values), *([v] for v in values))
    return values_of(fact)


@many
@given(randoms)
def test_no_set_of_changed_facts_that_is_enough_is_overlooked(rnd: Random) -> None:
    for small in (Small(rnd) for _ in range(2)):
        refused = small.world.findings(small.world.source) is not None and not small.works(small.world.source)
        if refused and not small.compares_with_itself:
            found = sought(small)
            for enough in small.enough(2) if found.complete else ():
                assert any(way <= enough for way in facts_changed(found)), (enough, found.paths)


def sought(small: Small) -> Paths:
    """Every path of up to two changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "LIMIT", 10_000)
        patch.setattr(MODULE, "TRIED", 300)
        case = small.world.question(small.world.source).case
        return paths_to(case, small.world.pack, small.name, small.world.as_of, small.readings, most=2)


def facts_changed(found: Paths) -> Iterator[set[str]]:
    """What each path changes: facts of the root entity by their names, anything else as nothing that has one."""
    for path in found.paths:
        yield {c.path.partition(".")[2] if c.kind in {"told", "changed"} else "" for c in path.changes}


@many
@given(randoms)
def test_every_path_works_and_none_of_its_changes_can_be_left_out(rnd: Random) -> None:
    world = World(rnd, rnd.choice((40, 80)))
    readings = {name: world.readings[name] for name in world.pack.readings}
    name = rnd.choice(list(world.pack.plans))
    wanted = best(world.pack.plans[name])
    case = world.question(world.source).case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "TRIED", 300)
        try:
            found = paths_to(case, world.pack, name, world.as_of, readings, most=3)
        except CaseError:
            return  # the case contradicts itself
    fixed = {f.name for f in world.kind.facts.values() if not f.changeable or f.identifies}
    for path in found.paths:
        replayed = assess(read(path.case.to_dict(), world.kind), world.pack, world.as_of, readings, "reference")
        assert replayed[name].outcome is wanted
        assert replayed[name].finding.state() == path.decision.finding.state()
        assert not fixed & {c.path.removeprefix(f"{world.kind.name}.") for c in path.changes}
        assert not any(c.path.startswith(f"{world.kind.name}.payments[") for c in path.changes)
        for size in range(len(path.changes)):
            for some in combinations(path.changes, size):
                made = MODULE._made(found.decision.question, some)  # noqa: SLF001
                assert made is None or made.engine.decide(found.decision.plan).outcome is not wanted
    costs = [p.cost for p in found.paths]
    assert costs == sorted(costs)
    jsonschema.validate(json.loads(json.dumps(found.to_dict())), paths_schema())
    assert found.explain("en")


# ------------------------------------------------------------------------------------------- cases worked by hand


def test_a_grade_that_is_still_to_be_won_is_an_item_more() -> None:
    found = yangpu("grade_award", assessments=[])
    assert sorted(changes(found), key=str) == [
        [("assessments", {"announced_on": "2023-06-01", "grade": g})] for g in ("3A", "4A", "5A")
    ]
    assert {str(p.decision.payable.max) for p in found.paths if p.decision.payable} == {
        "10000.00",
        "30000.00",
        "50000.00",
    }


def test_a_grade_that_is_there_can_be_raised() -> None:
    low = [{"grade": "2A", "announced_on": "2023-01-01"}]
    assert ("assessments[0].grade", "3A") in [
        c for path in changes(yangpu("grade_award", assessments=low)) for c in path
    ]


def test_more_is_a_larger_sum_than_now() -> None:
    found = paths_to(CASE, "yangpu", "grade_award", "2024-06-01", wanted="more")
    assert {(c.path, str(p.decision.payable and p.decision.payable.max)) for p in found.paths for c in p.changes} == {
        ("organization.assessments", "40000.00"),
        ("organization.assessments[1].grade", "40000.00"),
    }
    assert not found.reached


def test_a_share_is_raised_up_to_its_ceiling() -> None:
    venture = {"is_selected": True, "amount": "20000", "selected_on": "2023-03-01", "name": "甲"}
    case = {"organization": {**HERE, "ventures": [venture]}}
    found = paths_to(case, "yangpu", "venture_match", "2023-06-01", {"project_amount": "budget"}, wanted="more")
    assert [("ventures[0].amount", "100000.00")] in changes(found)


def test_what_is_fixed_is_never_touched_and_told_to_be_found_out_first() -> None:
    over = yangpu("opening_subsidy", established_on="2010-01-01", annual_inspections=[])
    assert (over.paths, over.complete, over.waiting) == ((), True, None)
    assert "没有可行的改变" in over.explain()
    unknown = yangpu("opening_subsidy", annual_inspections=[])
    assert (unknown.paths, unknown.fixed) == ((), ("organization.established_on",))
    assert "须先查明、无法改变的事实：成立日期" in unknown.explain()


def test_of_a_new_item_what_has_to_be_true_is_told_also_where_it_is_fixed_later() -> None:
    found = yangpu("opening_subsidy", established_on="2022-03-10", annual_inspections=[], annual_reports=[])
    added = [p.changes[0] for p in found.paths if len(p.changes) == 1 and p.changes[0].kind == "added"]
    assert any(c.after.get("result") == "合格" for c in added)
    assert all(c.after.get("year", 2023) in {2022, 2023} for c in added)


def test_where_waiting_is_enough_its_day_is_told() -> None:
    inspection = {"year": 2022, "result": "合格", "concluded_on": "2023-09-01"}
    found = yangpu("opening_subsidy", established_on="2022-03-10", annual_inspections=[inspection])
    assert found.waiting is not None
    assert found.waiting.isoformat() == "2023-09-01"
    assert "等到 2023-09-01 即可" in found.explain()


def test_payments_received_are_not_changed() -> None:
    paid = [{"provision": "opening_subsidy", "amount": 10000, "paid_on": "2023-05-01"}]
    inspection = {"year": 2022, "result": "合格", "concluded_on": "2023-04-01"}
    found = yangpu("opening_subsidy", established_on="2022-03-10", annual_inspections=[inspection], payments=paid)
    assert found.decision.reason == "paid"
    assert not found.paths


def test_what_is_met_needs_nothing() -> None:
    found = paths_to(CASE, "yangpu", "opening_subsidy", "2023-06-01")
    assert (found.reached, found.paths) == (True, ())
    assert "无须改变" in found.explain()


def test_what_is_always_left_to_the_authority_is_sought_as_that() -> None:
    found = yangpu("talent_recommendation", established_on="2022-01-01")
    assert all(p.decision.outcome is Outcome.DISCRETIONARY for p in found.paths)


def test_a_judgement_costs_more_than_another_fact_and_is_told() -> None:
    found = paths_to(
        {"guild": {"status": "registered", "division": "7701", "payments": []}}, PACK, "stall_space", "2022-06-01"
    )
    judged = [tuple(c.judgement for c in p.changes) for p in found.paths]
    assert judged == sorted(judged)


def test_an_unknown_provision_is_told_with_the_nearest_one() -> None:
    told = "provision: `grade_awards` is no provision of yangpu about this case; did you mean `grade_award`"
    with pytest.raises(CaseError, match=told):
        yangpu("grade_awards")


def test_what_is_not_offered_is_told() -> None:
    with pytest.raises(CaseError, match="wanted: `moar` is not offered; did you mean `more`"):
        paths_to(CASE, "yangpu", "grade_award", "2023-06-01", wanted="moar")  # type: ignore[arg-type]


def test_too_many_cases_end_the_search_which_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "TRIED", 3)
    found = yangpu("grade_award")
    assert not found.complete
    assert "未全部试过" in found.explain()


def test_more_is_not_wanted_where_there_is_no_sum() -> None:
    with pytest.raises(CaseError, match="wanted: `party_charter` gives no sum of which there could be more"):
        paths_to(CASE, "yangpu", "party_charter", "2024-06-01", wanted="more")


def test_the_title_says_what_is_sought() -> None:
    filed = "examples/hainan-filed-organization.json"
    assert "怎样就会触发" in paths_to(filed, "hainan", "exit_filed", "2024-06-01").explain()
    assert "怎样才能多领" in paths_to(CASE, "yangpu", "grade_award", "2024-06-01", wanted="more").explain()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_are_the_stored_ones(lang: str, snapshot: Callable[[str, str], None]) -> None:
    found = paths_to(CASE, "yangpu", "senior_social_worker_award", "2024-06-01")
    snapshot(f"paths.{lang}.txt", found.explain(lang))
