"""What is known of a case, changed at one path: a fact learned or corrected, an item added, something withdrawn.

Only the place is looked at here. Whether the changed case is a sound one, the case reader says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import attrs

from .case import Case
from .errors import CaseError, Problem
from .facts import Record, Type

_PATH = re.compile(r"[^.\[\]]+(\.[^.\[\]]+|\[\d+\])*")
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_OPEN = frozenset({"items", "complete"})

Steps = list[str | int]


class Edited(NamedTuple):
    """A change of a case.

    `fact` is the fact of its root entity that the change lies in, `case` all that is told of that fact now, as plain
    data of a case. `path` is the place, and `before` what was told there (None: nothing).
    """

    case: Mapping[str, Any]
    fact: str
    path: str
    before: object


def learned(case: Case, path: str, value: object) -> Edited:
    """The case with a fact told, or told otherwise.

    A single item told of a collection is added to it, and opens one that was unknown: there may be more. The path of a
    collection with `.complete` tells whether its items are all there are.

    Raises:
        CaseError: the path leads nowhere, or nothing is told.
    """
    if value is None:
        raise CaseError(Problem(path, "nothing is told; to take back what was known, forget it"))
    steps = _steps(case, path)
    plain = _only(case, steps)
    holder, last = _holder(case, plain, steps, path), steps[-1]
    before = _child(holder, last)
    if adds_to(case, path, value):
        held = holder.setdefault(last, {"items": [], "complete": False})
        items = _items(held)
        items.append(value)
        return Edited(plain, _changed(case, steps), f"{path}[{len(items) - 1}]", None)
    if last == "complete" and _is_collection(case, steps[:-1]):
        above = _holder(case, plain, steps[:-1], path)
        above[steps[-2]] = {"items": _items(holder), "complete": value}  # a reader takes a list for a complete one
    elif isinstance(last, int):
        if before is None:
            raise CaseError(Problem(path, "there is no such item; tell the item itself of its collection first"))
        _items(holder)[last] = value
    else:
        holder[last] = value
    return Edited(plain, _changed(case, steps), path, before)


def forgotten(case: Case, path: str) -> Edited:
    """The case without what was known at a path: a fact, an item, a whole collection.

    Raises:
        CaseError: nothing is known there.
    """
    steps = _steps(case, path)
    plain = _only(case, steps)
    holder, last = _holder(case, plain, steps, path), steps[-1]
    before = _child(holder, last)
    if before is None or (last == "complete" and _is_collection(case, steps[:-1])):
        raise CaseError(Problem(path, "nothing is known here that could be forgotten"))
    del (_items(holder) if isinstance(last, int) else holder)[last]
    return Edited(plain, _changed(case, steps), path, before)


def adds_to(case: Case, path: str, value: object) -> bool:
    """Whether this value, told at this path, is one more item of a collection."""
    return _is_item(value) and _is_collection(case, _steps(case, path))


def told(case: Case, path: str) -> object:
    """What a case tells at a path, as plain data; None where it tells nothing."""
    steps = _steps(case, path)
    found: Any = _only(case, steps)
    for step in steps:
        found = _child(found, step) if isinstance(found, dict | list) else None
    return found


def _steps(case: Case, path: str) -> Steps:
    steps: Steps = [int(i) if i else name for i, name in _STEP.findall(path)] if _PATH.fullmatch(path) else []
    if len(steps) < 2 or steps[0] != case.root.name or isinstance(steps[1], int):  # noqa: PLR2004 - entity and fact
        raise CaseError(Problem(path, f"is no path of a fact; write it as in `{case.root.name}.name`"))
    return steps


def _holder(case: Case, plain: Any, steps: Steps, path: str) -> Any:  # noqa: ANN401 - plain data of any shape
    """The object or list that the last step of a path lies in."""
    packs = {own.pack for own in case.own}
    for number, step in enumerate(steps[:-1]):
        found = _child(plain, step)
        if found is None and step in packs and isinstance(plain, dict):
            found = plain.setdefault(step, {})
        if not isinstance(found, dict | list):
            here = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps[: number + 1])[1:]
            raise CaseError(Problem(path, f"nothing is known of `{here}`; tell that first"))
        plain = found
    inside_collection = isinstance(plain, list) or (_OPEN == plain.keys() and _is_collection(case, steps[:-1]))
    if inside_collection and isinstance(steps[-1], str) and steps[-1] != "complete":
        raise CaseError(Problem(path, f"which item is meant? Write it as in `[0].{steps[-1]}`"))
    return plain


def _child(holder: Any, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(step, int):
        items = _items(holder)
        return items[step] if step < len(items) else None
    if isinstance(holder, list):
        return step == "complete" or None
    return holder.get(step)


def _items(held: Any) -> Any:  # noqa: ANN401
    """The items of a collection, complete or open; of what is no collection, none."""
    return held if isinstance(held, list) else held.get("items", []) if isinstance(held, dict) else []


def _is_item(value: object) -> bool:
    """Whether this is one item, and not a list of them, complete or open."""
    built = getattr(type(value), "__entity_type__", None) is not None
    return built or (isinstance(value, Mapping) and not _OPEN & value.keys())


def _is_collection(case: Case, steps: Steps) -> bool:
    """Whether a path names a collection of items."""
    kind, pack = case.root, ""
    facts = {(o.entity, n): f for o in case.own for n, f in o.facts.items()}
    for number, step in enumerate(steps[1:], 1):
        if isinstance(step, int):
            continue
        fact = facts.get((kind, f"{pack}.{step}")) if pack else kind.facts.get(step)
        if fact is None:
            pack = step
        elif fact.type is Type.ITEMS and fact.of is not None:
            kind, pack = fact.of, ""
            if number == len(steps) - 1:
                return True
        else:
            return False
    return False


def _only(case: Case, steps: Steps) -> dict[str, Any]:
    """What a case tells of the fact that a path lies in, as plain data of a case."""
    fact = _changed(case, steps)
    values = {n: v for n, v in case.record.values.items() if n == fact or n.startswith(f"{fact}.")}
    return attrs.evolve(case, record=Record(case.root, values)).to_dict()


def _changed(case: Case, steps: Steps) -> str:
    """The fact of the root entity that a path lies in; that of a pack with the pack's name."""
    own = {own.pack for own in case.own}
    return ".".join(str(s) for s in steps[1 : 3 if steps[1] in own else 2])
