"""Many case files kept up to date from one stream of events, each event applied once and its changes written once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing
from io import BufferedReader
from pathlib import Path
from typing import Any, cast

from socorg_rules.errors import CaseError, Problem
from socorg_rules.pack import Pack


def follow(pack: Pack, cases: str, events: str, state: str, **options: Any) -> Mapping[str, int]:  # noqa: ANN401
    """Apply a stream of events to the case files of a folder, going on where the state was left.

    Args:
        pack: which decides.
        cases: folder of case files; those that the state does not hold yet are taken in.
        events: path of a file of JSON lines, or `-` for standard input.
        state: path of an SQLite file, or the URL of a database.
        options: those of `stream.Stream`.

    Returns:
        How many events were applied, changes written, events rejected, and events passed over that came before.

    Raises:
        CaseError: the input, the state or the options are not valid.
    """
    try:
        from .state import State  # noqa: PLC0415 - SQLAlchemy is an extra
    except ModuleNotFoundError as error:
        told = f"`{error.name}` is not installed; `pip install 'socorg-rules[watch]'` does it"
        raise CaseError(Problem("watch", told)) from None
    from .stream import Stream  # noqa: PLC0415 - as above

    with ExitStack() as open_:
        source: str | None = None
        if events == "-":
            stream = cast("BufferedReader", sys.stdin.buffer)
        else:
            path = Path(events)
            if not path.is_file():
                raise CaseError(Problem(events, "there is no such file"))
            stream, source = open_.enter_context(path.open("rb")), str(path.resolve())
        kept = open_.enter_context(closing(State(state)))
        running = open_.enter_context(closing(Stream(pack, kept, **options)))
        running.add(cases)
        running.read(stream, source)
        return running.counts
