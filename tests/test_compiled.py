"""The compiled engine finds what the reference finds: outcomes, amounts, what is missing, and when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from decided import guild, one
from engines_agree import assess
from hypothesis import given
from pack_cases import DAYS, draw
from test_properties import World, many, randoms

from socorg_rules import load_pack, packs
from socorg_rules.decision import Outcome
from socorg_rules.engines.compiled import Compiled
from socorg_rules.errors import CaseError
from socorg_rules.expr import Expr
from socorg_rules.payments import payment_mistakes
from socorg_rules.provision import Duty, Support
from socorg_rules.question import Question
from socorg_rules.words import condition, stated_or


def found_by(question: Question) -> dict[str, Any] | str:
    """All that an engine finds, or what it says of a case that contradicts itself."""
    found = {name: question.engine.decide(plan) for name, plan in question.pack.plans.items()}
    try:
        question.evaluator.refuse_contradictions()
    except CaseError as error:
        return str(error)
    return {name: finding.state() for name, finding in found.items()}


def agree(world: World, known: int) -> tuple[int, int]:
    """Assert that both engines agree; how many decisions there were, and how many were left to the reference."""
    source = world.filled(known)
    if payment_mistakes(world.question(source).case.record, world.pack.plans.values(), frozenset):
        return 0, 0
    reference, compiled = world.question(source), world.question(source, "compiled")
    expected = found_by(reference)
    assert found_by(compiled) == expected
    if isinstance(expected, str):
        return 1, 1
    for plan in world.pack.plans.values():
        assert compiled.engine.outcome(plan) is reference.engine.decide(plan).outcome
        assert compiled.next_change(plan) == reference.next_change(plan)
    engine = compiled.engine
    assert isinstance(engine, Compiled)
    return len(expected), len(engine.referred)


@many
@given(rnd=randoms)
def test_random_packs_are_decided_alike(rnd: Random) -> None:
    world = World(rnd, known=90)
    for known in (0, 50, 100):
        agree(world, known)


def test_most_of_what_is_known_is_decided_without_the_reference() -> None:
    decided = referred = 0
    for seed in range(150):
        here, left = agree(World(Random(seed), known=100), 100)  # noqa: S311 - no secret
        decided, referred = decided + here, referred + left
    assert decided > 100
    assert referred < decided / 3


def test_a_condition_may_name_one_that_has_a_name_already() -> None:
    small = condition("small", "规模小", guild.is_small)
    few = condition("few", "人少", small)
    for known, outcome in ((True, "met"), (False, "not_met"), (None, "undetermined")):
        facts = {} if known is None else {"is_small": known}
        asked = Support("tent", "帐篷", clause="一", when=few, discretion=few & guild.is_honest)
        assert one(asked, {**facts, "is_honest": False}, force=few | guild.is_honest).outcome.value == outcome


def of_packs(seeds: Iterable[int], known: Iterable[int] = (60, 90, 100)) -> tuple[int, int]:
    """Hold both engines to one answer about random cases of all installed packs; what was decided, what was valid."""
    decided = valid = 0
    for name in packs():
        pack = load_pack(name)
        for seed in seeds:
            for share in known:
                rnd = Random(seed * 1000 + share)  # noqa: S311 - no secret
                case = draw(rnd, pack, rnd.choice(pack.roots), share)
                readings = {r.name: rnd.choice((r.default, *r.alternatives, None)) for r in pack.readings.values()}
                as_of = rnd.choice(DAYS)
                try:
                    answer = assess(case, pack, as_of, {} if seed % 2 else readings)
                except CaseError:
                    continue
                decided, valid = decided + len(answer), valid + 1
    return decided, valid


def test_random_cases_of_all_packs_are_decided_alike() -> None:
    decided, valid = of_packs(range(12))
    assert decided > 500
    assert valid > 50


@pytest.mark.parametrize(
    ("told", "derived"),
    [
        ({"is_small": True}, lambda passes: stated_or(guild.is_small, guild.audits.any(passes))),
        ({"members": 3}, lambda passes: stated_or(guild.members, guild.audits.count(passes)) >= 1),
    ],
)
def test_a_filter_that_the_root_entity_settles_contradicts_also_where_no_item_is_told(told: Any, derived: Any) -> None:  # noqa: ANN401
    support = Support(
        "helped", "助", clause="一", when=derived(lambda a: (guild.craft == "木工") & (a.result == "合格"))
    )
    with pytest.raises(CaseError, match="other facts of the case"):
        one(support, {**told, "craft": "铁工"})
    assert one(support, {**told, "craft": "木工"}).outcome is Outcome.MET  # what audits there are is not told


def test_a_condition_that_is_another_one_under_a_further_name_is_decided() -> None:
    small = condition("small", "小", guild.is_small & (guild.members < 9))
    little = condition("little", "微", small)
    support = Support("helped", "助", clause="一", when=little | (little & guild.is_honest))
    assert one(support, {"is_small": True, "members": 3}).outcome is Outcome.MET
    assert one(support, {"is_small": False}).outcome is Outcome.NOT_MET


def test_what_nests_too_deep_for_a_function_is_left_to_the_reference() -> None:
    sum_: Expr = guild.members
    for _ in range(260):
        sum_ = sum_ + 1
    deep = Support("deep", "深", clause="一", when=sum_ >= 263)
    assert one(deep, {"members": 3}).outcome is Outcome.MET
    assert one(deep, {"members": 2}).outcome is Outcome.NOT_MET


def test_nobody_writes_into_a_finding_that_is_kept() -> None:
    duty = Duty("act", "办", clause="一", when=guild.is_small, who="行会", action="办理")
    with pytest.raises(TypeError):
        one(duty, {"is_small": True}).duty["who"] = "别人"
