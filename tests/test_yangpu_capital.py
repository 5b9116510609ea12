"""三(一)1: a community organization may register with 30,000 yuan, one of graduating students with 5,000."""

from yangpu_cases import Facts, ask_planned, by_reading, claims, told

STUDENT, OTHER = {"is_graduating_student": True}, {"is_graduating_student": False}
COMMUNITY: Facts = {
    "is_community_organization": True,
    "supports_governance_innovation": True,
    "legal_form": "社会服务机构",
    "founders": [OTHER],
    "registered_capital": 30_000,
}
ENOUGH = "met; has 30000 of 30000, lacks 0"
ENOUGH_FOR_STUDENTS = "met; has 5000 of 5000, lacks 0"
TOO_LITTLE_FOR_OTHERS = "not_met conditions; has 5000 of 30000, lacks 25000; by capital_suffices@三(一)1"


@claims(
    {
        "30000 suffice": ({}, ENOUGH),
        "29999.99 do not": (
            {"registered_capital": "29999.99"},
            "not_met conditions; has 29999.99 of 30000, lacks 0.01; by capital_suffices@三(一)1",
        ),
        "30000.01 do": ({"registered_capital": "30000.01"}, "met; has 30000.01 of 30000, lacks 0"),
        "5000 suffice for graduating students": (
            {"founders": [STUDENT], "registered_capital": 5000},
            ENOUGH_FOR_STUDENTS,
        ),
        "4999.99 do not": (
            {"founders": [STUDENT], "registered_capital": "4999.99"},
            "not_met conditions; has 4999.99 of 5000, lacks 0.01; by capital_suffices@三(一)1",
        ),
        "5000.01 do": (
            {"founders": [STUDENT], "registered_capital": "5000.01"},
            "met; has 5000.01 of 5000, lacks 0",
        ),
        "one judged to be a graduating student is one, whenever they graduated": (
            {"founders": [{**STUDENT, "graduated_on": "2012-06-30"}], "registered_capital": 5000},
            ENOUGH_FOR_STUDENTS,
        ),
        "5000 do not suffice for others": ({"registered_capital": 5000}, TOO_LITTLE_FOR_OTHERS),
        "without founders it is not one of students": (
            {"founders": [], "registered_capital": 5000},
            TOO_LITTLE_FOR_OTHERS,
        ),
        "30000 suffice whoever the founders are": ({"founders": None}, "met; has 30000 of ?, lacks 0"),
        "5000 suffice or not, depending on founders that are unknown": (
            {"founders": None, "registered_capital": 5000},
            "undetermined; has 5000 of ?, lacks ?; missing founders",
        ),
        "4999 suffice for nobody": (
            {"founders": None, "registered_capital": 4999},
            "not_met conditions; has 4999 of ?, lacks ?; by capital_suffices@三(一)1",
        ),
        "an unknown capital leaves it open": (
            {"registered_capital": None},
            "undetermined; has ? of 30000, lacks ?; missing registered_capital",
        ),
        "it is for community organizations": (
            {"is_community_organization": False},
            "not_met conditions; has 30000 of 30000, lacks 0; by is_community_organization@三(一)1",
        ),
        "whether it is one must be known": (
            {"is_community_organization": None},
            "undetermined; has 30000 of 30000, lacks 0; missing is_community_organization",
        ),
        "whether support of innovation is asked for is open": (
            {"supports_governance_innovation": False},
            "undetermined; has 30000 of 30000, lacks 0; open community_org",
        ),
        "an unknown legal form may be a foundation": (
            {"legal_form": None},
            "undetermined; has 30000 of ?, lacks ?; missing legal_form; open conflict_rule",
        ),
        "a foundation may fall under the national minimum": (
            {"legal_form": "基金会"},
            "undetermined; has 30000 of ?, lacks ?; open conflict_rule",
        ),
        "two million suffice for a foundation": (
            {"legal_form": "基金会", "registered_capital": 2_000_000},
            "met; has 2000000 of ?, lacks 0",
        ),
    }
)
def test_registered_capital(given: Facts, expected: str) -> None:
    assert told(ask_planned("registered_capital", **{**COMMUNITY, **given})) == expected


LEAD_STUDENT: Facts = {
    "founders": [{**STUDENT, "is_lead": True}, {**OTHER, "is_lead": False}],
    "registered_capital": 5000,
}


