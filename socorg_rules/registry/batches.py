"""A registry in files, a batch of organizations at a time: what does not fit into memory is first dealt out on disk.

Rows are dealt out by their key, so that an organization and all that belongs to it are in one batch, whatever the order
of the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from ..errors import CaseError, Problem, nearest
from ..facts import EntityType, entity_type
from ..pack import Pack
from ..vocabulary import ROOTS, Organization
from .belonging import strangers
from .broken import is_hidden, told_by_file
from .clean import collections_of
from .headings import Columns
from .sources import SUFFIXES, Numbered, opened, sheet_names
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
        unrelated = list(strangers(found.values()))
    if unrelated:
        raise CaseError(unrelated)
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
            frame = opened(tables[name], name, (name, kinds[name].name, kinds[name].label)).to_native()
            empty[name] = frame.clear()
            batch = pl.col(key).cast(pl.String).fill_null("").hash(_SEED) % count
            there = pl.PartitionBy(Path(folder) / name, key=batch.alias(_BATCH_OF), include_key=False)
            with told_by_file(tables):
                frame.sink_parquet(there, mkdir=True, compression="lz4")
        for number in range(count):
            parts = {name: Path(folder) / name / f"{_BATCH_OF}={number}" for name in keys}
            yield {
                name: Numbered(
                    pl.scan_parquet(path / "*.parquet", hive_partitioning=False) if path.exists() else empty[name]
                )
                for name, path in parts.items()
            }


def tables_in(path: Path, further: Mapping[str, Path], left_out: Collection[str] = ()) -> dict[str, object]:
    """The tables of a folder, a workbook or a file, and further ones by name.

    In a folder a file, and in a workbook a sheet, is called like its table, or like the label of that. A file alone
    holds the root table; where its name tells nothing, of organizations.

    Args:
        path: the folder, workbook or file.
        further: files that hold a table whatever they are called, by the name of that.
        left_out: the files and sheets that hold none, by the names that they have there.

    Raises:
        CaseError: a file or sheet is called like no table, or nothing is called like what is to be left out.
    """
    kinds = [entity_type(cls) for cls in ROOTS]
    names = {word: kind.name for kind in kinds for word in (kind.name, kind.label)}
    names |= {name: name for kind in kinds for name, _ in collections_of(kind)}
    names |= {fact.label: name for kind in kinds for name, fact in kind.facts.items() if fact.of is not None}
    elsewhere = {file.resolve() for file in further.values()}
    here = [(name, file) for name, file in _named_in(path) if file == path or file.resolve() not in elsewhere]
    found: dict[str, object] = {}
    called: dict[str, str] = {}
    problems = [Problem("leave-out", f"nothing in `{path}` is called `{name}`{nearest(name, (n for n, _ in here))}")
                for name in left_out if name not in {n for n, _ in here}]  # fmt: skip
    for name, file in here:
        alone = file == path and len(here) == 1
        if name in left_out:
            continue
        table = names.get(name, entity_type(Organization).name if alone else name)
        if table in found:
            problems.append(Problem(str(file), f"`{name}` is the table `{table}`, and so is {called[table]}; keep one"))
        elif name in names or alone:
            found[table], called[table] = file, f"`{name}` in `{file}`" if file.suffix == ".xlsx" else f"`{file}`"
        else:
            told = f"`{name}` is called like no table{nearest(name, names)}; rename it, or leave it out: "
            problems.append(Problem(str(file), f"{told}`--leave-out {name}`"))
    if problems:
        raise CaseError(problems)
    return {**found, **further}


def _named_in(path: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder and the sheets of workbooks, by name; a sheet alone goes by the name of its file."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if (p.is_dir() or p.suffix.lower() in SUFFIXES) and not is_hidden(p))
        if not files:
            told = f"the folder holds no table, whose name ends in one of {', '.join(SUFFIXES)}"
            raise CaseError(Problem(str(path), told))
        for file in files:
            yield from [(file.stem, file)] if file.is_dir() else _named_in(file)
    elif path.suffix.lower() == ".xlsx" and path.exists() and len(sheets := sheet_names(path)) > 1:
        yield from ((sheet, path) for sheet in sheets)
    else:
        yield path.stem, path
