"""What this library gives out as data: the JSON Schemas of answers and of exported packs, and the export of a pack.

Both schemas are strict: a field that is not described here is not there. The pack form is for export only; nothing
reads it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, get_args

import attrs

from .calendar import Period
from .decision import Outcome, Reason
from .expr import Const, Expr, Op, Shape
from .facts import Fact, Type
from .money import Per
from .pack import Pack
from .plan import Plan
from .provision import Duty, Grant, Kind, Provision, Standard, TermsKind
from .reading import Reading, TextGap
from .refs import FoldOp, Item, Root
from .trace import NODES, plain

Schema = dict[str, object]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
YES_NO: Schema = {"type": "boolean"}
TRUTH: Schema = {"type": ["boolean", "null"]}
WHOLE: Schema = {"type": "integer", "minimum": 0}
YUAN: Schema = {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"}
MAYBE_YUAN: Schema = {**YUAN, "type": ["string", "null"]}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
PER: Schema = {"enum": list(get_args(Per))}
KIND: Schema = {"enum": list(get_args(Kind))}


def _object(required: Mapping[str, object], optional: Mapping[str, object] | None = None) -> Schema:
    """An object with these fields and no others."""
    fields = {**required, **(optional or {})}
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


def _each(schema: object, *names: str) -> Schema:
    """Fields that are all described alike."""
    return dict.fromkeys(names, schema)


def _list(of: object) -> Schema:
    return {"type": "array", "items": of}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _maybe(schema: object) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _tree(fields: Mapping[str, object], of: Mapping[str, tuple[Iterable[str], Iterable[str]]]) -> Schema:
    """Nodes that hold nodes: `of` says for each kind which fields it has always, and which it may have.

    One test after the other asks for the kind, the usual ones first: a validator then walks a deep tree only once.
    """
    usual = sorted(of, key=lambda node: node not in {"const", "fact", "compare", "and", "condition"})
    chosen: object = False
    for node in reversed(usual):
        always, sometimes = of[node]
        then = {"required": list(always), "propertyNames": {"enum": ["node", *always, *sometimes]}}
        chosen = {"if": {"properties": {"node": {"const": node}}}, "then": then, "else": chosen}
    return {
        "type": "object",
        "properties": {"node": {"enum": list(of)}, **fields},
        "required": ["node"],
        "additionalProperties": False,
        "allOf": [chosen],
    }


# ---------------------------------------------------------------------------------------------------- answers


def answer_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an answer, and of several answers: `{"answers": [...]}`."""
    return {
        "$schema": DRAFT,
        "title": "答复",
        "if": {"required": ["answers"]},
        "then": _object({"answers": _list(_ref("answer"))}),
        "else": _ref("answer"),
        "$defs": {
            "answer": _object(
                {
                    "pack": TEXT,
                    "edition": TEXT,
                    "as_of": DAY,
                    "readings": {"type": "object", "additionalProperties": MAYBE_TEXT},
                    "decisions": _list(_ref("decision")),
                    "total": {
                        "type": "object",
                        "properties": {"left_out": TEXTS},
                        "required": ["left_out"],
                        "additionalProperties": _object({"once": _ref("range"), "month": _ref("range")}),
                    },
                }
            ),
            "decision": _object(
                {
                    **_each(TEXT, "provision", "title", "clause"),
                    "kind": KIND,
                    "normative": YES_NO,
                    **_FINDING,
                    "next_change": _maybe(DAY),
                },
                {**_SHOWN, "items": _list(_ref("item")), "depends_on": TEXTS, "trace": _ref("trace")},
            ),
            "item": _object({"item": TEXT, **_FINDING}, _SHOWN),
            "range": _object({"min": YUAN, "max": MAYBE_YUAN}),
            "amount": _maybe(_object({"min": YUAN, "max": MAYBE_YUAN, "per": PER})),
            "trace": _trace(),
            "derivation": _object(
                {"clause": TEXT, "outcome": _maybe(_OUTCOME), "reason": _REASON},
                {**_each(_ref("step"), *_DERIVED), "limit": WHOLE, "item": _ref("step")},
            ),
            "collection": _object(_COLLECTION),
            "step": _tree(_STEP_FIELDS, {n: (a, [*s, *_ANY_STEP]) for n, (a, s) in _STEPS.items()}),
        },
    }


_OUTCOME: Schema = {"enum": [o.value for o in Outcome]}
_REASON: Schema = {"enum": [*(r.value for r in Reason), None]}

