"""What stands under all readings as a document: the spread in money, what hangs on which reading, what stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .document import Block, Document, Inline, Line, Section, Table
from .explain import Explainer, styled
from .phrases import Lang, Speech, words
from .phrases_explore import EXPLORE

if TYPE_CHECKING:
    from .combinations import Choice
    from .decision import Outcome
    from .money import Amount
    from .robustness import Robustness, Standing


def robustness_document(found: Robustness, lang: Lang = "zh") -> Document:
    """The document of a robustness."""
    return _Tables(found, Speech(lang, EXPLORE)).document()


class _Tables:
    def __init__(self, found: Robustness, say: Speech) -> None:
        self.found, self.say = found, say
        self.readings = found.answer.pack.readings
        self.of = {"normative": found.answer.pack.normative}

    def document(self) -> Document:
        say, asked = self.say, self.found.answer.question
        about = asked.case.record.values.get("name") or (
            asked.case.root.label if say.chinese else words(asked.case.root.name)
        )
        title = say("titled", title=about, text=f"{asked.pack.title} {say('robustness')}")
        day = say("as_of_today" if asked.is_today else "as_of", day=asked.as_of.isoformat())
        return Document(say.lang, (title,), (Line((day,)), *self._blocks()))

    def _blocks(self) -> Iterator[Block]:
        say, found = self.say, self.found
        if not self.of["normative"]:
            yield Line((say("not_normative"),))
        if found.spreads:
            yield Section((say("spread"),), tuple(self._spread()))
        if found.hanging:
            sections = tuple(Section(self._title(s), tuple(self._hanging(s))) for s in found.hanging)
            yield Section((say("hanging", n=len(sections)),), sections)
        if found.standing:
            rows = tuple((self._title(s), self._verdict(s, s.outcome, s.payable)) for s in found.standing)
            table = Table((say("what"), say("verdict")), rows)
            yield Section((say("standing", n=len(rows)),), (table,))

    def _spread(self) -> Iterator[Block]:
        say, tell = self.say, Explainer(self.say, whole=False)
        head = tuple(say(w) for w in ("payee", "strictest", "as_chosen", "most_generous"))
        rows = []
        for s in self.found.spreads:
            name = say("titled", title=tell.payee(s.payee), text=say(f"per.{s.chosen.per}"))
            ends = (tell.sum(a.to_dict()) for a in (s.least, s.chosen, s.most))
            rows.append((name, *ends))
        yield Table(head, tuple(rows))
        for s, (name, *_) in zip(self.found.spreads, rows, strict=True):
            if not s.exact:
                yield Line((say("titled", title=name, text=say("only_bounds")),))
            elif s.least != s.most and s.least_under is not None and s.most_under is not None:
                for end, under in (("strictest", s.least_under), ("most_generous", s.most_under)):
                    told = say("titled", title=say(end), text=self._under({n: (a,) for n, a in under.items()}))
                    yield Line((say("titled", title=name, text=told),))

    def _hanging(self, s: Standing) -> Iterator[Block]:
        head = (self.say("verdict"), self.say("under"))
        rows = tuple(
            (self._verdict(s, v.outcome, v.payable), self.say.join((self._under(u) for u in v.under), "stop"))
            for v in s.verdicts
        )
        yield Line((self.say("as_chosen_is", verdict=self._verdict(s, s.outcome, s.payable)),))
        yield Table(head, rows)
        if not s.complete:
            yield Line((self.say("not_all_combinations"),))

    def _under(self, choice: Choice) -> str:
        """A combination of readings, in words."""
        told = []
        for name, taken in choice.items():
            of = self.readings[name].alternatives
            labels = (of[a].label if self.say.chinese else of[a].label_en for a in taken)
            quoted = (self.say("quoted", text=label) for label in labels)
            told.append(self.say("taken_of", reading=name, taken=self.say.join(quoted, "or_else")))
        return self.say.join(told) or self.say("any_reading")

    def _title(self, s: Standing) -> Inline:
        title = s.title if self.say.chinese else words(s.provision).capitalize()
        return self.say.cited(title, s.clause)

    def _verdict(self, s: Standing, outcome: Outcome, payable: Amount | None) -> str:
        told = self.say(styled(outcome.value, self.of, s.kind))
        if payable and self.of["normative"]:
            told = self.say.join((told, self.say("payable", amount=self.say.amount(payable.to_dict()))), "stop")
        return told
