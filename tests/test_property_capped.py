"""A sum for all items together is held against as many items as it takes to pass it, in whatever was drawn."""

from __future__ import annotations

import pytest
import yaml

from socorg_rules import assess
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.properties import capped
from socorg_rules.properties.repeated import MOST_ITEMS
from socorg_rules.provision import ONCE_PER_ITEM, Grant, exactly
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import yuan

organization = root(Organization)
honour = organization.honours.each
PACK = Pack(
    "ferry", "渡口办法", "2024", Source("渡口办法", "渡口区", "", "2024-01-01", (Clause("一", "荣誉补贴"),)),
    (
        Grant("honours", "荣誉补贴", clause="一", when=honour.level == "市级", amount=exactly(yuan(100)), each=honour,
              terms=ONCE_PER_ITEM),
        Grant("named", "有名荣誉补贴", clause="一", when=honour.name == "先进", amount=exactly(yuan(100)), each=honour,
              terms=ONCE_PER_ITEM),
        Grant("two", "两项以下荣誉补贴", clause="一", amount=exactly(yuan(100)), each=honour, terms=ONCE_PER_ITEM,
              when=(honour.level == "市级") & (organization.honours.count() <= 2)),
    ),
    reach=(organization.status == "registered",),
)  # fmt: skip


@pytest.mark.parametrize("in_all", [150, 250, 1_000, 100 * MOST_ITEMS - 1])
@pytest.mark.parametrize("_again", range(3))
def test_a_sum_of_all_items_is_passed_by_as_many_as_it_takes(in_all: int, _again: int) -> None:
    with pytest.raises(AssertionError) as error:
        capped(PACK, "honours", 100, in_all=in_all, examples=5)
    claim, _, came, _, *case = str(error.value).splitlines()
    assert claim == f"不成立：每项不超过 100 元，合计不超过 {in_all} 元"
    assert came.startswith(f"  结论 decision：met entitlement {in_all // 100 + 1}00.00")
    assert "*id" not in "".join(case)
    again = assess(yaml.safe_load("\n".join(case))["case"], PACK, "2024-06-01")["honours"]
    assert again.entitlement is not None
    assert again.entitlement.min > in_all


def test_the_claim_is_told_in_english_as_well() -> None:
    with pytest.raises(AssertionError, match="no more than 100 yuan each, and no more than 150 in all"):
        capped(PACK, "honours", 100, in_all=150, lang="en")


def test_a_sum_that_more_items_than_the_bound_would_pass_is_not_passed() -> None:
    capped(PACK, "honours", 100, in_all=100 * MOST_ITEMS)


def test_items_that_only_few_can_be_paid_for_stay_within_their_sum() -> None:
    capped(PACK, "two", 100, in_all=200)


def test_items_of_one_name_are_several_where_a_rule_asks_for_the_name() -> None:
    with pytest.raises(AssertionError, match="met entitlement 400"):
        capped(PACK, "named", 100, in_all=300, examples=5)
