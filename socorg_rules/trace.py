"""The trace of a decision: every step of its derivation, as plain data that JSON can hold.

The steps are those of the reference interpreter, which is asked once more and writes down what it sees; a decision
whose trace nobody asks for pays nothing. `schema_answer` publishes the form.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from .calendar import NEVER
from .decide import number_text
from .evaluate import NO_ITEMS, RULES, Evaluator, reads_no_item
from .expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, Shape
from .facts import EntityType, Fact, Items, Type
from .known import Value
from .money import to_yuan
from .place import Env, Place, members, path_of, unlisted
from .plan import ITEM_NAMES
from .reading import Reading, TextGap
from .refs import FactOf, Fold, Item, Names, Pick, Quantified
from .words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf

if TYPE_CHECKING:
    from .answer import Decision
    from .decision import Finding
    from .plan import Plan
    from .question import Question

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
class _Seen:
    """A node, what its items stood for, what was known of it, and what was looked at for that."""

    node: Expr
    env: Env
    value: Value
    parts: list[_Seen]


class Tracing(Evaluator):
    """The reference interpreter, writing down every step.

    A condition that reads no item comes out the same wherever it is used, and is written down once.
    """

    def __init__(self, like: Evaluator) -> None:
        super().__init__(like.root, like.as_of, like.readings)
        self._parts: list[_Seen] = []
        self._conditions: dict[Expr, _Seen] = {}
        self._told: dict[Expr, Step] = {}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node. Every step is written down."""
        seen = self._conditions.get(node)
        if seen is None:
            around, self._parts = self._parts, []
            seen = _Seen(node, env, RULES[type(node)](self, node, env), self._parts)
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
        self.value(node, env)
        return self._step(self._parts.pop(), {})

    def _step(self, seen: _Seen, labels: Mapping[str, str]) -> Step:
        """A step with all below it; `labels` are the Chinese words for the closed values that it stands beside."""
        node = seen.node
        if node in self._conditions:
            if node not in self._told:
                self._told[node] = self._written(seen, labels)
            return self._told[node]
        return self._written(seen, labels)

    def _written(self, seen: _Seen, labels: Mapping[str, str]) -> Step:
        node = seen.node
        made = {"node": NODES[type(node)], **self._particulars(node, seen.env, seen.value)}
        made |= told(seen.value, node, _labels(node) or labels)
        if isinstance(node, Quantified | Fold | Pick):
            parts = self._items(node, seen)
        else:
            beside = next((found for p in seen.parts if (found := _labels(p.node))), {})
            parts = [{**role, **self._step(p, beside)} for role, p in zip(_roles(seen), seen.parts, strict=True)]
        return {**made, "parts": parts} if parts else made

    def _particulars(self, node: Expr, env: Env, value: Value) -> Step:  # noqa: C901, PLR0911 - one case for each node
        """What a node is about, beside its value."""
        match node:
            case FactOf():
                place = self.place(node.owner, env)
                about = {"path": path_of(place, node.fact), "fact": node.fact.name, "label": node.fact.label}
                return {**about, "judgement": True} if node.fact.judgement else about
            case Condition():
                return {"id": node.id, "label": node.label, "clause": node.clause}
            case ByReading():
                return _reading(node.reading, self.readings[node.reading.name])
            case Gap():
                return {"gap": node.gap.name, **_question(node.gap)}
            case Compare() | Combine():
                return {"op": node.op}
            case Clock():
                return {"grain": node.grain}
            case InDivision():
                return {"codes": list(node.codes)}
            case Shift():
                return {"period": {k: getattr(node.period, k) for k in ("years", "months", "days")}}
            case Names():
                return {"path": env[node.item].path, "open": [w for w in value.why if isinstance(w, str)]}
            case Quantified():
                return {"op": node.op, **self.collection(node.item, env)}
            case Fold():
                return {"op": node.op, **self.collection(node.item, env), **_fact("of", node.value)}
            case Pick():
                about = {**_fact("by", node.key), **_fact("of", node.value)}
                return {"op": node.which, **self.collection(node.item, env), **about}
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

    def _items(self, node: Quantified | Fold | Pick, seen: _Seen) -> list[Step]:
        """What was looked at, item by item."""
        test = node.test if isinstance(node, Quantified) else node.where
        by_item: dict[str, list[_Seen]] = {}
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


def _roles(seen: _Seen) -> Iterable[Step]:
    """What each part of a node is to it, where its place among the parts does not say so."""
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
    return [{} for _ in seen.parts]


def _fact(what: str, node: Expr | None) -> Step:
    """What a fold adds up, or what a pick reads or goes by, where that is a fact."""
    return {what: node.fact.name, f"{what}_label": node.fact.label} if isinstance(node, FactOf) else {}


def _taken(node: ByReading, part: Expr) -> str:
    return next(name for name, alternative in node.alternatives.items() if alternative is part)


def _named(reading: Reading, name: str | None, what: str) -> Step:
    """An alternative in both languages; None, twice, where the reading is open."""
    found = reading.alternatives[name] if name is not None else None
    return {f"{what}_label": found and found.label, f"{what}_label_en": found and found.label_en}


def _question(of: TextGap | Reading) -> Step:
    return {"question": of.question, "question_en": of.question_en}


def _reading(of: Reading, taken: str | None) -> Step:
    return {"reading": of.name, **_question(of), "clause": of.clause, "taken": taken, **_named(of, taken, "taken")}


