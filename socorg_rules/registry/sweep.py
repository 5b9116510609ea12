"""What a number of a policy costs at other values: one registry decided at each of them, all in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import narwhals as nw

from ..amend import changed
from ..displayed import Displayed
from ..document import Document
from ..errors import CaseError, PackError, Problem, nearest
from ..pack import Pack
from ..parameters import Given, Parameter
from ..phrases import Lang
from .assess import ask_tables
from .costs import COUNTED, Cost, costs
from .deciding import Text, decided, rows_of
from .headings import Columns

PERS = ("once", "month")


@attrs.frozen
class Point:
    """What it comes to at one value: by `once` and `month` what the provisions that read the number cost together, and
    for each of them its own cost."""

    value: object
    costs: Mapping[str, Cost]
    provisions: Mapping[str, Cost]

    def to_dict(self) -> dict[str, object]:
        """Plain data; the value as text."""
        own = {name: cost.to_dict() for name, cost in self.provisions.items()}
        return {"value": str(self.value), **{per: c.to_dict() for per, c in self.costs.items()}, "provisions": own}


@attrs.frozen(eq=False, slots=False)
class Sweep(Displayed):
    """A number of a policy at several values, over one registry. `points` are in the order in which they were given."""

    pack: Pack = attrs.field(repr=False)
    parameter: Parameter
    as_of: dt.date
    points: tuple[Point, ...]

    @property
    def pers(self) -> tuple[str, ...]:
        """Whether provisions that read the number pay `once`, each `month`, or both."""
        read = [self.pack.plans[name] for name in self.parameter.provisions]
        return tuple(per for per in PERS if any(p.per == per and p.low is not None for p in read))

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        told = {"pack": self.pack.id, "edition": self.pack.edition, "as_of": self.as_of.isoformat()}
        points = [p.to_dict() for p in self.points]
        return {**told, "parameter": self.parameter.to_dict(), "points": points}

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - one form
        """A row for each value."""
        from .impact_words import sweep_document  # noqa: PLC0415 - words are made on request

        return sweep_document(self, lang)


def sweep(
    registry: object,
    pack: str | Pack,
    parameter: str,
    values: Iterable[Given],
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
) -> Sweep:
    """What a registry would cost with other values of one number of a policy.

    Only the provisions that read the number are decided, each value beside the others, so that what they share is
    worked out once.

    Args:
        registry: tables, as for `assess_registry`.
        pack: an id, the path of a pack file, or a `Pack`.
        parameter: the address of the number (`pack.parameters` lists them), such as `opening_subsidy.ceiling`.
        values: its values: yuan as integers or `Decimal`, other numbers, days.
        as_of: the day of the question; today where left out.
        readings: the alternative to take, by reading.
        columns: what headings mean, as for `assess_registry`.

    Raises:
        CaseError: the tables, the day, a reading or the address is not valid, or no value is given.
        Refused: provisions that tables cannot decide.
        PackError: the pack is not found, or a value makes one that has mistakes.
    """
    asked = ask_tables(registry, (pack,), as_of, readings, columns)
    (base,), (taken,), given = asked.packs, asked.readings, list(values)
    if parameter not in base.parameters:
        told = f"`{parameter}` is no number of {base.id}{nearest(parameter, base.parameters)}"
        raise CaseError(Problem("parameter", told))
    if not given:
        raise CaseError(Problem("values", "none is given; write at least one"))
    number = base.parameters[parameter]
    texts, problems = list[Text](), list[Problem]()
    for i, value in enumerate(given):
        try:
            other = changed(base, {"parameters": {parameter: value}})
        except PackError as error:
            problems += error.problems
            continue
        plans = tuple(p for p in other.about(asked.tables.root) if p.provision.id in number.provisions)
        texts.append(Text(str(i), other, plans, taken))
    if problems:
        raise PackError(problems)
    names = [f"{t.label}/{p.provision.id}" for t in texts for p in t.plans]
    sums = [nw.col(f"{n}/{c}").sum() for n in names for c in COUNTED]
    frame = decided(asked, texts)
    found = rows_of(frame.with_columns(*(e for n in names for e in costs(n))).select(*sums))[0] if names else {}
    points = tuple(_point(v, t, found) for v, t in zip(given, texts, strict=True))
    return Sweep(base, number, asked.as_of, points)


def _point(value: object, text: Text, found: Mapping[str, Any]) -> Point:
    own = {p.provision.id: Cost.of(found, f"{text.label}/{p.provision.id}") for p in text.plans}
    paying = {p.provision.id: p.per for p in text.plans if p.low is not None}
    totals = {per: sum((own[n] for n, each in paying.items() if each == per), Cost()) for per in PERS}
    return Point(value, totals, own)
