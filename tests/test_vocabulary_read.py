"""Every fact of the vocabulary is read by some installed pack, or stands here with the reason why none reads it."""

from collections.abc import Iterator

from socorg_rules import load_pack, packs
from socorg_rules.expr import Expr, walk
from socorg_rules.facts import EntityType, Type, entity_type
from socorg_rules.refs import Collection, FactOf, Item
from socorg_rules.vocabulary import ROOTS

# What only packs still to come read. A pack that reads one takes it off this list.
WAITING = {
    "longyang": """
        facility.kind facility.division facility.has_office_space facility.has_activity_space
        facility.has_incubation_space facility.spaces_fit_activity facility.has_supporting_facilities
        facility.is_in_social_work_station facility.located_in facility.unified_with_station
        facility.has_office_equipment facility.on_wall facility.has_local_organization_records
        facility.has_incubation_plans facility.functions facility.nameplate_made_by
        facility.nameplate_matches_pattern facility.meets_legal_person_conditions facility.is_legal_person
        facility.assessed_years facility.completed_on jurisdiction.township_count jurisdiction.township_bases_completed
        jurisdiction.district_centres_completed jurisdiction.organizations_total jurisdiction.organizations_incubated
        jurisdiction.in_first_batch jurisdiction.base_completed_on jurisdiction.plan_contents jurisdiction.plan_filed
        jurisdiction.facilities organization.is_incubated""",
    "xinjin": """
        organization.is_membership_based
        organization.serves_community_directly organization.prior_licence_basis organization.prior_licence_held
        organization.same_industry_association_exists organization.industry_level
        organization.lives_mainly_on_donations_or_state organization.income_share_donations
        organization.income_share_state organization.violates_public_welfare_purpose organization.endangers_security
        organization.has_outstanding_results organization.has_high_satisfaction
        jurisdiction.community_service_registered jurisdiction.community_service_all
        jurisdiction.share_passed_assessment jurisdiction.share_can_take_functions jurisdiction.county_parks
        jurisdiction.township_stations jurisdiction.model_organizations_industry
        jurisdiction.model_organizations_charity jurisdiction.model_organizations_community
        jurisdiction.three_society_communities jurisdiction.work_is_lagging jurisdiction.assessed_years""",
    "daoli": """
        organization.is_public_welfare organization.can_run_projects_alone organization.is_professional
        organization.is_of_suitable_size facility.has_items facility.unified_items project.category
        project.has_problem_found project.is_rectified project.has_misused_funds project.amount""",
}
# What the authority weighs without a formula, and what only tells more about an item that is read.
NEVER_READ = {
    "staff_member.years_of_service": "三(四)1 of Yangpu weighs it and gives no formula",
    "staff_member.performance": "三(四)1 of Yangpu weighs it and gives no formula",
    "honour.granted_by": "which bodies make an honour is judged in its level (YP-A22)",
    "hub_project.amount": "三(三)3 of Yangpu covers costs as needed and gives no figure",
    "annual_report.year": "a report counts from the day that it was filed",
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
    return [*NEVER_READ, *(fact for facts in WAITING.values() for fact in facts.split())]


def test_every_fact_is_read_or_its_reason_is_given() -> None:
    assert declared() - read() - set(listed()) == set()


def test_no_fact_that_is_read_is_listed_as_unread() -> None:
    assert set(listed()) & read() == set()


def test_every_listed_fact_exists_and_is_listed_once() -> None:
    assert sorted(listed()) == sorted(set(listed()) & declared())


def test_every_collection_is_of_a_declared_entity() -> None:
    known = {e.name for e in entities()}
    assert all(f.of and f.of.name in known for e in entities() for f in e.facts.values() if f.type is Type.ITEMS)
