"""What Daoli reports of itself in figures: the fund, the funnel, the reach, the park, the centres, the Party."""

import datetime as dt
from typing import Any

import pytest
from daoli_cases import ABOUT, Facts, ask, by_reading, claims, told

# ---------------------------------------------------------------------------------------------- 一(一) the fund


def fund(**by_year: Any) -> Facts:  # noqa: ANN401 - sums of any form
    return {"special_funds": [{"year": int(year[1:]), "amount": amount} for year, amount in by_year.items()]}


@by_reading(
    "fund_period",
    {
        "two million this year": (
            fund(y2023=2_000_000),
            dict.fromkeys(("once", "yearly", "open"), "met; has 2000000 of 2000000, lacks 0; gaps date"),
        ),
        "a fen less": (
            fund(y2023="1999999.99"),
            dict.fromkeys(
                ("once", "yearly", "open"),
                "not_met conditions; has 1999999.99 of 2000000, lacks 0.01; by reached@一(一)",
            ),
        ),
        "a fen more": (
            fund(y2023="2000000.01"),
            {"yearly": "met; has 2000000.01 of 2000000, lacks 0; gaps date"},
        ),
        "two million over two years": (
            fund(y2022=1_000_000, y2023=1_000_000),
            {
                "once": "met; has 2000000 of 2000000, lacks 0; gaps date",
                "yearly": "not_met conditions; has 1000000 of 2000000, lacks 1000000; by reached@一(一)",
                "open": "undetermined; has ? of 2000000, lacks ?; open fund_period; gaps date",
            },
        ),
        "two million last year": (
            fund(y2022=2_000_000),
            {
                "once": "met; has 2000000 of 2000000, lacks 0; gaps date",
                "yearly": "not_met conditions; has 0 of 2000000, lacks 2000000; by reached@一(一)",
            },
        ),
        "two million next year": (
            fund(y2024=2_000_000),
            dict.fromkeys(("once", "yearly"), "not_met conditions; has 0 of 2000000, lacks 2000000; by reached@一(一)"),
        ),
        "this year's sum not known": (
            fund(y2022=2_000_000, y2023=None),
            {
                "once": "met; has ? of 2000000, lacks 0; gaps date",
                "yearly": "undetermined; has ? of 2000000, lacks ?; missing special_funds[1].amount; gaps date",
            },
        ),
        "nothing known": (
            {},
            dict.fromkeys(
                ("once", "yearly"), "undetermined; has ? of 2000000, lacks ?; missing special_funds; gaps date"
            ),
        ),
    },
)
def test_fund_budget(given: Facts, expected: str) -> None:
    decision = ask("fund_budget", **given)
    assert (told(decision), decision.clause) == (expected, "一(一)")


def test_a_yearly_fund_is_looked_for_anew_every_year() -> None:
    decision = ask("fund_budget", readings={"fund_period": "yearly"}, **fund(y2023=2_000_000))
    assert decision.next_change == dt.date(2024, 1, 1)


# ------------------------------------------------------------------------------------------- 二(一) the funnel

STEPS = {
    "需求调研": "needs_surveyed",
    "第三方归并": "needs_merged",
    "多方论证": "deliberated",
    "媒体公示": "published",
}
FUNNEL: Facts = {
    "selection_steps": list(STEPS),
    "needs_collected": 88,
    "projects_in_library": 42,
    "projects_selected": 17,
}
REACH: Facts = {
    "project_streets": 6,
    "project_communities": 20,
    "project_beneficiaries": 13_430,
    "project_service_times": 498_370,
}


def test_selection_funnel_with_the_very_figures() -> None:
    decision = ask("selection_funnel", **FUNNEL)
    assert (told(decision), decision.clause, len(decision.checklist or ())) == ("met; gaps date", "二(一)", 7)


@pytest.mark.parametrize(("step", "test"), STEPS.items(), ids=STEPS)
def test_each_step_belongs_to_the_funnel(step: str, test: str) -> None:
    rest = [each for each in STEPS if each != step]
    decision = ask("selection_funnel", **{**FUNNEL, "selection_steps": rest})
    assert told(decision) == f"not_met conditions; by {test}@二(一)"


