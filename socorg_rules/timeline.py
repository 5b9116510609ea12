"""A case through time: for each provision the days on which it is decided in one way, and why that changes.

The days are derived from the rules and the facts: each decision says up to when time surely changes nothing in it, and
is made again on that day. No day in between is tried.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from .answer import Decision
from .assess import questions, read_day
from .decision import Finding, Outcome, Reason
from .displayed import Displayed
from .editions import repealed
from .errors import CaseError, Problem
from .money import Amount
from .pack import Pack
from .place import arrivals
from .plan import Plan
from .provision import Kind
from .question import Engine, Question, Reference
from .turning import Cause, causes, new_edition

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang


@attrs.frozen
class Span:
    """The longest run of days, both ends included, on which a provision is decided in one way.

    The fields from `outcome` on are those of a decision. `causes` says what made it so on its first day; nothing for
    the first span of a timeline.
    """

    start: dt.date
    end: dt.date
    outcome: Outcome
    reason: Reason | None
    entitlement: Amount | None
    payable: Amount | None
    missing: tuple[str, ...]
    text_gaps: tuple[str, ...]
    open_readings: tuple[str, ...]
    causes: tuple[Cause, ...] = ()

    @classmethod
    def of(cls, finding: Finding, start: dt.date, end: dt.date) -> Span:
        """The span of a finding."""
        f = finding
        state = f.outcome, f.reason, f.entitlement, f.payable, f.missing, f.text_gaps, f.open_readings
        return cls(start, end, *state)

    @property
    def state(self) -> tuple[object, ...]:
        """What makes two days alike."""
        return tuple(
            getattr(self, a.name) for a in attrs.fields(type(self)) if a.name not in {"start", "end", "causes"}
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the timeline schema."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "outcome": self.outcome.value,
            "reason": self.reason.value if self.reason else None,
            "entitlement": self.entitlement.to_dict() if self.entitlement else None,
            "payable": self.payable.to_dict() if self.payable else None,
            "missing": list(self.missing),
            "text_gaps": list(self.text_gaps),
            "open_readings": list(self.open_readings),
            "causes": [c.to_dict() for c in self.causes],
        }


@attrs.frozen
class Row:
    """A provision through time: its spans, without gaps, in order."""

    provision: str
    title: str
    kind: Kind
    clause: str
    spans: tuple[Span, ...]

    def on(self, day: dt.date) -> Span:
        """The span of a day.

        Raises:
            KeyError: the day lies outside the timeline.
        """
        for span in self.spans:
            if span.start <= day <= span.end:
                return span
        raise KeyError(day)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the timeline schema."""
        about = {k: getattr(self, k) for k in ("provision", "title", "kind", "clause")}
        return {**about, "spans": [s.to_dict() for s in self.spans]}


