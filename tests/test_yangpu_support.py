"""二 and 四: spaces, incubation, the preferred list, training, recommendations, and Party building in organizations."""

import pytest
from yangpu_cases import Facts, ask, ask_planned, claims, told

SPACES = {"初创期": "孵化工位", "成长期": "独立办公室", "成熟期": "公益联络点"}


@pytest.mark.parametrize(("stage", "space"), SPACES.items(), ids=SPACES)
def test_each_stage_has_its_space(stage: str, space: str) -> None:
    decision = ask("base_space", stage=stage)
    assert (told(decision), decision.clause) == ("met; gaps stage_tests", "二(二)1")
    assert decision.result == space


@pytest.mark.parametrize("stage", SPACES)
def test_read_otherwise_any_space_will_do(stage: str) -> None:
    decision = ask("base_space", stage=stage, readings={"stage_mapping": "any_space"})
    assert decision.result is not None
    assert all(space in decision.result for space in SPACES.values())


def test_an_unknown_stage_leaves_the_space_open() -> None:
    decision = ask("base_space")
    assert told(decision) == "undetermined; missing stage; gaps stage_tests"
    assert decision.result is None


STUDENT, OTHER = {"is_student": True}, {"is_student": False, "is_graduating_student": False}


@claims(
    {
        "a student": ({"founders": [STUDENT], "stage": "成熟期"}, "met"),
        "a student who does not graduate yet": (
            {"founders": [{**STUDENT, "is_graduating_student": False}], "stage": "成熟期"},
            "met",
        ),
        "a graduating student is one": ({"founders": [{"is_graduating_student": True}], "stage": "成熟期"}, "met"),
        "somebody who does not graduate may still be one": (
            {"founders": [{"is_graduating_student": False}], "stage": "成熟期"},
            "undetermined; missing founders[0].is_student",
        ),
        "a founder of a young organization": ({"founders": [OTHER], "stage": "初创期"}, "met"),
        "a founder of an older one": (
            {"founders": [OTHER], "stage": "成长期"},
            "not_met conditions; by student_or_starter@二(二)2",
        ),
        "somebody of whom nothing is known": (
            {"founders": [{}]},
            "undetermined; missing founders[0].is_student founders[0].is_graduating_student stage",
        ),
        "no founders": ({"founders": []}, "not_met conditions; by 发起人@二(二)2"),
    }
)
def test_founders_internship(given: Facts, expected: str) -> None:
    assert told(ask("founders_internship", **given)) == expected


def test_whoever_plans_an_organization_is_a_starter() -> None:
    assert told(ask_planned("founders_internship", founders=[OTHER])) == "met"


@claims(
    {
        "practice_space": ({"is_governance_innovator": True}, "met"),
        "practice_space without an idea": (
            {"is_governance_innovator": False},
            "not_met conditions; by has_golden_idea@二(二)2",
        ),
        "practice_space of an unknown": ({}, "undetermined; missing is_governance_innovator"),
        "incubation_support": ({}, "met"),
        "preferred_list weighs without weights": (
            {"undertakes_local_purchase": True},
            "undetermined; gaps weights",
        ),
        "preferred_list is for those who undertake purchases": (
            {"undertakes_local_purchase": False},
            "not_met conditions; by undertakes_purchase@二(三)2",
        ),
        "preferred_list of an unknown": ({}, "undetermined; missing undertakes_local_purchase; gaps weights"),
        "public_base_exit is tested by another document": (
            {"is_public_welfare_base": True},
            "undetermined; gaps base_rules",
        ),
        "public_base_exit is for bases": (
            {"is_public_welfare_base": False},
            "not_met conditions; by is_base@二(四)3",
        ),
        "party_building_plan": ({"has_party_building_plan": True}, "met"),
        "party_building_plan not carried out": (
            {"has_party_building_plan": False},
            "not_met conditions; by party_building_in_place@二(一)1",
        ),
        "party_charter": ({"charter_includes_party_building": True}, "met"),
        "party_charter not written": (
            {"charter_includes_party_building": False},
            "not_met conditions; by party_in_charter@二(一)2",
        ),
    }
)
def test_support_and_duties(request: pytest.FixtureRequest, given: Facts, expected: str) -> None:
    provision = request.node.callspec.id.split()[0]
    assert told(ask(provision, **given)) == expected


