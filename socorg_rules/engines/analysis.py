"""What can be said of a node before any case is known."""

from __future__ import annotations

import functools

from ..expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, walk
from ..facts import Type
from ..refs import FactOf, Fold, Item, Pick
from ..words import ByReading, Clock, Condition, If, Lookup, Presumed, Shift, Stated, YearOf

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
    if isinstance(node.left, ByReading):
        spread = {k: Compare(node.op, a, node.right) for k, a in node.left.alternatives.items()}
        return ByReading(node.left.reading, spread)
    if isinstance(node.right, ByReading):
        spread = {k: Compare(node.op, node.left, a) for k, a in node.right.alternatives.items()}
        return ByReading(node.right.reading, spread)
    return None


def _plain(node: Expr) -> bool:
    """Whether a value is told by the document, or by one fact of which nothing is known where it is missing."""
    return isinstance(node, Const) or (isinstance(node, FactOf) and node.fact.low is None and node.fact.high is None)


@functools.lru_cache(KEPT)
def exact(node: Expr) -> bool:  # noqa: C901, PLR0911 - one case for each node
    """Whether a test that comes out `None` is surely unknown to the reference too, and not settled by some range."""
    match node:
        case Const():
            return True
        case FactOf():
            return True
        case Compare() if (spread := over_alternatives(node)) is not None:
            return exact(spread)
        case Compare():
            return all(isinstance(side, Clock) or _plain(side) for side in (node.left, node.right))
        case OneOf():
            return _plain(node.of) and all(isinstance(v, Const) for v in node.values)
        case InDivision():
            return _plain(node.of)
        case Contains():
            return _plain(node.list) and isinstance(node.value, Const)
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
            case Const() if isinstance(node.value, bool):
                return False
            case And() | Or() | Not() | OneOf() | Contains() | InDivision() | Condition() | Const() | Clock():
                continue
            case _:
                return False
    return exact(test)
