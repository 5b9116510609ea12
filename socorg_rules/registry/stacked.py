"""Several groups of columns of a frame, one under the other: what stands beside each other becomes rows.

The frame is read once. A union of as many selections would have DuckDB and Spark work it out for every group anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from .sources import lazy


@attrs.frozen
class Group:
    """What becomes a row: texts that are the same in all rows of the group, and columns, each by its name there."""

    texts: Mapping[str, str | None]
    columns: Mapping[str, str]


def stacked(frame: nw.LazyFrame[Any], keys: Sequence[str], groups: Iterable[Group]) -> nw.LazyFrame[Any]:
    """A row for each row and group: the keys, the texts and the columns. All groups have columns of the same types."""
    groups = list(groups)
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        return lazy(_in_duckdb(native, keys, groups))
    if frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect():
        return lazy(_in_spark(native, keys, groups))
    return nw.concat([frame.select(*keys, *_columns(group)) for group in groups], how="vertical")


def _columns(group: Group) -> list[nw.Expr]:
    texts = [nw.lit(text, dtype=nw.String).alias(name) for name, text in group.texts.items()]
    return [*texts, *(nw.col(column).alias(name) for name, column in group.columns.items())]


def _in_duckdb(native: Any, keys: Iterable[str], groups: Iterable[Group]) -> Any:  # noqa: ANN401 - DuckDB is an extra
    rows: list[str] = []
    names: list[str] = []
    for group in groups:
        told = {n: "null::varchar" if t is None else f"'{t}'" for n, t in group.texts.items()}
        told |= {n: f'"{column}"' for n, column in group.columns.items()}
        rows.append(f"{{{', '.join(f'{name}: {value}' for name, value in told.items())}}}")
        names = list(told)
    of_keys = ", ".join(f'"{key}"' for key in keys)
    unnested = native.project(f'{of_keys}, unnest([{", ".join(rows)}]) as "one row"')
    return unnested.project(", ".join([of_keys, *(f'"one row".{name} as {name}' for name in names)]))


def _in_spark(native: Any, keys: Iterable[str], groups: Iterable[Group]) -> Any:  # noqa: ANN401 - PySpark is an extra
    from pyspark.sql import functions as sf  # noqa: PLC0415 - only where a frame of it was given

    rows = [
        sf.struct(
            *(sf.lit(text).cast("string").alias(name) for name, text in group.texts.items()),
            *(sf.col(f"`{column}`").alias(name) for name, column in group.columns.items()),
        )
        for group in groups
    ]
    return native.select(*keys, sf.inline(sf.array(*rows)))
