"""A case file and its changes as documents: what it was, what it is now, and what tipped it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..case_change import Change, Changes
from ..document import Block, Bullets, Code, Document, Inline, Line, Section, Table
from ..explain import MARK_OF, Data, Explainer
from ..living import CaseFile
from ..phrases import Lang, Speech, words
from ..trace import label
from .case import known_facts
from .phrases import DISPLAYS

AMOUNTS = ("entitlement", "paid", "payable")


def file_document(file: CaseFile, lang: Lang, *, whole: bool, folds: bool) -> Document:
    """When the file changes by itself, what is known, and the whole answer."""
    say, answer = Speech(lang, DISPLAYS), file.answer.document(lang, whole=whole, folds=folds)
    day = file.next_change
    next_change = [Bullets(((say("file.next", day=day.isoformat()),),))] if day else []
    known = Section((say("case.facts"),), tuple(known_facts(file.case, say)), folded=True)
    return Document(lang, answer.title, (*next_change, known, *answer.blocks))


def change_document(change: Change, lang: Lang, *, whole: bool, folds: bool) -> Document:
    """What became another, before and now, what tipped it, and the decision as it is now."""
    teller = Explainer(Speech(lang, DISPLAYS), whole=whole, folds=folds)
    decision = change.decision.to_dict(trace=True)
    title, mark = teller.title(decision), MARK_OF[change.after["outcome"]]
    return Document(lang, title, tuple(_blocks(change, teller, decision)), mark)


def changes_document(changes: Changes, lang: Lang, *, whole: bool, folds: bool) -> Document:
    """Each change under its line, folded where the medium folds."""
    teller = Explainer(Speech(lang, DISPLAYS), whole=whole, folds=folds)
    parts = []
    for change in changes:
        decision = change.decision.to_dict(trace=True)
        outcomes = [teller.outcome(decision, side) for side in (change.before, change.after)]
        told = " → ".join(dict.fromkeys(outcomes))
        title = (f"{change.as_of} ", *teller.title(decision), teller.say("titled", title="", text=told))
        mark = MARK_OF[change.after["outcome"]]
        parts.append(Section(title, tuple(_blocks(change, teller, decision)), folded=True, mark=mark))
    none = () if changes else (Line((teller.say("changes.none"),)),)
    return Document(lang, (teller.say("changes.title", n=len(changes)),), (*none, *parts))


def _blocks(change: Change, teller: Explainer, decision: Data) -> Iterator[Block]:
    say = teller.say
    yield Bullets(((say("as_of", day=change.as_of),), _because(change, say)))
    sides = (change.before, change.after)
    rows = [("outcome", *(teller.outcome(decision, side) for side in sides))]
    rows += [(name, *(_amount(side[name], say) for side in sides)) for name in AMOUNTS]
    rows += [("missing", *(say.join(side["missing"]) for side in sides))]
    told = [(say(f"change.{name}"), before, after) for name, before, after in rows if before != after]
    if told:
        yield Table(("", say("change.before"), say("change.after")), told)
    yield Section((say("change.decision"),), tuple(teller.decision(decision)), folded=True)


def _because(change: Change, say: Speech) -> Inline:
    because, question = change.because, change.decision.question
    if "advanced" in because:
        return (say("change.advanced", start=because["from"], day=because["advanced"]),)
    how = "learned" if "learned" in because else "forgotten"
    path: str = because[how]
    name = label(path, question) if say.chinese else words(path.partition(".")[2])
    before, after = (_shown(because.get(side), say) for side in ("before", "after"))
    told = say("change.values", before=before, after=after)
    return (say(f"change.{how}"), name, say("named"), Code(path), say("named_end"), say("change.to"), told)


def _shown(value: object, say: Speech) -> str:
    """A value of a case file as it is written there."""
    if value is None:
        return say("unknown")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, Mapping):
        return say.join((f"{name} {_shown(v, say)}" for name, v in value.items()), "stop") or say("nothing")
    if isinstance(value, list):
        return say.join(_shown(v, say) for v in value) or say("nothing")
    return str(value)


def _amount(amount: str | Data | None, say: Speech) -> str:
    if amount is None:
        return ""
    return say.quantity(amount, "元") if isinstance(amount, str) else say.amount(amount)
