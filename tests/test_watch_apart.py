"""Two states and one file of lines: neither takes a line of the other, at the same time or one after the other."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from socorg_rules import CaseError
from socorg_rules.cli import main

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")

from watched import DAY, FERRY, RIVERSIDE, Watched, learned

from socorg_rules.watch.state import State
from socorg_rules.watch.stream import Stream

TAKEN = "another state has written here since; its lines are left alone. Give each state files of its own"


def beside(one: Watched) -> Watched:
    """Another state that writes to the same files, from events of its own."""
    other = Watched(one.folder, str(one.folder / "other.sqlite"), one.pack)
    other.events = one.folder / "other"
    return other


def test_a_state_whose_file_another_has_written_to_since_is_refused_and_no_line_is_lost(watch: Watched) -> None:
    other = beside(watch)
    watch("nonsense")
    other("other nonsense", learned("a", FERRY, True))
    written = watch.rejects_path.read_bytes(), watch.changes_path.read_bytes()
    with pytest.raises(CaseError) as error:
        watch("more nonsense")
    assert str(error.value) == f"{watch.changes_path}: {TAKEN}"
    assert (watch.rejects_path.read_bytes(), watch.changes_path.read_bytes()) == written
    assert [r["line"] for r in other.rejects] == ["nonsense", "other nonsense"]
    watch.changes_path, watch.rejects_path = watch.folder / "changes of one", watch.folder / "rejects of one"
    assert watch()["rejected"] == 1
    assert other("again nonsense")["rejected"] == 1
    assert [r["line"] for r in other.rejects] == ["nonsense", "other nonsense", "again nonsense"]


def test_a_file_without_a_line_yet_is_not_shared_either(local: Watched) -> None:
    other = beside(local)
    local()
    other("nonsense")
    with pytest.raises(CaseError, match=TAKEN):
        local()
    assert [r["line"] for r in other.rejects] == ["nonsense"]


def test_lines_that_a_killed_program_left_unfinished_are_not_cut_once_another_state_has_written_behind(
    local: Watched,
) -> None:
    local("nonsense")
    with local.rejects_path.open("ab") as cut_short:
        cut_short.write(b'{"end": 1')
    other = beside(local)
    other("other nonsense")
    with pytest.raises(CaseError, match=TAKEN):
        local()
    told = local.rejects_path.read_text("utf-8").splitlines()
    assert (told[1], json.loads(told[2])["line"]) == ('{"end": 1', "other nonsense")


def test_two_states_do_not_write_to_one_file_at_the_same_time(watch: Watched) -> None:
    other, rejects = beside(watch), str(watch.rejects_path)
    with closing(State(watch.state)) as state:
        running = Stream(watch.pack, state, changes="-", rejects=rejects, as_of=DAY)
        with closing(running), pytest.raises(CaseError) as error:
            other("nonsense")
    told = "another `watch` is writing to it; give each state files of its own"
    assert str(error.value) == f"{watch.rejects_path}: {told}"
    assert watch.rejects == []
    assert other()["rejected"] == 1


def test_the_default_file_of_rejects_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "events").write_text("nonsense\n", encoding="utf-8")

    def program(state: str) -> Result:
        command = ["watch", RIVERSIDE, "--cases", str(tmp_path / "cases"), "--events", str(tmp_path / "events")]
        command += ["--as-of", DAY, "--engine", "reference", "--rejects", str(tmp_path / "rejects.jsonl")]
        return CliRunner().invoke(main, [*command, "--state", str(tmp_path / state)], prog_name="socorg-rules")

    assert [program(state).exit_code for state in ("one", "two")] == [0, 0]
    refused = program("one")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"{tmp_path}/rejects.jsonl: {TAKEN}\n"
    assert len((tmp_path / "rejects.jsonl").read_text("utf-8").splitlines()) == 2


def test_a_killed_program_keeps_no_other_state_from_its_files(local: Watched) -> None:
    command = [sys.executable, "-m", "socorg_rules", "watch", RIVERSIDE, "--cases", str(local.folder / "cases")]
    command += ["--state", local.state, "--events", "-", "--as-of", DAY, "--engine", "reference"]
    command += ["--changes", str(local.changes_path), "--rejects", str(local.rejects_path)]
    running = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write(b"nonsense\n")
    running.stdin.flush()
    while not (local.rejects_path.exists() and local.rejects_path.stat().st_size):
        assert running.poll() is None
    running.kill()
    running.communicate()
    assert beside(local)("other nonsense")["rejected"] == 1
    assert [r["line"] for r in local.rejects] == ["nonsense", "other nonsense"]
