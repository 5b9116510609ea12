"""The published form of packs: their document, readings, provisions and rule trees, for export only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_args

import attrs

from .calendar import Period
from .expr import Const, Expr, Shape
from .facts import Fact, Type
from .pack import Pack
from .plan import Plan
from .provision import Duty, Grant, Provision, Standard, TermsKind
from .reading import Reading, TextGap
from .refs import Item, Root
from .schema import (
    ALTERNATIVE,
    DAY,
    DRAFT,
    KIND,
    MAYBE_TEXT,
    PER,
    QUESTION,
    TEXT,
    TEXTS,
    WHOLE,
    YES_NO,
    Schema,
    each,
    list_of,
    maybe,
    object_,
    ref,
    tree_of,
)
from .steps import NODES, plain


def pack_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an exported pack."""
    clause = object_({"clause": TEXT, "about": TEXT, "none": MAYBE_TEXT, "open": MAYBE_TEXT})
    source = {**each(TEXT, "title", "authority", "number", "issued_on"), "clauses": list_of(clause)}
    reading = {"reading": TEXT, "clause": TEXT, **QUESTION, "default": MAYBE_TEXT, "because": TEXT}
    amount = {**each(maybe(_RULE), "low", "high"), "per": PER}
    terms = {"kind": {"enum": list(get_args(TermsKind))}, "limit": {"type": ["integer", "null"]}}
    return {
        "$schema": DRAFT,
        "title": "政策包",
        **object_(
            {
                **each(TEXT, "pack", "title", "edition"),
                "hash": TEXT,
                **each(maybe(DAY), "since", "until"),
                "editions": list_of(object_({"edition": TEXT, **each(maybe(DAY), "since", "until"), "hash": TEXT})),
                "lapses": list_of(object_({**each(DAY, "first", "last"), "because": TEXT})),
                "divisions": TEXTS,
                "normative": YES_NO,
                "source": object_(source),
                "readings": list_of(object_({**reading, "alternatives": list_of(object_(ALTERNATIVE))})),
                "parameters": list_of(object_({**each(TEXT, *_PARAMETER), "provisions": TEXTS})),
                "provisions": list_of(ref("provision")),
            }
        ),
        "$defs": {
            "provision": object_(
                {
                    **each(TEXT, "provision", "title", "clause", "about"),
                    "kind": KIND,
                    "also": TEXTS,
                    "each": MAYBE_TEXT,
                    "text_gaps": list_of(object_({"gap": TEXT, **QUESTION})),
                    **each(_RULE, "reach", "force", "when", "discretion"),
                },
                {
                    **each(TEXT, "payee", "who", "action"),
                    **each(_RULE, "paid", "used", "credited", "due", "result"),
                    "amount": object_(amount),
                    "terms": maybe(object_(terms)),
                    "measure": object_({"value": _RULE, "required": _RULE, "unit": TEXT}),
                    "checklist": TEXTS,
                },
            ),
            "rule": tree_of(
                _RULE_FIELDS,
                {name: (fields_of(node), ()) for node, name in NODES.items()}
                | {"const": (("value", "kind"), ("parameter",))},
            ),
        },
    }


_PARAMETER = ("parameter", "value", "unit", "clause", "label")


def fields_of(node: type[Expr]) -> tuple[str, ...]:
    """The fields of a kind of node, in order."""
    return tuple(name for name in node.__slots__ if name != "__weakref__")  # every node is an attrs class


_RULE: Schema = ref("rule")
_RULE_FIELDS: Schema = {
    **each(_RULE, "left", "right", "list", "of", "part", "day", "start", "key", "test", "then"),
    **each(_RULE, "direct", "derived", "text", "where"),
    **each(list_of(_RULE), "parts", "values"),
    **each({"type": "object", "additionalProperties": _RULE}, "rows", "alternatives"),
    **each(TEXT, "id", "label", "parameter", "reading", "gap", "owner", "fact", "which", "grain", "op"),
    **each(TEXTS, "codes", "facts"),
    "otherwise": maybe(_RULE),
    "value": {"anyOf": [{"type": ["string", "boolean", "null"]}, _RULE]},
    **each(MAYBE_TEXT, "clause", "low", "high"),
    "kind": object_({"type": {"enum": [t.value for t in Type]}, "unit": TEXT}),
    "period": object_({"years": WHOLE, "months": WHOLE, "days": WHOLE, "overflow": {"enum": ["last_day", "next_day"]}}),
    "item": {**object_({"over": TEXT, "of": TEXT, "name": TEXT}), "type": ["object", "string"]},
}


