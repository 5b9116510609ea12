"""How each node of a provision's rules came out in a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ..answer import Decision
from ..document import Mark
from ..evaluate import NO_ITEMS
from ..expr import Const, Expr
from ..phrases import Speech
from ..place import Env, members, unlisted
from ..sentences import Sentences
from ..steps import Seen

MARK: Mapping[bool | None, Mark] = {True: "holds", False: "fails", None: "open"}


@attrs.frozen
class CameOut:
    """What became of a node: a mark, what is told of it, and, where it is a test of one thing, what it saw there."""

    mark: Mark
    told: str = ""
    sentence: str = ""


class Outcomes:
    """What the reference interpreter saw when it worked out a decision once more.

    A node that items are asked of may have come out in several ways; it is then told how many times it held.
    """

    def __init__(self, decision: Decision, say: Speech) -> None:
        self._ev, self._say, self._tell = decision.question.tracing, say, Sentences(say)
        self._seen: dict[Expr, list[Seen]] = {}
        done: set[int] = set()
        for env in _items(decision):
            for expr in decision.plan.exprs:
                for seen in _all(self._ev.seen(expr, env), done):
                    self._seen.setdefault(seen.node, []).append(seen)

    def of(self, node: Expr) -> CameOut | None:
        """What became of a node; None where it was not looked at."""
        seen = self._seen.get(node)
        if not seen:
            return None
        steps = [self._ev.written(s) for s in seen]
        if "truth" not in steps[0]:
            return self._valued(steps)
        truths = [step["truth"] for step in steps]
        if len(set(truths)) > 1:
            told = self._say("graph.of_several", n=sum(t is True for t in truths), all=len(truths))
            return CameOut("value", told)
        alone = len({str(step) for step in steps}) == 1 and not isinstance(node, Const)
        return CameOut(MARK[truths[0]], "", self._tell.sentence(steps[0]) if alone else "")

    def _valued(self, steps: list[dict[str, Any]]) -> CameOut:
        values = list(dict.fromkeys(self._tell.value(step) for step in steps))
        known = all("value" in step or step.get("absent") for step in steps)
        return CameOut("value" if known else "open", self._say.join(values, "stop") if len(values) <= FEW else "")


FEW = 3
"""How many different values of a node are told."""


def _items(decision: Decision) -> Iterator[Env]:
    """What is asked: once, or for each item; where none is known, for one of which nothing is known."""
    item, ev = decision.plan.item, decision.question.tracing
    if item is None:
        yield NO_ITEMS
        return
    here = members(ev.root, item.collection.fact, ev.as_of).here
    path = f"{ev.root.path}.{item.collection.fact.name}"
    yield from ({item: place} for place in here or [unlisted(item, (path,))])


def _all(seen: Seen, done: set[int]) -> Iterator[Seen]:
    """What was seen and everything below it, each once."""
    waiting = [seen]
    while waiting:
        one = waiting.pop()
        if id(one) not in done:
            done.add(id(one))
            yield one
            waiting.extend(one.parts)
