"""三(一)3: registered here, new (不足两年), leasing an office, at most 500 yuan a month, for at most two years."""

import datetime as dt

from yangpu_cases import Facts, ask, by_reading, claims, told

OFFICE = {
    "division": "310110",
    "is_leased": True,
    "monthly_rent": 600,
    "leased_from": "2022-04-01",
    "leased_until": "2025-12-31",
}
GRANTED = "met, 0..500 a month; 24 months left"
OUT_OF_WINDOW = "not_met conditions; by rent_window@三(一)3"
NOT_LEASED = "not_met conditions; by leases_office@三(一)3"
OPEN = "undetermined, 0..500 a month; 24 months left; "


def office(**facts: object) -> Facts:
    return {"offices": [{**OFFICE, **facts}]}


def paid(*months: str) -> Facts:
    return {"payments": [{"provision": "rent_subsidy", "amount": 500, "month": m} for m in months]}


def months_from(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    return [f"{year + (month + i - 1) // 12}-{(month + i - 1) % 12 + 1:02d}" for i in range(count)]


@claims(
    {
        "a new organization with a leased office is granted up to 500 a month": (office(), GRANTED),
        "no inspection is asked for": ({**office(), "annual_inspections": []}, GRANTED),
        "499.99 of rent": (office(monthly_rent="499.99"), "met, 0..499.99 a month; 24 months left"),
        "500 of rent": (office(monthly_rent=500), GRANTED),
        "500.01 of rent": (office(monthly_rent="500.01"), GRANTED),
        "an unknown rent can still narrow the amount": (
            office(monthly_rent=None),
            GRANTED + "; missing offices[0].monthly_rent",
        ),
        "premises that are not leased": (office(is_leased=False), NOT_LEASED),
        "premises of which that is unknown": (
            office(is_leased=None),
            OPEN + "missing offices[0].is_leased; open rent_window",
        ),
        "a lease that ends today": (office(leased_until="2023-06-01"), GRANTED),
        "a lease that ended yesterday": (office(leased_until="2023-05-31"), NOT_LEASED),
        "a lease that ends on an unknown day": (
            office(leased_until=None),
            OPEN + "missing offices[0].leased_until",
        ),
        "a lease that starts today": (office(leased_from="2023-06-01"), GRANTED),
        "a lease that starts tomorrow": (office(leased_from="2023-06-02"), NOT_LEASED),
        "no premises": ({"offices": []}, NOT_LEASED),
        "unknown premises": ({}, OPEN + "missing offices; open rent_window"),
        "the last day of the two years": ({**office(), "as_of": "2024-03-10"}, GRANTED),
        "the day after the two years": (
            {**office(), "as_of": "2024-03-11", "readings": {"rent_window": "first_two_years"}},
            OUT_OF_WINDOW,
        ),
        "an unknown day of establishment": (
            {**office(), "established_on": None},
            OPEN + "missing established_on",
        ),
    }
)
def test_rent_subsidy(given: Facts, expected: str) -> None:
    assert told(ask("rent_subsidy", **given)) == with_gap(expected)


def with_gap(line: str) -> str:
    """Part months, months before and related landlords are left open by the text, unless all is refused."""
    return line if line.startswith("not_met") else f"{line}; gaps rent_premises_details"


FROM_AUGUST: Facts = {**office(leased_from="2021-08-01"), "established_on": "2021-08-01", "as_of": "2023-08-01"}
CUMULATIVE = {"rent_window_months": "cumulative"}


@claims(
    {
        "a month that is paid is used up": (
            {**office(), **paid("2023-06")},
            "not_met paid, 0..500 a month; payable 0 a month; paid 500; 23 months left",
        ),
        "another month is still due": (
            {**office(), **paid("2023-05")},
            "met, 0..500 a month; paid 500; 23 months left",
        ),
        "a month paid twice is one month": (
            {**office(), **paid("2023-04", "2023-04")},
            "met, 0..500 a month; paid 1000; 23 months left",
        ),
        "a payment under the name of the pack counts": (
            {**office(), "payments": [{"provision": "yangpu.rent_subsidy", "amount": 300, "month": "2023-06"}]},
            "not_met paid, 0..500 a month; payable 0 a month; paid 300; 23 months left",
        ),
        "after 23 months one is left": (
            {**FROM_AUGUST, **paid(*months_from("2021-08", 23)), "readings": CUMULATIVE},
            "met, 0..500 a month; paid 11500; 1 months left",
        ),
        "after 24 months none is left": (
            {**FROM_AUGUST, **paid(*months_from("2021-08", 24)), "readings": CUMULATIVE},
            "not_met paid, 0..500 a month; payable 0 a month; paid 12000; 0 months left",
        ),
        "unknown payments leave it open": (
            {**office(), "payments": None},
            "undetermined, 0..500 a month; missing payments; open rent_window_months",
        ),
    }
)
def test_the_rent_subsidy_is_paid_month_by_month_for_two_years(given: Facts, expected: str) -> None:
    assert told(ask("rent_subsidy", **given)) == with_gap(expected)


OLDER: Facts = {**office(leased_from="2022-01-01"), "established_on": "2021-03-10", **paid("2022-04")}
HAD_ONE = "met, 0..500 a month; paid 500; 23 months left"
TOO_LATE = "not_met conditions; paid 500; by rent_window@三(一)3"
TWO = [{**OFFICE, "monthly_rent": 300}, {**OFFICE, "monthly_rent": 400}]
MONTHS = {"as_of": "2024-03-05", **office(), **paid("2022-03")}
ELSEWHERE = office(division="310115")
LATER: Facts = {**office(), "established_on": "2021-07-20", "as_of": "2022-06-01"}


@by_reading(
    {
        "rent_actual": (
            office(monthly_rent=400),
            {"capped_by_rent": "met, 0..400 a month; 24 months left", "up_to_500": GRANTED},
        ),
        "rent_window": (
            OLDER,
            {"first_two_years": TOO_LATE, "from_first_payment": HAD_ONE, "from_lease_start": HAD_ONE},
        ),
        "rent_window_months": (MONTHS, {"cumulative": HAD_ONE, "consecutive": TOO_LATE}),
        "rent_premises": (ELSEWHERE, {"anywhere": GRANTED, "in_district": NOT_LEASED}),
        "rent_premises_unit": (
            {"offices": TWO},
            {"one_subsidy": GRANTED, "each_premises": "met, 0..700 a month; 24 months left"},
        ),
        "no_floor": (
            office(monthly_rent=450),
            {
                "any_lower_sum": "met, 0..450 a month; 24 months left",
                "in_full": "met, 450 a month; 24 months left",
            },
        ),
        "retroactivity": (
            LATER,
            {
                "application_date": GRANTED,
                "event_since_effect": "not_met conditions; by registration_counts@三(一)3",
                "event_since_2021": GRANTED,
            },
        ),
        "two_year_endpoint": (
            {**office(), "as_of": "2024-03-10", "readings": {"rent_window": "first_two_years"}},
            {
                "civil_code": GRANTED,
                "anniversary": OUT_OF_WINDOW,
                "anniversary_march": OUT_OF_WINDOW,
            },
        ),
    }
)
def test_rent_subsidy_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("rent_subsidy", **given)) == with_gap(expected)


