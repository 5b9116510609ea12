"""What the guide to testing a policy shows of case tests and of declared changes holds."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from socorg_rules import load_pack
from socorg_rules.case_tests import CaseTest, failure, read_case_tests
from socorg_rules.case_tests.expected import FIELDS
from socorg_rules.change.declared import read_declared

GUIDE = Path(__file__).parents[1] / "docs" / "testing-a-policy.md"


def blocks(language: str) -> list[str]:
    """The fenced blocks of the guide in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def case_tests(folder: Path) -> list[CaseTest]:
    """The case tests of the guide."""
    (text,) = blocks("yaml")
    path = folder / "some.case.yaml"
    path.write_text(text, "utf-8")
    tests = read_case_tests(path)
    assert len(tests) == text.count("- name:")
    return tests


def test_the_case_tests_of_the_guide_hold(tmp_path: Path) -> None:
    tests = case_tests(tmp_path)
    assert [failure(test) for test in tests] == [None] * len(tests)


def test_the_declared_change_of_the_guide_can_be_read(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    (tmp_path / "policy-changes.toml").write_text(text, "utf-8")
    pack = load_pack("yangpu")
    (change,) = read_declared(tmp_path / "policy-changes.toml", [(pack, pack)])["yangpu"]
    assert (change.provisions, str(change.since)) == (("opening_subsidy",), "2026-01-01")


def test_the_guide_names_every_field_that_can_be_expected() -> None:
    text = GUIDE.read_text("utf-8")
    assert [name for name in (*FIELDS, "items") if f"`{name}`" not in text] == []


def test_the_failure_that_the_guide_shows_is_told_so(tmp_path: Path) -> None:
    test = case_tests(tmp_path)[0]
    lower = load_pack("yangpu").changed(parameters={"opening_subsidy.ceiling": 9_000})
    shown = blocks("text")[0].replace("  …\n", "")
    assert (failure(attrs.evolve(test, pack=lower)) or "").startswith(shown.rstrip())
