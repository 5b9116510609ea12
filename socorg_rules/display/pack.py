"""A pack as a document: what it encodes, its provisions by kind, its readings, and what became of each clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import get_args

from ..document import Block, Bullets, Cell, Clause, Code, Document, Inline, Line, Section, Table
from ..editions import BEGINNING
from ..pack import Clause as Numbered
from ..pack import Coverage, Pack
from ..parameters import Parameter
from ..phrases import Lang, Speech, words
from ..plan import Plan
from ..provision import Kind
from ..reading import Reading
from .phrases import DISPLAYS


def pack_document(pack: Pack, lang: Lang) -> Document:
    """All that a pack declares, but its rules: those are shown for a case, or as a graph."""
    return Document(lang, (pack.title,), tuple(_Pack(pack, Speech(lang, DISPLAYS)).blocks()))


class _Pack:
    def __init__(self, pack: Pack, say: Speech) -> None:
        self.pack, self.say = pack, say

    def blocks(self) -> Iterator[Block]:
        yield Bullets(tuple(self._head()))
        if not self.pack.normative:
            yield Line((self.say("not_normative"),))
        for kind in get_args(Kind):
            plans = [p for p in self.pack.plans.values() if p.provision.kind == kind]
            if plans:
                yield self._provisions(kind, plans)
        yield from self._versions()
        readings = self.pack.readings.values()
        if readings:
            yield Section((self.say("pack.readings", n=len(readings)),), tuple(map(self._reading, readings)))
        coverage = self.pack.coverage
        head = ("pack.clause", "pack.status", "pack.what", "provision")
        table = Table(map(self.say, head), map(self._clause, self.pack.source.clauses, coverage))
        yield Section((self.say("pack.clauses", n=len(coverage)),), (table,), folded=True)

    def _versions(self) -> Iterator[Section]:
        """Its editions, where it has several, and the numbers that an amendment can change."""
        if len(self.pack.editions) > 1:
            head = map(self.say, ("pack.since", "pack.edition", "pack.hash"))
            yield Section((self.say("pack.editions"),), (Table(head, map(self._edition, self.pack.spans)),))
        given = self.pack.parameters.values()
        if given:
            head = map(self.say, ("pack.clause", "value", "pack.about", "pack.parameter"))
            rows = ((Clause.of(p.clause), self._figure(p), p.label, Code(p.name)) for p in given)
            title = self.say("pack.parameters", n=len(given))
            yield Section((title,), (Table(head, rows),), folded=True)

    def _head(self) -> Iterator[Inline]:
        pack, source, say = self.pack, self.pack.source, self.say
        yield (say("pack.id", id=""), Code(pack.id))
        yield (say("document", document=" ".join(filter(None, (source.authority, source.title, source.number)))),)
        yield (say("pack.issued", day=source.issued_on),)
        yield (say("edition", edition=pack.edition),)

    def _provisions(self, kind: Kind, plans: list[Plan]) -> Section:
        head = ("pack.clause", "provision", "pack.about", "pack.id_of")
        title = self.say("pack.kind", kind=self.say(f"kind.{kind}"), n=len(plans))
        return Section((title,), (Table(map(self.say, head), map(self._provision, plans)),))

    def _provision(self, plan: Plan) -> tuple[Cell, ...]:
        p, say = plan.provision, self.say
        about = plan.root.label if say.chinese else words(plan.root.name)
        if plan.item is not None:
            fact = plan.item.collection.fact
            about = say("pack.each", about=about, items=fact.label if say.chinese else words(fact.name))
        title = p.title if say.chinese else f"{words(p.id).capitalize()} ({p.title})"
        return Clause.of(p.clause), title, about, Code(p.id)

    def _edition(self, span: tuple[dt.date, Pack]) -> tuple[Cell, ...]:
        begins, edition = span
        since = self.say("pack.beginning") if begins == BEGINNING else begins.isoformat()
        return since, edition.edition, Code(edition.content_hash[:12])

    def _figure(self, given: Parameter) -> str:
        return self.say.quantity(str(given.value), given.unit)

    def _reading(self, reading: Reading) -> Section:
        say = self.say
        ways = [
            (
                alternative.label if say.chinese else alternative.label_en,
                say("named"),
                Code(name),
                say("named_end"),
                say("pack.default") if name == reading.default else "",
            )
            for name, alternative in reading.alternatives.items()
        ]
        why = say("pack.open" if reading.default is None else "pack.because", because=reading.because)
        question = reading.question if say.chinese else reading.question_en
        return Section(say.cited(question, reading.clause), (Bullets(tuple(ways)), Line((why,))), folded=True)

    def _clause(self, clause: Numbered, row: Coverage) -> tuple[Cell, ...]:
        provisions = [Code(p) for p in row.provisions]
        separated = tuple(piece for p in provisions for piece in (self.say("comma"), p))[1:]
        about = clause.about
        told = about if row.note == about else self.say("titled", title=about, text=row.note)
        return Clause.of(row.clause), self.say(f"status.{row.status}"), told, separated
