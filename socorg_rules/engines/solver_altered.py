"""A provision beside itself with one test forced, or one reading switched: what never changes it, never matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import z3

from ..expr import ALWAYS, Compare, Const, Contains, Expr, InDivision, OneOf, parts, walk
from ..facts import Type
from ..plan import Plan
from ..provision import Target
from ..reading import Reading
from ..refs import Collection, FactOf, Fold, Item, Names, Pick, Quantified
from ..words import Condition
from .solver import FREE, Cases
from .solver_bounds import Bounds
from .solver_facts import Symbols
from .solver_finding import Found, differs, found
from .solver_needed import own_exprs
from .solver_rules import Env, Reader
from .solver_terms import Bool, both, conj, disj, neg, pick_truth
from .solver_value import Sym, kleene, settled

TESTS = (Compare, OneOf, Contains, InDivision, Names, Quantified, FactOf, Pick)
"""The nodes that test something themselves; a named condition that joins several is a test too."""


@attrs.frozen(eq=False)
class Test:
    """A test of a provision, and how it is called: by its condition, and what it reads."""

    node: Expr
    name: str


def without_repetition(plan: Plan) -> Plan:
    """A target that says what it asks in conditions of its own, without its measure as a test: the measure says the
    same once more, as a figure, so that neither would matter beside the other."""
    p = plan.provision
    repeats = isinstance(p, Target) and p.measure is not None and p.when is not ALWAYS
    return attrs.evolve(plan, when=p.when) if repeats else plan


def tests_of(plan: Plan) -> tuple[Test, ...]:
    """The tests of a provision's own clause: its conditions, what it leaves to the authority, and its sums; its reach
    and force where they are not the pack's."""
    named: dict[Expr, str] = {}
    for expr, place in own_exprs(plan):
        for node, name in _named(expr, place):
            named.setdefault(node, name)
    times: dict[str, int] = {}
    found_: list[Test] = []
    for node, name in named.items():
        times[name] = times.get(name, 0) + 1
        found_.append(Test(node, name if times[name] == 1 else f"{name}#{times[name]}"))
    return tuple(found_)


def _named(expr: Expr, place: str) -> Iterator[tuple[Expr, str]]:
    if isinstance(expr, Condition):
        place = expr.id
        if not isinstance(expr.test, (*TESTS, Const)):
            yield expr, place
    elif expr.shape.type is Type.YES_NO and isinstance(expr, TESTS):
        yield expr, f"{place}.{_read(expr)}"
    for part in parts(expr):
        yield from _named(part, place)


def _read(expr: Expr) -> str:
    """What a test reads first."""
    for node in walk(expr):
        if isinstance(node, Quantified | Fold | Pick):
            return node.item.collection.fact.name
        if isinstance(node, FactOf | Collection):
            return node.fact.name
        if isinstance(node, Names):
            return node.item.entity.name
    return "as_of"


class _Altered(Reader):
    """Reads a provision as `Reader` does, but for the tests that are forced and the readings that are switched."""

    def __init__(self, symbols: Symbols, forced: Mapping[Expr, Any], truth: Any) -> None:  # noqa: ANN401
        super().__init__(symbols)
        self._forced, self._truth = forced, truth
        self._made: dict[int, tuple[Sym, Sym]] = {}
        self.switches: dict[str, tuple[Any, Any, list[str]]] = {}

    def value(self, node: Expr, env: Env) -> Sym:
        read = super().value(node, env)
        if node not in self._forced:
            return read
        if id(read) not in self._made:
            forced, truth = self._forced[node], self._truth
            yes = pick_truth(forced, truth, read.yes)
            if read.open is False:
                made = settled(yes, wrong=read.wrong)
            else:
                made = kleene(yes, pick_truth(forced, neg(truth), read.no), wrong=read.wrong)
            self._made[id(read)] = read, made
        return self._made[id(read)][1]

    def taken(self, reading: Reading) -> str | Mapping[str, Bool] | None:
        base = self.symbols.taken(reading)
        if not isinstance(base, Mapping):
            return base
        if reading.name not in self.switches:
            switch, other = z3.Bool(f"switch {reading.name}"), z3.Int(f"other {reading.name}")
            self.symbols.domain.append(z3.And(other >= 0, other < len(base)))
            self.switches[reading.name] = switch, other, [*base]
        switch, other, names = self.switches[reading.name]
        return {name: pick_truth(switch, other == names.index(name), taken) for name, taken in base.items()}


