"""Stopped at any moment, a stream goes on where it was: nothing is lost and nothing is written twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")
pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

import sqlalchemy as sa
from watched import DAY, FERRY, RIVERSIDE, Event, Watched, cases, passed

from socorg_rules.watch.state import METADATA, State


def stream_of(number: int) -> list[Event]:
    """Events for ten organizations, a few of them bad, with a day now and then."""
    rnd = random.Random(7)  # noqa: S311 - nothing secret
    made: list[Event] = []
    for n in range(number):
        case, path = f"o{rnd.randrange(10)}", rnd.choice((FERRY, "organization.has_outstanding_results"))
        kind = rnd.choice(("learned", "corrected", "withdrawn"))
        event = {"event": kind, "case": case, "path": path, "id": f"e{n}"}
        made.append(event if kind == "withdrawn" else {**event, "value": rnd.random() < 0.5})
        if n % 200 == 199:
            made.append(passed(f"2024-{1 + n // 200:02}-02"))
    return made


KILLS = 4
"""How often the program is killed, each time when more of its lines are written."""


class Stopped(Exception):  # noqa: N818 - as if the machine had stopped
    """Where the program is stopped in a test."""


def test_stopped_before_and_after_each_step_it_writes_what_it_would_have_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socorg_rules.watch.lines.MOST_LINES", 20)
    made = []
    for name in ("whole", "stopped"):
        (tmp_path / name).mkdir()
        cases(tmp_path / name / "cases", **{f"o{n}": {} for n in range(10)})
        made.append(Watched(tmp_path / name, str(tmp_path / name / "state")))
    whole, local = made
    whole(*stream_of(250))
    local()
    local.events.write_text(whole.events.read_text("utf-8"), encoding="utf-8")
    steps = ("socorg_rules.watch.journal.Journal.write", "socorg_rules.watch.journal.Journal.sync",
             "socorg_rules.watch.state.Turn.note", "socorg_rules.watch.state.Turn.put",
             "socorg_rules.watch.state.Turn.move", "socorg_rules.watch.state.State._take")  # fmt: skip
    rnd, stops = random.Random(3), 0  # noqa: S311
    for attempt in range(60):
        step = steps[attempt % len(steps)]
        with monkeypatch.context() as patched:
            patched.setattr(step, _stopping(step, rnd.randrange(1, 12), before=rnd.random() < 0.5))
            try:
                local()
            except Stopped:
                stops += 1
    local()
    assert stops > 5
    assert local.changes_path.read_bytes() == whole.changes_path.read_bytes()
    assert local.rejects_path.read_bytes() == whole.rejects_path.read_bytes()
    assert kept(local.state) == kept(whole.state)


@pytest.mark.parametrize("step", ["claim.Claim.give", "journal.Journal.sync", "state.Turn.note", "state.State._take"])
@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("before", [True, False])
def test_stopped_while_a_state_begins_it_writes_what_it_would_have_written(
    local: Watched, monkeypatch: pytest.MonkeyPatch, step: str, after: int, *, before: bool
) -> None:
    for path in (local.folder / "cases").iterdir():
        path.unlink()
    local.rejects_path.write_text("{}", encoding="utf-8")  # of somebody else, its line not ended
    name = f"socorg_rules.watch.{step}"
    with monkeypatch.context() as patched, suppress(Stopped):
        patched.setattr(name, _stopping(name, after, before=before))
        local(*stream_of(3))
    local()
    assert [r.get("end", 0) > 0 for r in local.rejects] == [False, True, True, True]
    assert local()["events"] == 0


def _stopping(step: str, after: int, *, before: bool) -> Any:  # noqa: ANN401
    module, cls, name = step.rsplit(".", 2)
    real = getattr(getattr(sys.modules[module], cls), name)
    left = [after]

    def call(self: object, *args: object) -> object:
        left[0] -= 1
        if before and left[0] == 0:
            raise Stopped
        found = real(self, *args)
        if left[0] == 0:
            raise Stopped
        return found

    return call


def kept(url: str) -> list[tuple[object, ...]]:
    """The case files, events and positions that a state holds."""
    with closing(State(url)) as state, state._engine.begin() as connection:  # noqa: SLF001
        tables = [METADATA.tables[f"socorg_{name}"] for name in ("case", "event")]
        return [tuple(row) for table in tables for row in connection.execute(sa.select(table).order_by(table.c.id))]


def test_killed_at_random_moments_it_writes_what_it_would_have_written(state: str, tmp_path: Path) -> None:
    """`kill -9`, again and again, before the stream has been read to its end."""
    folder = cases(tmp_path / "cases", **{f"o{n}": {} for n in range(10)})
    stream = tmp_path / "events"
    stream.write_text("".join(json.dumps(e) + "\n" for e in stream_of(1200)), encoding="utf-8")

    def watching(name: str, url: str) -> list[str]:
        command = [sys.executable, "-m", "socorg_rules", "watch", RIVERSIDE, "--cases", str(folder), "--state", url]
        outputs = ["--changes", str(tmp_path / f"{name}.changes"), "--rejects", str(tmp_path / f"{name}.rejects")]
        return [*command, *outputs, "--events", str(stream)]

    undisturbed = watching("whole", str(tmp_path / "whole.sqlite"))
    subprocess.run([*undisturbed, "--as-of", DAY], check=True, capture_output=True)
    whole = (tmp_path / "whole.changes").stat().st_size
    rnd = random.Random(11)  # noqa: S311
    for kill in range(KILLS):
        enough = whole * (kill + rnd.random()) / (KILLS + 1)
        running = subprocess.Popen([*watching("killed", state), *(() if kill else ("--as-of", DAY))])
        while running.poll() is None and _size(tmp_path / "killed.changes") < enough:
            time.sleep(0.002)
        time.sleep(rnd.uniform(0, 0.03))
        assert running.poll() is None, "it came to its end before it was killed"
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run(watching("killed", state), check=True, capture_output=True)
    for what in ("changes", "rejects"):
        assert (tmp_path / f"killed.{what}").read_bytes() == (tmp_path / f"whole.{what}").read_bytes()
    assert kept(state) == kept(str(tmp_path / "whole.sqlite"))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
