"""一, 五(二) the district's targets: 14 bases twice, 21 in the end, one centre, half of whatever, and the coverage."""

import datetime as dt

import pytest
from longyang_cases import Facts, ask_district, base, by_reading, claims, told

SHORT = "by reached@一"
OCTOBER = "by reached@五(二)"
LIST = "; gaps which_14"


def bases(n: int, completed_on: str | None = "2021-10-31", start: int = 1) -> list[Facts]:
    return [base(start + i, completed_on) for i in range(n)]


@claims(
    {
        "13": ({"township_bases_completed": 13}, f"not_met conditions; has 13 of 14, lacks 1; {SHORT}"),
        "14": ({"township_bases_completed": 14}, "met; has 14 of 14, lacks 0"),
        "15": ({"township_bases_completed": 15}, "met; has 15 of 14, lacks 0"),
        "13 in time and one on the last day": (
            {"facilities": [*bases(13), base(14, "2021-12-31")]},
            "met; has 14 of 14, lacks 0",
        ),
        "13 in time and one a day late": (
            {"facilities": [*bases(13), base(14, "2022-01-01")]},
            f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
        ),
        "one is still being built": (
            {"facilities": [*bases(13), base(14, "never")]},
            f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
        ),
        "one of unknown date": (
            {"facilities": [*bases(13), base(14, None)]},
            "undetermined; has ? of 14, lacks ?; missing township_bases_completed facilities[13].completed_on",
        ),
        "two bases in one township count once": (
            {"facilities": [*bases(13), base(13, "2021-12-01")]},
            f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
        ),
        "a base whose township is not told may be another of the same": (
            {"facilities": [*bases(13), {"kind": "township_base", "completed_on": "2021-12-01"}]},
            "undetermined; has ? of 14, lacks ?; missing township_bases_completed facilities[13].division",
        ),
        "a centre is no base": (
            {"facilities": [*bases(13), base(14, kind="district_centre")]},
            f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
        ),
        "a list that may be longer": (
            {"facilities": {"items": bases(13), "complete": False}},
            "undetermined; has ? of 14, lacks ?; missing township_bases_completed facilities",
        ),
        "a list that may be longer and suffices": (
            {"facilities": {"items": bases(14), "complete": False}},
            "met; has ? of 14, lacks 0",
        ),
        "a figure of today of which some are known to be late": (
            {"township_bases_completed": 14, "facilities": [*bases(13), base(14, "2022-01-01")]},
            f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
        ),
        "a figure of today, and a list that may be longer, of which none is known to be late": (
            {"township_bases_completed": 14, "facilities": {"items": [base(1, "2021-12-31")], "complete": False}},
            "met; has 14 of 14, lacks 0",
        ),
        "the level of the district is not told": (
            {"level": None, "township_bases_completed": 14},
            "met; has 14 of 14, lacks 0",
        ),
        "nothing known": ({}, "undetermined; has ? of 14, lacks ?; missing township_bases_completed facilities"),
    }
)
def test_target_14_year_end(given: Facts, expected: str) -> None:
    assert told(ask_district("target_14_year_end", **given)) == expected


@claims(
    {
        "13": ({"township_bases_completed": 13}, f"not_met conditions; has 13 of 14, lacks 1; {OCTOBER}"),
        "14": ({"township_bases_completed": 14}, f"met; has 14 of 14, lacks 0{LIST}"),
        "15": ({"township_bases_completed": 15}, f"met; has 15 of 14, lacks 0{LIST}"),
        "the last one a day early": (
            {"facilities": [*bases(13), base(14, "2021-10-30")]},
            f"met; has 14 of 14, lacks 0{LIST}",
        ),
        "the last one on the last day": ({"facilities": bases(14)}, f"met; has 14 of 14, lacks 0{LIST}"),
        "the last one a day late": (
            {"facilities": [*bases(13), base(14, "2021-11-01")]},
            f"not_met conditions; has 13 of 14, lacks 1; {OCTOBER}",
        ),
        "asked before the last one is completed": (
            {"facilities": [*bases(13), base(14, "2021-10-20")], "as_of": "2021-10-19"},
            f"not_met conditions; has 0 of 14, lacks 14; {OCTOBER}",
        ),
    }
)
def test_target_14_october(given: Facts, expected: str) -> None:
    assert told(ask_district("target_14_october", **given)) == expected


@claims(
    {
        "20": ({"township_bases_completed": 20}, f"not_met conditions; has 20 of 21, lacks 1; {OCTOBER}"),
        "21": ({"township_bases_completed": 21}, "met; has 21 of 21, lacks 0"),
        "22": ({"township_bases_completed": 22}, "met; has 22 of 21, lacks 0"),
        "the last one on the last day": (
            {"facilities": [*bases(20), base(21, "2022-03-31")]},
            "met; has 21 of 21, lacks 0",
        ),
        "the last one a day late": (
            {"facilities": [*bases(20), base(21, "2022-04-01")]},
            f"not_met conditions; has 20 of 21, lacks 1; {OCTOBER}",
        ),
    }
)
def test_target_21(given: Facts, expected: str) -> None:
    assert told(ask_district("target_21", **given)) == expected


