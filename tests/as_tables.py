"""Cases as clean tables: what a registry of them would hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import narwhals as nw
import polars as pl

from socorg_rules.case import Case
from socorg_rules.facts import EntityType, Fact, Items, OwnFacts, Record, Type
from socorg_rules.registry.clean import COMPLETE, ID, ITEM, PARENT, ROW, CleanTables, column_of, parts_of

DTYPES: Mapping[Type, Any] = {
    Type.YES_NO: pl.Boolean, Type.TEXT: pl.String, Type.DIVISION: pl.String, Type.MONTH: pl.String,
    Type.MONEY: pl.Int64, Type.NUMBER: pl.Int64, Type.DATE: pl.Date, Type.TEXTS: pl.List(pl.String),
    Type.MONTHS: pl.List(pl.String), Type.NUMBERS: pl.List(pl.Int64),
}  # fmt: skip

Native = Callable[[pl.DataFrame], Any]


def tables_of(
    cases: Iterable[Case], root: EntityType, own: Iterable[OwnFacts] = (), native: Native = pl.DataFrame.lazy
) -> CleanTables:
    """Cases about entities of one kind as clean tables of any data frame; their keys are their numbers."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    facts = _tables(
        root, "", {n: f for o in own if o.entity is root for n, f in ((f.name, f) for f in o.facts.values())}
    )
    for number, case in enumerate(cases):
        _note(rows, root.name, case.record, {ROW: str(number)}, {})
    made = {}
    for name, known in facts.items():
        keys = {ROW: pl.String} if name == root.name else {ROW: pl.String, ITEM: pl.Int64}
        keys |= {PARENT: pl.Int64} if "." in name else {}
        schema: dict[str, Any] = {**keys}
        for fact in known:
            if fact.of is not None:
                schema[f"{fact.name}{COMPLETE}"] = pl.Boolean
            elif fact.name != ID or name != root.name:
                schema[column_of(fact.name)] = DTYPES[fact.type]
        made[name] = pl.DataFrame([{k: r.get(k) for k in schema} for r in rows[name]], schema=schema)
    frames = {name: nw.from_native(native(frame)).lazy() for name, frame in made.items()}
    none = pl.DataFrame(schema={ROW: pl.String, "path": pl.String, "problem": pl.String})
    return CleanTables(root, frames, nw.from_native(native(none)).lazy())


def _tables(entity: EntityType, name: str, own: Mapping[str, Fact]) -> dict[str, list[Fact]]:
    found = {name or entity.name: [*entity.facts.values(), *own.values()]}
    for fact in entity.facts.values():
        if fact.of is not None:
            found |= _tables(fact.of, f"{name}.{fact.name}" if name else fact.name, {})
    return found


def _note(
    rows: dict[str, list[dict[str, Any]]], table: str, record: Record, keys: dict[str, Any], counts: dict[str, int]
) -> None:
    row = dict(keys)
    rows[table].append(row)
    for name, value in record.values.items():
        if isinstance(value, Items):
            row[f"{name}{COMPLETE}"] = value.complete
            inner = name if ITEM not in keys else f"{table}.{name}"
            for one in value.records:
                counts[inner] = counts.get(inner, 0) + 1
                parent = {PARENT: keys[ITEM]} if ITEM in keys else {}
                _note(rows, inner, one, {ROW: keys[ROW], ITEM: counts[inner], **parent}, counts)
        else:
            row[column_of(name)] = _held(record.type.facts.get(name), value)


def _held(fact: Fact | None, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return list(value)
    if fact is not None and fact.type is Type.NUMBER:
        scaled = Fraction(value) * parts_of(fact)
        assert scaled.denominator == 1
        return int(scaled)
    return value
