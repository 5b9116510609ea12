"""三(四): 800-2,000 yuan a month for social workers, 5,000 for supervisors of the year, 30,000 for a senior title."""

import datetime as dt

import pytest
from yangpu_cases import Facts, ask, by_reading, claims, items, told

WORKER = {"name": "甲", "certificate": "社会工作师"}
GAP = "; gaps salary_formula_details"
PAY = f"met, 800..2000 a month{GAP}"
NO_WORKER = "not_met conditions; by is_social_worker@三(四)1"
NOT_EMPLOYED = "not_met conditions; by is_employed@三(四)1"


@claims(
    {
        "a social worker": ({}, PAY),
        "a senior social worker": ({"certificate": "高级社会工作师"}, PAY),
        "somebody without a certificate or degree": ({"certificate": "无", "degree": "会计"}, NO_WORKER),
        "an assistant": (
            {"certificate": "助理社会工作师"},
            f"undetermined, 800..2000 a month; open social_worker{GAP}",
        ),
        "somebody with a degree alone": (
            {"certificate": "无", "degree": "社会工作"},
            f"undetermined, 800..2000 a month; open social_worker{GAP}",
        ),
        "somebody without a certificate, of unknown degree": (
            {"certificate": "无"},
            f"undetermined, 800..2000 a month; missing staff[0].degree; open social_worker{GAP}",
        ),
        "an unknown certificate": (
            {"certificate": None, "degree": "会计"},
            f"undetermined, 800..2000 a month; missing staff[0].certificate{GAP}",
        ),
        "somebody who left": ({"is_employed": False}, NOT_EMPLOYED),
        "somebody who joins on the day": ({"joined_on": "2023-06-01"}, PAY),
        "somebody who joins a day later": ({"joined_on": "2023-06-02"}, NOT_EMPLOYED),
        "somebody said to be employed who joins a day later": (
            {"is_employed": True, "joined_on": "2023-06-02"},
            NOT_EMPLOYED,
        ),
        "somebody of a residents' committee": (
            {"employer": "居民委员会"},
            f"undetermined, 800..2000 a month; open social_worker_employer{GAP}",
        ),
        "somebody of a social organization": ({"employer": "社会组织"}, PAY),
    }
)
def test_salary_subsidy(given: Facts, expected: str) -> None:
    assert told(ask("salary_subsidy", staff=[{**WORKER, **given}])) == expected


def test_the_salary_subsidy_has_no_last_month() -> None:
    months = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)]
    payments = [{"provision": "salary_subsidy", "item": "甲", "amount": 900, "month": m} for m in months]
    assert told(ask("salary_subsidy", staff=[WORKER], payments=payments)) == (
        f"met, 800..2000 a month; paid 21600{GAP}"
    )
    now = [{"provision": "salary_subsidy", "item": "甲", "amount": 900, "month": "2023-06"}]
    decision = ask("salary_subsidy", staff=[WORKER, {**WORKER, "name": "乙"}], payments=now)
    assert [line.split(",")[0] for line in items(decision)] == ["not_met paid", "met"]


SENIOR = {
    "name": "甲",
    "certificate": "高级社会工作师",
    "contract": "劳务合同",
    "has_senior_title": True,
    "senior_title_on": "2022-05-01",
    "has_project_innovation": True,
    "has_training_innovation": True,
}
SENIOR_ORG: Facts = {"staff": [SENIOR], "implementing_rules_in_force": True}


@by_reading(
    {
        "social_worker": (
            {"staff": [{**WORKER, "certificate": "助理社会工作师"}]},
            {"certified": PAY, "without_assistants": NO_WORKER, "certified_or_degree": PAY},
        ),
        "social_worker_employer": (
            {"staff": [{**WORKER, "employer": "居民委员会"}]},
            {
                "organizations_only": "not_met conditions; by works_for_organization@三(四)1",
                "committees_too": PAY,
            },
        ),
        "salary_formula": (
            {"staff": [WORKER]},
            {"guaranteed": PAY, "not_guaranteed": f"met, 0..2000 a month{GAP}"},
        ),
        "silent_registration_salary_subsidy": (
            {"staff": [WORKER], "division": "310115"},
            {"implied": "not_met not_applicable; by registered_here@三(四)1", "not_required": PAY},
        ),
        "stacking": (
            SENIOR_ORG,
            {"cumulates": PAY, "one_only": "not_met conditions; by person_stacking@三(四)1"},
        ),
    }
)
def test_salary_subsidy_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("salary_subsidy", **given)) == expected


