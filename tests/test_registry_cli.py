"""The command line on whole registries, from files to a workbook that is opened again."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from click.testing import CliRunner, Result
from registries import cleaned, told
from toyland import PACK, guild

from socorg_rules import CaseError, assess, assess_registry, load_pack
from socorg_rules.cli import main
from socorg_rules.decision import Outcome
from socorg_rules.facts import entity_type
from socorg_rules.provision import Grant, Support
from socorg_rules.registry.batches import tables_in
from socorg_rules.registry.files import MOST_ROWS
from socorg_rules.registry.run import Output, decide_files
from socorg_rules.registry.summary import Summary, label_of
from socorg_rules.registry.synthetic import make_registry
from socorg_rules.registry.workbook import HEAD, write_workbook
from socorg_rules.vocabulary import Organization

AS_OF = "2023-06-01"
N = 300
GRANT = "grade_award"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with a few bad rows."""
    made = tmp_path_factory.mktemp("registry")
    make_registry(N, 5, made, invalid=0.003)
    return made


@pytest.fixture(scope="module")
def decided(folder: Path) -> pl.DataFrame:
    """What is decided of it."""
    tables = {name: pl.read_parquet(path) for name, path in tables_in(folder, {}).items()}  # type: ignore[arg-type]
    found: pl.DataFrame = assess_registry(tables, "yangpu", AS_OF).decisions
    return found.sort("row")


@pytest.fixture(scope="module")
def decided_small(folder: Path) -> pl.DataFrame:
    """What a smaller pack decides of it."""
    tables = {name: pl.read_parquet(path) for name, path in tables_in(folder, {}).items()}  # type: ignore[arg-type]
    found: pl.DataFrame = assess_registry(tables, "longyang", AS_OF).decisions
    return found.sort("row")


def run(*args: object) -> Result:
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, ["registry", *map(str, args)])


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_decisions_and_problems_are_written_side_by_side(
    form: str, folder: Path, tmp_path: Path, decided_small: pl.DataFrame
) -> None:
    out = tmp_path / f"found.{form}"
    done = run(folder, "--pack", "longyang", "--as-of", AS_OF, "-o", out)
    assert done.exit_code == 0, done.stderr
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv}[form]
    found = read(out).sort("row")
    outcomes = [name for name in decided_small.columns if name.endswith(".outcome")]
    assert found.columns == decided_small.columns
    assert found.select("row", *outcomes).equals(decided_small.select("row", *outcomes))
    problems = read(tmp_path / f"found-problems.{form}")
    expected = told(cleaned(tables_in(folder, {})))
    assert sorted(problems["path"]) == sorted(path for _, path, _ in expected)


def test_the_summary_says_how_many_meet_what_and_what_is_missing(
    folder: Path, tmp_path: Path, decided: pl.DataFrame
) -> None:
    out = tmp_path / "x.parquet"
    done = run(folder, "--pack", "yangpu", "--as-of", AS_OF, "-o", out, "--lang", "en", "--items")
    assert set(pl.read_parquet(tmp_path / "x-items.parquet")["provision"]) > {"honour_award", "venture_match"}
    lines = done.stdout.splitlines()
    problems = told(cleaned(tables_in(folder, {})))
    lost = sum(row is None and path == "organization.offices" for row, path, _ in problems)
    assert lost > 0
    assert lines[:3] == [
        "yangpu, as of 2023-06-01",
        f"{len(decided)} rows decided; {len(problems) - lost} problems with others",
        f"{lost} more rows belong to no one in the registry (key missing or unknown): see the problems",
    ]
    met = decided.filter(pl.col(f"{GRANT}.outcome") == "met")
    (line,) = (told_ for told_ in lines if told_.startswith("  grade award"))
    assert f"met {len(met)}  " in line
    assert f"{met[f'{GRANT}.payable_max'].sum():,}" in line
    missing = decided.select(pl.col("^.*\\.missing$")).to_dict(as_series=False)
    counted = [path for lists in missing.values() for paths in lists for path in paths or ()]
    most = max(set(counted), key=counted.count)
    assert lines[lines.index("Facts missing most:") + 1] == f"  {most}: {counted.count(most)}"


