"""What the hand-worked cases of Hainan share: a case in a line. The line that tells a decision is Yangpu's (`told`).

Every expectation was worked out from the document and written down before the pack was asked.
"""

import functools
from collections.abc import Mapping

from engines_agree import assess
from one_provision import alone
from yangpu_cases import Facts, by_reading, claims, items, told

from socorg_rules import Decision, Pack, load_pack

__all__ = [
    "Facts",
    "ask",
    "ask_community",
    "ask_county",
    "ask_filed",
    "ask_pilot",
    "ask_planned",
    "by_reading",
    "claims",
    "items",
    "told",
]

AS_OF = "2022-06-01"
HERE: Mapping[str, object] = {"division": "460106", "is_community_organization": True, "payments": []}
REGISTERED: Mapping[str, object] = {**HERE, "status": "registered", "established_on": "2021-06-15"}
FILED: Mapping[str, object] = {**HERE, "status": "filed"}
PLANNED: Mapping[str, object] = {**HERE, "status": "planned"}
COUNTY: Mapping[str, object] = {"division": "469021", "level": "county"}
CITY: Mapping[str, object] = {"division": "460100", "level": "city"}
COMMUNITY: Mapping[str, object] = {"division": "460106001001"}

Readings = Mapping[str, str | None]


@functools.cache
def only(provision: str) -> Pack:
    """The pack with this provision alone, so that a question costs one decision."""
    return alone(load_pack("hainan"), provision)


def ask(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a community organization registered in Hainan; a fact given as None is unknown."""
    return assess({"organization": {**REGISTERED, **facts}}, only(provision), as_of, readings)[provision]


def ask_filed(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a community organization filed in Hainan."""
    return assess({"organization": {**FILED, **facts}}, only(provision), as_of, readings)[provision]


def ask_planned(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a community organization to be founded in Hainan."""
    return assess({"organization": {**PLANNED, **facts}}, only(provision), as_of, readings)[provision]


def ask_county(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a county of Hainan that is no pilot."""
    return assess({"jurisdiction": {**COUNTY, **facts}}, only(provision), as_of, readings)[provision]


def ask_pilot(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a pilot city."""
    return assess({"jurisdiction": {**CITY, **facts}}, only(provision), as_of, readings)[provision]


def ask_community(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about a community of Hainan."""
    return assess({"community": {**COMMUNITY, **facts}}, only(provision), as_of, readings)[provision]