class Beside:
    """A provision beside its altered self. Where facts may be unknown, only cases that it decides are compared; where a
    test is dropped, only such as are decided without it too: that less is asked leaves less open in any case.

    Raises:
        Refused: the solver cannot read a form in it.
    """

    def __init__(self, plan: Plan, bounds: Bounds) -> None:
        bare = without_repetition(plan)
        self.cases = Cases((plan, bare), dict.fromkeys((r.name for r in plan.readings), FREE), bounds)
        self.tests = tests_of(bare)
        self._truth = z3.Bool("as true")
        self._forced = {t.node: z3.Bool(f"test {i}") for i, t in enumerate(self.tests)}
        altered = _Altered(self.cases.symbols, self._forced, self._truth)
        other, here = found(bare, altered), self.cases.found[1]
        apart = _differ(here, other)
        decided = {True: conj((here.decided, other.decided)), False: here.decided}
        self._apart = {
            truth: self.cases.named(f"apart {truth}", both(bounds.complete or decided[truth], apart))
            for truth in (True, False)
        }
        self._switches = altered.switches

    def matters(self, test: Test, *, as_true: bool) -> bool:
        """Whether some case is decided differently where a test is taken as true (as false).

        Raises:
            GaveUp: that was not settled with so much work.
        """
        others = [z3.Not(f) for node, f in self._forced.items() if node is not test.node]
        truth = self._truth if as_true else z3.Not(self._truth)
        return self._differs(as_true, self._forced[test.node], truth, *others, *self._not_switched(""))

    def pairs(self) -> Iterator[tuple[str, str, str]]:
        """The readings that it hangs on, each with every two of its alternatives."""
        for name, (_, _, taken) in self._switches.items():
            yield from ((name, one, other) for i, other in enumerate(taken) for one in taken[:i])

    def parts(self, reading: str, one: str, other: str) -> bool:
        """Whether some case is decided differently under two alternatives of a reading.

        Raises:
            GaveUp: that was not settled with so much work.
        """
        switch, number, names = self._switches[reading]
        taken = self.cases.symbols.alternative(reading, one)
        calm = [z3.Not(f) for f in self._forced.values()]
        return self._differs(True, switch, taken, number == names.index(other), *calm, *self._not_switched(reading))

    def _not_switched(self, but: str) -> list[Any]:
        return [z3.Not(switch) for name, (switch, *_) in self._switches.items() if name != but]

    def _differs(self, firm: bool, *assumed: Any) -> bool:  # noqa: ANN401, FBT001 - z3's own
        return self.cases.possible(self._apart[firm], *assumed) is not None


def _differ(here: Found, other: Found) -> Bool:
    """That a decision is another: of an item, where items are decided, since that of all is made of these."""
    if here.items is None or other.items is None:
        return differs(here, other)
    return disj(both(there, differs(a, b)) for (there, a), (_, b) in zip(here.items, other.items, strict=True))


def compares(plan: Plan) -> int:
    """How many different items a provision tells apart: by counting them, or by holding them against each other."""
    own = [expr for expr, _ in own_exprs(plan)]
    nodes = [n for e in own for n in walk(e)]
    numbers = [
        side.value
        for n in nodes
        if isinstance(n, Compare) and any(isinstance(m, Fold) and m.op == "count_distinct" for m in walk(n))
        for side in walk(n)
        if isinstance(side, Const) and isinstance(side.value, int)
    ]
    depth: dict[tuple[Expr, tuple[Item, ...]], int] = {}

    def nested(expr: Expr, over: tuple[Item, ...]) -> int:
        if (expr, over) not in depth:
            if isinstance(expr, Quantified | Fold | Pick):
                over = (*over, expr.item)
            together = max((sum(o.collection.fact is i.collection.fact for o in over) for i in over), default=0)
            depth[expr, over] = max([together, *(nested(p, over) for p in parts(expr))])
        return depth[expr, over]

    each = (plan.item,) if plan.item is not None else ()
    return max([0, *numbers, *(nested(e, each) + 1 for e in own if nested(e, each) > 2)])  # noqa: PLR2004