@claims(
    {
        "none": ({"district_centres_completed": 0}, f"not_met conditions; has 0 of 1, lacks 1; {SHORT}"),
        "one": ({"district_centres_completed": 1}, "met; has 1 of 1, lacks 0; gaps effect_centre"),
        "two": ({"district_centres_completed": 2}, "met; has 2 of 1, lacks 0; gaps effect_centre"),
        "completed on the last day": (
            {"facilities": [{"kind": "district_centre", "completed_on": "2021-12-31"}]},
            "met; has 1 of 1, lacks 0; gaps effect_centre",
        ),
        "completed a day late": (
            {"facilities": [{"kind": "district_centre", "completed_on": "2022-01-01"}]},
            f"not_met conditions; has 0 of 1, lacks 1; {SHORT}",
        ),
        "a base is no centre": (
            {"facilities": bases(1)},
            f"not_met conditions; has 0 of 1, lacks 1; {SHORT}",
        ),
        "nothing known": (
            {},
            "undetermined; has ? of 1, lacks ?; missing district_centres_completed facilities; gaps effect_centre",
        ),
    }
)
def test_target_district_centre(given: Facts, expected: str) -> None:
    assert told(ask_district("target_district_centre", **given)) == expected


@pytest.mark.parametrize(
    ("target", "due"),
    [
        ("target_14_year_end", "2021-12-31"),
        ("target_district_centre", "2021-12-31"),
        ("target_50_percent", "2021-12-31"),
        ("target_coverage", None),
        ("target_14_october", "2021-10-31"),
        ("target_21", "2022-03-31"),
    ],
)
def test_a_target_shows_its_last_day(target: str, due: str | None) -> None:
    assert ask_district(target).due == due


def test_a_centre_counts_from_the_day_of_its_completion() -> None:
    centre = {"facilities": [{"kind": "district_centre", "completed_on": "2021-12-01"}]}
    before = ask_district("target_district_centre", as_of="2021-11-30", **centre)
    assert told(before) == f"not_met conditions; has 0 of 1, lacks 1; {SHORT}"
    on_the_day = ask_district("target_district_centre", as_of="2021-12-01", **centre)
    assert told(on_the_day) == "met; has 1 of 1, lacks 0; gaps effect_centre"


def test_before_its_day_a_target_is_not_yet_reached() -> None:
    facts: Facts = {"township_bases_completed": 14}
    before = ask_district("target_21", "2022-03-31", **facts)
    after = ask_district("target_21", "2022-04-01", **facts)
    assert before.outcome is after.outcome
    assert ("尚未达到" in before.explain(), "尚未达到" in after.explain()) == (True, False)


def test_a_base_to_come_changes_the_decision_on_its_day() -> None:
    facts: Facts = {"facilities": [*bases(13), base(14, "2021-10-20")]}
    decision = ask_district("target_14_october", "2021-10-19", **facts)
    assert decision.next_change == dt.date(2021, 10, 20)


def test_a_figure_that_contradicts_the_list_is_an_error() -> None:
    with pytest.raises(ValueError, match="township_bases_completed"):
        ask_district("target_21", township_bases_completed=20, facilities=bases(21))


# ------------------------------------------------------------------------------------------------ how the days are read

LATE_13 = f"not_met conditions; has 13 of 14, lacks 1; {OCTOBER}"


@by_reading(
    {
        "deadline_year": (
            {"facilities": [*bases(13), base(14, "2022-05-01")]},
            {"year_2021": LATE_13, "year_2022": f"met; has 14 of 14, lacks 0{LIST}"},
        ),
        "month_terms": (
            {"facilities": [*bases(13, "2021-10-30"), base(14, "2021-10-31")]},
            {"last_day_included": f"met; has 14 of 14, lacks 0{LIST}", "last_day_excluded": LATE_13},
        ),
        "two_deadlines": (
            {"facilities": [*bases(13), base(14, "2021-12-31")]},
            {
                "separate": LATE_13,
                "october_governs": LATE_13,
                "year_end_governs": f"met; has 14 of 14, lacks 0{LIST}",
            },
        ),
    }
)
def test_the_october_target_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_district("target_14_october", **given)) == expected


