"""Opening a table: a frame of any library, or a file; every one becomes a lazy frame that keeps its order of rows.

Frames in memory (Polars, pandas, PyArrow) and files are read by Polars. DuckDB relations and PySpark frames stay where
they are.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ..errors import CaseError, Problem, nearest
from ..value import expected
from .broken import NO_UTF8, broken, parts, unread

if TYPE_CHECKING:
    import polars as pl

ORDER = "order of the table"
"""The column that keeps the order of rows. No fact has a name with spaces."""

HEADED_SO = "a column cannot be headed so; rename it"
"""What is said of a heading that is a column on the way."""

MARK = "\x1e"
"""Between the elements of a list that is looked at as one text."""

POINT = "\u2024"
"""Stands for a point in the names of columns: Spark takes that for the beginning of a field."""

AS_TEXT = " as text"
"""Ends the name of a column that holds another's lists as texts."""

NOTHING = "\x1d"
"""An element of a list that is not told. A list is complete, so that it can hold none."""

SUFFIXES = (".parquet", ".csv", ".xlsx")
"""The files that a table is read from and written to."""


@attrs.frozen(eq=False)
class Numbered:
    """A frame of Polars that was opened before, with the order of its rows."""

    frame: pl.LazyFrame


def opened(source: object, path: str, sheets: tuple[str, ...] = ()) -> nw.LazyFrame[Any]:
    """The table that `source` is or names, lazily, with the order of its rows in `ORDER`; in PySpark, with `POINT` for
    each point in a heading.

    Args:
        source: a frame of Polars, pandas, PyArrow, DuckDB or PySpark, or the path of a Parquet file, a folder of
            Parquet files, a CSV file (UTF-8) or an Excel workbook.
        path: what messages call it.
        sheets: the names that its sheet of a workbook may have; a sheet alone may have any.

    Raises:
        CaseError: it is no table, or cannot be read.
    """
    if isinstance(source, Numbered):
        return lazy(source.frame)
    if isinstance(source, str | os.PathLike):
        source = _read(Path(os.fsdecode(source)), sheets)
    native: Any = source
    _told_apart(path, _headings(native))
    try:
        given: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(native)
    except TypeError:
        raise CaseError(Problem(path, str(expected("a frame or the path of a file", source)))) from None
    if not isinstance(given, nw.LazyFrame):
        given = _in_polars(given, path)
    if ORDER in given.collect_schema():
        raise CaseError(Problem(f"{path}.{ORDER}", HEADED_SO))
    number: Callable[[Any], Any] = _NUMBERED.get(given.implementation, _numbered_in_polars)
    return lazy(number(given.to_native()))


def lazy(native: Any) -> nw.LazyFrame[Any]:  # noqa: ANN401 - a frame of whatever library
    """A lazy frame of any library as one of Narwhals."""
    made: nw.LazyFrame[Any] = nw.from_native(native)
    return made


def with_lists_as_text(frame: nw.LazyFrame[Any], columns: Iterable[str]) -> nw.LazyFrame[Any]:
    """The frame with a further column for each of these, which hold lists: its elements with `MARK` between."""
    columns = list(columns)
    if not columns:
        return frame
    native = frame.to_native()
    made: Any
    if frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect():
        from pyspark.sql import functions as sf  # noqa: PLC0415 - only where a frame of it was given

        told = "array_join(transform(`{}`, x -> coalesce(cast(x as string), '{}')), '{}')"
        made = native.withColumns({c + AS_TEXT: sf.expr(told.format(c, NOTHING, MARK)) for c in columns})
    elif frame.implementation.is_duckdb():
        told = "array_to_string(list_transform(\"{0}\", lambda x: coalesce(x::varchar, '{1}')), '{2}') as \"{0}{3}\""
        made = native.project(f"*, {', '.join(told.format(c, NOTHING, MARK, AS_TEXT) for c in columns)}")
    else:
        import polars as pl  # noqa: PLC0415 - the frame is one of it, so that it is loaded already

        element = pl.element().cast(pl.String).fill_null(NOTHING)
        made = native.with_columns(pl.col(c).list.eval(element).list.join(MARK).alias(c + AS_TEXT) for c in columns)
    return lazy(made)


