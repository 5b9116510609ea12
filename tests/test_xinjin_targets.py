"""三 and what of 四 is a number: what the county is to reach, by when, and under which reading."""

from typing import Any

import pytest
from xinjin_cases import (
    CHARITY,
    COMMUNITY,
    ELSEWHERE,
    FILED,
    HERE,
    PARK,
    Facts,
    ask_county,
    by_reading,
    claims,
    models,
    of,
    told,
)

TOO_FEW = "not_met conditions; by reached@三"


@claims(
    {
        "199": ({"registered_organizations": 199}, "not_met conditions; has 199 of 200, lacks 1; by reached@三"),
        "200": ({"registered_organizations": 200}, "met; has 200 of 200, lacks 0"),
        "201": ({"registered_organizations": 201}, "met; has 201 of 200, lacks 0"),
        "a list of 199": (
            {"organizations": [HERE] * 199},
            "not_met conditions; has 199 of 200, lacks 1; by reached@三",
        ),
        "a list of 200": ({"organizations": [HERE] * 200}, "met; has 200 of 200, lacks 0"),
        "only those registered in Xinjin by the day": (
            {
                "organizations": [
                    HERE,
                    {**HERE, "division": "510118"},
                    {"status": "registered", "division": "510132"},
                    {**HERE, "established_on": "2017-06-01"},
                    {**HERE, "established_on": "2017-06-02"},
                    FILED,
                    ELSEWHERE,
                    {**HERE, "status": "deregistered"},
                ]
            },
            "not_met conditions; has 4 of 200, lacks 196; by reached@三",
        ),
        "a list that may go on": (
            {"organizations": {"items": [HERE] * 200, "complete": False}},
            "met; has ? of 200, lacks 0",
        ),
        "unknown": ({}, "undetermined; has ? of 200, lacks ?; missing registered_organizations organizations"),
    }
)
def test_target_registered(given: Facts, expected: str) -> None:
    assert told(ask_county("target_registered", **given)) == expected


@claims(
    {
        "179": (
            {"community_service_all": 179},
            "not_met conditions; has 179 of 180, lacks 1; by reached@三",
        ),
        "180": ({"community_service_all": 180}, "met; has 180 of 180, lacks 0"),
        "181": ({"community_service_all": 181}, "met; has 181 of 180, lacks 0"),
        "registered, filed and brought in are counted": (
            {
                "organizations": [
                    of(COMMUNITY),
                    of(COMMUNITY, status="filed"),
                    of(COMMUNITY, division="510104"),
                    of(COMMUNITY, status="filed", division="510104"),
                    of(COMMUNITY, status="planned"),
                    of(COMMUNITY, status="deregistered"),
                    of(COMMUNITY, established_on="2017-06-01"),
                    of(COMMUNITY, established_on="2017-06-02"),
                    {"status": "registered", "division": "510132", "category": COMMUNITY},
                    of(CHARITY),
                ]
            },
            "not_met conditions; has 6 of 180, lacks 174; by reached@三",
        ),
        "the kind of one unknown": (
            {"organizations": [of(COMMUNITY)] * 179 + [HERE]},
            "undetermined; has ? of 180, lacks ?; missing community_service_all organizations[179].category",
        ),
        "unknown": ({}, "undetermined; has ? of 180, lacks ?; missing community_service_all organizations"),
    }
)
def test_target_community_service(given: Facts, expected: str) -> None:
    assert told(ask_county("target_community_service", **given)) == expected


PERIOD = "; open percent_base_period"
UNKNOWN_SHARE = "undetermined; has ? of 0.8, lacks ?; missing"
SHARE = "not_met conditions; has {} of {}, lacks {}; by reached@三"


@claims(
    {
        "just below": ({"share_passed_assessment": "0.799"}, SHARE.format("0.799", "0.8", "0.001")),
        "80 percent": ({"share_passed_assessment": "0.8"}, f"met; has 0.8 of 0.8, lacks 0{PERIOD}"),
        "just above": ({"share_passed_assessment": "0.801"}, f"met; has 0.801 of 0.8, lacks 0{PERIOD}"),
        "unknown": (
            {},
            f"{UNKNOWN_SHARE} share_passed_assessment organizations; open percent_base_due percent_base_period",
        ),
    }
)
def test_target_assessed(given: Facts, expected: str) -> None:
    assert told(ask_county("target_assessed", **given)) == expected


