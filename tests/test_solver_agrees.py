"""The solver reads every expression and every provision as the reference does, in every case and with every gap."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import given
from random_cases import draw_case
from random_exprs import READINGS, Exprs
from symbolic import Alone, Told, symbols
from test_properties import AS_OF, World, many, randoms, read
from toyland import PACK

from socorg_rules.assess import load_case
from socorg_rules.decide import decide
from socorg_rules.engines.solver_bounds import Bounds, Refused
from socorg_rules.engines.solver_facts import Symbols
from socorg_rules.engines.solver_finding import found, payments_fit
from socorg_rules.engines.solver_rules import RULES, Reader
from socorg_rules.errors import CaseError, PackError
from socorg_rules.evaluate import RULES as REFERENCE
from socorg_rules.evaluate import Evaluator
from socorg_rules.expr import walk
from socorg_rules.payments import payment_mistakes
from socorg_rules.place import Place
from socorg_rules.plan import payments_of


def test_the_solver_reads_every_node_that_the_reference_reads() -> None:
    assert RULES.keys() == REFERENCE.keys()


@many
@given(randoms)
def test_an_expression_is_known_to_be_what_the_reference_knows(rnd: Random) -> None:
    exprs = Exprs(rnd, presume=True)
    kind = exprs.root.at.entity
    try:
        node = rnd.choice((exprs.test, exprs.number, exprs.money, exprs.date))((exprs.root,), 3)
    except PackError:
        return
    case = read(draw_case(rnd, kind, rnd.choice((40, 70, 95, 100))), kind)
    as_of = rnd.choice(AS_OF)
    readings = {r.name: rnd.choice((r.default, "one", None)) for r in READINGS}
    reference = Evaluator(Place(case.record, kind.name), as_of, readings)
    expected = reference.value(node, {})
    made = symbols(rnd, [Alone(kind, (node,))], readings, as_of)
    value = Reader(made).value(node, {})
    told = Told(made, case.record, as_of)
    assert told.truth(value.wrong) == bool(reference.problems)
    if not reference.problems:
        told.is_value(value, expected, node.shape.type)


@many
@given(randoms)
def test_a_provision_is_found_to_be_what_the_reference_finds(rnd: Random) -> None:
    world = World(rnd)
    plans = tuple(world.pack.plans.values())
    case = read(world.source, world.kind)
    made = symbols(rnd, plans, world.readings, world.as_of)
    reader = Reader(made)
    findings = [found(plan, reader) for plan in plans]
    fits = payments_fit(reader, plans)
    told = Told(made, case.record, world.as_of)
    payments = payments_of(world.kind)
    unfit = bool(payment_mistakes(case.record, plans, frozenset))
    if payments is not None and made.reads(made.root, payments):
        assert told.truth(fits) != unfit
    if unfit:
        return
    for plan, finding in zip(plans, findings, strict=True):
        reference = Evaluator(Place(case.record, world.kind.name), world.as_of, world.readings)
        expected = decide(plan, reference)
        assert told.truth(finding.wrong) == bool(reference.problems)
        if not reference.problems:
            told.is_finding(finding, expected)


@pytest.mark.parametrize("plan", PACK.plans.values(), ids=lambda plan: plan.provision.id)
def test_every_provision_of_toyland_is_read(plan: object) -> None:
    rnd = Random(7)  # noqa: S311 - nothing secret
    asked = PACK.plans[plan.provision.id]  # type: ignore[attr-defined]
    made = Symbols([asked], Bounds(items=3), {})
    reader = Reader(made)
    finding, agreed = found(asked, reader), 0
    while agreed < 3:
        plain = draw_case(rnd, asked.root, 90)
        plain[asked.root.name].pop("random", None)
        try:
            case = load_case(plain, [PACK])
        except CaseError:
            continue
        as_of = rnd.choice(AS_OF)
        if payment_mistakes(case.record, PACK.plans.values(), frozenset) or not _known(made, case.to_dict()):
            continue
        reference = Evaluator(Place(case.record, asked.root.name), as_of, PACK.default_readings)
        expected = decide(asked, reference)
        if not reference.problems:
            Told(made, case.record, as_of).is_finding(finding, expected)
            agreed += 1


def _known(made: Symbols, plain: object) -> bool:
    """Whether all divisions of a case are among those that the solver tells apart."""
    if isinstance(plain, dict):
        return all(
            value in made.universe.divisions if key == "division" else _known(made, value)
            for key, value in plain.items()
        )
    return all(_known(made, one) for one in plain) if isinstance(plain, list) else True


def test_a_period_that_runs_backwards_is_refused_by_name() -> None:
    plan = PACK.plans["audit_duty"]
    node = next(n for e in plan.exprs for n in walk(e) if type(n).__name__ == "Shift")
    back = attrs.evolve(node, period=attrs.evolve(node.period, years=-1))  # type: ignore[attr-defined, misc]
    with pytest.raises(Refused, match="a period of -1年"):
        Reader(Symbols([plan], Bounds(), {})).value(back, {})
