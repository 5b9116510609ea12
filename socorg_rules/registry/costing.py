"""What a registry is decided to under several texts of a policy, side by side, a few columns for each provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import attrs
import polars as pl

from ..assess import all_provisions
from ..decision import Outcome
from ..engines.columns import decide_in_columns, shown
from ..engines.columns_frames import Frames
from ..engines.columns_graph import Col
from ..money import Amount
from ..pack import Pack
from ..plan import Plan
from ..provision import Kind
from .answer import nodes_over
from .clean import ROW, CleanTables

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


@attrs.frozen(eq=False)
class Text:
    """A text of a policy that is held against others: what its columns are called by, and the alternatives taken of its
    readings (None: left open)."""

    name: str
    pack: Pack
    readings: Mapping[str, str | None]


def decided(tables: CleanTables, day: dt.date, texts: Sequence[Text], names: Collection[str]) -> pl.DataFrame:
    """What is decided of some provisions under several texts, all at once: what they share is worked out once.

    `row`, for each text `TEXT sound` (whether it decides the row), and for each provision `TEXT PROVISION outcome`,
    `low` and `high` in fen. A provision that a text does not hold is met by nobody. `low` and `high` are what is surely
    payable: nothing where it is not met.
    """
    nodes, wanted, made = nodes_over(tables, day, texts[0].readings), dict[str, Col](), list[pl.Expr]()
    for text in texts:
        plans = {p: p.provision.id for p in text.pack.about(tables.root) if p.provision.id in names}
        elsewhere = all_provisions([text.pack])
        found = decide_in_columns(text.pack, plans, nodes.taking(text.readings), elsewhere)
        wanted[f"{text.name} sound"] = found.is_sound
        for plan, name in plans.items():
            told = shown(nodes.g, plan, found.decided[plan])
            wanted |= {f"{text.name} {name} {c}": told[c] for c in ("outcome", "payable_min", "payable_max")}
        held = plans.values()
        made += [column for n in names for column in _columns(f"{text.name} {n}", held=n in held)]
    frame = Frames(tables.frames, day)({nodes.root: wanted})[nodes.root]
    rows: pl.DataFrame = frame.collect("polars").to_native()
    return rows.select(ROW, *(f"{text.name} sound" for text in texts), *made)


def _columns(of: str, *, held: bool) -> list[pl.Expr]:
    if not held:
        nothing = [pl.lit(0, pl.Int64).alias(f"{of} {end}") for end in ("low", "high")]
        return [pl.lit(Outcome.NOT_MET.value).alias(f"{of} outcome"), *nothing]
    outcome, low, high = (pl.col(f"{of} {c}") for c in ("outcome", "payable_min", "payable_max"))
    paid = (outcome == Outcome.MET.value) & low.is_not_null()
    return [
        outcome,
        pl.when(paid).then(low).otherwise(0).alias(f"{of} low"),
        pl.when(paid).then(high.fill_null(NO_CEILING)).otherwise(0).alias(f"{of} high"),
    ]


BURDENS = frozenset[Kind](("duty", "sanction"))
"""The kinds of which it is the worse that they are met."""


def verdict(plan: Plan, sides: tuple[Text, Text]) -> pl.Expr:
    """How one provision decides a row under the second text, against the first."""
    name = plan.provision.id
    outcomes = [pl.col(f"{side.name} {name} outcome") for side in sides]
    settled = pl.all_horizontal(o.is_in([Outcome.MET.value, Outcome.NOT_MET.value]) for o in outcomes)
    ends = [[pl.col(f"{side.name} {name} {end}") for end in ("low", "high")] for side in sides]
    good = Outcome.NOT_MET if plan.provision.kind in BURDENS else Outcome.MET
    steps = [*zip(*ends, strict=True), tuple((o == good.value).cast(pl.Int64) for o in outcomes)]
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


def cost(rows: pl.DataFrame, plan: Plan, text: Text) -> Cost:
    """What a provision comes to under a text."""
    low, high = (rows.get_column(f"{text.name} {plan.provision.id} {end}") for end in ("low", "high"))
    outcomes = dict(rows.get_column(f"{text.name} {plan.provision.id} outcome").value_counts().iter_rows())
    unbounded = bool((high >= NO_CEILING).any())
    payable = Amount.of_fen(int(low.sum()), None if unbounded else int(high.sum()), plan.per)
    counts = (outcomes.get(o.value, 0) for o in (Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED))
    return Cost(payable, *counts)
