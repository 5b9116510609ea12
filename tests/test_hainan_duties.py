"""三(三)10, 三(三)11 and 四(二): what an organization must do, and what is done for one that has problems."""

from hainan_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, told

BOTH: Facts = {"charter_includes_party_building": True, "charter_includes_core_values": True}


@claims(
    {
        "both in the charter": ({}, "met"),
        "without Party building": (
            {"charter_includes_party_building": False},
            "not_met conditions; by party_in_charter@三(三)10",
        ),
        "without core values": (
            {"charter_includes_core_values": False},
            "not_met conditions; by values_in_charter@三(三)10",
        ),
        "core values unknown": (
            {"charter_includes_core_values": None},
            "undetermined; missing charter_includes_core_values",
        ),
    }
)
def test_party_charter(given: Facts, expected: str) -> None:
    assert told(ask("party_charter", **{**BOTH, **given})) == expected
    assert told(ask_filed("party_charter", **{**BOTH, **given})) == expected


MAJOR: Facts = {"holds_major_activity": True, "implementing_rules_in_force": True}
NOT_SET_UP = "not_met conditions; by reports_are_due@三(三)11"


@claims(
    {
        "a major activity under rules in force": ({}, "met"),
        "no rules yet": ({"implementing_rules_in_force": False}, NOT_SET_UP),
        "no major activity": (
            {"holds_major_activity": False},
            "not_met conditions; by holds_major_activity@三(三)11",
        ),
        "unknown rules": (
            {"implementing_rules_in_force": None},
            "undetermined; missing implementing_rules_in_force",
        ),
        "an unknown activity": ({"holds_major_activity": None}, "undetermined; missing holds_major_activity"),
    }
)
def test_activity_report(given: Facts, expected: str) -> None:
    assert told(ask("activity_report", **{**MAJOR, **given})) == expected
    assert told(ask_filed("activity_report", **{**MAJOR, **given})) == expected


WITHOUT_RULES: Facts = {**MAJOR, "implementing_rules_in_force": False}


@by_reading({"activity_report": (WITHOUT_RULES, {"once_set_up": NOT_SET_UP, "due_now": "met"})})
def test_reports_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("activity_report", **given)) == expected
    assert told(ask("committee_report", **given)) == expected


def test_reports_left_open_are_open_only_while_there_are_no_rules() -> None:
    left_open = {"activity_report": None}
    for report in ("activity_report", "committee_report"):
        assert told(ask(report, **WITHOUT_RULES, readings=left_open)) == "undetermined; open activity_report"
        assert told(ask(report, **MAJOR, readings=left_open)) == "met"


def test_the_committee_is_reported_to_whatever_is_done() -> None:
    assert told(ask_filed("committee_report", **MAJOR, **BOTH)) == "met"
    assert told(ask("committee_report", **{**MAJOR, "holds_major_activity": False})) == "met"
    assert told(ask("committee_report")) == "undetermined; missing implementing_rules_in_force"


ALL = ["组织人员", "重大活动", "收费标准"]


@claims(
    {
        "all three": (ALL, "met"),
        "without the staff": (ALL[1:], "not_met conditions; by discloses_staff@四(二)"),
        "without the activities": (ALL[::2], "not_met conditions; by discloses_activities@四(二)"),
        "without the fees": (ALL[:2], "not_met conditions; by discloses_fees@四(二)"),
        "unknown": (None, "undetermined; missing disclosed"),
    }
)
def test_disclosure(given: list[str] | None, expected: str) -> None:
    assert told(ask("disclosure", disclosed=given)) == expected


def test_only_registered_organizations_disclose_and_only_filed_ones_are_reminded() -> None:
    assert told(ask_filed("disclosure", disclosed=[])) == "not_met not_applicable; by is_registered@四(二)"
    assert told(ask("filed_reminder", has_problem_found=True)) == "not_met not_applicable; by is_filed@四(二)"


@claims(
    {
        "a problem": ({"has_problem_found": True}, "met"),
        "none": ({"has_problem_found": False}, "not_met conditions; by has_problem@四(二)"),
        "unknown": ({}, "undetermined; missing has_problem_found"),
    }
)
def test_filed_reminder(given: Facts, expected: str) -> None:
    assert told(ask_filed("filed_reminder", **given)) == expected


def test_who_must_is_told() -> None:
    who = {
        d.provision: d.duty["who"]
        for d in (
            ask("party_charter"),
            ask("activity_report"),
            ask("committee_report"),
            ask("disclosure"),
            ask_filed("filed_reminder"),
        )
        if d.duty
    }
    assert who == {
        "party_charter": "社区社会组织",
        "activity_report": "社区社会组织",
        "committee_report": "社区社会组织",
        "disclosure": "已登记的社区社会组织",
        "filed_reminder": "街道办事处（乡镇人民政府）、基层群众性自治组织",
    }
    assert told(ask_planned("party_charter", **BOTH)).startswith("not_met not_applicable")
