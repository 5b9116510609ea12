"""Cases left out of a comparison: what is decided of them may differ."""

from __future__ import annotations

import attrs

from ..errors import PackError
from ..expr import Expr, Not, all_of, walk
from ..plan import Plan, root_of
from ..reads import items_read
from ..words import Condition, Presumed, condition
from .merging import Translating


def without(plan: Plan, left_out: Expr) -> Plan:
    """The provision as if it were out of force for the cases that are left out: all that may be of this kind.

    A test about the item that a provision decides leaves out that item. What is not known counts as left out, so that
    whoever might be meant is not held against the text.

    Raises:
        PackError: the test is about items of another collection, or about another entity.
    """
    wrong = unfit(plan, left_out)
    if wrong is not None:
        raise PackError(f"`{plan.provision.id}` {wrong}")
    items = {i: plan.item for i in items_read(left_out) if plan.item is not None}
    here = Translating(items).of(left_out)
    kept = condition("not_left_out", "不在已声明的变更范围内", Not(Presumed(here)))
    return attrs.evolve(plan, force=all_of(kept, plan.force))


def unfit(plan: Plan, test: Expr) -> str | None:
    """What is wrong with leaving cases out of a provision by this test; None where nothing is."""
    others = {r.entity.name for r in root_of(test) if r.entity is not plan.root}
    if others:
        return f"is about `{plan.root.name}`, and the test about `{min(others)}`"
    for item in items_read(test):
        if plan.item is None or item.collection.fact is not plan.item.collection.fact:
            told = f"`{item.entity.name}` of `{item.collection.fact.name}`"
            return f"does not decide item by item about {told}; leave cases out by another test"
    return None


def named_condition(name: str, *plans: Plan) -> Condition | None:
    """The condition of this id in some of these provisions; None where there is none."""
    nodes = (n for plan in plans for e in plan.exprs for n in walk(e))
    return next((n for n in nodes if isinstance(n, Condition) and n.id == name), None)
