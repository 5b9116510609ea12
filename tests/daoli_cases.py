"""What the hand-worked cases of Daoli share: a case in a line, and a decision in a line.

Every expectation was worked out from the report and written down before the pack was asked. A decision reads
`outcome reason; has … of …, lacks …; result …; missing …; open …; gaps …; by …`, each part only where there is
something to say: `has` the measure, `by` the tests that already refute it, each with the clause that it stands under.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from engines_agree import assess

from socorg_rules import Decision

AS_OF = "2023-06-01"
DAOLI = "230102"
Facts = dict[str, Any]
HERE: Mapping[str, Facts] = {
    "organization": {"division": DAOLI, "status": "filed", "payments": []},
    "facility": {"division": DAOLI, "kind": "community_centre"},
    "project": {},
    "jurisdiction": {"division": DAOLI, "level": "district"},
}
ABOUT = {
    "organization": "fund_entitlement park_seed_money hub_incubation contracting_qualification",
    "facility": "centre_standard centre_services park_standard",
    "project": "project_category project_evaluation project_supervision rectification clawback",
    "jurisdiction": "fund_budget selection_funnel project_reach park_organizations centre_coverage party_organizations "
    "party_coverage",
}
ROOT = {provision: root for root, provisions in ABOUT.items() for provision in provisions.split()}


def ask(
    provision: str, as_of: str = AS_OF, readings: Mapping[str, str | None] | None = None, **facts: object
) -> Decision:
    """The decision about a filed organization, a community centre, a project, or the district itself."""
    root = ROOT[provision]
    return assess({root: {**HERE[root], **facts}}, "daoli", as_of, readings)[provision]


def told(decision: Decision) -> str:
    """A decision in a line."""
    return "; ".join(_told(decision))


def _told(decision: Decision) -> list[str]:
    parts = [" ".join(str(o) for o in (decision.outcome, decision.reason) if o)]
    if decision.measure is not None:
        shown = decision.measure
        values = (shown.value, shown.required, shown.shortfall)
        parts.append("has {} of {}, lacks {}".format(*((v or "?").removesuffix(".00") for v in values)))
    if decision.result is not None:
        parts.append(f"result {decision.result}")
    missing = [m.partition(".")[2] for m in decision.missing]
    gaps = [g.name for g in decision.gaps]
    for what, names in (("missing", missing), ("open", decision.open_readings), ("gaps", gaps)):
        if names:
            parts.append(f"{what} {' '.join(names)}")
    by = [f"{step['id'] or step['label']}@{step['clause']}" for step in decision.refutation]
    return [*parts, *(["by " + " ".join(dict.fromkeys(by))] if by else [])]


def claims(table: Mapping[str, tuple[Facts, str]]) -> pytest.MarkDecorator:
    """Cases by the claim that each makes: what is asked, and the decision in a line."""
    return pytest.mark.parametrize(("given", "expected"), table.values(), ids=table.keys())


def by_reading(reading: str, table: Mapping[str, tuple[Facts, Mapping[str, str]]]) -> pytest.MarkDecorator:
    """A case under each alternative of a reading, `open` where it is left open: the decision in a line under it."""
    rows = {
        f"{name}, {taken}": ({**given, "readings": {reading: None if taken == "open" else taken}}, line)
        for name, (given, lines) in table.items()
        for taken, line in lines.items()
    }
    return claims(rows)