@pytest.mark.parametrize(
    ("certificate", "degree", "expected"),
    [
        ("社会工作师", "会计", {"certified", "without_assistants", "certified_or_degree"}),
        ("高级社会工作师", "会计", {"certified", "without_assistants", "certified_or_degree"}),
        ("助理社会工作师", "会计", {"certified", "certified_or_degree"}),
        ("无", "社会工作", {"certified_or_degree"}),
        ("无", "会计", set()),
    ],
)
def test_who_is_a_social_worker_depends_on_the_reading(certificate: str, degree: str, expected: set[str]) -> None:
    for reading in ("certified", "without_assistants", "certified_or_degree"):
        staff = [{**WORKER, "certificate": certificate, "degree": degree}]
        line = told(ask("salary_subsidy", staff=staff, readings={"social_worker": reading}))
        assert line == (PAY if reading in expected else NO_WORKER)


@pytest.mark.parametrize(
    "lacking",
    [
        {"has_senior_title": False},
        {"has_training_innovation": False},
        {"contract": "无"},
        {"senior_title_on": "2023-06-02"},
    ],
    ids=str,
)
def test_only_a_senior_award_that_is_due_replaces_the_salary_subsidy(lacking: Facts) -> None:
    facts: Facts = {**SENIOR_ORG, "staff": [{**SENIOR, **lacking}]}
    assert told(ask("salary_subsidy", **facts, readings={"stacking": "one_only"})) == PAY
    elsewhere = ask("salary_subsidy", **SENIOR_ORG, division="310115", readings={"stacking": "one_only"})
    assert told(elsewhere) == PAY


SUPERVISOR = {"name": "甲", "supervisor_selected_in": [2023], "supervisor_kind": "internal"}
AWARD = "met, 5000"
NOT_SELECTED = "not_met conditions; by supervisor_selected@三(四)2"
EARLIER = {"provision": "supervisor_award", "item": "甲", "amount": 5000, "paid_on": "2022-12-31"}


@claims(
    {
        "a supervisor selected this year": ({}, AWARD),
        "one who is not employed here": ({"is_employed": False}, AWARD),
        "one selected last year": ({"supervisor_selected_in": [2022]}, "undetermined, 5000; open supervisor_year"),
        "one selected last year and this": (
            {"supervisor_selected_in": [2022, 2023]},
            "met, 5000..10000; open supervisor_year supervisor_again",
        ),
        "one who will be selected next year": ({"supervisor_selected_in": [2024]}, NOT_SELECTED),
        "one never selected": ({"supervisor_selected_in": []}, NOT_SELECTED),
        "one of whom that is unknown": (
            {"supervisor_selected_in": None},
            "undetermined, 5000..15000; missing staff[0].supervisor_selected_in; open supervisor_year supervisor_again",
        ),
        "an external one": ({"supervisor_kind": "external"}, "undetermined, 5000; open supervisor"),
        "one of unknown kind": (
            {"supervisor_kind": None},
            "undetermined, 5000; missing staff[0].supervisor_kind; open supervisor",
        ),
    }
)
def test_supervisor_award(given: Facts, expected: str) -> None:
    assert told(ask("supervisor_award", staff=[{**SUPERVISOR, **given}])) == expected


@by_reading(
    {
        "supervisor": (
            {"staff": [{**SUPERVISOR, "supervisor_kind": "external"}]},
            {
                "internal_and_external": AWARD,
                "internal_only": "not_met conditions; by supervisor_kind@三(四)2",
            },
        ),
        "supervisor_again": (
            {"staff": [SUPERVISOR], "payments": [EARLIER]},
            {
                "again": f"{AWARD}; paid 5000",
                "once_in_all": "not_met conditions; paid 5000; by supervisor_again@三(四)2",
            },
        ),
        "supervisor_year": (
            {"staff": [{**SUPERVISOR, "supervisor_selected_in": [2022]}]},
            {"same_year": NOT_SELECTED, "any_later_year": AWARD},
        ),
        "silent_registration_supervisor_award": (
            {"staff": [SUPERVISOR], "division": "310115"},
            {"implied": "not_met not_applicable; by registered_here@三(四)2", "not_required": AWARD},
        ),
        "stacking": (
            {**SENIOR_ORG, "staff": [{**SENIOR, **SUPERVISOR}]},
            {"cumulates": AWARD, "one_only": "not_met conditions; by person_stacking@三(四)2"},
        ),
    }
)
def test_supervisor_award_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("supervisor_award", **given)) == expected


