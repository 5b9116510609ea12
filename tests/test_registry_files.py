"""Files that hold the tables of a registry: which are found, and what is said of those that are none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from registries import cleaned, rows

from socorg_rules import CaseError, load_pack
from socorg_rules.registry.batches import tables_in
from socorg_rules.registry.files import Tables
from socorg_rules.registry.run import Output, decide_files
from socorg_rules.registry.synthetic import make_registry


def test_tables_are_found_in_a_folder_a_workbook_or_a_file_of_their_own(tmp_path: Path) -> None:
    make_registry(3, 5, folder := tmp_path / "registry")
    assert {"organization", "staff", "payments"} <= set(tables_in(folder, {}))
    with Tables(tmp_path, "xlsx") as files:
        for name in ("社会组织", "从业人员"):
            files.write(name, pl.DataFrame({"row": ["a"]}))
    book = tmp_path / "registry.xlsx"
    assert tables_in(book, {}) == {"organization": book, "staff": book}
    assert set(cleaned(tables_in(book, {})).frames) == {"organization", "staff"}
    with pytest.raises(
        CaseError, match="no sheet is called `honours` or `honour` or `荣誉`; known: `从业人员`, `社会组织`"
    ):
        cleaned(tables_in(book, {"honours": book}))
    assert tables_in(Path("名册.csv"), {"staff": Path("s.csv")}) == {
        "organization": Path("名册.csv"),
        "staff": Path("s.csv"),
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_heading_that_stands_twice_is_told_as_it_is_written(form: str, tmp_path: Path) -> None:
    rows = [["编号", "名称", "名称", "", ""], ["甲", "a", "b", "", ""]]
    file = tmp_path / f"名册.{form}"
    if form == "csv":
        file.write_text("\n".join(map(",".join, rows)), encoding="utf-8-sig")
    else:
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [cell or " " for cell in row])
    with pytest.raises(CaseError) as caught:
        cleaned(tables_in(file, {}))
    assert [str(p) for p in caught.value.problems] == [
        f"{file}: 2 columns are headed `名称`; keep one, or give each its own heading",
        f"{file}: 2 columns have no heading; give each its own, or remove them",
    ]


@pytest.mark.parametrize(
    ("rows", "told_"),
    [
        ("编号,登记状态\n甲,已登记\n".encode("gbk"), "is no UTF-8 text"),
        ("编号,登记状态\n".encode() + "乙,已登记\n".encode("gbk"), "is no UTF-8 text"),
        ("编号,登记状态\n甲,已登记,多\n".encode(), "a row has more cells than there are headings"),
    ],
    ids=["gb18030", "gb18030 in its midst", "ragged"],
)
@pytest.mark.parametrize("size", [1, 10])
def test_a_file_that_is_broken_in_its_midst_is_told_by_name(rows: bytes, told_: str, size: int, tmp_path: Path) -> None:
    (file := tmp_path / "名册.csv").write_bytes(rows)
    with pytest.raises(CaseError, match=told_) as caught:
        decide_files(
            tables_in(file, {}), load_pack("daoli"), dt.date(2023, 6, 1), Output(tmp_path / "o.csv"), size=size
        )
    assert [p.path for p in caught.value.problems] == [str(file)]


def test_what_is_hidden_and_the_lock_of_an_open_workbook_are_no_tables(tmp_path: Path) -> None:
    one = pl.DataFrame({"row": ["a"]})
    for folder in (tmp_path / "organization", tmp_path / ".ipynb_checkpoints"):
        (folder / ".ipynb_checkpoints").mkdir(parents=True)
        one.write_parquet(folder / "p0.parquet")
        one.write_parquet(folder / ".ipynb_checkpoints" / "p0.parquet")
    (tmp_path / "~$社会组织.xlsx").write_bytes(b"locked")
    (tmp_path / ".staff.csv").write_text("row\na\n")
    assert [row["row"] for row in rows(cleaned(tables_in(tmp_path, {})))["organization"]] == ["a"]


@pytest.mark.parametrize("size", [1, 10])
def test_rows_without_a_key_are_found_by_their_number_however_the_file_is_dealt_out(size: int, tmp_path: Path) -> None:
    (file := tmp_path / "o.csv").write_text("编号,名称\n甲,a\n,\n乙,b\n,c\n , \n", encoding="utf-8")
    out = Output(tmp_path / "x.csv")
    summary = decide_files({"organization": file}, load_pack("daoli"), dt.date(2023, 6, 1), out, size=size)
    assert (summary.rows, summary.problems) == (2, 1)
    (problem,) = pl.read_csv(tmp_path / "x-problems.csv").rows()
    assert problem == (None, "organization", "表头下第 4 行没有编号；请写在 `编号` 列")


def test_two_sheets_for_one_table_are_both_named(tmp_path: Path) -> None:
    with Tables(tmp_path, "xlsx") as files:
        for name in ("社会组织", "从业人员", "staff"):
            files.write(name, pl.DataFrame({"row": ["a"]}))
    book = tmp_path / "registry.xlsx"
    with pytest.raises(CaseError) as caught:
        tables_in(book, {})
    told_ = f"`staff` is the table `staff`, and so is `从业人员` in `{book}`; keep one"
    assert [(p.path, p.message) for p in caught.value.problems] == [(str(book), told_)]


def test_a_workbook_of_decisions_has_no_items_which_is_said(tmp_path: Path) -> None:
    (file := tmp_path / "o.csv").write_text("编号\n甲\n", encoding="utf-8")
    out = Output(tmp_path / "x.xlsx", with_items=True)
    with pytest.raises(CaseError, match="items: a workbook has no table of items; write Parquet or CSV"):
        decide_files({"organization": file}, load_pack("daoli"), dt.date(2023, 6, 1), out)
    assert not out.path.exists()


def test_a_text_by_the_name_of_a_workbook_is_told_by_name(tmp_path: Path) -> None:
    (file := tmp_path / "社会组织.xlsx").write_text("编号\n甲\n")
    for read in (file, tmp_path):
        with pytest.raises(CaseError) as caught:
            tables_in(read, {})
        (problem,) = caught.value.problems
        assert (problem.path, problem.message.partition(":")[0]) == (str(file), "is no Excel workbook that can be read")


@pytest.mark.parametrize(
    ("second", "told_"),
    [
        ({"row": ["b"]}, "has no column `name`, which `p0.parquet` has; give all parts the same columns"),
        ({"row": ["b"], "name": ["乙"], "id": ["b"]}, "has a column `id`, which `p0.parquet` has not; give all parts"),
        ({"row": [1], "name": ["乙"]}, "holds `row` as Int64, `p0.parquet` as String; give all parts the same columns"),
        (None, "cannot be read: parquet"),
    ],
    ids=["a column less", "a column more", "another type", "cut short"],
)
@pytest.mark.parametrize("size", [1, 10])
def test_the_part_of_a_folder_that_does_not_fit_the_others_is_told_by_name(
    second: dict[str, list[object]] | None, told_: str, size: int, tmp_path: Path
) -> None:
    (folder := tmp_path / "organization").mkdir()
    first = pl.DataFrame({"row": ["a"], "name": ["甲"]})
    for number, part in enumerate((first, first if second is None else pl.DataFrame(second))):
        part.write_parquet(folder / f"p{number}.parquet")
    last = folder / "p1.parquet"
    if second is None:
        last.write_bytes(last.read_bytes()[:-40])
    with pytest.raises(CaseError) as caught:
        decide_files(
            tables_in(tmp_path, {}), load_pack("daoli"), dt.date(2023, 6, 1), Output(tmp_path / "o.csv"), size=size
        )
    assert [(p.path, p.message.startswith(told_)) for p in caught.value.problems] == [(str(last), True)]
