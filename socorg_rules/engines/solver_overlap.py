"""What two grants both pay for: a fact whose figure is in both sums, an item of one collection, or all of it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..canonical import Forms
from ..decision import GRANTED, Finding
from ..evaluate import Evaluator
from ..expr import ALWAYS, Expr, parts
from ..facts import Type
from ..place import Place, members
from ..plan import Plan
from ..provision import Grant
from ..reads import items_read
from ..refs import FactOf, Fold, Item, Pick, Root
from ..words import If, Lookup
from .solver import FREE, Cases
from .solver_bounds import Bounds
from .solver_facts import Spot
from .solver_finding import Found
from .solver_terms import Bool, both, conj, disj
from .solver_witness import Replay

QUANTITIES = {Type.MONEY, Type.NUMBER}


@attrs.frozen(eq=False)
class _Items:
    """Items that a grant pays for: those that it decides one by one, or those that its sum takes together."""

    item: Item
    where: Expr = ALWAYS
    one_by_one: bool = False


@attrs.frozen(eq=False)
class Overlap:
    """What two grants about one entity may both pay for: the same as a whole, or items of the same collections."""

    one: Plan
    other: Plan
    whole: bool
    items: tuple[tuple[_Items, _Items], ...]

    def search(self, bounds: Bounds) -> Replay | None:
        """A case in which both pay, under any readings; None where there is none.

        Raises:
            Refused: the solver cannot read a form in one of them.
            GaveUp: neither a case nor a proof was found with so much work.
        """
        readings = dict.fromkeys((r.name for r in (*self.one.readings, *self.other.readings)), FREE)
        cases = Cases((self.one, self.other), readings, bounds)
        return cases.search(disj(self._ways(cases)), self._shown)

    def _ways(self, cases: Cases) -> Iterator[Bool]:
        if self.whole:
            yield both(*(f.granted for f in cases.found))
        for pair in self.items:
            here = cases.reader.members(pair[0].item.collection, {}).here
            for i, (there, spot) in enumerate(here):
                yield conj((there, *(_takes(cases, f, p, i, spot) for f, p in zip(cases.found, pair, strict=True))))

    def _shown(self, replay: Replay) -> bool:
        """Whether the reference finds the same."""
        if self.whole and all(f.outcome in GRANTED for f in replay.findings):
            return True
        plans = (self.one, self.other)
        root = Place(replay.case.record, replay.case.root.name)
        readings = {r.name: replay.readings.get(r.name, r.default) for plan in plans for r in plan.readings}
        reference = Evaluator(root, replay.as_of, readings)
        for pair in self.items:
            here = members(root, pair[0].item.collection.fact, replay.as_of).here
            both_ = [*zip(replay.findings, pair, strict=True)]
            if any(all(_took(reference, f, p, i, place) for f, p in both_) for i, place in enumerate(here)):
                return True
        return False


def overlap(one: Plan, other: Plan) -> Overlap | None:
    """What two grants may both pay for; None where there is nothing."""
    if not (isinstance(one.provision, Grant) and isinstance(other.provision, Grant)) or one.root is not other.root:
        return None
    shared = tuple(
        (a, b) for a in _items(one) for b in _items(other) if a.item.collection.fact is b.item.collection.fact
    )
    whole = bool(_facts(one) & _facts(other)) or _are_alike(one, other)
    return Overlap(one, other, whole, shared) if whole or shared else None


def _are_alike(one: Plan, other: Plan) -> bool:
    """Whether two sums are the same, for the same cases."""
    if one.item is not None or other.item is not None or one.high is None:
        return False
    forms = (Forms().of((p.reach, p.force, p.when, p.discretion, p.low, p.high, p.per)) for p in (one, other))
    return next(forms) == next(forms)


def _figures(plan: Plan) -> Iterator[Expr]:
    """All that enters the sum of a grant by its value: nothing that is only tested, or a key of a table."""
    waiting = [e for e in (plan.low, plan.high) if e is not None]
    while waiting:
        node = waiting.pop()
        if node.shape.type not in QUANTITIES:
            continue
        yield node
        match node:
            case If():
                waiting += [node.then, node.otherwise]
            case Lookup():
                waiting += [*node.rows.values(), *([] if node.otherwise is None else [node.otherwise])]
            case Fold() | Pick():
                waiting += [] if node.value is None else [node.value]
            case _:
                waiting += parts(node)


def _facts(plan: Plan) -> set[str]:
    """The facts of the root entity whose figures enter the sum."""
    return {n.fact.name for n in _figures(plan) if isinstance(n, FactOf) and isinstance(n.owner, Root)}


def _items(plan: Plan) -> Iterator[_Items]:
    """The items of the root entity's collections that it pays for; what lies within an item is paid for with it."""
    if plan.item is not None:
        yield _Items(plan.item, one_by_one=True)
    for node in _figures(plan):
        if isinstance(node, Fold | Pick) and isinstance(node.item.collection.owner, Root):
            yield _Items(node.item, node.where if {*items_read(node.where)} <= {node.item} else ALWAYS)


def _takes(cases: Cases, found: Found, paid: _Items, i: int, spot: Spot) -> Bool:
    """That a grant pays for the item of this number."""
    if paid.one_by_one:
        assert found.items is not None  # noqa: S101 - it decides item by item
        return found.items[i][1].granted
    return both(found.granted, cases.reader.value(paid.where, {paid.item: spot}).yes)


def _took(reference: Evaluator, finding: Finding, paid: _Items, i: int, place: Place) -> bool:
    """Whether the reference has a grant pay for the item of this number."""
    if paid.one_by_one:
        assert finding.items is not None  # noqa: S101 - as above
        return finding.items[i].outcome in GRANTED
    return finding.outcome in GRANTED and reference.value(paid.where, {paid.item: place}).truth is True
