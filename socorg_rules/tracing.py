"""The derivation of a decision: the reference interpreter, writing down every step of what it sees."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .evaluate import RULES, Evaluator
from .expr import Const, Expr, InDivision
from .expr import parts as parts_of
from .facts import Fact, Items, Record, Type
from .known import Value
from .place import Env, Place, members, path_of
from .plan import ITEM_NAMES
from .reads import items_read
from .refs import FactOf, Fold, Item, Names, Pick, Quantified
from .steps import KEPT, Step, labelled, labels_of, named, plain, read_as, role_of, skeleton, tell
from .words import ByReading, If, Lookup, Shift, Stated

Part = tuple[Expr, Env, Value, Step]
"""What was looked at for a node: a node, what its items stood for, what is known of it, and the step that tells so."""


class Tracing(Evaluator):
    """The reference interpreter, writing down every step.

    A node comes out the same wherever the items that it reads stand for the same, and is written down once for all
    places that ask for it: steps are shared, and nobody writes into one.
    """

    def __init__(self, like: Evaluator) -> None:
        super().__init__(like.root, like.as_of, like.readings)
        self._parts: list[Part] = []
        self._written: dict[object, tuple[Value, Step]] = {}
        self._collections: dict[tuple[Record, str], Step] = {}
        self._items: dict[Record, tuple[Step, list[Step]]] = {}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node. Every step is written down."""
        form = form_of(node)
        if type(node) is FactOf:  # the same fact, whichever rule reads it
            key: object = self.place(node.owner, env).record, node.fact.name
        else:  # all that the value hangs on in this question
            key = (node, *[env[i].record for i in form.items]) if form.items else node
        written = self._written.get(key)
        if written is None:
            around, self._parts = self._parts, []
            value = RULES[type(node)](self, node, env)
            written = self._written[key] = value, self._step(form, node, env, value, self._parts)
            self._parts = around
        self._parts.append((node, env, *written))
        return written[0]

    def recall(self, env: Env, item: str, node: Expr) -> Value:  # noqa: ARG002 - `value` remembers
        """The same, so that a condition used twice shows its derivation twice."""
        return self.value(node, env)

    def step(self, node: Expr, env: Env) -> Step:
        """The derivation of a node."""
        self.value(node, env)
        return self._parts.pop()[-1]

    def _step(self, form: Form, node: Expr, env: Env, value: Value, parts: list[Part]) -> Step:
        """A step with all below it."""
        made = form.skeleton.copy()
        if form.fill is not None:
            form.fill(self, made, node, env, value)
        tell(made, value, form.kind, form.labels)
        if not parts:
            return made
        if isinstance(node, Quantified | Fold | Pick):
            made["parts"] = self._by_item(node, parts)
            return made
        below = _beside(parts) if form.has_labels else [step for *_, step in parts]
        if form.is_choice:
            below = [{**role, **step} for role, step in zip(_roles(node, parts), below, strict=True)]
        made["parts"] = below
        return made

    def collection(self, item: Item, env: Env) -> Step:
        """A collection: whether the case holds all of it (None: nothing of it), and which items do not exist yet."""
        place = self.place(item.collection.owner, env)
        key = place.record, item.collection.fact.name
        if key not in self._collections:
            self._collections[key] = self._collection(place, item.collection.fact)
        return self._collections[key]

    def _collection(self, place: Place, fact: Fact) -> Step:
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

    def _by_item(self, node: Quantified | Fold | Pick, parts: list[Part]) -> list[Step]:
        """What was looked at, item by item."""
        test = node.test if isinstance(node, Quantified) else node.where
        by_item: dict[Record, list[Part]] = {}
        for part in parts:
            by_item.setdefault(part[1][node.item].record, []).append(part)
        made = []
        for looked in by_item.values():
            place = looked[0][1][node.item]
            truth = next((value.truth for part, _, value, _ in looked if part is test), None)
            if place.unseen and truth is not (isinstance(node, Quantified) and node.op == "all"):
                truth = None  # there may be such an item or not
            about, dated = self._item(place)
            shown = [*dated, *({"role": role_of(node, p), **step} for p, *_, step in looked if type(p) is not Const)]
            made.append({**about, "truth": truth, **({"parts": shown} if shown else {})})
        return made

    def _item(self, place: Place) -> tuple[Step, list[Step]]:
        """An item, and the day from which it exists."""
        if place.record not in self._items:
            self._items[place.record] = item(place), _dated(place)
        return self._items[place.record]


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


