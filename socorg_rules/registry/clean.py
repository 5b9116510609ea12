"""Tables ready to decide: every value in them is one that its fact can hold, in a column of its type.

Whoever fills them (`tables.py` from a caller's frames or files) leaves out each row with a value that is none, together
with what belongs to it in other tables, and tells it in `problems`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import narwhals as nw

from ..facts import EntityType, Fact, Type

ROW, ITEM, PARENT, ID = "row", "item", "parent", "id"
"""The key columns: of the root table, of an item within its row, of the item that a nested item belongs to."""
COMPLETE = ".complete"
"""What the name of a collection ends in where it names the column that says whether its list is complete."""
DECIMALS = 6
"""Numbers that need not be whole are held as so many whole parts: in millionths."""
MOST_FEN = 10**13
"""Sums of money in tables stay below it (100 billion yuan)."""
MOST_NUMBER = 10**9
"""Numbers in tables stay below it. Both bounds keep every sum of a hundred thousand items exact in 64 bits."""


@attrs.frozen(eq=False)
class CleanTables:
    """The facts of many root entities of one kind.

    Args:
        root: what each row of the root table is.
        frames: lazy frames by name. The root table stands under `root.name`, a collection under its own
            (`assessments`), one of items of items under both (`organizations.assessments`). A collection of which no
            frame is given has no items.
        problems: what was wrong with rows that are left out, with the columns `row`, `path`, `problem` (all String).

    The root table has `row` (String, unique) and for each collection a Boolean column `<collection>.complete`: true
    where the list is complete, false where there may be more items, null where nothing is known of them. A table of
    items has `row` (the key of the root), `item` (Int64, never null, unique within the row, in the order of the items),
    `id` (String), the `.complete` columns of its own collections, and, where it belongs to items, `parent` (the `item`
    of the one it belongs to). Each has a column for every fact that is told, named as the fact (a pack's own as
    `riverside.keeps_ferry`; one called like a key column as `fact.item`); null is unknown, and so is a fact without a
    column. Types:

    | fact | column |
    |---|---|
    | yes/no | Boolean |
    | text, division | String; of an enumerated fact the value, not the label |
    | month | String `YYYY-MM` |
    | money | Int64, fen, below `MOST_FEN` |
    | whole number | Int64, below `MOST_NUMBER` |
    | other number | Int64, millionths, below `MOST_NUMBER` times a million |
    | date | Date; `never` is 9999-12-31 (`calendar.NEVER`) |
    | list of texts, of months | List(String) |
    | list of numbers | List(Int64) |
    """

    root: EntityType
    frames: Mapping[str, nw.LazyFrame[Any]]
    problems: nw.LazyFrame[Any]


def column_of(name: str) -> str:
    """The column of a fact: its name, or `fact.item` where a key column is called so."""
    return f"fact.{name}" if name in {ROW, ITEM, PARENT} else name


def parts_of(fact: Fact) -> int:
    """Into how many parts the unit of a number is divided in a column: a million unless it is whole."""
    return 10**DECIMALS if fact.type is Type.NUMBER and not fact.whole else 1


def collections_of(entity: EntityType) -> Iterator[tuple[str, EntityType]]:
    """Every collection below an entity by the name of its table, with the type of its items."""
    for name, fact in entity.facts.items():
        if fact.of is not None:
            yield name, fact.of
            yield from ((f"{name}.{inner}", of) for inner, of in collections_of(fact.of))
