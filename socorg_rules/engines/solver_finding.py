"""A provision decided for all cases at once, as `decide.py` decides it for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from ..change.order import terms
from ..expr import Expr
from ..facts import EntityType, Payment, entity_type
from ..plan import ITEM_NAMES, Plan, payments_of
from ..provision import Duty, Grant, Standard, Target
from ..reading import TextGap
from ..refs import Item
from .solver_dates import NO_DAY
from .solver_facts import Spot, Symbols, Told
from .solver_items import unlisted
from .solver_rules import Env, Reader
from .solver_terms import (
    Bool,
    Num,
    both,
    conj,
    disj,
    either,
    eq,
    greater,
    iff,
    lesser,
    lt,
    minus,
    neg,
    pick,
    rounded,
    total,
)
from .solver_value import Payload, Sym, conjunction, same, settled

STATES = ("met", "discretionary", "undetermined", "paid", "conditions", "not_in_force", "not_applicable")
"""Outcomes, and reasons of what is not met, the best and furthest first: `decide.together` takes the first that one
item has."""
MET, DISCRETIONARY, UNDETERMINED, PAID, CONDITIONS, NOT_IN_FORCE, NOT_APPLICABLE = range(7)


@attrs.frozen(eq=False)
class Sum:
    """An amount in fen where `there` holds; where `bounded` does not, nothing bounds it from above."""

    there: Bool
    low: Num
    bounded: Bool
    high: Num


SUMS = ("payable", "entitlement")
NO_SUM = Sum(there=False, low=0, bounded=True, high=0)
NOT_SHOWN: tuple[Bool, Payload] = (False, 0)


@attrs.frozen(eq=False)
class Found:
    """What is found: which of the `STATES` holds, the sums, and what else a finding shows, by name.

    `terms` are what it grants whatever is found, `gaps` what its text leaves open anyway; of the whole, not of an item.
    `crossed` says that the least that it grants is more than the most, `wrong` that the case contradicts itself in
    what was looked at.
    """

    states: tuple[Bool, ...]
    entitlement: Sum = NO_SUM
    payable: Sum = NO_SUM
    paid: tuple[Bool, Num] = NOT_SHOWN
    per: str = "once"
    shown: Mapping[str, tuple[Bool, Payload]] = attrs.field(factory=dict)
    crossed: Bool = False
    wrong: Bool = False
    items: tuple[tuple[Bool, Found], ...] | None = None
    terms: tuple[str, str | None] | None = None
    gaps: tuple[TextGap, ...] = ()

    @property
    def decided(self) -> Bool:
        """That it is not left undetermined."""
        return neg(self.states[UNDETERMINED])

    @property
    def granted(self) -> Bool:
        """That it is met, or left to the authority."""
        return either(self.states[MET], self.states[DISCRETIONARY])


def differs(one: Found, other: Found) -> Bool:
    """That two findings are not the same decision."""
    return disj(_differences(one, other))


def _differences(one: Found, other: Found) -> Iterator[Bool]:
    yield both(
        one.gaps != other.gaps, either(one.granted, one.states[UNDETERMINED])
    )  # of what is refused, none is told
    yield conj((one.terms != other.terms, one.granted, other.granted))
    yield from (neg(iff(a, b)) for a, b in zip(one.states, other.states, strict=True))
    yield from (sum_differs(one, other, name) for name in SUMS)
    yield from _shown_apart(one.paid, other.paid)
    for name in dict.fromkeys((*one.shown, *other.shown)):
        yield from _shown_apart(one.shown.get(name, NOT_SHOWN), other.shown.get(name, NOT_SHOWN))
    if one.items is not None and other.items is not None:
        for (there, a), (_, b) in zip(one.items, other.items, strict=True):
            yield both(there, differs(a, b))


def sum_differs(one: Found, other: Found, name: str) -> Bool:
    """That one of the sums of two findings, by its name, is not the same."""
    a, b = getattr(one, name), getattr(other, name)
    alike = conj((eq(a.low, b.low), iff(a.bounded, b.bounded), disj((neg(a.bounded), eq(a.high, b.high)))))
    apart = conj((a.there, b.there, neg(alike) if one.per == other.per else True))
    return either(neg(iff(a.there, b.there)), apart)


def _shown_apart(a: tuple[Bool, Payload], b: tuple[Bool, Payload]) -> Iterator[Bool]:
    yield neg(iff(a[0], b[0]))
    if a[0] is not False and b[0] is not False:
        yield conj((a[0], b[0], neg(same(a[1], b[1]))))


def found(plan: Plan, rd: Reader) -> Found:
    """What is found of a provision: once, or over its items.

    Raises:
        Refused: the solver cannot read a form in it.
    """
    made = _one(plan, rd, {}) if plan.item is None else _of_items(plan, plan.item, rd)
    return attrs.evolve(made, terms=terms(plan), gaps=plan.gaps)


def _of_items(plan: Plan, item: Item, rd: Reader) -> Found:
    collection = item.collection
    here, more, _ = rd.members(collection, {})
    items = tuple((exists, _one(plan, rd, {item: spot})) for exists, spot in here)
    none = conj(neg(exists) for exists, _ in here)
    asked = either(more, none)
    other = _one(plan, rd, {item: unlisted(item)})
    met_or_open = disj(other.states[:PAID])
    unseen = attrs.evolve(
        other,
        states=(False, False, met_or_open, *other.states[PAID:]),
        entitlement=_loosened(other.entitlement, met_or_open),
        payable=_loosened(other.payable, met_or_open),
    )
    made = _together(items, unseen, more, none, paying=plan.settlement is not None)
    wrong = disj((both(asked, other.wrong), *(both(there, f.wrong) for there, f in items)))
    return attrs.evolve(made, per=plan.per, wrong=wrong, items=items)


def _loosened(sum_: Sum, open_: Bool) -> Sum:
    return Sum(sum_.there, pick(open_, 0, sum_.low), both(neg(open_), sum_.bounded), sum_.high)


def _together(items: Sequence[tuple[Bool, Found]], unseen: Found, more: Bool, none: Bool, *, paying: bool) -> Found:
    every = [*items, (more, unseen)]
    has = [disj(both(there, f.states[s]) for there, f in every) for s in range(PAID)]
    # Where it is not met, the furthest that a listed item came; where there is none, one of which nothing is known.
    why = [(there, f) for there, f in items] + [(none, unseen)]
    has += [disj(both(there, f.states[s]) for there, f in why) for s in range(PAID, len(STATES))]
    states = [conj((h, *(neg(better) for better in has[:s]))) for s, h in enumerate(has)]
    states[CONDITIONS] = either(states[CONDITIONS], conj(neg(h) for h in has))
    alike = [(disj(conj((there, f.states[s], states[s])) for s in range(len(STATES))), f) for there, f in every]
    told = conj(disj((neg(there), f.paid[0])) for there, f in items)
    paid = total(pick(there, f.paid[1], 0) for there, f in items)
    return Found(
        tuple(states),
        _total([(both(c, f.entitlement.there), f.entitlement) for c, f in alike], states[UNDETERMINED]),
        _total([(both(c, f.payable.there), f.payable) for c, f in alike], states[UNDETERMINED]),
        paid=(conj((told, neg(more))), paid) if paying else NOT_SHOWN,
    )


def _total(sums: Sequence[tuple[Bool, Sum]], undetermined: Bool) -> Sum:
    low = total(pick(c, s.low, 0) for c, s in sums)
    least, any_ = 0, False
    for c, s in sums:
        least, any_ = pick(c, pick(any_, lesser(least, s.low), s.low), least), either(any_, c)
    bounded = conj(disj((neg(c), s.bounded)) for c, s in sums)
    return Sum(any_, pick(undetermined, least, low), bounded, total(pick(c, s.high, 0) for c, s in sums))


NO_TEST = settled(value=False)
NOTHING = settled(value=0)


def _one(plan: Plan, rd: Reader, env: Env) -> Found:
    def at(expr: Expr | None, otherwise: Sym = NOTHING) -> Sym:
        return otherwise if expr is None else rd.value(expr, env)

    p, terms = plan.provision, plan.settlement
    reach, force, when, whether = at(plan.reach), at(plan.force), at(plan.when), at(plan.discretion)
    used = at(terms.used, NO_TEST) if terms else NO_TEST
    received, due, result = at(terms.paid if terms else None), at(p.due), at(p.result)
    claim = conjunction([reach, force, when])
    reached = neg(reach.no)
    forced = both(reached, neg(force.no))
    claimed = conj((reached, neg(force.no), neg(claim.no)))
    used_up = both(claimed, used.yes)
    left = both(claimed, neg(used.yes))
    sure = conj((claim.yes, neg(used.open), neg(whether.open)))
    states = (
        conj((left, sure, neg(whether.yes))),
        conj((left, sure, whether.yes)),
        both(left, neg(sure)),
        used_up,
        both(forced, claim.no),
        both(reached, force.no),
        reach.no,
    )
    granted, payable, crossed, money = _sums(plan, at, used, claimed)
    months = at(terms.months_used) if terms else NOTHING
    looked = (
        [(p.measure.value, "value"), (p.measure.required, "required"), (p.measure.shortfall, "short")]
        if p.measure
        else []
    )
    quantities = [(name, at(e)) for e, name in looked]
    checks = [(f"check {i}", at(c)) for i, c in enumerate(p.checklist)] if isinstance(p, Standard) else []
    shown: dict[str, tuple[Bool, Payload]] = {}
    if terms and terms.limit is not None:
        shown["months left"] = both(claimed, neg(months.open)), greater(0, minus(terms.limit, months.value))
    if isinstance(p, Duty | Target) and p.due is not None:
        shown["due"] = conj((_exists(due), neg(eq(due.value, NO_DAY)))), due.value
    if isinstance(p, Duty):
        shown |= {f"duty {told}": (True, rd.symbols.text(told)) for told in (p.who, p.action)}
    if p.result is not None:
        shown["result"] = both(left, _exists(result)), result.value
    in_view = either(left, states[CONDITIONS])
    if p.measure:
        shown[f"measure in {p.measure.unit}"] = in_view, 0
    shown |= {name: (both(in_view, _exists(q)), q.value) for name, q in quantities}
    for name, check in checks:
        shown |= {f"{name} {told}": (in_view, truth) for told, truth in (("holds", check.yes), ("fails", check.no))}
    wrong = disj(
        (
            received.wrong,
            due.wrong,
            reach.wrong,
            both(reached, force.wrong),
            both(forced, disj(s.wrong for s in (when, result, *(q for _, q in quantities), *(c for _, c in checks)))),
            both(claimed, disj((used.wrong, whether.wrong, months.wrong, *(m.wrong for m in money)))),
        )
    )
    paid = (neg(received.open), rounded(received.value)) if terms else NOT_SHOWN
    return Found(states, granted, payable, paid, plan.per, shown, crossed, wrong)


def _exists(value: Sym) -> Bool:
    return conj((neg(value.open), neg(value.gone)))


def _sums(plan: Plan, at: Any, used: Sym, claimed: Bool) -> tuple[Sum, Sum, Bool, list[Sym]]:  # noqa: ANN401
    """Entitlement and payable, whether the ends of the range cross, and the values that they hang on."""
    if plan.low is None or plan.high is None:
        return NO_SUM, NO_SUM, False, []
    low_end, high_end = at(plan.low), at(plan.high)
    low = pick(both(low_end.low.there, neg(low_end.absent)), _sum_of(low_end.low.value), 0)
    high = pick(high_end.gone, 0, _sum_of(high_end.high.value))
    bounded = either(high_end.gone, high_end.high.there)
    crossed = conj((claimed, bounded, lt(high, low)))
    low = pick(bounded, lesser(low, high), low)
    used_up = both(claimed, used.yes)
    left_low, left_high, left_bounded = pick(used.open, 0, low), high, bounded
    hangs_on = [low_end, high_end]
    if plan.settlement is not None and plan.settlement.credited is not None:
        credited = at(plan.settlement.credited)
        hangs_on.append(credited)
        rest = greater(0, minus(low, rounded(credited.high.value)))
        left_low = pick(credited.high.there, rest, 0)
        left_high = greater(0, minus(high, pick(credited.low.there, rounded(credited.low.value), 0)))
    payable = Sum(claimed, pick(used_up, 0, left_low), either(used_up, left_bounded), pick(used_up, 0, left_high))
    return Sum(claimed, low, bounded, high), payable, crossed, hangs_on


def _sum_of(value: Num) -> Num:
    return greater(0, rounded(value))


# ---------------------------------------------------------------------------------------------- sound payments


def payments_fit(rd: Reader, plans: Sequence[Plan]) -> Bool:
    """That every payment of a case is for one of these provisions, or for one not told, and fits its item."""
    symbols = rd.symbols
    fact = payments_of(symbols.root.kind)
    if fact is None or not symbols.reads(symbols.root, fact):
        return True
    listed = symbols.listed(symbols.root, fact)
    return conj(disj((neg(both(listed.known, there)), _fits(symbols, plans, spot))) for there, spot in listed.slots)


def _fits(symbols: Symbols, plans: Sequence[Plan], payment: Spot) -> Bool:
    facts = entity_type(Payment).facts
    provision, item = symbols.fact(payment, facts["provision"]), symbols.fact(payment, facts["item"])
    texts = {plan: [symbols.text(n) for n in (plan.provision.id, f"{plan.pack}.{plan.provision.id}")] for plan in plans}
    grants = [plan for plan in plans if isinstance(plan.provision, Grant)]
    named = disj(eq(provision.value, t) for plan in grants for t in texts[plan])
    parts = [disj((neg(provision.known), named))]
    for plan in grants:
        mine = conj((provision.known, item.known, disj(eq(provision.value, t) for t in texts[plan])))
        parts.append(disj((neg(mine), _fits_item(symbols, plan, item))))
    return conj(parts)


def _fits_item(symbols: Symbols, plan: Plan, item: Told) -> Bool:
    terms = plan.provision.terms if isinstance(plan.provision, Grant) else None
    collection = None if terms is None else plan.item.collection if plan.item is not None else terms.items
    if collection is None or isinstance(collection.owner, Item) or not symbols.reads(symbols.root, collection.fact):
        return True
    listed = symbols.listed(symbols.root, collection.fact)
    fits, unnamed = [], []
    for there, spot in listed.slots:
        names = _named(symbols, spot)
        fits.append(both(there, disj(both(t.known, eq(t.value, item.value)) for t in names)))
        unnamed.append(both(there, disj(neg(t.known) for t in names[1:])))
    none = conj((neg(disj(fits)), listed.complete, neg(disj(unnamed))))
    several = disj(both(a, b) for i, a in enumerate(fits) for b in fits[:i]) if plan.item is not None else False
    return disj((neg(listed.known), neg(either(none, several))))


def _named(symbols: Symbols, spot: Spot) -> list[Told]:
    kind: EntityType = spot.kind
    return [symbols.fact(spot, kind.facts[f]) for f in ("id", *ITEM_NAMES) if f in kind.facts]
