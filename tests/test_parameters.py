"""Every number of a pack has an address, and a changed number changes that and nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_packs import Packs
from test_properties import many, randoms
from toyland import PACK, guild

from socorg_rules import Pack, PackError, load_pack, packs
from socorg_rules.canonical import plan_form
from socorg_rules.expr import Const
from socorg_rules.provision import Grant, exactly
from socorg_rules.words import day, parameter, yuan


def value(pack: Pack, name: str) -> object:
    return pack.parameters[name].value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("opening_gift.ceiling", Decimal("10000.00")),
        ("opening_gift.newly_founded.civil_code.years", 2),
        ("in_force.1", dt.date(2021, 7, 1)),
        ("badge_prize.amount.金", Decimal("8000.00")),
        ("stall_subsidy.share", Fraction(1, 2)),
        ("stall_subsidy.ceiling", Decimal("500.00")),
        ("apprentice_wage.floor", Decimal("800.00")),
        ("apprentice_wage.limit", 24),
        ("rank_reward.credit.银", Decimal("2000.00")),
        ("rank_reward.credited.木工", Decimal("100.00")),
        ("guildhall_standard.large_enough", 50),
        ("town_guilds.due", dt.date(2025, 12, 31)),
        ("month_of_honour.force", dt.date(2021, 7, 1)),
    ],
)
def test_a_number_is_found_where_it_stands(name: str, expected: object) -> None:
    assert value(PACK, name) == expected


def test_a_number_of_a_shared_condition_is_one_for_all_its_provisions() -> None:
    shared = PACK.parameters["in_force.2"]
    assert len(shared.provisions) > 10
    assert shared.label == "施行期内"
    changed = PACK.changed(parameters={"in_force.2": day("2024-12-31")})
    assert {n for n in PACK.plans if plan_form(changed.plans[n]) != plan_form(PACK.plans[n])} == {*shared.provisions}


def other(given_: object) -> Any:  # noqa: ANN401
    match given_:
        case dt.date():
            return given_ - dt.timedelta(days=1)
        case Fraction() if given_.denominator != 1:
            return given_ / 2
        case Decimal():
            return given_ + 1
    assert isinstance(given_, int | Fraction)
    return given_ + 1


@pytest.mark.parametrize("pack", [PACK, *map(load_pack, packs())], ids=lambda p: p.id)
def test_changing_a_number_changes_its_provisions_and_no_other_number(pack: Pack) -> None:
    for name, known in list(pack.parameters.items())[:: max(1, len(pack.parameters) // 8)]:
        changed = pack.changed(parameters={name: other(known.value)})
        apart = {n: p.value for n, p in changed.parameters.items() if p.value != value(pack, n)}
        assert apart == {name: other(known.value)}
        differ = {n for n in pack.plans if plan_form(changed.plans[n]) != plan_form(pack.plans[n])}
        assert differ <= {*known.provisions}
        assert differ or "measured" in name
        back = changed.changed(parameters={name: known.value})
        assert back.content_hash == pack.content_hash


@settings(many, max_examples=25)
@given(randoms)
def test_any_number_of_any_pack_can_be_changed_and_changed_back(rnd: Any) -> None:  # noqa: ANN401
    pack = Packs(rnd).pack()
    if pack.parameters:
        name = rnd.choice(list(pack.parameters))
        changed = pack.changed(parameters={name: other(value(pack, name))})
        assert value(changed, name) == other(value(pack, name))
        assert changed.changed(parameters={name: value(pack, name)}).content_hash == pack.content_hash


def test_a_named_number_is_one_wherever_it_stands() -> None:
    sum_ = parameter("gift", yuan(100))
    twice = PACK.changed(
        replace=[
            Grant("opening_gift", "礼金", clause="一", when=guild.is_small, amount=exactly(sum_)),
            Grant("town_fair", "经费", clause="十二", when=guild.capital >= sum_, amount=exactly(yuan(1))),
        ]
    )
    assert twice.parameters["gift"].provisions == ("opening_gift", "town_fair")
    more = twice.changed(parameters={"gift": 200})
    high, when = more.plans["opening_gift"].high, more.plans["town_fair"].when
    assert isinstance(high, Const)
    assert (high.value, high.name) == (20000, "gift")
    assert plan_form(more.plans["town_fair"]) != plan_form(twice.plans["town_fair"])
    assert when is not twice.plans["town_fair"].when


@pytest.mark.parametrize("name", ["Gift", "two words", ""])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(PackError, match="is no name of a parameter"):
        parameter(name, yuan(1))


def test_a_parameter_is_a_number_a_sum_or_a_day() -> None:
    with pytest.raises(PackError, match="is no number, sum or day"):
        parameter("word", "text")  # type: ignore[arg-type]
    assert parameter("days", 3).value == 3


@pytest.mark.parametrize(
    ("name", "given_"),
    [
        ("opening_gift.ceiling", 1.5),
        ("opening_gift.ceiling", -1),
        ("opening_gift.ceiling", Decimal("0.001")),
        ("opening_gift.ceiling", day("2021-01-01")),
        ("apprentice_wage.limit", Fraction(1, 2)),
        ("in_force.1", 5),
        ("stall_subsidy.share", True),
        ("stall_subsidy.share", yuan(5)),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(name: str, given_: Any) -> None:  # noqa: ANN401
    with pytest.raises(PackError, match="does not fit; it takes") as raised:
        PACK.changed(parameters={name: given_})
    assert raised.value.problems[0].path == f"toyland.{name}"


@given(st.sampled_from(sorted(PACK.parameters)))
def test_what_a_pack_exports_names_its_parameters(name: str) -> None:
    told = PACK.parameters[name].to_dict()
    assert told["parameter"] == name
    assert told["value"] == str(value(PACK, name))
