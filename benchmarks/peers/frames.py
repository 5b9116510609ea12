"""The same job on whole tables, by hand: NumPy, Polars, DuckDB; unknown is no. Once more in Polars, unknown apart."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import polars as pl
from job import AS_OF_DAY, BENEFITS, EFFECT, GRADES, HONOURS, NEW_FROM

COLUMNS = tuple(f"{name}.{end}" for name in BENEFITS for end in ("min", "max"))


def table(n: int, seed: int = 1, unknown: float = 0.0) -> pl.DataFrame:
    """So many organizations as a table; of each column, this share is unknown."""
    rnd = np.random.default_rng(seed)
    first = np.datetime64("2019-01-01")

    def among(*values: Any) -> Any:  # noqa: ANN401
        return pl.Series(values)[rnd.integers(0, len(values), n)]

    columns = {
        "status": among(*["registered"] * 9, "planned"),
        "division": among(*["310110"] * 8, "310110001", "440300"),
        "established_on": first + rnd.integers(0, 1600, n).astype("timedelta64[D]"),
        "first_inspection": among("合格", "合格", "基本合格", "不合格"),
        "opening_paid": rnd.random(n) < 0.3,
        "monthly_rent": among(0, 300, 499, 500, 501, 4000),
        "grade": among("5A", "4A", "3A", "2A", "1A"),
        "grade_paid": among(0, 0, 10_000, 30_000),
        "honour_level": among("国家级", "市级", "区级", "无"),
        "honoured_on": np.datetime64("2021-01-01") + rnd.integers(0, 800, n).astype("timedelta64[D]"),
        "leading_talent": rnd.random(n) < 0.2,
        "months_paid": rnd.integers(0, 30, n),
        "project_selected": rnd.random(n) < 0.3,
        "project_cost": rnd.integers(0, 2_000, n) * 100,
    }
    made = pl.DataFrame(columns)
    if not unknown:
        return made
    masks = {name: pl.Series(rnd.random(n) < unknown) for name in columns}
    return made.with_columns(pl.when(~masks[name]).then(pl.col(name)).alias(name) for name in columns)


def looked_up(column: str, rows: dict[str, int]) -> pl.Expr:
    """The sum for each text, else 0."""
    found = pl.lit(0)
    for text, sum_ in rows.items():
        found = pl.when(pl.col(column) == text).then(sum_).otherwise(found)
    return found


def by_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """A script's select: what is unknown is no."""
    c = pl.col
    here = (c("status") == "registered") & c("division").str.starts_with("310110")
    new = here & (c("established_on") >= NEW_FROM) & (c("first_inspection") == "合格")
    left = (looked_up("grade", GRADES) - c("grade_paid")).clip(0)
    honour = looked_up("honour_level", HONOURS)
    most = {
        "opening": (new & ~c("opening_paid"), pl.lit(10_000)),
        "rent": (new & (c("monthly_rent") > 0), pl.min_horizontal(c("monthly_rent"), 500)),
        "grade": (here, left),
        "honour": (here & (c("honoured_on") >= EFFECT), honour),
        "salary": (here & c("leading_talent") & (c("months_paid") < 24), pl.lit(2_000)),
        "project": (here & c("project_selected"), pl.min_horizontal(c("project_cost") // 2, 50_000)),
    }
    least = {"grade": left, "honour": honour, "salary": pl.lit(800)}
    return frame.select(
        pl.when(test).then(sum_).otherwise(0).alias(f"{name}.{end}")
        for name, (test, most_) in most.items()
        for end, sum_ in (("min", least.get(name, pl.lit(0))), ("max", most_))
    )


def by_numpy(columns: dict[str, Any]) -> dict[str, Any]:
    """Arrays in, arrays out; texts as codes, which a script would prepare once."""
    here, passed, award, honour = (columns[n] for n in ("here", "passed", "award", "honour"))
    new = here & (columns["established_on"] >= np.datetime64(NEW_FROM)) & passed
    left = np.where(here, np.maximum(award - columns["grade_paid"], 0), 0)
    reward = np.where(here & (columns["honoured_on"] >= np.datetime64(EFFECT)), honour, 0)
    salary = here & columns["leading_talent"] & (columns["months_paid"] < 24)
    none = np.zeros(len(here), np.int64)
    sums = (
        (none, np.where(new & ~columns["opening_paid"], 10_000, 0)),
        (none, np.where(new, np.minimum(columns["monthly_rent"], 500), 0)),
        (left, left),
        (reward, reward),
        (np.where(salary, 800, 0), np.where(salary, 2_000, 0)),
        (none, np.where(here & columns["project_selected"], np.minimum(columns["project_cost"] // 2, 50_000), 0)),
    )
    return dict(zip(COLUMNS, (end for pair in sums for end in pair), strict=True))


def arrays(frame: pl.DataFrame) -> dict[str, Any]:
    """The columns as arrays, texts compared."""
    c = pl.col
    prepared = frame.with_columns(
        here=(c("status") == "registered") & c("division").str.starts_with("310110"),
        passed=c("first_inspection") == "合格",
        award=looked_up("grade", GRADES),
        honour=looked_up("honour_level", HONOURS),
    )
    return {name: prepared[name].to_numpy() for name in prepared.columns}


SQL = f"""
with given as (
  select *, coalesce(status = 'registered' and starts_with(division, '310110'), false) as here,
    case grade when '5A' then 50000 when '4A' then 30000 when '3A' then 10000 else 0 end as award,
    case honour_level when '国家级' then 80000 when '市级' then 50000 else 0 end as level
  from organizations
), tested as (
  select *, here and established_on >= date '{NEW_FROM}' and first_inspection = '合格' as new,
    case when here then greatest(award - grade_paid, 0) else 0 end as left_,
    case when here and honoured_on >= date '{EFFECT}' then level else 0 end as reward,
    here and leading_talent and months_paid < 24 as salaried
  from given
)
select 0 as "opening.min", case when new and not opening_paid then 10000 else 0 end as "opening.max",
  0 as "rent.min", case when new then least(monthly_rent, 500) else 0 end as "rent.max",
  left_ as "grade.min", left_ as "grade.max", reward as "honour.min", reward as "honour.max",
  case when salaried then 800 else 0 end as "salary.min", case when salaried then 2000 else 0 end as "salary.max",
  0 as "project.min",
  case when here and project_selected then least(project_cost // 2, 50000) else 0 end as "project.max"
from tested
"""  # noqa: S608 - made of constants


def by_duckdb(frame: pl.DataFrame) -> Any:  # noqa: ANN401 - an Arrow table
    """SQL on the same columns."""
    connection = duckdb.connect()
    connection.register("organizations", frame.to_arrow())
    return connection.sql(SQL).to_arrow_table()


def by_polars_unknown_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """What this library returns, by hand: outcome, least and most of each benefit, unknown kept apart.

    Sums are what a benefit may come to as far as the columns tell, also where its outcome is open; null where it is not
    met.
    """
    c = pl.col
    here = (c("status") == "registered") & c("division").str.starts_with("310110")
    new = (c("established_on") >= NEW_FROM) & (c("first_inspection") == "合格")
    award = looked_up("grade", GRADES)
    no_grade, no_payment = c("grade").is_null(), c("grade_paid").is_null()
    left_most = (pl.when(no_grade).then(max(GRADES.values())).otherwise(award) - c("grade_paid").fill_null(0)).clip(0)
    left_least = pl.when(no_grade | no_payment).then(0).otherwise(left_most)
    left = pl.when(left_least > 0).then(True).when(left_most == 0).then(False)
    honour = looked_up("honour_level", HONOURS)
    most_honour = pl.when(c("honour_level").is_null()).then(max(HONOURS.values())).otherwise(honour)
    half = pl.min_horizontal(c("project_cost") // 2, 50_000)
    tests = {
        "opening": (here & new & ~c("opening_paid"), pl.lit(0), pl.lit(10_000)),
        "rent": (here & new & (c("monthly_rent") > 0), pl.lit(0), pl.min_horizontal(c("monthly_rent"), 500)),
        "grade": (here & left, left_least, left_most),
        "honour": (
            here & c("honour_level").is_in(list(HONOURS)) & (c("honoured_on") >= EFFECT),
            honour,
            most_honour,
        ),
        "salary": (here & c("leading_talent") & (c("months_paid") < 24), pl.lit(800), pl.lit(2_000)),
        "project": (here & c("project_selected"), pl.lit(0), half),
    }
    made = []
    for name, (test, low, high) in tests.items():
        possible = test.fill_null(True)
        outcome = (
            pl.when(test).then(pl.lit("met")).when(~test).then(pl.lit("not_met")).otherwise(pl.lit("undetermined"))
        )
        made += [
            outcome.alias(f"{name}.outcome"),
            pl.when(possible).then(low).alias(f"{name}.min"),
            pl.when(possible).then(high).alias(f"{name}.max"),
        ]
    return frame.select(made)


def totals(found: pl.DataFrame) -> dict[str, int]:
    """The sum of each column of sums, so that all can be held against each other."""
    return {name: int(found[name].cast(pl.Int64).sum() or 0) for name in COLUMNS}


__all__ = ["AS_OF_DAY", "arrays", "by_duckdb", "by_numpy", "by_polars", "by_polars_unknown_apart", "table", "totals"]
