"""三(四)1, 三(四)3: 800-2,000 yuan a month for social workers, 30,000 for a senior title."""

import pytest
from yangpu_cases import SENIOR, SENIOR_ORG, Facts, ask, by_reading, claims, items, told

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
