"""What a changed policy does to a registry: who is decided better or worse, and what it costs before and after."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from ..assess import read_day, read_readings
from ..canonical import plan_form
from ..displayed import Displayed
from ..errors import CaseError, Problem, nearest
from ..money import Amount, Per
from ..pack import Pack
from ..plan import Plan

try:
    import narwhals as nw
    import polars as pl
except ImportError as missing:
    told = f"a registry cannot be read here ({missing}); install `socorg-rules[registry]`"
    raise CaseError(Problem("tables", told)) from missing

from .assess import packs_of
from .clean import ROW, CleanTables
from .costing import NO_CEILING, Cost, Text, cost, decided, verdict
from .tables import read_tables
from .verdicts import VERDICTS, Verdict

if TYPE_CHECKING:
    from ..document import Document
    from ..phrases import Lang
    from .headings import Columns


@attrs.frozen
class Changed:
    """A provision whose rules are others: what it comes to before and after, and how many organizations it decides
    better (`wins`), worse (`loses`), otherwise (`unclear`: it is or was not settled, or a range that is wider at both
    ends) or the `same`. To come under a duty or a sanction is worse."""

    provision: str
    title: str
    clause: str
    before: Cost
    after: Cost
    counts: Mapping[Verdict, int]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        told = {n: getattr(self, n) for n in ("provision", "title", "clause")}
        costs = {"before": self.before.to_dict(), "after": self.after.to_dict()}
        return {**told, **costs, "counts": dict(self.counts)}


@attrs.frozen
class Group:
    """The organizations that have one value of a fact: how many, their verdicts, and how much more they can claim."""

    value: str | None
    rows: int
    counts: Mapping[Verdict, int]
    more: Mapping[Per, Amount]


@attrs.frozen(eq=False, slots=False)
class Impact(Displayed):
    """A registry under two texts of a policy. Provisions whose rules are the same are not looked at.

    Attributes:
        old: the text before, as of the day.
        new: the text after.
        readings: the alternatives taken of the readings of each, `old` and `new`; None for one left open.
        provisions: those whose rules differ, in the order of the newer text.
        rows: one for each organization that both decide: `row`, `verdict` over all these provisions, and how much more
            is payable in fen, `once_low`, `once_high`, `month_low`, `month_high` (the difference of both ends; null
            where one has no ceiling).
        left_out: how many rows of the registry are not valid, and not decided.
    """

    old: Pack
    new: Pack
    as_of: dt.date
    readings: Mapping[str, Mapping[str, str | None]]
    provisions: tuple[Changed, ...]
    rows: pl.DataFrame = attrs.field(repr=False)
    left_out: int
    tables: CleanTables = attrs.field(repr=False)

    @cached_property
    def counts(self) -> Mapping[Verdict, int]:
        """How many organizations are decided how, over all provisions."""
        return _counts(self.rows)

    @property
    def more(self) -> Mapping[Per, Amount]:
        """How much more is payable in all, once and every month; less where it is negative."""
        return _more(self.rows)

    def by(self, column: str) -> tuple[Group, ...]:
        """The same by a fact of the organizations, the largest group first; None for those of which it is unknown.

        Raises:
            CaseError: the registry has no such column.
        """
        frame = self.tables.frames[self.tables.root.name]
        known = [name for name in frame.collect_schema().names() if name != ROW]
        if column not in known:
            told = f"the registry has no column `{column}`{nearest(column, known)}"
            raise CaseError(Problem("column", told))
        values: pl.DataFrame = frame.select(ROW, nw.col(column).alias("value")).collect("polars").to_native()
        joined = self.rows.join(values, on=ROW, how="left")
        fact = self.tables.root.facts.get(column)
        groups = []
        for (value,), rows in joined.group_by("value"):
            label = None if value is None else str(value)
            shown = fact.label_of(label) if fact is not None and label is not None else label
            groups.append(Group(shown, rows.height, _counts(rows), _more(rows)))
        return tuple(sorted(groups, key=lambda g: (-g.rows, g.value or "")))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, but the rows."""
        texts = {
            side: {"pack": p.id, "edition": p.edition, "hash": p.content_hash, "readings": dict(self.readings[side])}
            for side, p in (("old", self.old), ("new", self.new))
        }
        return {
            **texts,
            "as_of": self.as_of.isoformat(),
            "organizations": self.rows.height,
            "left_out": self.left_out,
            "counts": dict(self.counts),
            "more": {per: amount.to_dict() for per, amount in self.more.items()},
            "provisions": [p.to_dict() for p in self.provisions],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """Who is decided otherwise, and what each provision comes to."""
        from .scenario_told import impact_document  # noqa: PLC0415 - what is not shown costs nothing

        return impact_document(self, lang)


def impact(
    tables: object,
    old: str | Pack,
    new: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
) -> Impact:
    """What a changed text does to a registry.

    Only provisions whose rules differ are decided, under both texts, by the columns engine. What surely is payable is
    counted: what is undetermined, or left to the authority, is counted apart and is in no sum.

    Args:
        tables: as for `assess_registry`.
        old: an id, the path of a pack file, or a `Pack`; of one with several editions, the one of the day.
        new: the same, for the changed text.
        as_of: the day of the question, a date or ISO text; today where left out.
        readings: the alternative to take, by reading, in either text.
        columns: as for `assess_registry`.

    Raises:
        CaseError: as for `assess_registry`.
        PackError: a pack is not found or has mistakes.
    """
    problems: list[Problem] = []
    day = read_day(as_of, problems)
    packs = packs_of([old, new])
    if problems:
        raise CaseError(problems)
    before, after = (p.on(day) for p in packs)
    taken = [_taken(side, readings or {}, (before, after), problems) for side in (before, after)]
    if problems:
        raise CaseError(dict.fromkeys(problems))
    clean = tables if isinstance(tables, CleanTables) else read_tables(mapping_of(tables), packs, columns)
    plans = changed_plans(before, after, taken[0], taken[1], clean)
    sides = Text("before", before, taken[0]), Text("after", after, taken[1])
    return compared(clean, day, sides, plans, decided(clean, day, sides, plans))


def compared(
    clean: CleanTables, day: dt.date, sides: tuple[Text, Text], plans: Mapping[str, Plan], rows: pl.DataFrame
) -> Impact:
    """Some provisions under two texts, of which `rows` is what `decided` says."""
    both = rows.filter(pl.all_horizontal(pl.col(f"{side.name} sound") for side in sides))
    both = both.with_columns(verdict(plan, sides) for plan in plans.values())
    found = tuple(
        Changed(
            name,
            plan.provision.title,
            plan.provision.clause,
            cost(both, plan, sides[0]),
            cost(both, plan, sides[1]),
            _counts(both, name),
        )
        for name, plan in plans.items()
    )
    total = clean.frames[clean.root.name].select(nw.len()).collect("polars").to_native().item()
    old, new = sides
    readings = {"old": old.readings, "new": new.readings}
    return Impact(old.pack, new.pack, day, readings, found, _rows(both, plans, sides), int(total) - both.height, clean)


def changed_plans(
    before: Pack,
    after: Pack,
    taken_before: Mapping[str, str | None],
    taken_after: Mapping[str, str | None],
    clean: CleanTables,
) -> dict[str, Plan]:
    """The provisions about these tables whose rules differ, as the newer text has them, else the older."""
    sides = [{p.provision.id: p for p in pack.about(clean.root)} for pack in (before, after)]
    names = dict.fromkeys((*sides[1], *sides[0]))

    def form(plan: Plan | None, taken: Mapping[str, str | None]) -> object:
        return plan and (plan_form(plan), [taken[r.name] for r in plan.readings])

    forms = [{n: form(plans.get(n), taken) for n in names}
             for plans, taken in zip(sides, (taken_before, taken_after), strict=True)]  # fmt: skip
    return {n: sides[1].get(n) or sides[0][n] for n in names if forms[0][n] != forms[1][n]}


def _rows(both: pl.DataFrame, plans: Mapping[str, Plan], sides: tuple[Text, Text]) -> pl.DataFrame:
    """The verdict over all provisions, and how much more is payable."""
    found = [pl.col(name) for name in plans]
    wins, loses, unclear = (pl.any_horizontal(c == v for c in found) if found else pl.lit(value=False)
                            for v in VERDICTS[:3])  # fmt: skip
    said = (
        pl.when(unclear | (wins & loses))
        .then(pl.lit("unclear"))
        .when(wins)
        .then(pl.lit("wins"))
        .when(loses)
        .then(pl.lit("loses"))
        .otherwise(pl.lit("same"))
    )
    more = []
    for per in ("once", "month"):
        mine = [name for name, plan in plans.items() if plan.per == per]
        for end in ("low", "high"):
            ends = [[pl.col(f"{side.name} {n} {end}") for side in sides] for n in mine]
            steps = [after - before for before, after in ends]
            bounded = [column < NO_CEILING for both_ends in ends for column in both_ends]
            total = pl.sum_horizontal(steps) if steps else pl.lit(0, pl.Int64)
            more.append(pl.when(pl.all_horizontal(bounded) if bounded else True).then(total).alias(f"{per}_{end}"))
    return both.select(ROW, said.alias("verdict"), *more)


def _counts(rows: pl.DataFrame, column: str = "verdict") -> dict[Verdict, int]:
    found = Counter(dict(rows.get_column(column).value_counts().iter_rows()))
    return {v: found[v] for v in VERDICTS}


def _more(rows: pl.DataFrame) -> dict[Per, Amount]:
    """The difference of both ends, the smaller first."""
    made: dict[Per, Amount] = {}
    pers: tuple[Per, ...] = ("once", "month")
    for per in pers:
        low, high = (rows.get_column(f"{per}_{end}") for end in ("low", "high"))
        ends = sorted((int(low.sum()), int(high.sum())))
        made[per] = Amount.of_fen(ends[0], None if high.null_count() else ends[1], per)
    return made


def _taken(pack: Pack, readings: object, sides: tuple[Pack, Pack], problems: list[Problem]) -> Mapping[str, str | None]:
    """The alternatives under which one side is asked; a reading that only the other side has is none of its own."""
    if not isinstance(readings, Mapping):
        return read_readings([pack], readings, problems)[pack.id]
    here = {n: a for n, a in readings.items() if n in pack.readings or not any(n in side.readings for side in sides)}
    return read_readings([pack], here, problems)[pack.id]


def mapping_of(tables: object) -> Mapping[str, object]:
    """Tables by name.

    Raises:
        CaseError: they are no such thing.
    """
    if not isinstance(tables, Mapping):
        told = "expected an object of tables by name, as in {'organization': …, 'staff': …}"
        raise CaseError(Problem("tables", told))
    return tables