@functools.cache
def _labels(node: Expr | None) -> Mapping[str, str]:
    """The Chinese words for the closed values that a node may have."""
    match node:
        case FactOf():
            return node.fact.values
        case Pick() | Fold():
            return _labels(node.value)
        case If():
            return _labels(node.then) or _labels(node.otherwise)
        case Stated():
            return _labels(node.direct)
        case ByReading():
            return next((found for a in node.alternatives.values() if (found := _labels(a))), {})
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
        fen = Fraction(value)
        return str(to_yuan(fen.numerator)) if fen.denominator == 1 else number_text(fen / 100)
    return number_text(value)


# ------------------------------------------------------------------------------------------- a whole decision


def trace(decision: Decision) -> dict[str, Any]:
    """The whole derivation of a decision: what was asked, and each test and sum with all it was worked out from.

    `derivations` holds one derivation, or one for each item of a provision that decides item by item; `each` is then
    the collection.
    """
    plan, question = decision.plan, decision.question
    ev = question.tracing
    made: dict[str, Any] = {
        "question": _asked(question),
        "readings": [_taken_reading(r, question.readings[r.name]) for r in plan.readings],
        "text_gaps": [{"gap": g.name, **_question(g)} for g in decision.gaps],
        "missing": [{"path": path, "label": label(path, question)} for path in decision.missing],
    }
    if plan.item is None:
        return {
            **made,
            "derivations": [{**derivation(plan, ev, NO_ITEMS, decision.finding), **_fired(decision.finding, "")}],
        }
    fact = plan.item.collection.fact
    here = members(ev.root, fact, ev.as_of).here
    found: list[tuple[Place, Finding | None]] = list(zip(here, decision.items or (), strict=True))
    each = ev.collection(plan.item, NO_ITEMS)
    if not each["complete"] or not found:  # what is known of an item of which nothing is known
        found.append((unlisted(plan.item, (each["path"],)), None if found else decision.finding))
    derived = [
        {**derivation(plan, ev, {plan.item: place}, f), "item": item(place), **_fired(decision.finding, place.path)}
        for place, f in found
    ]
    return {**made, "each": each, "derivations": derived}


def _fired(finding: Finding, path: str) -> dict[str, Any]:
    """What rules came to, where an engine of rules has decided."""
    fired = finding.fired.get(path) if finding.fired is not None else None
    return {} if fired is None else {"fired": fired.to_list()}


def derivation(plan: Plan, ev: Tracing, env: Env, finding: Finding | None) -> dict[str, Any]:
    """Each test and sum of a provision, for the root entity or for one item. What it does not test is left out."""
    p, terms = plan.provision, plan.settlement
    read: dict[str, Expr | None] = {
        "reach": plan.reach,
        "force": plan.force,
        "when": plan.when,
        "discretion": plan.discretion,
    }
    read |= {name: getattr(terms, name, None) for name in ("used", "paid", "credited", "months_used")}
    read |= {"low": plan.low, "high": plan.high, "due": p.due, "result": p.result}
    if p.measure:
        read |= {"measure": p.measure.value, "required": p.measure.required}
    reason = finding.reason.value if finding and finding.reason else None
    outcome = {"outcome": finding.outcome.value if finding else None, "reason": reason}
    steps = {name: ev.step(e, env) for name, e in read.items() if e is not None and not _tests_nothing(name, e)}
    limit = {"limit": terms.limit} if terms and terms.limit is not None else {}
    return {"clause": p.clause, **outcome, **steps, **limit}


def _tests_nothing(name: str, expr: Expr) -> bool:
    """Whether this is no test at all: a reach without limits, no discretion, payments that use nothing up."""
    return isinstance(expr, Const) and expr.value is (name in {"reach", "force", "when"})


def _asked(question: Question) -> dict[str, Any]:
    pack, root = question.pack, question.case.root
    subject = {"entity": root.name, "label": root.label, "name": question.case.record.values.get("name")}
    return {
        "pack": pack.id,
        "title": pack.title,
        "edition": pack.edition,
        "document": pack.source.title,
        "number": pack.source.number,
        "authority": pack.source.authority,
        "normative": pack.normative,
        "as_of": question.as_of.isoformat(),
        "is_today": question.is_today,
        "moved_to": question.moved_to,
        "subject": subject,
    }


def _taken_reading(reading: Reading, taken: str | None) -> dict[str, Any]:
    alternatives = [
        {"alternative": name, "label": a.label, "label_en": a.label_en} for name, a in reading.alternatives.items()
    ]
    chosen = {"default": reading.default, "because": reading.because, "alternatives": alternatives}
    return {**_reading(reading, taken), **chosen}


def label(path: str, question: Question) -> str:
    """A path of the case file in Chinese words: `organization.offices[0].monthly_rent` is 办公场所第1项的月租金."""
    own = {(o.entity, f.name): f for o in (*question.case.own, *question.pack.own) for f in o.facts.values()}
    return "的".join(_chain(path.split(".")[1:], question.case.root, own)) or question.case.root.label


def _chain(names: list[str], kind: EntityType, own: Mapping[tuple[EntityType, str], Fact]) -> Iterator[str]:
    """The words for the names of a path, each a fact of the entity that the ones before lead to."""
    if not names:
        return
    name, _, index = names[0].rstrip("]").partition("[")
    fact, rest = kind.facts.get(name), names[1:]
    if fact is None and rest:  # a pack's own fact, under the name of the pack
        bare, _, index = rest[0].rstrip("]").partition("[")
        fact, rest = own.get((kind, f"{name}.{bare}")), rest[1:]
    if fact is None:
        yield ".".join(names)
        return
    yield fact.label + (f"第{int(index) + 1}项" if re.fullmatch(r"\d+", index) else "")
    if fact.of is not None:
        yield from _chain(rest, fact.of, own)
