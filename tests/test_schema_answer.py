"""The published schemas: every answer and every exported pack is as they say, and nothing else is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from explained import AS_OF, GUILD, any_answer, town, toyland
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.load import load_pack, packs
from socorg_rules.schema_answer import answer_schema
from socorg_rules.schema_pack import pack_data, pack_schema
from socorg_rules.steps import NODES


@cache
def answers() -> Draft202012Validator:
    return Draft202012Validator(answer_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def exports() -> Draft202012Validator:
    return Draft202012Validator(pack_schema())


def errors(validator: Draft202012Validator, data: object) -> list[str]:
    return [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(json.loads(json.dumps(data)))]


def nodes(of: object) -> Iterator[dict[str, Any]]:
    if isinstance(of, dict):
        if "node" in of:
            yield of
        for value in of.values():
            yield from nodes(value)
    elif isinstance(of, list):
        for value in of:
            yield from nodes(value)


@pytest.mark.parametrize("schema", [answer_schema(), pack_schema()], ids=["answer", "pack"])
def test_the_schemas_are_schemas(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_answers_are_as_the_schema_says() -> None:
    for answer in (toyland(), toyland(badges=None, payments=None), town(guild_count=2)):
        for trace in (False, True):
            for depends_on in (False, True):
                assert errors(answers(), answer.to_dict(trace=trace, depends_on=depends_on)) == []


def test_several_answers_are_as_the_schema_says() -> None:
    several = assess({"guild": GUILD}, [PACK], AS_OF)
    assert errors(answers(), several.to_dict(trace=True)) == []


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 2**32).map(Random))
def test_any_answer_and_any_pack_are_as_the_schemas_say(rnd: Random) -> None:
    answer = any_answer(rnd)
    if answer is not None:
        assert errors(answers(), answer.to_dict(trace=True, depends_on=True)) == []
        assert errors(exports(), pack_data(answer.pack)) == []


@pytest.mark.parametrize("pack", packs())
def test_installed_packs_are_exported_as_the_schema_says(pack: str) -> None:
    assert errors(exports(), pack_data(load_pack(pack))) == []


def made() -> dict[str, Any]:
    data: dict[str, Any] = toyland().to_dict(trace=True)
    data["decisions"] = data["decisions"][:2]
    return copy.deepcopy(data)


def spoilt() -> Iterator[tuple[str, dict[str, Any]]]:
    """Answers that are not as they should be, and what is wrong with each."""
    for place in ("answer", "decision", "trace", "derivation", "step", "item"):
        data = made()
        decision = data["decisions"][1]
        told = decision["trace"]["derivations"][0]
        at = {"answer": data, "decision": decision, "trace": decision["trace"], "derivation": told}
        {**at, "step": told["reach"], "item": decision["items"][0]}[place]["surprise"] = 1
        yield f"a field more in {place}", data
    for name, value in (
        ("outcome", "maybe"),
        ("kind", "gift"),
        ("paid", "1.5"),
        ("reason", "late"),
        ("next_change", "x"),
    ):
        data = made()
        data["decisions"][0][name] = value
        yield f"{name} is {value}", data
    data = made()
    data["decisions"][0]["trace"]["derivations"][0]["reach"]["node"] = "xor"
    yield "an unknown node", data
    data = made()
    next(n for n in nodes(data) if n["node"] == "fact").pop("path")
    yield "a fact without a path", data
    data = made()
    next(n for n in nodes(data) if n["node"] == "condition")["path"] = "guild.name"
    yield "a field of another node", data
    data = made()
    del data["total"]["left_out"]
    yield "a total without what it left out", data


@pytest.mark.parametrize(("wrong", "data"), list(spoilt()), ids=[wrong for wrong, _ in spoilt()])
def test_the_answer_schema_is_strict(wrong: str, data: dict[str, Any]) -> None:
    assert errors(answers(), data), wrong


def test_the_pack_schema_is_strict() -> None:
    data = copy.deepcopy(pack_data(PACK))
    data["provisions"][0]["when"]["surprise"] = 1
    assert errors(exports(), data)


def test_an_export_holds_every_provision_reading_and_clause() -> None:
    data = pack_data(PACK)
    assert [p["provision"] for p in data["provisions"]] == [p.id for p in PACK.provisions]
    assert {r["reading"] for r in data["readings"]} == set(PACK.readings)
    assert [c["clause"] for c in data["source"]["clauses"]] == [c.locator for c in PACK.source.clauses]


def test_an_export_of_toyland_uses_every_kind_of_node() -> None:
    assert {n["node"] for n in nodes(pack_data(PACK))} == set(NODES.values())


def test_items_of_nested_collections_have_names_of_their_own() -> None:
    wage = next(p for p in pack_data(PACK)["provisions"] if p["provision"] == "apprentice_wage")
    assert wage["each"] == "workshops"
    assert wage["when"]["item"] == {"name": "item_2", "of": "each", "over": "apprentices"}
    owners = {n["owner"] for n in nodes(wage["when"]) if n["node"] == "fact"}
    assert owners == {"item_2"}


def test_money_is_exported_in_yuan() -> None:
    gift = next(p for p in pack_data(PACK)["provisions"] if p["provision"] == "opening_gift")
    assert gift["amount"]["high"] == {"node": "const", "value": "10000.00", "kind": {"type": "money", "unit": "元"}}
    assert gift["terms"] == {"kind": "once", "limit": None}
