"""Nothing of the document is left out: each numbered clause, and each ambiguity LY-A1 … A14 of `design/clauses.md`."""

import re
from functools import cache
from pathlib import Path

import pytest

from socorg_rules import Pack, load_pack
from socorg_rules.expr import ALWAYS, walk
from socorg_rules.words import Gap

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT.parent / "shared" / "sources" / "000_5a69106f0afea611.txt"

# Each ambiguity: the readings `r:` and text gaps `g:` that hold it, or why it needs none.
AMBIGUITIES = {
    "A1": "r:deadline_year",
    "A2": "g:which_14; a figure of 14 is settled: it counts, whichever they are",
    "A3": "r:two_deadlines",
    "A4": "r:fifty_percent r:fifty_percent_filed",
    "A5": "r:premises g:premises_others",
    "A6": "r:open_terms g:open_terms_fit",
    "A7": "r:nameplate r:nameplate_town",
    "A8": "r:legal_person g:legal_person_conditions",
    "A9": "g:money_amount",
    "A10": "r:access r:access_planned",
    "A11": "g:plan_date g:plan_contents",
    "A12": "g:effect_centre; a date of effect or end is settled: there is none, and nothing is tested",
    "A13": "r:coverage_vs_target r:coverage_vs_target_levels g:coverage_vs_target_places",
    "A14": "r:month_terms r:month_terms_middle",
}
BEYOND = {"report_date": "五(四): by when the result is reported is not said"}

DEFAULTS = {
    "deadline_year": "year_2021",
    "month_terms": "last_day_included",
    "month_terms_middle": "by_its_end",
    "two_deadlines": "separate",
    "premises": "in_station",
}
OPEN = """
    fifty_percent fifty_percent_filed open_terms nameplate nameplate_town legal_person access access_planned
    coverage_vs_target coverage_vs_target_levels"""

CLAUSES = """
    一
    二 二(一) 二(二) 二(三) 二(四)
    三 三(一) 三(二) 三(三) 三(四) 三(五) 三(六)
    四 四(一) 四(二) 四(三) 四(四) 四(五)
    五 五(一) 五(二) 五(三) 五(四)
    六 六一是 六二是 六三是"""
WITHOUT_DECISION = "二 二(一) 二(二) 二(三) 二(四) 三 三(二) 三(五) 五 六 六一是 六二是 六三是"
PROVISIONS = {
    "base_money_support": "organization 四(一) grant",
    "hardware_support": "organization 四(一) in_kind",
    "professional_support": "organization 四(一) in_kind",
    "capacity_support": "organization 四(二) in_kind",
    "base_standard": "facility 三(一) standard",
    "base_staffing": "facility 三(三) standard",
    "base_premises": "facility 三(四) standard",
    "base_rules": "facility 三(六) standard",
    "legal_person_duty": "facility 三(六) duty",
    "base_functions": "facility 四 standard",
    "nameplate": "facility 五(二) standard",
    "service_fields": "facility 五(三) standard",
    "annual_assessment": "facility 五(四) duty",
    "target_14_year_end": "jurisdiction 一 target",
    "target_district_centre": "jurisdiction 一 target",
    "target_50_percent": "jurisdiction 一 target",
    "target_coverage": "jurisdiction 一 target",
    "target_14_october": "jurisdiction 五(二) target",
    "target_21": "jurisdiction 五(二) target",
    "assessment_report": "jurisdiction 五(四) duty",
    "plan_duty": "jurisdiction 五(一) duty",
    "premises_deadline": "jurisdiction 五(二) duty",
    "township_deadline": "jurisdiction 五(二) duty",
    "gap_closing": "jurisdiction 五(二) duty",
    "key_evaluation": "jurisdiction 五(四) duty",
}
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"{DOCUMENT.name} is not here")


@cache
def longyang() -> Pack:
    return load_pack("longyang")


def named(mark: str) -> set[str]:
    return {name for told in AMBIGUITIES.values() for name in re.findall(rf"\b{mark}:(\w+)", told)}


def test_every_ambiguity_has_its_place() -> None:
    assert list(AMBIGUITIES) == [f"A{n}" for n in range(1, 15)]
    assert all(re.search(r"\b[rg]:\w", told) for told in AMBIGUITIES.values())


def test_every_reading_of_the_pack_stands_for_an_ambiguity() -> None:
    assert named("r") == set(longyang().readings)


def test_every_text_gap_of_the_pack_stands_for_an_ambiguity_or_its_clause() -> None:
    plans = longyang().plans.values()
    in_tests = {n.gap.name for plan in plans for e in plan.exprs for n in walk(e) if isinstance(n, Gap)}
    assert in_tests | {g.name for plan in plans for g in plan.gaps} == named("g") | set(BEYOND)


def test_the_defaults_are_those_that_were_decided() -> None:
    assert {r.name: r.default for r in longyang().readings.values()} == {**DEFAULTS, **dict.fromkeys(OPEN.split())}


def test_every_numbered_clause_is_accounted_for() -> None:
    assert [c.locator for c in longyang().source.clauses] == CLAUSES.split()
    assert [row.clause for row in longyang().coverage if row.status == "none"] == WITHOUT_DECISION.split()
    assert all(row.note for row in longyang().coverage)


def test_each_provision_is_about_its_entity_of_its_clause_and_kind() -> None:
    plans = longyang().plans.values()
    assert {p.provision.id: f"{p.root.name} {p.provision.clause} {p.provision.kind}" for p in plans} == PROVISIONS
    assert {p.id: p.also for p in longyang().provisions if p.also} == {"nameplate": ("三(四)",)}


def test_without_a_date_of_effect_nothing_tests_whether_it_is_in_force() -> None:
    assert all(plan.force is ALWAYS for plan in longyang().plans.values())


def test_the_pack_names_its_document() -> None:
    source = longyang().source
    assert (source.authority, source.number, source.issued_on) == ("隆阳区民政局", "", "2021-11-25")
    assert longyang().edition == source.issued_on
    assert longyang().normative


def locators(text: str) -> list[str]:
    """The chains of the numbers that the document prints."""
    found, part = [], ""
    for line in text.splitlines():
        if match := re.match("([一二三四五六])、", line):
            part = match[1]
            found.append(part)
        elif part and (match := re.match(r"\([一二三四五六]\)|[一二三]是", line)):
            found.append(part + match[0])
    return found


@needs_document
def test_the_clauses_are_the_numbers_that_the_document_prints() -> None:
    assert locators(DOCUMENT.read_text("utf-8")) == CLAUSES.split()


@needs_document
def test_title_and_day_are_those_of_the_document() -> None:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    assert lines[0] == longyang().source.title
    assert longyang().source.issued_on in lines
