"""Changing a pack: the same text with other numbers, other defaults of readings, provisions replaced, added, repealed.

A changed pack is a new one; what is not changed is shared with the old one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, cast

import attrs

from .errors import PackError, Problem, nearest
from .expr import Const, Expr
from .money import Number
from .parameters import SPANS, Given, Key, Numbers, Parameter, Scope, inside, is_counted, shared_conditions, taken_by
from .provision import Figure, Grant, Measure, Provision, Standard, Terms
from .reading import Reading
from .refs import Ref
from .value import shown
from .words import ByReading, Condition, Shift

if TYPE_CHECKING:
    from .pack import Pack, Source


class Changes(TypedDict, total=False):
    """What can be changed in a pack.

    `parameters`: new values by address (`pack.parameters` lists them): yuan as an integer or `Decimal`, a number, a
    day, or what a pack writes (`yuan(…)`). `replace`: provisions that take the place of those with their ids. `add`:
    provisions that follow the others. `repeal`: ids of provisions that go, each with the reason, which stands in the
    list of clauses where no other provision encodes them. `readings`: those whose default changes, as
    `Reading.settled` gives them. `reach`, `force`, `source`, `title`: those of the pack.
    """

    parameters: Mapping[str, Given]
    replace: Iterable[Provision]
    add: Iterable[Provision]
    repeal: Mapping[str, str]
    readings: Iterable[Reading]
    reach: tuple[Expr, ...]
    force: Expr
    source: Source
    title: str


MEMBERS = {"replace": Provision, "add": Provision, "readings": Reading}
"""What those changes are lists of."""


def changed(pack: Pack, changes: Changes, **about: Any) -> Pack:  # noqa: ANN401 - fields of a pack
    """The pack with these changes, and its other fields as given in `about`.

    Raises:
        PackError: a change names nothing that there is, or the changed pack has mistakes; all of them at once.
    """
    given: Any = {"parameters": {}, "replace": (), "add": (), "repeal": {}, "readings": (), **changes}
    given |= {w: tuple(given[w]) for w in MEMBERS if isinstance(given[w], Iterable)}
    if misshapen := [*_misshapen(pack, given), *_other_kinds(pack, given)]:
        raise PackError(misshapen)
    replaced = {p.id: p for p in given["replace"]}
    added = tuple(given["add"])
    problems = [*_misnamed(pack, replaced, added, given["repeal"])]
    numbers = _numbers(pack, given["parameters"], {*replaced, *given["repeal"]}, problems)
    readings = _readings(pack, given["readings"], problems)
    if problems:
        raise PackError(problems)
    rewrite = _Rewriting(numbers, readings, shared_conditions(pack))
    kept = (p for p in pack.provisions if p.id not in given["repeal"])
    provisions = (*(replaced.get(p.id) or rewrite.provision(p) for p in kept), *added)
    fields: dict[str, Any] = {
        "reach": tuple(rewrite.expr(e, "reach") for e in pack.reach),
        "force": rewrite.expr(pack.force, "force"),
        **{word: given[word] for word in ("reach", "force", "source", "title") if word in changes},
        **about,
    }
    if given["repeal"] and "source" not in changes:
        fields["source"] = _without_clauses(pack, provisions, given["repeal"])
    return attrs.evolve(pack, provisions=provisions, **fields)


def _misshapen(pack: Pack, given: Mapping[str, Any]) -> Iterable[Problem]:
    """Changes that are of no kind that there is, or not written as that kind is."""
    for word in sorted(given.keys() - Changes.__annotations__.keys()):
        yield Problem(f"{pack.id}.{word}", f"is no part of a pack{nearest(word, Changes.__annotations__)}")
    for word, told in (("parameters", "each address with its new value"), ("repeal", "each id with the reason")):
        if not isinstance(given[word], Mapping):
            yield Problem(f"{pack.id}.{word}", f"`{given[word]!r}` is no mapping; write `{{…}}`, {told}")
    if isinstance(given["repeal"], Mapping):
        for id_, why in given["repeal"].items():
            if not isinstance(why, str) or not why.strip():
                yield Problem(f"{pack.id}.{id_}", f"`repeal` says not why; write the reason, not `{why!r}`")
    for word, kind in MEMBERS.items():
        several = given[word] if isinstance(given[word], tuple) else (given[word],)
        for one in several:
            if one is given[word] or not isinstance(one, kind):
                told = f"write a list of {kind.__name__.lower()}s"
                yield Problem(f"{pack.id}.{word}", f"`{_short(one)}` is none; {told}")


def _other_kinds(pack: Pack, given: Mapping[str, Any]) -> Iterable[Problem]:
    """A title that is no text or says nothing, a source that is no document, and a force that is no test."""
    always = "a test, `ALWAYS` for one that always holds"
    for word, kind, remedy in (
        ("title", str, "a text"),
        ("source", type(pack.source), "`Source(…)`"),
        ("force", Expr, always),
    ):
        new = given.get(word, getattr(pack, word))
        if not isinstance(new, kind) or (isinstance(new, str) and not new.strip()):
            told = f"`{new!r}` is none; write {remedy}, or leave `{word}` out, and it stays as it is"
            yield Problem(f"{pack.id}.{word}", told)


def _short(given: object) -> str:
    """A value in a message: the whole rule tree of a provision would bury what is said of it."""
    return given.id if isinstance(given, Provision) else given.name if isinstance(given, Reading) else repr(given)


def _misnamed(
    pack: Pack, replaced: Mapping[str, Provision], added: tuple[Provision, ...], gone: Mapping[str, str]
) -> Iterable[Problem]:
    known = pack.plans
    for what, ids in (("replace", replaced), ("repeal", gone)):
        for id_ in ids:
            if id_ not in known:
                yield Problem(f"{pack.id}.{id_}", f"there is no such provision to {what}{nearest(id_, known)}")
    for p in added:
        if p.id in known:
            yield Problem(f"{pack.id}.{p.id}", "is there already and cannot be added; write it under `replace=`")
    for id_ in replaced.keys() & gone.keys():
        yield Problem(f"{pack.id}.{id_}", "is both replaced and repealed; write one of the two")


def _numbers(
    pack: Pack, given: Mapping[str, Given], gone: set[str], problems: list[Problem]
) -> dict[Key, Number | dt.date]:
    known = pack.parameters
    found: dict[Key, Number | dt.date] = {}
    for name, value in given.items():
        path = f"{pack.id}.{name}"
        if name not in known:
            problems.append(Problem(path, f"there is no such parameter{nearest(name, known)}"))
            continue
        new = inside(known[name], value)
        if set(known[name].provisions) <= gone:
            problems.append(Problem(path, "belongs to a provision that is replaced or repealed; write it there"))
        elif new is None:
            told = value.described if isinstance(value, Const) else f"`{shown(value)}`"
            remedy = f"it takes {taken_by(known[name])}{_exact(value, known[name])}"
            problems.append(Problem(path, f"{told} does not fit; {remedy}"))
        else:
            found |= dict.fromkeys(known[name].keys, new)
    return found


def _exact(given: object, parameter: Parameter) -> str:
    """What to write where a float was given: a float is no exact number."""
    fits = isinstance(given, float) and not is_counted(parameter) and not isinstance(parameter.value, dt.date)
    return f'; write `Decimal("{given}")`, which is exact' if fits else ""


def _readings(pack: Pack, given: Iterable[Reading], problems: list[Problem]) -> dict[Reading, Reading]:
    found: dict[Reading, Reading] = {}
    for new in given:
        old = pack.readings.get(new.name)
        if old is None:
            problems.append(Problem(f"{pack.id}.{new.name}", f"no such reading{nearest(new.name, pack.readings)}"))
        elif set(old.alternatives) != set(new.alternatives):
            told = "has other alternatives than before; replace the provisions that choose by it"
            problems.append(Problem(f"{pack.id}.{new.name}", told))
        else:
            found[old] = new
    return found


def _without_clauses(pack: Pack, provisions: tuple[Provision, ...], gone: Mapping[str, str]) -> Source:
    """The clauses that only repealed provisions encoded, without a decision now, for the reason of the repeal."""
    from .pack import citations  # noqa: PLC0415 - packs stand above their changes
    from .plan import make_plan  # noqa: PLC0415 - as above

    left = {c for p in provisions for c in citations(make_plan(p, pack.id, pack.reach, pack.force))}
    why = {c: gone[id_] for id_ in gone for c in citations(pack.plans[id_])}
    clauses = (
        attrs.evolve(c, none=why[c.locator], open=None) if c.locator in why and c.locator not in left else c
        for c in pack.source.clauses
    )
    return attrs.evolve(pack.source, clauses=tuple(clauses))


@attrs.frozen
class _Rewriting:
    """Puts new numbers and readings in the place of old ones. What neither touches stays the same object."""

    numbers: Mapping[Key, Number | dt.date]
    readings: Mapping[Reading, Reading]
    shared: frozenset[Condition]
    seen: dict[tuple[Expr, Scope], Expr] = attrs.field(factory=dict)

    def provision(self, p: Provision) -> Provision:
        """A provision, rewritten."""
        own: dict[str, Any] = {}
        for name in ("when", "reach", "force", "discretion", "result", "due"):
            old = getattr(p, name)
            own[name] = None if old is None else self.expr(old, p.id)
        if p.measure is not None:
            value, required = (self.expr(e, p.id) for e in (p.measure.value, p.measure.required))
            own["measure"] = p.measure
            if value is not p.measure.value or required is not p.measure.required:
                own["measure"] = Measure(value, required, p.measure.unit)
        if isinstance(p, Standard):
            own["checklist"] = tuple(self.expr(c, p.id) for c in p.checklist)
        if isinstance(p, Grant):
            own["amount"] = self._figure(p.amount, p.id)
            own["terms"] = self._terms(p, p.terms) if p.terms is not None else None
        same = all(getattr(p, n) is v or (n == "checklist" and _alike(p, v)) for n, v in own.items())
        return p if same else attrs.evolve(p, **own)

    def _figure(self, figure: Figure, scope: Scope) -> Figure:
        low, high = (None if e is None else self.expr(e, scope) for e in (figure.low, figure.high))
        return figure if low is figure.low and high is figure.high else attrs.evolve(figure, low=low, high=high)

    def _terms(self, p: Grant, terms: Terms) -> Terms:
        new: dict[str, Any] = {}
        limit = self.numbers.get((p.id, terms, "limit"))
        if limit is not None:
            new["limit"] = limit
        if terms.at_least is not None and (least := self.expr(terms.at_least, p.id)) is not terms.at_least:
            new["at_least"] = least
        if terms.credit is not None and any(_is_credit_of(p, k) for k in self.numbers):
            new["credit"] = self._credit(p, terms)
        return attrs.evolve(terms, **new) if new else terms

    def _credit(self, p: Grant, terms: Terms) -> Any:  # noqa: ANN401 - a function of a pack
        before = terms.credit
        assert before is not None  # noqa: S101 - asked by `_terms`

        def credit(payment: Ref) -> Expr:
            expr = before(payment)
            found = enumerate(Numbers(p, self.shared).credit(expr))
            here = {f.key: n for i, f in found if (n := self.numbers.get((p.id, ("credit", i), ""))) is not None}
            return _Rewriting(here, self.readings, self.shared).expr(expr, p.id)

        return credit

    def expr(self, node: Expr, scope: Scope) -> Expr:
        """An expression, rewritten."""
        if isinstance(node, Condition) and node in self.shared:
            scope = node
        key = node, scope
        if key not in self.seen:
            self.seen[key] = self._new(node, scope)
        return self.seen[key]

    def _new(self, node: Expr, scope: Scope) -> Expr:
        new: dict[str, Any] = {}
        if isinstance(node, Const) and node.name:
            scope = f"={node.name}"
        for field in type(node).__slots__:
            value = getattr(node, field, None)
            put = self._value(value, scope)
            if (scope, node, field) in self.numbers:
                put = self.numbers[scope, node, field]
            if put is not value:
                new[field] = put
        if isinstance(node, ByReading) and node.reading in self.readings:
            new["reading"] = self.readings[node.reading]
        if isinstance(node, Shift):
            spans: dict[str, Any] = {s: n for s in SPANS if (n := self.numbers.get((scope, node, s))) is not None}
            if spans:
                new["period"] = attrs.evolve(node.period, **spans)
        made: Expr = attrs.evolve(cast("Any", node), **new) if new else node  # every node is an attrs class
        return made

    def _value(self, value: object, scope: Scope) -> object:
        match value:
            case Expr():
                return self.expr(value, scope)
            case tuple() if value and isinstance(value[0], Expr):
                made = tuple(self.expr(v, scope) for v in value)
                return value if all(a is b for a, b in zip(made, value, strict=True)) else made
            case Mapping() if all(isinstance(v, Expr) for v in value.values()):
                rows = {k: self.expr(v, scope) for k, v in value.items()}
                return value if all(rows[k] is value[k] for k in rows) else rows
        return value


def _alike(p: Provision, checklist: tuple[Expr, ...]) -> bool:
    return isinstance(p, Standard) and all(a is b for a, b in zip(p.checklist, checklist, strict=True))


def _is_credit_of(p: Grant, key: Key) -> bool:
    scope, node, _ = key
    return isinstance(scope, str) and scope == p.id and isinstance(node, tuple)
