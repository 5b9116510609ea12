"""Tables of registries for the tests: small ones written by hand, and how two clean ones are compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl

from socorg_rules import load_pack
from socorg_rules.calendar import NEVER
from socorg_rules.facts import EntityType, Fact, Type
from socorg_rules.registry.clean import CleanTables
from socorg_rules.registry.tables import read_tables

ORGANIZATIONS = {
    "id": ["a", "b", "c"],
    "name": ["甲", "乙", None],
    "uscc": ["91350100M000100Y43", None, None],
    "status": ["registered", "已备案", None],
    "division": ["310110", "310110001", "31"],
    "established_on": [dt.date(2020, 2, 29), dt.date(9999, 12, 31), None],
    "registered_capital": [Decimal("30000.50"), Decimal(0), None],
    "income_share_state": [Decimal("0.25"), Decimal(1), None],
    "is_rural": [True, False, None],
    "fields": [["养老", "助残"], [], None],
}
STAFF = {
    "row": ["a", "b", "a"],
    "id": ["1", "1", "2"],
    "role": ["管理人员", None, "其他"],
    "years_of_service": [Decimal("1.5"), Decimal(12), None],
    "supervisor_selected_in": [[2020, 2021], None, []],
}
PAYMENTS = {
    "row": ["a", "a"],
    "provision": ["grade_award", "rent_subsidy"],
    "item": ["5A", None],
    "amount": [Decimal("1.05"), Decimal(500)],
    "month": [None, "2023-05"],
}


def registry() -> dict[str, pl.DataFrame]:
    """A small one, in which everything is valid."""
    types = {"fields": pl.List(pl.String), "supervisor_selected_in": pl.List(pl.Int64)}
    return {
        name: pl.DataFrame(table, schema_overrides={c: t for c, t in types.items() if c in table})
        for name, table in (("organization", ORGANIZATIONS), ("staff", STAFF), ("payments", PAYMENTS))
    }


def cleaned(tables: dict[str, Any], columns: Any = None) -> CleanTables:  # noqa: ANN401
    """Clean tables of organizations in Yangpu."""
    return read_tables(tables, [load_pack("yangpu")], columns)


def rows(clean: CleanTables) -> dict[str, list[dict[str, Any]]]:
    """Everything in clean tables as plain rows, in the order of their keys."""
    return {
        name: sorted(collected(frame).to_dicts(), key=lambda r: (r["row"], r.get("item", 0)))
        for name, frame in clean.frames.items()
    }


def told(clean: CleanTables) -> list[tuple[str | None, str, str]]:
    """The problems of clean tables."""
    return sorted(collected(clean.problems).rows(), key=str)


def collected(frame: Any) -> pl.DataFrame:  # noqa: ANN401 - of any library
    """A lazy frame, in Polars."""
    made: pl.DataFrame = frame.collect("polars").to_native()
    return made


def of_one(**facts: object) -> dict[str, Any]:
    """A registry of one organization, as a table of texts or whatever its facts are."""
    return {"organization": pl.DataFrame({"row": ["a"], **{name: [value] for name, value in facts.items()}})}


def paths(found: Iterable[tuple[str | None, str, str]]) -> list[str]:
    """Where problems are."""
    return [path for _, path, _ in found]


def case_of(found: dict[str, list[dict[str, Any]]], root: EntityType, row: str) -> dict[str, Any]:
    """One row of clean tables as the case that tells the same."""
    (own,) = (r for r in found[root.name] if r["row"] == row)
    return {root.name: _told(root, own, found, "", [row])}


def _told(
    kind: EntityType, row: dict[str, Any], found: dict[str, list[dict[str, Any]]], above: str, keys: list[Any]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, fact in kind.facts.items():
        if fact.of is not None:
            table, complete = f"{above}{name}", row.get(f"{name}.complete")
            items = [r for r in found.get(table, ()) if [r["row"], *([r["parent"]] if above else [])] == keys]
            listed = [_told(fact.of, r, found, f"{table}.", [r["row"], r["item"]]) for r in items]
            if complete is not None:
                made[name] = listed if complete else {"items": listed, "complete": False}
        else:
            value = row.get("fact.item" if name == "item" else name)
            if value is not None:
                made[name] = _plain(fact, value)
    return made


def _plain(fact: Fact, value: Any) -> Any:  # noqa: ANN401 - whatever a fact holds
    if fact.type is Type.MONEY:
        return str(Decimal(value) / 100)
    if fact.type is Type.NUMBER and not fact.whole:
        return f"{Decimal(value) / 10**6:f}"
    if isinstance(value, dt.date):
        return "never" if value == NEVER else str(value)
    return value
