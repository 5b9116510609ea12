"""Whether the payments of a case say clearly what they were made for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping

from .errors import Problem, nearest
from .facts import Items, Record
from .place import names_of, unnamed
from .plan import ITEM_NAMES, Plan, payments_of
from .provision import Grant
from .refs import Item


def payment_mistakes(root: Record, plans: Iterable[Plan], elsewhere: Callable[[], frozenset[str]]) -> list[Problem]:
    """Payments under an unknown provision, and payments that fit no item or several.

    `elsewhere` names the provisions of other packs, under which a payment is none of these plans' business; it is
    asked only where a name is not known here.
    """
    fact = payments_of(root.type)
    payments: Items | None = root.values.get(fact.name) if fact else None
    if fact is None or payments is None or not payments.records:
        return []
    by_name = _by_name(tuple(plans))
    found: list[Problem] = []
    for i, payment in enumerate(payments.records):
        name = payment.values.get("provision")
        path = f"{root.type.name}.{fact.name}[{i}]"
        if name is None:
            continue
        if name in by_name and not any(isinstance(plan.provision, Grant) for plan in by_name[name]):
            found.append(Problem(f"{path}.provision", f"`{name}` pays nothing; name the grant that was paid"))
        elif name in by_name:
            found += [Problem(f"{path}.item", told) for plan in by_name[name] for told in _fit(root, plan, payment)]
        elif name not in (others := elsewhere()):
            hint = nearest(name, {*by_name, *others})
            found.append(Problem(f"{path}.provision", f"`{name}` is no provision of a known pack{hint}"))
    return list(dict.fromkeys(found))


@functools.lru_cache(64)
def _by_name(plans: tuple[Plan, ...]) -> Mapping[str, list[Plan]]:
    found: dict[str, list[Plan]] = {}
    for plan in plans:
        for name in (plan.provision.id, f"{plan.pack}.{plan.provision.id}"):
            found.setdefault(name, []).append(plan)
    return found


def _fit(root: Record, plan: Plan, payment: Record) -> Iterator[str]:
    item = payment.values.get("item")
    grant = plan.provision
    if item is None or not isinstance(grant, Grant) or grant.terms is None:
        return
    collection = plan.item.collection if plan.item is not None else grant.terms.items
    if collection is None or isinstance(collection.owner, Item):
        return
    items: Items | None = root.values.get(collection.fact.name)
    if items is None:
        return
    fits = sum(item in names_of(r, ITEM_NAMES) for r in items.records)
    where = f"{root.type.name}.{collection.fact.name}"
    if not fits and items.complete and not any(unnamed(r, ITEM_NAMES) for r in items.records):
        known = {n for r in items.records for n in names_of(r, ITEM_NAMES)}
        yield f"`{item}` is no id, name or grade in `{where}`{nearest(item, known)}"
    if fits > 1 and plan.item is not None:
        yield f"`{item}` names {fits} items of `{where}`; give each an `id`, and write that here"
