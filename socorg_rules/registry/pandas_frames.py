"""A frame of pandas as one of Polars: columns of mixed cells, as `pandas.read_excel` makes them, are read as text.

What a text means is then the business of its fact, as in a file of text.
"""

from __future__ import annotations

import datetime as dt
import numbers
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa

from ..errors import CaseError, Problem

_KINDS = (str, bool, numbers.Number, Decimal, dt.date)
"""What a cell beside others of another kind may be."""


def from_pandas(native: Any, path: str) -> pl.DataFrame:  # noqa: ANN401 - pandas is an extra
    """The frame in Polars.

    Raises:
        CaseError: columns that hold what no cell of a table is.
    """
    if len(native) == 0:  # what type its columns have says nothing
        return pl.DataFrame(schema=dict.fromkeys(map(str, native.columns), pl.Null))
    made, problems = [], []
    for name in native.columns:
        try:
            made.append(pl.from_pandas(native[name]).rename(str(name)))
        except (pa.ArrowException, pl.exceptions.PolarsError, TypeError, ValueError, OverflowError):
            try:
                made.append(_as_text(native[name], str(name)))
            except TypeError as error:
                problems.append(Problem(f"{path}.{name}", str(error)))
    if problems:
        raise CaseError(problems)
    return pl.DataFrame(made)


def _as_text(cells: Any, name: str) -> pl.Series:  # noqa: ANN401
    """A column by what its cells say; one that holds anything but plain values is told.

    Raises:
        TypeError: what it holds.
    """
    given = [None if is_missing else cell for cell, is_missing in zip(cells, cells.isna(), strict=True)]
    other = {type(cell).__name__ for cell in given if cell is not None and not isinstance(cell, _KINDS)}
    if other:
        kinds = sorted({type(cell).__name__ for cell in given if cell is not None})
        message = f"holds {', '.join(f'`{kind}`' for kind in kinds)} beside each other; make it a column of one type"
        raise TypeError(message)
    return pl.Series(name, [None if cell is None else _said(cell) for cell in given], dtype=pl.String)


def _said(cell: Any) -> str:  # noqa: ANN401 - one of the kinds
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
