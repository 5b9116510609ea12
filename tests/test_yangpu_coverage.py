"""Nothing of the document is left out: each numbered clause, and each ambiguity YP-A1 … A43 of `design/clauses.md`."""

import re
from functools import cache
from pathlib import Path

import pytest

from socorg_rules import Pack, load_pack
from socorg_rules.expr import walk
from socorg_rules.words import Gap

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT.parent / "shared" / "sources" / "001_9f3595a43fa4b33f.txt"

# Each ambiguity: the readings `r:` and text gaps `g:` that hold it, or why it needs none.
AMBIGUITIES = {
    "A1": "r:period_end",
    "A2": "r:retroactivity",
    "A3": "r:two_year_reference_date",
    "A4": "r:two_year_endpoint",
    "A5": "r:establishment_date",
    "A6": "r:first_inspection",
    "A7": "r:inspection_or_report",
    "A8": "settled: the clause quotes 合格, and 基本合格 is another conclusion",
    "A9": "r:no_floor",
    "A10": "r:rent_actual",
    "A11": "r:rent_window r:rent_window_months",
    "A12": "r:rent_premises r:rent_premises_unit g:rent_premises_details",
    "A13": "r:community_org; who certifies is settled: the fact is supplied as judged; 三(一)2-3 do not ask for it",
    "A14": "r:graduating_student r:graduating_student_founders",
    "A15": "r:may_lower",
    "A16": "r:first_time",
    "A17": "r:top_up r:top_up_base",
    "A18": "r:next_round",
    "A19": "r:prior_grade",
    "A20": "r:silent_registration_grade_award r:silent_registration_venture_match "
    "r:silent_registration_salary_subsidy r:silent_registration_supervisor_award",
    "A21": "r:honour_unit",
    "A22": "r:honour_level; which bodies, and whether a grade or prize is an honour, is settled: supplied as judged",
    "A23": "r:honour_holder; a project's or Party branch's honour is settled: `holder` says whose it is judged to be",
    "A24": "r:project_amount g:project_amount_match; a prize-winning project has one amount in the vocabulary",
    "A25": "r:cap_unit g:cap_unit_day",
    "A26": "r:third_prize",
    "A27": "r:prize_names g:prize_names_other",
    "A28": "r:service_scope g:service_scope_extent",
    "A29": "settled: 配比金额 is the subsidy itself, or the cap would be empty",
    "A30": "settled: 不超过 50% is a ceiling (with r:no_floor), 按照 50% a fixed share",
    "A31": "r:stacking; other public money and a limit at the cost are settled: the text names none",
    "A32": "r:golden_idea g:golden_idea_amount",
    "A33": "r:hub_costs g:hub_costs_amount",
    "A34": "r:social_worker r:social_worker_employer",
    "A35": "r:salary_formula g:salary_formula_details",
    "A36": "r:supervisor r:supervisor_again r:supervisor_year r:supervisor_quota",
    "A37": "r:contract_word",
    "A38": "r:contribution; the kind of proof is settled: supplied as judged",
    "A39": "r:senior_timing r:retroactivity; the contract is settled: that of the day of the question",
    "A40": "r:implementing_rules",
    "A41": "r:target_terms g:target_terms_layout g:target_terms_persons; 以上 is settled: it includes the number",
    "A42": "r:stage_mapping g:stage_tests",
    "A43": "r:conflict_rule",
}
BEYOND = {"weights": "二(三)2: no weights are given", "base_rules": "二(四)3: the test is in another document"}

OPEN = """
    period_end inspection_or_report rent_window rent_window_months community_org graduating_student
    graduating_student_founders prior_grade project_amount prize_names service_scope hub_costs social_worker
    social_worker_employer supervisor supervisor_again supervisor_year supervisor_quota senior_timing implementing_rules
    target_terms conflict_rule"""
DEFAULTS = {
    "retroactivity": "application_date",
    "two_year_reference_date": "application",
    "two_year_endpoint": "civil_code",
    "establishment_date": "registration",
    "first_inspection": "very_first",
    "no_floor": "any_lower_sum",
    "rent_actual": "capped_by_rent",
    "rent_premises": "anywhere",
    "rent_premises_unit": "one_subsidy",
    "may_lower": "right",
    "first_time": "not_below_earlier",
    "top_up": "difference",
    "top_up_base": "actually_paid",
    "next_round": "any_later",
    "silent_registration_grade_award": "implied",
    "silent_registration_venture_match": "not_required",
    "silent_registration_salary_subsidy": "not_required",
    "silent_registration_supervisor_award": "not_required",
    "honour_unit": "per_honour",
    "honour_level": "shanghai",
    "honour_holder": "organization",
    "cap_unit": "per_project",
    "third_prize": "included",
    "stacking": "cumulates",
    "golden_idea": "same_as_venture",
    "salary_formula": "guaranteed",
    "contract_word": "either",
    "contribution": "both",
    "stage_mapping": "one_to_one",
}

CLAUSES = """
    一 一(一) 一(二) 一(三) 一(三)1 一(三)2 一(三)3 一(三)4
    二 二(一) 二(一)1 二(一)2 二(一)3 二(二) 二(二)1 二(二)2 二(二)3 二(三) 二(三)1 二(三)2 二(三)3
    二(四) 二(四)1 二(四)2 二(四)3 二(五) 二(五)1 二(五)2 二(五)3
    三 三(一) 三(一)1 三(一)2 三(一)3 三(二) 三(二)1 三(二)2 三(三) 三(三)1 三(三)2 三(三)3
    三(四) 三(四)1 三(四)2 三(四)3
    四 四(一) 四(二) 四(三) 五"""
