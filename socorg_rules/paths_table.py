"""What it would take as a document: what is decided now, each path in words, and whether waiting is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .case_edit import fact_at
from .document import Block, Bullets, Document, Line, Section
from .explain import MARK_OF, Explainer, styled
from .facts import EntityType, Fact, Type
from .phrases import Lang, Speech, words
from .phrases_explore import EXPLORE
from .trace import label

if TYPE_CHECKING:
    from .case_difference import FactChange
    from .paths import Path, Paths


def paths_document(paths: Paths, lang: Lang = "zh") -> Document:
    """The document of paths."""
    return _Told(paths, Speech(lang, EXPLORE)).document()


class _Told:
    def __init__(self, paths: Paths, say: Speech) -> None:
        self.paths, self.say, self.question = paths, say, paths.decision.question

    def document(self) -> Document:
        say, d, question = self.say, self.paths.decision, self.question
        title = d.title if say.chinese else words(d.provision).capitalize()
        day = say("as_of_today" if question.is_today else "as_of", day=question.as_of.isoformat())
        head = Bullets(((say("now_is", outcome=self._outcome(d.outcome.value)),), (day,)))
        about = (*say.cited(title, d.clause), say("titled", title="", text=self._wanted()))
        return Document(say.lang, about, (head, *self._blocks()), MARK_OF[d.outcome])

    def _wanted(self) -> str:
        """What is sought, in the words for the kind of provision."""
        key = f"takes.{self.paths.wanted}"
        of_kind = f"{key}.{self.paths.decision.kind}"
        return self.say(of_kind if of_kind in EXPLORE and self.question.pack.normative else key)

    def _blocks(self) -> Iterator[Block]:
        say, paths = self.say, self.paths
        if paths.reached:
            yield Line((say("nothing_to_do"),))
            return
        if paths.waiting:
            yield Line((say("waiting", day=paths.waiting.isoformat()),))
        if paths.fixed:
            names = say.join(label(p, self.question) if say.chinese else p for p in paths.fixed)
            yield Line((say("known_first", names=names),))
        for number, path in enumerate(paths.paths, 1):
            yield self._path(number, path)
        if not paths.paths:
            yield Line((say("no_path" if paths.complete else "none_found"),))
            data = paths.decision.to_dict(trace=True, depends_on=True)
            yield Section((say("now"),), tuple(Explainer(say, whole=False).decision(data)))
        elif not paths.complete:
            yield Line((say("not_all_tried"),))

    def _path(self, number: int, path: Path) -> Section:
        payable, say = path.decision.payable, self.say
        told = self._outcome(path.decision.outcome.value)
        if payable and self.question.pack.normative:
            told = say.join((told, say("payable", amount=say.amount(payable.to_dict()))), "stop")
        title = say("path", n=number, changes=len(path.changes), then=told)
        return Section((title,), (Bullets(tuple((self._change(c),) for c in path.changes)),))

    def _outcome(self, outcome: str) -> str:
        return self.say(styled(outcome, {"normative": self.question.pack.normative}, self.paths.decision.kind))

    def _change(self, change: FactChange) -> str:
        say, fact = self.say, fact_at(self.question.case, change.path)
        assert fact is not None  # noqa: S101 - a change is of a fact or of a collection
        name = label(change.path, self.question) if say.chinese else change.path
        match change.kind:
            case "added" if fact.of is not None:
                told = say("change.added", items=name, facts=self._item(fact.of, change.after))
            case "completed":
                return say("change.completed", items=name)
            case "changed":
                told = say("change.changed", fact=name, old=self._value(fact, change.before),
                           new=self._value(fact, change.after))  # fmt: skip
            case _ if fact.of is not None:
                return say("change.none", items=name)
            case _:
                told = say("change.told", fact=name, new=self._value(fact, change.after))
        return told + say("judgement") if change.judgement else told

    def _item(self, kind: EntityType, item: Mapping[str, Any]) -> str:
        """A new item with what has to be true of it."""
        told = []
        for name, value in item.items():
            fact = kind.facts.get(name)
            shown = str(value) if fact is None or fact.of is not None else self._value(fact, value)
            of = fact.label if fact is not None and self.say.chinese else words(name)
            told.append(self.say("change.fact", fact=of, value=shown))
        return self.say.join(told, "comma") or self.say("change.any")

    def _value(self, fact: Fact, value: Any) -> str:  # noqa: ANN401 - plain data
        say = self.say
        if isinstance(value, list):
            return say.join(self._value(fact, v) for v in value) or say("nothing")
        if fact.type is Type.YES_NO:
            return say("yes" if value else "no")
        if fact.type is Type.DATE and value == "never":
            return say("never")
        if fact.type is Type.TEXT:
            return fact.label_of(value) if say.chinese else str(value)
        return say.quantity(str(value), fact.unit)