ENDED = {**OFFICE, "leased_from": "2022-01-01", "leased_until": "2023-06-30"}
SECOND = {**OFFICE, "leased_from": "2023-07-01"}
MOVED: Facts = {**OLDER, "offices": [ENDED, SECOND]}
NEVER_PAID: Facts = {"payments": []}
SINCE_PAYMENT = {"readings": {"rent_window": "from_first_payment"}}
SINCE_LEASE = {"readings": {"rent_window": "from_lease_start"}}
NEW_WHEN_PASSED = {"readings": {"two_year_reference_date": "first_pass", "rent_window": "first_two_years"}}
PASSED = {"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}
RENT_OF_APRIL = {"provision": "rent_subsidy", "amount": 500, "month": "2022-04"}
EVERY_FIRST = paid("2022-06", "2022-04")
TWO_PAID = "met, 0..500 a month; paid 1000; 22 months left"


@claims(
    {
        "24 months from the first payment, the last day": ({**OLDER, **SINCE_PAYMENT, "as_of": "2024-03-31"}, HAD_ONE),
        "24 months from the first payment, too late": ({**OLDER, **SINCE_PAYMENT, "as_of": "2024-04-01"}, TOO_LATE),
        "an older organization that never was paid": (
            {**OLDER, **SINCE_PAYMENT, **NEVER_PAID},
            OUT_OF_WINDOW,
        ),
        "a new organization that never was paid": ({**office(), **SINCE_PAYMENT}, GRANTED),
        "the first of two payments counts": (
            {**OLDER, **EVERY_FIRST, **SINCE_PAYMENT, "as_of": "2024-03-31"},
            TWO_PAID,
        ),
        "the first of two payments, too late": (
            {**OLDER, **EVERY_FIRST, **SINCE_PAYMENT, "as_of": "2024-04-01"},
            TOO_LATE.replace("500", "1000"),
        ),
        "a payment under the name of the pack starts the period": (
            {**OLDER, **SINCE_PAYMENT, "payments": [{**RENT_OF_APRIL, "provision": "yangpu.rent_subsidy"}]},
            HAD_ONE,
        ),
        "other payments start no period": (
            {**OLDER, **SINCE_PAYMENT, "payments": [{"provision": "opening_subsidy", "month": "2022-04"}]},
            OUT_OF_WINDOW,
        ),
        "new on the day of the first pass, an organization inspected in time": (
            {**office(), **NEW_WHEN_PASSED, "annual_inspections": [PASSED], "as_of": "2024-03-11"},
            GRANTED,
        ),
        "new on the day of the first pass, one passed too late": (
            {
                **office(),
                **NEW_WHEN_PASSED,
                "annual_inspections": [{**PASSED, "concluded_on": "2024-03-11"}],
                "as_of": "2024-03-11",
            },
            OUT_OF_WINDOW,
        ),
        "new on the day of the first pass, one never inspected": (
            {**office(), **NEW_WHEN_PASSED, "annual_inspections": []},
            GRANTED,
        ),
        "new on the day of the first pass, one never passed": (
            {**office(), **NEW_WHEN_PASSED, "annual_inspections": [{**PASSED, "result": "不合格"}]},
            GRANTED,
        ),
        "new on the day of the first pass, an older one never inspected": (
            {**office(), **NEW_WHEN_PASSED, "annual_inspections": [], "as_of": "2024-03-11"},
            OUT_OF_WINDOW,
        ),
        "new on the day of the first pass, of unknown inspections, now too old": (
            {**office(), **NEW_WHEN_PASSED, "as_of": "2024-03-11"},
            OPEN + "missing annual_inspections",
        ),
        "24 months from the lease, the last day": ({**OLDER, **SINCE_LEASE, "as_of": "2024-01-01"}, HAD_ONE),
        "24 months from the lease, too late": ({**OLDER, **SINCE_LEASE, "as_of": "2024-01-02"}, TOO_LATE),
        "from the lease, an older organization never paid": (
            {**OLDER, **SINCE_LEASE, **NEVER_PAID},
            OUT_OF_WINDOW,
        ),
        "from the lease, a new organization never paid": ({**office(), **SINCE_LEASE}, GRANTED),
        "the earliest of several leases counts": (
            {
                **OLDER,
                **SINCE_LEASE,
                "offices": [{**OFFICE, "leased_from": "2022-06-01"}, {**OFFICE, "leased_from": "2022-01-01"}],
                "as_of": "2024-01-02",
            },
            TOO_LATE,
        ),
        "from the lease, moving office within the period goes on": (
            {**MOVED, **SINCE_LEASE, "as_of": "2024-01-01"},
            HAD_ONE,
        ),
        "from the lease, moving office begins no new period": (
            {**MOVED, **SINCE_LEASE, "as_of": "2024-01-02"},
            TOO_LATE,
        ),
        "from the lease, premises that were never leased begin no period": (
            {**MOVED, **SINCE_LEASE, "offices": [{**ENDED, "is_leased": False}, SECOND], "as_of": "2024-01-02"},
            HAD_ONE,
        ),
        "from the lease, premises elsewhere begin no period where they must lie here": (
            {
                **MOVED,
                "readings": {"rent_window": "from_lease_start", "rent_premises": "in_district"},
                "offices": [{**ENDED, "division": "310115"}, SECOND],
                "as_of": "2024-01-02",
            },
            HAD_ONE,
        ),
        "from the lease, an earlier lease of unknown start": (
            {**MOVED, **SINCE_LEASE, "offices": [{**ENDED, "leased_from": None}, SECOND], "as_of": "2024-01-02"},
            "undetermined, 0..500 a month; paid 500; 23 months left; missing offices[0].leased_from",
        ),
        "the window left open": (
            OLDER,
            "undetermined, 0..500 a month; paid 500; 23 months left; open rent_window",
        ),
        "consecutive months, the last one": (
            {**MONTHS, "as_of": "2024-02-29", "readings": {"rent_window_months": "consecutive"}},
            HAD_ONE,
        ),
        "consecutive months never begun": (
            {**office(), "as_of": "2024-03-05", "readings": {"rent_window_months": "consecutive"}},
            GRANTED,
        ),
        "cumulative or consecutive left open": (
            MONTHS,
            "undetermined, 0..500 a month; paid 500; 23 months left; open rent_window_months",
        ),
        "two offices, two ceilings": (
            {"offices": [OFFICE, OFFICE], "readings": {"rent_premises_unit": "each_premises"}},
            "met, 0..1000 a month; 24 months left",
        ),
        "premises of unknown place": (
            {**office(division=None), "readings": {"rent_premises": "in_district"}},
            OPEN + "missing offices[0].division; open rent_window",
        ),
        "premises that are not leased add no rent": (
            {"offices": [{**OFFICE, "monthly_rent": 300}, {**OFFICE, "is_leased": False}]},
            "met, 0..300 a month; 24 months left",
        ),
        "premises elsewhere add no rent where they must lie here": (
            {
                "offices": [{**OFFICE, "monthly_rent": 300}, {**OFFICE, "division": "310115"}],
                "readings": {"rent_premises": "in_district"},
            },
            "met, 0..300 a month; 24 months left",
        ),
    }
)
def test_the_readings_of_the_rent_subsidy_turn_on_these_days_and_leases(given: Facts, expected: str) -> None:
    assert told(ask("rent_subsidy", **given)) == with_gap(expected)


def test_the_rent_subsidy_ends_by_itself_after_two_years() -> None:
    given: Facts = {**office(), "readings": {"rent_window": "first_two_years"}}
    assert ask("rent_subsidy", **given).next_change == dt.date(2024, 3, 11)
    assert ask("rent_subsidy", **{**given, **paid("2023-06")}).next_change == dt.date(2023, 7, 1)
