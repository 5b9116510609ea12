"""What is wrong with a pack, found when it is made: every mistake at once, with its place and a remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from .calendar import parse_day
from .editions import IN_FORCE, mistakes_of_editions
from .errors import Problem, nearest
from .expr import Compare, Const, Contains, Expr, parts, walk
from .facts import Type
from .money import to_yuan
from .plan import make_plan, own_exprs, payments_of, root_entity, root_of
from .provision import Duty, Figure, Grant, Provision, Standard
from .reading import Reading, TextGap
from .refs import Collection, FactOf, Fold, Item, Names, Pick, Quantified, Root
from .value import DIVISION
from .words import ByReading, Clock, Condition, Gap

if TYPE_CHECKING:
    from .pack import Pack

NAME = re.compile(r"[a-z][a-z0-9_]*")
Complaint = Iterator[tuple[str, str]]


def mistakes(pack: Pack) -> list[Problem]:
    """Every mistake of a pack, in the order of its provisions."""
    found = [
        Problem(f"{pack.id}.{place}" if place else pack.id, message) for rule in RULES for place, message in rule(pack)
    ]
    return found or [Problem(f"{pack.id}.{place}", message) for place, message in _coverage(pack)]


def _names(pack: Pack) -> Complaint:
    if not NAME.fullmatch(pack.id):
        yield "", f"`{pack.id}` is no pack id; write small letters, digits and `_`"
    for id_, times in Counter(p.id for p in pack.provisions).items():
        if times > 1:
            yield id_, f"{times} provisions have this id; each needs its own"
        if not NAME.fullmatch(id_):
            yield id_, "is no provision id; write small letters, digits and `_`"


def _divisions(pack: Pack) -> Complaint:
    for code in pack.divisions:
        if not re.fullmatch(DIVISION, code):
            yield "divisions", f"`{code}` is no division code; write 2, 4, 6, 9 or 12 digits"


def _reaches(pack: Pack) -> Complaint:
    """One test of reach for each root entity: of a second one nobody could say when it holds."""
    for name, times in Counter(n for e in pack.reach for n in {r.entity.name for r in root_of(e)}).items():
        if times > 1:
            yield "reach", f"{times} tests of reach are about {name}; join them with `&` or `|`"


def _clauses(pack: Pack) -> Complaint:
    issued: object = pack.source.issued_on
    if not (
        isinstance(issued, str) and (not issued or parse_day(issued + {4: "-01-01", 7: "-01"}.get(len(issued), "")))
    ):
        yield "source", f"`issued_on={issued!r}` is no day; write `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or nothing in quotes"
    for locator, times in Counter(c.locator for c in pack.source.clauses).items():
        if times > 1:
            yield "source", f"clause `{locator}` is listed {times} times"
    for clause in pack.source.clauses:
        if clause.none and clause.open:
            yield "source", f"clause `{clause.locator}` cannot be both without a decision and open"


def _cited(provision: Provision) -> Iterator[str]:
    yield provision.clause
    yield from provision.also


def _provisions(pack: Pack) -> Complaint:
    known = {c.locator for c in pack.source.clauses}
    for p in pack.provisions:
        yield from ((p.id, f"cites clause `{c}`, which the source does not list{nearest(c, known)}")
                    for c in _cited(p) if c not in known)  # fmt: skip
        if p.each is not None and not (isinstance(p.each.at, Item) and isinstance(p.each.at.collection.owner, Root)):
            yield p.id, "`each=` is no item of a root entity; write it as in `organization.honours.each`"
            continue
        entity, reach = root_entity(p, pack.reach)
        if entity is None:
            names = sorted({r.entity.name for e in own_exprs(p) for r in root_of(e)})
            told = f"reads several root entities ({', '.join(names)})" if names else "reads no fact of a root entity"
            yield p.id, f"{told}; a provision is about exactly one"
            continue
        if reach is None:
            yield p.id, f"has no test of reach: the pack has none for {entity.name}; add one there, or `reach=` here"
            continue
        if isinstance(p, Standard) and not p.checklist:
            yield p.id, "is a standard without a checklist"
        if isinstance(p, Grant):
            yield from ((p.id, told) for told in _terms(p, has_payments=payments_of(entity) is not None))
            yield from ((p.id, told) for told in _figure(p.amount))
            payees = {"organization", "person", entity.name}
            if p.payee not in payees:
                yield p.id, f"is paid to `{p.payee}`, which is no payee{nearest(p.payee, payees)}"
        exprs = make_plan(p, pack.id, pack.reach, pack.force).exprs
        for other in sorted({r.entity.name for e in exprs for r in root_of(e) if r.entity is not entity}):
            yield p.id, f"is about {entity.name}, and its force or terms read {other}; a provision is about exactly one"
        yield from dict.fromkeys((p.id, told) for expr in exprs for told in _expression(expr, p, known))


def _terms(grant: Grant, *, has_payments: bool) -> Iterator[str]:
    if grant.terms is None:
        return
    kind, figure = grant.terms.kind, grant.amount
    if not has_payments:
        yield "has payment terms, and its root entity declares no collection of payments"
    if kind.startswith("once_per_item") and grant.each is None:
        yield f"is paid {kind.replace('_', ' ')} and decides for no item; add `each=`, or write `ONCE`"
    if (kind == "monthly") != (figure.per == "month"):
        yield "is monthly in only one of amount and terms; write `monthly(...)` and `each_month(...)` together"
    if kind == "top_up" and figure.high is None:
        yield "is topped up and has no figure"
    if grant.terms.limit is not None and grant.terms.limit < 1:
        yield f"is limited to {grant.terms.limit} months; write at least 1"


def _figure(figure: Figure) -> Iterator[str]:
    ends = [e.value for e in (figure.low, figure.high) if isinstance(e, Const) and isinstance(e.value, int | Fraction)]
    if ends != sorted(ends):
        yield f"grants {to_yuan(ends[0])} to {to_yuan(ends[1])} yuan; write the smaller sum first"


def _expression(expr: Expr, provision: Provision, clauses: set[str]) -> Iterator[str]:
    for node in walk(expr):
        if isinstance(node, Condition) and node.clause and node.clause not in clauses:
            hint = nearest(node.clause, clauses)
            yield f"condition `{node.id}` cites clause `{node.clause}`, which the source does not list{hint}"
        if isinstance(node, ByReading) and node.reading.clause not in clauses:
            name, clause = node.reading.name, node.reading.clause
            yield f"reading `{name}` cites clause `{clause}`, which the source does not list{nearest(clause, clauses)}"
        beside = isinstance(node, Compare | Contains)
        if (node is expr and _is_tied(node)) or (not beside and any(map(_is_tied, parts(node)))):
            yield "uses the day of the question elsewhere than as one side of a comparison; move it there"
    here = {provision.each.at} if provision.each is not None else set()
    if any(_strays(expr, {i for i in here if isinstance(i, Item)})):
        yield "reads an item outside the quantifier, or the `each=`, that it belongs to"


def _is_tied(node: Expr) -> bool:
    """Whether it has a place only in a comparison."""
    return isinstance(node, Clock) and not node.stands_alone


def _strays(expr: Expr, bound: set[Item]) -> Iterator[Item]:
    """Items that are read where nothing says which item is meant."""
    if isinstance(expr, FactOf | Collection) and isinstance(expr.owner, Item) and expr.owner not in bound:
        yield expr.owner
    if isinstance(expr, Names) and expr.item not in bound:
        yield expr.item
    if isinstance(expr, Quantified | Fold | Pick):
        yield from _strays(expr.item.collection, bound)
        bound = {*bound, expr.item}
    for part in parts(expr):
        yield from _strays(part, bound)


def _all_nodes(pack: Pack) -> Iterator[tuple[str, Expr]]:
    """Every node with the id of its provision, the collections that a provision ranges over among them."""
    for p in pack.provisions:
        if root_entity(p, pack.reach)[1] is not None:
            plan = make_plan(p, pack.id, pack.reach, pack.force)
            if plan.item is not None:
                yield p.id, plan.item.collection
            for node in (n for expr in plan.exprs for n in walk(expr)):
                yield p.id, node
                if isinstance(node, Quantified | Fold | Pick):
                    yield p.id, node.item.collection


def _words_twice(pack: Pack) -> Complaint:
    """Two conditions, or two readings, of one name: a trace, a label or a switch could mean either."""
    conditions: dict[str, tuple[str, Condition]] = {}
    readings: dict[str, tuple[str, Reading]] = {}
    twice: dict[str, tuple[str, str]] = {}
    for id_, node in _all_nodes(pack):
        if isinstance(node, Condition) and node.id not in SHARED:
            at, first = conditions.setdefault(node.id, (id_, node))
            if (first.label, first.clause) != (node.label, node.clause):
                told = f"two conditions are named `{node.id}`, {_first(at, id_)}; give each its own name"
                twice.setdefault(f"condition {node.id}", (id_, told))
        if isinstance(node, ByReading):
            at, known = readings.setdefault(node.reading.name, (id_, node.reading))
            if known is not node.reading:
                told = f"two readings are named `{node.reading.name}`, {_first(at, id_)}; declare it once"
                twice.setdefault(f"reading {node.reading.name}", (id_, told))
    yield from twice.values()


def _first(at: str, here: str) -> str:
    return "both here" if at == here else f"the first in `{at}`"


def _words(pack: Pack) -> Complaint:
    """What people read of the pack, its document, clauses and provisions."""
    source = pack.source
    each: list[tuple[str, str, list[str]]] = [
        ("", "the pack", [pack.title]),
        ("source", "the document", [source.title, source.authority]),
        *(("source", f"clause `{c.locator}`", [c.locator, c.about]) for c in source.clauses),
        *((p.id, "the provision", [p.title]) for p in pack.provisions),
        *((p.id, "the duty", [p.who, p.action]) for p in pack.provisions if isinstance(p, Duty)),
    ]
    yield from ((place, f"{what} {LACKS}") for place, what, said in each if not _said(said))


def _named(pack: Pack) -> Complaint:
    """What people read of conditions, readings and text gaps, and the names by which these are asked for."""
    named: dict[object, tuple[str, str, str, list[str]]] = {}
    for p in pack.provisions:
        for gap in (*p.gaps, *([p.amount.gap] if isinstance(p, Grant) and p.amount.gap else [])):
            named[gap] = _of_gap(p.id, gap)
    for id_, node in _all_nodes(pack):
        match node:
            case Condition():
                named[node] = id_, "the condition", node.id, [node.label]
            case ByReading(reading=r):
                words = [w for a in r.alternatives.values() for w in (a.label, a.label_en)]
                named[r] = id_, "the reading", r.name, [r.question, r.question_en, r.because, *words]
            case Gap(gap=gap):
                named[gap] = _of_gap(id_, gap)
            case _:
                pass
    for id_, what, name, said in named.values():
        if not re.fullmatch(r"[a-z0-9_]+", str(name)):
            yield id_, f"{what} is named `{name}`, which is no name; write small letters, digits and `_`"
        elif not _said(said):
            yield id_, f"{what} `{name}` {LACKS}"


LACKS = "lacks some of its words; write all of them as texts"


def _said(words: Sequence[object]) -> bool:
    return all(isinstance(text, str) and text.strip() for text in words)


def _of_gap(id_: str, gap: TextGap) -> tuple[str, str, str, list[str]]:
    return id_, "the text gap", gap.name, [gap.question, gap.question_en]


SHARED = frozenset({"reached", "left_to_authority", IN_FORCE})
"""Conditions that the library itself names."""


def _known(pack: Pack) -> Complaint:
    """One reason for each finding that the law is the reason of: of two, only one would be told."""
    for finding, times in Counter(k.finding for k in pack.known).items():
        if times > 1:
            yield "known", f"`{finding}` is declared {times} times; keep one, with all of its reasons"


def _own_facts(pack: Pack) -> Complaint:
    nodes = [(id_, n.owner.entity, n.fact) for id_, n in _all_nodes(pack) if isinstance(n, FactOf | Collection)]
    read = {(entity, fact.name) for _, entity, fact in nodes}
    declared = {(own.entity, fact.name) for own in pack.own for fact in own.facts.values()}
    undeclared = {
        (id_, f"{entity.name}.{fact.name}"): None
        for id_, entity, fact in nodes
        if fact.name not in entity.facts and (entity, fact.name) not in declared
    }
    for id_, name in undeclared:
        made = f'what `own_facts("{pack.id}", …)` made'
        yield id_, f"reads `{name}`, which is no own fact of the pack; give the pack {made}, as in `own=(OWN,)`"
    for own in pack.own:
        if pack.id in own.entity.facts:
            yield "own", f"`{pack.id}` is a fact of {own.entity.name} already; give the pack another id"
        if own.pack != pack.id:
            yield "own", f'declares facts for the pack `{own.pack}`; write `own_facts("{pack.id}", …)`'
        for fact in own.facts.values():
            if (own.entity, fact.name) not in read and not fact.identifies and fact.type is not Type.ITEMS:
                yield "own", f"no provision reads `{own.entity.name}.{fact.name}`; use it or remove it"


def _coverage(pack: Pack) -> Complaint:
    for row, clause in zip(pack.coverage, pack.source.clauses, strict=True):
        if row.status == "encoded" and clause.none:
            told = f"is cited by {', '.join(row.provisions)}, and listed as without a decision"
            yield "source", f"clause `{row.clause}` {told}; remove one of the two"
        if row.status != "encoded" and not row.note:
            yield (
                "source",
                f"clause `{row.clause}` is not accounted for; cite it, or say `none=` (why) or `open=` (what)",
            )


RULES = (
    _names,
    mistakes_of_editions,
    _divisions,
    _reaches,
    _clauses,
    _provisions,
    _words_twice,
    _words,
    _named,
    _known,
    _own_facts,
)
"""What is looked at in every pack; which clauses are accounted for, only once nothing else is wrong."""
