"""三(三)2: half of a prize-winning project, at most 50,000 yuan; which prizes, and what stacks with what."""

import pytest
from yangpu_cases import Facts, ask, by_reading, claims, items, told
from yangpu_projects import HONOUR, PRIZE, TOGETHER, VENTURE, WON, match, prizes, subsidy


@claims(
    {
        "half of the amount": ({}, "met, 40000"),
        "49999.99": ({"project_amount": "99999.98"}, "met, 49999.99"),
        "half a fen is rounded up": ({"project_amount": "99999.99"}, "met, 50000"),
        "50000": ({"project_amount": 100_000}, "met, 50000"),
        "no more than 50000": ({"project_amount": "100000.02"}, "met, 50000"),
        "an unknown amount leaves the ceiling": (
            {"project_amount": None},
            "met, 0..50000; missing contest_awards[0].project_amount",
        ),
        "a national contest": ({"level": "国家级"}, "met, 40000"),
        "a contest of the district": ({"level": "区级"}, "not_met conditions; by contest_level@三(三)2"),
        "a contest of unknown level": (
            {"level": None},
            "undetermined, 40000; missing contest_awards[0].level",
        ),
        "a street of the district": ({"service_division": "310110009", "clients_division": "310110009"}, "met, 40000"),
        "another district": (
            {"service_division": "310115", "clients_division": "310115"},
            "not_met conditions; by serves_yangpu@三(三)2",
        ),
        "the whole city": (
            {"service_division": "310000", "clients_division": "310000"},
            "not_met conditions; by serves_yangpu@三(三)2",
        ),
        "the area alone": ({"clients_division": "310115"}, "undetermined, 40000; open service_scope"),
        "the clients alone": ({"service_division": "310115"}, "undetermined, 40000; open service_scope"),
        "a prize won tomorrow does not exist yet": (
            {"awarded_on": "2023-06-02"},
            "not_met conditions; by 创业大赛奖项@三(三)2",
        ),
    }
)
def test_contest_subsidy(given: Facts, expected: str) -> None:
    assert subsidy(contest_awards=[{**PRIZE, **given}]) == expected


REFUSED = "not_met conditions; by prize_suffices@三(三)2"
UNRANKED = "undetermined, 40000; open prize_names"
PRIZES = {  # prize: open, by rank, literal, by rank without the third
    "一等奖": (WON, WON, WON, WON),
    "二等奖": (WON, WON, WON, WON),
    "三等奖": (WON, WON, WON, REFUSED),
    "四等奖": (REFUSED, REFUSED, REFUSED, REFUSED),
    "优秀奖": (REFUSED, REFUSED, REFUSED, REFUSED),
    **dict.fromkeys(("特等奖", "金奖", "银奖", "冠军", "亚军"), (UNRANKED, WON, REFUSED, WON)),
    **dict.fromkeys(("铜奖", "季军"), (UNRANKED, WON, REFUSED, REFUSED)),
}


@pytest.mark.parametrize(("prize", "lines"), PRIZES.items(), ids=PRIZES)
def test_which_prizes_are_third_or_above(prize: str, lines: tuple[str, ...]) -> None:
    readings = ({}, {"prize_names": "by_rank"}, {"prize_names": "literal"},
                {"prize_names": "by_rank", "third_prize": "excluded"})  # fmt: skip
    assert tuple(subsidy(contest_awards=[{**PRIZE, "prize": prize}], readings=r) for r in readings) == lines


@pytest.mark.parametrize(
    ("prize", "expected"),
    [
        ("人气奖", "undetermined, 40000; gaps prize_names_other"),
        (None, "undetermined, 40000; missing contest_awards[0].prize; open prize_names; gaps prize_names_other"),
    ],
)
def test_the_text_does_not_say_how_other_prizes_rank(prize: str | None, expected: str) -> None:
    line = told(ask("contest_subsidy", contest_awards=[{**PRIZE, "prize": prize}]))
    assert line == f"{expected}{' ' if 'gaps' in expected else '; gaps '}project_amount_match service_scope_extent"


BOTH_100 = prizes(
    {"project_amount": 100_000, "awarded_on": "2023-02-01"}, {"project_amount": 100_000, "awarded_on": "2023-05-01"}
)


@by_reading(
    {
        "third_prize": ({"contest_awards": [{**PRIZE, "prize": "三等奖"}]}, {"included": WON, "excluded": REFUSED}),
        "prize_names": ({"contest_awards": [{**PRIZE, "prize": "金奖"}]}, {"by_rank": WON, "literal": REFUSED}),
        "service_scope": (
            {"contest_awards": [{**PRIZE, "clients_division": "310115"}]},
            {"both": "not_met conditions; by serves_yangpu@三(三)2", "either": WON},
        ),
        "retroactivity": (
            {"contest_awards": [{**PRIZE, "awarded_on": "2021-07-20"}]},
            {
                "application_date": WON,
                "event_since_effect": "not_met conditions; by contest_counts@三(三)2",
                "event_since_2021": WON,
            },
        ),
        "stacking": (
            {"contest_awards": [PRIZE], "honours": [HONOUR]},
            {"cumulates": WON, "one_only": "not_met conditions; by contest_stacking@三(三)2"},
        ),
        "cap_unit": (BOTH_100, {"per_project": "met, 100000", "per_organization_and_year": "met, 50000"}),
    }
)
def test_contest_subsidy_under_each_reading(given: Facts, expected: str) -> None:
    assert subsidy(**given) == expected


