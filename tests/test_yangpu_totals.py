"""One organization, every clause: what is payable in all, to whom, how often, and what is left out of the sum."""

import datetime as dt

import pytest

from socorg_rules import Answer, CaseError, assess

# Registered on 2022-03-10, asked on 2023-06-01: each amount is worked out beside its clause.
CASE = {
    "organization": {
        "name": "示例社会工作服务中心",
        "status": "registered",
        "division": "310110",
        "legal_form": "社会服务机构",
        "established_on": "2022-03-10",
        "stage": "初创期",
        "hub_type": "无",
        "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}],
        "offices": [
            {
                "division": "310110",
                "is_leased": True,
                "monthly_rent": 450,
                "leased_from": "2022-04-01",
                "leased_until": "2024-03-31",
            }
        ],
        "assessments": [
            {"grade": "3A", "announced_on": "2023-01-10"},
            {"grade": "4A", "announced_on": "2023-05-10"},
        ],
        "honours": [
            {"name": "甲奖", "level": "国家级", "holder": "organization", "awarded_on": "2022-12-01"},
            {"name": "乙奖", "level": "市级", "holder": "organization", "awarded_on": "2023-02-01"},
        ],
        "ventures": [
            {
                "name": "邻里",
                "is_selected": True,
                "amount": 80000,
                "contract_amount": 80000,
                "audited_amount": 80000,
                "selected_on": "2023-02-01",
            },
            {"name": "待定", "amount": 1000, "contract_amount": 1000, "audited_amount": 1000},
        ],
        "contest_awards": [
            {
                "name": "大赛",
                "level": "市级",
                "prize": "二等奖",
                "awarded_on": "2023-03-01",
                "project_amount": 120000,
                "service_division": "310110",
                "clients_division": "310110",
            }
        ],
        "staff": [
            {
                "name": "张",
                "certificate": "高级社会工作师",
                "contract": "劳动合同",
                "has_senior_title": True,
                "senior_title_on": "2022-06-01",
                "has_project_innovation": True,
                "has_training_innovation": True,
                "supervisor_selected_in": [2023],
                "supervisor_kind": "internal",
            },
            {
                "name": "李",
                "certificate": "社会工作师",
                "has_senior_title": False,
                "supervisor_selected_in": [],
            },
        ],
        "implementing_rules_in_force": True,
        "payments": [
            {"provision": "grade_award", "item": "3A", "amount": 10000, "paid_on": "2023-02-20"},
            {"provision": "rent_subsidy", "amount": 450, "month": "2023-05", "paid_on": "2023-05-30"},
            {"provision": "honour_award", "item": "甲奖", "amount": 80000, "paid_on": "2023-01-15"},
        ],
    }
}
TOTAL = {
    "organization": {
        # opening 0..10000, grade 30000 - 10000, honour 50000 (80000 paid), venture 0..40000, contest 50000
        "once": {"min": "120000.00", "max": "170000.00"},
        "month": {"min": "0.00", "max": "450.00"},
    },
    # senior title 30000, supervisor 5000; two social workers of 800 to 2000 a month
    "person": {"once": {"min": "35000.00", "max": "35000.00"}, "month": {"min": "1600.00", "max": "4000.00"}},
    "left_out": ["venture_match.ventures[1]"],
}


def answer(as_of: str = "2023-06-01", **readings: str) -> Answer:
    return assess(CASE, "yangpu", as_of, readings)


def test_the_total_is_what_is_payable_by_payee_and_by_once_and_month() -> None:
    assert answer().total.to_dict() == TOTAL


def test_what_ends_with_the_plan_leaves_the_total() -> None:
    after = answer("2026-01-01", period_end="plan_period").total.to_dict()
    nothing = {"min": "0.00", "max": "0.00"}
    assert after == {
        "organization": {"once": nothing, "month": nothing},
        "person": {"once": nothing, "month": nothing},
        "left_out": [],
    }


def test_what_is_open_is_left_out_and_counted_nowhere() -> None:
    total = answer("2026-01-01").total.to_dict()
    assert total["left_out"] == [
        "grade_award",
        "honour_award",
        "venture_match",
        "contest_subsidy",
        "salary_subsidy",
        "supervisor_award",
        "senior_social_worker_award",
    ]
    assert total["organization"] == {"once": {"min": "0.00", "max": "0.00"}, "month": {"min": "0.00", "max": "0.00"}}


def test_without_stacking_the_higher_sums_remain() -> None:
    # 张 is paid for the senior title alone, 李 by the month; honours, venture and prize have names of their own.
    total = answer(stacking="one_only").total.to_dict()
    assert total["person"] == {
        "once": {"min": "30000.00", "max": "30000.00"},
        "month": {"min": "800.00", "max": "2000.00"},
    }
    assert total["organization"] == TOTAL["organization"]


def test_a_ceiling_read_as_due_in_full_raises_the_least() -> None:
    total = answer(no_floor="in_full").total.to_dict()
    assert total["organization"] == {
        "once": {"min": "170000.00", "max": "170000.00"},
        "month": {"min": "450.00", "max": "450.00"},
    }


def test_the_answer_is_about_the_organization_alone() -> None:
    assert not {"target_organizations", "party_meetings"} & set(answer())
    assert len(answer()) == 26


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("opening_subsidy", dt.date(2024, 3, 11)),
        ("rent_subsidy", dt.date(2024, 3, 11)),
        ("honour_award", dt.date(2026, 1, 1)),
        ("supervisor_award", dt.date(2024, 1, 1)),
        ("registered_capital", None),
    ],
)
def test_the_next_day_on_which_a_decision_changes_by_itself(provision: str, expected: dt.date | None) -> None:
    assert answer()[provision].next_change == expected


@pytest.mark.parametrize(
    ("payment", "path"),
    [
        ({"provision": "honour_award", "item": "丙奖", "amount": 1}, "organization.payments[0].item"),
        ({"provision": "grade_award", "item": "5A", "amount": 1}, "organization.payments[0].item"),
        ({"provision": "open_subsidy", "amount": 1}, "organization.payments[0].provision"),
    ],
)
def test_a_payment_for_nothing_that_is_listed_is_an_error(payment: dict[str, object], path: str) -> None:
    case = {"organization": {**CASE["organization"], "payments": [payment]}}
    with pytest.raises(CaseError) as error:
        assess(case, "yangpu", "2023-06-01")
    assert [p.path for p in error.value.problems] == [path]


def test_two_inspections_of_one_year_are_an_error() -> None:
    twice = [{"year": 2022, "result": "合格"}, {"year": 2022, "result": "不合格"}]
    with pytest.raises(CaseError) as error:
        assess({"organization": {**CASE["organization"], "annual_inspections": twice}}, "yangpu", "2023-06-01")
    assert [p.path for p in error.value.problems] == ["organization.annual_inspections[1]"]