FIGURES = [
    ("selection_funnel", FUNNEL, "needs_collected", "needs_collected@二(一)"),
    ("selection_funnel", FUNNEL, "projects_in_library", "library@二(一)"),
    ("selection_funnel", FUNNEL, "projects_selected", "projects_selected@二(一)"),
    ("project_reach", REACH, "project_streets", "streets@二(二)"),
    ("project_reach", REACH, "project_communities", "communities@二(二)"),
    ("project_reach", REACH, "project_beneficiaries", "beneficiaries@二(二)"),
    ("project_reach", REACH, "project_service_times", "service_times@二(二)"),
]


@pytest.mark.parametrize(("provision", "facts", "fact", "test"), FIGURES, ids=[row[2] for row in FIGURES])
def test_a_figure_is_matched_by_as_many_or_more(provision: str, facts: Facts, fact: str, test: str) -> None:
    assert told(ask(provision, **{**facts, fact: facts[fact] - 1})) == f"not_met conditions; by {test}"
    assert told(ask(provision, **facts)) == "met; gaps date"
    assert told(ask(provision, **{**facts, fact: facts[fact] + 1})) == "met; gaps date"
    assert told(ask(provision, **{**facts, fact: None})) == f"undetermined; missing {fact}; gaps date"


def test_steps_that_are_not_known_are_missing() -> None:
    decision = ask("selection_funnel", **{**FUNNEL, "selection_steps": None})
    assert told(decision) == "undetermined; missing selection_steps; gaps date"


# ---------------------------------------------------------------------------------- 三 the park and the centres

IN_PARK = {"status": "filed", "is_incubated": True}


@claims(
    {
        "27": ({"organizations_incubated": 27}, "not_met conditions; has 27 of 28, lacks 1; by reached@三(一)"),
        "28": ({"organizations_incubated": 28}, "met; has 28 of 28, lacks 0; gaps date"),
        "29": ({"organizations_incubated": 29}, "met; has 29 of 28, lacks 0; gaps date"),
        # As reported: 6 registered and 22 only filed (DL-A11).
        "6 and 22": (
            {"organizations": [*[{**IN_PARK, "status": "registered"}] * 6, *[IN_PARK] * 22]},
            "met; has 28 of 28, lacks 0; gaps date",
        ),
        "one has left the park": (
            {"organizations": [*[IN_PARK] * 27, {**IN_PARK, "is_incubated": False}]},
            "not_met conditions; has 27 of 28, lacks 1; by reached@三(一)",
        ),
        "one is only planned": (
            {"organizations": [*[IN_PARK] * 27, {**IN_PARK, "status": "planned"}]},
            "not_met conditions; has 27 of 28, lacks 1; by reached@三(一)",
        ),
        "nothing known": (
            {},
            "undetermined; has ? of 28, lacks ?; missing organizations_incubated organizations; gaps date",
        ),
    }
)
def test_park_organizations(given: Facts, expected: str) -> None:
    decision = ask("park_organizations", **given)
    assert (told(decision), decision.clause) == (expected, "三(一)")


CENTRE = {"kind": "community_centre"}


@claims(
    {
        "130": ({"community_centres": 130}, "not_met conditions; has 130 of 131, lacks 1; by reached@三(二)"),
        "131": ({"community_centres": 131}, "met; has 131 of 131, lacks 0; gaps date"),
        "132": ({"community_centres": 132}, "met; has 132 of 131, lacks 0; gaps date"),
        "131 listed": ({"facilities": [CENTRE] * 131}, "met; has 131 of 131, lacks 0; gaps date"),
        "one is the park": (
            {"facilities": [*[CENTRE] * 130, {"kind": "park"}]},
            "not_met conditions; has 130 of 131, lacks 1; by reached@三(二)",
        ),
        "one was completed today": (
            {"facilities": [*[CENTRE] * 130, {**CENTRE, "completed_on": "2023-06-01"}]},
            "met; has 131 of 131, lacks 0; gaps date",
        ),
        "one is completed tomorrow": (
            {"facilities": [*[CENTRE] * 130, {**CENTRE, "completed_on": "2023-06-02"}]},
            "not_met conditions; has 130 of 131, lacks 1; by reached@三(二)",
        ),
        "nothing known": (
            {},
            "undetermined; has ? of 131, lacks ?; missing community_centres facilities; gaps date",
        ),
    }
)
def test_centre_coverage(given: Facts, expected: str) -> None:
    decision = ask("centre_coverage", **given)
    assert (told(decision), decision.clause) == (expected, "三(二)")


# ------------------------------------------------------------------------------------ 五(一) Party organizations


