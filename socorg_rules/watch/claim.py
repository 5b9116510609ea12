"""Who works on a file: one program at a time, and of a file of lines one state after the other, not in turns."""

from __future__ import annotations

import sqlite3
from pathlib import Path

PATIENCE = 3
"""So many seconds it may take to be noticed that the program that worked on a file or a state has ended."""


def hold(path: Path) -> sqlite3.Connection:
    """Keep every other program off a file until this is closed, or the program ends in whatever way.

    It is a lock of SQLite on a file `….lock` beside it: the file itself stays free to be read.

    Raises:
        sqlite3.Error: another program works on it (`is_busy`), or there can be no lock.
    """
    beside = sqlite3.connect(f"{path.resolve()}.lock", timeout=PATIENCE, isolation_level=None)
    try:
        beside.execute("PRAGMA locking_mode = EXCLUSIVE")  # it is held beyond the end of a transaction
        beside.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        beside.close()
        raise
    return beside


def is_busy(error: BaseException | None) -> bool:
    """Whether a lock cannot be had because another program has it."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


class Claim:
    """A file of lines that this program alone works on, with a note of the state that it belongs to.

    Raises:
        sqlite3.Error: as `hold` does.
    """

    def __init__(self, path: Path) -> None:
        self._beside = hold(path)
        self._beside.execute("CREATE TABLE IF NOT EXISTS owner (state TEXT NOT NULL)")
        self.owner: str | None = next((row[0] for row in self._beside.execute("SELECT state FROM owner")), None)
        """The state that wrote to it last; None where none is known."""

    def give(self, state: str) -> None:
        """Note that it belongs to a state from here on."""
        self._beside.execute("DELETE FROM owner")
        self._beside.execute("INSERT INTO owner VALUES (?)", (state,))
        self._beside.execute("COMMIT")

    def close(self) -> None:
        """Let go of it."""
        self._beside.close()
