"""One number of a policy, set to one value after another: what each would cost, and who would win or lose by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..assess import read_day, read_readings
from ..displayed import Displayed
from ..errors import CaseError, Problem
from ..pack import Pack
from ..parameters import Parameter
from .assess import packs_of
from .clean import CleanTables
from .costing import Text, decided
from .impact import Impact, compared, mapping_of
from .tables import read_tables

if TYPE_CHECKING:
    from ..document import Document
    from ..phrases import Lang
    from .headings import Columns


@attrs.frozen
class Point:
    """A value, and what it does to the registry against the policy as it stands."""

    value: object
    impact: Impact = attrs.field(repr=False)


@attrs.frozen(eq=False)
class Sweep(Displayed):
    """A number of a policy at several values, against the policy as it stands, under the same readings."""

    pack: Pack
    as_of: dt.date
    readings: Mapping[str, str | None]
    parameter: Parameter
    points: tuple[Point, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        points = [{"value": str(p.value), **p.impact.to_dict()} for p in self.points]
        asked = {"pack": self.pack.id, "as_of": self.as_of.isoformat(), "readings": dict(self.readings)}
        return {**asked, **self.parameter.to_dict(), "points": points}

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """What each value comes to."""
        from .scenario_told import sweep_document  # noqa: PLC0415 - what is not shown costs nothing

        return sweep_document(self, lang)


def sweep(
    tables: object,
    pack: str | Pack,
    parameter: str,
    values: Iterable[Any],
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
) -> Sweep:
    """What a registry would come to with a number of a policy at each of some values.

    Args:
        tables: as for `assess_registry`.
        pack: an id, the path of a pack file, or a `Pack`.
        parameter: the address of the number, as in `opening_subsidy.ceiling`; `pack.parameters` lists them.
        values: what it is set to; yuan as integers or `Decimal`.
        as_of: the day of the question, a date or ISO text; today where left out.
        readings: as for `assess_registry`.
        columns: as for `assess_registry`.

    Raises:
        CaseError: as for `assess_registry`; also where there is no list of values.
        PackError: the pack is not found or has mistakes, has no such number, or cannot hold a value.
    """
    problems: list[Problem] = []
    (whole,) = packs_of([pack])
    day = read_day(as_of, problems)
    tried = list(values) if isinstance(values, Iterable) and not isinstance(values, str) else []
    taken = read_readings([whole], readings or {}, problems)[whole.id]
    if not tried:
        problems.append(Problem("values", "there is none; give a list of one or more"))
    if problems:
        raise CaseError(problems)
    today = whole.on(day)
    others = [today.changed(parameters={parameter: value}) for value in tried]
    given = today.parameters[parameter]
    clean = tables if isinstance(tables, CleanTables) else read_tables(mapping_of(tables), [whole], columns)
    about = {p.provision.id for p in today.about(clean.root)}
    names = [name for name in given.provisions if name in about]
    now, *texts = (Text(str(n), text, taken) for n, text in enumerate((today, *others)))
    rows = decided(clean, day, [now, *texts], names)
    points = tuple(
        Point(
            text.pack.parameters[parameter].value,
            compared(clean, day, (now, text), {n: text.pack.plans[n] for n in names}, rows),
        )
        for text in texts
    )
    return Sweep(today, day, taken, given, points)
