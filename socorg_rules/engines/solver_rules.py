"""The rule tree in the solver's terms, node by node, as `evaluate.py` reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..division import lies_within
from ..evaluate_items import ordered
from ..expr import And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from ..facts import ORDERED, Fact, Type
from ..reading import Reading
from ..reads import items_read
from ..refs import Binding, Collection, FactOf, Fold, Item, Names, Pick, Quantified
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf
from .solver_bounds import Refused
from .solver_dates import DECEMBER, Backwards
from .solver_facts import Spot, Symbols
from .solver_items import Members, fold, picked, quantified
from .solver_numbers import combined
from .solver_terms import (
    Bool,
    add,
    both,
    conj,
    disj,
    either,
    eq,
    le,
    neg,
    times,
)
from .solver_value import (
    NOWHERE,
    End,
    Sym,
    conjunction,
    disjunction,
    holds,
    hull,
    kleene,
    negation,
    nothing,
    select,
    settled,
    wrong_in,
)

Env = Mapping[Item, Spot]


class Reader:
    """Reads expressions about all cases at once; what it has read of one is kept."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self._read: dict[tuple[Expr, tuple[tuple[str, bool], ...]], Sym] = {}

    def value(self, node: Expr, env: Env) -> Sym:
        """What is known of a node.

        Raises:
            Refused: the solver cannot read a form in it.
        """
        env = {item: env[item] for item in items_read(node)}
        key = node, tuple((spot.path, spot.unseen) for spot in env.values())
        found = self._read.get(key)
        if found is None:
            rule = RULES.get(type(node))
            if rule is None:
                raise Refused(f"the node `{type(node).__name__}`")
            found = self._read[key] = rule(self, node, env)
        return found

    def taken(self, reading: Reading) -> str | Mapping[str, Bool] | None:
        """The alternative taken of a reading, as `Symbols.taken` tells it."""
        return self.symbols.taken(reading)

    def spot(self, owner: Binding, env: Env) -> Spot:
        """What a reference stands for."""
        return env[owner] if isinstance(owner, Item) else self.symbols.root

    def members(self, collection: Collection, env: Env) -> Members:
        """The items of a collection that exist on the day, and whether there may be more."""
        fact = collection.fact
        listed = self.symbols.listed(self.spot(collection.owner, env), fact)
        dating = fact.of.dating_fact if fact.of else None
        here = []
        for there, spot in listed.slots:
            exists = both(listed.known, there)
            if dating is not None:
                day = self.symbols.fact(spot, dating)
                exists = both(exists, either(neg(day.known), le(day.value, self.symbols.as_of)))
            here.append((exists, spot))
        return Members(here, neg(both(listed.known, listed.complete)), listed.times)


# ----------------------------------------------------------------------------------------------------- leaves


def _const(rd: Reader, node: Const, env: Env) -> Sym:  # noqa: ARG001 - all rules are called alike
    return settled(rd.symbols.plain(Fact("", node.kind.type), node.value))


def _clock(rd: Reader, node: Clock, env: Env) -> Sym:  # noqa: ARG001
    day = rd.symbols.as_of
    split = rd.symbols.calendar.split(day)
    match node.grain:
        case "day":
            return settled(day)
        case "month":
            return settled(add(times(12, split.year), split.month))
        case "year":
            return settled(split.year)
    return settled(add(times(372, split.year), 31 * DECEMBER + 30))


def _between(low: Any, high: Any) -> Sym:  # noqa: ANN401
    least, most = (NOWHERE if end is None else End(end, there=True) for end in (low, high))
    return Sym(least, most, open=True)


def _gap(rd: Reader, node: Gap, env: Env) -> Sym:  # noqa: ARG001
    return UNKNOWN_TEST if node.kind.type is Type.YES_NO else _between(node.low, node.high)


UNKNOWN_TEST = Sym(End(value=False, there=True), End(value=True, there=True), open=True)


def _fact(rd: Reader, node: FactOf, env: Env) -> Sym:
    told = rd.symbols.fact(rd.spot(node.owner, env), node.fact)
    if node.fact.type is Type.YES_NO:
        unknown = UNKNOWN_TEST
    elif node.fact.type in ORDERED:
        unknown = _between(node.fact.low, node.fact.high)
    else:
        unknown = Sym(NOWHERE, NOWHERE, open=True)
    if told.known is False:
        return unknown
    return select([(told.known, settled(told.value)), (neg(told.known), unknown)])