def kept(frames: Iterable[nw.LazyFrame[Any]]) -> list[nw.LazyFrame[Any]]:
    """Frames that are read several times, so that what leads to them is worked out once: by Spark when they are first
    asked for, by Polars and DuckDB now."""
    frames = list(frames)
    if not frames:
        return frames
    kind = frames[0].implementation
    if kind.is_polars():
        import polars as pl  # noqa: PLC0415 - the frames are of it, so that it is loaded already

        return [lazy(made.lazy()) for made in pl.collect_all([f.to_native() for f in frames])]
    return [lazy(f.to_native().materialize() if kind.is_duckdb() else f.to_native().persist()) for f in frames]


def ready(frames: Iterable[nw.LazyFrame[Any]]) -> list[nw.LazyFrame[Any]]:
    """Frames that are ready to be asked, kept without what led to them. Spark has kept that, and keeps no more."""
    frames = list(frames)
    kind = frames[0].implementation
    return frames if kind.is_pyspark() or kind.is_pyspark_connect() else kept(frames)


def known_empty(frame: nw.LazyFrame[Any]) -> bool:
    """Whether a frame that was kept is known to hold nothing."""
    return frame.implementation.is_polars() and bool(frame.to_native().collect().is_empty())


def without(frame: nw.LazyFrame[Any], column: str, keys: nw.LazyFrame[Any], key: str) -> nw.LazyFrame[Any]:
    """The rows whose `column` is none of these keys, which were kept. There are few of them."""
    if not frame.implementation.is_polars():
        return frame.join(keys, left_on=column, right_on=key, how="anti")
    import polars as pl  # noqa: PLC0415 - the frames are of it, so that it is loaded already

    few = keys.to_native().collect().get_column(key)
    return lazy(frame.to_native().filter(~pl.col(column).is_in(few.implode())))


def _numbered_in_polars(native: pl.LazyFrame) -> pl.LazyFrame:
    return native.with_row_index(ORDER)


def _numbered_in_duckdb(native: Any) -> Any:  # noqa: ANN401 - DuckDB is an extra
    return native.project(f'*, row_number() over () - 1 as "{ORDER}"')


def _numbered_in_spark(native: Any) -> Any:  # noqa: ANN401 - PySpark is an extra
    from pyspark.sql import functions as sf  # noqa: PLC0415 - only where a frame of it was given

    plain = native.toDF(*(column.replace(".", POINT) for column in native.columns))
    return plain.withColumn(ORDER, sf.monotonically_increasing_id())


_NUMBERED: Mapping[nw.Implementation, Callable[[Any], Any]] = {
    nw.Implementation.DUCKDB: _numbered_in_duckdb,
    nw.Implementation.PYSPARK: _numbered_in_spark,
    nw.Implementation.PYSPARK_CONNECT: _numbered_in_spark,
}


def _in_polars(given: nw.DataFrame[Any], path: str) -> nw.LazyFrame[Any]:
    """A frame in memory, of whatever library, as a lazy one of Polars."""
    import polars as pl  # noqa: PLC0415 - a table in DuckDB or PySpark needs none

    native = given.to_native()
    if isinstance(native, pl.DataFrame):
        return lazy(native.lazy())
    if given.implementation.is_pandas():
        from .pandas_frames import from_pandas  # noqa: PLC0415 - only where a frame of it was given

        return lazy(from_pandas(native, path).lazy())
    return lazy(given.to_polars().lazy())


