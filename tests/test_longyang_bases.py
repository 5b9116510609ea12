"""三 and 四: what a base must be like, its staff, premises, rules and functions, and whose bases are meant."""

import pytest
from longyang_cases import Facts, ask_base, by_reading, claims, told

STANDARD: Facts = {
    "has_office_space": True,
    "has_activity_space": True,
    "has_incubation_space": True,
    "spaces_fit_activity": True,
    "has_supporting_facilities": True,
    "is_in_social_work_station": True,
    "unified_with_station": ["机构", "人员", "管理", "制度"],
    "has_office_equipment": True,
    "on_wall": ["规章制度", "培育孵化流程", "人员职责"],
    "has_local_organization_records": True,
    "has_incubation_plans": True,
}
FIT = "; gaps open_terms_fit"
LISTED = {
    "unified_with_station": {"机构": "unified_body", "人员": "unified_people", "管理": "unified_management",
                             "制度": "unified_rules"},
    "on_wall": {"规章制度": "on_wall_rules", "培育孵化流程": "on_wall_process", "人员职责": "on_wall_duties"},
}  # fmt: skip
ITEMS = [
    ("has_office_space", "office_space"),
    ("has_activity_space", "activity_space"),
    ("has_incubation_space", "incubation_space"),
    ("spaces_fit_activity", "spaces_fit"),
    ("has_supporting_facilities", "supporting_facilities"),
    ("has_office_equipment", "office_equipment"),
    ("has_local_organization_records", "local_records"),
    ("has_incubation_plans", "incubation_plans"),
]


def test_a_base_with_everything_meets_the_standard() -> None:
    decision = ask_base("base_standard", **STANDARD)
    assert told(decision) == f"met{FIT}"
    assert decision.checklist is not None
    assert len(decision.checklist) == 16
    assert {c.outcome.value for c in decision.checklist} == {"met"}


@pytest.mark.parametrize(("fact", "name"), ITEMS, ids=[name for _, name in ITEMS])
def test_each_item_of_the_standard_is_needed(fact: str, name: str) -> None:
    without = ask_base("base_standard", **{**STANDARD, fact: False})
    assert told(without) == f"not_met conditions; by {name}@三(一)"
    assert without.checklist is not None
    assert [c.outcome.value for c in without.checklist].count("not_met") == 1
    assert told(ask_base("base_standard", **{**STANDARD, fact: None})) == f"undetermined; missing facility.{fact}{FIT}"


@pytest.mark.parametrize(
    ("fact", "left", "name"), [(fact, left, name) for fact, names in LISTED.items() for left, name in names.items()]
)
def test_each_listed_item_of_the_standard_is_needed(fact: str, left: str, name: str) -> None:
    kept = [item for item in LISTED[fact] if item != left]
    assert told(ask_base("base_standard", **{**STANDARD, fact: kept})) == f"not_met conditions; by {name}@三(一)"


def test_the_checklist_tells_what_is_there_what_is_not_and_what_is_unknown() -> None:
    decision = ask_base("base_standard", **{**STANDARD, "on_wall": ["规章制度"], "spaces_fit_activity": None})
    assert decision.checklist is not None
    told_items = {c.test: c.outcome.value for c in decision.checklist}
    assert (told_items["上墙：规章制度"], told_items["上墙：人员职责"], told_items["场地与业务活动相适应"]) == (
        "met", "not_met", "undetermined",
    )  # fmt: skip


ELSEWHERE = "not_met conditions; by in_station@三(一)"


@by_reading(
    {
        "premises": (
            {"is_in_social_work_station": False, "located_in": "党群服务中心"},
            {"in_station": ELSEWHERE, "any_of_them": f"met{FIT}"},
        ),
    }
)
def test_base_standard_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_base("base_standard", **{**STANDARD, **given})) == expected


@pytest.mark.parametrize(
    ("facts", "in_station", "any_of_them"),
    [
        ({"located_in": "社工站"}, f"met{FIT}", f"met{FIT}"),
        ({"is_in_social_work_station": True, "located_in": "党群服务中心"}, f"met{FIT}", f"met{FIT}"),
        ({"is_in_social_work_station": False, "located_in": "民政办"}, ELSEWHERE, f"met{FIT}"),
        ({"is_in_social_work_station": False, "located_in": "民政服务机构"}, ELSEWHERE, f"met{FIT}"),
        ({"is_in_social_work_station": False, "located_in": "村委会"}, ELSEWHERE, ELSEWHERE),
        (
            {"located_in": "党群服务中心"},
            f"undetermined; missing facility.is_in_social_work_station{FIT}",
            f"met{FIT}",
        ),
    ],
)
def test_a_station_may_sit_in_the_premises_named(facts: Facts, in_station: str, any_of_them: str) -> None:
    given = {**STANDARD, "is_in_social_work_station": None, **facts}
    for reading, expected in (("in_station", in_station), ("any_of_them", any_of_them)):
        assert told(ask_base("base_standard", **given, readings={"premises": reading})) == expected


# ------------------------------------------------------------------------------------ staff, premises, rules, functions

STAFF: Facts = {
    "is_run_by_civil_affairs_office": True,
    "backbone_staff": ["社会救助助理员", "社会救助协理员", "社区社会组织负责人"],
}


