"""The day on which a decision changes by itself, on Toyland."""

from __future__ import annotations

import datetime as dt

from decided import NEW, NOT_MET, decided, guild, of_town, one, paid

from socorg_rules.provision import Measure, Support, Target
from socorg_rules.words import AS_OF, THIS_YEAR, YEAR_END, day


def test_the_next_change_is_the_day_on_which_two_years_are_full() -> None:
    assert decided("opening_gift", **NEW).next_change == dt.date(2022, 6, 2)
    assert decided("opening_gift", readings={"two_years": "anniversary"}, **NEW).next_change == dt.date(2022, 6, 1)


def test_what_can_never_change_by_itself_says_so() -> None:
    assert of_town("town_guilds", guild_count=1).next_change is None


def test_a_later_payment_changes_what_was_paid() -> None:
    twice = [paid("opening_gift", 5, paid_on="2022-01-01"), paid("opening_gift", 6, paid_on="2022-03-20")]
    assert decided("opening_gift", **{**NEW, "payments": twice}).next_change == dt.date(2022, 3, 20)


def test_a_measure_that_grows_changes_although_the_target_is_not_met() -> None:
    prized = Target(
        "prized", "获章", clause="一", when=guild.is_small, measure=Measure(guild.badges.count(), 5, "枚")
    )  # fmt: skip
    facts = {"is_small": False, "badges": [{"awarded_on": "2022-04-01"}]}
    assert one(prized, facts).next_change == dt.date(2022, 4, 1)


def test_a_month_and_a_year_end_by_themselves() -> None:
    assert decided("month_of_honour", registered_in="2022-02", open_months=[]).next_change == dt.date(2022, 5, 1)
    opened = decided("month_of_honour", registered_in="2020-02", open_months=["2022-02", "2022-07", "2022-08"])
    assert (opened.outcome, opened.next_change) == (NOT_MET, dt.date(2022, 7, 1))
    fair = Support("fair", "集", clause="一", when=guild.fair_years.contains(THIS_YEAR))
    assert one(fair, {"fair_years": [2022, 2024]}).next_change == dt.date(2023, 1, 1)
    assert one(fair, {"fair_years": [2021, 2024]}).next_change == dt.date(2024, 1, 1)


def test_the_end_of_the_year_changes_a_comparison_only_in_the_year_that_it_meets() -> None:
    there = Support("there", "到", clause="一", when=guild.founded_on <= YEAR_END)
    coming = one(there, {"founded_on": "2030-12-31"})
    assert (coming.outcome, coming.next_change) == (NOT_MET, dt.date(2030, 1, 1))
    assert coming.question.engine.until(coming.plan) == dt.date(2030, 1, 1)  # none of the years between is looked at
    over = Support("over", "过", clause="一", when=guild.founded_on < YEAR_END)
    assert one(over, {"founded_on": "2030-12-31"}).next_change == dt.date(2031, 1, 1)
    assert one(over, {"founded_on": "2030-12-30"}).next_change == dt.date(2030, 1, 1)


def test_the_next_change_skips_days_on_which_nothing_is_decided_differently() -> None:
    either = Support(
        "two", "二", clause="一", when=(AS_OF <= day("2022-04-01")) | (AS_OF <= day("2022-05-01")) & guild.is_small
    )
    assert one(either, {"is_small": True}).next_change == dt.date(2022, 5, 2)
    assert one(either, {"is_small": False}).next_change == dt.date(2022, 4, 2)