@by_reading(
    {
        "two_deadlines": (
            {"facilities": [*bases(13), base(14, "2021-11-01")]},
            {
                "separate": "met; has 14 of 14, lacks 0",
                "october_governs": f"not_met conditions; has 13 of 14, lacks 1; {SHORT}",
                "year_end_governs": "met; has 14 of 14, lacks 0",
            },
        ),
    }
)
def test_the_target_within_the_year_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_district("target_14_year_end", **given)) == expected


@pytest.mark.parametrize(
    ("readings", "due"),
    [
        ({"deadline_year": "year_2022"}, "2022-10-31"),
        ({"month_terms": "last_day_excluded"}, "2021-10-30"),
        ({"deadline_year": "year_2022", "month_terms": "last_day_excluded"}, "2022-10-30"),
        ({"two_deadlines": "october_governs"}, "2021-10-31"),
        ({"two_deadlines": "year_end_governs"}, "2021-12-31"),
    ],
)
def test_the_day_of_october_under_each_reading(readings: dict[str, str | None], due: str) -> None:
    assert ask_district("target_14_october", readings=readings).due == due


@pytest.mark.parametrize(("reading", "day"), [("last_day_included", "2022-03-31"), ("last_day_excluded", "2022-03-30")])
def test_the_day_of_march_under_each_reading(reading: str, day: str) -> None:
    assert ask_district("target_21", readings={"month_terms": reading}).due == day


def test_a_bare_figure_does_not_depend_on_how_the_days_are_read() -> None:
    assert ask_district("target_14_october", township_bases_completed=14).depends_on == ()
    late = [*bases(13), base(14, "2021-11-01")]
    assert set(ask_district("target_14_october", facilities=late).depends_on) == {"deadline_year", "two_deadlines"}


# --------------------------------------------------------------------------------------------------------- one half

HALF: Facts = {
    "organizations_total": 40,
    "organizations_incubated": 20,
    "township_bases_completed": 11,
    "district_centres_completed": 1,
}


def share(reading: str, **facts: object) -> str:
    return told(ask_district("target_50_percent", readings={"fifty_percent": reading}, **{**HALF, **facts}))


@pytest.mark.parametrize(
    ("reading", "facts", "expected"),
    [
        ("organizations", {"organizations_incubated": 19},
         "not_met conditions; has 0.475 of 0.5, lacks 0.025; " + SHORT),
        ("organizations", {}, "met; has 0.5 of 0.5, lacks 0"),
        ("organizations", {"organizations_incubated": 21}, "met; has 0.525 of 0.5, lacks 0"),
        ("townships", {"township_bases_completed": 10}, "not_met conditions; has 10/21 of 0.5, lacks 1/42; " + SHORT),
        ("townships", {}, "met; has 11/21 of 0.5, lacks 0"),
        ("townships", {"township_bases_completed": 14}, "met; has 2/3 of 0.5, lacks 0"),
        ("places", {"organizations_total": 24}, "met; has 0.5 of 0.5, lacks 0"),
        ("places", {"organizations_total": 25}, "not_met conditions; has 0.48 of 0.5, lacks 0.02; " + SHORT),
        ("places", {"organizations_total": 24, "district_centres_completed": 0},
         "not_met conditions; has 11/24 of 0.5, lacks 1/24; " + SHORT),
    ],
)  # fmt: skip
def test_half_under_each_reading(reading: str, facts: Facts, expected: str) -> None:
    assert share(reading, **facts) == expected


def test_left_open_half_is_reached_where_it_is_however_counted() -> None:
    assert told(ask_district("target_50_percent", **{**HALF, "organizations_total": 24})) == (
        "met; has ? of 0.5, lacks 0"
    )
    assert told(ask_district("target_50_percent", **HALF)) == (
        "undetermined; has ? of 0.5, lacks ?; open fifty_percent"
    )
    assert ask_district("target_50_percent", **HALF, readings={"fifty_percent": "townships"}).depends_on == (
        "fifty_percent",
    )


def test_of_no_organization_none_is_a_half() -> None:
    assert share("organizations", organizations_total=0, organizations_incubated=0).startswith("not_met conditions")


def test_the_share_of_townships_counts_up_to_the_end_of_the_year() -> None:
    facts: Facts = {"township_bases_completed": None, "facilities": [*bases(10), base(11, "2022-01-01")]}
    assert share("townships", **facts) == "not_met conditions; has 10/21 of 0.5, lacks 1/42; " + SHORT
    facts = {"township_bases_completed": None, "facilities": [*bases(10), base(11, "2021-12-31")]}
    assert share("townships", **facts) == "met; has 11/21 of 0.5, lacks 0"


