"""The other provisions whose payments matter to a text: those that it names, and one more where it asks about any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..expr import Const, Expr, walk
from ..facts import Payment, entity_type
from ..pack import Pack
from ..plan import Plan
from ..provision import Grant
from ..refs import Collection, Fold, Pick, Quantified
from ..words import Lookup
from .merging import PLAN_FIELDS

PAYMENT = entity_type(Payment)


def paid_elsewhere(texts: Iterable[Plan], packs: Iterable[Pack]) -> tuple[Plan, ...]:
    """The grants of these packs, other than the provision itself, under which payments may matter to its texts.

    What a grant has used up asks about its own payments alone, so that it is not looked at.
    """
    texts = tuple(texts)
    own = (e for p in texts for e in (*(getattr(p, n) for n in PLAN_FIELDS), p.provision.result, p.provision.due))
    nodes = list(dict.fromkeys(n for e in own if isinstance(e, Expr) for n in walk(e)))
    if not any(_asks(node) for node in nodes):
        return ()
    names = {name for node in nodes for name in _named(node)}
    ids = {p.provision.id for p in texts}
    others = {
        f"{plan.pack}.{plan.provision.id}": plan
        for pack in packs
        for plan in pack.about(texts[0].root)
        if isinstance(plan.provision, Grant) and plan.provision.id not in ids
    }
    named = [plan for full, plan in others.items() if names & {full, plan.provision.id}]
    return (*named, *[plan for plan in others.values() if plan not in named][:1])


def _named(node: Expr) -> Iterator[str]:
    """The constants in a rule, any of which may be what a payment was made for."""
    if isinstance(node, Const) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, Lookup):
        yield from node.rows


def _asks(node: Expr) -> bool:
    """Whether a node asks about payments."""
    match node:
        case Quantified() | Fold() | Pick():
            return node.item.collection.fact.of is PAYMENT
        case Collection():
            return node.fact.of is PAYMENT
    return False
