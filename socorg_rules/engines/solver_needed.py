"""How many items a collection must hold so that nothing in some texts is out of reach of a proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..canonical import Form, Forms
from ..change.enough import held_against
from ..change.together import together
from ..expr import Expr, walk
from ..plan import Plan
from .solver_bounds import MOST, Universe


def needed(plans: Iterable[Plan]) -> int:
    """The most different items that the plans ask for together, or that any of their counts and sums needs to pass the
    numbers that it is held against.

    Of what is only counted there may be as many as `MOST` alike. What payments have used up is looked at where the
    texts part in it: where they do not, no payment that uses up the one leaves the other.
    """
    plans = tuple(plans)
    counted = Universe(plans).counted
    used = {form: expr for plan in plans for form, expr in _used(plan)}
    exprs = [e for plan in plans for e in (*(e for e, _ in own_exprs(plan)), plan.reach, plan.force, *_measured(plan))]
    found = [together(plans[0], plans[-1])]
    for node in {n: None for e in (*exprs, *(used.values() if len(used) > 1 else ())) for n in walk(e)}:
        for fold, items in held_against(node):
            collection = fold.item.collection
            alike = fold.op == "count" and (collection.owner.entity, collection.fact.name) in counted
            found.append(1 + items // MOST if alike else items)
    return max(found)


def _used(plan: Plan) -> Iterator[tuple[Form, Expr]]:
    """What payments have used up, with its form."""
    if plan.settlement is not None:
        known = [plan.item] if plan.item is not None else []
        yield Forms(*known).of(plan.settlement.used), plan.settlement.used


def _measured(plan: Plan) -> Iterator[Expr]:
    measure = plan.provision.measure
    if measure is not None:
        yield from (measure.shortfall, measure.reached)


def own_exprs(plan: Plan) -> list[tuple[Expr, str]]:
    """What the clause itself says, and where: neither the pack's reach and force, nor what payments have used up."""
    p = plan.provision
    said = [(plan.when, "when"), (plan.discretion, "discretion"), (plan.low, "low"), (plan.high, "high")]
    return [(e, name) for e, name in (*said, (p.reach, "reach"), (p.force, "force")) if e is not None]
