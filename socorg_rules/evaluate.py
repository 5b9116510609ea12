"""The reference semantics of the rule tree, node by node. This file is the specification that runs.

Each rule takes the interpreter, a node and what its items stand for, and says what is known of the node's value.
`docs/semantics.md` tells the same in words. It reads no clock: `as_of` is part of the question.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from . import calendar
from .division import lies_within
from .errors import CaseError, Problem
from .evaluate_items import fold, nothing, ordered, pick, quantified
from .expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from .facts import Items, Type
from .known import (
    Value,
    at_least,
    below,
    conjunction,
    disjunction,
    earliest,
    hull,
    lasting,
    negation,
    reasons,
    settled,
)
from .place import Env, Members, Place, members, names_of, path_of, unknown, unnamed
from .reads import checks, readings_of, reads_no_item
from .refs import Binding, Collection, FactOf, Fold, Item, Names, Pick, Quantified, facts_read
from .value import write_value
from .words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf

NO_ITEMS: Env = {}


class Evaluator:
    """One question: the facts of a root entity, a day, and the alternative taken of each reading (None: open)."""

    def __init__(self, root: Place, as_of: dt.date, readings: Mapping[str, str | None]) -> None:
        self.root, self.as_of, self.readings = root, as_of, readings
        self.problems: dict[Problem, None] = {}
        self._seen: dict[tuple[Expr, str], Value] = {}
        self._members: dict[tuple[str, str], Members] = {}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        return RULES[type(node)](self, node, env)

    def recall(self, env: Env, item: str, node: Expr) -> Value:
        """The same, worked out once for each item (its path, or nothing)."""
        found = self._seen.get((node, item))
        if found is None:
            found = self._seen[node, item] = self.value(node, env)
        return found

    def place(self, owner: Binding, env: Env) -> Place:
        """What a reference stands for."""
        return env[owner] if isinstance(owner, Item) else self.root

    def on(self, day: dt.date) -> Evaluator:
        """The same question on a later day; what cannot have changed by then is kept."""
        later = Evaluator(self.root, day, self.readings)
        later._seen = {k: v for k, v in self._seen.items() if v.until is None or day < v.until}
        return later

    def moved(self, day: dt.date) -> Evaluator:
        """The same, to see whether the case contradicts itself by then: a value that lasts does not tell of all."""
        later = Evaluator(self.root, day, self.readings)
        lasts = {k: v for k, v in self._seen.items() if v.until is None or day < v.until}
        later._seen = {k: v for k, v in lasts.items() if not checks(k[0])}
        return later

    def under(self, changed: Mapping[str, str | None]) -> Evaluator:
        """The same question with some readings taken otherwise; what does not ask for these is kept."""
        other = Evaluator(self.root, self.as_of, {**self.readings, **changed})
        other._seen = {k: v for k, v in self._seen.items() if changed.keys().isdisjoint(readings_of(k[0]))}
        return other

    def about(self, root: Place, fact: str) -> Evaluator:
        """The same question about a root entity of which one fact is another; what does not read that fact is kept."""
        other = Evaluator(root, self.as_of, self.readings)
        other._seen = {k: v for k, v in self._seen.items() if fact not in facts_read(k[0])}
        return other

    def members(self, collection: Collection, env: Env) -> Members:
        """The items of a collection on the day, looked up once for each place that has it."""
        place = self.place(collection.owner, env)
        key = collection.fact.name, place.path
        if key not in self._members:
            self._members[key] = members(place, collection.fact, self.as_of)
        return self._members[key]

    def refuse_contradictions(self) -> None:
        """Raise for what the case contradicts itself in."""
        if self.problems:
            raise CaseError(self.problems)


# ------------------------------------------------------------------------------------------------------ facts


def _fact(ev: Evaluator, node: FactOf, env: Env) -> Value:
    place = ev.place(node.owner, env)
    found = place.record.values.get(node.fact.name)
    return unknown(node.fact, path_of(place, node.fact)) if found is None else Value(found, found)


# --------------------------------------------------------------------------------------------------- leaves


def _const(ev: Evaluator, node: Const, env: Env) -> Value:  # noqa: ARG001 - all rules are called alike
    return _constant(node)


@functools.cache
def _constant(node: Const) -> Value:
    return Value(node.value, node.value)


def _clock(ev: Evaluator, node: Clock, env: Env) -> Value:  # noqa: ARG001
    if node.grain == "year_end":
        last = calendar.last_day(ev.as_of.year)
        return Value(last, last, until=calendar.day_after(last) if last < calendar.NEVER else None)
    now: Any = {"day": ev.as_of, "month": calendar.month_of(ev.as_of), "year": ev.as_of.year}[node.grain]
    return Value(now, now)


def _gap(ev: Evaluator, node: Gap, env: Env) -> Value:  # noqa: ARG001
    if node.kind.type is Type.YES_NO:
        return Value(False, True, (node.gap,))
    return Value(node.low, node.high, (node.gap,))


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def _holds(op: str, a: Value, b: Value) -> bool | None:
    """A comparison of two ranges: whatever lies in them, or None where it depends."""
    if not a.why and not b.why:
        return COMPARED[op](a.low, b.low)
    match op:
        case "<":
            return True if below(a.high, b.low) else False if at_least(a.low, b.high) else None
        case "<=":
            return True if at_least(b.low, a.high) else False if below(b.high, a.low) else None
        case ">" | ">=":
            return _holds("<" if op == ">" else "<=", b, a)
        case _:
            return (op == "!=") if below(a.high, b.low) or below(b.high, a.low) else None


def _compare(ev: Evaluator, node: Compare, env: Env) -> Value:
    left, right = ev.value(node.left, env), ev.value(node.right, env)
    until = _turning(ev, node, left, right)
    if left.absent or right.absent:
        return settled(False, until)
    holds = _holds(node.op, left, right)
    if holds is None or (holds and (left.absent is None or right.absent is None)):
        return Value(False, True, reasons((left, right)), until)
    return settled(holds, until)


def _turning(ev: Evaluator, node: Compare, left: Value, right: Value) -> dt.date | None:
    """From when the passing of time can turn a comparison."""
    days: list[dt.date] = []
    for side, value, other in ((node.left, left, right), (node.right, right, left)):
        if isinstance(side, Clock):
            days += _turns(ev, side, other)
        elif value.until is not None:
            days.append(value.until)
    return min(days, default=None)


def _turns(ev: Evaluator, clock: Clock, other: Value) -> list[dt.date]:
    days = (d for end in (other.low, other.high) if end is not None for d in edges(clock.grain, end))
    return [d for d in days if ev.as_of < d < calendar.NEVER]


def edges(grain: str, end: Any) -> tuple[dt.date, dt.date]:  # noqa: ANN401 - a day, a month or a year
    """The days on which the clock meets a value, and leaves it behind."""
    match grain:
        case "day":
            return end, calendar.day_after(end)
        case "month":
            return calendar.first_day(end), calendar.first_day(calendar.shift_month(end, calendar.months(1)))
        case "year_end":
            return calendar.new_year(end.year), calendar.new_year(end.year + 1)
    return calendar.new_year(end), calendar.new_year(end + 1)


def _one_of(ev: Evaluator, node: OneOf, env: Env) -> Value:
    of, values = ev.value(node.of, env), [ev.value(v, env) for v in node.values]
    if of.absent:
        return settled(False, of.until)
    same = [_holds("==", of, v) for v in values]
    until = earliest((of, *values))
    if True in same and of.absent is False:
        return settled(True, until)
    if True in same or None in same:
        return Value(False, True, reasons((of, *values)), until)
    return settled(False, until)


def _contains(ev: Evaluator, node: Contains, env: Env) -> Value:
    held, wanted = ev.value(node.list, env), ev.value(node.value, env)
    if held.absent or wanted.absent:
        return Value(False, False, until=earliest((held, wanted)))
    if held.why or wanted.why:
        return Value(False, True, reasons((held, wanted)), earliest((held, wanted)))
    days = [d for v in (held, wanted) if (d := v.until) is not None]
    if isinstance(node.value, Clock) and not node.value.stands_alone:
        days += [d for v in held.low for d in _turns(ev, node.value, Value(v, v))]
    return settled(wanted.low in held.low, min(days, default=None))


def _in_division(ev: Evaluator, node: InDivision, env: Env) -> Value:
    code = ev.value(node.of, env)
    if code.absent:
        return settled(False, code.until)
    if code.why:
        return Value(False, True, code.why, code.until)
    return settled(lies_within(code.low, node.codes), code.until)


def _names(ev: Evaluator, node: Names, env: Env) -> Value:
    text, place = ev.value(node.text, env), env[node.item]
    if text.absent:
        return Value(False, False, until=text.until)
    nameless = (place.path,) if place.unseen else tuple(path_of(place, f) for f in unnamed(place.record, node.facts))
    if text.why:
        return Value(False, True, tuple(dict.fromkeys((*text.why, *nameless))), text.until)
    named = text.low in names_of(place.record, node.facts)
    if nameless and not named and not _names_another(ev, node, env, text.low):
        return Value(False, True, nameless, text.until)
    return Value(named, named, until=text.until)


def _names_another(ev: Evaluator, node: Names, env: Env, name: str) -> bool:
    """Whether a name is that of a listed item, and so none of an item whose name is not known."""
    collection = node.item.collection
    items: Items | None = ev.place(collection.owner, env).record.values.get(collection.fact.name)
    return items is not None and any(name in names_of(r, node.facts) for r in items.records)


# ---------------------------------------------------------------------------------------------- quantities


def _shift(ev: Evaluator, node: Shift, env: Env) -> Value:
    start = ev.value(node.start, env)
    move: Any = calendar.shift_month if node.shape.type is Type.MONTH else calendar.shift
    low, high = (None if end is None else move(end, node.period) for end in (start.low, start.high))
    return Value(low, high, start.why, start.until, start.absent)


def _year_of(ev: Evaluator, node: YearOf, env: Env) -> Value:
    day = ev.value(node.day, env)
    low, high = (None if end is None else end.year for end in (day.low, day.high))
    return Value(low, high, day.why, day.until, day.absent)


def _combine(ev: Evaluator, node: Combine, env: Env) -> Value:
    a, b = ev.value(node.left, env), ev.value(node.right, env)
    until = earliest((a, b))
    no_share = node.op == "/" and b.low == b.high == 0
    if a.absent or b.absent or no_share:
        return Value(None, None, until=until, absent=True)
    absent = None if a.absent is None or b.absent is None else False
    match node.op:
        case "+":
            low, high = _both(a.low, b.low, lambda x, y: x + y), _both(a.high, b.high, lambda x, y: x + y)
        case "-":
            low, high = _both(a.low, b.high, lambda x, y: x - y), _both(a.high, b.low, lambda x, y: x - y)
        case "*":
            corners = [_both(x, y, lambda x, y: x * y) for x in (a.low, a.high) for y in (b.low, b.high)]
            low, high = (None, None) if None in corners else (min(corners), max(corners))
            if low is None and at_least(a.low, 0) and at_least(b.low, 0):
                low = a.low * b.low
        case "/":
            low, high = _share(a, b)
            absent = None if absent is None or not (below(0, b.low) or below(b.high, 0)) else False
        case "min":
            low, high = _both(a.low, b.low, min), _either(a.high, b.high, min)
        case "max":
            low, high = _either(a.low, b.low, max), _both(a.high, b.high, max)
    why = () if low is not None and low == high and absent is False else reasons((a, b))
    return Value(low, high, why, until, absent)


def _share(part: Value, whole: Value) -> tuple[Any, Any]:
    """The ends of one range over another that is not 0 alone."""
    if None not in {part.low, part.high, whole.low, whole.high} and (whole.low > 0 or whole.high < 0):
        corners = [Fraction(x) / y for x in (part.low, part.high) for y in (whole.low, whole.high)]
        return min(corners), max(corners)
    if not (at_least(part.low, 0) and at_least(whole.low, 0)):
        return None, None
    low = Fraction(0) if whole.high is None else Fraction(part.low) / whole.high
    return low, Fraction(part.high) / whole.low if part.high is not None and whole.low else None


def _both(x: Any, y: Any, op: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401
    return None if x is None or y is None else op(x, y)


def _either(x: Any, y: Any, op: Callable[[Any, Any], Any]) -> Any:  # noqa: ANN401
    return y if x is None else x if y is None else op(x, y)


def _lookup(ev: Evaluator, node: Lookup, env: Env) -> Value:
    key = ev.value(node.key, env)
    if key.absent:
        return lasting(nothing(node), key)
    if not key.why:
        row = node.rows.get(key.low, node.otherwise)
        assert row is not None  # noqa: S101 - `table` has seen that a closed list is covered
        return lasting(ev.value(row, env), key)
    rows = [ev.value(r, env) for r in (*node.rows.values(), node.otherwise) if r is not None]
    if key.absent is None:
        rows.append(nothing(node))
    return lasting(hull(rows, key.why, ordered=ordered(node)), key)


def _if(ev: Evaluator, node: If, env: Env) -> Value:
    test = ev.value(node.test, env)
    if not test.why:
        return lasting(ev.value(node.then if test.low else node.otherwise, env), test)
    branches = [ev.value(node.then, env), ev.value(node.otherwise, env)]
    return lasting(hull(branches, test.why, ordered=ordered(node)), test)


def _stated(ev: Evaluator, node: Stated, env: Env) -> Value:
    direct, derived = ev.value(node.direct, env), ev.value(node.derived, env)
    if not direct.why:
        fact = node.direct.fact
        if not fact.judgement and derived.absent is False and _holds("==", direct, derived) is False:
            path = path_of(ev.place(node.direct.owner, env), fact)
            made = "something else" if derived.why else f"`{write_value(fact, derived.low)}`"
            told = f"`{write_value(fact, direct.low)}` is given, and other facts of the case make it {made}"
            ev.problems[Problem(path, f"{told}; correct one of the two")] = None
        return direct
    why = reasons((direct, derived)) if derived.why else ()
    return Value(derived.low, derived.high, why, derived.until, derived.absent)


# -------------------------------------------------------------------------------------------------- tests


def _and(ev: Evaluator, node: And, env: Env) -> Value:
    return conjunction([ev.value(p, env) for p in node.parts])


def _or(ev: Evaluator, node: Or, env: Env) -> Value:
    return disjunction([ev.value(p, env) for p in node.parts])


def _not(ev: Evaluator, node: Not, env: Env) -> Value:
    return negation(ev.value(node.part, env))


def _presumed(ev: Evaluator, node: Presumed, env: Env) -> Value:
    found = ev.value(node.part, env)
    return Value(True, True, until=found.until) if found.why else found


def _condition(ev: Evaluator, node: Condition, env: Env) -> Value:
    """A condition that reads no item is worked out once."""
    return ev.recall(NO_ITEMS, "", node.test) if reads_no_item(node) else ev.value(node.test, env)


def _by_reading(ev: Evaluator, node: ByReading, env: Env) -> Value:
    """The alternative taken; where the reading is open, what all alternatives agree on."""
    taken = ev.readings[node.reading.name]
    if taken is not None:
        return ev.value(node.alternatives[taken], env)
    values = [ev.value(a, env) for a in node.alternatives.values()]
    first = values[0]
    if all((v.low, v.high, v.why, v.absent) == (first.low, first.high, first.why, first.absent) for v in values):
        return lasting(first, Value(None, None, until=earliest(values)))
    return hull(values, (node.reading,), ordered=ordered(node))


Rule = Callable[[Evaluator, Any, Env], Value]
RULES: dict[type[Expr], Rule] = {
    Const: _const, Clock: _clock, Gap: _gap, FactOf: _fact, Compare: _compare, OneOf: _one_of, Contains: _contains,
    InDivision: _in_division, Names: _names, Shift: _shift, YearOf: _year_of, Combine: _combine, Lookup: _lookup,
    If: _if, Stated: _stated, And: _and, Or: _or, Not: _not, Condition: _condition, Presumed: _presumed,
    ByReading: _by_reading, Quantified: quantified, Fold: fold, Pick: pick,
}  # fmt: skip
