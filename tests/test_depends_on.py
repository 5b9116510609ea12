"""What a decision depends on: each reading whose switch alone changes it, found without trying every switch."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from pack_cases import DAYS, draw
from test_properties import World, many, randoms

from socorg_rules import assess, load_pack, packs
from socorg_rules.answer import Decision
from socorg_rules.decision import Finding
from socorg_rules.errors import CaseError
from socorg_rules.payments import payment_mistakes
from socorg_rules.plan import Plan
from socorg_rules.question import Question


def by_trial(question: Question, plan: Plan, found: Finding) -> tuple[str, ...]:
    """Every reading one of whose alternatives, each tried, leads to another outcome or other sums."""
    tried = {r.name: [question.engine.switched(r.name, a).decide(plan) for a in r.alternatives] for r in plan.readings}
    return tuple(name for name, others in tried.items() if any(o.sums() != found.sums() for o in others))


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@many
@given(rnd=randoms)
def test_it_is_what_trying_every_alternative_finds(engine: str, rnd: Random) -> None:
    world = World(rnd)
    question = world.question(world.filled(rnd.choice((0, 50, 90))), engine)
    if payment_mistakes(question.case.record, world.pack.plans.values(), frozenset):
        return
    decisions = [Decision(question.engine.decide(plan), plan, question) for plan in question.plans]
    try:
        question.evaluator.refuse_contradictions()
    except CaseError:
        return
    for decision in decisions:
        assert decision.depends_on == by_trial(question, decision.plan, decision.finding), decision.provision


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_so_it_is_of_the_real_packs(engine: str) -> None:
    idle = matter = 0
    for name, seed in itertools.product(packs(), range(4)):
        pack, rnd = load_pack(name), Random(seed)  # noqa: S311 - no secret
        readings = {r.name: rnd.choice((r.default, *r.alternatives, None)) for r in pack.readings.values()}
        try:
            answer = assess(draw(rnd, pack, rnd.choice(pack.roots), 90), pack, rnd.choice(DAYS), readings, engine)
        except CaseError:
            continue
        for decision in answer.values():
            assert decision.depends_on == by_trial(answer.question, decision.plan, decision.finding)
            idle += len(decision.plan.readings) - len(decision.depends_on)
            matter += len(decision.depends_on)
    assert idle > 100
    assert matter > 10
