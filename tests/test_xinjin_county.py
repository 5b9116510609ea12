"""四 and 五: what the county is to build, its libraries, its fund, and the notice to who lags behind."""

import pytest
from xinjin_cases import (
    CHARITY,
    COMMUNITY,
    INDUSTRY,
    PARK,
    Facts,
    ask_county,
    claims,
    models,
    of,
    told,
)


def built(kind: str, *completed: str | None) -> list[dict[str, object]]:
    return [{"kind": kind, "division": "510132", **({"completed_on": day} if day else {})} for day in completed]


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
