"""The way from the edit to the merge, as `docs/changing-a-policy.md` tells it, gone in a real git repository."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import distribution
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
    """A clone in which Yangpu is as on the branch `main`, edited as the guide says and not installed yet."""
    folder = pytester.path
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (folder / "tests" / "cases").mkdir(parents=True)
    (folder / "policies").mkdir()
    text = (ROOT / "policies" / "yangpu.py").read_text("utf-8")
    (folder / "policies" / "yangpu.py").write_text(text, "utf-8")
    for named in (*ROOT.glob("tests/cases/yangpu-*.case.yaml"), *ROOT.glob("examples/yangpu-*.json")):
        copy = folder / named.relative_to(ROOT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(named.read_bytes())
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@y", "-c", "commit.gpgsign=false", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)  # noqa: S607 - whichever git there is
    (folder / "policies" / "yangpu.py").write_text(f"{text}\n{block('py')}", "utf-8")
    (folder / "tests" / "cases" / "yangpu-2025.case.yaml").write_text(block("yaml"), "utf-8")
    return folder


def install(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the id `yangpu` mean what the guide writes into `pyproject.toml`, as installing the clone does."""
    (entry,) = re.findall(r'`yangpu = "socorg_rules\.(.*)"`', WAY)
    info = repository / "socorg_rules-0.dist-info"
    info.mkdir()
    entries = distribution("socorg-rules").read_text("entry_points.txt")
    assert entries is not None
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: socorg-rules\nVersion: 0\n", "utf-8")
    (info / "entry_points.txt").write_text(re.sub("(?m)^yangpu = .*$", f"yangpu = {entry}", entries), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(repository))


def ask(*args: str) -> Result:
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, args, prog_name="socorg-rules")


def test_the_edit_is_sound_and_differs_as_the_guide_shows(repository: Path) -> None:
    here = str(repository / "policies" / "yangpu.py")
    assert ask("check", here).exit_code == 0
    found = ask("diff", f"{here}@main", here)
    assert (found.exit_code, found.stderr) == (1, "")
    assert [line for line in block("text").splitlines() if line not in found.stdout] == []
    assert ask("diff", f"{here}@main", here, "--as-of", "2025-02-28").exit_code == 0


def test_the_baseline_is_refused_until_the_edit_is_installed_and_fails_until_it_is_declared(
    repository: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ["-p", "no:cacheprovider", "tests/cases", "--policy-baseline", "main"]
    stale = pytester.runpytest_subprocess(*run)
    assert stale.ret == pytest.ExitCode.USAGE_ERROR
    stale.stderr.fnmatch_lines(["ERROR: `yangpu` is not one text in this run: *"])
    install(repository, monkeypatch)
    undeclared = pytester.runpytest_subprocess(*run)
    assert undeclared.parseoutcomes()["failed"] == 1
    undeclared.stdout.fnmatch_lines([block("text", 1).strip()])
    (repository / "policy-changes.toml").write_text(block("toml"), "utf-8")
    assert pytester.runpytest_subprocess(*run).ret == pytest.ExitCode.OK
