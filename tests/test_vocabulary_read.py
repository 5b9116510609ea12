"""Every fact of the vocabulary is read by some installed pack, or stands here with the reason why none reads it."""

from collections.abc import Iterator

from socorg_rules import load_pack, packs
from socorg_rules.expr import Expr, walk
from socorg_rules.facts import EntityType, Type, entity_type
from socorg_rules.refs import Collection, FactOf, Item
from socorg_rules.vocabulary import ROOTS

# What the authority weighs without a formula, and what only tells more about an item that is read.
NEVER_READ = {
    "staff_member.years_of_service": "三(四)1 of Yangpu weighs it and gives no formula",
    "staff_member.performance": "三(四)1 of Yangpu weighs it and gives no formula",
    "honour.granted_by": "which bodies make an honour is judged in its level (YP-A22)",
    "hub_project.amount": "三(三)3 of Yangpu covers costs as needed and gives no figure",
    "annual_report.year": "a report counts from the day that it was filed",
    "jurisdiction.assessed_years": "五(四) of Longyang assesses each base, whose own years are counted",
    "facility.floor_area_m2": "no document asks for an area (LY-A6)",
}


def entities() -> Iterator[EntityType]:
    """The declared entities, each once."""
    seen: dict[str, EntityType] = {}
    todo = [entity_type(r) for r in ROOTS]
    while todo:
        entity = todo.pop()
        if entity.name not in seen:
            seen[entity.name] = entity
            todo += [f.of for f in entity.facts.values() if f.of is not None]
    yield from seen.values()


def read_by(expr: Expr) -> Iterator[str]:
    """The facts that an expression reads, each with its entity."""
    for node in walk(expr):
        collections = [node] if isinstance(node, FactOf | Collection) else []
        item = getattr(node, "item", None)
        for fact in [*collections, *([item.collection] if isinstance(item, Item) else [])]:
            yield f"{fact.owner.entity.name}.{fact.fact.name}"


def read() -> set[str]:
    """The facts that installed packs read."""
    plans = [plan for name in packs() for plan in load_pack(name).plans.values()]
    found = {f for plan in plans for expr in plan.exprs for f in read_by(expr)}
    return found | {f for plan in plans if plan.item for f in read_by(plan.item.collection)}


def declared() -> set[str]:
    """The facts that some pack should read: not what identifies, nor what only dates an item."""
    return {f"{e.name}.{f.name}" for e in entities() for f in e.facts.values() if not f.identifies and not f.dates}


def listed() -> list[str]:
    return list(NEVER_READ)


def test_every_fact_is_read_or_its_reason_is_given() -> None:
    assert declared() - read() - set(listed()) == set()


def test_no_fact_that_is_read_is_listed_as_unread() -> None:
    assert set(listed()) & read() == set()


def test_every_listed_fact_exists_and_is_listed_once() -> None:
    assert sorted(listed()) == sorted(set(listed()) & declared())


def test_every_collection_is_of_a_declared_entity() -> None:
    known = {e.name for e in entities()}
    assert all(f.of and f.of.name in known for e in entities() for f in e.facts.values() if f.type is Type.ITEMS)
