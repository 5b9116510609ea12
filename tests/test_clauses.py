"""For every clause of every pack, made from its rule tree: met, and no longer met when one test turns.

Each leaf test of a provision is looked at in a case in which the provision is met and hangs on that leaf. Then only
that test false refuses it, only that fact unknown leaves it open and is what is missing, and at each number and date
the test turns where it must.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterator

import attrs
import pytest
from clause_tests import GRANTED, Asked, Case, Leaf, Met, fact_at, find_met, given, leaves, paths, turned
from toyland import PACK as TOYLAND

from socorg_rules import load_pack, packs
from socorg_rules.answer import Decision
from socorg_rules.case import read_case
from socorg_rules.decide import decide
from socorg_rules.decision import Outcome
from socorg_rules.errors import CaseError
from socorg_rules.evaluate import NO_ITEMS
from socorg_rules.expr import Compare, Const, Expr
from socorg_rules.facts import Type
from socorg_rules.money import Number, to_yuan
from socorg_rules.question import Question
from socorg_rules.reads import reads_no_item
from socorg_rules.refs import FactOf
from socorg_rules.value import write_value
from socorg_rules.words import Clock

PACKS = {p: TOYLAND if p == "toyland" else load_pack(p) for p in ("toyland", *packs())}
PROVISIONS = [(pack, provision) for pack, loaded in PACKS.items() for provision in loaded.plans]

NEVER_MET = {
    ("daoli", "fund_entitlement"): "nobody is given a share; read otherwise, unquoted rules decide",
    ("daoli", "park_standard"): "the six functions of the park are not named: a text gap in its test",
    ("hainan", "threshold_lowering"): "to what the threshold is lowered is the answer, and the text does not say it",
    ("longyang", "target_coverage"): "whether the coverage binds is an open reading; nobody's target until it is taken",
    ("yangpu", "preferred_list"): "the text gives neither weights nor a threshold for the list: a text gap in its test",
    ("yangpu", "public_base_exit"): "who is weeded out stands in rules of the city, not in this document: a text gap",
    ("xinjin", "grade_link"): "no grade is named for purchased services: a text gap in its test",
    ("xinjin", "incubation_support"): "the text does not say how long the initial period is: a text gap in its test",
}
"""Provisions that no case meets, and why."""

NOT_ALONE = {
    ("daoli", "centre_standard", "has_staff facility.has_service_window"): "wants a list that lacks its staff alone",
    ("toyland", "honour_list", "guild.donation_share"): "the other way to be notable is a text gap, which stays open",
    ("xinjin", "multiple_associations", "basis_allows organization.association_basis"): "else the open `multi` decides",
    ("xinjin", "party_responsibility", "office_is_named organization.has_supervising_unit"): "without one it is a gap",
}
"""Leaves, by how their label begins, on which no case hangs alone, and why."""
SECOND_ITEM = "asks about a second item, or another provision's item, of which the first would have to be the lesser"
NOT_ALONE |= {
    (
        "yangpu",
        "rent_subsidy",
        "rent_window this month",
    ): "needs payments two years old: more facts than a search tries",
    ("yangpu", "rent_subsidy", "rent_window payment"): "needs payments two years old: more facts than a search tries",
    ("yangpu", "supervisor_award", "supervisor_again"): "a payment of the same year uses the award up by itself",
    (
        "yangpu",
        "incubation_support",
        "exists organization.status == filed",
    ): "who seeks registration may be filed as well",
}
NOT_ALONE |= {
    ("yangpu", provision, label): SECOND_ITEM
    for provision, label in (
        ("honour_award", "honour_unit"),
        ("venture_match", "venture_stacking"),
        ("contest_subsidy", "contest_stacking"),
        ("salary_subsidy", "stacking=one_only"),
        ("supervisor_award", "stacking=one_only"),
    )
}
SELECTED = "supervisor_selected staff_member.supervisor_selected_in contains"
NOT_ALONE |= {
    (
        "yangpu",
        "supervisor_award",
        label,
    ): "a year after a search begins; see test_yangpu_supervisors.py"
    for label in (
        *(words for y in (2024, 2025) for words in (f"{SELECTED} {y}", f"supervisor_selected this year >= {y}")),
        f"{SELECTED} this year",
        "supervisor_selected this year > 2025",
    )
}
MANY_FIELDS = "one field of many: more facts than a search tries"
NOT_ALONE |= {
    ("hainan", "exit_filed", "filing_was_false"): "materials are presumed true: they are never what is missing",
    ("hainan", "direct_registration", "in_threshold_field organization.fields"): MANY_FIELDS,
}
NOT_ALONE |= {
    ("hainan", "cultivation_priority", f"{label} organization."): MANY_FIELDS
    for label in ("key_field", "rural_charity", "encouraged_charity", "culture_and_sport", "rural_field")
}


def told_why(pack: str, provision: str, leaf: Leaf) -> str | None:
    """Why no case hangs on a leaf: said of how its label begins, or of a reading under which it is looked at."""
    taken = {f"{name}={alternative}" for name, alternative in leaf.readings.items()}
    for (a, b, words), why in NOT_ALONE.items():
        if (a, b) == (pack, provision) and (leaf.label.startswith(words) or words in taken):
            return why
    return None


# ------------------------------------------------------------------------------------------------------ finding cases


def hangs_on(met: Met, leaf: Leaf) -> bool | None:
    """The value of the leaf on which a met case hangs; None where it is met either way."""
    if any(met.asked.readings[name] != taken for name, taken in leaf.readings.items()):
        return None
    sides = {v: met.asked.forced(met.case, met.as_of, leaf.node, value=v) for v in (True, False)}
    granted = [v for v, found in sides.items() if found is not None and found.outcome in GRANTED]
    refused = [v for v, found in sides.items() if found is not None and found.outcome is Outcome.NOT_MET]
    return granted[0] if len(granted) == len(refused) == 1 else None


def cases(pack: str, provision: str) -> Iterator[tuple[Leaf, Met, bool]]:
    """Each leaf with a case that hangs on it, and the value on which it does."""
    plan = PACKS[pack].plans[provision]
    first = find_met(PACKS[pack], plan)
    assert first is not None, f"no case meets {pack}.{provision}; say why in NEVER_MET"
    found, lost = [first], []
    for leaf in leaves(plan):
        if told_why(pack, provision, leaf) is not None:
            continue
        hanging = next((m for m in found if hangs_on(m, leaf) is not None), None)
        if hanging is None and (made := find_met(PACKS[pack], plan, leaf)) is not None:
            found.append(made)
            hanging = made
        value = None if hanging is None else hangs_on(hanging, leaf)
        if hanging is None or value is None:
            lost.append(leaf.label)
            continue
        yield leaf, hanging, value
    assert not lost, f"no case of {pack}.{provision} hangs on {lost}; say why in NOT_ALONE"


# --------------------------------------------------------------------------------------------------------- the claims


def refuses_alone(leaf: Leaf, met: Met, value: bool) -> None:  # noqa: FBT001
    """Only that test turned, the provision is refused for the reason that the test stands for."""
    asked, node = met.asked, leaf.node
    forced = asked.forced(met.case, met.as_of, node, value=not value)
    assert forced is not None
    assert (forced.outcome, forced.reason) == (Outcome.NOT_MET, leaf.part), leaf.label
    before = asked.leaf_values(met.case, met.as_of)
    for path, case, as_of in turned(met, leaf):
        try:
            after = asked.leaf_values(case, as_of)
        except CaseError:
            continue
        if set(after.get(node, [])) == {not value} and _same(before, after, but=node):
            found = asked.decide(case, as_of)
            if found is None:
                continue
            assert (found.outcome, found.reason) == (Outcome.NOT_MET, leaf.part), (leaf.label, path)
            if path != "as_of":
                _named(asked, case, as_of, path)
            return


def _same(before: dict[Expr, list[bool | None]], after: dict[Expr, list[bool | None]], but: Expr) -> bool:
    return all(after[n] == values for n, values in before.items() if n is not but and n in after)


def _named(asked: Asked, case: Case, as_of: dt.date, path: str) -> None:
    """The refutation names the test by the path of the fact that it read, or of the collection that holds it."""
    read = read_case(case, [asked.plan.root], asked.pack.own)
    question = Question(asked.pack, read, as_of, asked.readings)
    found = decide(asked.plan, question.evaluator)
    decision = Decision(found, asked.plan, question)
    if found.outcome is Outcome.NOT_MET:
        assert path.partition("[")[0] in repr(decision.refutation), (path, decision.refutation)


def is_missing_alone(leaf: Leaf, met: Met) -> None:
    """Only that fact unknown, the provision is undetermined and exactly that fact is missing besides."""
    asked, node = met.asked, leaf.node
    before = asked.decide(met.case, met.as_of)
    values = asked.leaf_values(met.case, met.as_of)
    assert before is not None
    for path in paths(met.case, node):
        fact = fact_at(asked.pack, asked.plan.root, path)
        case = given(met.case, path, None)
        after = asked.leaf_values(case, met.as_of)
        if leaf.presumed or fact.dates or None not in after.get(node, []):
            continue
        found = asked.decide(case, met.as_of)
        if found is None:
            continue
        assert found.outcome is Outcome.UNDETERMINED, (leaf.label, path)
        more = set(found.missing) - set(before.missing)
        others = [n for n, seen in after.items() if n is not node and None in seen and None not in values.get(n, [])]
        assert more == {path} or (others and path in more), (leaf.label, path, more)


OPS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def turns_at_its_threshold(leaf: Leaf, met: Met, value: bool) -> None:  # noqa: FBT001
    """One below, at, and one above its number or day, the test is what its sign says, and the outcome follows."""
    node = leaf.node
    if not isinstance(node, Compare):
        return
    for fact_side, other, flipped in ((node.left, node.right, False), (node.right, node.left, True)):
        threshold = _threshold(met, other)
        if threshold is None:
            continue
        places = paths(met.case, fact_side) if isinstance(fact_side, FactOf) else []
        for step in (-1, 0, 1):
            near = threshold + (dt.timedelta(days=step) if isinstance(threshold, dt.date) else step)  # type: ignore[operator]
            sides = (threshold, near) if flipped else (near, threshold)
            must = OPS[node.op](*sides)
            if isinstance(fact_side, FactOf) and len(places) == 1:
                _check(leaf, met, given(met.case, places[0], _written(fact_side, near)), met.as_of, must, value)
            elif isinstance(fact_side, Clock) and isinstance(near, dt.date):
                then = attrs.evolve(met, as_of=near)
                seen = met.asked.leaf_values(met.case, near).get(node) if _threshold(then, other) == threshold else None
                assert seen is None or set(seen) == {must}, (leaf.label, near)


def _threshold(met: Met, other: Expr) -> Number | dt.date | None:
    """The number or day that a fact is compared with, where it is settled for the root entity."""
    if isinstance(other, Const) and not isinstance(other.value, str | bool):
        return other.value
    if other.shape.type in {Type.DATE, Type.NUMBER, Type.MONEY} and reads_no_item(other):
        found = met.asked.evaluator(met.case, met.as_of).value(other, NO_ITEMS)
        if not found.why and not found.absent and not isinstance(found.low, str):
            return found.low if found.low != dt.date.max else None  # type: ignore[no-any-return]
    return None


def _written(side: FactOf, value: Number | dt.date) -> object:
    if side.fact.type is Type.MONEY and not isinstance(value, dt.date):
        return str(to_yuan(value))
    return write_value(side.fact, value)


def _check(leaf: Leaf, met: Met, case: Case, as_of: dt.date, must: bool, value: bool) -> None:  # noqa: FBT001
    before = met.asked.leaf_values(met.case, met.as_of)
    try:
        after = met.asked.leaf_values(case, as_of)
    except CaseError:  # beyond what the fact can be
        return
    seen = after.get(leaf.node)
    if seen is None:
        return
    assert set(seen) == {must}, (leaf.label, case)
    found = met.asked.decide(case, as_of)
    if found is not None and _same(before, after, but=leaf.node):
        assert (found.outcome in GRANTED) == (must == value), (leaf.label, case)


@pytest.mark.parametrize(("pack", "provision"), [p for p in PROVISIONS if p not in NEVER_MET], ids=lambda v: v)
def test_each_test_of_a_clause_decides_it(pack: str, provision: str) -> None:
    for leaf, met, value in cases(pack, provision):
        refuses_alone(leaf, met, value)
        is_missing_alone(leaf, met)
        turns_at_its_threshold(leaf, met, value)


@pytest.mark.parametrize(("pack", "provision"), [p for p in NEVER_MET if p[0] in PACKS], ids=lambda v: v)
def test_what_is_said_never_to_be_met_is_not(pack: str, provision: str) -> None:
    assert find_met(PACKS[pack], PACKS[pack].plans[provision]) is None


def test_what_is_said_not_to_decide_alone_is_there() -> None:
    for pack, provision, label in NOT_ALONE:
        if pack in PACKS:
            assert any(told_why(pack, provision, leaf) for leaf in leaves(PACKS[pack].plans[provision])), label
