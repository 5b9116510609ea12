"""What a function is called with, held against what it takes: each mistake is told with its name and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, get_args

from .errors import Problem, nearest
from .phrases import Lang
from .value import shown


def whole_number(name: str, given: object, problems: list[Problem]) -> int:
    """A whole number from 1 on."""
    if isinstance(given, int) and not isinstance(given, bool) and given >= 1:
        return given
    problems.append(Problem(name, f"`{shown(given)}` is no whole number from 1 on; write one, as in `60`"))
    return 1


def yes_no(name: str, given: object, problems: list[Problem]) -> None:
    """A switch."""
    if not isinstance(given, bool):
        problems.append(Problem(name, f"`{shown(given)}` is no yes or no; write `True` or `False`"))


def number(name: str, given: object, problems: list[Problem], *, more_than_nothing: bool = False) -> int | Decimal:
    """An exact number that is not negative; on request not zero either."""
    exact = isinstance(given, int | Decimal) and not isinstance(given, bool) and Decimal(given).is_finite()
    if exact and (given > 0 or (given == 0 and not more_than_nothing)):  # type: ignore[operator]
        return given  # type: ignore[return-value]
    least = "more than 0" if more_than_nothing else "0 or more"
    remedy = (
        f'`Decimal("{given}")`, which is exact'
        if isinstance(given, float)
        else 'one as in `10000` or `Decimal("86.50")`'
    )
    problems.append(Problem(name, f"`{shown(given)}` is no exact number of {least}; write {remedy}"))
    return 1


def listed(name: str, given: object, problems: list[Problem], *, of: str) -> tuple[Any, ...]:
    """The members of a list, which a text alone is not; `of` says of what."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
        return tuple(given)
    written = f'`["{given}"]`' if isinstance(given, str) else "`[…]`"
    problems.append(Problem(name, f"`{shown(given)}` is no list of {of}; write {written}"))
    return ()


def language(given: object, problems: list[Problem]) -> Lang:
    """One of the languages that are offered."""
    if given not in get_args(Lang):
        problems.append(Problem("lang", f"`{shown(given)}` is not offered{nearest(given, get_args(Lang))}"))
    return "en" if given == "en" else "zh"
