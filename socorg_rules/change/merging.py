"""Two texts of one provision merged into one tree, with a `Split` wherever they part.

A split whose two sides come out alike for a case is their value. Where they do not, or not yet, it is unknown, and the
finding over the merged tree has `PARTED` among its gaps as long as the difference can still matter. What such a finding
has decided without it, both texts decide alike, whatever further facts are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import attrs

from ..alike import Alike
from ..canonical import Forms
from ..expr import And, Compare, Const, Contains, Expr, OneOf, Or, Shape, parts
from ..facts import ORDERED, Type
from ..known import Value, hull, reasons
from ..place import Env
from ..plan import Plan
from ..provision import Measure, Standard
from ..reading import Reading, TextGap
from ..refs import Collection, FactOf, Fold, Item, Pick, Quantified
from ..words import ByReading, Condition, Presumed
from .order import terms

PARTED = TextGap("parted", "两个版本在此不同", "The two editions part here")

TESTS = (Compare, Contains, OneOf)
"""Tests that hold facts against constants."""

Taken = Mapping[str, str | None]
"""The alternative taken of each reading; None where it is left open."""


@attrs.frozen(eq=False)
class Split(Expr):
    """Where two texts part: what the older says, and what the newer says."""

    old: Expr
    new: Expr

    @property
    def shape(self) -> Shape:
        """That of the older."""
        return self.old.shape


class Merged(Alike):
    """The reference interpreter over a merged tree. Nothing is presumed that a further fact may turn; facts that are to
    stay `untold` do not."""

    def __init__(self, *args: Any, untold: frozenset[str] = frozenset()) -> None:  # noqa: ANN401 - those of the interpreter
        super().__init__(*args)
        self.untold = untold
        self.inner: dict[str, None] = {}
        """The facts that the two sides of a split still miss."""

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        if isinstance(node, Presumed):
            found = self.value(node.part, env)
            return Value(True, True, until=found.until) if found.why and self.untold.issuperset(found.why) else found
        if not isinstance(node, Split):
            return super().value(node, env)
        old, new = self.value(node.old, env), self.value(node.new, env)
        if not old.why and not new.why and old.absent is new.absent and old.low == new.low:
            return old
        why = reasons((old, new))
        self.inner.update(dict.fromkeys(w for w in why if isinstance(w, str)))
        if node.shape.type is Type.YES_NO:
            return Value(False, True, (*why, PARTED))
        ordered = node.old.shape.type is node.new.shape.type and node.shape.type in ORDERED
        return hull([old, new], (*why, PARTED), ordered=ordered)


@attrs.frozen(eq=False)
class Pair:
    """Two texts of a provision under the same readings, the newer one written over the items of the older one.

    `merged` is None where they are of different build (about another entity, paid to somebody else and so on), so
    that there is nothing in common.
    """

    old: Plan
    new: Plan
    merged: Plan | None


def pair(old: Plan, new: Plan, taken_old: Taken, taken_new: Taken) -> Pair:
    """The two texts side by side under these readings."""
    older, newer = settled_plan(old, taken_old), settled_plan(new, taken_new)
    if not _of_one_build(older, newer):
        return Pair(older, newer, None)
    items = {newer.item: older.item} if newer.item is not None and older.item is not None else {}
    merge = _Merging(items)
    fields = {n: merge.maybe(getattr(older, n), getattr(newer, n)) for n in PLAN_FIELDS}
    if older.settlement is not None and newer.settlement is not None:
        terms = {n: merge.maybe(getattr(older.settlement, n), getattr(newer.settlement, n)) for n in TERMS_FIELDS}
        fields["settlement"] = attrs.evolve(older.settlement, **terms)
    p, q = older.provision, newer.provision
    shown: dict[str, Any] = {n: merge.maybe(getattr(p, n), getattr(q, n)) for n in ("result", "due")}
    shown |= {"measure": None} | ({"checklist": ()} if isinstance(p, Standard) else {})  # these leave nothing open
    return Pair(older, newer, attrs.evolve(older, provision=attrs.evolve(p, **shown), **fields))


PLAN_FIELDS = ("reach", "force", "when", "discretion", "low", "high")
TERMS_FIELDS = ("used", "paid", "credited", "months_used")


def _of_one_build(old: Plan, new: Plan) -> bool:
    """Whether each part of one text has its counterpart in the other."""
    if old.root.name != new.root.name or (old.item is None) != (new.item is None) or old.per != new.per:
        return False
    if old.item is not None and new.item is not None and old.item.collection.fact.name != new.item.collection.fact.name:
        return False
    if (old.settlement is None) != (new.settlement is None) or terms(old) != terms(new) or old.gaps != new.gaps:
        return False
    both = [(getattr(old, n), getattr(new, n)) for n in PLAN_FIELDS]
    both += [(getattr(old.provision, n), getattr(new.provision, n)) for n in ("result", "due", "measure")]
    if old.settlement is not None and new.settlement is not None:
        both += [(getattr(old.settlement, n), getattr(new.settlement, n)) for n in TERMS_FIELDS]
    return all((a is None) == (b is None) for a, b in both)


def settled_plan(plan: Plan, taken: Taken) -> Plan:
    """A provision in which what was chosen of each reading stands in its place."""
    return rewritten(plan, _Choosing(taken))


def rewritten(plan: Plan, made: Rebuilding) -> Plan:
    """A provision with each of its expressions made anew."""

    def maybe(expr: Expr | None) -> Any:  # noqa: ANN401 - an expression, or nothing
        return None if expr is None else made.of(expr)

    p = plan.provision
    shown: dict[str, Any] = {n: maybe(getattr(p, n)) for n in ("result", "due")}
    if p.measure is not None:
        shown["measure"] = Measure(made.of(p.measure.value), made.of(p.measure.required), p.measure.unit)
    if isinstance(p, Standard):
        shown["checklist"] = tuple(made.of(c) for c in p.checklist)
    fields: dict[str, Any] = {n: maybe(getattr(plan, n)) for n in PLAN_FIELDS}
    if plan.settlement is not None:
        terms = {n: maybe(getattr(plan.settlement, n)) for n in TERMS_FIELDS}
        fields["settlement"] = attrs.evolve(plan.settlement, **terms)
    return attrs.evolve(plan, provision=attrs.evolve(p, **shown), **fields)


class Rebuilding:
    """Makes an expression anew from changed parts; what does not change stays the same object."""

    def __init__(self) -> None:
        self._made: dict[Expr, Expr] = {}

    def of(self, node: Expr) -> Expr:
        """The expression, made anew."""
        if node not in self._made:
            self._made[node] = self.new(node)
        return self._made[node]

    def new(self, node: Expr) -> Expr:
        """What stands in the place of a node."""
        return rebuilt(node, self.field)

    def field(self, value: object) -> object:
        """What stands in the place of one of its fields."""
        match value:
            case Expr():
                return self.of(value)
            case tuple() if value and isinstance(value[0], Expr):
                return tuple(self.of(v) for v in value)
            case Mapping() if value and all(isinstance(v, Expr) for v in value.values()):
                return {k: self.of(v) for k, v in value.items()}
        return value


def rebuilt(node: Expr, field: Any) -> Expr:  # noqa: ANN401 - a function of a field
    """A node with its fields changed."""
    new = {}
    for name in fields_of(node):
        old = getattr(node, name)
        made = field(old)
        if made is not old and not _same(made, old):
            new[name] = made
    made_node: Expr = attrs.evolve(cast("Any", node), **new) if new else node
    return made_node


def _same(made: object, old: object) -> bool:
    if isinstance(made, tuple) and isinstance(old, tuple):
        return len(made) == len(old) and all(a is b for a, b in zip(made, old, strict=True))
    if isinstance(made, Mapping) and isinstance(old, Mapping):
        return all(made[k] is old[k] for k in old)
    return False


def fields_of(node: Expr) -> list[str]:
    """The fields of a node."""
    return [name for name in type(node).__slots__ if name != "__weakref__"]


class _Choosing(Rebuilding):
    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self._taken = taken

    def new(self, node: Expr) -> Expr:
        """A reading gives way to the alternative that is taken of it."""
        if isinstance(node, ByReading):
            taken = self._taken.get(node.reading.name)
            if taken is not None:
                return self.of(node.alternatives[taken])
        return super().new(node)


class Translating(Rebuilding):
    """Writes an expression over other items."""

    def __init__(self, items: Mapping[Item, Item]) -> None:
        super().__init__()
        self._items = dict(items)

    def field(self, value: object) -> object:
        """What stands in the place of a field; an item gives way to its counterpart."""
        if isinstance(value, Item):
            return self.item(value)
        return super().field(value)

    def item(self, item: Item) -> Item:
        """The item in whose place it stands; of one that has no counterpart, the same over translated collections."""
        if item not in self._items:
            owner = item.collection.owner
            there = self.item(owner) if isinstance(owner, Item) else owner
            same = there is owner
            self._items[item] = item if same else Item(Collection(there, item.collection.fact))
        return self._items[item]


class _Merging:
    """Walks two expressions side by side. `items` are those of the newer with those of the older in their places."""

    def __init__(self, items: Mapping[Item, Item]) -> None:
        self._items = dict(items)

    def maybe(self, old: Expr | None, new: Expr | None) -> Any:  # noqa: ANN401 - an expression, or nothing
        """The merged expression, where there is one."""
        return None if old is None or new is None else self.of(old, new)

    def of(self, old: Expr, new: Expr) -> Expr:
        """The expression that both say, with a split wherever they part."""
        while isinstance(old, Condition) and not isinstance(new, Condition):
            old = old.test
        while isinstance(new, Condition) and not isinstance(old, Condition):
            new = new.test
        if self._form(old) == self._form(new, translated=True):
            return old
        if type(old) is not type(new):
            return self._split(old, new)
        match old, new:
            case (Condition(), Condition()):  # its name and its words decide nothing
                return attrs.evolve(old, test=self.of(old.test, new.test))
            case (And(), And()) | (Or(), Or()):
                return self._joined(cast("And", old), cast("And", new))
        if isinstance(old, Quantified | Fold | Pick) and isinstance(new, Quantified | Fold | Pick):
            if not self._over_one(old.item, new.item):
                return self._split(old, new)
            self._items[new.item] = old.item
        return self._side_by_side(old, new)

    def _over_one(self, old: Item, new: Item) -> bool:
        there = Forms(*self._items.values()).of(Translating(self._items).item(new).collection)
        return Forms(*self._items.values()).of(old.collection) == there

    def _side_by_side(self, old: Expr, new: Expr) -> Expr:
        """Of two nodes of a kind, the differing parts merged; a split where they differ in more than parts."""
        fresh: dict[str, Any] = {}
        for name in fields_of(old):
            a, b = getattr(old, name), getattr(new, name)
            merged = self._fields(a, b)
            if merged is None or (isinstance(old, TESTS) and _of_constants(merged[0])):
                return self._split(old, new)
            if merged[0] is not a:
                fresh[name] = merged[0]
        if isinstance(fresh.get("direct"), Split):  # only a fact can be given directly
            return self._split(old, new)
        made: Expr = attrs.evolve(cast("Any", old), **fresh) if fresh else old
        return made

    def _fields(self, a: object, b: object) -> tuple[object] | None:  # noqa: PLR0911 - one case for each kind of field
        """The merged field; None where the two cannot be."""
        match a, b:
            case Expr(), Expr():
                return (self.of(a, b),)
            case (tuple(), tuple()) if a and isinstance(a[0], Expr):
                if len(a) != len(b):
                    return None
                return (tuple(self.of(x, y) for x, y in zip(a, b, strict=True)),)
            case (Mapping(), Mapping()) if a and all(isinstance(v, Expr) for v in a.values()):
                if a.keys() != b.keys():
                    return None
                return ({k: self.of(a[k], b[k]) for k in a},)
            case (Item(), Item()):
                return (a,) if self._items.get(b) is a else None
            case (Reading(), Reading()):
                return (a,) if a.name == b.name and a.alternatives.keys() == b.alternatives.keys() else None
        there = Forms(*self._items.values()).of(_translated(b, self._items))
        return (a,) if Forms(*self._items.values()).of(a) == there else None

    def _joined(self, old: And, new: And) -> Expr:
        """Tests joined: those that both have, and a split of the rest."""
        rest = {i: self._form(p, translated=True) for i, p in enumerate(new.parts)}
        kept, left = [], []
        for part in old.parts:
            form = self._form(part)
            found = next((i for i, f in rest.items() if f == form), None)
            if found is None:
                left.append(part)
            else:
                del rest[found]
                kept.append(part)
        more = [new.parts[i] for i in rest]
        if len(left) == len(more):  # likely the same tests, changed
            return type(old)((*kept, *(self.of(a, b) for a, b in zip(left, more, strict=True))))
        return type(old)((*kept, self._split(type(old)(tuple(left)), type(old)(tuple(more)))))

    def _split(self, old: Expr, new: Expr) -> Split:
        return Split(old, Translating(self._items).of(new))

    def _form(self, expr: Expr, *, translated: bool = False) -> object:
        known = tuple(dict.fromkeys(self._items.values()))
        return Forms(*known).of(Translating(self._items).of(expr) if translated else expr)


def _of_constants(merged: object) -> bool:
    """Whether two constants part: then the test that holds them against a fact does, and that fact tells them apart."""
    parted = merged if isinstance(merged, tuple) else (merged,)
    return any(isinstance(p, Split) and isinstance(p.old, Const) and isinstance(p.new, Const) for p in parted)


def _translated(value: object, items: Mapping[Item, Item]) -> object:
    if isinstance(value, Item):
        return items.get(value, value)
    if isinstance(value, FactOf | Collection):
        return Translating(items).of(value)
    return value


def splits(plan: Plan) -> Iterator[Split]:
    """Every place where the two texts of a merged provision part."""
    p, s = plan.provision, plan.settlement
    exprs = [getattr(plan, n) for n in PLAN_FIELDS] + [p.result, p.due]
    exprs += [getattr(s, n) for n in TERMS_FIELDS] if s is not None else []
    seen: set[Expr] = set()
    waiting = [e for e in exprs if e is not None]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Split):
            yield node
        else:
            waiting.extend(parts(node))
