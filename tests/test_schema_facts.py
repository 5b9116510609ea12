import json
import re

import pytest
from case_strategies import ANYTHING, KINDS, OWN, cases
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from socorg_rules.case import read_case, read_case_text
from socorg_rules.errors import CaseError
from socorg_rules.schema_facts import facts_schema

SCHEMA = facts_schema(KINDS, OWN)
VALIDATOR = Draft202012Validator(SCHEMA)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Bounds and wholeness are beyond it only where a number is written as text, repetition where it is written both ways.
BEYOND_A_SCHEMA = re.compile(
    r"is no day of the calendar|is finer than a fen|check character|is already the id of|is no whole number"
    r"|is less than|is more than|has more than 12 decimals|has too many digits|is listed more than once"
    r"|holds half a character"
)


def mistakes(text: str) -> list[str]:
    try:
        read_case_text(text, KINDS, OWN)
    except CaseError as error:
        return [p.message for p in error.problems]
    return []


def properties(name: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = SCHEMA["$defs"][name]["properties"]  # type: ignore[index]
    return found


def test_the_schema_is_a_schema_and_plain_json() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@unhurried
@given(cases())
def test_the_schema_admits_every_sound_case(source: dict[str, object]) -> None:
    assert VALIDATOR.is_valid(source)
    assert VALIDATOR.is_valid(read_case(source, KINDS, OWN).to_dict())


@unhurried
@given(cases(ANYTHING))
def test_the_schema_and_the_reader_admit_the_same_as_far_as_a_schema_can_tell(source: dict[str, object]) -> None:
    text = json.dumps(source)
    found = mistakes(text)
    if VALIDATOR.is_valid(json.loads(text)):
        assert all(BEYOND_A_SCHEMA.search(message) for message in found)
    else:
        assert found


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "null",
        '"x"',
        '{"organization": null}',
        '{"organization": {}, "project": {}}',
        '{"planet": {}}',
        '{"organization": {"nmae": "x"}}',
        '{"organization": {"nmae": null}}',
        '{"organization": {"status": "x"}}',
        '{"organization": {"offices": {"items": []}}}',
        '{"organization": {"offices": {"items": [], "complete": null}}}',
        '{"organization": {"offices": {"items": [], "complete": true, "x": 1}}}',
        '{"organization": {"offices": [null]}}',
        '{"organization": {"registered_capital": -1}}',
        '{"organization": {"registered_capital": 1000000000000000}}',
        '{"organization": {"registered_capital": "1.005"}}',
        '{"organization": {"established_on": "2023-13-01"}}',
        '{"organization": {"division": 310110}}',
        '{"organization": {"uscc": "91350100M000100I43"}}',
        '{"organization": {"income_share_state": 1.5}}',
        '{"organization": {"annual_reports": [{"year": 2020.5}]}}',
        '{"organization": {"fields": ["a", "a"]}}',
        '{"organization": {"name": " "}}',
        '{"organization": {"is_small": 1}}',
        '{"facility": {"functions": ["x"]}}',
        '{"organization": {"toyland": {"rank": 0}}}',
        '{"organization": {"toyland": 1}}',
    ],
)
def test_schema_and_reader_refuse_the_same_mistakes(text: str) -> None:
    assert not VALIDATOR.is_valid(json.loads(text))
    assert mistakes(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"organization": {}}',
        '{"organization": {"offices": null, "name": null, "status": null, "toyland": null}}',
        '{"organization": {"offices": {"items": [{}], "complete": false}}}',
        '{"organization": {"status": "已登记"}}',
        '{"organization": {"registered_capital": 1234.5, "established_on": "never"}}',
        '{"organization": {"annual_reports": [{"year": 2020.0}, {"year": "2021"}]}}',
        '{"organization": {"toyland": {"rank": 1}}}',
    ],
)
def test_schema_and_reader_admit_the_same_cases(text: str) -> None:
    assert VALIDATOR.is_valid(json.loads(text))
    assert not mistakes(text)


def test_null_is_admitted_for_every_fact() -> None:
    for kind in KINDS:
        assert VALIDATOR.is_valid({kind.name: dict.fromkeys(kind.facts)})


def test_facts_carry_their_chinese_labels_and_units() -> None:
    assert properties("organization")["established_on"]["title"] == "成立日期"
    assert properties("facility")["floor_area_m2"]["description"] == "单位：㎡"
    assert properties("organization")["status"]["enum"][:2] == ["planned", "registered"]  # type: ignore[index]


def test_facts_of_packs_are_in_the_schema_only_when_they_are_given() -> None:
    assert "toyland" in properties("organization")
    assert "toyland" in properties("payment")
    assert "toyland" not in json.dumps(facts_schema(KINDS))
