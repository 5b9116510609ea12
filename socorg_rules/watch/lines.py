"""The lines of a stream in batches: as many as are at hand, and never more than fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

MOST_LINES = 256
"""A batch is committed at once; so many events are done again at most."""
LONGEST = 1 << 20
"""Bytes of the longest line that is read; of a longer one only the beginning is kept, to tell which it was."""
_CHUNK = 1 << 16


class Buffered(Protocol):
    """A stream of bytes that can tell what is at hand."""

    def read1(self, size: int = -1, /) -> bytes:
        """What is at hand, or comes next; nothing at the end."""


class Line(NamedTuple):
    """A line: what it holds without its end, and at which byte of the stream the next one begins."""

    text: bytes
    end: int
    too_long: bool = False
    finished: bool = True


def batches(stream: Buffered, position: int = 0) -> Iterator[list[Line]]:
    """The lines of a stream that stands at `position`, without the empty ones.

    A batch ends where the next read would wait, so that no event waits for another to be committed.
    """
    rest, size = b"", 0  # of the line that has not ended: what is kept of it, and its length
    batch: list[Line] = []
    while chunk := stream.read1(_CHUNK):
        *ended, last = chunk.split(b"\n")
        for piece in ended:
            position += size + len(piece) + 1
            batch.append(_line(rest + piece, position, size + len(piece)))
            rest, size = b"", 0
            if len(batch) == MOST_LINES:
                yield _told(batch)
                batch = []
        rest, size = (rest + last)[: LONGEST + 1], size + len(last)
        if batch:
            yield _told(batch)
            batch = []
    if rest.strip():
        yield [_line(rest, position + size, size)._replace(finished=False)]


def _line(text: bytes, end: int, size: int) -> Line:
    return Line(text[:LONGEST], end, too_long=size > LONGEST)


def _told(batch: list[Line]) -> list[Line]:
    """The batch without empty lines, but for the last: it says how far the stream was read."""
    return [line for line in batch if line.text.strip() or line is batch[-1]]