def _read(path: Path, sheets: tuple[str, ...]) -> pl.LazyFrame:
    if not path.exists():
        raise CaseError(Problem(str(path), "there is no such file"))
    suffix = ".parquet" if path.is_dir() else path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CaseError(Problem(str(path), f"the name of a table ends in one of {', '.join(SUFFIXES)}"))
    try:
        return _READERS[suffix](path, sheets)
    except CaseError:
        raise
    except Exception as error:  # noqa: BLE001 - each reader has errors of its own, all about the file
        raise CaseError(broken(path) or [Problem(str(path), unread(error))]) from None


def _parquet(path: Path, _sheets: tuple[str, ...]) -> pl.LazyFrame:
    """A file, or a folder of them; what the names of folders tell (`division=310110`) is taken as text."""
    import polars as pl  # noqa: PLC0415

    if path.is_dir():
        files = parts(path)
        if not files:
            raise CaseError(Problem(str(path), "the folder holds no Parquet file"))
        told = {part.partition("=")[0] for file in files for part in file.relative_to(path).parts[:-1] if "=" in part}
        schema = {name: pl.String() for name in sorted(told)}
        found = pl.scan_parquet(files, hive_partitioning=bool(schema), hive_schema=schema or None)
    else:
        found = pl.scan_parquet(path)
    found.collect_schema()  # so that a file that is none is told as such
    return found


def _csv(path: Path, _sheets: tuple[str, ...]) -> pl.LazyFrame:
    """Everything as it is written: what a cell means is the business of its fact."""
    import polars as pl  # noqa: PLC0415

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            _told_apart(path, next(csv.reader(file), []))
    except UnicodeDecodeError:
        raise CaseError(Problem(str(path), NO_UTF8)) from None
    found = pl.scan_csv(path, infer_schema=False)
    found.collect_schema()
    return found


def _headings(native: Any) -> list[str]:  # noqa: ANN401
    """The headings of a frame in memory that may hold one twice: of pandas or PyArrow."""
    if nw.dependencies.is_pyarrow_table(native):
        return list(native.column_names)
    return list(map(str, native.columns)) if nw.dependencies.is_pandas_dataframe(native) else []


def _told_apart(path: object, headings: Iterable[str | None]) -> None:
    """Each heading stands once. Where one does not, a reader gives the second a name that nobody has written.

    Raises:
        CaseError: some stand more than once.
    """
    times = Counter((heading or "").strip() for heading in headings)
    problems = []
    for heading, n in times.items():
        if n > 1 and heading:
            problems.append(
                Problem(str(path), f"{n} columns are headed `{heading}`; keep one, or give each its own heading")
            )
        elif n > 1:
            problems.append(Problem(str(path), f"{n} columns have no heading; give each its own, or remove them"))
    if problems:
        raise CaseError(problems)


def _excel(path: Path, sheets: tuple[str, ...]) -> pl.LazyFrame:
    book = _workbook(path)
    here = [name for name in book.sheet_names if name in sheets]
    if not here and len(book.sheet_names) > 1:
        named = " or ".join(f"`{name}`" for name in sheets)
        raise CaseError(Problem(str(path), f"no sheet is called {named}{nearest('', book.sheet_names)}"))
    name = here[0] if here else 0
    first = book.load_sheet(name, header_row=None, n_rows=1, dtypes="string").to_polars()
    _told_apart(path, first.row(0) if first.height else ())
    sheet = book.load_sheet(name, dtypes="string")
    found: pl.LazyFrame = sheet.to_polars().lazy()
    return found


_READERS: Mapping[str, Callable[[Path, tuple[str, ...]], pl.LazyFrame]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".xlsx": _excel,
}


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets, in their order.

    Raises:
        CaseError: it is no workbook.
    """
    return list(_workbook(path).sheet_names)


def _workbook(path: Path) -> Any:  # noqa: ANN401 - of fastexcel
    import fastexcel  # noqa: PLC0415

    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        told = "is no Excel workbook that can be read: broken, locked by a password, or another file by that name"
        raise CaseError(Problem(str(path), told)) from None
