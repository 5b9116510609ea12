"""What holds of every pack and every case: random packs over Toyland, random cases, random gaps in what is known."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_packs import (
    OWN,
    READINGS,
    Packs,
    complete,
    draw_case,
    unknown_facts,
)

from socorg_rules.case import Case, read_case
from socorg_rules.decide import decide
from socorg_rules.decision import Finding, Outcome, Reason, Shown
from socorg_rules.evaluate import RULES, Evaluator
from socorg_rules.expr import Expr
from socorg_rules.facts import EntityType
from socorg_rules.known import Value
from socorg_rules.money import Amount
from socorg_rules.pack import Pack
from socorg_rules.payments import payment_mistakes
from socorg_rules.place import Env, Place
from socorg_rules.question import Question

AS_OF = (dt.date(2022, 2, 28), dt.date(2022, 3, 1), dt.date(2022, 3, 31), dt.date(2022, 6, 15), dt.date(2023, 3, 1))
NEARER = (Reason.PAID, Reason.CONDITIONS, Reason.NOT_IN_FORCE, Reason.NOT_APPLICABLE)

many = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
randoms = st.integers(0, 2**32).map(Random)


class World:
    """A random pack, a case with gaps, a day and the alternatives taken of the readings."""

    def __init__(self, rnd: Random, known: int | None = None) -> None:
        packs = Packs(rnd)
        self.rnd, self.pack, self.kind = rnd, packs.pack(), packs.root.at.entity
        self.as_of = rnd.choice(AS_OF)
        self.readings = {r.name: rnd.choice((r.default, "one", None)) for r in READINGS}
        self.source = draw_case(rnd, self.kind, rnd.choice((40, 70, 95)) if known is None else known)

    def filled(self, share: int) -> dict[str, Any]:
        """The case with a share of its gaps filled in."""
        own = self.source[self.kind.name]
        return {self.kind.name: complete(self.rnd, self.kind, own, self.as_of, share=share)}

    def findings(self, source: Mapping[str, Any], evaluator: type[Evaluator] = Evaluator) -> dict[str, Finding] | None:
        """What is decided of a case; None where it contradicts itself."""
        case = read(source, self.kind)
        if payment_mistakes(case.record, self.pack.plans.values(), frozenset):
            return None
        ev = evaluator(Place(case.record, self.kind.name), self.as_of, self.readings)
        found = {name: decide(plan, ev) for name, plan in self.pack.plans.items()}
        return None if ev.problems else found

    def question(self, source: Mapping[str, Any], engine: str = "reference") -> Question:
        """What is asked of a case."""
        return Question(self.pack, read(source, self.kind), self.as_of, self.readings, engine_name=engine)


def read(source: Mapping[str, Any], kind: EntityType) -> Case:
    return read_case(source, [kind], [OWN])


def within(inner: Amount | None, outer: Amount | None) -> bool:
    """Whether all of one range lies in another; no amount lies in every one."""
    if inner is None:
        return True
    return (
        outer is not None
        and inner.per == outer.per
        and inner.min >= outer.min
        and (outer.max is None or (inner.max is not None and inner.max <= outer.max))
    )


def refines(before: Finding, after: Finding) -> None:
    """Assert that knowing more has overturned nothing that was decided, and only narrowed what was open."""
    open_items = before.items is not None and before.missing  # another item may have a better outcome than the best
    if before.outcome is not Outcome.UNDETERMINED and not (before.outcome is Outcome.DISCRETIONARY and open_items):
        assert after.outcome is before.outcome
    if before.reason is not None and before.items is None:
        assert after.reason is not None
        assert NEARER.index(after.reason) >= NEARER.index(before.reason)
    if before.items is None or before.outcome is Outcome.UNDETERMINED:
        assert within(after.entitlement, before.entitlement)
        assert within(after.payable, before.payable)
    for shown in ("paid", "result", "months_left"):
        told = getattr(before, shown)
        if told is not None and getattr(after, shown) is not None:
            assert getattr(after, shown) == told, shown
    if before.measure is not None and after.measure is not None:
        _measures_agree(before.measure, after.measure)
    for old, new in zip(before.checklist or (), after.checklist or (), strict=False):
        assert old.outcome in {Outcome.UNDETERMINED, new.outcome}
    for old_item, new_item in zip(before.items or (), after.items or (), strict=False):
        refines(old_item, new_item)


def _measures_agree(old: Shown, new: Shown) -> None:
    for part in ("value", "required", "shortfall"):
        if getattr(old, part) is not None:
            assert getattr(new, part) == getattr(old, part), part


def refined(before: dict[str, Finding] | None, after: dict[str, Finding] | None) -> None:
    if before is not None and after is not None:
        for name, finding in before.items():
            refines(finding, after[name])


# ------------------------------------------------------------------------------------------------------ totality


def check_every_valid_case_is_answered(rnd: Random) -> None:
    world = World(rnd)
    found = world.findings(world.source)
    for finding in (found or {}).values():
        json.dumps(finding.to_dict())
        opens = (*finding.missing, *finding.gaps, *finding.open_readings)
        assert opens or finding.outcome is not Outcome.UNDETERMINED, "undetermined, and nothing says why"


# ----------------------------------------------------------------------------------------------------- knowledge


def check_more_knowledge_overturns_nothing(rnd: Random) -> None:
    world = World(rnd, known=50)
    before = world.findings(world.source)
    for share in (20, 50, 100):
        refined(before, world.findings(world.filled(share)))


def check_every_completion_lies_in_what_was_said_before(rnd: Random) -> None:
    world = World(rnd, known=85)
    before = world.findings(world.source)
    for _ in range(12):
        refined(before, world.findings(world.filled(100)))


def check_a_complete_case_leaves_open_only_what_the_text_does(rnd: Random) -> None:
    world = World(rnd, known=100)
    for finding in (world.findings(world.filled(100)) or {}).values():
        assert not finding.missing


def check_a_fact_that_is_not_missing_changes_nothing(rnd: Random) -> None:
    """A decided node hides what is below it, and an undecided one names all that it reads."""
    world = World(rnd, known=60)
    before = world.findings(world.source)
    if before is None:
        return
    missing = {m for f in before.values() for m in f.missing}
    case = json.loads(json.dumps(world.source))
    listed = {p: (f, o) for p, f, o in unknown_facts(world.kind, case[world.kind.name], world.kind.name)}
    rest = [v for p, v in listed.items() if p not in missing]
    for fact, owner in rest:
        if fact.name not in {"id", "name"} and not fact.dates:
            from random_packs import draw_value  # noqa: PLC0415

            owner[fact.name] = draw_value(rnd, fact, 100)
    after = world.findings(case)
    for name, finding in before.items():
        if after is not None and finding.outcome is not Outcome.NOT_MET:
            assert _sums(after[name]) == _sums(finding)


def _sums(found: Finding) -> tuple[object, ...]:
    return found.outcome, found.entitlement, found.payable, found.missing, found.gaps, found.open_readings


# --------------------------------------------------------------------------------------------- order, form, memory


def check_order_does_not_matter(rnd: Random) -> None:
    world = World(rnd)
    there, back = world.findings(world.source), world.findings(_reversed(world.source))
    assert (there is None) == (back is None)
    for name, finding in (there or {}).items():
        assert _unordered(finding) == _unordered((back or {})[name])


def _reversed(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {k: _reversed(v) for k, v in reversed(value.items())}
    return [_reversed(v) for v in reversed(value)] if isinstance(value, list) else value


def _unordered(found: Finding) -> tuple[object, ...]:
    plain = [re.sub(r"\[\d+\]", "[]", m) for m in found.missing]
    return (
        found.outcome, found.reason, found.entitlement, found.payable, found.paid, found.months_left, found.measure,
        found.result, sorted(plain), set(found.gaps), set(found.open_readings),
    )  # fmt: skip


def check_a_case_written_and_read_again_decides_alike(rnd: Random) -> None:
    world = World(rnd)
    again = json.loads(json.dumps(read(world.source, world.kind).to_dict()))
    before, after = world.findings(world.source), world.findings(again)
    assert (before is None) == (after is None)
    for name, finding in (before or {}).items():
        assert finding.to_dict() == (after or {})[name].to_dict()


class NoMemory(Evaluator):
    """The reference without its memory."""

    def recall(self, env: Env, item: str, node: Expr) -> Value:  # noqa: ARG002 - as inherited
        return self.value(node, env)


def check_what_is_remembered_decides_alike(rnd: Random) -> None:
    world = World(rnd)
    with_, without = world.findings(world.source), world.findings(world.source, NoMemory)
    assert (with_ is None) == (without is None)
    for name, finding in (with_ or {}).items():
        assert finding.state() == (without or {})[name].state()
        assert finding.until == (without or {})[name].until


# --------------------------------------------------------------------------------------------------- money, time


def check_payable_never_exceeds_the_entitlement(rnd: Random) -> None:
    world = World(rnd)
    for finding in (world.findings(world.source) or {}).values():
        for one in (finding, *(finding.items or ())):
            if one.entitlement is None:
                assert one.payable is None
                continue
            assert one.payable is not None
            assert one.payable.min <= one.entitlement.min
            assert one.entitlement.max is None or (one.payable.max or Decimal(0)) <= one.entitlement.max
            for sum_ in (one.payable.min, one.payable.max, one.entitlement.min, one.entitlement.max):
                assert sum_ is None or (sum_ >= 0 and sum_.as_tuple().exponent == -2)
            if one.reason is Reason.PAID:
                assert one.payable == Amount(Decimal("0.00"), Decimal("0.00"), one.entitlement.per)


def check_the_items_add_up(rnd: Random) -> None:
    world = World(rnd)
    for finding in (world.findings(world.source) or {}).values():
        if finding.items is not None and finding.outcome is Outcome.MET:
            met = [i.payable for i in finding.items if i.outcome is Outcome.MET and i.payable is not None]
            assert (finding.payable is None) == (not met)
            assert sum((a.min for a in met), Decimal(0)) == (finding.payable.min if finding.payable else 0)


def check_nothing_changes_before_the_next_change(rnd: Random) -> None:
    world = World(rnd)
    question = world.question(world.source)

    def afresh(day: dt.date) -> Evaluator:
        return Evaluator(Place(question.case.record, world.kind.name), day, world.readings)

    for plan in world.pack.plans.values():
        found = decide(plan, afresh(world.as_of))
        change = question.next_change(plan)
        end = min(change or dt.date.max, world.as_of + dt.timedelta(days=150))
        for day in _days(world.as_of, end):
            assert decide(plan, afresh(day)).state() == found.state(), day
        if change is not None:
            assert change > world.as_of
            assert decide(plan, afresh(change)).state() != found.state()


def _days(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    for n in range(1, (end - start).days):
        yield start + dt.timedelta(days=n)


CHECKS = [v for k, v in globals().items() if k.startswith("check_")]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__.removeprefix("check_"))
@many
@given(rnd=randoms)
def test_of_every_pack_and_case(check: Any, rnd: Random) -> None:  # noqa: ANN401
    check(rnd)


def test_the_random_packs_reach_every_outcome_and_every_node() -> None:
    packs: list[Pack] = []
    outcomes: set[object] = set()
    for seed in range(200):
        world = World(Random(seed))  # noqa: S311 - nothing secret
        packs.append(world.pack)
        for finding in (world.findings(world.source) or {}).values():
            outcomes |= {finding.outcome, finding.reason}
    from socorg_rules.expr import walk  # noqa: PLC0415

    nodes = {type(n) for p in packs for plan in p.plans.values() for e in plan.exprs for n in walk(e)}
    assert outcomes == {*Outcome, *Reason, None}
    assert {n.__name__ for n in RULES.keys() - nodes} == {"Presumed"}
