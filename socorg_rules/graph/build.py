"""The rules of a provision as nodes and edges: every node of the rule tree once, however many others share it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs

from ..answer import Decision
from ..display.phrases import DISPLAYS
from ..document import Mark
from ..errors import CaseError, Problem, nearest
from ..explain import MARK_OF
from ..expr import And, Const, Expr, Or, walk
from ..load import load_pack
from ..pack import Pack
from ..phrases import Lang, Speech, words
from ..plan import Plan
from ..words import ByReading, Condition
from .names import Naming
from .outcomes import Outcomes

PARTS = ("reach", "force", "when", "discretion", "used", "low", "high", "measure", "required", "due", "result")


NO_DEMANDS = ("discretion", "used", "low", "high", "amount", "measure", "required", "due", "result")
"""Parts that nobody has to meet: what they come to is told, and neither good nor bad."""


@attrs.frozen
class Node:
    """A node: what it is called, its clause, how it came out (None: not asked, or not looked at) and what is told of
    that. `kind` is `provision`, `part`, `condition`, `test` or `value`; `hidden` counts the nodes folded away in it."""

    id: str
    kind: str
    text: str
    clause: str | None = None
    mark: Mark | None = None
    told: str = ""
    hidden: int = 0


@attrs.frozen
class Edge:
    """From a node to one that it is worked out from; `role` says what that is to it, where it is not plain."""

    start: str
    end: str
    role: str = ""


@attrs.frozen(eq=False, slots=False)
class Graph:
    """The rules of a provision. A notebook draws it; `svg` is the drawing, which stands alone."""

    title: str
    lang: Lang
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    decided: bool = False

    @cached_property
    def svg(self) -> str:
        """The drawing as SVG, light or dark as its reader has it.

        Raises:
            CaseError: the extra `graphs`, which lays it out, is not installed.
        """
        from .draw import drawn  # noqa: PLC0415 - the layout is an extra

        return drawn(self)

    @property
    def page(self) -> str:
        """The drawing as an HTML page that stands alone."""
        from .draw import as_page  # noqa: PLC0415 - as above

        return as_page(self)

    def _repr_html_(self) -> str:
        from .draw import as_fragment  # noqa: PLC0415 - as above

        return as_fragment(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return attrs.asdict(self)


def rule_graph(
    pack: str | Pack, provision: str, decision: Decision | None = None, *, depth: int = 0, lang: Lang = "zh"
) -> Graph:
    """The rules of a provision as a graph.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of one of its provisions.
        decision: a decision of that provision, whose tests are then marked as they came out.
        depth: how many named conditions and readings, one within another, are opened. What is within the others is
            counted on them. Of a reading that was taken in the decision, only the alternative taken is shown.
        lang: `zh` or `en`.

    Raises:
        CaseError: the pack has no such provision, the decision is of another one, or there is no such language.
        PackError: the pack is not found or has mistakes.

    >>> graph = rule_graph("yangpu", "opening_subsidy", depth=1)
    >>> graph.nodes[0].text, graph.nodes[0].clause
    ('开办补贴', '三(一)2')
    """
    loaded = pack if isinstance(pack, Pack) else load_pack(pack)
    plan = loaded.plans.get(provision)
    if plan is None:
        told = f"`{loaded.id}` has no provision `{provision}`{nearest(provision, loaded.plans)}"
        raise CaseError(Problem("provision", told))
    if decision is not None and decision.plan is not plan:
        about = f"{decision.plan.pack}.{decision.provision}"
        raise CaseError(Problem("decision", f"it is of `{about}`, not of `{loaded.id}.{provision}`"))
    return _Builder(plan, Speech(lang, DISPLAYS), decision, depth).graph()


def _size(expr: Expr) -> int:
    """How many nodes an expression has."""
    return sum(1 for _ in walk(expr))


class _Builder:
    def __init__(self, plan: Plan, say: Speech, decision: Decision | None, depth: int) -> None:
        self.plan, self.say, self.decision, self.depth = plan, say, decision, depth
        self.name = Naming(say)
        self.came_out = None if decision is None else Outcomes(decision, say)
        self.nodes: dict[str, Node] = {}
        self.edges: dict[Edge, None] = {}
        self.ids: dict[object, str] = {}
        self.opened: dict[object, int] = {}

    def graph(self) -> Graph:
        p, say = self.plan.provision, self.say
        title = p.title if say.chinese else f"{words(p.id).capitalize()} ({p.title})"
        mark = None if self.decision is None else MARK_OF[self.decision.outcome]
        told = "" if self.decision is None else say(self.decision.outcome)
        self.nodes["provision"] = Node("provision", "provision", title, p.clause, mark, told)
        for part, expr in self._parts():
            self.edges[Edge("provision", part)] = None
            folded = part == "used" and self.depth <= 0
            came_out = self.came_out.of(expr) if self.came_out is not None else None
            mark, told = (came_out.mark, came_out.told) if came_out is not None else (None, "")
            mark = "value" if part in NO_DEMANDS and mark != "open" else mark
            self.nodes[part] = Node(part, "part", say(f"part.{part}"), None, mark, told, _size(expr) if folded else 0)
            for one in () if folded else expr.parts if isinstance(expr, And) else (expr,):
                self._add(one, part, "", self.depth)
        return Graph(title, say.lang, tuple(self.nodes.values()), tuple(self.edges), self.decision is not None)

    def _parts(self) -> Iterator[tuple[str, Expr]]:
        """What a provision tests and gives, but what holds for everybody and what is nothing."""
        plan, p = self.plan, self.plan.provision
        settled = plan.settlement
        given = {name: getattr(plan, name, None) for name in ("reach", "force", "when", "discretion", "low", "high")}
        given |= {"used": settled and settled.used, "due": p.due, "result": p.result}
        given |= {"measure": p.measure.value, "required": p.measure.required} if p.measure else {}
        same = plan.low is plan.high
        for name in PARTS:
            expr = given.get(name)
            if expr is None or (isinstance(expr, Const) and isinstance(expr.value, bool)) or (same and name == "low"):
                continue
            yield "amount" if same and name == "high" else name, expr

    def _add(self, expr: Expr, parent: str, role: str, depth: int) -> None:
        while isinstance(expr, And | Or) and len(expr.parts) == 1:
            expr = expr.parts[0]
        key = (parent, role, expr) if isinstance(expr, Const) else expr  # the same figure is no shared rule
        name = self.ids.setdefault(key, f"n{len(self.ids)}")
        self.edges[Edge(parent, name, role)] = None
        if depth <= self.opened.get(key, -1):
            return
        self.opened[key] = depth
        opens = isinstance(expr, Condition | ByReading)
        below = [*self._below(expr)]
        folded = opens and depth <= 0 and bool(below)
        self.nodes[name] = self._node(name, expr, _size(expr) if folded else 0)
        for what, part in () if folded else below:
            self._add(part, name, what, depth - opens)

    def _below(self, expr: Expr) -> Iterator[tuple[str, Expr]]:
        """The nodes below one; of a reading that was taken in a decision, the alternative that decided."""
        taken = None
        if isinstance(expr, ByReading) and self.decision is not None:
            taken = self.decision.question.readings[expr.reading.name]
        for role, part in self.name.below(expr):
            if taken is None or (isinstance(expr, ByReading) and expr.alternatives[taken] is part):
                yield role, part

    def _node(self, name: str, expr: Expr, hidden: int) -> Node:
        tests = expr.shape.type.value == "yes/no"
        kind = "condition" if isinstance(expr, Condition) else "test" if tests else "value"
        clause = expr.clause if isinstance(expr, Condition) else None
        came_out = self.came_out.of(expr) if self.came_out is not None else None
        if came_out is None:
            return Node(name, kind, self.name.of(expr), clause, hidden=hidden)
        text = came_out.sentence if kind == "test" and came_out.sentence else self.name.of(expr)
        told = "" if isinstance(expr, Const) else came_out.told
        return Node(name, kind, text, clause, came_out.mark, told, hidden)
