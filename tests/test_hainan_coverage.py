"""Nothing of the document is left out: each numbered clause, and each ambiguity HN-A1 … A17 of `design/clauses.md`."""

import re
from functools import cache
from pathlib import Path

import pytest

from socorg_rules import Pack, load_pack
from socorg_rules.expr import walk
from socorg_rules.words import Gap

ROOT = Path(__file__).parents[1]
SOURCES = ROOT.parent / "shared" / "sources"
DOCUMENT = SOURCES / "002_d1cf6c9846633936.txt"

# Each ambiguity: the readings `r:` and text gaps `g:` that hold it, the clause `c:` that it leaves open, or why it
# needs none.
AMBIGUITIES = {
    "A1": "r:period_end",
    "A2": "r:direct_route_scope r:direct_route_scope_supervisor",
    "A3": "g:threshold r:threshold_fields",
    "A4": "r:filing_choice",
    "A5": "r:dual_status",
    "A6": "r:false_materials",
    "A7": "r:triggers r:triggers_investigation g:triggers_investigator",
    "A8": "g:strong_complaints; whether complaints are strong is supplied as judged",
    "A9": "r:no_supervisor",
    "A10": "r:talents r:talents_due g:talents_shared; 以上 is settled: it includes the number; "
    "力争 is settled: a target",
    "A11": "r:lottery_themes r:lottery_right r:lottery_payee",
    "A12": "g:means_test; whether there are the means is supplied as judged",
    "A13": "g:priority_effect r:priority_effect_fields",
    "A14": "r:stage_dates r:stage_dates_focus; 12月底前 is settled: it includes 31 December",
    "A15": "c:二(三) c:三(二)9",
    "A16": "g:small_org; whether it is small is supplied as judged",
    "A17": "r:activity_report",
}
BEYOND = {
    "lottery_amount": "三(一)4: no figure is given",
    "venture_amount": "三(一)4: no figure is given",
    "incubation_amount": "三(一)5: no figure is given",
    "committee_amount": "三(一)5: no figure is given",
    "filing_classes": "三(三)11: how filings are classed is not said",
    "credit_measures": "三(三)11: what credit management consists of is not said",
}

OPEN = "stage_dates priority_effect_fields threshold_fields lottery_themes lottery_payee talents false_materials"
DEFAULTS = {
    "period_end": "goals_only",
    "stage_dates_focus": "not_exclusive",
    "dual_status": "both",
    "direct_route_scope": "community_services_only",
    "direct_route_scope_supervisor": "not_needed",
    "lottery_right": "binds_the_fund",
    "talents_due": "end_of_2023",
    "filing_choice": "must_register",
    "activity_report": "once_set_up",
    "triggers": "alternative",
    "triggers_investigation": "all_triggers",
    "no_supervisor": "registry_alone",
}

CLAUSES = """
    一 二 二(一) 二(二) 二(三)
    三 三(一) 三(一)1 三(一)2 三(一)3 三(一)4 三(一)5 三(二) 三(二)6 三(二)7 三(二)8 三(二)9
    三(三) 三(三)10 三(三)11 三(三)12
    四 四(一) 四(二) 四(三)"""
