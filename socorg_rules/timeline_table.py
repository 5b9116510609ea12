"""A timeline as a document: what changes when and why, then the intervals of each provision that changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .document import Block, Document, Inline, Line, Section, Table
from .explain import styled
from .phrases import Lang, Speech, words
from .phrases_explore import EXPLORE

if TYPE_CHECKING:
    from .timeline import Row, Span, Timeline
    from .turning import Cause


def timeline_document(timeline: Timeline, lang: Lang = "zh") -> Document:
    """The document of a timeline."""
    return Tables(timeline, Speech(lang, EXPLORE)).document()


class Tables:
    """A timeline in words of one language, in tables."""

    def __init__(self, timeline: Timeline, say: Speech) -> None:
        self.timeline, self.say = timeline, say
        self.of = {"normative": timeline.question.pack.normative}

    def document(self) -> Document:
        """All of it."""
        shown, say = self.timeline, self.say
        case, pack = shown.question.case, shown.question.pack
        about = case.record.values.get("name") or (case.root.label if say.chinese else words(case.root.name))
        span = say("timeline", start=shown.start, end=shown.end)
        title = say("titled", title=about, text=f"{pack.title} {span}")
        still = [r for r in shown.rows if len(r.spans) == 1]
        blocks: list[Block] = [] if pack.normative else [Line((say("not_normative"),))]
        blocks.append(self._changes())
        if len(still) < len(shown.rows):
            each = tuple(self._row(r) for r in shown.rows if len(r.spans) > 1)
            blocks.append(Section((say("intervals"),), each))
        if still:
            lines = tuple((self.title(r), self.state(r, r.spans[0])) for r in still)
            table = Table((say("what"), say("verdict")), lines)
            blocks.append(Section((say("unchanged", n=len(still)),), (table,)))
        return Document(say.lang, (title,), tuple(blocks))

    def _changes(self) -> Section:
        say, changes = self.say, self.timeline.changes
        head = tuple(say(w) for w in ("day", "what", "becomes", "cause"))
        rows = tuple((str(d), self.title(r), self.state(r, s), self.why(s)) for d, r, s in changes)
        body = Table(head, rows) if rows else Line((say("no_changes"),))
        return Section((say("changes", n=len(rows)),), (body,))

    def _row(self, row: Row) -> Section:
        head = tuple(self.say(w) for w in ("from_day", "to_day", "verdict", "cause"))
        rows = tuple((str(s.start), str(s.end), self.state(row, s), self.why(s)) for s in row.spans)
        return Section(self.title(row), (Table(head, rows),))

    def title(self, row: Row) -> Inline:
        """What a row is about, with its clause."""
        title = row.title if self.say.chinese else words(row.provision).capitalize()
        return self.say.cited(title, row.clause)

    def state(self, row: Row, span: Span) -> str:
        """The outcome with its reason, and what is payable."""
        say = self.say
        told = say(styled(span.outcome.value, self.of, row.kind))
        if span.reason:
            told = say("because", outcome=told, reason=say(f"reason.{span.reason.value}"))
        if span.payable and span.outcome.value != "not_met" and self.of["normative"]:
            told = say.join((told, say("payable", amount=say.amount(span.payable.to_dict()))), "stop")
        return told

    def why(self, span: Span) -> str:
        """Each event once, with the tests that it turned."""
        turned: dict[str, list[str]] = {}
        for cause in span.causes:
            tests = turned.setdefault(cause.text if self.say.chinese else cause.text_en, [])
            tests += [t for t in self._turned(cause) if t not in tests]
        return self.say.join((self.say.join((event, *tests)) for event, tests in turned.items()), "stop")

    def _turned(self, cause: Cause) -> Iterator[str]:
        if cause.condition:
            test = cause.label if self.say.chinese else words(cause.condition)
            holds = {True: "true", False: "false", None: "open"}[cause.holds]
            yield self.say(f"turned.{holds}", test=test)
