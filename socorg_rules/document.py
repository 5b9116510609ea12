"""A small document that knows neither language nor medium: what `explain` writes and `render` shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import attrs


class Code(str):
    """A name as machines read it, such as the path of a fact."""

    __slots__ = ()


class Clause(str):
    """The locator of a clause in its brackets, which a page shows as a badge.

    >>> Clause.of("三(一)2")
    '〔三(一)2〕'
    """

    __slots__ = ()

    @classmethod
    def of(cls, locator: str) -> Clause:
        """The badge of a clause."""
        return cls(f"〔{locator}〕")

    @property
    def locator(self) -> str:
        """The locator alone."""
        return self[1:-1]


Inline = tuple[str, ...]
"""Running text; the pieces that are `Code` or `Clause` are shown as such."""

Mark = Literal["holds", "fails", "open", "left", "value"]
"""What a line is: a test or decision that holds, fails, is open or is left to the authority; or a value."""


class Node(NamedTuple):
    """A line of a derivation, with what it was worked out from."""

    mark: Mark
    text: Inline
    parts: tuple[Node, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether more than one line stands below it."""
        return len(self.parts) > 1 or any(part.parts for part in self.parts)


@attrs.frozen
class Line:
    """A paragraph."""

    text: Inline


@attrs.frozen
class Bullets:
    """A list."""

    items: tuple[Inline, ...]


Cell = str | Inline


def _cells(row: Iterable[Cell]) -> tuple[Inline, ...]:
    return tuple((cell,) if isinstance(cell, str) else cell for cell in row)


def _rows(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Inline, ...], ...]:
    return tuple(map(_cells, rows))


@attrs.frozen
class Table:
    """Rows under a head; a cell is running text, or one piece of it."""

    head: tuple[Inline, ...] = attrs.field(converter=_cells)
    rows: tuple[tuple[Inline, ...], ...] = attrs.field(converter=_rows)


@attrs.frozen
class Tree:
    """A derivation."""

    nodes: tuple[Node, ...]


@attrs.frozen
class Section:
    """A part of a document under its own title; a `folded` one is for who wants to know it exactly.

    Its `mark` says what became of what it is about.
    """

    title: Inline
    blocks: tuple[Block, ...]
    folded: bool = False
    mark: Mark | None = None


Block = Line | Bullets | Table | Tree | Section


@attrs.frozen
class Document:
    """A title and what stands below it. Its `mark` says what became of what it is about."""

    lang: Literal["zh", "en"]
    title: Inline
    blocks: tuple[Block, ...]
    mark: Mark | None = None