def pack_data(pack: Pack) -> dict[str, Any]:
    """A pack as plain data: its document, its readings, and its provisions with their rules."""
    source = {name: getattr(pack.source, name) for name in ("title", "authority", "number", "issued_on")}
    clauses = [{"clause": c.locator, "about": c.about, "none": c.none, "open": c.open} for c in pack.source.clauses]
    return {
        "pack": pack.id,
        "title": pack.title,
        "edition": pack.edition,
        "hash": pack.content_hash,
        **_days(pack),
        "editions": [
            {"edition": e.edition, **_days(e), "hash": attrs.evolve(e, earlier=None, lapses=()).content_hash}
            for e in pack.editions
        ],
        "lapses": [gap.to_dict() for gap in pack.lapses],
        "divisions": list(pack.divisions),
        "normative": pack.normative,
        "source": {**source, "clauses": clauses},
        "readings": [_reading_data(r) for r in pack.readings.values()],
        "parameters": [parameter.to_dict() for parameter in pack.parameters.values()],
        "provisions": [_provision_data(plan) for plan in pack.plans.values()],
    }


def _days(pack: Pack) -> dict[str, str | None]:
    days = (("since", pack.since), ("until", pack.until))
    return {name: None if day is None else day.isoformat() for name, day in days}


def _reading_data(of: Reading) -> dict[str, Any]:
    offered = [{"alternative": name, **attrs.asdict(a)} for name, a in of.alternatives.items()]
    told = {"reading": of.name, "clause": of.clause, "question": of.question, "question_en": of.question_en}
    return {**told, "default": of.default, "because": of.because, "alternatives": offered}


def _provision_data(plan: Plan) -> dict[str, Any]:
    p: Provision = plan.provision
    rules = _Rules(plan)
    made: dict[str, Any] = {
        "provision": p.id,
        "title": p.title,
        "kind": p.kind,
        "clause": p.clause,
        "also": list(p.also),
        "about": plan.root.name,
        "each": plan.item.collection.fact.name if plan.item else None,
        "text_gaps": [{"gap": g.name, "question": g.question, "question_en": g.question_en} for g in plan.gaps],
    }
    made |= {name: rules.of(getattr(plan, name)) for name in ("reach", "force", "when", "discretion")}
    made |= {name: rules.of(expr) for name, expr in (("due", p.due), ("result", p.result)) if expr is not None}
    if isinstance(p, Grant):
        terms = {"kind": p.terms.kind, "limit": p.terms.limit} if p.terms else None
        made |= {"payee": p.payee, "terms": terms, "amount": {**_ends(plan, rules), "per": plan.per}}
    if plan.settlement:
        settled = ((name, getattr(plan.settlement, name)) for name in ("used", "paid", "credited"))
        made |= {name: rules.of(expr) for name, expr in settled if expr is not None}
    if isinstance(p, Duty):
        made |= {"who": p.who, "action": p.action}
    if isinstance(p, Standard):
        made["checklist"] = [c.id for c in p.checklist]
    if p.measure:
        value, required = rules.of(p.measure.value), rules.of(p.measure.required)
        made["measure"] = {"value": value, "required": required, "unit": p.measure.unit}
    return made


def _ends(plan: Plan, rules: _Rules) -> dict[str, Any]:
    ends = (("low", plan.low), ("high", plan.high))
    return {name: None if expr is None else rules.of(expr) for name, expr in ends}


class _Rules:
    """Expressions of one provision as plain data, each item of a collection under a name of its own."""

    def __init__(self, plan: Plan) -> None:
        self._names: dict[Item, str] = {plan.item: "each"} if plan.item else {}

    def of(self, node: Expr) -> dict[str, Any]:
        """A node with all its fields."""
        if isinstance(node, Const):
            named = {"parameter": node.name} if node.name else {}
            return {"node": "const", "value": plain_constant(node), "kind": self._field(node.kind), **named}
        return {"node": NODES[type(node)], **{n: self._field(getattr(node, n)) for n in fields_of(type(node))}}

    def _field(self, value: object) -> object:  # noqa: PLR0911 - one line for each kind of field
        match value:
            case Expr():
                return self.of(value)
            case Item():
                return self._item(value)
            case Root():
                return value.entity.name
            case Fact() | Reading() | TextGap():
                return value.name
            case Shape():
                return {"type": value.type.value, "unit": value.unit}
            case Period():
                return attrs.asdict(value)
            case tuple():
                return [self._field(v) for v in value]
            case Mapping():
                return {k: self._field(v) for k, v in value.items()}
            case int() | Fraction() if not isinstance(value, bool):
                return plain(value, Type.MONEY)  # only the bounds of gaps, in fen
        return value

    def _item(self, item: Item) -> object:
        """Where an item is first spoken of, the collection that it comes from; afterwards its name."""
        if item in self._names:
            return self._names[item]
        self._names[item] = f"item_{len(self._names) + 1}"
        owner = self._field(item.collection.owner)
        return {"name": self._names[item], "of": owner, "over": item.collection.fact.name}


def plain_constant(node: Const) -> object:
    """The value of a constant: yes or no, text, or exact decimal text."""
    given: object = node.value
    if isinstance(given, bool | str):
        return given
    if isinstance(given, int | Fraction | dt.date):
        return plain(given, node.kind.type)
    return given
