"""Cases left out of a comparison: what is decided of them may differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..errors import PackError, Problem, nearest
from ..expr import Expr, Not, all_of, walk
from ..facts import Type
from ..pack import Pack
from ..plan import Plan, root_of
from ..reads import items_read
from ..value import shown
from ..words import Condition, Presumed, condition
from .merging import Translating


def without(plan: Plan, left_out: Expr) -> Plan:
    """The provision as if it were out of force for the cases that are left out: all that may be of this kind.

    A test about the item that a provision decides leaves out that item. What is not known counts as left out, so that
    whoever might be meant is not held against the text.

    Raises:
        PackError: the test is about items of another collection, or about another entity.
    """
    wrong = unfit(plan, left_out)
    if wrong is not None:
        raise PackError(f"`{plan.provision.id}` {wrong}")
    items = {i: plan.item for i in items_read(left_out) if plan.item is not None}
    here = Translating(items).of(left_out)
    kept = condition("not_left_out", "不在已声明的变更范围内", Not(Presumed(here)))
    return attrs.evolve(plan, force=all_of(kept, plan.force))


def read_left_out(given: object, packs: Iterable[Pack], problems: list[Problem]) -> dict[str, Expr]:
    """The tests by provision; what is wrong with them joins the problems."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(Problem("leaving_out", f"`{shown(given)}` is no mapping; write `{{provision: test}}`"))
        return {}
    known = {name for pack in packs for edition in pack.whole.editions for name in edition.plans}
    for name, test in given.items():
        path = f"leaving_out.{shown(name)}"
        if name not in known:
            problems.append(Problem(path, f"neither text has such a provision{nearest(name, known)}"))
        if not isinstance(test, Expr) or test.shape.type is not Type.YES_NO:
            told = test.described if isinstance(test, Expr) else f"`{shown(test)}`"
            problems.append(Problem(path, f"{told} is no test; write one, or `ALWAYS` to leave the provision out"))
    return dict(given)


def unfit(plan: Plan, test: Expr) -> str | None:
    """What is wrong with leaving cases out of a provision by this test; None where nothing is."""
    others = {r.entity.name for r in root_of(test) if r.entity is not plan.root}
    if others:
        return f"is about `{plan.root.name}`, and the test about `{min(others)}`"
    for item in items_read(test):
        if plan.item is None or item.collection.fact is not plan.item.collection.fact:
            told = f"`{item.entity.name}` of `{item.collection.fact.name}`"
            return f"does not decide item by item about {told}; leave cases out by another test"
    return None


def named_condition(name: str, *plans: Plan) -> Condition | None:
    """The condition of this id in some of these provisions; None where there is none."""
    nodes = (n for plan in plans for e in plan.exprs for n in walk(e))
    return next((n for n in nodes if isinstance(n, Condition) and n.id == name), None)
