"""Many case files kept up to date from one stream of events, each event applied once and its changes written once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from io import BufferedReader
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple, cast

from socorg_rules.errors import CaseError, Problem
from socorg_rules.pack import Pack


class Followed(NamedTuple):
    """What was done of a stream.

    `counts` says how many events were applied, changes written, events rejected, and events passed over that came
    before. `finished` is whether all was read: the last line of a file may still be being written.
    """

    counts: Mapping[str, int]
    finished: bool


def follow(pack: Pack, cases: str, events: str, state: str, **options: Any) -> Followed:  # noqa: ANN401
    """Apply a stream of events to the case files of a folder, going on where the state was left.

    Args:
        pack: which decides.
        cases: folder of case files; those that the state does not hold yet are taken in.
        events: path of a file or a pipe of JSON lines, or `-` for standard input.
        state: path of an SQLite file, or the URL of a database.
        options: those of `stream.Stream`.

    Raises:
        CaseError: the input, the state or the options are not valid.
        OSError: the database or a file fails; nothing of the last batch is kept.
    """
    try:
        from .state import State, file_of  # noqa: PLC0415 - SQLAlchemy is an extra
    except ModuleNotFoundError as error:
        told = f"`{error.name}` is not installed; `pip install 'socorg-rules[watch]'` does it"
        raise CaseError(Problem("watch", told)) from None
    from .stream import Stream  # noqa: PLC0415 - as above

    kept_in = file_of(state)
    _apart(
        {
            "events": (events, "where events come from"),
            "state": (str(kept_in) if kept_in else "-", "where the state is kept"),
            "changes": (options["changes"], "where changes go"),
            "rejects": (options["rejects"], ""),
        }
    )
    with ExitStack() as open_:
        source: str | None = None
        if events == "-":
            stream = cast("BufferedReader", sys.stdin.buffer)
        else:
            path = Path(events)
            if not path.exists() or path.is_dir():
                raise CaseError(Problem(events, "is a folder" if path.is_dir() else "there is no such file"))
            stream = open_.enter_context(path.open("rb"))
            source = str(path.resolve()) if path.is_file() else None  # a pipe is read like standard input
        kept = open_.enter_context(closing(State(state)))
        running = open_.enter_context(closing(Stream(pack, kept, **options)))
        running.add(cases)
        finished = running.read(stream, source)
        return Followed(running.counts, finished)


def _apart(named: Mapping[str, tuple[str, str]]) -> None:
    """Raise where a file would be written and used for something else; devices and pipes may be named twice."""
    files = {option: (path, what) for option, (path, what) in named.items() if path != "-"}
    problems = [
        Problem(option, f"`{path}` is {what}; give each a file of its own")
        for (_, (before, what)), (option, (path, _)) in combinations(files.items(), 2)
        if _same(Path(before), Path(path))
    ]
    if problems:
        raise CaseError(problems)


def _same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other) and one.is_file()
    return one.resolve() == other.resolve()
