"""What is wrong with a file that was taken for a table and turns out, perhaps in its midst, to be none.

Readers tell it in words of their own, and not of which file; here the files are read on until that is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import CaseError, Problem

NO_UTF8 = "is no UTF-8 text (perhaps GB 18030, as Excel writes it); save it as `CSV UTF-8`"


@contextmanager
def told_by_file(tables: Mapping[str, object]) -> Iterator[None]:
    """A file that turns out in its midst to be no table is told by name.

    Raises:
        CaseError: the files that cannot be read to their end.
    """
    files = [Path(os.fsdecode(table)) for table in tables.values() if isinstance(table, str | os.PathLike)]
    if not files:
        yield
        return
    import polars as pl  # noqa: PLC0415 - a table in DuckDB or PySpark needs none

    try:
        yield
    except (pl.exceptions.PolarsError, OSError):
        problems = [problem for file in files for problem in broken(file)]
        if not problems:
            raise
        raise CaseError(problems) from None


def broken(path: Path) -> list[Problem]:
    """What is wrong in the midst of a CSV file, a Parquet file or a folder of these."""
    if path.is_dir() or path.suffix.lower() == ".parquet":
        return list(_in_parquet(parts(path) if path.is_dir() else [path]))
    return list(_in_csv(path)) if path.suffix.lower() == ".csv" else []


def is_hidden(path: Path) -> bool:
    """Whether a file or folder is none of the user's: hidden (`.ipynb_checkpoints`), or a workbook's lock."""
    return path.name.startswith((".", "~$"))


def parts(folder: Path) -> list[Path]:
    """The Parquet files of a folder, without what is hidden there."""
    return [
        file
        for file in sorted(folder.rglob("*.parquet"))
        if file.is_file() and not any(is_hidden(Path(part)) for part in file.relative_to(folder).parts)
    ]


def unread(error: Exception) -> str:
    """That a file cannot be read, and the first line of why."""
    first = next(iter(str(error).splitlines()), type(error).__name__)
    return f"cannot be read: {first[:1].lower()}{first[1:]}"


def _in_csv(file: Path) -> Iterator[Problem]:
    import polars as pl  # noqa: PLC0415

    try:
        pl.scan_csv(file, infer_schema=False).select(pl.all().count()).collect()
    except pl.exceptions.ComputeError as error:
        told = str(error)
        if "utf-8" in told:
            yield Problem(str(file), NO_UTF8)
        elif "more fields" in told:
            yield Problem(str(file), "a row has more cells than there are headings")
        else:
            yield Problem(str(file), unread(error))


def _in_parquet(files: list[Path]) -> Iterator[Problem]:
    """The files that are broken, and those whose columns are not those of the first that is sound."""
    import polars as pl  # noqa: PLC0415

    first: tuple[Path, pl.Schema] | None = None
    for file in files:
        try:
            found = pl.scan_parquet(file, hive_partitioning=False)
            schema = found.collect_schema()
            found.select(pl.all().count()).collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            yield Problem(str(file), unread(error))
            continue
        if first is None:
            first = file, schema
        for problem in _differing(schema, *first):
            yield Problem(str(file), f"{problem}; give all parts the same columns")


def _differing(schema: Mapping[str, object], other: Path, expected: Mapping[str, object]) -> Iterator[str]:
    for name in dict.fromkeys((*expected, *schema)):
        if name not in schema:
            yield f"has no column `{name}`, which `{other.name}` has"
        elif name not in expected:
            yield f"has a column `{name}`, which `{other.name}` has not"
        elif schema[name] != expected[name]:
            yield f"holds `{name}` as {schema[name]}, `{other.name}` as {expected[name]}"
