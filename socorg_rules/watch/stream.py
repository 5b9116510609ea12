"""A stream of events, applied to the case files that it is about.

The files of lines are written and synced first, then the transaction is committed that says how long they are. Whatever
stops the program in between, the next run cuts the files to that length and does the batch again from the same state,
which writes the same lines. So each event counts once, and each line stands once in its file. Standard output cannot be
cut; there, the `line` of each change tells a reader which ones came before.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from io import BufferedReader
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from socorg_rules.assess import load_case, read_day, read_readings
from socorg_rules.case_change import Change
from socorg_rules.casefile import FORMS
from socorg_rules.errors import CaseError, Problem
from socorg_rules.living import CaseFile
from socorg_rules.pack import Pack
from socorg_rules.question import wrong_engine
from socorg_rules.value import shown

from .event import Event, is_name, read_event
from .held import Held
from .journal import Journal
from .lines import LONGEST, MOST_LINES, Line, batches
from .source import Source
from .state import Kept, State, Turn

MOST_OPEN = 64
"""So many case files are kept in memory between events."""
MOST_TOLD = 2000
"""So many bytes of a rejected line are told; `end` says where in the stream it ended."""
MOST_PROBLEMS = 20
"""So many reasons of a rejected line are told; of each as much as of the line."""
REJECTED = "rejected "


class Stream:
    """The case files of one pack, as a state keeps them, and what is done to them.

    Args:
        pack: which decides; with its `readings` (the alternative to take, by reading) it is part of the state.
        state: where everything is kept.
        changes, rejects: paths of the files of lines; `-` for standard output.
        as_of: the day on which a new state begins.
        engine: which engine decides.
        trace: whether each change is written with its whole derivation.

    Raises:
        CaseError: another program works on the state, it belongs to another pack, or it is new and has no day.
    """

    def __init__(
        self,
        pack: Pack,
        state: State,
        *,
        changes: str,
        rejects: str,
        as_of: str | None = None,
        readings: Mapping[str, str | None] | None = None,
        engine: str = "forward",
        trace: bool = False,
    ) -> None:
        self._pack, self._state, self._trace = pack, state, trace
        self._readings, self._engine = dict(readings or {}), engine
        _check(pack, engine, self._readings)
        state.own()  # before anything is opened that the owner may be writing
        self._told = _begun(pack, state, as_of, self._readings)
        self._paths = {"changes": changes, "rejects": rejects}
        self._journals: dict[str, Journal] = {}
        try:
            with state.turn():  # the state knows the files before the first line is written
                for what in self._paths:
                    self._journals[what] = self._journal(what)
                self._finish()
        except BaseException:
            self.close()
            raise
        self._open: OrderedDict[str, Held] = OrderedDict()
        self._changed: set[str] = set()
        self.counts = {"events": 0, "changes": 0, "rejected": 0, "repeated": 0}
        """What this run has done so far."""

    def _journal(self, what: str) -> Journal:
        path = self._paths[what]
        before = self._told.get(what, {})
        known = before.get("path") == _absolute(path)
        return Journal(path, self._told["id"], before["length"] if known else None)

    # -------------------------------------------------------------------------------------------- the case files

    def add(self, folder: str) -> int:
        """Take in the case files of a folder that the state does not hold yet; how many. Each goes by its name.

        Raises:
            CaseError: the folder or some case files cannot be read; every problem is listed.
        """
        if not Path(folder).is_dir():
            raise CaseError(Problem(folder, "is no folder"))
        found = (p for p in Path(folder).iterdir() if p.suffix.lower() in FORMS)
        problems: list[Problem] = []
        added = 0
        while some := {p.name: p for p in islice(found, MOST_LINES)}:
            added += self._add(list(some.values()), problems)
        if problems:
            raise CaseError(problems)
        return added

    def _add(self, paths: list[Path], problems: list[Problem]) -> int:
        with self._state.turn() as turn:
            known = turn.known([p.stem for p in paths if is_name(p.stem)])
            new: dict[str, Kept] = {}
            for path in paths:
                if not is_name(path.stem):
                    told = "no event could name a case file so; rename it, in printable characters of UTF-8"
                    problems.append(Problem(f"{path.parent}/{shown(path.name)}", told))
                    continue
                before = new[path.stem].file if path.stem in new else known.get(path.stem)
                if before is None:
                    try:
                        case = load_case(path, [self._pack])
                        file = CaseFile(self._pack, case, self._told["as_of"], self._readings, self._engine)
                    except CaseError as error:
                        problems += [Problem(f"{path}: {p.path}".removesuffix(": "), p.message) for p in error.problems]
                    else:
                        new[path.stem] = Held(path.stem, path.name, file).kept
                elif before != path.name:
                    problems.append(Problem(str(path), f"goes by the same name as `{before}`; rename one of the two"))
            turn.add(new.values())
            self._finish()
        return len(new)

    def _resumed(self, kept: Kept) -> Held:
        file = CaseFile(self._pack, kept.facts, kept.as_of, self._readings, self._engine, kept.decisions)
        return Held(kept.id, kept.file, file, kept.refused)

    def _held(self, turn: Turn, name: str) -> Held:
        """A case file by its name."""
        if name not in self._open:
            self._fetch(turn, [name])
        if name not in self._open:
            raise CaseError(Problem("case", f"no case file is called `{name}`"))
        self._open.move_to_end(name)
        return self._open[name]

    def _fetch(self, turn: Turn, names: Iterable[str]) -> None:
        wanted = [n for n in dict.fromkeys(names) if n not in self._open]
        for name, kept in turn.cases(wanted).items() if wanted else ():
            self._open[name] = self._resumed(kept)

    def _store(self, turn: Turn) -> None:
        """Keep what has changed, and let go of the case files that were not asked for the longest."""
        turn.put(self._open[name].kept for name in sorted(self._changed))
        self._changed.clear()
        while len(self._open) > MOST_OPEN:
            self._open.popitem(last=False)

    # ------------------------------------------------------------------------------------------------- the events

    def read(self, events: BufferedReader, name: str | None = None) -> bool:
        """Apply the events of a stream, from where it was left if it is a file (its `name`); whether all were read.

        The last line of a file may not be finished: what is no event yet is left for the next run.

        Raises:
            CaseError: it is not the file that was read before, or another program works on this state.
        """
        start, source = 0, None
        if name is not None:
            source = Source(events, name)
            start, tail = self._state.left(name)
            source.go_on(start, tail)
        for batch in batches(events, start):
            if not batch[-1].finished and source is not None and _is_begun(batch[-1]):
                return False
            self._apply(batch, source)
        return True

    def _apply(self, batch: list[Line], source: Source | None) -> None:
        """Apply a batch of events; each run of them between two passing days is one transaction."""
        read = [(line, _read(line, need_id=source is None)) for line in batch]
        for _, run in groupby(read, lambda one: isinstance(one[1], Event) and one[1].kind == "day_passed"):
            self._apply_at_once(list(run), source)

    def _apply_at_once(self, read: list[tuple[Line, Event | CaseError]], source: Source | None) -> None:
        events = [event for _, event in read if isinstance(event, Event)]
        with self._state.turn() as turn:
            digests = turn.digests([e.id for e in events if e.id is not None])
            noted: dict[str, str] = {}
            self._fetch(turn, (e.case for e in events if e.case))
            for line, event in read:
                if not line.text.strip():
                    continue
                try:
                    if isinstance(event, CaseError):
                        raise event
                    self._once(turn, event, line, digests, noted)
                except CaseError as error:
                    self._reject(line, error.problems)
            turn.note(noted)
            self._store(turn)
            if source is not None:
                turn.move(source.name, read[-1][0].end, source.tail(read[-1][0].end))
            self._finish()

    def _once(self, turn: Turn, event: Event, line: Line, digests: dict[str, str], noted: dict[str, str]) -> None:
        """Apply an event, unless it came before.

        One that was rejected may come again under its id, mended or when it has become good; what is still wrong with
        it was told before.
        """
        before, digest = digests.get(event.id or ""), event.digest
        if before == digest:
            self.counts["repeated"] += 1
            return
        if before is not None and not before.startswith(REJECTED):
            raise CaseError(Problem("id", f"`{event.id}` is the id of another event; give each its own"))
        try:
            if event.kind == "day_passed":
                self._pass(turn, event, line)
            else:
                held = self._held(turn, event.case)
                self._changed.add(event.case)
                self._bring(held, self._told["as_of"], event, line)
                self._write(event, held, held.apply(event))
                self._bring(held, self._told["as_of"], event, line)
            self.counts["events"] += 1
        except CaseError:
            digest = REJECTED + digest
            if before != digest:
                raise
            self.counts["repeated"] += 1
        finally:
            if event.id is not None:
                digests[event.id] = noted[event.id] = digest

    def _bring(self, held: Held, day: str, event: Event, line: Line) -> None:
        """Bring a case file to a day. That it contradicts itself by then is told once, until it is mended."""
        try:
            self._write(event, held, held.pass_to(dt.date.fromisoformat(day)))
        except CaseError as error:
            if held.refuse(error):
                self._reject(line, error.problems, held.id)
        else:
            held.refused = None

    def _pass(self, turn: Turn, event: Event, line: Line) -> None:
        """Let days pass: only case files of which a decision changes by then are looked at."""
        day = str(event.to)
        if day < self._told["as_of"]:
            raise CaseError(Problem("to", f"`{day}` is before {self._told['as_of']}, the day of the stream"))
        self._store(turn)
        self._open.clear()
        last = ""
        while names := turn.due(day, last, MOST_LINES):
            found, last = turn.cases(names), names[-1]
            turn.put(self._passed(found[name], event, line) for name in names)
        self._told["as_of"] = day

    def _passed(self, kept: Kept, event: Event, line: Line) -> Kept:
        held = self._resumed(kept)
        self._bring(held, str(event.to), event, line)
        return held.kept

    def _write(self, event: Event, held: Held, changes: Iterable[Change]) -> None:
        for change in changes:
            self.counts["changes"] += 1
            self._told["lines"] += 1
            about = {"line": self._told["lines"], "event": event.id, "case": held.id}
            self._journals["changes"].write({**about, **change.to_dict(derivation=self._trace)})

    def _reject(self, line: Line, problems: Sequence[Problem], name: str | None = None) -> None:
        self.counts["rejected"] += 1
        told = [{"path": p.path[:MOST_TOLD], "problem": p.message[:MOST_TOLD]} for p in problems[:MOST_PROBLEMS]]
        if len(problems) > len(told):
            told.append({"path": "", "problem": f"and {len(problems) - len(told)} more"})
        about = {"end": line.end, "line": line.text[:MOST_TOLD].decode("utf-8", "replace")}
        self._journals["rejects"].write({**about, **({"case": name} if name else {}), "problems": told})

    def _finish(self) -> None:
        """Write out the lines, and note in the state how long their files are."""
        for what, journal in self._journals.items():
            journal.sync()
            self._told[what] = {"path": _absolute(self._paths[what]), "length": journal.length}

    def close(self) -> None:
        """Close the files of lines."""
        for journal in self._journals.values():
            journal.close()


def _check(pack: Pack, name: str, readings: Mapping[str, str | None]) -> None:
    """Raise for what no case file could be decided with."""
    problems: list[Problem] = []
    read_readings([pack], readings, problems)
    problems += wrong_engine(name)
    if problems:
        raise CaseError(problems)


def _begun(pack: Pack, state: State, as_of: str | None, readings: Mapping[str, str | None]) -> dict[str, Any]:
    """What a state is about; of a new one, what it is to be about."""
    about = {"pack": pack.id, "edition": pack.edition, "rules": pack.content_hash, "readings": dict(readings)}
    told = state.told
    if not told:
        problems: list[Problem] = []
        if as_of is None:
            raise CaseError(Problem("as_of", "a new state begins on some day; write it as `YYYY-MM-DD`"))
        day = read_day(as_of, problems)
        if problems:
            raise CaseError(problems)
        told.update(
            {**about, "id": secrets.token_hex(8), "as_of": day.isoformat(), "begun": day.isoformat(), "lines": 0}
        )
    other = [k for k, v in about.items() if told[k] != v]
    if other:
        told_ = ", ".join(f"{k} `{told[k]}`" for k in other if k != "rules") or f"other rules of `{pack.id}`"
        raise CaseError(Problem("state", f"was made with {told_}; begin with another state"))
    if as_of is not None and as_of not in (told["begun"], told["as_of"]):
        stands = f"the state stands on {told['as_of']}; days pass by events `day_passed`"
        raise CaseError(Problem("as_of", f"{stands}. Leave it out, or give the day on which it began, {told['begun']}"))
    return told


def _read(line: Line, *, need_id: bool) -> Event | CaseError:
    """The event of a line, or what is wrong with it."""
    if line.too_long:
        return CaseError(f"a line of more than {LONGEST} bytes is no event")
    try:
        event = read_event(line.text)
    except CaseError as error:
        return error
    if need_id and event.id is None:
        told = "is missing; what is not a file begins anew each time, and only ids tell what came before"
        return CaseError(Problem("id", told))
    return event


def _is_begun(line: Line) -> bool:
    """Whether a line without an end is the beginning of an event that is still being written."""
    return isinstance(_read(line, need_id=False), CaseError)


def _absolute(path: str) -> str:
    return path if path == "-" else str(Path(path).resolve())
