"""Facts that contradict each other from some day on, and what a case file refuses to be told or to be made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from socorg_rules import CaseError, CaseFile, assess
from socorg_rules.question import ENGINES

DAWN = Path(__file__).parents[1] / "docs" / "watching" / "cases" / "dawn.json"
INSPECTIONS = "organization.annual_inspections"
PASSED = {"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}
LATER = {"year": 2022, "result": "不合格", "concluded_on": "2024-06-20"}


def dawn(engine: str = "reference", **more: Any) -> CaseFile:  # noqa: ANN401 - handed on
    if engine == "forward":
        pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")
    return CaseFile("yangpu", DAWN, "2023-06-01", engine=engine, **more)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_item_that_comes_and_contradicts_another_is_refused_on_its_day_though_the_provision_ended_before(
    engine: str,
) -> None:
    file = dawn(engine)
    file.learn(INSPECTIONS, PASSED)
    file.learn(INSPECTIONS, LATER)
    assert str(file.next_change) == "2024-03-11"
    file.advance("2024-06-19")
    assert file.answer.to_dict() == assess(file.case, "yangpu", "2024-06-19").to_dict()
    for day in ("2024-06-20", "2024-07-01"):
        with pytest.raises(CaseError, match="`2022` stands here and in") as error:
            file.advance(day)
        with pytest.raises(CaseError) as at_once:
            assess(file.case, "yangpu", day)
        assert error.value.problems == at_once.value.problems
    assert str(file.as_of) == "2024-06-19"
    file.forget(f"{INSPECTIONS}[1]")
    file.advance("2024-07-01")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_that_the_passing_of_time_makes_wrong_is_refused_like_one_that_was_wrong_at_once(engine: str) -> None:
    if engine == "forward":
        pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")
    park = {"kind": "park", "division": "510118", "completed_on": "2024-02-01"}
    case = {"jurisdiction": {"division": "510118", "county_parks": 0, "facilities": [park]}}
    file = CaseFile("xinjin", case, "2024-01-01", engine=engine)
    with pytest.raises(CaseError, match="county_parks") as at_once:
        assess(case, "xinjin", "2024-02-02")
    with pytest.raises(CaseError) as error:
        file.advance("2024-02-02")
    assert error.value.problems == at_once.value.problems
    assert file.advance("2024-01-31") == ()


def test_a_case_file_is_not_moved_to_today_by_a_day_that_is_missing() -> None:
    file = dawn()
    for to, told in ((None, "None"), ("x", "x"), (dt.datetime(2024, 1, 1), "2024-01-01 00:00:00")):  # noqa: DTZ001
        with pytest.raises(CaseError) as error:
            file.advance(to)  # type: ignore[arg-type]
        assert str(error.value) == f"to: `{told}` is no day of the calendar; write it as `YYYY-MM-DD`"
    assert str(file.as_of) == "2023-06-01"


def test_the_decisions_that_a_file_hands_out_and_takes_are_its_own() -> None:
    file = dawn()
    kept = file.decisions
    again = dawn(decisions=kept)
    for decision in kept.values():
        decision["decision"].clear()
    assert file.decisions == again.decisions != kept


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (None, "decisions: `opening_subsidy` is not what `decisions` of a case file gives"),
        ({"opening_subsidi": {}}, "decisions.opening_subsidi: no such provision is in force; did you mean `opening_"),
        ({"opening_subsidy": {}}, "decisions.opening_subsidy.decision: expected a decision with entitlement, outcome"),
        ({"opening_subsidy": {"next_change": "soon"}}, "decisions.opening_subsidy.next_change: `soon` is no day of"),
    ],
)
def test_decisions_of_another_kind_are_told_by_their_place(changed: Mapping[str, Any] | None, problem: str) -> None:
    kept: Any = dawn().decisions
    for name, held in (changed or {}).items():
        kept[name] = {**kept.get(name, {}), **held} if held else {}
    with pytest.raises(CaseError) as error:
        dawn(decisions="opening_subsidy" if changed is None else kept)
    assert str(error.value).startswith(problem)


def test_all_decisions_that_are_missing_are_told() -> None:
    with pytest.raises(CaseError) as error:
        dawn(decisions={})
    assert {p.path for p in error.value.problems} == {f"decisions.{name}" for name in dawn().decisions}


def test_what_cannot_be_called_is_no_subscriber() -> None:
    file = dawn()
    with pytest.raises(CaseError, match="callback: `None` cannot be called"):
        file.subscribe(None)  # type: ignore[arg-type]
