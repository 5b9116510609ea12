"""Nothing of the report is left out: each numbered clause, and each ambiguity DL-A1 … A12 of `design/clauses.md`."""

import re
from functools import cache
from pathlib import Path

import pytest
from daoli_cases import ROOT as ROOT_OF

from socorg_rules import Pack, load_pack
from socorg_rules.expr import ALWAYS, walk
from socorg_rules.words import Gap

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT.parent / "shared" / "sources" / "003_5b6bab3142f195b7.txt"

# Each ambiguity: the readings `r:` and text gaps `g:` that hold it, or why it needs none.
AMBIGUITIES = {
    "A1": "r:normativity g:normativity_rules; that the pack is no rule is settled: `normative=False`",
    "A2": "g:date",
    "A3": "r:five_have",
    "A4": "g:ten_kinds",
    "A5": "g:six_functions",
    "A6": "r:fund_period g:fund_shares",
    "A7": "r:clawback; misuse is asked for, and recovery is discretionary, for it is a right that is only reserved",
    "A8": "g:rectification",
    "A9": "g:entry_park g:entry_contracting; the open words are facts that the authority judges",
    "A10": "r:coverage",
    "A11": "r:filed_in_park; for the park it is settled: filed organizations are among those in it",
    "A12": "settled: the standard is that of every community's centre, no clause ties it to projects",
}
BEYOND = {
    "seed_money_amount": "三(一): no figure is given",
    "centre_services": "三(二): the eight kinds may be those of each centre or of all together",
}

OPEN = "fund_period five_have centre_services filed_in_park coverage clawback"
DEFAULTS = {"normativity": "no_rights"}

CLAUSES = "一 一(一) 一(二) 二 二(一) 二(二) 三 三(一) 三(二) 四 四(一) 四(二) 五 五(一) 五(二) 六 六(一) 六(二)"
FIGURES = "200万元 88个 42个 17个 6个街道 20个社区 13430人 498370人次 28个 131个社区 31个 100%"
WITHOUT_DECISION = "一 二 三 四 四(一) 五 五(二) 六 六(二)"
PROVISIONS = {
    "fund_entitlement": "一(一) grant",
    "park_seed_money": "三(一) grant",
    "hub_incubation": "三(一) in_kind",
    "contracting_qualification": "四(二) qualification",
    "centre_standard": "三(二) standard",
    "centre_services": "三(二) standard",
    "park_standard": "三(一) standard",
    "project_category": "二(二) qualification",
    "project_evaluation": "四(二) standard",
    "project_supervision": "六(一) standard",
    "rectification": "六(一) duty",
    "clawback": "六(一) sanction",
    "fund_budget": "一(一) target",
    "selection_funnel": "二(一) standard",
    "project_reach": "二(二) standard",
    "park_organizations": "三(一) target",
    "centre_coverage": "三(二) target",
    "party_organizations": "五(一) target",
    "party_coverage": "五(一) target",
}
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"{DOCUMENT} is not here")


@cache
def daoli() -> Pack:
    return load_pack("daoli")


def named(mark: str) -> set[str]:
    return {name for told in AMBIGUITIES.values() for name in re.findall(rf"\b{mark}:(\w+)", told)}


def test_every_ambiguity_has_its_place() -> None:
    assert list(AMBIGUITIES) == [f"A{n}" for n in range(1, 13)]
    assert all(re.match(r"r:|g:|settled: ", told) for told in AMBIGUITIES.values())


def test_every_reading_and_gap_of_the_pack_stands_for_an_ambiguity_or_its_clause() -> None:
    plans = daoli().plans.values()
    in_tests = {n.gap.name for plan in plans for e in plan.exprs for n in walk(e) if isinstance(n, Gap)}
    gaps = in_tests | {g.name for plan in plans for g in plan.gaps}
    assert gaps | set(daoli().readings) == named("r") | named("g") | set(BEYOND)
    assert not gaps & set(daoli().readings)


def test_the_defaults_are_those_that_were_decided() -> None:
    decided = {**DEFAULTS, **dict.fromkeys(OPEN.split())}
    assert {r.name: r.default for r in daoli().readings.values()} == decided


def test_every_numbered_clause_is_accounted_for() -> None:
    assert [c.locator for c in daoli().source.clauses] == CLAUSES.split()
    assert [row.clause for row in daoli().coverage if row.status == "none"] == WITHOUT_DECISION.split()
    assert all(row.note and row.status != "open" for row in daoli().coverage)


def test_each_provision_is_of_its_clause_and_kind() -> None:
    assert {p.id: f"{p.clause} {p.kind}" for p in daoli().provisions} == PROVISIONS


def test_each_provision_is_asked_of_one_root_entity() -> None:
    assert {id_: plan.root.name for id_, plan in daoli().plans.items()} == ROOT_OF


def test_the_pack_names_its_document_and_is_no_rule() -> None:
    pack = daoli()
    assert (pack.edition, pack.source.issued_on, pack.source.authority) == ("2018", "2018", "哈尔滨市道里区民政局")
    assert not pack.normative


def test_no_provision_grants_a_figure_or_is_tested_for_force() -> None:
    for plan in daoli().plans.values():
        assert (plan.low, plan.high, plan.force) == (None, None, ALWAYS)


def locators(text: str) -> list[str]:
    """The chains of the numbers that the report prints."""
    found, part = [], ""
    for line in text.splitlines():
        if match := re.match("([一二三四五六])、", line):
            part = match[1]
            found.append(part)
        elif part and (match := re.match(r"\(([一二三四五])\)", line)):
            found.append(f"{part}({match[1]})")
    return found


@needs_document
def test_the_clauses_are_the_numbers_that_the_report_prints() -> None:
    assert locators(DOCUMENT.read_text("utf-8")) == CLAUSES.split()


@needs_document
@pytest.mark.parametrize("figure", FIGURES.split())
def test_each_figure_stands_in_the_report(figure: str) -> None:
    assert figure in DOCUMENT.read_text("utf-8")
