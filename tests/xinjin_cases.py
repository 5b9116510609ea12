"""What the hand-worked cases of Xinjin share; a decision in a line reads as in `yangpu_cases.py`.

Every expectation was worked out from the document and written down before the pack was asked.
"""

import functools
from collections.abc import Mapping

from engines_agree import assess
from one_provision import alone
from yangpu_cases import Facts, by_reading, claims, items, told

from socorg_rules import Decision, Pack, load_pack

__all__ = [
    "CHARITY",
    "COMMUNITY",
    "ELSEWHERE",
    "FILED",
    "HERE",
    "INDUSTRY",
    "PARK",
    "Facts",
    "ask",
    "ask_county",
    "ask_filed",
    "ask_planned",
    "by_reading",
    "claims",
    "items",
    "models",
    "of",
    "told",
]

AS_OF = "2017-06-01"
REGISTERED: Mapping[str, object] = {"status": "registered", "division": "510132", "established_on": "2014-05-20"}
FILED: Mapping[str, object] = {"status": "filed", "division": "510132"}
PLANNED: Mapping[str, object] = {"status": "planned", "division": "510132"}
COUNTY: Mapping[str, object] = {"division": "510132", "level": "county"}
Readings = Mapping[str, str | None]


@functools.cache
def only(provision: str) -> Pack:
    """The pack with this provision alone, so that a question costs one decision."""
    return alone(load_pack("xinjin"), provision)


def _ask(root: str, provision: str, facts: Facts, as_of: str, readings: Readings | None) -> Decision:
    return assess({root: facts}, only(provision), as_of, readings)[provision]


def ask(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about an organization registered in Xinjin in 2014; a fact given as None is unknown."""
    return _ask("organization", provision, {**REGISTERED, **facts}, as_of, readings)


def ask_filed(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about an organization filed in Xinjin."""
    return _ask("organization", provision, {**FILED, **facts}, as_of, readings)


def ask_planned(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about an organization to be founded in Xinjin."""
    return _ask("organization", provision, {**PLANNED, **facts}, as_of, readings)


def ask_county(provision: str, as_of: str = AS_OF, readings: Readings | None = None, **facts: object) -> Decision:
    """The decision about the county itself."""
    return _ask("jurisdiction", provision, {**COUNTY, **facts}, as_of, readings)


# ------------------------------------------------------------------------------------------ organizations of a county

HERE = {"status": "registered", "division": "510132", "established_on": "2015-01-01"}
ELSEWHERE = {**HERE, "division": "510104"}
COMMUNITY, CHARITY, INDUSTRY = "城乡社区服务类", "公益慈善类", "行业协会商会类"
PARK: Facts = {"county_parks": 1}


def of(category: str, **facts: object) -> dict[str, object]:
    return {**HERE, "category": category, **facts}


def models(industry: int | None, charity: int | None, community: int | None) -> Facts:
    return {
        "model_organizations_industry": industry,
        "model_organizations_charity": charity,
        "model_organizations_community": community,
    }
