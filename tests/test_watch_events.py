"""Events that no case file could be told, files of events that are others now, and contradictions that begin later."""

from __future__ import annotations

import json
import os
import random
import string
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from socorg_rules import CaseError, CaseFile, load_pack
from socorg_rules.cli import main

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")

from watched import DAY, FERRY, RIVERSIDE, ROOT, Watched, learned, passed

from socorg_rules.watch.event import DEEPEST, LONGEST_NAME
from socorg_rules.watch.state import State

INSPECTIONS = "organization.annual_inspections"

# --------------------------------------------------------------------------------------------------- bad events


@pytest.mark.parametrize("depth", [DEEPEST, 450, 600, 950, 1100, 5000])
def test_an_event_nested_too_deeply_is_rejected_and_the_stream_goes_on(local: Watched, depth: int) -> None:
    event = json.dumps(learned("a", FERRY, 0)).replace("0}", "[" * depth + "0" + "]" * depth + "}")
    assert local(event, learned("a", FERRY, True))["changes"] == 1
    assert local.reasons() == ["the event: nested too deeply"]


def test_an_event_as_deep_as_may_be_is_rejected_for_what_it_says(local: Watched) -> None:
    deep: Any = True
    for _ in range(DEEPEST - 1):
        deep = [deep]
    assert local(learned("a", FERRY, deep, id="e1"))["rejected"] == 1
    assert local.reasons()[0].startswith(f"{FERRY}: expected yes/no")


def test_names_longer_than_a_database_can_find_are_rejected_and_the_stream_goes_on(watch: Watched) -> None:
    rnd = random.Random(1)  # noqa: S311 - nothing secret
    long = "".join(rnd.choices(string.ascii_letters + "养老", k=5000))
    events = [learned("a", FERRY, True, id=long), learned(long, FERRY, True, id="e2"), learned("a", long, True)]
    counts = watch(*events, learned("a", FERRY, True, id="养" * LONGEST_NAME))
    assert (counts["rejected"], counts["changes"]) == (3, 1)
    told = f"is longer than {LONGEST_NAME} characters"
    assert watch.reasons() == [f"id: {told}", f"case: {told}", f"path: {told}"]


def test_a_rejected_event_is_told_within_bounds(local: Watched) -> None:
    many = {f"{n}": n for n in range(1000)} | {"x" * 100_000: 1}
    local({**learned("a", FERRY, True), **many}, learned("a", INSPECTIONS, [{"y" * 50_000: 1, **many}] * 5))
    assert [len(r["problems"]) for r in local.rejects] == [21, 21]
    assert local.rejects[0]["problems"][-1] == {"path": "", "problem": "and 981 more"}
    assert local.rejects_path.stat().st_size < 200_000


# ------------------------------------------------------------------------------------------ where events come from


def test_a_file_of_events_that_was_replaced_is_not_read_from_the_middle(watch: Watched) -> None:
    watch(learned("a", FERRY, True, id="e1"))
    read = watch.events.read_bytes()
    rotated = [learned("b", FERRY, True, id="e2"), {"event": "withdrawn", "case": "a", "path": FERRY, "id": "e3"}]
    watch.events.write_text("".join(json.dumps(e) + "\n" for e in rotated), encoding="utf-8")
    with pytest.raises(CaseError) as error:
        watch()
    told = "put that back, and give new events a file of another name"
    assert str(error.value) == f"{watch.events}: is not the file of which {len(read)} bytes had been read; {told}"
    new = watch.events.rename(watch.folder / "events-2")
    watch.events.write_bytes(read)
    assert watch()["events"] == 0
    watch.events = new
    assert watch()["rejected"] == 1
    assert [c["event"] for c in watch.changes] == ["e1", "e3"]


def test_a_file_that_has_grown_is_known_again_however_it_ended(local: Watched) -> None:
    long, last = learned("a", "y" * 9000, True), learned("a", FERRY, True, id="e1")
    local.events.write_text(f"{json.dumps(long)}\n{json.dumps(last)}", encoding="utf-8")
    counts = local()
    assert (counts["rejected"], counts["changes"]) == (1, 1)
    assert local("", {"event": "withdrawn", "case": "a", "path": FERRY})["changes"] == 1
    assert local()["events"] == 0


def test_a_pipe_is_read_like_standard_input(local: Watched) -> None:
    pipe = local.folder / "pipe"
    os.mkfifo(pipe)
    lines = [learned("a", FERRY, True, id="e1"), learned("b", "organization.has_outstanding_results", True)]
    given = "".join(json.dumps(line) + "\n" for line in lines)
    writing = threading.Thread(target=lambda: pipe.write_text(given, encoding="utf-8"))
    writing.start()
    result = program(local, str(pipe))
    writing.join()
    assert (result.exit_code, result.stderr) == (0, "1 events, 1 changes, 1 rejected, 0 repeated\n")
    assert local.reasons()[0].startswith("id: is missing; what is not a file begins anew each time")


def test_a_folder_of_events_is_told_to_be_one(local: Watched) -> None:
    result = program(local, str(local.folder))
    assert (result.exit_code, result.stderr) == (2, f"{local.folder}: is a folder\n")


