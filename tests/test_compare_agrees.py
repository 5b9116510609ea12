"""Search and solver agree with the reference and with each other, on random packs with a change."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import attrs
from hypothesis import given, settings
from random_exprs import READINGS
from random_packs import Packs, complete, draw_case
from test_properties import AS_OF, World, many, randoms, read
from test_solver_settle import changed

from socorg_rules.change.compare import compare
from socorg_rules.change.merging import pair
from socorg_rules.change.order import Difference, Verdict, difference
from socorg_rules.change.search import Asked, Effort, Search
from socorg_rules.decide import decide
from socorg_rules.decision import Finding
from socorg_rules.engines.solver import Bounds, settle
from socorg_rules.errors import PackError
from socorg_rules.evaluate import Evaluator
from socorg_rules.pack import Pack
from socorg_rules.payments import payment_mistakes
from socorg_rules.place import Place
from socorg_rules.plan import Plan
from socorg_rules.provision import Grant


def other_text(packs: Packs, pack: Pack) -> Pack | None:
    """The pack with a changed number, or with a changed test of a provision; None where that makes it wrong."""
    rnd = packs.rnd
    try:
        if pack.parameters and rnd.randrange(2):
            name = rnd.choice(list(pack.parameters))
            old = pack.parameters[name].value
            new: Any = old + dt.timedelta(days=31) if isinstance(old, dt.date) else old + 1
            return pack.changed(parameters={name: new})
        old_plan = pack.plans[rnd.choice(list(pack.plans))]
        plan = changed(packs, old_plan)
        p = old_plan.provision
        fields: dict[str, Any] = {"discretion": plan.discretion}
        if plan.when is not old_plan.when and p.kind not in {"standard", "target"}:
            fields["when"] = plan.when
        if isinstance(p, Grant) and plan.high is not old_plan.high and plan.high is not None:
            fields["amount"] = attrs.evolve(p.amount, high=plan.high)
        return pack.changed(replace=[attrs.evolve(p, **fields)])
    except (PackError, OverflowError):
        return None


def found(plan: Plan, record: Any, day: dt.date, readings: dict[str, str | None]) -> Finding | None:  # noqa: ANN401
    ev = Evaluator(Place(record, plan.root.name), day, readings)
    decided = decide(plan, ev)
    return None if ev.problems else decided


told = Counter[str]()


@settings(many, max_examples=120)
@given(randoms)
def test_what_the_search_gives_up_both_texts_decide_alike_whatever_else_is_told(rnd: Random) -> None:
    packs = Packs(rnd)
    pack = packs.pack()
    new = other_text(packs, pack)
    if new is None:
        return
    day = rnd.choice(AS_OF)
    readings = {r.name: rnd.choice((r.default, None, *r.alternatives)) for r in READINGS}
    kind = packs.root.at.entity
    source = draw_case(rnd, kind, rnd.choice((30, 60)))
    full = {kind.name: complete(rnd, kind, source[kind.name], day)}
    for name, plan in pack.plans.items():
        other = new.plans[name]
        both = pair(plan, other, readings, readings)
        asked = Asked(both, plan, other, readings, readings, pack.own, lambda _: True)
        search = Search(asked, Effort(1))
        given_up = search._alive(read(source, kind).record, day) is None  # noqa: SLF001 - what is claimed is here
        record = read(full, kind).record
        if given_up and not payment_mistakes(record, pack.plans.values(), frozenset):
            before, after = found(plan, record, day, readings), found(other, record, day, readings)
            if before is not None and after is not None and both.merged is not None:
                kind_of = difference(before, after, (plan, other))
                assert kind_of in {None, Difference.DETAIL}, (kind_of, source, full)
                told["given up"] += 1


def test_the_search_gave_up_often_enough_to_mean_something() -> None:
    assert told["given up"] > 60


@settings(many, max_examples=12)
@given(randoms)
def test_no_random_case_contradicts_what_is_called_the_same_and_every_witness_holds(rnd: Random) -> None:
    world = World(rnd)
    packs = Packs(rnd)
    packs.root = world_root(world, packs)
    new = other_text(packs, world.pack)
    if new is None:
        return
    said = compare(world.pack, new, effort=300)
    for name, compared in said.items():
        plan, other = world.pack.plans[name], new.plans[name]
        for witness in compared.witnesses:
            assert witness.before.finding.state() != witness.after.finding.state()
        if compared.verdict is Verdict.SAME and compared.status == "proved":
            for _ in range(6):
                record = read(world.filled(rnd.choice((60, 100))), world.kind).record
                day = rnd.choice(AS_OF)
                if payment_mistakes(record, world.pack.plans.values(), frozenset):
                    continue
                both = [found(p, record, day, dict(q.default_readings)) for p, q in ((plan, world.pack), (other, new))]
                if both[0] is not None and both[1] is not None:
                    assert difference(both[0], both[1], (plan, other)) is None


def world_root(world: World, packs: Packs) -> Any:  # noqa: ANN401
    """The root entity of a pack that was drawn, for what is drawn besides."""
    while packs.root.at.entity is not world.kind:
        packs = Packs(world.rnd)
    return packs.root


@settings(many, max_examples=8)
@given(randoms)
def test_search_and_solver_never_contradict_each_other(rnd: Random) -> None:
    packs = Packs(rnd)
    pack = packs.pack()
    new = other_text(packs, pack)
    if new is None:
        return
    day = rnd.choice(AS_OF)
    for name, plan in pack.plans.items():
        readings = {r.name: r.default for r in READINGS}
        asked = Asked(
            pair(plan, new.plans[name], readings, readings), plan, new.plans[name], readings, readings, pack.own,
            lambda _: True,
        )  # fmt: skip
        search = Search(asked, Effort(80))
        cases = [b for deep in (True, False) for b in search.found(day, deep=deep) if not b.undetermined]
        solved = settle(plan, new.plans[name], readings, Bounds(as_of=day, items=2, work=5_000_000))
        inside = [b for b in cases if _within(b.record)]
        assert not (solved.status == "same" and inside), asked.case(inside[0].record).to_dict()
        if solved.status == "differs" and solved.witness is not None:
            replay = asked.both(solved.witness.record, day)
            assert replay is not None
            assert replay.old.state() != replay.new.state()
            told[f"both {bool(cases)}"] += 1


def _within(record: Any) -> bool:  # noqa: ANN401
    """Whether a case lies within the bounds: two items at most, and days of the years that were proved."""
    from socorg_rules.change.telling import places  # noqa: PLC0415 - beside its one use

    for _, value in places(record):
        if len(getattr(value, "records", ())) > 2 or (isinstance(value, dt.date) and not 1990 <= value.year <= 2049):
            return False
    return True
