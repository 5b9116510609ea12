"""How an organization fares under a changed policy."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["wins", "loses", "unclear", "same"]
"""Whether an organization is decided better than before, worse, otherwise in a way that is neither, or the same."""
VERDICTS: tuple[Verdict, ...] = ("wins", "loses", "unclear", "same")
