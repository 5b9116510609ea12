"""The leaf tests of a provision: where each stands, and a short name for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from socorg_rules.decision import Reason
from socorg_rules.expr import And, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from socorg_rules.facts import Type
from socorg_rules.money import to_yuan
from socorg_rules.plan import Plan
from socorg_rules.refs import FactOf, Names, Pick, Quantified
from socorg_rules.words import ByReading, Clock, Condition, If, Lookup, Presumed, Shift


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
