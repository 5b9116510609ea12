"""三, 四 and 五: what the county is to reach by when, its libraries, its fund, and the notice to who lags behind."""

from typing import Any

import pytest
from xinjin_cases import Facts, ask_county, by_reading, claims, told

HERE = {"status": "registered", "division": "510132", "established_on": "2015-01-01"}
FILED = {"status": "filed", "division": "510132"}
ELSEWHERE = {**HERE, "division": "510104"}
COMMUNITY, CHARITY, INDUSTRY = "城乡社区服务类", "公益慈善类", "行业协会商会类"
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


def of(category: str, **facts: object) -> dict[str, object]:
    return {**HERE, "category": category, **facts}


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


def built(kind: str, *completed: str | None) -> list[dict[str, object]]:
    return [{"kind": kind, "division": "510132", **({"completed_on": day} if day else {})} for day in completed]


PARK: Facts = {"county_parks": 1}
NO_PARK = "not_met conditions; has 12 of 12, lacks 0; by county_park@四(三)8"


@claims(
    {
        "11 stations": (
            {**PARK, "township_stations": 11},
            "not_met conditions; has 11 of 12, lacks 1; by reached@四(三)8",
        ),
        "12 stations and a park": ({**PARK, "township_stations": 12}, "met; has 12 of 12, lacks 0"),
        "13 stations and two parks": ({"county_parks": 2, "township_stations": 13}, "met; has 13 of 12, lacks 0"),
        "12 stations and no park": ({"county_parks": 0, "township_stations": 12}, NO_PARK),
        "a list": (
            {
                "facilities": [
                    *built("township_base", *["2016-10-01"] * 10, None, "2017-06-01"),
                    *built("park", "2017-06-01"),
                    *built("community_centre", "2016-10-01"),
                ]
            },
            "met; has 12 of 12, lacks 0",
        ),
        "what is completed later, or stands elsewhere, does not count": (
            {
                "facilities": [
                    *built("township_base", *["2016-10-01"] * 11, "2017-06-02", "never"),
                    {"kind": "township_base", "division": "510104"},
                    *built("park", None),
                ]
            },
            "not_met conditions; has 11 of 12, lacks 1; by reached@四(三)8",
        ),
        "a park that is completed later does not count": (
            {"facilities": [*built("township_base", *[None] * 12), *built("park", "2017-06-02")]},
            NO_PARK,
        ),
        "unknown": (
            {},
            "undetermined; has ? of 12, lacks ?; missing county_parks facilities township_stations",
        ),
    }
)
def test_incubation_network(given: Facts, expected: str) -> None:
    assert told(ask_county("incubation_network", **given)) == expected


def models(industry: int | None, charity: int | None, community: int | None) -> Facts:
    return {
        "model_organizations_industry": industry,
        "model_organizations_charity": charity,
        "model_organizations_community": community,
    }


@claims(
    {
        "one of each": (models(1, 1, 1), "met; has 3 of 3, lacks 0"),
        "two of each": (models(2, 2, 2), "met; has 3 of 3, lacks 0"),
        "no industry association": (
            models(0, 5, 5),
            "not_met conditions; has 2 of 3, lacks 1; by industry_models@四(五)20",
        ),
        "no charity": (models(5, 0, 5), "not_met conditions; has 2 of 3, lacks 1; by charity_models@四(五)20"),
        "no community service": (
            models(5, 5, 0),
            "not_met conditions; has 2 of 3, lacks 1; by community_models@四(五)20",
        ),
        "none at all": (
            models(0, 0, 0),
            "not_met conditions; has 0 of 3, lacks 3; by industry_models@四(五)20",
        ),
        "one unknown": (
            models(1, None, 1),
            "undetermined; has ? of 3, lacks ?; missing model_organizations_charity organizations",
        ),
        "a list": (
            {
                "organizations": [
                    of(INDUSTRY, is_model_organization=True),
                    of(CHARITY, is_model_organization=True, status="filed"),
                    of(COMMUNITY, is_model_organization=False),
                    of(COMMUNITY, is_model_organization=True, division="510104"),
                    of("科技类", is_model_organization=True),
                ]
            },
            "not_met conditions; has 2 of 3, lacks 1; by community_models@四(五)20",
        ),
    }
)
def test_model_organizations(given: Facts, expected: str) -> None:
    assert told(ask_county("model_organizations", **given)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (models(11, 12, 12), "not_met conditions; has 35 of 36, lacks 1; by industry_models@四(五)20"),
        (models(12, 11, 12), "not_met conditions; has 35 of 36, lacks 1; by charity_models@四(五)20"),
        (models(12, 12, 11), "not_met conditions; has 35 of 36, lacks 1; by community_models@四(五)20"),
        (models(12, 12, 12), "met; has 36 of 36, lacks 0"),
        (models(13, 13, 13), "met; has 36 of 36, lacks 0"),
        (models(30, 6, 0), "not_met conditions; has 18 of 36, lacks 18; by charity_models@四(五)20"),
    ],
)
def test_twelve_model_organizations_of_each_kind(facts: Facts, expected: str) -> None:
    assert told(ask_county("model_organizations", readings={"twelve_or_1to2": "twelve"}, **facts)) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (19, "not_met conditions; has 19 of 20, lacks 1; by reached@四(五)18"),
        (20, "met; has 20 of 20, lacks 0"),
        (21, "met; has 21 of 20, lacks 0"),
    ],
)
def test_three_society_projects(count: int, expected: str) -> None:
    for reading, fact, other in (
        ("communities", "three_society_communities", "three_society_projects"),
        ("projects", "three_society_projects", "three_society_communities"),
    ):
        decision = ask_county("three_society_projects", readings={"twenty": reading}, **{fact: count, other: 0})
        assert told(decision) == expected


