"""Tables of registries for the tests: small ones written by hand, and how two clean ones are compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl

from socorg_rules import load_pack
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
