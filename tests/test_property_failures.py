"""How a failing property reads under pytest: the call, the message, and the case; none of the library's own source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CALLS = {
    "a claim that fails": ('capped("yangpu", "opening_subsidy", 9_999)', "AssertionError: 不成立：不超过 9999 元"),
    "a claim that nothing is found for": ('capped("yangpu", "golden_idea", 9_999)', "没有找到可检验的案例"),
    "a misspelt provision": ('sums_add_up("yangpu", example=5)', "did you mean `examples`"),
    "a fact that there is not": (
        'monotone("yangpu", "honour_award", "organization.honours.levl", ["区级", "市级"])', "did you mean `level`"
    ),
    "a text that changes": (
        'only_changes("yangpu", load_pack("yangpu").changed(parameters={"opening_subsidy.ceiling": 9}))',
        "未声明的变化：yangpu.opening_subsidy",
    ),
}  # fmt: skip


def failed(folder: Path, body: str) -> str:
    """What pytest prints of a test that fails."""
    head = """
from hypothesis import given, settings
from hypothesis import strategies as st
from socorg_rules import load_pack
from socorg_rules.properties import *
from socorg_rules.strategies import cases, near
"""
    (folder / "test_it.py").write_text(head + body, encoding="utf-8")
    args = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(args, check=False, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stdout


@pytest.mark.parametrize(("call", "told"), CALLS.values(), ids=CALLS.keys())
def test_a_failure_shows_the_call_and_the_message_alone(call: str, told: str, tmp_path: Path) -> None:
    printed = failed(tmp_path, f"def test_it():\n    {call}\n")
    assert call in printed
    assert told in printed
    assert "socorg_rules/properties" not in printed


@pytest.mark.parametrize("strategy", ['near("yangpu", "honour_award")', 'cases("daoli", missing=True)'])
def test_what_was_drawn_is_printed_as_data(strategy: str, tmp_path: Path) -> None:
    given = f"@settings(database=None, deadline=None, max_examples=5)\n@given({strategy}, st.integers())"
    printed = failed(tmp_path, f"{given}\ndef test_it(one, other):\n    assert one is other\n")
    _, _, drawn = printed.rpartition(": test_it(")
    assert "{'organization': {" in drawn or "{'jurisdiction': {" in drawn
    assert "lambda" not in drawn
    assert "until_repealed" not in drawn