@claims(
    {
        "a payment of this year uses up the year": (
            [{**EARLIER, "paid_on": "2023-01-01"}],
            "not_met paid, 5000; payable 0; paid 5000",
        ),
        "one of the year before does not": ([EARLIER], f"{AWARD}; paid 5000"),
        "one for somebody else does not": ([{**EARLIER, "item": "乙", "paid_on": "2023-01-01"}], AWARD),
    }
)
def test_the_supervisor_award_is_paid_once_a_year(given: list[Facts], expected: str) -> None:
    other = {**SUPERVISOR, "name": "乙", "supervisor_selected_in": []}
    decision = ask(
        "supervisor_award", staff=[SUPERVISOR, other], payments=given, readings={"supervisor_again": "again"}
    )
    assert items(decision)[0] == expected


@claims(
    {
        "a payment for somebody else": ([{**EARLIER, "item": "乙"}], AWARD),
        "a payment of this year is none of an earlier one": (
            [{**EARLIER, "paid_on": "2023-01-01"}],
            "not_met paid, 5000; payable 0; paid 5000",
        ),
        "a payment that names the pack": (
            [{**EARLIER, "provision": "yangpu.supervisor_award"}],
            "not_met conditions; paid 5000",
        ),
        "another payment to the same person": ([{**EARLIER, "provision": "senior_social_worker_award"}], AWARD),
        "open, an award of an earlier year leaves it undetermined": (None, "undetermined, 5000; payable 0..5000"),
    }
)
def test_whether_a_supervisor_wins_again_depends_on_earlier_awards(given: object, expected: str) -> None:
    staff = [SUPERVISOR, {**SUPERVISOR, "name": "乙"}]
    readings = {"supervisor_again": "once_in_all"}
    assert items(ask("supervisor_award", staff=staff, payments=given, readings=readings))[0].startswith(expected)


def test_whether_a_supervisor_may_win_again_is_open() -> None:
    assert told(ask("supervisor_award", staff=[SUPERVISOR], payments=[EARLIER])) == (
        "undetermined, 5000; paid 5000; open supervisor_again"
    )
    assert ask("supervisor_award", staff=[SUPERVISOR]).next_change == dt.date(2024, 1, 1)


USED_UP = "not_met paid, 5000; payable 0; paid 5000"
BOTH_PAID = [EARLIER, {**EARLIER, "paid_on": "2023-05-31"}]


# Each case: the years of selection, what was paid, and the decision on 2023-06-01 under each reading of the year.
@pytest.mark.parametrize(
    ("years", "paid", "same_year", "any_later_year"),
    [
        ([2022], [], NOT_SELECTED, AWARD),
        ([2022], [EARLIER], "not_met conditions; paid 5000; by supervisor_selected@三(四)2", USED_UP),
        ([2022], None, NOT_SELECTED, "undetermined, 5000; payable 0..5000; missing payments"),
        ([2022], [{**EARLIER, "item": "乙"}], NOT_SELECTED, AWARD),
        ([2023], [EARLIER], f"{AWARD}; paid 5000", f"{AWARD}; paid 5000"),
        ([2023], BOTH_PAID[1:], USED_UP, USED_UP),
        ([2022, 2023], [], AWARD, "met, 10000"),
        ([2022, 2023], [EARLIER], f"{AWARD}; paid 5000", "met, 10000; payable 5000; paid 5000"),
        ([2022, 2023], BOTH_PAID[1:], USED_UP, "met, 10000; payable 5000; paid 5000"),
        (
            [2022, 2023],
            BOTH_PAID,
            "not_met paid, 5000; payable 0; paid 10000",
            "not_met paid, 10000; payable 0; paid 10000",
        ),
        ([2021], [], NOT_SELECTED, AWARD),
        ([2020], [], NOT_SELECTED, NOT_SELECTED),
        ([2024], [], NOT_SELECTED, NOT_SELECTED),
    ],
)
def test_an_award_is_due_for_each_year_of_selection_once(
    years: list[int], paid: list[Facts] | None, same_year: str, any_later_year: str
) -> None:
    staff = [{**SUPERVISOR, "supervisor_selected_in": years}, {**SUPERVISOR, "name": "乙"}][: 2 if paid else 1]
    for reading, expected in (("same_year", same_year), ("any_later_year", any_later_year)):
        readings = {"supervisor_again": "again", "supervisor_year": reading}
        decision = ask("supervisor_award", staff=staff, payments=paid, readings=readings)
        found = told(decision) if len(staff) == 1 else items(decision)[0]
        assert found == (expected if len(staff) == 1 else expected.partition("; by ")[0])


