"""What is known of a case, changed at one path."""

from __future__ import annotations

import pytest
from decided import HERE
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
        ("guild.craft.kind", "木工", "guild.craft.kind: nothing is known of `guild.craft`; tell that first"),
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


@pytest.mark.parametrize("path", ["guild.capital", "guild.badges", "guild.audits[1]", "guild.audits.complete"])
def test_what_is_not_known_cannot_be_forgotten(path: str) -> None:
    with pytest.raises(CaseError, match="nothing is known here that could be forgotten"):
        file(audits=[{"year": 2020}]).forget(path)
