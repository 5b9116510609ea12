"""Reading the tables of a registry: from frames or files to clean tables, every problem told with its row and path.

Everything is an expression: on DuckDB and PySpark nothing is read before something is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
import narwhals as nw

from ..assess import known_facts
from ..errors import CaseError, Problem, nearest
from ..facts import EntityType
from ..pack import Pack
from .belonging import strangers
from .broken import told_by_file
from .cell_words import said, shown
from .clean import COMPLETE, ID, ITEM, PARENT, ROW, CleanTables, collections_of
from .headings import Columns
from .sources import kept, known_empty, ready, without
from .table import KEY, NO_ROW, Frame, Table, inner_name, named, open_table


def read_tables(tables: Mapping[str, object], packs: Iterable[Pack], columns: Columns | None = None) -> CleanTables:
    """The clean tables of a registry.

    Args:
        tables: the root table under the name of its entity (`organization`), and a table for each collection that is
            told (`assessments`, `staff` …), each a frame of Polars, pandas, PyArrow, DuckDB or PySpark, or a path. A
            table of a collection tells it completely for every row, unless the table above says otherwise in a column
            `staff.complete`: false where there may be more, nothing where it is not known. A collection without a
            table is unknown.
        packs: the packs whose own facts the tables may hold.
        columns: for each table, what a heading means: a fact, `row` for the key, or None for a column to leave out.
            Other columns are recognized by the name or the Chinese label of their fact.

    Returns:
        Tables of which every row is valid. What is not is told in `problems`; an organization of which anything is not
        valid is left out as a whole, with all that belongs to it.

    Raises:
        CaseError: a table cannot be read, has a column that is not known or cannot hold its fact, or has rows of which
            none belongs to a row above (not asked of tables in PySpark).
    """
    with told_by_file(tables):
        root, opened = open_tables(tables, packs, columns)
        unrelated = list(strangers(opened.values()))
        if unrelated:
            raise CaseError(unrelated)
        return _clean(root, opened)


def read_part(tables: Mapping[str, object], packs: Iterable[Pack], columns: Columns | None = None) -> CleanTables:
    """The clean tables of a part of a registry that was looked at as a whole.

    Raises:
        CaseError: as for `read_tables`. That no item of a part belongs to anything is no error.
    """
    with told_by_file(tables):
        return _clean(*open_tables(tables, packs, columns))


def open_tables(
    tables: Mapping[str, object], packs: Iterable[Pack], columns: Columns | None = None
) -> tuple[EntityType, dict[str, Table]]:
    """The root entity of these tables, and each table with its columns recognized, the root table first.

    Raises:
        CaseError: as for `read_tables`.
    """
    roots, own = known_facts(packs)
    problems: list[Problem] = []
    root = _root(tables, roots, problems)
    meant = columns or {}
    missing = (name for name in meant if name not in tables)
    problems += [Problem(f"columns.{name}", f"no such table{nearest(name, tables)}") for name in missing]
    if root is None:
        raise CaseError(problems)
    made: dict[str, Table] = {}
    for name, kind in ((root.name, root), *collections_of(root)):
        above = None if name == root.name else made.get(name.rpartition(".")[0] or root.name)
        if name in tables and (above is not None or name == root.name):
            table = open_table(tables[name], name, kind, above, own, meant.get(name, {}), problems)
            if table is not None:
                made[name] = table
    problems += [p for table in made.values() for p in _untold(table, tables)]
    if problems:
        raise CaseError(problems)
    return root, made


def _root(tables: Mapping[str, object], roots: Iterable[EntityType], problems: list[Problem]) -> EntityType | None:
    """The entity that the tables are about; what is wrong with their names joins the problems."""
    kinds = {kind.name: kind for kind in roots}
    found = [kinds[name] for name in tables if name in kinds]
    if len(found) != 1:
        one_of = "one of " + ", ".join(f"`{name}`" for name in sorted(kinds))
        told = (
            f"{len(found)} tables of root entities; give one" if found else f"no table of a root entity; give {one_of}"
        )
        problems.append(Problem("tables", told))
        return None
    (root,) = found
    collections = dict(collections_of(root))
    for name in tables:
        above = name.rpartition(".")[0]
        if name != root.name and name not in collections:
            problems.append(Problem(f"tables.{name}", f"no such collection{nearest(name, collections)}"))
        elif above and above not in tables:
            problems.append(Problem(f"tables.{name}", f"its items belong to those of `{above}`; give that table too"))
    return root


def _untold(table: Table, tables: Mapping[str, object]) -> Iterable[Problem]:
    """Whether a table says of a collection that it is complete, of which nothing is given."""
    inner = "" if table.above is None else f"{table.name}."
    for column in table.cells:
        collection = inner + column.removesuffix(COMPLETE)
        if column.endswith(COMPLETE) and collection not in tables:
            told = f"no table `{collection}` is given; give one, without rows where nothing is listed"
            yield Problem(f"{table.name}.{column}", told)


def _clean(root: EntityType, opened: Mapping[str, Table]) -> CleanTables:
    made = _judged(opened)
    top, *children = made.values()
    told = [table.problems for table in made.values()]
    (doubled,) = kept(
        [top.frame.drop_nulls(KEY).group_by(KEY).agg(nw.len().alias("times")).filter(nw.col("times") > 1)]
    )
    told.append(top.told(doubled, said("`", shown(nw.col(KEY)), "` is the key of more than one row; keep one")))
    lost = kept(child.frame.drop_nulls(KEY).join(top.frame.select(KEY), on=KEY, how="anti") for child in children)
    with_ids = [child for child in children if ID in child.cells]
    twice = kept(child.twice for child in with_ids)
    for child, frame in zip(children, lost, strict=True):
        if child.above is top:
            told.append(child.told(frame, said(f"{NO_ROW}{root.name}` has the key `", shown(nw.col(KEY)), "`")))
    for child, frame in zip(with_ids, twice, strict=True):
        earlier = child.place(at="first")
        told.append(child.told(frame, said("`", shown(nw.col("same")), "` is already the id of ", earlier), ID))
    wrong = [table.wrong for table in made.values()] + [frame.select(KEY) for frame in (doubled, *lost, *twice)]
    (out,) = kept([nw.concat(wrong).unique()])
    frames = {name: without(table.valid, ROW, out, KEY) for name, table in made.items()}
    for child in children:
        assert child.above is not None  # noqa: S101 - only the root table has none above
        complete = child.name.rpartition(".")[2] + COMPLETE
        column, above = inner_name(complete), child.above.name
        if complete in child.above.cells:
            frames[above] = _completed(frames[above], column, frames[child.name], nested=child.above is not top)
        else:
            frames[above] = frames[above].with_columns(nw.lit(True).alias(column))
    *clean, problems = ready([*map(named, frames.values()), nw.concat(told)])
    return CleanTables(root, dict(zip(frames, clean, strict=True)), problems)


def _judged(opened: Mapping[str, Table]) -> dict[str, Table]:
    """The tables with what is valid in them worked out."""
    made: dict[str, Table] = {}
    for (name, table), frame in zip(opened.items(), kept(t.judged for t in opened.values()), strict=True):
        above = None if table.above is None else made[table.above.name]
        made[name] = attrs.evolve(table, frame=frame, above=above)
    return made


def _completed(above: Frame, column: str, items: Frame, *, nested: bool) -> Frame:
    """A table in which a list that has items, without it being said whether these are all, is open."""
    keys = [ROW, ITEM] if nested else [ROW]
    listed = items.select(ROW, nw.col(PARENT).alias(ITEM)) if nested else items.select(ROW)
    unsaid = above.filter(nw.col(column).is_null()).select(*keys).join(listed, on=keys, how="semi").unique()
    (unsaid,) = kept([unsaid])
    if known_empty(unsaid):
        return above
    joined = above.join(unsaid.with_columns(nw.lit(False).alias("open")), on=keys, how="left")
    return joined.with_columns(nw.coalesce(column, "open").alias(column)).drop("open")
