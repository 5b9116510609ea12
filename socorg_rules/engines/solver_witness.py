"""A case that the solver found, held against the reference and made as small and as plain as it gets."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from ..alike import Alike, shared
from ..case import Case, read_case
from ..decide import decide
from ..decision import Finding, Outcome
from ..errors import CaseError
from ..evaluate import Evaluator
from ..facts import OwnFacts
from ..payments import payment_mistakes
from ..place import Place
from ..plan import Plan
from .solver_nearest import Thresholds, distinct, nearest

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

    def __init__(
        self, plans: Iterable[Plan], own: tuple[OwnFacts, ...], readings: Readings, elsewhere: tuple[Plan, ...] = ()
    ) -> None:
        self.plans, self._own, self._readings = tuple(plans), own, readings
        self._paying = *self.plans, *elsewhere

    def __call__(self, plain: Plain, as_of: dt.date, chosen: Readings) -> Replay | None:
        """What is decided of a case; None where it is no case, or contradicts itself."""
        try:
            case = read_case(plain, [self.plans[0].root], self._own)
        except CaseError:
            return None
        if payment_mistakes(case.record, self._paying, frozenset):
            return None
        taken = {**self._readings, **chosen}
        record, findings = shared(case.record), []
        for plan in self.plans:
            evaluator = Alike(Place(record, case.root.name), as_of, self._of(plan, taken))
            findings.append(decide(plan, evaluator))
            if evaluator.problems:
                return None
        return Replay(case, as_of, taken, tuple(findings))

    def exactly(self, replay: Replay) -> Replay:
        """The same, with every fact that is missing: of many items that tell the same, only the first was told."""
        here = Place(replay.case.record, replay.case.root.name)
        readings = [self._of(plan, replay.readings) for plan in self.plans]
        found = [decide(p, Evaluator(here, replay.as_of, r)) for p, r in zip(self.plans, readings, strict=True)]
        return attrs.evolve(replay, findings=tuple(found))

    @staticmethod
    def _of(plan: Plan, taken: Readings) -> dict[str, str | None]:
        return {r.name: taken.get(r.name, r.default) for r in plan.readings}


Wanted = Callable[[Replay], bool]


def smallest(found: Replay, replay: Replayer, chosen: Readings, wanted: Wanted, *, any_day: bool) -> Replay:
    """A case that still shows what is wanted, none of whose facts can be left out, brought near the thresholds; under
    the defaults of all readings without which it does."""
    plain, taken = found.case.to_dict(), dict(chosen)
    firm = found.decided
    defaults = {r.name: r.default for plan in replay.plans for r in plan.readings}

    def shows(other: Plain, day: dt.date) -> Replay | None:
        made = replay(other, day, taken)
        return made if made is not None and wanted(made) and (made.decided or not firm) else None

    days = Thresholds(replay.plans).days_of_question() if any_day else []

    def by_default(best: Replay) -> Replay:
        for name in [n for n, alternative in taken.items() if alternative != defaults[n]]:
            kept, taken[name] = taken[name], defaults[name]
            made = next((m for d in (best.as_of, *days) if (m := shows(best.case.to_dict(), d)) is not None), None)
            best = made or best
            if made is None:
                taken[name] = kept
        return best

    best, start = by_default(found), 0
    while True:
        tried = itertools.islice(enumerate(_smaller(plain)), start, None)
        shown = ((n, smaller, made) for n, smaller in tried if (made := shows(smaller, best.as_of)) is not None)
        n, smaller, made = next(shown, (0, plain, best))
        if made is best and start == 0:
            break
        plain, best, start = smaller, made, n  # what failed before is tried once more at the end
    return replay.exactly(by_default(nearest(best, replay.plans, shows, any_day=any_day)))


def _smaller(plain: Any) -> Iterator[Any]:  # noqa: ANN401 - plain data
    """The same with one thing less, larger things first."""
    if isinstance(plain, list):
        yield from _fewer(plain)
    elif isinstance(plain, dict):
        names = sorted(plain, key=lambda n: not isinstance(plain[n], dict | list))
        fixed = len(plain) == 1 and isinstance(next(iter(plain.values())), dict)  # the root entity itself
        if not fixed and "complete" not in plain:
            yield from ({k: v for k, v in plain.items() if k != n} for n in names)
        for n in names:
            yield from ({**plain, n: less} for less in _smaller(plain[n]))


def _fewer(items: list[Any]) -> Iterator[list[Any]]:
    """The list without half of those alike, a quarter, and so on to one of them; then with the same less in each of
    them, in half, and so on to one."""
    alike = [(one, [i for i, other in enumerate(items) if other == one]) for one in distinct(items)]
    parts = [(size, at) for _, at in alike for size in _halves(len(at))]
    for size, at in sorted(parts, key=lambda part: -part[0]):
        gone = set(at[:size])
        yield [one for i, one in enumerate(items) if i not in gone]
    for one, at in alike:
        for less in _smaller(one):
            for size in dict.fromkeys((len(at), *_halves(len(at)))):
                changed = set(at[:size])
                yield [less if i in changed else other for i, other in enumerate(items)]


def _halves(number: int) -> list[int]:
    """Half of it, and half of that, down to one."""
    return [number >> n for n in range(1, number.bit_length())] or [1]
