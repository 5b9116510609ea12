"""三(四)2: 5,000 yuan for a supervisor of the year."""

import datetime as dt

import pytest
from yangpu_cases import SENIOR, SENIOR_ORG, Facts, ask, by_reading, claims, items, told

SUPERVISOR = {"name": "甲", "supervisor_selected_in": [2023], "supervisor_kind": "internal"}
AWARD = "met, 5000"
NOT_SELECTED = "not_met conditions; by supervisor_selected@三(四)2"
EARLIER = {"provision": "supervisor_award", "item": "甲", "amount": 5000, "paid_on": "2022-12-31"}


@claims(
    {
        "a supervisor selected this year": ({}, AWARD),
        "one who is not employed here": ({"is_employed": False}, AWARD),
        "one selected last year": ({"supervisor_selected_in": [2022]}, "undetermined, 5000; open supervisor_year"),
        "one selected last year and this": (
            {"supervisor_selected_in": [2022, 2023]},
            "met, 5000..10000; open supervisor_year supervisor_again",
        ),
        "one who will be selected next year": ({"supervisor_selected_in": [2024]}, NOT_SELECTED),
        "one never selected": ({"supervisor_selected_in": []}, NOT_SELECTED),
        "one of whom that is unknown": (
            {"supervisor_selected_in": None},
            "undetermined, 5000..15000; missing staff[0].supervisor_selected_in; open supervisor_year supervisor_again",
        ),
        "an external one": ({"supervisor_kind": "external"}, "undetermined, 5000; open supervisor"),
        "one of unknown kind": (
            {"supervisor_kind": None},
            "undetermined, 5000; missing staff[0].supervisor_kind; open supervisor",
        ),
    }
)
def test_supervisor_award(given: Facts, expected: str) -> None:
    assert told(ask("supervisor_award", staff=[{**SUPERVISOR, **given}])) == expected


@by_reading(
    {
        "supervisor": (
            {"staff": [{**SUPERVISOR, "supervisor_kind": "external"}]},
            {
                "internal_and_external": AWARD,
                "internal_only": "not_met conditions; by supervisor_kind@三(四)2",
            },
        ),
        "supervisor_again": (
            {"staff": [SUPERVISOR], "payments": [EARLIER]},
            {
                "again": f"{AWARD}; paid 5000",
                "once_in_all": "not_met conditions; paid 5000; by supervisor_again@三(四)2",
            },
        ),
        "supervisor_year": (
            {"staff": [{**SUPERVISOR, "supervisor_selected_in": [2022]}]},
            {"same_year": NOT_SELECTED, "any_later_year": AWARD},
        ),
        "silent_registration_supervisor_award": (
            {"staff": [SUPERVISOR], "division": "310115"},
            {"implied": "not_met not_applicable; by registered_here@三(四)2", "not_required": AWARD},
        ),
        "stacking": (
            {**SENIOR_ORG, "staff": [{**SENIOR, **SUPERVISOR}]},
            {"cumulates": AWARD, "one_only": "not_met conditions; by person_stacking@三(四)2"},
        ),
    }
)
def test_supervisor_award_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("supervisor_award", **given)) == expected


@claims(
    {
        "a payment of this year uses up the year": (
            [{**EARLIER, "paid_on": "2023-01-01"}],
            "not_met paid, 5000; payable 0; paid 5000",
        ),
        "one of the year before does not": ([EARLIER], f"{AWARD}; paid 5000"),
        "one for somebody else does not": ([{**EARLIER, "item": "乙", "paid_on": "2023-01-01"}], AWARD),
    }
)
def test_the_supervisor_award_is_paid_once_a_year(given: list[Facts], expected: str) -> None:
    other = {**SUPERVISOR, "name": "乙", "supervisor_selected_in": []}
    decision = ask(
        "supervisor_award", staff=[SUPERVISOR, other], payments=given, readings={"supervisor_again": "again"}
    )
    assert items(decision)[0] == expected


@claims(
    {
        "a payment for somebody else": ([{**EARLIER, "item": "乙"}], AWARD),
        "a payment of this year is none of an earlier one": (
            [{**EARLIER, "paid_on": "2023-01-01"}],
            "not_met paid, 5000; payable 0; paid 5000",
        ),
        "a payment that names the pack": (
            [{**EARLIER, "provision": "yangpu.supervisor_award"}],
            "not_met conditions; paid 5000",
        ),
        "another payment to the same person": ([{**EARLIER, "provision": "senior_social_worker_award"}], AWARD),
        "open, an award of an earlier year leaves it undetermined": (None, "undetermined, 5000; payable 0..5000"),
    }
)
def test_whether_a_supervisor_wins_again_depends_on_earlier_awards(given: object, expected: str) -> None:
    staff = [SUPERVISOR, {**SUPERVISOR, "name": "乙"}]
    readings = {"supervisor_again": "once_in_all"}
    assert items(ask("supervisor_award", staff=staff, payments=given, readings=readings))[0].startswith(expected)


def test_whether_a_supervisor_may_win_again_is_open() -> None:
    assert told(ask("supervisor_award", staff=[SUPERVISOR], payments=[EARLIER])) == (
        "undetermined, 5000; paid 5000; open supervisor_again"
    )
    assert ask("supervisor_award", staff=[SUPERVISOR]).next_change == dt.date(2024, 1, 1)


USED_UP = "not_met paid, 5000; payable 0; paid 5000"
BOTH_PAID = [EARLIER, {**EARLIER, "paid_on": "2023-05-31"}]


