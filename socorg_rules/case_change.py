"""What has changed in a living case file: a decision before and after, how, and what tipped it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from .answer import Decision
from .decision import Outcome
from .displayed import Displayed

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

State = Mapping[str, Any]
"""A decision as plain data, in the form of the answer schema without what identifies its provision."""

AMOUNTS = ("entitlement", "paid", "payable")


@attrs.frozen(eq=False, slots=False)
class Change(Displayed):
    """A decision that has become another.

    `kinds` says how: `newly_met`, `no_longer_met`, `newly_undetermined`, `newly_discretionary`, `newly_not_met`,
    `changed_amount` (entitlement, paid or payable), or else `changed_detail` (missing facts, reason, items …).
    `before` and `after` are the decision as plain data; `because` is what tipped it: `{"learned": path, "before": …,
    "after": …}`, `{"forgotten": path, "before": …}`, or `{"advanced": day, "from": day}`.
    """

    provision: str
    title: str
    clause: str
    as_of: str
    kinds: tuple[str, ...]
    before: State
    after: State
    because: Mapping[str, Any]
    next_change: str | None
    decision: Decision = attrs.field(repr=False)

    @cached_property
    def derivation(self) -> Mapping[str, Any]:
        """The whole derivation of what is decided now, as the answer schema describes it; made when asked for."""
        return self.decision.trace

    def to_dict(self, *, derivation: bool = True) -> dict[str, Any]:
        """All of it as plain data."""
        made = {a.name: getattr(self, a.name) for a in attrs.fields(type(self)) if a.name != "decision"}
        made = {**made, "kinds": list(self.kinds)}
        return {**made, "derivation": self.derivation} if derivation else made

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """What it was, what it is now, and what tipped it."""
        from .display.changes import change_document  # noqa: PLC0415 - what is not shown costs nothing

        return change_document(self, lang, whole=whole, folds=folds)


class Changes(Displayed, tuple[Change, ...]):
    """What a call changed, in the order of days and of the pack."""

    __slots__ = ()

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """Each change in a line, and below it all of it."""
        from .display.changes import changes_document  # noqa: PLC0415 - what is not shown costs nothing

        return changes_document(self, lang, whole=whole, folds=folds)


def kinds(before: State, after: State) -> tuple[str, ...]:
    """In which ways a decision has become another."""
    old, new = before["outcome"], after["outcome"]
    if old != new:
        return (*(("no_longer_met",) if old == Outcome.MET else ()), f"newly_{new}")
    return ("changed_amount",) if any(before[a] != after[a] for a in AMOUNTS) else ("changed_detail",)
