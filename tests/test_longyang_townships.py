"""五(一), 五(二), 五(四): the plan of a township, its deadlines, and what the district does every year."""

import datetime as dt

import pytest
from longyang_cases import Facts, ask_district, ask_township, by_reading, claims, only, told

from socorg_rules import CaseError

CONTENTS = ["建设规划", "职能职责", "管理制度", "时间进度", "绩效评估"]
NAMES = ["construction", "functions", "management", "schedule", "evaluation"]
PLAN: Facts = {"plan_filed": True, "plan_contents": CONTENTS}
PLAN_GAPS = "; gaps plan_date plan_contents"


@claims(
    {
        "filed with all five": ({}, f"met{PLAN_GAPS}"),
        "not filed": ({"plan_filed": False}, "not_met conditions; by plan_is_filed@五(一)"),
        "filing unknown": ({"plan_filed": None}, f"undetermined; missing plan_filed{PLAN_GAPS}"),
        "contents unknown": ({"plan_contents": None}, f"undetermined; missing plan_contents{PLAN_GAPS}"),
        "empty": (
            {"plan_contents": [], "plan_filed": True},
            "not_met conditions; by plan_construction@五(一)",
        ),
        **{
            f"without {left}": (
                {"plan_contents": [c for c in CONTENTS if c != left]},
                f"not_met conditions; by plan_{name}@五(一)",
            )
            for left, name in zip(CONTENTS, NAMES, strict=True)
        },
    }
)
def test_plan_duty(given: Facts, expected: str) -> None:
    assert told(ask_township("plan_duty", **{**PLAN, **given})) == expected


LATE = "not_met conditions; by base_in_time@五(二)"
LIST = "gaps which_14"


@claims(
    {
        "first batch, a day early": ({"in_first_batch": True, "base_completed_on": "2021-10-30"}, "met"),
        "first batch, on the last day": ({"in_first_batch": True, "base_completed_on": "2021-10-31"}, "met"),
        "first batch, a day late": ({"in_first_batch": True, "base_completed_on": "2021-11-01"}, LATE),
        "later batch, a day early": ({"in_first_batch": False, "base_completed_on": "2022-03-30"}, "met"),
        "later batch, on the last day": ({"in_first_batch": False, "base_completed_on": "2022-03-31"}, "met"),
        "later batch, a day late": ({"in_first_batch": False, "base_completed_on": "2022-04-01"}, LATE),
        "never": ({"in_first_batch": False, "base_completed_on": "never"}, LATE),
        "not yet on the day of the question": (
            {"in_first_batch": True, "base_completed_on": "2021-10-20", "as_of": "2021-10-19"},
            LATE,
        ),
        "on the day of the question": (
            {"in_first_batch": True, "base_completed_on": "2021-10-20", "as_of": "2021-10-20"},
            "met",
        ),
        "unknown day": (
            {"in_first_batch": True},
            "undetermined; missing base_completed_on facilities",
        ),
        "a base in time for either deadline": (
            {"base_completed_on": "2021-10-31"},
            f"met; missing in_first_batch; {LIST}",
        ),
        "a base between the deadlines, the batch unknown": (
            {"base_completed_on": "2021-11-01"},
            f"undetermined; missing in_first_batch; {LIST}",
        ),
        "a base too late for either": ({"base_completed_on": "2022-04-01"}, LATE),
        "nothing known of batch and name": (
            {"base_completed_on": "2021-11-01", "name": None},
            f"undetermined; missing in_first_batch name; {LIST}",
        ),
        "the base stands in the list": (
            {
                "in_first_batch": True,
                "facilities": [
                    {"kind": "township_base", "completed_on": "2021-10-31"},
                    {"kind": "community_centre", "completed_on": "2021-01-31"},
                ],
            },
            "met",
        ),
        "the first of two bases counts": (
            {
                "in_first_batch": True,
                "facilities": [
                    {"kind": "township_base", "completed_on": "2021-10-31"},
                    {"kind": "township_base", "completed_on": "2022-05-01"},
                ],
            },
            "met",
        ),
        "the list has no base": (
            {"in_first_batch": True, "facilities": [{"kind": "park", "completed_on": "2021-01-31"}]},
            LATE,
        ),
    }
)
def test_township_deadline(given: Facts, expected: str) -> None:
    assert told(ask_township("township_deadline", **given)) == expected


