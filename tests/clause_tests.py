"""Cases made from the rule tree of any pack: one in which a provision is met, and its neighbours.

A case is found by asking the reference what is missing, trying the values that the pack's own constants suggest, and
giving up a value as soon as the provision is refused. No chance is involved.
"""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from socorg_rules.calendar import NEVER, day_after, month_of
from socorg_rules.case import read_case
from socorg_rules.decide import decide
from socorg_rules.decision import Finding, Outcome, Reason
from socorg_rules.errors import CaseError
from socorg_rules.evaluate import Evaluator
from socorg_rules.expr import And, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, walk
from socorg_rules.facts import EntityType, Fact, Payment, Type, entity_type
from socorg_rules.known import Value
from socorg_rules.money import to_yuan
from socorg_rules.pack import Pack
from socorg_rules.place import Env, Place
from socorg_rules.plan import Plan
from socorg_rules.refs import FactOf, Names, Pick, Quantified
from socorg_rules.words import ByReading, Clock, Condition, If, Lookup, Presumed, Shift

Case = dict[str, Any]
BUDGET = 900
"""How many cases are tried for one leaf before giving up."""

LEAST = 150
"""How many cases each value is given at least."""

LEAF = "*"
"""What is missing where a leaf is held unknown."""

GRANTED = frozenset({Outcome.MET, Outcome.DISCRETIONARY})


@attrs.frozen(eq=False)
class Leaf:
    """A test that is not made of tests, where it stands, and the readings under which it is looked at."""

    node: Expr
    part: Reason
    label: str
    readings: Mapping[str, str]
    presumed: bool = False


def leaves(plan: Plan) -> list[Leaf]:
    """Every leaf test of a provision's conditions, once."""
    parts = ((plan.reach, Reason.NOT_APPLICABLE), (plan.force, Reason.NOT_IN_FORCE), (plan.when, Reason.CONDITIONS))
    found: dict[Expr, Leaf] = {}
    for expr, reason in parts:
        for leaf in _leaves(expr, reason, "", {}, presumed=False):
            found.setdefault(leaf.node, leaf)
    return list(found.values())


def _leaves(  # noqa: C901, PLR0912 - one case for each node
    node: Expr, part: Reason, name: str, taken: Mapping[str, str], *, presumed: bool
) -> Iterator[Leaf]:
    match node:
        case Condition():
            yield from _leaves(node.test, part, node.id, taken, presumed=presumed)
        case Presumed():
            yield from _leaves(node.part, part, name, taken, presumed=True)
        case ByReading():
            for alternative, expr in node.alternatives.items():
                if taken.get(node.reading.name, alternative) == alternative:
                    yield from _leaves(expr, part, name, {**taken, node.reading.name: alternative}, presumed=presumed)
        case And() | Or():
            for one in node.parts:
                yield from _leaves(one, part, name, taken, presumed=presumed)
        case Not():
            yield from _leaves(node.part, part, name, taken, presumed=presumed)
        case Quantified():
            yield from _leaves(node.test, part, name, taken, presumed=presumed)
        case Pick():
            yield from _leaves(node.value, part, name, taken, presumed=presumed)
        case If():
            for one in (node.test, node.then, node.otherwise):
                yield from _leaves(one, part, name, taken, presumed=presumed)
        case Lookup():
            for one in (*node.rows.values(), *([node.otherwise] if node.otherwise is not None else [])):
                yield from _leaves(one, part, name, taken, presumed=presumed)
        case Compare() | OneOf() | Contains() | InDivision() | FactOf() | Names():
            yield Leaf(node, part, " ".join(filter(None, (name, told(node)))), taken, presumed)
        case _:  # a constant, or a text gap: nothing that a fact could turn
            return


def told(node: Expr) -> str:  # noqa: PLR0911 - one case for each node
    """A short name of a leaf."""
    match node:
        case Compare():
            return f"{told(node.left)} {node.op} {told(node.right)}"
        case OneOf():
            return f"{told(node.of)} in {'/'.join(map(told, node.values))}"
        case Contains():
            return f"{told(node.list)} contains {told(node.value)}"
        case InDivision():
            return f"{told(node.of)} within {'/'.join(node.codes)}"
        case FactOf():
            return f"{node.owner.entity.name}.{node.fact.name}"
        case Const():
            return str(to_yuan(node.value)) if node.kind.type is Type.MONEY else str(node.value)  # type: ignore[arg-type]
        case Clock():
            return f"this {node.grain}"
        case Shift():
            return f"{told(node.start)}+{node.period}"
        case _:
            return type(node).__name__.lower()


