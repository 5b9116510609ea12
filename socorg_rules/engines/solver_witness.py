"""A case that the solver found, held against the reference and made as small and as plain as it gets."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from .. import calendar
from ..calendar import NEVER
from ..case import Case, read_case
from ..decide import decide
from ..decision import Finding, Outcome
from ..errors import CaseError
from ..evaluate import Evaluator
from ..expr import Compare, Const, walk
from ..facts import EntityType, Fact, OwnFacts, Type
from ..payments import payment_mistakes
from ..place import Place
from ..plan import Plan
from ..refs import FactOf
from ..value import FIRST_YEAR, LAST_YEAR, write_value
from ..words import Clock, Shift

Plain = dict[str, Any]
Readings = Mapping[str, str | None]


@attrs.frozen(eq=False)
class Replay:
    """What the reference decides of one case: a finding for each provision that was asked about."""

    case: Case
    as_of: dt.date
    readings: Readings
    findings: tuple[Finding, ...]

    @property
    def decided(self) -> bool:
        """Whether none of them is left undetermined."""
        return all(f.outcome is not Outcome.UNDETERMINED for f in self.findings)


def decision(finding: Finding) -> tuple[object, ...]:
    """What makes two findings the same decision: all of them but what is missing or open, and how long it lasts."""
    shown = (finding.months_left, finding.measure, finding.checklist, finding.due, finding.result)
    duty = None if finding.duty is None else tuple(sorted(finding.duty.items()))
    sums = (finding.entitlement, finding.paid, finding.payable)
    items = None if finding.items is None else tuple(decision(i) for i in finding.items)
    return finding.outcome, finding.reason, *sums, *shown, duty, items


def apart(replay: Replay) -> bool:
    """Whether the first two provisions are decided differently; items are compared where both decide about items."""
    one, other = (decision(f) for f in replay.findings[:2])
    if one[-1] is None or other[-1] is None:
        one, other = one[:-1], other[:-1]
    return one != other


class Replayer:
    """Puts cases to the reference."""

    def __init__(self, plans: Iterable[Plan], own: tuple[OwnFacts, ...], readings: Readings) -> None:
        self.plans, self._own, self._readings = tuple(plans), own, readings

    def __call__(self, plain: Plain, as_of: dt.date, chosen: Readings) -> Replay | None:
        """What is decided of a case; None where it is no case, or contradicts itself."""
        try:
            case = read_case(plain, [self.plans[0].root], self._own)
        except CaseError:
            return None
        if payment_mistakes(case.record, self.plans, frozenset):
            return None
        taken = {**self._readings, **chosen}
        findings = []
        for plan in self.plans:
            readings = {r.name: taken.get(r.name, r.default) for r in plan.readings}
            evaluator = Evaluator(Place(case.record, case.root.name), as_of, readings)
            findings.append(decide(plan, evaluator))
            if evaluator.problems:
                return None
        return Replay(case, as_of, taken, tuple(findings))


Wanted = Callable[[Replay], bool]


def smallest(found: Replay, replay: Replayer, chosen: Readings, wanted: Wanted) -> Replay:
    """A case that still shows what is wanted, none of whose facts can be left out, brought near the thresholds."""
    plain = found.case.to_dict()
    firm = found.decided

    def shows(other: Plain, day: dt.date) -> Replay | None:
        made = replay(other, day, chosen)
        return made if made is not None and wanted(made) and (made.decided or not firm) else None

    best, shrunk = found, True
    while shrunk:
        shrunk = False
        for smaller in _smaller(plain):
            made = shows(smaller, best.as_of)
            if made is not None:
                plain, best, shrunk = smaller, made, True
                break
    return _nearest(plain, best, replay.plans, shows)


def _smaller(plain: Any) -> Iterator[Any]:  # noqa: ANN401 - plain data
    """The same with one thing less, larger things first."""
    if isinstance(plain, list):
        for i in range(len(plain)):
            yield plain[:i] + plain[i + 1 :]
        for i, one in enumerate(plain):
            yield from ([*plain[:i], less, *plain[i + 1 :]] for less in _smaller(one))
    elif isinstance(plain, dict):
        names = sorted(plain, key=lambda n: not isinstance(plain[n], dict | list))
        fixed = len(plain) == 1 and isinstance(next(iter(plain.values())), dict)  # the root entity itself
        if not fixed and "complete" not in plain:
            yield from ({k: v for k, v in plain.items() if k != n} for n in names)
        for n in names:
            yield from ({**plain, n: less} for less in _smaller(plain[n]))


# ------------------------------------------------------------------------------------------------- thresholds


Shows = Callable[[Plain, dt.date], Replay | None]


def _nearest(plain: Plain, best: Replay, plans: tuple[Plan, ...], shows: Shows) -> Replay:
    """Each day and quantity moved onto a threshold, or beside one, where that changes nothing."""
    near = Thresholds(plans)
    for day in near.days_of_question():
        made = shows(plain, day)
        if made is not None:
            best = made
            break
    ((name, root),) = plain.items()
    for fact, holder in list(_leaves(best.case.root, root)):
        key = fact.name.rpartition(".")[2]
        given = holder[key]
        for value in near.of(fact, best.as_of):
            holder[key] = value
            made = shows({name: copy.deepcopy(root)}, best.as_of)
            if made is not None:
                best = made
                break
            holder[key] = given
    return best


def _leaves(kind: EntityType, plain: Plain) -> Iterator[tuple[Fact, Plain]]:
    for name, value in plain.items():
        fact = kind.facts.get(name)
        if fact is None:
            continue  # a pack's own facts stay as they were found
        if fact.of is not None:
            for item in value["items"] if isinstance(value, dict) else value:
                yield from _leaves(fact.of, item)
        elif fact.type in {Type.DATE, Type.NUMBER, Type.MONEY}:
            yield fact, plain


class Thresholds:
    """The values with which provisions compare their facts, and those beside."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        nodes = {n for plan in plans for e in plan.exprs for n in walk(e)}
        self._values: dict[str, dict[Any, None]] = {}
        self._periods: dict[str, dict[calendar.Period, None]] = {}
        self._clock: dict[dt.date, None] = {}
        for node in nodes:
            if isinstance(node, Compare):
                self._note(node)

    def _note(self, node: Compare) -> None:
        below = [*walk(node.left), *walk(node.right)]
        values = [n.value for n in below if isinstance(n, Const)]
        for fact in (n.fact for n in below if isinstance(n, FactOf)):
            self._values.setdefault(fact.name, {}).update(dict.fromkeys(values))
            self._periods.setdefault(fact.name, {}).update(
                dict.fromkeys(n.period for n in below if isinstance(n, Shift))
            )
        if any(isinstance(n, Clock) for n in below):
            self._clock.update(dict.fromkeys(v for v in values if isinstance(v, dt.date) and v != NEVER))

    def days_of_question(self) -> list[dt.date]:
        """The days with which provisions compare the day of the question, and those beside."""
        days = [d + dt.timedelta(days=by) for by in (0, 1, -1) for d in sorted(self._clock)]
        return [d for d in days if FIRST_YEAR <= d.year <= LAST_YEAR]

    def of(self, fact: Fact, as_of: dt.date) -> list[object]:
        """What a fact can be told as so that it lies on a threshold, or beside one; as plain data."""
        known = self._values.get(fact.name, {})
        if fact.type is Type.DATE:
            anchors = [as_of, *sorted(v for v in known if isinstance(v, dt.date) and v != NEVER)]
            starts = [calendar.shift(a, _back(p)) for a in anchors for p in self._periods.get(fact.name, ())]
            days = [a + dt.timedelta(days=by) for by in (0, 1, -1) for a in (*starts, *anchors)]
            return [d.isoformat() for d in dict.fromkeys(days) if FIRST_YEAR <= d.year <= LAST_YEAR]
        numbers = sorted(v for v in known if not isinstance(v, bool | str | dt.date))
        unit = 100 if fact.type is Type.MONEY else 1
        near = [n + by for by in (0, unit, -unit) for n in (*numbers, 0)]
        return [write_value(fact, n) for n in dict.fromkeys(near) if fact.low is None or n >= fact.low]


def _back(period: calendar.Period) -> calendar.Period:
    return calendar.Period(years=-period.years, months=-period.months, days=-period.days)
