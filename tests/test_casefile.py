import contextlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from case_strategies import KINDS
from hypothesis import given, settings
from hypothesis import strategies as st

from socorg_rules.case import read_case, read_case_text
from socorg_rules.casefile import Form, decode
from socorg_rules.errors import CaseError

unhurried = settings(deadline=None)


def problems(path: str | Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(path, KINDS)
    return [str(p) for p in caught.value.problems]


FORMS: dict[Form, str] = {
    "json": '{"project": {"amount": 0.1, "category": "为老", "is_rectified": true, "id": null}}',
    "yaml": "project: &p\n  amount: 0.1\n  category: 为老\n  is_rectified: true\n  id:\n",
    "toml": "[project]\namount = 0.1\ncategory = '为老'\nis_rectified = true\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_case_reads_the_same_in_every_format(form: Form, tmp_path: Path) -> None:
    expected = {"project": {"amount": "0.10", "category": "为老", "is_rectified": True}}
    path = tmp_path / f"case.{form.upper()}"
    path.write_text(FORMS[form], encoding="utf-8-sig")
    assert read_case(str(path), KINDS).to_dict() == read_case(path, KINDS).to_dict() == expected
    assert read_case_text(FORMS[form].encode(), KINDS, form=form).to_dict() == expected


def test_yaml_reads_only_what_is_plainly_meant() -> None:
    text = "{a: 010, b: 1_000, c: 190:20:30, d: 2023-02-30, e: no, f: 0x1F, g: .inf, h: 1e2, i: '3', j: ~, k: <<}"
    assert decode(text, "yaml", "x") == {
        "a": "010", "b": "1_000", "c": "190:20:30", "d": "2023-02-30", "e": "no", "f": "0x1F", "g": ".inf",
        "h": Decimal("1e2"), "i": "3", "j": None, "k": "<<",
    }  # fmt: skip


BOMBS = {
    "json": ["[" * 100_000, '{"a":' * 100_000, '{"project": ' + "[" * 100_000 + "]" * 100_000 + "}"],
    "yaml": [
        "[" * 10_000,
        "&a [*a]",
        "project: &a\n  id: *a",
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{n}: &{n} [{', '.join(['*' + p] * 10)}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "? [a]\n: b",
        "--- a\n--- b",
        '"\\UFFFFFFFF"',
        "\x00",
        "a: !!python/object/apply:os.system ['x']",
    ],
    "toml": ["a = " + "[" * 100_000, "a = " + "9" * 10_000, "a = 1\na = 2", ".".join("a" * 2_000) + " = 1"],
}


@pytest.mark.parametrize("form", BOMBS)
def test_no_file_is_too_wicked_for_a_plain_answer(form: Form) -> None:
    for text in BOMBS[form]:
        with pytest.raises(CaseError):
            read_case_text(text, KINDS, form=form)


def test_numbers_beyond_all_measure_are_refused() -> None:
    for number in ("1e999999999", "1e-999999999", "9" * 10_000, "1e99999999999999999999", "-Infinity"):
        with pytest.raises(CaseError, match=r"^project\.amount: "):
            read_case_text(f'{{"project": {{"amount": {number}}}}}', KINDS)


@pytest.mark.parametrize("name", ["none.json", "case.txt", "case", "a\0.json", ".json"])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    (line,) = problems(os.fspath(tmp_path) + "/" + name)
    assert line.startswith(str(tmp_path)[:40])  # a name out of the ordinary is shown shortened


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    assert problems(tmp_path / "a.json") == [f"{tmp_path / 'a.json'}: cannot be read: is a directory"]


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes('{"organization":\n {"name": "社会组织"}}'.encode("gb18030"))
    assert problems(path) == [f"{path}:2: not UTF-8; save the file as UTF-8"]


def test_reading_json_does_not_load_yaml() -> None:
    code = "import sys, socorg_rules.case; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@unhurried
@pytest.mark.parametrize("form", FORMS)
@given(text=st.text("[]{}:,&*!|>-?'\"%@`#~=. \n\tab019\\xuUeE+_中\ud800\x85", max_size=40))
def test_any_text_is_plain_data_or_a_complaint(form: Form, text: str) -> None:
    with contextlib.suppress(CaseError):
        decode(text, form, "x")