WITHOUT_DECISION = "一 三 三(一) 三(二) 三(二)7 三(二)8 三(三) 四 四(一) 四(三)"
PROVISIONS = {
    "threshold_lowering": "三(一)3 route",
    "direct_registration": "三(一)3 route",
    "registration_duty": "三(三)11 duty",
    "filing_route": "三(三)11 route",
    "filing_review": "三(三)11 standard",
    "false_filing": "三(三)11 sanction",
    "cultivation_priority": "三(一)2 qualification",
    "lottery_support": "三(一)4 grant",
    "hub_services": "三(一)5 in_kind",
    "idle_premises": "三(一)5 in_kind",
    "committee_support": "三(一)5 grant",
    "exam_encouragement": "三(二)6 in_kind",
    "social_worker_support": "三(二)6 in_kind",
    "rural_talent_support": "三(二)6 in_kind",
    "joint_party_branch": "三(三)10 in_kind",
    "party_charter": "三(三)10 duty",
    "activity_report": "三(三)11 duty",
    "committee_report": "三(三)11 duty",
    "disclosure": "四(二) duty",
    "filed_reminder": "四(二) duty",
    "exit_registered": "三(三)12 sanction",
    "exit_filed": "三(三)12 sanction",
    "exit_illegal": "三(三)12 sanction",
    "voluntary_exit": "三(三)12 route",
    "pilot_city": "二(一) qualification",
    "pilot_evaluation": "二(二) duty",
    "performance_review": "三(一)1 duty",
    "venture_funds": "三(一)4 grant",
    "incubation_funds": "三(一)5 grant",
    "talent_target": "三(二)6 target",
    "talent_target_urban": "三(二)6 target",
    "talent_target_rural": "三(二)6 target",
    "community_talents": "三(二)6 target",
}
ROOTS = {
    "jurisdiction": """
        pilot_city pilot_evaluation performance_review venture_funds incubation_funds talent_target talent_target_urban
        talent_target_rural""",
    "community": "community_talents",
}
needs_document = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"{DOCUMENT} is not here")


@cache
def hainan() -> Pack:
    return load_pack("hainan")


def named(mark: str) -> set[str]:
    return {name for told in AMBIGUITIES.values() for name in re.findall(rf"(?<!\w){mark}:([\w()]+)", told)}


def test_every_ambiguity_has_its_place() -> None:
    assert list(AMBIGUITIES) == [f"A{n}" for n in range(1, 18)]
    assert all(re.search("[rgc]:", told) for told in AMBIGUITIES.values())


def test_every_reading_of_the_pack_stands_for_an_ambiguity() -> None:
    assert named("r") == set(hainan().readings)


def test_every_text_gap_of_the_pack_stands_for_an_ambiguity_or_its_clause() -> None:
    plans = hainan().plans.values()
    in_tests = {n.gap.name for plan in plans for e in plan.exprs for n in walk(e) if isinstance(n, Gap)}
    assert in_tests == {"threshold"}
    assert in_tests | {g.name for plan in plans for g in plan.gaps} == named("g") | set(BEYOND)


def test_the_defaults_are_those_that_were_decided() -> None:
    decided = {**DEFAULTS, **dict.fromkeys(OPEN.split())}
    assert {r.name: r.default for r in hainan().readings.values()} == decided


def test_every_numbered_clause_is_accounted_for() -> None:
    assert [c.locator for c in hainan().source.clauses] == CLAUSES.split()
    status = {row.clause: row.status for row in hainan().coverage}
    assert [c for c in status if status[c] == "none"] == WITHOUT_DECISION.split()
    assert {c for c in status if status[c] == "open"} == named("c")
    assert all(row.note for row in hainan().coverage)


def test_each_provision_is_of_its_clause_and_kind() -> None:
    assert {p.id: f"{p.clause} {p.kind}" for p in hainan().provisions} == PROVISIONS


def test_each_provision_is_about_its_root_entity() -> None:
    about = {p: root for root, names in ROOTS.items() for p in names.split()}
    found = {name: plan.root.name for name, plan in hainan().plans.items()}
    assert found == {p: about.get(p, "organization") for p in PROVISIONS}


def test_the_pack_names_its_document() -> None:
    source = hainan().source
    assert (hainan().edition, source.issued_on) == ("2021-05-26", "2021-05-26")
    assert (source.authority, source.number) == ("海南省民政厅", "琼民通〔2021〕34号")
    assert hainan().normative


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
        elif section and (match := re.match(r"(\d+)\.", line)):
            found.append(section + match[1])
    return found


@needs_document
def test_the_clauses_are_the_numbers_that_the_document_prints() -> None:
    assert locators(DOCUMENT.read_text("utf-8")) == CLAUSES.split()
