"""二, 三(一)1, 三(一)4-5 and 三(二)6 for a province, a city, a county and a community: pilots, funds, people."""

import pytest
from hainan_cases import Facts, ask_community, ask_county, ask_pilot, by_reading, claims, told

from socorg_rules import load_pack
from socorg_rules.errors import CaseError

# ------------------------------------------------------------------------------------------------------ 二 pilots

PROVINCE: Facts = {"division": "460000", "level": "province"}
IN_TIME, IN_STAGE = (
    "not_met conditions; by evaluated_in_time@二(二)",
    "not_met conditions; by evaluated_in_stage@二(二)",
)
NOT_YET = "not_met conditions; by evaluated@二(二)"


@claims(
    {
        "evaluated on the last day": ({"pilot_evaluated_on": "2022-12-31"}, "met"),
        "evaluated the day before": ({"pilot_evaluated_on": "2022-12-30"}, "met"),
        "evaluated a day late": ({"pilot_evaluated_on": "2023-01-01"}, IN_TIME),
        "evaluated before 2022": ({"pilot_evaluated_on": "2021-12-31"}, "met"),
        "evaluated on the day the plan was issued": ({"pilot_evaluated_on": "2021-05-26"}, "met"),
        "evaluated in the days before": (
            {"pilot_evaluated_on": "2021-05-25"},
            "undetermined; open stage_dates",
        ),
        "evaluated on 1 May 2021": ({"pilot_evaluated_on": "2021-05-01"}, "undetermined; open stage_dates"),
        "evaluated before the action began": ({"pilot_evaluated_on": "2021-04-30"}, IN_STAGE),
        "not evaluated": ({"pilot_evaluated_on": "never"}, NOT_YET),
        "evaluated tomorrow": ({"as_of": "2022-10-09", "pilot_evaluated_on": "2022-10-10"}, NOT_YET),
        "evaluated today": ({"as_of": "2022-10-10", "pilot_evaluated_on": "2022-10-10"}, "met"),
        "unknown": ({}, "undetermined; missing pilot_evaluated_on; open stage_dates"),
        "asked years later": ({"as_of": "2026-01-01", "pilot_evaluated_on": "2022-12-31"}, "met"),
    }
)
def test_pilot_evaluation(given: Facts, expected: str) -> None:
    facts = {"as_of": "2023-06-01", **given}
    assert told(ask_pilot("pilot_evaluation", **facts)) == expected
    assert told(ask_pilot("pilot_evaluation", **{**facts, **PROVINCE})) == expected
    assert told(ask_pilot("pilot_evaluation", **{**facts, "division": "460200"})) == expected


@by_reading(
    {
        "stage_dates": (
            {"pilot_evaluated_on": "2021-05-25"},
            {"first_of_may": "met", "day_of_issue": IN_STAGE},
        ),
        "stage_dates_focus": (
            {"pilot_evaluated_on": "2021-12-31"},
            {"not_exclusive": "met", "stage_only": IN_STAGE},
        ),
    }
)
def test_pilot_evaluation_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_pilot("pilot_evaluation", as_of="2023-06-01", **given)) == expected


@claims(
    {
        "1 May": ({"pilot_evaluated_on": "2021-05-01", "readings": {"stage_dates": "first_of_may"}}, "met"),
        "30 April": (
            {"pilot_evaluated_on": "2021-04-30", "readings": {"stage_dates": "first_of_may"}},
            IN_STAGE,
        ),
        "26 May": ({"pilot_evaluated_on": "2021-05-26", "readings": {"stage_dates": "day_of_issue"}}, "met"),
        "the first day of 2022": (
            {"pilot_evaluated_on": "2022-01-01", "readings": {"stage_dates_focus": "stage_only"}},
            "met",
        ),
    }
)
def test_the_readings_of_the_stages_turn_on_these_days(given: Facts, expected: str) -> None:
    assert told(ask_pilot("pilot_evaluation", as_of="2023-06-01", **given)) == expected


def test_the_evaluation_is_due_at_the_end_of_2022_from_the_province() -> None:
    duty = ask_pilot("pilot_evaluation", pilot_evaluated_on="2022-12-31").duty
    assert duty is not None
    assert (duty["who"], str(duty["due"])) == ("省民政厅", "2022-12-31")


def test_only_the_province_and_the_two_pilots_are_asked_for_the_evaluation() -> None:
    for division in ("469021", "460106", "460300"):
        decision = ask_county("pilot_evaluation", division=division, pilot_evaluated_on="2022-12-31")
        assert told(decision) == "not_met not_applicable; by is_the_province@二(二) is_pilot@二(二)"
    county = {**PROVINCE, "level": "county", "pilot_evaluated_on": "2022-12-31"}
    assert told(ask_county("pilot_evaluation", **county)).startswith("not_met not_applicable")
    assert told(ask_county("pilot_evaluation", **{**PROVINCE, "level": None, "pilot_evaluated_on": "2022-05-01"})) == (
        "met"
    )


