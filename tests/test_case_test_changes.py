"""What a test changes in the case of its file: what is wrong with it is told of the test, not of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from socorg_rules import CaseError
from socorg_rules.case_tests import read_case_tests

FILE = """
pack: yangpu
as_of: 2023-06-01
case: {organization: {status: registered, division: "310110", honours: [{id: one, name: 先进}], CASE}}
tests: [{name: 甲, expect: {opening_subsidy: undetermined}}, {name: 乙, expect: {grade_award: not_met}, CHANGE}]
"""
HERE = "tests[1].change"

WRONG: dict[str, tuple[str, str, list[str]]] = {
    "no such fact": ("", "change: {organization.ferries: 3}", [f"{HERE}.organization.ferries: no such fact"]),
    "a value that the fact cannot hold": (
        "", "change: {organization.established_on: soon}", [f"{HERE}.organization.established_on: expected a date"]
    ),
    "a mistake below what is changed": (
        "", "change: {organization.payments: [{provision: opening_subsidi}]}",
        [f"{HERE}.organization.payments[0].provision: `opening_subsidi` is no provision"],
    ),
    "a mistake elsewhere that comes of the change": (
        "payments: [{provision: honour_award, item: one}]", 'change: {"organization.honours[0].id": other}',
        [f"{HERE}: organization.payments[0].item: `one` is no id, name or grade"],
    ),
    "the file's own mistake, told once": (
        "statu: registered", "change: {organization.stage: 初创期}", ["case: organization.statu: no such fact"]
    ),
    "both": (
        "statu: registered", "change: {organization.ferries: 3}",
        ["case: organization.statu: no such fact", f"{HERE}.organization.ferries: no such fact"],
    ),
    "another entity besides": ("", "change: {jurisdiction: {}}", [f"{HERE}: 2 root entities"]),
    "nothing": ("", "change: {}", [f"{HERE}: changes nothing; write the paths of facts"]),
}  # fmt: skip


@pytest.mark.parametrize(("case", "change", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_with_a_change_is_told_of_its_test(
    case: str, change: str, told: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "some.case.yaml"
    path.write_text(FILE.replace("CASE", case).replace("CHANGE", change), "utf-8")
    with pytest.raises(CaseError) as raised:
        read_case_tests(path)
    lines = str(raised.value).splitlines()
    assert [line.startswith(one) for line, one in zip(lines, told, strict=True)] == [True] * len(told), lines


@pytest.mark.parametrize("field", ["payable", "entitlement"])
def test_a_sum_the_wrong_way_round_is_told(field: str, tmp_path: Path) -> None:
    path = tmp_path / "some.case.yaml"
    expected = f"expect: {{opening_subsidy: {{{field}: {{min: 5, max: 1}}}}}}"
    path.write_text(FILE.replace("CASE", "").replace("{name: 乙, expect: {grade_award: not_met}, CHANGE}",
                                                     f"{{name: 乙, {expected}}}"), "utf-8")  # fmt: skip
    with pytest.raises(CaseError, match=rf"^tests\[1\]\.expect\.opening_subsidy\.{field}: from 5\.00 to 1\.00 is no"):
        read_case_tests(path)
