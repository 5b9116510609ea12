"""The compiled engine: a pack becomes plain Python functions once, and a case is decided by calling them.

It finds exactly what the reference finds. Where its functions come out `None` (a fact is missing that matters, or
other ranges than those of open readings would have to be told), the provision is decided by the reference; `emit.py`
says why the rest is the same.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import NamedTuple

from ..calendar import NEVER
from ..decide import UNLISTED, decide, idle, together
from ..decision import Finding, Outcome, Reason
from ..evaluate import Evaluator
from ..facts import EntityType, Items, Record
from ..pack import Pack
from ..plan import Plan
from ..question import Question
from . import emit_plan
from .analysis import timed_plainly
from .emit import Emitter
from .running import KEPT, OPEN, Asked, Refer, Unlisted

NONE_LISTED = {reason: Finding(Outcome.NOT_MET, reason) for reason in Reason}
"""What would be found of an item where there is none."""
all_together = functools.lru_cache(KEPT)(together)  # the same findings come again and again, and are the same objects


REFUSED = {Reason.NOT_APPLICABLE, Reason.NOT_IN_FORCE, Reason.CONDITIONS}
"""Why a provision is not met, or is not for any of its items, whatever its sums and its payments are."""
ALL_OPEN = "all open"
"""The name of a question with all readings left open, among the others that were asked besides."""


class _Each(NamedTuple):
    """What a provision decides item by item: the collection, the fact that dates an item, an item not listed."""

    name: str
    dating: str | None
    unlisted: Unlisted

    @classmethod
    def of(cls, plan: Plan) -> _Each | None:
        """The items of a plan, where it is about items."""
        if plan.item is None:
            return None
        kind = plan.item.entity
        dating = kind.dating_fact.name if kind.dating_fact is not None else None
        return cls(plan.item.collection.fact.name, dating, Unlisted(kind, {}))


class _Functions(NamedTuple):
    """What was made of one provision."""

    each: _Each | None

    finding: Callable[..., Finding | object]
    turning: Callable[..., dt.date | None]
    of_none: Callable[..., Reason | None]
    timed_plainly: bool


def _never_asked(*_: object) -> None:
    """Why a provision is not met where there is no item, of one that is not about items."""


class Program:
    """The functions for the provisions of a pack about one root entity."""

    def __init__(self, pack: Pack, root: EntityType) -> None:
        self._numbers = {r.name: {name: i for i, name in enumerate(r.alternatives)} for r in pack.readings.values()}
        self._places = {name: i for i, name in enumerate(self._numbers)}
        plans, emit = self._emitted(pack.about(root))
        self.source = "\n\n".join(emit.functions)
        self.shared = emit.shared
        names = emit.names
        exec(compile(self.source, f"<{pack.id}, compiled>", "exec"), names)  # noqa: S102 - made from the rule tree
        self.functions = {
            plan: _Functions(
                _Each.of(plan),
                names[f"finding_{i}"],
                names[f"turning_{i}"],
                names.get(f"of_none_{i}", _never_asked),
                all(map(timed_plainly, plan.exprs)),
            )
            for i, plan in enumerate(plans)
        }
        self.taken = functools.lru_cache(KEPT)(self._taken)

    def _emitted(self, plans: tuple[Plan, ...]) -> tuple[tuple[Plan, ...], Emitter]:
        """The source of the provisions, but for those that nest too deep to be written; these are the reference's."""
        measures = [p.provision.measure.shortfall for p in plans if p.provision.measure is not None]
        emit = Emitter(self._numbers, [*(e for p in plans for e in p.exprs), *measures])
        for i, plan in enumerate(plans):
            try:
                emit_plan.finding(emit, plan, f"finding_{i}")
                emit_plan.turning(emit, plan, f"turning_{i}")
                if plan.item is not None:
                    emit_plan.of_none(emit, plan, f"of_none_{i}")
            except RecursionError:
                return self._emitted((*plans[:i], *plans[i + 1 :]))
        return plans, emit

    def _taken(self, readings: tuple[tuple[str, str | None], ...]) -> tuple[int | None, ...]:
        """The alternatives taken, by their numbers."""
        chosen = dict(readings)
        return tuple(n.get(chosen[name] or "") for name, n in self._numbers.items())

    def switched(self, taken: tuple[int | None, ...], reading: str, alternative: str) -> tuple[int | None, ...]:
        """These, but for one."""
        i = self._places[reading]
        return (*taken[:i], self._numbers[reading][alternative], *taken[i + 1 :])


@functools.lru_cache(64)
def program(pack: Pack, root: EntityType) -> Program:
    """The functions of a pack, made when they are first asked for."""
    return Program(pack, root)


