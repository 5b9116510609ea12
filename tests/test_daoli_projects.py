"""二(二), 四(二) and 六(一) of Daoli: kinds of project, evaluation, supervision, rectification and recovered funds."""

import pytest
from daoli_cases import Facts, ask, by_reading, claims, told

# ------------------------------------------------------------------------------------------------ 二(二) kinds

NAMED = ("为老", "助残", "帮扶", "济困", "青少年", "社区治理", "邻里互助", "志愿者", "社工", "法律援助")


@pytest.mark.parametrize("kind", [*NAMED, "帮扶(济困)", "帮扶（济困）"])
def test_a_named_kind_is_one_of_the_ten(kind: str) -> None:
    decision = ask("project_category", category=kind)
    assert (told(decision), decision.clause) == ("met", "二(二)")


@pytest.mark.parametrize("kind", ["文体健身", "环保", "老"])
def test_any_other_kind_may_be_the_tenth(kind: str) -> None:
    assert told(ask("project_category", category=kind)) == "undetermined; gaps ten_kinds"


def test_of_an_unknown_kind_the_kind_is_missing() -> None:
    assert told(ask("project_category")) == "undetermined; missing category; gaps ten_kinds"


# ------------------------------------------------------------------------------------------- 四(二) evaluation

EVALUATED: Facts = {
    "has_third_party_evaluator": True,
    "evaluator_chosen_by_tender": True,
    "reviews": ["初期", "中期", "终期"],
}


@claims(
    {
        "wholly": (EVALUATED, "met"),
        "by the district itself": (
            {**EVALUATED, "has_third_party_evaluator": False},
            "not_met conditions; by third_party@四(二)",
        ),
        "by whom it chose": (
            {**EVALUATED, "evaluator_chosen_by_tender": False},
            "not_met conditions; by by_tender@四(二)",
        ),
        "not at first": ({**EVALUATED, "reviews": ["中期", "终期"]}, "not_met conditions; by first_review@四(二)"),
        "not midway": ({**EVALUATED, "reviews": ["初期", "终期"]}, "not_met conditions; by middle_review@四(二)"),
        "not yet at the end": (
            {**EVALUATED, "reviews": ["初期", "中期"]},
            "not_met conditions; by last_review@四(二)",
        ),
        "nothing known": (
            {},
            "undetermined; missing has_third_party_evaluator evaluator_chosen_by_tender reviews",
        ),
    }
)
def test_project_evaluation(given: Facts, expected: str) -> None:
    decision = ask("project_evaluation", **given)
    assert told(decision) == expected
    assert len(decision.checklist or ()) == 5


# ------------------------------------------------------------------------------------------ 六(一) supervision

WATCHED = {
    "定期检查实施": "progress_checked",
    "定期检查资金": "funds_checked",
    "回访受益群众": "revisited",
    "建档立卷": "filed",
}


def test_project_supervision() -> None:
    decision = ask("project_supervision", supervision=list(WATCHED))
    assert (told(decision), len(decision.checklist or ())) == ("met", 4)
    assert told(ask("project_supervision")) == "undetermined; missing supervision"


@pytest.mark.parametrize(("how", "test"), WATCHED.items(), ids=WATCHED)
def test_each_way_to_supervise_belongs_to_it(how: str, test: str) -> None:
    rest = [each for each in WATCHED if each != how]
    assert told(ask("project_supervision", supervision=rest)) == f"not_met conditions; by {test}@六(一)"


@claims(
    {
        "a problem is to be put right": (
            {"has_problem_found": True, "is_rectified": False},
            "met; gaps rectification",
        ),
        "it was put right": (
            {"has_problem_found": True, "is_rectified": True},
            "not_met conditions; by not_yet_rectified@六(一)",
        ),
        "no problem": ({"has_problem_found": False}, "not_met conditions; by problem_found@六(一)"),
        "whether it was put right not known": (
            {"has_problem_found": True},
            "undetermined; missing is_rectified; gaps rectification",
        ),
        "nothing known": ({}, "undetermined; missing has_problem_found is_rectified; gaps rectification"),
    }
)
def test_rectification_is_met_when_the_duty_applies(given: Facts, expected: str) -> None:
    decision = ask("rectification", **given)
    assert told(decision) == expected
    assert dict(decision.duty or {}) == {"who": "项目实施单位", "action": "按主办方提出的意见整改", "due": None}


WHOLE, PART = "result 追回全部项目资金", "result 追回违规使用的部分"


@by_reading(
    "clawback",
    {
        "funds misused": (
            {"has_misused_funds": True},
            {
                "whole": f"discretionary; {WHOLE}",
                "part": f"discretionary; {PART}",
                "open": "discretionary; open clawback",
            },
        ),
        "a fen of funds": (
            {"has_misused_funds": True, "amount": "0.01"},
            {"whole": f"discretionary; {WHOLE}"},
        ),
        "no funds": (
            {"has_misused_funds": True, "amount": 0},
            {"whole": "not_met conditions; by was_funded@六(一)"},
        ),
        # A problem alone is put right; recovery is of what was spent against the rules (DL-A7).
        "a problem, but not with funds": (
            {"has_problem_found": True, "has_misused_funds": False},
            {"whole": "not_met conditions; by misused@六(一)"},
        ),
        "nothing known": ({}, {"part": f"undetermined; {PART}; missing has_misused_funds"}),
    },
)
def test_clawback_is_a_right_that_is_reserved(given: Facts, expected: str) -> None:
    decision = ask("clawback", **given)
    assert (told(decision), decision.clause) == (expected, "六(一)")


def test_funds_may_be_recovered_whether_or_not_the_problem_was_put_right() -> None:
    for rectified in (True, False, None):
        decision = ask("clawback", has_misused_funds=True, is_rectified=rectified)
        assert str(decision.outcome) == "discretionary"
