"""One row of clean tables as a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import narwhals as nw

from ..case import Case, read_case
from ..errors import CaseError, Problem
from ..facts import EntityType, Fact, OwnFacts, Type
from ..value import write_value
from .clean import COMPLETE, ITEM, PARENT, ROW, CleanTables, column_of, parts_of

Rows = Mapping[str, list[dict[str, Any]]]


def case_of(tables: CleanTables, row: str, own: Iterable[OwnFacts]) -> Case:
    """The case of one row, its items in the order of their numbers.

    Raises:
        CaseError: no row has this key.
    """
    rows = {name: _collected(frame.filter(nw.col(ROW) == nw.lit(row))) for name, frame in tables.frames.items()}
    name, own = tables.root.name, tuple(own)
    if not rows[name]:
        told = "no valid row of the tables has this key; `problems` tells what was wrong with those left out"
        raise CaseError(Problem(f"row `{row}`", told))
    return read_case({name: _entity(tables.root, name, rows[name][0], rows, own)}, [tables.root], own)


def _collected(frame: nw.LazyFrame[Any]) -> list[dict[str, Any]]:
    made = frame.collect(backend="polars") if frame.implementation.is_polars() else frame.collect(backend="pyarrow")
    return list(made.rows(named=True))


def _entity(
    kind: EntityType, table: str, row: Mapping[str, Any], rows: Rows, own: Iterable[OwnFacts] = ()
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, fact in kind.facts.items():
        if fact.of is not None:
            items = _items(fact, name if ITEM not in row else f"{table}.{name}", row, rows)
            if items is not None:
                found[name] = items
        elif (value := row.get(column_of(name))) is not None:
            found[name] = _plain(fact, value)
    for facts in own:
        told = {
            name.removeprefix(f"{facts.pack}."): _plain(fact, row[name])
            for name, fact in ((f.name, f) for f in facts.facts.values())
            if facts.entity is kind and row.get(name) is not None
        }
        if told:
            found[facts.pack] = told
    return found


def _items(fact: Fact, table: str, row: Mapping[str, Any], rows: Rows) -> object:
    complete = row.get(f"{fact.name}{COMPLETE}")
    if complete is None or fact.of is None:
        return None
    mine = [r for r in rows.get(table, []) if PARENT not in r or r[PARENT] == row[ITEM]]
    listed = [_entity(fact.of, table, r, rows) for r in sorted(mine, key=lambda r: r[ITEM])]
    return listed if complete else {"items": listed, "complete": False}


def _plain(fact: Fact, value: Any) -> object:  # noqa: ANN401 - of the fact's type
    if fact.type is Type.NUMBER and not fact.whole:
        return Decimal(value) / parts_of(fact)
    return write_value(fact, tuple(value) if isinstance(value, list) else value)
