"""Charts of answers, timelines and packs, made with Altair: each function returns an `altair` chart.

Ranges are shown as ranges, what is certain in full colour and what is only possible in light; what is unknown is
outlined, marked and never looks like none. In a notebook, `alt.renderers.enable("svg")` shows them without network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import CaseError

try:
    import altair as alt  # noqa: F401 - an extra: what is wrong is said here, once
    import vl_convert  # noqa: F401
except ImportError as missing:
    raise CaseError(f"charts cannot be made here ({missing}); install `socorg-rules[charts]`") from missing

from .coverage import coverage
from .files import export
from .timeline import timeline
from .waterfall import waterfall

if TYPE_CHECKING:
    from .scenarios import impact, sweep

__all__ = ["coverage", "export", "impact", "sweep", "timeline", "waterfall"]


def __getattr__(name: str) -> object:
    """What needs a registry, which is an extra of its own."""
    if name in {"impact", "sweep"}:
        from . import scenarios  # noqa: PLC0415

        return getattr(scenarios, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
