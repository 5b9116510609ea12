"""Two versions of a provision: the solver's cases are real and small, and its proofs are not contradicted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Set as AbstractSet
from random import Random

import attrs
import pytest
from hypothesis import given
from random_cases import draw_case
from random_exprs import READINGS
from random_packs import OWN, Packs
from symbolic import plan_with
from test_properties import AS_OF, many, randoms
from toyland import PACK, guild

from socorg_rules import load_pack
from socorg_rules.calendar import months, years
from socorg_rules.change.order import GENEROUS, SLIGHT, STRICT, Difference, difference
from socorg_rules.decision import Outcome
from socorg_rules.engines import solver
from socorg_rules.engines.solver import FREE, Bounds, Held, Question, Settled, settle
from socorg_rules.engines.solver_facts import Symbols
from socorg_rules.engines.solver_witness import Replay, Replayer, apart
from socorg_rules.errors import CaseError
from socorg_rules.expr import ALWAYS, Expr, all_of
from socorg_rules.facts import Type
from socorg_rules.plan import Plan
from socorg_rules.reading import Reading, reading
from socorg_rules.words import AS_OF as DAY
from socorg_rules.words import after, choose, day, share_of, smaller_of, yuan

GIFT = PACK.plans["opening_gift"]


def changed(packs: Packs, plan: Plan) -> Plan:
    """The provision with another test, sum or discretion."""
    rnd = packs.rnd
    scope = (packs.root,) if plan.provision.each is None else (packs.root, plan.provision.each)
    test = packs.test(scope, 1)
    match rnd.randrange(5):
        case 0:
            return plan_with(plan, when=plan.provision.when & test)
        case 1:
            return plan_with(plan, when=plan.provision.when | test)
        case 2:
            return plan_with(plan, when=test)
        case 3 if plan.high is not None:
            return attrs.evolve(plan, high=packs.money(scope, 1))
    return attrs.evolve(plan, discretion=test)


def searched(rnd: Random, packs: Packs, old: Plan, new: Plan, readings: dict[str, str | None]) -> Replay | None:
    """A case decided differently, among a few drawn at random."""
    replay = Replayer((old, new), (OWN,), {n: a for n, a in readings.items() if a != FREE})
    for _ in range(30):
        source = draw_case(rnd, packs.root.at.entity, rnd.choice((40, 70, 95)))
        chosen = {n: rnd.choice(("one", "two")) for n, a in readings.items() if a == FREE}
        found = replay(source, rnd.choice(AS_OF), chosen)
        if found is not None and apart(found):
            return found
    return None


@many
@given(randoms)
def test_the_solver_the_reference_and_a_search_never_contradict_each_other(rnd: Random) -> None:
    packs = Packs(rnd)
    old = next(iter(packs.pack().plans.values()))
    new = changed(packs, old)
    readings = {r.name: rnd.choice((r.default, "one", None, FREE)) for r in READINGS}
    found = settle(old, new, readings)
    assert "internal" not in found.why
    if found.status == "same":
        assert searched(rnd, packs, old, new, readings) is None
    if found.status == "differs":
        is_real(found, old, new)


@many
@given(randoms)
def test_outcomes_and_sums_differ_for_the_solver_in_the_ways_that_a_comparison_tells(rnd: Random) -> None:
    packs = Packs(rnd)
    old = next(iter(packs.pack().plans.values()))
    new = changed(packs, old)
    readings = {r.name: rnd.choice((r.default, "one", None)) for r in READINGS}
    held = Held(old, new, readings, Bounds())
    asked: dict[Question, AbstractSet[Difference]]
    asked = {"outcome": set(), "not_more_generous": GENEROUS, "not_stricter": STRICT}
    found = {question: held.settled(question) for question in asked}
    assert not any("internal" in one.why for one in found.values())
    replay = Replayer((old, new), (OWN,), readings)
    for _ in range(30):
        drawn = replay(draw_case(rnd, packs.root.at.entity, rnd.choice((70, 100))), rnd.choice(AS_OF), {})
        kind = None if drawn is None else difference(*drawn.findings, (old, new))
        for question, known in asked.items():
            assert found[question].status != "same" or kind in {None, *SLIGHT, *known}


def is_real(found: Settled, old: Plan, new: Plan) -> None:
    """Assert that the reference decides the witness as it is said to."""
    assert found.witness is not None
    assert found.as_of is not None
    replay = Replayer((old, new), found.witness.own, found.readings or {})
    again = replay(found.witness.to_dict(), found.as_of, {})
    assert again is not None
    assert apart(again)
    assert [f.state() for f in again.findings] == [found.before and found.before.state(), found.after.state()]  # type: ignore[union-attr]


@pytest.mark.parametrize("plan", PACK.plans.values(), ids=lambda plan: plan.provision.id)
def test_a_provision_is_the_same_as_itself(plan: Plan) -> None:
    assert settle(plan, plan_with(plan)).status == "same"


@pytest.mark.parametrize("plan", PACK.plans.values(), ids=lambda plan: plan.provision.id)
def test_a_provision_without_its_conditions_is_another(plan: Plan) -> None:
    found = settle(plan, attrs.evolve(plan, when=plan.reach))
    assert found.status == "differs"
    is_real(found, plan, attrs.evolve(plan, when=plan.reach))


def settled(old: Expr, new: Expr, bounds: Bounds | None = None) -> Settled:
    return settle(plan_with(GIFT, when=old), plan_with(GIFT, when=new), bounds=bounds)


SAME = {
    "a test twice": (guild.is_small, all_of(guild.is_small, guild.is_small)),
    "whole numbers": (guild.members > 4, guild.members >= 5),
    "whole fen": (guild.capital > yuan(1) - yuan(1), guild.capital * 2 > yuan(0)),
    "de Morgan": (~(guild.is_small & guild.is_honest), ~guild.is_small | ~guild.is_honest),
    "closed values": (guild.status != "planned", guild.status.is_in(["registered", "dissolved"])),
    "nested divisions": (guild.division.within("77"), guild.division.within("77", "7701")),
    "twelve months": (after(guild.founded_on, years(1)) < DAY, after(guild.founded_on, months(12)) < DAY),
    "an item among two": (guild.badges.count() >= 1, guild.badges.any()),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME)
def test_what_always_comes_to_the_same_is_proved_to(old: Expr, new: Expr) -> None:
    found = settled(old, new, Bounds(complete=True))
    assert (found.status, found.witness) == ("same", None)
    assert found.why.startswith("proved over all cases with at most 2 items a collection ")


APART = {
    "a threshold": (guild.members >= 20, guild.members >= 21, {"members": 20}),
    "a part of a whole": (guild.floor_area > 5, guild.floor_area >= 5, {"floor_area": 5}),
    "a fen": (guild.capital > yuan(5), guild.capital >= yuan(5), {"capital": "5.00"}),
    "a value": (guild.status.is_in(["planned"]), guild.status != "registered", {"status": "dissolved"}),
    "an open text": (guild.craft == "木工", guild.craft == "铁工", {"craft": "木工"}),
    "a list": (guild.fair_years.contains(2024), guild.fair_years.contains(2025), {"fair_years": [2024]}),
    "two items": (guild.badges.count() >= 1, guild.badges.count() >= 2, {"badges": [{}]}),
    "a month": (guild.registered_in > "2024-02", guild.registered_in >= "2024-02", {"registered_in": "2024-02"}),
}


@pytest.mark.parametrize(("old", "new", "told"), APART.values(), ids=APART)
def test_a_difference_is_shown_by_the_smallest_case_at_the_threshold(
    old: Expr, new: Expr, told: dict[str, object]
) -> None:
    bare = attrs.evolve(GIFT, reach=ALWAYS, force=ALWAYS, settlement=None)
    found = settle(plan_with(bare, when=old), plan_with(bare, when=new))
    assert found.witness is not None
    assert found.witness.to_dict() in ({"guild": told}, {"guild": {"craft": "铁工"}})
    assert {found.before.outcome, found.after.outcome} == {Outcome.MET, Outcome.NOT_MET}  # type: ignore[union-attr]


def test_only_a_leap_day_tells_the_two_ends_of_a_year_apart() -> None:
    ends = [after(guild.founded_on, years(1, overflow)) >= DAY for overflow in ("last_day", "next_day")]
    found = settled(*ends)
    assert found.witness is not None
    founded = found.witness.record.values["founded_on"]
    assert (founded.month, founded.day) == (2, 29)
    assert found.as_of == dt.date(founded.year + 1, 3, 1)


def test_what_no_complete_case_tells_apart_may_be_told_apart_by_what_is_not_known() -> None:
    vacuous = guild.is_small | ~guild.is_small
    assert settled(vacuous, ALWAYS, Bounds(complete=True)).status == "same"
    found = settled(vacuous, ALWAYS)
    assert found.witness is not None
    assert {found.before.outcome, found.after.outcome} == {Outcome.UNDETERMINED, Outcome.MET}  # type: ignore[union-attr]


def test_a_difference_that_needs_three_items_is_none_among_two() -> None:
    many_ = guild.badges.count_distinct(lambda b: b.grade) >= 3
    assert settled(many_, ~ALWAYS, Bounds(complete=True)).status == "same"
    found = settled(many_, ~ALWAYS, Bounds(items=3))
    assert found.witness is not None
    assert len(found.witness.record.values["badges"].records) == 3


def test_of_what_is_only_counted_there_may_be_any_number() -> None:
    found = settled(guild.badges.count() >= 30, guild.badges.count() >= 31)
    assert found.witness is not None
    assert len(found.witness.record.values["badges"].records) == 30


def test_a_day_of_the_question_may_be_fixed() -> None:
    until = day("2024-06-30")
    assert settled(until >= DAY, until > DAY).as_of == dt.date(2024, 6, 30)
    assert settled(until >= DAY, until > DAY, Bounds(as_of=dt.date(2024, 6, 29))).status == "same"
    fixed = settled(until >= DAY, guild.is_small, Bounds(as_of=dt.date(2024, 5, 5)))
    assert fixed.as_of == dt.date(2024, 5, 5)


def test_sums_are_compared_to_the_fen() -> None:
    half, third = (share_of(part, guild.repair_cost) for part in (1, 1))
    old = attrs.evolve(GIFT, low=yuan(0), high=smaller_of(half, yuan(100)))
    new = attrs.evolve(GIFT, low=yuan(0), high=smaller_of(third, yuan(101)))
    found = settle(old, new)
    assert found.before is not None
    assert found.after is not None
    sums = found.before.entitlement, found.after.entitlement
    assert [s and str(s.max) for s in sums] == ["100.00", "101.00"]


def test_a_reading_is_taken_as_chosen_or_any() -> None:
    audit = next(r for r in GIFT.readings if r.name == "first_audit")
    first, passed = ({"first_audit": name} for name in audit.alternatives)
    only_first = plan_with(
        GIFT, when=choose(audit, very_first=GIFT.provision.when, first_passed=guild.is_small | ~guild.is_small)
    )
    complete = Bounds(complete=True)
    assert settle(GIFT, only_first, first, complete).status == "same"
    assert settle(GIFT, only_first, passed, complete).status == "differs"
    either = settle(GIFT, only_first, {"first_audit": FREE}, complete)
    assert either.readings is not None
    assert either.readings["first_audit"] == "first_passed"


def test_an_alternative_that_only_one_version_has_is_refused() -> None:
    with pytest.raises(CaseError, match=r"readings\.two_years: `anniversry` is no alternative"):
        settle(GIFT, GIFT, {"two_years": "anniversry"})


def renamed(old: Reading, **alternatives: tuple[str, str]) -> Reading:
    return reading(old.name, "？", "?", clause="一", default=None, because="试", **alternatives)


def test_any_alternative_means_one_that_both_versions_have() -> None:
    one = renamed(READINGS[0], one=("一", "one"), two=("二", "two"))
    other = renamed(READINGS[0], two=("二", "two"), three=("三", "three"))
    old = plan_with(GIFT, when=choose(one, one=guild.is_small, two=guild.is_honest))
    new = plan_with(GIFT, when=choose(other, two=guild.is_honest, three=guild.is_small))
    assert settle(old, new, {one.name: FREE}, Bounds(complete=True)).status == "same"


def test_provisions_about_different_entities_are_not_settled() -> None:
    found = settle(GIFT, PACK.plans["town_fair"])
    assert (found.status, found.why) == ("unknown", "one is about guild, the other about town")


def test_what_is_not_answered_with_so_much_work_is_unknown() -> None:
    wage = PACK.plans["apprentice_wage"]
    found = settle(wage, attrs.evolve(wage, when=wage.reach), bounds=Bounds(work=1))
    assert (found.status, found.witness) == ("unknown", None)
    assert found.why == "no answer with this much work: 1 (canceled)"


def test_more_work_than_z3_counts_is_no_less() -> None:
    wage = PACK.plans["apprentice_wage"]
    assert settle(wage, attrs.evolve(wage, when=wage.reach), bounds=Bounds(work=2**32 + 1)).status == "differs"


def test_a_case_of_the_solver_that_the_reference_decides_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "differs", lambda *_: True)
    found = settle(GIFT, GIFT)
    assert (found.status, found.witness) == ("unknown", None)
    assert found.why.startswith("internal error, please report it: the reference does not show it")


def test_a_code_with_a_check_character_is_refused_by_name() -> None:
    fact = attrs.evolve(guild.craft.fact, uscc=True, values={})
    plan = plan_with(GIFT, when=attrs.evolve(guild.craft, fact=fact) == "91350100M000100Y43")
    assert settle(plan, GIFT).why == "`guild.craft`, a code with a check character"


def test_every_type_of_fact_can_be_unknown() -> None:
    made = Symbols([GIFT], Bounds(), {})
    facts = [f for f in GIFT.root.facts.values() if f.type is not Type.ITEMS]
    assert Counter(f.type for f in facts).keys() | {Type.TEXTS, Type.ITEMS} == set(Type)
    assert all(made.fact(made.root, f).fact is f for f in facts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bounds_say_what_they_hold(lang: str) -> None:
    told = Bounds(items=3, first_year=2000, last_year=2001, as_of=dt.date(2000, 5, 1), complete=True).words(lang)
    assert all(part in told for part in ("3", "2000-2001", "2000-05-01"))


# ------------------------------------------------------------------------------------------ one question and the next


def test_what_is_found_hangs_on_nothing_that_was_asked_before() -> None:
    def days(plans: list[Plan]) -> dict[str, dt.date | None]:
        each = ((p, solver.Cases((p,), dict.fromkeys((r.name for r in p.readings), FREE), Bounds())) for p in plans)
        return {plan.provision.id: cases.day_of(cases.found[0].granted) for plan, cases in each}

    plans = [*load_pack("hainan").plans.values()]
    assert days(plans) == days(plans[::-1])
