"""四(一)4 to 四(五)15: decoupling, the grade for purchases, incubation, exams, and who answers for Party building."""

import pytest
from xinjin_cases import Facts, ask, ask_filed, ask_planned, claims, items, told

ALL = ["人员", "财务", "机构", "职能"]
SCOPE = "; gaps decoupling_scope"


@claims(
    {
        "apart in all four": (ALL, f"met{SCOPE}"),
        "staff still shared": (ALL[1:], "not_met conditions; by staff_apart@四(一)4"),
        "finance still shared": (["人员", "机构", "职能"], "not_met conditions; by finance_apart@四(一)4"),
        "the body still shared": (["人员", "财务", "职能"], "not_met conditions; by body_apart@四(一)4"),
        "functions still shared": (ALL[:3], "not_met conditions; by functions_apart@四(一)4"),
        "apart in nothing": ([], "not_met conditions; by staff_apart@四(一)4"),
        "unknown": (None, f"undetermined; missing decoupled_in{SCOPE}"),
    }
)
def test_decoupling(given: list[str] | None, expected: str) -> None:
    assert told(ask("decoupling", has_supervising_unit=True, decoupled_in=given)) == expected


def test_only_who_has_a_supervising_unit_is_to_be_decoupled() -> None:
    decision = ask("decoupling", has_supervising_unit=False, decoupled_in=[])
    assert told(decision) == "not_met not_applicable; by has_supervising_unit@四(一)4"
    assert ask("decoupling", decoupled_in=ALL).missing == ("organization.has_supervising_unit",)


@pytest.mark.parametrize("grade", ["5A", "1A"])
def test_no_grade_is_named_for_purchased_services(grade: str) -> None:
    decision = ask("grade_link", assessments=[{"grade": grade, "announced_on": "2016-05-01"}])
    assert told(decision) == "undetermined; gaps grade_link"
    assert told(ask_filed("grade_link")) == "undetermined; gaps grade_link"
    assert decision.result == "承接政府购买服务项目"


def test_nobody_can_tell_what_the_initial_period_is() -> None:
    for stage, founded in (("初创期", "2017-05-31"), ("成熟期", "1990-01-01")):
        decision = ask("incubation_support", stage=stage, established_on=founded)
        assert told(decision) == "undetermined; gaps early_stage"
    assert ask("incubation_support").result == "孵化园的场地、资金、信息、推介支持，项目设计与人才培训"


TODAY, LATER = {"name": "丙", "joined_on": "2017-06-01"}, {"name": "丁", "joined_on": "2017-06-02"}


def test_staff_are_encouraged_to_take_the_exam() -> None:
    decision = ask("exam_encouragement", staff=[{"name": "甲"}, {"name": "乙", "is_employed": False}, TODAY, LATER])
    assert told(decision) == "discretionary"
    assert items(decision) == ["discretionary", "not_met conditions", "discretionary", "not_met conditions"]
    assert told(ask("exam_encouragement", staff=[])).startswith("not_met conditions")
    assert told(ask("exam_encouragement")) == "undetermined; missing staff"


CONDITIONS = "; gaps party_gap_conditions"


@claims(
    {
        "a registered organization with a supervising unit": (
            {"has_supervising_unit": True},
            (f"met{CONDITIONS}", "业务主管单位"),
        ),
        "a directly registered one without": (
            {"has_supervising_unit": False},
            ("undetermined; gaps party_gap party_gap_conditions", "文本未写明"),
        ),
        "unknown": (
            {},
            ("undetermined; missing has_supervising_unit; gaps party_gap party_gap_conditions", None),
        ),
    }
)
def test_who_answers_for_party_building(given: Facts, expected: tuple[str, str | None]) -> None:
    decision = ask("party_responsibility", **given)
    assert (told(decision), decision.result) == expected


def test_for_a_filed_organization_the_county_or_the_township_answers() -> None:
    for unit in (True, False, None):
        decision = ask_filed("party_responsibility", has_supervising_unit=unit)
        assert told(decision) == f"met{CONDITIONS}"
        assert decision.result == "县民政局或所在镇乡（街道）"


@pytest.mark.parametrize(
    "provision",
    ["decoupling", "grade_link", "incubation_support", "exam_encouragement", "party_responsibility"],
)
def test_these_speak_of_organizations_that_exist(provision: str) -> None:
    assert told(ask_planned(provision)).startswith("not_met not_applicable")
