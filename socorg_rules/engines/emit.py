"""The rule tree as Python source: each node becomes an expression that the compiled engine runs.

What the source computes is a sound part of the reference semantics. A test comes out `True`, `False` or `None`, a
quantity as its value, `ABSENT` or `None`; where it is not `None`, it is what the reference interpreter finds. `None`
says that this shortcut does not know: the fact is missing, or only ranges would tell. Kleene's connectives pass over a
`None` that does not matter, so that most decisions are reached with much unknown; else the reference is asked.

A case that contradicts itself is the reference's to tell. Nodes that can find a contradiction (`Pick`, `Stated`) are
*risky*: they are evaluated wherever the reference evaluates them, and raise `Refer` where they find one.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from ..calendar import shift, shift_month
from ..expr import ALWAYS, And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or, walk
from ..facts import Type
from ..reads import items_read, reads_no_item
from ..refs import FactOf, Fold, Item, Names, Pick, Quantified
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf
from . import running
from .analysis import exact, never_absent, over_alternatives, risky, stays_open
from .emit_items import fold, names, pick, quantified
from .emit_scope import Scope
from .spread import apart, combined

DEEP = 25
"""How deep an expression may nest before part of it becomes a function of its own; Python bounds its parentheses."""


WORTH_KEEPING = 5
"""How many nodes below a shared one make it worth keeping its value."""


class Emitter:
    """Turns the rule tree of a pack into source; `names` is what that source refers to."""

    def __init__(self, readings: Iterable[str], roots: Iterable[Expr]) -> None:
        self.readings = {name: i for i, name in enumerate(readings)}
        self.names: dict[str, Any] = {n: getattr(running, n) for n in running.__all__} | {
            "apart": apart,
            "combined": combined,
        }
        self.functions: list[str] = []
        self._named = 0
        self._items: dict[Item, int] = {}
        self._constants: dict[tuple[type, object], str] = {}
        self._functions: dict[Expr, str] = {}
        self._slots: dict[object, tuple[str, int]] = {}
        self._uses: dict[Expr, int] = {}
        for root in roots:
            self._count(root)

    def _count(self, node: Expr) -> None:
        """How often each node that is worth sharing is read."""
        for below in walk(node):
            self._uses[below] = self._uses.get(below, 0) + 1

    def item(self, item: Item) -> int:
        """The number of an item, which names the variable that stands for it."""
        return self._items.setdefault(item, len(self._items))

    def constant(self, value: object) -> str:
        """A value as it stands in the source: itself where Python can write it, else a name."""
        if value is None or isinstance(value, bool | str) or (isinstance(value, int) and abs(value) < 2**31):
            return repr(value)
        key = (type(value), value)
        if key not in self._constants:
            self._constants[key] = self.give(value)
        return self._constants[key]

    def give(self, value: object) -> str:
        """A name for something that the source refers to."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def define(self, name: str, parameters: Iterable[str], lines: Iterable[str], scope: Scope) -> None:
        """Write down a function."""
        head = f"def {name}(v, c{''.join(f', {p}' for p in parameters)}):"
        own = {f"f{p[1:]}" for p in parameters} | {n for n in scope.reads if not n.startswith("f")} | {"f"}
        start = [line for n, line in scope.reads.items() if n in own]
        self.functions.append("\n".join((head, *start, *lines)))

    # --------------------------------------------------------------------------------------------- expressions

    def expr(self, node: Expr, scope: Scope) -> str:
        """A node as an expression."""
        if isinstance(node, Condition):
            named = unnamed(node)
            return self.call(named, scope) if self.is_shared(named) else self.expr(named, scope)
        if isinstance(node, Quantified | Fold | Pick) or scope.depth >= DEEP or self._is_worth_keeping(node):
            return self.call(node, scope)
        scope.depth += 1
        found = EXPRESSIONS[type(node)](self, node, scope)
        scope.depth -= 1
        return found

    def is_shared(self, node: Expr) -> bool:
        """Whether several provisions ask for a node about the root entity, so that its value is worth keeping."""
        return self._uses.get(node, 0) > 1 and reads_no_item(node)

    def _is_worth_keeping(self, node: Expr) -> bool:
        """Whether looking a value up costs less than working it out again."""
        return self.is_shared(node) and sum(1 for _ in walk(node)) >= WORTH_KEEPING

    def call(self, node: Expr, scope: Scope) -> str:
        """A node as a call of a function of its own; where several read it, its value is kept."""
        if self.is_shared(node):
            return self.kept(("value", node), lambda own: self._lines(node, own), scope)
        parameters = [f"i{self.item(i)}" for i in items_read(node)]
        if node not in self._functions:
            own, self._functions[node] = Scope(), self._fresh()
            self.define(self._functions[node], parameters, self._lines(node, own), own)
        return f"{self._functions[node]}(v, c{''.join(f', {p}' for p in parameters)})"

    def kept(self, key: object, lines: Callable[[Scope], list[str]], scope: Scope) -> str:
        """The value of a function about the root entity, which is called once; `lines` are its body."""
        if key not in self._slots:
            own, name = Scope(), self._fresh()
            self.define(f"{name}_", (), lines(own), own)
            self._slots[key] = name, len(self._slots)
            keep = [f"    c.memo[{self._slots[key][1]}] = found = {name}_(v, c)", "    return found"]
            self.define(name, (), keep, Scope())
        (name, slot), found = self._slots[key], scope.name()
        return f"({found} if ({found} := {scope.read('memo')}[{slot}]) is not UNSET else {name}(v, c))"

    def _lines(self, node: Expr, own: Scope) -> list[str]:
        if isinstance(node, Condition):
            return self._lines(node.test, own)
        loop = LOOPS.get(type(node))
        return list(loop(self, node, own)) if loop else [f"    return {EXPRESSIONS[type(node)](self, node, own)}"]

    def _fresh(self) -> str:
        self._named += 1
        return f"n{self._named}"

    @property
    def shared(self) -> int:
        """How many values are kept."""
        return len(self._slots)

    def known(self, node: Expr, scope: Scope) -> tuple[str, str | None]:
        """A quantity put under a name, as far as it must be looked at; and that name, where it may be `None`."""
        if isinstance(node, Const):
            return self.constant(node.value), None
        if isinstance(node, Clock):
            return clock(node, scope), None
        found = scope.name()
        return f"({found} := {self.expr(node, scope)})", found