@pytest.mark.parametrize(
    ("townships", "expected"),
    [
        (20, "met; has 0.5 of 0.5, lacks 0"),
        (21, "not_met conditions; has 10/21 of 0.5, lacks 1/42; " + SHORT),
        (22, "not_met conditions; has 5/11 of 0.5, lacks 1/22; " + SHORT),
        (None, "not_met conditions; has 10/21 of 0.5, lacks 1/42; " + SHORT),
    ],
)
def test_the_townships_are_21_unless_the_case_tells_otherwise(townships: int | None, expected: str) -> None:
    assert share("townships", township_bases_completed=10, township_count=townships) == expected


REGISTERED_IN, REGISTERED_OUT = ({"status": "registered", "is_incubated": x} for x in (True, False))
FILED_IN, FILED_OUT = ({"status": "filed", "is_incubated": x} for x in (True, False))
ILLEGAL = {"status": "illegal", "is_incubated": True}


@pytest.mark.parametrize(
    ("organizations", "registered_only", "filed_too"),
    [
        ([REGISTERED_IN, REGISTERED_OUT], "0.5", "0.5"),
        ([REGISTERED_IN, REGISTERED_OUT, FILED_IN], "0.5", "2/3"),
        ([REGISTERED_IN, FILED_OUT, ILLEGAL, {"status": "planned", "is_incubated": True}], "1", "0.5"),
        ([{"status": "deregistered", "is_incubated": True}, REGISTERED_OUT], "0", "0"),
    ],
)
def test_organizations_are_counted_from_the_list(
    organizations: list[Facts], registered_only: str, filed_too: str
) -> None:
    for reading, expected in (("registered_only", registered_only), ("filed_too", filed_too)):
        readings = {"fifty_percent": "organizations", "fifty_percent_filed": reading}
        decision = ask_district("target_50_percent", organizations=organizations, readings=readings)
        assert decision.measure is not None
        assert decision.measure.value == expected


def test_whether_those_filed_count_is_open_where_it_decides() -> None:
    listed = [REGISTERED_IN, FILED_OUT, FILED_OUT]
    decision = ask_district("target_50_percent", organizations=listed, readings={"fifty_percent": "organizations"})
    assert told(decision) == (
        "undetermined; has ? of 0.5, lacks ?; missing organizations_total; open fifty_percent_filed"
    )


@pytest.mark.parametrize(
    ("count", "centre", "together", "each_level"),
    [
        (10, 1, "met; has 0.5 of 0.5, lacks 0", f"not_met conditions; has 10/21 of 0.5, lacks 1/42; {SHORT}"),
        (11, 0, "met; has 0.5 of 0.5, lacks 0", f"not_met conditions; has 0 of 0.5, lacks 0.5; {SHORT}"),
        (11, 1, "met; has 6/11 of 0.5, lacks 0", "met; has 11/21 of 0.5, lacks 0"),
        (9, 2, f"not_met conditions; has 5/11 of 0.5, lacks 1/22; {SHORT}",
         f"not_met conditions; has 3/7 of 0.5, lacks 1/14; {SHORT}"),
    ],
)  # fmt: skip
def test_coverage_at_both_levels(count: int, centre: int, together: str, each_level: str) -> None:
    facts: Facts = {"township_bases_completed": count, "district_centres_completed": centre}
    for reading, expected in (("together", together), ("each_level", each_level)):
        readings = {"coverage_vs_target": "binding", "coverage_vs_target_levels": reading}
        line = told(ask_district("target_coverage", **facts, readings=readings))
        assert line == (expected if "not_met" in expected else f"{expected}; gaps coverage_vs_target_places")


def test_whether_the_coverage_binds_is_open() -> None:
    facts: Facts = {"township_bases_completed": 14, "district_centres_completed": 1}
    assert told(ask_district("target_coverage", **facts)) == (
        "undetermined; has ? of 0.5, lacks 0; open coverage_vs_target; gaps coverage_vs_target_places"
    )
    only_quoted = ask_district("target_coverage", **facts, readings={"coverage_vs_target": "quoted_only"})
    assert told(only_quoted).startswith("not_met not_applicable")
    few = ask_district("target_coverage", township_bases_completed=1, district_centres_completed=0)
    assert told(few).startswith("not_met conditions")


# ----------------------------------------------------------------------------------------------------- whose targets

TARGETS = ["target_14_year_end", "target_district_centre", "target_50_percent", "target_14_october", "target_21"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("facts", "applies"),
    [
        ({"division": "530502"}, True),
        ({"division": "530502000"}, True),
        ({"division": "530502000000"}, True),
        ({"division": "533001"}, True),
        ({"division": "530502", "level": None}, True),
        ({"division": "530502", "level": "township"}, False),
        ({"division": "530502002"}, False),
        ({"division": "530500"}, False),
        ({"division": "530521"}, False),
    ],
)
def test_the_targets_are_those_of_the_district(target: str, facts: Facts, *, applies: bool) -> None:
    assert ("not_applicable" in told(ask_district(target, **facts))) is not applies
