"""A provision as Python source: one function that finds, and one that says when the passing of time may change that."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from ..decision import Finding, Reason
from ..expr import ALWAYS, FLIPPED, IMPOSSIBLE, And, Compare, Const, Contains, Expr, parts, walk
from ..plan import NOTHING, Plan, Settlement, payments_of
from ..provision import Standard
from ..reads import readings_of
from ..refs import Fold, Pick, Quantified
from ..words import Clock, Condition
from .analysis import exact, over_alternatives, risky
from .emit import Emitter, connective
from .emit_doubt import doubt
from .emit_scope import Scope
from .emit_spread import spread
from .findings import Findings
from .running import KEPT, UNSET, turns

BOTH, MEETING, LEAVING = slice(0, 2), slice(0, 1), slice(1, 2)
TURNS_AT = {"<": MEETING, ">=": MEETING, "<=": LEAVING, ">": LEAVING}
"""When a comparison of the clock with a value turns: where the clock meets the value, or leaves it behind."""
NO_TERMS = Settlement(IMPOSSIBLE, NOTHING)


def parameters(emit: Emitter, plan: Plan) -> tuple[str, ...]:
    """What a function about a provision takes besides the case and the question: the item that it decides."""
    return () if plan.item is None else (f"i{emit.item(plan.item)}",)


def finding(emit: Emitter, plan: Plan, name: str) -> None:
    """The function `name` that gives the finding for the root entity, or for one item.

    It gives `OPEN` where the provision is surely undetermined, and `None` where only the reference knows.
    """
    made = _Finding(emit, plan)
    taken = (*parameters(emit, plan), *(() if plan.item is None else ("path",)))
    emit.define(name, taken, list(made.lines()), made.scope)


class _Finding:
    """The body of such a function. What the provision itself settles is written into it."""

    def __init__(self, emit: Emitter, plan: Plan) -> None:
        self.emit, self.plan, self.scope = emit, plan, Scope()
        self.made = Findings(plan)
        self.values: dict[str, str] = {"item": "None" if plan.item is None else "path"}

    def lines(self) -> Iterator[str]:
        """What is asked, in the order of the reference."""
        p, terms, plan = self.plan.provision, self.plan.settlement or NO_TERMS, self.plan
        yield from self._paid()
        yield from self._value("due", p.due)
        open_ = False
        for reason, test in ((Reason.NOT_APPLICABLE, plan.reach), (Reason.NOT_IN_FORCE, plan.force)):
            if test is not ALWAYS:
                yield from self._test(test, first=not open_)
                open_ = True
                yield f"    if test is False: return {self._refused(reason)}"
        yield from self._test(plan.when, first=not open_)
        measured = () if p.measure is None else (p.measure.value, p.measure.required, p.measure.shortfall)
        checks = p.checklist if isinstance(p, Standard) else ()
        quantities, verdicts = [f"q{i}" for i in range(len(measured))], [f"c{i}" for i in range(len(checks))]
        for shown, expr in zip((*quantities, *verdicts), (*measured, *checks), strict=True):
            yield from self._value(shown, expr)
        for name, names in (("quantities", quantities), ("checks", verdicts)):
            self.values[name] = f"({', '.join(self.values[n] for n in names)},)" if names else "()"
        if p.result is not None and risky(p.result):
            yield from self._value("result", p.result)
        yield f"    if test is False: return {self._refused(Reason.CONDITIONS)}"
        yield from self._value("used", terms.used)
        yield f"    if unknown: return {'OPEN' if self.values['used'] == 'False' else 'None if used else OPEN'}"
        yield from self._value("months_used", terms.months_used)
        pays = plan.low is not None and plan.high is not None
        yield from self._sum("low", plan.low if pays else None)
        if plan.high is plan.low:
            self.values["high"] = self.values["low"]
        else:
            yield from self._sum("high", plan.high if pays else None)
        yield from self._sum("credited", terms.credited if pays else None)
        yield from self._value("discretion", plan.discretion)
        if "result" not in self.values:
            yield from self._value("result", p.result)
        yield f"    return {self._call('granted', *GRANTED)}"

    def _test(self, test: Expr, *, first: bool) -> Iterator[str]:
        """A test that is not known leaves the provision open, if it surely is not; else the reference is asked.

        Of a conjunction, what is known cannot make it false; that the rest is surely not known is enough.
        """
        if first:
            yield "    unknown = False"
        if isinstance(test, And) and not exact(test):
            text, names = connective(self.emit, test, self.scope)
        else:
            text, names = self.emit.expr(test, self.scope), {test: "test"}
        yield f"    test = {text}"
        yield "    if test is None:"
        for part, name in names.items():
            if doubtful := doubt(self.emit, part, self.scope):
                yield f"        if {name} is None and ({doubtful}): return None"
        yield "        unknown = True"

    def _value(self, name: str, expr: Expr | None) -> Iterator[str]:
        """A value that the finding needs; without it, the reference is asked."""
        if expr is None or isinstance(expr, Const):
            self.values[name] = "None" if expr is None else self.emit.constant(expr.value)
            return
        self.values[name] = name
        yield f"    if ({name} := {self.emit.expr(expr, self.scope)}) is None: return None"

    def _sum(self, name: str, expr: Expr | None) -> Iterator[str]:
        """A sum, which may lie between two ends where a reading is open."""
        if expr is None or not readings_of(expr) or risky(expr):
            yield from self._value(name, expr)
            return
        self.values[name] = name
        yield f"    if ({name} := {self.emit.expr(expr, self.scope)}) is None:"
        yield f"        if ({name} := {spread(self.emit, expr, self.scope)}) is None: return None"

    def _paid(self) -> Iterator[str]:
        """What was paid so far. Where the case does not tell all payments, it is not known, and leaves nothing open."""
        payments = payments_of(self.plan.root)
        if self.plan.settlement is None or payments is None:
            self.values["paid"] = "None"
            return
        self.values["paid"] = "paid"
        yield f"    paid = {self.emit.expr(self.plan.settlement.paid, self.scope)}"
        told = f"(payments := v.get({payments.name!r})) is not None and payments.complete"
        yield f"    if paid is None and {told}: return None"

    def _refused(self, reason: Reason) -> str:
        self.values["reason"] = self.emit.give(reason)
        shown = ("quantities", "checks") if reason is Reason.CONDITIONS else ()
        return self._call("refused", "reason", "item", "paid", "due", *shown)

    def _call(self, method: str, *names: str) -> str:
        """The finding itself where nothing of it hangs on the case, else the call that makes it."""
        make = getattr(self.made, method)
        texts = {name: self.values[name] for name in names}
        settled = {name: value for name, text in texts.items() if (value := self._settled(text)) is not UNSET}
        if len(settled) == len(texts):
            return self.emit.give(make(**settled))
        open_ = tuple(name for name in names if name not in settled)

        @functools.lru_cache(KEPT)
        def found(*values: object) -> Finding:
            made: Finding = make(**settled, **dict(zip(open_, values, strict=True)))
            return made

        return f"{self.emit.give(found)}({', '.join(texts[name] for name in open_)})"

    def _settled(self, text: str) -> object:
        """What a text of this class stands for whatever the case is; `UNSET` where it hangs on the case."""
        if text in self.emit.names:
            return self.emit.names[text]
        try:
            return ast.literal_eval(text)
        except ValueError:
            return UNSET


GRANTED = (
    "item",
    "paid",
    "due",
    "used",
    "discretion",
    "months_used",
    "low",
    "high",
    "credited",
    "quantities",
    "checks",
    "result",
)
"""What `Findings.granted` takes."""


def of_none(emit: Emitter, plan: Plan, name: str) -> None:
    """The function `name` that gives why a provision about items is not met where there is none."""
    scope, terms = Scope(), plan.settlement or NO_TERMS
    lines = list(_of_none(emit, plan, scope, terms))
    emit.define(name, parameters(emit, plan), lines, scope)


def _of_none(emit: Emitter, plan: Plan, scope: Scope, terms: Settlement) -> Iterator[str]:
    if any(map(risky, plan.exprs)):  # what a case contradicts itself in is told, also where no item is listed
        yield "    return None"
        return
    for reason, test in ((Reason.NOT_APPLICABLE, plan.reach), (Reason.NOT_IN_FORCE, plan.force)):
        yield f"    test = {emit.expr(test, scope)}"
        yield f"    if test is False: return {emit.give(reason)}"
        if doubtful := doubt(emit, test, scope):
            yield f"    if test is None and ({doubtful}): return None"
    yield f"    if {emit.expr(terms.used, scope)} is not False: return None"
    yield f"    return {emit.give(Reason.CONDITIONS)}"


# -------------------------------------------------------------------------------------------------------- time


def turning(emit: Emitter, plan: Plan, name: str) -> None:
    """The function `name` that gives the first day after the question's on which a test of the provision may turn.

    It looks at every test of time, also where another test has decided; the day may be one on which nothing changes.
    Of a provision that is `refused` by a test, it passes over what the refusal leaves idle.
    """
    scope, seen, p, terms = Scope(), set[Expr](), plan.provision, plan.settlement or NO_TERMS
    measured = () if p.measure is None else (p.measure.value, p.measure.required)
    told = [e for e in (plan.reach, plan.force, plan.when, terms.paid, p.due, *measured) if e is not None]
    inside = [line for e in told for line in _turns(emit, e, scope, "    ", seen)]
    idle = [line for e in plan.exprs for line in _turns(emit, e, scope, "        ", seen)]
    if idle:
        inside += ["    if not refused:", *idle]
    lines = ["    days = []", *inside, *_first(scope)] if inside else ["    return None"]
    emit.define(name, ("refused", *parameters(emit, plan)), lines, scope)


@functools.lru_cache(2**16)
def timed(node: Expr) -> bool:
    """Whether the passing of time can change anything in a node."""
    return any(isinstance(n, Clock) or _arrives(n) for n in walk(node))


def _arrives(node: Expr) -> bool:
    entity = node.item.collection.fact.of if isinstance(node, Quantified | Fold | Pick) else None
    return entity is not None and entity.dating_fact is not None


def _turns(  # noqa: C901 - one case for each node
    emit: Emitter, node: Expr, scope: Scope, at: str, seen: set[Expr]
) -> Iterator[str]:
    """`seen` are the nodes whose days are noted already; within a loop, they are noted for each item."""
    if not timed(node) or node in seen:
        return
    seen.add(node)
    match node:
        case Condition() if emit.is_shared(node.test):
            yield f"{at}if (first := {_kept_turning(emit, node.test, scope)}) is not None: days.append(first)"
            return
        case Compare() if (spread := over_alternatives(node)) is not None:
            yield from _turns(emit, spread, scope, at, seen)
            return
        case Compare():
            for clock, op, other in ((node.left, node.op, node.right), (node.right, FLIPPED[node.op], node.left)):
                if isinstance(clock, Clock):
                    which = BOTH if clock.stands_alone else TURNS_AT.get(op, BOTH)
                    yield _turn(emit, at, clock.grain, which, emit.expr(other, scope))
        case Contains() if isinstance(node.value, Clock) and not node.value.stands_alone:
            yield _turn(emit, at, node.value.grain, BOTH, emit.expr(node.list, scope))
        case Clock() if node.stands_alone:
            yield _turn(emit, at, "day", LEAVING, scope.read("year_end"))
        case Quantified() | Fold() | Pick():
            yield from _loop(emit, node, scope, at)
            return
    for below in parts(node):
        if not (isinstance(node, Compare) and isinstance(below, Clock)):
            yield from _turns(emit, below, scope, at, seen)


def _first(scope: Scope) -> tuple[str, ...]:
    """The first of the days that is later than the question's."""
    return (f"    days = [d for d in days if d > {scope.read('day')}]", "    return min(days) if days else None")


