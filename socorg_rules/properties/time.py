"""`steady_between`: what is decided does not change by the passing of time alone, except on days that are named."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Unpack

import attrs

from ..answer import Decision
from ..arguments import listed
from ..assess import read_day
from ..calendar import Period, day_after, parse_day, shift
from ..decision import GRANTED, Finding
from ..editions import ONE_DAY
from ..errors import CaseError, PackError, Problem
from ..facts import Type
from ..pack import Pack
from .completing import Asked, complete, completed
from .drawn import Drawn, How, Trial, places, told


@attrs.frozen
class Since:
    """Days that the facts of a case set: that of a fact, or on which a period from it is over; and the day after.

    `fact` is a path without numbers of items; it stands for each item's.
    """

    fact: str
    period: Period | None = None

    def days(self, drawn: Drawn) -> Iterator[dt.date]:
        """These days for a case."""
        for path in places(drawn.case, self.fact):
            day = parse_day(str(told(drawn.case, path)))
            if day is not None:
                end = day if self.period is None else shift(day, self.period)
                yield from (end, day_after(end))


@attrs.frozen
class EachNew:
    """The first day of every month, or of every year."""

    months: tuple[int, ...]

    def holds(self, day: dt.date) -> bool:
        """Whether a day is one."""
        return day.day == 1 and day.month in self.months


EACH_MONTH = EachNew(tuple(range(1, 13)))
"""The first day of every month."""
EACH_YEAR = EachNew((1,))
"""The first day of every year."""

Named = dt.date | str | Since | EachNew


def since(fact: str, period: Period | None = None) -> Since:
    """The day of a fact, or on which a period from it is over, and the day after: `since("organization.established_on",
    years(2))`.

    Raises:
        PackError: the period is none.
    """
    if period is not None and not isinstance(period, Period):
        raise PackError(f"`{period!r}` is no period; write `years(…)`, `months(…)` or `days(…)`")
    return Since(fact, period)


def steady_between(
    pack: str | os.PathLike[str] | Pack,
    provision: str,
    start: dt.date | str,
    end: dt.date | str,
    except_on: Iterable[Named] = (),
    **how: Unpack[How],
) -> None:
    """Assert that between two days outcome, reason and sums change on no other days than those named.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        start: the first day, a date or ISO text; `end`: the last.
        end: see `start`.
        except_on: days, `since(…)`, `EACH_MONTH` or `EACH_YEAR`.
        how: see `How`; `as_of` has no meaning here.

    Raises:
        AssertionError: something changes on another day; or no case drawn was granted on any of the days.
        CaseError: a day or a reading is not valid.
        PackError: as for `Trial`; or a fact of `since` is no date.

    >>> from socorg_rules.calendar import years
    >>> two_years = since("organization.established_on", years(2))
    >>> facts = [since("organization.established_on"), since("organization.annual_inspections.concluded_on")]
    >>> steady_between("yangpu", "opening_subsidy", "2021-07-21", "2025-12-31", [two_years, *facts])
    """
    __tracebackhide__ = True
    problems: list[Problem] = []
    first, last = (_day(given, name, problems) for given, name in ((start, "start"), (end, "end")))
    exceptions = listed("except_on", except_on, problems, of="days, `since(…)`, `EACH_MONTH` or `EACH_YEAR`")
    named = [
        n if isinstance(n, Since | EachNew) else _day(n, f"except_on[{i}]", problems) for i, n in enumerate(exceptions)
    ]
    if not problems and first > last:
        problems.append(Problem("end", f"{last} comes before the first day, {first}"))
    if problems:
        raise CaseError(problems)
    claim = f"{first} 至 {last}，结论不在他日自行变化", f"from {first} to {last} nothing changes on other days"
    trial = Trial(claim, pack, provision, how)
    for one in named:
        if isinstance(one, Since) and trial.fact(one.fact).type is not Type.DATE:
            raise PackError(f"`since({one.fact!r})`: the fact is no date, since which a time could run")

    def unnamed(drawn: Drawn, decisions: Sequence[Decision]) -> bool:
        before, after = decisions
        changes = _told(before.finding) != _told(after.finding) or any(d.missing for d in decisions)
        return changes and not _is_named(named, drawn, after.question.as_of)

    def walk(drawn: Drawn) -> bool:
        before = _on(trial, drawn, first)
        seen = before.outcome in GRANTED
        while (change := before.next_change) is not None and change <= last:
            for one, two in complete(trial, drawn, _around(change), unnamed):
                raise trial.broken(attrs.evolve(one, as_of=change), {str(d.question.as_of): d for d in two})
            before = _on(trial, drawn, change)
            seen = seen or before.outcome in GRANTED
        return seen

    def check(drawn: Drawn) -> bool:
        ways = completed(trial, drawn) if trial.decision(drawn).missing else ()
        seen = [walk(case) for case in (drawn, *ways)]
        return any(seen)

    trial.on(trial.turned(), check)


def _day(given: object, name: str, problems: list[Problem]) -> dt.date:
    """A day that was given; nothing given is not today here."""
    return read_day("None" if given is None else given, problems, name)


def _is_named(named: Iterable[Named], drawn: Drawn, day: dt.date) -> bool:
    """Whether a day is one on which something may change for a case."""
    days = [n for n in named if isinstance(n, dt.date)]
    days += [d for n in named if isinstance(n, Since) for d in n.days(drawn)]
    return day in days or any(n.holds(day) for n in named if isinstance(n, EachNew))


def _around(change: dt.date) -> Asked:
    """A case on the day before a change and on its day."""
    return lambda drawn: [attrs.evolve(drawn, as_of=day) for day in (change - ONE_DAY, change)]


def _on(trial: Trial, drawn: Drawn, day: dt.date) -> Decision:
    return trial.decision(attrs.evolve(drawn, as_of=day))


def _told(found: Finding) -> tuple[object, ...]:
    items = None if found.items is None else tuple(map(_told, found.items))
    return found.outcome, found.reason, found.entitlement, found.payable, items