@attrs.frozen(eq=False)
class Timeline(Displayed, Mapping[str, Row]):
    """The provisions of a pack through time for one case, by id, in the pack's order; `start` and `end` included."""

    question: Question = attrs.field(repr=False)
    start: dt.date
    end: dt.date
    rows: tuple[Row, ...]

    def __getitem__(self, provision: str) -> Row:
        return {r.provision: r for r in self.rows}[provision]

    def __iter__(self) -> Iterator[str]:
        return (r.provision for r in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def changes(self) -> tuple[tuple[dt.date, Row, Span], ...]:
        """Every change by its day: the provision, and its span from that day on."""
        found = [(span.start, row, span) for row in self.rows for span in row.spans[1:]]
        return tuple(sorted(found, key=lambda change: change[0]))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the timeline schema (`socorg-rules schema timeline`)."""
        pack = self.question.pack
        return {
            "pack": pack.id,
            "edition": pack.edition,
            "normative": pack.normative,
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            "readings": dict(self.question.readings),
            "provisions": [r.to_dict() for r in self.rows],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """What changes when and why, as tables."""
        from .timeline_table import timeline_document  # noqa: PLC0415 - what is not shown costs nothing

        return timeline_document(self, lang)


def timeline(
    case: object,
    pack: str | Pack,
    start: dt.date | str,
    end: dt.date | str,
    readings: Mapping[str, str | None] | None = None,
    engine: str | None = None,
) -> Timeline:
    """How each provision is decided from one day to another, exact to the day, while nothing but time changes.

    Args:
        case: a `Case`, or whatever `load_case` reads.
        pack: an id, the path of a pack file, or a `Pack`.
        start: the first day, a date or ISO text.
        end: the last day, included.
        readings: as for `assess`.
        engine: as for `assess`.

    Raises:
        CaseError: the case, a day, a reading or the engine is not valid, or the case contradicts itself on some day.
        PackError: the pack is not found or has mistakes.

    >>> case = {"organization": {"status": "registered", "division": "310110", "established_on": "2022-03-10",
    ...         "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}], "payments": []}}
    >>> row = timeline(case, "yangpu", "2023-01-01", "2024-12-31")["opening_subsidy"]
    >>> [(str(s.start), s.outcome.value) for s in row.spans]
    [('2023-01-01', 'undetermined'), ('2023-05-20', 'met'), ('2024-03-11', 'not_met')]
    >>> [cause.text_en for span in row.spans for cause in span.causes]  # doctest: +NORMALIZE_WHITESPACE
    ['annual inspections no. 1 came to exist',
     'the end of 2 years from established on (2022-03-10) (2024-03-10) was passed']
    """
    days = (("start", start), ("end", end))
    problems = [Problem(name, "there is none; give a day") for name, day in days if day is None]
    first, last = read_day(start, problems, "start"), read_day(end, problems, "end")
    if not problems and last < first:
        problems.append(Problem("end", f"`{last}` is before `{first}`, where the timeline starts; exchange the two"))
    try:
        (question,) = questions(case, [pack], None if problems else first, readings, engine)
    except CaseError as error:
        raise CaseError([*problems, *error.problems]) from error
    if problems:
        raise CaseError(problems)
    return Timeline(question, first, last, tuple(_Days(question, last).rows()))


class _Days:
    """One question on every day that has to be looked at, each asked once for all provisions.

    Each day is decided by the edition of that day; a provision that it does not hold is not in force.
    """

    def __init__(self, question: Question, end: dt.date) -> None:
        self._question, self._end = question, end
        self._asked = {question.as_of: question}
        self._arrivals = [a for a in arrivals(question.case.record) if question.as_of < a[1] <= end]
        self._absent: dict[str, Plan] = {}

    def rows(self) -> Iterator[Row]:
        """Every provision that some edition of these days holds."""
        yield from map(self._row, dict.fromkeys(p.provision.id for q in self._editions() for p in q.plans))

    def _editions(self) -> Iterator[Question]:
        """The question on the first day of each edition."""
        question = self._question
        while True:
            yield question
            day = question.pack.succeeded_on
            if day is None or day > self._end:
                return
            question = self._on(day)

    def _plan(self, name: str, day: dt.date) -> Plan:
        """A provision as the edition of a day has it."""
        there = self._on(day).pack.plans.get(name)
        if there is None and name not in self._absent:
            self._absent[name] = repealed(next(p for q in self._editions() if (p := q.pack.plans.get(name))))
        return self._absent[name] if there is None else there

    def _engine(self, plan: Plan, day: dt.date) -> Engine:
        question = self._on(day)
        return Reference(question.evaluator) if plan in self._absent.values() else question.engine

    def _row(self, name: str) -> Row:
        """A provision through time."""
        spans: list[Span] = []
        for day, found in self._looked_at(name):
            span = Span.of(found, day, self._end)
            if spans and spans[-1].state == span.state:
                continue
            if spans:
                spans[-1] = attrs.evolve(spans[-1], end=day - dt.timedelta(days=1))
                span = attrs.evolve(span, causes=self._why(name, day))
            spans.append(span)
        p = next(q.pack.plans[name].provision for q in self._editions() if name in q.pack.plans)
        return Row(p.id, p.title, p.kind, p.clause, tuple(spans))

    def _looked_at(self, name: str) -> Iterator[tuple[dt.date, Finding]]:
        """What is decided on each day that can make it another, and when an item comes, which may contradict others."""
        day: dt.date | None = self._question.as_of
        while day is not None and day <= self._end:
            plan = self._plan(name, day)
            yield day, self._decided(plan, day)
            coming = (d for fact, d in self._arrivals if fact in plan.facts)
            turning = (self._engine(plan, day).until(plan), self._on(day).pack.succeeded_on, *coming)
            day = min((d for d in turning if d is not None and d > day), default=None)

    def _on(self, day: dt.date) -> Question:
        if day not in self._asked:
            self._asked[day] = self._question.moved(day)
        return self._asked[day]

    def _decided(self, plan: Plan, day: dt.date) -> Finding:
        question = self._on(day)
        found = self._engine(plan, day).decide(plan)
        try:
            question.evaluator.refuse_contradictions()
        except CaseError as error:
            raise CaseError([Problem(p.path, f"on {day}: {p.message}") for p in error.problems]) from error
        return found

    def _why(self, name: str, day: dt.date) -> tuple[Cause, ...]:
        eve = day - dt.timedelta(days=1)
        if self._on(eve).pack is not self._on(day).pack:
            return (new_edition(self._on(day).pack.edition),)
        plan = self._plan(name, day)
        before, after = (Decision(self._decided(plan, d), plan, self._on(d)).trace for d in (eve, day))
        return causes(before, after, day)
