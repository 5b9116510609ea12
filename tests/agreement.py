"""Another engine held against the reference, decision by decision."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pack_cases import DAYS, draw
from test_properties import World, read

from socorg_rules import CaseError, load_case, load_pack, packs
from socorg_rules.payments import payment_mistakes
from socorg_rules.question import Question


def decisions(question: Question, name: str) -> tuple[list[object], int]:
    """All that an engine says of a question, and how many decisions these are, items counted too."""
    asked = Question(question.pack, question.case, question.as_of, question.readings, engine_name=name)
    found = [asked.engine.decide(plan) for plan in asked.plans]
    problems = dict(asked.evaluator.problems)
    plan = asked.plans[question.as_of.toordinal() % len(asked.plans)]  # of one: it asks for many days
    changes = [] if problems else [asked.next_change(plan)]
    return [*(f.state() for f in found), changes, problems], sum(1 + len(f.items or ()) for f in found)


def random_question(rnd: Random) -> Question | None:
    """A random pack and a random case; None where the case contradicts itself."""
    world = World(rnd)
    case = read(world.source, world.kind)
    if payment_mistakes(case.record, world.pack.plans.values(), frozenset):
        return None
    return Question(world.pack, case, world.as_of, world.readings)


REAL = [load_pack(name) for name in packs()]


def real_question(rnd: Random) -> Question | None:
    """One of the real packs and a random case; None where what was drawn is no case."""
    pack = rnd.choice(REAL)
    plain = draw(rnd, pack, rnd.choice(pack.roots), rnd.choice((30, 60, 90)))
    try:
        case = load_case(plain, [pack])
    except CaseError:
        return None
    if payment_mistakes(case.record, pack.plans.values(), frozenset):
        return None
    readings = {r.name: rnd.choice((r.default, r.default, None, *r.alternatives)) for r in pack.readings.values()}
    return Question(pack, case, rnd.choice(DAYS), readings)


def questions(seed: int) -> Iterator[Question]:
    """Questions without end, of random packs and real ones in turn."""
    rnd = Random(seed)  # noqa: S311 - nothing secret
    while True:
        for question in (random_question, real_question):
            found = question(rnd)
            if found is not None:
                yield found


def agreed(question: Question, name: str) -> int:
    """Assert that an engine says what the reference says; how many decisions that were."""
    said, count = decisions(question, name)
    assert said == decisions(question, "reference")[0], (question.pack.id, question.case.to_dict(), question.as_of)
    return count
