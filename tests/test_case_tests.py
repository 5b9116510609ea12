"""Files of case tests: what they may say, how their mistakes are told, and how a test that fails reads."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from socorg_rules import CaseError, assess, load_pack, packs
from socorg_rules.assess import known_facts
from socorg_rules.case_tests import CaseTest, failure, read_case_tests
from socorg_rules.case_tests.expected import FIELDS, Asked
from socorg_rules.casefile import read_file
from socorg_rules.phrases import Lang
from socorg_rules.schema_case_test import case_test_schema
from socorg_rules.strategies import CaseData, cases, days

CASES = sorted((Path(__file__).parent / "cases").glob("*.case.yaml"))
OPENING = """
pack: yangpu
as_of: 2023-06-01
case:
  organization:
    status: registered
    division: "310110"
    established_on: 2022-03-10
    annual_inspections:
      - {year: 2022, result: 合格, concluded_on: 2023-05-20}
    assessments: {items: [{id: first, grade: 3A, announced_on: 2022-06-15}], complete: true}
    payments: []
tests:
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """A file of case tests with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "some.case.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def one(written: Callable[[str], Path]) -> Callable[[str], CaseTest]:
    """The test that stands below the opening case."""

    def read(test: str) -> CaseTest:
        (made,) = read_case_tests(written(f"{OPENING}  - name: 一项主张\n{test}"))
        return made

    return read


# --------------------------------------------------------------------------------------------- what came is held


HOLDS = {
    "an outcome alone": "    expect: {opening_subsidy: met}",
    "a sum by its ends": "    expect: {opening_subsidy: {payable: {min: 0, max: 10000}}}",
    "one end of a sum": "    expect: {opening_subsidy: {payable: {max: 10000.00}}}",
    "an exact sum": "    expect: {grade_award: {payable: '10000.00'}}",
    "the clause that refutes": (
        "    as_of: 2021-07-20\n    change: {organization.established_on: 2021-01-04}\n"
        "    expect: {opening_subsidy: {clause: 五}}"
    ),
    "the provision's own clause": "    expect: {opening_subsidy: {clause: 三(一)2}}",
    "the tests that refute": "    as_of: 2024-03-11\n    expect: {opening_subsidy: {because: [newly_established]}}",
    "no sum at all": "    as_of: 2024-03-11\n    expect: {opening_subsidy: {payable: null}}",
    "what is missing, in any order": (
        "    change: {organization.status: null, organization.division: null}\n"
        "    expect: {opening_subsidy: {missing: [organization.status, organization.division]}}"
    ),
    "an item by its path": "    expect: {grade_award: met}",
    "the next change": "    expect: {opening_subsidy: {next_change: 2024-03-11}}",
    "what it depends on": (
        "    expect: {opening_subsidy: {depends_on: [establishment_date, no_floor, two_year_reference_date]}}"
    ),
    "a total": "    total: {organization: {once: {min: 10000, max: 20000}}}",
    "an item that is added": (
        "    change: {'organization.annual_inspections[1]': {year: 2023, result: 不合格}}\n"
        "    expect: {opening_subsidy: met}"
    ),
    "an item that is left out": (
        "    change: {'organization.annual_inspections[0]': null}\n    expect: {opening_subsidy: undetermined}"
    ),
    "an item of a collection that says whether it is complete": (
        "    change: {'organization.assessments[0].grade': 5A}\n    expect: {grade_award: {payable: 50000}}"
    ),
    "what is wrong with a case": (
        "    change: {organization.status: regist}\n    wrong: ['organization.status: `regist` is no value']"
    ),
}


@pytest.mark.parametrize("test", HOLDS.values(), ids=HOLDS.keys())
def test_a_file_can_expect(test: str, one: Callable[[str], CaseTest]) -> None:
    assert failure(one(test)) is None


def differing(test: str) -> str:
    """The same, but for one figure or word."""
    swaps = (
        ("depends_on: [establishment_date, no_floor, two_year_reference_date]", "depends_on: []"),
        ("opening_subsidy: met", "opening_subsidy: not_met"),
        ("opening_subsidy: undetermined", "opening_subsidy: met"),
        ("grade_award: met", "grade_award: not_met"),
        ("max: 10000.00", "max: 10000.01"),
        ("'10000.00'", "9999.99"),
        ("max: 10000}", "max: 20000}"),
        ("max: 20000}", "max: 20001}"),
        ("payable: null", "payable: 0"),
        ("payable: 50000", "payable: 30000"),
        ("next_change: 2024-03-11", "next_change: 2024-03-12"),
        ("clause: 五", "clause: 三(一)2"),
        ("clause: 三(一)2", "clause: 五"),
        ("because: [newly_established]", "because: []"),
        ("missing: [organization.status, ", "missing: ["),
        ("no value", "no name"),
    )
    return next(test.replace(a, b) for a, b in swaps if a in test)


@pytest.mark.parametrize("test", HOLDS.values(), ids=HOLDS.keys())
def test_what_is_otherwise_is_told(test: str, one: Callable[[str], CaseTest]) -> None:
    assert failure(one(differing(test))) is not None


def test_a_change_leaves_the_case_of_the_other_tests_as_it_is(written: Callable[[str], Path]) -> None:
    text = f"""{OPENING}
  - {{name: 甲, change: {{'organization.annual_inspections[0].result': 不合格}}, expect: {{opening_subsidy: not_met}}}}
  - {{name: 乙, expect: {{opening_subsidy: met}}}}
