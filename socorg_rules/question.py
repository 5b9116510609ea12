"""A question: a case under a pack on a day, with the alternative taken of each reading; and the engine it is put to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import attrs

from .case import Case
from .decide import decide, idle
from .decision import Finding, Outcome
from .editions import repealed
from .errors import CaseError, Problem, nearest
from .evaluate import Evaluator
from .pack import Pack
from .place import Place
from .plan import Plan

if TYPE_CHECKING:
    from .tracing import Tracing


class Engine(Protocol):
    """What decides the provisions of one question. Every engine finds what the reference finds."""

    def decide(self, plan: Plan) -> Finding:
        """What is decided of a provision."""

    def outcome(self, plan: Plan) -> Outcome:
        """The outcome alone, where that is all that is asked for."""

    def until(self, plan: Plan) -> dt.date | None:
        """Of a provision that was decided: a later day up to which the passing of time surely changes nothing in it;
        None where it never does."""

    def on(self, day: dt.date) -> Engine:
        """The same question on a later day."""

    def switched(self, reading: str, alternative: str) -> Engine:
        """The same question with one reading switched."""

    def idle(self, plan: Plan) -> frozenset[str]:
        """Readings of a provision of which it is seen at once that no switch of them changes outcome or sums."""


class Reference:
    """The reference interpreter as an engine."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._found: dict[Plan, Finding] = {}
        self._others: dict[object, Reference] = {}

    def decide(self, plan: Plan) -> Finding:
        """What is decided of a provision."""
        if plan not in self._found:
            self._found[plan] = decide(plan, self._evaluator)
        return self._found[plan]

    def outcome(self, plan: Plan) -> Outcome:
        """Its outcome."""
        return self.decide(plan).outcome

    def until(self, plan: Plan) -> dt.date | None:
        """The first later day on which something that this was worked out from is another."""
        return self.decide(plan).until

    def on(self, day: dt.date) -> Reference:
        """The same question on a later day."""
        return self._other(day, lambda: self._evaluator.on(day))

    def switched(self, reading: str, alternative: str) -> Reference:
        """The same question with one reading switched."""
        return self._other((reading, alternative), lambda: self._evaluator.under({reading: alternative}))

    def idle(self, plan: Plan) -> frozenset[str]:
        """Readings that leave nothing open when they are left open themselves."""
        return idle(plan, self._evaluator, self.decide(plan))

    def _other(self, key: object, make: Callable[[], Evaluator]) -> Reference:
        if key not in self._others:
            self._others[key] = Reference(make())
        return self._others[key]


def _reference(question: Question) -> Engine:
    return Reference(question.evaluator)


def _compiled(question: Question) -> Engine:
    from .engines.compiled import Compiled  # noqa: PLC0415 - what is not asked for is not loaded

    return Compiled.of(question)


def _forward(question: Question) -> Engine:
    from .engines.forward import Forward  # noqa: PLC0415 - durable-rules is an extra

    return Forward(question)


ENGINES: Mapping[str, Callable[[Question], Engine]] = {
    "compiled": _compiled,
    "reference": _reference,
    "forward": _forward,
}
"""The engines that can decide, by name."""
NEEDS = {"forward": "a C compiler and a Python before 3.13"}
"""What the extra of an engine asks of the machine that it is installed on."""


def wrong_engine(name: str) -> Iterator[Problem]:
    """What is wrong with asking for an engine: there is none of this name, or what it needs is not installed."""
    if name not in ENGINES:
        yield Problem("engine", f"no engine is called `{name}`{nearest(name, ENGINES)}")
    elif name in NEEDS:
        try:
            import_module(f".engines.{name}", __package__)
        except ImportError as error:
            told = f"`{name}` cannot be used here ({str(error).rstrip('.')}); install `socorg-rules[{name}]`"
            yield Problem("engine", f"{told}, which needs {NEEDS[name]}")


