"""三(一)2: registered here, new (不足两年), 首次年检“合格”, at most 10,000 yuan once."""

import datetime as dt

from yangpu_cases import Facts, ask, by_reading, claims, told

PASSED = {"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}
ONCE_PASSED: Facts = {"annual_inspections": [PASSED]}
FAILED_THEN_PASSED = [{"year": 2022, "result": "合格"}, {"year": 2021, "result": "不合格"}]
NO_INSPECTION_YET: Facts = {"annual_inspections": [], "inspection_regime": "annual_inspection"}
REPORTING: Facts = {"annual_inspections": [], "inspection_regime": "annual_report"}
REPORTS = [{"year": 2022, "filed_on": "2023-03-01"}]
GRANTED, NOT_NEW, NOT_PASSED = (
    "met, 0..10000",
    "not_met conditions; by newly_established@三(一)2",
    "not_met conditions; by first_inspection_passed@三(一)2",
)
TOO_EARLY = "not_met conditions; by registration_counts@三(一)2"
OPEN = "undetermined, 0..10000; "


@claims(
    {
        "a new organization that passed its first inspection is granted up to 10000": (ONCE_PASSED, GRANTED),
        "two years end with the second anniversary": ({**ONCE_PASSED, "as_of": "2024-03-10"}, GRANTED),
        "the day after the second anniversary is too late": ({**ONCE_PASSED, "as_of": "2024-03-11"}, NOT_NEW),
        "a founder of 29 February is new on 28 February": (
            {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": "2020-02-29", "as_of": "2022-02-28"},
            GRANTED,
        ),
        "a founder of 29 February is no longer new on 1 March": (
            {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": "2020-02-29", "as_of": "2022-03-01"},
            NOT_NEW,
        ),
        "a founder of 28 February is new on 28 February of a leap year": (
            {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": "2022-02-28", "as_of": "2024-02-28"},
            GRANTED,
        ),
        "a founder of 28 February is no longer new on 29 February": (
            {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": "2022-02-28", "as_of": "2024-02-29"},
            NOT_NEW,
        ),
        "basic passes are no passes": ({"annual_inspections": [{**PASSED, "result": "基本合格"}]}, NOT_PASSED),
        "a failed first inspection refutes": ({"annual_inspections": [{**PASSED, "result": "不合格"}]}, NOT_PASSED),
        "the first inspection is that of the first year": ({"annual_inspections": FAILED_THEN_PASSED}, NOT_PASSED),
        "what comes after a first pass does not matter": (
            {"annual_inspections": [PASSED, {"year": 2023, "result": "不合格"}]},
            GRANTED,
        ),
        "an inspection counts from the day it is concluded": ({**ONCE_PASSED, "as_of": "2023-05-20"}, GRANTED),
        "an inspection does not exist before it is concluded": (
            {**NO_INSPECTION_YET, **ONCE_PASSED, "as_of": "2023-05-19"},
            NOT_PASSED,
        ),
        "without an inspection it is not met": (NO_INSPECTION_YET, NOT_PASSED),
        "without an inspection the organization may be one that reports": (
            {"annual_inspections": []},
            OPEN + "missing inspection_regime annual_reports; open inspection_or_report",
        ),
        "an inspection whose result is unknown leaves it open": (
            {"annual_inspections": [{"year": 2022}]},
            OPEN + "missing annual_inspections[0].result",
        ),
        "of inspections that may not be all, none is surely the first": (
            {"annual_inspections": {"items": [PASSED], "complete": False}},
            OPEN + "missing annual_inspections",
        ),
        "unknown inspections leave it open": (
            {},
            OPEN + "missing annual_inspections inspection_regime annual_reports; open inspection_or_report",
        ),
        "an unknown day of establishment leaves it open": (
            {**ONCE_PASSED, "established_on": None},
            OPEN + "missing established_on",
        ),
        "of two tests that fail, one already refutes": (
            {"annual_inspections": FAILED_THEN_PASSED, "as_of": "2024-03-11"},
            NOT_NEW,
        ),
    }
)
def test_opening_subsidy(given: Facts, expected: str) -> None:
    assert told(ask("opening_subsidy", **given)) == expected


PAID = "not_met paid, 0..10000; payable 0; paid 3000"


@claims(
    {
        "one payment uses it up": ([{"provision": "opening_subsidy", "amount": 3000}], PAID),
        "a payment may name the pack": ([{"provision": "yangpu.opening_subsidy", "amount": 3000}], PAID),
        "payments under other provisions do not count": ([{"provision": "rent_subsidy", "amount": 3000}], GRANTED),
        "a payment counts from its day": (
            [{"provision": "opening_subsidy", "amount": 3000, "paid_on": "2023-06-01"}],
            PAID,
        ),
        "a later payment does not exist yet": (
            [{"provision": "opening_subsidy", "amount": 3000, "paid_on": "2023-06-02"}],
            GRANTED,
        ),
        "unknown payments leave it open": (None, OPEN + "missing payments"),
        "a payment under an unknown provision leaves it open": (
            [{"amount": 3000}],
            OPEN + "missing payments[0].provision",
        ),
    }
)
def test_the_opening_subsidy_is_paid_once(given: Facts, expected: str) -> None:
    assert told(ask("opening_subsidy", **ONCE_PASSED, payments=given)) == expected


def since(established_on: str) -> Facts:
    return {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": established_on, "as_of": "2022-06-01"}


OLD: Facts = {"annual_inspections": [{"year": 2020, "result": "合格", "concluded_on": "2021-05-20"}],
              "established_on": "2020-03-10", "as_of": "2022-06-01"}  # fmt: skip
LEAP: Facts = {"annual_inspections": FAILED_THEN_PASSED[:1], "established_on": "2020-02-29"}
EARLY_START: Facts = {**ONCE_PASSED, "founding_meeting_on": "2021-05-01", "activities_started_on": "2021-08-01"}


@by_reading(
    {
        "retroactivity": (
            since("2021-07-20"),
            {"application_date": GRANTED, "event_since_effect": TOO_EARLY, "event_since_2021": GRANTED},
        ),
        "two_year_reference_date": (
            {**OLD, "applied_on": "2022-03-10", "approved_on": "2022-03-11"},
            {"application": NOT_NEW, "application_handed_in": GRANTED, "first_pass": GRANTED, "approval": NOT_NEW},
        ),
        "two_year_endpoint": (
            {**ONCE_PASSED, "as_of": "2024-03-10"},
            {"civil_code": GRANTED, "anniversary": NOT_NEW, "anniversary_march": NOT_NEW},
        ),
        "establishment_date": (
            EARLY_START,
            {"registration": GRANTED, "founding_meeting": NOT_NEW, "first_activity": GRANTED},
        ),
        "first_inspection": (
            {"annual_inspections": FAILED_THEN_PASSED},
            {"very_first": NOT_PASSED, "first_pass": GRANTED},
        ),
        "inspection_or_report": (
            {**REPORTING, "annual_reports": REPORTS},
            {"inspection_only": NOT_PASSED, "report_counts": GRANTED},
        ),
        "no_floor": (ONCE_PASSED, {"any_lower_sum": GRANTED, "in_full": "met, 10000"}),
    }
)
def test_opening_subsidy_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("opening_subsidy", **given)) == expected


@claims(
    {
        "effect, on the day": ({**since("2021-07-21"), "readings": {"retroactivity": "event_since_effect"}}, GRANTED),
        "2021, the day before": (
            {**since("2020-12-31"), "readings": {"retroactivity": "event_since_2021"}},
            TOO_EARLY,
        ),
        "2021, its first day": ({**since("2021-01-01"), "readings": {"retroactivity": "event_since_2021"}}, GRANTED),
        "retroactivity left open": (
            {**since("2021-07-20"), "readings": {"retroactivity": None}},
            OPEN + "open retroactivity",
        ),
        "29 February, anniversary on 28 February": (
            {**LEAP, "as_of": "2022-02-28", "readings": {"two_year_endpoint": "anniversary"}},
            NOT_NEW,
        ),
        "29 February, the day before that anniversary": (
            {**LEAP, "as_of": "2022-02-27", "readings": {"two_year_endpoint": "anniversary"}},
            GRANTED,
        ),
        "29 February, anniversary on 1 March": (
            {**LEAP, "as_of": "2022-03-01", "readings": {"two_year_endpoint": "anniversary_march"}},
            NOT_NEW,
        ),
        "29 February, the day before that one": (
            {**LEAP, "as_of": "2022-02-28", "readings": {"two_year_endpoint": "anniversary_march"}},
            GRANTED,
        ),
        "an application handed in a day late": (
            {**OLD, "applied_on": "2022-03-11", "readings": {"two_year_reference_date": "application_handed_in"}},
            NOT_NEW,
        ),
        "an application handed in on an unknown day": (
            {**OLD, "readings": {"two_year_reference_date": "application_handed_in"}},
            OPEN + "missing applied_on",
        ),
        "an approval in time": (
            {**OLD, "approved_on": "2022-03-10", "readings": {"two_year_reference_date": "approval"}},
            GRANTED,
        ),
        "activities that started two years and a day ago": (
            {**EARLY_START, "as_of": "2023-08-02", "readings": {"establishment_date": "first_activity"}},
            NOT_NEW,
        ),
        "an unknown founding meeting": (
            {**ONCE_PASSED, "readings": {"establishment_date": "founding_meeting"}},
            OPEN + "missing founding_meeting_on",
        ),
        "no pass at all": (
            {
                "annual_inspections": FAILED_THEN_PASSED[1:],
                "readings": {"first_inspection": "first_pass", "inspection_or_report": "inspection_only"},
            },
            NOT_PASSED,
        ),
        "a report, the question open": (
            {**REPORTING, "annual_reports": REPORTS},
            OPEN + "open inspection_or_report",
        ),
        "a report of the day": (
            {
                **REPORTING,
                "annual_reports": [{"filed_on": "2023-06-01"}],
                "readings": {"inspection_or_report": "report_counts"},
            },
            GRANTED,
        ),
        "a report of the next day": (
            {
                **REPORTING,
                "annual_reports": [{"filed_on": "2023-06-02"}],
                "readings": {"inspection_or_report": "report_counts"},
            },
            NOT_PASSED,
        ),
        "no report": ({**REPORTING, "annual_reports": []}, NOT_PASSED),
        "a report of an organization that is inspected": (
            {**NO_INSPECTION_YET, "annual_reports": REPORTS},
            NOT_PASSED,
        ),
        "a report beside a recorded inspection": (
            {**REPORTING, "annual_inspections": FAILED_THEN_PASSED[1:], "annual_reports": REPORTS},
            NOT_PASSED,
        ),
    }
)
def test_the_readings_of_the_opening_subsidy_turn_on_these_days_and_records(given: Facts, expected: str) -> None:
    assert told(ask("opening_subsidy", **given)) == expected


def test_the_first_pass_in_time_is_that_of_the_first_passed_year() -> None:
    readings = {"two_year_reference_date": "first_pass", "first_inspection": "first_pass"}

    def line(passed_on: str) -> str:
        inspections = [
            {"year": 2020, "result": "不合格", "concluded_on": "2021-05-20"},
            {"year": 2022, "result": "合格", "concluded_on": "2022-05-01"},
            {"year": 2021, "result": "合格", "concluded_on": passed_on},
        ]
        return told(ask("opening_subsidy", **{**OLD, "annual_inspections": inspections}, readings=readings))

    assert line("2022-03-10") == GRANTED
    assert line("2022-03-11") == NOT_NEW


def test_the_opening_subsidy_changes_by_itself_on_these_days() -> None:
    assert ask("opening_subsidy", **ONCE_PASSED).next_change == dt.date(2024, 3, 11)
    waiting = {**NO_INSPECTION_YET, **ONCE_PASSED, "as_of": "2023-05-01"}
    assert ask("opening_subsidy", **waiting).next_change == dt.date(2023, 5, 20)
    assert ask("opening_subsidy", **ONCE_PASSED, as_of="2024-03-11").next_change is None


def test_the_opening_subsidy_depends_on_these_readings() -> None:
    assert ask("opening_subsidy", **ONCE_PASSED).depends_on == (
        "two_year_reference_date",
        "establishment_date",
        "no_floor",
    )
    anniversary = ask("opening_subsidy", **ONCE_PASSED, as_of="2024-03-10", applied_on="2024-01-01")
    assert "two_year_endpoint" in anniversary.depends_on
