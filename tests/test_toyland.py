"""Toyland uses all that a pack can say, so that the engine is tested without any real policy."""

from __future__ import annotations

from typing import get_args

from toyland import PACK

from socorg_rules.evaluate import RULES
from socorg_rules.expr import walk
from socorg_rules.provision import Grant, Kind, TermsKind


def test_toyland_uses_every_node_of_the_rule_tree() -> None:
    used = {type(node) for plan in PACK.plans.values() for expr in plan.exprs for node in walk(expr)}
    assert set(RULES) - used == set()


def test_toyland_has_every_kind_of_provision() -> None:
    assert {p.kind for p in PACK.provisions} == set(get_args(Kind))


def test_toyland_has_all_payment_terms_and_grants_with_and_without_a_figure() -> None:
    grants = [p for p in PACK.provisions if isinstance(p, Grant)]
    assert {g.terms.kind for g in grants if g.terms} == set(get_args(TermsKind))
    assert {g.amount.gap is None for g in grants} == {True, False}
