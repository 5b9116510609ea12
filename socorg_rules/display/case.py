"""A case as a document: what is known, by the words of each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..case import Case
from ..document import Block, Bullets, Cell, Code, Document, Line, Section, Table
from ..facts import EntityType, Fact, Items, Record, Type
from ..phrases import Lang, Speech, words
from ..sentences import Sentences
from ..steps import plain
from .phrases import DISPLAYS


def case_document(case: Case, lang: Lang) -> Document:
    """What is known of the root entity, then a table for each of its collections."""
    say = Speech(lang, DISPLAYS)
    name = case.record.values.get("name") or (case.root.label if say.chinese else words(case.root.name))
    return Document(lang, (str(name),), tuple(known_facts(case, say)))


def known_facts(case: Case, say: Speech) -> Iterator[Block]:
    """What is known, without a title."""
    return _Facts(case, say).blocks()


class _Facts:
    def __init__(self, case: Case, say: Speech) -> None:
        self.case, self.say, self.tell = case, say, Sentences(say)
        self.own = {(o.entity, f.name): f for o in case.own for f in o.facts.values()}

    def blocks(self) -> Iterator[Block]:
        record, root = self.case.record, self.case.root.name
        yield Bullets(((self.say("case.known", n=len(record.values)),),))
        told = [(fact, value) for fact, value in self._known(record) if fact.type is not Type.ITEMS]
        if told:
            head = tuple(map(self.say, ("fact", "value", "path")))
            rows = ((self._label(f), self._value(f, v), (Code(f"{root}.{f.name}"),)) for f, v in told)
            yield Table(head, rows)
        for fact, value in self._known(record):
            if isinstance(value, Items):
                yield Section((self._label(fact),), tuple(self._collection(value)))

    def _known(self, record: Record) -> Iterator[tuple[Fact, Any]]:
        """The known facts of an entity, in the order of their declaration, the packs' own last."""
        declared: Mapping[str, Fact] = record.type.facts
        for name, fact in declared.items():
            if name in record.values:
                yield fact, record.values[name]
        for name, value in record.values.items():
            if name not in declared:
                yield self._own(record.type, name), value

    def _own(self, kind: EntityType, name: str) -> Fact:
        return self.own[kind, name]

    def _label(self, fact: Fact) -> str:
        return fact.label if self.say.chinese else words(fact.name)

    def _collection(self, items: Items) -> Iterator[Block]:
        if not items.complete:
            yield Line((self.say("case.some_items"),))
        elif not items.records:
            yield Line((self.say("case.no_items"),))
        if items.records:
            told = {fact.name: fact for record in items.records for fact, _ in self._known(record)}
            rows = [self._row(i, record, told.values()) for i, record in enumerate(items.records, 1)]
            yield Table((self.say("number"), *map(self._label, told.values())), rows)

    def _row(self, number: int, record: Record, told: Iterable[Fact]) -> tuple[Cell, ...]:
        known = record.values
        return (str(number), *(self._value(f, known[f.name]) if f.name in known else "" for f in told))

    def _value(self, fact: Fact, value: Any) -> str:  # noqa: ANN401 - of whatever type the fact has
        """A value in words; of the items of an item, all that is known of each."""
        if isinstance(value, Items):
            each = (self.say.join(self._told(f, v) for f, v in self._known(r)) for r in value.records)
            told = self.say.join((self.say("case.item", facts=facts) for facts in each), "stop")
            return told or self.say("nothing" if value.complete else "unknown")
        if fact.type is Type.YES_NO:
            return self.tell.value({"truth": value})
        shown = plain(value, fact.type)
        step = {"node": "fact", "type": fact.type.value, "unit": fact.unit, "value": shown}
        label = fact.label_of(shown) if isinstance(shown, str) else shown
        return self.tell.value(step if label == shown else {**step, "value_label": label})

    def _told(self, fact: Fact, value: Any) -> str:  # noqa: ANN401
        return self.say("titled", title=self._label(fact), text=self._value(fact, value))
