"""Two packs held side by side: spans of days on which each of them decides by one edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from ..editions import BEGINNING, ONE_DAY
from ..expr import Expr, any_of
from ..pack import Pack
from ..words import AS_OF, day


@attrs.frozen(eq=False)
class Span:
    """Days from `first` to `last`, both included, and the editions that decide on them; None where there is no end."""

    first: dt.date | None
    last: dt.date | None
    old: Pack
    new: Pack

    @property
    def elsewhen(self) -> Expr | None:
        """The test of all other days; None where there is none."""
        bounds = [AS_OF < day(self.first.isoformat())] if self.first else []
        bounds += [AS_OF > day(self.last.isoformat())] if self.last else []
        return any_of(*bounds) if bounds else None


def side_by_side(old: Pack, new: Pack) -> Iterator[Span]:
    """The spans of two packs, the earliest first; one without ends where neither has editions."""
    begins = sorted({first for pack in (old, new) for first, _ in pack.spans})
    for i, first in enumerate(begins):
        last = begins[i + 1] - ONE_DAY if i + 1 < len(begins) else None
        yield Span(None if first == BEGINNING else first, last, old.on(first), new.on(first))
