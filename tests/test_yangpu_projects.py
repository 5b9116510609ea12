"""三(三)1, 3: half of a venture project, at most 50,000 yuan; project costs of the hubs; golden ideas."""

import pytest
from yangpu_cases import Facts, ask, by_reading, claims, items, told
from yangpu_projects import PRIZE, TOGETHER, VENTURE, WON, amounts, match, subsidy, ventures


@claims(
    {
        "up to half of the amount": ({}, "met, 0..40000"),
        "up to 49999.99": (amounts("99999.98"), "met, 0..49999.99"),
        "half a fen is rounded up": (amounts("99999.97"), "met, 0..49999.99"),
        "up to 50000": (amounts(100_000), "met, 0..50000"),
        "no more than 50000": (amounts("100000.02"), "met, 0..50000"),
        "a project that was not selected": (
            {"is_selected": False},
            "not_met conditions; by venture_selected@三(三)1",
        ),
        "a project of which that is unknown": (
            {"is_selected": None},
            "undetermined, 0..40000; missing ventures[0].is_selected",
        ),
        "a project selected today": ({"selected_on": "2023-06-01"}, "met, 0..40000"),
        "a project selected tomorrow does not exist yet": (
            {"selected_on": "2023-06-02"},
            "not_met conditions; by 公益创投项目@三(三)1",
        ),
        "which amount counts is open": (amounts(80_000, 60_000, 50_000), "met, 0..40000; open project_amount"),
        "without amounts the ceiling bounds the match": (
            {"amount": None, "contract_amount": None, "audited_amount": None},
            f"met, 0..50000; missing {' '.join(f'ventures[0].{a}' for a in amounts(0))}; open project_amount",
        ),
    }
)
def test_venture_match(given: Facts, expected: str) -> None:
    assert match(ventures=[{**VENTURE, **given}]) == expected


def test_the_text_leaves_open_whether_the_amount_includes_the_match() -> None:
    assert told(ask("venture_match", ventures=[VENTURE])) == "met, 0..40000; gaps project_amount_match"
    assert told(ask("contest_subsidy", contest_awards=[PRIZE])) == (
        "met, 40000; gaps project_amount_match service_scope_extent"
    )


def test_a_payment_uses_up_the_project_that_it_names() -> None:
    payment = {"item": "项目", "amount": 100}
    for provision, facts in (
        ("venture_match", {"ventures": [VENTURE, {**VENTURE, "name": "乙"}]}),
        ("contest_subsidy", {"contest_awards": [PRIZE, {**PRIZE, "name": "乙"}]}),
    ):
        decision = ask(provision, **facts, payments=[{"provision": provision, **payment}])
        assert [line.split(",")[0] for line in items(decision)] == ["not_met paid", "met"]


FEBRUARY, MAY, BEFORE = {"selected_on": "2023-02-01"}, {"selected_on": "2023-05-01"}, {"selected_on": "2022-12-31"}


@by_reading(
    {
        "project_amount": (
            {"ventures": [{**VENTURE, **amounts(80_000, 60_000, 50_000)}]},
            {"budget": "met, 0..40000", "contract": "met, 0..30000", "audited": "met, 0..25000"},
        ),
        "cap_unit": (
            ventures({**amounts(100_000), **FEBRUARY}, {**amounts(100_000), **MAY}),
            {"per_project": "met, 0..100000", "per_organization_and_year": "met, 0..50000"},
        ),
        "stacking": (
            {"ventures": [VENTURE], "contest_awards": [PRIZE]},
            {"cumulates": "met, 0..40000", "one_only": "not_met conditions; by venture_stacking@三(三)1"},
        ),
        "no_floor": ({"ventures": [VENTURE]}, {"any_lower_sum": "met, 0..40000", "in_full": "met, 40000"}),
        "silent_registration_venture_match": (
            {"ventures": [VENTURE], "division": "310115"},
            {"implied": "not_met not_applicable; by registered_here@三(三)1", "not_required": "met, 0..40000"},
        ),
    }
)
def test_venture_match_under_each_reading(given: Facts, expected: str) -> None:
    assert match(**given) == expected