def test_the_workbook_holds_a_sheet_for_each_provision_with_sums_as_formulas(
    folder: Path, tmp_path: Path, decided: pl.DataFrame
) -> None:
    out = tmp_path / "名册.xlsx"
    assert run(folder, "--pack", "yangpu", "--as-of", AS_OF, "-o", out).exit_code == 0
    book, pack = fastexcel.read_excel(out), load_pack("yangpu")
    plans = pack.about(entity_type(Organization))
    assert book.sheet_names == ["汇总", *(p.provision.title for p in plans), "问题"]
    listed = decided.filter(pl.col(f"{GRANT}.outcome") != "not_met")
    sheet = book.load_sheet("等级评估奖励", header_row=HEAD - 1).to_polars()
    sums, why = ["可领下限（元）", "可领上限（元）"], ["缺少的事实", "文本或理解未定之处"]
    assert sheet.columns == ["编号", "名称", "结论", *sums, *why]
    assert sorted(sheet["编号"]) == sorted(listed["row"])
    met = sheet.filter(pl.col("结论") == "符合")
    total = book.load_sheet("等级评估奖励", header_row=None).to_polars()[1, 3]
    assert Decimal(total) == Decimal(str(met["可领下限（元）"].sum()))
    assert len(met) == (decided[f"{GRANT}.outcome"] == "met").sum()
    summary = book.load_sheet("汇总", header_row=HEAD - 1).to_polars().filter(pl.col("项目") == "等级评估奖励")
    assert int(summary[0, "符合"]) == len(met)
    assert Decimal(str(summary[0, "可领下限（元）"])) == Decimal(str(met["可领下限（元）"].sum()))
    assert book.load_sheet("问题").to_polars().height == len(told(cleaned(tables_in(folder, {}))))


def sheets_of(decisions: pl.DataFrame, path: Path) -> Callable[[str], pl.DataFrame]:
    """The sheets of a workbook of these decisions, with all that is above their lists."""
    summary = Summary(load_pack("yangpu"), entity_type(Organization), AS_OF)
    summary.add(decisions, pl.DataFrame(schema=dict.fromkeys(("row", "path", "problem"), pl.String)))
    write_workbook(path, decisions.lazy(), pl.DataFrame(schema={"row": str, "path": str, "problem": str}), summary)
    book = fastexcel.read_excel(path)
    return lambda name: book.load_sheet(name, header_row=None, dtypes="string").to_polars()


def test_a_sum_without_a_ceiling_leaves_the_total_open(decided: pl.DataFrame, tmp_path: Path) -> None:
    met = pl.col(f"{GRANT}.outcome") == "met"
    first = decided.filter(met)[0, "row"]
    high = pl.col(f"{GRANT}.payable_max")
    sheet = sheets_of(decided.with_columns(pl.when(pl.col("row") != first).then(high).alias(high.meta.output_name())),
                      tmp_path / "x.xlsx")  # fmt: skip
    award = sheet("等级评估奖励")
    assert award.filter(pl.nth(0) == first)[0, 4] == "无上限"
    assert award[1, 4] == "无上限"
    assert sheet("汇总").filter(pl.nth(1) == "等级评估奖励")[0, 7] == "无上限"
    assert Decimal(award[1, 3]) == decided.filter(met)[f"{GRANT}.payable_min"].sum()


def test_only_grants_with_a_figure_have_columns_of_sums(decided: pl.DataFrame, tmp_path: Path) -> None:
    sheet, summary = sheets_of(decided, tmp_path / "x.xlsx"), None
    for plan in load_pack("yangpu").about(entity_type(Organization)):
        has_sums = isinstance(plan.provision, Grant) and plan.low is not None
        found = sheet(plan.provision.title)
        assert ("可领下限（元）" in found.row(HEAD - 1)) == has_sums
        assert any(value is not None for value in found.row(1)) == has_sums
        summary = sheet("汇总") if summary is None else summary
        (line,) = summary.filter(pl.nth(1) == plan.provision.title).rows()
        assert (line[6] is not None) == (line[7] is not None) == has_sums


def test_what_the_text_or_its_reading_leaves_open_stands_in_words(decided: pl.DataFrame, tmp_path: Path) -> None:
    sheet, pack, seen = sheets_of(decided, tmp_path / "x.xlsx"), load_pack("yangpu"), 0
    questions = [r.question for r in pack.readings.values()]
    for plan in pack.about(entity_type(Organization)):
        columns = [c for n in ("text_gaps", "open_readings") if (c := f"{plan.provision.id}.{n}") in decided.columns]
        undetermined = decided.filter(pl.col(f"{plan.provision.id}.outcome") == "undetermined").select("row", *columns)
        found = sheet(plan.provision.title)
        for row, *names in undetermined.rows():
            open_ = [name for listed in names for name in listed or ()]
            if not open_:
                continue
            place = found.row(HEAD - 1).index("文本或理解未定之处")
            lines = str(found.filter(pl.nth(0) == row)[0, place]).splitlines()
            assert len(lines) == len(open_)
            assert all(line.startswith(("文本未定：", "理解未定：")) for line in lines)
            assert all(line.removeprefix("理解未定：") in questions for line in lines if line.startswith("理解"))
            seen += len(lines)
    assert seen > 0


