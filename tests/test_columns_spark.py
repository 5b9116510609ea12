"""The columns engine on PySpark: the same plans, the same findings, and nothing that Spark would have to ask Python."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from random import Random
from typing import Any

import polars as pl
import pytest
from columns_agree import agreed, random_batch, real_batch

from socorg_rules import assess_registry, load_pack

pyspark_sql = pytest.importorskip("pyspark.sql")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One small session for all tests of this file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = pyspark_sql.SparkSession.builder.master("local[1]")
        for name, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1"}.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


@pytest.mark.filterwarnings("ignore")
def test_random_packs_are_decided_alike_on_spark(spark: Any) -> None:  # noqa: ANN401 - PySpark is an extra
    found = [agreed(random_batch(Random(seed), 12), lambda f: on(spark, f)) for seed in (3, 8)]  # noqa: S311 - no secret
    assert sum(f.decisions for f in found) > 10


@pytest.mark.filterwarnings("ignore")
def test_a_real_pack_is_decided_alike_on_spark(spark: Any) -> None:  # noqa: ANN401
    xinjin = load_pack("xinjin")
    root = next(r for r in xinjin.roots if r.name == "jurisdiction")
    batch = real_batch(Random(1), xinjin, root, 12)  # noqa: S311 - no secret
    assert agreed(batch, lambda f: on(spark, f)).decisions > 20


@pytest.mark.filterwarnings("ignore")
def test_frames_of_spark_stay_on_spark_and_call_no_python(spark: Any) -> None:  # noqa: ANN401
    yangpu = load_pack("yangpu")
    batch = real_batch(Random(2), yangpu, yangpu.roots[0], 5)  # noqa: S311 - no secret
    wanted = ["opening_subsidy", "grade_award", "honour_award", "salary_subsidy"]
    answer = assess_registry(batch.tables(lambda f: on(spark, f)), yangpu, "2023-06-01", provisions=wanted)
    decisions = answer.decisions
    assert isinstance(decisions, pyspark_sql.DataFrame)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        decisions.explain(mode="extended")
    assert "Aggregate" in told.getvalue()
    assert not any(word in told.getvalue() for word in ("Python", "ArrowEval", "MapInPandas"))
    assert decisions.columns[:2] == ["row", "name"]
    assert "opening_subsidy.payable_max" in decisions.columns


def on(session: Any, frame: pl.DataFrame) -> Any:  # noqa: ANN401
    """A frame of Spark, made without a Python row function."""
    return session.createDataFrame(frame.to_arrow())
