"""`socorg-rules new-pack` makes a distribution that installs beside the library, is found, and passes its own tests."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from socorg_rules import load_pack
from socorg_rules.cli import main
from socorg_rules.new_pack import TEMPLATES

FILES = {"pyproject.toml", "socorg_rules_my_county.py", "tests/test_my_county.py", "README.md"}


def begin(name: str, into: Path) -> Result:
    return CliRunner().invoke(main, ["new-pack", name, "--into", str(into)], prog_name="socorg-rules")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def told(*command: str, site: Path, at: Path) -> str:
    """What a fresh Python prints in which `site` is installed besides."""
    env = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, check=False, cwd=at, env=env)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


def test_it_tells_which_files_it_made_and_what_to_do_next(tmp_path: Path) -> None:
    result = begin("my_county", tmp_path)
    assert (result.exit_code, files(tmp_path / "my_county")) == (0, FILES)
    *made, then = result.stdout.splitlines()
    assert {Path(path).relative_to(tmp_path / "my_county").as_posix() for path in made} == FILES
    assert f"pip install --editable {tmp_path / 'my_county'}" in then


def test_no_blank_of_the_templates_is_left_unfilled(tmp_path: Path) -> None:
    begin("my_county", tmp_path)
    for name in FILES:
        text = (tmp_path / "my_county" / name).read_text(encoding="utf-8")
        assert "$" not in text
        assert "my_county" in text or "my-county" in text


def test_every_template_is_used() -> None:
    folder = Path(__file__).parents[1] / "socorg_rules" / "template"
    assert {path.name.removesuffix(".txt") for path in folder.iterdir()} == set(TEMPLATES.values())


def test_the_pack_loads_from_its_file(tmp_path: Path) -> None:
    begin("my_county", tmp_path)
    pack = load_pack(tmp_path / "my_county" / "socorg_rules_my_county.py")
    assert (pack.id, [p.id for p in pack.provisions]) == ("my_county", ["ferry_subsidy"])
    assert [(row.clause, row.status) for row in pack.coverage] == [("一", "encoded"), ("二", "encoded")]
    assert pack.divisions == ("990100",)


def test_it_installs_beside_the_library_and_is_found_there(tmp_path: Path) -> None:
    begin("my_county", tmp_path)
    folder, site = tmp_path / "my_county", tmp_path / "site"
    # Without isolation pip builds with the setuptools that is here, and needs no network.
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index"]
    told("pip", "install", *options, "--target", str(site), str(folder), site=site, at=tmp_path)
    listed = told("socorg_rules", "packs", site=site, at=tmp_path).splitlines()
    assert "my_county  示例县社会组织扶持政策（虚构）  2024-01-01" in listed
    assert any(line.startswith("yangpu  ") for line in listed)
    assert "daily_crossings" in told("socorg_rules", "schema", "facts", site=site, at=tmp_path)
    (folder / "socorg_rules_my_county.py").rename(tmp_path / "aside.py")  # its tests see what was installed
    assert " passed" in told("pytest", "-q", "-p", "no:cacheprovider", str(folder / "tests"), site=site, at=folder)


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "my_county"
    folder.mkdir()
    (folder / "README.md").write_text("mine", encoding="utf-8")
    result = begin("my_county", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"`{folder}` is there already and is left as it is; choose another name or folder\n"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {"README.md": "mine"}


def test_a_file_in_the_way_is_left_too(tmp_path: Path) -> None:
    (tmp_path / "my_county").write_text("mine", encoding="utf-8")
    assert begin("my_county", tmp_path).exit_code == 2
    assert (tmp_path / "my_county").read_text("utf-8") == "mine"


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = begin("my_county", tmp_path / "elsewhere")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert result.stderr.endswith("is no folder; make it first, or name another with `--into`\n")


def test_a_folder_in_which_nothing_can_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = begin("my_county", tmp_path)
    told = f"`{tmp_path / 'my_county'}` cannot be made: permission denied; name another folder with `--into`\n"
    assert (result.exit_code, result.stderr) == (2, told)


NO_NAME = "is no name of a pack; write small letters, digits and `_`, a letter first"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My-County", f"My-County: {NO_NAME}, as in `my_county`"),
        ("../county", f"../county: {NO_NAME}, as in `county`"),
        ("2024county", f"2024county: {NO_NAME}, as in `county`"),
        ("county_", f"county_: {NO_NAME}, as in `county`"),
        ("示例县", f"示例县: {NO_NAME}"),
        ("", NO_NAME),
        ("yangpu", "yangpu: is the name of a pack that is installed; choose another"),
        ("division", "division: is a fact of organization, under which own facts would stand; choose another"),
    ],
)
def test_a_name_that_will_not_do_is_refused_before_anything_is_made(name: str, message: str, tmp_path: Path) -> None:
    result = begin(name, tmp_path)
    assert (result.exit_code, result.stderr, list(tmp_path.iterdir())) == (2, f"{message}\n", [])
