"""The numbers of a pack: sums, shares, counts, days and periods, each under an address by which it can be changed.

An address says where a number stands: `opening_subsidy.ceiling`, `grade_award.amount.5A`, `newly_established.years`.
A number in a condition that several provisions share is written once, and so is its address: the condition's. One that
the pack names with `parameter(…)` goes by that name, wherever it stands.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from .expr import Combine, Const, Expr, parts, walk
from .facts import Payment, Type, entity_type
from .money import Number, to_fen, to_yuan
from .plan import payments_of
from .provision import Grant, Provision, Standard
from .refs import Collection, Item, Ref, Root
from .words import ByReading, Condition, Gap, Lookup, Shift

if TYPE_CHECKING:
    from .pack import Pack

Scope = Condition | str
"""Where a number belongs: a condition that several provisions share, or what a provision says itself (its id), its
pack's reach or force (`reach`, `force`), or a name (`=name`)."""
Key = tuple[Scope, object, str]
"""A number: its scope, the node that holds it, and the field."""
QUANTITIES = {Type.NUMBER, Type.MONEY, Type.DATE}
SPANS = ("years", "months", "days")
IN_AMOUNTS = {"*": "share", "min": "ceiling", "max": "floor"}
"""What a number of an amount is called after how it stands there."""


@attrs.frozen
class Parameter:
    """A number of a pack.

    `value` is a `Decimal` in yuan for money, else a whole number, a `Fraction` or a day; `unit` says of what. `clause`
    is where the document gives it, `label` what it is about, `provisions` are the ids of those that it takes part in.
    """

    name: str
    value: Decimal | int | Fraction | dt.date
    unit: str
    clause: str
    label: str
    provisions: tuple[str, ...]
    keys: frozenset[Key] = attrs.field(repr=False, eq=False)

    def to_dict(self) -> dict[str, object]:
        """Plain data, as `socorg-rules pack --format json` prints it."""
        told = {n: getattr(self, n) for n in ("unit", "clause", "label")}
        return {"parameter": self.name, "value": str(self.value), **told, "provisions": list(self.provisions)}


@attrs.frozen
class _Found:
    """A number where the walk came upon it."""

    key: Key
    words: tuple[str, ...]
    value: Decimal | int | Fraction | dt.date
    unit: str
    clause: str
    label: str
    provision: str


def parameters(pack: Pack) -> dict[str, Parameter]:
    """Every number of a pack by its address, in the order of its provisions."""
    shared = shared_conditions(pack)
    rows: dict[Key, list[_Found]] = {}
    for p in pack.provisions:
        for number in Numbers(p, shared).all(pack):
            rows.setdefault(number.key, []).append(number)
    grouped: dict[tuple[str, ...], list[list[_Found]]] = {}
    for found in rows.values():
        grouped.setdefault(found[0].words, []).append(found)
    made: dict[str, Parameter] = {}
    for words, group in grouped.items():
        named = found_name(group[0][0].key) is not None
        sets = [[f for found in group for f in found]] if named else group
        for i, every in enumerate(sets, 1):
            name = ".".join(words) + (f".{i}" if len(sets) > 1 else "")
            first, provisions = every[0], tuple(dict.fromkeys(f.provision for f in every))
            keys = frozenset(f.key for f in every)
            made[name] = Parameter(name, first.value, first.unit, first.clause, first.label, provisions, keys)
    return made


def found_name(key: Key) -> str | None:
    """The name that a pack gave to a number; None where it has none."""
    scope = key[0]
    return scope[1:] if isinstance(scope, str) and scope.startswith("=") else None


def shared_conditions(pack: Pack) -> frozenset[Condition]:
    """The conditions in which several provisions have a part."""
    counts: Counter[Condition] = Counter()
    for p in pack.provisions:
        counts.update({n for _, e, _ in _slots(p, pack) for n in walk(e) if isinstance(n, Condition)})
    return frozenset(c for c, times in counts.items() if times > 1)