@attrs.frozen(eq=False, slots=False)
class Question:
    """A case under a pack on a day, with the alternative taken of each reading (None: left open).

    `pack` is the edition in force on the day; `readings` are those of that edition, `chosen` what was chosen of them
    and of those of other editions. `moved_to` is the division that took the place of the case's own, where it is asked
    what holds elsewhere.
    """

    pack: Pack = attrs.field(repr=False)
    case: Case = attrs.field(repr=False)
    as_of: dt.date
    readings: Mapping[str, str | None]
    is_today: bool = False
    engine_name: str = "compiled"
    moved_to: str | None = None
    chosen: Mapping[str, str | None] = attrs.field(factory=dict)

    @cached_property
    def engine(self) -> Engine:
        """The engine that decides it. What was asked of it is kept: the decisions of one answer ask alike."""
        return ENGINES[self.engine_name](self)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The reference interpreter for this question."""
        return Evaluator(Place(self.case.record, self.case.root.name), self.as_of, self.readings)

    @cached_property
    def tracing(self) -> Tracing:
        """The reference interpreter that writes down its steps, for all decisions of this question."""
        from .tracing import Tracing  # noqa: PLC0415 - a trace costs nothing until it is asked for

        return Tracing(self.evaluator)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The provisions that are about such a case, in the pack's order."""
        return tuple(self.pack.about(self.case.root))

    def unknown(self, provision: str) -> str:
        """What to say of a word that is none of these: another edition has a provision of that name, or it is wrong."""
        having = [e for e in self.pack.whole.editions if provision in {p.provision.id for p in e.about(self.case.root)}]
        if not having:
            known = (p.provision.id for p in self.plans)
            return f"`{provision}` is no provision of {self.pack.id} about this case{nearest(provision, known)}"
        older = [e for e in having if e.since is None or e.since <= self.as_of]
        told = f"has repealed `{provision}`" if older else f"does not have `{provision}` yet"
        other = older[-1] if older else having[0]
        remedy = f"ask of a day on which edition `{other.edition}` decides, which has it"
        return f"edition `{self.pack.edition}` of {self.pack.id}, which decides on {self.as_of}, {told}; {remedy}"

    def moved(self, day: dt.date) -> Question:
        """The same question asked on a later day, under the edition then in force; what the reference knows and cannot
        have changed by then is kept.

        Raises:
            CaseError: another edition has not the alternative that was chosen of a reading.
        """
        edition = self.pack.whole.on(day)
        if edition is not self.pack:
            return attrs.evolve(self, pack=edition, readings=self._readings_under(edition), as_of=day, is_today=False)
        other = attrs.evolve(self, as_of=day, is_today=False)
        vars(other)["evaluator"] = self.evaluator.moved(day)
        return other

    def _readings_under(self, edition: Pack) -> Mapping[str, str | None]:
        taken = {name: self.chosen.get(name, default) for name, default in edition.default_readings.items()}
        there = f"in edition `{edition.edition}`"
        complaints = ((name, edition.readings[name].check(alternative)) for name, alternative in taken.items())
        problems = [Problem(f"readings.{name}", f"{told} {there}") for name, told in complaints if told]
        if problems:
            raise CaseError(problems)
        return taken

    def with_readings_of(self, plan: Plan) -> Question:
        """The same question put to a provision of another edition, whose readings this one may not have."""
        return attrs.evolve(self, readings={**{r.name: r.default for r in plan.readings}, **self.readings})

    def about(self, case: Case, fact: str) -> Question:
        """The same question about a case in which one fact is another; what the reference knows beside it is kept."""
        other = attrs.evolve(self, case=case)
        vars(other)["evaluator"] = self.evaluator.about(Place(case.record, case.root.name), fact)
        return other

    def next_change(self, plan: Plan) -> dt.date | None:
        """The next day on which another decision is found of a provision, by the passing of time alone.

        A provision that a later edition does not have is not in force under it.
        """
        question, engine = self, self.engine
        found = engine.decide(plan)
        while True:
            day, end = turning(engine, plan, found), question.pack.succeeded_on
            if end is None or (day is not None and day < end):
                return day
            question = question.moved(end)
            there = question.pack.plans.get(plan.provision.id)
            engine = Reference(question.with_readings_of(plan).evaluator) if there is None else question.engine
            plan = repealed(plan) if there is None else there
            if engine.decide(plan).state() != found.state():
                return end


def turning(engine: Engine, plan: Plan, found: Finding) -> dt.date | None:
    """The next day on which one edition decides a provision otherwise than was found."""
    until = engine.until(plan)
    while until is not None:
        later = engine.on(until)
        if later.outcome(plan) is not found.outcome:
            return until
        other = later.decide(plan)
        if other is not found and other.state() != found.state():
            return until
        until = later.until(plan)
    return None