def unnamed(node: Expr) -> Expr:
    """The test behind a condition; a condition may name one that has a name already."""
    while isinstance(node, Condition):
        node = node.test
    return node


def clock(node: Clock, scope: Scope) -> str:
    """The day of the question, or a part of it."""
    return scope.read(node.grain)


def sequence(first: Iterable[str], last: str) -> str:
    """An expression evaluated after others, whose values it names."""
    before = list(first)
    return f"({', '.join(before)}, {last})[-1]" if before else last


def _const(emit: Emitter, node: Const, scope: Scope) -> str:  # noqa: ARG001 - all are called alike
    return emit.constant(node.value)


def _clock(emit: Emitter, node: Clock, scope: Scope) -> str:  # noqa: ARG001
    return clock(node, scope)


def _gap(emit: Emitter, node: Gap, scope: Scope) -> str:  # noqa: ARG001 - nothing closes a gap
    return "None"


def _fact(emit: Emitter, node: FactOf, scope: Scope) -> str:
    return scope.fact(node.owner, node.fact.name, emit.item)


def _after(emit: Emitter, nodes: Iterable[Expr], scope: Scope, then: Callable[..., str], absent: str = "False") -> str:
    """What is made of quantities that are known; `absent` where one does not exist, `None` where one is not known."""
    found = [(node, *emit.known(node, scope)) for node in nodes]
    before = [text for _, text, name in found if name is not None]
    names_ = [name or text for _, text, name in found]
    there = [name for _, _, name in found if name is not None]
    gone = [name for node, _, name in found if name is not None and not never_absent(node)]
    made = then(*names_)
    if not there:
        return made
    if gone:
        tests = " or ".join(f"{n} is ABSENT" for n in gone)
        unknown = " or ".join(f"{n} is None" for n in there)
        return sequence(before, f"{absent} if {tests} else None if {unknown} else {made}")
    if any(risky(node) for node, _, _ in found[1:]):
        return sequence(before, f"None if {' or '.join(f'{n} is None' for n in there)} else {made}")
    return f"(None if {' or '.join(f'{text} is None' for text in before)} else {made})"