"""
    assert [failure(test) for test in read_case_tests(written(text))] == [None, None]


def test_a_case_may_stand_in_a_file_of_its_own(written: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"organization": {"status": "planned", "division": "310110"}}', "utf-8")
    text = "pack: yangpu\nas_of: 2023-06-01\ncase: one.json\ntests: [{name: 甲, expect: {opening_subsidy: not_met}}]"
    (test,) = read_case_tests(written(text))
    assert failure(test) is None


def test_a_pack_may_be_a_file_beside_the_tests(written: Callable[[str], Path], tmp_path: Path) -> None:
    riverside = Path(__file__).parent / "packs" / "riverside.py"
    (tmp_path / "own.py").write_text(riverside.read_text("utf-8"), "utf-8")
    pack = load_pack(tmp_path / "own.py")
    root = pack.roots[0].name
    name = next(i for i, plan in pack.plans.items() if plan.root is pack.roots[0])
    text = (
        f"pack: own.py\nas_of: 2023-06-01\ncase: {{{root}: {{}}}}\ntests: [{{name: 甲, expect: {{{name}: not_met}}}}]"
    )
    (test,) = read_case_tests(written(text))
    assert test.answer().pack.id == pack.id


# ------------------------------------------------------------------------------------------------ what is told


def test_every_mistake_of_a_file_is_told_at_once(
    written: Callable[[str], Path], snapshot: Callable[[str, str], None]
) -> None:
    text = """
pack: yangpu
asof: 2023-06-01
readings: {two_year_endpoints: civil_code}
case:
  organization: {statu: registered, division: "310110", established_on: 2022-03-10}
tests:
  - name: 甲
    expect:
      opening_subsidi: met
      target_layout: met
  - {name: 甲, as_of: 2023-06-01, expect: {}}
  - name: 乙
    as_of: 2023-06-01
    change: {organization.divison: null, "organization.offices[0].monthly_rent": 5, "[0]": 1}
    expect:
      opening_subsidy: {outcom: met, outcome: mett, reason: condition, payable: {low: 0, max: 0.001, per: year}}
      rent_subsidy: {clause: 三(一)9, missing: rent, paid: -1, text_gaps: [rent_premises], next_change: 2023-02-30}
      grade_award: {items: [], measure: {value: many}, months_left: two, open_readings: [first]}
      base_space: {result: 5, measure: 7, checklist: []}
      honour_award: {items: {"honours[0]": {clause: 五}}}
    total: {organisation: {once: 0}, organization: {yearly: 1, once: few}, left_out: none}
  - {as_of: 2023-06-31, wrong: [], expect: {opening_subsidy: met}}
