"""The edges of a provision's decisions: pairs of cases one fact apart that come out otherwise, under every edition."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..assess import read_readings
from ..decision import Outcome
from ..editions import BEGINNING, ONE_DAY
from ..errors import CaseError, Problem
from ..pack import Pack
from ..plan import Plan
from .candidates import Candidates
from .reaching import Reaching
from .search import Effort

CaseData = dict[str, Any]
"""A case as a case file holds it."""
ENOUGH, SOME = 40, 5
"""With how many pairs of a day the search ends; and with how many cases, on the first day of an edition that has any.
On its other days one is enough."""
MOST_DAYS = 6
"""How many days near the dates of the rules are asked on, beside those at which an edition begins and ends."""


@attrs.frozen
class Near:
    """Two cases that differ in one fact, whose decisions about a provision differ.

    `case` is granted (met, or left to the authority), `other` is not, or not in the same way; `path` is the fact.
    `readings` are those to ask with: of the readings that were given or chosen so that the decision does not stay open,
    the ones that are not taken anyway.
    """

    provision: str
    case: CaseData
    other: CaseData
    path: str
    as_of: dt.date
    outcome: Outcome
    other_outcome: Outcome
    readings: Mapping[str, str | None] = attrs.field(factory=dict)


def pairs(pack: Pack, provision: str, as_of: dt.date | None, readings: Mapping[str, str | None]) -> tuple[Near, ...]:
    """Such pairs, those of few facts first; no two of a day hang on one fact and value. Each is asked about on its day
    under the edition then in force.

    Raises:
        CaseError: a reading is not valid.
    """
    return _pairs(pack, provision, as_of, tuple(sorted(readings.items())))


@functools.lru_cache(256)
def _pairs(
    pack: Pack, provision: str, as_of: dt.date | None, readings: tuple[tuple[str, str | None], ...]
) -> tuple[Near, ...]:
    found: dict[tuple[object, ...], Near] = {}
    effort = Effort(2_000)
    for edition, days in _texts(pack, provision, as_of):
        reaching = Reaching(edition, edition.plans[provision], _chosen(edition, dict(readings)))
        most = SOME
        for day in days:
            before = len(found)
            for n, reached in enumerate(reaching.granted(effort, day), 1):
                chosen = {r: a for r, a in reached.readings.items() if edition.default_readings[r] != a}
                case = reaching.case(reached.record).to_dict()
                for path, record, finding in reaching.beside(reached):
                    other = reaching.case(record).to_dict()
                    two = reached.found.outcome, finding.outcome
                    made = Near(provision, case, other, path, day, *two, chosen)
                    found.setdefault((day, path, repr(other)), made)
                if n >= most or len(found) - before >= ENOUGH:
                    break
            most = most if len(found) == before else 1
    return tuple(sorted(found.values(), key=lambda pair: len(repr(pair.case))))


def _chosen(edition: Pack, readings: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """What was chosen of an edition's readings, by their plain names."""
    problems: list[Problem] = []
    taken = read_readings([edition], readings, problems)[edition.id]
    if problems:
        raise CaseError(problems)
    named = {name.removeprefix(f"{edition.id}.") for name in readings}
    return {name: alternative for name, alternative in taken.items() if name in named}


def _texts(pack: Pack, provision: str, as_of: dt.date | None) -> Iterator[tuple[Pack, list[dt.date]]]:
    """Each edition that has the provision, and the days to ask on under it."""
    for edition in (e for _, e in pack.whole.spans) if as_of is None else (pack.on(as_of),):
        plan = edition.plans.get(provision)
        if plan is not None:
            yield edition, [as_of] if as_of is not None else days_under(pack, edition, [plan], MOST_DAYS)


def days_under(pack: Pack, edition: Pack, plans: Iterable[Plan], most: int | None = None) -> list[dt.date]:
    """The days near the dates of rules on which an edition decides, the most in number; then its first and its last."""
    begins = next(day for day, one in pack.whole.spans if one is edition)
    end = edition.succeeded_on or dt.date.max
    own = [d for d in Candidates(plans).questions() if begins <= d < end]
    edges = [*([begins] if begins > BEGINNING else []), *([end - ONE_DAY] if end < dt.date.max else [])]
    return list(dict.fromkeys((*own[:most], *edges)))