@pytest.mark.parametrize(
    "name", ["永昌街道", "永昌街道办事处", "隆阳区永昌街道", "保山市隆阳区永昌街道办事处", "云南省保山市隆阳区永昌街道"]
)
def test_only_yongchang_is_named_among_the_first(name: str) -> None:
    decision = ask_township("township_deadline", name=name, base_completed_on="2021-11-01")
    assert told(decision) == LATE
    assert dict(decision.duty or {})["due"] == "2021-10-31"


def test_the_document_beats_a_case_that_denies_it() -> None:
    with pytest.raises(CaseError, match="in_first_batch"):
        ask_township("township_deadline", name="永昌街道", in_first_batch=False, base_completed_on="2021-11-01")


@pytest.mark.parametrize(("in_first_batch", "due"), [(True, "2021-10-31"), (False, "2022-03-31"), (None, None)])
def test_a_township_is_told_its_deadline(*, in_first_batch: bool | None, due: str | None) -> None:
    decision = ask_township("township_deadline", in_first_batch=in_first_batch, base_completed_on="never")
    assert decision.duty == {"who": "乡镇（街道）", "action": "建成社区社会组织孵化培育基地", "due": due}


@by_reading(
    {
        "deadline_year": (
            {"in_first_batch": True, "base_completed_on": "2022-05-01"},
            {"year_2021": LATE, "year_2022": "met"},
        ),
        "month_terms": (
            {"in_first_batch": False, "base_completed_on": "2022-03-31"},
            {"last_day_included": "met", "last_day_excluded": LATE},
        ),
        "two_deadlines": (
            {"in_first_batch": True, "base_completed_on": "2021-12-31"},
            {"separate": LATE, "october_governs": LATE, "year_end_governs": "met"},
        ),
    }
)
def test_township_deadline_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_township("township_deadline", **given)) == expected


PREMISES = "not_met conditions; by premises_in_time@五(二)"


@claims(
    {
        "a day early": ({"premises_ready_on": "2021-10-30"}, "met"),
        "on the day": ({"premises_ready_on": "2021-10-31"}, "met"),
        "a day late": ({"premises_ready_on": "2021-11-01"}, PREMISES),
        "whatever the batch": ({"premises_ready_on": "2021-11-01", "in_first_batch": False}, PREMISES),
        "never": ({"premises_ready_on": "never"}, PREMISES),
        "not yet": ({"premises_ready_on": "2021-10-20", "as_of": "2021-10-19"}, PREMISES),
        "unknown": ({}, "undetermined; missing premises_ready_on"),
        "before 31 October of the year after": (
            {"premises_ready_on": "2022-05-01", "readings": {"deadline_year": "year_2022"}},
            "met",
        ),
    }
)
def test_premises_deadline(given: Facts, expected: str) -> None:
    assert told(ask_township("premises_deadline", **given)) == expected


def test_a_day_that_is_named_is_in_time_however_month_ends_are_read() -> None:
    assert set(only("premises_deadline").readings) == {"deadline_year"}


GAPS = "not_met conditions; by gaps_in_time@五(二)"


@claims(
    {
        "a day early": ({"gaps_closed_on": "2021-11-19"}, "met"),
        "on the last day": ({"gaps_closed_on": "2021-11-20"}, "met"),
        "a day late": ({"gaps_closed_on": "2021-11-21"}, GAPS),
        "never": ({"gaps_closed_on": "never"}, GAPS),
        "unknown": ({}, "undetermined; missing gaps_closed_on"),
        "not yet": ({"gaps_closed_on": "2021-11-15", "as_of": "2021-11-14"}, GAPS),
        "a township of the later batch": (
            {"in_first_batch": False, "gaps_closed_on": "2021-11-21"},
            "not_met not_applicable; by in_first_batch@五(二)",
        ),
        "batch unknown": (
            {"in_first_batch": None, "gaps_closed_on": "2021-11-20"},
            f"undetermined; missing in_first_batch; {LIST}",
        ),
    }
)
def test_gap_closing(given: Facts, expected: str) -> None:
    assert told(ask_township("gap_closing", **{"in_first_batch": True, **given})) == expected


