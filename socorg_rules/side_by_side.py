"""A comparison of packs as a document: how many provisions of each kind, what is payable, then each provision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, get_args

from .document import Block, Bullets, Cell, Document, Line, Section, Table
from .explain import OUTCOMES, Data, Explainer, styled
from .phrases import Lang, Speech, words
from .provision import Kind

if TYPE_CHECKING:
    from .pack_comparison import PackComparison

NONE = "—"
"""What stands where a pack has nothing of the kind."""


def side_by_side(comparison: PackComparison, lang: Lang = "zh") -> Document:
    """An overview with a column for each pack, then a table for each kind of provision."""
    return _Tables(comparison, Speech(lang)).document()


class _Tables:
    def __init__(self, comparison: PackComparison, say: Speech) -> None:
        self.say, self.tell = say, Explainer(say, whole=False)
        self.answers = tuple(comparison.values())
        self.data: list[Data] = [answer.to_dict() for answer in self.answers]
        held = {d.kind for answer in self.answers for d in answer.decisions}
        self.kinds = [kind for kind in get_args(Kind) if kind in held]

    def document(self) -> Document:
        case = self.answers[0].question.case
        about = case.record.values.get("name") or (case.root.label if self.say.chinese else words(case.root.name))
        title = self.say("titled", title=about, text=self.say("side_by_side"))
        head = Bullets(tuple((line,) for line in self._head()))
        overview = Section((self.say("overview"),), tuple(self._overview()))
        return Document(self.say.lang, (title,), (head, overview, *map(self._kind, self.kinds)))

    def _head(self) -> Iterator[str]:
        """The day, and each pack with the place it is asked for."""
        asked = self.answers[0].question
        yield self.say("as_of_today" if asked.is_today else "as_of", day=asked.as_of.isoformat())
        for answer in self.answers:
            told = [self.say("titled", title=answer.pack.id, text=answer.pack.title)]
            if answer.question.moved_to:
                told.append(self.say("moved_to", division=answer.question.moved_to))
            if not answer.pack.normative:
                told.append(self.say("not_normative"))
            yield self.say.join(told, "stop")
        if any(answer.question.moved_to for answer in self.answers):
            yield self.say("moved")

    # ------------------------------------------------------------------------------------------- overview

    def _overview(self) -> Iterator[Block]:
        yield Line((self.say("cells", outcomes=" / ".join(map(self.say, OUTCOMES))),))
        rows = [(self.say(f"kind.{kind}"), *(_counts(data, kind) for data in self.data)) for kind in self.kinds]
        yield Table(("", *(answer.pack.id for answer in self.answers)), (*rows, *self._totals()))
        for data in self.data:
            left_out = [self.tell.left_out(data, name) for name in data["total"]["left_out"]]
            if left_out:
                told = self.say("left_out", names=self.say.join(left_out))
                yield Line((self.say("titled", title=data["pack"], text=told),))

    def _totals(self) -> Iterator[tuple[str, ...]]:
        """What is payable under each pack; sums of several packs are never added."""
        totals = [data["total"] for data in self.data]
        for payee in dict.fromkeys(payee for total in totals for payee in total if payee != "left_out"):
            for per in ("once", "month"):
                name = self.say("total_of", payee=self.tell.payee(payee), per=self.say(f"per.{per}"))
                yield (name, *(self.tell.sum(total[payee][per]) if payee in total else NONE for total in totals))

    # ------------------------------------------------------------------------------------------ each kind

    def _kind(self, kind: Kind) -> Section:
        head = tuple(self.say(word) for word in ("pack", "provision", "verdict", "what_of_it"))
        rows = (row for data in self.data for row in self._of_kind(data, kind))
        return Section((self.say(f"kind.{kind}"),), (Table(head, tuple(rows)),))

    def _of_kind(self, data: Data, kind: Kind) -> Iterator[tuple[Cell, ...]]:
        """What a pack has of a kind, each in a line; those that are not met in one."""
        mine = [d for d in data["decisions"] if d["kind"] == kind]
        for outcome in OUTCOMES[:-1]:
            for d in (d for d in mine if d["outcome"] == outcome):
                yield data["pack"], self.tell.title(d), self.say(styled(outcome, d, kind)), self._what(d)
        refused = [d for d in mine if d["outcome"] == "not_met"]
        if refused:
            reasons = Counter(d["reason"] for d in refused)
            why = (self.say("so_many", what=self.say(f"reason.{reason}"), n=n) for reason, n in reasons.items())
            told = self.say(styled("not_met", refused[0], kind))
            yield data["pack"], self.say("so_many.provisions", n=len(refused)), told, self.say.join(why)

    def _what(self, d: Data) -> str:
        """The sum, else what follows; of what is undetermined, how much is missing."""
        if d["outcome"] != "undetermined":
            return self.say.amount(d["payable"]) if d["payable"] and d["normative"] else d.get("result") or ""
        lacking = (name for name in ("missing", "text_gaps", "open_readings") if d[name])
        return self.say.join(self.say(f"so_many.{name}", n=len(d[name])) for name in lacking)


def _counts(data: Data, kind: Kind) -> str:
    counts = Counter(d["outcome"] for d in data["decisions"] if d["kind"] == kind)
    return " / ".join(str(counts[outcome]) for outcome in OUTCOMES) if counts else NONE