class Forced(Evaluator):
    """The reference, with one leaf held at a value whatever the facts."""

    leaf: Expr | None = None
    value_of_leaf: bool | None = None

    def value(self, node: Expr, env: Env) -> Value:
        if node is self.leaf:
            held = self.value_of_leaf
            return Value(False, True, (LEAF,)) if held is None else Value(held, held)
        if self.value_of_leaf is None and isinstance(node, Presumed):  # a presumption would hide the leaf
            return self.value(node.part, env)
        return super().value(node, env)


class Watching(Evaluator):
    """The reference, noting what every leaf came to."""

    def __init__(self, *args: Any) -> None:  # noqa: ANN401
        super().__init__(*args)
        self.seen: dict[Expr, list[bool | None]] = {}

    def value(self, node: Expr, env: Env) -> Value:
        found = super().value(node, env)
        if isinstance(node, Compare | OneOf | Contains | InDivision | FactOf | Names) and not isinstance(
            found.low, str
        ):
            self.seen.setdefault(node, []).append(found.truth)
        return found


@attrs.frozen(eq=False, slots=False)
class Asked:
    """One provision under one set of readings."""

    pack: Pack
    plan: Plan
    readings: Mapping[str, str | None]

    def evaluator(self, case: Case, as_of: dt.date, kind: type[Evaluator] = Evaluator) -> Evaluator:
        record = read_case(case, [self.plan.root], self.pack.own).record
        return kind(Place(record, self.plan.root.name), as_of, self.readings)

    def decide(self, case: Case, as_of: dt.date) -> Finding | None:
        """What is decided; None where the case contradicts itself."""
        return self._decide(self.evaluator(case, as_of))

    def forced(self, case: Case, as_of: dt.date, leaf: Expr, *, value: bool | None) -> Finding | None:
        """What would be decided if only this leaf were true, or false, or unknown."""
        ev = self.evaluator(case, as_of, Forced)
        assert isinstance(ev, Forced)
        ev.leaf, ev.value_of_leaf = leaf, value
        return self._decide(ev)

    def _decide(self, ev: Evaluator) -> Finding | None:
        """Of a provision about items, what is decided of the first."""
        found = decide(self.plan, ev)
        return None if ev.problems else found.items[0] if found.items else found

    def leaf_values(self, case: Case, as_of: dt.date) -> dict[Expr, list[bool | None]]:
        """What every leaf came to, for each item that it was asked of."""
        ev = self.evaluator(case, as_of, Watching)
        assert isinstance(ev, Watching)
        decide(self.plan, ev)
        return ev.seen

    # ------------------------------------------------------------------------------------------- what may be tried

    @cached_property
    def constants(self) -> dict[Type, list[Any]]:
        """The constants of the provision, by type, each with its neighbours; those of its tests first."""
        found: dict[Type, dict[Any, None]] = {}
        for expr in self.plan.exprs:
            for node in walk(expr):
                if isinstance(node, Const):
                    row = found.setdefault(node.kind.type, {})
                    for near in neighbours(node.value):
                        row[near] = None
                if isinstance(node, InDivision):
                    found.setdefault(Type.DIVISION, {}).update(dict.fromkeys(node.codes))
                if isinstance(node, Lookup):
                    found.setdefault(Type.TEXT, {}).update(dict.fromkeys(node.rows))
        return {type_: list(row) for type_, row in found.items()}

    @cached_property
    def beside(self) -> dict[str, list[Any]]:
        """The texts that each fact is compared with, by its name."""
        found: dict[str, list[Any]] = {}
        for node in (n for e in self.plan.exprs for n in walk(e)):
            match node:
                case Compare(left=FactOf() as read, right=Const() as const):
                    found.setdefault(read.fact.name, []).append(const.value)
                case OneOf(of=FactOf() as read):
                    found.setdefault(read.fact.name, []).extend(v.value for v in node.values if isinstance(v, Const))
                case Lookup(key=FactOf() as read):
                    found.setdefault(read.fact.name, []).extend(node.rows)
        return found

    @cached_property
    def periods(self) -> list[Shift]:
        return [n for e in self.plan.exprs for n in walk(e) if isinstance(n, Shift)]

    def days(self) -> list[dt.date]:
        """The days on which to ask: in force, each near a date of the document, the middle of its years first."""
        dates = [d for d in self.constants.get(Type.DATE, []) if NEVER > d]
        ends = sorted(d for d in dates) or [dt.date(2023, 6, 15)]
        middle = ends[0] + (ends[-1] - ends[0]) / 2
        empty: Case = {self.plan.root.name: {}}
        tried = dict.fromkeys((dt.date(2023, 6, 15), middle, *ends, *(d + dt.timedelta(days=400) for d in ends)))
        alive = [d for d in tried if (f := self.decide(empty, d)) and f.reason is not Reason.NOT_IN_FORCE]
        return [d for d in alive if (f := self.decide(empty, d)) and f.outcome is not Outcome.NOT_MET] or alive

    def candidates(self, fact: Fact, as_of: dt.date) -> list[Any]:  # noqa: C901, PLR0911 - one case for each type
        """What a fact may be, in case files' form, the likeliest first."""
        known = self.constants.get(fact.type, [])
        match fact.type:
            case Type.YES_NO:
                return [True, False]
            case Type.ITEMS:
                many: list[Any] = [[{}], [], [{}, {}], [{}, {}, {}]]
                return [[], *many] if fact.of is entity_type(Payment) else many
            case Type.TEXT:
                listed = (
                    list(fact.values) if fact.values and not fact.open_values else [*known, *fact.values, "甲", "乙"]
                )
                return list(dict.fromkeys([*self.beside.get(fact.name, []), *listed]))
            case Type.TEXTS:
                words = list(fact.values) or [*self.constants.get(Type.TEXT, []), "甲"]
                return [words, [], *([w] for w in words)]
            case Type.NUMBERS:
                year = as_of.year
                every = [year, year - 1, year + 1] if fact.unit == "年" else list(range(1, 13))
                return [*([n] for n in every), every, []]
            case Type.MONTHS:
                month = month_of(as_of)
                return [[month], [], [f"{as_of.year - 1}-01"]]
            case Type.DIVISION:
                codes = [c for c in known if len(c) in {2, 4, 6, 9, 12}]
                return [*codes, *(c.ljust(6, "0")[:4] + "99" for c in codes), "990000"]
            case Type.DATE:
                return ["never" if d == NEVER else d.isoformat() for d in self._dates(as_of, known)]
            case Type.MONTH:
                return list(dict.fromkeys(month_of(d) for d in self._dates(as_of, []) if d < dt.date(3000, 1, 1)))
            case Type.MONEY:
                return [str(to_yuan(n)) for n in dict.fromkeys([*known, 0, 100_00, 10**9]) if n >= 0]
        numbers: list[Any] = [n for n in known if not isinstance(n, bool)]
        if fact.unit == "年":
            numbers = [as_of.year, as_of.year - 1, as_of.year - 2, as_of.year + 1, *numbers]
        return [_number(n) for n in dict.fromkeys([*numbers, 0, 1, 2, 3, 10**6]) if _fits(n, fact)]

    def _dates(self, as_of: dt.date, known: list[dt.date]) -> list[dt.date]:
        """Days around the question's, the document's, and those from which a period ends there."""
        month = dt.timedelta(days=31)
        found = [as_of, as_of - month, as_of - 12 * month, *known, NEVER]
        for shift in self.periods:
            span = shift.period.years * 366 + shift.period.months * 31 + shift.period.days
            back = as_of - dt.timedelta(days=span)
            found += [back + dt.timedelta(days=2), back - dt.timedelta(days=5), back - dt.timedelta(days=40)]
        found += [as_of - dt.timedelta(days=1), as_of + dt.timedelta(days=1), dt.date(as_of.year, 1, 1)]
        found += [as_of - n * 12 * month for n in (2, 3, 5, 8, 30)]
        return list(dict.fromkeys(found))