def test_the_evaluation_is_asked_for_from_the_day_the_plan_was_issued_and_has_no_end() -> None:
    day_before = ask_pilot("pilot_evaluation", "2021-05-25", pilot_evaluated_on="never")
    assert told(day_before) == "not_met not_in_force; by issued@二(二)"
    assert told(ask_pilot("pilot_evaluation", "2021-05-26", pilot_evaluated_on="never")) == NOT_YET
    readings = [r.name for r in load_pack("hainan").plans["pilot_evaluation"].readings]
    assert readings == ["stage_dates_focus", "stage_dates"]


NO_PILOT, NOT_NOW = "not_met conditions; by is_pilot@二(一)", "not_met not_in_force; by in_action_period@二"


@claims(
    {
        "Haikou": ({}, "met"),
        **{f"Haikou as {code}": ({"division": code}, "met") for code in ("4601", "460100000", "460100000000")},
        **{f"Sanya as {code}": ({"division": code}, "met")
           for code in ("4602", "460200", "460200000", "460200000000")},
        "a district of Haikou": ({"division": "460106", "level": "district"}, NO_PILOT),
        "Sansha": ({"division": "460300"}, NO_PILOT),
        "a county": ({"division": "469021", "level": "county"}, NO_PILOT),
        "the province": (PROVINCE, "not_met not_applicable; by is_city_or_county@二(一)"),
        "on the day the plan was issued": ({"as_of": "2021-05-26"}, "met"),
        "in the days before": ({"as_of": "2021-05-25"}, "undetermined; open stage_dates"),
        "before the action": ({"as_of": "2021-04-30"}, NOT_NOW),
        "on the last day": ({"as_of": "2023-12-31"}, "met"),
        "after it": ({"as_of": "2024-01-01"}, NOT_NOW),
        "from 1 May": ({"as_of": "2021-05-01", "readings": {"stage_dates": "first_of_may"}}, "met"),
        "not before 1 May": ({"as_of": "2021-04-30", "readings": {"stage_dates": "first_of_may"}}, NOT_NOW),
        "not before it was issued": (
            {"as_of": "2021-05-25", "readings": {"stage_dates": "day_of_issue"}},
            NOT_NOW,
        ),
    }
)  # fmt: skip
def test_pilot_city(given: Facts, expected: str) -> None:
    assert told(ask_pilot("pilot_city", **given)) == expected


# ----------------------------------------------------------------------------------- 三(一) the counties' part

REVIEWED: Facts = {"in_performance_review": True, "in_security_review": True}


@claims(
    {
        "in both reviews": ({}, "met"),
        "not in the review of performance": (
            {"in_performance_review": False},
            "not_met conditions; by in_performance_review@三(一)1",
        ),
        "not in the review of security": (
            {"in_security_review": False},
            "not_met conditions; by in_security_review@三(一)1",
        ),
        "unknown": ({"in_security_review": None}, "undetermined; missing in_security_review"),
    }
)
def test_performance_review(given: Facts, expected: str) -> None:
    assert told(ask_county("performance_review", **{**REVIEWED, **given})) == expected


FUNDS = pytest.mark.parametrize(
    ("provision", "clause", "gap"),
    [("venture_funds", "三(一)4", "venture_amount"), ("incubation_funds", "三(一)5", "incubation_amount")],
)


@FUNDS
def test_a_county_with_the_means_may_set_up_funds(provision: str, clause: str, gap: str) -> None:
    told_gaps = f"; gaps means_test {gap}"
    assert told(ask_county(provision, has_means=True)) == f"discretionary{told_gaps}"
    assert told(ask_county(provision, has_means=False)) == f"not_met conditions; by has_means@{clause}"
    assert told(ask_county(provision)) == f"undetermined; missing has_means{told_gaps}"


@FUNDS
def test_only_cities_districts_and_counties_may(provision: str, clause: str, gap: str) -> None:
    no = f"not_met not_applicable; by is_city_or_county@{clause}"
    for level in ("city", "district", "county", None):
        assert told(ask_county(provision, has_means=True, level=level)) == f"discretionary; gaps means_test {gap}"
    for level in ("province", "township"):
        assert told(ask_county(provision, has_means=True, level=level)) == no
    for division in ("46", "4600", "460000", "460000000", "460000000000", "450100", "47"):
        assert told(ask_county(provision, has_means=True, division=division)) == no


