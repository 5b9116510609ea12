"""一(二) the district's targets: the layout, 1000 organizations, 700 social workers; its yearly and monthly duties."""

import datetime as dt

import pytest
from yangpu_cases import DISTRICT, Facts, ask_district, by_reading, claims, told

LAYOUT: Facts = {
    "layout_head_base_completed": True,
    "layout_wings_completed": 2,
    "neighbourhood_centres": 60,
    "layout_completed_on": "2022-12-31",
}
GAP = "; gaps target_terms_layout"
COMPLETE = "has 60 of 60, lacks 0"


@claims(
    {
        "completed on the last day": ({}, f"met; {COMPLETE}{GAP}"),
        "completed a day late": (
            {"layout_completed_on": "2023-01-01"},
            f"not_met conditions; {COMPLETE}; by layout_in_time@一(二)",
        ),
        "not completed": (
            {"layout_completed_on": "never"},
            f"not_met conditions; {COMPLETE}; by layout_in_time@一(二)",
        ),
        "completed on an unknown day": (
            {"layout_completed_on": None},
            f"undetermined; {COMPLETE}; missing layout_completed_on{GAP}",
        ),
        "59 centres": (
            {"neighbourhood_centres": 59},
            "not_met conditions; has 59 of 60, lacks 1; by reached@一(二)",
        ),
        "61 centres": ({"neighbourhood_centres": 61}, f"met; has 61 of 60, lacks 0{GAP}"),
        "one wing": (
            {"layout_wings_completed": 1},
            f"not_met conditions; {COMPLETE}; by two_wings@一(二)",
        ),
        "three wings": ({"layout_wings_completed": 3}, f"met; {COMPLETE}{GAP}"),
        "no head base": (
            {"layout_head_base_completed": False},
            f"not_met conditions; {COMPLETE}; by head_base@一(二)",
        ),
        "not yet completed on the day of the question": (
            {"as_of": "2022-12-30"},
            f"not_met conditions; {COMPLETE}; by layout_in_time@一(二)",
        ),
        "completed on the day of the question": ({"as_of": "2022-12-31"}, f"met; {COMPLETE}{GAP}"),
    }
)
def test_target_layout(given: Facts, expected: str) -> None:
    assert told(ask_district("target_layout", **{**LAYOUT, **given})) == expected


@pytest.mark.parametrize(
    ("target", "facts", "due"),
    [
        ("target_layout", LAYOUT, "2022-12-31"),
        ("target_organizations", {"registered_organizations": 1000}, "2025-12-31"),
        ("target_social_workers", {"certified_social_workers": 700}, "2025-12-31"),
        ("target_data", {"data_in_use": True, "platform_integrated": True}, "2025-12-31"),
    ],
)
def test_a_target_shows_its_last_day(target: str, facts: Facts, due: str) -> None:
    decision = ask_district(target, **facts)
    assert decision.due == due
    assert decision.measure is None or decision.measure.shortfall == "0"


HERE = {"status": "registered", "division": "310110"}
BY_CITY = {"status": "registered", "division": "310000", "offices": [{"division": "310110009"}]}


@claims(
    {
        "999": (
            {"registered_organizations": 999},
            "not_met conditions; has 999 of 1000, lacks 1; by reached@一(二)",
        ),
        "1000": ({"registered_organizations": 1000}, "met; has 1000 of 1000, lacks 0"),
        "1001": ({"registered_organizations": 1001}, "met; has 1001 of 1000, lacks 0"),
        "a list is counted": (
            {"organizations": [HERE, {**HERE, "status": "filed"}, {**HERE, "division": "310115"}, HERE]},
            "not_met conditions; has 2 of 1000, lacks 998; by reached@一(二)",
        ),
        "unknown": ({}, "undetermined; has ? of 1000, lacks ?; missing registered_organizations organizations"),
    }
)
def test_target_organizations(given: Facts, expected: str) -> None:
    assert told(ask_district("target_organizations", **given)) == expected


def workers(*certificates: str, **facts: object) -> Facts:
    return {**HERE, "staff": [{"certificate": c, **facts} for c in certificates]}


PERSONS = "; gaps target_terms_persons"


@claims(
    {
        "699": (
            {"certified_social_workers": 699},
            "not_met conditions; has 699 of 700, lacks 1; by reached@一(二)",
        ),
        "700": ({"certified_social_workers": 700}, f"met; has 700 of 700, lacks 0{PERSONS}"),
        "701": ({"certified_social_workers": 701}, f"met; has 701 of 700, lacks 0{PERSONS}"),
        "the staff of the organizations is counted": (
            {
                "organizations": [
                    workers("助理社会工作师", "社会工作师", "高级社会工作师", "无"),
                    workers("社会工作师", is_employed=False),
                    workers("社会工作师", joined_on="2023-06-02"),
                    {**workers("社会工作师"), "division": "310115"},
                    {**workers("社会工作师"), "status": "filed"},
                    workers("社会工作师", is_employed=True),
                ]
            },
            "not_met conditions; has 4 of 700, lacks 696; by reached@一(二)",
        ),
        "unknown": (
            {},
            f"undetermined; has ? of 700, lacks ?; missing certified_social_workers organizations{PERSONS}",
        ),
    }
)
def test_target_social_workers(given: Facts, expected: str) -> None:
    assert told(ask_district("target_social_workers", **given)) == expected


