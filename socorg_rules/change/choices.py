"""The choices of readings under which two texts of a provision are to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..expr import Expr, parts
from ..plan import Plan
from ..words import ByReading
from .merging import PLAN_FIELDS, TERMS_FIELDS, Pair, Split, Taken, pair

Choice = Mapping[str, str | None]
"""What is chosen besides the readings that were asked for: alternatives by reading."""

MOST = 24
"""How many choices are looked at."""


def choices(old: Plan, new: Plan, taken: Taken, offered: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    """First none; then those that lead to where the texts part; then open readings closed, one way after the other.

    `offered` are the alternatives that may be chosen of each reading.
    """
    seen: list[Choice] = []
    for choice in _all(old, new, taken, {n: a for n, a in offered.items() if a}):
        if choice not in seen:
            seen.append(choice)
            yield choice
        if len(seen) == MOST:
            return


def _all(old: Plan, new: Plan, taken: Taken, offered: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    yield {}
    both = pair(old, new, {}, {})
    leading = list(_leading(both, offered)) or [{}]
    open_ = {name: alternatives for name, alternatives in offered.items() if taken.get(name) is None}
    yield from leading
    most = max(map(len, open_.values()), default=0)
    for to in (*leading, {}):
        for n in range(most):
            closed = {name: alternatives[n % len(alternatives)] for name, alternatives in open_.items()}
            yield {**closed, **to}
    for name, alternatives in offered.items():
        for alternative in alternatives:
            closed = {o: first for o, (first, *_) in open_.items()}
            yield {**closed, name: alternative}


def _leading(both: Pair, offered: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
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
                if alternative not in offered.get(name, ()):
                    waiting.append((expr, around))
                elif around.get(name, alternative) == alternative:
                    waiting.append((expr, {**around, name: alternative}))
        else:
            waiting.extend((part, around) for part in parts(node))