def _kept_turning(emit: Emitter, test: Expr, scope: Scope) -> str:
    """The first turn of a test that several provisions share, worked out once."""

    def lines(own: Scope) -> list[str]:
        return ["    days = []", *_turns(emit, test, own, "    ", set()), *_first(own)]

    return emit.kept(("turning", test), lines, scope)


def _turn(emit: Emitter, at: str, grain: str, which: slice, value: str) -> str:
    return f"{at}days += {emit.give(turns(grain, which))}({value})"


def _loop(emit: Emitter, node: Quantified | Fold | Pick, scope: Scope, at: str) -> Iterator[str]:
    """The items that come, and what time changes in those that are there."""
    n, collection = emit.item(node.item), node.item.collection
    yield f"{at}items{n} = {scope.fact(collection.owner, collection.fact.name, emit.item)}"
    yield f"{at}for i{n} in items{n}.records if items{n} is not None else ():"
    yield f"{at}    f{n} = i{n}.values.get"
    dating = collection.fact.of.dating_fact if collection.fact.of else None
    if dating is not None:
        yield f"{at}    if come(days, {scope.read('day')}, f{n}({dating.name!r})): continue"
    seen: set[Expr] = set()
    for below in parts(node):
        yield from _turns(emit, below, scope, f"{at}    ", seen)
