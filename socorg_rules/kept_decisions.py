"""The decisions of a case file as plain data, by which a file that was left goes on without deciding anew."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .calendar import parse_day
from .case_change import AMOUNTS
from .errors import CaseError, Problem, nearest
from .value import shown

HELD = {"outcome", *AMOUNTS}
"""What a decision holds at least: that by which it is seen how another one differs."""


def kept_decisions(
    states: Mapping[str, Mapping[str, Any]], days: Mapping[str, dt.date | None]
) -> dict[str, dict[str, Any]]:
    """Each decision with its next change, apart from those that the file goes on working with."""
    told = {n: {"decision": s, "next_change": (d := days[n]) and d.isoformat()} for n, s in states.items()}
    copied: dict[str, dict[str, Any]] = _copy(told)
    return copied


def _copy(data: object) -> Any:  # noqa: ANN401 - plain data
    """Plain data apart from what it was copied from; twice as fast as `copy.deepcopy`."""
    return json.loads(json.dumps(data))


def read_kept(
    given: object, provisions: Iterable[str]
) -> tuple[dict[str, Mapping[str, Any]], dict[str, dt.date | None]]:
    """The decisions of a file that was left, and the next change of each.

    Raises:
        CaseError: they are not what `decisions` of a file under these provisions was; everything that is wrong.
    """
    wanted = set(provisions)
    try:
        copied = _copy(given)
    except (TypeError, ValueError):  # no plain data
        copied = None
    if not isinstance(copied, Mapping):
        raise CaseError(Problem("decisions", f"`{shown(given)}` is not what `decisions` of a case file gives"))
    problems = [Problem(f"decisions.{n}", "is missing; give all that the file had") for n in sorted(wanted - {*copied})]
    other = [n for n in copied if n not in wanted]
    problems += [Problem(f"decisions.{shown(n)}", f"no such provision is in force{nearest(n, wanted)}") for n in other]
    states: dict[str, Mapping[str, Any]] = {}
    days: dict[str, dt.date | None] = {}
    for name in (n for n in copied if n in wanted):
        kept = copied[name] if isinstance(copied[name], Mapping) else {}
        decision, day = kept.get("decision"), kept.get("next_change", "")
        if not isinstance(decision, Mapping) or not decision.keys() >= HELD:
            told = f"expected a decision with {', '.join(sorted(HELD))}"
            problems.append(Problem(f"decisions.{name}.decision", told))
        elif day is not None and (not isinstance(day, str) or parse_day(day) is None):
            told = f"`{shown(day)}` is no day of the calendar; write it as `YYYY-MM-DD`, or null where there is none"
            problems.append(Problem(f"decisions.{name}.next_change", told))
        else:
            states[name], days[name] = decision, None if day is None else parse_day(day)
    if problems:
        raise CaseError(problems)
    return states, days
