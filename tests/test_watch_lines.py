"""Where events come from and changes go: files that still grow, standard streams, the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from socorg_rules.cli import main

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")
pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

from watched import DAY, FERRY, RIVERSIDE, Watched, learned, passed

from socorg_rules.watch.event import read_event
from socorg_rules.watch.lines import LONGEST, MOST_LINES, Line, batches

# -------------------------------------------------------------------------------------------------------- lines


def test_a_line_that_is_still_being_written_is_left_for_the_next_run(local: Watched) -> None:
    whole = json.dumps(learned("a", FERRY, True))
    local.events.write_text(whole[:20], encoding="utf-8")
    assert local()["rejected"] == 0
    local.events.write_text(whole + "\n", encoding="utf-8")
    assert local()["changes"] == 1


def test_a_last_event_without_the_end_of_its_line_is_an_event(local: Watched) -> None:
    local.events.write_text(json.dumps(learned("a", FERRY, True)), encoding="utf-8")
    assert local()["changes"] == 1
    local.events.write_text(local.events.read_text() + "\n" + json.dumps(passed("2023-06-02")) + "\n")
    assert local()["events"] == 1


def test_a_line_of_any_length_is_read_within_bounds(local: Watched) -> None:
    local("x" * (3 * LONGEST), learned("a", FERRY, True))
    assert local.reasons() == [f": a line of more than {LONGEST} bytes is no event"]
    assert len(local.rejects_path.read_bytes()) < 3000
    assert len(local.changes) == 1


def test_batches_end_where_the_next_read_would_wait() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as stream, os.fdopen(writer, "wb", buffering=0) as out:
        found = batches(stream)
        out.write(b"a\n\nb\nc")
        assert [line.text for line in next(found)] == [b"a", b"b"]
        out.write(b"d\n")
        assert next(found) == [Line(b"cd", 8)]
        out.write(b"e")
        out.close()
        assert next(found) == [Line(b"e", 9, finished=False)]


def test_batches_are_never_larger_than_a_transaction_may_be() -> None:
    found = list(batches(io.BytesIO(b"x\n" * 1000), 7))
    assert max(map(len, found)) == MOST_LINES
    assert found[-1][-1].end == 2007


def test_two_events_of_one_id_are_the_same_only_where_they_say_the_same() -> None:
    one, two, three = (
        read_event(json.dumps(e).encode())
        for e in (learned("a", "p", {"x": 1, "y": 2}), learned("a", "p", {"y": 2, "x": 1}), learned("a", "p", {"x": 1}))
    )
    assert one.digest == two.digest != three.digest


# ------------------------------------------------------------------------------------------------- standard streams


def program(folder: Path, *more: str, given: bytes = b"") -> Result:
    command = ["watch", RIVERSIDE, "--cases", str(folder / "cases"), "--state", str(folder / "state.sqlite")]
    command += ["--as-of", DAY, "--rejects", str(folder / "rejects"), *more]
    return CliRunner().invoke(main, command, input=given, prog_name="socorg-rules")


def test_events_come_from_standard_input_and_changes_go_to_standard_output(local: Watched) -> None:
    event = json.dumps(learned("a", FERRY, True, id="e1")).encode()
    for seen in (1, 0):
        result = program(local.folder, "--events", "-", given=event)
        assert result.exit_code == 0, result.output
        assert len(result.stdout.splitlines()) == seen
        assert result.stderr == f"{seen} events, {seen} changes, 0 rejected, {1 - seen} repeated\n"


def test_events_of_standard_input_need_an_id(local: Watched) -> None:
    program(local.folder, "--events", "-", given=json.dumps(learned("a", FERRY, True)).encode())
    assert local.reasons()[0].startswith("id: is missing; what is not a file begins anew each time")


def test_changes_may_go_where_nothing_can_be_taken_back(local: Watched) -> None:
    local.changes_path = Path(os.devnull)
    for value, kind in ((True, "learned"), (False, "corrected")):
        assert local({"event": kind, "case": "a", "path": FERRY, "value": value})["changes"] == 1


def test_the_whole_derivation_is_written_where_it_is_asked_for(local: Watched) -> None:
    event = json.dumps(learned("a", FERRY, True, id="e1")).encode()
    (line,) = program(local.folder, "--events", "-", "--trace", given=event).stdout.splitlines()
    (derivation,) = json.loads(line)["derivation"]["derivations"]
    assert {s["role"]: s["truth"] for s in derivation["fired"] if "role" in s}["claim"] is True


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--events", "missing"), "missing: there is no such file"),
        (("--events", "-", "--cases", "nowhere"), "nowhere: is no folder"),
        (("--events", "-", "--engine", "reverse"), "engine: no engine is called `reverse`"),
        (("--events", "-", "--reading", "bank=south"), "readings.bank: `south` is no alternative"),
        (
            ("--events", "-", "--changes", "rejects", "--rejects", "./rejects"),
            "rejects: `./rejects` is where changes go",
        ),
        (("--events", "-", "--changes", "/nowhere/at/all"), "/nowhere/at/all: cannot be written: no such file"),
    ],
)
def test_a_wrong_command_line_is_a_line_that_names_it(local: Watched, options: tuple[str, ...], problem: str) -> None:
    result = program(local.folder, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(problem)


def test_without_its_extra_the_verb_says_what_to_install(local: Watched) -> None:
    code = f"""
import sys
sys.modules["sqlalchemy"] = None
from socorg_rules.cli import main
main(["watch", {RIVERSIDE!r}, "--cases", {str(local.folder)!r}, "--events", "-"])
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.endswith("`sqlalchemy` is not installed; `pip install 'socorg-rules[watch]'` does it\n")
