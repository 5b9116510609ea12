"""How each node of a provision's rules came out in a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ..answer import Decision
from ..document import Mark
from ..evaluate import NO_ITEMS, Evaluator
from ..expr import Const, Expr
from ..known import Value
from ..phrases import Speech
from ..place import Env, members, unlisted
from ..sentences import Sentences
from ..steps import Step
from ..tracing import Tracing

MARK: Mapping[bool | None, Mark] = {True: "holds", False: "fails", None: "open"}


@attrs.frozen
class CameOut:
    """What became of a node: a mark, what is told of it, and, where it is a test of one thing, what it saw there."""

    mark: Mark
    told: str = ""
    sentence: str = ""


class _Noting(Tracing):
    """The reference interpreter, noting the step of every node that it looks at."""

    def __init__(self, like: Evaluator) -> None:
        super().__init__(like)
        self.noted: dict[Expr, dict[int, Step]] = {}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node; its step is noted once for each way in which it came out."""
        value = super().value(node, env)
        step = self._parts[-1][-1]
        self.noted.setdefault(node, {})[id(step)] = step
        return value


class Outcomes:
    """What the reference interpreter saw when it worked out a decision once more.

    A node that items are asked of may have come out in several ways; it is then told how many times it held.
    """

    def __init__(self, decision: Decision, say: Speech) -> None:
        self._ev, self._say, self._tell = _Noting(decision.question.evaluator), say, Sentences(say)
        for env in _items(decision, self._ev):
            for expr in decision.plan.exprs:
                self._ev.step(expr, env)

    def of(self, node: Expr) -> CameOut | None:
        """What became of a node; None where it was not looked at."""
        steps = [*self._ev.noted.get(node, {}).values()]
        if not steps:
            return None
        if "truth" not in steps[0]:
            return self._valued(steps)
        truths = [step["truth"] for step in steps]
        if len(set(truths)) > 1:
            told = self._say("graph.of_several", n=sum(t is True for t in truths), all=len(truths))
            return CameOut("value", told)
        alone = len(steps) == 1 and not isinstance(node, Const)
        return CameOut(MARK[truths[0]], "", self._tell.sentence(steps[0]) if alone else "")

    def _valued(self, steps: list[Step]) -> CameOut:
        values = list(dict.fromkeys(self._tell.value(step) for step in steps))
        known = all("value" in step or step.get("absent") for step in steps)
        return CameOut("value" if known else "open", self._say.join(values, "stop") if len(values) <= FEW else "")


FEW = 3
"""How many different values of a node are told."""


def _items(decision: Decision, ev: Evaluator) -> Iterator[Env]:
    """What is asked: once, or for each item; where none is known, for one of which nothing is known."""
    item = decision.plan.item
    if item is None:
        yield NO_ITEMS
        return
    here = members(ev.root, item.collection.fact, ev.as_of).here
    path = f"{ev.root.path}.{item.collection.fact.name}"
    yield from ({item: place} for place in here or [unlisted(item, (path,))])
