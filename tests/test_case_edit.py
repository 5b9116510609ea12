"""What is known of a case, changed at one path."""

from __future__ import annotations

import pytest
from decided import HERE
from hypothesis import given
from hypothesis import strategies as st
from toyland import PACK

from socorg_rules import CaseError, CaseFile

BADGE = {"name": "章", "grade": "金"}


def file(**facts: object) -> CaseFile:
    return CaseFile(PACK, {"guild": {**HERE, **facts}}, "2022-03-01", engine="reference")


def told(one: CaseFile, fact: str) -> object:
    return one.case.to_dict()["guild"].get(fact)  # type: ignore[attr-defined]


def test_a_fact_is_learned_and_corrected_in_place() -> None:
    one = file()
    one.learn("guild.capital", 30_000)
    assert told(one, "capital") == "30000.00"
    one.learn("guild.capital", "1.50")
    assert told(one, "capital") == "1.50"


def test_one_item_of_an_absent_collection_opens_it_and_does_not_complete_it() -> None:
    one = file()
    one.learn("guild.badges", BADGE)
    assert told(one, "badges") == {"items": [BADGE], "complete": False}


def test_one_item_more_leaves_a_complete_collection_complete_and_an_open_one_open() -> None:
    one = file(badges=[], audits={"items": [], "complete": False})
    one.learn("guild.badges", BADGE)
    one.learn("guild.audits", {"year": 2020})
    assert told(one, "badges") == [BADGE]
    assert told(one, "audits") == {"items": [{"year": 2020}], "complete": False}


def test_a_list_is_all_of_a_collection() -> None:
    one = file(badges=[BADGE])
    one.learn("guild.badges", [])
    assert told(one, "badges") == []


def test_an_open_collection_is_completed_and_opened_again() -> None:
    one = file()
    one.learn("guild.badges", BADGE)
    one.learn("guild.badges.complete", True)
    assert told(one, "badges") == [BADGE]
    one.learn("guild.badges.complete", False)
    assert told(one, "badges") == {"items": [BADGE], "complete": False}


def test_facts_of_items_within_items_are_learned() -> None:
    one = file(workshops=[{"name": "甲"}])
    one.learn("guild.workshops[0].apprentices", {"age": 15})
    one.learn("guild.workshops[0].apprentices[0].is_paid", True)
    expected = [{"name": "甲", "apprentices": {"items": [{"age": 15, "is_paid": True}], "complete": False}}]
    assert told(one, "workshops") == expected


def test_an_item_is_corrected_as_a_whole() -> None:
    one = file(badges=[BADGE, BADGE | {"name": "乙"}])
    one.learn("guild.badges[1]", {"name": "丙"})
    assert told(one, "badges") == [BADGE, {"name": "丙"}]


def test_facts_that_a_pack_declares_are_learned_and_forgotten() -> None:
    one = file()
    one.learn("guild.toyland.toll", 3)
    one.learn("guild.toyland.keeps_toll_bridge", True)
    assert told(one, "toyland") == {"toll": "3.00", "keeps_toll_bridge": True}
    one.forget("guild.toyland.toll")
    assert told(one, "toyland") == {"keeps_toll_bridge": True}


