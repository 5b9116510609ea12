"""Where the derivations of two decisions about one case part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

Step = Mapping[str, Any]
KNOWN = ("truth", "value", "low", "high", "absent")
"""What is known of a step."""
ROLES = (
    "reach",
    "force",
    "when",
    "discretion",
    "used",
    "credited",
    "low",
    "high",
    "due",
    "result",
    "measure",
    "required",
)


@attrs.frozen(eq=False)
class Parting:
    """The innermost steps that come out differently: under which `clause`, as which part (`role`: `reach`, `when`,
    `high` …) of the provision, of which `item`; None where one side has no such step."""

    clause: str
    role: str
    item: str | None
    old: Step | None
    new: Step | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data, the steps as in the trace of an answer."""
        return {n: getattr(self, n) for n in ("clause", "role", "item", "old", "new")}


def parting(old: Mapping[str, Any], new: Mapping[str, Any]) -> Parting | None:
    """Where two traces first part; None where each step of them comes out alike."""
    for a, b in zip(old["derivations"], new["derivations"], strict=False):
        item = (b.get("item") or {}).get("path")
        for role in ROLES:
            one, other = a.get(role), b.get(role)
            if one is None and other is None:
                continue
            if one is None or other is None:
                if a["outcome"] != b["outcome"] or a["reason"] != b["reason"]:
                    return Parting(b["clause"], role, item, one, other)
                continue
            if known(one) != known(other):
                clause, left, right = _innermost(one, other, b["clause"])
                return Parting(clause, role, item, left, right)
    return None


def known(step: Step) -> tuple[object, ...]:
    """What is known of a step, to compare."""
    return tuple(repr(step.get(k)) for k in KNOWN)


def _innermost(old: Step, new: Step, clause: str) -> tuple[str, Step, Step]:
    """The step below in which both still differ, and nothing else does, and the clause that it stands under."""
    clause = new.get("clause") or old.get("clause") or clause
    ours, theirs = old.get("parts", ()), new.get("parts", ())
    if old["node"] == new["node"] and len(ours) == len(theirs):
        apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if known(a) != known(b)]
        readable = [(a, b) for a, b in apart if a["node"] != "const"]
        if len(apart) == 1 and readable:
            return _innermost(*readable[0], clause)
    return clause, old, new


def lines(step: Step) -> Iterator[Step]:
    """A step, and those right below it unless it tells them itself."""
    yield step
    if step["node"] not in {"compare", "one_of", "in_division", "contains", "names"}:
        yield from step.get("parts", ())
