"""The choices of readings under which two texts of a provision are to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..expr import Expr, parts
from ..plan import Plan
from ..words import ByReading
from .merging import PLAN_FIELDS, TERMS_FIELDS, Pair, Split, Taken, pair

Choice = Mapping[str, str | None]
"""What is chosen besides the readings that were asked for: alternatives by reading."""

MOST = 24
"""How many choices are looked at."""


def choices(old: Plan, new: Plan, taken: Taken) -> Iterator[Choice]:
    """First none; then those that lead to where the texts part; then open readings closed, one way after the other."""
    seen: list[Choice] = []
    for choice in _all(old, new, taken):
        if choice not in seen:
            seen.append(choice)
            yield choice
        if len(seen) == MOST:
            return


def _all(old: Plan, new: Plan, taken: Taken) -> Iterator[Choice]:
    yield {}
    both = pair(old, new, {}, {})
    leading = list(_leading(both)) or [{}]
    readings = {r.name: r for plan in (old, new) for r in plan.readings}
    open_ = [r for r in readings.values() if taken.get(r.name) is None]
    yield from leading
    most = max((len(r.alternatives) for r in open_), default=0)
    for to in (*leading, {}):
        for n in range(most):
            closed = {r.name: list(r.alternatives)[n % len(r.alternatives)] for r in open_}
            yield {**closed, **to}
    for r in readings.values():
        for alternative in r.alternatives:
            closed = {o.name: next(iter(o.alternatives)) for o in open_}
            yield {**closed, r.name: alternative}


def _leading(both: Pair) -> Iterator[Choice]:
    """For each place where the texts part, the alternatives of the readings around it."""
    if both.merged is None:
        return
    s, p = both.merged.settlement, both.merged.provision
    exprs = [getattr(both.merged, n) for n in PLAN_FIELDS] + [p.result, p.due]
    exprs += [getattr(s, n) for n in TERMS_FIELDS] if s is not None else []
    seen: set[tuple[Expr, tuple[tuple[str, str], ...]]] = set()
    waiting: list[tuple[Expr, dict[str, str]]] = [(e, {}) for e in exprs if e is not None]
    while waiting:
        node, around = waiting.pop(0)
        key = node, tuple(sorted(around.items()))
        if key in seen:
            continue
        seen.add(key)
        if isinstance(node, Split):
            yield dict(around)
        elif isinstance(node, ByReading):
            name = node.reading.name
            for alternative, expr in node.alternatives.items():
                if around.get(name, alternative) == alternative:
                    waiting.append((expr, {**around, name: alternative}))
        else:
            waiting.extend((part, around) for part in parts(node))
