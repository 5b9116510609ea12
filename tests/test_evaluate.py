"""The reference semantics, node by node, with what is unknown."""

from __future__ import annotations

import datetime as dt
import gc
from fractions import Fraction

import pytest
from evaluated import HONEST, SMALL, F, T, U, guild, known, listed, missing, pair, truth
from toyland import Guild

from socorg_rules.calendar import NEVER, days, months, years
from socorg_rules.case import read_case
from socorg_rules.division import trim
from socorg_rules.evaluate import NO_ITEMS, RULES, Evaluator
from socorg_rules.expr import Expr, all_of, any_of, constant
from socorg_rules.facts import entity_type
from socorg_rules.place import Place
from socorg_rules.words import AS_OF, THIS_MONTH, THIS_YEAR, after, day, share_of, smaller_of, year_of, yuan

# ---------------------------------------------------------------------------------------------- Kleene's connectives


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


# ----------------------------------------------------------------------------------------------------- how it stands


def test_there_is_a_rule_for_every_node() -> None:
    def below(cls: type[Expr]) -> set[type[Expr]]:
        return {cls}.union(*(below(c) for c in cls.__subclasses__()))

    gc.collect()  # attrs makes each class twice, and the first is garbage
    nodes = {c for c in below(Expr) if c.__module__.startswith("socorg_rules")}
    assert {c.__name__ for c in nodes - RULES.keys()} - {"Split"} == {"Expr", "Collection"}  # a split stands in no pack


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
