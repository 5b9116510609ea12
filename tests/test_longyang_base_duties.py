"""三(六), 五(二)–五(四): the legal person of a base, its nameplate, its services and its yearly assessment."""

import datetime as dt

import pytest
from longyang_cases import Facts, ask_base, by_reading, claims, told

# ---------------------------------------------------------------------------------------------------- legal person

OWES: Facts = {"meets_legal_person_conditions": True, "is_legal_person": False}
CONDITIONS = "; gaps legal_person_conditions"


@claims(
    {
        "meets the conditions": ({}, f"met{CONDITIONS}"),
        "does not meet them": (
            {"meets_legal_person_conditions": False},
            "not_met conditions; by meets_conditions@三(六)",
        ),
        "is registered already": ({"is_legal_person": True}, "not_met conditions; by not_yet_registered@三(六)"),
        "conditions unknown": (
            {"meets_legal_person_conditions": None},
            f"undetermined; missing facility.meets_legal_person_conditions{CONDITIONS}",
        ),
        "registration unknown": (
            {"is_legal_person": None},
            f"undetermined; missing facility.is_legal_person{CONDITIONS}",
        ),
        "its operator is none": ({"operator_is_legal_person": False}, f"met{CONDITIONS}"),
        "its operator is one": (
            {"operator_is_legal_person": True},
            f"undetermined; open legal_person{CONDITIONS}",
        ),
    }
)
def test_legal_person_duty(given: Facts, expected: str) -> None:
    assert told(ask_base("legal_person_duty", **{**OWES, **given})) == expected


@by_reading(
    {
        "legal_person": (
            {"operator_is_legal_person": True},
            {
                "base_itself": f"met{CONDITIONS}",
                "operator_suffices": "not_met conditions; by registers_itself@三(六)",
            },
        ),
    }
)
def test_legal_person_duty_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_base("legal_person_duty", **{**OWES, **given})) == expected


# ------------------------------------------------------------------------------------------------------- nameplate

PLATE: Facts = {"nameplate_made_by": "district", "nameplate_matches_pattern": True}


@claims(
    {
        "made by the district after the pattern": ({}, "met"),
        "not hung": ({"has_nameplate": False}, "not_met conditions; by nameplate_hung@五(二)"),
        "not after the pattern": (
            {"nameplate_matches_pattern": False},
            "not_met conditions; by nameplate_pattern@五(二)",
        ),
        "made by the township": ({"nameplate_made_by": "township"}, "undetermined; open nameplate"),
        "by whom is unknown": (
            {"nameplate_made_by": None},
            "undetermined; missing facility.nameplate_made_by; open nameplate",
        ),
        "of a town": ({"nameplate_says_town": True}, "undetermined; open nameplate_town"),
        "not of a town": ({"nameplate_says_town": False}, "met"),
        "pattern unknown": (
            {"nameplate_matches_pattern": None},
            "undetermined; missing facility.nameplate_matches_pattern",
        ),
    }
)
def test_nameplate(given: Facts, expected: str) -> None:
    assert told(ask_base("nameplate", **{**PLATE, **given})) == expected


@by_reading(
    {
        "nameplate": (
            {"nameplate_made_by": "township"},
            {
                "made_by_district": "not_met conditions; by nameplate_maker@五(二)",
                "pattern_by_district": "met",
            },
        ),
        "nameplate_town": (
            {"nameplate_says_town": True},
            {"fits": "met", "literal": "not_met conditions; by nameplate_pattern@五(二)"},
        ),
    }
)
def test_nameplate_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_base("nameplate", **{**PLATE, **given})) == expected


# ------------------------------------------------------------------------------------------------ services, assessment

FIELDS = {
    "社会救助": "relief",
    "为老服务": "elderly",
    "儿童关爱": "children",
    "社区治理": "governance",
    "社会事务": "affairs",
    "心理慰藉": "comfort",
    "家庭矛盾纠纷调处": "mediation",
    "未成年人保护": "minors",
}


def test_a_base_in_all_fields_serves_however_the_list_is_read() -> None:
    assert told(ask_base("service_fields", service_fields=list(FIELDS))) == "met"


def test_a_base_in_none_of_them_does_not() -> None:
    assert told(ask_base("service_fields", service_fields=["普法"])) == "not_met conditions; by serves@五(三)"
    assert told(ask_base("service_fields", service_fields=[])) == "not_met conditions; by serves@五(三)"


@pytest.mark.parametrize("left", FIELDS)
def test_one_field_less_is_a_question_of_the_reading(left: str) -> None:
    kept = [name for name in FIELDS if name != left]
    assert told(ask_base("service_fields", service_fields=kept)) == "undetermined; open open_terms"
    strict = ask_base("service_fields", service_fields=kept, readings={"open_terms": "all_eight"})
    assert told(strict) == f"not_met conditions; by serves_{FIELDS[left]}@五(三)"
    assert told(ask_base("service_fields", service_fields=kept, readings={"open_terms": "examples"})) == "met"


@pytest.mark.parametrize("field", FIELDS)
def test_as_examples_one_field_will_do(field: str) -> None:
    assert told(ask_base("service_fields", service_fields=[field], readings={"open_terms": "examples"})) == "met"


@claims(
    {
        "assessed this year": ({"assessed_years": [2021, 2022]}, "met"),
        "assessed last year and next": (
            {"assessed_years": [2021, 2023]},
            "not_met conditions; by assessed_this_year@五(四)",
        ),
        "unknown": ({}, "undetermined; missing facility.assessed_years"),
        "on the last day of the year": ({"assessed_years": [2022], "as_of": "2022-12-31"}, "met"),
        "on the first day of the next": (
            {"assessed_years": [2022], "as_of": "2023-01-01"},
            "not_met conditions; by assessed_this_year@五(四)",
        ),
    }
)
def test_annual_assessment(given: Facts, expected: str) -> None:
    assert told(ask_base("annual_assessment", **given)) == expected


@pytest.mark.parametrize(("as_of", "due"), [("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31")])
def test_the_assessment_is_due_by_the_end_of_its_year(as_of: str, due: str) -> None:
    decision = ask_base("annual_assessment", as_of, assessed_years=[])
    assert decision.duty == {"who": "区民政局", "action": "对基地建设每年总结评估一次", "due": due}


def test_with_the_new_year_an_assessment_is_due_again() -> None:
    assert ask_base("annual_assessment", assessed_years=[2022]).next_change == dt.date(2023, 1, 1)
