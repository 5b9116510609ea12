"""The only date arithmetic: Civil Code, arts. 201-202."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socorg_rules.calendar import (
    NEVER,
    Period,
    day_after,
    days,
    first_day,
    last_day,
    middle_third_end,
    month_of,
    months,
    parse_day,
    shift,
    shift_month,
    years,
)

PERIODS = st.builds(
    Period,
    years=st.integers(0, 60),
    months=st.integers(0, 40),
    days=st.integers(0, 400),
    overflow=st.sampled_from(("last_day", "next_day")),
)
REAL_DAYS = st.dates(dt.date(1800, 1, 1), dt.date(2999, 12, 31))


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2020-06-01", years(2), "2022-06-01"),
        ("2020-02-29", years(2), "2022-02-28"),
        ("2020-02-29", years(4), "2024-02-29"),
        ("2020-02-29", years(2, "next_day"), "2022-03-01"),
        ("2020-02-29", years(4, "next_day"), "2024-02-29"),
        ("2021-01-31", months(1), "2021-02-28"),
        ("2021-01-31", months(1, "next_day"), "2021-03-01"),
        ("2021-01-31", months(2), "2021-03-31"),
        ("2021-08-31", months(6), "2022-02-28"),
        ("2021-11-30", months(3), "2022-02-28"),
        ("2021-12-31", days(1), "2022-01-01"),
        ("2024-02-28", days(1), "2024-02-29"),
        ("2021-03-15", days(0), "2021-03-15"),
        ("1900-02-28", years(100), "2000-02-28"),
    ],
)
def test_a_period_ends_on_the_corresponding_day_or_the_last_of_its_month(start: str, period: Period, end: str) -> None:
    assert shift(dt.date.fromisoformat(start), period) == dt.date.fromisoformat(end)


def test_an_organization_is_under_two_years_up_to_and_on_the_corresponding_day() -> None:
    end = shift(dt.date(2020, 6, 1), years(2))
    assert dt.date(2022, 6, 1) <= end < dt.date(2022, 6, 2)


def test_never_stays_never_however_it_is_shifted() -> None:
    assert shift(NEVER, years(2)) == shift(NEVER, days(1)) == day_after(NEVER) == NEVER


@pytest.mark.parametrize("period", [years(8000), months(12 * 8000), days(4_000_000), days(10**12)])
def test_a_day_beyond_the_calendar_is_never(period: Period) -> None:
    assert shift(dt.date(2999, 12, 31), period) == NEVER


@given(REAL_DAYS, REAL_DAYS, PERIODS)
def test_a_later_start_never_ends_earlier(one: dt.date, other: dt.date, period: Period) -> None:
    first, second = sorted((one, other))
    assert shift(first, period) <= shift(second, period)


@given(REAL_DAYS, PERIODS)
def test_a_period_of_months_and_years_keeps_the_day_or_meets_the_end_of_the_month(day: dt.date, period: Period) -> None:
    end = shift(day, Period(period.years, period.months))
    assert end.day == day.day or (end.day < day.day and day_after(end).day == 1)
    assert shift(day, Period(period.years, period.months, period.days)) == shift(end, days(period.days))


@given(REAL_DAYS, st.integers(0, 30), st.integers(0, 11))
def test_years_are_twelve_months(day: dt.date, full: int, rest: int) -> None:
    assert shift(day, Period(full, rest)) == shift(day, months(12 * full + rest))


@given(REAL_DAYS)
def test_a_day_lies_between_the_first_and_the_last_of_its_month(day: dt.date) -> None:
    first, last = first_day(month_of(day)), last_day(day.year, day.month)
    assert first <= day <= last
    assert month_of(day_after(last)) == shift_month(month_of(day), months(1))
    assert first.day == day_after(last).day == 1


def test_the_ends_of_month_year_and_middle_third() -> None:
    assert last_day(2024, 2) == dt.date(2024, 2, 29)
    assert last_day(2025) == dt.date(2025, 12, 31)
    assert middle_third_end(2014, 10) == dt.date(2014, 10, 20)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2023-13-01", "2023-1-1", "20230101", "2023-01-01T00:00", " 2023-01-01", "２０２３-01-01", ""],
)
def test_only_days_of_the_calendar_in_iso_form_are_days(text: str) -> None:
    assert parse_day(text) is None


def test_an_iso_day_is_read() -> None:
    assert parse_day("2024-02-29") == dt.date(2024, 2, 29)


def test_a_period_reads_as_it_is_said() -> None:
    assert str(Period(2, 3, 4)) == "2年3个月4日"