def graded(*grades: str | None, **facts: object) -> list[dict[str, object]]:
    """Organizations with a grade each, or with none."""
    won: Any = ([{"grade": grade, "announced_on": "2016-05-01"}] if grade else [] for grade in grades)
    return [{**HERE, "is_due_for_assessment": True, **facts, "assessments": list(a)} for a in won]


@claims(
    {
        "four of five": ({"organizations": graded("3A", "4A", "5A", "3A", None)}, "met; has 0.8 of 0.8, lacks 0"),
        "three of four": (
            {"organizations": graded("3A", "4A", "5A", None)},
            SHARE.format("0.75", "0.8", "0.05"),
        ),
        "two of three": ({"organizations": graded("3A", "4A", None)}, SHARE.format("2/3", "0.8", "2/15")),
        "filed ones do not count": (
            {"organizations": [*graded("3A", "3A", "3A", "3A", None), *graded(None, None, status="filed")]},
            "met; has 0.8 of 0.8, lacks 0",
        ),
        "those of elsewhere do not count": (
            {"organizations": [*graded("3A"), *graded(None, division="510104")]},
            "met; has 1 of 0.8, lacks 0",
        ),
        "a grade announced later does not count yet": (
            {"organizations": [{**graded(None)[0], "assessments": [{"grade": "3A", "announced_on": "2017-06-02"}]}]},
            SHARE.format("0", "0.8", "0.8"),
        ),
        "of no organizations there is no share": (
            {"organizations": []},
            "not_met conditions; has ? of 0.8, lacks ?; by reached@三",
        ),
    }
)
def test_target_assessed_counted_from_a_list(given: Facts, expected: str) -> None:
    decision = ask_county("target_assessed", readings={"percent_base_period": "undated"}, **given)
    assert told(decision) == expected


@claims(
    {
        "just below": ({"share_can_take_functions": "0.199"}, SHARE.format("0.199", "0.2", "0.001")),
        "20 percent": ({"share_can_take_functions": "0.2"}, f"met; has 0.2 of 0.2, lacks 0{PERIOD}"),
        "just above": ({"share_can_take_functions": "0.201"}, f"met; has 0.201 of 0.2, lacks 0{PERIOD}"),
        "one of five": (
            {"organizations": [{**HERE, "can_take_functions": i == 0} for i in range(5)]},
            f"met; has 0.2 of 0.2, lacks 0{PERIOD}",
        ),
        "one of six": (
            {"organizations": [{**HERE, "can_take_functions": i == 0} for i in range(6)]},
            SHARE.format("1/6", "0.2", "1/30"),
        ),
        "of one it is not known": (
            {"organizations": [{**HERE, "can_take_functions": False}] * 4 + [HERE]},
            f"{UNKNOWN_SHARE} share_can_take_functions organizations[4].can_take_functions{PERIOD}".replace(
                "0.8", "0.2"
            ),
        ),
    }
)
def test_target_functions(given: Facts, expected: str) -> None:
    assert told(ask_county("target_functions", **given)) == expected


ALL_AND_REGISTERED: Facts = {"community_service_all": 180, "community_service_registered": 179}