@claims(
    {
        "the last year of the plan, in it": ({"as_of": "2025-06-01", "years": [2025]}, AWARD),
        "the last year of the plan, later": ({"as_of": "2026-07-01", "years": [2025]}, AWARD),
        "the first year of the plan": ({"as_of": "2031-07-01", "years": [2021]}, AWARD),
        "all years of the plan": ({"as_of": "2026-01-01", "years": [2020, 2021, 2022, 2023, 2024, 2025]}, "met, 25000"),
        "a year after the plan, in it": ({"as_of": "2026-12-31", "years": [2025, 2026]}, "met, 10000"),
        "a year after the plan, later": ({"as_of": "2027-01-01", "years": [2026]}, NOT_SELECTED),
        "one award in all": (
            {"as_of": "2023-06-01", "years": [2022, 2023], "readings": {"supervisor_again": "once_in_all"}},
            AWARD,
        ),
    }
)
def test_a_later_year_is_open_to_the_selections_of_the_plan(given: Facts, expected: str) -> None:
    readings = {"supervisor_year": "any_later_year", "supervisor_again": "again", "period_end": "until_repealed"}
    staff = [{**SUPERVISOR, "supervisor_selected_in": given["years"]}]
    decision = ask(
        "supervisor_award", given["as_of"], {**readings, **given.get("readings", {})}, staff=staff, payments=[]
    )
    assert told(decision) == expected


def test_a_payment_counts_for_a_selection_that_it_follows() -> None:
    readings = {"supervisor_year": "any_later_year", "supervisor_again": "again", "period_end": "until_repealed"}
    for years, paid_on, payable in (
        ([2021], "2021-12-31", 0),
        ([2022], "2021-12-31", 5000),
        ([2025], "2025-01-01", 0),
        ([2025], "2024-12-31", 5000),
        ([2026], "2026-01-01", 0),
        ([2025, 2026], "2025-12-31", 5000),
    ):
        staff = [{**SUPERVISOR, "supervisor_selected_in": years}]
        paid = [{**EARLIER, "paid_on": paid_on}]
        found = ask("supervisor_award", "2026-06-01", readings, staff=staff, payments=paid)
        assert found.payable is not None
        assert (found.payable.min, found.payable.max) == (payable, payable), (years, paid_on)


def test_an_unclaimed_award_turns_open_with_the_new_year_and_is_not_lost() -> None:
    staff = [{**SUPERVISOR, "supervisor_selected_in": [2022]}]
    for as_of, expected in (("2022-12-31", AWARD), ("2023-01-05", "undetermined, 5000; open supervisor_year")):
        assert told(ask("supervisor_award", as_of, staff=staff, payments=[])) == expected


def test_where_awards_are_counted_to_a_social_worker_once_the_salary_replaces_the_supervisors_award() -> None:
    certified = {**SUPERVISOR, "certificate": "社会工作师"}
    once = {"stacking": "one_only"}
    assert told(ask("supervisor_award", staff=[certified])).startswith(AWARD)
    assert told(ask("supervisor_award", staff=[certified], readings=once)) == (
        "not_met conditions; by salary_pays_more@三(四)2"
    )
    uncertified = {**SUPERVISOR, "certificate": "无", "degree": "会计", "has_senior_title": False}
    assert told(ask("supervisor_award", staff=[uncertified], readings=once)).startswith(AWARD)


TITLE = "met, 30000"
EITHER_CONTRACT = "not_met conditions; by contract_proves_employment@三(四)3"
NO_CONTRIBUTION = "not_met conditions; by contribution@三(四)3"


