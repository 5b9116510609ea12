"""A file of lines that grows, and can be taken back to a length that it had."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any, BinaryIO

from socorg_rules.errors import CaseError, Problem


class Journal:
    """Lines of JSON written to a file, or to what cannot be taken back: standard output (`-`), a pipe, a device.

    Args:
        path: of the file, made where there is none; or `-`.
        length: to which a file is cut at first, in bytes; None leaves what it holds.

    Raises:
        CaseError: the file is shorter than it was, or cannot be written.
    """

    def __init__(self, path: str, length: int | None) -> None:
        self._ours = path != "-"
        self._file: BinaryIO = _opened(path) if self._ours else sys.stdout.buffer
        self._lasts = self._ours and stat.S_ISREG(os.fstat(self._file.fileno()).st_mode)
        self.length = self._file.seek(0, os.SEEK_END) if self._lasts else 0
        if length is not None and self._lasts:
            if self.length < length:
                self._file.close()
                told = f"holds {self.length} bytes, and {length} had been written; lines are lost"
                raise CaseError(Problem(path, f"{told}; put it back, or begin with another state"))
            self._file.truncate(length)
            self.length = self._file.seek(length)

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
        """Close the file."""
        if self._ours:
            self._file.close()


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("r+b" if Path(path).is_file() else "wb")
    except OSError as error:
        raise CaseError(Problem(path, f"cannot be written: {(error.strerror or str(error)).lower()}")) from None
