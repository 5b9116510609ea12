"""三 of Daoli: the centres of communities with five things to have and seven to be alike, and the incubation park."""

import pytest
from daoli_cases import Facts, ask, by_reading, claims, told

FIVE = ["专职工作人员", "桌牌", "电脑", "档案柜", "档案信息资料"]
SEVEN = ["标识", "牌子", "图版", "内容", "功能", "职责", "流程"]
WHOLE: Facts = {"has_items": FIVE, "unified_items": SEVEN, "has_office_equipment": True, "has_service_window": True}
ROWS = """
    有专职工作人员 有桌牌 有电脑 有档案柜 有档案信息资料 有其他必备办公设备
    统一标识 统一牌子 统一图版 统一内容 统一功能 统一职责 统一流程"""


def without(all_: list[str], one: str) -> list[str]:
    return [each for each in all_ if each != one]


def test_a_centre_with_everything_is_up_to_the_standard_however_it_is_read() -> None:
    decision = ask("centre_standard", **WHOLE)
    assert (told(decision), decision.clause, decision.depends_on) == ("met", "三(二)", ())


def test_the_standard_shows_five_and_seven_and_the_equipment_of_the_other_readings() -> None:
    shown = ask("centre_standard", **WHOLE).checklist or ()
    assert [check.test for check in shown] == ROWS.split()
    assert {str(check.outcome) for check in shown} == {"met"}


HAVE = {
    "专职工作人员": "has_staff",
    "桌牌": "has_desk_plates",
    "电脑": "has_computers",
    "档案柜": "has_file_cabinet",
    "档案信息资料": "has_files",
}
ALIKE = {
    "标识": "one_logo",
    "牌子": "one_plate",
    "图版": "one_panel",
    "内容": "one_content",
    "功能": "one_set_of_functions",
    "职责": "one_set_of_duties",
    "流程": "one_procedure",
}


@pytest.mark.parametrize(("item", "test"), HAVE.items(), ids=HAVE)
def test_each_thing_to_have_is_needed(item: str, test: str) -> None:
    decision = ask("centre_standard", **{**WHOLE, "has_items": without(FIVE, item)})
    assert told(decision) == f"not_met conditions; by {test}@三(二)"
    assert [str(c.outcome) for c in decision.checklist or ()].count("not_met") == 1


@pytest.mark.parametrize(("item", "test"), ALIKE.items(), ids=ALIKE)
def test_each_thing_to_be_alike_is_needed(item: str, test: str) -> None:
    decision = ask("centre_standard", **{**WHOLE, "unified_items": without(SEVEN, item)})
    assert told(decision) == f"not_met conditions; by {test}@三(二)"


@by_reading(
    "five_have",
    {
        # Five things are there, the rest of the equipment is not: five only if the files count by themselves.
        "without other equipment": (
            {**WHOLE, "has_office_equipment": False},
            {
                "five_named": "met",
                "files_with_cabinet": "not_met conditions; by has_other_equipment@三(二)",
                "staff_of_window": "not_met conditions; by has_other_equipment@三(二)",
                "open": "undetermined; open five_have",
            },
        ),
        "equipment not known": (
            {**WHOLE, "has_office_equipment": None},
            {
                "five_named": "met",
                "files_with_cabinet": "undetermined; missing has_office_equipment",
                "open": "undetermined; missing has_office_equipment; open five_have",
            },
        ),
        # An office shared with others, without a window of its own: nobody need sit at it.
        "without staff and without a window": (
            {**WHOLE, "has_items": FIVE[1:], "has_service_window": False},
            {
                "five_named": "not_met conditions; by has_staff@三(二)",
                "files_with_cabinet": "not_met conditions; by has_staff@三(二)",
                "staff_of_window": "met",
                "open": "undetermined; open five_have",
            },
        ),
        "without staff, window not known": (
            {**WHOLE, "has_items": FIVE[1:], "has_service_window": None},
            {"staff_of_window": "undetermined; missing has_service_window"},
        ),
    },
)
def test_which_are_the_five_things(given: Facts, expected: str) -> None:
    assert told(ask("centre_standard", **given)) == expected