_FINDING: Schema = {
    "outcome": _OUTCOME,
    "reason": _REASON,
    "entitlement": _ref("amount"),
    "paid": MAYBE_YUAN,
    "payable": _ref("amount"),
    "missing": TEXTS,
    "text_gaps": TEXTS,
    "open_readings": TEXTS,
    "months_left": {"type": ["integer", "null"], "minimum": 0},
}
_SHOWN: Schema = {
    "measure": _object({"value": MAYBE_TEXT, "required": MAYBE_TEXT, "shortfall": MAYBE_TEXT, "unit": TEXT}),
    "checklist": _list(_object({"test": TEXT, "outcome": _OUTCOME})),
    "duty": _object({"who": TEXT, "action": TEXT, "due": _maybe(DAY)}),
    "due": DAY,
    "result": TEXT,
}

_QUESTION: Schema = {"question": TEXT, "question_en": TEXT}
_READING: Schema = {
    **_each(TEXT, "reading", *_QUESTION, "clause"),
    **_each(MAYBE_TEXT, "taken", "taken_label", "taken_label_en"),
}
_ALTERNATIVE: Schema = {"alternative": TEXT, "label": TEXT, "label_en": TEXT}
_COLLECTION: Schema = {"path": TEXT, "fact": TEXT, "label": TEXT, "complete": TRUTH, "later": TEXTS}
_DERIVED = (
    *("reach", "force", "when", "discretion", "used", "paid", "credited", "months_used"),
    *("low", "high", "due", "result", "measure", "required"),
)


def _trace() -> Schema:
    subject = _object({"entity": TEXT, "label": TEXT, "name": MAYBE_TEXT})
    words = ("pack", "title", "edition", "document", "number", "authority")
    asked = {**dict.fromkeys(words, TEXT), "normative": YES_NO, "as_of": DAY, "is_today": YES_NO, "subject": subject}
    offered = {"default": MAYBE_TEXT, "because": TEXT, "alternatives": _list(_object(_ALTERNATIVE))}
    return _object(
        {
            "question": _object(asked),
            "readings": _list(_object({**_READING, **offered})),
            "text_gaps": _list(_object({"gap": TEXT, **_QUESTION})),
            "missing": _list(_object({"path": TEXT, "label": TEXT})),
            "derivations": _list(_ref("derivation")),
        },
        {"each": _ref("collection")},
    )


_PLAIN: Schema = {"type": ["string", "array", "null"], "items": TEXT}
"""A value of a step: yuan and numbers are exact decimal text, days ISO text or `never`; lists hold texts."""

_STEP_FIELDS: Schema = {
    "truth": TRUTH,
    "type": {"enum": [t.value for t in Type]},
    **_each(_PLAIN, "value", "low", "high"),
    "absent": {"enum": [True, None]},
    **_COLLECTION,
    **_READING,
    **_each(TEXT, "unit", "value_label", "id", "gap", "of", "of_label", "by", "by_label", "role"),
    **_each(TEXT, "alternative", "alternative_label", "alternative_label_en"),
    **_each(MAYBE_TEXT, "clause", "name", "row"),
    **_each({"const": True}, "judgement", "assumed", "unseen"),
    "op": {"enum": [*get_args(Op), "+", "-", "*", "/", *get_args(FoldOp), "any", "all", "first", "last"]},
    "grain": {"enum": ["day", "month", "year", "year_end"]},
    "codes": TEXTS,
    "open": TEXTS,
    "period": _object({"years": WHOLE, "months": WHOLE, "days": WHOLE}),
    "parts": _list(_ref("step")),
}
_VALUE = ("type", "unit", "value", "low", "high", "absent", "value_label")
_ANY_STEP = ("role", "row", "alternative", "alternative_label", "alternative_label_en", "parts")
_TEST = ("truth",)
_STEPS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("and", "or", "not", "one_of", "contains", "presumed"), (_TEST, ())),
    **dict.fromkeys(("const", "if", "lookup", "stated"), ((), (*_TEST, *_VALUE))),
    **dict.fromkeys(("shift", "year_of"), ((), _VALUE)),
    "shift": (("period",), _VALUE),
    "clock": (("grain",), _VALUE),
    "combine": (("op",), _VALUE),
    "compare": (("op", *_TEST), ()),
    "condition": (("id", "label", "clause", *_TEST), ()),
    "fact": (("path", "fact", "label"), ("judgement", *_TEST, *_VALUE)),
    "fold": (("op", *_COLLECTION), ("of", "of_label", *_VALUE)),
    "gap": (("gap", *_QUESTION), (*_TEST, *_VALUE)),
    "in_division": (("codes", *_TEST), ()),
    "item": (("path", "name"), ("assumed", "unseen", *_TEST)),
    "names": (("path", "open", *_TEST), ()),
    "pick": (("op", *_COLLECTION), ("by", "by_label", "of", "of_label", *_TEST, *_VALUE)),
    "quantified": (("op", *_COLLECTION, *_TEST), ()),
    "reading": (tuple(_READING), (*_TEST, *_VALUE)),
}


