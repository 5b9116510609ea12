"""Which single changes of a case could turn a test, or move a value: the rule tree read backwards from what is wanted.

Nothing is tried here, and what is proposed need not be enough by itself: whoever follows a wish asks again. Of tests
that must all be turned, only one is looked at, since each of them has to be; of those of which one is enough, all are.
Only changeable facts are proposed, and every fact of an item that is new to the case.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from .evaluate import COMPARED, Evaluator
from .expr import FLIPPED, And, Combine, Compare, Contains, Expr, InDivision, Not, OneOf, Or, walk
from .facts import Fact, Items, Payment, Type, entity_type
from .known import Value, below
from .nearest_value import backwards, nearest_values
from .place import Env, Place, path_of, unlisted
from .refs import Collection, FactOf, Fold, Item, Names, Pick, Quantified
from .value import write_value
from .words import ByReading, Condition, If, Lookup, Presumed, Shift, Stated, YearOf

CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Wish(NamedTuple):
    """A fact told anew, an item added to a collection (`value` is the item), or a collection told to be complete."""

    path: str
    value: Any


class Wishes:
    """What could be changed in the case that an interpreter is asked about, with `room` for so many more changes."""

    def __init__(self, ev: Evaluator, is_new: Callable[[str], bool], room: int) -> None:
        self.ev, self._is_new, self._room = ev, is_new, room

    # ------------------------------------------------------------------------------------------------- tests

    def turn(self, node: Expr, env: Env, *, to: bool) -> Iterator[Wish]:  # noqa: C901, PLR0912 - one case for each node
        """What could make a test `to`, which it is not."""
        if self.ev.value(node, env).truth is to:
            return
        match node:
            case And() | Or():
                yield from self._join([*node.parts], env, to=to, all_needed=isinstance(node, And) is to)
            case Not():
                yield from self.turn(node.part, env, to=not to)
            case Condition():
                yield from self.turn(node.test, env, to=to)
            case Presumed():
                yield from self.turn(node.part, env, to=to)
            case ByReading():
                taken = self.ev.readings[node.reading.name]
                alternatives = [node.alternatives[taken]] if taken is not None else [*node.alternatives.values()]
                yield from self._join(alternatives, env, to=to, all_needed=True)
            case If():
                yield from self._either(node, env, lambda branch: self.turn(branch, env, to=to))
            case Stated():
                yield from self._stated(node, env, lambda part: self.turn(part, env, to=to))
            case FactOf():
                yield from self._tell(node, env, to)
            case Compare():
                yield from self._compare(node, env, to=to)
            case OneOf():
                for value in node.values if to else node.values[:1]:
                    found = self.ev.value(value, env)
                    yield from self.move(node.of, env, "==" if to else "!=", found.low) if not found.why else ()
            case Contains():
                yield from self._contains(node, env, to=to)
            case InDivision() if isinstance(node.of, FactOf) and to:
                for code in node.codes:
                    yield from self._tell(node.of, env, code)
            case Names():
                yield from self._named(node, env, "==" if to else "!=")
            case Quantified():
                yield from self._quantified(node, env, to=to)
            case Pick():
                yield from self._picked(node, env, lambda inner: self.turn(node.value, inner, to=to))
            case Lookup():
                yield from self._rows(node, env, lambda row: row.truth is to)

    def _join(self, parts: list[Expr], env: Env, *, to: bool, all_needed: bool) -> Iterator[Wish]:
        """Of parts that must all be turned, one that stands against it, or else is open; of others, each."""
        left = [p for p in parts if self.ev.value(p, env).truth is not to]
        if all_needed:
            left.sort(key=lambda p: self.ev.value(p, env).truth is None)
            left = left[:1]
        for part in left:
            yield from self.turn(part, env, to=to)

    def _either(self, node: If, env: Env, follow: Callable[[Expr], Iterator[Wish]]) -> Iterator[Wish]:
        """The branch that counts, or the test that chooses between them."""
        truth = self.ev.value(node.test, env).truth
        for chosen, branch in ((True, node.then), (False, node.otherwise)):
            if truth is not chosen:
                yield from self.turn(node.test, env, to=chosen)
            if truth is not (not chosen):
                yield from follow(branch)

    def _stated(self, node: Stated, env: Env, follow: Callable[[Expr], Iterator[Wish]]) -> Iterator[Wish]:
        """A figure given directly wins; where none is given, either can be told."""
        yield from follow(node.direct)
        if self.ev.value(node.direct, env).why:
            yield from follow(node.derived)

    def _compare(self, node: Compare, env: Env, *, to: bool) -> Iterator[Wish]:
        op = node.op if to else CONTRARY[node.op]
        for side, sign, other in ((node.left, op, node.right), (node.right, FLIPPED[op], node.left)):
            for end in ends(self.ev.value(other, env)):
                yield from self.move(side, env, sign, end)

    def _contains(self, node: Contains, env: Env, *, to: bool) -> Iterator[Wish]:
        wanted, held = self.ev.value(node.value, env), self.ev.value(node.list, env)
        if isinstance(node.list, FactOf) and not wanted.why and wanted.low is not None:
            listed = () if held.why else held.low
            others = tuple(v for v in listed if v != wanted.low)
            yield from self._tell(node.list, env, (*others, wanted.low) if to else others)

    def _named(self, node: Names, env: Env, op: str) -> Iterator[Wish]:
        place = env[node.item]
        for fact in ("id", *node.facts):
            name = place.record.values.get(fact)
            if name is not None:
                yield from self.move(node.text, env, op, name)

    def _quantified(self, node: Quantified, env: Env, *, to: bool) -> Iterator[Wish]:
        places, complete = self._places(node.item, env)
        inner = [{**env, node.item: place} for place in places]
        left = [e for e in inner if self.ev.value(node.test, e).truth is not to]
        if (node.op == "any") is to:  # one item is enough
            yield from self._add(node.item.collection, env)
        elif not complete:
            yield from self._close(node.item.collection, env)
            yield from self.turn(node.test, self._unlisted(node.item, env), to=to)
        else:
            left = left[:1]
        for e in left:
            yield from self.turn(node.test, e, to=to)

    # ------------------------------------------------------------------------------------------------ values

    def move(self, node: Expr, env: Env, op: str, goal: Any) -> Iterator[Wish]:  # noqa: ANN401, C901 - one case for each node
        """What could make a value compare so with a goal."""
        match node:
            case FactOf():
                yield from self._nearest(node, env, op, goal)
            case Combine():
                yield from self._calculated(node, env, op, goal)
            case Shift() | YearOf():
                inner = node.start if isinstance(node, Shift) else node.day
                for start in backwards(node, op, goal):
                    yield from self.move(inner, env, op, start)
            case If():
                yield from self._either(node, env, lambda branch: self.move(branch, env, op, goal))
            case ByReading():
                taken = self.ev.readings[node.reading.name]
                for branch in node.alternatives.values() if taken is None else [node.alternatives[taken]]:
                    yield from self.move(branch, env, op, goal)
            case Stated():
                yield from self._stated(node, env, lambda part: self.move(part, env, op, goal))
            case Lookup():
                yield from self._rows(node, env, lambda row: _compares(op, row, goal))
                key = self.ev.value(node.key, env)
                row = None if key.why else node.rows.get(key.low, node.otherwise)
                yield from self.move(row, env, op, goal) if row is not None else ()
            case Fold():
                yield from self._folded(node, env, op, goal)
            case Pick():
                yield from self._picked(node, env, lambda inner: self.move(node.value, inner, op, goal))

    def _calculated(self, node: Combine, env: Env, op: str, goal: Any) -> Iterator[Wish]:  # noqa: ANN401
        flipped = FLIPPED[op]
        left, right = (self.ev.value(side, env) for side in (node.left, node.right))
        for a in ends(left):
            for sign, wanted in _right_goals(node.op, op, flipped, goal, a):
                yield from self.move(node.right, env, sign, wanted)
        for b in ends(right):
            for sign, wanted in _left_goals(node.op, op, flipped, goal, b):
                yield from self.move(node.left, env, sign, wanted)

    def _folded(self, node: Fold, env: Env, op: str, goal: Any) -> Iterator[Wish]:  # noqa: ANN401
        places, complete = self._places(node.item, env)
        if self._out_of_reach(node, env, places, op, goal):
            return
        inner: list[Env] = [{**env, node.item: place} for place in places]
        passing = [e for e in inner if self.ev.value(node.where, e).truth is not False]
        directions = [to for to in (True, False) if to in _directions(node, op)]
        for e in inner:
            truth = self.ev.value(node.where, e).truth
            for to in directions:
                if truth is not to:
                    yield from self.turn(node.where, e, to=to)
        for e in passing if node.value is not None else ():
            yield from self._of_item(node, e, passing, op, goal)
        if True in directions:
            yield from self._add(node.item.collection, env)
        if not complete:
            yield from self._close(node.item.collection, env)
            yield from self.turn(node.where, self._unlisted(node.item, env), to=False)

    def _out_of_reach(self, node: Fold, env: Env, places: list[Place], op: str, goal: Any) -> bool:  # noqa: ANN401
        """Whether a count would need more items than can be changed: each change then makes one more pass at most."""
        if node.op != "count" or op not in {">=", ">", "=="} or not _of_items_alone(node.where):
            return False
        begun = sum(self._is_new(f"{p.path}.") for p in places)  # these cost no more, whatever becomes of them
        return bool(goal - (self.ev.value(node, env).low or 0) > self._room + begun)

    def _of_item(self, node: Fold, env: Env, passing: list[Env], op: str, goal: Any) -> Iterator[Wish]:  # noqa: ANN401
        """What an item would have to contribute."""
        assert node.value is not None  # noqa: S101 - asked for where there is one
        if node.op == "sum":
            others = sum(self.ev.value(node.value, e).low or 0 for e in passing if e is not env)
            yield from self.move(node.value, env, op, goal - others)
        elif node.op == "count_distinct":
            for other in passing:
                found = self.ev.value(node.value, other)
                yield from self.move(node.value, env, "!=", found.low) if not found.why else ()
        else:
            yield from self.move(node.value, env, op, goal)

    def _picked(self, node: Pick, env: Env, follow: Callable[[Env], Iterator[Wish]]) -> Iterator[Wish]:
        places, complete = self._places(node.item, env)
        for place in places:
            e = {**env, node.item: place}
            truth = self.ev.value(node.where, e).truth
            for to in (True, False):
                if truth is not to:
                    yield from self.turn(node.where, e, to=to)
            if truth is not False:
                yield from follow(e)
                key = self.ev.value(node.key, e)
                for other in places:
                    found = self.ev.value(node.key, {**env, node.item: other})
                    if not found.why and (key.why or other.path != place.path):
                        yield from self.move(node.key, e, "<" if node.which == "first" else ">", found.low)
        yield from self._add(node.item.collection, env)
        if not complete:
            yield from self._close(node.item.collection, env)
            yield from self.turn(node.where, self._unlisted(node.item, env), to=False)

    def _rows(self, node: Lookup, env: Env, fits: Callable[[Value], bool]) -> Iterator[Wish]:
        """The keys of those rows of a table that fit."""
        for key, row in node.rows.items():
            if fits(self.ev.value(row, env)):
                yield from self.move(node.key, env, "==", key)

    # ------------------------------------------------------------------------------------------- more of a sum

    def more(self, node: Expr, env: Env) -> Iterator[Wish]:  # noqa: C901 - one case for each node
        """What could make a sum larger: another row of a table, a branch, an item, a base up to where its ceiling is.

        A base without a ceiling is not raised: there is no end to it.
        """
        now = self.ev.value(node, env)
        match node:
            case Combine():
                a, b = self.ev.value(node.left, env), self.ev.value(node.right, env)
                for side, base, ceiling in ((node.left, a, b), (node.right, b, a)):
                    if node.op == "min" and not ceiling.why and (base.why or below(base.low, ceiling.low)):
                        yield from self.move(side, env, ">=", ceiling.low)
                for side in (node.left, node.right)[: 1 if node.op in {"-", "/"} else 2]:
                    yield from self.more(side, env)
            case If():
                yield from self._either(node, env, lambda branch: self.more(branch, env))
            case ByReading():
                taken = self.ev.readings[node.reading.name]
                for branch in node.alternatives.values() if taken is None else [node.alternatives[taken]]:
                    yield from self.more(branch, env)
            case Lookup():
                yield from self._rows(
                    node, env, lambda row: bool(now.why or now.absent) or _compares(">", row, now.low)
                )
            case Fold():
                places, _ = self._places(node.item, env)
                for place in places:
                    e = {**env, node.item: place}
                    yield from self.turn(node.where, e, to=True)
                    yield from self.more(node.value, e) if node.value is not None else ()
                yield from self._add(node.item.collection, env)
            case Pick():
                yield from self._picked(node, env, lambda inner: self.more(node.value, inner))

    # --------------------------------------------------------------------------------------------- the case

    def item(self, item: Item) -> Iterator[Wish]:
        """One more item of the collection that a provision decides about."""
        yield from self._add(item.collection, {})

    def _places(self, item: Item, env: Env) -> tuple[list[Place], bool]:
        here, more, _ = self.ev.members(item.collection, env)
        return here, not more

    def _unlisted(self, item: Item, env: Env) -> Env:
        """An item that the case does not list: only what its tests read beside it can be changed."""
        more = self.ev.members(item.collection, env).more
        return {**env, item: unlisted(item, more)}

    def _add(self, collection: Collection, env: Env) -> Iterator[Wish]:
        """A new item, of which nothing is known but that it is there on the day of the question."""
        if collection.fact.of is None or collection.fact.of is entity_type(Payment):
            return
        dating = collection.fact.of.dating_fact
        new = {dating.name: self.ev.as_of.isoformat()} if dating is not None else {}
        yield Wish(path_of(self.ev.place(collection.owner, env), collection.fact), new)

    def _close(self, collection: Collection, env: Env) -> Iterator[Wish]:
        """No item but those that the case tells."""
        place = self.ev.place(collection.owner, env)
        path, held = path_of(place, collection.fact), place.record.values.get(collection.fact.name)
        yield Wish(f"{path}.complete", True) if isinstance(held, Items) else Wish(path, [])

    def _nearest(self, node: FactOf, env: Env, op: str, goal: Any) -> Iterator[Wish]:  # noqa: ANN401
        known = self.ev.value(node, env)
        for value in nearest_values(node.fact, None if known.why else known.low, op, goal):
            yield from self._tell(node, env, value)

    def _tell(self, node: FactOf, env: Env, value: Any) -> Iterator[Wish]:  # noqa: ANN401
        place = self.ev.place(node.owner, env)
        path = path_of(place, node.fact)
        if not place.unseen and self._may_change(node.fact, place, path, value):
            yield Wish(path, write_value(node.fact, value))

    def _may_change(self, fact: Fact, place: Place, path: str, value: object) -> bool:
        """Whether a fact can be brought about. A new item has no past: its years are this one or the one before."""
        if place.record.type is entity_type(Payment):
            return False
        if not self._is_new(path):
            return fact.changeable and not fact.identifies
        if fact.dates:
            return False
        is_year = fact.type is Type.NUMBER and fact.unit == "年" and fact.low == FIRST_YEAR
        return not (is_year and isinstance(value, int) and not self.ev.as_of.year - 1 <= value <= self.ev.as_of.year)


def _directions(node: Fold, op: str) -> set[bool]:
    """Whether more items would have to pass for a larger or smaller value, or fewer, or either."""
    if op in {"==", "!="} or (node.op == "sum" and node.value is not None and not _never_negative(node.value)):
        return {True, False}
    return {(op in {">", ">="}) is (node.op != "min")}


def _never_negative(value: Expr) -> bool:
    return isinstance(value, FactOf) and value.fact.low is not None and value.fact.low >= 0


@functools.cache
def _of_items_alone(where: Expr) -> bool:
    """Whether a filter reads nothing but items, so that no fact beside them can turn it for several at once."""
    return all(isinstance(n.owner, Item) for n in walk(where) if isinstance(n, FactOf))


FIRST_YEAR = 1900
"""What tells a calendar year from a number of years: no year is declared to lie before it."""


def ends(value: Value) -> list[Any]:
    """The ends of what is known of a value: one where it is settled."""
    return list(dict.fromkeys(e for e in (value.low, value.high) if e is not None))


def _compares(op: str, value: Value, goal: Any) -> bool:  # noqa: ANN401
    if value.why or value.absent or value.low is None or goal is None:
        return False
    return COMPARED[op](value.low, goal)


def _left_goals(of: str, op: str, flipped: str, goal: Any, right: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """What the left side of a calculation would have to be, its right side being as it is."""
    match of:
        case "+":
            yield op, goal - right
        case "-":
            yield op, goal + right
        case "*" if right != 0:
            yield (op if right > 0 else flipped), _exact(goal, right)
        case "/":
            yield op, goal * right
        case "min" | "max":
            yield op, goal


def _right_goals(of: str, op: str, flipped: str, goal: Any, left: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    match of:
        case "-":
            yield flipped, left - goal
        case "/" if goal != 0:
            yield flipped, _exact(left, goal)
        case "/":
            return
        case _:
            yield from _left_goals(of, op, flipped, goal, left)


def _exact(part: Any, whole: Any) -> Any:  # noqa: ANN401
    return Fraction(part) / whole
