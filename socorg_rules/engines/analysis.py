"""What can be said of a node before any case is known."""

from __future__ import annotations

import functools

from ..expr import ALWAYS, And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, parts, walk
from ..facts import Type
from ..reads import items_read
from ..refs import FactOf, Fold, Item, Names, Pick, Quantified
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf

KEPT = 2**16
"""Of how many nodes what was found out is kept."""


@functools.lru_cache(KEPT)
def risky(node: Expr) -> bool:
    """Whether evaluating a node can find a contradiction in the case."""
    return any(isinstance(n, Pick) or (isinstance(n, Stated) and not n.direct.fact.judgement) for n in walk(node))


@functools.lru_cache(KEPT)
def never_absent(node: Expr) -> bool:  # noqa: PLR0911 - one case for each node
    """Whether a value surely exists; the first of none does not."""
    match node:
        case Pick():
            return node.shape.type is Type.YES_NO
        case Fold():
            return node.op not in {"min", "max"}
        case Combine():
            return node.op != "/" and never_absent(node.left) and never_absent(node.right)
        case Shift():
            return never_absent(node.start)
        case YearOf():
            return never_absent(node.day)
        case Lookup():
            rows = (*node.rows.values(), *(() if node.otherwise is None else (node.otherwise,)))
            return never_absent(node.key) and all(map(never_absent, rows))
        case If():
            return never_absent(node.then) and never_absent(node.otherwise)
        case Stated():
            return never_absent(node.derived)
        case ByReading():
            return all(map(never_absent, node.alternatives.values()))
    return True


@functools.lru_cache(KEPT)
def over_alternatives(node: Compare) -> ByReading | None:
    """A comparison of order with what a reading decides, as the alternatives of the comparison; else None.

    An order holds of a range just where it holds of its ends, so that this is what the reference finds too.
    """
    if node.op in {"==", "!="}:
        return None
    left, right = _alternatives(node.left), _alternatives(node.right)
    if left is not None:
        return ByReading(left.reading, {k: Compare(node.op, a, node.right) for k, a in left.alternatives.items()})
    if right is not None:
        return ByReading(right.reading, {k: Compare(node.op, node.left, a) for k, a in right.alternatives.items()})
    return None


def _alternatives(node: Expr) -> ByReading | None:
    """What a reading decides, also of what a period is counted from or a year taken of: both keep the order of days."""
    match node:
        case ByReading():
            return node
        case Shift() if (start := _alternatives(node.start)) is not None:
            return ByReading(start.reading, {k: Shift(a, node.period) for k, a in start.alternatives.items()})
        case YearOf() if (day := _alternatives(node.day)) is not None:
            return ByReading(day.reading, {k: YearOf(a) for k, a in day.alternatives.items()})
    return None


def _plain(node: Expr) -> bool:
    """Whether a value is told by the document, or by one fact of which nothing is known where it is missing."""
    return isinstance(node, Const) or (isinstance(node, FactOf) and node.fact.low is None and node.fact.high is None)


@functools.lru_cache(KEPT)
def timed_plainly(node: Expr, item: Item | None = None) -> bool:
    """Whether every test of time holds the clock against what is either known or not known at all, never a range; and
    within a loop over items, against a fact of these, so that it says nothing of items that nobody listed."""
    match node:
        case Quantified() | Fold() | Pick():
            item = node.item
        case Clock():
            return item is None
        case Compare() if isinstance(node.left, Clock) or isinstance(node.right, Clock):
            held = [side for side in (node.left, node.right) if not isinstance(side, Clock)]
            return all(_unbounded(side) and (item is None or items_read(side) == (item,)) for side in held)
    return all(timed_plainly(below, item) for below in parts(node))


def _unbounded(node: Expr) -> bool:
    match node:
        case Shift():
            return _unbounded(node.start)
        case YearOf():
            return _unbounded(node.day)
    return _plain(node)


@functools.lru_cache(KEPT)
def exact(node: Expr) -> bool:  # noqa: C901, PLR0911, PLR0912 - one case for each node
    """Whether a test that comes out `None` is surely unknown to the reference too, and not settled by some range."""
    match node:
        case Const() | FactOf() | Gap():
            return True
        case Compare() if (spread := over_alternatives(node)) is not None:
            return exact(spread)
        case Compare():
            return all(isinstance(side, Clock) or _unbounded(side) for side in (node.left, node.right))
        case OneOf():
            return _plain(node.of) and all(isinstance(v, Const) for v in node.values)
        case InDivision():
            return _plain(node.of)
        case Contains():
            return _plain(node.list) and isinstance(node.value, Const)
        case Names():
            return _plain(node.text)
        case Lookup():
            told = {row.value for row in node.rows.values() if isinstance(row, Const)}
            rows = (*node.rows.values(), *(() if node.otherwise is None else (node.otherwise,)))
            return _plain(node.key) and {True, False} <= told and all(map(exact, rows))
        case Quantified():
            there = node.op == "any" and node.test is ALWAYS
            return there or (exact(node.test) and stays_open(node.item, node.test))
        case And() | Or():
            return all(map(exact, node.parts))
        case Not() | Presumed():
            return exact(node.part)
        case Condition():
            return exact(node.test)
        case ByReading():
            return all(map(exact, node.alternatives.values()))
    return False


@functools.lru_cache(KEPT)
def stays_open(item: Item, test: Expr) -> bool:
    """Whether a test of an item is unknown as long as nothing is known of the item, whatever else is."""
    for node in walk(test):
        match node:
            case FactOf():
                if node.owner is not item:
                    return False
            case Compare():
                if not any(isinstance(side, FactOf) for side in (node.left, node.right)):
                    return False
            case Names():
                if not isinstance(node.text, FactOf):  # a name that is told may be that of a listed item
                    return False
            case Const() if isinstance(node.value, bool):
                return False
            case And() | Or() | Not() | OneOf() | Contains() | InDivision() | Condition() | Const() | Clock():
                continue
            case _:
                return False
    return exact(test)
