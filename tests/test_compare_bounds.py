"""What a proof reaches: payments under other provisions, and as many items as the numbers in a text need."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from jsonschema import Draft202012Validator
from toyland import PACK, guild

from socorg_rules import Pack, compare
from socorg_rules.change import settling
from socorg_rules.change.order import Verdict
from socorg_rules.change.paid_elsewhere import paid_elsewhere
from socorg_rules.change.schema_comparison import comparison_schema
from socorg_rules.engines.solver_bounds import Work
from socorg_rules.expr import Expr
from socorg_rules.refs import Ref
from socorg_rules.words import if_else, table, yuan


def with_test(provision: str, further: Expr, pack: Pack = PACK) -> Pack:
    """A pack with one more condition of a provision."""
    p = pack.plans[provision].provision
    return pack.changed(replace=[attrs.evolve(p, when=p.when & further)])


OTHERS = {
    "none under one": ~guild.payments.any(lambda p: p.provision == "badge_prize"),
    "none under one of two names": ~guild.payments.any(lambda p: p.provision.is_in(["nought", "toyland.badge_prize"])),
    "none but its own": guild.payments.all(lambda p: p.provision == "opening_gift"),
}


@pytest.mark.parametrize("further", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("solver", [True, False], ids=["solver", "search"])
def test_a_payment_under_another_provision_that_a_text_asks_about_is_found(
    further: Expr, *, solver: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    found = compare(PACK, with_test("opening_gift", further), "2022-05-01")["opening_gift"]
    assert found.verdict is Verdict.STRICTER
    assert all("payments" in w.case.to_dict()["guild"] for w in found.witnesses)  # type: ignore[operator]


NAMED = {
    "compared": lambda p: p.provision == "toyland.repair_share",
    "in a list": lambda p: p.provision.is_in(["nought", "repair_share"]),
    "in a table": lambda p: table(p.provision, {"repair_share": yuan(1)}, otherwise=yuan(0)) > yuan(0),
    "where something holds": lambda p: p.provision == if_else(guild.is_small, "repair_share", "nought"),
}


@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
def test_a_proof_is_about_payments_under_each_provision_that_a_text_names(named: Callable[[Ref], Expr]) -> None:
    text = with_test("opening_gift", guild.payments.any(named)).plans["opening_gift"]
    assert [p.provision.id for p in paid_elsewhere([text], [PACK])] == ["repair_share", "badge_prize"]


FEW = {
    "2 names": guild.badges.count_distinct(lambda b: b.name) <= 2,
    "3 places": guild.workshops.count_distinct(lambda w: w.division) <= 3,
    "3 badges": guild.badges.count() <= 3,
}


@pytest.mark.parametrize("further", FEW.values(), ids=FEW)
@pytest.mark.parametrize("solver", [True, False], ids=["solver", "search"])
def test_as_many_different_items_are_listed_as_a_number_in_a_text_needs(
    further: Expr, *, solver: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    found = compare(PACK, with_test("flood_relief", further), "2022-05-01")["flood_relief"]
    assert found.verdict is Verdict.STRICTER
    assert any(w.decided for w in found.witnesses)


def test_as_many_items_are_listed_as_a_sum_of_limited_ones_needs() -> None:
    rents = guild.workshops.sum(lambda w: w.rent, where=lambda w: w.rent <= yuan(100))
    found = compare(PACK, with_test("flood_relief", rents <= yuan(250)), "2022-05-01")["flood_relief"]
    assert (found.verdict, found.status) == (Verdict.STRICTER, "proved")


def test_a_proof_is_about_as_many_items_as_the_numbers_need() -> None:
    old, new = (with_test("flood_relief", guild.badges.count_distinct(lambda b: b.name) <= n) for n in (2, 3))
    found = compare(old, new, "2022-05-01")["flood_relief"]
    assert (found.verdict, found.status) == (Verdict.MORE_GENEROUS, "proved")
    assert found.within is not None
    assert found.within.items == 4


def test_where_a_number_needs_more_items_than_a_proof_is_about_nothing_is_called_proved() -> None:
    many = with_test("flood_relief", guild.badges.count_distinct(lambda b: b.name) <= 40)
    found = compare(PACK, many, "2022-05-01")["flood_relief"]
    assert (found.verdict, found.status, found.how) == (Verdict.STRICTER, "searched", "witness")
    alike = with_test("flood_relief", ~(guild.badges.count_distinct(lambda b: b.name) > 40))
    assert compare(many, alike, "2022-05-01", effort=300)["flood_relief"].status == "searched"
    said = settling.ask_solver(
        many.plans["flood_relief"],
        alike.plans["flood_relief"],
        ({}, {}),
        settling.Within(None, (), Work()),
        frozenset(),
        chosen=False,
    )
    assert said is not None
    assert (said.status, said.why) == ("unknown", "a number in it needs 41 items")


def test_how_far_a_proof_reaches_is_told_in_the_language_asked_for() -> None:
    found = compare(PACK, with_test("flood_relief", FEW["2 names"]), "2022-05-01")
    assert "Proved of all cases with at most 3 items" in found.explain("en")
    assert "证明所及：每个集合不超过 3 项" in found.explain("zh")


def test_how_far_a_proof_reaches_is_data_of_the_published_form() -> None:
    paid = with_test("opening_gift", OTHERS["none under one"])
    data = compare(PACK, paid, "2022-05-01").to_dict()
    assert not [e.message for e in Draft202012Validator(comparison_schema()).iter_errors(data)]
    within = {p["provision"]: p["within"] for p in data["spans"][0]["provisions"]}
    assert within.pop("opening_gift") == {
        "items": 2,
        "first_year": 1990,
        "last_year": 2049,
        "complete": False,
        "as_of": "2022-05-01",
        "elsewhere": ["toyland.badge_prize", "toyland.stall_subsidy"],
    }
    assert set(within.values()) == {None}
