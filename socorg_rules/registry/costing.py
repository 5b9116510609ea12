"""What a registry is decided to under two texts of a policy, side by side, a few columns for each provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal

import attrs
import narwhals as nw
import polars as pl

from ..decision import Outcome
from ..money import Amount
from ..pack import Pack
from ..plan import Plan
from .assess import assess_registry
from .clean import ROW, CleanTables

Verdict = Literal["wins", "loses", "unclear", "same"]
"""Whether an organization is decided better than before, worse, otherwise in a way that is neither, or the same."""
VERDICTS: tuple[Verdict, ...] = ("wins", "loses", "unclear", "same")
SIDES = ("before", "after")
NO_CEILING = 10**15
"""What stands for a sum that nothing bounds, in fen: more than any sum of a table (`clean.MOST_FEN`)."""


@attrs.frozen
class Cost:
    """What a provision comes to for a registry.

    `payable` sums what is payable to those who meet it; its `max` is None where some sum has no ceiling. `met`,
    `discretionary` and `undetermined` count organizations: what these last may come to is in no sum.
    """

    payable: Amount
    met: int
    discretionary: int
    undetermined: int

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        return {**attrs.asdict(self, filter=lambda a, _: a.name != "payable"), "payable": self.payable.to_dict()}


def decided(
    tables: CleanTables, pack: Pack, day: dt.date, readings: Mapping[str, str | None], names: Iterable[str], side: str
) -> pl.DataFrame:
    """What is decided of some provisions: `row`, and for each `SIDE PROVISION outcome`, `low` and `high` in fen.

    A provision that the pack does not hold is met by nobody. `low` and `high` are what is surely payable: nothing where
    it is not met.
    """
    names = list(names)
    held = [name for name in names if name in pack.plans]
    wanted = [f"{n}.{c}" for n in held for c in ("outcome", "payable_min", "payable_max")]
    answer = assess_registry(tables, pack, day, readings, provisions=held)
    told: pl.DataFrame = nw.from_native(answer.decisions).lazy().select(ROW, *wanted).collect("polars").to_native()
    columns = [column for name in names for column in _columns(name, side, held=name in held)]
    return told.select(ROW, *columns)


def _columns(name: str, side: str, *, held: bool) -> list[pl.Expr]:
    if not held:
        nothing = [pl.lit(0, pl.Int64).alias(f"{side} {name} {end}") for end in ("low", "high")]
        return [pl.lit(Outcome.NOT_MET.value).alias(f"{side} {name} outcome"), *nothing]
    outcome, low, high = (pl.col(f"{name}.{c}") for c in ("outcome", "payable_min", "payable_max"))
    paid = (outcome == Outcome.MET.value) & low.is_not_null()
    fen = [(end * 100).cast(pl.Int64) for end in (low, high)]
    return [
        outcome.alias(f"{side} {name} outcome"),
        pl.when(paid).then(fen[0]).otherwise(0).alias(f"{side} {name} low"),
        pl.when(paid).then(fen[1].fill_null(NO_CEILING)).otherwise(0).alias(f"{side} {name} high"),
    ]


def verdict(name: str) -> pl.Expr:
    """How one provision decides a row, after against before."""
    outcomes = [pl.col(f"{side} {name} outcome") for side in SIDES]
    settled = pl.all_horizontal(o.is_in([Outcome.MET.value, Outcome.NOT_MET.value]) for o in outcomes)
    ends = [[pl.col(f"{side} {name} {end}") for end in ("low", "high")] for side in SIDES]
    steps = [*zip(*ends, strict=True), tuple((o == Outcome.MET.value).cast(pl.Int64) for o in outcomes)]
    same = pl.all_horizontal(outcomes[0] == outcomes[1], *(a == b for a, b in steps))
    return (
        pl.when(same)
        .then(pl.lit("same"))
        .when(settled & pl.all_horizontal(b >= a for a, b in steps))
        .then(pl.lit("wins"))
        .when(settled & pl.all_horizontal(b <= a for a, b in steps))
        .then(pl.lit("loses"))
        .otherwise(pl.lit("unclear"))
        .alias(name)
    )


def cost(rows: pl.DataFrame, plan: Plan, side: str) -> Cost:
    """What a provision comes to on one side."""
    low, high = (rows.get_column(f"{side} {plan.provision.id} {end}") for end in ("low", "high"))
    outcomes = dict(rows.get_column(f"{side} {plan.provision.id} outcome").value_counts().iter_rows())
    unbounded = bool((high >= NO_CEILING).any())
    payable = Amount.of_fen(int(low.sum()), None if unbounded else int(high.sum()), plan.per)
    counts = (outcomes.get(o.value, 0) for o in (Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED))
    return Cost(payable, *counts)
