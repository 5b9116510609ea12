"""Forward chaining: a provision's tests are rules, its settled leaves facts, and the outcome is what fires.

The reference evaluates the leaves (dates, sums, collections), asks for the tests in its own order and builds the
finding, so that what a refusal leaves idle is not looked at here either. The truth of every connective is what the
rules came to; the reference's rule for the node says what leaves it open and until when, and the two must agree.
"""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from socorg_rules.decide import decide
from socorg_rules.decision import Finding, Outcome
from socorg_rules.evaluate import Evaluator
from socorg_rules.expr import Expr
from socorg_rules.known import Value
from socorg_rules.place import Env
from socorg_rules.plan import Plan
from socorg_rules.question import Reference
from socorg_rules.steps import NODES
from socorg_rules.words import Condition

from .horn import Program, Rule, program
from .rule_host import LOCK, EngineFailure, RuleHost

if TYPE_CHECKING:
    from socorg_rules.question import Question

Chain = list[dict[str, Any]]
"""What came to be known of a provision's tests, in order: facts, and rules that fired, as plain data."""


class Forward:
    """Forward chaining as an engine of one question. Other days and readings are asked of the reference."""

    def __init__(self, question: Question) -> None:
        self._chaining = _Chaining(question.evaluator)
        self._reference = Reference(question.evaluator)
        self._found: dict[Plan, Finding] = {}

    def decide(self, plan: Plan) -> Finding:
        """What is decided of a provision, with the rules that fired."""
        if plan not in self._found:
            self._found[plan] = self._chaining.decided(plan)
        return self._found[plan]

    def outcome(self, plan: Plan) -> Outcome:
        """Its outcome."""
        return self.decide(plan).outcome

    def until(self, plan: Plan) -> dt.date | None:
        """The first later day on which something that this was worked out from is another."""
        return self.decide(plan).until

    def on(self, day: dt.date) -> Reference:
        """The same question on a later day, put to the reference."""
        return self._reference.on(day)

    def switched(self, reading: str, alternative: str) -> Reference:
        """The same question with one reading switched, put to the reference."""
        return self._reference.switched(reading, alternative)

    def idle(self, plan: Plan) -> frozenset[str]:
        """Readings that surely do not matter, as the reference sees it."""
        return self._reference.idle(plan)


@attrs.frozen(eq=False)
class _Machine:
    """The rules of a provision, and the host that runs them."""

    program: Program
    host: RuleHost


_machines: weakref.WeakKeyDictionary[Plan, _Machine] = weakref.WeakKeyDictionary()


def _machine_of(plan: Plan) -> _Machine:
    found = _machines.get(plan)
    if found is None:
        rules = program(plan)
        found = _machines[plan] = _Machine(rules, RuleHost(rules.sets))
        weakref.finalize(plan, found.host.free).atexit = False
    return found


@attrs.frozen(eq=False)
class Fired:
    """The session of one provision, or of one of its items: what came to be known, and by which rules."""

    program: Program
    noted: Mapping[str, tuple[bool, Rule | None]]

    def to_list(self) -> Chain:
        """The chain as plain data: facts and fired rules in their order.

        Each has the `symbol` that came to be known, its `truth`, and the `node` of the rule tree that it stands for;
        a fired rule has the symbols that it fired on in `from`. `role` says which test of the provision it is.
        """
        nodes = {symbol: node for node, symbol in self.program.nodes.items()}
        roles = {symbol: role for role, symbol in self.program.roles.items()} | {self.program.claim: "claim"}
        choices = {symbol: choice for choice, symbol in self.program.choices.items()}
        return [
            {"symbol": symbol, "truth": truth, **_about(symbol, nodes, roles, choices), **_from(rule)}
            for symbol, (truth, rule) in self.noted.items()
        ]


def _about(
    symbol: str, nodes: Mapping[str, Expr], roles: Mapping[str, str], choices: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    node = nodes.get(symbol)
    if node is not None:
        made["node"] = NODES[type(node)]
    if isinstance(node, Condition):
        made |= {"id": node.id, "label": node.label}
    if symbol in choices:
        made["reading"], made["alternative"] = choices[symbol]
    if symbol in roles:
        made["role"] = roles[symbol]
    return made


def _from(rule: Rule | None) -> dict[str, Any]:
    return {} if rule is None else {"from": [part.symbol for part in rule.body]}


class _Chaining(Evaluator):
    """The reference interpreter, telling the rules each leaf that it settles and taking from them what follows."""

    def __init__(self, like: Evaluator) -> None:
        super().__init__(like.root, like.as_of, like.readings)
        self.problems, self._seen, self._members = like.problems, like._seen, like._members  # noqa: SLF001 - one memory
        self._machine: _Machine | None = None
        self._at: str | None = None
        self._fired: dict[str, Fired] = {}

    def decided(self, plan: Plan) -> Finding:
        """The finding about a provision, with the rules that fired for it."""
        with LOCK:
            machine = self._machine = _machine_of(plan)
            self._fired = {}
            try:
                found = decide(plan, self)
            finally:
                self._machine = None
                self._leave(machine)
        return attrs.evolve(found, fired=self._fired)

    def recall(self, env: Env, item: str, node: Expr) -> Value:
        """What is known of a node. What is remembered is worked out again, so that its rules fire here too."""
        machine = self._machine
        if machine is not None and (self._at is None or (item and item != self._at)):
            self._leave(machine)
            self._enter(machine, item)
        found = super().recall(env, item, node)
        symbol = machine.program.nodes.get(node) if machine is not None else None
        if machine is not None and symbol is not None and symbol not in machine.host.noted and not found.why:
            self.value(node, env)
        return found

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node. A settled leaf is told; of a connective, the rules must know as much already."""
        found = super().value(node, env)
        machine = self._machine
        symbol = machine.program.nodes.get(node) if machine is not None else None
        if machine is not None and symbol is not None:
            if symbol in machine.program.derived:
                self._agree(machine, symbol, found.truth)
            elif found.truth is not None:
                machine.host.tell(symbol, found.truth)
        return found

    def _agree(self, machine: _Machine, symbol: str, truth: bool | None) -> None:  # noqa: FBT001 - the value of a test
        derived = machine.host.noted.get(symbol, (None, None))[0]
        if derived is not truth:
            raise EngineFailure(f"durable-rules came to {derived} where the reference comes to {truth}")

    def _enter(self, machine: _Machine, item: str) -> None:
        """Open the session of the root entity, or of an item."""
        self._at = item
        machine.host.begin()
        for (reading, alternative), symbol in machine.program.choices.items():
            if self.readings[reading] == alternative:
                machine.host.tell(symbol, True)

    def _leave(self, machine: _Machine) -> None:
        """Close the session that is open, and keep what fired in it."""
        if self._at is not None:
            self._fired[self._at] = Fired(machine.program, dict(machine.host.noted))
            self._at = None
            machine.host.end()