def test_a_fact_an_item_and_a_collection_are_forgotten() -> None:
    one = file(capital=1, badges=[BADGE, BADGE | {"name": "乙"}], audits=[])
    for path in ("guild.capital", "guild.badges[0]", "guild.audits", "guild.badges[0].grade"):
        one.forget(path)
    assert one.case.to_dict() == {"guild": {**HERE, "badges": [{"name": "乙"}]}}


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("guild.capitol", 1, "guild.capitol: no such fact; did you mean `capital`?"),
        ("guild.capital", "1.555", "guild.capital: expected a sum in yuan"),
        ("guild.capital", None, "guild.capital: nothing is told; to take back what was known, forget it"),
        ("town.capital", 1, "town.capital: is no path of a fact; write it as in `guild.name`"),
        ("guild", {}, "guild: is no path of a fact"),
        ("guild..capital", 1, "guild..capital: is no path of a fact"),
        ("guild.badges[x]", 1, "guild.badges[x]: is no path of a fact"),
        ("guild.badges[0]", BADGE, "guild.badges[0]: nothing is known of `guild.badges`; tell that first"),
        ("guild.audits[3]", {"year": 1}, "guild.audits[3]: there is no such item; tell the item itself"),
        ("guild.audits[0].yaer", 2020, "guild.audits[0].yaer: no such fact; did you mean `year`?"),
        ("guild.audits.year", 2020, "guild.audits.year: which item is meant? Write it as in `[0].year`"),
        ("guild.audits.complete", "yes", "guild.audits.complete: expected yes/no"),
        ("guild.audits", {"yaer": 2020}, "guild.audits[1].yaer: no such fact"),
        ("guild.badges.complete", True, "guild.badges.complete: nothing is known of `guild.badges`; tell that first"),
        ("guild.toyland.tol", 1, "guild.toyland.tol: no such fact; did you mean `toll`?"),
        ("guild.craft.kind", "木工", "guild.craft.kind: `guild.craft` is text and has no parts"),
        ("guild.name.x", 1, "guild.name.x: `guild.name` is text and has no parts"),
        ("guild.toyland[0]", 1, "guild.toyland[0]: `guild.toyland` is no collection and has no parts"),
        ("guild.badgs[0].grade", 1, "guild.badgs: no such fact; did you mean `badges`?"),
        ("guild.badges[0].grad", 1, "guild.badges[0].grad: no such fact; did you mean `grade`?"),
        (3, 1, "3: is no path of a fact"),
    ],
)
def test_what_cannot_be_learned_is_told_with_its_path_and_changes_nothing(
    path: str, value: object, problem: str
) -> None:
    one = file(audits=[{"year": 2020}])
    before = one.case.to_dict(), one.answer.to_dict()
    with pytest.raises(CaseError) as error:
        one.learn(path, value)
    assert str(error.value).startswith(problem)
    assert (one.case.to_dict(), one.answer.to_dict()) == before


@pytest.mark.parametrize("path", ["guild.capital", "guild.badges", "guild.audits[1]"])
def test_what_is_not_known_cannot_be_forgotten(path: str) -> None:
    with pytest.raises(CaseError, match="nothing is known here that could be forgotten"):
        file(audits=[{"year": 2020}]).forget(path)


def test_that_a_collection_is_complete_is_not_forgotten_but_told_otherwise() -> None:
    with pytest.raises(CaseError, match=r'`learn\("guild.audits.complete", False\)` says that there may be more items'):
        file(audits=[{"year": 2020}]).forget("guild.audits.complete")


def test_a_list_of_values_is_always_complete() -> None:
    for known in ({"fair_years": [2020]}, {}):
        one = file(**known)
        for value in (True, False):
            with pytest.raises(CaseError, match=r"guild.fair_years.complete: a list of values has no `.complete`"):
                one.learn("guild.fair_years.complete", value)
        with pytest.raises(CaseError, match=r"a list of values has no `.complete`"):
            one.forget("guild.fair_years.complete")


FULL = {"name": "甲", "fair_years": [2020], "audits": [{"year": 2020}], "toyland": {"toll": 3},
        "workshops": {"items": [{"skills": ["木工"], "apprentices": [{"age": 15}]}], "complete": False}}  # fmt: skip
STEPS = [".name", ".fair_years", ".audits", ".workshops", ".skills", ".apprentices", ".age", ".year", ".toyland",
         ".toll", ".complete", ".items", "[0]", "[1]", ".0", ".x", "[999999999999]"]  # fmt: skip
VALUES = st.sampled_from([True, False, 0, 1, "甲", "", [], {}, [2020], [{}], {"year": 2021}, [[]], {"items": []},
                          {"items": [], "complete": False}, {"complete": 3}, 1.5, {1: 2}])  # fmt: skip


@given(path=st.lists(st.sampled_from(STEPS), max_size=5).map("".join) | st.text(max_size=8), value=VALUES)
def test_any_path_and_any_value_is_learned_and_forgotten_or_refused(path: str, value: object) -> None:
    one = file(**FULL)
    for call in (lambda: one.learn(f"guild{path}", value), lambda: one.forget(f"guild{path}")):
        before = one.case.to_dict()
        try:
            call()
        except CaseError:
            assert one.case.to_dict() == before
