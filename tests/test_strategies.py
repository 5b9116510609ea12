"""The library's strategies: valid cases at the thresholds, pairs one fact apart, entities, all shrinking to little."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from test_properties import many
from toyland import PACK, Guild

from socorg_rules import Outcome, PackError, assess, load_case, load_pack, packs
from socorg_rules.expr import Expr
from socorg_rules.refs import root
from socorg_rules.strategies import cases, cases_with_days, days, entities, near
from socorg_rules.vocabulary import Jurisdiction, Organization

quickly = settings(many, max_examples=15)


@pytest.mark.parametrize("name", [*packs(), "toyland"])
def test_every_case_drawn_is_valid_and_decided_without_what_is_missing(name: str) -> None:
    pack = PACK if name == "toyland" else load_pack(name)

    @quickly
    @given(cases(pack), days(pack))
    def drawn(case: dict[str, object], day: object) -> None:
        (root,) = case
        assert load_case(case, [pack]).root.name == root
        assert assess(case, pack, "2023-06-15", engine="reference").decisions
        assert day is not None

    drawn()


@pytest.mark.parametrize("name", packs())
def test_a_case_drawn_with_its_day_is_one_on_that_day(name: str) -> None:
    @quickly
    @given(cases_with_days(name, missing=True))
    def drawn(dated: tuple[dict[str, object], dt.date]) -> None:
        case, day = dated
        assert assess(case, name, day, engine="reference").as_of == day

    drawn()


def test_many_cases_meet_some_provision_though_facts_are_missing() -> None:
    met: list[bool] = []

    @settings(many, max_examples=80)
    @given(cases_with_days("yangpu", missing=True))
    def drawn(dated: tuple[dict[str, object], dt.date]) -> None:
        answer = assess(dated[0], "yangpu", dated[1])
        met.append(any(answer[name].outcome is Outcome.MET for name in answer))

    drawn()
    assert sum(met) >= 8  # without the cases near a provision: none in 120


@quickly
@given(cases(PACK, missing=True, root="guild"))
def test_facts_are_missing_where_that_is_asked_for(case: dict[str, object]) -> None:
    assert [*case] == ["guild"]
    assess(case, PACK, "2023-06-15", engine="reference")


SMALL = PACK.changed(repeal={n: "不看" for n in PACK.plans if n not in {"flood_relief", "bridge_fund"}})
"""Toyland with two provisions, so that shrinking soon ends."""


def test_a_case_shrinks_to_what_is_needed() -> None:
    def met(case: dict[str, object]) -> bool:
        return assess(case, SMALL, "2022-03-01", engine="reference")["flood_relief"].outcome is Outcome.MET

    found = find(cases(SMALL, missing=True), met, settings=settings(max_examples=400, database=None, derandomize=True))
    assert found["guild"].keys() == {"status", "division", "is_small", "payments"}


def test_with_every_fact_told_no_case_is_undetermined_where_the_text_leaves_nothing_open() -> None:
    def open_(case: dict[str, object]) -> bool:
        answer = assess(case, SMALL, "2022-03-01", engine="reference")
        return answer["flood_relief"].outcome is Outcome.UNDETERMINED

    with pytest.raises(NoSuchExample):
        find(cases(SMALL), open_, settings=settings(max_examples=40, database=None, derandomize=True))


@pytest.mark.parametrize(
    ("pack", "provision"),
    [("yangpu", "opening_subsidy"), ("yangpu", "target_layout"), ("daoli", "selection_funnel"), (PACK, "opening_gift")],
)
def test_near_gives_two_cases_one_fact_apart_that_are_decided_otherwise(pack: object, provision: str) -> None:
    loaded = load_pack(pack) if isinstance(pack, str) else PACK

    @quickly
    @given(near(loaded, provision))
    def drawn(pair: object) -> None:
        answers = [
            assess(case, loaded, pair.as_of, pair.readings, engine="reference")[provision].outcome  # type: ignore[attr-defined]
            for case in (pair.case, pair.other)  # type: ignore[attr-defined]
        ]
        assert answers == [pair.outcome, pair.other_outcome]  # type: ignore[attr-defined]
        assert answers[0] is not answers[1]

    drawn()


guild = root(Guild)
OF_OTHERS = {
    "a fact of what holds the items": guild.badges.count_distinct(lambda _: guild.craft) >= 1,
    "a filter that asks for such a fact": guild.badges.count_distinct(
        lambda badge: badge.grade, where=lambda _: guild.craft == "木工"
    )
    >= 2,
}


@pytest.mark.parametrize("when", OF_OTHERS.values(), ids=OF_OTHERS.keys())
def test_what_a_count_asks_of_others_is_not_told_of_its_items(when: Expr) -> None:
    relief = attrs.evolve(SMALL.plans["flood_relief"].provision, when=when)
    pack = SMALL.changed(replace=[relief])
    assert find(near(pack, "flood_relief"), lambda pair: "badges" in pair.case["guild"], settings=many)
    assert find(cases(pack, root="guild"), lambda case: bool(case["guild"]["badges"]), settings=many)


@quickly
@given(st.from_type(Organization), entities(Jurisdiction))
def test_the_entities_of_the_vocabulary_are_known_to_from_type(one: Organization, other: Jurisdiction) -> None:
    assert load_case(one).root.name == "organization"
    assert load_case(other).root.name == "jurisdiction"


def test_what_cannot_be_drawn_is_told_with_the_nearest_right_word() -> None:
    with pytest.raises(PackError, match="`toyland` has no provision about `gild`; did you mean `guild`"):
        cases(PACK, root="gild")
    with pytest.raises(PackError, match="has no provision `opening_gifts`; did you mean `opening_gift`"):
        near(PACK, "opening_gifts")
    with pytest.raises(PackError, match="`int` is no class of entities; give one, as in `Organization`"):
        entities(int)
    with pytest.raises(PackError, match="`'Organizatio'` is no class of entities; did you mean `Organization`"):
        entities("Organizatio")  # type: ignore[arg-type]


def test_without_hypothesis_the_extra_is_named() -> None:
    code = "import sys; sys.modules['hypothesis'] = None\nimport socorg_rules.strategies"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert "needs hypothesis; install `socorg-rules[strategies]`" in done.stderr


def test_a_seed_draws_the_same_cases_in_every_process() -> None:
    code = """
from hypothesis import given, seed, settings
from socorg_rules.strategies import cases
drawn = []
@seed(7)
@settings(max_examples=8, database=None, deadline=None)
@given(cases("daoli"))
def test(case):
    drawn.append(case)
test()
print(drawn)
"""
    said = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout for _ in "ab"
    ]
    assert said[0] == said[1] != ""
