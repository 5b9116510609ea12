"""Properties and pairs of a pack with editions: each day is decided by the edition in force on it, under the readings
that were asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import find, given
from test_properties import many

from socorg_rules import CaseError, Outcome, PackError, assess, load_pack
from socorg_rules.calendar import years
from socorg_rules.editions import lapse
from socorg_rules.properties import capped, knowledge_monotone, once_is_once, since, steady_between
from socorg_rules.strategies import Near, days, near

YANGPU = load_pack("yangpu")
AMENDED = YANGPU.amend("2025", "2025-03-01", parameters={"opening_subsidy.ceiling": 20_000})
REPEALED = YANGPU.amend("2025", "2025-03-01", repeal={"opening_subsidy": "不再发放"})
LAPSED = YANGPU.amend("2025", "2025-03-01", lapses=[lapse("2025-01-01", "2025-02-28", "尚未续期")])
NAMED = [
    since("organization.established_on"),
    since("organization.established_on", years(2)),
    since("organization.annual_inspections.concluded_on"),
]
SPAN = "2021-07-21", "2025-12-31"


def test_the_day_of_an_amendment_is_one_on_which_something_changes() -> None:
    with pytest.raises(AssertionError, match=r"2025-03-01：met entitlement .min: 0.00, max: 20000.00"):
        steady_between(AMENDED, "opening_subsidy", *SPAN, NAMED)
    steady_between(AMENDED, "opening_subsidy", *SPAN, [*NAMED, "2025-03-01"])


def test_a_provision_that_an_edition_does_not_have_is_not_in_force_under_it() -> None:
    with pytest.raises(AssertionError, match="2025-03-01：not_met not_in_force"):
        steady_between(REPEALED, "opening_subsidy", *SPAN, NAMED)
    steady_between(REPEALED, "opening_subsidy", *SPAN, [*NAMED, "2025-03-01"])
    capped(REPEALED, "opening_subsidy", 10_000)
    with pytest.raises(PackError, match="has no provision `opening_subsidy`"):
        capped(REPEALED, "opening_subsidy", 10_000, as_of="2025-03-01")


def test_where_no_edition_is_in_force_nothing_is_granted() -> None:
    with pytest.raises(AssertionError, match="2025-01-01：not_met not_in_force"):
        steady_between(LAPSED, "opening_subsidy", *SPAN, NAMED)
    steady_between(LAPSED, "opening_subsidy", *SPAN, [*NAMED, "2025-01-01", "2025-03-01"])
    with pytest.raises(AssertionError, match="没有"):
        capped(LAPSED, "opening_subsidy", 10_000, as_of="2025-02-01")


CAPS: dict[str, tuple[Callable[[], None], str | None]] = {
    "the older text pays more": (
        lambda: capped(YANGPU.amend("2025", "2025-03-01", parameters={"opening_subsidy.ceiling": 900}),
                       "opening_subsidy", 900), "max: 10000.00"
    ),
    "the newer text pays more": (lambda: capped(AMENDED, "opening_subsidy", 10_000), "max: 20000.00"),
    "both together": (lambda: capped(AMENDED, "opening_subsidy", 20_000), None),
    "the older one on its own last day": (
        lambda: capped(AMENDED, "opening_subsidy", 10_000, as_of="2025-02-28"), None
    ),
    "paid in full under either": (lambda: once_is_once(AMENDED, "opening_subsidy"), None),
}  # fmt: skip


@pytest.mark.parametrize(("call", "told"), CAPS.values(), ids=CAPS.keys())
def test_a_cap_is_held_to_every_edition_on_its_own_days(call: Callable[[], None], told: str | None) -> None:
    if told is None:
        call()
        return
    with pytest.raises(AssertionError, match=told):
        call()


@many
@given(near(AMENDED, "opening_subsidy"))
def test_both_cases_of_a_pair_are_decided_as_it_says_on_its_day(pair: Near) -> None:
    for case, outcome in ((pair.case, pair.outcome), (pair.other, pair.other_outcome)):
        assert assess(case, AMENDED, pair.as_of, pair.readings)["opening_subsidy"].outcome is outcome


@pytest.mark.parametrize("day", ["2025-02-28", "2025-03-01"])
def test_pairs_and_days_lie_on_both_sides_of_an_amendment(day: str) -> None:
    wanted = dt.date.fromisoformat(day)
    assert find(near(AMENDED, "opening_subsidy"), lambda pair: pair.as_of == wanted, settings=many)
    assert find(days(AMENDED), lambda one: one == wanted, settings=many)


def test_cases_are_searched_for_under_the_readings_that_are_asked_for() -> None:
    """黄金点子 is granted under no reading that is taken anyway."""
    with pytest.raises(PackError, match="no case was found"):
        near("yangpu", "golden_idea")
    pair = find(near("yangpu", "golden_idea", readings={"golden_idea": "separate"}), lambda _: True, settings=many)
    assert pair.readings["golden_idea"] == "separate"
    assert assess(pair.case, "yangpu", pair.as_of, pair.readings)["golden_idea"].outcome is pair.outcome
    knowledge_monotone("yangpu", "golden_idea", readings={"golden_idea": "separate"}, examples=20)


def test_a_pair_names_only_the_readings_that_are_not_taken_anyway() -> None:
    pair = find(near("yangpu", "opening_subsidy"), lambda p: p.outcome is Outcome.MET, settings=many)
    assert pair.readings == {}


def test_a_reading_kept_open_is_not_closed() -> None:
    with pytest.raises(PackError, match="no case was found"):
        near("yangpu", "base_space", as_of="2026-06-01", readings={"period_end": None})
    closed = find(near("yangpu", "base_space", as_of="2026-06-01"), lambda _: True, settings=many)
    assert closed.readings == {"period_end": "until_repealed"}
    with pytest.raises(CaseError, match="no such reading; did you mean `golden_idea`"):
        near("yangpu", "golden_idea", readings={"golden_ide": "separate"})
