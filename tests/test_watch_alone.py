"""One `watch` on a state at a time, each file for one purpose, and a start with the same command after any stop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from postgres import programs, server

from socorg_rules import CaseError, CaseFile, load_pack
from socorg_rules.cli import main

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")

import sqlalchemy as sa

from socorg_rules.watch.state import State
from socorg_rules.watch.stream import Stream

RIVERSIDE = str(Path(__file__).parents[1] / "tests" / "packs" / "riverside.py")
DAY = "2023-06-01"
FERRY = "organization.riverside.keeps_ferry"
OTHER = "state: another `watch` is working on this state; let only one run"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if programs() is None:
        pytest.skip("the programs of PostgreSQL are not installed here")
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty state on either database; each test uses that of PostgreSQL under a name of its own."""
    if request.param == "sqlite":
        return str(tmp_path / "state.sqlite")
    url: str = request.getfixturevalue("postgres")
    name = f"s{abs(hash(request.node.name))}"
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{url}&options=-csearch_path%3D{name}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cases").mkdir()
    for name in ("a", "b"):
        facts = {"organization": {"division": "990101", "payments": []}}
        (tmp_path / "cases" / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
    (tmp_path / "events").touch()
    return tmp_path


def learned(value: object, path: str = FERRY, **more: object) -> dict[str, object]:
    return {"event": "learned", "case": "a", "path": path, "value": value, **more}


def command(folder: Path, state: str | None = None, *more: str, **files: str) -> list[str]:
    made = ["watch", RIVERSIDE, "--cases", str(folder / "cases"), "--state", state or str(folder / "state.sqlite")]
    for option in ("events", "changes", "rejects"):
        made += [f"--{option}", files.get(option, str(folder / option))]
    return [*made, "--as-of", DAY, "--engine", "reference", *more]


def program(folder: Path, *events: object, state: str | None = None, **files: str) -> Result:
    """Add events to the file, and watch it with the same command each time."""
    with (folder / "events").open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(e) + "\n" for e in events)
    return CliRunner().invoke(main, command(folder, state, **files), prog_name="socorg-rules")


def rows(folder: Path, name: str) -> list[Any]:
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


# ------------------------------------------------------------------------------------------------------- only one


def test_a_second_program_is_told_so_and_touches_nothing_while_the_first_is_waiting(folder: Path, state: str) -> None:
    arguments = [sys.executable, "-m", "socorg_rules", *command(folder, state, events="-")]
    first = subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert first.stdin is not None
    try:
        first.stdin.write(json.dumps(learned(True, id="e1")).encode() + b"\n")
        first.stdin.flush()
        while not ((folder / "changes").exists() and (folder / "changes").stat().st_size):
            assert first.poll() is None
        with (folder / "changes").open("ab") as more:  # as if it were in the middle of a batch
            more.write(b"{}\n")
        written = (folder / "changes").read_bytes()
        second = program(folder, learned(False), state=state)
        assert (second.exit_code, second.stderr) == (2, f"{OTHER}\n")
        assert (folder / "changes").read_bytes() == written
    finally:
        _, told = first.communicate()
    assert (first.returncode, told) == (0, b"1 events, 1 changes, 0 rejected, 0 repeated\n")
    assert program(folder, state=state).exit_code == 0


def test_a_program_that_was_killed_keeps_nobody_out(folder: Path, state: str) -> None:
    arguments = [sys.executable, "-m", "socorg_rules", *command(folder, state, events="-")]
    first = subprocess.Popen(arguments, stdin=subprocess.PIPE)
    while not (folder / "changes").exists():
        assert first.poll() is None
    first.kill()
    first.communicate()
    assert program(folder, learned(True), state=state).exit_code == 0


def test_a_state_may_be_read_while_it_is_owned_and_is_free_once_it_is_closed(folder: Path, state: str) -> None:
    pack, options = load_pack(RIVERSIDE), {"changes": "-", "rejects": str(folder / "rejects"), "as_of": DAY}
    with closing(State(state)) as one, closing(State(state)) as other:
        with closing(Stream(pack, one, **options)), pytest.raises(CaseError, match="another `watch` is working"):  # type: ignore[arg-type]
            Stream(pack, other, **options)  # type: ignore[arg-type]
        assert other.left("events") == (0, "")
    with closing(State(state)) as one:
        Stream(pack, one, **options).close()  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------ each file for one purpose


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"rejects": "events"}, "rejects: `{rejects}` is where events come from; give each a file of its own"),
        ({"changes": "events"}, "changes: `{changes}` is where events come from"),
        ({"changes": "state.sqlite"}, "changes: `{changes}` is where the state is kept"),
        ({"changes": "hard"}, "changes: `{changes}` is where events come from"),
        ({"changes": "soft"}, "changes: `{changes}` is where events come from"),
        ({"changes": "new", "rejects": "cases/../new"}, "rejects: `{rejects}` is where changes go"),
    ],
)
def test_a_file_is_not_used_twice(folder: Path, files: dict[str, str], problem: str) -> None:
    (folder / "hard").hardlink_to(folder / "events")
    (folder / "soft").symlink_to("events")
    files = {option: f"{folder}/{name}" for option, name in files.items()}
    result = program(folder, "nonsense", **files)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(problem.format(**files))
    assert not (folder / "state.sqlite").exists()
    assert (folder / "events").read_text("utf-8") == '"nonsense"\n'


