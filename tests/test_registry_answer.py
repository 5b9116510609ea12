"""The answer about a registry: frames of the caller's kind, in yuan, with what every single answer says."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from as_tables import tables_of
from columns_agree import real_batch, without_indexes
from toyland_facts import Guild

from socorg_rules import CaseError, RegistryAnswer, assess, assess_registry, load_pack
from socorg_rules.case import read_case
from socorg_rules.engines.columns import Refused
from socorg_rules.facts import entity_type
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import Support
from socorg_rules.refs import root
from socorg_rules.registry.clean import CleanTables
from socorg_rules.words import yuan

YANGPU = load_pack("yangpu")
guild = root(Guild)
DAY = "2023-06-01"
ORGANIZATIONS = pl.DataFrame(
    {
        "row": ["a", "b", "c"],
        "name": ["甲社", "乙社", "丙社"],
        "status": ["registered"] * 3,
        "division": ["310110", "310110", None],
        "established_on": ["2022-03-10", "2015-01-01", "2022-03-10"],
    }
).with_columns(pl.col("established_on").str.to_date())
INSPECTIONS = pl.DataFrame(
    {"row": ["a", "b", "c"], "year": [2022, 2015, 2022], "result": ["合格"] * 3, "concluded_on": ["2023-05-20"] * 3}
).with_columns(pl.col("concluded_on").str.to_date())
PAYMENTS = pl.DataFrame(schema={"row": pl.String, "provision": pl.String, "amount": pl.Int64})
TABLES = {"organization": ORGANIZATIONS, "annual_inspections": INSPECTIONS, "payments": PAYMENTS}


def asked(convert: Any = lambda frame: frame) -> RegistryAnswer:  # noqa: ANN401 - any way to convert a frame
    """The small registry, each table converted."""
    return assess_registry({name: convert(frame) for name, frame in TABLES.items()}, YANGPU, DAY)


def opening(decisions: pl.DataFrame) -> list[tuple[Any, ...]]:
    columns = [f"opening_subsidy.{n}" for n in ("outcome", "reason", "payable_min", "payable_max")]
    return decisions.sort("row").select(columns).rows()


TWICE = "two items come equally first by `year`, and the rules ask for the first one; correct or remove one of the two"
EXPECTED = [
    ("met", None, Decimal("0.00"), Decimal("10000.00")),
    ("not_met", "conditions", None, None),
    ("undetermined", None, Decimal("0.00"), Decimal("10000.00")),
]


def test_what_is_decided_comes_in_yuan_and_with_what_is_missing() -> None:
    decisions = asked().decisions
    assert opening(decisions) == EXPECTED
    missing = decisions.sort("row").get_column("opening_subsidy.missing").to_list()
    assert missing == [None, None, ["organization.division"]]


@pytest.mark.parametrize(
    ("convert", "kind", "back"),
    [
        (lambda f: f, pl.DataFrame, lambda f: f),
        (pl.DataFrame.lazy, pl.LazyFrame, lambda f: f.collect()),
        (lambda f: f.to_pandas(use_pyarrow_extension_array=True), pd.DataFrame, pl.from_pandas),
        (pl.DataFrame.to_arrow, pa.Table, pl.from_arrow),
        (
            lambda f: duckdb.from_arrow(f.to_arrow()),
            duckdb.DuckDBPyRelation,
            lambda f: pl.from_arrow(f.to_arrow_table()),
        ),
    ],
    ids=["polars", "polars-lazy", "pandas", "pyarrow", "duckdb"],
)
def test_frames_go_out_as_they_came_in(convert: Any, kind: type, back: Any) -> None:  # noqa: ANN401
    answer = asked(convert)
    for frame in (answer.decisions, answer.items, answer.totals, answer.problems, answer.long()):
        assert isinstance(frame, kind)
    assert opening(back(answer.decisions)) == EXPECTED


def test_paths_are_read_lazily(tmp_path: Any) -> None:  # noqa: ANN401
    for name, frame in TABLES.items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
    paths = {name: tmp_path / f"{name}.parquet" for name in TABLES}
    decisions = assess_registry(paths, "yangpu", DAY).decisions
    assert isinstance(decisions, pl.LazyFrame)
    assert opening(decisions.collect()) == EXPECTED


def test_the_long_table_has_a_row_for_each_provision() -> None:
    long = asked().long()
    assert long.columns == [
        "row", "provision", "outcome", "reason", "payable_min", "payable_max", "per", "missing",
    ]  # fmt: skip
    assert long.height == 3 * len(YANGPU.about(YANGPU.roots[0]))
    one = long.filter((pl.col("row") == "a") & (pl.col("provision") == "opening_subsidy")).rows()
    assert one == [("a", "opening_subsidy", "met", None, Decimal("0.00"), Decimal("10000.00"), "once", None)]


def test_the_long_table_and_the_items_of_duckdb_are_those_of_polars_and_work_the_decisions_out_once() -> None:
    wanted = ["opening_subsidy", "grade_award", "honour_award"]
    honours = {"row": ["a", "a", "b"], "id": ["1", "2", "1"], "level": ["国家级", None, "市级"]}
    tables: dict[str, Any] = {**TABLES, "honours": pl.DataFrame(honours)}
    polars = assess_registry(tables, YANGPU, DAY, provisions=wanted)
    connection = duckdb.connect()
    relations = {name: connection.from_arrow(frame.to_arrow()) for name, frame in tables.items()}
    answer = assess_registry(relations, YANGPU, DAY, provisions=wanted)
    for found, expected in ((answer.long(), polars.long()), (answer.items, polars.items)):
        read = pl.from_arrow(found.to_arrow_table())
        assert isinstance(read, pl.DataFrame)
        assert read.columns == expected.columns
        assert sorted(read.rows(), key=str) == sorted(expected.rows(), key=str)
        assert len(expected) > 2
    assert len(answer.long().sql_query()) < 1.5 * len(answer.decisions.sql_query())


def sound(seed: int, share: int = 40) -> tuple[CleanTables, dict[str, Any], Any]:
    """Random organizations as tables, and of each the answer by itself, where it is one."""
    batch = real_batch(Random(seed), YANGPU, YANGPU.roots[0], share)  # noqa: S311 - no secret
    answers = {}
    for number, case in enumerate(batch.cases):
        try:
            answers[str(number)] = assess(case, YANGPU, batch.as_of, batch.readings)
        except CaseError:
            continue
    return batch.tables(), answers, batch


def test_totals_are_those_of_every_single_answer() -> None:
    tables, answers, batch = sound(3)
    totals = assess_registry(tables, YANGPU, batch.as_of, batch.readings).totals.collect()
    assert set(totals["row"]) == set(answers)
    for row in totals.rows(named=True):
        total = answers[row["row"]].total
        for payee, rows in total.sums.items():
            for per, amount in rows.items():
                found = row[f"{payee}.{per}_min"], row[f"{payee}.{per}_max"]
                assert found == (amount.min, amount.max), (row["row"], payee, per)
        assert set(row["left_out"] or ()) == {without_indexes(name) for name in total.left_out}


def test_items_are_decided_one_by_one() -> None:
    tables, answers, batch = sound(4)
    items = assess_registry(tables, YANGPU, batch.as_of, batch.readings).items.collect()
    expected = {
        (row, d.provision, int(i.item.partition("[")[2][:-1]) + 1): (i.outcome.value, i.payable and i.payable.min)
        for row, answer in answers.items()
        for d in answer.decisions
        for i in d.items or ()
    }
    found = {(r["row"], r["provision"], r["item"]): (r["outcome"], r["payable_min"]) for r in items.rows(named=True)}
    assert found == expected


def test_readings_that_matter_are_those_of_every_single_answer() -> None:
    tables, answers, batch = sound(5, 15)
    wanted = ["opening_subsidy", "grade_award", "venture_match", "honour_award"]
    answer = assess_registry(tables, YANGPU, batch.as_of, batch.readings, provisions=wanted)
    rows = answer.depends_on.collect().rows(named=True)
    assert len(rows) >= len(answers)
    named = 0
    for row in rows:
        for name in wanted:
            if row["row"] in answers:
                expected = set(answers[row["row"]][name].depends_on)
                assert set(row[f"{name}.depends_on"] or ()) == expected, (row["row"], name)
                named += len(expected)
    assert named


def test_one_row_is_explained_as_its_case_is() -> None:
    tables, answers, batch = sound(6)
    answer = assess_registry(tables, YANGPU, batch.as_of, batch.readings)
    for row, expected in list(answers.items())[:5]:
        assert answer.explain_row(row).to_dict() == expected.to_dict()


def test_a_row_is_explained_by_the_number_that_is_its_key() -> None:
    answer = assess_registry({"organization": pl.DataFrame({"row": [1, 2]})}, YANGPU, DAY)
    assert answer.explain_row(1).to_dict() == answer.explain_row("1").to_dict()


def test_an_answer_of_a_registry_shows_itself_in_one_line() -> None:
    answer = assess_registry({"organization": pl.DataFrame({"row": [1]})}, "yangpu", "2023-06-01")
    assert repr(answer) == "RegistryAnswer(pack='yangpu', as_of=datetime.date(2023, 6, 1))"


def test_a_row_that_is_not_there_cannot_be_explained() -> None:
    with pytest.raises(CaseError, match="row `z`: no valid row"):
        asked().explain_row("z")


def test_a_row_that_contradicts_itself_is_a_problem_and_not_decided() -> None:
    twice = pl.concat([INSPECTIONS, INSPECTIONS.filter(pl.col("row") == "a")])
    answer = assess_registry({**TABLES, "annual_inspections": twice}, YANGPU, DAY)
    assert sorted(answer.decisions["row"]) == ["b", "c"]
    assert answer.problems.rows() == [
        (
            "a",
            "organization.annual_inspections[]",
            TWICE,
        )
    ]


def test_what_is_asked_wrongly_is_told_at_once() -> None:
    with pytest.raises(CaseError) as told:
        assess_registry(TABLES, YANGPU, "2023-02-30", {"nothing": None}, provisions=["opening_subsidies"])
    assert [p.path for p in told.value.problems] == ["as_of", "readings.nothing", "provisions"]
    assert "did you mean `opening_subsidy` or" in told.value.problems[2].message
    with pytest.raises(CaseError, match="expected an object of tables by name"):
        assess_registry([ORGANIZATIONS], YANGPU, DAY)
    with pytest.raises(CaseError, match="`None` is no pack"):
        assess_registry(TABLES, None, DAY)  # type: ignore[arg-type]


def test_readings_that_are_no_texts_are_told_all_at_once() -> None:
    first = next(iter(YANGPU.readings))
    wrong: Any = {1: None, first: ["x"], (2, 3): "x"}
    for ask in (
        lambda: assess({"organization": {}}, YANGPU, DAY, wrong),
        lambda: assess_registry(TABLES, YANGPU, DAY, wrong),
    ):
        with pytest.raises(CaseError) as told:
            ask()
        assert [p.path for p in told.value.problems] == ["readings", f"readings.{first}", "readings"]
        assert "`1` is no name of a reading; write {reading: alternative}" in str(told.value)
        assert "`['x']` is no text; write the name of an alternative, or None" in str(told.value)


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"provisions": "grade_award"}, "provisions"),
        ({"provisions": ["grade"]}, "provisions"),
        ({"columns": [1]}, "columns"),
        ({"columns": {"organization": "row"}}, "columns"),
    ],
)
def test_what_is_of_another_shape_is_told_once(more: dict[str, Any], path: str) -> None:
    with pytest.raises(CaseError) as caught:
        assess_registry({"organization": pl.DataFrame({"row": ["a"]})}, "yangpu", "2023-06-01", **more)
    assert [p.path for p in caught.value.problems] == [path]


def test_of_several_provisions_from_an_iterator_each_is_decided() -> None:
    wanted = ("grade_award", "opening_subsidy")
    found = assess_registry(
        {"organization": pl.DataFrame({"row": ["a"]})}, "yangpu", "2023-06-01", provisions=iter(wanted)
    )
    assert {f"{name}.outcome" for name in wanted} <= {*found.decisions.columns}


def test_without_the_extra_it_is_said_what_to_install() -> None:
    code = """