@by_reading(
    {
        "200_180": (
            {"provision": "target_community_service", **ALL_AND_REGISTERED},
            {
                "two_counts": "met; has 180 of 180, lacks 0",
                "registered_only": "not_met conditions; has 179 of 180, lacks 1; by reached@三",
            },
        ),
        "percent_base": (
            {"provision": "target_functions", "readings": {"percent_base_period": "undated"},
             "organizations": [{**HERE, "can_take_functions": True}, *[{**FILED, "can_take_functions": False}] * 5,
                               {**FILED, "division": "510104", "can_take_functions": False},
                               {**HERE, "status": "planned"}]},
            {"registered_only": "met; has 1 of 0.2, lacks 0", "filed_too": SHARE.format("1/6", "0.2", "1/30")},
        ),
        "percent_base_due": (
            {"provision": "target_assessed", "readings": {"percent_base_period": "undated"},
             "organizations": [*graded("3A", "3A", "3A", "3A"), *graded(None, None, is_due_for_assessment=False)]},
            {"all_organizations": SHARE.format("2/3", "0.8", "2/15"), "those_due": "met; has 1 of 0.8, lacks 0"},
        ),
        "percent_base_passed": (
            {"provision": "target_assessed", "readings": {"percent_base_period": "undated"},
             "organizations": graded("1A", "2A", "3A", "4A")},
            {"any_grade": "met; has 1 of 0.8, lacks 0", "grade_3a": SHARE.format("0.5", "0.8", "0.3")},
        ),
        "twelve_or_1to2": (
            {"provision": "model_organizations", **models(2, 2, 2)},
            {
                "twelve": "not_met conditions; has 6 of 36, lacks 30; by industry_models@四(五)20",
                "one_to_two": "met; has 3 of 3, lacks 0",
            },
        ),
        "twenty": (
            {"provision": "three_society_projects", "three_society_communities": 20, "three_society_projects": 19},
            {
                "communities": "met; has 20 of 20, lacks 0",
                "projects": "not_met conditions; has 19 of 20, lacks 1; by reached@四(五)18",
            },
        ),
    }
)  # fmt: skip
def test_targets_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_county(**given)) == expected


def test_the_180_counted_from_a_list_must_be_registered_where_read_so() -> None:
    listed = [of(COMMUNITY), of(COMMUNITY, status="filed"), of(COMMUNITY, division="510104"), of(CHARITY), of("科技类")]
    decision = ask_county("target_community_service", readings={"200_180": "registered_only"}, organizations=listed)
    assert told(decision) == "not_met conditions; has 1 of 180, lacks 179; by reached@三"


@pytest.mark.parametrize(
    ("provision", "facts"),
    [
        ("target_registered", {"registered_organizations": 200}),
        ("target_community_service", {"community_service_all": 180}),
        ("three_society_projects", {"three_society_projects": 20}),
    ],
)
@pytest.mark.parametrize(
    ("readings", "due"),
    [
        ({}, "2019-01-12"),
        ({"three_years": "calendar"}, "2018-12-31"),
        ({"issue_date": "november_2"}, "2019-11-02"),
        ({"issue_date": "posting"}, "2019-03-07"),
        ({"issue_date": "posting", "three_years": "calendar"}, "2018-12-31"),
        ({"three_years": None}, None),
    ],
)
def test_the_targets_are_due_in_three_years(
    provision: str, facts: Facts, readings: dict[str, str | None], due: str | None
) -> None:
    assert ask_county(provision, readings=readings, **facts).due == due


@pytest.mark.parametrize(("period", "due"), [("three_years", "2019-01-12"), ("undated", None), (None, None)])
def test_whether_the_percentages_are_due_with_them_is_open(period: str | None, due: str | None) -> None:
    for provision, fact in (
        ("target_assessed", "share_passed_assessment"),
        ("target_functions", "share_can_take_functions"),
    ):
        decision = ask_county(provision, readings={"percent_base_period": period}, **{fact: "0.9"})
        assert decision.due == due
        assert decision.open_readings == (() if period else ("percent_base_period",))


def test_other_targets_have_no_last_day() -> None:
    assert ask_county("incubation_network", **PARK, township_stations=12).due is None
    assert ask_county("model_organizations", **models(1, 1, 1)).due is None


@pytest.mark.parametrize("as_of", ["2015-01-01", "2019-01-12", "2019-01-13", "2023-06-01"])
def test_a_target_is_judged_on_any_day(as_of: str) -> None:
    assert told(ask_county("target_registered", as_of, registered_organizations=200)) == "met; has 200 of 200, lacks 0"
