"""A case as plain data, with one fact another: what sets a test apart from the case that its file describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import nearest
from .expected import ExpectationError

_PATH = re.compile(r"[^.\[\]]+(\.[^.\[\]]+|\[[0-9]{1,9}\])*")
_STEP = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")

Plain = Any
"""A part of a case as plain data."""


def changed(case: Plain, path: str, value: object) -> Plain:
    """The case with another value at a path, or without what stands there (None). The one given stays as it is.

    An item whose number is that of the next one is added. Whether the value is a sound one, the case reader says: a
    test may expect that it is not.

    Raises:
        ExpectationError: the path leads nowhere.
    """
    if not _PATH.fullmatch(path):
        raise ExpectationError("is no path of a fact; write it as in `organization.assessments[0].grade`")
    steps: list[str | int] = [int(i) if i else name for i, name in _STEP.findall(path)]
    return _changed(case, steps, 0, value)


def _changed(part: Plain, steps: list[str | int], at: int, value: object) -> Plain:
    step, here = steps[at], _written(steps[: at + 1])
    last = at == len(steps) - 1
    if isinstance(step, int):
        items = part.get("items") if isinstance(part, Mapping) else part
        if not isinstance(items, list) or step > len(items) or (step == len(items) and (not last or value is None)):
            raise ExpectationError(f"the case has no `{here}`")
        made = [*items[:step], *_below(items[step : step + 1], steps, at, value), *items[step + 1 :]]
        return {**part, "items": made} if isinstance(part, Mapping) else made
    if not isinstance(part, Mapping):
        raise ExpectationError(f"the case tells nothing below `{_written(steps[:at])}`; write that as a whole")
    if step not in part and not (last and value is not None):
        raise ExpectationError(f"the case tells no `{here}`{nearest(step, map(str, part))}")
    below = _below([part[step]] if step in part else [], steps, at, value)
    kept = {name: known for name, known in part.items() if name != step or below}
    return {**kept, **({step: below[0]} if below else {})}


def _below(there: list[Plain], steps: list[str | int], at: int, value: object) -> list[Plain]:
    """What stands at a step instead: one thing, or nothing."""
    if at < len(steps) - 1:
        return [_changed(there[0], steps, at + 1, value)]
    return [] if value is None else [value]


def _written(steps: list[str | int]) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)[1:]
