"""The reference semantics of quantities, text gaps, readings, presumptions and figures stated, with what is unknown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from evaluated import (
    GAP,
    HONEST,
    SMALL,
    WAYS,
    F,
    T,
    U,
    asked,
    guild,
    known,
    listed,
    missing,
    pair,
    problems,
    town,
    truth,
)

from socorg_rules.expr import Expr
from socorg_rules.words import (
    AS_OF,
    choose,
    day,
    if_else,
    larger_of,
    presumed,
    ratio,
    share_of,
    smaller_of,
    stated_or,
    table,
    unquantified,
    untested,
    yuan,
)

# ---------------------------------------------------------------------------------------------------- quantities


@pytest.mark.parametrize(
    ("expr", "settled", "unknown"),
    [
        (guild.members + 2, 5, (2, None)),
        (guild.members - 2, 1, (-2, None)),
        (10 - guild.members, 7, (None, 10)),
        (guild.members * 2, 6, (0, None)),
        (guild.members * -2, -6, (None, None)),
        (ratio(guild.members, 6), Fraction(1, 2), (0, None)),
        (ratio(guild.members, -6), Fraction(-1, 2), (None, None)),
        (ratio(6, guild.members), 2, (0, None)),
        (ratio(smaller_of(guild.members, 2), 6), Fraction(1, 3), (0, Fraction(1, 3))),
        (ratio(6, larger_of(guild.members, 2)), 2, (0, 3)),
        (ratio(-6, larger_of(guild.members, 2)), -2, (None, None)),
        (ratio(6, larger_of(smaller_of(guild.members, 3), 2)), 2, (2, 3)),
        (ratio(6, smaller_of(guild.members, 2) - 4), -3, (-3, Fraction(-3, 2))),
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
    assert told == ("town.guild_count: `5` is given, and other facts of the case make it `2`; correct one of the two")
    (told,) = problems(STATED, {"guild_count": 0, "guilds": listed({"status": "registered"}, complete=False)})
    assert "make it something else" in told


def test_a_contradiction_in_money_is_told_in_yuan() -> None:
    stated = stated_or(guild.capital, guild.workshops.sum(lambda w: w.rent))
    assert problems(stated, {"capital": 3, "workshops": [{"rent": 4}]})[0].startswith(
        "guild.capital: `3.00` is given, and other facts of the case make it `4.00`"
    )


def test_a_judgement_wins_over_whatever_is_derived() -> None:
    stated = stated_or(guild.is_honest, guild.founded_on <= AS_OF)
    for judged in (True, False):
        facts = {"is_honest": judged, "founded_on": "2020-06-01"}
        assert truth(stated, facts) is judged
        asked(stated, facts)[1].refuse_contradictions()
    assert truth(stated, {"founded_on": "2020-06-01"}) is True


def test_a_figure_that_an_open_collection_can_still_reach_is_no_contradiction() -> None:
    facts = {"guild_count": 5, "guilds": listed({"status": "registered"}, complete=False)}
    found, ev = asked(STATED, facts)
    ev.refuse_contradictions()
    assert found.low == 5


def test_a_derived_value_that_may_not_exist_stays_so() -> None:
    stated = stated_or(guild.founded_on, guild.badges.min(lambda b: b.awarded_on))
    assert truth(AS_OF > stated, {"badges": listed(complete=False)}) is None
    assert truth(AS_OF > stated, {"badges": []}) is False