PROVISIONS = {
    "registered_capital": "三(一)1 route",
    "opening_subsidy": "三(一)2 grant",
    "rent_subsidy": "三(一)3 grant",
    "grade_award": "三(二)1 grant",
    "honour_award": "三(二)2 grant",
    "venture_match": "三(三)1 grant",
    "contest_subsidy": "三(三)2 grant",
    "hub_project_funds": "三(三)3 grant",
    "salary_subsidy": "三(四)1 grant",
    "supervisor_award": "三(四)2 grant",
    "senior_social_worker_award": "三(四)3 grant",
    "golden_idea": "二(四)1 grant",
    "base_space": "二(二)1 in_kind",
    "founders_internship": "二(二)2 in_kind",
    "practice_space": "二(二)2 in_kind",
    "incubation_support": "二(二)3 in_kind",
    "preferred_list": "二(三)2 qualification",
    "public_base_exit": "二(四)3 qualification",
    "exam_training": "二(五)1 in_kind",
    "continuing_education": "二(五)1 in_kind",
    "governance_training": "二(五)1 in_kind",
    "senior_exam": "二(五)3 qualification",
    "talent_recommendation": "二(五)3 qualification",
    "community_delegate": "四(一) qualification",
    "party_building_plan": "二(一)1 duty",
    "party_charter": "二(一)2 duty",
    "party_meetings": "二(一)3 duty",
    "index_publication": "二(三) duty",
    "yearly_summit": "二(四)2 duty",
    "supervisor_selection": "三(四)2 duty",
    "target_layout": "一(二) target",
    "target_organizations": "一(二) target",
    "target_social_workers": "一(二) target",
    "target_data": "一(二) target",
}
WITHOUT_DECISION = """
    一 一(一) 一(三) 一(三)1 一(三)2 一(三)3 一(三)4 二 二(一) 二(二) 二(三)3 二(四) 二(五) 二(五)2
    三 三(一) 三(二) 三(三) 三(四) 四 四(二) 四(三)"""
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"{DOCUMENT} is not here")


@cache
def yangpu() -> Pack:
    return load_pack("yangpu")


def named(mark: str) -> set[str]:
    return {name for told in AMBIGUITIES.values() for name in re.findall(rf"\b{mark}:(\w+)", told)}


def test_every_ambiguity_has_its_place() -> None:
    assert list(AMBIGUITIES) == [f"A{n}" for n in range(1, 44)]
    assert all("r:" in told or "settled: " in told for told in AMBIGUITIES.values())


def test_every_reading_of_the_pack_stands_for_an_ambiguity() -> None:
    assert named("r") == set(yangpu().readings)


def test_every_text_gap_of_the_pack_stands_for_an_ambiguity_or_its_clause() -> None:
    plans = yangpu().plans.values()
    in_tests = {n.gap.name for plan in plans for e in plan.exprs for n in walk(e) if isinstance(n, Gap)}
    assert in_tests | {g.name for plan in plans for g in plan.gaps} == named("g") | set(BEYOND)


def test_the_defaults_are_those_that_were_decided() -> None:
    decided = {**DEFAULTS, **dict.fromkeys(OPEN.split())}
    assert {r.name: r.default for r in yangpu().readings.values()} == decided


def test_every_numbered_clause_is_accounted_for() -> None:
    assert [c.locator for c in yangpu().source.clauses] == CLAUSES.split()
    assert [row.clause for row in yangpu().coverage if row.status == "none"] == WITHOUT_DECISION.split()
    assert all(row.note for row in yangpu().coverage)


def test_each_provision_is_of_its_clause_and_kind() -> None:
    found = {p.id: f"{p.clause} {p.kind}" for p in yangpu().provisions}
    assert found == PROVISIONS
    assert {p.id: p.also for p in yangpu().provisions if p.also} == {
        "contest_subsidy": ("二(四)1",),
        "index_publication": ("二(三)1",),
        "target_layout": ("二(二)3",),
    }


def test_persons_are_paid_for_what_persons_earn() -> None:
    assert {p.id for p in yangpu().provisions if getattr(p, "payee", None) == "person"} == {
        "salary_subsidy",
        "supervisor_award",
        "senior_social_worker_award",
    }


def test_the_pack_names_its_document() -> None:
    pack = yangpu()
    assert (pack.edition, pack.source.issued_on, pack.source.authority) == ("2021-07-21", "2021-07-21", "杨浦区民政局")
    assert pack.normative


def locators(text: str) -> list[str]:
    """The chains of the numbers that the document prints."""
    found, part, section = [], "", ""
    for line in text.splitlines():
        if match := re.match("([一二三四五])、", line):
            part, section = match[1], ""
            found.append(part)
        elif part and (match := re.match(r"\(([一二三四五])\)", line)):
            section = f"{part}({match[1]})"
            found.append(section)
        elif section and (match := re.match(r"(\d)\.", line)):
            found.append(section + match[1])
    return found


@needs_document
def test_the_clauses_are_the_numbers_that_the_document_prints() -> None:
    assert locators(DOCUMENT.read_text("utf-8")) == CLAUSES.split()