def test_a_device_may_be_named_twice(folder: Path) -> None:
    assert program(folder, "nonsense", changes=os.devnull, rejects=os.devnull).exit_code == 0


# ------------------------------------------------------------------------------------------------ starting again


def test_the_same_command_starts_again_after_days_have_passed(folder: Path, state: str) -> None:
    for day in ("2024-01-01", "2024-02-01"):
        result = program(folder, {"event": "day_passed", "to": day}, state=state)
        assert (result.exit_code, result.stderr) == (0, "1 events, 0 changes, 0 rejected, 0 repeated\n")


def test_a_rejected_event_that_has_become_good_is_applied_when_it_comes_again(folder: Path) -> None:
    correct = {"event": "corrected", "case": "a", "path": FERRY, "value": True, "id": "e1"}
    assert "1 rejected, 0 repeated" in program(folder, correct).stderr
    assert "0 rejected, 1 repeated" in program(folder, correct).stderr
    assert program(folder, learned(False), correct, correct).stderr == "2 events, 2 changes, 0 rejected, 1 repeated\n"
    assert [c["event"] for c in rows(folder, "changes")] == [None, "e1"]


def test_a_last_line_that_is_not_finished_is_told_of(folder: Path) -> None:
    (folder / "events").write_text('{"event": "lear', encoding="utf-8")
    told = "the last line is not finished; it is left for the next run\n0 events, 0 changes, 0 rejected, 0 repeated\n"
    assert program(folder).stderr == told


# --------------------------------------------------------------------------------------------- what nobody foresaw


@pytest.mark.parametrize("path", ["organization.fields.complete", "organization.name.x", "organization.riverside[0]"])
def test_an_event_that_leads_nowhere_is_rejected_and_the_stream_goes_on(folder: Path, path: str) -> None:
    fields = learned(["养老"], "organization.fields")
    events = [{**learned(True, path), "event": kind} for kind in ("learned", "corrected", "withdrawn")]
    for event in events[2:]:
        del event["value"]
    result = program(folder, fields, *events, learned(True))
    assert (result.exit_code, result.stderr) == (0, "2 events, 1 changes, 3 rejected, 0 repeated\n")
    assert {p["path"] for r in rows(folder, "rejects") for p in r["problems"]} == {path}


def test_an_event_that_brings_out_a_mistake_of_the_program_is_rejected_with_its_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = CaseFile._change  # noqa: SLF001 - made when all else is done

    def failing(self: CaseFile, *told: Any) -> object:  # noqa: ANN401
        because = told[-1]
        if "forgotten" in because:
            raise KeyError(because["forgotten"])
        return change(self, *told)

    monkeypatch.setattr(CaseFile, "_change", failing)
    result = program(folder, learned(True), {"event": "withdrawn", "case": "a", "path": FERRY}, learned(True, id="x"))
    assert (result.exit_code, result.stderr) == (0, "2 events, 1 changes, 1 rejected, 0 repeated\n")
    ((problem,),) = (r["problems"] for r in rows(folder, "rejects"))
    assert problem == {"path": FERRY, "problem": f"unforeseen, please report it: KeyError: '{FERRY}'"}


def test_a_database_that_fails_is_one_plain_line(folder: Path) -> None:
    assert program(folder).exit_code == 0
    engine = sa.create_engine(f"sqlite:///{folder}/state.sqlite")
    with engine.begin() as connection:
        connection.execute(
            sa.text("CREATE TRIGGER t BEFORE UPDATE ON socorg_case BEGIN SELECT RAISE(FAIL, 'full'); END")
        )
    result = program(folder, learned(True))
    assert (result.exit_code, result.stderr) == (1, "state: full; nothing of this batch was kept; start again\n")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TRIGGER t"))
    engine.dispose()
    assert program(folder).stderr == "1 events, 1 changes, 0 rejected, 0 repeated\n"
    assert len(rows(folder, "changes")) == 1
