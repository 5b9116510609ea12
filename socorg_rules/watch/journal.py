"""A file of lines that grows, and can be taken back to a length that it had."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any, BinaryIO

from socorg_rules.errors import CaseError, Problem

from .claim import Claim, is_busy


class Journal:
    """Lines of JSON written to a file, or to what cannot be taken back: standard output (`-`), a pipe, a device.

    A file is written by one program at a time. It belongs to the state that wrote to it last, which alone knows what
    may be cut from it.

    Args:
        path: of the file, made where there is none; or `-`.
        owner: the state that is to write to it.
        length: how long the file was when that state wrote to it last, to which it is cut, in bytes; None where it
            has not written to it: its lines follow what the file holds.

    Raises:
        CaseError: the file is shorter than it was, belongs to another state by now, another program works on it, or it
            cannot be written.
    """

    def __init__(self, path: str, owner: str, length: int | None) -> None:
        self._path, self._ours = path, path != "-"
        self._file: BinaryIO = _opened(path) if self._ours else sys.stdout.buffer
        self._lasts = self._ours and stat.S_ISREG(os.fstat(self._file.fileno()).st_mode)
        self._claim: Claim | None = None
        self.length = 0
        if self._lasts:
            try:
                self._begin(owner, length)
            except BaseException:
                self.close()
                raise

    def _begin(self, owner: str, length: int | None) -> None:
        claim = self._claim = _claimed(self._path)
        self.length = self._file.seek(0, os.SEEK_END)
        if length is None:
            if not _ends_a_line(self._path):
                self._file.write(b"\n")
                self.length += 1
        elif claim.owner not in (None, owner):
            told = "another state has written here since; its lines are left alone. Give each state files of its own"
            raise CaseError(Problem(self._path, told))
        elif self.length < length:
            told = f"holds {self.length} bytes, and {length} had been written; lines are lost"
            raise CaseError(Problem(self._path, f"{told}; put it back, or begin with another state"))
        else:
            self._file.truncate(length)
            self.length = length
        claim.give(owner)

    def write(self, row: dict[str, Any]) -> None:
        """Add a line."""
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"
        self._file.write(line)
        self.length += len(line)

    def sync(self) -> None:
        """Let the lines reach the disk, or whoever reads them."""
        self._file.flush()
        if self._lasts:
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file, and leave it to others."""
        if self._ours:
            self._file.close()
        if self._claim is not None:
            self._claim.close()


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("ab")
    except OSError as error:
        raise CaseError(Problem(path, f"cannot be written: {(error.strerror or str(error)).lower()}")) from None


def _claimed(path: str) -> Claim:
    try:
        return Claim(Path(path))
    except sqlite3.Error as error:
        told = (
            "another `watch` is writing to it; give each state files of its own"
            if is_busy(error)
            else (f"cannot be held by a file `.lock` beside it: {error}")
        )
        raise CaseError(Problem(path, told)) from None


def _ends_a_line(path: str) -> bool:
    """Whether a file is empty or its last line has ended."""
    with Path(path).open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        return file.read(1) in (b"", b"\n")
