"""The columns engine finds what the reference finds: random packs and random cases, on Polars and on DuckDB."""

from __future__ import annotations

from collections import Counter
from random import Random

import duckdb
import polars as pl
from columns_agree import agreed, random_batch
from hypothesis import given
from test_properties import many, randoms


def on_duckdb(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(frame.to_arrow())


@many
@given(rnd=randoms)
def test_random_packs_are_decided_alike_in_tables(rnd: Random) -> None:
    agreed(random_batch(rnd))


def test_random_packs_are_decided_alike_in_duckdb() -> None:
    found = [agreed(random_batch(Random(seed), 10), on_duckdb) for seed in range(100, 112)]  # noqa: S311 - no secret
    assert sum(f.decisions for f in found) > 100
    assert sum(f.contradictions for f in found) > 0


def test_little_of_what_random_packs_ask_is_refused() -> None:
    refused: Counter[bool] = Counter()
    for seed in range(30):
        found = agreed(random_batch(Random(seed), 3))  # noqa: S311 - no secret
        refused[bool(found.refused)] += 1
    assert refused[True] < refused[False] / 5