def _compare(emit: Emitter, node: Compare, scope: Scope) -> str:
    spread = over_alternatives(node)
    if spread is not None:
        return emit.expr(spread, scope)
    return _after(emit, (node.left, node.right), scope, lambda a, b: f"{a} {node.op} {b}")


def _one_of(emit: Emitter, node: OneOf, scope: Scope) -> str:
    if all(isinstance(v, Const) for v in node.values):
        values = emit.constant(frozenset(v.value for v in node.values if isinstance(v, Const)))
        return _after(emit, (node.of,), scope, lambda a: f"{a} in {values}")
    others = ", ".join(emit.expr(v, scope) for v in node.values)
    return f"one_of({emit.expr(node.of, scope)}, {others})"


def _contains(emit: Emitter, node: Contains, scope: Scope) -> str:
    return _after(emit, (node.list, node.value), scope, lambda held, wanted: f"{wanted} in {held}")


def _in_division(emit: Emitter, node: InDivision, scope: Scope) -> str:
    within = emit.give(running.division_test(node.codes))
    return _after(emit, (node.of,), scope, lambda a: f"{within}({a})")


def _shift(emit: Emitter, node: Shift, scope: Scope) -> str:
    move: Any = shift_month if node.shape.type is Type.MONTH else shift
    period = node.period
    moved = emit.give(functools.lru_cache(running.KEPT)(lambda start: move(start, period)))
    return _after(emit, (node.start,), scope, lambda a: f"{moved}({a})", absent="ABSENT")


def _year_of(emit: Emitter, node: YearOf, scope: Scope) -> str:
    return _after(emit, (node.day,), scope, lambda a: f"{a}.year", absent="ABSENT")


def _combine(emit: Emitter, node: Combine, scope: Scope) -> str:
    if node.op == "/":
        return f"share({emit.expr(node.left, scope)}, {emit.expr(node.right, scope)})"
    sides = (node.left, node.right)
    if node.op in {"min", "max"}:
        smaller = {"min": "<=", "max": ">="}[node.op]
        made = _after(emit, sides, scope, lambda a, b: f"{a} if {a} {smaller} {b} else {b}", absent="ABSENT")
    elif node.op == "*" and isinstance(node.left, Const) and isinstance(node.left.value, Fraction):
        part = emit.constant(node.left.value)
        made = _after(emit, (node.right,), scope, lambda a: f"portion({a}, {part})", absent="ABSENT")
    else:
        made = _after(emit, sides, scope, lambda a, b: f"{a} {node.op} {b}", absent="ABSENT")
    return f"({made})"


def _lookup(emit: Emitter, node: Lookup, scope: Scope) -> str:
    key = scope.name()
    rows = [*node.rows.values(), *(() if node.otherwise is None else (node.otherwise,))]
    other = "None" if node.otherwise is None else emit.expr(node.otherwise, scope)
    if all(isinstance(r, Const) for r in rows):
        table = emit.give({k: r.value for k, r in node.rows.items() if isinstance(r, Const)})
        made = f"{table}.get({key}, {other})"
    else:
        chosen = (f"{emit.expr(row, scope)} if {key} == {k!r} else " for k, row in node.rows.items())
        made = "".join((*chosen, other))
    unknown = "refer()" if any(map(risky, rows)) else "None"
    none = "False" if node.shape.type is Type.YES_NO else "ABSENT"
    absent = "" if never_absent(node.key) else f"{none} if {key} is ABSENT else "
    return sequence((f"({key} := {emit.expr(node.key, scope)})",), f"{absent}{unknown} if {key} is None else {made}")


def _if(emit: Emitter, node: If, scope: Scope) -> str:
    test = scope.name()
    unknown = "refer()" if risky(node.then) or risky(node.otherwise) else "None"
    then, otherwise = emit.expr(node.then, scope), emit.expr(node.otherwise, scope)
    checked = f"({test} := {emit.expr(node.test, scope)})"
    return f"({then} if {checked} else {unknown} if {test} is None else {otherwise})"


def _stated(emit: Emitter, node: Stated, scope: Scope) -> str:
    direct, derived = scope.name(), scope.name()
    values = (f"({direct} := {emit.expr(node.direct, scope)})", f"({derived} := {emit.expr(node.derived, scope)})")
    if node.direct.fact.judgement:
        return sequence(values, f"{derived} if {direct} is None else {direct}")
    return sequence(values, f"stated({direct}, {derived}, {_untold(emit, node, scope)})")


