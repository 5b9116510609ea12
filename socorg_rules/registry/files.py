"""Writing tables a part at a time: to Parquet, to CSV, or to the sheets of one Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

import polars as pl

from ..calendar import NEVER
from ..errors import CaseError, Problem, nearest
from .cells import EMPTY_LIST

FORMS = ("parquet", "csv", "xlsx")
MOST_ROWS = 1_048_576
"""What a sheet of Excel holds, its heading included."""

GROUP = 100_000
"""Rows are gathered to so many before they are written."""


class Sink(Protocol):
    """Where the parts of one table go."""

    def write(self, part: pl.DataFrame) -> None:
        """Write a part; all have the same columns."""

    def close(self) -> None:
        """What was written is complete."""


class Tables:
    """Tables that are written into a folder, or into the one workbook `registry.xlsx` in it, a part at a time.

    Args:
        folder: where they go; it is made.
        form: `parquet`, `csv` or `xlsx`.
        headings: for CSV and Excel, the heading of a column, by table; its name where there is none.
    """

    def __init__(self, folder: Path, form: str, headings: Mapping[str, Mapping[str, str]] | None = None) -> None:
        if form not in FORMS:
            raise CaseError(Problem("format", f"`{form}` is no form of a table{nearest(form, FORMS)}"))
        folder.mkdir(parents=True, exist_ok=True)
        self.paths: list[Path] = []
        self._folder, self._form, self._headings = folder, form, headings or {}
        self._sinks: dict[str, Sink] = {}
        self._waiting: dict[str, list[pl.DataFrame]] = {}
        self._book: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            for name in self._waiting:
                self._flush(name)
        for sink in self._sinks.values():
            sink.close()
        if self._book is not None:
            self._book.close()

    def write(self, name: str, part: pl.DataFrame) -> None:
        """Write a part of a table."""
        waiting = self._waiting.setdefault(name, [])
        waiting.append(part)
        if sum(p.height for p in waiting) >= GROUP:
            self._flush(name)

    def _flush(self, name: str) -> None:
        parts = self._waiting[name]
        if name not in self._sinks:
            self._sinks[name] = self._sink(name)
        if parts:
            part = pl.concat(parts)
            if self._form != "parquet":
                named = self._headings.get(name, {})
                part = as_text(part).rename({c: named.get(c, c) for c in part.columns})
            self._sinks[name].write(part)
        self._waiting[name] = []

    def _sink(self, name: str) -> Sink:
        if self._form == "xlsx":
            if self._book is None:
                self._book = _book(self._add(self._folder / "registry.xlsx"))
            return _Sheet(self._book, name)
        path = self._add(self._folder / f"{name}.{self._form}")
        return _Parquet(path) if self._form == "parquet" else _Csv(path)

    def _add(self, path: Path) -> Path:
        self.paths.append(path)
        return path


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """What a file of text can hold: lists in one cell, and a date that there is not as the word for it."""
    made = []
    for name, dtype in frame.schema.items():
        column = pl.col(name)
        if dtype == pl.List:
            joined = column.list.eval(pl.element().cast(pl.String)).list.join("、")
            made.append(pl.when(column.list.len() == 0).then(pl.lit(EMPTY_LIST)).otherwise(joined).alias(name))
        elif dtype == pl.Date:
            made.append(pl.when(column == NEVER).then(pl.lit("never")).otherwise(column.cast(pl.String)).alias(name))
    return frame.with_columns(made)


class _Parquet:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def write(self, part: pl.DataFrame) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 - slow to import

        table = part.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema, compression="zstd")
        self._writer.write_table(table)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("wb")
        self._begun = False

    def write(self, part: pl.DataFrame) -> None:
        # Excel takes a file for one in UTF-8 by this mark.
        part.write_csv(self._file, include_header=not self._begun, include_bom=not self._begun)
        self._begun = True

    def close(self) -> None:
        self._file.close()


def _book(path: Path) -> Any:  # noqa: ANN401 - XlsxWriter has no types
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    return xlsxwriter.Workbook(
        path,
        {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
    )


class _Sheet:
    """A sheet of plain rows under a heading that stays in sight."""

    def __init__(self, book: Any, name: str) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._sheet, self._name, self._next = book.add_worksheet(name), name, 0
        self._bold = book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)

    def write(self, part: pl.DataFrame) -> None:
        if self._next == 0:
            self._sheet.write_row(0, 0, part.columns, self._bold)
            self._next = 1
        if self._next + part.height > MOST_ROWS:
            raise CaseError(too_many(self._name, self._next + part.height - 1))
        for row in part.iter_rows():
            for column, value in enumerate(row):
                if value is not None:
                    self._sheet.write(self._next, column, value)
            self._next += 1

    def close(self) -> None:
        """The book closes its sheets."""


def too_many(name: str, rows: int) -> Problem:
    """What is said of a table that no sheet holds."""
    told = f"{rows} rows and a heading, a sheet of Excel holds {MOST_ROWS}; write Parquet or CSV"
    return Problem(name, told)