def test_what_excel_cannot_hold_is_refused_by_name(tmp_path: Path) -> None:
    summary = Summary(load_pack("yangpu"), entity_type(Organization), AS_OF)
    summary.tallies[GRANT].outcomes[Outcome.MET.value] = MOST_ROWS - 1
    summary.tallies[GRANT].outcomes[Outcome.UNDETERMINED.value] = 5
    out = tmp_path / "x.xlsx"
    with pytest.raises(CaseError, match=r"x\.xlsx: 等级评估奖励: 1048580 rows and a heading.*; write Parquet or CSV"):
        write_workbook(out, pl.LazyFrame({"row": []}), pl.DataFrame({"row": []}), summary)
    assert not out.exists()


def test_batches_come_to_what_one_batch_comes_to(folder: Path, tmp_path: Path, decided_small: pl.DataFrame) -> None:
    day = pl.Series([AS_OF]).str.to_date()[0]
    steps: list[tuple[int, int]] = []
    summary = decide_files(
        tables_in(folder, {}),
        load_pack("longyang"),
        day,
        Output(tmp_path / "x.parquet"),
        progress=lambda done, of: steps.append((done, of)),
        size=N // 4,
    )
    found = pl.read_parquet(tmp_path / "x.parquet").sort("row")
    assert found.equals(decided_small)
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert summary.rows == len(decided_small)
    for name, tally in summary.tallies.items():
        assert tally.outcomes.total() == summary.rows
        assert tally.outcomes[Outcome.MET.value] == (decided_small[f"{name}.outcome"] == "met").sum()


def test_the_edition_of_the_day_decides_and_is_the_one_that_is_told(tmp_path: Path) -> None:
    feast = Support("feast", "庆典", clause="十四", when=guild.is_small)
    pack = PACK.amend("2022", "2022-05-01", repeal={"stall_space": "不再设摊"}, add=[feast])
    tables = {"guild": pl.DataFrame({"row": ["a", "b"], "is_small": [True, None]})}
    for day, edition in ((dt.date(2022, 4, 30), "2021"), (dt.date(2022, 5, 1), "2022")):
        summary = decide_files(tables, pack, day, Output(out := tmp_path / f"{edition}.parquet"))
        assert summary.pack.edition == edition
        found, wanted = pl.read_parquet(out).sort("row"), assess_registry(tables, pack, day).decisions.sort("row")
        assert found.columns == wanted.columns
        assert ("feast.outcome" in found.columns) == (edition == "2022")
        for row, case in (("a", {"guild": {"is_small": True}}), ("b", {"guild": {}})):
            (told_,) = found.filter(row=row).rows(named=True)
            alone = assess(case, pack, day, engine="reference")
            assert [told_[f"{d.provision}.outcome"] for d in alone.decisions] == [d.outcome for d in alone.decisions]


def test_what_is_no_table_is_left_out_where_that_is_said(tmp_path: Path) -> None:
    (folder := tmp_path / "in").mkdir()
    (folder / "organization.csv").write_text("编号\n甲\n", encoding="utf-8")
    (folder / "填表说明.csv").write_text("请逐行填写\n", encoding="utf-8")
    (folder / "people.csv").write_text("所属社会组织,岗位\n甲,管理人员\n", encoding="utf-8")
    asked = (
        folder,
        "--pack",
        "daoli",
        "--as-of",
        AS_OF,
        "-o",
        tmp_path / "x.parquet",
        "--staff",
        folder / "people.csv",
    )
    refused = run(*asked)
    assert refused.exit_code == 2
    told_ = "`填表说明` is called like no table; rename it, or leave it out: `--leave-out 填表说明`"
    assert refused.stderr == f"{folder / '填表说明.csv'}: {told_}\n"
    assert run(*asked, "--leave-out", "填表说明").exit_code == 0
    mistaken = run(*asked, "--leave-out", "填表说名")
    assert "leave-out: nothing in" in mistaken.stderr
    assert "did you mean `填表说明`" in mistaken.stderr
    (folder / "社会组织.csv").write_text("编号\n乙\n", encoding="utf-8")
    assert "`社会组织` is the table `organization`, and so is" in run(*asked, "--leave-out", "填表说明").stderr


