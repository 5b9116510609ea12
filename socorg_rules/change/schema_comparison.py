"""The published form of comparisons."""

from __future__ import annotations

from ..schema import (
    DAY,
    DRAFT,
    MAYBE_TEXT,
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
)
from ..schema_answer import answer_schema
from .order import Difference, Verdict
from .parting import ROLES


def comparison_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a comparison of two texts."""
    answer = answer_schema()
    defs = answer["$defs"]
    assert isinstance(defs, dict)  # noqa: S101 - made right there
    finding = {n: s for n, s in defs["decision"]["properties"].items() if n not in _OF_DECISIONS}
    required = [n for n in defs["decision"]["required"] if n in finding]
    step = maybe(ref("step"))
    witness = object_(
        {
            "kind": {"enum": [d.value for d in Difference]},
            "case": {"type": "object"},
            "as_of": DAY,
            "readings": _READINGS,
            **each(ref("finding"), "before", "after"),
            "parting": maybe(
                object_({"clause": TEXT, "role": {"enum": list(ROLES)}, "item": MAYBE_TEXT, **each(step, "old", "new")})
            ),
        }
    )
    provision = object_(
        {
            **each(TEXT, "provision", "title", "clause", "how"),
            "status": {"enum": ["proved", "searched"]},
            "within": maybe(
                object_(
                    {
                        **each(WHOLE, "items", "first_year", "last_year"),
                        "complete": YES_NO,
                        "as_of": maybe(DAY),
                        "elsewhere": TEXTS,
                    }
                )
            ),
            "looked_at": WHOLE,
            "verdict": {"enum": [v.value for v in Verdict]},
            "witnesses": list_of(witness),
            "apart": {"type": "object", "additionalProperties": object_(each(TEXTS, "old", "new"))},
        }
    )
    about = object_(each(TEXT, "pack", "edition", "hash"))
    kept = ("amount", "item", "step", "collection")
    return {
        "$schema": DRAFT,
        "title": "对照",
        **object_(
            {
                **each(about, "old", "new"),
                "as_of": maybe(DAY),
                "readings": _READINGS,
                "spans": list_of(
                    object_(
                        {
                            **each(maybe(DAY), "from", "to"),
                            **each(about, "old", "new"),
                            "provisions": list_of(provision),
                        }
                    )
                ),
            }
        ),
        "$defs": {
            **{name: defs[name] for name in kept},
            "finding": {"type": "object", "properties": finding, "required": required, "additionalProperties": False},
        },
    }


_READINGS: Schema = {"type": "object", "additionalProperties": MAYBE_TEXT}
_OF_DECISIONS = {"provision", "title", "clause", "edition", "kind", "normative", "next_change", "depends_on", "trace"}
"""What a decision tells besides its finding."""
