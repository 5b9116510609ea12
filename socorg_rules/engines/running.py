"""What compiled source calls while it runs. Each function gives `None` where only the reference could tell."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, NoReturn

from ..calendar import NEVER, last_day, month_of
from ..division import trim
from ..evaluate import edges
from ..facts import Items, Record
from ..money import Number
from ..place import names_of, unnamed

__all__ = [
    "ABSENT",
    "OPEN",
    "UNSET",
    "agree",
    "come",
    "named",
    "one_of",
    "portion",
    "refer",
    "share",
    "stated",
]

KEPT = 1024
"""How many results of one calculation are kept: those of dates, divisions and findings come again and again."""


class _Mark:
    """A value that no case holds."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


ABSENT: Final = _Mark("ABSENT")
"""There is no such value: the first of none."""
OPEN: Final = _Mark("OPEN")
"""A provision is surely undetermined; what leaves it open is for the reference to say."""
UNSET: Final = _Mark("UNSET")
"""Not worked out yet."""


class Asked:
    """The day of a question, the alternatives taken of the readings (None: open), and what was worked out for it."""

    __slots__ = ("day", "memo", "month", "taken", "year", "year_end")

    def __init__(self, day: dt.date, taken: tuple[int | None, ...], shared: int) -> None:
        self.day, self.taken = day, taken
        self.month, self.year, self.year_end = _calendar_of(day)
        self.memo = [UNSET] * shared


@functools.lru_cache(KEPT)
def _calendar_of(day: dt.date) -> tuple[str, int, dt.date]:
    return month_of(day), day.year, last_day(day.year)


class Unlisted(Record):
    """An item of which nothing is known; it stands for those that a collection may have besides."""


class Refer(Exception):  # noqa: N818 - no error: the reference is asked
    """Only the reference can decide, since the case may contradict itself."""


def refer() -> NoReturn:
    """Leave the provision to the reference."""
    raise Refer


def agree(*alternatives: Any) -> Any:  # noqa: ANN401 - values of whatever type the node has
    """What all alternatives of an open reading come to; `None` where they differ or one is not known."""
    first = alternatives[0]
    return first if first is not None and all(a == first for a in alternatives) else None


def share(part: Any, whole: Any) -> Any:  # noqa: ANN401 - numbers, or one of the marks
    """One quantity as an exact share of another; of nothing there is no share."""
    if part is ABSENT or whole is ABSENT or whole == 0:
        return ABSENT
    return None if part is None or whole is None else Fraction(part) / whole


def portion(quantity: Any, part: Number) -> Any:  # noqa: ANN401 - an exact number
    """An exact part of a quantity, as a whole number where it is one: those are counted with much faster."""
    whole, rest = divmod(quantity * part.numerator, part.denominator)
    return quantity * part if rest else whole


def one_of(value: Any, *values: Any) -> bool | None:  # noqa: ANN401
    """Whether a value is among others that the case tells."""
    if value is ABSENT:
        return False
    if value is None:
        return None
    return True if any(v == value for v in values) else None if None in values else False


def stated(direct: Any, derived: Any, untold: bool) -> Any:  # noqa: ANN401, FBT001 - as emitted
    """The figure given directly, else the derived one. Where both are there, they must agree."""
    if direct is None:
        return derived
    if (derived is None and not untold) or (derived is not None and derived is not ABSENT and derived != direct):
        refer()
    return direct


def named(text: Any, record: Record, facts: tuple[str, ...], among: Items | None) -> bool | None:  # noqa: ANN401
    """Whether a text is what an item goes by; `among` are the items of its collection."""
    if text is ABSENT:
        return False
    if text is None:
        return None
    if text in names_of(record, facts):
        return True
    nameless = isinstance(record, Unlisted) or unnamed(record, facts)
    return None if nameless and not another_named(text, facts, among) else False


def another_named(text: str, facts: tuple[str, ...], among: Items | None) -> bool:
    """Whether a listed item goes by a text."""
    return among is not None and any(text in names_of(r, facts) for r in among.records)


def division_test(codes: tuple[str, ...]) -> Callable[[str], bool]:
    """The test whether a division lies within one of these."""
    within = tuple(map(trim, codes))
    return functools.lru_cache(KEPT)(lambda code: trim(code).startswith(within))


def turns(grain: str, which: slice) -> Callable[[Any], tuple[dt.date, ...]]:
    """The days on which the clock meets, or leaves behind, a value or each of several; `which` of the two matter."""

    @functools.lru_cache(KEPT)
    def days(value: Any) -> tuple[dt.date, ...]:  # noqa: ANN401 - a day, a month, a year, or a list of years
        if value is None or value is ABSENT:
            return ()
        ends = value if isinstance(value, tuple) else (value,)
        return tuple(d for end in ends for d in list(edges(grain, end))[which] if d < NEVER)

    return days


def come(days: list[dt.date], day: dt.date, dated: dt.date | None) -> bool:
    """Whether an item does not exist yet; the day on which it will is noted."""
    if dated is None or dated <= day:
        return False
    if dated != NEVER:
        days.append(dated)
    return True
