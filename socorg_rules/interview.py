"""An interview about a case: the single most useful missing fact is asked for, until nothing that matters is missing.

What is missing is what the decisions say is missing, so that nothing is asked which no longer matters. Last of all
comes what a pack presumes: such a fact changes something only where the presumption is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .answer import Answer
from .assess import questions, read_changed
from .case import Case
from .case_edit import Edited, fact_at, forgotten, learned, told
from .decide import decide
from .decision import Finding
from .displayed import Displayed
from .errors import CaseError, Problem
from .evaluate import Evaluator
from .expr import Expr
from .facts import Fact
from .interview_query import Query, largest, query
from .known import Value
from .pack import Pack
from .place import Env, Place
from .plan import Plan
from .question import Question
from .typed import typed
from .words import Presumed

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

MOST = 500
"""How many items of a collection an answer can announce; more are read from a file."""


class Interview(Displayed):
    """A case that is asked for, question by question. It is made by `interview`.

    >>> talk = interview({"organization": {"status": "registered", "division": "310110"}}, "yangpu", "2023-06-01")
    >>> talk.question.path, talk.question.kind
    ('organization.payments', 'count')
    >>> talk.answer(0)
    >>> talk.case.to_dict()["organization"]["payments"]
    []
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._found = self._decided(question, question.plans)
        self._skipped: frozenset[str] = frozenset()
        self._before: list[tuple[Question, dict[Plan, Finding], frozenset[str], int]] = []
        self._next: Query | None = None
        self._is_known = False
        self.asked = 0

    # ------------------------------------------------------------------------------------------- what is asked

    @property
    def question(self) -> Query | None:
        """The most useful missing fact; None where nothing that matters is missing, save what was skipped."""
        if not self._is_known:
            self._next, self._is_known = next(self._useful(), None), True
        return self._next

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask."""
        return self.question is None

    @property
    def case(self) -> Case:
        """What is known by now."""
        return self._question.case

    @property
    def result(self) -> Answer:
        """The answer to what is known by now."""
        return Answer(self._question, tuple(self._found.items()))

    @property
    def skipped(self) -> tuple[str, ...]:
        """The paths of what was skipped."""
        return tuple(sorted(self._skipped))

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """What is asked next and why, what is known, and what is decided by now."""
        from .display.interview import interview_document  # noqa: PLC0415 - what is not shown costs nothing

        return interview_document(self, lang, whole=whole, folds=folds)

    # ------------------------------------------------------------------------------------------- what is answered

    def answer(self, value: object) -> None:
        """Answer the question: with a value as in a case file or as people write it, of a collection with how many.

        Raises:
            CaseError: the fact cannot hold the value, or the case would contradict itself; the question stays.
        """
        self._tell(self._current().path, value)
        self.asked += 1

    def skip(self) -> None:
        """Leave the question open: it is not known."""
        path = self._current().path
        self._keep()
        self._skipped |= {path}
        self.asked += 1

    def correct(self, path: str, value: object) -> None:
        """Tell any fact anew, also one that was skipped or told before; None takes it back.

        Raises:
            CaseError: the path leads nowhere, or the fact cannot hold the value; all stays as it was.
        """
        self._tell(path, value)

    def back(self) -> bool:
        """Undo the last answer, skip or correction; whether there was one."""
        if not self._before:
            return False
        self._question, self._found, self._skipped, self.asked = self._before.pop()
        self._is_known = False
        return True

    def _current(self) -> Query:
        if self.question is None:
            raise CaseError("nothing is asked any more; `correct` tells a fact anew")
        return self.question

    def _tell(self, path: str, value: object) -> None:
        edit = self._edit(path, value)
        question = self._question
        case = read_changed(question.case, edit.fact, edit.case, [question.pack])
        changed = question.about(case, edit.fact)
        found = self._decided(changed, [p for p in question.plans if edit.fact in p.facts])
        self._keep()
        self._question, self._found = changed, {**self._found, **found}
        self._skipped -= {path}

    def _edit(self, path: str, value: object) -> Edited:
        case = self.case
        fact = fact_at(case, path)
        if value is None:
            return forgotten(case, path)
        if fact is not None and fact.of is not None and isinstance(value, int | str):
            return self._announced(path, value)
        return learned(case, path, value if fact is None else typed(fact, value, path))

    def _announced(self, path: str, value: int | str) -> Edited:
        """Items of which only the number is known; what is needed of each is asked next."""
        told_now: Any = told(self.case, path)
        listed = told_now if isinstance(told_now, list) else told_now["items"] if told_now else []
        if isinstance(value, bool) or not (str(value).isdecimal() and int(value) <= MOST):
            raise CaseError(Problem(path, f"`{value}` is no number of items; write a whole number from 0 to {MOST}"))
        return learned(self.case, path, [*listed, *({} for _ in range(int(value)))])

    def _keep(self) -> None:
        self._before.append((self._question, self._found, self._skipped, self.asked))
        self._is_known = False

    def _decided(self, question: Question, plans: Iterable[Plan]) -> dict[Plan, Finding]:
        found = {plan: question.engine.decide(plan) for plan in plans}
        question.evaluator.refuse_contradictions()
        return found

    # --------------------------------------------------------------------------------------------- what is useful

    def _useful(self) -> Iterator[Query]:
        """What is missing, the most useful first; what is only presumed after all else."""
        yield from self._ranked(self._found, presumed=False)
        doubting = Doubting(Place(self.case.record, self.case.root.name), self._question.as_of, self._question.readings)
        yield from self._ranked({plan: decide(plan, doubting) for plan in self._found}, presumed=True)

    def _ranked(self, found: Mapping[Plan, Finding], *, presumed: bool) -> list[Query]:
        wanted: dict[str, list[tuple[Plan, Finding]]] = {}
        for plan, finding in found.items():
            for path in finding.missing:
                if path not in self._skipped:
                    wanted.setdefault(path, []).append((plan, finding))
        most = largest(found.values())
        asked = [
            query(self._question, path, self._fact(path), wants, unbounded=most, presumed=presumed)
            for path, wants in wanted.items()
        ]
        return sorted(asked, key=lambda q: q.usefulness, reverse=True)

    def _fact(self, path: str) -> Fact:
        fact = fact_at(self.case, path)
        assert fact is not None  # noqa: S101 - what is missing is a fact or a collection
        return fact


class Doubting(Evaluator):
    """The reference interpreter without presumptions: what is not known there counts as not known."""

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        return self.value(node.part, env) if isinstance(node, Presumed) else super().value(node, env)


def interview(
    case: object,
    pack: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
) -> Interview:
    """Begin an interview about a case, of which nothing but its root entity need be known: `{"organization": {}}`.

    Args:
        case: a `Case`, or whatever `load_case` reads.
        pack: an id, the path of a pack file, or a `Pack`.
        as_of: as for `assess`.
        readings: as for `assess`.

    Raises:
        CaseError: as for `assess`.
        PackError: the pack is not found or has mistakes.
    """
    (question,) = questions(case, [pack], as_of, readings, "reference")
    return Interview(question)
