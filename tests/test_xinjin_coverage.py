"""Nothing of the document is left out: each numbered clause, and each ambiguity XJ-A1 … A18 of `design/clauses.md`."""

import re
from functools import cache
from pathlib import Path

import pytest

from socorg_rules import Pack, load_pack
from socorg_rules.expr import walk
from socorg_rules.words import Gap

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT.parent / "shared" / "sources" / "004_7de0f6e272cdda0a.txt"

# Each ambiguity: the readings `r:` and text gaps `g:` that hold it, or why it needs none.
AMBIGUITIES = {
    "A1": "r:issue_date",
    "A2": "r:three_years",
    "A3": "r:200_180",
    "A4": "r:percent_base r:percent_base_due r:percent_base_passed r:percent_base_period",
    "A5": "r:twelve_or_1to2",
    "A6": "r:licence; which licences count is settled: those that 法律 or 行政法规 ask for",
    "A7": "r:filing_type",
    "A8": "r:upgrade g:upgrade_deadline",
    "A9": "r:mainly r:mainly_sources",
    "A10": "r:filed_inspection",
    "A11": "r:results g:results_amount; what is outstanding is settled: supplied as judged",
    "A12": "g:grade_link",
    "A13": "r:twenty",
    "A14": "g:early_stage",
    "A15": "g:party_gap",
    "A16": "r:multi; a limit on the number is settled: the text names none",
    "A17": "r:successor; the offices are settled with it: the district's take the county's place",
    "A18": "r:compulsory_or_filing",
}
BEYOND = {
    "inspection_first_year": "四(六)21: whether the year of establishment is inspected",
    "decoupling_scope": "四(一)4: scope, steps and deadline are left to later rules",
    "party_gap_conditions": "四(五)15: 符合条件 is not explained",
    "sanction_kind": "四(六)21: 依法, under other law",
    "fund_rules": "五(二): no sum and no way to apply",
}

OPEN = """
    successor percent_base_due percent_base_passed percent_base_period mainly mainly_sources compulsory_or_filing
    upgrade multi twenty"""
DEFAULTS = {
    "issue_date": "january_12",
    "three_years": "from_issue",
    "200_180": "two_counts",
    "percent_base": "registered_only",
    "licence": "excluded",
    "filing_type": "public_service_only",
    "twelve_or_1to2": "one_to_two",
    "filed_inspection": "registered_only",
    "inspection_first_year": "founding_year",
    "results": "filed_too",
}

CLAUSES = """
    一 二 二(一) 二(二) 二(三) 三
    四 四(一) 四(一)1 四(一)2 四(一)3 四(一)4 四(二) 四(二)5 四(二)6 四(三) 四(三)7 四(三)8 四(三)9 四(三)10
    四(四) 四(四)11 四(四)12 四(四)13 四(四)14
    四(五) 四(五)15 四(五)16 四(五)17 四(五)18 四(五)19 四(五)20 四(六) 四(六)21 四(六)22
    五 五(一) 五(二) 五(三) 五(四) 六"""
PROVISIONS = {
    "direct_registration": "四(一)1 route",
    "community_registration": "四(一)2 route",
    "filing_route": "四(一)2 route",
    "filing_upgrade": "四(一)2 duty",
    "multiple_associations": "四(一)3 route",
    "decoupling": "四(一)4 duty",
    "grade_link": "四(二)6 qualification",
    "incubation_support": "四(三)8 in_kind",
    "exam_encouragement": "四(三)10 qualification",
    "party_responsibility": "四(五)15 duty",
    "charity_supervision": "四(六)21 duty",
    "membership_governance": "四(六)21 duty",
    "legal_sanction": "四(六)21 sanction",
    "annual_inspection": "四(六)21 duty",
    "result_funding": "四(六)22 grant",
    "target_registered": "三 target",
    "target_community_service": "三 target",
    "target_assessed": "三 target",
    "target_functions": "三 target",
    "incubation_network": "四(三)8 target",
    "county_associations": "四(三)10 target",
    "information_libraries": "四(四)12 standard",
    "three_society_projects": "四(五)18 target",
    "model_organizations": "四(五)20 target",
    "special_fund": "五(二) duty",
    "lagging_notice": "五(四) sanction",
}
WITHOUT_DECISION = """
    一 二 二(一) 二(二) 二(三) 四 四(一) 四(二) 四(二)5 四(三) 四(三)7 四(三)9 四(四) 四(四)11 四(四)13 四(四)14
    四(五) 四(五)16 四(五)17 四(五)19 四(六) 五 五(一) 五(三)"""
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"{DOCUMENT} is not here")


@cache
def xinjin() -> Pack:
    return load_pack("xinjin")


def named(mark: str) -> set[str]:
    return {name for told in AMBIGUITIES.values() for name in re.findall(rf"\b{mark}:(\w+)", told)}


def test_every_ambiguity_has_its_place() -> None:
    assert list(AMBIGUITIES) == [f"A{n}" for n in range(1, 19)]
    assert all(re.search(r"\b[rg]:", told) for told in AMBIGUITIES.values())


def test_every_reading_and_text_gap_of_the_pack_stands_for_an_ambiguity_or_its_clause() -> None:
    plans = xinjin().plans.values()
    gaps = {n.gap.name for plan in plans for e in plan.exprs for n in walk(e) if isinstance(n, Gap)}
    gaps |= {g.name for plan in plans for g in plan.gaps}
    assert gaps | set(xinjin().readings) == named("r") | named("g") | set(BEYOND)


def test_the_defaults_are_those_that_were_decided() -> None:
    decided = {**DEFAULTS, **dict.fromkeys(OPEN.split())}
    assert {r.name: r.default for r in xinjin().readings.values()} == decided


def test_every_numbered_clause_is_accounted_for() -> None:
    assert [c.locator for c in xinjin().source.clauses] == CLAUSES.split()
    assert [row.clause for row in xinjin().coverage if row.status == "none"] == WITHOUT_DECISION.split()
    assert all(row.note for row in xinjin().coverage)


def test_each_provision_is_of_its_clause_and_kind() -> None:
    assert {p.id: f"{p.clause} {p.kind}" for p in xinjin().provisions} == PROVISIONS


def test_the_pack_names_its_document() -> None:
    pack = xinjin()
    assert (pack.edition, pack.source.issued_on) == ("2016-01-12", "2016-01-12")
    assert pack.source.number == "新委办〔2016〕2号"
    assert pack.normative


def locators(text: str) -> list[str]:
    """The chains of the numbers that the document prints."""
    found, part, section = [], "", ""
    for line in text.splitlines():
        if match := re.match("([一二三四五六])、", line):
            part = section = match[1]
            found.append(part)
        elif part and (match := re.match(r"\(([一二三四五六])\)", line)):
            section = f"{part}({match[1]})"
            found.append(section)
        elif section and (match := re.match(r"(\d+)\.", line)):
            found.append(section + match[1])
    return found


@needs_document
def test_the_clauses_are_the_numbers_that_the_document_prints() -> None:
    assert locators(DOCUMENT.read_text("utf-8")) == CLAUSES.split()
