"""The steps of a derivation as plain data for JSON: what each tells in every case, and how values stand there.

`tracing.py` makes them of what the reference interpreter sees.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .calendar import NEVER
from .decide import number_text
from .expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from .facts import Type
from .known import Value
from .money import Number, to_yuan
from .reading import Reading, TextGap
from .refs import FactOf, Fold, Names, Pick, Quantified
from .words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf

Step = dict[str, Any]
"""One step as plain data: its `node`, what is known of it, what it reads, and its `parts`, the steps below."""

NODES: Mapping[type[Expr], str] = {
    And: "and",
    ByReading: "reading",
    Clock: "clock",
    Combine: "combine",
    Compare: "compare",
    Condition: "condition",
    Const: "const",
    Contains: "contains",
    FactOf: "fact",
    Fold: "fold",
    Gap: "gap",
    If: "if",
    InDivision: "in_division",
    Lookup: "lookup",
    Names: "names",
    Not: "not",
    OneOf: "one_of",
    Or: "or",
    Pick: "pick",
    Presumed: "presumed",
    Quantified: "quantified",
    Shift: "shift",
    Stated: "stated",
    YearOf: "year_of",
}
"""What a trace calls the nodes of the rule tree."""

KEPT = 2**16
"""Of how many nodes it is kept what their steps tell in every case."""


_COLLECTION = ("op", "path", "fact", "label", "complete", "later")
ROOM: Mapping[type[Expr], tuple[str, ...]] = {
    FactOf: ("path", "fact", "label"),
    Fold: _COLLECTION,
    InDivision: ("codes",),
    Names: ("path", "open"),
    Pick: _COLLECTION,
    Quantified: _COLLECTION,
    Shift: ("period",),
}
"""What a step tells of the case beside its value, in this order."""


def skeleton(node: Expr) -> Step:
    """What a step tells in every case, with room for what it tells in this one. It is copied, never written into."""
    made = {"node": NODES[type(node)], **dict.fromkeys(ROOM.get(type(node), ())), **_words(node)}
    if node.shape.type is Type.YES_NO:
        return {**made, "truth": None}
    return {**made, "type": node.shape.type.value, "unit": node.shape.unit}


def _words(node: Expr) -> Mapping[str, Any]:  # noqa: PLR0911 - one case for each node
    match node:
        case FactOf():
            about = {"fact": node.fact.name, "label": node.fact.label}
            return {**about, "judgement": True} if node.fact.judgement else about
        case Condition():
            return {"id": node.id, "label": node.label, "clause": node.clause}
        case ByReading():
            return read_as(node.reading, None)
        case Gap():
            return {"gap": node.gap.name, **asked_of(node.gap)}
        case Compare() | Combine() | Quantified():
            return {"op": node.op}
        case Fold():
            return {"op": node.op, **_fact("of", node.value)}
        case Pick():
            return {"op": node.which, **_fact("by", node.key), **_fact("of", node.value)}
        case Clock():
            return {"grain": node.grain}
    return {}


def _fact(what: str, node: Expr | None) -> Step:
    """What a fold adds up, or what a pick reads or goes by, where that is a fact."""
    return {what: node.fact.name, f"{what}_label": node.fact.label} if isinstance(node, FactOf) else {}


@functools.lru_cache(KEPT)
def role_of(node: Expr, part: Expr) -> str:
    """The field of a node that one of its parts fills."""
    return next(name for name in type(node).__slots__ if getattr(node, name, None) is part)


@functools.lru_cache(KEPT)
def labels_of(node: Expr | None) -> Mapping[str, str]:
    """The Chinese words for the closed values that a node may have."""
    match node:
        case FactOf():
            return node.fact.values
        case Pick() | Fold():
            return labels_of(node.value)
        case If():
            return labels_of(node.then) or labels_of(node.otherwise)
        case Stated():
            return labels_of(node.direct)
        case ByReading():
            return next((found for a in node.alternatives.values() if (found := labels_of(a))), {})
    return {}


def asked_of(of: TextGap | Reading) -> Step:
    """What the text leaves open, in both languages."""
    return {"question": of.question, "question_en": of.question_en}


@functools.lru_cache(KEPT)
def read_as(of: Reading, taken: str | None) -> Mapping[str, Any]:
    """A reading, and the alternative taken of it (None: left open)."""
    return {"reading": of.name, **asked_of(of), "clause": of.clause, "taken": taken, **named(of, taken, "taken")}


def named(reading: Reading, name: str | None, what: str) -> Step:
    """An alternative in both languages; None, twice, where the reading is open."""
    found = reading.alternatives[name] if name is not None else None
    return {f"{what}_label": found and found.label, f"{what}_label_en": found and found.label_en}


# ----------------------------------------------------------------------------------------------------- values


def tell(step: Step, value: Value, kind: Type, labels: Mapping[str, str]) -> None:
    """Write down what is known of a node: the `truth` of a test; of anything else its `value`, or the ends that it
    lies between.

    `absent` is true where there is no such value (the first of none), null where there may be none.
    """
    if kind is Type.YES_NO:
        step["truth"] = value.truth
        return
    if value.absent:
        step["absent"] = True
        return
    if value.absent is None:
        step["absent"] = None
    if value.why:
        step["low"], step["high"] = plain(value.low, kind), plain(value.high, kind)
        return
    step["value"] = plain(value.low, kind)
    if labels and (told := _label(value.low, labels)):
        step["value_label"] = told


def labelled(step: Step, value: object, labels: Mapping[str, str]) -> Step:
    """A step with the Chinese words of its value, where it is a closed one that has some."""
    told = _label(value, labels) if "value" in step else None
    return {**step, "value_label": told} if told else step


def _label(value: object, labels: Mapping[str, str]) -> str | None:
    """The Chinese words of a closed value, where they are other than the value."""
    told = labels.get(value) if isinstance(value, str) else None
    return None if told == value else told


def plain(value: Any, kind: Type) -> object:  # noqa: ANN401 - of whatever type the node has
    """A value as JSON can hold it: yuan and numbers as exact decimal text, days in ISO form or `never`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [plain(v, kind) for v in value]
    if isinstance(value, dt.date):
        return "never" if value == NEVER else value.isoformat()
    return _yuan(value) if kind is Type.MONEY else number_text(value)


@functools.lru_cache(1024)
def _yuan(fen: Number) -> str:
    return number_text(fen / 100) if isinstance(fen, Fraction) and fen.denominator != 1 else str(to_yuan(fen))
