"""A provision made ready to decide: its pack's defaults filled in, and its payment terms written as expressions.

Payment terms need no semantics of their own: a claim used up by what was received is a test over the payments, so
that every interpreter reads it like any other.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property

import attrs

from .errors import PackError
from .expr import IMPOSSIBLE, Expr, OneOf, all_of, any_of, combine, constant, walk
from .facts import EntityType, Fact, Payment, Type, entity_type
from .money import Per
from .provision import Grant, Provision
from .reading import Reading, TextGap
from .reads import checks, reads_clock
from .refs import Collection, FactOf, Item, Names, Ref, Root, facts_read
from .words import THIS_MONTH, THIS_YEAR, ByReading, year_of, yuan

NOTHING = yuan(0)
ITEM_NAMES = ("name", "grade")
"""What an item goes by in a payment, beside its id."""


@attrs.frozen(eq=False)
class Settlement:
    """Payments held against a grant: whether they have used it up, what they count for in a top-up, what was paid."""

    used: Expr
    paid: Expr
    credited: Expr | None = None
    months_used: Expr | None = None
    limit: int | None = None


@attrs.frozen(eq=False, slots=False)
class Plan:
    """A provision as an interpreter reads it. Every test is an expression; `low` and `high` are money."""

    provision: Provision
    pack: str
    root: EntityType
    item: Item | None
    reach: Expr
    force: Expr
    when: Expr
    discretion: Expr
    low: Expr | None
    high: Expr | None
    per: Per
    settlement: Settlement | None
    gaps: tuple[TextGap, ...]

    @cached_property
    def collection_path(self) -> str:
        """The path of the collection whose items it decides; nothing where it decides once."""
        return f"{self.root.name}.{self.item.collection.fact.name}" if self.item is not None else ""

    @cached_property
    def exprs(self) -> tuple[Expr, ...]:
        """Every expression of the provision."""
        p, s = self.provision, self.settlement
        found = [self.reach, self.force, self.when, self.discretion, self.low, self.high, p.result, p.due]
        found += [p.measure.value, p.measure.required] if p.measure else []
        found += [s.used, s.paid, s.credited, s.months_used] if s else []
        return tuple(e for e in found if e is not None)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts of the root entity that it reads, those of its items as their collection."""
        own = frozenset((self.item.collection.fact.name,)) if self.item is not None else frozenset()
        return own.union(*(facts_read(e) for e in self.exprs))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The readings that it uses, in the order of their first use."""
        nodes = (n for e in self.exprs for n in walk(e))
        return tuple(dict.fromkeys(n.reading for n in nodes if isinstance(n, ByReading)))

    def may_contradict(self, come: AbstractSet[str]) -> bool:
        """Whether a case may contradict itself here later: because it is another day, or items of these facts come."""
        found = (n for e in self.exprs for n in checks(e))
        return any(reads_clock(n) or not come.isdisjoint(facts_read(n)) for n in found)


def root_of(expr: Expr) -> Iterator[Root]:
    """The root entities that an expression reads."""
    for node in walk(expr):
        if isinstance(node, FactOf | Collection):
            yield _root(node.owner)
        item = getattr(node, "item", None)
        if isinstance(item, Item):
            yield _root(item)


def _root(owner: Root | Item) -> Root:
    while isinstance(owner, Item):
        owner = owner.collection.owner
    return owner


def own_exprs(provision: Provision) -> Iterator[Expr]:
    """The expressions that a provision itself states."""
    if provision.each is not None and isinstance(provision.each.at, Item):
        yield provision.each.at.collection
    p = provision
    given = (p.conditions, p.reach, p.force, p.discretion, p.result, p.due)
    yield from (e for e in given if e is not None)
    if isinstance(provision, Grant):
        yield from (e for e in (provision.amount.low, provision.amount.high) if e is not None)
    if provision.measure:
        yield from (provision.measure.value, provision.measure.required)


def root_entity(provision: Provision, reach: tuple[Expr, ...]) -> tuple[EntityType | None, Expr | None]:
    """The one root entity of a provision, and its test of reach; None where it has none or several."""
    roots = {r.entity for e in own_exprs(provision) for r in root_of(e)}
    if len(roots) != 1:
        return None, None
    entity = roots.pop()
    fallback = next((e for e in reach if entity in {r.entity for r in root_of(e)}), None)
    return entity, provision.reach if provision.reach is not None else fallback


def make_plan(provision: Provision, pack: str, reach: tuple[Expr, ...], force: Expr) -> Plan:
    """Fill in what the provision leaves to its pack; `check.py` has seen that it can be done."""
    entity, reaches = root_entity(provision, reach)
    if entity is None or reaches is None:
        raise PackError(f"`{pack}.{provision.id}` has no root entity or no reach")
    item = provision.each.at if provision.each is not None else None
    figure = provision.amount if isinstance(provision, Grant) else None
    return Plan(
        provision=provision,
        pack=pack,
        root=entity,
        item=item if isinstance(item, Item) else None,
        reach=reaches,
        force=force if provision.force is None else provision.force,
        when=provision.conditions,
        discretion=IMPOSSIBLE if provision.discretion is None else provision.discretion,
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        per=figure.per if figure else "once",
        settlement=_settle(provision, pack, entity) if isinstance(provision, Grant) else None,
        gaps=provision.gaps + ((figure.gap,) if figure and figure.gap else ()),
    )


@functools.cache
def payments_of(entity: EntityType) -> Fact | None:
    """The collection of payments that a root entity declares, if it does."""
    return next((f for f in entity.facts.values() if f.type is Type.ITEMS and f.of is entity_type(Payment)), None)


def _settle(grant: Grant, pack: str, entity: EntityType) -> Settlement | None:
    fact = payments_of(entity)
    if fact is None:
        return None
    payments = Collection(Root(entity), fact)
    item = grant.each.at if grant.each is not None else None

    def mine(p: Ref) -> Expr:
        named = OneOf(p.provision, (constant(grant.id), constant(f"{pack}.{grant.id}")))
        return all_of(named, Names(p.item, item, ITEM_NAMES)) if isinstance(item, Item) else named

    paid = payments.sum(lambda p: p.amount, where=mine)
    terms = grant.terms
    if terms is None:
        return Settlement(IMPOSSIBLE, paid)
    match terms.kind:
        case "once_per_item_and_year":
            used = payments.any(lambda p: all_of(mine(p), year_of(p.paid_on) == THIS_YEAR))
            return Settlement(used, paid)
        case "top_up":
            credited = payments.sum(terms.credit or (lambda p: p.amount), where=mine)
            if terms.at_least is not None:
                credited = combine("max", credited, terms.at_least)
            granted = grant.amount.high if grant.amount.high is not None else NOTHING
            return Settlement(all_of(credited > NOTHING, credited >= granted), paid, credited=credited)
        case "monthly":
            this_month = payments.any(lambda p: all_of(mine(p), p.month == THIS_MONTH))
            months = payments.count_distinct(lambda p: p.month, where=mine)
            used = this_month if terms.limit is None else any_of(this_month, months >= terms.limit)
            return Settlement(used, paid, months_used=months, limit=terms.limit)
        case _:
            return Settlement(payments.any(mine), paid)