def branches(single: int | None, joint: int | None) -> Facts:
    return {"party_organizations_single": single, "party_organizations_joint": joint}


@claims(
    {
        "14 and 17": (branches(14, 17), "met; has 31 of 31, lacks 0; gaps date"),
        "13 and 17": (branches(13, 17), "not_met conditions; has 30 of 31, lacks 1; by reached@五(一)"),
        "14 and 18": (branches(14, 18), "met; has 32 of 31, lacks 0; gaps date"),
        "31 joint ones": (branches(0, 31), "met; has 31 of 31, lacks 0; gaps date"),
        "enough already": (branches(None, 31), "met; has ? of 31, lacks 0; gaps date"),
        "one number not known": (
            branches(14, None),
            "undetermined; has ? of 31, lacks ?; missing party_organizations_joint; gaps date",
        ),
    }
)
def test_party_organizations(given: Facts, expected: str) -> None:
    assert told(ask("party_organizations", **given)) == expected


def covered(of: int, registered: int | None, ready: int | None) -> Facts:
    return {
        "party_covered_organizations": of,
        "registered_organizations": registered,
        "party_ready_organizations": ready,
    }


@by_reading(
    "coverage",
    {
        "every one that is ready": (
            covered(96, registered=120, ready=96),
            {
                "all_registered": "not_met conditions; has 96 of 120, lacks 24; by reached@五(一)",
                "ready_only": "met; has 96 of 96, lacks 0; gaps date",
                "open": "undetermined; has 96 of ?, lacks ?; open coverage; gaps date",
            },
        ),
        "all but one of those ready": (
            covered(95, registered=120, ready=96),
            {
                "ready_only": "not_met conditions; has 95 of 96, lacks 1; by reached@五(一)",
                "open": "not_met conditions; has 95 of ?, lacks ?; by reached@五(一)",
            },
        ),
        "every one": (
            covered(120, registered=120, ready=120),
            dict.fromkeys(("all_registered", "ready_only", "open"), "met; has 120 of 120, lacks 0; gaps date"),
        ),
        "all but one": (
            covered(119, registered=120, ready=96),
            {"all_registered": "not_met conditions; has 119 of 120, lacks 1; by reached@五(一)"},
        ),
        "registered ones listed": (
            {"party_covered_organizations": 1, "organizations": [{"status": "registered"}, *[{"status": "filed"}] * 2]},
            {"all_registered": "met; has 1 of 1, lacks 0; gaps date"},
        ),
        "how many are ready not known": (
            covered(96, registered=120, ready=None),
            {
                "ready_only": "undetermined; has 96 of ?, lacks ?; missing party_ready_organizations; gaps date",
                "open": "undetermined; has 96 of ?, lacks ?; missing party_ready_organizations; open coverage; "
                "gaps date",
            },
        ),
    },
)
def test_party_coverage(given: Facts, expected: str) -> None:
    assert told(ask("party_coverage", **given)) == expected


# --------------------------------------------------------------------------------------------- of whom it is told

ALL = {
    **fund(y2023=2_000_000),
    **FUNNEL,
    **REACH,
    **branches(14, 17),
    **covered(120, 120, 120),
    "organizations_incubated": 28,
    "community_centres": 131,
}
PROVISIONS = ABOUT["jurisdiction"].split()


@pytest.mark.parametrize("provision", PROVISIONS)
@pytest.mark.parametrize(
    ("given", "applies"),
    [
        ({"division": "230102"}, True),
        ({"division": "230102000"}, True),
        ({"division": "230102000000"}, True),
        ({"level": None}, True),
        ({"division": "230102005", "level": "township"}, False),
        ({"division": "230102", "level": "township"}, False),
        ({"division": "230100", "level": "city"}, False),
        ({"division": "230103"}, False),
    ],
    ids=str,
)
def test_the_figures_are_those_of_the_district_itself(provision: str, given: Facts, *, applies: bool) -> None:
    decision = ask(provision, **{**ALL, **given})
    assert str(decision.outcome) == ("met" if applies else "not_met")
    assert (str(decision.reason) == "not_applicable") is not applies


@pytest.mark.parametrize("provision", PROVISIONS)
def test_which_district_must_be_known(provision: str) -> None:
    decision = ask(provision, **{**ALL, "division": None})
    assert (str(decision.outcome), decision.missing) == ("undetermined", ("jurisdiction.division",))
