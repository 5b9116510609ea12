"""Daoli's is a report and no rule, and every answer says so: it matches or not, grants nothing and lapses never."""

import re
from pathlib import Path

import pytest
from daoli_cases import ABOUT, HERE, ask

from socorg_rules import Answer, assess

EXAMPLES = Path(__file__).parents[1] / "examples"
CASES = sorted(EXAMPLES.glob("daoli-*"))
PRACTICE = {
    "zh": {
        "met": "结论：与所述做法相符",
        "discretionary": "结论：与所述做法相符，是否适用由主管部门酌定",
        "undetermined": "结论：是否与所述做法相符，尚不能确定",
        "not_met": "结论：与所述做法不符：",
    },
    "en": {
        "met": "Outcome: met: matches the practice described",
        "discretionary": "Outcome: discretionary: matches the practice described, which leaves it to the authority",
        "undetermined": "Outcome: undetermined: it may or may not match the practice described",
        "not_met": "Outcome: not met: does not match the practice described",
    },
}
NO_RULE = {
    "zh": "所依文件是工作报告，不是规范性文件；其中数额不构成应享权利。",
    "en": "The document is a report, not a rule; its figures are not entitlements.",
}
CLAIMS = {"zh": r"应享：|可领|已领：|义务：", "en": r"Entitlement|Payable|Paid:|Duty:"}


def answer(path: Path) -> Answer:
    return assess(path, "daoli", "2023-06-01")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_explanation_says_that_it_rests_on_a_report(path: Path, lang: str) -> None:
    about = answer(path)
    assert NO_RULE[lang] in about.explain(lang)
    for decision in about.decisions:
        text = decision.explain(lang)
        assert NO_RULE[lang] in text
        assert PRACTICE[lang][str(decision.outcome)] in text
        assert not re.search(CLAIMS[lang], text)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_nothing_is_added_up_and_nothing_is_payable(path: Path) -> None:
    about = answer(path)
    assert about.total.to_dict() == {"left_out": []}
    assert all(d.entitlement is None and d.payable is None for d in about.decisions)
    assert not any(d["normative"] for d in about.to_dict()["decisions"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("root", ABOUT)
@pytest.mark.parametrize("day", ["1990-01-01", "2018-01-01", "2090-12-31"])
def test_no_day_is_too_early_or_too_late(root: str, day: str) -> None:
    decisions = assess({root: HERE[root]}, "daoli", day).decisions
    assert [d.provision for d in decisions] == ABOUT[root].split()
    assert "not_in_force" not in {str(d.reason) for d in decisions}


def test_in_short_an_open_reading_is_named_and_not_the_day_of_the_figures() -> None:
    text = answer(EXAMPLES / "daoli-district.json").explain("en")
    line = next(line for line in text.splitlines() if line.startswith("  - Fund budget"))
    assert line.endswith("Reading left open: Are the 2 million yuan given once, or in every year's budget?")


def test_a_reading_that_leaves_only_the_result_open_is_said_to() -> None:
    text = ask("clawback", has_misused_funds=True).explain("en")
    assert "Left open; this leaves open how much, or what follows" in text
