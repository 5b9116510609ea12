"""The way from the edit to the merge, as `docs/changing-a-policy.md` tells it, gone in a real git repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from socorg_rules.cli import main

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "changing-a-policy.md").read_text("utf-8")
WAY = GUIDE[GUIDE.index("## From the edit to the merge") : GUIDE.index("## How well differences are found")]


def block(language: str, nth: int = 0) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", WAY, re.MULTILINE | re.DOTALL)[nth]


@pytest.fixture
def repository(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone in which Yangpu is as it is on the branch `main`, edited as the guide says."""
    folder = pytester.path
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (folder / "tests" / "cases").mkdir(parents=True)
    (folder / "policies").mkdir()
    text = (ROOT / "policies" / "yangpu.py").read_text("utf-8")
    (folder / "policies" / "yangpu.py").write_text(text, "utf-8")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@y", "-c", "commit.gpgsign=false", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)  # noqa: S607 - whichever git there is
    (folder / "policies" / "yangpu.py").write_text(f"{text}\n{block('py')}", "utf-8")
    (folder / "tests" / "cases" / "yangpu-2025.case.yaml").write_text(block("yaml"), "utf-8")
    return folder


def ask(*args: str) -> Result:
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, args, prog_name="socorg-rules")


def test_the_edit_is_sound_and_differs_as_the_guide_shows(repository: Path) -> None:
    here = str(repository / "policies" / "yangpu.py")
    assert ask("check", here).exit_code == 0
    found = ask("diff", f"{here}@main", here)
    assert (found.exit_code, found.stderr) == (1, "")
    assert [line for line in block("text").splitlines() if line not in found.stdout] == []
    assert ask("diff", f"{here}@main", here, "--as-of", "2025-02-28").exit_code == 0


def test_the_baseline_fails_until_the_change_is_declared(repository: Path, pytester: pytest.Pytester) -> None:
    run = ["-p", "no:cacheprovider", "tests/cases", "--policy-baseline", "main"]
    undeclared = pytester.runpytest_subprocess(*run)
    assert undeclared.parseoutcomes()["failed"] == 1
    undeclared.stdout.fnmatch_lines([block("text", 1).strip()])
    (repository / "policy-changes.toml").write_text(block("toml"), "utf-8")
    assert pytester.runpytest_subprocess(*run).ret == pytest.ExitCode.OK
