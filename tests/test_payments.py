"""Payments must say clearly what they were made for."""

from __future__ import annotations

from typing import Any

import pytest
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.errors import CaseError

HERE = {"status": "registered", "division": "770105"}
GOLD, SILVER = {"name": "金章", "grade": "金"}, {"name": "银章", "grade": "银"}


def told(*payments: object, pack: Any = PACK, **facts: Any) -> list[str]:  # noqa: ANN401
    """What is wrong with these payments."""
    try:
        assess({"guild": {**HERE, **facts, "payments": list(payments)}}, pack, "2022-03-01")
    except CaseError as error:
        return [str(p) for p in error.problems]
    return []


def paid(provision: str = "badge_prize", **more: object) -> dict[str, object]:
    return {"provision": provision, "amount": 1, **more}


def test_a_payment_under_an_unknown_provision_is_an_error_with_the_nearest_one() -> None:
    (problem,) = told(paid("badge_price", item="金章"), badges=[GOLD])
    assert problem == (
        "guild.payments[0].provision: `badge_price` is no provision of a known pack; "
        "did you mean `badge_prize` or `toyland.badge_prize`?"
    )


def test_a_provision_may_be_named_with_its_pack() -> None:
    assert told(paid("toyland.badge_prize", item="金章"), badges=[GOLD]) == []
    assert told(paid("toyland.badge_price", item="金章"), badges=[GOLD]) != []


def test_payments_under_other_packs_are_ignored() -> None:
    assert told(paid("yangpu.opening_subsidy"), paid("opening_subsidy"), badges=[GOLD]) == []


@pytest.mark.parametrize("item", ["金章", "金", "g1"])
def test_a_payment_names_its_item_by_name_grade_or_id(item: str) -> None:
    assert told(paid(item=item), badges=[{**GOLD, "id": "g1"}, SILVER]) == []


def test_a_payment_that_fits_no_item_is_an_error() -> None:
    assert told(paid(item="铜章"), badges=[GOLD, SILVER]) == [
        "guild.payments[0].item: `铜章` is no id, name or grade in `guild.badges`; known: `金`, `金章`, `银`, `银章`"
    ]


def test_a_payment_that_fits_several_items_is_an_error() -> None:
    assert told(paid(item="金"), badges=[GOLD, {**GOLD, "name": "又"}]) == [
        "guild.payments[0].item: `金` names 2 items of `guild.badges`; give each an `id`, and write that here"
    ]


def test_several_items_of_one_grade_are_no_error_of_a_top_up() -> None:
    assert told(paid("rank_reward", item="金"), badges=[GOLD, {**GOLD, "name": "又"}]) == []


def test_a_top_up_knows_the_items_that_its_payments_name() -> None:
    assert told(paid("rank_reward", item="钻"), badges=[GOLD]) == [
        "guild.payments[0].item: `钻` is no id, name or grade in `guild.badges`; known: `金`, `金章`"
    ]


def test_a_payment_may_fit_an_item_that_is_not_listed_or_not_named() -> None:
    assert told(paid(item="铜章"), badges={"items": [GOLD], "complete": False}) == []
    assert told(paid(item="铜章")) == []
    assert told(paid(item="铜章"), badges=[{"grade": "铜"}]) == []


def test_a_payment_without_provision_or_item_is_only_unclear() -> None:
    assert told({"amount": 1}, paid(), badges=[GOLD]) == []


def test_what_a_payment_made_once_was_for_is_not_looked_at() -> None:
    assert told(paid("opening_gift", item="随便")) == []


def test_every_unclear_payment_is_told_at_once() -> None:
    assert len(told(paid("x"), paid(item="无"), paid(item="金"), badges=[GOLD, {**GOLD, "name": "又"}])) == 3
