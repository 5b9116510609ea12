"""Reading the tables of a registry: every kind of frame and file gives the same, and nothing is dropped silently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from registries import cleaned, of_one, registry, rows, told

from socorg_rules import CaseError, load_pack
from socorg_rules.facts import own_facts, yes_no
from socorg_rules.registry.files import Tables
from socorg_rules.registry.headings import known_columns
from socorg_rules.registry.tables import read_tables
from socorg_rules.vocabulary import Jurisdiction, Organization

Registry = dict[str, pl.DataFrame]


def in_duckdb(tables: Registry) -> dict[str, Any]:
    connection = duckdb.connect()
    for name, table in tables.items():
        connection.register(f"given_{name}", table.to_arrow())
    return {name: connection.sql(f"from given_{name}") for name in tables}


KINDS: dict[str, Callable[[Registry], dict[str, Any]]] = {
    "polars": lambda tables: tables,
    "lazy polars": lambda tables: {name: table.lazy() for name, table in tables.items()},
    "pandas": lambda tables: {
        name: table.to_pandas(use_pyarrow_extension_array=True) for name, table in tables.items()
    },
    "pyarrow": lambda tables: {name: table.to_arrow() for name, table in tables.items()},
    "duckdb": in_duckdb,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_frame_gives_the_same_clean_tables(kind: str) -> None:
    clean = cleaned(KINDS[kind](registry()))
    assert told(clean) == []
    assert rows(clean) == rows(cleaned(registry()))


def test_clean_tables_hold_values_in_the_types_that_the_engine_reads() -> None:
    clean = rows(cleaned(registry()))
    first, second, third = clean["organization"]
    assert first["row"] == first["id"] == "a"
    assert (first["status"], second["status"], third["status"]) == ("registered", "filed", None)
    assert (first["registered_capital"], first["income_share_state"]) == (3_000_050, 250_000)
    assert (first["established_on"], second["established_on"]) == (dt.date(2020, 2, 29), dt.date.max)
    assert (first["fields"], second["fields"], third["fields"]) == (["养老", "助残"], [], None)
    assert (first["staff.complete"], first["payments.complete"]) == (True, True)
    assert [(s["row"], s["item"], s["years_of_service"]) for s in clean["staff"]] == [
        ("a", 0, 1_500_000), ("a", 1, None), ("b", 0, 12_000_000),
    ]  # fmt: skip
    assert [(p["fact.item"], p["amount"]) for p in clean["payments"]] == [("5A", 105), (None, 50_000)]


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_every_kind_of_file_gives_the_same_clean_tables(form: str, tmp_path: Path) -> None:
    with Tables(tmp_path, form) as files:
        for name, table in registry().items():
            files.write(name, table)
    book = tmp_path / "registry.xlsx"
    paths = {name: book if form == "xlsx" else tmp_path / f"{name}.{form}" for name in registry()}
    clean = cleaned(paths)
    assert told(clean) == []
    assert rows(clean) == rows(cleaned(registry()))


def test_a_folder_of_partitioned_parquet_is_one_table(tmp_path: Path) -> None:
    organizations = registry()["organization"]
    for division, part in organizations.group_by("division"):
        (tmp_path / f"division={division[0]}").mkdir()
        part.drop("division").write_parquet(tmp_path / f"division={division[0]}" / "part.parquet")
    found = rows(cleaned({"organization": tmp_path}, {}))["organization"]
    assert [r["division"] for r in found] == ["310110", "310110001", "31"]


def test_a_column_of_mixed_cells_of_pandas_is_read_as_text() -> None:
    cells = {
        "编号": [1, "002", 3.0],
        "注册资金": [100000, "10万", None],
        "成立日期": [pd.Timestamp(2022, 3, 1), "2022年3月10日", pd.NaT],
        "登记状态": ["已登记", float("nan"), pd.Timestamp(2022, 3, 1, 9, 30)],
        "是否农村": [True, "否", None],
    }
    labels = {
        "是否农村": "is_rural",
        "登记状态": "status",
        "注册资金": "registered_capital",
        "成立日期": "established_on",
    }
    clean = cleaned({"organization": pd.DataFrame(cells)}, {"organization": labels})
    assert [(row, path) for row, path, _ in told(clean)] == [
        ("002", "organization.registered_capital"),
        ("3", "organization.status"),
    ]
    (first,) = rows(clean)["organization"]
    assert (first["registered_capital"], first["established_on"]) == (10_000_000, dt.date(2022, 3, 1))
    assert (first["status"], first["is_rural"]) == ("registered", True)


def test_what_no_cell_can_hold_and_a_heading_that_stands_twice_are_told_of_frames_too() -> None:
    with pytest.raises(
        CaseError, match=r"organization\.名称: holds `list`, `str` beside each other; make it a column of"
    ):
        cleaned({"organization": pd.DataFrame({"编号": ["a", "b"], "名称": [["x"], "y"]})})
    twice = pd.DataFrame([["a", "b", "c"]], columns=["编号", "名称", "名称"])
    for frame in (twice, pa.Table.from_arrays([pa.array(["a"])] * 3, names=["编号", "名称", "名称"])):
        with pytest.raises(
            CaseError, match="organization: 2 columns are headed `名称`; keep one, or give each its own"
        ):
            cleaned({"organization": frame})


# ------------------------------------------------------------------------------------------------------ headings


def test_chinese_headings_are_recognized_by_the_labels_of_facts() -> None:
    known = known_columns(Organization.__entity_type__, ())
    tables = registry()
    tables["organization"] = tables["organization"].rename(lambda c: known[c].label)
    tables["staff"] = tables["staff"].rename({"row": "所属社会组织", "role": "岗位"})
    assert rows(cleaned(tables)) == rows(cleaned(registry()))


def test_a_heading_means_what_the_caller_says_and_other_columns_are_left_out_where_that_is_said() -> None:
    tables = {"organization": pl.DataFrame({"no": [7], "since": ["2020-01-01"], "phone": ["1"]})}
    said = {"organization": {"no": "row", "since": "established_on", "phone": None}}
    assert rows(cleaned(tables, said))["organization"] == [{"row": "7", "established_on": dt.date(2020, 1, 1)}]


def test_items_may_name_their_organization_by_the_heading_of_its_own_key() -> None:
    tables = {"organization": pl.DataFrame({"no": ["x"]}), "offices": pl.DataFrame({"no": ["x"], "is_leased": [True]})}
    found = rows(cleaned(tables, {"organization": {"no": "row"}}))
    assert found["offices"] == [{"row": "x", "item": 0, "is_leased": True}]


@pytest.mark.parametrize(
    ("tables", "columns", "problems"),
    [
        ({}, None, ["tables: no table of a root entity; give one of"]),
        (
            {"organization": {"row": ["a"], "statsu": ["x"]}, "staf": {"row": ["a"]}},
            None,
            [
                "tables.staf: no such collection; did you mean `staff`?",
                "organization.statsu: no such fact; did you mean `status`",
            ],
        ),
        (
            {"organization": {"row": ["a"], "status": ["x"], "登记状态": ["x"]}},
            None,
            ["organization.登记状态: is `status`, and so is `status`; keep one"],
        ),
        (
            {"organization": {"status": ["x"]}},
            None,
            ["organization: no column is the key of its rows; name one `row` or"],
        ),
        (
            {"organization": {"row": ["a"]}, "staff": {"role": ["其他"]}},
            None,
            ["organization.staff: no column says what its rows belong to; name one `row` or `organization`"],
        ),
        (
            {"organization": {"row": ["a"], "division": [310110]}},
            None,
            ["organization.division: expected a division code of 2, 4, 6, 9 or 12 digits, the column holds Int64"],
        ),
        ({"organization": {"row": [1.5]}}, None, ["organization.row: expected text or whole numbers as a key"]),
        (
            {"organization": {"row": ["a"]}},
            {"organization": {"no": "row"}, "staf": {}},
            ["columns.staf: no such table", "organization.no: no such column"],
        ),
        (
            {"organization": {"row": ["a"], "x": ["x"]}},
            {"organization": {"x": "statuss"}},
            ["organization.x: `statuss` is no fact of this table; did you mean `status`"],
        ),
        (
            {"organization": {"row": ["a"], "staff.complete": [True]}},
            None,
            ["organization.staff.complete: no table `staff` is given; give one, without rows where nothing is listed"],
        ),
        *(
            (
                {"organization": {"row": ["a"], name: ["x"]}},
                {"organization": {name: "name"}},
                [f"organization.{name}: a column cannot be headed so; rename it"],
            )
            for name in ("order of the table", "key of the row", "all fits")
        ),
        ({"organization": 3}, None, ["organization: expected a frame or the path of a file, got number `3`"]),
        ({"organization": "none.parquet"}, None, ["none.parquet: there is no such file"]),
        ({"organization": __file__}, None, [f"{__file__}: the name of a table ends in one of .parquet, .csv, .xlsx"]),
    ],
)
def test_what_is_wrong_with_a_whole_table_is_told_at_once(
    tables: dict[str, Any], columns: dict[str, dict[str, str | None]] | None, problems: list[str]
) -> None:
    frames = {name: pl.DataFrame(table) if isinstance(table, dict) else table for name, table in tables.items()}
    with pytest.raises(CaseError) as error:
        cleaned(frames, columns)
    assert len(error.value.problems) == len(problems)
    for found, expected in zip(error.value.problems, problems, strict=True):
        assert str(found).startswith(expected)


def test_frames_of_two_engines_are_refused() -> None:
    tables = {**registry(), "staff": in_duckdb(registry())["staff"]}
    with pytest.raises(CaseError, match=r"organization.staff: the tables are frames of `polars` and `duckdb`"):
        cleaned(tables)


def test_a_file_that_is_none_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_text("none")
    with pytest.raises(CaseError, match=r"x\.parquet: cannot be read: "):
        cleaned({"organization": tmp_path / "x.parquet"})


def test_facts_of_a_pack_of_its_own_have_columns_too() -> None:
    own = own_facts("riverside", Organization, keeps_ferry=yes_no("经营渡船"))
    assert known_columns(Organization.__entity_type__, [own])["riverside.keeps_ferry"].label == "经营渡船"


# ------------------------------------------------------------------------------------------------------- keys


def test_doubled_keys_lost_items_and_rows_without_a_key_are_told() -> None:
    tables = {
        "organization": pl.DataFrame({"row": ["a", "b", "b", None, " "], "name": ["甲", "乙", "丙", "丁", "戊"]}),
        "offices": pl.DataFrame({"row": ["a", "b", "z", None], "is_leased": [True] * 4}),
    }
    clean = cleaned(tables)
    assert told(clean) == [
        ("b", "organization", "`b` is the key of more than one row; keep one"),
        ("z", "organization.offices[0]", "no row of `organization` has the key `z`"),
        (None, "organization", "the row has no key; write it in `row`, in row 4 below the headings"),
        (None, "organization", "the row has no key; write it in `row`, in row 5 below the headings"),
        (None, "organization.offices", "the row has no key; write it in `row`, in row 4 below the headings"),
    ]
    assert [r["row"] for name in tables for r in rows(clean)[name]] == ["a", "a"]


@pytest.mark.parametrize("kind", KINDS)
def test_blank_rows_are_passed_over_and_a_row_without_a_key_is_found_by_its_number(kind: str) -> None:
    tables = {
        "organization": pl.DataFrame(
            {"row": ["a", None, " "], "name": ["甲", None, None], "is_rural": [True, None, None]}
        ),
        "offices": pl.DataFrame({"row": [None, "a", None], "is_leased": [None, True, False]}),
    }
    told_ = "the row has no key; write it in `row`, in row 3 below the headings"
    assert told(cleaned(KINDS[kind](tables))) == [(None, "organization.offices", told_)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_which_no_row_belongs_to_anything_is_no_table_of_empty_lists(kind: str) -> None:
    tables = {
        "organization": pl.DataFrame({"row": ["001", "002"]}),
        "assessments": pl.DataFrame({"row": [1, 2], "grade": ["4A", "3A"]}),
        "honours": pl.DataFrame({"row": ["甲", "乙", "丙", "丁"]}),
        "offices": pl.DataFrame({"row": [None], "is_leased": [True]}, schema_overrides={"row": pl.String}),
        "staff": pl.DataFrame({"row": []}, schema={"row": pl.String}),
    }
    with pytest.raises(CaseError) as caught:
        cleaned(KINDS[kind](tables))
    there = "the keys there are `001`, `002`"
    zeros = "leading zeros are missing in one of the two, as a spreadsheet drops them from numbers: keep both as text"
    assert sorted(str(p) for p in caught.value.problems) == [
        f"organization.assessments: no row belongs to a row of `organization`: `row` holds `1`, `2`, {there}; {zeros}",
        f"organization.honours: no row belongs to a row of `organization`: `row` holds `甲`, `乙`, `丙` …, {there}",
        "organization.offices: no row says what it belongs to; write that in `row`",
    ]


def test_items_of_items_of_which_none_belongs_to_anything_are_told() -> None:
    tables = {
        "jurisdiction": pl.DataFrame({"row": ["j"]}),
        "organizations": pl.DataFrame({"row": ["j", "j"], "id": ["01", "02"]}),
        "organizations.assessments": pl.DataFrame({"row": ["j"], "parent": [1], "grade": ["5A"]}),
    }
    told_ = (
        "no row belongs to a row of `organizations`: `parent` holds `1`, the keys there are `01`, `02`; leading zeros"
    )
    with pytest.raises(CaseError, match=told_):
        read_tables(tables, [load_pack("xinjin")])


def test_an_id_that_two_items_of_a_list_have_is_told() -> None:
    tables = {
        "organization": pl.DataFrame({"row": ["a", "b"]}),
        "honours": pl.DataFrame({"row": ["a", "b", "a"], "id": [1, 1, 1]}),
    }
    clean = cleaned(tables)
    assert told(clean) == [("a", "organization.honours[1].id", "`1` is already the id of organization.honours[0]")]
    assert [r["row"] for r in rows(clean)["organization"]] == ["b"]


def test_an_organization_of_which_anything_is_wrong_is_left_out_with_all_that_belongs_to_it() -> None:
    tables = registry()
    tables["payments"] = pl.DataFrame({"row": ["a"], "month": ["2023-13"]})
    clean = cleaned(tables)
    assert told(clean) == [
        ("a", "organization.payments[0].month", "expected a month, got text `2023-13`; write YYYY-MM")
    ]
    assert [[r["row"] for r in found] for found in rows(clean).values()] == [["b", "c"], ["b"], []]


# ------------------------------------------------------------------------------------------------- completeness


def test_a_table_is_complete_unless_the_table_above_says_otherwise() -> None:
    tables = {
        "organization": pl.DataFrame({"row": list("abcde"), "staff.complete": [True, False, None, None, True]}),
        "staff": pl.DataFrame({"row": ["a", "b", "c"], "name": ["甲", "乙", "丙"]}),
    }
    found = rows(cleaned(tables))["organization"]
    # Of `c` somebody is listed without it being said that these are all.
    assert [r["staff.complete"] for r in found] == [True, False, False, None, True]


@pytest.mark.parametrize("table", [pl.DataFrame({"row": []}), pd.DataFrame({"row": []}), pa.table({"row": []})])
def test_a_table_without_rows_says_that_there_are_none_whatever_its_columns(table: Any) -> None:  # noqa: ANN401
    clean = cleaned({"organization": pl.DataFrame({"row": ["a"]}), "payments": table})
    assert rows(clean) == {"organization": [{"row": "a", "payments.complete": True}], "payments": []}


def test_items_of_items_say_which_item_they_belong_to() -> None:
    tables = {
        "jurisdiction": pl.DataFrame({"row": ["j", "k"]}),
        "organizations": pl.DataFrame(
            {"row": ["j", "j", "k"], "id": ["x", "y", "x"], "assessments.complete": [None, True, None]}
        ),
        "organizations.assessments": pl.DataFrame(
            {"row": ["j", "j", "k"], "organizations": ["y", "x", "none"], "grade": ["3A", "5A", "4A"]}
        ),
    }  # fmt: skip
    clean = read_tables(tables, [load_pack("xinjin")])
    assert clean.root is Jurisdiction.__entity_type__
    lost = "no item of `organizations` has the id `none`"
    assert told(clean) == [("k", "jurisdiction.organizations.assessments", lost)]
    found = rows(clean)
    keys = sorted((r["row"], r["parent"], r["item"], r["grade"]) for r in found["organizations.assessments"])
    assert keys == [("j", 0, 1, "5A"), ("j", 1, 0, "3A")]
    assert [r["assessments.complete"] for r in found["organizations"]] == [False, True]


def test_a_problem_of_an_item_of_an_item_names_both_places() -> None:
    tables = {
        "jurisdiction": pl.DataFrame({"row": ["j"]}),
        "organizations": pl.DataFrame({"row": ["j", "j"], "id": ["x", "y"]}),
        "organizations.assessments": pl.DataFrame(
            {"row": ["j"] * 3, "parent": ["x", "y", "y"], "id": [1, 1, 1], "grade": ["6A", "5A", "7A"]}
        ),
    }
    assert [
        (path, message.partition(";")[0]) for _, path, message in told(read_tables(tables, [load_pack("xinjin")]))
    ] == [
        ("jurisdiction.organizations[0].assessments[0].grade", "`6A` is no value of this fact"),
        ("jurisdiction.organizations[1].assessments[1].grade", "`7A` is no value of this fact"),
        (
            "jurisdiction.organizations[1].assessments[1].id",
            "`1` is already the id of jurisdiction.organizations[1].assessments[0]",
        ),
    ]


def test_a_fact_without_a_column_and_a_column_without_values_are_unknown() -> None:
    (found,) = rows(cleaned(of_one(status=None, established_on=None)))["organization"]
    assert found == {"row": "a", "status": None, "established_on": None}
