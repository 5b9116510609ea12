"""A small document that knows neither language nor medium: what `explain` writes and `render` shows."""

from __future__ import annotations

from typing import Literal, NamedTuple

import attrs


class Code(str):
    """A name as machines read it, such as the path of a fact."""

    __slots__ = ()


Inline = tuple[str, ...]
"""Running text; the pieces that are `Code` are shown as such."""

Mark = Literal["holds", "fails", "open", "value"]
"""What a line of a derivation is: a test that holds, fails or is open, or a value."""


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


@attrs.frozen
class Table:
    """Rows under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@attrs.frozen
class Tree:
    """A derivation."""

    nodes: tuple[Node, ...]


@attrs.frozen
class Section:
    """A part of a document under its own title; a `folded` one is for who wants to know it exactly."""

    title: Inline
    blocks: tuple[Block, ...]
    folded: bool = False


Block = Line | Bullets | Table | Tree | Section


@attrs.frozen
class Document:
    """A title and what stands below it."""

    lang: Literal["zh", "en"]
    title: Inline
    blocks: tuple[Block, ...]