def _untold(emit: Emitter, node: Stated, scope: Scope) -> str:
    """Whether the case tells nothing of the collection behind a derived figure, so that it cannot contradict.

    That holds where the filter hangs on nothing but the item: another filter may be settled whatever the items are.
    """
    derived = node.derived.test if isinstance(node.derived, Condition) else node.derived
    not_negative = node.direct.fact.low is not None and node.direct.fact.low >= 0
    match derived:
        case Quantified():
            free = stays_open(derived.item, derived.test) or (derived.op == "any" and derived.test is ALWAYS)
        case Fold():
            counts = not_negative and (derived.value is None or isinstance(derived.value, FactOf))
            free = (derived.op in {"min", "max"} or counts) and (
                derived.where is ALWAYS or stays_open(derived.item, derived.where)
            )
        case Pick():
            free = derived.where is ALWAYS or stays_open(derived.item, derived.where)
        case _:
            return "False"
    if not free:
        return "False"
    collection = derived.item.collection
    return f"{scope.fact(collection.owner, collection.fact.name, emit.item)} is None"


# ---------------------------------------------------------------------------------------------------- tests


def connective(emit: Emitter, node: And | Or, scope: Scope) -> tuple[str, Mapping[Expr, str]]:
    """Kleene's and, or: decisive as soon as one part is, `None` where one is unknown, else neutral. And the names of
    the values of its parts, all of which have one where it comes out `None`.

    What may find a contradiction is evaluated first and in any case, as the reference does.
    """
    decisive, neutral = ("False", "True") if isinstance(node, And) else ("True", "False")
    parts = sorted(node.parts, key=lambda p: not risky(p))
    before: list[str] = []
    tests: list[str] = []
    names: dict[Expr, str] = {}
    for part in parts:
        if isinstance(part, Const):
            if str(part.value) == decisive:
                tests.append("True")
            continue
        found = scope.name()
        text = f"({found} := {emit.expr(part, scope)})"
        if risky(part):
            before.append(text)
            text = found
        tests.append(f"{text} is {decisive}")
        names[part] = found
    if not tests:
        return neutral, names
    unknown = " or ".join(f"{name} is None" for name in names.values())
    last = f"None if {unknown} else {neutral}" if unknown else neutral
    made = sequence(before, f"{decisive} if {' or '.join(tests)} else {last}")
    return f"({made})", names


def _and_or(emit: Emitter, node: And | Or, scope: Scope) -> str:
    return connective(emit, node, scope)[0]


def _not(emit: Emitter, node: Not, scope: Scope) -> str:
    found = scope.name()
    return f"(None if ({found} := {emit.expr(node.part, scope)}) is None else not {found})"


def _presumed(emit: Emitter, node: Presumed, scope: Scope) -> str:
    found = emit.expr(node.part, scope)
    if exact(node.part):
        return f"({found} is not False)"
    return found


def _by_reading(emit: Emitter, node: ByReading, scope: Scope) -> str:
    taken = scope.name()
    chosen = f"({taken} := {scope.read('taken')}[{emit.readings[node.reading.name]}])"
    parts = [(scope.name(), emit.expr(a, scope)) for a in node.alternatives.values()]
    tried = [
        f"({name} := {text} if {taken} is None or {taken} == {i} else None)" for i, (name, text) in enumerate(parts)
    ]
    pick_ = "".join(f"{name} if {taken} == {i} else " for i, (name, _) in enumerate(parts))
    return sequence((chosen, *tried), f"{pick_}agree({', '.join(name for name, _ in parts)})")


LOOPS: dict[type[Expr], Callable[[Emitter, Any, Scope], Iterator[str]]] = {
    Quantified: quantified,
    Fold: fold,
    Pick: pick,
}
EXPRESSIONS: dict[type[Expr], Callable[[Emitter, Any, Scope], str]] = {
    Const: _const, Clock: _clock, Gap: _gap, FactOf: _fact, Compare: _compare, OneOf: _one_of, Contains: _contains,
    InDivision: _in_division, Names: names, Shift: _shift, YearOf: _year_of, Combine: _combine, Lookup: _lookup,
    If: _if, Stated: _stated, And: _and_or, Or: _and_or, Not: _not, Presumed: _presumed, ByReading: _by_reading,
}  # fmt: skip
