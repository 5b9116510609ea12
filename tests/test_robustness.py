"""What stands under every reading: the same as deciding under every combination."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from itertools import product
from random import Random
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from test_properties import World, many, randoms
from toyland import PACK

from socorg_rules import CaseError, Robustness, assess, load_pack, robustness, spread
from socorg_rules.answer import Answer
from socorg_rules.combinations import Choice
from socorg_rules.decision import Outcome
from socorg_rules.money import Amount
from socorg_rules.pack import Pack
from socorg_rules.robustness import Standing
from socorg_rules.schema_explore import robustness_schema

MODULE = import_module("socorg_rules.robustness")
CASE = "examples/yangpu-new-organization.json"
GUILD: dict[str, Any] = {
    "status": "registered",
    "division": "7701",
    "founded_on": "2020-06-01",
    "audits": [{"year": 2020, "result": "不合格"}, {"year": 2021, "result": "合格"}],
    "payments": [],
    "workshops": [
        {"name": "甲", "division": "7701", "is_open": True, "rent": 100},
        {"name": "乙", "division": "7702", "is_open": True, "rent": 300},
    ],
    "registered_in": "2020-06",
    "badges": [],
}

Combination = dict[str, str]


def combinations(pack: Pack) -> Iterator[Combination]:
    for taken in product(*(r.alternatives for r in pack.readings.values())):
        yield dict(zip(pack.readings, taken, strict=True))


def of_verdict(standing: Standing, taken: Combination) -> list[tuple[Outcome, Amount | None]]:
    """What is said for a combination; it must be one thing."""

    def holds(choice: Choice) -> bool:
        return all(taken[name] in alternatives for name, alternatives in choice.items())

    return [(v.outcome, v.payable) for v in standing.verdicts if any(map(holds, v.under))]


def size(amount: Amount) -> tuple[Any, ...]:
    return amount.max is None, amount.max or 0, amount.min


def same_as_one_by_one(found: Robustness, ask: Callable[[Combination], Answer]) -> None:
    """Assert that everything said is what every single combination says."""
    answers = [(taken, ask(taken)) for taken in combinations(found.answer.pack)]
    for standing in found.standings:
        results = {}
        for taken, answer in answers:
            d = answer[standing.provision]
            result = d.outcome, None if d.outcome is Outcome.NOT_MET else d.payable
            results[tuple(taken.values())] = result
            assert of_verdict(standing, taken) == [result], (standing, taken)
        names = list(found.answer.pack.readings)
        hangs_on = {
            names[i]
            for one in results
            for other in results
            for i in range(len(names))
            if [j for j in range(len(names)) if one[j] != other[j]] == [i] and results[one] != results[other]
        }
        assert set(standing.hangs_on) == hangs_on
        assert standing.stands is (len(set(results.values())) == 1)
    for s in found.spreads:
        totals = [(answer.total[s.payee][s.chosen.per], taken) for taken, answer in answers]
        assert s.exact
        assert (s.least, s.most) == (min((t for t, _ in totals), key=size), max((t for t, _ in totals), key=size))
        for end, under in ((s.least, s.least_under), (s.most, s.most_under)):
            assert under is not None
            assert all(t == end for t, taken in totals if under.items() <= taken.items())


@many
@given(randoms)
def test_what_is_said_of_readings_is_what_every_combination_says(rnd: Random) -> None:
    world = World(rnd)
    readings = {name: world.readings[name] for name in world.pack.readings}
    case = world.question(world.source).case
    try:
        found = robustness(case, world.pack, world.as_of, readings)
        same_as_one_by_one(found, lambda taken: assess(case, world.pack, world.as_of, taken, "reference"))
    except CaseError:
        return  # the case contradicts itself
    jsonschema.validate(json.loads(json.dumps(found.to_dict())), robustness_schema())


def test_so_it_is_in_toyland() -> None:
    case = {"guild": GUILD}
    found = robustness(case, PACK, "2022-06-01")
    same_as_one_by_one(found, lambda taken: assess(case, PACK, "2022-06-01", taken, "reference"))
    assert found["opening_gift"].hangs_on == ("first_audit", "two_years")
    assert (found["rent_help"].outcome, found["rent_help"].hangs_on) == (Outcome.MET, ("rent_base",))
    assert {str(v.payable.max) for v in found["rent_help"].verdicts if v.payable} == {"90.00", "120.00"}


def test_a_combination_not_followed_to_its_end_is_told_and_totals_are_then_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MODULE, "COMBINATIONS", 1)
    found = robustness({"guild": GUILD}, PACK, "2022-06-01")
    assert not found["opening_gift"].complete
    assert not found["opening_gift"].stands
    for s in found.spreads:
        exact = robustness_of_toyland()[s.payee, s.chosen.per]
        assert s.least.min <= exact.least.min
        assert size(s.least) <= size(exact.least)
        assert size(s.most) >= size(exact.most)
    assert "不一定达到" in found.explain()


def test_too_many_joint_combinations_leave_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "JOINT", 1)
    found = robustness(CASE, "yangpu", "2023-06-01")
    bounds = {(s.payee, s.chosen.per): s for s in found.spreads}
    once = bounds["organization", "once"]
    assert not once.exact
    assert once.least_under is None
    monkeypatch.undo()
    exact = {(s.payee, s.chosen.per): s for s in robustness(CASE, "yangpu", "2023-06-01").spreads}
    assert size(once.least) <= size(exact["organization", "once"].least)
    assert size(once.most) >= size(exact["organization", "once"].most)


def robustness_of_toyland() -> Mapping[tuple[str, str], spread.Spread]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "COMBINATIONS", 4096)
        found = robustness({"guild": GUILD}, PACK, "2022-06-01")
    return {(s.payee, s.chosen.per): s for s in found.spreads}


def test_the_readings_of_the_question_are_only_what_others_are_held_against() -> None:
    one = robustness(CASE, "yangpu", "2023-06-01")
    other = robustness(CASE, "yangpu", "2023-06-01", {"top_up": "full", "golden_idea": None})
    assert one["grade_award"].payable != other["grade_award"].payable
    assert [attrs.evolve(s, outcome=Outcome.MET, payable=None) for s in one.standings] == [
        attrs.evolve(s, outcome=Outcome.MET, payable=None) for s in other.standings
    ]


def test_a_report_has_no_totals_and_says_what_it_is() -> None:
    found = robustness("examples/daoli-district.json", "daoli", "2018-12-31")
    assert not found.spreads
    assert "不是规范性文件" in found.explain()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_the_stored_one(lang: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"robustness.{lang}.txt", robustness(CASE, load_pack("yangpu"), "2023-06-01").explain(lang))