@claims(
    {
        "all": ({}, "met"),
        "run by somebody else": (
            {"is_run_by_civil_affairs_office": False},
            "not_met conditions; by run_by_civil_affairs@三(三)",
        ),
        "without assistants": (
            {"backbone_staff": ["社会救助协理员", "社区社会组织负责人"]},
            "not_met conditions; by backbone_assistants@三(三)",
        ),
        "without helpers": (
            {"backbone_staff": ["社会救助助理员", "社区社会组织负责人"]},
            "not_met conditions; by backbone_helpers@三(三)",
        ),
        "without leaders": (
            {"backbone_staff": ["社会救助助理员", "社会救助协理员"]},
            "not_met conditions; by backbone_leaders@三(三)",
        ),
        "unknown": ({"backbone_staff": None}, "undetermined; missing facility.backbone_staff"),
    }
)
def test_base_staffing(given: Facts, expected: str) -> None:
    assert told(ask_base("base_staffing", **{**STAFF, **given})) == expected


PREMISES: Facts = {
    "located_in": "党群服务中心",
    "has_office_space": True,
    "has_service_space": True,
    "has_office_equipment": True,
    "has_office_supplies": True,
}


@claims(
    {
        "a Party service centre": ({}, "met"),
        "a civil affairs office": ({"located_in": "民政办"}, "met"),
        "an institution of civil affairs": ({"located_in": "民政服务机构"}, "met"),
        "a social work station": ({"located_in": "社工站"}, "met"),
        "premises that are not named": ({"located_in": "村委会"}, "undetermined; gaps premises_others"),
        "premises unknown": (
            {"located_in": None},
            "undetermined; missing facility.located_in; gaps premises_others",
        ),
        "no office": ({"has_office_space": False}, "not_met conditions; by premises_office@三(四)"),
        "no place to serve": ({"has_service_space": False}, "not_met conditions; by premises_service@三(四)"),
        "no equipment": ({"has_office_equipment": False}, "not_met conditions; by premises_equipment@三(四)"),
        "no supplies": ({"has_office_supplies": False}, "not_met conditions; by premises_supplies@三(四)"),
        "supplies unknown": ({"has_office_supplies": None}, "undetermined; missing facility.has_office_supplies"),
    }
)
def test_base_premises(given: Facts, expected: str) -> None:
    assert told(ask_base("base_premises", **{**PREMISES, **given})) == expected


RULES: Facts = {"is_party_led": True, "rules_in_place": ["运行流程", "管理标准", "管理制度"]}


@claims(
    {
        "all": ({}, "met"),
        "not led by the Party": ({"is_party_led": False}, "not_met conditions; by party_led@三(六)"),
        "no process": (
            {"rules_in_place": ["管理标准", "管理制度"]},
            "not_met conditions; by rules_process@三(六)",
        ),
        "no standards": (
            {"rules_in_place": ["运行流程", "管理制度"]},
            "not_met conditions; by rules_standards@三(六)",
        ),
        "no management rules": (
            {"rules_in_place": ["运行流程", "管理标准"]},
            "not_met conditions; by rules_management@三(六)",
        ),
        "unknown": ({"rules_in_place": None}, "undetermined; missing facility.rules_in_place"),
    }
)
def test_base_rules(given: Facts, expected: str) -> None:
    assert told(ask_base("base_rules", **{**RULES, **given})) == expected


FUNCTIONS = {
    "培育扶持": "function_support@四(一)",
    "提升能力": "function_capacity@四(二)",
    "整合资源": "function_resources@四(三)",
    "引导规范": "function_guidance@四(四)",
    "成果展示": "function_display@四(五)",
}


def test_five_functions_are_basic() -> None:
    assert told(ask_base("base_functions", functions=list(FUNCTIONS))) == "met"
    assert told(ask_base("base_functions")) == "undetermined; missing facility.functions"


@pytest.mark.parametrize("left", FUNCTIONS)
def test_each_function_is_needed_under_its_own_clause(left: str) -> None:
    kept = [name for name in FUNCTIONS if name != left]
    assert told(ask_base("base_functions", functions=kept)) == f"not_met conditions; by {FUNCTIONS[left]}"


# ------------------------------------------------------------------------------------------------------- whose bases

ABOUT_BASES = ["base_standard", "base_staffing", "base_premises", "base_rules", "legal_person_duty", "base_functions",
               "nameplate", "service_fields", "annual_assessment"]  # fmt: skip


@pytest.mark.parametrize("provision", ABOUT_BASES)
@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({}, "undetermined"),
        ({"division": "530502"}, "undetermined"),
        ({"division": "533001100"}, "undetermined"),
        ({"division": "530521100"}, "not_met not_applicable; by is_township_base"),
        ({"division": "530500"}, "not_met not_applicable; by is_township_base"),
        ({"kind": "district_centre"}, "not_met not_applicable; by is_township_base"),
        ({"kind": "community_centre"}, "not_met not_applicable; by is_township_base"),
        ({"kind": "park"}, "not_met not_applicable; by is_township_base"),
        ({"kind": None}, "undetermined; missing facility.kind"),
    ],
)
def test_the_rules_are_for_bases_of_townships_here(provision: str, facts: Facts, line: str) -> None:
    assert told(ask_base(provision, **facts)).startswith(line)