@pytest.mark.parametrize(
    ("args", "told_"),
    [
        (("nowhere.csv", "-o", "x.csv"), ["nowhere.csv: there is no such file"]),
        (("nowhere.csv", "-o", "x.ods"), ["x.ods: the name of what is written ends in one of .parquet, .csv, .xlsx"]),
        (("x", "-o", "x.csv", "--as-of", "2023-02-30"), ["as_of: `2023-02-30` is no day of the calendar; write it as"]),
        (
            ("x", "-o", "x.csv", "--column", "电话"),
            ["column: `电话` says nothing of a heading; write `TABLE.HEADING=FACT`"],
        ),
        (("x", "-o", "x.csv", "--reading", "none=x"), ["readings.none: no such reading"]),
    ],
)
def test_what_is_wrong_is_told_on_one_line_each(args: tuple[str, ...], told_: list[str]) -> None:
    done = run(*args, "--pack", "yangpu")
    assert done.exit_code == 2
    assert [line.startswith(t) for line, t in zip(done.stderr.splitlines(), told_, strict=True)] == [True] * len(told_)


@pytest.mark.parametrize("verb", ["registry x --pack yangpu -o x.csv", "make-registry 3 -o x"])
def test_without_the_extra_it_is_said_what_to_install(verb: str) -> None:
    code = f"import sys; sys.modules['polars'] = None; from socorg_rules.cli import main; main({verb.split()!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("tables cannot be read here (")
    assert done.stderr.endswith("install `socorg-rules[registry]`\n")


def test_a_column_can_be_named_or_left_out_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("no,电话\n1,2\n", encoding="utf-8")
    named = ("--column", "organization.no=row", "--column", "organization.电话=")
    out = tmp_path / "x.parquet"
    done = run(tmp_path / "o.csv", "--pack", "daoli", "--as-of", AS_OF, "-o", out, *named)
    assert done.exit_code == 0, done.stderr
    assert pl.read_parquet(out)["row"].to_list() == ["1"]


@pytest.mark.parametrize("size", [1, 10])
def test_rows_that_belong_to_no_organization_are_counted_apart_and_none_at_all_is_refused(
    size: int, tmp_path: Path
) -> None:
    def decide(keys: str) -> Summary:
        (tmp_path / "s.csv").write_text(f"所属社会组织,岗位\n{keys}", encoding="utf-8")
        tables = {"organization": tmp_path / "o.csv", "staff": tmp_path / "s.csv"}
        return decide_files(tables, load_pack("daoli"), dt.date(2023, 6, 1), Output(tmp_path / "x.parquet"), size=size)

    (tmp_path / "o.csv").write_text("编号,登记状态\n001,已登记\n002,已登记\n003,登记\n", encoding="utf-8")
    lines = list(decide("001,其他\n2,其他\n,其他\n").lines())
    assert lines[1:3] == [
        "已判定 2 家；未判定者的问题 1 条",
        "另有 2 行不属于名册中的任何一家（编号缺失或对不上），判定时未计入，见“问题”",
    ]
    with pytest.raises(
        CaseError, match="`所属社会组织` holds `1`, `2`, the keys there are `001`, `002`, `003` …; leading"
    ):
        decide("1,其他\n2,其他\n")


def test_the_labels_along_a_path_are_chinese() -> None:
    organization = entity_type(Organization)
    assert label_of(organization, "organization.staff[].role") == "从业人员·岗位"
    assert label_of(organization, "organization.riverside.keeps_ferry") == "riverside·keeps_ferry"


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    (tmp_path / "d-problems.csv").mkdir()
    (tmp_path / "o.csv").write_text("编号\n甲\n", encoding="utf-8")
    for out, folder in (("d-problems.csv", "d-problems.csv"), ("d.csv", "d-problems.csv"), ("o.csv/d.csv", "o.csv")):
        done = run(tmp_path / "o.csv", "--pack", "daoli", "--as-of", AS_OF, "-o", tmp_path / out)
        kind = "is a file, and not a folder to write into" if folder == "o.csv" else "is a folder; name a file"
        assert (done.exit_code, done.stderr.splitlines()[0]) == (2, f"{tmp_path / folder}: {kind}")


def test_what_is_read_is_never_overwritten_nor_added_to(tmp_path: Path) -> None:
    (source := tmp_path / "found-problems.csv").write_text("编号,登记状态\n甲,已登记\n")
    for read, out, told_ in (
        (source, source, "overwrite"),
        (source, "found.csv", "overwrite"),
        (tmp_path, "o.csv", "lies in"),
    ):
        done = run(read, "--pack", "daoli", "--as-of", AS_OF, "-o", tmp_path / out)
        assert (done.exit_code, told_ in done.stderr) == (2, True), done.stderr
    assert source.read_text() == "编号,登记状态\n甲,已登记\n"
    assert [*tmp_path.iterdir()] == [source]