# ------------------------------------------------------------------------------------------------------ packs


def pack_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an exported pack."""
    clause = _object({"clause": TEXT, "about": TEXT, "none": MAYBE_TEXT, "open": MAYBE_TEXT})
    source = {**_each(TEXT, "title", "authority", "number", "issued_on"), "clauses": _list(clause)}
    reading = {"reading": TEXT, "clause": TEXT, **_QUESTION, "default": MAYBE_TEXT, "because": TEXT}
    amount = {**_each(_maybe(_RULE), "low", "high"), "per": PER}
    terms = {"kind": {"enum": list(get_args(TermsKind))}, "limit": {"type": ["integer", "null"]}}
    return {
        "$schema": DRAFT,
        "title": "政策包",
        **_object(
            {
                **_each(TEXT, "pack", "title", "edition"),
                "normative": YES_NO,
                "source": _object(source),
                "readings": _list(_object({**reading, "alternatives": _list(_object(_ALTERNATIVE))})),
                "provisions": _list(_ref("provision")),
            }
        ),
        "$defs": {
            "provision": _object(
                {
                    **_each(TEXT, "provision", "title", "clause", "about"),
                    "kind": KIND,
                    "also": TEXTS,
                    "each": MAYBE_TEXT,
                    "text_gaps": _list(_object({"gap": TEXT, **_QUESTION})),
                    **_each(_RULE, "reach", "force", "when", "discretion"),
                },
                {
                    **_each(TEXT, "payee", "who", "action"),
                    **_each(_RULE, "paid", "used", "credited", "due", "result"),
                    "amount": _object(amount),
                    "terms": _maybe(_object(terms)),
                    "measure": _object({"value": _RULE, "required": _RULE, "unit": TEXT}),
                    "checklist": TEXTS,
                },
            ),
            "rule": _tree(_RULE_FIELDS, {name: (fields_of(node), ()) for node, name in NODES.items()}),
        },
    }


def fields_of(node: type[Expr]) -> tuple[str, ...]:
    """The fields of a kind of node, in order."""
    return tuple(name for name in node.__slots__ if name != "__weakref__")  # every node is an attrs class


_RULE: Schema = _ref("rule")
_RULE_FIELDS: Schema = {
    **_each(_RULE, "left", "right", "list", "of", "part", "day", "start", "key", "test", "then"),
    **_each(_RULE, "direct", "derived", "text", "where"),
    **_each(_list(_RULE), "parts", "values"),
    **_each({"type": "object", "additionalProperties": _RULE}, "rows", "alternatives"),
    **_each(TEXT, "id", "label", "reading", "gap", "owner", "fact", "which", "grain", "op"),
    **_each(TEXTS, "codes", "facts"),
    "otherwise": _maybe(_RULE),
    "value": {"anyOf": [{"type": ["string", "boolean", "null"]}, _RULE]},
    **_each(MAYBE_TEXT, "clause", "low", "high"),
    "kind": _object({"type": {"enum": [t.value for t in Type]}, "unit": TEXT}),
    "period": _object({"years": WHOLE, "months": WHOLE, "days": WHOLE, "overflow": {"enum": ["last_day", "next_day"]}}),
    "item": {**_object({"over": TEXT, "of": TEXT, "name": TEXT}), "type": ["object", "string"]},
}


def pack_data(pack: Pack) -> dict[str, Any]:
    """A pack as plain data: its document, its readings, and its provisions with their rules."""
    source = {name: getattr(pack.source, name) for name in ("title", "authority", "number", "issued_on")}
    clauses = [{"clause": c.locator, "about": c.about, "none": c.none, "open": c.open} for c in pack.source.clauses]
    return {
        "pack": pack.id,
        "title": pack.title,
        "edition": pack.edition,
        "normative": pack.normative,
        "source": {**source, "clauses": clauses},
        "readings": [_reading_data(r) for r in pack.readings.values()],
        "provisions": [_provision_data(plan) for plan in pack.plans.values()],
    }


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
            return {"node": "const", "value": plain_constant(node), "kind": self._field(node.kind)}
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
