"""Cases that list an item which is granted a sum once more and again, until all of them pass what they may come to."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice

from ..answer import Decision
from ..decision import GRANTED
from .completing import SOME, complete
from .drawn import Drawn, Trial, told, with_fact

MOST_ITEMS = 100
"""Up to how many items are listed to pass a sum."""


def alone(drawn: Drawn) -> list[Drawn]:
    """A case of which a claim looks at the decision about itself."""
    return [drawn]


def passing(trial: Trial, drawn: Drawn, in_all: int | Decimal) -> Iterator[Drawn]:
    """The case in full, with the item that is granted most listed as often as it takes to pass a sum: under names of
    its own, and, since a rule may ask for a name, with an `id` of its own alone.

    There is none where no item is granted anything, or where that takes more than `MOST_ITEMS`.
    """
    for one, (decision,) in islice(complete(trial, drawn, alone, lambda *_: True), SOME):
        again, number = _most(decision, in_all)
        if again is None:
            continue
        plan, listed = decision.plan, len(decision.items or ())
        item = told(one.case, f"{plan.root.name}.{again}")
        facts = trial.facts(plan.item.entity if plan.item else None)
        named = {n: t for n, f in facts.items() if f.identifies and not f.uscc and (t := told(item, n)) is not None}
        coded = {n: None for n, f in facts.items() if f.uscc}  # which cannot be made up
        for names in ({**named, **coded}, {"id": named.get("id")}):
            case = one
            for n in range(listed, listed + number):
                case = _with_item(case, f"{plan.collection_path}[{n}]", item, names, n)
            yield case


def _most(decision: Decision, in_all: int | Decimal) -> tuple[str | None, int]:
    """The item that is granted most, and how many more of it pass a sum; None where nothing is to be listed."""
    sums = {
        found.item: found.entitlement.max
        for found in decision.items or ()
        if found.outcome in GRANTED and found.entitlement is not None and found.entitlement.max
    }
    whole = decision.entitlement
    if not sums or whole is None or whole.max is None or whole.max > in_all:
        return None, 0
    item, most = max(sums.items(), key=lambda two: two[1])
    number = int((in_all - whole.max) // most) + 1
    return (item, number) if len(decision.items or ()) + number <= MOST_ITEMS else (None, 0)


def _with_item(drawn: Drawn, at: str, item: object, names: Mapping[str, str | None], number: int) -> Drawn:
    """The case with an item at a further place, under names that no other one has."""
    drawn = with_fact(drawn, at, copy.deepcopy(item))  # else a case file would write it as a reference
    for fact, name in names.items():
        drawn = with_fact(drawn, f"{at}.{fact}", None if name is None else f"{name}{number}")
    return drawn