"""
    with pytest.raises(CaseError) as told:
        read_case_tests(written(text))
    snapshot("case-tests-mistakes.txt", "\n".join(map(str, told.value.problems)) + "\n")


EXPECTS_NOTHING = {
    "no provision": ("expect: {}", "expect"),
    "nothing of a provision": ("expect: {opening_subsidy: {}}", "expect.opening_subsidy"),
    "a sum without an end": ("expect: {opening_subsidy: {payable: {}}}", "expect.opening_subsidy.payable"),
    "a measure without a figure": ("expect: {opening_subsidy: {measure: {}}}", "expect.opening_subsidy.measure"),
    "a checklist without a requirement": (
        "expect: {opening_subsidy: {checklist: {}}}",
        "expect.opening_subsidy.checklist",
    ),
    "nothing of an item": (
        'expect: {honour_award: {items: {"honours[0]": {}}}}',
        "expect.honour_award.items.honours[0]",
    ),
    "no payee": ("expect: {opening_subsidy: met}, total: {}", "total"),
    "no rhythm": ("total: {organization: {}}", "total.organization"),
    "a total without an end": ("total: {organization: {once: {}}}", "total.organization.once"),
    "a part of any problem": ('wrong: [status, ""]', "wrong[1]"),
}


@pytest.mark.parametrize(("test", "place"), EXPECTS_NOTHING.values(), ids=EXPECTS_NOTHING.keys())
def test_what_expects_nothing_is_told_and_refused_by_the_schema(
    test: str, place: str, written: Callable[[str], Path], schema: jsonschema.Draft202012Validator
) -> None:
    path = written(f"{OPENING}  - {{name: 甲, {test}}}")
    with pytest.raises(CaseError) as told:
        read_case_tests(path)
    assert [p.path for p in told.value.problems] == [f"tests[0].{place}"]
    assert "expects nothing; " in told.value.problems[0].message
    assert not schema.is_valid(plain(read_file(str(path))))


def test_every_mistake_within_one_thing_that_is_expected_is_told(written: Callable[[str], Path]) -> None:
    text = f"""{OPENING}
  - name: 甲
    expect:
      opening_subsidy:
        payable: {{min: x, mx: 3, per: [year], max: y, max: z}}
        missing: [organization.nonsense, organization.staff.role, "organization.honours[0]", organization.status]
        because: [no_such_test, newly_establishd, newly_established]
        open_readings: [first, second]
        measure: {{value: many, valeu: 1}}
"""
    with pytest.raises(CaseError) as told:
        read_case_tests(written(text))
    here = "tests[0].expect.opening_subsidy."
    assert [p.path.removeprefix(here) for p in told.value.problems] == [
        *(f"payable.{key}" for key in ("max", "min", "mx", "per", "max")),
        *(f"missing[{i}]" for i in range(3)),
        *(f"because[{i}]" for i in range(2)),
        *(f"open_readings[{i}]" for i in range(2)),
        *("measure.value", "measure.valeu"),
    ]
    assert "organization.nonsense: no such fact" in str(told.value)
    assert "no `newly_establishd` among its tests; did you mean `newly_established`" in str(told.value)


@pytest.mark.parametrize("name", packs())
def test_whatever_an_answer_says_is_missing_or_refutes_can_be_expected(name: str) -> None:
    pack = load_pack(name)

    @settings(max_examples=25, database=None, deadline=None, suppress_health_check=[*HealthCheck])
    @given(cases(pack, missing=True), days(pack))
    def can_be_expected(case: CaseData, as_of: dt.date) -> None:
        try:
            answer = assess(case, pack, as_of)
        except CaseError:  # the facts contradict each other
            return
        for decision in answer.decisions:
            of = Asked((decision.plan,), pack)
            for field in ("missing", "because"):
                came = sorted(FIELDS[field].came(decision))  # type: ignore[call-overload]
                assert FIELDS[field].read(came, of) == frozenset(came)

    can_be_expected()


def test_what_an_earlier_edition_alone_has_can_be_expected(written: Callable[[str], Path], tmp_path: Path) -> None:
    source = (Path(__file__).parent / "packs" / "harbour.py").read_text("utf-8")
    amended = """
opening = Grant("opening", "开办补贴", clause="一", when=registered, amount=up_to(yuan(1000)), terms=ONCE)
PACK_2024 = PACK.amend("2024", "2024-01-01", replace=[opening])
"""
    (tmp_path / "harbour.py").write_text(f"{source}{amended}", "utf-8")
    text = """
