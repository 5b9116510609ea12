"""A case file that lives: facts come, are corrected and withdrawn, days pass, and each step tells what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from .answer import Answer, Decision
from .assess import questions, read_changed, read_day
from .case import Case
from .case_change import Change, Changes, State, kinds
from .case_edit import Edited, forgotten, learned, told
from .decide import decide
from .decision import Finding
from .displayed import Displayed
from .editions import repealed
from .errors import CaseError, Problem
from .kept_decisions import kept_decisions, read_kept
from .pack import Pack
from .place import arrivals
from .plan import Plan
from .question import Question
from .value import shown

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

Subscriber = Callable[[Change], object]


class SubscriberErrors(ExceptionGroup[Exception]):
    """What subscribers have raised, once all were called. The file holds what it was told."""

    changes: tuple[Change, ...] = ()
    """What the call would have returned."""


class CaseFile(Displayed):
    """A case under one pack, kept up to date: what is told of it is decided at once, and every call says what changed.

    Several threads may use it; each call is whole before the next begins.

    Args:
        pack: the id of a pack, the path of a pack file, or a `Pack`.
        case: a `Case`, or whatever `load_case` reads.
        as_of: the day of the question, a date or ISO text; today where left out.
        readings: the alternative to take, by reading; None leaves a reading open.
        engine: which engine decides. All give the same answer; `forward` shows the rules that fired.
        decisions: of a file that was left and goes on, its `decisions` then: nothing is decided again until it must be.

    Raises:
        CaseError: the case, the day, a reading, the engine or the decisions are not valid.
        PackError: the pack is not found or has mistakes.

    >>> file = CaseFile("yangpu", {"organization": {"status": "registered", "division": "310110",
    ...     "established_on": "2022-03-10", "payments": []}}, "2023-06-01", engine="reference")
    >>> inspection = {"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}
    >>> changes = file.learn("organization.annual_inspections", inspection)
    >>> [c.kinds for c in changes if c.provision == "opening_subsidy"], file.answer["opening_subsidy"].outcome.value
    ([('changed_detail',)], 'undetermined')
    >>> changes = file.learn("organization.annual_inspections.complete", True)
    >>> [(c.kinds, c.because["learned"]) for c in changes if c.provision == "opening_subsidy"]
    [(('newly_met',), 'organization.annual_inspections.complete')]
    >>> [(c.provision, c.as_of) for c in file.advance("2024-03-11") if "no_longer_met" in c.kinds][0]
    ('opening_subsidy', '2024-03-11')
    """

    def __init__(
        self,
        pack: str | Pack,
        case: object,
        as_of: dt.date | str | None = None,
        readings: Mapping[str, str | None] | None = None,
        engine: str = "forward",
        decisions: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        (self._question,) = questions(case, [pack], as_of, readings, engine)
        self._subscribers: dict[object, Subscriber] = {}
        self._lock = RLock()
        self._found: dict[str, Finding] = {}
        self._states: dict[str, State] = {}
        self._next: dict[str, dt.date | None] = {}
        if decisions is None:
            self._found = self._decided(self._question, self._question.plans)
            self._states = dict(_states(self._found))
        else:
            self._states, self._next = read_kept(decisions, [p.provision.id for p in self._question.plans])

    @property
    def case(self) -> Case:
        """What is known now."""
        return self._question.case

    @property
    def as_of(self) -> dt.date:
        """The day of the question now."""
        return self._question.as_of

    @property
    def answer(self) -> Answer:
        """The whole answer, the one that `assess` gives to what is known now."""
        with self._lock:
            question = self._question
            self._found |= self._decided(question, [p for p in question.plans if p.provision.id not in self._found])
            return Answer(question, tuple((p, self._found[p.provision.id]) for p in question.plans))

    @property
    def decisions(self) -> dict[str, dict[str, Any]]:
        """Each decision with its next change as plain data, for a file that goes on later."""
        with self._lock:
            return kept_decisions(self._states, self._next_changes())

    @property
    def next_change(self) -> dt.date | None:
        """The next day on which some decision is another by the passing of time alone, one is made that was not, or one
        no longer: an edition may add and repeal provisions. None where there is no such day."""
        with self._lock:
            days = [d for d in self._next_changes().values() if d is not None]
            end = self._question.pack.succeeded_on
            if end is not None and {*self._question.pack.plans} != {*self._question.pack.whole.on(end).plans}:
                days.append(end)
            return min(days, default=None)

    @property
    def due(self) -> dt.date | None:
        """The next day on which the file has to be looked at: that of `next_change`, when an item comes to be, or when
        another edition takes over."""
        with self._lock:
            days = [d for _, d in arrivals(self.case.record) if d > self.as_of]
            others = (self.next_change, self._question.pack.succeeded_on)
            return min((*days, *(d for d in others if d is not None)), default=None)

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """What is known now, what is answered, and when that changes by itself."""
        from .display.changes import file_document  # noqa: PLC0415 - what is not shown costs nothing

        return file_document(self, lang, whole=whole, folds=folds)

    def learn(self, path: str, value: object) -> Changes:
        """Tell a fact, or tell it otherwise; what changed.

        Of a collection, a single item is added to it: an unknown collection is then open, and not complete. A list is
        all of it; so are its items once the path with `.complete` is told to be true.

        Args:
            path: as in answers, `organization.established_on`, `organization.assessments[0].grade`.
            value: as in a case file.

        Raises:
            CaseError: the changed case would not be valid; the file stays as it was.
            SubscriberErrors: subscribers have raised; the file is changed.
        """
        with self._lock:
            with self._whole():
                edit = learned(self.case, path, value)
                case = self._read(edit)
                because = {"learned": edit.path, "before": edit.before, "after": told(case, edit.path)}
                changes = self._tell(case, edit.fact, because)
            return self._called_back(changes)

    def would_be(self, path: str, value: object) -> Case:
        """The case after telling a fact, which this does not do.

        Raises:
            CaseError: as `learn` does.
        """
        with self._lock:
            return self._read(learned(self.case, path, value))

    def forget(self, path: str) -> Changes:
        """Take back what was known of a fact, an item or a whole collection; what changed.

        Raises:
            CaseError: nothing is known there, or the rest would not be valid; the file stays as it was.
            SubscriberErrors: subscribers have raised; the file is changed.
        """
        with self._lock:
            with self._whole():
                edit = forgotten(self.case, path)
                because = {"forgotten": edit.path, "before": edit.before}
                changes = self._tell(self._read(edit), edit.fact, because)
            return self._called_back(changes)

    def advance(self, to: dt.date | str) -> Changes:
        """Let days pass; what changed, each on its own day. Only decisions whose day has come are looked at, and those
        that find out whether the case contradicts itself by then.

        What comes and goes in between is told twice. `because` says from which day to which the file was moved.

        Raises:
            CaseError: it is no day, one before that of the file, or the file contradicts itself from some day on; the
                file stays as it was.
            SubscriberErrors: subscribers have raised; the file is changed.
        """
        problems: list[Problem] = []
        day = read_day("None" if to is None else to, problems, "to")  # no day is today here
        with self._lock:
            if not problems and day < self.as_of:
                problems.append(
                    Problem("to", f"`{day}` is before {self.as_of}, the day of this file; time only passes")
                )
            if problems:
                raise CaseError(problems)
            with self._whole():
                changes = tuple(self._pass(day))
            return self._called_back(changes)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back with each change, once the file holds it; the function that ends this.

        All subscribers are called, even where one of them raises. Other threads wait until they have returned.

        Raises:
            CaseError: it is nothing that can be called.
        """
        if not callable(callback):
            raise CaseError(Problem("callback", f"`{shown(callback)}` cannot be called; give what takes a `Change`"))
        token = object()
        self._subscribers[token] = callback

        def end() -> None:
            self._subscribers.pop(token, None)

        return end

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Do all of it or nothing, whatever is raised."""
        before = self._question, self._found.copy(), self._states.copy(), self._next.copy()
        try:
            yield
        except BaseException:
            self._question, self._found, self._states, self._next = before
            raise

    def _called_back(self, changes: tuple[Change, ...]) -> Changes:
        raised: list[Exception] = []
        for change in changes:
            for callback in tuple(self._subscribers.values()):
                try:
                    callback(change)
                except Exception as error:  # noqa: BLE001 - of somebody else, and raised below
                    raised.append(error)
        if raised:
            errors = SubscriberErrors("subscribers of a case file have raised; it holds what it was told", raised)
            errors.changes = changes
            raise errors
        return Changes(changes)

    def _pass(self, to: dt.date) -> Iterator[Change]:
        """Stop on each day up to this one on which something is due, and on this one."""
        begun = self.as_of.isoformat()

        def stop(day: dt.date) -> tuple[Change, ...]:
            due = {n for n, d in self._next_changes().items() if d is not None and d <= day}
            come = {fact for fact, d in arrivals(self.case.record) if self.as_of < d <= day}
            due |= {p.provision.id for p in self._question.plans if p.may_contradict(come)}
            question = self._question.moved(day)
            if question.pack is not self._question.pack:
                due |= {p.provision.id for p in question.plans}
            return self._step(question, due, {"advanced": day.isoformat(), "from": begun})

        while (due := self.due) is not None and due <= to:
            yield from stop(max(due, self.as_of))
        if self.as_of < to:
            yield from stop(to)

    def _read(self, edit: Edited) -> Case:
        return read_changed(self.case, edit.fact, edit.case, [self._question.pack])

    def _tell(self, case: Case, fact: str, because: Mapping[str, Any]) -> tuple[Change, ...]:
        affected = {p.provision.id for p in self._question.plans if fact in p.facts}
        return self._step(self._question.about(case, fact), affected, because)

    def _step(self, question: Question, affected: set[str], because: Mapping[str, Any]) -> tuple[Change, ...]:
        plans = [p for p in question.plans if p.provision.id in affected]
        found = self._decided(question, plans)
        # A provision that only one of two editions has is not in force under the other.
        come = [p for p in plans if p.provision.id not in self._states]
        was = self._states | _states(self._out_of_force(self._question, come))
        gone = self._gone(question)
        lost = self._out_of_force(question, gone)
        states = _states(found)
        self._question = question
        self._found = {n: f for n, f in self._found.items() if n not in lost} | found
        self._states = {n: s for n, s in self._states.items() if n not in lost} | states
        for name in (*affected, *lost):
            self._next.pop(name, None)
        found, states = found | lost, states | _states(lost)
        changed = [p for p in (*plans, *gone) if was[p.provision.id] != states[p.provision.id]]
        return tuple(self._change(p, found[p.provision.id], was[p.provision.id], because) for p in changed)

    def _gone(self, question: Question) -> list[Plan]:
        """The provisions that the edition of another day no longer has."""
        if question.pack is self._question.pack:
            return []
        here = {p.provision.id for p in question.plans}
        return [repealed(p) for p in self._question.plans if p.provision.id not in here]

    def _out_of_force(self, question: Question, plans: Iterable[Plan]) -> dict[str, Finding]:
        return {p.provision.id: decide(repealed(p), question.with_readings_of(p).evaluator) for p in plans}

    def _change(self, plan: Plan, found: Finding, before: State, because: Mapping[str, Any]) -> Change:
        p, after = plan.provision, found.to_dict()
        day = self._next_changes().get(p.id)
        return Change(
            provision=p.id,
            title=p.title,
            clause=p.clause,
            as_of=self.as_of.isoformat(),
            kinds=kinds(before, after),
            before=before,
            after=after,
            because=because,
            next_change=day.isoformat() if day else None,
            decision=Decision(found, plan, self._question.with_readings_of(plan)),
        )

    def _decided(self, question: Question, plans: Iterable[Plan]) -> dict[str, Finding]:
        found = {plan.provision.id: question.engine.decide(plan) for plan in plans}
        question.evaluator.refuse_contradictions()
        return found

    def _next_changes(self) -> Mapping[str, dt.date | None]:
        """When each decision is another by the passing of time alone; worked out once for each."""
        for plan in self._question.plans:
            name = plan.provision.id
            if name not in self._next:
                self._next[name] = self._question.next_change(plan)
        return self._next


def _states(found: Mapping[str, Finding]) -> dict[str, State]:
    return {name: finding.to_dict() for name, finding in found.items()}
