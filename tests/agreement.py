"""Another engine held against the reference, decision by decision."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from pack_cases import PackCases
from test_properties import World, read

from socorg_rules import load_pack, packs
from socorg_rules.answer import Question
from socorg_rules.decision import Finding
from socorg_rules.engine import engine
from socorg_rules.payments import payment_mistakes


def decisions(question: Question, name: str) -> tuple[list[object], int]:
    """All that an engine says of a question, and how many decisions these are, items counted too."""
    plans = [p for p in question.pack.plans.values() if p.root is question.case.root]
    found = engine(name)(question, plans)
    said: list[object] = [(f.state(), _until(f)) for f in found]
    return [*said, dict(question.evaluator.problems)], sum(1 + len(f.items or ()) for f in found)


def _until(found: Finding) -> tuple[object, ...]:
    return (found.until, *(i.until for i in found.items or ()))


def random_question(rnd: Random) -> Question | None:
    """A random pack and a random case; None where the case contradicts itself."""
    world = World(rnd)
    case = read(world.source, world.kind)
    if payment_mistakes(case.record, world.pack.plans.values(), frozenset):
        return None
    return Question(world.pack, case, world.as_of, world.readings)


REAL = [PackCases(load_pack(name)) for name in packs()]


def real_question(rnd: Random) -> Question | None:
    """One of the real packs and a random case; None where what was drawn is no case."""
    cases = rnd.choice(REAL)
    case = cases.case(rnd)
    if case is None or payment_mistakes(case.record, cases.pack.plans.values(), frozenset):
        return None
    return Question(cases.pack, case, cases.day(rnd), cases.readings(rnd))


def questions(seed: int) -> Iterator[Question]:
    """Questions without end, of random packs and real ones in turn."""
    rnd = Random(seed)  # noqa: S311 - nothing secret
    while True:
        for draw in (random_question, real_question):
            found = draw(rnd)
            if found is not None:
                yield found


def agreed(question: Question, name: str) -> int:
    """Assert that an engine says what the reference says; how many decisions that were."""
    said, count = decisions(question, name)
    again = Question(question.pack, question.case, question.as_of, question.readings)
    assert said == decisions(again, "reference")[0], (question.pack.id, question.case.to_dict(), question.as_of)
    return count
