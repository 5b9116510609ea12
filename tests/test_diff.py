"""`socorg-rules diff`: two texts, also as git holds them, with an exit code that serves continuous integration."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from socorg_rules.change.schema_comparison import comparison_schema
from socorg_rules.cli import main

RIVERSIDE = Path(__file__).parent / "packs" / "riverside.py"


def git(folder: Path, *args: str) -> None:
    options = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *options, *args], check=True, capture_output=True)  # noqa: S607 - git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A pack as it was at the tag `before`, and as it is: the ferry subsidy was raised."""
    file = tmp_path / "riverside.py"
    source = RIVERSIDE.read_text("utf-8")
    file.write_text(source, "utf-8")
    (tmp_path / "case.json").write_text('{"guild": {"is_small": true}}', "utf-8")
    (tmp_path / "binary.py").write_bytes(b"x = 1\0")
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "case.txt").write_text("nothing", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "as it was")
    git(tmp_path, "tag", "before")
    assert "yuan(1000)" in source
    file.write_text(source.replace("yuan(1000)", "yuan(1500)"), "utf-8")
    return file


def diff(*args: str) -> Result:
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, ["diff", *args], prog_name="socorg-rules")


def test_a_file_is_held_against_itself_at_a_revision(repository: Path) -> None:
    result = diff(f"{repository}@before", str(repository))
    assert result.exit_code == 1
    assert "ferry_subsidy" in result.stdout
    assert "最高 1,500.00 元" in result.stdout


def test_nothing_differs_from_itself(repository: Path) -> None:
    assert diff(str(repository), str(repository)).exit_code == 0
    assert diff(f"{repository}@before", f"{repository}@HEAD").exit_code == 0


def test_the_data_has_its_published_form_and_the_page_stands_alone(repository: Path) -> None:
    result = diff(f"{repository}@before", str(repository), "--format", "json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not [e.message for e in Draft202012Validator(comparison_schema()).iter_errors(data)]
    assert diff(f"{repository}@before", str(repository), "--format", "html").stdout.startswith("<!DOCTYPE html>")
    printed = CliRunner().invoke(main, ["schema", "comparison"], prog_name="socorg-rules")
    assert json.loads(printed.stdout) == json.loads(json.dumps(comparison_schema()))


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("{file}@nowhere", "git says: invalid object name 'nowhere'"),
        ("{folder}/other.py@before", "git says: path 'other.py' does not exist in 'before'"),
        ("{folder}/none/other.py@before", "there is no folder"),
        ("{file}@", "names no revision of a file"),
        ("{file}@--help", "`--help` is no revision"),
        ("nopack", "no pack is called `nopack`"),
        ("{folder}/held@before", "is a folder; name a pack file in it"),
        ("yangpu@before", "`yangpu` is an id, which has no revisions; write its file: `"),
        ("{folder}/case.json", "case.json` is no pack file; a pack is a Python file, which ends in `.py`"),
        ("{folder}/binary.py", "binary.py` holds null bytes"),
    ],
)
def test_what_is_no_text_is_bad_input_and_told(repository: Path, named: str, told: str) -> None:
    result = diff(named.format(file=repository, folder=repository.parent), str(repository))
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_mistake_in_an_old_text_is_told_with_file_revision_and_line(repository: Path) -> None:
    repository.write_text(repository.read_text("utf-8").replace("yuan(1500)", "yuan(-1)"), "utf-8")
    git(repository.parent, "commit", "-qam", "wrong")
    result = diff(f"{repository}@HEAD", f"{repository}@before")
    assert result.exit_code == 2
    assert "riverside.py@HEAD:" in result.stderr
    assert "sums are not negative" in result.stderr


def test_a_pack_that_is_a_module_of_a_package_reads_what_stands_beside_it(tmp_path: Path) -> None:
    from socorg_rules.load import load_source  # noqa: PLC0415 - beside its one use

    root = Path(__file__).parents[1]
    source = (root / "policies" / "yangpu.py").read_text("utf-8")
    beside = "import annotations\n\nfrom . import hainan\n"
    source = source.replace("import annotations\n", beside, 1)
    found = load_source(source.encode(), root / "policies" / "yangpu.py", "yangpu.py@some")
    assert found.id == "yangpu"
    assert not (tmp_path / "yangpu.py").exists()


AMENDED = 'PACK_2025 = PACK.amend("2025", "{since}", parameters={{"ferry_subsidy.ceiling": 2_000}})\n'


def test_an_earlier_edition_that_was_touched_differs_also_where_the_newest_ones_are_alike(repository: Path) -> None:
    text = repository.read_text("utf-8") + AMENDED.format(since="2025-03-01")
    repository.write_text(text, "utf-8")
    git(repository.parent, "commit", "-qam", "amended")
    repository.write_text(text.replace("yuan(1500)", "yuan(1400)"), "utf-8")
    result = diff(f"{repository}@HEAD", str(repository))
    assert result.exit_code == 1
    before, _, later = result.stdout.partition("2025-03-01 起：")
    assert "2025-02-28 及以前：" in before
    assert "ferry_subsidy" in before
    assert "0 项有变化" in later
    assert diff(f"{repository}@HEAD", str(repository), "--as-of", "2025-03-01").exit_code == 0
    assert diff(f"{repository}@HEAD", str(repository), "--as-of", "2025-02-28").exit_code == 1


def test_a_day_of_entry_into_force_that_moves_is_a_difference_on_the_days_between(repository: Path) -> None:
    text = repository.read_text("utf-8")
    repository.write_text(text + AMENDED.format(since="2025-03-01"), "utf-8")
    git(repository.parent, "commit", "-qam", "amended")
    repository.write_text(text + AMENDED.format(since="2025-04-01"), "utf-8")
    result = diff(f"{repository}@HEAD", str(repository), "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert not [e.message for e in Draft202012Validator(comparison_schema()).iter_errors(data)]
    told = [(s["from"], s["to"], [p["provision"] for p in s["provisions"] if p["witnesses"]]) for s in data["spans"]]
    between = ("2025-03-01", "2025-03-31", ["ferry_subsidy"])
    assert told == [(None, "2025-02-28", []), between, ("2025-04-01", None, [])]
    page = diff(f"{repository}@HEAD", str(repository), "--format", "html", "--lang", "en")
    assert "2025-03-01 to 2025-03-31: " in page.stdout


def test_what_an_amendment_leaves_as_it_was_does_not_differ_earlier(repository: Path) -> None:
    git(repository.parent, "commit", "-qam", "raised")
    repository.write_text(repository.read_text("utf-8") + AMENDED.format(since="2025-03-01"), "utf-8")
    result = diff(f"{repository}@HEAD", str(repository))
    assert (result.exit_code, result.stderr) == (1, "")
    before, _, later = result.stdout.partition("2025-03-01 起：")
    assert "0 项有变化" in before
    assert "ferry_subsidy" in later
