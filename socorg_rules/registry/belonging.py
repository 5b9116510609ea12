"""Whether the rows of a collection belong to those above at all.

One row that belongs to nothing is told and left out. Where none does, the key itself was changed on the way: every list
would be taken for complete and empty, and all that is decided of it would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import narwhals as nw

from ..errors import Problem
from .clean import ID
from .table import ABOVE_ID, KEY, Frame, Table

_SEEN = 1000
"""So many rows are held against those above first: that one of them fits is enough."""
_NAMED = 3
_ZEROS = "; leading zeros are missing in one of the two, as a spreadsheet drops them from numbers: keep both as text"


def strangers(tables: Iterable[Table]) -> Iterator[Problem]:
    """The tables of collections that have rows, of which none belongs to a row above.

    Spark would have to work for it at the call, and is not asked.
    """
    for table in tables:
        above = table.above
        if above is None or table.frame.implementation.is_pyspark() or table.frame.implementation.is_pyspark_connect():
            continue
        own = table.frame.filter(~nw.col(KEY).is_null() | ~table.is_blank).select(key=nw.col(KEY))
        problem = _unmatched(table, own, above.frame.select(key=nw.col(KEY)), table.keys[0])
        if problem is None and above.above is not None and ID in above.cells:
            ids = above.frame.filter(above.cells[ID].fits).select(key=above.cells[ID].value)
            problem = _unmatched(table, table.frame.select(key=nw.col(ABOVE_ID)), ids, table.keys[1])
        if problem is not None:
            yield problem


def _unmatched(table: Table, own: Frame, above: Frame, column: str) -> Problem | None:
    assert table.above is not None  # noqa: S101 - only the root table has none above
    known, of = own.drop_nulls("key"), table.above.name
    some = known.head(_SEEN)
    if _first(above.join(some, on="key", how="semi"), 1) or not _first(own, 1):
        return None
    path, here = f"{table.root}.{table.name}", _first(known, _NAMED)
    if not here:
        return Problem(path, f"no row says what it belongs to; write that in `{column}`")
    if _first(known.join(above, on="key", how="semi"), 1):
        return None
    there = _first(above.drop_nulls("key"), _NAMED)
    told = f"no row belongs to a row of `{of}`: `{column}` holds {_listed(here)}, the keys there are {_listed(there)}"
    plain = nw.col("key").str.replace_all(r"^0+", "")
    alike = _first(above.select(key=plain).join(some.select(key=plain), on="key", how="semi"), 1)
    return Problem(path, told + (_ZEROS if alike else ""))


def _first(keys: Frame, n: int) -> list[str]:
    return [key for (key,) in keys.head(n).collect().rows()]


def _listed(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys) + (" …" if len(keys) == _NAMED else "") if keys else "none"
