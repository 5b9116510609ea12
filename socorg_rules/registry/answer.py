"""The answer about a registry: decisions, items, totals and problems as frames, and one row explained in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs
import narwhals as nw

from ..answer import Answer
from ..assess import assess
from ..engines.columns import PART, PROBLEM, InColumns, decide_in_columns, depends_on, shown
from ..engines.columns_frames import Frames
from ..engines.columns_graph import Col, Scope
from ..engines.columns_nodes import Nodes
from ..engines.columns_totals import SEPARATOR
from ..facts import OwnFacts
from ..pack import Pack
from ..plan import Plan
from .clean import ITEM, ROW, CleanTables
from .native import IN_POLARS, Kind, computed
from .one_row import case_of
from .stacked import Group, stacked

NAME = "name"
YUAN = nw.Decimal(20, 2)
_FEN = Decimal("0.01")
MONEY = ("payable_min", "payable_max")
LISTS = ("missing", "text_gaps", "open_readings", "left_out")
ALWAYS_SHOWN = ("outcome", "reason", *MONEY, "missing")
"""What of a decision is a column for every provision. Text gaps and open readings are, where there can be any."""


@attrs.frozen(eq=False, slots=False)
class RegistryAnswer:
    """What was decided of a registry, in frames of the caller's own kind. Rows are told apart by `row`, the key that
    the root table gave them; their order is not kept.

    Sums are decimal yuan. A list of names is null where it would be empty. `missing` names a fact of an item without
    the item's place in its list (`organization.assessments[].grade`).
    """

    pack: Pack = attrs.field(repr=lambda pack: repr(pack.id))
    as_of: dt.date
    readings: Mapping[str, str | None] = attrs.field(repr=False)
    plans: tuple[Plan, ...] = attrs.field(repr=False)
    tables: CleanTables = attrs.field(repr=False)
    found: InColumns = attrs.field(repr=False)
    kind: Kind = attrs.field(repr=False)

    @classmethod
    def of(
        cls,
        pack: Pack,
        plans: tuple[Plan, ...],
        tables: CleanTables,
        as_of: dt.date,
        readings: Mapping[str, str | None],
        elsewhere: frozenset[str],
        kind: Kind,
    ) -> RegistryAnswer:
        """Decide clean tables.

        Raises:
            Refused: provisions that tables cannot decide.
        """
        nodes = nodes_over(tables, as_of, readings)
        return cls(pack, as_of, readings, plans, tables, decide_in_columns(pack, plans, nodes, elsewhere), kind)

    def over(self, tables: CleanTables) -> RegistryAnswer:
        """The same question put to tables in Polars with the same columns, computed when it is first asked for."""
        return attrs.evolve(self, tables=tables, kind=IN_POLARS)

    @cached_property
    def decisions(self) -> Any:  # noqa: ANN401 - a frame of the caller's
        """One row for each that was decided: `row`, `name` where the table tells it, and for each provision columns
        `<provision>.outcome`, `.reason` (of `not_met`), `.payable_min`, `.payable_max`, `.missing`; `.text_gaps` and
        `.open_readings` (by name) where there can be any.

        `payable_min` and `payable_max` are null where there is no sum; `payable_max` alone where nothing bounds it.
        """
        return self.kind.give(self._sound.select(ROW, *self._name, *self._wide))

    def long(self) -> Any:  # noqa: ANN401
        """The same, a row for each provision: `row`, `provision`, `outcome`, `reason`, `payable_min`, `payable_max`,
        `per` (once or month, of grants with a figure) and `missing`."""
        told = [_told(nw.col(_inner(n)), _end(n)).alias(_inner(n)) for n in self._shown]
        found = stacked(self._sound.select(ROW, *told), [ROW], map(_group, self.plans))
        return self.kind.give(found.select(*_LONG_COLUMNS))

    @cached_property
    def items(self) -> Any:  # noqa: ANN401
        """What was decided of each item, by provisions that decide item by item: `row`, `provision`, `item` (its number
        within the row), `id`, and what `long` tells of a decision."""
        return self.kind.give(nw.concat([*self._items, self._no_items], how="vertical"))

    @cached_property
    def totals(self) -> Any:  # noqa: ANN401
        """What is payable in all under grants that are met: `row`, for each payee `organization.once_min`, `.once_max`,
        `.month_min`, `.month_max`, and in `left_out` the grants and items that are not counted. A pack that is not
        normative has no totals but `row`."""
        made = [_told(nw.col(_inner(n)), _end(n)).alias(n) for n in self.found.totals]
        return self.kind.give(self._sound.select(ROW, *made))

    @cached_property
    def problems(self) -> Any:  # noqa: ANN401
        """What is wrong with rows that were not decided: `row`, `path`, `problem`, a row for each problem."""
        found = self._root.filter(~nw.col(_SOUND)).select(ROW, nw.col(_PROBLEMS).str.split(PROBLEM)).explode(_PROBLEMS)
        parts = nw.col(_PROBLEMS).str.split(PART).list
        told = found.select(ROW, parts.get(0).alias("path"), parts.get(1).alias("problem"))
        return self.kind.give(nw.concat([self.tables.problems, told], how="vertical"))

    @cached_property
    def depends_on(self) -> Any:  # noqa: ANN401
        """One row for each that was decided: `row` and for each provision `<provision>.depends_on`, the readings whose
        switch alone, the others as chosen, changes outcome or amount. It decides all anew for every alternative."""
        wanted = {f"{p.provision.id}.depends_on": c for p, c in depends_on(self.found).items()}
        frame = self._frames({self.found.nodes.root: {**wanted, _SOUND: self.found.is_sound}})[self.found.nodes.root]
        told = (nw.col(_inner(n)).str.split(SEPARATOR).alias(n) for n in wanted)
        return self.kind.give(frame.filter(nw.col(_SOUND)).select(ROW, *told))

    def explain_row(self, row: str | int) -> Answer:
        """The full answer about the row with this key, with its derivation, made from the same tables by `assess`.

        Raises:
            CaseError: there is no such row, or it contradicts itself.
        """
        case = case_of(self.tables, str(row), self._own)
        return assess(case, self.pack, self.as_of, self.readings)

    # ---------------------------------------------------------------------------------------------------- parts

    @property
    def _own(self) -> tuple[OwnFacts, ...]:
        return self.pack.own

    def _frames(self, wanted: Mapping[Scope, Mapping[str, Col]]) -> dict[Scope, nw.LazyFrame[Any]]:
        named = {scope: {_inner(n): c for n, c in cols.items()} for scope, cols in wanted.items()}
        return Frames(self.tables.frames, self.as_of)(named)

    @cached_property
    def _shown(self) -> dict[str, Col]:
        """The columns of the wide table, sums in fen, lists as texts."""
        g, made = self.found.nodes.g, dict[str, Col]()
        for plan, decided in self.found.decided.items():
            cols = shown(g, plan, decided)
            told = [n for n in cols if n in ALWAYS_SHOWN or (n in LISTS and not cols[n].is_lit)]
            made |= {f"{plan.provision.id}.{n}": cols[n] for n in told}
        return made

    @cached_property
    def _root(self) -> nw.LazyFrame[Any]:
        """All that is worked out for the rows of the root table; of eager frames, once for all that is asked."""
        nodes, found = self.found.nodes, self.found
        wanted = {**self._shown, **found.totals, _SOUND: found.is_sound, _PROBLEMS: found.problems}
        if NAME in self._name:
            wanted[NAME] = nodes.column(nodes.place(None, {}), NAME, "str")
        frame = self._frames({nodes.root: wanted})[nodes.root]
        return frame if self.kind.is_lazy else nw.from_native(computed(frame)).lazy()

    @property
    def _sound(self) -> nw.LazyFrame[Any]:
        return self._root if self.found.is_sound is self.found.nodes.g.true else self._root.filter(nw.col(_SOUND))

    @property
    def _name(self) -> tuple[str, ...]:
        has = NAME in self.found.nodes.columns[self.tables.root.name]
        return (NAME,) if has and NAME in self.tables.root.facts else ()

    @property
    def _wide(self) -> list[nw.Expr]:
        return [_told(nw.col(_inner(n)), _end(n)).alias(n) for n in self._shown]

    @property
    def _items(self) -> list[nw.LazyFrame[Any]]:
        wanted: dict[Scope, dict[str, Col]] = {}
        for plan, items in self.found.items.items():
            cols = shown(self.found.nodes.g, plan, items.decided)
            of = wanted.setdefault(items.scope, {_SOUND: self.found.is_sound, "id": items.id})
            of |= {f"{plan.provision.id}.{n}": cols[n] for n in ALWAYS_SHOWN}
        frames = self._frames(wanted) if wanted else {}
        return [self._of_items(scope, frames[scope], tuple(of)) for scope, of in wanted.items()]

    def _of_items(self, scope: Scope, frame: nw.LazyFrame[Any], names: tuple[str, ...]) -> nw.LazyFrame[Any]:
        """The decisions of the items of one table as rows."""
        told = [_told(nw.col(_inner(n)), _end(n)).alias(_inner(n)) for n in names if n not in {_SOUND, "id"}]
        found = frame.filter(nw.col(_SOUND)).select(ROW, nw.col(scope.keys[-1]).alias(ITEM), "id", *told)
        of = [plan for plan, items in self.found.items.items() if items.scope is scope]
        return stacked(found, [ROW, ITEM, "id"], map(_group, of)).select(*_ITEM_COLUMNS)

    @property
    def _no_items(self) -> nw.LazyFrame[Any]:
        """The table of items without a row."""
        texts = ("id", "outcome", "reason")
        none = {n: nw.lit(None, dtype=nw.String) for n in (*texts, "per")}
        sums = {n: nw.lit(None, dtype=YUAN) for n in MONEY}
        return (
            self.tables.frames[self.tables.root.name]
            .select(
                ROW,
                nw.lit("").alias("provision"),
                nw.lit(0, dtype=nw.Int64).alias(ITEM),
                *(none[n].alias(n) for n in texts),
                *(sums[n].alias(n) for n in MONEY),
                none["per"].alias("per"),
                nw.lit(None, dtype=nw.String).str.split(SEPARATOR).alias("missing"),
            )
            .filter(nw.col("provision") != "")
        )


_LONG_COLUMNS = (ROW, "provision", "outcome", "reason", *MONEY, "per", "missing")
_ITEM_COLUMNS = (*_LONG_COLUMNS[:2], ITEM, "id", *_LONG_COLUMNS[2:])
_SOUND, _PROBLEMS = "is sound", "problems told"
"""Columns on the way; no fact and no provision has a name with a space."""


def nodes_over(tables: CleanTables, as_of: dt.date, readings: Mapping[str, str | None]) -> Nodes:
    """The rule tree as columns of these tables."""
    columns = {name: frozenset(frame.collect_schema().names()) for name, frame in tables.frames.items()}
    return Nodes(tables.root, columns, as_of, readings)


def _inner(name: str) -> str:
    """What a column is called on the way: Spark takes a point in a name for the beginning of a field."""
    return name.replace(".", "/")


def _group(plan: Plan) -> Group:
    """The decisions of one provision as rows of a long table."""
    columns = {n: _inner(f"{plan.provision.id}.{n}") for n in ("outcome", "reason", *MONEY)}
    texts = {"provision": plan.provision.id, "per": plan.per if plan.low is not None else None}
    return Group(texts, {**columns, "missing": _inner(f"{plan.provision.id}.missing")})


def yuan(fen: nw.Expr) -> nw.Expr:
    """A column of whole fen as decimal yuan, exactly."""
    return (fen.cast(YUAN) * nw.lit(_FEN, dtype=YUAN)).cast(YUAN)


def _end(name: str) -> str:
    """What a column tells: the last part of its name."""
    return name.rpartition(".")[2]


def _told(column: nw.Expr, what: str) -> nw.Expr:
    """A column as it is shown."""
    if what in LISTS:
        return column.str.split(SEPARATOR)
    return yuan(column) if what.endswith(("_min", "_max")) else column
