"""One event of a stream: a fact learned, corrected or withdrawn, or a day that has passed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from socorg_rules.assess import read_day
from socorg_rules.case_change import Change
from socorg_rules.case_edit import adds_to, told
from socorg_rules.casefile import decode
from socorg_rules.errors import CaseError, Problem, nearest
from socorg_rules.living import CaseFile
from socorg_rules.value import shown

FIELDS: Mapping[str, tuple[str, ...]] = {
    "learned": ("case", "path", "value"),
    "corrected": ("case", "path", "value"),
    "withdrawn": ("case", "path"),
    "day_passed": ("to",),
}
"""What each kind of event holds, beside `event` and, where it has one, `id`."""
DEEPEST = 100
"""So deep lists and objects may stand in one another; those of a case file never do."""
LONGEST_NAME = 500
"""Characters of an id, the name of a case file or a path; databases cannot find longer ones."""


@attrs.frozen
class Event:
    """An event: about the case file `case`, or, where a day has passed, about all of them."""

    kind: str
    id: str | None
    case: str = ""
    path: str = ""
    value: Any = None
    to: dt.date | None = None

    @property
    def digest(self) -> str:
        """What tells two events of one id apart."""
        told = json.dumps(attrs.asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    def apply(self, file: CaseFile) -> tuple[Change, ...]:
        """Tell a case file what has happened; what changed.

        Raises:
            CaseError: it cannot be, given what the file holds. The file stays as it was.
        """
        return APPLIED[self.kind](self, file)


def read_event(line: bytes) -> Event:
    """The event that a line of the stream holds.

    Raises:
        CaseError: it holds none; everything that is wrong with it.
    """
    found = decode(line, "json", "the event")
    if _is_deeper(found, DEEPEST):
        raise CaseError(Problem("the event", "nested too deeply"))
    if not isinstance(found, Mapping):
        raise CaseError('an event is an object, as in {"event": "day_passed", "to": "2024-03-11"}')
    kind = found.get("event")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise CaseError(Problem("event", f"`{shown(kind)}` is no kind of event{nearest(kind, FIELDS)}"))
    needed = FIELDS[kind]
    problems = [Problem(name, "is missing") for name in needed if found.get(name) is None]
    unknown = [k for k in found if k not in {"event", "id", *needed}]
    problems += [Problem(shown(k), f"an event `{kind}` holds no such thing{nearest(k, needed)}") for k in unknown]
    problems += [Problem(shown(k), "written more than once; keep one") for k in getattr(found, "repeated", ())]
    texts = [n for n in ("id", "case", "path", "to") if n in found and found[n] is not None]
    problems += [Problem(n, "write it as text, in quotes") for n in texts if not _is_text(found[n])]
    long = f"is longer than {LONGEST_NAME} characters"
    problems += [Problem(n, long) for n in texts if _is_text(found[n]) and len(found[n]) > LONGEST_NAME]
    to = read_day(found["to"], problems, "to") if kind == "day_passed" and not problems else None
    if problems:
        raise CaseError(problems)
    return Event(kind, found.get("id"), found.get("case", ""), found.get("path", ""), found.get("value"), to)


def _is_deeper(given: object, than: int) -> bool:
    """Whether lists and objects stand deeper in one another."""
    held = given.values() if isinstance(given, Mapping) else given if isinstance(given, list) else ()
    return bool(held) and (than == 0 or any(_is_deeper(one, than - 1) for one in held))


def is_name(given: str) -> bool:
    """Whether an event can name a case file so."""
    return _is_text(given) and len(given) <= LONGEST_NAME


def _is_text(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip()) and given.isprintable()


def _learned(event: Event, file: CaseFile) -> tuple[Change, ...]:
    """Something new, or once more what is known already; told otherwise, it is a correction."""
    known = told(file.case, event.path)
    if known is not None and not adds_to(file.case, event.path, event.value):
        again = told(file.would_be(event.path, event.value), event.path)
        if again != known:
            raise CaseError(Problem(event.path, f"`{shown(known)}` is known already; send it as `corrected`"))
        return ()
    return file.learn(event.path, event.value)


def _corrected(event: Event, file: CaseFile) -> tuple[Change, ...]:
    if told(file.case, event.path) is None or adds_to(file.case, event.path, event.value):
        raise CaseError(Problem(event.path, "nothing is known here that could be corrected; send it as `learned`"))
    return file.learn(event.path, event.value)


def _withdrawn(event: Event, file: CaseFile) -> tuple[Change, ...]:
    return file.forget(event.path)


def _day_passed(event: Event, file: CaseFile) -> tuple[Change, ...]:
    return file.advance(str(event.to))


APPLIED: Mapping[str, Callable[[Event, CaseFile], tuple[Change, ...]]] = {
    "learned": _learned,
    "corrected": _corrected,
    "withdrawn": _withdrawn,
    "day_passed": _day_passed,
}
