"""What a pack holds, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..pack import Pack


def held(pack: Pack) -> str:
    """One line on what a sound pack holds.

    >>> from socorg_rules import load_pack
    >>> held(load_pack("yangpu")).startswith("yangpu: ")
    True
    """
    counts = Counter(row.status for row in pack.coverage)
    clauses = ", ".join(f"{counts[status]} {status}" for status in ("encoded", "open", "none"))
    sizes = {"provision": pack.provisions, "reading": pack.readings, "clause": pack.coverage}
    told = ", ".join(f"{len(of)} {word}{'' if len(of) == 1 else 's'}" for word, of in sizes.items())
    return f"{pack.id}: {told} ({clauses})"


def coverage_lines(pack: Pack) -> Iterator[str]:
    """A line for each clause of the document, and their count."""
    for row in pack.coverage:
        yield f"{row.clause}  {row.status}: " + " — ".join(filter(None, (", ".join(row.provisions), row.note)))
    yield held(pack)
