"""What the hand-worked cases of Longyang share: a case in a line; decisions read as those of Yangpu do.

Every expectation was worked out from the document and written down before the pack was asked.
"""

import functools
from collections.abc import Mapping

from engines_agree import assess
from one_provision import alone
from yangpu_cases import Facts, by_reading, claims, told

from socorg_rules import Decision, Pack, load_pack

__all__ = ["Facts", "ask", "ask_base", "ask_district", "ask_township", "base", "by_reading", "claims", "only", "told"]

AS_OF = "2022-06-01"
REGISTERED: Mapping[str, object] = {
    "status": "registered",
    "division": "530502",
    "established_on": "2020-05-08",
    "is_community_organization": True,
    "is_incubated": True,
}
BASE: Mapping[str, object] = {"kind": "township_base", "division": "530502002"}
DISTRICT: Mapping[str, object] = {"division": "530502", "level": "district"}
TOWNSHIP: Mapping[str, object] = {"name": "板桥镇", "division": "530502100", "level": "township"}

Readings = Mapping[str, str | None] | None


@functools.cache
def only(provision: str) -> Pack:
    """The pack with this provision alone, so that a question costs one decision."""
    return alone(load_pack("longyang"), provision)


def ask(provision: str, as_of: str = AS_OF, readings: Readings = None, **facts: object) -> Decision:
    """The decision about a registered community organization of Longyang that is in incubation."""
    return assess({"organization": {**REGISTERED, **facts}}, only(provision), as_of, readings)[provision]


def ask_base(provision: str, as_of: str = AS_OF, readings: Readings = None, **facts: object) -> Decision:
    """The decision about a base of a street of Longyang."""
    return assess({"facility": {**BASE, **facts}}, only(provision), as_of, readings)[provision]


def ask_district(provision: str, as_of: str = AS_OF, readings: Readings = None, **facts: object) -> Decision:
    """The decision about the district itself."""
    return assess({"jurisdiction": {**DISTRICT, **facts}}, only(provision), as_of, readings)[provision]


def ask_township(provision: str, as_of: str = AS_OF, readings: Readings = None, **facts: object) -> Decision:
    """The decision about a town that the document does not name."""
    return assess({"jurisdiction": {**TOWNSHIP, **facts}}, only(provision), as_of, readings)[provision]


def base(township: int, completed_on: str | None = "2021-10-31", **facts: object) -> Facts:
    """The base of the township with this number, as an item of the district's places."""
    division = f"530502{township:03}"
    return {"kind": "township_base", "division": division, "completed_on": completed_on, **facts}
