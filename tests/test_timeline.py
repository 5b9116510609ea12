"""A case through time: the same as asking on every day, with what causes each change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from random import Random
from typing import Any

import jsonschema
import pytest
from explained import GUILD
from hypothesis import given
from test_properties import World, many, randoms
from toyland import PACK

from socorg_rules import CaseError, Outcome, Reason, Timeline, assess, timeline
from socorg_rules.decision import Finding
from socorg_rules.schema_explore import timeline_schema
from socorg_rules.timeline import Span

CASE = "examples/yangpu-new-organization.json"
NEW: dict[str, Any] = {
    "status": "registered",
    "division": "310110",
    "established_on": "2022-03-10",
    "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}],
    "payments": [],
}
DAYS = 500


def new(start: str = "2023-01-01", end: str = "2024-12-31", **facts: object) -> Timeline:
    return timeline({"organization": {**NEW, **facts}}, "yangpu", start, end, engine="reference")


def on_each_day(world: World, days: int) -> list[dict[str, Finding]] | None:
    """What the reference decides on every day; None where the case contradicts itself on one."""
    found = []
    begun = world.as_of
    for n in range(days):
        world.as_of = begun + dt.timedelta(days=n)
        decided = world.findings(world.source)
        if decided is None:
            break
        found.append(decided)
    world.as_of = begun
    return found if len(found) == days else None


@many
@given(randoms)
def test_a_timeline_is_what_is_decided_on_every_day(rnd: Random) -> None:
    world = World(rnd)
    daily = on_each_day(world, DAYS)
    if daily is None:
        return
    last = world.as_of + dt.timedelta(days=DAYS - 1)
    readings = {name: world.readings[name] for name in world.pack.readings}
    found = timeline(world.question(world.source).case, world.pack, world.as_of, last, readings, "reference")
    for name, row in found.items():
        runs: list[Span] = []
        for n, decided in enumerate(daily):
            day = world.as_of + dt.timedelta(days=n)
            span = Span.of(decided[name], day, day)
            if runs and runs[-1].state == span.state:
                span = Span.of(decided[name], runs.pop().start, day)
            runs.append(span)
        assert [(s.start, s.end, s.state) for s in row.spans] == [(s.start, s.end, s.state) for s in runs]
        assert all(span.causes for span in row.spans[1:])
    jsonschema.validate(json.loads(json.dumps(found.to_dict())), timeline_schema())


def test_the_engines_show_the_same_timeline() -> None:
    both = (timeline(CASE, "yangpu", "2021-01-01", "2027-12-31", engine=e) for e in ("compiled", "reference"))
    compiled, reference = (t.to_dict() for t in both)
    assert compiled == reference


def test_each_change_says_what_the_passing_of_time_did() -> None:
    spans = new()["opening_subsidy"].spans
    (appeared,), (passed,) = (s.causes for s in spans[1:])
    assert (appeared.kind, appeared.path, appeared.condition, appeared.holds) == (
        "appeared", "organization.annual_inspections[0]", "first_inspection_passed", True,
    )  # fmt: skip
    assert (passed.kind, passed.path, passed.condition, passed.holds) == (
        "passed", "organization.established_on", "newly_established", False,
    )  # fmt: skip
    assert passed.text_en == "the end of 2 years from established on (2022-03-10) (2024-03-10) was passed"
    assert spans[2].start == dt.date(2024, 3, 11)


def test_a_month_that_was_paid_is_over_when_the_next_one_begins() -> None:
    office = {"division": "310110", "is_leased": True, "monthly_rent": 1000, "leased_from": "2022-04-01"}
    paid = {"provision": "rent_subsidy", "amount": "300", "paid_on": "2023-05-10", "month": "2023-05"}
    row = new("2023-05-01", "2023-06-30", offices=[office], payments=[paid])["rent_subsidy"]
    assert [(s.start.isoformat(), s.causes[0].kind) for s in row.spans[1:]] == [
        ("2023-05-10", "appeared"), ("2023-06-01", "new_month"),
    ]  # fmt: skip


def test_a_span_is_found_by_its_day() -> None:
    found = new()
    assert found["opening_subsidy"].on(dt.date(2024, 3, 10)).outcome.value == "met"
    with pytest.raises(KeyError):
        found["opening_subsidy"].on(dt.date(2025, 1, 1))
    assert [d.isoformat() for d, row, _ in found.changes if row.provision == "opening_subsidy"] == [
        "2023-05-20", "2024-03-11",
    ]  # fmt: skip


def test_an_item_to_come_that_contradicts_the_others_is_told_with_its_day() -> None:
    twice = [*NEW["annual_inspections"], {"year": 2022, "result": "合格", "concluded_on": "2024-02-01"}]
    with pytest.raises(CaseError, match="on 2024-02-01: `2022` stands here and in"):
        new(annual_inspections=twice)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023-02-30", "2023-03-01", "start: `2023-02-30` is no day of the calendar"),
        ("2023-01-01", "soon", "end: `soon` is no day of the calendar"),
        ("2023-01-02", "2023-01-01", "end: `2023-01-01` is before `2023-01-02`"),
    ],
)
def test_wrong_days_are_told_with_whatever_else_is_wrong(start: str, end: str, told: str) -> None:
    with pytest.raises(CaseError) as error:
        timeline({"organization": {"statis": "registered"}}, "yangpu", start, end)
    first, second = map(str, error.value.problems)
    assert first.startswith(told)
    assert second.startswith("organization.statis: no such fact")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_the_stored_one(lang: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"timeline.{lang}.txt", timeline(CASE, "yangpu", "2023-01-01", "2026-12-31").explain(lang))


# -------------------------------------------------------------------------------------------------------- editions


def test_each_day_is_decided_by_the_edition_of_that_day() -> None:
    """Also a provision that one of the editions does not hold."""
    pack = PACK.amend(
        "later", "2023-07-01", parameters={"opening_gift.ceiling": 20_000}, repeal={"stall_subsidy": "不再补贴"}
    )
    shown = timeline({"guild": GUILD}, pack, "2023-06-01", "2023-12-31")
    assert [*shown] == [plan.provision.id for plan in PACK.about(shown.question.case.root)]
    for row in shown.rows:
        for day in ("2023-06-01", "2023-06-30", "2023-07-01", "2023-12-31"):
            decided = assess({"guild": GUILD}, pack, day)
            span = row.on(dt.date.fromisoformat(day))
            if row.provision in decided:
                assert (span.outcome, span.payable) == (decided[row.provision].outcome, decided[row.provision].payable)
            else:
                assert (span.outcome, span.reason) == (Outcome.NOT_MET, Reason.NOT_IN_FORCE)
    (gift,) = (span for span in shown["opening_gift"].spans if span.start == dt.date(2023, 7, 1))
    assert [(cause.kind, cause.text) for cause in gift.causes] == [("new_edition", "改按新版本（later）")]


def test_a_timeline_wants_both_of_its_days() -> None:
    with pytest.raises(CaseError) as refused:
        timeline({"organization": {}}, "yangpu", None, None)  # type: ignore[arg-type]
    assert [(p.path, p.message) for p in refused.value.problems] == [
        (name, "there is none; give a day") for name in ("start", "end")
    ]