# ---------------------------------------------------------------------------------- what a step tells in this case


def _of_fact(ev: Tracing, step: Step, node: FactOf, env: Env, value: Value) -> None:  # noqa: ARG001 - all are called alike
    step["path"] = path_of(ev.place(node.owner, env), node.fact)


def _of_reading(ev: Tracing, step: Step, node: ByReading, env: Env, value: Value) -> None:  # noqa: ARG001
    step |= read_as(node.reading, ev.readings[node.reading.name])


def _of_division(ev: Tracing, step: Step, node: InDivision, env: Env, value: Value) -> None:  # noqa: ARG001
    step["codes"] = list(node.codes)


def _of_shift(ev: Tracing, step: Step, node: Shift, env: Env, value: Value) -> None:  # noqa: ARG001
    step["period"] = {k: getattr(node.period, k) for k in ("years", "months", "days")}


def _of_names(ev: Tracing, step: Step, node: Names, env: Env, value: Value) -> None:  # noqa: ARG001
    step |= {"path": env[node.item].path, "open": [w for w in value.why if isinstance(w, str)]}


def _of_items(ev: Tracing, step: Step, node: Quantified | Fold | Pick, env: Env, value: Value) -> None:  # noqa: ARG001
    step |= ev.collection(node.item, env)


FILLED: Mapping[type[Expr], Callable[[Tracing, Step, Any, Env, Value], None]] = {
    FactOf: _of_fact,
    ByReading: _of_reading,
    InDivision: _of_division,
    Shift: _of_shift,
    Names: _of_names,
    Quantified: _of_items,
    Fold: _of_items,
    Pick: _of_items,
}
"""What a node is about in this case, beside its value."""


def _beside(parts: list[Part]) -> list[Step]:
    """Steps side by side: where one may have closed values, the words for these are those of the others too."""
    labels = next((found for node, *_ in parts if (found := labels_of(node))), {})
    return [step if labels_of(node) else labelled(step, value.low, labels) for node, _, value, step in parts]


def _roles(node: Expr, parts: list[Part]) -> list[Step]:
    """What each part of a choice is to it."""
    match node:
        case Lookup():
            key = parts[0][2]
            rows = [*node.rows, None] if key.why else [key.low if key.low in node.rows else None]
            roles: list[Step] = [{"role": "key"}, *({"role": "row", "row": r} for r in rows)]
            return roles[: len(parts)]
        case ByReading():
            taken = list(node.alternatives) if len(parts) > 1 else [_taken(node, parts[0][0])]
            return [{"alternative": name, **named(node.reading, name, "alternative")} for name in taken]
    return [{"role": role_of(node, part)} for part, *_ in parts]


def _taken(node: ByReading, part: Expr) -> str:
    return next(name for name, alternative in node.alternatives.items() if alternative is part)


class Form(NamedTuple):
    """What is so of a node and its steps in every case."""

    items: tuple[Item, ...]
    skeleton: Step
    fill: Callable[[Tracing, Step, Any, Env, Value], None] | None
    kind: Type
    labels: Mapping[str, str]
    has_labels: bool
    is_choice: bool


@functools.lru_cache(KEPT)
def form_of(node: Expr) -> Form:
    """The form of a node."""
    return Form(
        items_read(node),
        skeleton(node),
        FILLED.get(type(node)),
        node.shape.type,
        labels_of(node),
        any(map(labels_of, parts_of(node))),
        isinstance(node, If | Stated | Lookup | ByReading),
    )
