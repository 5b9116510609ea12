"""How many different items a text may ask for at once: those that must be there, or must fail a test, together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..canonical import Form, Forms
from ..expr import And, Expr, Not, Or, parts
from ..facts import Type
from ..plan import Plan
from ..refs import Fold, Item, Pick, Quantified
from ..words import ByReading, If

Asked = frozenset[tuple[str, Form]]
"""The items that are asked for, each by its collection and what is asked of it."""
NONE: Asked = frozenset()


def together(one: Plan, other: Plan) -> int:
    """The most different items of a collection that it takes until both texts are met, or one is and the other not."""
    ways = [(_met(one), _met(other)), (_met(one), _refused(other)), (_refused(one), _met(other))]
    return max(_count(a | b) for a, b in ways)


def _count(asked: Asked) -> int:
    return max(Counter(name for name, _ in asked).values(), default=0)


def _met(plan: Plan) -> Asked:
    said = (plan.reach, plan.force, plan.when, plan.low, plan.high)
    return _own(plan).union(*(asked_for(e, truth=True) for e in said if e is not None))


def _refused(plan: Plan) -> Asked:
    return _own(plan) | asked_for(plan.reach, truth=True) | asked_for(plan.when, truth=False)


def _own(plan: Plan) -> Asked:
    return NONE if plan.item is None else frozenset({(_name(plan.item), "each")})


def _name(item: Item) -> str:
    return f"{item.collection.owner.entity.name}.{item.collection.fact.name}"


def asked_for(expr: Expr, *, truth: bool) -> Asked:
    """The items that make a test come out so, by the way that takes most; of a value, those that it is made of."""
    match expr:
        case Not(part=part):
            return asked_for(part, truth=not truth)
        case And(parts=tests) | Or(parts=tests):
            each = [asked_for(t, truth=truth) for t in tests]
            return NONE.union(*each) if isinstance(expr, And) is truth else _largest(each)
        case If(test=test, then=then, otherwise=otherwise):
            ways = ((test, True, then), (test, False, otherwise))
            return _largest(asked_for(t, truth=holds) | asked_for(e, truth=truth) for t, holds, e in ways)
        case ByReading(alternatives=alternatives):
            return _largest(asked_for(e, truth=truth) for e in alternatives.values())
        case Quantified(op=op) if (op == "any") is not truth:
            return NONE
    below = [expr.test] if isinstance(expr, Quantified) else [] if isinstance(expr, Fold | Pick) else parts(expr)
    found = NONE.union(*(asked_for(p, truth=truth) for p in below if p.shape.type is not Type.ITEMS))
    return found | {(_name(expr.item), Forms().of(expr))} if isinstance(expr, Quantified | Fold | Pick) else found


def _largest(ways: Iterable[Asked]) -> Asked:
    return max(ways, key=_count, default=NONE)
