"""The published form of answers, with the derivation of each decision.

The schema is strict: a field that is not described here is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from .decision import Outcome, Reason
from .expr import Op
from .facts import Type
from .refs import FoldOp
from .schema import (
    ALTERNATIVE,
    DAY,
    DRAFT,
    KIND,
    MAYBE_TEXT,
    MAYBE_YUAN,
    PER,
    QUESTION,
    TEXT,
    TEXTS,
    TRUTH,
    WHOLE,
    YES_NO,
    YUAN,
    Schema,
    each,
    list_of,
    maybe,
    object_,
    ref,
    tree_of,
)


def answer_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an answer, and of several answers: `{"answers": [...]}`."""
    return {
        "$schema": DRAFT,
        "title": "答复",
        "if": {"required": ["answers"]},
        "then": object_({"answers": list_of(ref("answer"))}),
        "else": ref("answer"),
        "$defs": {
            "answer": object_(
                {
                    "pack": TEXT,
                    "edition": TEXT,
                    "as_of": DAY,
                    "readings": {"type": "object", "additionalProperties": MAYBE_TEXT},
                    "decisions": list_of(ref("decision")),
                    "total": {
                        "type": "object",
                        "properties": {"left_out": TEXTS},
                        "required": ["left_out"],
                        "additionalProperties": object_({"once": ref("range"), "month": ref("range")}),
                    },
                },
                {"as_of_is_today": {"const": True}, "moved_to": TEXT},
            ),
            "decision": object_(
                {
                    **each(TEXT, "provision", "title", "clause", "edition"),
                    "kind": KIND,
                    "normative": YES_NO,
                    **_FINDING,
                    "next_change": maybe(DAY),
                },
                {**_SHOWN, "items": list_of(ref("item")), "depends_on": TEXTS, "trace": ref("trace")},
            ),
            "item": object_({"item": TEXT, **_FINDING}, _SHOWN),
            "range": object_({"min": YUAN, "max": MAYBE_YUAN}),
            "amount": maybe(object_({"min": YUAN, "max": MAYBE_YUAN, "per": PER})),
            "trace": _trace(),
            "derivation": object_(
                {"clause": TEXT, "outcome": maybe(_OUTCOME), "reason": _REASON},
                {**each(ref("step"), *_DERIVED), "limit": WHOLE, "item": ref("step"), "fired": list_of(_fired())},
            ),
            "collection": object_(_COLLECTION),
            "step": tree_of(_STEP_FIELDS, {n: (a, [*s, *_ANY_STEP]) for n, (a, s) in _STEPS.items()}),
        },
    }


_OUTCOME: Schema = {"enum": [o.value for o in Outcome]}
_REASON: Schema = {"enum": [*(r.value for r in Reason), None]}

_FINDING: Schema = {
    "outcome": _OUTCOME,
    "reason": _REASON,
    "entitlement": ref("amount"),
    "paid": MAYBE_YUAN,
    "payable": ref("amount"),
    "missing": TEXTS,
    "text_gaps": TEXTS,
    "open_readings": TEXTS,
    "months_left": {"type": ["integer", "null"], "minimum": 0},
}
_SHOWN: Schema = {
    "measure": object_({"value": MAYBE_TEXT, "required": MAYBE_TEXT, "shortfall": MAYBE_TEXT, "unit": TEXT}),
    "checklist": list_of(object_({"test": TEXT, "outcome": _OUTCOME})),
    "duty": object_({"who": TEXT, "action": TEXT, "due": maybe(DAY)}),
    "due": DAY,
    "result": TEXT,
}

_READING: Schema = {
    **each(TEXT, "reading", *QUESTION, "clause"),
    **each(MAYBE_TEXT, "taken", "taken_label", "taken_label_en"),
}
_COLLECTION: Schema = {"path": TEXT, "fact": TEXT, "label": TEXT, "complete": TRUTH, "later": TEXTS}
_DERIVED = (
    *("reach", "force", "when", "discretion", "used", "paid", "credited", "months_used"),
    *("low", "high", "due", "result", "measure", "required"),
)


def _trace() -> Schema:
    subject = object_({"entity": TEXT, "label": TEXT, "name": MAYBE_TEXT})
    words = ("pack", "title", "edition", "document", "number", "authority")
    asked = {**dict.fromkeys(words, TEXT), **each(YES_NO, "normative", "is_today"), "as_of": DAY}
    asked |= {"moved_to": MAYBE_TEXT, "subject": subject}
    offered = {"default": MAYBE_TEXT, "because": TEXT, "alternatives": list_of(object_(ALTERNATIVE))}
    return object_(
        {
            "question": object_(asked),
            "readings": list_of(object_({**_READING, **offered})),
            "text_gaps": list_of(object_({"gap": TEXT, **QUESTION})),
            "missing": list_of(object_({"path": TEXT, "label": TEXT})),
            "derivations": list_of(ref("derivation")),
        },
        {"each": ref("collection")},
    )


def _fired() -> Schema:
    """What came to be known where an engine of rules has decided: a fact, or, with `from`, a rule that fired."""
    words = each(TEXT, "node", "id", "label", "reading", "alternative", "role")
    return object_({"symbol": TEXT, "truth": YES_NO}, {**words, "from": TEXTS})


_PLAIN: Schema = {"type": ["string", "array", "null"], "items": TEXT}
"""A value of a step: yuan and numbers are exact decimal text, days ISO text or `never`; lists hold texts."""

_STEP_FIELDS: Schema = {
    "truth": TRUTH,
    "type": {"enum": [t.value for t in Type]},
    **each(_PLAIN, "value", "low", "high"),
    "absent": {"enum": [True, None]},
    **_COLLECTION,
    **_READING,
    **each(TEXT, "unit", "value_label", "id", "gap", "of", "of_label", "by", "by_label", "role"),
    **each(TEXT, "alternative", "alternative_label", "alternative_label_en"),
    **each(MAYBE_TEXT, "clause", "name", "row"),
    **each({"const": True}, "judgement", "assumed", "unseen"),
    "op": {"enum": [*get_args(Op), "+", "-", "*", "/", *get_args(FoldOp), "any", "all", "first", "last"]},
    "grain": {"enum": ["day", "month", "year", "year_end"]},
    "codes": TEXTS,
    "open": TEXTS,
    "period": object_({"years": WHOLE, "months": WHOLE, "days": WHOLE}),
    "parts": list_of(ref("step")),
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
    "gap": (("gap", *QUESTION), (*_TEST, *_VALUE)),
    "in_division": (("codes", *_TEST), ()),
    "item": (("path", "name"), ("assumed", "unseen", *_TEST)),
    "names": (("path", "open", *_TEST), ()),
    "pick": (("op", *_COLLECTION), ("by", "by_label", "of", "of_label", *_TEST, *_VALUE)),
    "quantified": (("op", *_COLLECTION, *_TEST), ()),
    "reading": (tuple(_READING), (*_TEST, *_VALUE)),
}
