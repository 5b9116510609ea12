"""Properties that a pack's own tests call in a line each. A counterexample is told as a case file, with both decisions.

They need the extra `testing`. `docs/testing-a-policy.md` says what each claims.
"""

try:
    import hypothesis as _  # noqa: F401 - what they are tried with
except ImportError as error:
    raise ImportError("`socorg_rules.properties` needs hypothesis; install `socorg-rules[testing]`") from error

from .changes import only_changes
from .drawn import How
from .knowledge import knowledge_monotone
from .ordered import monotone, no_cliff
from .paying import capped, once_is_once, sums_add_up
from .time import EACH_MONTH, EACH_YEAR, since, steady_between

__all__ = [
    "EACH_MONTH",
    "EACH_YEAR",
    "How",
    "capped",
    "knowledge_monotone",
    "monotone",
    "no_cliff",
    "once_is_once",
    "only_changes",
    "since",
    "steady_between",
    "sums_add_up",
]
