"""The questions of `verify`, put to the solver provision by provision."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence

import attrs

from ..canonical import Form, plan_form, taken_form
from ..change.settling import MOST_ITEMS
from ..decision import GRANTED, Finding
from ..evaluate import NO_ITEMS, Evaluator
from ..expr import walk
from ..facts import Type
from ..known import below
from ..pack import Pack
from ..place import Env, Place, members
from ..plan import Plan
from ..provision import Grant
from ..reads import items_read
from ..verify import Flaw, Kind
from ..words import Lookup
from .solver import GaveUp, Refused
from .solver_altered import Beside, compares
from .solver_bounds import Bounds
from .solver_facts import Spot
from .solver_finding import PAID, Found
from .solver_needed import needed
from .solver_overlap import Overlap, overlap
from .solver_terms import Bool, both, conj, disj, either, eq
from .solver_witness import Replay

WORK = 4_000_000
"""How much of z3's own work a question may cost where only a case would answer it: less than a second."""


Progress = Callable[[int, int], None]
"""What is told how many texts of how many are done."""


def flaws_of(pack: Pack, bounds: Bounds, beyond: list[str], progress: Progress) -> Iterator[Flaw]:
    """Everything that is found of a pack, in the order of its provisions, then what is found of its readings.

    `beyond` takes the provisions that tell more different items apart than are looked at, and hold a test of which no
    case shows that it matters: what does not matter among few may matter among many, so that nothing is said of it.
    """
    texts = _texts(pack)
    readings = _Readings()
    for done, text in enumerate(texts):
        progress(done, len(texts))
        for flaw in _of_one(text, bounds, beyond, readings):
            yield attrs.evolve(flaw, editions=text.editions)
    progress(len(texts), len(texts))
    for one, other in itertools.combinations(texts, 2):
        together = tuple(e for e in one.editions if e in other.editions)
        may = overlap(one.plan, other.plan) if together else None
        if may is not None:
            with contextlib.suppress(Refused):  # told above
                for flaw in _overlap(may, bounds):
                    yield attrs.evolve(flaw, editions=together)
    yield from readings.flaws([e.edition for e in pack.editions])


@attrs.frozen(eq=False)
class _Text:
    """A provision as the editions named have it; the plan is that of the newest of them, which is `pack`."""

    plan: Plan
    pack: Pack
    editions: tuple[str, ...]


def _texts(pack: Pack) -> list[_Text]:
    """Each text of each provision once, however many editions have it; first those of the newest, in its order."""
    held: dict[tuple[str, Form, Form], _Text] = {}
    for edition in reversed(pack.editions):
        for id_, plan in edition.plans.items():
            form = id_, plan_form(plan), taken_form(plan)
            later = held.get(form) or _Text(plan, edition, ())
            held[form] = attrs.evolve(later, editions=(edition.edition, *later.editions))
    return [*held.values()]


def _of_one(text: _Text, bounds: Bounds, beyond: list[str], readings: _Readings) -> Iterator[Flaw]:
    plan = text.plan
    try:
        steps = _Steps(plan, attrs.evolve(bounds, elsewhere=_elsewhere(text.pack, plan)))
    except Refused as form:
        yield Flaw("not_read", f"{plan.provision.id}:{form}")
        return
    outcomes = list(_outcomes(plan, steps))
    if steps.judges:
        yield from (*outcomes, *_sums(plan, steps), *_tests(plan, steps))
    else:
        yield from (*(f for f in outcomes if f.kind == "unsettled"), *_sums(plan, steps))
        if (outcomes or not _all_matter(steps)) and plan.provision.id not in beyond:
            beyond.append(plan.provision.id)
    readings.ask(steps, text.editions)


def _elsewhere(pack: Pack, plan: Plan) -> tuple[Plan, ...]:
    """Another provision of the pack that pays the same entity, if there is one."""
    others = (p for p in pack.about(plan.root) if p is not plan and isinstance(p.provision, Grant))
    return tuple(itertools.islice(others, 1))


class _Steps:
    """A provision beside its altered self, in ever more cases: what one step settles the next ones are not asked.

    First on one day on which it can be met, where the solver is quickest, with a few items and with one more (rounds
    follow each other); then on any day; then with facts untold (where something is presumed, only these tell).
    """

    def __init__(self, plan: Plan, bounds: Bounds) -> None:
        self.plan = plan
        self._bounds = [bounds, attrs.evolve(bounds, complete=False)]
        self._made: dict[Bounds, Beside] = {}
        day, need = self._a_day() or bounds.as_of, needed((plan,))
        sizes = [bounds.items, bounds.items + 1, *([need] if bounds.items + 1 < need <= MOST_ITEMS else [])]
        self._bounds[:0] = [attrs.evolve(bounds, as_of=day, items=n) for n in sizes]
        self.judges = need <= sizes[-1] and compares(plan) <= bounds.items + 1
        """Whether what does not matter in these cases matters in none."""

    def _a_day(self) -> dt.date | None:
        try:
            return self.first.cases.day_of(self.first.cases.found[0].granted)
        except GaveUp:
            return None

    @property
    def first(self) -> Beside:
        """The provision in the cases that tell all, on any day."""
        return self.at(self._bounds[-2])

    def at(self, bounds: Bounds) -> Beside:
        """The provision in the cases of a step."""
        if bounds not in self._made:
            self._made[bounds] = Beside(self.plan, bounds)
        return self._made[bounds]

    def settle(self, ask: Callable[[Beside], bool]) -> bool | None:
        """Whether what is asked is so in the cases of some step; None where one of them gave no answer."""
        late = False
        for bounds in self._bounds:
            try:
                if ask(self.at(bounds)):
                    return True
            except GaveUp:
                late = True
        return None if late else False

    def shows(self, ask: Callable[[Beside], bool]) -> bool:
        """Whether a case in which it is so is found on any day, with little work."""
        for bounds in self._bounds[-2:]:
            beside = self.at(bounds)
            with contextlib.suppress(GaveUp), beside.cases.with_little(WORK):
                if ask(beside):
                    return True
        return False


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
    questions: list[tuple[Kind, Bool, Callable[[Replay], bool]]] = [
        ("crossed_range", disj(both(there, f.crossed) for there, f in each), lambda replay: _crosses(plan, replay))
    ]
    if plan.high is not None and any(isinstance(n, Lookup) for n in walk(plan.high)):
        nothing = disj(
            conj(
                (there, f.granted, f.entitlement.bounded, eq(f.entitlement.high, 0), _table_is_empty(plan, steps, spot))
            )
            for there, f, spot in _each(plan, steps)
        )
        questions.append(("table_gap", nothing, _grants_nothing))
    for kind, wanted, shows in questions:
        try:
            replay = cases.search(wanted, shows)
        except GaveUp:
            yield Flaw("unsettled", f"{kind}:{id_}")
        else:
            if replay is not None:
                yield _flaw(kind, id_, replay)