@by_reading(
    {
        "target_terms": (
            {"organizations": [HERE, BY_CITY]},
            {
                "registered_by_district": "not_met conditions; has 1 of 1000, lacks 999; by reached@一(二)",
                "located_too": "not_met conditions; has 2 of 1000, lacks 998; by reached@一(二)",
            },
        ),
    }
)
def test_target_organizations_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_district("target_organizations", **given)) == expected


@pytest.mark.parametrize(
    ("organization", "counts"),
    [
        (BY_CITY, True),
        ({**BY_CITY, "status": "filed"}, False),
        ({**BY_CITY, "division": "320000"}, False),
        ({**BY_CITY, "division": "310115"}, False),
        *(({**BY_CITY, "division": code}, True) for code in ("31", "3100", "310000000", "310000000000")),
        ({**BY_CITY, "offices": [{"division": "310115"}]}, False),
        ({**BY_CITY, "offices": [{"division": "310115"}, {"division": "310110"}]}, True),
    ],
)
def test_an_organization_of_the_city_counts_where_it_is_located(organization: Facts, *, counts: bool) -> None:
    readings = {"target_terms": "located_too"}
    decision = ask_district("target_organizations", organizations=[organization], readings=readings)
    assert decision.measure is not None
    assert decision.measure.value == str(int(counts))


DATA: Facts = {"data_in_use": True, "platform_integrated": True}


@claims(
    {
        "both done": ({}, "met"),
        "data not in use": ({"data_in_use": False}, "not_met conditions; by data_in_use@一(二)"),
        "platform not integrated": (
            {"platform_integrated": False},
            "not_met conditions; by platform_integrated@一(二)",
        ),
        "one of them unknown": ({"data_in_use": None}, "undetermined; missing data_in_use"),
    }
)
def test_target_data(given: Facts, expected: str) -> None:
    assert told(ask_district("target_data", **{**DATA, **given})) == expected


@claims(
    {
        "party_meetings of this month": ({"party_meeting_months": ["2023-06"]}, "met"),
        "party_meetings of other months": (
            {"party_meeting_months": ["2023-05", "2023-07"]},
            "not_met conditions; by meeting_this_month@二(一)3",
        ),
        "party_meetings unknown": ({}, "undetermined; missing party_meeting_months"),
        "index_publication of this year": ({"index_published_years": [2023]}, "met"),
        "index_publication of other years": (
            {"index_published_years": [2022, 2024]},
            "not_met conditions; by index_this_year@二(三)",
        ),
        "yearly_summit of this year": ({"summit_years": [2023]}, "met"),
        "yearly_summit of other years": (
            {"summit_years": [2022, 2024]},
            "not_met conditions; by summit_this_year@二(四)2",
        ),
    }
)
def test_what_the_district_does_regularly(request: pytest.FixtureRequest, given: Facts, expected: str) -> None:
    provision = request.node.callspec.id.split()[0]
    decision = ask_district(provision, **given)
    assert told(decision) == expected
    assert decision.duty is not None
    assert decision.duty["who"]


SELECTED = "not_met conditions; by selection_done@三(四)2"


@pytest.mark.parametrize(
    ("count", "exactly_two", "at_most_two", "left_open"),
    [
        (0, SELECTED, SELECTED, SELECTED),
        (1, SELECTED, "met", "undetermined; open supervisor_quota"),
        (2, "met", "met", "met"),
        (3, SELECTED, SELECTED, SELECTED),
    ],
)
def test_two_supervisors_are_selected_every_year(
    count: int, exactly_two: str, at_most_two: str, left_open: str
) -> None:
    years = [{"year": 2023, "count": count}, {"year": 2022, "count": 2}]
    for reading, expected in (("exactly_two", exactly_two), ("at_most_two", at_most_two), (None, left_open)):
        readings = {"supervisor_quota": reading}
        assert told(ask_district("supervisor_selection", supervisors_selected=years, readings=readings)) == expected


def test_the_supervisors_of_a_year_are_added_up() -> None:
    twice = [{"year": 2023, "count": 1}, {"year": 2023, "count": 1}]
    assert told(ask_district("supervisor_selection", supervisors_selected=twice)) == "met"


def test_a_duty_of_the_month_is_open_again_with_the_next_month() -> None:
    assert ask_district("party_meetings", party_meeting_months=["2023-06"]).next_change == dt.date(2023, 7, 1)
    assert ask_district("yearly_summit", summit_years=[2023]).next_change == dt.date(2024, 1, 1)


def test_the_district_is_that_of_yangpu() -> None:
    assert DISTRICT["division"] == "310110"
