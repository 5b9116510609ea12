"""The steps of a derivation, as plain data that JSON can hold: what the reference interpreter sees, written down."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import attrs

from .calendar import NEVER
from .decide import number_text
from .evaluate import RULES, Evaluator, reads_no_item
from .expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, Shape
from .facts import Fact, Items, Type
from .known import Value
from .money import to_yuan
from .place import Env, Place, members, path_of
from .plan import ITEM_NAMES
from .reading import Reading, TextGap
from .refs import FactOf, Fold, Item, Names, Pick, Quantified
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


@attrs.frozen(eq=False)
class Seen:
    """A node, what its items stood for, what was known of it, and what was looked at for that."""

    node: Expr
    env: Env
    value: Value
    parts: list[Seen]


class Tracing(Evaluator):
    """The reference interpreter, writing down every step.

    A condition that reads no item comes out the same wherever it is used, and is written down once.
    """

    def __init__(self, like: Evaluator) -> None:
        super().__init__(like.root, like.as_of, like.readings)
        self._parts: list[Seen] = []
        self._conditions: dict[Expr, Seen] = {}
        self._told: dict[Expr, Step] = {}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node. Every step is written down."""
        seen = self._conditions.get(node)
        if seen is None:
            around, self._parts = self._parts, []
            seen = Seen(node, env, RULES[type(node)](self, node, env), self._parts)
            self._parts = around
            if isinstance(node, Condition) and reads_no_item(node):
                self._conditions[node] = seen
        self._parts.append(seen)
        return seen.value

    def recall(self, env: Env, item: str, node: Expr) -> Value:  # noqa: ARG002 - nothing is remembered
        """The same, so that a condition used twice shows its derivation twice."""
        return self.value(node, env)

    def step(self, node: Expr, env: Env) -> Step:
        """The derivation of a node."""
        return self.written(self.seen(node, env))

    def seen(self, node: Expr, env: Env) -> Seen:
        """What is known of a node, with all that was looked at for it."""
        self.value(node, env)
        return self._parts.pop()

    def written(self, seen: Seen) -> Step:
        """What was seen as plain data."""
        return self._step(seen, {})

    def _step(self, seen: Seen, labels: Mapping[str, str]) -> Step:
        """A step with all below it; `labels` are the Chinese words for the closed values that it stands beside."""
        node = seen.node
        if node in self._conditions:
            if node not in self._told:
                self._told[node] = self._written(seen, labels)
            return self._told[node]
        return self._written(seen, labels)

    def _written(self, seen: Seen, labels: Mapping[str, str]) -> Step:
        node, parts = seen.node, seen.parts
        made = {**_about(node), **self._particulars(node, seen.env, seen.value)}
        made.update(told(seen.value, node, closed_labels(node) or labels))
        if isinstance(node, Quantified | Fold | Pick):
            below = self._items(node, seen)
        elif isinstance(node, If | Stated | Lookup | ByReading):
            beside = _beside(parts)
            below = [{**role, **self._step(p, beside)} for role, p in zip(_roles(seen), parts, strict=True)]
        else:
            beside = _beside(parts)
            below = [self._step(p, beside) for p in parts]
        if below:
            made["parts"] = below
        return made

    def _particulars(self, node: Expr, env: Env, value: Value) -> Step:  # noqa: PLR0911 - one case for each node
        """What a node is about in this case, beside its value."""
        match node:
            case FactOf():
                return {"path": path_of(self.place(node.owner, env), node.fact), **_declared(node.fact)}
            case ByReading():
                return read_as(node.reading, self.readings[node.reading.name])
            case InDivision():
                return {"codes": list(node.codes)}
            case Shift():
                return {"period": {k: getattr(node.period, k) for k in ("years", "months", "days")}}
            case Names():
                return {"path": env[node.item].path, "open": [w for w in value.why if isinstance(w, str)]}
            case Quantified():
                return self.collection(node.item, env)
            case Fold():
                return {**self.collection(node.item, env), **_fact("of", node.value)}
            case Pick():
                return {**self.collection(node.item, env), **_fact("by", node.key), **_fact("of", node.value)}
        return {}

    def collection(self, item: Item, env: Env) -> Step:
        """A collection: whether the case holds all of it (None: nothing of it), and which items do not exist yet."""
        fact, place = item.collection.fact, self.place(item.collection.owner, env)
        path = path_of(place, fact)
        held: Items | None = place.record.values.get(fact.name)
        here = {p.path for p in members(place, fact, self.as_of).here}
        everything = (f"{path}[{i}]" for i in range(len(held.records) if held else 0))
        return {
            "path": path,
            "fact": fact.name,
            "label": fact.label,
            "complete": held.complete if held else None,
            "later": [p for p in everything if p not in here],
        }

    def _items(self, node: Quantified | Fold | Pick, seen: Seen) -> list[Step]:
        """What was looked at, item by item."""
        test = node.test if isinstance(node, Quantified) else node.where
        by_item: dict[str, list[Seen]] = {}
        for part in seen.parts:
            by_item.setdefault(part.env[node.item].path, []).append(part)
        made = []
        for parts in by_item.values():
            place = parts[0].env[node.item]
            truth = next((p.value.truth for p in parts if p.node is test), None)
            if place.unseen and truth is not (isinstance(node, Quantified) and node.op == "all"):
                truth = None  # there may be such an item or not
            looked = (p for p in parts if not isinstance(p.node, Const))
            shown = [*_dated(place), *({"role": _role(node, p.node), **self._step(p, {})} for p in looked)]
            made.append({**item(place), "truth": truth, **({"parts": shown} if shown else {})})
        return made


