"""The entrance for a whole registry: tables, a pack and a day in, an answer of tables out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from ..assess import all_provisions, read_day, read_readings
from ..errors import CaseError, Problem, nearest
from ..load import load_pack
from ..pack import Pack

if TYPE_CHECKING:
    from .answer import RegistryAnswer
    from .clean import CleanTables
    from .headings import Columns
    from .native import Kind

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
    wanted = None if provisions is None else frozenset(provisions)

    def misnamed(packs: tuple[Pack, ...]) -> Iterator[Problem]:
        if isinstance(provisions, str):
            yield Problem("provisions", f"`{provisions}` is one text; write a list of ids")
            return
        for name in sorted(map(str, wanted or ())):
            if name not in packs[0].plans:
                yield Problem("provisions", f"`{name}` is no provision of {packs[0].id}{nearest(name, packs[0].plans)}")

    asked = ask_tables(tables, [pack], as_of, readings, columns, misnamed)
    from .answer import RegistryAnswer  # noqa: PLC0415 - data frames are an extra

    (rules,), (taken,) = asked.packs, asked.readings
    plans = tuple(p for p in rules.about(asked.tables.root) if wanted is None or p.provision.id in wanted)
    return RegistryAnswer.of(rules, plans, asked.tables, asked.as_of, taken, asked.paid_under, asked.kind)


@attrs.frozen(eq=False)
class Asked:
    """Tables, and the texts of policies that are asked about them on a day, each with the alternatives taken of its
    readings.

    `paid_under` are the provisions under which payments can be; `kind` is the caller's kind of frame.
    """

    packs: tuple[Pack, ...]
    tables: CleanTables
    as_of: dt.date
    readings: tuple[Mapping[str, str | None], ...]
    paid_under: frozenset[str]
    kind: Kind


def _is_columns(given: object) -> bool:
    return isinstance(given, Mapping) and all(isinstance(said, Mapping) for said in given.values())


def _none_wrong(_: tuple[Pack, ...]) -> Iterator[Problem]:
    return iter(())


def ask_tables(
    tables: object,
    packs: Iterable[str | Pack],
    as_of: dt.date | str | None,
    readings: Mapping[str, str | None] | None,
    columns: Columns | None,
    wrong: Callable[[tuple[Pack, ...]], Iterator[Problem]] = _none_wrong,
) -> Asked:
    """The question that is put to tables; of a pack with several editions, to the one in force on the day.

    Args:
        tables: as for `assess_registry`.
        packs: the texts that are asked.
        as_of: the day of the question; today where left out.
        readings: the alternatives to take, in every text.
        columns: as for `assess_registry`.
        wrong: what else is wrong with the question, by its packs; it is told with the rest.

    Raises:
        CaseError: a table, the day or a reading is not valid; every problem is listed.
        PackError: a pack is not found or has mistakes.
    """
    try:
        from .clean import CleanTables as Clean  # noqa: PLC0415 - data frames are an extra
        from .native import kind_of  # noqa: PLC0415
        from .tables import read_tables  # noqa: PLC0415
    except ImportError as error:
        raise CaseError(Problem("tables", f"cannot be read here ({str(error).rstrip('.')}); {REMEDY}")) from error

    problems: list[Problem] = []
    given_packs = packs_of(packs)
    day = read_day(as_of, problems)
    rules = tuple(p.on(day) for p in given_packs)
    taken = tuple(read_readings([p], {} if readings is None else readings, problems)[p.id] for p in rules)
    problems += wrong(rules)
    clean: CleanTables | None = None
    try:
        if columns is not None and not _is_columns(columns):
            problems.append(Problem("columns", "write {table: {heading: fact}}, with None for a column to leave out"))
        elif isinstance(tables, Clean):
            clean = tables
        elif isinstance(tables, Mapping):
            clean = read_tables(tables, list(rules), columns)
        else:
            told = "expected an object of tables by name, as in {'organization': …, 'staff': …}"
            problems.append(Problem("tables", told))
    except CaseError as error:
        problems += error.problems
    if clean is not None and not any(e.about(clean.root) for p in rules for e in p.whole.editions):
        named = ", ".join(dict.fromkeys(p.id for p in rules))
        problems.append(Problem("pack", f"no provision of {named} is about `{clean.root.name}`"))
    if problems or clean is None:
        raise CaseError(dict.fromkeys(problems))
    given = tables[clean.root.name] if isinstance(tables, Mapping) else clean.frames[clean.root.name]
    return Asked(rules, clean, day, taken, all_provisions(rules), kind_of(given))


def packs_of(given: Iterable[str | Pack]) -> list[Pack]:
    """Packs, or what they are loaded by.

    Raises:
        CaseError: something else is given.
        PackError: a pack is not found or has mistakes.
    """
    packs = list(given)
    others = [p for p in packs if not isinstance(p, str | os.PathLike | Pack)]
    if others:
        raise CaseError([Problem("pack", f"`{p!r}` is no pack; give an id, a path or a `Pack`") for p in others])
    return [p if isinstance(p, Pack) else load_pack(p) for p in packs]