def _each(plan: Plan, steps: _Steps) -> list[tuple[Bool, Found, Spot | None]]:
    """What is found, or what is found of each item, with whether it is there and where it stands."""
    cases = steps.first.cases
    found = cases.found[0]
    if plan.item is None or found.items is None:
        return [(True, found, None)]
    here = cases.reader.members(plan.item.collection, {}).here
    return [(there, f, spot) for (there, f), (_, spot) in zip(found.items, here, strict=True)]


def _table_is_empty(plan: Plan, steps: _Steps, spot: Spot | None) -> Bool:
    """That a table of what it grants comes to nothing; not one asked for other items, of which there may be none."""
    assert plan.high is not None  # noqa: S101 - asked of grants with a figure
    env = {} if plan.item is None or spot is None else {plan.item: spot}
    tables = [n for n in walk(plan.high) if isinstance(n, Lookup) and n.shape.type in {Type.MONEY, Type.NUMBER}]
    here = [n for n in tables if all(item in env for item in items_read(n))]
    read = [steps.first.cases.reader.value(n, env) for n in here]
    return disj(either(table.gone, eq(table.value, 0)) for table in read)


def _crosses(plan: Plan, replay: Replay) -> bool:
    """Whether the reference finds the least more than the most, where it grants something."""
    finding, (low, high) = replay.findings[0], (plan.low, plan.high)
    if low is None or high is None:
        return False
    place = Place(replay.case.record, replay.case.root.name)
    readings = {r.name: replay.readings.get(r.name, r.default) for r in plan.readings}
    reference = Evaluator(place, replay.as_of, readings)
    here = [] if plan.item is None else members(place, plan.item.collection.fact, replay.as_of).here
    each: list[tuple[Finding, Env]] = [(finding, NO_ITEMS)]
    if plan.item is not None:
        each = [(found, {plan.item: spot}) for found, spot in zip(finding.items or (), here, strict=True)]
    ends = [(f, reference.value(low, env), reference.value(high, env)) for f, env in each]
    return any(f.outcome in GRANTED and below(most.high, least.low) for f, least, most in ends)


def _grants_nothing(replay: Replay) -> bool:
    finding = replay.findings[0]
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
        answers = [steps.settle(_matters(i, as_true=truth)) for truth in (True, False)]
        if None in answers:
            yield Flaw("unsettled", f"test:{about}")
        elif False in answers:
            yield Flaw(kinds[bool(answers[0]), bool(answers[1])], about)


def _all_matter(steps: _Steps) -> bool:
    """Whether cases show of every test that it matters, taken as true and taken as false."""
    asked = ((i, truth) for i in range(len(steps.first.tests)) for truth in (True, False))
    return all(steps.shows(_matters(i, as_true=truth)) for i, truth in asked)


def _matters(i: int, *, as_true: bool) -> Callable[[Beside], bool]:
    """The question whether the test of this number matters, taken as true or as false."""
    return lambda beside: beside.matters(beside.tests[i], as_true=as_true)


def _overlap(found: Overlap, bounds: Bounds) -> Iterator[Flaw]:
    """Whether some case has two grants pay for the same."""
    about = f"{found.one.provision.id}+{found.other.provision.id}"
    try:
        replay = found.search(bounds)
    except GaveUp:
        yield Flaw("unsettled", f"overlap:{about}")
    else:
        if replay is not None:
            yield _flaw("overlap", about, replay)


class _Readings:
    """Which alternatives have been seen to decide some case differently, in any provision of an edition."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str, str], dict[str, bool | None]] = {}

    def ask(self, steps: _Steps, editions: tuple[str, ...]) -> None:
        """Ask it of a provision that these editions have, where no other one of theirs has told."""
        for pair in steps.first.pairs():
            answers = self._answers.setdefault(pair, {})
            open_ = [e for e in editions if not answers.get(e)]
            answer = steps.settle(lambda beside, pair=pair: beside.parts(*pair)) if open_ else None  # type: ignore[misc]
            if answer is False and not steps.judges:
                continue
            answers.update({e: answer for e in open_ if answer is not False or e not in answers})

    def flaws(self, editions: Sequence[str]) -> Iterator[Flaw]:
        """The alternatives that no case tells apart, each with the editions of which that is so."""
        kinds: dict[bool | None, Kind] = {False: "idle_reading", None: "unsettled"}
        for (name, one, other), answers in self._answers.items():
            for parted, kind in kinds.items():
                idle = tuple(e for e in editions if answers.get(e, True) is parted)
                if idle:
                    yield Flaw(kind, f"{name}:{one}={other}", editions=idle)