@claims(
    {
        "the later project gets what is left": (
            ventures({**amounts(60_000), **FEBRUARY}, {**amounts(60_000), **MAY}),
            ["met, 0..30000", "met, 0..20000"],
        ),
        "whatever their order in the case": (
            ventures({**amounts(60_000), **MAY}, {**amounts(60_000), **FEBRUARY}),
            ["met, 0..20000", "met, 0..30000"],
        ),
        "a third one gets nothing": (
            ventures(
                {**amounts(200_000), **FEBRUARY},
                {**amounts(100_000), "selected_on": "2023-03-01"},
                {**amounts(60_000), **MAY},
            ),
            ["met, 0..50000", "met, 0", "met, 0"],
        ),
        "another year counts apart": (
            ventures({**amounts(100_000), **BEFORE}, {**amounts(60_000), **FEBRUARY}),
            ["met, 0..50000", "met, 0..30000"],
        ),
        "a project that was not selected takes nothing": (
            ventures({**amounts(100_000), **FEBRUARY, "is_selected": False}, {**amounts(60_000), **MAY}),
            ["not_met conditions", "met, 0..30000"],
        ),
    }
)
def test_one_cap_for_the_year_is_used_up_in_order(given: Facts, expected: list[str]) -> None:
    lines = items(ask("venture_match", **given, readings=TOGETHER))
    assert [line.removesuffix("; gaps project_amount_match") for line in lines] == expected


@pytest.mark.parametrize(
    "award",
    [{"level": "区级"}, {"prize": "四等奖"}, {"name": "别的项目"}, {"service_division": "310115"}],
    ids=str,
)
def test_only_a_prize_that_is_subsidized_replaces_the_match_of_the_same_project(award: Facts) -> None:
    readings = {"stacking": "one_only", "service_scope": "both"}
    assert match(ventures=[VENTURE], contest_awards=[{**PRIZE, **award}], readings=readings) == "met, 0..40000"
    later = {**readings, "retroactivity": "event_since_effect"}
    early = {**PRIZE, "awarded_on": "2021-07-20"}
    assert match(ventures=[VENTURE], contest_awards=[early], readings=later) == "met, 0..40000"


HUB: Facts = {"hub_type": "社区基金会", "hub_projects": [{"name": "项目"}]}
AS_NEEDED = "discretionary; gaps hub_costs_amount"


@claims(
    {
        "a federation": ({"hub_type": "社区社会组织联合会"}, AS_NEEDED),
        "a community foundation": ({}, AS_NEEDED),
        "a service centre": ({"hub_type": "社会组织服务中心"}, AS_NEEDED),
        "another organization": ({"hub_type": "无"}, "not_met not_applicable; by is_hub@三(三)3"),
        "an organization of which that is unknown": (
            {"hub_type": None},
            "undetermined; missing hub_type; gaps hub_costs_amount",
        ),
        "projects are presumed": ({"hub_projects": None}, AS_NEEDED),
        "whether it must have projects is open": (
            {"hub_projects": []},
            "undetermined; open hub_costs; gaps hub_costs_amount",
        ),
        "it must have projects": (
            {"hub_projects": [], "readings": {"hub_costs": "project_costs"}},
            "not_met conditions; by has_hub_projects@三(三)3",
        ),
        "it need not have projects": ({"hub_projects": [], "readings": {"hub_costs": "running_costs"}}, AS_NEEDED),
    }
)
def test_hub_project_funds(given: Facts, expected: str) -> None:
    assert told(ask("hub_project_funds", **{**HUB, **given})) == expected


@claims(
    {
        "it is the venture match": ({"readings": {}}, "not_met not_applicable"),
        "it is a grant of its own, without a figure": ({}, "met; gaps golden_idea_amount"),
        "a project that was not selected": (
            {"is_selected": False},
            "not_met conditions; by idea_selected@二(四)1",
        ),
        "a project that is no golden idea": (
            {"is_golden_idea": False},
            "not_met conditions; by is_golden_idea@二(四)1",
        ),
        "a project of which that is unknown": (
            {"is_golden_idea": None},
            "undetermined; missing ventures[0].is_golden_idea; gaps golden_idea_amount",
        ),
    }
)
def test_golden_idea(given: Facts, expected: str) -> None:
    given = {"readings": {"golden_idea": "separate"}, "is_golden_idea": True, **given}
    readings = given.pop("readings")
    line = told(ask("golden_idea", ventures=[{**VENTURE, **given}], readings=readings))
    assert line == expected or line.startswith(f"{expected}; by ")


