"""A registry of fictional organizations, of any size: plausible, crowded with edges, the same for the same seed.

Nothing in it is real, and nothing can be taken for it: names say so, and the unified social credit codes, sound in
themselves, are of an authority and a place that do not exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from ..facts import ELEMENTS, EntityType, Type, entity_type
from ..value import uscc_check_character
from ..vocabulary import Organization
from .clean import COMPLETE, ROW
from .distributions import SIZE, UNKNOWN, distribution
from .files import Tables
from .headings import known_columns, parent_label

CHUNK = 20_000
"""So many organizations are drawn at a time. A registry begins like a smaller one of the same seed."""

USCC_START = "09999999"
"""An authority and a division that there are not, with which every fictional code begins."""

COUNTS: Mapping[str, Sequence[float]] = {
    "annual_inspections": (0.25, 0.35, 0.25, 0.15),
    "annual_reports": (0.9, 0.06, 0.04),
    "offices": (0.4, 0.5, 0.1),
    "assessments": (0.6, 0.3, 0.1),
    "honours": (0.7, 0.2, 0.1),
    "ventures": (0.85, 0.1, 0.05),
    "contest_awards": (0.92, 0.06, 0.02),
    "hub_projects": (0.97, 0.03),
    "founders": (0.6, 0.25, 0.1, 0.05),
    "staff": (0.5, 0.25, 0.15, 0.07, 0.03),
    "payments": (0.7, 0.18, 0.12),
}
"""How many items a collection has: the share of organizations with none, one, two …; five items in all."""

PAID: Sequence[tuple[str, str | None, bool]] = (
    ("opening_subsidy", None, False),
    ("rent_subsidy", None, True),
    ("grade_award", "assessments", False),
    ("honour_award", "honours", False),
    ("venture_match", "ventures", False),
    ("salary_subsidy", "staff", True),
    ("senior_social_worker_award", "staff", False),
)
"""Provisions of Yangpu under which money was received: the collection whose first item it was for, and whether by the
month."""

MISTAKES: Sequence[tuple[str, str, Any]] = (
    ("organization", "id", None),
    ("organization", "uscc", USCC_START + "0000000000"),
    ("organization", "status", "registerd"),
    ("organization", "division", "31011"),
    ("organization", "established_on", dt.date(1700, 1, 1)),
    ("organization", "fields", ["养老服务", "养老服务"]),
    ("annual_inspections", "result", "良好"),
    ("annual_inspections", "year", 1234),
    ("assessments", ROW, "F-none"),
    ("offices", ROW, None),
    ("payments", "month", "2023-13"),
    ("staff", "role", " "),
)
"""What is written into invalid rows."""

_KIND = entity_type(Organization)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

Ints = npt.NDArray[np.int64]


def synthetic(n: int, seed: int, invalid: float = 0.0) -> Iterator[dict[str, pl.DataFrame]]:
    """The tables of `n` organizations, a part at a time: the root table and one for each collection.

    Columns are the facts of the vocabulary; items have `row` for the organization that they belong to, its `id`.
    Of every kind of mistake in `MISTAKES`, about this share of the rows is `invalid`.
    """
    for number, start in enumerate(range(0, n, CHUNK)):
        tables = _Chunk(np.random.default_rng((seed, number)), start).tables(min(CHUNK, n - start))
        yield _with_mistakes(tables, np.random.default_rng((seed, number, 1)), invalid) if invalid else tables


class _Chunk:
    """A full chunk of organizations, drawn together; of the last one of a registry only the first are used."""

    def __init__(self, rng: np.random.Generator, start: int) -> None:
        self._rng = rng
        self._numbers = np.arange(start + 1, start + CHUNK + 1, dtype=np.int64)
        self._ids = _padded("F", self._numbers, 9)
        self._counts = {name: rng.choice(len(shares), CHUNK, p=shares) for name, shares in COUNTS.items()}

    def tables(self, n: int) -> dict[str, pl.DataFrame]:
        """The tables of the first `n`."""
        made = {_KIND.name: self._organizations().head(n)}
        for name, counts in self._counts.items():
            table = self._payments() if name == "payments" else self._items(name)
            made[name] = table.head(int(counts[:n].sum()))
        return made

    def _organizations(self) -> pl.DataFrame:
        columns = {
            "id": self._ids,
            "name": _padded("虚构社会组织", self._numbers, 9),
            "uscc": _codes(self._numbers),
            **self._facts(_KIND, CHUNK),
        }
        for name, counts in self._counts.items():
            told = self._drawn([True] * 92 + [False] * 5 + [None] * 3, CHUNK)
            # Nothing may be known of a list only where it lists nothing.
            columns[name + COMPLETE] = told.fill_null(False).zip_with(pl.Series(counts > 0), told)
        return pl.DataFrame(columns)

    def _items(self, name: str) -> pl.DataFrame:
        kind = _KIND.facts[name].of
        assert kind is not None  # noqa: S101 - `COUNTS` names collections
        of, place = self._places(name)
        frame = pl.DataFrame({ROW: self._ids.gather(of), "id": _id(name, place + 1), **self._facts(kind, len(of))})
        steps = pl.Series("place", place)
        if "name" in kind.facts:
            frame = frame.with_columns(name=f"虚构{kind.label}" + (steps + 1).cast(pl.String))
        if "year" in kind.facts:
            first = pl.Series(2016 + self._rng.integers(0, 6, CHUNK))
            frame = frame.with_columns(year=first.gather(of) + 2 * steps)
        if kind.dating_fact is not None:
            # No two items of a list have one day: each is later than the one before.
            first = self._drawn(distribution(kind, kind.dating_fact), CHUNK).gather(of)
            shifted = pl.lit(first) + pl.duration(days=pl.lit(400 * steps))
            later = pl.when(first < dt.date(2900, 1, 1)).then(shifted).otherwise(first)
            known = pl.Series(self._rng.random(len(of)) > UNKNOWN)
            frame = frame.with_columns(pl.when(known).then(later).alias(kind.dating_fact.name))
        return frame

    def _payments(self) -> pl.DataFrame:
        of, place = self._places("payments")
        which = self._rng.integers(0, len(PAID), len(of))
        for i, (_, collection, _) in enumerate(PAID):
            if collection is not None:  # nothing was paid for what is not there
                which = np.where((which == i) & (self._counts[collection][of] == 0), 0, which)
        kind = _KIND.facts["payments"].of
        assert kind is not None  # noqa: S101 - the vocabulary says so
        columns = self._facts(kind, len(of))
        monthly = pl.Series([by_month for _, _, by_month in PAID]).gather(which)
        return pl.DataFrame(
            {
                ROW: self._ids.gather(of),
                "id": _id("payments", place + 1),
                **columns,
                "provision": pl.Series([provision for provision, _, _ in PAID]).gather(which),
                "item": pl.Series([c and _id(c, np.array([1]))[0] for _, c, _ in PAID]).gather(which),
                "month": columns["month"].zip_with(monthly, pl.Series([None], dtype=pl.String)),
            }
        )

    def _places(self, name: str) -> tuple[Ints, Ints]:
        """Of each item, which organization it belongs to, and its place in the list."""
        counts = self._counts[name]
        of = np.repeat(np.arange(CHUNK), counts)
        return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)

    def _facts(self, kind: EntityType, n: int) -> dict[str, pl.Series]:
        return {
            name: _table(kind, name).gather(self._rng.integers(0, SIZE, n, dtype=np.uint16))
            for name, fact in kind.facts.items()
            if fact.of is None and not fact.identifies
        }

    def _drawn(self, among: Sequence[Any], n: int) -> pl.Series:
        return pl.Series(among).gather(self._rng.integers(0, len(among), n, dtype=np.uint16))


@cache
def _table(kind: EntityType, name: str) -> pl.Series:
    """The distribution of a fact, in the type that its column has in a file."""
    fact = kind.facts[name]
    made = distribution(kind, fact)
    if fact.type is Type.MONEY:
        yuan = [None if fen is None else f"{fen // 100}.{fen % 100:02d}" for fen in made]
        return pl.Series(yuan, dtype=pl.String).cast(pl.Decimal(18, 2))
    if fact.type is Type.NUMBER and not fact.whole:
        return pl.Series(made, dtype=pl.String).cast(pl.Decimal(18, 6))
    if fact.type in ELEMENTS:
        return pl.Series(made, dtype=pl.List(pl.Int64 if fact.type is Type.NUMBERS else pl.String))
    return pl.Series(made)


def _padded(start: str, numbers: Ints, width: int) -> pl.Series:
    return start + pl.Series(numbers).cast(pl.String).str.zfill(width)


def _id(collection: str, places: Ints) -> pl.Series:
    """The id of an item: the first letter of its collection and its place, from 1."""
    return _padded(collection[0].upper(), places, 2)


def _codes(numbers: Ints) -> pl.Series:
    """Unified social credit codes that are no one's, with the check character that the standard asks for."""
    start = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(USCC_START))
    digits = [(numbers // 10 ** (8 - i)) % 10 * pow(3, i + len(USCC_START), 31) for i in range(9)]
    check = -(start + np.sum(digits, axis=0)) % 31
    code = _padded(USCC_START, numbers, 9)
    assert uscc_check_character(code[0]) == _ALPHABET[check[0]]  # noqa: S101 - one in each chunk is held against it
    return code + pl.Series(list(_ALPHABET)).gather(check)


def _with_mistakes(tables: dict[str, pl.DataFrame], rng: np.random.Generator, share: float) -> dict[str, pl.DataFrame]:
    made = dict(tables)
    for table, column, wrong in MISTAKES:
        frame = made[table]
        here = pl.Series(rng.random(frame.height) < share)
        value = pl.lit(pl.Series([wrong], dtype=frame.schema[column])).first()
        made[table] = frame.with_columns(pl.when(here).then(value).otherwise(pl.col(column)).alias(column))
    return made


def make_registry(n: int, seed: int, folder: Path, form: str = "parquet", invalid: float = 0.0) -> list[Path]:
    """Write a registry of fictional organizations into a folder; the files that were made.

    Parquet holds every table under the names of facts. CSV and a workbook (one, with a sheet for each table) have
    Chinese headings, as an official would write them.

    Raises:
        CaseError: it cannot be written so.
    """
    with Tables(folder, form, _labels()) as files:
        for tables in synthetic(n, seed, invalid):
            for name, table in tables.items():
                files.write(name, table)
    return files.paths


def _labels() -> dict[str, dict[str, str]]:
    made = {_KIND.name: {name: fact.label for name, fact in known_columns(_KIND, ()).items()}}
    for name in COUNTS:
        kind = _KIND.facts[name].of
        assert kind is not None  # noqa: S101 - `COUNTS` names collections
        labels = {fact_name: fact.label for fact_name, fact in kind.facts.items()}
        made[name] = {ROW: parent_label(_KIND), **labels}
    return made