def program(watch: Watched, events: str) -> Any:  # noqa: ANN401 - of click
    command = ["watch", RIVERSIDE, "--cases", str(watch.folder / "cases"), "--events", events, "--state", watch.state]
    command += ["--as-of", DAY, "--engine", "reference", "--rejects", str(watch.rejects_path)]
    return CliRunner().invoke(main, command, prog_name="socorg-rules")


@pytest.mark.parametrize("name", [b"b\xff.json", b"b\n.json", b" .json"])
def test_a_case_file_that_no_event_could_name_is_a_problem_that_names_it(local: Watched, name: bytes) -> None:
    path = os.path.join(os.fsencode(local.folder / "cases"), name)  # noqa: PTH118 - no text
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b'{"organization": {}}')
    result = program(local, "-")
    shown = os.fsdecode(name).encode("unicode_escape").decode()
    told = "no event could name a case file so; rename it, in printable characters of UTF-8"
    assert (result.exit_code, result.stderr) == (2, f"{local.folder}/cases/{shown}: {told}\n")


# ------------------------------------------------------------------------------------ contradictions that begin later


def dawn(folder: Path, state: str) -> Watched:
    """A case file in Yangpu in which two inspections contradict each other from 2024-06-20 on."""
    (folder / "cases").mkdir()
    case = (ROOT / "docs" / "watching" / "cases" / "dawn.json").read_text("utf-8")
    (folder / "cases" / "dawn.json").write_text(case, encoding="utf-8")
    watch = Watched(folder, state, load_pack("yangpu"))
    for n, (result, day) in enumerate((("合格", "2023-05-20"), ("不合格", "2024-06-20"))):
        watch(learned("dawn", INSPECTIONS, {"year": 2022, "result": result, "concluded_on": day}, id=f"i{n}"))
    return watch


def test_what_changes_before_a_contradiction_is_told_and_the_contradiction_once(tmp_path: Path, state: str) -> None:
    watch = dawn(tmp_path, state)
    watch(passed("2024-07-01", id="d1"), passed("2024-07-02", id="d2"))
    watch(passed("2024-08-01", id="d3"))
    lost = [(c["as_of"], c["event"]) for c in watch.changes if "no_longer_met" in c["kinds"]]
    assert lost == [("2024-03-11", "d1")]
    assert [(r["case"], json.loads(r["line"])["id"]) for r in watch.rejects] == [("dawn", "d1")]
    assert watch.rejects[0]["problems"][0]["path"] == f"{INSPECTIONS}[1]"
    with closing(State(watch.state)) as left, left.turn() as turn:
        assert turn.cases(["dawn"])["dawn"].as_of == "2024-06-19"


def test_a_contradiction_that_an_event_does_not_mend_is_told_no_more_and_another_one_is(tmp_path: Path) -> None:
    watch = dawn(tmp_path, str(tmp_path / "state"))
    watch(passed("2024-07-01"), learned("dawn", "organization.has_outstanding_results", True))
    assert len(watch.rejects) == 1
    more = {"year": 2022, "result": "合格", "concluded_on": "2024-06-25"}
    watch(learned("dawn", INSPECTIONS, more), passed("2024-07-03"))
    assert len(watch.rejects) == 1
    withdraw = {"event": "withdrawn", "case": "dawn", "path": f"{INSPECTIONS}[1]"}
    assert watch(withdraw)["rejected"] == 1
    assert watch(withdraw)["rejected"] == 0
    with closing(State(watch.state)) as left, left.turn() as turn:
        kept = turn.cases(["dawn"])["dawn"]
    assert (kept.as_of, kept.refused) == ("2024-07-03", None)
    anew = CaseFile("yangpu", kept.facts, "2024-07-03", engine="reference")
    assert kept.decisions == json.loads(json.dumps(anew.decisions))


def test_a_number_that_time_alone_makes_wrong_is_told_with_the_next_event_and_mended_by_telling_it_anew(
    tmp_path: Path,
) -> None:
    park = {"kind": "park", "division": "510118", "completed_on": "2024-02-01"}
    case = {"jurisdiction": {"division": "510118", "county_parks": 0, "facilities": [park]}}
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "xinjin.json").write_text(json.dumps(case), encoding="utf-8")
    watch = Watched(tmp_path, str(tmp_path / "state"), load_pack("xinjin"))
    assert watch(passed("2024-01-15"), passed("2024-03-01"))["rejected"] == 0
    counts = watch(learned("xinjin", "jurisdiction.registered_organizations", 3, id="e1"))
    assert (counts["events"], counts["rejected"]) == (1, 1)
    assert watch.reasons()[0].startswith("jurisdiction.county_parks: `0` is given")
    path = "jurisdiction.county_parks"
    assert watch({"event": "corrected", "case": "xinjin", "path": path, "value": 1})["rejected"] == 1
    counts = watch({"event": "withdrawn", "case": "xinjin", "path": path}, learned("xinjin", path, 1))
    assert (counts["events"], counts["rejected"]) == (2, 0)
    with closing(State(watch.state)) as left, left.turn() as turn:
        assert turn.cases(["xinjin"])["xinjin"].as_of == "2024-03-01"
