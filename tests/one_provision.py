"""A pack with one provision alone, so that a question costs one decision."""

import copy
from functools import cached_property

from socorg_rules.pack import Pack


def alone(pack: Pack, provision: str) -> Pack:
    """The pack as if it held nothing else; what it has worked out of itself is worked out anew."""
    made = copy.copy(pack)
    for name in [n for n in vars(made) if isinstance(getattr(Pack, n, None), cached_property)]:
        del vars(made)[name]
    vars(made)["plans"] = {provision: pack.plans[provision]}
    return made
