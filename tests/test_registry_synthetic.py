"""Fictional registries: the same for the same seed, sound where they are to be, and wrong where that is asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from registries import case_of, cleaned, rows, told

from socorg_rules import CaseError, load_case, load_pack
from socorg_rules.calendar import NEVER
from socorg_rules.cli import main
from socorg_rules.facts import entity_type
from socorg_rules.registry.batches import batches, tables_in
from socorg_rules.registry.synthetic import COUNTS, MISTAKES, USCC_START, synthetic
from socorg_rules.value import uscc_check_character
from socorg_rules.vocabulary import Organization

ORGANIZATION = entity_type(Organization)
N = 400


@pytest.fixture(scope="module")
def sound() -> dict[str, pl.DataFrame]:
    (tables,) = synthetic(N, seed=7)
    return tables


@pytest.fixture(scope="module")
def mistaken() -> dict[str, pl.DataFrame]:
    (tables,) = synthetic(N, seed=7, invalid=0.02)
    return tables


def test_the_same_seed_gives_the_same_registry_and_another_seed_another(sound: dict[str, pl.DataFrame]) -> None:
    (again,) = synthetic(N, seed=7)
    (other,) = synthetic(N, seed=8)
    assert all(sound[name].equals(again[name]) for name in sound)
    assert not any(sound[name].equals(other[name]) for name in sound)


def test_a_registry_begins_like_a_smaller_one(sound: dict[str, pl.DataFrame]) -> None:
    (smaller,) = synthetic(N // 4, seed=7)
    for name, table in smaller.items():
        assert table.equals(sound[name].head(table.height))


def test_several_parts_have_no_key_in_common() -> None:
    parts = [part["organization"]["id"] for part in synthetic(45_000, seed=1)]
    assert [len(p) for p in parts] == [20_000, 20_000, 5_000]
    assert pl.concat(parts).n_unique() == 45_000


def test_an_organization_has_about_five_items() -> None:
    (tables,) = synthetic(20_000, seed=1)
    assert 4.8 < sum(tables[name].height for name in COUNTS) / 20_000 < 5.5


def test_names_and_codes_are_clearly_of_no_one(sound: dict[str, pl.DataFrame]) -> None:
    found = sound["organization"]
    assert all(name.startswith("虚构") for name in found["name"])
    assert all(code.startswith(USCC_START) and code[-1] == uscc_check_character(code) for code in found["uscc"])


def test_every_edge_occurs() -> None:
    (tables,) = synthetic(20_000, seed=1)
    days = set(tables["organization"]["established_on"])
    assert {None, NEVER, dt.date(2020, 2, 29), dt.date(2021, 5, 31), dt.date(2021, 6, 1), dt.date(2021, 6, 2)} <= days
    for name, column in ((n, c) for n, t in tables.items() for c in t.columns if c not in {"id", "name"}):
        assert tables[name][column].n_unique() > 1, (name, column)
    complete = tables["organization"]["staff.complete"]
    assert {True, False, None} == set(complete)


def test_a_sound_registry_is_clean_and_each_of_its_rows_is_a_case(sound: dict[str, pl.DataFrame]) -> None:
    clean = cleaned(sound)
    assert told(clean) == []
    found = rows(clean)
    assert len(found["organization"]) == N
    for row in range(1, N, 5):
        case = load_case(case_of(found, ORGANIZATION, f"F{row:09d}"), ["yangpu"])
        assert case.record.values["name"] == f"虚构社会组织{row:09d}"


# --------------------------------------------------------------------------------------------------- bad rows


def raw(tables: dict[str, pl.DataFrame], row: str) -> dict[str, Any]:
    """A row of a registry as whoever wrote the table would write it as a case."""
    (organization,) = tables["organization"].filter(pl.col("id") == row).to_dicts()
    made = {name: plain(value) for name, value in organization.items() if "." not in name and value is not None}
    for name in COUNTS:
        items = tables[name].filter(pl.col("row") == row).drop("row").to_dicts()
        made[name] = [{n: plain(v) for n, v in item.items() if v is not None} for item in items]
    return {"organization": made}


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a fact holds
    if isinstance(value, dt.date):
        return "never" if value == NEVER else str(value)
    return str(value) if isinstance(value, Decimal) else value


def without_hint(message: str) -> str:
    return re.sub(r"; (did you mean|known:) .*", "", message)


def complaints(case: dict[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        load_case(case, ["yangpu"])
    except CaseError as error:
        for problem in error.problems:
            yield problem.path, without_hint(problem.message)


def test_what_is_wrong_with_a_row_is_what_is_wrong_with_the_case_of_it(mistaken: dict[str, pl.DataFrame]) -> None:
    clean = cleaned(mistaken)
    found = [(row, path, without_hint(message)) for row, path, message in told(clean)]
    of_cells = {(row, path, message) for row, path, message in found if "fields" not in path and "key" not in message}
    ids = mistaken["organization"]["id"].drop_nulls()
    expected = {
        (row, path, message) for row in ids for path, message in complaints(raw(mistaken, row)) if "fields" not in path
    }
    known = set(ids)
    assert {p for p in of_cells if p[0] in known} == expected
    assert len(expected) > 30


def test_every_kind_of_mistake_is_told(mistaken: dict[str, pl.DataFrame]) -> None:
    paths = {re.sub(r"\[\d+\]", "", path) for _, path, _ in told(cleaned(mistaken))}
    for table, column, _ in MISTAKES:
        place = f"organization.{table}".replace("organization.organization", "organization")
        assert (place if column in {"id", "row"} else f"{place}.{column}") in paths


# ---------------------------------------------------------------------------------------------------- batches


def test_batches_together_hold_every_row_once_with_all_that_belongs_to_it(mistaken: dict[str, pl.DataFrame]) -> None:
    dealt = batches(mistaken, [load_pack("yangpu")], size=N // 4)
    assert (dealt.rows, dealt.count) == (N, 4)
    whole = cleaned(mistaken)
    parts = [cleaned(part) for part in dealt.tables]
    assert sorted((p for part in parts for p in told(part)), key=str) == told(whole)
    together: dict[str, list[dict[str, Any]]] = {name: [] for name in rows(whole)}
    for part in parts:
        for name, found in rows(part).items():
            together[name] += found
    for name, found in rows(whole).items():
        assert sorted(together[name], key=lambda r: (r["row"], r.get("item", 0))) == found


def test_a_small_registry_is_one_batch_as_it_is(sound: dict[str, pl.DataFrame]) -> None:
    dealt = batches(sound, [load_pack("yangpu")])
    assert (dealt.rows, dealt.count) == (N, 1)
    assert [list(part) for part in dealt.tables] == [list(sound)]


# ------------------------------------------------------------------------------------------------ command line


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_the_command_writes_the_same_registry_in_every_form(
    form: str, tmp_path: Path, sound: dict[str, pl.DataFrame]
) -> None:
    done = CliRunner().invoke(main, ["make-registry", str(N), "--seed", "7", "-o", str(tmp_path), "--format", form])
    assert done.exit_code == 0
    assert done.stdout.split() == [str(p) for p in map(Path, done.stdout.split()) if p.exists()]
    clean = cleaned(tables_in(tmp_path, {}))
    assert told(clean) == []
    assert rows(clean) == rows(cleaned(sound))


@pytest.mark.parametrize(
    "args",
    [
        ["0", "-o", "x"],
        ["5"],
        ["5", "-o", "x", "--format", "ods"],
        ["x", "-o", "x"],
        ["5", "-o", "x", "--invalid", "nan"],
    ],
)
def test_a_wrong_command_is_told_on_one_line(args: list[str]) -> None:
    done = CliRunner().invoke(main, ["make-registry", *args])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
