"""An interview as a document: what is asked next and why, what is known, and what is decided by now."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Block, Bullets, Code, Document, Inline, Line, Section, Table
from ..interview import Interview
from ..interview_query import Query
from ..phrases import Lang, Speech
from ..trace import label
from .case import known_facts
from .phrases import DISPLAYS


def interview_document(talk: Interview, lang: Lang, *, whole: bool, folds: bool) -> Document:
    """The question that comes next, what was skipped, what is known, and the answer to that."""
    say, answer = Speech(lang, DISPLAYS), talk.result.document(lang, whole=whole, folds=folds)
    counts = Bullets(((say("interview.asked", n=talk.asked, skipped=len(talk.skipped)),),))
    query = talk.question
    parts = [Section((say("interview.next"),), _asked(query, say) if query else (Line((say("interview.done"),)),))]
    if talk.skipped:
        parts.append(Section((say("interview.skipped"),), (Bullets(tuple(_skipped(talk, say))),)))
    parts.append(Section((say("case.facts"),), tuple(known_facts(talk.case, say)), folded=True))
    return Document(lang, answer.title, (counts, *parts, *answer.blocks))


def _asked(query: Query, say: Speech) -> tuple[Block, ...]:
    text, why = (query.text, query.why) if say.chinese else (query.text_en, query.why_en)
    blocks = Line((text,)), Bullets(((why,), say.titled(say("path"), Code(query.path))))
    if not query.values:
        return blocks
    head = [say("interview.value")]
    rows: list[list[Inline]] = [[(Code(value),)] for value in query.values]
    if say.chinese:  # the labels are Chinese
        head.append(say("interview.label"))
        rows = [[*row, (shown,)] for row, shown in zip(rows, query.values.values(), strict=True)]
    return *blocks, Table(head, rows)


def _skipped(talk: Interview, say: Speech) -> Iterator[Inline]:
    for path in talk.skipped:
        yield say.titled(label(path, talk.result.question), Code(path)) if say.chinese else (Code(path),)
