"""Payments that do not say clearly what they were made for, found in every row: `payments.py`, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..facts import EntityType
from ..plan import ITEM_NAMES, Plan, payments_of
from ..provision import Grant
from ..refs import Item
from .columns_graph import Col
from .columns_items import some
from .columns_nodes import Nodes
from .columns_place import Place
from .columns_problems import Noted, joined


def payment_problems(n: Nodes, plans: Iterable[Plan], elsewhere: frozenset[str]) -> Noted:
    """Payments under an unknown provision, and payments that fit no item or several. `elsewhere` names the provisions
    of other packs, under which a payment is none of these plans' business."""
    fact, g = payments_of(n.entity), n.g
    root = Place(n.root, n.entity.name)
    paid = n.items(fact, root, n.root, dated=False) if fact else None
    if paid is None:
        return {}
    plans = tuple(plans)
    provision = n.column(paid, "provision", "str")
    grants = [p for p in plans if isinstance(p.provision, Grant)]
    unpaid = [p for p in plans if not isinstance(p.provision, Grant)]
    known = {name for p in plans for name in _names(p)} | elsewhere

    def named(names: Iterable[str]) -> Col:
        return g.any(*(g.surely(g.equal(provision, g.lit(name))) for name in names))

    is_of_none = named(name for p in unpaid for name in _names(p) if name not in {m for q in grants for m in _names(q)})
    is_known = named(sorted(known))
    at = f"{paid.path}.provision"
    found: list[Noted] = [
        {(at, "a provision that pays nothing is named; name the grant that was paid"): some(n, paid.scope, is_of_none)},
        {
            (at, "no provision of a known pack is named"): some(
                n, paid.scope, g.all(g.known(provision), g.negated(is_known))
            )
        },
    ]
    for plan in grants:
        for told, flag in _fit(n, plan, paid, root):
            held = some(n, paid.scope, g.all(named(_names(plan)), flag))
            found.append({(f"{paid.path}.item", told): held})
    return joined(n, [{p: f for p, f in one.items() if f is not g.false} for one in found])


def _names(plan: Plan) -> tuple[str, str]:
    return plan.provision.id, f"{plan.pack}.{plan.provision.id}"


def _fit(n: Nodes, plan: Plan, paid: Place, root: Place) -> Iterator[tuple[str, Col]]:
    g, grant = n.g, plan.provision
    if not isinstance(grant, Grant) or grant.terms is None:
        return
    collection = plan.item.collection if plan.item is not None else grant.terms.items
    if collection is None or isinstance(collection.owner, Item):
        return
    where = f"{root.path}.{collection.fact.name}"
    item = n.column(paid, "item", "str")
    complete = n.column(root, f"{collection.fact.name}.complete", "bool")
    listed = n.items(collection.fact, root, n.root, dated=False)
    fits: Col = g.null("int")
    nameless = g.false
    if listed is not None:
        columns = n.columns[listed.scope.table]
        facts = tuple(f for f in ("id", *ITEM_NAMES) if f in facts_of(collection.fact.of) and f in columns)
        fits = g.named(item, n.root, listed.scope.table, facts, paid.scope) if facts else fits
        told = [n.column(listed, f, "str") for f in ITEM_NAMES if f in facts_of(collection.fact.of)]
        nameless = some(n, listed.scope, g.any(*map(g.is_null, told)))
    is_told = g.known(item)
    none = g.all(is_told, g.surely(complete), g.is_null(fits), g.negated(nameless))
    yield f"names no id, name or grade in `{where}`", none
    if plan.item is not None:
        several = g.all(is_told, g.known(complete), g.surely(g.less(g.lit(1), fits)))
        yield f"names several items of `{where}`; give each an `id`, and write that here", several


def facts_of(entity: EntityType | None) -> frozenset[str]:
    """The facts that an item may have."""
    return frozenset(entity.facts) if entity else frozenset()