# ------------------------------------------------------------------------------------------------------- tests


def _compare(rd: Reader, node: Compare, env: Env) -> Sym:
    left, right = rd.value(node.left, env), rd.value(node.right, env)
    return _where_both_exist(left, right, *holds(node.op, left, right, ordered=ordered(node.left)))


def _where_both_exist(left: Sym, right: Sym, yes: Bool, no: Bool) -> Sym:
    gone, maybe = either(left.gone, right.gone), either(left.maybe, right.maybe)
    return kleene(conj((neg(gone), neg(maybe), yes)), either(gone, no), wrong=wrong_in((left, right)))


def _one_of(rd: Reader, node: OneOf, env: Env) -> Sym:
    of, values = rd.value(node.of, env), [rd.value(v, env) for v in node.values]
    found = [holds("==", of, v, ordered=ordered(node.of)) for v in values]
    yes, no = disj(y for y, _ in found), conj(n for _, n in found)
    return kleene(conj((yes, neg(of.gone), neg(of.maybe))), either(of.gone, no), wrong=wrong_in((of, *values)))


def _contains(rd: Reader, node: Contains, env: Env) -> Sym:
    held, wanted = rd.value(node.list, env), rd.value(node.value, env)
    gone = either(held.gone, wanted.gone)
    opened = conj((neg(gone), either(held.open, wanted.open)))
    members = held.value if isinstance(held.value, tuple) else ()
    within = disj(both(there, eq(wanted.value, value)) for there, value in members)
    firm = conj((neg(gone), neg(opened)))
    return kleene(both(firm, within), either(gone, both(firm, neg(within))), wrong=wrong_in((held, wanted)))


def _in_division(rd: Reader, node: InDivision, env: Env) -> Sym:
    code = rd.value(node.of, env)
    inside = disj(eq(code.value, i) for i, c in enumerate(rd.symbols.universe.divisions) if lies_within(c, node.codes))
    firm = conj((neg(code.gone), neg(code.open)))
    return kleene(both(firm, inside), either(code.gone, both(firm, neg(inside))), wrong=code.wrong)


def _names(rd: Reader, node: Names, env: Env) -> Sym:
    text, spot = rd.value(node.text, env), env[node.item]
    told = [] if spot.unseen else _names_of(rd, node, spot)
    nameless = spot.unseen or disj(neg(known) for known, _ in told[1:])
    named = disj(both(known, eq(text.value, name)) for known, name in told)
    collection = node.item.collection
    listed = rd.symbols.listed(rd.spot(collection.owner, env), collection.fact)
    another = disj(
        conj((listed.known, there, known, eq(text.value, name)))
        for there, other in listed.slots
        for known, name in _names_of(rd, node, other)
    )
    firm = conj((neg(text.gone), neg(text.open)))
    no = conj((firm, neg(named), either(neg(nameless), another)))
    return kleene(both(firm, named), either(text.gone, no), wrong=text.wrong)


def _names_of(rd: Reader, node: Names, spot: Spot) -> list[tuple[Bool, Any]]:
    """What an item goes by, its id first, each with whether it is known."""
    facts = [spot.kind.facts[f] for f in ("id", *node.facts) if f in spot.kind.facts]
    return [(told.known, told.value) for told in (rd.symbols.fact(spot, f) for f in facts)]


def _and(rd: Reader, node: And, env: Env) -> Sym:
    return conjunction([rd.value(p, env) for p in node.parts])


def _or(rd: Reader, node: Or, env: Env) -> Sym:
    return disjunction([rd.value(p, env) for p in node.parts])


def _not(rd: Reader, node: Not, env: Env) -> Sym:
    return negation(rd.value(node.part, env))


def _presumed(rd: Reader, node: Presumed, env: Env) -> Sym:
    part = rd.value(node.part, env)
    return settled(either(part.yes, part.open), wrong=part.wrong)


def _condition(rd: Reader, node: Condition, env: Env) -> Sym:
    return rd.value(node.test, env)


# -------------------------------------------------------------------------------------------------- quantities


