"""The columns engine on PySpark: the same plans, the same findings, and nothing that Spark would have to ask Python."""

from __future__ import annotations

import contextlib
import io
from random import Random
from typing import Any

import polars as pl
import pytest
from columns_agree import agreed, random_batch, real_batch

from socorg_rules import assess_registry, load_pack


def on(session: Any, frame: pl.DataFrame) -> Any:  # noqa: ANN401 - PySpark is an extra
    """A frame of Spark, made without a Python row function."""
    return session.createDataFrame(frame.to_arrow())


@pytest.mark.filterwarnings("ignore")
def test_random_packs_are_decided_alike_on_spark(spark: Any) -> None:  # noqa: ANN401
    found = agreed(random_batch(Random(8), 12), lambda frame: on(spark, frame))  # noqa: S311 - no secret
    assert found.decisions > 10


@pytest.mark.filterwarnings("ignore")
def test_frames_of_spark_stay_on_spark_and_call_no_python(spark: Any) -> None:  # noqa: ANN401
    yangpu = load_pack("yangpu")
    batch = real_batch(Random(2), yangpu, yangpu.roots[0], 5)  # noqa: S311 - no secret
    wanted = ["opening_subsidy", "honour_award"]
    tables = batch.tables(lambda frame: on(spark, frame))
    decisions = assess_registry(tables, yangpu, "2023-06-01", provisions=wanted).decisions
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        decisions.explain(mode="extended")
    assert "Aggregate" in told.getvalue()
    assert not any(word in told.getvalue() for word in ("Python", "ArrowEval", "MapInPandas"))
    assert decisions.columns[:2] == ["row", "name"]
    assert "opening_subsidy.payable_max" in decisions.columns
