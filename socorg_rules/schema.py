"""The words in which the published JSON Schemas (draft 2020-12) are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_args

from .money import Per
from .provision import Kind

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
QUESTION: Schema = {"question": TEXT, "question_en": TEXT}
ALTERNATIVE: Schema = {"alternative": TEXT, "label": TEXT, "label_en": TEXT}
KIND: Schema = {"enum": list(get_args(Kind))}


def object_(required: Mapping[str, object], optional: Mapping[str, object] | None = None) -> Schema:
    """An object with these fields and no others."""
    fields = {**required, **(optional or {})}
    return {"type": "object", "properties": fields, "required": list(required), "additionalProperties": False}


def each(schema: object, *names: str) -> Schema:
    """Fields that are all described alike."""
    return dict.fromkeys(names, schema)


def list_of(of: object) -> Schema:
    """A list of these."""
    return {"type": "array", "items": of}


def ref(name: str) -> Schema:
    """What the schema defines under a name."""
    return {"$ref": f"#/$defs/{name}"}


def maybe(schema: object) -> Schema:
    """This, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def tree_of(fields: Mapping[str, object], of: Mapping[str, tuple[Iterable[str], Iterable[str]]]) -> Schema:
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