PERSON = {"name": "甲"}


@claims(
    {
        "exam_training": ({"is_preparing_for_exam": True}, "met"),
        "exam_training of others": (
            {"is_preparing_for_exam": False},
            "not_met conditions; by prepares_for_exam@二(五)1",
        ),
        "continuing_education of an assistant": ({"certificate": "助理社会工作师"}, "met"),
        "continuing_education of a social worker": ({"certificate": "社会工作师"}, "met"),
        "continuing_education of a senior one": ({"certificate": "高级社会工作师"}, "met"),
        "continuing_education of others": (
            {"certificate": "无"},
            "not_met conditions; by holds_certificate@二(五)1",
        ),
        "governance_training on the front line": ({"role": "一线项目人员"}, "met"),
        "governance_training of managers": ({"role": "管理人员"}, "met"),
        "governance_training of others": (
            {"role": "其他"},
            "not_met conditions; by front_line_or_manager@二(五)1",
        ),
        "senior_exam": ({"was_outstanding_social_worker": True}, "discretionary"),
        "senior_exam of others": (
            {"was_outstanding_social_worker": False},
            "not_met conditions; by was_outstanding@二(五)3",
        ),
        "talent_recommendation": ({"has_outstanding_contribution": True}, "discretionary"),
        "talent_recommendation of others": (
            {"has_outstanding_contribution": False},
            "not_met conditions; by contributed@二(五)3",
        ),
        "community_delegate": ({}, "discretionary"),
    }
)
def test_what_is_done_for_people(request: pytest.FixtureRequest, given: Facts, expected: str) -> None:
    provision = request.node.callspec.id.split()[0]
    clause = "四(一)" if provision == "community_delegate" else expected.partition("@")[2]
    decision = ask(provision, staff=[{**PERSON, **given}])
    assert told(decision) == expected
    assert clause in {"", decision.clause}
    gone = ask(provision, staff=[{**PERSON, **given, "is_employed": False}])
    assert told(gone).startswith("not_met conditions; by is_employed@")
    to_come = ask(provision, staff=[{**PERSON, **given, "joined_on": "2023-06-02"}])
    assert told(to_come).startswith("not_met conditions; by is_employed@")
    assert told(ask(provision, staff=[{**PERSON, **given, "joined_on": "2023-06-01"}])) == expected


@pytest.mark.parametrize(
    ("provision", "fact"),
    [
        ("exam_training", "is_preparing_for_exam"),
        ("continuing_education", "certificate"),
        ("governance_training", "role"),
        ("senior_exam", "was_outstanding_social_worker"),
        ("talent_recommendation", "has_outstanding_contribution"),
    ],
)
def test_what_is_not_known_of_a_person_is_missing(provision: str, fact: str) -> None:
    assert told(ask(provision, staff=[PERSON])) == f"undetermined; missing staff[0].{fact}"


def test_every_support_says_what_follows_and_every_duty_who_must_do_it() -> None:
    given: Facts = {"staff": [PERSON], "founders": [STUDENT], "is_governance_innovator": True}
    for provision in ("practice_space", "incubation_support", "preferred_list", "public_base_exit"):
        assert ask(provision, **given, undertakes_local_purchase=True, is_public_welfare_base=True).result
    for provision in ("party_building_plan", "party_charter"):
        duty = ask(provision).duty
        assert duty is not None
        assert (duty["who"], duty["due"]) == ("社会组织", None)
    for provision, facts in (
        ("exam_training", {"is_preparing_for_exam": True}),
        ("continuing_education", {"certificate": "社会工作师"}),
        ("governance_training", {"role": "管理人员"}),
    ):
        decision = ask(provision, staff=[{**PERSON, **facts}])
        assert decision.items is not None
        assert decision.items[0].result
    internship = ask("founders_internship", founders=[STUDENT])
    assert internship.items is not None
    assert internship.items[0].result