def _on_ends(of: Sym, change: Callable[[Any], Any]) -> Sym:
    def changed(end: End) -> End:
        return NOWHERE if end.there is False else End(change(end.value), end.there)

    low = changed(of.low)
    high = low if of.low is of.high else changed(of.high)
    return Sym(low, high, of.open, of.gone, of.maybe, of.wrong)


def _shift(rd: Reader, node: Shift, env: Env) -> Sym:
    start, period = rd.value(node.start, env), node.period
    if node.shape.type is Type.MONTH:
        return _on_ends(start, lambda month: add(month, period.years * 12 + period.months))
    try:
        return _on_ends(start, lambda day: rd.symbols.calendar.shift(day, period))
    except Backwards as refused:
        raise Refused(str(refused)) from refused


def _year_of(rd: Reader, node: YearOf, env: Env) -> Sym:
    return _on_ends(rd.value(node.day, env), lambda day: rd.symbols.calendar.split(day).year)


def _combine(rd: Reader, node: Combine, env: Env) -> Sym:
    return combined(node.op, rd.value(node.left, env), rd.value(node.right, env))


# ----------------------------------------------------------------------------------------------------- choices


def _choice(ways: list[tuple[Bool, Sym]], opened: Bool, node: Expr) -> Sym:
    """Of several ways the one that is taken; where that is open, all that may be."""
    return select(ways) if opened is False else hull(ways, opened, ordered=ordered(node))


def _lookup(rd: Reader, node: Lookup, env: Env) -> Sym:
    key = rd.value(node.key, env)
    exists, texts = neg(key.gone), rd.symbols.universe.texts
    here = {name: eq(key.value, texts[name]) for name in node.rows}
    ways = [(conj((exists, either(key.open, here[name]))), rd.value(row, env)) for name, row in node.rows.items()]
    if node.otherwise is not None:
        other = conj(neg(h) for h in here.values())
        ways.append((conj((exists, either(key.open, other))), rd.value(node.otherwise, env)))
    if key.absent is not False:
        ways.append((key.absent, nothing(node)))
    found = _choice(ways, key.open, node)
    return Sym(found.low, found.high, found.open, found.gone, found.maybe, either(found.wrong, key.wrong))


def _if(rd: Reader, node: If, env: Env) -> Sym:
    check = rd.value(node.test, env)
    ways = [(neg(check.no), rd.value(node.then, env)), (neg(check.yes), rd.value(node.otherwise, env))]
    found = _choice(ways, check.open, node)
    return Sym(found.low, found.high, found.open, found.gone, found.maybe, either(found.wrong, check.wrong))


def _stated(rd: Reader, node: Stated, env: Env) -> Sym:
    direct, derived = rd.value(node.direct, env), rd.value(node.derived, env)
    found = select([(neg(direct.open), direct), (direct.open, derived)])
    wrong = derived.wrong
    if not node.direct.fact.judgement:
        apart = holds("==", direct, derived, ordered=ordered(node))[1]
        wrong = either(wrong, conj((neg(direct.open), neg(derived.absent), apart)))
    return Sym(found.low, found.high, found.open, found.gone, found.maybe, wrong)


def _by_reading(rd: Reader, node: ByReading, env: Env) -> Sym:
    taken = rd.taken(node.reading)
    if isinstance(taken, str):
        return rd.value(node.alternatives[taken], env)
    if taken is None:
        ways = [(True, rd.value(a, env)) for a in node.alternatives.values()]
        return hull(ways, also_open=True, ordered=ordered(node))
    return select([(taken[name], rd.value(a, env)) for name, a in node.alternatives.items()])


Rule = Callable[[Reader, Any, Env], Sym]
RULES: Mapping[type[Expr], Rule] = {
    Const: _const, Clock: _clock, Gap: _gap, FactOf: _fact, Compare: _compare, OneOf: _one_of, Contains: _contains,
    InDivision: _in_division, Names: _names, Shift: _shift, YearOf: _year_of, Combine: _combine, Lookup: _lookup,
    If: _if, Stated: _stated, And: _and, Or: _or, Not: _not, Condition: _condition, Presumed: _presumed,
    ByReading: _by_reading, Quantified: quantified, Fold: fold, Pick: picked,
}  # fmt: skip
