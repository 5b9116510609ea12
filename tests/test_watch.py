"""A stream of events over many case files: each event applied once, its changes written once, nothing lost."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from postgres import programs, server

from socorg_rules import CaseError, CaseFile, Pack, load_pack
from socorg_rules.cli import main

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")
pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

import sqlalchemy as sa

from socorg_rules.watch.event import read_event
from socorg_rules.watch.lines import LONGEST, MOST_LINES, Line, batches
from socorg_rules.watch.state import METADATA, State
from socorg_rules.watch.stream import Stream

ROOT = Path(__file__).parents[1]
RIVERSIDE = str(ROOT / "tests" / "packs" / "riverside.py")
DAY = "2023-06-01"
FERRY = "organization.riverside.keeps_ferry"
Event = dict[str, Any]


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    if programs() is None:
        pytest.skip("the programs of PostgreSQL are not installed here")
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty state on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "state.sqlite")
    url: str = request.getfixturevalue("postgres")
    emptied(url)
    return url


def emptied(url: str) -> None:
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    METADATA.drop_all(engine)
    engine.dispose()


def cases(folder: Path, **facts: Mapping[str, object]) -> Path:
    """A folder of case files of organizations in Riverside."""
    folder.mkdir(exist_ok=True)
    for name, told in facts.items():
        about = {"division": "990101", "payments": [], **told}
        (folder / f"{name}.json").write_text(json.dumps({"organization": about}), encoding="utf-8")
    return folder


def learned(case: str, path: str, value: object, **more: object) -> Event:
    return {"event": "learned", "case": case, "path": path, "value": value, **more}


def passed(to: str, **more: object) -> Event:
    return {"event": "day_passed", "to": to, **more}


class Watched:
    """A folder in which streams are watched, with what was written there."""

    def __init__(self, folder: Path, state: str, pack: Pack | None = None) -> None:
        self.folder, self.state, self.pack = folder, state, pack or load_pack(RIVERSIDE)
        self.events, self.changes_path, self.rejects_path = (folder / n for n in ("events", "changes", "rejects"))

    def __call__(self, *events: Event | str, engine: str = "reference", as_of: str | None = None) -> dict[str, int]:
        """Add events to the file, and watch it from where it was left."""
        with self.events.open("a", encoding="utf-8") as stream:
            stream.writelines((e if isinstance(e, str) else json.dumps(e, ensure_ascii=False)) + "\n" for e in events)
        with closing(State(self.state)) as state:
            first = None if state.told else DAY
            options = {"changes": str(self.changes_path), "rejects": str(self.rejects_path)}
            with closing(Stream(self.pack, state, **options, as_of=as_of or first, engine=engine)) as running:
                running.add(str(self.folder / "cases"))
                with self.events.open("rb") as stream_:
                    running.read(stream_, str(self.events))
                return running.counts

    @property
    def changes(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.changes_path.read_text("utf-8").splitlines()]

    @property
    def rejects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.rejects_path.read_text("utf-8").splitlines()]

    def reasons(self) -> list[str]:
        return [f"{p['path']}: {p['problem']}" for r in self.rejects for p in r["problems"]]


@pytest.fixture
def watch(tmp_path: Path, state: str) -> Watched:
    cases(tmp_path / "cases", a={}, b={"riverside": {"keeps_ferry": False}})
    return Watched(tmp_path, state)


@pytest.fixture
def local(tmp_path: Path) -> Watched:
    """The same on SQLite alone, where the database makes no difference."""
    cases(tmp_path / "cases", a={}, b={"riverside": {"keeps_ferry": False}})
    return Watched(tmp_path, str(tmp_path / "state.sqlite"))


# ------------------------------------------------------------------------------------------------------ what is done


def test_a_line_is_written_for_each_decision_that_changes(watch: Watched) -> None:
    counts = watch(learned("a", FERRY, True, id="e1"), {"event": "withdrawn", "case": "b", "path": FERRY, "id": "e2"})
    assert counts == {"events": 2, "changes": 2, "rejected": 0, "repeated": 0}
    first, second = watch.changes
    told = ("line", "event", "case", "provision", "kinds", "as_of")
    assert [first[k] for k in told] == [1, "e1", "a", "ferry_subsidy", ["newly_met"], DAY]
    assert first["because"] == {"learned": FERRY, "before": None, "after": True}
    assert (first["before"]["outcome"], first["after"]["payable"]["max"]) == ("undetermined", "1000.00")
    assert [second[k] for k in told] == [2, "e2", "b", "ferry_subsidy", ["newly_undetermined"], DAY]


def test_a_correction_needs_something_known_and_a_new_fact_nothing_else_known(local: Watched) -> None:
    correct = {"event": "corrected", "case": "b", "path": FERRY, "value": True}
    local(learned("b", FERRY, False), learned("b", FERRY, True), {**correct, "case": "a"}, correct)
    assert local.reasons() == [
        f"{FERRY}: `False` is known already; send it as `corrected`",
        f"{FERRY}: nothing is known here that could be corrected; send it as `learned`",
    ]
    assert [c["kinds"] for c in local.changes] == [["newly_met"]]


def test_what_has_come_before_is_passed_over_and_goes_on_from_there(watch: Watched) -> None:
    watch(learned("a", FERRY, True, id="e1"))
    counts = watch(learned("a", FERRY, True, id="e1"), {"event": "withdrawn", "case": "a", "path": FERRY, "id": "e2"})
    assert counts == {"events": 1, "changes": 1, "rejected": 0, "repeated": 1}
    assert [c["line"] for c in watch.changes] == [1, 2]
    assert watch()["events"] == 0


def test_a_bad_event_is_written_to_the_rejects_with_its_reason_and_the_stream_goes_on(watch: Watched) -> None:
    counts = watch(
        "nonsense",
        '{"event": "learnd"}',
        '{"event": "learned", "case": "a", "case": "b", "path": 3}',
        learned("c", FERRY, True),
        learned("a", "organization.riverside.keeps_fery", True),
        learned("a", FERRY, "yes", id="e5"),
        passed("2023-02-30"),
        passed("2023-05-31"),
        learned("a", FERRY, True, id="e9"),
        learned("b", FERRY, True, id="e9"),
    )
    assert (counts["events"], counts["rejected"]) == (1, 9)
    assert watch.reasons() == [
        "the event:1: expecting value",
        "event: `learnd` is no kind of event; did you mean `learned`?",
        "value: is missing", "case: written more than once; keep one", "path: write it as text, in quotes",
        "case: no case file is called `c`",
        "organization.riverside.keeps_fery: no such fact; did you mean `keeps_ferry`?",
        f"{FERRY}: expected yes/no, got text `yes`; write true or false",
        "to: `2023-02-30` is no day of the calendar; write it as `YYYY-MM-DD`",
        "to: `2023-05-31` is before 2023-06-01, the day of the stream",
        "id: `e9` is the id of another event; give each its own",
    ]  # fmt: skip
    assert watch.rejects[0]["line"] == "nonsense"
    assert [c["event"] for c in watch.changes] == ["e9"]


def test_a_rejected_event_may_come_again_mended_under_its_id(local: Watched) -> None:
    bad, good = learned("a", FERRY, "yes", id="e1"), learned("a", FERRY, True, id="e1")
    assert local(bad)["rejected"] == 1
    assert local(bad) == {"events": 0, "changes": 0, "rejected": 0, "repeated": 1}
    assert local(good)["changes"] == 1
    assert local(good)["repeated"] == 1


def test_days_pass_for_all_and_only_what_is_due_is_looked_at(
    tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = json.loads((ROOT / "examples" / "yangpu-new-organization.json").read_text("utf-8"))
    (tmp_path / "cases").mkdir()
    for name, founded in (("early", "2022-03-10"), ("late", "2022-09-10")):
        example["organization"]["established_on"] = founded
        (tmp_path / "cases" / f"{name}.json").write_text(json.dumps(example), encoding="utf-8")
    watch = Watched(tmp_path, state, load_pack("yangpu"))
    watch()
    looked: list[str] = []
    advance = CaseFile.advance

    def noted(self: CaseFile, to: str) -> object:
        looked.append(str(self.case.to_dict()["organization"]["established_on"]))  # type: ignore[index]
        return advance(self, to)

    monkeypatch.setattr(CaseFile, "advance", noted)
    watch(passed("2024-03-11", id="d1"))
    lost = [c for c in watch.changes if c["provision"] == "opening_subsidy"]
    assert [(c["case"], c["kinds"], c["because"]) for c in lost] == [
        ("early", ["no_longer_met", "newly_not_met"], {"advanced": "2024-03-11", "from": DAY})
    ]
    looked.clear()
    watch(passed("2024-03-12"))
    assert looked == []
    watch(passed("2024-09-11"))
    assert [c["case"] for c in watch.changes if c["provision"] == "opening_subsidy"] == ["early", "late"]
    anew = CaseFile("yangpu", tmp_path / "cases" / "late.json", "2024-09-11", engine="reference")
    with closing(State(state)) as left, left.turn() as turn:
        assert turn.cases(["late"])["late"].decisions == json.loads(json.dumps(anew.decisions))


def test_what_contradicts_itself_from_some_day_on_is_rejected_until_it_is_mended(tmp_path: Path) -> None:
    inspections = [{"year": 2022, "result": "合格", "concluded_on": d} for d in ("2023-05-01", "2023-07-01")]
    example = json.loads((ROOT / "examples" / "yangpu-new-organization.json").read_text("utf-8"))
    example["organization"]["annual_inspections"] = inspections
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.json").write_text(json.dumps(example), encoding="utf-8")
    watch = Watched(tmp_path, str(tmp_path / "state"), load_pack("yangpu"))
    watch(passed("2023-07-01", id="d1"), passed("2023-07-02", id="d2"))
    assert [r.get("case") for r in watch.rejects] == ["a", "a"]
    path = "organization.annual_inspections[1]"
    watch({"event": "withdrawn", "case": "a", "path": path})
    del example["organization"]["annual_inspections"][1]
    with closing(State(watch.state)) as left, left.turn() as turn:
        anew = CaseFile("yangpu", example, "2023-07-02", engine="reference")
        assert turn.cases(["a"])["a"].decisions == json.loads(json.dumps(anew.decisions))


def test_a_new_case_file_is_taken_in_and_a_known_one_is_not_read_again(local: Watched) -> None:
    local(learned("a", FERRY, True))
    cases(local.folder / "cases", a={"riverside": {"keeps_ferry": False}}, c={})
    assert local(learned("c", FERRY, True), learned("a", FERRY, True))["changes"] == 1


def test_bad_case_files_are_all_told_before_any_event_is_applied(local: Watched) -> None:
    folder = cases(local.folder / "cases", c={"statu": "filed"}, d={"division": 3})
    (folder / "a.yaml").write_text("organization: {}", encoding="utf-8")
    with pytest.raises(CaseError) as error:
        local(learned("a", FERRY, True))
    told = sorted(str(p).removeprefix(f"{folder}{os.sep}") for p in error.value.problems)
    assert any(t.startswith("c.json: organization.statu: no such fact; did you mean `stat") for t in told)
    assert any(t.startswith("d.json: organization.division: expected a division code") for t in told)
    assert any("goes by the same name as" in t for t in told)
    assert local.changes == []


@pytest.mark.parametrize("engine", ["reference", "forward"])
def test_both_engines_write_the_same_lines(local: Watched, engine: str) -> None:
    local(learned("a", FERRY, True), learned("b", "organization.has_outstanding_results", True), engine=engine)
    assert [(c["case"], c["provision"], c["kinds"]) for c in local.changes] == [
        ("a", "ferry_subsidy", ["newly_met"]),
        ("b", "honour_roll", ["newly_met"]),
    ]


# ------------------------------------------------------------------------------------------------------ what is refused


def test_a_state_is_for_one_pack_its_readings_and_its_day(local: Watched) -> None:
    local()
    with pytest.raises(CaseError, match="state: was made with pack `riverside`"):
        Watched(local.folder, local.state, load_pack("yangpu"))()
    with pytest.raises(CaseError, match="the state stands on 2023-06-01; days pass by events `day_passed`"):
        local(as_of="2023-06-02")


def test_a_new_state_needs_a_day(tmp_path: Path) -> None:
    with closing(State(str(tmp_path / "new"))) as state, pytest.raises(CaseError, match="as_of: a new state begins"):
        Stream(load_pack(RIVERSIDE), state, changes="-", rejects="-")


def test_two_programs_on_one_state_do_not_mix(watch: Watched) -> None:
    watch()
    with closing(State(watch.state)) as state:
        watch(learned("a", FERRY, True))
        with pytest.raises(CaseError, match="another `watch` is working on this state"), state.turn():
            pass


def test_a_file_that_has_become_shorter_is_refused(local: Watched) -> None:
    local(learned("a", FERRY, True))
    events, changes = local.events.read_bytes(), local.changes_path.read_bytes()
    local.events.write_bytes(b"")
    with pytest.raises(CaseError, match="holds 0 bytes, and 95 had been read"):
        local()
    local.events.write_bytes(events)
    local.changes_path.write_bytes(b"")
    with pytest.raises(CaseError, match=f"holds 0 bytes, and {len(changes)} had been written; lines are lost"):
        local()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mysql://u:secret@h/d", r"`mysql://u:\*\*\*@h/d` is neither SQLite nor PostgreSQL"),
        ("post gres://x", "is no URL of a database"),
        ("postgresql://u:secret@127.0.0.1:1/d", r"`postgresql://u:\*\*\*@127.0.0.1:1/d` cannot be used"),
        ("/nowhere/at/all", "`/nowhere/at/all` cannot be used: unable to open database file"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(url: str, problem: str) -> None:
    with pytest.raises(CaseError, match=problem) as error:
        State(url)
    assert "secret" not in str(error.value)


def test_a_file_that_is_no_state_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes" * 1000)
    with pytest.raises(CaseError, match="cannot be used: file is not a database"):
        State(str(tmp_path / "notes.txt"))


def test_lines_are_added_behind_what_a_file_already_holds(local: Watched) -> None:
    local.changes_path.write_text('{"older": true}\n')
    local(learned("a", FERRY, True))
    assert [c.get("line") for c in local.changes] == [None, 1]


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
    assert local.reasons()[0].startswith("id: is missing; standard input begins anew each time")


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


# ------------------------------------------------------------------------------------------------- stopped anywhere


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
