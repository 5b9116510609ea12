"""The same call on PySpark, in local mode: partitioned Parquet in, frames of Spark out, no Python on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from socorg_rules import assess_registry
from socorg_rules.registry.synthetic import synthetic

AS_OF = "2023-06-01"
ASKED = ["base_money_support", "hardware_support"]


def on_disk(tables: dict[str, pl.DataFrame], folder: Path, spark: Any) -> dict[str, Any]:  # noqa: ANN401
    """The tables as a cluster has them: each a folder of Parquet files."""
    for name, table in tables.items():
        (folder / name).mkdir()
        half = table.height // 2
        table.head(half).write_parquet(folder / name / "0.parquet")
        table.tail(table.height - half).write_parquet(folder / name / "1.parquet")
    return {name: spark.read.parquet(str(folder / name)) for name in tables}


@pytest.mark.filterwarnings("ignore")
def test_spark_decides_partitioned_parquet_as_polars_does_without_python(tmp_path: Path, spark: Any) -> None:  # noqa: ANN401
    (drawn,) = synthetic(60, seed=3, invalid=0.03)
    untold = [name for name in drawn["organization"].columns if "." in name and not name.startswith("payments")]
    tables = {"organization": drawn["organization"].drop(untold), "payments": drawn["payments"]}
    found = assess_registry(on_disk(tables, tmp_path, spark), "longyang", AS_OF, provisions=ASKED)
    plan = found.decisions._jdf.queryExecution().toString()  # noqa: SLF001 - how the plan of Spark is read
    assert "Join" in plan
    assert not any(word in plan for word in ("PythonUDF", "EvalPython", "MapInPandas", "MapInArrow"))
    expected = assess_registry(tables, "longyang", AS_OF, provisions=ASKED)
    assert plain(found.decisions) == sorted(expected.decisions.to_dicts(), key=str)
    assert plain(found.problems) == sorted(expected.problems.to_dicts(), key=str)
    assert len(expected.problems) > 5
    assert plain(found.long()) == sorted(expected.long().to_dicts(), key=str)
    long = found.long()._jdf.queryExecution().optimizedPlan().toString()  # noqa: SLF001 - as above
    wide = found.decisions._jdf.queryExecution().optimizedPlan().toString()  # noqa: SLF001 - as above
    assert long.count("Join") <= wide.count("Join")  # the rows are worked out once, whatever the number of provisions


def plain(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of Spark
    """The rows of a frame, in one order."""
    return sorted((row.asDict() for row in frame.collect()), key=str)