# ---------------------------------------------------------------------------------------------- 三(二)6 people


def communities(urban: tuple[int | None, ...] = (), rural: tuple[int | None, ...] = ()) -> Facts:
    return {
        "communities": [
            *({"kind": "urban", "social_work_talents": n} for n in urban),
            *({"kind": "rural", "social_work_talents": n} for n in rural),
        ]
    }


SHARED = "; gaps talents_shared"


STAFFED = {"urban": "urban_staffed@三(二)6", "rural": "rural_staffed@三(二)6"}
REACHED = "reached@三(二)6"


def three(facts: Facts) -> list[str]:
    return [told(ask_county(f"talent_target{kind}", **facts)) for kind in ("", "_urban", "_rural")]


def reached(has: int, of: int, lacks: int = 0) -> str:
    return f"met; has {has} of {of}, lacks {lacks}{SHARED}"


def missed(has: int, of: int, lacks: int, by: str = REACHED) -> str:
    return f"not_met conditions; has {has} of {of}, lacks {lacks}; by {by}"


@claims(
    {
        "an urban community with one": (
            communities(urban=(1,)),
            [missed(1, 2, 1, STAFFED["urban"]), missed(1, 2, 1), reached(0, 0)],
        ),
        "an urban community with two": (communities(urban=(2,)), [reached(2, 2), reached(2, 2), reached(0, 0)]),
        "an urban community with three": (communities(urban=(3,)), [reached(2, 2), reached(2, 2), reached(0, 0)]),
        "an urban community with none": (
            communities(urban=(0,)),
            [missed(0, 2, 2, STAFFED["urban"]), missed(0, 2, 2), reached(0, 0)],
        ),
        "a rural community with none": (
            communities(rural=(0,)),
            [missed(0, 1, 1, STAFFED["rural"]), reached(0, 0), missed(0, 1, 1)],
        ),
        "a rural community with one": (communities(rural=(1,)), [reached(1, 1), reached(0, 0), reached(1, 1)]),
        "a rural community with two": (communities(rural=(2,)), [reached(1, 1), reached(0, 0), reached(1, 1)]),
        "what one community has too many another lacks all the same": (
            communities(urban=(5, 0), rural=(4, 0)),
            [missed(3, 6, 3, STAFFED["urban"]), missed(2, 4, 2), missed(1, 2, 1)],
        ),
        "all together": (
            communities(urban=(2, 2), rural=(1, 1, 1)),
            [reached(7, 7), reached(4, 4), reached(3, 3)],
        ),
        "no community": (communities(), [reached(0, 0), reached(0, 0), reached(0, 0)]),
    }
)
def test_talent_target(given: Facts, expected: list[str]) -> None:
    assert three(given) == expected


UNKNOWN = "undetermined; has {} of {}, lacks {}; missing {}" + SHARED


@claims(
    {
        "nothing is known": (
            {},
            [
                UNKNOWN.format("?", "?", "?", "urban_talents_counted communities urban_communities "
                               "rural_talents_counted rural_communities"),
                UNKNOWN.format("?", "?", "?", "urban_talents_counted communities urban_communities"),
                UNKNOWN.format("?", "?", "?", "rural_talents_counted communities rural_communities"),
            ],
        ),
        "the talents of one community are unknown": (
            communities(urban=(2, None), rural=(1,)),
            [
                UNKNOWN.format("?", 5, "?", "urban_talents_counted communities[1].social_work_talents"),
                UNKNOWN.format("?", 4, "?", "urban_talents_counted communities[1].social_work_talents"),
                reached(1, 1),
            ],
        ),
        "a community of unknown kind": (
            {"communities": [{"social_work_talents": 1}]},
            [
                UNKNOWN.format("?", "?", "?", "urban_talents_counted communities[0].kind urban_communities "
                               "rural_talents_counted rural_communities"),
                UNKNOWN.format("?", "?", "?", "urban_talents_counted communities[0].kind urban_communities"),
                UNKNOWN.format("?", "?", "?", "rural_talents_counted communities[0].kind rural_communities"),
            ],
        ),
        "figures are given directly": (
            {"urban_communities": 10, "urban_talents_counted": 19, "rural_communities": 5, "rural_talents_counted": 5},
            [missed(24, 25, 1, STAFFED["urban"]), missed(19, 20, 1), reached(5, 5)],
        ),
        "figures that suffice": (
            {"urban_communities": 10, "urban_talents_counted": 20, "rural_communities": 5, "rural_talents_counted": 5},
            [reached(25, 25), reached(20, 20), reached(5, 5)],
        ),
        "a figure too high does not make up for the other kind": (
            {"urban_communities": 10, "urban_talents_counted": 30, "rural_communities": 5, "rural_talents_counted": 4},
            [missed(34, 25, 0, STAFFED["rural"]), reached(30, 20), missed(4, 5, 1)],
        ),
    }
)  # fmt: skip
def test_what_is_known_of_the_talents(given: Facts, expected: list[str]) -> None:
    assert three(given) == expected


