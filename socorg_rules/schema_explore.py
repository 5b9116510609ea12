"""The published forms of explorations: of a case through time, under all readings, asked for, changed; of a registry
under a changed policy.

The schemas are strict: a field that is not described here is not there.
"""

from __future__ import annotations

from typing import get_args

from .case_difference import ChangeKind
from .decision import Outcome, Reason
from .facts import Type
from .interview_query import QueryKind
from .money import Per
from .paths import Wanted
from .registry.verdicts import VERDICTS
from .schema import (
    DAY,
    DRAFT,
    KIND,
    MAYBE_TEXT,
    PER,
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
)
from .turning import CauseKind

OUTCOME: Schema = {"enum": [o.value for o in Outcome]}
REASON: Schema = {"enum": [*(r.value for r in Reason), None]}
AMOUNT: Schema = maybe(object_({"min": YUAN, "max": maybe(YUAN), "per": PER}))
READINGS: Schema = {"type": "object", "additionalProperties": MAYBE_TEXT}
CHANGE: Schema = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
PROVISION: Schema = {**each(TEXT, "provision", "title", "clause"), "kind": KIND}


def timeline_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a timeline."""
    cause = {
        "kind": {"enum": list(get_args(CauseKind))},
        **each(TEXT, "text", "text_en"),
        **each(MAYBE_TEXT, "path", "condition", "label", "clause"),
        "holds": TRUTH,
    }
    span = {
        **each(DAY, "from", "to"),
        "outcome": OUTCOME,
        "reason": REASON,
        **each(AMOUNT, "entitlement", "payable"),
        **each(TEXTS, "missing", "text_gaps", "open_readings"),
        "causes": list_of(object_(cause)),
    }
    return {
        "$schema": DRAFT,
        "title": "时间线",
        **object_(
            {
                **each(TEXT, "pack", "edition"),
                "normative": YES_NO,
                **each(DAY, "from", "to"),
                "readings": READINGS,
                "provisions": list_of(object_({**PROVISION, "spans": list_of(object_(span))})),
            }
        ),
    }


def robustness_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a robustness."""
    range_ = object_({"min": YUAN, "max": maybe(YUAN)})
    choice = {"type": "object", "additionalProperties": TEXTS}
    decided = {"outcome": OUTCOME, "payable": AMOUNT}
    standing = {
        **PROVISION,
        **each(YES_NO, "stands", "complete"),
        **decided,
        "hangs_on": TEXTS,
        "verdicts": list_of(object_({**decided, "under": list_of(choice)})),
    }
    taken = maybe({"type": "object", "additionalProperties": TEXT})
    total = {"payee": TEXT, "per": PER, "exact": YES_NO, **each(range_, "chosen", "least", "most")}
    return {
        "$schema": DRAFT,
        "title": "各种理解之下",
        **object_(
            {
                **each(TEXT, "pack", "edition"),
                "normative": YES_NO,
                "as_of": DAY,
                "readings": READINGS,
                "decisions": list_of(object_(standing)),
                "totals": list_of(object_({**total, **each(taken, "least_under", "most_under")})),
            }
        ),
    }


def interview_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a question of an interview."""
    asked = {
        **each(TEXT, "path", "label", "unit", "text", "text_en", "why", "why_en"),
        "kind": {"enum": list(get_args(QueryKind))},
        "type": {"enum": [t.value for t in Type]},
        "values": {"type": "object", "additionalProperties": TEXT},
        **each(YES_NO, "open_values", "judgement", "presumed"),
        "provisions": TEXTS,
        "weight": {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"},
        "at_stake": list_of(object_({"min": YUAN, "max": maybe(YUAN), "per": PER})),
    }
    return {"$schema": DRAFT, "title": "下一个问题", **object_(asked)}


def paths_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of what it would take."""
    decided = {"outcome": OUTCOME, "payable": AMOUNT}
    change = {
        "kind": {"enum": list(get_args(ChangeKind))},
        "path": TEXT,
        **each({}, "before", "after"),  # a value as in a case file
        "judgement": YES_NO,
    }
    cost = {**each(WHOLE, "changes", "judgements"), "size": {"type": "string", "pattern": r"^[0-9]+\.[0-9]{4}$"}}
    path = {"changes": list_of(object_(change)), **decided, "cost": object_(cost)}
    return {
        "$schema": DRAFT,
        "title": "怎样才能符合",
        **object_(
            {
                **each(TEXT, "pack", "edition"),
                "as_of": DAY,
                "readings": READINGS,
                **PROVISION,
                **decided,
                "wanted": {"enum": list(get_args(Wanted))},
                **each(YES_NO, "reached", "complete"),
                "paths": list_of(object_(path)),
                "waiting": maybe(DAY),
                **each(TEXTS, "fixed", "text_gaps", "open_readings"),
            }
        ),
    }


def _impact() -> dict[str, object]:
    """The fields of an impact."""
    text = object_({**each(TEXT, "pack", "edition", "hash"), "readings": READINGS})
    counts = object_(each(WHOLE, *VERDICTS))
    sum_ = object_({"min": YUAN, "max": maybe(YUAN), "per": PER})
    cost = object_({"payable": sum_, **each(WHOLE, "met", "discretionary", "undetermined")})
    changed = object_({**each(TEXT, "provision", "title", "clause"), **each(cost, "before", "after"), "counts": counts})
    more = {per: object_({"min": CHANGE, "max": maybe(CHANGE), "per": {"const": per}}) for per in get_args(Per)}
    return {
        **each(text, "old", "new"),
        "as_of": DAY,
        **each(WHOLE, "organizations", "left_out"),
        "counts": counts,
        "more": object_(more),
        "provisions": list_of(changed),
    }


def impact_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of an impact."""
    return {"$schema": DRAFT, "title": "政策改动的影响", **object_(_impact())}


def sweep_schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a sweep."""
    parameter = {**each(TEXT, "parameter", "value", "unit", "clause", "label"), "provisions": TEXTS}
    points = list_of(object_({"value": TEXT, **_impact()}))
    return {
        "$schema": DRAFT,
        "title": "参数取不同数值",
        **object_({"pack": TEXT, "as_of": DAY, "readings": READINGS, **parameter, "points": points}),
    }


EXPLORATIONS = {
    "paths": paths_schema,
    "impact": impact_schema,
    "interview": interview_schema,
    "robustness": robustness_schema,
    "sweep": sweep_schema,
    "timeline": timeline_schema,
}
"""The schema of each exploration by its name."""
