"""The reference semantics, node by node, with what is unknown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from toyland import OWN, Guild, Town

from socorg_rules.calendar import NEVER, days, months, years
from socorg_rules.case import read_case
from socorg_rules.errors import CaseError
from socorg_rules.evaluate import NO_ITEMS, RULES, Evaluator, trim
from socorg_rules.expr import Expr, all_of, any_of, constant
from socorg_rules.facts import entity_type
from socorg_rules.known import Value
from socorg_rules.place import Place
from socorg_rules.reading import reading
from socorg_rules.refs import goes_by, root
from socorg_rules.words import (
    AS_OF,
    THIS_MONTH,
    THIS_YEAR,
    after,
    choose,
    day,
    if_else,
    larger_of,
    presumed,
    share_of,
    smaller_of,
    stated_or,
    table,
    text_gap,
    unquantified,
    untested,
    year_of,
    yuan,
)

guild = root(Guild)
town = root(Town)
own = guild.own(OWN)
ABSENT = "absent"
Facts = Mapping[str, Any]

GAP = text_gap("gap", "多少？", "How much?")
WAYS = reading(
    "ways", "哪样？", "Which way?", clause="一", default=None, because="试", left=("左", "left"), right=("右", "right")
)


def asked(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> tuple[Value, Evaluator]:
    kind = next((k for k in map(entity_type, (Town, Guild)) if k.facts.keys() >= facts.keys() - {"toyland"}), None)
    assert kind is not None
    if "guild_count" not in facts and "guilds" not in facts:
        kind = entity_type(Guild)
    case = read_case({kind.name: dict(facts)}, [kind], [OWN])
    ev = Evaluator(Place(case.record, kind.name), dt.date.fromisoformat(as_of), {"ways": way})
    return ev.value(expr, NO_ITEMS), ev


def known(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> Any:  # noqa: ANN401
    """The value where it is settled, `absent` where there is none, else the range that it lies in."""
    found, _ = asked(expr, facts, as_of, way)
    if not found.why:
        return ABSENT if found.absent else found.low
    return (found.low, found.high)


def missing(expr: Expr, facts: Facts, **question: Any) -> list[object]:  # noqa: ANN401
    return list(asked(expr, facts, **question)[0].why)


def truth(expr: Expr, facts: Facts, as_of: str = "2022-03-01", way: str | None = None) -> bool | None:
    return asked(expr, facts, as_of, way)[0].truth


def problems(expr: Expr, facts: Facts) -> list[str]:
    _, ev = asked(expr, facts)
    with pytest.raises(CaseError) as caught:
        ev.refuse_contradictions()
    return [str(p) for p in caught.value.problems]


def listed(*items: Facts, complete: bool = True) -> object:
    return list(items) if complete else {"items": list(items), "complete": False}


# ---------------------------------------------------------------------------------------------- Kleene's connectives

T, F, U = True, False, None
SMALL, HONEST = guild.is_small, guild.is_honest


def pair(a: bool | None, b: bool | None) -> Facts:  # noqa: FBT001
    return {"is_small": a, "is_honest": b}


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (T, T, T, T), (T, F, F, T), (T, U, U, T), (F, T, F, T), (F, F, F, F),
        (F, U, F, U), (U, T, U, T), (U, F, F, U), (U, U, U, U),
    ],
)  # fmt: skip
def test_and_and_or_are_kleenes(a: bool | None, b: bool | None, both: bool | None, either: bool | None) -> None:  # noqa: FBT001
    assert truth(SMALL & HONEST, pair(a, b)) is both
    assert truth(SMALL | HONEST, pair(a, b)) is either
    assert truth(~(SMALL & HONEST), pair(a, b)) is truth(~SMALL | ~HONEST, pair(a, b))


def test_what_is_unknown_is_not_its_contrary_and_both_together_stay_unknown() -> None:
    assert truth(~SMALL, {}) is None
    assert truth(SMALL | ~SMALL, {}) is None
    assert truth(SMALL & ~SMALL, {}) is None


def test_a_decided_node_hides_what_is_below_it() -> None:
    assert missing(SMALL & HONEST, pair(F, U)) == []
    assert missing(SMALL | HONEST, pair(T, U)) == []
    assert missing(all_of(SMALL, HONEST, guild.members > 3), {"is_small": True}) == ["guild.is_honest", "guild.members"]
    assert missing(any_of(SMALL & HONEST, guild.members > 3), {"is_small": False}) == ["guild.members"]


def test_a_fact_that_is_read_twice_is_missing_once() -> None:
    assert missing((guild.members > 3) & (guild.members < 9), {}) == ["guild.members"]


def test_no_tests_are_all_true_and_none_is() -> None:
    assert truth(all_of(), {}) is True
    assert truth(any_of(), {}) is False


# -------------------------------------------------------------------------------------------------------- comparisons


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [("<", T, F, F), ("<=", T, T, F), (">", F, F, T), (">=", F, T, T), ("==", F, T, F), ("!=", T, F, T)],
)
def test_a_comparison_turns_at_its_number(op: str, below: bool, at: bool, above: bool) -> None:  # noqa: FBT001
    test = {
        "<": guild.members < 3, "<=": guild.members <= 3, ">": guild.members > 3,
        ">=": guild.members >= 3, "==": guild.members == 3, "!=": guild.members != 3,
    }[op]  # fmt: skip
    assert [truth(test, {"members": n}) for n in (2, 3, 4)] == [below, at, above]
    assert truth(test, {}) is None


def test_an_unknown_number_is_still_within_the_bounds_of_its_fact() -> None:
    assert truth(guild.members >= 0, {}) is True
    assert truth(guild.members < 0, {}) is False
    assert truth(guild.donation_share > 1, {}) is False
    assert truth(guild.audits.any(lambda a: a.year < 1900), {"audits": listed({})}) is False
    assert truth(guild.capital >= yuan(0), {}) is True


def test_two_unknown_values_are_not_equal_for_being_unknown() -> None:
    assert truth(guild.members == guild.members, {}) is None


def test_a_test_of_two_ranges_is_settled_where_they_do_not_meet() -> None:
    small = smaller_of(guild.members, 3)
    assert truth(small <= 3, {}) is True
    assert truth(small < 4, {}) is True
    assert truth(small == 4, {}) is False
    assert truth(small != 4, {}) is True
    assert truth(small > 3, {}) is False
    assert truth(small >= 3, {}) is None


def test_numbers_are_compared_exactly() -> None:
    assert truth(guild.donation_share * 3 == 1, {"donation_share": "0.333333333333"}) is False
    assert truth(share_of(Fraction(1, 3), guild.members) * 3 == guild.members, {"members": 10}) is True


def test_membership_in_a_list_of_values() -> None:
    test = guild.status.is_in(["planned", "registered"])
    assert [truth(test, {"status": s}) for s in ("planned", "dissolved", None)] == [True, False, None]
    assert truth(guild.members.is_in([1, 2]), {"members": 2}) is True
    assert truth(smaller_of(guild.members, 3).is_in([4, 5]), {}) is False


def test_a_list_contains_a_value_or_is_unknown() -> None:
    test = guild.fair_years.contains(2022)
    assert [truth(test, {"fair_years": v}) for v in ([2021, 2022], [], None)] == [True, False, None]
    assert truth(guild.fair_years.contains(THIS_YEAR), {"fair_years": [2022]}) is True


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("77", False), ("7701", True), ("770100", True), ("770101", True), ("7702", False), ("770000", False),
        ("770101001", True), ("770101001002", True), ("7801", True), ("780100000000", True), ("7710", False),
    ],
)  # fmt: skip
def test_a_division_covers_what_lies_within_it(code: str, inside: bool) -> None:  # noqa: FBT001
    assert truth(guild.division.within("7701", "780100"), {"division": code}) is inside


def test_an_unknown_division_is_unknown() -> None:
    assert truth(guild.division.within("77"), {}) is None


def test_codes_are_trimmed_by_whole_levels_of_zeros() -> None:
    codes = (
        "310000",
        "310110",
        "310100",
        "310110000",
        "310110000000",
        "00",
        "310110100",
        "310110100000",
        "310110001000",
    )
    assert [trim(c) for c in codes] == [
        "31", "310110", "3101", "310110", "310110", "00", "310110100", "310110100", "310110001",
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- time


def test_the_clock_is_the_day_the_month_and_the_year_of_the_question() -> None:
    assert truth(AS_OF == day("2022-03-01"), {}) is True
    assert truth(THIS_MONTH == guild.registered_in, {"registered_in": "2022-03"}) is True
    assert truth(THIS_YEAR == 2022, {}) is True
    assert truth(day("2022-03-01") >= AS_OF, {}) is True


def test_never_is_later_than_every_day() -> None:
    assert truth(AS_OF < guild.founded_on, {"founded_on": "never"}) is True
    assert known(after(guild.founded_on, years(2)), {"founded_on": "never"}) == NEVER
    assert truth(AS_OF <= after(guild.founded_on, years(2)), {"founded_on": "never"}) is True


def test_a_period_runs_from_a_date_or_a_month() -> None:
    assert known(after(guild.founded_on, months(1)), {"founded_on": "2022-01-31"}) == dt.date(2022, 2, 28)
    assert known(after(guild.registered_in, months(14)), {"registered_in": "2021-12"}) == "2023-02"
    assert known(after(guild.founded_on, days(1)), {}) == (None, None)


def test_the_year_of_a_date() -> None:
    assert known(year_of(guild.founded_on), {"founded_on": "2021-12-31"}) == 2021
    assert truth(year_of(guild.founded_on) == THIS_YEAR, {}) is None


# ---------------------------------------------------------------------------------------------------- quantities


@pytest.mark.parametrize(
    ("expr", "settled", "unknown"),
    [
        (guild.members + 2, 5, (2, None)),
        (guild.members - 2, 1, (-2, None)),
        (10 - guild.members, 7, (None, 10)),
        (guild.members * 2, 6, (0, None)),
        (guild.members * -2, -6, (None, None)),
        (smaller_of(guild.members, 2), 2, (0, 2)),
        (larger_of(guild.members, 2), 3, (2, None)),
        (smaller_of(guild.members, 0), 0, 0),
    ],
)
def test_arithmetic_keeps_the_bounds_that_are_known(expr: Expr, settled: int, unknown: object) -> None:
    assert known(expr, {"members": 3}) == settled
    assert known(expr, {}) == unknown


def test_the_later_of_an_unknown_day_and_a_known_one_is_not_before_the_known_one() -> None:
    later = larger_of(guild.founded_on, day("2022-05-01"))
    assert truth(later >= day("2022-05-01"), {}) is True
    assert truth(smaller_of(guild.founded_on, day("2022-05-01")) <= day("2022-05-01"), {}) is True


def test_a_share_is_exact_and_not_rounded() -> None:
    assert known(share_of(Fraction(1, 3), guild.capital), {"capital": 100}) == Fraction(10_000, 3)


def test_a_share_with_a_ceiling_keeps_the_ceiling_where_its_base_is_unknown() -> None:
    assert known(smaller_of(share_of(Fraction(1, 2), guild.capital), yuan(500)), {}) == (0, 50_000)


def test_a_table_gives_its_row_and_where_the_key_is_unknown_all_rows_together() -> None:
    sums = table(guild.status, {"planned": yuan(1), "registered": yuan(3), "dissolved": yuan(2)})
    assert [known(sums, {"status": s}) for s in ("planned", "registered", None)] == [100, 300, (100, 300)]
    same = table(guild.status, {"planned": yuan(1)}, otherwise=yuan(1))
    assert known(same, {}) == 100
    assert missing(same, {}) == []
    assert known(table(guild.craft, {"木工": 1}, otherwise=7), {"craft": "别的"}) == 7


def test_a_table_of_texts_has_no_bounds() -> None:
    assert known(table(guild.craft, {"木工": "甲"}, otherwise="乙"), {}) == (None, None)


def test_a_table_of_tests_is_a_test() -> None:
    tests = table(guild.craft, {"木工": SMALL}, otherwise=HONEST)
    assert truth(tests, {"craft": "木工", "is_small": True}) is True
    assert truth(tests, pair(T, T)) is True
    assert truth(~tests, pair(T, T)) is False
    assert truth(tests, pair(T, F)) is None
    assert missing(tests, {"is_small": True}) == ["guild.craft", "guild.is_honest"]


def test_one_value_or_another() -> None:
    either = if_else(SMALL, guild.members, 5)
    assert known(either, {"is_small": True, "members": 3}) == 3
    assert known(either, {"is_small": False}) == 5
    assert known(either, {"members": 3}) == (3, 5)
    assert known(either, {"members": 5}) == 5
    assert missing(either, {}) == ["guild.is_small", "guild.members"]


# ------------------------------------------------------------------------------------------------- text gaps, readings


def test_a_text_gap_is_unknown_whatever_is_known() -> None:
    assert truth(untested(GAP), {}) is None
    assert missing(untested(GAP) & SMALL, {}) == [GAP, "guild.is_small"]
    assert truth(untested(GAP) & SMALL, pair(F, U)) is False
    assert known(unquantified(GAP, yuan(1), yuan(2)), {}) == (100, 200)
    assert known(unquantified(GAP), {}) == (None, None)


def test_a_chosen_reading_is_its_alternative() -> None:
    test = choose(WAYS, left=SMALL, right=HONEST)
    assert truth(test, pair(T, F), way="left") is True
    assert truth(test, pair(T, F), way="right") is False
    assert missing(test, {}, way="right") == ["guild.is_honest"]


def test_an_open_reading_is_settled_where_its_alternatives_agree() -> None:
    test = choose(WAYS, left=SMALL, right=HONEST)
    assert truth(test, pair(T, T)) is True
    assert truth(test, pair(F, F)) is False
    assert truth(test, pair(T, F)) is None
    assert missing(test, pair(T, F)) == [WAYS]
    assert missing(test, pair(T, U)) == [WAYS, "guild.is_honest"]


def test_an_open_reading_that_makes_no_difference_yet_does_not_show() -> None:
    test = choose(WAYS, left=guild.members > 3, right=guild.members > 5)
    assert missing(test, {}) == ["guild.members"]
    assert missing(test, {"members": 4}) == [WAYS]


def test_an_open_reading_of_a_sum_covers_its_alternatives() -> None:
    assert known(choose(WAYS, left=yuan(1), right=yuan(3)), {}) == (100, 300)
    assert known(choose(WAYS, left=yuan(1), right=guild.capital), {}) == (0, None)
    assert known(choose(WAYS, left="甲", right="乙"), {}) == (None, None)
    assert known(choose(WAYS, left="甲", right="甲"), {}) == "甲"


# ------------------------------------------------------------------------------------------- presumptions, statements


def test_what_is_presumed_holds_unless_the_case_tells_otherwise() -> None:
    assert [truth(presumed(SMALL), {"is_small": v}) for v in (True, False, None)] == [True, False, True]


STATED = stated_or(town.guild_count, town.guilds.count(lambda g: g.status == "registered"))
TWO = listed({"status": "registered"}, {"status": "registered"}, {"status": "planned"})


def test_a_figure_given_directly_wins_over_what_is_counted() -> None:
    assert known(STATED, {"guild_count": 5}) == 5
    assert known(STATED, {"guilds": TWO}) == 2
    assert known(STATED, {"guild_count": 2, "guilds": TWO}) == 2
    assert known(STATED, {"guild_count": None}) == (0, None)
    assert missing(STATED, {"guild_count": None}) == ["town.guild_count", "town.guilds"]
    assert known(STATED, {"guilds": listed({"status": "registered"}, complete=False)}) == (1, None)


def test_a_figure_that_contradicts_its_collection_is_an_error_of_the_case() -> None:
    (told,) = problems(STATED, {"guild_count": 5, "guilds": TWO})
    assert told == (
        "town.guild_count: `5` is given, and the collection that it counts makes it something else; "
        "correct one of the two"
    )
    assert problems(STATED, {"guild_count": 0, "guilds": listed({"status": "registered"}, complete=False)})


def test_a_contradiction_in_money_is_told_in_yuan() -> None:
    stated = stated_or(guild.capital, guild.workshops.sum(lambda w: w.rent))
    assert problems(stated, {"capital": 3, "workshops": [{"rent": 4}]})[0].startswith("guild.capital: `3.00` is given")


def test_a_figure_that_an_open_collection_can_still_reach_is_no_contradiction() -> None:
    facts = {"guild_count": 5, "guilds": listed({"status": "registered"}, complete=False)}
    found, ev = asked(STATED, facts)
    ev.refuse_contradictions()
    assert found.low == 5


def test_a_derived_value_that_may_not_exist_stays_so() -> None:
    stated = stated_or(guild.founded_on, guild.badges.min(lambda b: b.awarded_on))
    assert truth(AS_OF > stated, {"badges": listed(complete=False)}) is None
    assert truth(AS_OF > stated, {"badges": []}) is False


# ------------------------------------------------------------------------------------------------------- quantifiers

GOLD = guild.badges.any(lambda b: b.grade == "金")
ALL_GOLD = guild.badges.all(lambda b: b.grade == "金")
gold, silver, some = {"grade": "金"}, {"grade": "银"}, {"name": "甲"}


@pytest.mark.parametrize(
    ("badges", "any_", "all_"),
    [
        (None, U, U),
        ([], F, T),
        ([gold], T, T),
        ([silver], F, F),
        ([gold, silver], T, F),
        ([some], U, U),
        ([gold, some], T, U),
        ([silver, some], U, F),
        (listed(complete=False), U, U),
        (listed(gold, complete=False), T, U),
        (listed(silver, complete=False), U, F),
        (listed(some, complete=False), U, U),
    ],
)
def test_some_and_every_item_with_items_unknown_or_unlisted(badges: object, any_: object, all_: object) -> None:
    assert truth(GOLD, {"badges": badges}) is any_
    assert truth(ALL_GOLD, {"badges": badges}) is all_


def test_whether_there_is_an_item_at_all() -> None:
    assert [truth(guild.badges.any(), {"badges": b}) for b in ([some], [], None)] == [True, False, None]


def test_an_absent_collection_is_missing_alone_and_an_item_by_its_place() -> None:
    assert missing(GOLD, {}) == ["guild.badges"]
    assert missing(GOLD, {"badges": [silver, some, some]}) == ["guild.badges[1].grade", "guild.badges[2].grade"]
    assert missing(GOLD, {"badges": listed(some, complete=False)}) == ["guild.badges[0].grade", "guild.badges"]


def test_an_unlisted_item_decides_nothing_that_is_decided_for_every_item() -> None:
    test = guild.badges.any(lambda b: SMALL & (b.grade == "金"))
    assert truth(test, {"is_small": False}) is False
    assert missing(test, {"is_small": True}) == ["guild.badges"]
    assert missing(test, {}) == ["guild.badges", "guild.is_small"]
    assert truth(guild.badges.all(lambda b: SMALL | (b.grade == "金")), {"is_small": True}) is True


def test_nested_collections_are_missing_by_the_path_of_their_owner() -> None:
    test = guild.workshops.any(lambda w: w.apprentices.any(lambda a: a.age >= 14))
    assert missing(test, {}) == ["guild.workshops"]
    assert missing(test, {"workshops": [{}]}) == ["guild.workshops[0].apprentices"]
    assert missing(test, {"workshops": [{"apprentices": [{}]}]}) == ["guild.workshops[0].apprentices[0].age"]


def test_own_facts_are_missing_under_the_name_of_their_pack() -> None:
    assert missing(own.keeps_toll_bridge, {}) == ["guild.toyland.keeps_toll_bridge"]
    assert truth(own.keeps_toll_bridge, {"toyland": {"keeps_toll_bridge": True}}) is True


def test_an_item_dated_later_does_not_exist_yet_and_one_without_a_date_is_assumed_to() -> None:
    dated = [{"grade": "金", "awarded_on": "2022-03-02"}]
    assert truth(GOLD, {"badges": dated}, "2022-03-01") is False
    assert truth(GOLD, {"badges": dated}, "2022-03-02") is True
    assert truth(GOLD, {"badges": [{"grade": "金", "awarded_on": "never"}]}) is False
    assert truth(GOLD, {"badges": [gold]}) is True


# ------------------------------------------------------------------------------------------------------------ folds

OPEN_RENT = guild.workshops.sum(lambda w: w.rent, where=lambda w: w.is_open)


def shop(is_open: bool | None = True, rent: int | None = None, **more: object) -> dict[str, object]:  # noqa: FBT001, FBT002
    return {"is_open": is_open, "rent": rent, **more}


@pytest.mark.parametrize(
    ("shops", "count", "total"),
    [
        (None, (0, None), (0, None)),
        ([], 0, 0),
        ([shop(rent=3)], 1, 300),
        ([shop(rent=3), shop(rent=4)], 2, 700),
        ([shop(rent=3), shop(False, 4)], 1, 300),
        ([shop(rent=3), shop(None, 4)], (1, 2), (300, 700)),
        ([shop(rent=3), shop()], 2, (300, None)),
        ([shop(rent=3), shop(None)], (1, 2), (300, None)),
        ([shop(rent=3), shop(None, 0)], (1, 2), 300),
        (listed(shop(rent=3), complete=False), (1, None), (300, None)),
    ],
)
def test_counts_and_sums_are_ranges_over_what_is_in_doubt(shops: object, count: object, total: object) -> None:
    assert known(guild.workshops.count(lambda w: w.is_open), {"workshops": shops}) == count
    assert known(OPEN_RENT, {"workshops": shops}) == total


def test_a_count_is_compared_as_a_range() -> None:
    count = guild.workshops.count(lambda w: w.is_open)
    facts = {"workshops": [shop(), shop(), shop(None)]}
    assert [truth(count >= n, facts) for n in (2, 3, 4)] == [True, None, False]
    assert missing(count >= 3, facts) == ["guild.workshops[2].is_open"]


def test_a_sum_of_what_may_be_negative_has_no_lower_bound_where_items_are_unlisted() -> None:
    balance = guild.workshops.sum(lambda w: w.rent - yuan(2))
    assert known(balance, {"workshops": [shop(rent=3)]}) == 100
    assert known(balance, {"workshops": listed(shop(rent=3), complete=False)}) == (None, None)


def test_a_sum_of_values_that_may_not_exist_counts_them_as_nothing() -> None:
    ages = guild.workshops.sum(lambda w: w.apprentices.max(lambda a: a.age))
    assert known(ages, {"workshops": [{"apprentices": []}, {"apprentices": [{"age": 9}]}]}) == 9
    assert known(ages, {"workshops": [{"apprentices": listed(complete=False)}]}) == (0, None)
    paid = guild.workshops.sum(lambda w: w.apprentices.max(lambda a: a.age, lambda a: a.is_paid))
    assert known(paid, {"workshops": [{"apprentices": [{"age": 9}]}]}) == (0, 9)


@pytest.mark.parametrize(
    ("shops", "largest", "smallest"),
    [
        (None, (0, None), (0, None)),
        ([], ABSENT, ABSENT),
        ([shop(rent=3), shop(rent=4)], 400, 300),
        ([shop(False, 4)], ABSENT, ABSENT),
        ([shop(None, 4)], (400, 400), (400, 400)),
        ([shop(rent=3), shop(None, 4)], (300, 400), 300),
        ([shop(rent=5), shop(None, 4)], 500, (400, 500)),
        ([shop(rent=3), shop()], (300, None), (0, 300)),
        (listed(shop(rent=3), complete=False), (300, None), (0, 300)),
        (listed(shop(None, 3), complete=False), (0, None), (0, None)),
    ],
)
def test_the_largest_and_smallest_of_what_passes(shops: object, largest: object, smallest: object) -> None:
    where = {"workshops": shops}
    assert known(guild.workshops.max(lambda w: w.rent, lambda w: w.is_open), where) == largest
    assert known(guild.workshops.min(lambda w: w.rent, lambda w: w.is_open), where) == smallest


def test_what_may_not_exist_can_fail_a_comparison_and_never_surely_pass_it() -> None:
    best = guild.workshops.max(lambda w: w.rent, lambda w: w.is_open)
    assert truth(best >= yuan(4), {"workshops": [shop(None, 4)]}) is None
    assert truth(best >= yuan(5), {"workshops": [shop(None, 4)]}) is False
    assert truth(best != yuan(5), {"workshops": [shop(None, 4)]}) is None


def test_the_best_of_a_closed_table_has_the_bounds_of_the_table_where_nothing_is_listed() -> None:
    best = guild.badges.max(lambda b: table(b.grade, {"金": yuan(3), "银": yuan(2), "铜": yuan(1)}))
    assert known(best, {}) == (100, 300)
    assert known(best, {"badges": [gold, some]}) == 300
    assert known(best, {"badges": listed(gold, complete=False)}) == 300


@pytest.mark.parametrize(
    ("divisions", "distinct"),
    [
        (["7701", "7701"], 1), (["7701", "7702"], 2), (["7701", None], (1, 2)), ([None, None], (1, 2)), ([], 0),
        (["7701", "7702", None], (2, 3)),
    ],
)  # fmt: skip
def test_how_many_different_values_there_are(divisions: list[str | None], distinct: object) -> None:
    shops = [{"division": d} for d in divisions]
    assert known(guild.workshops.count_distinct(lambda w: w.division), {"workshops": shops}) == distinct


def test_different_values_of_an_open_collection_have_a_lower_bound_only() -> None:
    counted = guild.workshops.count_distinct(lambda w: w.division)
    assert known(counted, {"workshops": listed({"division": "77"}, complete=False)}) == (1, None)


# ---------------------------------------------------------------------------------------------------- first and last

FIRST = guild.audits.first("year").result
LAST = guild.audits.last("concluded_on").result
good, bad = "合格", "不合格"


def audit(year: int | None, result: str | None = None, on: str | None = None) -> dict[str, object]:
    return {"year": year, "result": result, "concluded_on": on}


@pytest.mark.parametrize(
    ("audits", "first"),
    [
        ([audit(2020, good), audit(2021, bad)], good),
        ([audit(2021, bad), audit(2020, good)], good),
        ([], ABSENT),
        (None, (None, None)),
        ([audit(2020), audit(2021, good)], (None, None)),
        ([audit(2020, good), audit(None, bad)], (None, None)),
        ([audit(2020, good), audit(None, good)], good),
        ([audit(None, good)], good),
        (listed(audit(2020, good), complete=False), (None, None)),
    ],
)
def test_the_first_goes_by_its_key(audits: object, first: object) -> None:
    assert known(FIRST, {"audits": audits}) == first


def test_the_last_goes_by_its_date() -> None:
    dated = [audit(2020, good, "2022-01-01"), audit(2019, bad, "2022-02-01"), audit(2021, good, "2022-04-01")]
    assert known(LAST, {"audits": dated}) == bad
    assert known(LAST, {"audits": dated}, "2022-04-01") == good


def test_what_is_missing_of_the_first_are_the_dates_and_values_that_could_matter() -> None:
    assert missing(FIRST, {}) == ["guild.audits"]
    assert missing(FIRST, {"audits": [audit(2020), audit(2021)]}) == ["guild.audits[0].result"]
    assert missing(FIRST, {"audits": [audit(2020, good), audit(None, bad)]}) == ["guild.audits[1].year"]


def test_only_items_that_pass_are_first_and_those_in_doubt_may_be() -> None:
    first = guild.workshops.first("opened_on", where=lambda w: w.is_open).name
    one = {"name": "甲", "opened_on": "2021-01-01"}
    two = {"name": "乙", "opened_on": "2021-02-01", "is_open": True}
    assert known(first, {"workshops": [{**one, "is_open": False}, two]}) == "乙"
    assert known(first, {"workshops": [{**one, "is_open": True}, two]}) == "甲"
    assert missing(first, {"workshops": [one, two]}) == ["guild.workshops[0].is_open"]
    assert known(first, {"workshops": [{**one, "name": "乙"}, two]}) == "乙"
    assert known(first, {"workshops": [one]}) == (None, None)
    assert truth(first == "甲", {"workshops": [one]}) is None
    assert truth(first == "乙", {"workshops": [one]}) is None


def test_a_test_about_an_item_that_does_not_exist_is_false_and_its_value_fails_every_comparison() -> None:
    none: Facts = {"audits": []}
    passed = guild.audits.first("year").value(lambda a: a.result == good)
    assert truth(passed, none) is False
    assert truth(~passed, none) is True
    for test in (FIRST == good, FIRST != good, FIRST.is_in([good, bad])):
        assert truth(test, none) is False
    year = guild.audits.first("year").year
    assert truth((year >= 0) | (year < 0), none) is False
    assert truth(year + 1 > 0, none) is False
    assert truth(year_of(guild.badges.min(lambda b: b.awarded_on)) > 0, {"badges": []}) is False
    assert truth(AS_OF <= after(guild.badges.min(lambda b: b.awarded_on), years(1)), {"badges": []}) is False


def test_lists_divisions_tables_and_names_of_an_item_that_does_not_exist() -> None:
    none: Facts = {"workshops": []}
    first = guild.workshops.first("opened_on")
    assert truth(first.value(lambda w: w.skills).contains("木工"), none) is False
    assert truth(first.value(lambda w: w.division).within("77"), none) is False
    assert known(table(first.name, {"甲": 1}, otherwise=2), none) == ABSENT
    assert truth(table(first.name, {"甲": SMALL}, otherwise=SMALL), {**none, "is_small": True}) is False
    assert truth(~table(first.name, {"甲": SMALL}, otherwise=SMALL), {**none, "is_small": True}) is True
    named = guild.badges.any(lambda b: goes_by(first.name, b, "name"))
    assert truth(named, {**none, "badges": [{"name": "甲"}]}) is False


@pytest.mark.parametrize("which", ["first", "last"])
def test_two_items_of_one_year_where_one_is_asked_for_are_an_error_of_the_case(which: str) -> None:
    pick = getattr(guild.audits, which)("year").result
    assert problems(pick, {"audits": [audit(2021, good), audit(2021, bad)]}) == [
        (
            f"guild.audits[1]: `2021` stands here and in `guild.audits[0]`, and the rules ask for the {which} one; "
            "correct or remove one of the two"
        )
    ]


def test_two_items_of_one_year_that_is_not_asked_for_are_none() -> None:
    _, ev = asked(FIRST, {"audits": [audit(2020, good), audit(2021, good), audit(2021, bad)]})
    ev.refuse_contradictions()


# -------------------------------------------------------------------------------------------------------------- names

NAMED = guild.badges.any(lambda b: goes_by(guild.craft, b, "name") & (b.grade == "金"))


@pytest.mark.parametrize(
    ("badge", "named"),
    [
        ({"name": "木工", "grade": "金"}, True),
        ({"id": "木工", "name": "甲", "grade": "金"}, True),
        ({"name": "甲", "grade": "金"}, False),
        ({"grade": "金"}, None),
        ({"grade": "银"}, False),
    ],
)
def test_an_item_goes_by_its_id_or_name_and_one_without_a_name_may(badge: Facts, named: bool | None) -> None:  # noqa: FBT001
    assert truth(NAMED, {"craft": "木工", "badges": [badge]}) is named


def test_a_name_that_is_another_items_is_not_that_of_a_nameless_one() -> None:
    badges = [{"name": "木工", "grade": "银"}, {"grade": "金"}]
    assert truth(NAMED, {"craft": "木工", "badges": badges}) is False
    assert missing(NAMED, {"craft": "织布", "badges": badges}) == ["guild.badges[1].name"]
    assert missing(NAMED, {"badges": [gold]}) == ["guild.craft", "guild.badges[0].name"]


# ----------------------------------------------------------------------------------------------------- how it stands


def test_there_is_a_rule_for_every_node() -> None:
    def below(cls: type[Expr]) -> set[type[Expr]]:
        return {cls}.union(*(below(c) for c in cls.__subclasses__()))

    nodes = {c for c in below(Expr) if c.__module__.startswith("socorg_rules")}
    assert {c.__name__ for c in nodes - RULES.keys()} == {"Expr", "Collection"}


def test_what_is_asked_again_is_remembered_and_another_day_forgets_what_may_have_changed() -> None:
    case = read_case({"guild": {"founded_on": "2020-06-01"}}, [entity_type(Guild)])
    ev = Evaluator(Place(case.record, "guild"), dt.date(2022, 3, 1), {})
    old, new = guild.founded_on < day("2021-01-01"), AS_OF <= after(guild.founded_on, years(2))
    first = [ev.recall(NO_ITEMS, "", node) for node in (old, new)]
    assert [ev.recall(NO_ITEMS, "", node) for node in (old, new)] == first
    later = ev.on(dt.date(2022, 6, 2))
    assert later.recall(NO_ITEMS, "", old) is first[0]
    assert later.recall(NO_ITEMS, "", new).truth is False


def test_constants_are_themselves() -> None:
    assert known(constant("甲"), {}) == "甲"
    assert known(constant(True), {}) is True
    assert known(constant(Fraction(1, 2)), {}) == Fraction(1, 2)
