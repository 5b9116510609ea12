"""A file of events that is read on from where it was left, as long as it is the file that was read."""

from __future__ import annotations

import hashlib
import os
from io import BufferedReader
from typing import NamedTuple

from socorg_rules.errors import CaseError, Problem

TAIL = 4096
"""By so many bytes before the place up to which it was read, a file is known again."""


class Source(NamedTuple):
    """A file of events, by its name."""

    stream: BufferedReader
    name: str

    def go_on(self, position: int, tail: str) -> None:
        """Go to where it was left.

        Raises:
            CaseError: what stands before that place is not what was read there.
        """
        size = self.stream.seek(0, os.SEEK_END)
        if size < position:
            found = f"holds {size} bytes, and {position} had been read"
        elif position and self.tail(position) != tail:
            found = f"is not the file of which {position} bytes had been read"
        else:
            self.stream.seek(position)
            return
        raise CaseError(Problem(self.name, f"{found}; put that back, and give new events a file of another name"))

    def tail(self, position: int) -> str:
        """A digest of what stands before a place; the stream stays where it is."""
        here = self.stream.tell()
        self.stream.seek(max(position - TAIL, 0))
        found = self.stream.read(min(TAIL, position))
        self.stream.seek(here)
        return hashlib.sha256(found).hexdigest()
