"""The reference interpreter as one of the engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from socorg_rules.decide import decide
from socorg_rules.decision import Finding
from socorg_rules.plan import Plan

if TYPE_CHECKING:
    from socorg_rules.answer import Question


def findings(question: Question, plans: Sequence[Plan]) -> list[Finding]:
    """What the reference decides of these provisions."""
    return [decide(plan, question.evaluator) for plan in plans]