def neighbours(value: Any) -> list[Any]:  # noqa: ANN401
    """A constant, and what lies right below and above it."""
    match value:
        case bool() | str():
            return [value]
        case int():
            return [value, value - 1, value + 1]
        case Fraction():
            step = Fraction(1, 1000)
            return [value, value - step, value + step]
        case dt.date() if value != NEVER:
            return [value, value - dt.timedelta(days=1), value + dt.timedelta(days=1)]
    return [value]


def _number(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, int) else str(float(value))


def _fits(value: Any, fact: Fact) -> bool:  # noqa: ANN401
    whole = not fact.whole or Fraction(value).denominator == 1
    finite = Fraction(value).denominator in {1, 2, 4, 5, 8, 10, 100, 1000, 500, 200, 250, 125, 50, 20, 25, 40}
    return whole and finite and (fact.low is None or value >= fact.low) and (fact.high is None or value <= fact.high)


# ------------------------------------------------------------------------------------------------- facts by their paths


def steps(path: str) -> list[str | int]:
    """`guild.badges[0].grade` as the keys that lead there."""
    return [int(s[1:-1]) if s.startswith("[") else s for s in re.findall(r"[^.\[]+|\[\d+\]", path)]


def given(case: Case, path: str, value: object) -> Case:
    """The case with one fact told, or no longer told (None)."""
    made = copy.deepcopy(case)
    here: Any = made
    *way, last = steps(path)
    for step, then in itertools.pairwise([*way, last]):
        if isinstance(here, dict) and step not in here:
            here[step] = [] if isinstance(then, int) else {}
        here = here[step]
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return made


