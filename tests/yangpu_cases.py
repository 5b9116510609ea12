"""What the hand-worked cases of Yangpu share: a case in a line, and a decision in a line.

Every expectation was worked out from the document and written down before the pack was asked. A decision reads
`outcome reason, entitlement; payable …; paid …; N months left; has … of …, lacks …; missing …; open …; gaps …; by …`,
each part only where there is something to say: `payable` where it is not the entitlement, `paid` where something was,
`has` the measure, `by` the tests that already refute it, each with the clause that it stands under.
"""

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from engines_agree import assess
from one_provision import alone

from socorg_rules import Amount, Decision, Pack, load_pack
from socorg_rules.decision import Finding, Reason

AS_OF = "2023-06-01"
REGISTERED: Mapping[str, object] = {
    "status": "registered",
    "division": "310110",
    "established_on": "2022-03-10",
    "payments": [],
}
PLANNED: Mapping[str, object] = {"status": "planned", "division": "310110"}
DISTRICT: Mapping[str, object] = {"division": "310110", "level": "district"}

Facts = dict[str, Any]


@functools.cache
def only(provision: str) -> Pack:
    """The pack with this provision alone, so that a question costs one decision."""
    return alone(load_pack("yangpu"), provision)


def ask(
    provision: str, as_of: str = AS_OF, readings: Mapping[str, str | None] | None = None, **facts: object
) -> Decision:
    """The decision about an organization registered in Yangpu on 2022-03-10; a fact given as None is unknown."""
    return assess({"organization": {**REGISTERED, **facts}}, only(provision), as_of, readings)[provision]


def ask_planned(
    provision: str, as_of: str = AS_OF, readings: Mapping[str, str | None] | None = None, **facts: object
) -> Decision:
    """The decision about an organization to be founded in Yangpu."""
    return assess({"organization": {**PLANNED, **facts}}, only(provision), as_of, readings)[provision]


def ask_district(
    provision: str, as_of: str = AS_OF, readings: Mapping[str, str | None] | None = None, **facts: object
) -> Decision:
    """The decision about the district itself."""
    return assess({"jurisdiction": {**DISTRICT, **facts}}, only(provision), as_of, readings)[provision]


def told(decision: Decision) -> str:
    """A decision in a line."""
    steps = () if decision.reason is Reason.PAID else decision.refutation
    by = [f"{step['id'] or step['label']}@{step['clause']}" for step in steps]
    return "; ".join([*_told(decision), *(["by " + " ".join(dict.fromkeys(by))] if by else [])])


def brief(found: Finding) -> str:
    """The outcome alone, with its reason."""
    return " ".join(str(o) for o in (found.outcome, found.reason) if o)


def items(decision: Decision) -> list[str]:
    """The decision about each item in a line."""
    return ["; ".join(_told(item)) for item in decision.items or ()]


def _told(found: Finding) -> list[str]:
    parts = [brief(found) if found.entitlement is None else f"{brief(found)}, {sums(found.entitlement)}"]
    if found.payable != found.entitlement and found.payable is not None:
        parts.append(f"payable {sums(found.payable)}")
    if found.paid:
        parts.append(f"paid {plain(found.paid)}")
    if found.months_left is not None:
        parts.append(f"{found.months_left} months left")
    if found.measure is not None:
        shown = found.measure
        values = (shown.value, shown.required, shown.shortfall)
        parts.append("has {} of {}, lacks {}".format(*((v or "?").removesuffix(".00") for v in values)))
    missing = [m.removeprefix("organization.").removeprefix("jurisdiction.") for m in found.missing]
    for what, names in (("missing", missing), ("open", found.open_readings), ("gaps", [g.name for g in found.gaps])):
        if names:
            parts.append(f"{what} {' '.join(names)}")
    return parts


def sums(amount: Amount) -> str:
    """A range in yuan: `500`, `0..500`, `800..2000 a month`."""
    low, high = plain(amount.min), "?" if amount.max is None else plain(amount.max)
    return (low if low == high else f"{low}..{high}") + (" a month" if amount.per == "month" else "")


def plain(yuan: Decimal) -> str:
    """Yuan without empty decimals."""
    return str(yuan).removesuffix(".00")


def claims(table: Mapping[str, tuple[Facts, str]]) -> pytest.MarkDecorator:
    """Cases by the claim that each makes: what is asked, and the decision in a line."""
    return pytest.mark.parametrize(("given", "expected"), table.values(), ids=table.keys())


def by_reading(table: Mapping[str, tuple[Facts, Mapping[str, str]]]) -> pytest.MarkDecorator:
    """A case for each alternative of each reading: what is asked, and the decision in a line under it."""
    rows = {
        f"{name}={alternative}": ({**given, "readings": {**given.get("readings", {}), name: alternative}}, line)
        for name, (given, lines) in table.items()
        for alternative, line in lines.items()
    }
    return claims(rows)


SENIOR = {
    "name": "甲",
    "certificate": "高级社会工作师",
    "contract": "劳务合同",
    "has_senior_title": True,
    "senior_title_on": "2022-05-01",
    "has_project_innovation": True,
    "has_training_innovation": True,
}
SENIOR_ORG: Facts = {"staff": [SENIOR], "implementing_rules_in_force": True}