def item(place: Place) -> Step:
    """An item: its path, what it is called, and whether it is assumed to exist although its date is not known."""
    fact = next((f for f in place.record.type.facts.values() if f.identifies and f.name != "id"), None)
    by = [fact.name if fact else "", *ITEM_NAMES, "id"]
    name = next((v for n in by if (v := place.record.values.get(n))), None)
    dating = place.record.type.dating_fact
    about: Step = {"node": "item", "path": place.path, "name": name}
    if place.unseen:
        return {**about, "unseen": True}
    return {**about, "assumed": True} if dating and dating.name not in place.record.values else about


def _dated(place: Place) -> list[Step]:
    """The day from which an item exists, where that is known: what it was looked at for, first of all."""
    fact = place.record.type.dating_fact
    day = place.record.values.get(fact.name) if fact and not place.unseen else None
    if fact is None or day is None:
        return []
    about = {"path": path_of(place, fact), "fact": fact.name, "label": fact.label, "type": fact.type.value}
    return [{"role": "dated", "node": "fact", **about, "unit": fact.unit, "value": plain(day, fact.type)}]


def _role(node: Expr, part: Expr) -> str:
    """The field of a node that one of its parts fills."""
    return next(name for name in type(node).__slots__ if getattr(node, name, None) is part)


@functools.cache
def _about(node: Expr) -> Step:
    """What a node is about in every case."""
    kind: Step = {"node": NODES[type(node)]}
    match node:
        case Condition():
            return {**kind, "id": node.id, "label": node.label, "clause": node.clause}
        case Gap():
            return {**kind, "gap": node.gap.name, **asked_of(node.gap)}
        case Compare() | Combine() | Quantified() | Fold():
            return {**kind, "op": node.op}
        case Pick():
            return {**kind, "op": node.which}
        case Clock():
            return {**kind, "grain": node.grain}
    return kind


def _declared(fact: Fact) -> Step:
    about = {"fact": fact.name, "label": fact.label}
    return {**about, "judgement": True} if fact.judgement else about


def _beside(parts: list[Seen]) -> Mapping[str, str]:
    """The Chinese words for closed values that some part knows, for those that stand beside it."""
    for part in parts:
        if found := closed_labels(part.node):
            return found
    return {}