@pytest.mark.parametrize(
    ("provision", "fact"),
    [
        ("talent_target_urban", "urban_talents_counted"),
        ("talent_target_urban", "urban_communities"),
        ("talent_target_rural", "rural_talents_counted"),
        ("talent_target_rural", "rural_communities"),
    ],
)
def test_a_figure_that_its_communities_refute_is_an_error_of_the_case(provision: str, fact: str) -> None:
    with pytest.raises(CaseError, match=f"jurisdiction.{fact}"):
        ask_county(provision, **communities(urban=(2,), rural=(1,)), **{fact: 7})


HALF_CERTIFIED: Facts = {"communities": [{"kind": "urban", "social_work_talents": 2, "uncertified_talents": 1}]}


@by_reading(
    {
        "talents": (HALF_CERTIFIED, {"any_talent": reached(2, 2), "certified_only": missed(1, 2, 1)}),
    }
)
def test_talent_target_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_county("talent_target_urban", **given)) == expected


@claims(
    {
        "two of whom one is certified": (
            {"social_work_talents": 2, "uncertified_talents": 1},
            f"undetermined; has ? of 2, lacks ?; open talents{SHARED}",
        ),
        "two of whom one is certified, certificates asked for": (
            {"social_work_talents": 2, "uncertified_talents": 1, "readings": {"talents": "certified_only"}},
            missed(1, 2, 1),
        ),
        "two of whom one is certified, none asked for": (
            {"social_work_talents": 2, "uncertified_talents": 1, "readings": {"talents": "any_talent"}},
            reached(2, 2),
        ),
        "three of whom two are certified": ({"social_work_talents": 3, "uncertified_talents": 1},
                                            f"met; has ? of 2, lacks 0{SHARED}"),
        "all certified": ({"social_work_talents": 2, "uncertified_talents": 0}, reached(2, 2)),
        "nothing said of certificates": ({"social_work_talents": 2}, reached(2, 2)),
        "more without a certificate than there are": (
            {"social_work_talents": 1, "uncertified_talents": 3, "readings": {"talents": "certified_only"}},
            missed(0, 2, 2),
        ),
        "one talent too few": ({"social_work_talents": 1}, missed(1, 2, 1)),
        "a rural community with one": ({"kind": "rural", "social_work_talents": 1}, reached(1, 1)),
        "a rural community with none": ({"kind": "rural", "social_work_talents": 0}, missed(0, 1, 1)),
        "of unknown kind, two are enough": (
            {"kind": None, "social_work_talents": 2},
            f"met; has 2 of ?, lacks 0{SHARED}",
        ),
        "of unknown kind, one may be": (
            {"kind": None, "social_work_talents": 1},
            f"undetermined; has 1 of ?, lacks ?; missing community.kind{SHARED}",
        ),
        "unknown": ({}, f"undetermined; has ? of 2, lacks ?; missing community.social_work_talents{SHARED}"),
        "elsewhere": (
            {"division": "440100001001", "social_work_talents": 2},
            "not_met not_applicable; by community_in_hainan@三(二)6",
        ),
    }
)  # fmt: skip
def test_community_talents(given: Facts, expected: str) -> None:
    assert told(ask_community("community_talents", **{"kind": "urban", **given})) == expected


@pytest.mark.parametrize("provision", ["talent_target", "talent_target_urban", "talent_target_rural"])
def test_the_talents_are_due_by_2023(provision: str) -> None:
    due = {r: ask_county(provision, readings={"talents_due": r}).due for r in ("end_of_2023", "start_of_2023")}
    assert {r: str(d) for r, d in due.items()} == {"end_of_2023": "2023-12-31", "start_of_2023": "2023-01-01"}
    assert str(ask_county(provision).due) == "2023-12-31"
    assert str(ask_community("community_talents").due) == "2023-12-31"


def test_a_target_is_judged_on_the_day_whatever_the_day() -> None:
    for as_of in ("2020-01-01", "2023-12-31", "2024-01-01", "2030-01-01"):
        assert told(ask_county("talent_target_rural", as_of, **communities(rural=(1,)))) == reached(1, 1)
    assert told(ask_county("talent_target", division="440000")) == (
        "not_met not_applicable; by jurisdiction_in_hainan@三(二)6"
    )
