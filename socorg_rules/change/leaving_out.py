"""Cases left out of a comparison: what is decided of them may differ."""

from __future__ import annotations

import attrs

from ..errors import PackError
from ..expr import Expr, Not, all_of, walk
from ..plan import Plan
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
    strange = [
        i for i in items_read(left_out) if plan.item is None or i.collection.fact is not plan.item.collection.fact
    ]
    if strange:
        told = f"`{strange[0].entity.name}` of `{strange[0].collection.fact.name}`"
        raise PackError(f"`{plan.provision.id}` does not decide item by item about {told}; leave out by another test")
    items = {i: plan.item for i in items_read(left_out) if plan.item is not None}
    here = Translating(items).of(left_out)
    kept = condition("not_left_out", "不在已声明的变更范围内", Not(Presumed(here)))
    return attrs.evolve(plan, force=all_of(kept, plan.force))


def named_condition(name: str, *plans: Plan) -> Condition | None:
    """The condition of this id in some of these provisions; None where there is none."""
    nodes = (n for plan in plans for e in plan.exprs for n in walk(e))
    return next((n for n in nodes if isinstance(n, Condition) and n.id == name), None)