def test_whether_twenty_projects_or_communities_is_open_where_they_differ() -> None:
    facts: Facts = {"three_society_communities": 19, "three_society_projects": 20}
    assert told(ask_county("three_society_projects", **facts)) == "undetermined; has ? of 20, lacks ?; open twenty"
    facts = {"three_society_communities": 20, "three_society_projects": 20}
    assert told(ask_county("three_society_projects", **facts)) == "met; has 20 of 20, lacks 0"
    assert told(ask_county("three_society_projects", three_society_projects=30)) == (
        "undetermined; has ? of 20, lacks ?; missing three_society_communities; open twenty"
    )


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


BOTH: Facts = {"has_social_work_association": True, "has_volunteer_association": True}


@claims(
    {
        "both": ({}, "met"),
        "no association of social workers": (
            {"has_social_work_association": False},
            "not_met conditions; by social_work_association@四(三)10",
        ),
        "no association of volunteers": (
            {"has_volunteer_association": False},
            "not_met conditions; by volunteer_association@四(三)10",
        ),
        "one unknown": ({"has_volunteer_association": None}, "undetermined; missing has_volunteer_association"),
    }
)
def test_county_associations(given: Facts, expected: str) -> None:
    assert told(ask_county("county_associations", **{**BOTH, **given})) == expected


KINDS = ["登记注册", "备案登记", "外来活动"]
CONTENTS = ["名称", "所在社区", "成立方式", "活动领域", "活动人数", "牵头人", "联系方式"]


def libraries(kinds: list[str], contents: list[str]) -> Facts:
    return {"information_libraries": kinds, "information_fields": contents}


def test_three_libraries_with_seven_contents() -> None:
    decision = ask_county("information_libraries", **libraries(KINDS, CONTENTS))
    assert told(decision) == "met"
    assert [c.outcome.value for c in decision.checklist or ()] == ["met"] * 10


@pytest.mark.parametrize("lacking", [*KINDS, *CONTENTS])
def test_a_library_or_content_that_lacks_is_named(lacking: str) -> None:
    kinds, contents = ([x for x in all_ if x != lacking] for all_ in (KINDS, CONTENTS))
    decision = ask_county("information_libraries", **libraries(kinds, contents))
    assert told(decision).startswith("not_met conditions; by ")
    failed = [c.test for c in decision.checklist or () if c.outcome.value == "not_met"]
    assert len(failed) == 1
    assert lacking in failed[0]


def test_unknown_libraries_leave_it_open() -> None:
    facts = {"information_libraries": KINDS}
    assert told(ask_county("information_libraries", **facts)) == "undetermined; missing information_fields"


FUND: Facts = {"has_special_fund": True, "special_fund_in_budget": True}


@claims(
    {
        "set up and in the budget": ({}, "met; gaps fund_rules"),
        "not set up": ({"has_special_fund": False}, "not_met conditions; by fund_exists@五(二)"),
        "not in the budget": ({"special_fund_in_budget": False}, "not_met conditions; by fund_in_budget@五(二)"),
        "unknown": ({"has_special_fund": None}, "undetermined; missing has_special_fund; gaps fund_rules"),
    }
)
def test_special_fund(given: Facts, expected: str) -> None:
    assert told(ask_county("special_fund", **{**FUND, **given})) == expected


@claims(
    {
        "lagging": ({"work_is_lagging": True}, "met"),
        "not lagging": ({"work_is_lagging": False}, "not_met conditions; by work_is_lagging@五(四)"),
        "unknown": ({}, "undetermined; missing work_is_lagging"),
        "a township that lags": (
            {"work_is_lagging": True, "division": "510132100", "level": "township"},
            "met",
        ),
        "somewhere else": (
            {"work_is_lagging": True, "division": "510104"},
            "not_met not_applicable; by in_the_county@五(四)",
        ),
    }
)
def test_lagging_notice(given: Facts, expected: str) -> None:
    assert told(ask_county("lagging_notice", **given)) == expected


def test_the_notice_is_criticism_before_all() -> None:
    assert ask_county("lagging_notice", work_is_lagging=True).result == "县民政局会同县目督办通报批评，并计入年终考核"
