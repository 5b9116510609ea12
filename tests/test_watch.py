"""A stream of events over many case files: each event applied once, its changes written once, and what is refused."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest

from socorg_rules import CaseError, CaseFile, load_pack

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed here")
pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

from watched import DAY, FERRY, RIVERSIDE, ROOT, Watched, cases, learned, passed

from socorg_rules.watch.state import State
from socorg_rules.watch.stream import Stream

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
    assert [(r["case"], json.loads(r["line"])["id"]) for r in watch.rejects] == [("a", "d1")]
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
