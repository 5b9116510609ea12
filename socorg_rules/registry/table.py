"""One table that was opened: its columns recognized, each row with its key, and whether it is valid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_
from typing import Any

import attrs
import narwhals as nw

from ..errors import CaseError, Problem
from ..facts import EntityType, Fact, OwnFacts
from ..value import Unfit
from .cell_words import said, shown
from .cells import Cell, cell
from .clean import ID, ITEM, PARENT, ROW, column_of
from .headings import ROOT_KEYS, Heading, headings, known_columns, parent_label
from .sources import HEADED_SO, ORDER, POINT, lazy, opened, with_lists_as_text

Frame = nw.LazyFrame[Any]

FITS = "all fits"
KEY, PLACE, ABOVE = "key of the row", "place in the row", "place above"
"""What becomes `row`, `item` and `parent`, while the table still has its own columns, which may be called so."""
IN_LIST, LIST_ABOVE, ABOVE_ID = "place in the list", "place above in its list", "id of the item above"
"""For paths: the places of an item of an item, and of the one above, in their own lists."""

INNER = frozenset({ORDER, FITS, KEY, PLACE, ABOVE, IN_LIST, LIST_ABOVE, ABOVE_ID})
"""The columns that a table has besides its own."""

NO_KEY, NO_ROW = "the row has no key", "no row of `"
"""What problems begin with: of a row without a key, and of an item whose key no row above has."""

_NEXT, _AT = "\x1e", "\x1f"
"""Between the problems of a row while they are one text, and between the path and the words of each."""


@attrs.frozen(eq=False, slots=False)
class Table:
    """A table that was opened.

    Args:
        name: what it is called among the tables: the root entity, or a collection.
        kind: what its rows are.
        above: the table whose rows its own belong to; None for the root table.
        frame: its raw columns, the keys of each row, and `FITS` once that was judged.
        keys: the columns that hold the key of a row, and the id of the item that it belongs to.
        cells: what its columns hold, by fact.
    """

    name: str
    kind: EntityType
    above: Table | None
    frame: Frame
    keys: tuple[str, ...]
    cells: Mapping[str, Cell]

    @property
    def root(self) -> str:
        """The name of the root entity."""
        return self.name if self.above is None else self.above.root

    @property
    def indexes(self) -> list[nw.Expr]:
        """The key columns as clean tables have them."""
        found = {KEY: ROW, PLACE: ITEM, ABOVE: PARENT}
        if self.above is None:
            return [nw.col(KEY).alias(ROW)]
        nested = self.above.above is not None
        return [nw.col(c).alias(name) for c, name in found.items() if c != ABOVE or nested]

    @property
    def _is_nested(self) -> bool:
        return self.above is not None and self.above.above is not None

    @property
    def judged(self) -> Frame:
        """The raw columns and keys, and in `FITS` whether all of a row is valid."""
        known = [~nw.col(c).is_null() for c in (KEY, *((ABOVE,) if self._is_nested else ()))]
        return self.frame.with_columns(reduce(and_, [*(c.fits for c in self.cells.values()), *known]).alias(FITS))

    @property
    def valid(self) -> Frame:
        """The rows in which everything fits, as clean ones."""
        values = (c.value.alias(inner_name(name)) for name, c in self.cells.items())
        return self.frame.filter(FITS).select(*self.indexes, *values)

    @property
    def wrong(self) -> Frame:
        """The keys of the rows in which something does not fit."""
        return self.frame.filter(~nw.col(FITS)).select(KEY).drop_nulls(KEY)

    @property
    def problems(self) -> Frame:
        """What does not fit."""
        keyless = nw.col(KEY).is_null()
        told = [_told(keyless, self.place(), said(f"{NO_KEY}; write it in `{self.keys[0]}`", self._where))]
        if self._is_nested and self.above is not None:
            lost = said(f"no item of `{self.above.name}` has the id `", shown(nw.col(ABOVE_ID)), "`")
            nothing = nw.lit(f"the row does not say which item it belongs to; write its id in `{self.keys[-1]}`")
            lost = nw.when(nw.col(ABOVE_ID).is_null()).then(nothing).otherwise(lost)
            told.append(_told(nw.col(ABOVE).is_null() & ~keyless, self.place(), lost))
        told += [_told(~c.fits, self.place(name), c.told) for name, c in self.cells.items()]
        joined = nw.concat_str(told, separator=_NEXT, ignore_nulls=True)
        wrong = (
            self.frame.filter(~nw.col(FITS))
            .filter(~self.is_blank)
            .select(nw.col(KEY).alias(ROW), told=joined.str.split(_NEXT))
        )
        one = nw.col("told").str.split(_AT).list
        return wrong.explode("told").select(ROW, path=one.get(0), problem=one.get(1))

    @property
    def is_blank(self) -> nw.Expr:
        """Whether nothing stands in a row, as below the last one of a sheet."""
        given = {name: dtype for name, dtype in self.frame.collect_schema().items() if name not in INNER}
        empty = [
            nw.col(name).is_null() | (nw.col(name).str.strip_chars() == "")
            if dtype == nw.String
            else nw.col(name).is_null()
            for name, dtype in given.items()
        ]
        return reduce(and_, empty).fill_null(True)

    @property
    def _where(self) -> nw.Expr | str:
        """Where a row without a key is found. Spark does not number the rows of a table."""
        kind = self.frame.implementation
        if kind.is_pyspark() or kind.is_pyspark_connect():
            return ""
        return said(", in row ", (nw.col(ORDER) + 1).cast(nw.String), " below the headings")

    @property
    def twice(self) -> Frame:
        """The items whose id an earlier item of their list has: that id in `same`, the earlier place in `first`."""
        above = [ABOVE, LIST_ABOVE] if self._is_nested else []
        of, place = [KEY, *above, "same"], self._in_list
        known = self.frame.filter(self.cells[ID].fits & ~nw.col(KEY).is_null())
        known = known.select(KEY, *above, place, same=self.cells[ID].value).drop_nulls("same")
        times = known.group_by(*of).agg(nw.col(place).min().alias("first"), nw.len().alias("times"))
        return known.join(times.filter(nw.col("times") > 1), on=of).filter(nw.col("first") < nw.col(place))

    @property
    def _in_list(self) -> str:
        return IN_LIST if self._is_nested else PLACE

    def place(self, fact: str = "", at: str | None = None) -> nw.Expr:
        """The path of a fact in a row, or of the row, as in a case; `at`: the column of its place in its list."""
        after = f".{fact}" if fact else ""
        if self.above is None:
            return nw.lit(self.name + after)
        *above, last = self.name.split(".")
        start = ".".join((self.root, *above))
        begun = said(f"{start}[", nw.col(LIST_ABOVE).cast(nw.String), "].") if above else nw.lit(f"{start}.")
        numbered = said(begun, f"{last}[", nw.col(at or self._in_list).cast(nw.String), f"]{after}")
        lost = nw.col(KEY).is_null() | (nw.col(ABOVE).is_null() if above else False)
        return nw.when(lost).then(nw.lit(f"{self.root}.{self.name}{after}")).otherwise(numbered)

    def told(self, frame: Frame, problem: nw.Expr, fact: str = "") -> Frame:
        """A problem that each of these rows has, as a whole or in one fact."""
        return frame.select(nw.col(KEY).alias(ROW), path=self.place(fact), problem=problem)


def inner_name(fact: str) -> str:
    """What a column of clean tables is called until they are ready.

    Spark takes a point in a name for the beginning of a field.
    """
    return column_of(fact).replace(".", POINT)


def named(frame: Frame) -> Frame:
    """The table with the names that clean tables have."""
    columns = frame.collect_schema().names()
    names = [column.replace(POINT, ".") for column in columns]
    if frame.implementation.is_pyspark() or frame.implementation.is_pyspark_connect():
        return lazy(frame.to_native().toDF(*names))
    return frame.rename({c: n for c, n in zip(columns, names, strict=True) if c != n})


def _told(wrong: nw.Expr, place: nw.Expr, told: nw.Expr) -> nw.Expr:
    return nw.when(wrong).then(said(place, _AT, told))


def open_table(
    source: object,
    name: str,
    kind: EntityType,
    above: Table | None,
    own: Iterable[OwnFacts],
    meant: Mapping[str, str | None],
    problems: list[Problem],
) -> Table | None:
    """A table with its columns recognized; None where that cannot be. What is wrong joins the problems.

    Args:
        source: a frame or a path.
        name: what it is called among the tables.
        kind: what its rows are.
        above: the table whose rows its own belong to.
        own: the packs' own facts.
        meant: what the caller says of its headings.
        problems: takes what is wrong.
    """
    path = name if above is None else f"{above.root}.{name}"
    try:
        frame = opened(source, path, (name, kind.name, kind.label))
    except CaseError as error:
        problems += error.problems
        return None
    if above is not None and frame.implementation != above.frame.implementation:
        both = f"`{above.frame.implementation.value}` and `{frame.implementation.value}`"
        problems.append(Problem(path, f"the tables are frames of {both}; give all in one"))
        return None
    schema = frame.collect_schema()
    problems += [Problem(f"{path}.{name}", HEADED_SO) for name in schema if name in INNER and name != ORDER]
    known = known_columns(kind, own)
    levels = _levels(above, known)
    raw = {column.replace(POINT, "."): column for column in schema if column != ORDER}
    found = headings(path, raw, known, levels, meant, problems)
    columns = [attrs.evolve(heading, column=raw[heading.column]) for heading in found]
    keys = _keys(path, columns, levels, above, schema, problems)
    cells = {}
    for heading in columns:
        if heading.fact is not None:
            try:
                cells[heading.name] = _cell(heading, schema[heading.column], heading.fact)
            except Unfit as problem:
                problems.append(Problem(f"{path}.{heading.column.replace(POINT, '.')}", str(problem)))
    if keys is None:
        return None
    lists = [h.column for h in columns if h.fact is not None and isinstance(schema[h.column], nw.List)]
    return Table(name, kind, above, _keyed(with_lists_as_text(frame, lists), keys, above), keys, cells)


def _cell(heading: Heading, dtype: nw.dtypes.DType, fact: Fact) -> Cell:
    """The cells of a column. An `id` may be a whole number, which is the same as its digits."""
    if heading.name == ID and dtype.is_integer():
        return Cell(nw.lit(True), nw.col(heading.column).cast(nw.String), nw.lit(None, nw.String))
    return cell(heading.column, dtype, fact)


def _levels(above: Table | None, known: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    """The key columns of a table, each with the headings that mean it.

    A row says which row of the root table it belongs to, under the name of the root entity or the heading that is the
    key there; and an item of items the id of the one above, under the name of that collection.
    """
    if above is None:
        return {ROW: (ROW,)}
    top = above
    while top.above is not None:
        top = top.above
    taken = {*known, *(fact.label for fact in known.values())}
    of_root = tuple(c for c in top.keys if c not in taken)
    found = {ROW: tuple(dict.fromkeys((ROW, top.kind.name, parent_label(top.kind), *of_root)))}
    if above.above is not None:
        found[PARENT] = (PARENT, above.name, above.kind.name, parent_label(above.kind))
    return found


def _keys(
    path: str,
    columns: Iterable[Heading],
    levels: Mapping[str, tuple[str, ...]],
    above: Table | None,
    schema: nw.Schema,
    problems: list[Problem],
) -> tuple[str, ...] | None:
    """The columns that hold the keys; what is wrong with them joins the problems."""
    by_name = {heading.name: heading.column for heading in columns}
    found: list[str] = []
    for level, named in levels.items():
        wanted = (level, *ROOT_KEYS) if above is None else (level,)
        column = next((by_name[name] for name in wanted if name in by_name), None)
        if column is None:
            names = " or ".join(f"`{n}`" for n in (wanted if above is None else named))
            what = "is the key of its rows" if above is None else "says what its rows belong to"
            problems.append(Problem(path, f"no column {what}; name one {names}, or say which with `columns`"))
        elif not (schema[column] in (nw.String, nw.Categorical, nw.Enum, nw.Unknown) or schema[column].is_integer()):
            told = f"expected text or whole numbers as a key, the column holds {schema[column]}"
            problems.append(Problem(f"{path}.{column}", told))
        else:
            found.append(column)
    return tuple(found) if len(found) == len(levels) else None


def _keyed(frame: Frame, keys: tuple[str, ...], above: Table | None) -> Frame:
    """The rows with their key as text; those of a collection with their place in it, and the place above."""
    keyed = frame.with_columns(_key(keys[0]).alias(KEY))
    if above is None:
        return keyed
    keyed = keyed.with_columns(_place(KEY).alias(PLACE))
    if above.above is None:
        return keyed
    list_above = IN_LIST if above.above.above is not None else PLACE
    known = above.frame.filter(above.cells[ID].fits).select(
        KEY,
        nw.col(PLACE).alias(ABOVE),
        nw.col(list_above).alias(LIST_ABOVE),
        above.cells[ID].value.alias(ABOVE_ID),
    )
    keyed = keyed.with_columns(_key(keys[1]).alias(ABOVE_ID))
    keyed = keyed.join(known.unique([KEY, ABOVE_ID]), on=[KEY, ABOVE_ID], how="left")
    return keyed.with_columns(_place(KEY, ABOVE).alias(IN_LIST))


def _place(*of: str) -> nw.Expr:
    """The place of a row among those that these columns hold alike, from 0."""
    return nw.col(KEY).cum_count().over(*of, order_by=ORDER).cast(nw.Int64) - 1


def _key(column: str) -> nw.Expr:
    text = nw.col(column).cast(nw.String)
    return nw.when(text.str.strip_chars() != "").then(text)