pack: harbour.py
as_of: 2023-06-01
case: {organization: {division: "990101", status: registered, established_on: 2019-05-01}}
tests: [{name: 甲, expect: {opening: {outcome: not_met, because: [young]}}}]
"""
    (test,) = read_case_tests(written(text))
    assert failure(test) is None


WRONG_FILES = {
    "no object": "- 1",
    "no pack": "case: {organization: {}}\ntests: []",
    "an unknown pack": "pack: yangpo\ncase: {organization: {}}\ntests: [{name: 甲, as_of: 2023-06-01}]",
    "no case file": "pack: yangpu\ncase: none.json\nas_of: 2023-06-01\ntests: [{name: 甲, expect: {base_space: met}}]",
    "a key written twice": "pack: yangpu\npack: yangpu\ncase: 5\ntests: 5",
    "no YAML": "pack: [yangpu",
    "no lists and objects": (
        "pack: yangpu\nas_of: 2023-06-01\nreadings: 5\ncase: {organization: {}}\ntests:\n  - 5\n"
        "  - {name: 甲, change: 5, expect: 5, total: 5, readings: [5]}\n"
        "  - {name: 乙, expect: {opening_subsidy: 5, rent_subsidy: {missing: [5]}}}"
    ),
}


def test_a_case_that_holds_nothing_is_told_once_with_its_place(written: Callable[[str], Path]) -> None:
    text = "pack: yangpu\ncase: {}\ntests: [{name: 一项主张, as_of: 2023-06-01, expect: {opening_subsidy: met}}]\n"
    with pytest.raises(CaseError, match=r"^case: the case is empty; write one of"):
        read_case_tests(written(text))


def test_whatever_a_file_holds_is_told_without_a_traceback(
    written: Callable[[str], Path], snapshot: Callable[[str, str], None], tmp_path: Path
) -> None:
    lines = []
    for name, text in WRONG_FILES.items():
        with pytest.raises(CaseError) as told:
            read_case_tests(written(text))
        lines += [f"--- {name}", *map(str, told.value.problems)]
    snapshot("case-tests-wrong-files.txt", "\n".join(lines).replace(str(tmp_path), "…") + "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_failure_tells_what_was_expected_what_came_and_why(
    lang: Lang,
    written: Callable[[str], Path],
    snapshot: Callable[[str, str], None],
) -> None:
    text = f"""{OPENING}
  - name: 满两年仍可领
    as_of: 2024-03-11
    expect:
      opening_subsidy: {{outcome: met, payable: {{min: 0, max: 10000, per: once}}, missing: [organization.status]}}
      grade_award: {{outcome: met, items: {{"assessments[7]": met}}, payable: 20000}}
    total: {{organization: {{once: 30000}}, left_out: []}}
  - name: 案例其实没有问题
    wrong: [organization.status]
  - name: 指出的是别的问题
    change: {{organization.status: regist}}
    wrong: [organization.division]
"""
    text = text.replace(', items: {"assessments[7]": met}', "")
    told = [failure(test, lang) or "" for test in read_case_tests(written(text))]
    snapshot(f"case-tests-failures.{lang}.txt", "\n\n".join(told) + "\n")


def test_an_item_that_is_not_there_is_told_with_those_that_are(written: Callable[[str], Path]) -> None:
    text = f"""{OPENING}
  - name: 第二项荣誉
    change: {{organization.honours: [{{level: 市级, holder: organization, awarded_on: 2022-12-05, granted_in: "31"}}]}}
    expect: {{honour_award: {{items: {{"honours[1]": met}}}}}}
"""
    (test,) = read_case_tests(written(text))
    assert "没有这一项；有：honours[0]" in (failure(test) or "")


# ---------------------------------------------------------------------------------------------- the published form


def plain(given: Any) -> Any:  # noqa: ANN401
    """What a file holds, as JSON has it."""
    return json.loads(json.dumps(given, default=lambda d: float(d) if isinstance(d, Decimal) else str(d)))


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    made = case_test_schema(*known_facts(load_pack(p) for p in packs()))
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


def test_the_schema_admits_the_files_of_this_project(schema: jsonschema.Draft202012Validator) -> None:
    assert {path.name.partition("-")[0] for path in CASES} == set(packs())
    for path in CASES:
        schema.validate(plain(read_file(str(path))))


@pytest.mark.parametrize("test", HOLDS.values(), ids=HOLDS.keys())
def test_the_schema_admits_what_a_file_can_expect(
    test: str, schema: jsonschema.Draft202012Validator, written: Callable[[str], Path]
) -> None:
    schema.validate(plain(read_file(str(written(f"{OPENING}  - name: 甲\n{test}")))))


@pytest.mark.parametrize(
    "test",
    [
        "{name: 甲}",
        "{expect: {opening_subsidy: met}}",
        "{name: 甲, expects: {}}",
        "{name: 甲, expect: {opening_subsidy: mett}}",
        "{name: 甲, expect: {opening_subsidy: {outcom: met}}}",
        "{name: 甲, expect: {opening_subsidy: {payable: {low: 1}}}}",
        "{name: 甲, expect: {opening_subsidy: {next_change: soon}}}",
        "{name: 甲, wrong: []}",
    ],
)
def test_the_schema_refuses(test: str, schema: jsonschema.Draft202012Validator, written: Callable[[str], Path]) -> None:
    assert not schema.is_valid(plain(read_file(str(written(f"{OPENING}  - {test}")))))