class Compiled:
    """One question under the compiled engine; `reference` gives the interpreter for what it cannot tell."""

    def __init__(self, made: Program, root: Record, asked: Asked, reference: Callable[[], Evaluator]) -> None:
        self._made, self._root, self._asked, self._reference = made, root, asked, reference
        self._tried: dict[Plan, Finding | object] = {}
        self._others: dict[object, Compiled] = {}
        self.referred: dict[Plan, Finding] = {}

    @classmethod
    def of(cls, question: Question) -> Compiled:
        """The engine for a question."""
        made = program(question.pack, question.case.root)
        asked = Asked(question.as_of, made.taken(tuple(question.readings.items())), made.shared)
        return cls(made, question.case.record, asked, lambda: question.evaluator)

    def on(self, day: dt.date) -> Compiled:
        """The same question on a later day."""
        if day not in self._others:
            asked = Asked(day, self._asked.taken, self._made.shared)
            self._others[day] = Compiled(self._made, self._root, asked, lambda: self._evaluator.on(day))
        return self._others[day]

    def switched(self, reading: str, alternative: str) -> Compiled:
        """The same question with one reading switched."""
        key = reading, alternative
        if key not in self._others:
            asked = Asked(self._asked.day, self._made.switched(self._asked.taken, *key), self._made.shared)
            self._others[key] = Compiled(self._made, self._root, asked, lambda: self._evaluator.under(dict((key,))))
        return self._others[key]

    def idle(self, plan: Plan) -> frozenset[str]:
        """Readings on which a finding of compiled functions does not hang: those that are open, where it is settled,
        and all if it is the same when all are open."""
        found = self.decide(plan)
        if plan in self.referred or found.open_readings or found.is_paid:
            return idle(plan, self._evaluator, found)
        opened = self._opened().settled(plan)
        agreed = (
            opened is not None and not opened.open_readings and not opened.is_paid and opened.sums() == found.sums()
        )
        return frozenset(r.name for r in plan.readings if agreed or self._evaluator.readings[r.name] is None)

    def _opened(self) -> Compiled:
        """The same question with all readings left open; it is asked only for what is settled all the same."""
        if ALL_OPEN not in self._others:
            asked = Asked(self._asked.day, (None,) * len(self._asked.taken), self._made.shared)
            self._others[ALL_OPEN] = Compiled(self._made, self._root, asked, self._reference)
        return self._others[ALL_OPEN]

    @functools.cached_property
    def _evaluator(self) -> Evaluator:
        return self._reference()

    def decide(self, plan: Plan) -> Finding:
        """What is decided of a provision."""
        found = self._found(plan)
        if isinstance(found, Finding):
            return found
        if plan not in self.referred:
            self.referred[plan] = decide(plan, self._evaluator)
        return self.referred[plan]

    def outcome(self, plan: Plan) -> Outcome:
        """The outcome alone; what is undetermined costs nothing more to find than what is not."""
        return Outcome.UNDETERMINED if self._found(plan) is OPEN else self.decide(plan).outcome

    def settled(self, plan: Plan) -> Finding | None:
        """What is decided of a provision, where its functions settle that."""
        found = self._found(plan)
        return found if isinstance(found, Finding) else None

    def _found(self, plan: Plan) -> Finding | object:
        try:
            return self._tried[plan]
        except KeyError:
            pass
        try:
            found = self._tried[plan] = self._find(plan)
        except Refer:
            found = self._tried[plan] = None
        return found

    def until(self, plan: Plan) -> dt.date | None:
        """A day up to which what was decided of a provision surely stays as it is; None where it does for good."""
        referred, made = self.referred.get(plan), self._made.functions.get(plan)
        if made is None or (referred is not None and not made.timed_plainly):
            return decide(plan, self._evaluator).until if referred is None else referred.until
        try:
            turning = self._turning(plan, made)
        except Refer:
            return decide(plan, self._evaluator).until if referred is None else referred.until
        if referred is None or turning is None or referred.until is None:
            return turning if referred is None else None
        return max(turning, referred.until)  # neither is later than the first change

    def _find(self, plan: Plan) -> Finding | object:
        """A finding; `OPEN` where it is surely undetermined, None where the reference must say."""
        made = self._made.functions.get(plan)
        if made is None:
            return None
        values, asked, each = self._root.values, self._asked, made.each
        if each is None:
            return made.finding(values, asked)
        items = values.get(each.name)
        found = [made.finding(values, asked, record, f"{each.name}[{i}]") for i, record in self._here(each, items)]
        complete = items is not None and items.complete
        unseen: Finding | object = UNLISTED
        if not complete:
            unseen = made.finding(values, asked, each.unlisted, each.name)
            if isinstance(unseen, Finding) and unseen.outcome is not Outcome.NOT_MET:
                unseen = OPEN
        elif not found:
            reason = made.of_none(values, asked, each.unlisted)
            unseen = reason and NONE_LISTED[reason]
        if None in found or unseen is None:
            return None
        settled = tuple(f for f in found if isinstance(f, Finding))
        if len(settled) < len(found) or not isinstance(unseen, Finding):
            return OPEN if all(f.outcome is Outcome.NOT_MET for f in settled) else None
        return all_together(settled, unseen, complete=complete, paying=plan.settlement is not None)

    def _here(self, each: _Each, items: Items | None) -> list[tuple[int, Record]]:
        """The items that exist on the day, each with its place in the case."""
        listed = [*enumerate(items.records)] if items is not None else []
        if each.dating is None:
            return listed
        day, dating = self._asked.day, each.dating
        return [at for at in listed if (dated := at[1].values.get(dating)) is None or dated <= day]

    def _turning(self, plan: Plan, made: _Functions) -> dt.date | None:
        turning, values, each = made.turning, self._root.values, made.each
        found = self.referred.get(plan) or self._tried.get(plan)
        refused = isinstance(found, Finding) and found.reason in REFUSED
        if each is None:
            return turning(values, self._asked, refused)
        items: Items | None = values.get(each.name)
        days = [turning(values, self._asked, refused, each.unlisted)]
        for record in items.records if items is not None else ():
            dated = record.values.get(each.dating) if each.dating is not None else None
            if dated is None or dated <= self._asked.day:
                days.append(turning(values, self._asked, refused, record))
            elif dated != NEVER:
                days.append(dated)
        return min((d for d in days if d is not None), default=None)
