"""How many items a collection must hold so that nothing in some texts is out of reach of a proof."""

from __future__ import annotations

from collections.abc import Iterable

from ..change.enough import held_against
from ..expr import Expr, walk
from ..plan import Plan
from .solver_bounds import Universe


def needed(plans: Iterable[Plan]) -> int:
    """The most items that any of the plans' own counts and sums needs to pass the number that it is held against; not
    of what is only counted, of which there are as many as it takes in any case."""
    plans = tuple(plans)
    counted = Universe(plans).counted
    found = [0]
    for plan in plans:
        for node in {n: None for expr, _ in own_exprs(plan) for n in walk(expr)}:
            for fold, items in held_against(node):
                collection = fold.item.collection
                if fold.op != "count" or (collection.owner.entity, collection.fact.name) not in counted:
                    found.append(items)
    return max(found)


def own_exprs(plan: Plan) -> list[tuple[Expr, str]]:
    """What the clause itself says, and where: neither the pack's reach and force, nor what payments have used up."""
    p = plan.provision
    said = [(plan.when, "when"), (plan.discretion, "discretion"), (plan.low, "low"), (plan.high, "high")]
    return [(e, name) for e, name in (*said, (p.reach, "reach"), (p.force, "force")) if e is not None]
