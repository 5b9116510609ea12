"""The published form of files of case tests (`*.case.yaml`), for editors that help while such a file is written.

It admits what `read_case_tests` admits, as far as a schema can tell: which provisions, clauses and readings there are
is left to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from .decision import Outcome, Reason
from .facts import EntityType, OwnFacts
from .money import Per
from .schema import DAY, DRAFT, TEXT, TEXTS, Schema, each, list_of, maybe, object_, ref
from .schema_facts import facts_schema
from .value import MONEY, NUMBER

_OUTCOME: Schema = {"enum": [o.value for o in Outcome]}
_YUAN: Schema = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^({MONEY})$"}]}
_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^({NUMBER})$"}]}
_SOMETHING: Schema = {"minProperties": 1}
_SUM: Schema = {
    "anyOf": [
        {"type": "null"},
        _YUAN,
        {**object_({}, {"min": _YUAN, "max": maybe(_YUAN), "per": {"enum": list(get_args(Per))}}), **_SOMETHING},
    ]
}
_READINGS: Schema = {"type": "object", "additionalProperties": {"type": ["string", "null"]}}


def case_test_schema(roots: Iterable[EntityType], own: Iterable[OwnFacts] = ()) -> Schema:
    """The JSON Schema (draft 2020-12) of a file of tests whose cases are about `roots`, with packs' own facts."""
    facts = facts_schema(roots, own)
    case = {key: facts[key] for key in ("type", "properties", "additionalProperties", "minProperties", "maxProperties")}
    definitions = facts["$defs"]
    assert isinstance(definitions, dict)  # noqa: S101 - the schema of facts defines its entities
    return {
        "$schema": DRAFT,
        "title": "案例测试",
        **object_(
            {"pack": TEXT, "case": {"anyOf": [TEXT, case]}, "tests": {**list_of(ref("test")), "minItems": 1}},
            {"as_of": DAY, "readings": _READINGS},
        ),
        "$defs": {
            **definitions,
            "test": {
                **object_(
                    {"name": TEXT},
                    {
                        "as_of": DAY,
                        "readings": _READINGS,
                        "change": {"type": "object", **_SOMETHING},
                        "expect": {"type": "object", "additionalProperties": ref("expected"), **_SOMETHING},
                        "total": {
                            "type": "object",
                            "properties": {"left_out": TEXTS},
                            "additionalProperties": {**object_({}, each(_SUM, *get_args(Per))), **_SOMETHING},
                            **_SOMETHING,
                        },
                        "wrong": {**list_of({**TEXT, "pattern": r"\S"}), "minItems": 1},
                    },
                ),
                "anyOf": [{"required": [key]} for key in ("expect", "total", "wrong")],
            },
            "expected": {"anyOf": [_OUTCOME, {**object_({}, {**_OF_ITEMS, **_OF_DECISIONS}), **_SOMETHING}]},
            "expected_item": {"anyOf": [_OUTCOME, {**object_({}, _OF_ITEMS), **_SOMETHING}]},
        },
    }


_OF_ITEMS: Schema = {
    "outcome": _OUTCOME,
    "reason": {"enum": [*(r.value for r in Reason), None]},
    **each(_SUM, "entitlement", "payable"),
    "paid": maybe(_YUAN),
    "months_left": {"type": ["integer", "null"]},
    **each(TEXTS, "missing", "text_gaps", "open_readings"),
    "measure": maybe({**object_({}, each(maybe(_NUMBER), "value", "required", "shortfall")), **_SOMETHING}),
    "checklist": {"type": "object", "additionalProperties": _OUTCOME, **_SOMETHING},
    "result": {"type": ["string", "null"]},
    "due": maybe(DAY),
}
_OF_DECISIONS: Schema = {
    **each(TEXTS, "depends_on", "because"),
    "clause": TEXT,
    "next_change": maybe(DAY),
    "items": {"type": "object", "additionalProperties": ref("expected_item"), **_SOMETHING},
}
