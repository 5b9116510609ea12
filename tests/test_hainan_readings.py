"""Every reading matters: for every two of its alternatives there is a case that they decide differently."""

from collections.abc import Callable
from itertools import combinations

import pytest
from hainan_cases import Facts, ask, ask_county, ask_filed, ask_pilot, ask_planned, told

from socorg_rules import Decision, load_pack

Ask = Callable[..., Decision]
GROUNDS: Facts = {
    "acts_outside_charter": True,
    "has_strong_complaints": False,
    "is_suspected_illegal": False,
    "confirmed_by_investigation": True,
    "has_supervising_unit": False,
}
SERVES: Facts = {"category": "城乡社区服务类", "fields": [], "is_active_within_community": True}
CARE: Facts = {"category": "养老照护类", "fields": ["养老照护"], "is_active_within_community": True}

# Each reading: the cases that tell its alternatives apart.
TELLING: dict[str, list[tuple[Ask, str, Facts]]] = {
    "period_end": [
        (ask, "idle_premises", {"uses_premises": "idle_public", "as_of": "2024-01-01"}),
        (ask, "voluntary_exit", {"seeks_deregistration": True, "as_of": "2024-01-01"}),
    ],
    "stage_dates": [(ask_pilot, "pilot_city", {"as_of": "2021-05-10"})],
    "stage_dates_focus": [(ask_pilot, "pilot_evaluation", {"pilot_evaluated_on": "2021-11-01"})],
    "dual_status": [(ask_filed, "idle_premises", {"uses_premises": "idle_public"})],
    "priority_effect_fields": [(ask, "cultivation_priority", {"category": "科技类", "fields": [], "is_rural": False})],
    "threshold_fields": [(ask_planned, "threshold_lowering", {"category": "科技类", "fields": []})],
    "direct_route_scope": [(ask_planned, "direct_registration", CARE)],
    "direct_route_scope_supervisor": [
        (ask_planned, "direct_registration", {**SERVES, "has_supervising_unit": False})
    ],
    "lottery_themes": [(ask, "lottery_support", {"requests_lottery_theme": "助学"})],
    "lottery_right": [(ask, "lottery_support", {"requests_lottery_theme": "助残"})],
    "lottery_payee": [(ask_filed, "lottery_support", {"requests_lottery_theme": "助残"})],
    "talents": [
        (ask_county, "talent_target", {
            "communities": [{"kind": "rural", "social_work_talents": 1, "uncertified_talents": 1}]
        })
    ],
    "talents_due": [(ask_county, "talent_target", {"communities": []})],
    "filing_choice": [(ask_planned, "filing_route", {"meets_registration_conditions": True})],
    "false_materials": [
        (ask_filed, "exit_filed", {**GROUNDS, "acts_outside_charter": False, "has_false_filing_materials": True})
    ],
    "activity_report": [(ask, "committee_report", {"implementing_rules_in_force": False})],
    "triggers": [(ask, "exit_registered", GROUNDS)],
    "triggers_investigation": [(ask, "exit_registered", {**GROUNDS, "confirmed_by_investigation": False})],
    "no_supervisor": [(ask, "exit_registered", GROUNDS)],
}  # fmt: skip


def seen(reading: str, alternative: str | None) -> list[object]:
    """What the telling cases come to: the decision, who acts, and by when."""
    decisions = [asked(p, **facts, readings={reading: alternative}) for asked, p, facts in TELLING[reading]]
    return [(told(d), d.result, str(d.due)) for d in decisions]


def test_every_reading_is_looked_at() -> None:
    assert set(TELLING) == set(load_pack("hainan").readings)


PAIRS = [
    (name, one, other)
    for name, reading in load_pack("hainan").readings.items()
    for one, other in combinations(reading.alternatives, 2)
]


@pytest.mark.parametrize(("name", "one", "other"), PAIRS)
def test_two_alternatives_of_a_reading_lead_to_different_answers(name: str, one: str, other: str) -> None:
    assert seen(name, one) != seen(name, other)


@pytest.mark.parametrize("name", TELLING)
def test_a_reading_left_open_is_named_where_it_matters(name: str) -> None:
    decisions = [asked(p, **facts, readings={name: None}) for asked, p, facts in TELLING[name]]
    assert any(name in d.open_readings for d in decisions)


ONLY_THE_RESULT = {"lottery_payee", "talents_due", "no_supervisor"}


@pytest.mark.parametrize("name", sorted(set(TELLING) - ONLY_THE_RESULT))
def test_an_answer_depends_on_the_readings_that_turn_it(name: str) -> None:
    decisions = [asked(p, **facts) for asked, p, facts in TELLING[name]]
    assert any(name in d.depends_on for d in decisions)


@pytest.mark.parametrize("name", sorted(ONLY_THE_RESULT))
def test_who_acts_and_by_when_turns_no_answer(name: str) -> None:
    assert not any(name in asked(p, **facts).depends_on for asked, p, facts in TELLING[name])