def fact_at(pack: Pack, kind: EntityType, path: str) -> Fact:
    """The declaration of the fact at a path."""
    fact: Fact | None = None
    names = [s for s in steps(path)[1:] if isinstance(s, str)]
    while names:
        name = names.pop(0)
        if name not in kind.facts and names:
            name = f"{name}.{names.pop(0)}"
        own = {f.name: f for o in pack.own if o.entity is kind for f in o.facts.values()}
        fact = {**kind.facts, **own}[name]
        kind = fact.of or kind
    assert fact is not None
    return fact


def paths(case: Case, node: Expr) -> list[str]:
    """Where the facts below a node stand in a case: for an item's, in each item that is listed."""
    found: dict[str, None] = {}
    for one in walk(node):
        if isinstance(one, FactOf):
            found.update(dict.fromkeys(_places(case, one)))
    return list(found)


def _places(case: Case, node: FactOf) -> Iterator[str]:
    chain = []
    owner = node.owner
    while hasattr(owner, "collection"):
        chain.append(owner.collection.fact.name)
        owner = owner.collection.owner

    def below(here: Any, path: str, rest: list[str]) -> Iterator[str]:  # noqa: ANN401
        if not rest:
            name: Any = here
            for step in node.fact.name.split("."):
                name = name.get(step) if isinstance(name, dict) else None
            if name is not None:
                yield f"{path}.{node.fact.name}"
            return
        for i, one in enumerate(here.get(rest[0]) or []):
            yield from below(one, f"{path}.{rest[0]}[{i}]", rest[1:])

    yield from below(case[owner.entity.name], owner.entity.name, chain[::-1])


# -------------------------------------------------------------------------------------------------------- the search


