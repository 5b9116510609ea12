"""What is known of a case, changed at one path: a fact learned or corrected, an item added, something withdrawn.

Only the place is looked at here. Whether the changed case is a sound one, the case reader says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import attrs

from .case import Case
from .errors import CaseError, Problem, nearest
from .facts import ELEMENTS, Fact, Record, Type

_PATH = re.compile(r"[^.\[\]]+(\.[^.\[\]]+|\[[0-9]{1,9}\])*")
_STEP = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_OPEN = frozenset({"items", "complete"})
_COMPLETE = Fact("齐全", Type.YES_NO, "complete")

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
    if _fact(case, steps) is _COMPLETE:
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
    if _fact(case, steps) is _COMPLETE:
        raise CaseError(Problem(path, f'is not forgotten; `learn("{path}", False)` says that there may be more items'))
    plain = _only(case, steps)
    holder, last = _holder(case, plain, steps, path), steps[-1]
    before = _child(holder, last)
    if before is None:
        raise CaseError(Problem(path, "nothing is known here that could be forgotten"))
    del (_items(holder) if isinstance(last, int) else holder)[last]
    return Edited(plain, _changed(case, steps), path, before)


def adds_to(case: Case, path: str, value: object) -> bool:
    """Whether this value, told at this path, is one more item of a collection."""
    fact = _fact(case, _steps(case, path))
    return fact is not None and fact.of is not None and _is_item(value)


def fact_at(case: Case, path: str) -> Fact | None:
    """The declared fact at a path; None where it is an item, or all that a pack declares.

    Raises:
        CaseError: the path leads nowhere.
    """
    return _fact(case, _steps(case, path))


def told(case: Case, path: str) -> object:
    """What a case tells at a path, as plain data; None where it tells nothing.

    Raises:
        CaseError: the path leads nowhere.
    """
    steps = _steps(case, path)
    found: Any = _only(case, steps)
    for step in steps:
        found = _child(found, step) if isinstance(found, dict | list) else None
    return found


def _steps(case: Case, path: str) -> Steps:
    written = isinstance(path, str) and _PATH.fullmatch(path)
    steps: Steps = [int(i) if i else name for i, name in _STEP.findall(path)] if written else []
    if len(steps) < 2 or steps[0] != case.root.name or isinstance(steps[1], int):  # noqa: PLR2004 - entity and fact
        raise CaseError(Problem(str(path), f"is no path of a fact; write it as in `{case.root.name}.name`"))
    _fact(case, steps)
    return steps


def _fact(case: Case, steps: Steps) -> Fact | None:
    """The declared fact that a path names; None where it names an item, or all that a pack declares.

    Raises:
        CaseError: a step names nothing that there is.
    """
    kind, pack, fact = case.root, "", None
    for number, step in enumerate(steps[1:], 1):
        here, there = _written(steps[:number]), _written(steps[: number + 1])
        if fact is not None and fact.of is not None:
            if isinstance(step, int):
                kind, pack, fact = fact.of, "", None
            elif step == "complete":
                fact = _COMPLETE
            else:
                raise CaseError(Problem(there, f"which item is meant? Write it as in `[0].{step}`"))
        elif fact is not None and fact.type in ELEMENTS and isinstance(step, int):
            fact = attrs.evolve(fact, type=ELEMENTS[fact.type])
        elif fact is not None and fact.type in ELEMENTS and step == "complete":
            raise CaseError(Problem(there, "a list of values has no `.complete`; it is always all of them"))
        elif fact is not None or isinstance(step, int):
            what = f"is {fact.type.value}" if fact is not None else "is no collection"
            raise CaseError(Problem(there, f"`{here}` {what} and has no parts"))
        else:
            packs = {o.pack: o.facts for o in case.own if o.entity is kind}
            facts = packs[pack] if pack else kind.facts
            fact = facts.get(step)
            if fact is None and (pack or step not in packs):
                known = facts if pack else [*facts, *packs]
                hint = nearest(step, known) or "; `socorg-rules schema facts` lists them"
                raise CaseError(Problem(there, f"no such fact{hint}"))
            pack = step
    return fact


def _written(steps: Steps) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)[1:]


def _holder(case: Case, plain: Any, steps: Steps, path: str) -> Any:  # noqa: ANN401 - plain data of any shape
    """The object or list that the last step of a path lies in."""
    packs = {own.pack for own in case.own}
    for number, step in enumerate(steps[:-1]):
        found = _child(plain, step)
        if found is None and step in packs and isinstance(plain, dict):
            found = plain.setdefault(step, {})
        if not isinstance(found, dict | list):
            raise CaseError(Problem(path, f"nothing is known of `{_written(steps[: number + 1])}`; tell that first"))
        plain = found
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


def _only(case: Case, steps: Steps) -> dict[str, Any]:
    """What a case tells of the fact that a path lies in, as plain data of a case."""
    fact = _changed(case, steps)
    values = {n: v for n, v in case.record.values.items() if n == fact or n.startswith(f"{fact}.")}
    return attrs.evolve(case, record=Record(case.root, values)).to_dict()


def _changed(case: Case, steps: Steps) -> str:
    """The fact of the root entity that a path lies in; that of a pack with the pack's name."""
    own = {own.pack for own in case.own}
    return ".".join(str(s) for s in steps[1 : 3 if steps[1] in own else 2])
