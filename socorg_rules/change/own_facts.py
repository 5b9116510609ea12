"""The facts that two texts of a pack declare for themselves, as one case may tell them to both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from ..case import Case
from ..errors import Problem
from ..expr import Const, Expr, walk
from ..facts import ORDERED, EntityType, Fact, Items, OwnFacts
from ..pack import Pack
from ..plan import Plan
from ..reading import TextGap
from ..refs import FactOf
from ..value import Unfit, read_value, write_value
from ..words import Gap, Lookup
from .merging import Rebuilding, rewritten
from .telling import fact_of, own_of, places

NO_ROW = TextGap("no_such_value", "本版本没有这一取值", "This text knows no such value")


class OwnOfBoth:
    """The own facts of two packs, those that both declare side by side."""

    def __init__(self, old: Pack, new: Pack) -> None:
        self._packs = old, new
        self._declared = _declared(old), _declared(new)
        before, after = self._declared
        self._both = {at: (fact, after[at]) for at, fact in before.items() if at in after and fact != after[at]}

    def problems(self, plans: Iterable[Plan]) -> Iterator[Problem]:
        """Those which these provisions read and no case can tell to both texts, since they are of another type in
        each."""
        read = _read(plans)
        for (kind, name), (old, new) in self._both.items():
            if (kind, name) in read and old.type is not new.type:
                types = f"is `{old.type.value}` in the old text and `{new.type.value}` in the new one"
                told = f"{types}, and no case can tell both; give the new one another name"
                yield Problem(f"{kind.name}.{name}", told)

    @property
    def facts(self) -> tuple[OwnFacts, ...]:
        """All of them, each with whatever it may hold in either text."""
        found: dict[tuple[str, EntityType], dict[str, Fact]] = {}
        for own in (o for pack in self._packs for o in pack.own):
            for name, fact in own.facts.items():
                wide = self._both.get((own.entity, fact.name))
                known = found.setdefault((own.pack, own.entity), {})
                known[name] = fact if wide is None else _within_both(*wide)
        return tuple(OwnFacts(pack, kind, facts) for (pack, kind), facts in found.items())

    def widened(self, plan: Plan) -> Plan:
        """A provision over facts with the values of both texts. What an unknown number lies within stays as it was."""
        return rewritten(plan, _Widening(self._both)) if self._both else plan

    def bounded_alike(self, *plans: Plan) -> bool:
        """Whether each number that these read lies within the same bounds in both texts."""
        read = _read(plans)
        both = [pair for at, pair in self._both.items() if at in read]
        return all((old.low, old.high) == (new.low, new.high) for old, new in both)


def _read(plans: Iterable[Plan]) -> set[tuple[EntityType, str]]:
    """The facts that provisions read."""
    nodes = (n for plan in plans for e in plan.exprs for n in walk(e))
    return {(n.owner.entity, n.fact.name) for n in nodes if isinstance(n, FactOf)}


def _declared(pack: Pack) -> dict[tuple[EntityType, str], Fact]:
    return {(own.entity, fact.name): fact for own in pack.own for fact in own.facts.values()}


def _with_values(fact: Fact, other: Fact) -> Fact:
    """A fact with the values of another as well; open, or not whole, where one of them is."""
    closed = all(f.values and not f.open_values for f in (fact, other))
    values = {**other.values, **fact.values}
    return attrs.evolve(fact, values=values, open_values=not closed, whole=fact.whole and other.whole)


def _within_both(old: Fact, new: Fact) -> Fact:
    """The newer fact with the values of the older as well, and the wider bounds."""
    low = None if old.low is None or new.low is None else min(old.low, new.low)
    high = None if old.high is None or new.high is None else max(old.high, new.high)
    return attrs.evolve(_with_values(new, old), low=low, high=high)


class _Widening(Rebuilding):
    def __init__(self, both: Mapping[tuple[EntityType, str], tuple[Fact, Fact]]) -> None:
        super().__init__()
        self._both = both

    def new(self, node: Expr) -> Expr:
        """A fact with the values of both texts; what a table says of a value that its text does not know is open."""
        if isinstance(node, FactOf) and (node.owner.entity, node.fact.name) in self._both:
            old, new = self._both[node.owner.entity, node.fact.name]
            return attrs.evolve(node, fact=_with_values(node.fact, old if node.fact is new else new))
        made = super().new(node)
        if isinstance(made, Lookup) and made.otherwise is None and not _covered(made):
            return attrs.evolve(made, otherwise=_any_row(made))
        return made


def _covered(table: Lookup) -> bool:
    known = table.key.shape.values
    return bool(known) and known <= table.rows.keys()


def _any_row(table: Lookup) -> Gap:
    """A gap as wide as the rows are, so that an unknown key comes to what it came to before."""
    figures = [row.value for row in table.rows.values() if isinstance(row, Const)]
    bounded = table.shape.type in ORDERED and len(figures) == len(table.rows)
    return Gap(NO_ROW, table.shape, *((min(figures), max(figures)) if bounded else ()))


@attrs.frozen
class Strange:
    """The own facts of a case, by path, that a text does not declare, and those of which it does not take the value."""

    facts: tuple[str, ...]
    values: tuple[str, ...]


def strange(case: Case, pack: Pack) -> Strange:
    """What of a case the case files of a text cannot tell; they tell the own facts of any edition."""
    known = {at: fact for edition in pack.whole.editions for at, fact in _declared(edition).items()}
    own = own_of(case.own)
    facts, values = [], []
    for at, told in places(case.record):
        kind, (name, index) = case.root, at[-1]
        for outer, _ in at[:-1]:
            kind = fact_of(kind, outer, own).of or kind
        if name in kind.facts or index is not None:
            continue
        path = ".".join(n if i is None else f"{n}[{i}]" for n, i in ((case.root.name, None), *at))
        if (kind, name) not in known:
            facts.append(path)
        elif not isinstance(told, Items) and not _takes(known[kind, name], told):
            values.append(path)
    return Strange(tuple(facts), tuple(values))


def _takes(fact: Fact, told: object) -> bool:
    given = write_value(fact, told)
    try:
        for one in given if isinstance(given, list) else [given]:
            read_value(fact, one)
    except Unfit:
        return False
    return True