def _roles(seen: Seen) -> Iterable[Step]:
    """What each part of a choice is to it."""
    match seen.node:
        case If() | Stated():
            return [{"role": _role(seen.node, p.node)} for p in seen.parts]
        case Lookup() as node:
            row = next((k for k, v in node.rows.items() if k == seen.parts[0].value.low), None)
            rows = [*node.rows, None] if seen.parts[0].value.why else [row]
            roles: list[Step] = [{"role": "key"}, *({"role": "row", "row": r} for r in rows)]
            return roles[: len(seen.parts)]
        case ByReading() as node:
            taken = list(node.alternatives) if len(seen.parts) > 1 else [_taken(node, seen.parts[0].node)]
            return [{"alternative": name, **_named(node.reading, name, "alternative")} for name in taken]
    return ()


def _fact(what: str, node: Expr | None) -> Step:
    """What a fold adds up, or what a pick reads or goes by, where that is a fact."""
    return {what: node.fact.name, f"{what}_label": node.fact.label} if isinstance(node, FactOf) else {}


def _taken(node: ByReading, part: Expr) -> str:
    return next(name for name, alternative in node.alternatives.items() if alternative is part)


def _named(reading: Reading, name: str | None, what: str) -> Step:
    """An alternative in both languages; None, twice, where the reading is open."""
    found = reading.alternatives[name] if name is not None else None
    return {f"{what}_label": found and found.label, f"{what}_label_en": found and found.label_en}


def asked_of(of: TextGap | Reading) -> Step:
    """What the text leaves open, in both languages."""
    return {"question": of.question, "question_en": of.question_en}


def read_as(of: Reading, taken: str | None) -> Step:
    """A reading, and the alternative taken of it (None: left open)."""
    return {"reading": of.name, **asked_of(of), "clause": of.clause, "taken": taken, **_named(of, taken, "taken")}


@functools.cache
def closed_labels(node: Expr | None) -> Mapping[str, str]:
    """The Chinese words for the closed values that a node may have."""
    match node:
        case FactOf():
            return node.fact.values
        case Pick() | Fold():
            return closed_labels(node.value)
        case If():
            return closed_labels(node.then) or closed_labels(node.otherwise)
        case Stated():
            return closed_labels(node.direct)
        case ByReading():
            return next((found for a in node.alternatives.values() if (found := closed_labels(a))), {})
    return {}


@functools.cache
def _shape(node: Expr) -> Shape:
    return node.shape


def told(value: Value, node: Expr, labels: Mapping[str, str]) -> Step:
    """What is known of a node: the `truth` of a test; of anything else its `value`, or the ends it lies between.

    `absent` is true where there is no such value (the first of none), null where there may be none.
    """
    shape = _shape(node)
    if shape.type is Type.YES_NO:
        return {"truth": value.truth}
    made: Step = {"type": shape.type.value, "unit": shape.unit}
    if value.absent:
        return {**made, "absent": True}
    if value.absent is None:
        made["absent"] = None
    if value.why:
        return {**made, "low": plain(value.low, shape.type), "high": plain(value.high, shape.type)}
    made["value"] = plain(value.low, shape.type)
    label = labels.get(value.low) if isinstance(value.low, str) else None
    return {**made, "value_label": label} if label not in {None, value.low} else made


def plain(value: Any, kind: Type) -> object:  # noqa: ANN401 - of whatever type the node has
    """A value as JSON can hold it: yuan and numbers as exact decimal text, days in ISO form or `never`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [plain(v, kind) for v in value]
    if isinstance(value, dt.date):
        return "never" if value == NEVER else value.isoformat()
    if kind is Type.MONEY:
        return (
            number_text(value / 100) if isinstance(value, Fraction) and value.denominator != 1 else str(to_yuan(value))
        )
    return number_text(value)
