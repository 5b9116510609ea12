"""What a changed policy means for a registry: who gains, who loses, and what it costs before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs
import narwhals as nw

from ..decision import Outcome
from ..displayed import Displayed
from ..document import Document
from ..errors import CaseError, Problem, nearest
from ..pack import Pack
from ..phrases import Lang
from .answer import NAME, yuan
from .assess import Asked, ask_tables
from .clean import ROW
from .costs import COUNTED, Cost, costs
from .deciding import Text, decided, differing, rows_of
from .headings import Columns

BETTER, WORSE = ("gained", "more"), ("lost", "less")
CHANGES = (*BETTER, *WORSE, "wider", "unclear", "other")
"""What can become of a decision. `gained`, `lost`: it is met only after, only before. `more`, `less`: it is met on both
sides, and no end of what is payable falls, or rises. `wider`: it is met, and one end rises while the other falls.
`unclear`: one side is undetermined, or both are with other sums. `other`: neither is met, and one is left to the
authority."""
SIDES = ("before", "after")
PERS = ("once", "month")
WINNER, LOSER = "winners", "losers"
NO_CEILING = 10**17
"""What stands for a sum without a known ceiling where two are compared, in fen; no sum is as large."""


@attrs.frozen
class OfProvision:
    """What becomes of one provision: what it costs `before` and `after`, once or each month (`per`; None where it pays
    nothing), and by each of `CHANGES` how many rows."""

    provision: str
    title: str
    per: str | None
    before: Cost
    after: Cost
    changes: Mapping[str, int]

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        told = {"provision": self.provision, "title": self.title, "per": self.per, "changes": dict(self.changes)}
        return {**told, "before": self.before.to_dict(), "after": self.after.to_dict()}


@attrs.frozen
class OfGroup:
    """What becomes of the rows that have one value in a column (None: it is unknown): how many rows there are, how many
    gain and lose, and by `once` and `month` what the compared provisions cost."""

    value: object
    rows: int
    winners: int
    losers: int
    before: Mapping[str, Cost]
    after: Mapping[str, Cost]

    def to_dict(self) -> dict[str, object]:
        """Plain data; a day is ISO text."""
        value = self.value if isinstance(self.value, str | int | None) else str(self.value)
        sides = {side: {per: cost.to_dict() for per, cost in getattr(self, side).items()} for side in SIDES}
        return {"value": value, "rows": self.rows, "winners": self.winners, "losers": self.losers, **sides}


@attrs.frozen(eq=False, slots=False)
class Impact(Displayed):
    """Two texts of a policy held against each other over one registry.

    `compared` are the provisions that do not decide alike by their rules; only these are decided, and all figures are
    of these: what is the same in both texts costs the same. A cost is what is payable where a provision is met.
    """

    old: Pack = attrs.field(repr=False)
    new: Pack = attrs.field(repr=False)
    as_of: dt.date
    compared: tuple[str, ...]
    asked: Asked = attrs.field(repr=False)
    decided: nw.LazyFrame[Any] = attrs.field(repr=False)

    @cached_property
    def provisions(self) -> tuple[OfProvision, ...]:
        """What becomes of each provision that is compared, in the order of the packs."""
        names = [n for p in self.compared for n in (*_counted(p), *(f"{p}/{c}" for c in CHANGES))]
        found = rows_of(self._judged.select(*(nw.col(n).sum() for n in names)))[0] if names else {}
        return tuple(self._of(p, found) for p in self.compared)

    @cached_property
    def rows(self) -> Any:  # noqa: ANN401 - a frame of the caller's kind
        """One row for each row of the registry and provision in which something changes: `row`, `name` where the table
        tells it, `provision`, `change` (one of `CHANGES`), and `outcome`, `payable_min`, `payable_max`, each as
        `…_before` and `…_after`, in yuan."""
        name = (NAME,) if NAME in self._judged.collect_schema().names() else ()
        parts = [self._changed(p, name) for p in self.compared]
        none = self._judged.head(0).select(ROW, *name)
        return self.asked.kind.give(nw.concat(parts, how="vertical") if parts else none)

    @cached_property
    def count(self) -> int:
        """How many rows were decided."""
        return self._rows[ROW]

    @cached_property
    def winners(self) -> int:
        """How many rows gain under some provision and lose under none."""
        return self._rows[WINNER]

    @cached_property
    def losers(self) -> int:
        """How many rows lose under some provision and gain under none."""
        return self._rows[LOSER]

    def by(self, column: str) -> tuple[OfGroup, ...]:
        """The same for each value of a column of the root table, the largest group first.

        Raises:
            CaseError: the root table has no such column.
        """
        table = self.asked.tables.frames[self.asked.tables.root.name]
        known = set(table.collect_schema().names()) - {ROW}
        if column not in known:
            raise CaseError(Problem("column", f"`{column}` is no column of the registry{nearest(column, known)}"))
        summed = [n for p in self.compared for n in _counted(p)]
        valued = self._judged.join(table.select(ROW, nw.col(column).alias("value")), on=ROW, how="left")
        sums = (nw.col(n).sum().alias(n) for n in (WINNER, LOSER, *summed))
        groups = [self._group(r) for r in rows_of(valued.group_by("value").agg(nw.len().alias("count"), *sums))]
        return tuple(sorted(groups, key=lambda g: (-g.rows, str(g.value))))

    def total(self, side: str, per: str) -> Cost:
        """What the compared provisions cost in all, `before` or `after`, `once` or each `month`."""
        return sum((getattr(p, side) for p in self.provisions if p.per == per), Cost())

    def to_dict(self) -> dict[str, object]:
        """Plain data: the totals, how many gain and lose, and each provision that is compared."""
        return {
            "pack": self.new.id,
            "editions": {"before": self.old.edition, "after": self.new.edition},
            "as_of": self.as_of.isoformat(),
            "rows": self.count,
            "winners": self.winners,
            "losers": self.losers,
            "total": {s: {per: self.total(s, per).to_dict() for per in PERS} for s in SIDES},
            "provisions": [p.to_dict() for p in self.provisions],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - one form
        """Who gains, who loses, and the costs, in tables."""
        from .impact_words import impact_document  # noqa: PLC0415 - words are made on request

        return impact_document(self, lang)

    # ---------------------------------------------------------------------------------------------------- parts

    @cached_property
    def _judged(self) -> nw.LazyFrame[Any]:
        """What is decided, with what each row adds to costs and changes, and whether it gains or loses."""
        added = [e for p in self.compared for side in SIDES for e in costs(f"{side}/{p}")]
        frame = self.decided.with_columns(*added) if added else self.decided
        for p in self.compared:
            frame = frame.with_columns(*_changes(p))
        gains, loses = (_some([f"{p}/{c}" for p in self.compared for c in kinds]) for kinds in (BETTER, WORSE))
        return frame.with_columns(_one(gains & ~loses).alias(WINNER), _one(loses & ~gains).alias(LOSER))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        wanted = (nw.col(ROW).count().alias(ROW), nw.col(WINNER).sum(), nw.col(LOSER).sum())
        return {name: int(n or 0) for name, n in rows_of(self._judged.select(*wanted))[0].items()}

    def _of(self, provision: str, found: Mapping[str, Any]) -> OfProvision:
        plan = self.new.plans.get(provision) or self.old.plans[provision]
        before, after = (Cost.of(found, f"{side}/{provision}") for side in SIDES)
        changes = {c: int(found[f"{provision}/{c}"] or 0) for c in CHANGES}
        per = plan.per if plan.low is not None else None
        return OfProvision(provision, plan.provision.title, per, before, after, changes)

    def _group(self, found: Mapping[str, Any]) -> OfGroup:
        per = {p.provision: p.per for p in self.provisions}
        sides = [
            {
                each: sum((Cost.of(found, f"{side}/{p}") for p in self.compared if per[p] == each), Cost())
                for each in PERS
            }
            for side in SIDES
        ]
        rows, winners, losers = (int(found[n] or 0) for n in ("count", WINNER, LOSER))
        return OfGroup(found["value"], rows, winners, losers, *sides)

    def _changed(self, provision: str, name: tuple[str, ...]) -> nw.LazyFrame[Any]:
        """The rows in which one provision is decided otherwise."""
        change = nw.lit(None, dtype=nw.String)
        for c in CHANGES:
            change = nw.when(nw.col(f"{provision}/{c}") == 1).then(nw.lit(c)).otherwise(change)
        sides = [
            (yuan(column) if part != "outcome" else column).alias(f"{part}_{side}")
            for side in SIDES
            for part in ("outcome", "payable_min", "payable_max")
            for column in (nw.col(f"{side}/{provision}/{part}"),)
        ]
        told = self._judged.with_columns(change.alias("change")).filter(~nw.col("change").is_null())
        return told.select(ROW, *name, nw.lit(provision).alias("provision"), "change", *sides)


def impact(
    registry: object,
    old: str | Pack,
    new: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
) -> Impact:
    """What a registry would gain and lose, and what it would cost, if one text of a policy took the place of another.

    Args:
        registry: tables, as for `assess_registry`.
        old: an id, the path of a pack file, or a `Pack`; of one with several editions, the one in force on the day.
        new: the other text, likewise.
        as_of: the day of the question; today where left out.
        readings: the alternative to take, by reading, in both texts.
        columns: what headings mean, as for `assess_registry`.

    Raises:
        CaseError: the tables, the day or a reading is not valid; every problem is listed.
        Refused: provisions that tables cannot decide.
        PackError: a pack is not found or has mistakes.
    """
    asked = ask_tables(registry, (old, new), as_of, readings, columns)
    before, after = asked.packs
    compared = differing(before, after, asked.tables.root)
    texts = [
        Text(side, pack, tuple(p for p in pack.about(asked.tables.root) if p.provision.id in compared), taken)
        for side, pack, taken in zip(SIDES, asked.packs, asked.readings, strict=True)
    ]
    frame = decided(asked, texts)
    gone = [_nothing(f"{t.label}/{name}") for t in texts for name in compared if name not in t.pack.plans]
    if gone:
        frame = frame.with_columns(*(e for each in gone for e in each))
    return Impact(before, after, asked.as_of, compared, asked, frame)


def _nothing(name: str) -> list[nw.Expr]:
    """What is decided of a provision that a text does not have."""
    sums = (nw.lit(None, dtype=nw.Int64).alias(f"{name}/payable_{end}") for end in ("min", "max"))
    return [nw.lit(Outcome.NOT_MET.value).alias(f"{name}/outcome"), *sums]


def _counted(provision: str) -> list[str]:
    return [f"{side}/{provision}/{c}" for side in SIDES for c in COUNTED]


def _changes(p: str) -> list[nw.Expr]:
    """For each change, 1 where it is what becomes of a provision."""
    was, is_ = (nw.col(f"{side}/{p}/outcome") for side in SIDES)
    met_before, met_after = (o == nw.lit(Outcome.MET.value) for o in (was, is_))
    open_ = (was == nw.lit(Outcome.UNDETERMINED.value)) | (is_ == nw.lit(Outcome.UNDETERMINED.value))
    (low, high), (low_after, high_after) = (
        (nw.col(f"{side}/{p}/payable_min").fill_null(0), _ceiling(f"{side}/{p}")) for side in SIDES
    )
    rises, falls = (low_after > low) | (high_after > high), (low_after < low) | (high_after < high)
    met = met_before & met_after
    found = {
        "gained": ~open_ & ~met_before & met_after,
        "lost": ~open_ & met_before & ~met_after,
        "more": met & rises & ~falls,
        "less": met & falls & ~rises,
        "wider": met & rises & falls,
        "unclear": open_ & ((was != is_) | rises | falls),
        "other": ~open_ & ~met_before & ~met_after & (was != is_),
    }
    return [_one(found[c]).alias(f"{p}/{c}") for c in CHANGES]


def _ceiling(name: str) -> nw.Expr:
    """The upper end of a sum; without a sum there is nothing to get."""
    low, high = nw.col(f"{name}/payable_min"), nw.col(f"{name}/payable_max")
    without = nw.when(low.is_null()).then(nw.lit(0, dtype=nw.Int64)).otherwise(nw.lit(NO_CEILING, dtype=nw.Int64))
    return nw.when(high.is_null()).then(without).otherwise(high)


def _some(names: list[str]) -> nw.Expr:
    found = nw.lit(False)
    for name in names:
        found = found | (nw.col(name) == 1)
    return found


def _one(holds: nw.Expr) -> nw.Expr:
    return nw.when(holds).then(nw.lit(1, dtype=nw.Int64)).otherwise(nw.lit(0, dtype=nw.Int64))