def _slots(p: Provision, pack: Pack) -> Iterator[tuple[str, Expr, str]]:
    """What a provision says, each with a word and whose it is: the provision's own, or its pack's."""
    if isinstance(p, Grant):
        yield from ((word, expr, p.id) for word, expr in _sums(p) if expr is not None)
    tests = (p.when, *(p.checklist if isinstance(p, Standard) else ()))
    yield from (("when", expr, p.id) for expr in tests)
    measures = (p.measure.required, p.measure.value) if p.measure else (None, None)
    words = ("required", "measured", "due", "result", "discretion")
    rest = zip(words, (*measures, p.due, p.result, p.discretion), strict=True)
    yield from ((word, expr, p.id) for word, expr in rest if expr is not None)
    # What a pack says is written once for all of its provisions.
    yield from (("reach", e, "reach") for e in pack.reach) if p.reach is None else [("reach", p.reach, p.id)]
    yield "force", pack.force if p.force is None else p.force, "force" if p.force is None else p.id


def _sums(grant: Grant) -> Iterator[tuple[str, Expr | None]]:
    low, high = grant.amount.low, grant.amount.high
    yield "amount" if low is high else "ceiling", high
    yield "floor", None if low is high else low
    yield "credited", grant.terms.at_least if grant.terms is not None else None


@attrs.frozen
class Numbers:
    """The walk through the numbers of one provision."""

    provision: Provision
    shared: frozenset[Condition]

    def all(self, pack: Pack) -> Iterator[_Found]:
        """Every number of the provision, in order."""
        p = self.provision
        for word, expr, whose in _slots(p, pack):
            first = (p.id,) if whose == p.id else ()
            yield from self.below(expr, _At(whose, (*first, word), p.clause, p.title, role=len(first)))
        if isinstance(p, Grant) and p.terms is not None:
            at = _At(p.id, (p.id,), p.clause, p.title)
            if p.terms.limit is not None:
                yield self._found(p.terms, "limit", at.to("limit"), p.terms.limit, "个月")
            if p.terms.credit is not None and (item := payment_item(pack, p)) is not None:
                for i, found in enumerate(self.credit(p.terms.credit(Ref(item)))):
                    yield attrs.evolve(found, key=(p.id, ("credit", i), ""))

    def credit(self, expr: Expr) -> Iterator[_Found]:
        """The numbers of what payments count for. Its nodes are new each time; their order says which is which."""
        return self.below(expr, _At(self.provision.id, (self.provision.id, "credit"), self.provision.clause, ""))

    def _found(self, node: object, field: str, at: _At, value: Any, unit: str) -> _Found:  # noqa: ANN401
        return _Found((at.scope, node, field), at.words, value, unit, at.clause, at.label, self.provision.id)

    def below(self, node: Expr, at: _At) -> Iterator[_Found]:  # noqa: C901, PLR0912 - one case for each node
        """The numbers of an expression, in order."""
        match node:
            case Const() if node.kind.type in QUANTITIES and not isinstance(node.value, str | bool):
                if node.kind.type is Type.MONEY and node.value == 0 and not (at.row or node.name):
                    return  # nothing, from which sums begin
                if node.name:
                    at = attrs.evolve(at, scope=f"={node.name}", words=(node.name,))  # one, wherever it stands
                yield self._found(node, "value", at, _outside(node.value, node.kind.type), node.kind.unit)
            case Gap():
                for word, field, bound in (("floor", "low", node.low), ("ceiling", "high", node.high)):
                    if bound is not None:
                        yield self._found(node, field, at.to(word), _outside(bound, node.kind.type), node.kind.unit)
            case Condition():
                own = node in self.shared
                clause, scope = node.clause or at.clause, node if own else at.scope
                words = (node.id,) if own else (*at.without_role(), node.id)
                yield from self.below(node.test, _At(scope, words, clause, node.label, role=None))
            case Lookup():
                yield from self.below(node.key, at)
                for key, row in (*node.rows.items(), ("otherwise", node.otherwise)):
                    if row is not None:
                        yield from self.below(row, at.to(key, row=key in node.rows))
            case ByReading():
                for name, alternative in node.alternatives.items():
                    yield from self.below(alternative, attrs.evolve(at.to(name), clause=node.reading.clause))
            case Shift():
                yield from self.below(node.start, at)
                for span in SPANS:
                    if getattr(node.period, span):
                        yield self._found(node, span, at.to(span), getattr(node.period, span), span)
            case Combine() if node.op in IN_AMOUNTS and at.in_amount:
                for part in (node.left, node.right):
                    there = isinstance(part, Const) and (part.kind.type is Type.MONEY) == (node.op != "*")
                    yield from self.below(part, at.as_(IN_AMOUNTS[node.op]) if there else at)
            case _:
                for part in parts(node):
                    yield from self.below(part, at)


