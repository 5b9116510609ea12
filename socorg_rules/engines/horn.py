"""The tests of a provision as Horn rules over symbols that can be proved or refuted.

Every node gets a symbol. *And* is proved by all its parts and refuted by any; *or* the other way round; *not* swaps the
two; a named condition takes over its test, a reading its alternative taken, or what all alternatives agree on. That is
Kleene's logic with nothing negated: where no rule fires, nothing is known. Whatever is no connective of tests (a
comparison, a quantified test) is a leaf, and comes as a fact.

Here is only what the rules are. `rule_host.py` runs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import attrs

from socorg_rules.expr import And, Expr, Not, Or
from socorg_rules.facts import Type
from socorg_rules.plan import Plan
from socorg_rules.words import ByReading, Condition, If

MOST_JOINED = 16
"""A rule of durable-rules joins no more facts; wider conjunctions are nested."""
MOST_RULES = 200
"""So many rules go into one rule set: a condition that more than 255 rules share breaks durable-rules."""
MOST_CONDITIONS = 300
"""So many different conditions: its table of conditions has 512 places, and a search in a full one never ends."""

ROLES = ("reach", "force", "when", "discretion", "used")
"""The tests of a provision that are asked for one by one."""


class Literal(NamedTuple):
    """A symbol proved or refuted."""

    symbol: str
    truth: bool


@attrs.frozen
class Rule:
    """All of `body` gives `head`. The symbols of a body are different ones, at most `MOST_JOINED`."""

    head: Literal
    body: tuple[Literal, ...]


@attrs.frozen
class RuleSet:
    """Rules that fit together into one rule set of durable-rules."""

    rules: tuple[Rule, ...]

    @property
    def read(self) -> frozenset[Literal]:
        """What its rules read."""
        return frozenset(literal for rule in self.rules for literal in rule.body)


@attrs.frozen(eq=False, slots=False)
class Program:
    """The rules of one provision, and what their symbols stand for.

    `nodes` names the symbol of each test, `choices` that of taking an alternative of a reading. `roles` are the
    symbols of the provision's tests, by what they are to it; `claim` is the one for reach, force and conditions.
    """

    sets: tuple[RuleSet, ...]
    nodes: Mapping[Expr, str]
    choices: Mapping[tuple[str, str], str]
    roles: Mapping[str, str]
    claim: str

    @cached_property
    def derived(self) -> frozenset[str]:
        """The symbols that rules conclude; the others come as facts."""
        return frozenset(rule.head.symbol for set_ in self.sets for rule in set_.rules)


def program(plan: Plan) -> Program:
    """The tests of a provision as rules."""
    made = _Writer()
    roles = {role: made.symbol(getattr(plan, role)) for role in ROLES[:4]}
    if plan.settlement is not None:
        roles["used"] = made.symbol(plan.settlement.used)
    claim = made.joined([roles["reach"], roles["force"], roles["when"]], truth=True)
    return Program(tuple(_parted(made.rules)), made.nodes, made.choices, roles, claim)


class _Writer:
    """Names the nodes of a provision and writes their rules, those of the parts before those of the whole."""

    def __init__(self) -> None:
        self.nodes: dict[Expr, str] = {}
        self.choices: dict[tuple[str, str], str] = {}
        self.rules: list[Rule] = []
        self._named = 0

    def symbol(self, node: Expr) -> str:
        """The symbol of a test, with the rules below it. A node that several share has one."""
        if node not in self.nodes:
            self.nodes[node] = self._written(node)
        return self.nodes[node]

    def _written(self, node: Expr) -> str:  # noqa: PLR0911 - one case for each connective
        match node:
            case And():
                return self.joined([self.symbol(p) for p in node.parts], truth=True)
            case Or():
                return self.joined([self.symbol(p) for p in node.parts], truth=False)
            case Not():
                return self._taken_over(self.symbol(node.part), swapped=True)
            case Condition():
                return self._taken_over(self.symbol(node.test))
            case If() if node.shape.type is Type.YES_NO:
                test, then, otherwise = map(self.symbol, (node.test, node.then, node.otherwise))
                return self._chosen([(Literal(test, True), then), (Literal(test, False), otherwise)])
            case ByReading() if node.shape.type is Type.YES_NO:
                ways = node.alternatives.items()
                return self._chosen([(self._choice(node.reading.name, n), self.symbol(a)) for n, a in ways])
        return self._name()

    def joined(self, parts: Sequence[str], *, truth: bool) -> str:
        """A symbol that has this truth where all parts have it, and the contrary where one has that.

        Equal parts count once: two conditions on one fact would wait for two facts, and never fire.
        """
        parts = list(dict.fromkeys(parts))
        while len(parts) > MOST_JOINED:
            parts = [self.joined(parts[i : i + MOST_JOINED], truth=truth) for i in range(0, len(parts), MOST_JOINED)]
        head = self._name()
        self._rule(head, truth, *(Literal(p, truth) for p in parts))
        for part in parts:
            self._rule(head, not truth, Literal(part, not truth))
        return head

    def _taken_over(self, part: str, *, swapped: bool = False) -> str:
        head = self._name()
        for truth in (True, False):
            self._rule(head, truth is not swapped, Literal(part, truth))
        return head

    def _chosen(self, ways: Sequence[tuple[Literal, str]]) -> str:
        """A symbol that takes over a part under its guard, and what all parts agree on whatever the guards are."""
        parts = [part for _, part in ways]
        every, some = self.joined(parts, truth=True), self.joined(parts, truth=False)
        head = self._name()
        self._rule(head, True, Literal(every, True))
        self._rule(head, False, Literal(some, False))
        for guard, part in ways:
            for truth in (True, False):
                if part != guard.symbol:
                    self._rule(head, truth, guard, Literal(part, truth))
                elif truth is guard.truth:  # a test that is its own branch
                    self._rule(head, truth, guard)
        return head

    def _choice(self, reading: str, alternative: str) -> Literal:
        key = reading, alternative
        if key not in self.choices:
            self.choices[key] = self._name()
        return Literal(self.choices[key], True)

    def _rule(self, head: str, truth: bool, *body: Literal) -> None:  # noqa: FBT001 - the value of a test
        self.rules.append(Rule(Literal(head, truth), body))

    def _name(self) -> str:
        self._named += 1
        return f"n{self._named}"


def _parted(rules: Iterable[Rule]) -> Iterator[RuleSet]:
    """The rules in as few rule sets as hold them. Which rule stands in which makes no difference to what is derived."""
    part: list[Rule] = []
    read: set[Literal] = set()
    for rule in rules:
        if len(part) == MOST_RULES or len(read.union(rule.body)) > MOST_CONDITIONS:
            yield RuleSet(tuple(part))
            part, read = [], set()
        part.append(rule)
        read.update(rule.body)
    if part:
        yield RuleSet(tuple(part))
