"""The tests that the clauses of a pack are made of: each named condition, and each test that is not made of tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from .calendar import NEVER
from .decide import value_text
from .expr import Combine, Compare, Const, Contains, Expr, InDivision, OneOf, parts, walk
from .facts import Type
from .plan import Plan
from .refs import Collection, FactOf, Fold, Names, Pick, Quantified
from .words import ByReading, Clock, Condition, Gap, Lookup, Shift, Stated, YearOf

LEAVES = (Compare, OneOf, Contains, InDivision, Names)
"""Nodes that are tests whatever stands below them."""


@attrs.frozen(eq=False)
class ClauseTest:
    """A test of one provision.

    `name` is the id of the condition, or of the condition around it with the test in short; `label` is the same in
    Chinese. Of those alike within a provision, all but the first have a number. `clause` is the one that it stands
    under. `always_known` says that no case leaves it unknown: it reads nothing but the day of the question.
    """

    provision: str
    clause: str
    name: str
    label: str
    node: Expr
    always_known: bool


def clause_tests(plan: Plan) -> tuple[ClauseTest, ...]:
    """The tests of a provision, each once, in the order of its text: those of whom it reaches, when it is in force,
    its conditions, its discretion, and those that its sums, its result and its date turn on.

    What the text leaves untested (a text gap) is no test, and neither is what payments have used up.
    """
    p = plan.provision
    exprs = (plan.reach, plan.force, plan.when, plan.discretion, plan.low, plan.high, p.result, p.due)
    tests = [*_tests([e for e in exprs if e is not None], plan)]
    names, labels = _numbered(t.name for t in tests), _numbered(t.label for t in tests)
    return tuple(attrs.evolve(t, name=n, label=w) for t, n, w in zip(tests, names, labels, strict=True))


def _numbered(names: Iterable[str]) -> Iterator[str]:
    """The names, of which those alike but the first are told apart by a number."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield f"{name} #{seen[name]}" if seen[name] > 1 else name


def _tests(exprs: list[Expr], plan: Plan) -> Iterator[ClauseTest]:
    """The tests at and below these nodes, each once, with the innermost condition that it first stands in."""
    seen: set[Expr] = set()
    waiting: list[tuple[Expr, Condition | None]] = [(e, None) for e in reversed(exprs)]
    while waiting:
        node, around = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Condition):
            yield _test(node, plan, node, node.id, node.label)
            around = node
        elif _is_leaf(node):
            short = brief(node)
            names = (short, short) if around is None else (f"{around.id}: {short}", f"{around.label}：{short}")
            yield _test(node, plan, around, *names)
        waiting.extend((part, around) for part in reversed([*parts(node)]))


def _test(node: Expr, plan: Plan, within: Condition | None, name: str, label: str) -> ClauseTest:
    clause = within.clause if within is not None and within.clause else plan.provision.clause
    reads = any(isinstance(n, FactOf | Collection | Quantified | Fold | Pick | Gap) for n in walk(node))
    return ClauseTest(plan.provision.id, clause, name, label, node, always_known=not reads)


def _is_leaf(node: Expr) -> bool:
    """Whether a node is a test that is not made of tests."""
    if isinstance(node, Quantified):  # whether there is any item at all
        return isinstance(node.test, Const)
    return isinstance(node, LEAVES) or (isinstance(node, FactOf) and node.shape.type is Type.YES_NO)


def brief(node: Expr) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each node
    """A node in short, by the Chinese labels of what it reads; a locator, and no sentence."""
    match node:
        case Compare():
            return f"{brief(node.left)} {node.op} {brief(node.right)}"
        case OneOf():
            return f"{brief(node.of)} ∈ {'/'.join(map(brief, node.values))}"
        case Contains():
            return f"{brief(node.list)} ∋ {brief(node.value)}"
        case InDivision():
            return f"{brief(node.of)} ⊂ {'/'.join(node.codes)}"
        case FactOf():
            return node.fact.label
        case Names():
            return f"{brief(node.text)} → {node.item.entity.label}"
        case Const():
            return "never" if node.value == NEVER else str(value_text(node.value, node.shape.type))
        case Clock():
            return {"day": "基准日", "month": "当月", "year": "当年", "year_end": "年末"}[node.grain]
        case Shift():
            return f"{brief(node.start)} + {node.period}"
        case Quantified() | Fold() | Pick():
            of = getattr(node, "value", None)
            op = node.which if isinstance(node, Pick) else node.op
            return f"{op}({node.item.collection.fact.label}{'.' + brief(of) if of is not None else ''})"
        case Combine():
            return f"{brief(node.left)} {node.op} {brief(node.right)}"
        case ByReading():
            return f"〔{node.reading.name}〕"
        case Lookup():
            return f"[{brief(node.key)}]"
        case Stated():
            return brief(node.direct)
        case YearOf():
            return f"{brief(node.day)}.年"
    return "…"
