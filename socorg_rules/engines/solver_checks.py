"""The questions of `verify`, put to the solver provision by provision."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import attrs

from ..decision import Finding, Outcome
from ..expr import walk
from ..pack import Pack
from ..plan import Plan
from ..provision import Grant
from ..refs import facts_read
from ..verify import Flaw, Kind
from ..words import Lookup
from .solver import FREE, Cases, TimedOut
from .solver_altered import Beside, counts_to
from .solver_bounds import Bounds
from .solver_finding import PAID, Found
from .solver_terms import Bool, both, conj, disj, eq
from .solver_witness import Replay

GRANTED = (Outcome.MET, Outcome.DISCRETIONARY)


def flaws_of(pack: Pack, bounds: Bounds) -> Iterator[Flaw]:
    """Everything that is found of a pack, in the order of its provisions, then what is found of its readings."""
    readings = _Readings()
    for plan in pack.plans.values():
        steps = _Steps(plan, bounds)
        yield from _outcomes(plan, steps)
        yield from _sums(plan, steps)
        yield from _tests(plan, steps)
        readings.ask(steps)
    for one, other in itertools.combinations(pack.plans.values(), 2):
        if _pay_alike(one, other):
            yield from _overlap(one, other, bounds)
    yield from readings.flaws()


class _Steps:
    """A provision beside its altered self, in ever more cases: what one step settles the next ones are not asked.

    First the cases that tell all; then those that leave facts untold (where something is presumed, only they tell);
    then those with more items, where different items are counted or rounds follow each other.
    """

    def __init__(self, plan: Plan, bounds: Bounds) -> None:
        self.plan = plan
        more = max(bounds.items + 1, counts_to(plan) + 1)
        self._bounds = (
            bounds,
            attrs.evolve(bounds, complete=False),
            attrs.evolve(bounds, items=more),
        )
        self._made: dict[int, Beside] = {}

    @property
    def first(self) -> Beside:
        """The provision in the cases that tell all."""
        return self.at(0)

    def at(self, step: int) -> Beside:
        """The provision in the cases of a step."""
        if step not in self._made:
            self._made[step] = Beside(self.plan, self._bounds[step])
        return self._made[step]

    def settle(self, ask: Callable[[Beside], bool]) -> bool | None:
        """Whether what is asked is so in the cases of some step; None where one of them did not answer in time."""
        late = False
        for step in range(len(self._bounds)):
            try:
                if ask(self.at(step)):
                    return True
            except TimedOut:
                late = True
        return None if late else False


def _flaw(kind: Kind, about: str, replay: Replay | None = None) -> Flaw:
    if replay is None:
        return Flaw(kind, about)
    return Flaw(kind, about, replay.case, replay.as_of, replay.readings)


def _outcomes(plan: Plan, steps: _Steps) -> Iterator[Flaw]:
    """Whether it can be met, and whether it can be refused."""
    id_ = plan.provision.id

    def asked(wanted: Callable[[Found], Bool]) -> Callable[[Beside], bool]:
        return lambda beside: beside.cases.ever(wanted(beside.cases.found[0]))

    for kind, wanted in (
        ("never_met", lambda f: f.granted),
        ("never_refused", lambda f: disj(f.states[PAID + 1 :])),
    ):
        answer = steps.settle(asked(wanted))
        if answer is None:
            yield Flaw("unsettled", f"{kind}:{id_}")
        elif not answer:
            yield Flaw(kind, id_)  # type: ignore[arg-type]


def _sums(plan: Plan, steps: _Steps) -> Iterator[Flaw]:
    """Whether the ends of what it grants cross, and whether a table of it grants nothing."""
    id_, cases = plan.provision.id, steps.first.cases
    found = cases.found[0]
    each = found.items if found.items is not None else ((True, found),)
    questions: list[tuple[Kind, Bool, Callable[[Finding], bool]]] = [
        ("crossed_range", disj(both(there, f.crossed) for there, f in each), lambda _: True)
    ]
    if plan.high is not None and any(isinstance(n, Lookup) for n in walk(plan.high)):
        nothing = disj(conj((there, f.granted, f.entitlement.bounded, eq(f.entitlement.high, 0))) for there, f in each)
        questions.append(("table_gap", nothing, _grants_nothing))
    for kind, wanted, shows in questions:
        try:
            replay = cases.search(wanted, lambda r, shows=shows: shows(r.findings[0]))  # type: ignore[misc]
        except TimedOut:
            yield Flaw("unsettled", f"{kind}:{id_}")
        else:
            if replay is not None:
                yield _flaw(kind, id_, replay)


def _grants_nothing(finding: Finding) -> bool:
    each = finding.items if finding.items is not None else (finding,)
    return any(f.outcome in GRANTED and f.entitlement is not None and f.entitlement.max == 0 for f in each)


def _tests(plan: Plan, steps: _Steps) -> Iterator[Flaw]:
    """Tests that never matter, that the others imply, or that never hold where they would matter."""
    kinds: dict[tuple[bool, bool], Kind] = {
        (False, False): "dead_test",
        (False, True): "implied_test",
        (True, False): "needless_test",
    }
    for i, test in enumerate(steps.first.tests):
        about = f"{plan.provision.id}:{test.name}"
        answers = [
            steps.settle(lambda beside, i=i, truth=truth: beside.matters(beside.tests[i], as_true=truth))  # type: ignore[misc]
            for truth in (True, False)
        ]
        if None in answers:
            yield Flaw("unsettled", f"test:{about}")
        elif False in answers:
            yield Flaw(kinds[bool(answers[0]), bool(answers[1])], about)


def _pay_alike(one: Plan, other: Plan) -> bool:
    """Whether two grants may pay for the same thing: items of one collection, or a sum of the same facts."""
    grants = isinstance(one.provision, Grant) and isinstance(other.provision, Grant)
    if not grants or one.root is not other.root:
        return False
    if one.item is not None and other.item is not None:
        return one.item.collection.fact is other.item.collection.fact
    sums = [facts_read(p.high) if p.high is not None and p.item is None else frozenset() for p in (one, other)]
    return bool(sums[0] & sums[1])


def _overlap(one: Plan, other: Plan, bounds: Bounds) -> Iterator[Flaw]:
    about = f"{one.provision.id}+{other.provision.id}"
    readings = dict.fromkeys((r.name for r in (*one.readings, *other.readings)), FREE)
    cases = Cases((one, other), readings, bounds)
    a, b = cases.found
    if a.items is None or b.items is None:
        wanted = both(a.granted, b.granted)
    else:
        pairs = zip(a.items, b.items, strict=True)
        wanted = disj(conj((there, x.granted, y.granted)) for (there, x), (_, y) in pairs)
    try:
        replay = cases.search(wanted, _both_pay)
    except TimedOut:
        yield Flaw("unsettled", f"overlap:{about}")
    else:
        if replay is not None:
            yield _flaw("overlap", about, replay)


def _both_pay(replay: Replay) -> bool:
    one, other = replay.findings
    each = one.items is not None and other.items is not None
    pairs = zip(one.items or (), other.items or (), strict=True) if each else ((one, other),)
    return any(a.outcome in GRANTED and b.outcome in GRANTED for a, b in pairs)


class _Readings:
    """Which alternatives have been seen to decide some case differently, in any provision."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, str], bool | None] = {}

    def ask(self, steps: _Steps) -> None:
        """Ask it of a provision, where no other has told."""
        for pair in steps.first.pairs():
            if not self._answers.get(pair):
                answer = steps.settle(lambda beside, pair=pair: beside.parts(*pair))  # type: ignore[misc]
                if answer is not False or pair not in self._answers:
                    self._answers[pair] = answer

    def flaws(self) -> Iterator[Flaw]:
        """The alternatives that no case tells apart."""
        for (name, one, other), parted in self._answers.items():
            if not parted:
                yield Flaw("idle_reading" if parted is False else "unsettled", f"{name}:{one}={other}")