# Each case: the years of selection, what was paid, and the decision on 2023-06-01 under each reading of the year.
@pytest.mark.parametrize(
    ("years", "paid", "same_year", "any_later_year"),
    [
        ([2022], [], NOT_SELECTED, AWARD),
        ([2022], [EARLIER], "not_met conditions; paid 5000; by supervisor_selected@三(四)2", USED_UP),
        ([2022], None, NOT_SELECTED, "undetermined, 5000; payable 0..5000; missing payments"),
        ([2022], [{**EARLIER, "item": "乙"}], NOT_SELECTED, AWARD),
        ([2023], [EARLIER], f"{AWARD}; paid 5000", f"{AWARD}; paid 5000"),
        ([2023], BOTH_PAID[1:], USED_UP, USED_UP),
        ([2022, 2023], [], AWARD, "met, 10000"),
        ([2022, 2023], [EARLIER], f"{AWARD}; paid 5000", "met, 10000; payable 5000; paid 5000"),
        ([2022, 2023], BOTH_PAID[1:], USED_UP, "met, 10000; payable 5000; paid 5000"),
        (
            [2022, 2023],
            BOTH_PAID,
            "not_met paid, 5000; payable 0; paid 10000",
            "not_met paid, 10000; payable 0; paid 10000",
        ),
        ([2021], [], NOT_SELECTED, AWARD),
        ([2020], [], NOT_SELECTED, NOT_SELECTED),
        ([2024], [], NOT_SELECTED, NOT_SELECTED),
    ],
)
def test_an_award_is_due_for_each_year_of_selection_once(
    years: list[int], paid: list[Facts] | None, same_year: str, any_later_year: str
) -> None:
    staff = [{**SUPERVISOR, "supervisor_selected_in": years}, {**SUPERVISOR, "name": "乙"}][: 2 if paid else 1]
    for reading, expected in (("same_year", same_year), ("any_later_year", any_later_year)):
        readings = {"supervisor_again": "again", "supervisor_year": reading}
        decision = ask("supervisor_award", staff=staff, payments=paid, readings=readings)
        found = told(decision) if len(staff) == 1 else items(decision)[0]
        assert found == (expected if len(staff) == 1 else expected.partition("; by ")[0])


@claims(
    {
        "the last year of the plan, in it": ({"as_of": "2025-06-01", "years": [2025]}, AWARD),
        "the last year of the plan, later": ({"as_of": "2026-07-01", "years": [2025]}, AWARD),
        "the first year of the plan": ({"as_of": "2031-07-01", "years": [2021]}, AWARD),
        "all years of the plan": ({"as_of": "2026-01-01", "years": [2020, 2021, 2022, 2023, 2024, 2025]}, "met, 25000"),
        "a year after the plan, in it": ({"as_of": "2026-12-31", "years": [2025, 2026]}, "met, 10000"),
        "a year after the plan, later": ({"as_of": "2027-01-01", "years": [2026]}, NOT_SELECTED),
        "one award in all": (
            {"as_of": "2023-06-01", "years": [2022, 2023], "readings": {"supervisor_again": "once_in_all"}},
            AWARD,
        ),
    }
)
def test_a_later_year_is_open_to_the_selections_of_the_plan(given: Facts, expected: str) -> None:
    readings = {"supervisor_year": "any_later_year", "supervisor_again": "again", "period_end": "until_repealed"}
    staff = [{**SUPERVISOR, "supervisor_selected_in": given["years"]}]
    decision = ask(
        "supervisor_award", given["as_of"], {**readings, **given.get("readings", {})}, staff=staff, payments=[]
    )
    assert told(decision) == expected


def test_a_payment_counts_for_a_selection_that_it_follows() -> None:
    readings = {"supervisor_year": "any_later_year", "supervisor_again": "again", "period_end": "until_repealed"}
    for years, paid_on, payable in (
        ([2021], "2021-12-31", 0),
        ([2022], "2021-12-31", 5000),
        ([2025], "2025-01-01", 0),
        ([2025], "2024-12-31", 5000),
        ([2026], "2026-01-01", 0),
        ([2025, 2026], "2025-12-31", 5000),
    ):
        staff = [{**SUPERVISOR, "supervisor_selected_in": years}]
        paid = [{**EARLIER, "paid_on": paid_on}]
        found = ask("supervisor_award", "2026-06-01", readings, staff=staff, payments=paid)
        assert found.payable is not None
        assert (found.payable.min, found.payable.max) == (payable, payable), (years, paid_on)


def test_an_unclaimed_award_turns_open_with_the_new_year_and_is_not_lost() -> None:
    staff = [{**SUPERVISOR, "supervisor_selected_in": [2022]}]
    for as_of, expected in (("2022-12-31", AWARD), ("2023-01-05", "undetermined, 5000; open supervisor_year")):
        assert told(ask("supervisor_award", as_of, staff=staff, payments=[])) == expected


def test_where_awards_are_counted_to_a_social_worker_once_the_salary_replaces_the_supervisors_award() -> None:
    certified = {**SUPERVISOR, "certificate": "社会工作师"}
    once = {"stacking": "one_only"}
    assert told(ask("supervisor_award", staff=[certified])).startswith(AWARD)
    assert told(ask("supervisor_award", staff=[certified], readings=once)) == (
        "not_met conditions; by salary_pays_more@三(四)2"
    )
    uncertified = {**SUPERVISOR, "certificate": "无", "degree": "会计", "has_senior_title": False}
    assert told(ask("supervisor_award", staff=[uncertified], readings=once)).startswith(AWARD)
