import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from socorg_rules import Amount, Answer, Outcome, assess, load_case, load_pack, packs
from socorg_rules.assess import known_facts
from socorg_rules.schema_answer import answer_schema
from socorg_rules.schema_facts import facts_schema

EXAMPLES = Path(__file__).parents[1] / "examples"
FILES = sorted(EXAMPLES.glob("*.*"))
AS_OF = "2023-06-01"


def answer(name: str, as_of: str = AS_OF) -> Answer:
    return assess(EXAMPLES / name, pack=name.partition("-")[0], as_of=as_of)


def checked(data: object, schema: Mapping[str, object]) -> None:
    jsonschema.Draft202012Validator(schema).validate(data)


def test_there_is_an_example_in_each_format() -> None:
    assert {path.suffix for path in FILES} == {".json", ".yaml", ".toml"}
    assert {path.name.partition("-")[0] for path in FILES} <= set(packs())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_valid(path: Path) -> None:
    plain = load_case(path).to_dict()
    assert load_case(plain).to_dict() == plain
    checked(plain, facts_schema(*known_facts(load_pack(p) for p in packs())))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_answer_to_an_example_has_the_published_form(path: Path) -> None:
    data = answer(path.name).to_dict(trace=True, depends_on=True)
    checked(json.loads(json.dumps(data)), answer_schema())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_decision_about_an_example_is_explained(path: Path, lang: str) -> None:
    for decision in answer(path.name).decisions:
        assert decision.explain(lang=lang).strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_clearly_fictional(path: Path) -> None:
    assert "虚构" in path.read_text("utf-8")


def test_the_new_organization_is_entitled_to_what_it_has_not_been_paid() -> None:
    about = answer("yangpu-new-organization.json")
    payable = {d.provision: d.payable for d in about.met if d.payable}
    assert payable["opening_subsidy"] == Amount(Decimal("0.00"), Decimal("10000.00"))
    assert payable["rent_subsidy"] == Amount(Decimal("0.00"), Decimal("500.00"), "month")
    assert payable["grade_award"] == Amount(Decimal("20000.00"), Decimal("20000.00"))
    assert payable["honour_award"] == Amount(Decimal("50000.00"), Decimal("50000.00"))
    assert payable["venture_match"] == Amount(Decimal("0.00"), Decimal("45000.00"))
    assert about["contest_subsidy"].outcome is Outcome.NOT_MET


def test_the_opening_subsidy_of_the_new_organization_ends_with_its_second_year() -> None:
    assert answer("yangpu-new-organization.json")["opening_subsidy"].next_change == dt.date(2024, 3, 11)
    assert answer("yangpu-new-organization.json", "2024-03-10")["opening_subsidy"].outcome is Outcome.MET
    assert answer("yangpu-new-organization.json", "2024-03-11")["opening_subsidy"].outcome is Outcome.NOT_MET


def test_a_filed_organization_that_has_come_to_meet_the_conditions_is_to_register() -> None:
    about = answer("hainan-filed-organization.json")
    assert [d.provision for d in about.met] == ["direct_registration", "registration_duty", "party_charter"]
    assert about["filing_route"].outcome is Outcome.NOT_MET
    assert about["lottery_support"].outcome is Outcome.DISCRETIONARY
    assert about["threshold_lowering"].outcome is Outcome.UNDETERMINED


def test_a_county_lacks_two_talents_in_town_and_one_in_the_country() -> None:
    about = answer("hainan-county.json")
    measures = {p: about[p].measure for p in ("talent_target", "talent_target_urban", "talent_target_rural")}
    assert [m and m.shortfall for m in measures.values()] == ["3", "2", "1"]


def test_whether_two_talents_are_enough_for_a_community_is_a_matter_of_certificates() -> None:
    about = answer("hainan-community.json")
    assert about["community_talents"].outcome is Outcome.UNDETERMINED
    assert about["community_talents"].open_readings == ("talents",)


def test_missing_facts_leave_decisions_open_and_are_named() -> None:
    about = answer("yangpu-missing-facts.yaml", "2024-06-01")
    assert about["opening_subsidy"].outcome is Outcome.UNDETERMINED
    assert "organization.annual_inspections" in about["opening_subsidy"].missing
    assert "organization.honours[0].level" in about["honour_award"].missing
    assert "organization.payments" in about.missing


def test_graduates_may_register_a_community_organization_with_five_thousand_yuan() -> None:
    decision = answer("yangpu-planned-by-graduates.toml")["registered_capital"]
    assert decision.measure is not None
    assert decision.measure.required == "5000.00"


def test_whether_a_charity_that_lives_on_others_may_be_filed_hangs_on_two_readings() -> None:
    about = answer("xinjin-filed-charity.json", "2018-06-01")
    assert about["filing_route"].open_readings == ("compulsory_or_filing", "mainly_sources")
    assert about["charity_supervision"].open_readings == ("mainly_sources", "compulsory_or_filing")
    assert about["party_responsibility"].result == "县民政局或所在镇乡（街道）"
    assert about["result_funding"].outcome is Outcome.DISCRETIONARY


def test_the_county_is_told_what_each_target_lacks() -> None:
    about = answer("xinjin-county-targets.json", "2018-06-01")
    lacks = {d.provision: d.measure.shortfall for d in about.decisions if d.measure}
    assert lacks == {
        "target_registered": "0",
        "target_community_service": "4",
        "target_assessed": "0.05",
        "target_functions": None,
        "incubation_network": "2",
        "three_society_projects": None,
        "model_organizations": "0",
    }


def test_in_daoli_a_filed_organization_may_be_supported_and_is_entitled_to_nothing() -> None:
    about = answer("daoli-park-organization.json")
    assert [d.provision for d in about.discretionary] == ["park_seed_money"]
    assert about["fund_entitlement"].outcome is Outcome.NOT_MET
    assert about["contracting_qualification"].open_readings == ("filed_in_park",)


def test_whether_a_centre_without_a_window_needs_staff_is_a_question_of_reading() -> None:
    case = load_case(EXAMPLES / "daoli-community-centre.json")
    found = {r: assess(case, "daoli", AS_OF, {"five_have": r})["centre_standard"].outcome
             for r in ("five_named", "staff_of_window", None)}  # fmt: skip
    assert found == {
        "five_named": Outcome.NOT_MET,
        "staff_of_window": Outcome.MET,
        None: Outcome.UNDETERMINED,
    }


def test_the_project_is_to_put_its_problem_right_and_may_have_to_give_back_its_funds() -> None:
    about = answer("daoli-project.json")
    assert about["rectification"].outcome is Outcome.MET
    assert about["clawback"].outcome is Outcome.DISCRETIONARY
    assert [g.name for g in about["project_category"].gaps] == ["ten_kinds"]
    assert [step["id"] for step in about["project_evaluation"].refutation] == ["last_review"]


def test_the_district_falls_short_by_a_project_and_its_fund_hangs_on_a_reading() -> None:
    about = answer("daoli-district.json")
    assert [step["id"] for step in about["selection_funnel"].refutation] == ["projects_selected"]
    assert {d.provision: d.open_readings for d in about.undetermined} == {
        "fund_budget": ("fund_period",),
        "party_coverage": ("coverage",),
    }
