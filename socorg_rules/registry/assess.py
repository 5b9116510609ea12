"""The entrance for a whole registry: tables, a pack and a day in, an answer of tables out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..assess import all_provisions, read_day, read_readings
from ..errors import CaseError, Problem, nearest
from ..load import load_pack
from ..pack import Pack
from ..plan import Plan

if TYPE_CHECKING:
    from .answer import RegistryAnswer
    from .clean import CleanTables
    from .headings import Columns

REMEDY = "install `socorg-rules[registry]`"


def assess_registry(
    tables: object,
    pack: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
    *,
    provisions: Iterable[str] | None = None,
) -> RegistryAnswer:
    """Decide every provision of a pack for every row of a registry.

    Args:
        tables: the root table under the name of its entity (`organization`), and a table for each collection that is
            told (`assessments`, `staff` …): Polars, pandas, PyArrow, DuckDB or PySpark frames, or paths of Parquet, CSV
            or Excel files (`read_tables` says what they hold); or `CleanTables`.
        pack: an id, the path of a pack file, or a `Pack`.
        as_of: the day of the question, a date or ISO text; today where left out.
        readings: the alternative to take, by reading; None leaves a reading open.
        columns: for each table, what a heading means (see `read_tables`).
        provisions: the ids of the provisions to decide; all of them where left out.

    Returns:
        Frames of the caller's own kind, lazy where the root table is lazy or a path: nothing is computed before it is
        asked for. Rows that are not valid are not decided, and stand in `problems`.

    Raises:
        CaseError: a table, the day, a reading or a provision is not valid; every problem is listed.
        Refused: provisions that tables cannot decide, each with the reason.
        PackError: the pack is not found or has mistakes.
    """
    try:
        from .answer import RegistryAnswer  # noqa: PLC0415 - data frames are an extra
        from .clean import CleanTables as Clean  # noqa: PLC0415
        from .native import kind_of  # noqa: PLC0415
    except ImportError as error:
        raise CaseError(Problem("tables", f"cannot be read here ({str(error).rstrip('.')}); {REMEDY}")) from error

    problems: list[Problem] = []
    if not isinstance(pack, str | os.PathLike | Pack):
        raise CaseError(Problem("pack", f"`{pack!r}` is no pack; give an id, a path or a `Pack`"))
    rules = pack if isinstance(pack, Pack) else load_pack(pack)
    day = read_day(as_of, problems)
    taken = read_readings([rules], {} if readings is None else readings, problems)[rules.id]
    asked = _named(rules, provisions, problems)
    clean: CleanTables | None = None
    try:
        clean = tables if isinstance(tables, Clean) else _read(tables, rules, columns)
    except CaseError as error:
        problems += error.problems
    if clean is not None and not rules.about(clean.root):
        problems.append(Problem("pack", f"no provision of {rules.id} is about `{clean.root.name}`"))
    if problems or clean is None:
        raise CaseError(problems)
    plans = tuple(p for p in rules.about(clean.root) if p in asked)
    given = clean.frames[clean.root.name] if isinstance(tables, Clean) else _root_table(tables, clean.root.name)
    return RegistryAnswer.of(rules, plans, clean, day, taken, all_provisions(), kind_of(given))


def _read(tables: object, pack: Pack, columns: Columns | None) -> CleanTables:
    from .tables import read_tables  # noqa: PLC0415 - data frames are an extra

    if not isinstance(tables, Mapping):
        told = "expected an object of tables by name, as in {'organization': …, 'staff': …}"
        raise CaseError(Problem("tables", told))
    return read_tables(tables, [pack], columns)


def _root_table(tables: object, name: str) -> object:
    assert isinstance(tables, Mapping)  # noqa: S101 - `_read` has looked
    return tables[name]


def _named(pack: Pack, provisions: Iterable[str] | None, problems: list[Problem]) -> frozenset[Plan]:
    """The plans of the provisions that are asked for; names of none join the problems."""
    wanted = pack.plans if provisions is None else tuple(provisions)
    unknown = (name for name in wanted if name not in pack.plans)
    told = "is no provision of"
    problems += [Problem("provisions", f"`{n}` {told} {pack.id}{nearest(n, pack.plans)}") for n in unknown]
    return frozenset(pack.plans[name] for name in wanted if name in pack.plans)
