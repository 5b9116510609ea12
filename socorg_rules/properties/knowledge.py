"""`knowledge_monotone`: learning a fact overturns nothing that was decided, and only narrows what was open."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, Unpack

from hypothesis import strategies as st

from ..decision import Finding, Outcome
from ..expr import walk
from ..money import Amount
from ..pack import Pack
from ..plan import Plan
from ..refs import FactOf
from ..words import Presumed, Stated
from .drawn import Drawn, How, Trial, with_fact

NEVER_FORGOTTEN = frozenset({"id", "name", "provision"})
"""What an item or a payment goes by: without it, it is another."""
MOST = 4
"""How many facts are forgotten at once."""


def knowledge_monotone(pack: str | os.PathLike[str] | Pack, provision: str, **how: Unpack[How]) -> None:
    """Assert that a decision which stands while some facts are not known is the same once they are, and that sums only
    become narrower.

    Three kinds of facts may overturn one and are never forgotten: the date from which an item exists, what a provision
    presumes as long as nothing else is told, and a judgement in whose place something is derived until it is told
    (`stated_or`).

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        how: see `How`.

    Raises:
        AssertionError: a fact overturns a decision; or no case drawn was decided without some of its facts.
        CaseError, PackError: as for `Trial`.

    >>> knowledge_monotone("yangpu", "opening_subsidy")
    """
    __tracebackhide__ = True
    trial = Trial(("多知道一个事实，不推翻已定的结论", "one more fact overturns no decision"), pack, provision, how)
    pairs = trial.near(provision).flatmap(lambda one: st.tuples(st.just(one), _forgotten(one, trial.plan(one.as_of))))

    def check(pair: tuple[Drawn, Drawn]) -> bool:
        more, less = pair
        before, after = trial.decision(less), trial.decision(more)
        if not refines(before.finding, after.finding):
            raise trial.broken(less, {"不知 not known": before, "知道 known": after})
        return before.outcome is not Outcome.UNDETERMINED

    trial.on(pairs, check)


def refines(before: Finding, after: Finding) -> bool:
    """Whether a finding is one that more knowledge may lead to."""
    open_items = before.items is not None and before.missing  # another item may have a better outcome than the best
    decided = before.outcome is not Outcome.UNDETERMINED
    if decided and not (before.outcome is Outcome.DISCRETIONARY and open_items) and after.outcome is not before.outcome:
        return False
    if before.items is not None and decided:
        return True
    return _narrower(after.entitlement, before.entitlement) and _narrower(after.payable, before.payable)


def _narrower(inner: Amount | None, outer: Amount | None) -> bool:
    """Whether all of one range lies in another; no amount lies in every one."""
    if inner is None:
        return True
    return (
        outer is not None
        and inner.per == outer.per
        and inner.min >= outer.min
        and (outer.max is None or (inner.max is not None and inner.max <= outer.max))
    )


def _forgotten(drawn: Drawn, plan: Plan) -> st.SearchStrategy[Drawn]:
    """The case without some of its facts."""
    kept = {*NEVER_FORGOTTEN, *_presumed(plan), *_judged(plan), *_dating(plan.root, set())}
    paths = [p for p in _paths(drawn.case, "") if p.rpartition(".")[2] not in kept]
    if not paths:
        return st.just(drawn)
    some = st.lists(st.sampled_from(paths), min_size=1, max_size=MOST, unique=True)
    return some.map(lambda chosen: _without(drawn, chosen))


def _without(drawn: Drawn, paths: list[str]) -> Drawn:
    for path in paths:
        drawn = with_fact(drawn, path, None)
    return drawn


def _paths(part: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - a part of a case
    """The path of every fact that is told, collections among them; an item is told by its facts."""
    if isinstance(part, Mapping):
        listed = isinstance(part.get("items"), list) and set(part) <= {"items", "complete"}
        for name, value in part.items():
            here = f"{at}.{name}".lstrip(".")
            if listed:
                yield from _paths(value, at) if name == "items" else ()
                continue
            if at:
                yield here
            yield from _paths(value, here)
    elif isinstance(part, list):
        for i, one in enumerate(part):
            yield from _paths(one, f"{at}[{i}]")


def _presumed(plan: Plan) -> Iterator[str]:
    for node in (n for e in plan.exprs for n in walk(e)):
        if isinstance(node, Presumed):
            yield from (n.fact.name for n in walk(node) if isinstance(n, FactOf))


def _judged(plan: Plan) -> Iterator[str]:
    """Judgements that something else stands in for, and that nothing contradicts."""
    for node in (n for e in plan.exprs for n in walk(e)):
        if isinstance(node, Stated) and node.direct.fact.judgement:
            yield node.direct.fact.name


def _dating(kind: Any, seen: set[str]) -> set[str]:  # noqa: ANN401 - a declared entity
    if kind.name in seen:
        return set()
    seen.add(kind.name)
    own = {kind.dating_fact.name} if kind.dating_fact is not None else set()
    return own.union(*(_dating(f.of, seen) for f in kind.facts.values() if f.of is not None))