import sys
sys.modules["narwhals"] = None
from socorg_rules import CaseError, assess_registry
try:
    assess_registry({}, "yangpu")
except CaseError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("tables: cannot be read here (")
    assert done.stdout.endswith("; install `socorg-rules[registry]`\n")


def test_what_tables_cannot_decide_is_refused_by_name() -> None:
    huge = Support("huge", "巨", clause="一", when=guild.repair_cost * guild.donation_share > yuan(1))
    small = Support("small", "小", clause="一", when=guild.is_small)
    source = Source("办法", "镇", "", "2021-01-01", (Clause("一", "行会"),))
    pack = Pack("two", "办法", "1", source, (huge, small), reach=(guild.division.within("77"),))
    case = read_case({"guild": {"division": "77", "is_small": True}}, [entity_type(Guild)])
    tables = tables_of([case], entity_type(Guild))
    with pytest.raises(Refused) as told:
        assess_registry(tables, pack, DAY)
    told_of_it = "its sums may leave 64 bits; name the others in `provisions`, or ask `assess`"
    assert str(told.value) == f"two.huge: cannot be decided in tables: {told_of_it}"
    assert assess_registry(tables, pack, DAY, provisions=["small"]).decisions.collect()["small.outcome"].to_list() == [
        "met"
    ]