def test_a_golden_idea_is_paid_once() -> None:
    payment = {"provision": "golden_idea", "item": "项目", "amount": 5000}
    facts: Facts = {"ventures": [{**VENTURE, "is_golden_idea": True}], "payments": [payment]}
    assert told(ask("golden_idea", **facts, readings={"golden_idea": "separate"})) == "not_met paid; paid 5000"


ONE_DAY = {"cap_unit": "per_organization_and_year", "no_floor": "in_full"}


def shared(*budgets: object, on: str | None = "2023-03-01", before: object = None) -> list[str]:
    """What projects of these amounts get under one cap, all selected on one day, one perhaps a month before."""
    projects = [{**amounts(b), "selected_on": on} for b in budgets]
    earlier = [{**amounts(before), "selected_on": "2023-02-01"}] if before else []
    lines = items(ask("venture_match", **ventures(*projects, *earlier), readings=ONE_DAY))
    return [line.removeprefix("met, ").removesuffix("; gaps project_amount_match") for line in lines]


OPEN = "; gaps cap_unit_day project_amount_match"


@pytest.mark.parametrize(
    ("projects", "expected"),
    [
        ((50_000, "49999.98"), ["25000", "24999.99"]),
        ((50_000, 50_000), ["25000", "25000"]),
        ((50_000, "50000.02"), [f"24999.99..25000{OPEN}", f"25000..25000.01{OPEN}"]),
        ((200_000, 40_000), [f"30000..50000{OPEN}", f"0..20000{OPEN}"]),
        ((200_000, 200_000), [f"0..50000{OPEN}"] * 2),
        ((40_000, 30_000, 30_000), ["20000", "15000", "15000"]),
        ((40_000, 30_000, "30000.02"), [f"19999.99..20000{OPEN}", f"14999.99..15000{OPEN}", f"15000..15000.01{OPEN}"]),
    ],
    ids=str,
)
def test_how_projects_of_one_day_share_one_cap_a_year_is_open_where_they_need_more(
    projects: tuple[object, ...], expected: list[str]
) -> None:
    assert shared(*projects) == expected


def test_projects_of_one_day_share_what_earlier_ones_left() -> None:
    assert shared(200_000, 200_000, before=40_000) == [*[f"0..30000{OPEN}"] * 2, "20000"]
    assert shared(30_000, 30_000, before=40_000) == ["15000", "15000", "20000"]
    assert shared(30_000, 30_000, before="40000.02") == [*[f"14999.99..15000{OPEN}"] * 2, "20000.01"]
    assert shared(200_000, 200_000, before=200_000) == ["0", "0", "50000"]


def test_projects_of_unknown_days_may_be_of_one_day() -> None:
    assert shared(80_000, on=None) == ["40000"]
    assert shared(50_000, 50_000, on=None) == ["25000", "25000"]
    both = f"10000..40000; missing ventures[0].selected_on ventures[1].selected_on{OPEN}"
    assert shared(80_000, 80_000, on=None) == [both, both]


def test_of_one_project_under_two_clauses_the_larger_sum_stays() -> None:
    once = {"stacking": "one_only"}
    small, large = {**PRIZE, "project_amount": 20_000}, {**PRIZE, "project_amount": 200_000}
    venture = {**VENTURE, "name": PRIZE["name"]}
    assert match(ventures=[venture], contest_awards=[small], readings=once).startswith("met")
    assert subsidy(ventures=[venture], contest_awards=[small], honours=[], readings=once) == (
        "not_met conditions; by contest_stacking@三(三)2"
    )
    assert match(ventures=[venture], contest_awards=[large], readings=once).startswith("not_met")
    assert subsidy(ventures=[venture], contest_awards=[large], honours=[], readings=once) == "met, 50000"
    equal = {**PRIZE, "project_amount": venture["amount"]}
    assert match(ventures=[venture], contest_awards=[equal], readings=once).startswith("not_met")
    assert subsidy(ventures=[venture], contest_awards=[equal], honours=[], readings=once) == WON
    for other in ({"name": "别的"}, {"is_selected": False}):
        assert subsidy(ventures=[{**venture, **other}], contest_awards=[small], honours=[], readings=once) == (
            "met, 10000"
        )
    elsewhere = {"division": "310101", "readings": once}
    assert match(ventures=[venture], contest_awards=[large], **elsewhere).startswith("met")
