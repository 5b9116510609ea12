"""What the examples of Longyang are worth reading for."""

from pathlib import Path

from longyang_cases import told

from socorg_rules import Answer, assess

EXAMPLES = Path(__file__).parents[1] / "examples"


def answer(name: str, as_of: str = "2023-06-01") -> Answer:
    return assess(EXAMPLES / f"longyang-{name}.json", "longyang", as_of)


def test_the_district_reached_fourteen_in_the_year_and_missed_them_in_october() -> None:
    about = answer("district")
    assert told(about["target_14_year_end"]) == "met; has 14 of 14, lacks 0"
    assert told(about["target_14_october"]) == "not_met conditions; has 13 of 14, lacks 1; by reached@五(二)"
    assert told(about["target_21"]) == "not_met conditions; has 20 of 21, lacks 1; by reached@五(二)"
    assert told(about["target_50_percent"]) == "undetermined; has ? of 0.5, lacks ?; open fifty_percent"


def test_at_the_time_the_district_saw_what_was_to_come() -> None:
    about = answer("district", "2021-11-01")
    assert told(about["target_14_year_end"]) == "not_met conditions; has 13 of 14, lacks 1; by reached@一"
    assert str(about["target_14_year_end"].next_change) == "2021-11-18"


def test_the_street_that_the_document_names_was_late() -> None:
    about = answer("township")
    assert told(about["township_deadline"]) == "not_met conditions; by base_in_time@五(二)"
    assert told(about["plan_duty"]) == "not_met conditions; by plan_evaluation@五(一)"
    assert (told(about["premises_deadline"]), told(about["gap_closing"])) == ("met", "met")
    read_otherwise = assess(
        EXAMPLES / "longyang-township.json", "longyang", "2023-06-01", {"two_deadlines": "year_end_governs"}
    )
    assert told(read_otherwise["township_deadline"]) == "met"


def test_the_base_fails_its_standard_and_depends_on_readings_elsewhere() -> None:
    about = answer("base")
    assert told(about["base_standard"]) == "not_met conditions; by in_station@三(一)"
    assert about["base_standard"].checklist is not None
    failed = [c.test for c in about["base_standard"].checklist if c.outcome.value == "not_met"]
    assert failed == ["设在社工站", "上墙：培育孵化流程"]
    assert about["nameplate"].open_readings == ("nameplate",)
    assert about["legal_person_duty"].open_readings == ("legal_person",)
    assert about["service_fields"].open_readings == ("open_terms",)


def test_the_filed_organization_may_be_given_money_and_is_offered_the_rest() -> None:
    about = answer("organization")
    assert [d.provision for d in about.discretionary] == ["base_money_support"]
    assert [d.provision for d in about.met] == ["hardware_support", "professional_support", "capacity_support"]
    assert about.missing == ()
