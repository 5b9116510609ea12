"""The JSON Schema of a case file, generated from the declarations.

It admits what `read_case` admits, as far as a schema can tell: days that a month does not have, bounds of numbers
written as text, check characters and repeated ids are left to `read_case`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .facts import ELEMENTS, EntityType, Fact, OwnFacts, Type
from .value import DAY, DIVISION, LIMIT, MONEY, MONTH, NUMBER, USCC

Schema = dict[str, object]

_PATTERNS = {
    Type.MONEY: MONEY,
    Type.NUMBER: NUMBER,
    Type.DATE: f"never|{DAY}",
    Type.MONTH: MONTH,
    Type.DIVISION: DIVISION,
    Type.TEXT: "",
}
"""How a value is written as text; empty where any text will do."""


def facts_schema(roots: Iterable[EntityType], own: Iterable[OwnFacts] = ()) -> Schema:
    """The JSON Schema (draft 2020-12) of cases about `roots`, with the facts that packs declare for themselves."""
    kinds = list(roots)
    packs: dict[EntityType, dict[str, dict[str, Fact]]] = {}
    for facts in own:
        known = packs.setdefault(facts.entity, {}).setdefault(facts.pack, {})
        known.update({f.name.removeprefix(f"{facts.pack}."): f for f in facts.facts.values()})
    definitions: dict[str, object] = {}
    waiting = list(reversed(kinds))
    while waiting:
        kind = waiting.pop()
        if kind.name in definitions:
            continue
        within = packs.get(kind, {})
        definitions[kind.name] = _entity(kind, within)
        declared = [*kind.facts.values(), *(f for facts in within.values() for f in facts.values())]
        waiting.extend(f.of for f in reversed(declared) if f.of)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "案例",
        **_closed({kind.name: {"$ref": f"#/$defs/{kind.name}"} for kind in kinds}),
        "minProperties": 1,
        "maxProperties": 1,
        "$defs": definitions,
    }


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _entity(kind: EntityType, packs: Mapping[str, Mapping[str, Fact]]) -> Schema:
    properties = {name: _fact(fact) for name, fact in kind.facts.items()}
    for pack, facts in packs.items():
        properties[pack] = _or_null(_closed({name: _fact(fact) for name, fact in facts.items()}))
    return {"title": kind.label, **_closed(properties)}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": ["object", "null"]}


def _fact(fact: Fact) -> Schema:
    about: Schema = {"title": fact.label}
    if fact.unit:
        about["description"] = f"单位：{fact.unit}"
    if fact.of is not None:
        return about | _collection(fact.of)
    if fact.type in ELEMENTS:
        return about | {"type": ["array", "null"], "items": _value(fact), "uniqueItems": True}
    value = _value(fact)
    if "enum" in value:
        return about | {"enum": [*_words(fact), None]}
    kinds = value["type"]
    return about | value | {"type": [*(kinds if isinstance(kinds, list) else [kinds]), "null"]}


def _collection(kind: EntityType) -> Schema:
    listed: Schema = {"type": "array", "items": {"$ref": f"#/$defs/{kind.name}"}}
    open_list = _closed({"items": listed, "complete": {"type": "boolean"}}) | {"required": ["items", "complete"]}
    return {"oneOf": [listed, open_list, {"type": "null"}]}


def _words(fact: Fact) -> list[str]:
    """The values of a closed list and their Chinese labels, each once."""
    return list(dict.fromkeys([*fact.values, *fact.values.values()]))


def _value(fact: Fact) -> Schema:
    """One value, or one element of a list. `pattern` speaks of text only, the bounds of numbers only."""
    if fact.values and not fact.open_values:
        return {"enum": _words(fact)}
    kind = ELEMENTS.get(fact.type, fact.type)
    if kind is Type.YES_NO:
        return {"type": "boolean"}
    pattern = USCC if fact.uscc else _PATTERNS[kind]
    schema: Schema = {"type": "string", "pattern": f"^(?:{pattern})$" if pattern else r"\S"}
    if kind in (Type.MONEY, Type.NUMBER):
        # No `multipleOf` for the fen: validators work it out in binary fractions.
        schema |= {"type": ["integer" if fact.whole else "number", "string"], **_bounds(fact)}
    return schema


def _bounds(fact: Fact) -> Schema:
    low = {"exclusiveMinimum": -LIMIT} if fact.low is None else {"minimum": fact.low}
    high = {"exclusiveMaximum": LIMIT} if fact.high is None else {"maximum": fact.high}
    return {**low, **high}