@pytest.mark.parametrize(
    ("day", "within_it"),
    [("2021-11-10", GAPS), ("2021-11-11", "met"), ("2021-11-20", "met"), ("2021-11-21", GAPS)],
)
def test_read_as_a_span_the_work_falls_between_the_11th_and_the_20th(day: str, within_it: str) -> None:
    facts: Facts = {"in_first_batch": True, "gaps_closed_on": day}
    assert told(ask_township("gap_closing", **facts, readings={"month_terms_middle": "within_it"})) == within_it
    assert told(ask_township("gap_closing", **facts)) == ("met" if day < "2021-11-21" else GAPS)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2022-11-10", GAPS), ("2022-11-11", "met"), ("2022-11-20", "met"), ("2022-11-21", GAPS), ("2021-11-15", GAPS)],
)
def test_the_span_of_the_year_after(day: str, expected: str) -> None:
    readings = {"month_terms_middle": "within_it", "deadline_year": "year_2022"}
    facts: Facts = {"in_first_batch": True, "gaps_closed_on": day}
    assert told(ask_township("gap_closing", "2022-12-01", **facts, readings=readings)) == expected


@pytest.mark.parametrize(
    ("duty", "due"),
    [
        ("plan_duty", None),
        ("premises_deadline", "2021-10-31"),
        ("gap_closing", "2021-11-20"),
        ("key_evaluation", "2022-12-31"),
    ],
)
def test_a_duty_says_who_what_and_by_when(duty: str, due: str | None) -> None:
    told_duty = dict(ask_township(duty, in_first_batch=True).duty or {})
    assert told_duty["due"] == due
    assert told_duty["who"]
    assert told_duty["action"]


@pytest.mark.parametrize("duty", ["plan_duty", "premises_deadline", "township_deadline", "key_evaluation"])
@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"division": "530502"}, "undetermined"),
        ({"division": "530502", "level": "district"}, "not_met not_applicable"),
        ({"division": "530521100"}, "not_met not_applicable"),
        ({"level": "district"}, "not_met not_applicable"),
        ({"division": "533001100"}, "undetermined"),
        ({}, "undetermined"),
        ({"level": None}, "undetermined; missing level"),
    ],
)
def test_the_duties_of_townships_are_those_of_townships_here(duty: str, facts: Facts, line: str) -> None:
    assert told(ask_township(duty, **facts)).startswith(line)


# ---------------------------------------------------------------------------------------------------- every year


@claims(
    {
        "key_evaluation of this year": ({"key_evaluation_years": [2022]}, "met"),
        "key_evaluation of other years": (
            {"key_evaluation_years": [2021, 2023]},
            "not_met conditions; by evaluated_this_year@五(四)",
        ),
        "key_evaluation unknown": ({}, "undetermined; missing key_evaluation_years"),
    }
)
def test_key_evaluation(given: Facts, expected: str) -> None:
    assert told(ask_township("key_evaluation", **given)) == expected


@claims(
    {
        "of this year": ({"assessment_reported_years": [2022]}, "met; gaps report_date"),
        "of other years": (
            {"assessment_reported_years": [2021, 2023]},
            "not_met conditions; by reported_this_year@五(四)",
        ),
        "unknown": ({}, "undetermined; missing assessment_reported_years; gaps report_date"),
    }
)
def test_assessment_report(given: Facts, expected: str) -> None:
    assert told(ask_district("assessment_report", **given)) == expected


def test_what_is_done_every_year_is_due_again_with_the_next() -> None:
    assert ask_township("key_evaluation", key_evaluation_years=[2022]).next_change == dt.date(2023, 1, 1)
    assert ask_district("assessment_report", assessment_reported_years=[2022]).next_change == dt.date(2023, 1, 1)