@claims(
    {
        "nothing known": (
            {},
            "undetermined; missing has_items has_service_window has_office_equipment unified_items; open five_have",
        ),
        "what it has not known": (
            {**WHOLE, "has_items": None},
            "undetermined; missing has_items",
        ),
        "what is alike not known": ({**WHOLE, "unified_items": None}, "undetermined; missing unified_items"),
        "a park": ({**WHOLE, "kind": "park"}, "not_met not_applicable; by is_centre@三(二)"),
        "a base of a township": ({**WHOLE, "kind": "township_base"}, "not_met not_applicable; by is_centre@三(二)"),
        "a centre of the district": (
            {**WHOLE, "kind": "district_centre"},
            "not_met not_applicable; by is_centre@三(二)",
        ),
        "elsewhere": ({**WHOLE, "division": "230103"}, "not_met not_applicable; by facility_here@三(二)"),
        "kind not known": ({**WHOLE, "kind": None}, "undetermined; missing kind"),
        "place not known": ({**WHOLE, "division": None}, "undetermined; missing division"),
    }
)
def test_which_centres_and_what_must_be_known(given: Facts, expected: str) -> None:
    assert told(ask("centre_standard", **given)) == expected


EIGHT = ["社会事务", "慈善救助", "居家养老", "医疗卫生", "文化教育", "家政便民", "法律咨询", "就业创业"]


@by_reading(
    "centre_services",
    {
        "all eight": ({"services": EIGHT}, dict.fromkeys(("every_kind", "some_kind", "open"), "met")),
        "another besides": ({"services": [*EIGHT, "心理咨询"]}, {"every_kind": "met"}),
        "one": (
            {"services": ["居家养老"]},
            {
                "every_kind": "not_met conditions; by offers_services@三(二)",
                "some_kind": "met",
                "open": "undetermined; open centre_services",
            },
        ),
        "only another": (
            {"services": ["心理咨询"]},
            dict.fromkeys(("every_kind", "some_kind", "open"), "not_met conditions; by offers_services@三(二)"),
        ),
        "not known": (
            {},
            {
                "every_kind": "undetermined; missing services",
                "some_kind": "undetermined; missing services",
            },
        ),
    },
)
def test_centre_services(given: Facts, expected: str) -> None:
    assert told(ask("centre_services", **given)) == expected


@pytest.mark.parametrize("kind", EIGHT)
def test_each_kind_of_service_counts(kind: str) -> None:
    seven = ask("centre_services", readings={"centre_services": "every_kind"}, services=without(EIGHT, kind))
    assert told(seven) == "not_met conditions; by offers_services@三(二)"
    assert told(ask("centre_services", readings={"centre_services": "some_kind"}, services=[kind])) == "met"


def test_centre_services_are_those_of_centres() -> None:
    assert told(ask("centre_services", services=EIGHT, kind="park")) == "not_met not_applicable; by is_centre@三(二)"


@claims(
    {
        # Six functions are counted and none is named, so no park can be shown to have them.
        "run by a third party": (
            {"kind": "park", "is_run_by_third_party": True},
            "undetermined; gaps six_functions",
        ),
        "run by the district": (
            {"kind": "park", "is_run_by_third_party": False},
            "not_met conditions; by third_party_runs_it@三(一)",
        ),
        "by whom not known": ({"kind": "park"}, "undetermined; missing is_run_by_third_party; gaps six_functions"),
        "a centre": ({"is_run_by_third_party": True}, "not_met not_applicable; by is_park@三(一)"),
        "elsewhere": (
            {"kind": "park", "division": "230100", "is_run_by_third_party": True},
            "not_met not_applicable; by facility_here@三(一)",
        ),
    }
)
def test_park_standard(given: Facts, expected: str) -> None:
    assert told(ask("park_standard", **given)) == expected


def test_the_park_shows_what_is_asked_of_it() -> None:
    shown = ask("park_standard", kind="park", is_run_by_third_party=True).checklist or ()
    assert [(c.test, str(c.outcome)) for c in shown] == [
        ("由第三方专业机构管理运行", "met"),
        ("具备六大功能", "undetermined"),
    ]
