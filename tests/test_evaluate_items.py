"""The reference semantics of collections and their items, with what is unknown."""

from __future__ import annotations

import pytest
from evaluated import (
    ABSENT,
    SMALL,
    F,
    Facts,
    T,
    U,
    asked,
    gold,
    guild,
    known,
    listed,
    missing,
    own,
    problems,
    silver,
    some,
    truth,
)

from socorg_rules.calendar import years
from socorg_rules.refs import goes_by
from socorg_rules.words import AS_OF, after, table, year_of, yuan

# ------------------------------------------------------------------------------------------------------- quantifiers

GOLD = guild.badges.any(lambda b: b.grade == "金")
ALL_GOLD = guild.badges.all(lambda b: b.grade == "金")


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


def test_a_tie_that_a_table_hangs_on_is_an_error_of_the_case_like_any_other() -> None:
    first = table(guild.audits.first("year").result, {"合格": yuan(1), "不合格": yuan(3)})
    two = {"audits": [{"year": 2020, "result": "合格"}, {"year": 2020, "result": "不合格"}]}
    (problem,) = problems(first > yuan(1), two)
    assert problem.startswith("guild.audits[1]: `2020` stands here and in `guild.audits[0]`")