@claims(
    {
        "a senior social worker with contributions to projects and training": ({}, TITLE),
        "a labour contract proves it too": ({"contract": "劳动合同"}, TITLE),
        "without a contract it is not proved": ({"contract": "无"}, EITHER_CONTRACT),
        "an unknown contract": ({"contract": None}, "undetermined, 30000; missing staff[0].contract"),
        "somebody who left": ({"is_employed": False}, "not_met conditions; by is_employed@三(四)3"),
        "somebody without the title": (
            {"has_senior_title": False},
            "not_met conditions; by has_senior_title@三(四)3",
        ),
        "somebody of whom that is unknown": (
            {"has_senior_title": None},
            "undetermined, 30000; missing staff[0].has_senior_title",
        ),
        "a title of today": ({"senior_title_on": "2023-06-01"}, TITLE),
        "a title of tomorrow": (
            {"senior_title_on": "2023-06-02"},
            "not_met conditions; by has_senior_title@三(四)3",
        ),
        "a title of unknown day": ({"senior_title_on": None}, TITLE),
        "no contribution to projects": ({"has_project_innovation": False}, NO_CONTRIBUTION),
        "no contribution to training": ({"has_training_innovation": False}, NO_CONTRIBUTION),
        "an unknown contribution": (
            {"has_training_innovation": None},
            "undetermined, 30000; missing staff[0].has_training_innovation",
        ),
    }
)
def test_senior_social_worker_award(given: Facts, expected: str) -> None:
    assert told(ask("senior_social_worker_award", **{**SENIOR_ORG, "staff": [{**SENIOR, **given}]})) == expected


@claims(
    {
        "rules that are not in force": (False, "undetermined, 30000; open implementing_rules"),
        "rules of which that is unknown": (
            None,
            "undetermined, 30000; missing implementing_rules_in_force; open implementing_rules",
        ),
    }
)
def test_whether_the_senior_award_waits_for_its_rules_is_open(given: object, expected: str) -> None:
    facts = {**SENIOR_ORG, "implementing_rules_in_force": given}
    assert told(ask("senior_social_worker_award", **facts)) == expected


def senior(**facts: object) -> Facts:
    return {**SENIOR_ORG, "staff": [{**SENIOR, **facts}]}


@by_reading(
    {
        "contract_word": (
            senior(contract="劳动合同"),
            {"either": TITLE, "service_contract_only": EITHER_CONTRACT},
        ),
        "contribution": (senior(has_project_innovation=False), {"both": NO_CONTRIBUTION, "either": TITLE}),
        "senior_timing": (
            senior(joined_on="2022-05-02"),
            {"any_time": TITLE, "after_joining": "not_met conditions; by senior_timing@三(四)3"},
        ),
        "implementing_rules": (
            {**SENIOR_ORG, "implementing_rules_in_force": False},
            {"required": "not_met conditions; by implementing_rules@三(四)3", "not_required": TITLE},
        ),
        "retroactivity": (
            senior(senior_title_on="2021-07-20"),
            {
                "application_date": TITLE,
                "event_since_effect": "not_met conditions; by title_counts@三(四)3",
                "event_since_2021": TITLE,
            },
        ),
    }
)
def test_senior_social_worker_award_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("senior_social_worker_award", **given)) == expected


@claims(
    {
        "a title won on the day of joining": (
            {**senior(joined_on="2022-05-01"), "readings": {"senior_timing": "after_joining"}},
            TITLE,
        ),
        "before or after an unknown day of joining is presumed": (
            {**senior(), "readings": {"senior_timing": "after_joining"}},
            TITLE,
        ),
        "a title won before joining, the question open": (
            senior(joined_on="2022-05-02"),
            "undetermined, 30000; open senior_timing",
        ),
        "a service contract alone": (
            {**senior(), "readings": {"contract_word": "service_contract_only"}},
            TITLE,
        ),
        "a contribution to projects alone": (
            {**senior(has_training_innovation=False), "readings": {"contribution": "either"}},
            TITLE,
        ),
        "no contribution at all": (
            {
                **senior(has_training_innovation=False, has_project_innovation=False),
                "readings": {"contribution": "either"},
            },
            NO_CONTRIBUTION,
        ),
        "a payment for the person": (
            {**senior(), "payments": [{"provision": "senior_social_worker_award", "item": "甲", "amount": 30000}]},
            "not_met paid, 30000; payable 0; paid 30000",
        ),
    }
)
def test_the_readings_of_the_senior_award_turn_on_these_facts(given: Facts, expected: str) -> None:
    assert told(ask("senior_social_worker_award", **given)) == expected