@by_reading(
    {
        "community_org": (
            {"supports_governance_innovation": False},
            {
                "condition": "not_met conditions; has 30000 of 30000, lacks 0; by supports_innovation@三(一)1",
                "purpose": ENOUGH,
            },
        ),
        "graduating_student": (
            {"founders": [{"graduated_on": "2022-12-31"}], "registered_capital": 5000},
            {
                "this_year": TOO_LITTLE_FOR_OTHERS,
                "this_or_last_year": ENOUGH_FOR_STUDENTS,
                "job_seeking_window": ENOUGH_FOR_STUDENTS,
            },
        ),
        "graduating_student_founders": (
            LEAD_STUDENT,
            {
                "all_founders": TOO_LITTLE_FOR_OTHERS,
                "any_founder": ENOUGH_FOR_STUDENTS,
                "lead_founder": ENOUGH_FOR_STUDENTS,
            },
        ),
        "may_lower": ({}, {"right": ENOUGH, "refusable": ENOUGH.replace("met", "discretionary")}),
        "conflict_rule": (
            {"legal_form": "基金会"},
            {
                "national_prevails": "not_met conditions; has 30000 of 2000000, lacks 1970000; "
                "by capital_suffices@三(一)1",
                "lowered_for_all": ENOUGH,
            },
        ),
    }
)
def test_registered_capital_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_planned("registered_capital", **{**COMMUNITY, **given})) == expected


# YP-A14 on 2023-06-01: by year, this or the last; by day, two years from graduation.
GRADUATED = {
    "2024-01-01": set(),
    "2023-12-31": {"this_year", "this_or_last_year", "job_seeking_window"},
    "2023-01-01": {"this_year", "this_or_last_year", "job_seeking_window"},
    "2022-12-31": {"this_or_last_year", "job_seeking_window"},
    "2022-01-01": {"this_or_last_year", "job_seeking_window"},
    "2021-12-31": {"job_seeking_window"},
    "2021-06-01": {"job_seeking_window"},
    "2021-05-31": set(),
    "never": set(),
}


@claims({f"{day} {reading}": ({"graduated_on": day, "reading": reading}, str(reading in students))
         for day, students in GRADUATED.items()
         for reading in ("this_year", "this_or_last_year", "job_seeking_window")})  # fmt: skip
def test_who_is_a_graduating_student_is_counted_from_the_graduation(given: Facts, expected: str) -> None:
    facts = {**COMMUNITY, "founders": [{"graduated_on": given["graduated_on"]}], "registered_capital": 5000}
    decision = ask_planned("registered_capital", **facts, readings={"graduating_student": given["reading"]})
    assert told(decision) == (ENOUGH_FOR_STUDENTS if expected == "True" else TOO_LITTLE_FOR_OTHERS)


@claims(
    {
        "all founders, all of them": ([STUDENT, STUDENT], {"all_founders", "any_founder", "lead_founder"}),
        "one founder who need not be called the leading one": (
            [STUDENT],
            {"all_founders", "any_founder", "lead_founder"},
        ),
        "the leading one": (LEAD_STUDENT["founders"], {"any_founder", "lead_founder"}),
        "one who does not lead": ([{**STUDENT, "is_lead": False}, {**OTHER, "is_lead": True}], {"any_founder"}),
        "a leader, and a student who does not lead": (
            [{**OTHER, "is_lead": True}, {**STUDENT, "is_lead": False}],
            {"any_founder"},
        ),
        "none": ([OTHER, {**OTHER, "is_lead": True}], set()),
    }
)
def test_whether_the_founders_are_students_depends_on_which_of_them_count(
    given: list[Facts], expected: set[str]
) -> None:
    facts = {**COMMUNITY, "founders": given, "registered_capital": 5000}
    for reading in ("all_founders", "any_founder", "lead_founder"):
        line = told(ask_planned("registered_capital", **facts, readings={"graduating_student_founders": reading}))
        assert line == (ENOUGH_FOR_STUDENTS if reading in expected else TOO_LITTLE_FOR_OTHERS)


@claims(
    {
        "1999999.99": (
            {"registered_capital": "1999999.99"},
            "not_met conditions; has 1999999.99 of 2000000, lacks 0.01; by capital_suffices@三(一)1",
        ),
        "2000000": ({"registered_capital": 2_000_000}, "met; has 2000000 of 2000000, lacks 0"),
    }
)
def test_the_national_minimum_of_a_foundation_includes_its_number(given: Facts, expected: str) -> None:
    facts = {**COMMUNITY, "legal_form": "基金会", **given, "readings": {"conflict_rule": "national_prevails"}}
    assert told(ask_planned("registered_capital", **facts)) == expected


def test_an_unknown_leader_leaves_the_reading_about_leaders_open() -> None:
    facts = {**COMMUNITY, "founders": [STUDENT, OTHER], "registered_capital": 5000}
    decision = ask_planned("registered_capital", **facts, readings={"graduating_student_founders": "lead_founder"})
    assert told(decision) == "undetermined; has 5000 of ?, lacks ?; missing founders[0].is_lead"


def test_the_office_that_registers_is_told() -> None:
    assert ask_planned("registered_capital", **COMMUNITY).result is not None