def test_one_prize_or_honour_of_the_same_name_among_others_is_enough_to_replace_and_none_replaces_nothing() -> None:
    readings = {"stacking": "one_only"}
    other = {"name": "别的"}
    assert match(ventures=[VENTURE], contest_awards=[], readings=readings) == "met, 0..40000"
    assert match(ventures=[VENTURE], contest_awards=[PRIZE, {**PRIZE, **other}], readings=readings) == (
        "not_met conditions; by venture_stacking@三(三)1"
    )
    assert subsidy(contest_awards=[PRIZE], honours=[], readings=readings) == WON
    assert subsidy(contest_awards=[PRIZE], honours=[HONOUR, {**HONOUR, **other}], readings=readings) == (
        "not_met conditions; by contest_stacking@三(三)2"
    )


@pytest.mark.parametrize(
    "honour", [{"level": "区级"}, {"holder": "staff"}, {"name": "别的奖"}, {"granted_in": "320100"}], ids=str
)
def test_only_an_honour_that_is_rewarded_replaces_the_subsidy_of_the_same_prize(honour: Facts) -> None:
    facts: Facts = {"contest_awards": [PRIZE], "honours": [{**HONOUR, **honour}]}
    assert subsidy(**facts, readings={"stacking": "one_only"}) == WON


LATER = {**HONOUR, "awarded_on": "2023-02-02"}
ANOTHER = {**HONOUR, "name": "别的奖", "matter": "助老"}
NATIONAL = {**ANOTHER, "level": "国家级"}
REPLACED = "not_met conditions; by contest_stacking@三(三)2"


@claims(
    {
        "one that pays": (("highest_only", HONOUR), REPLACED),
        "one that yields to a higher one": (("highest_only", HONOUR, NATIONAL), WON),
        "one that yields to an earlier one": (("highest_only", LATER, ANOTHER), WON),
        "one of two of one day, both of which pay": (("highest_only", HONOUR, ANOTHER), REPLACED),
        "the higher one": (("highest_only", {**HONOUR, "level": "国家级"}, ANOTHER), REPLACED),
        "one that yields to a higher one of its year": (("highest_per_year", LATER, NATIONAL), WON),
        "one whose year has no higher one": (
            ("highest_per_year", HONOUR, {**NATIONAL, "awarded_on": "2022-12-31"}),
            REPLACED,
        ),
        "one that yields to another of its matter": (("same_matter_once", {**HONOUR, "matter": "助老"}, NATIONAL), WON),
        "one of another matter": (("same_matter_once", {**HONOUR, "matter": "助残"}, NATIONAL), REPLACED),
        "one beside a higher one, each paid": (("per_honour", HONOUR, NATIONAL), REPLACED),
        "one that may yield": (
            ("highest_only", HONOUR, {**NATIONAL, "level": None}),
            "undetermined, 40000; missing honours[1].level",
        ),
    }
)
def test_only_an_honour_that_is_paid_replaces_the_subsidy_of_the_same_prize(
    given: tuple[str, *tuple[Facts, ...]], expected: str
) -> None:
    unit, *honours = given
    readings = {"stacking": "one_only", "honour_unit": unit}
    assert subsidy(contest_awards=[PRIZE], honours=honours, readings=readings) == expected


def test_a_prize_that_is_an_honour_too_is_paid_under_one_of_the_clauses_and_not_under_none() -> None:
    facts: Facts = {"contest_awards": [PRIZE], "honours": [HONOUR, NATIONAL], "ventures": []}
    highest = {"honour_unit": "highest_only"}
    assert items(ask("honour_award", **facts, readings=highest)) == ["not_met conditions", "met, 80000"]
    assert subsidy(**facts, readings={"stacking": "one_only", **highest}) == WON


@claims(
    {
        "the later prize gets what is left": (
            prizes({"project_amount": 60_000}, {"project_amount": 60_000, "awarded_on": "2023-02-02"}),
            ["met, 30000", "met, 20000"],
        ),
        "another year counts apart": (
            prizes({"project_amount": 100_000, "awarded_on": "2022-12-31"}, {}),
            ["met, 50000", WON],
        ),
        "a prize that is not subsidized takes nothing": (
            prizes({"level": "区级"}, {"awarded_on": "2023-02-02"}),
            ["not_met conditions", WON],
        ),
    }
)
def test_one_cap_for_the_prizes_of_a_year_is_used_up_in_order(given: Facts, expected: list[str]) -> None:
    lines = items(ask("contest_subsidy", **given, readings=TOGETHER))
    assert [line.removesuffix("; gaps project_amount_match service_scope_extent") for line in lines] == expected


def test_prizes_of_one_day_share_one_cap_as_projects_do() -> None:
    large, small = {"project_amount": 200_000}, {"project_amount": 40_000}
    assert told(ask("contest_subsidy", **prizes(large, small), readings=TOGETHER)).startswith(
        "met, 30000..70000; gaps cap_unit_day"
    )
    for other in ({"level": "区级"}, {"prize": "四等奖"}):
        assert subsidy(**prizes(large, {**large, **other}), readings=TOGETHER) == "met, 50000"
