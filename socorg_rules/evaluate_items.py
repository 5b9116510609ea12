"""The reference semantics of collections: quantifiers, folds and picks."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import Problem
from .expr import Expr
from .facts import ORDERED, Type
from .known import Value, at_least, below, conjunction, disjunction, earliest, hull, lasting, reasons
from .place import Env, unlisted
from .refs import Fold, Item, Pick, Quantified

if TYPE_CHECKING:
    from .evaluate import Evaluator


def quantified(ev: Evaluator, node: Quantified, env: Env) -> Value:
    """Kleene's or (any) and and (all) over the items; items that may be missing may be anything."""
    here, more, until = ev.members(node.item.collection, env)
    tests = [ev.value(node.test, {**env, node.item: place}) for place in here]
    if more:  # an item that the case does not list decides as far as it passes, or fails, whatever it is
        exists, passes = Value(False, True, more), ev.value(node.test, {**env, node.item: unlisted(node.item, more)})
        tests.append(conjunction([exists, passes]) if node.op == "any" else disjunction([exists, passes]))
    if until is not None:  # an item to come changes nothing today, and may tomorrow
        neutral = node.op == "all"
        tests.append(Value(neutral, neutral, until=until))
    return disjunction(tests) if node.op == "any" else conjunction(tests)


class _Passing(NamedTuple):
    """Items that pass a filter or may, each with the filter's value; one that stands for those that the case does not
    list, where some may be; what time can change."""

    items: list[tuple[Env, Value]]
    unlisted: tuple[Env, Value] | None
    time: Value


def _passing(ev: Evaluator, item: Item, where: Expr, env: Env) -> _Passing:
    here, more, until = ev.members(item.collection, env)
    envs = [{**env, item: place} for place in here]
    tested = [(e, ev.value(where, e)) for e in envs]
    other = None
    if more:
        other_env = {**env, item: unlisted(item, more)}
        other = other_env, conjunction([Value(False, True, more), ev.value(where, other_env)])
    known = [*(t for _, t in tested), *([] if other is None else [other[1]])]
    time = Value(None, None, until=earliest([Value(None, None, until=until), *known]))
    return _Passing([(e, t) for e, t in tested if t.why or t.low], other if other and other[1].why else None, time)


class _Drawn(NamedTuple):
    """What a fold takes from one item: whether it passes for sure, and its value."""

    passes: bool
    value: Value

    @property
    def sure(self) -> bool:
        """Whether it surely contributes a value."""
        return self.passes and self.value.absent is False


def fold(ev: Evaluator, node: Fold, env: Env) -> Value:
    """A range over all that the items in doubt, and those that may be missing, could make of it."""
    passing, other, time = _passing(ev, node.item, node.where, env)
    body, every = node.value, [*passing, *([other] if other else [])]
    values = [Value(1, 1) if body is None else ev.value(body, e) for e, _ in every]
    drawn = [_Drawn(not t.why, v) for (_, t), v in zip(every, values, strict=True)]
    low, high, absent = FOLDS[node.op]([d for d in drawn if d.value.absent is not True], drawn[-1] if other else None)
    settled = absent or (absent is False and low is not None and low == high)
    why = () if settled else reasons([*(t for _, t in every), *values])
    return Value(low, high, why, earliest((time, *values)), absent)


_Range = tuple[Any, Any, bool | None]


def _sum(drawn: list[_Drawn], other: _Drawn | None) -> _Range:
    lows = [d.value.low if d.sure else _end(min, [d.value.low, 0]) for d in drawn]
    highs = [d.value.high if d.sure else _end(max, [d.value.high, 0]) for d in drawn]
    if other and not at_least(other.value.low, 0):  # there may be any number of these
        lows.append(None)
    if other and not at_least(0, other.value.high):
        highs.append(None)
    return None if None in lows else sum(lows), None if None in highs else sum(highs), False


def _distinct(drawn: list[_Drawn], other: _Drawn | None) -> _Range:
    sure = {d.value.low for d in drawn if d.sure and not d.value.why}
    known = {d.value.low for d in drawn if not d.value.why}
    unclear = sum(1 for d in drawn if d.value.why)
    low = len(sure) or int(any(d.sure for d in drawn))
    return low, None if other else len(known) + unclear, False


def _largest(drawn: list[_Drawn], other: _Drawn | None) -> _Range:  # noqa: ARG001 - one more changes no bound
    if not drawn:
        return None, None, True
    sure = [d.value.low for d in drawn if d.sure]
    low = max((x for x in sure if x is not None), default=None) if sure else _end(min, [d.value.low for d in drawn])
    return low, _end(max, [d.value.high for d in drawn]), False if sure else None


def _smallest(drawn: list[_Drawn], other: _Drawn | None) -> _Range:  # noqa: ARG001
    if not drawn:
        return None, None, True
    sure = [d.value.high for d in drawn if d.sure]
    high = min((x for x in sure if x is not None), default=None) if sure else _end(max, [d.value.high for d in drawn])
    return _end(min, [d.value.low for d in drawn]), high, False if sure else None


def _end(pick: Any, ends: list[Any]) -> Any:  # noqa: ANN401
    return None if None in ends else pick(ends)


FOLDS = {"count": _sum, "sum": _sum, "count_distinct": _distinct, "min": _smallest, "max": _largest}


def pick(ev: Evaluator, node: Pick, env: Env) -> Value:
    """The value of whichever items may be first (last); one in doubt, or of unknown date, may have any place."""
    passing, other, time = _passing(ev, node.item, node.where, env)
    keyed = [(e, t, ev.value(node.key, e)) for e, t in passing]
    sure = [k for _, t, k in keyed if not t.why and not k.why]
    leading = [(e, t, k) for e, t, k in keyed if k.why or not any(_ahead(node, s, k) for s in sure)]
    leading = _untied(ev, node, leading)
    values = [ev.value(node.value, e) for e, *_ in leading]
    if other:
        values.append(ev.value(node.value, other[0]))
    if all(t.why for _, t, _ in keyed):
        values.append(nothing(node))
    why = [*(other[1].why if other else ()), *reasons(t for _, t, _ in leading)]
    if len(leading) > 1:
        why += reasons(k for *_, k in leading)
    found = hull(values, tuple(why), ordered=ordered(node))
    return lasting(found, time, *(k for *_, k in keyed))


def _ahead(node: Pick, one: Value, other: Value) -> bool:
    return below(one.low, other.low) if node.which == "first" else below(other.low, one.low)


def nothing(node: Expr) -> Value:
    """What a node comes to where what it speaks of does not exist: a test is false, any other value absent."""
    return Value(False, False) if node.shape.type is Type.YES_NO else Value(None, None, absent=True)


@functools.cache
def ordered(node: Expr) -> bool:
    """Whether what a node stands for has an order; tests have."""
    return node.shape.type in ORDERED or node.shape.type is Type.YES_NO


_Keyed = tuple[Env, Value, Value]
"""An item in place, whether it passes, and what it is ordered by."""


def _untied(ev: Evaluator, node: Pick, leading: list[_Keyed]) -> list[_Keyed]:
    """Where one is asked for and two come equally first, the case is in error; one of them stands for both."""
    first: dict[Any, str] = {}
    kept: list[_Keyed] = []
    for env, test, key in leading:
        path, sure = env[node.item].path, not test.why and not key.why
        if sure and key.low in first:
            told = f"`{key.low}` stands here and in `{first[key.low]}`, and the rules ask for the {node.which} one"
            ev.problems[Problem(path, f"{told}; correct or remove one of the two")] = None
            continue
        if sure:
            first[key.low] = path
        kept.append((env, test, key))
    return kept