class Search:
    """Depth first over the facts that the reference says are missing."""

    def __init__(
        self, asked: Asked, as_of: dt.date, leaf: Expr | None = None, budget: int = BUDGET, *, sparing: bool = False
    ) -> None:
        self.asked, self.as_of, self.leaf, self.left, self.sparing = asked, as_of, leaf, budget, sparing
        self.read = {n.fact.name for n in walk(leaf) if isinstance(n, FactOf)} if leaf is not None else set()

    def met(self, case: Case) -> Case | None:
        """A case in which the provision is met and, where a leaf is given, hangs on that leaf."""
        self.left -= 1
        found = self.asked.decide(case, self.as_of) if self.left > 0 else None
        if found is None or found.outcome is Outcome.NOT_MET:
            return None
        open_ = found.missing if found.outcome is Outcome.UNDETERMINED else ()
        if self.leaf is not None:
            if not self._matters(case, self.leaf):
                return None
            sides = [self.asked.forced(case, self.as_of, self.leaf, value=v) for v in (True, False)]
            open_ = (*open_, *(m for s in sides if s and s.outcome is Outcome.UNDETERMINED for m in s.missing))
            refused = [s is None or s.outcome is Outcome.NOT_MET for s in sides]
            if not open_ and not any(refused):
                return None
        if not open_:
            return case if found.outcome in GRANTED else None
        return self._try(case, min(open_, key=self._concern))

    def _matters(self, case: Case, leaf: Expr) -> bool:
        """Whether the leaf, were it unknown, would be among what leaves the provision open."""
        found = self.asked.forced(case, self.as_of, leaf, value=None)
        return found is not None and LEAF in found.missing

    def _concern(self, path: str) -> bool:
        """What the leaf itself reads is tried first: a value under which it does not matter is soon given up."""
        return re.sub(r"\[\d+\]", "", path).rpartition(".")[2] not in self.read

    def _try(self, case: Case, path: str) -> Case | None:
        fact = fact_at(self.asked.pack, self.asked.plan.root, path)
        cases = [given(case, path, value) for value in self.asked.candidates(fact, self.as_of)]
        for one in sorted(cases, key=self._openness) if self.sparing else cases:
            # A sparing search lets no value use up all that is left: the one that is needed may come late.
            limit = min(self.left, max(LEAST, self.left // 3)) if self.sparing else self.left
            kept, self.left = self.left - limit, limit
            try:
                found = self.met(one)
            except CaseError:
                found = None
            self.left += kept
            if found is not None or self.left <= 0:
                return found
        return None

    def _openness(self, case: Case) -> int:
        """What no fact can close counts against a value."""
        self.left -= 1
        try:
            found = self.asked.decide(case, self.as_of)
        except CaseError:
            found = None
        return 99 if found is None else len(found.gaps) + len(found.open_readings)


@attrs.frozen(eq=False)
class Met:
    """A case in which a provision is met, on a day and under readings."""

    asked: Asked
    as_of: dt.date
    case: Case


def find_met(pack: Pack, plan: Plan, leaf: Leaf | None = None) -> Met | None:
    """A case in which a provision is met, with open readings left open where that can be."""
    wanted = dict(leaf.readings) if leaf else {}
    left = BUDGET
    for readings in _readings(plan, wanted):
        asked = Asked(pack, plan, readings)
        for as_of, sparing in itertools.product(asked.days()[:3], (False, True)):
            search = Search(asked, as_of, leaf.node if leaf else None, min(left, BUDGET // 3), sparing=sparing)
            before = search.left
            found = search.met({plan.root.name: {}})
            left -= before - search.left
            if found is not None:
                return Met(asked, as_of, found)
            if left <= 0:
                return None
    return None


def _readings(plan: Plan, wanted: Mapping[str, str]) -> Iterator[dict[str, str | None]]:
    """The defaults with what is wanted; then open readings closed, one alternative of each after the other."""
    base = {r.name: r.default for r in plan.readings} | wanted
    yield base
    open_ = [r for r in plan.readings if base[r.name] is None]
    most = max((len(r.alternatives) for r in open_), default=0)
    for n in range(most):
        yield base | {r.name: list(r.alternatives)[n % len(r.alternatives)] for r in open_}
    for r in plan.readings:
        if r.name not in wanted:
            for alternative in r.alternatives:
                yield base | {r.name: alternative}


def turned(met: Met, leaf: Leaf) -> Iterator[tuple[str, Case, dt.date]]:
    """The cases one step away, with another value of one fact that the leaf reads, or on another day."""
    asked = met.asked
    for path in paths(met.case, leaf.node):
        fact = fact_at(asked.pack, asked.plan.root, path)
        for value in asked.candidates(fact, met.as_of):
            yield path, given(met.case, path, value), met.as_of
    if any(isinstance(n, Clock) for n in walk(leaf.node)):
        days = [d for d in asked.constants.get(Type.DATE, []) if d != NEVER]
        spans = [dt.timedelta(days=n) for n in (-4000, -800, -400, -40, -1, 1, 40, 400, 800, 4000)]
        for day in dict.fromkeys([*days, *(day_after(d) for d in days), *(met.as_of + s for s in spans)]):
            yield "as_of", met.case, day
