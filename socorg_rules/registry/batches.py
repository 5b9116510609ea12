"""A registry in files, a batch of organizations at a time: what does not fit into memory is first dealt out on disk.

Rows are dealt out by their key, so that an organization and all that belongs to it are in one batch, whatever the order
of the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from ..errors import CaseError, Problem
from ..facts import EntityType, entity_type
from ..pack import Pack
from ..vocabulary import ROOTS, Organization
from .clean import collections_of
from .headings import Columns
from .sources import ORDER, SUFFIXES, opened, sheet_names, told_by_file
from .tables import open_tables

BATCH = 250_000
"""So many organizations are decided at a time."""

_BATCH_OF = "batch of the row"
_SEED = 1


@attrs.frozen(eq=False)
class Batches:
    """The batches of a registry, each as tables to read; what they are about, how many rows and batches there are."""

    root: EntityType
    rows: int
    count: int
    tables: Iterator[dict[str, Any]]


def batches(
    tables: Mapping[str, object], packs: Iterable[Pack], columns: Columns | None = None, size: int = BATCH
) -> Batches:
    """Deal a registry out.

    Args:
        tables: as for `read_tables`, frames in memory or paths.
        packs: as for `read_tables`.
        columns: as for `read_tables`.
        size: about how many organizations a batch holds.

    Raises:
        CaseError: as for `read_tables`.
    """
    root, found = open_tables(tables, packs, columns)
    with told_by_file(tables):
        rows = int(found[root.name].frame.to_native().select(pl.len()).collect().item())
    count = -(-rows // size) or 1
    if count == 1:
        return Batches(root, rows, 1, iter([dict(tables)]))
    keys = {name: table.keys[0] for name, table in found.items()}
    return Batches(root, rows, count, _dealt(tables, root, keys, count))


def _dealt(
    tables: Mapping[str, object], root: EntityType, keys: Mapping[str, str], count: int
) -> Iterator[dict[str, Any]]:
    kinds = {root.name: root, **dict(collections_of(root))}
    empty: dict[str, pl.LazyFrame] = {}
    with tempfile.TemporaryDirectory(prefix="socorg-rules-") as folder:
        for name, key in keys.items():
            frame = opened(tables[name], name, (name, kinds[name].name, kinds[name].label)).to_native().drop(ORDER)
            empty[name] = frame.clear()
            batch = pl.col(key).cast(pl.String).fill_null("").hash(_SEED) % count
            there = pl.PartitionBy(Path(folder) / name, key=batch.alias(_BATCH_OF), include_key=False)
            with told_by_file(tables):
                frame.sink_parquet(there, mkdir=True, compression="lz4")
        for number in range(count):
            parts = {name: Path(folder) / name / f"{_BATCH_OF}={number}" for name in keys}
            yield {
                name: pl.scan_parquet(path / "*.parquet", hive_partitioning=False) if path.exists() else empty[name]
                for name, path in parts.items()
            }


def tables_in(path: Path, further: Mapping[str, Path]) -> dict[str, object]:
    """The tables of a folder, a workbook or a file, and further ones by name.

    In a folder a file, and in a workbook a sheet, is called like its table, or like the label of that. A file alone
    holds the root table; where its name tells nothing, of organizations.
    """
    kinds = [entity_type(cls) for cls in ROOTS]
    names = {word: kind.name for kind in kinds for word in (kind.name, kind.label)}
    names |= {fact.label: name for kind in kinds for name, fact in kind.facts.items() if fact.of is not None}
    found: dict[str, object] = {}
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.is_dir() or p.suffix.lower() in SUFFIXES)
        for file in files:
            if file.suffix.lower() == ".xlsx":
                found |= tables_in(file, {})
            else:
                found[names.get(file.stem, file.stem)] = file
        if not files:
            told = f"the folder holds no table, whose name ends in one of {', '.join(SUFFIXES)}"
            raise CaseError(Problem(str(path), told))
    elif path.suffix.lower() == ".xlsx" and path.exists() and len(sheet_names(path)) > 1:
        found |= {names.get(sheet, sheet): path for sheet in sheet_names(path)}
    else:
        found[names.get(path.stem, entity_type(Organization).name)] = path
    return {**found, **further}
