"""The editions of a pack: which text is in force on which day, and the days on which none is."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from .calendar import day_after, parse_day
from .errors import PackError
from .expr import IMPOSSIBLE, all_of
from .plan import Plan
from .words import Condition, condition

if TYPE_CHECKING:
    from .pack import Pack

BEGINNING = dt.date.min
ONE_DAY = dt.timedelta(days=1)
IN_FORCE = "edition_in_force"


def to_day(given: object) -> dt.date | None:
    """A day of the calendar, given as one or as ISO text; None where there is none.

    Raises:
        PackError: it is no day.
    """
    day = parse_day(given) if isinstance(given, str) else given
    if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
        raise PackError(f"`{given!r}` is no day; write `YYYY-MM-DD`")
    if day is None and given is not None:
        raise PackError(f"`{given}` is no day; write `YYYY-MM-DD`")
    return day


@attrs.frozen
class Lapse:
    """Days between two editions on which neither is in force, the first and the last included, and why."""

    first: dt.date
    last: dt.date
    because: str

    def to_dict(self) -> dict[str, str]:
        """Plain data."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "because": self.because}


def lapse(first: dt.date | str, last: dt.date | str, because: str) -> Lapse:
    """Declare that nothing is in force from one day to another, both included.

    Raises:
        PackError: one is no day, the last comes before the first, or no reason is given.
    """
    start, end = to_day(first), to_day(last)
    if start is None or end is None or end < start:
        raise PackError(f"`lapse({first!r}, {last!r}, …)`: write the first day without force, then the last")
    if not isinstance(because, str) or not because.strip():
        raise PackError(f"`lapse({first!r}, {last!r}, …)` says not why nothing is in force; write it")
    return Lapse(start, end, because)


def mistakes_of_editions(pack: Pack) -> Iterator[tuple[str, str]]:
    """Editions that overlap, follow in the wrong order, or leave days of which nothing is said; wrong lapses."""
    yield from _names(pack)
    editions = pack.editions
    used: list[Lapse] = []
    for old, new in pairwise(editions):
        gap = _before(pack, new)
        used += [gap] if gap else []
        yield from (("editions", told) for told in _meeting(old, new, gap))
    for stray in pack.lapses:
        if stray not in used:
            yield "editions", f"the lapse from {stray.first} to {stray.last} ends before no edition; remove or move it"


def _before(pack: Pack, edition: Pack) -> Lapse | None:
    """The lapse that ends where an edition begins."""
    return next((g for g in pack.lapses if edition.since and g.last == edition.since - ONE_DAY), None)


def _meeting(old: Pack, new: Pack, gap: Lapse | None) -> Iterator[str]:
    """What is wrong between two editions, one after the other."""
    two = f"`{old.edition}` and `{new.edition}`"
    if new.since is None:
        yield f"`{new.edition}` follows `{old.edition}` and does not say from when; write `since=`"
        return
    begins = gap.first if gap else new.since
    if new.since <= (old.since or BEGINNING):
        yield f"{two} begin in the wrong order; the later one follows the earlier one"
    elif begins <= (old.since or BEGINNING):
        told = f"the lapse from {begins} to {new.since - ONE_DAY} leaves no day to `{old.edition}`"
        remedy = "begin the lapse on a later day, or leave that edition out"
        yield f"{told}, which is in force from {old.since or BEGINNING}; {remedy}"
    elif old.until and old.until >= begins:
        remedy = f"end the older one sooner with `attrs.evolve(…, until=…)`, or begin after {old.until}"
        yield f"{two} overlap from {begins} to {old.until}; {remedy}"
    elif old.until and old.until < begins - ONE_DAY:
        told = f'`lapse("{old.until + ONE_DAY}", "{new.since - ONE_DAY}", "why")` among `lapses=`'
        yield f"between {two} nothing is said of the days from {old.until + ONE_DAY}; declare {told}"


def _names(pack: Pack) -> Iterator[tuple[str, str]]:
    editions = pack.editions
    for edition in editions:
        if edition.since and edition.until and edition.until < edition.since:
            yield "editions", f"`{edition.edition}` ends on {edition.until}, before it begins on {edition.since}"
    labels = [e.edition for e in editions]
    for label in dict.fromkeys(x for x in labels if labels.count(x) > 1):
        yield "editions", f"{labels.count(label)} editions are called `{label}`; each needs its own name"
    if any(e.id != pack.id for e in editions):
        yield "editions", f"not all editions are of `{pack.id}`; an edition is the same pack in another text"


Spans = tuple[tuple[dt.date, "Pack"], ...]
"""From which day on which text decides, in order; the first from the beginning of days."""


def spans(pack: Pack) -> Spans:
    """What decides from when on: each edition by itself, and where none is in force, one under which nothing is."""
    if len(pack.editions) == 1 and pack.since is None and pack.until is None:
        return ((BEGINNING, pack),)
    editions = pack.editions
    found: list[tuple[dt.date, Pack]] = []
    if editions[0].since is not None:
        found.append((BEGINNING, without_force(editions[0], "尚未施行", "尚未施行")))
    for i, edition in enumerate(editions):
        found.append((edition.since or BEGINNING, attrs.evolve(edition, earlier=None, lapses=())))
        following = editions[i + 1].since if i + 1 < len(editions) else None
        gap = _before(pack, editions[i + 1]) if following else None
        end = gap.first if gap else day_after(edition.until) if edition.until else None
        if end is not None and end != following:
            found.append((end, without_force(edition, "已失效", gap.because if gap else "已失效")))
    for (_, one), (begins, _) in zip(found, [*found[1:], (None, None)], strict=True):
        vars(one).update(whole=pack, succeeded_on=begins)
    return tuple(found)


def without_force(pack: Pack, state: str, because: str) -> Pack:
    """The same provisions, of which none is in force."""
    provisions = tuple(
        attrs.evolve(p, force=all_of(out_of_force(because), pack.force if p.force is None else p.force))
        for p in pack.provisions
    )
    return attrs.evolve(
        pack,
        edition=f"{pack.edition}（{state}）",
        provisions=provisions,
        earlier=None,
        lapses=(),
        since=None,
        until=None,
    )


def out_of_force(because: str) -> Condition:
    """The test that fails where no edition is in force."""
    return condition(IN_FORCE, f"此日有施行中的版本（{because}）", IMPOSSIBLE)


@functools.lru_cache(1024)
def repealed(plan: Plan) -> Plan:
    """A provision of another edition under one that does not have it: not in force."""
    return attrs.evolve(plan, force=all_of(out_of_force("本版本无此项"), plan.force))