@attrs.frozen
class _At:
    """Where the walk stands; `role` is the place of the word for the part of the provision among the words."""

    scope: Scope
    words: tuple[str, ...]
    clause: str
    label: str
    role: int | None = None
    row: bool = False

    def to(self, word: str, *, row: bool = False) -> _At:
        return attrs.evolve(self, words=(*self.words, word), row=row)

    def as_(self, word: str) -> _At:
        """The same with another word for the part of the provision."""
        words = tuple(word if i == self.role else w for i, w in enumerate(self.words))
        return attrs.evolve(self, words=words)

    def without_role(self) -> tuple[str, ...]:
        """The words without that of the part of a provision: a condition says enough."""
        return tuple(w for i, w in enumerate(self.words) if i != self.role)

    @property
    def in_amount(self) -> bool:
        return self.role is not None and self.words[self.role] in {"amount", "floor", "ceiling"}


def payment_item(pack: Pack, grant: Grant) -> Item | None:
    """The payment that the credit of a top-up speaks of."""
    fact = payments_of(pack.plans[grant.id].root)
    return Item(Collection(Root(pack.plans[grant.id].root), fact)) if fact and fact.of is entity_type(Payment) else None


def _outside(value: Any, kind: Type) -> Decimal | int | Fraction | dt.date:  # noqa: ANN401 - of the type given
    return to_yuan(value) if kind is Type.MONEY else value


Given = Decimal | int | Fraction | dt.date | Const


def taken_by(parameter: Parameter) -> str:
    """What values a parameter takes, and which it has, in words."""
    match parameter.value:
        case dt.date():
            kind = "a day of the calendar"
        case Decimal():
            kind = "yuan of 0 or more, with at most two places"
        case _:
            kind = "a whole number of 0 or more" if is_counted(parameter) else "an exact number"
    unit = "" if parameter.unit in {"", "元"} else f" {parameter.unit}"
    return f"{kind}, and is {parameter.value}{unit} now"


def is_counted(parameter: Parameter) -> bool:
    """Whether it is a number of months, years or days."""
    return parameter.unit in {*SPANS, "个月"}


def inside(parameter: Parameter, given: object) -> Number | dt.date | None:
    """A new value as the rule tree holds it; None where it is none of the parameter's kind."""
    plain = given.value if isinstance(given, Const) else given
    if isinstance(given, Const) and given.kind.type is Type.MONEY:
        return plain if isinstance(parameter.value, Decimal) and isinstance(plain, int) else None
    match parameter.value:
        case dt.date():
            return plain if isinstance(plain, dt.date) and not isinstance(plain, dt.datetime) else None
        case Decimal():
            exact = isinstance(plain, int | Decimal) and not isinstance(plain, bool) and Decimal(plain).is_finite()
            return to_fen(plain) if exact and plain >= 0 else None  # type: ignore[operator, arg-type]
    if isinstance(plain, Decimal) and plain.is_finite():
        plain = Fraction(plain)
    if isinstance(plain, bool) or not isinstance(plain, int | Fraction):
        return None
    return plain if not is_counted(parameter) or (isinstance(plain, int) and plain >= 0) else None
