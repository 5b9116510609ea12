"""How far the solver looks: the cases that a proof is about, and the texts and divisions that they may tell."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Iterator

import attrs

from ..arguments import whole_number
from ..division import LEVELS, trim
from ..errors import CaseError, Problem
from ..expr import Const, Contains, Expr, InDivision, walk
from ..facts import ELEMENTS, EntityType, Fact, Type
from ..plan import Plan
from ..refs import FactOf, Fold, Item, Names, Quantified
from ..value import FIRST_YEAR, LAST_YEAR
from ..words import Lookup, Shift, Stated


class Refused(ValueError):  # noqa: N818 - it names what cannot be done, as an engine must
    """A form that the solver cannot read, by name."""


@attrs.define
class Work:
    """How much of its own work z3 may still do for some questions together."""

    left: float = math.inf


@attrs.frozen
class Bounds:
    """The cases that are looked at.

    Args:
        items: how many items a collection holds at most; where all that matters is how many there are, how many
            different ones, each up to 1000 times.
        first_year, last_year: days and months lie in these years, both included; a day may also be `never`.
        as_of: the day of the question; any day of these years where left out.
        complete: only cases that tell every fact that the provisions read, but for figures that are given directly and
            derived too; else any of them may be unknown.
        work: how much of z3's own work, which is alike on every machine, one question may cost before the answer is
            `unknown`; one to twenty millions take a second.
        elsewhere: other provisions, under which a case may have payments too.

    Raises:
        CaseError: one of them is none of its kind.
    """

    items: int = 2
    first_year: int = 1990
    last_year: int = 2049
    as_of: dt.date | None = None
    complete: bool = False
    work: int = 150_000_000
    elsewhere: tuple[Plan, ...] = ()

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        whole_number("items", self.items, problems)
        if not all(isinstance(y, int) and FIRST_YEAR <= y <= LAST_YEAR for y in (self.first_year, self.last_year)):
            told = f"write two from {FIRST_YEAR} to {LAST_YEAR}"
            problems.append(Problem("first_year", f"{self.first_year!r} to {self.last_year!r} are no years; {told}"))
        elif self.first_year > self.last_year:
            problems.append(Problem("last_year", f"{self.last_year} comes before the first year, {self.first_year}"))
        if self.as_of is not None and type(self.as_of) is not dt.date:
            problems.append(Problem("as_of", f"`{self.as_of!r}` is no day; give a `datetime.date`"))
        whole_number("work", self.work, problems)
        if problems:
            raise CaseError(problems)

    def words(self, lang: str = "zh") -> str:
        """The bounds in words."""
        years = f"{self.first_year}-{self.last_year}"
        others = [f"{plan.pack}.{plan.provision.id}" for plan in self.elsewhere]
        if lang == "en":
            items = f"at most {self.items} items a collection (what is only counted, each up to {MOST} times over)"
            names = f" but {', '.join(others)}" if others else ""
            items += f", no payments under other provisions{names}"
            told = "every fact told" if self.complete else "any fact told or not"
            day = f"asked on {self.as_of}" if self.as_of else "asked on any day of these years"
            return f"all cases with {items}, days within {years}, {told}, {day}"
        names = f"（{'、'.join(others)} 除外）" if others else ""
        items = f"每个集合不超过 {self.items} 项（仅作计数的，每项至多重复 {MOST} 次）、不含其他规定的付款{names}"
        told = "各项事实均已知" if self.complete else "任一事实可以未知"
        day = f"询问日期为 {self.as_of}" if self.as_of else "询问日期为其间任一日"
        return f"{items}、日期在 {years} 年之间、{told}、{day}的全部案例"


def checked_bounds(given: object) -> Bounds | None:
    """The bounds, or None where there are none.

    Raises:
        CaseError: they are something else.
    """
    if given is None or isinstance(given, Bounds):
        return given
    raise CaseError(Problem("bounds", f"`{given!r}` are no bounds; write `Bounds(…)`"))


MOST = 1000
"""How many items there may be alike, where all that matters is how many there are."""
PROVINCES = tuple(str(n) for n in range(11, 66))
"""Codes of provinces, some of which stand for what lies outside all divisions that are named."""


def stand_ins(named: Iterable[str], alike: int) -> tuple[str, ...]:
    """The divisions named, and of each group that no test of theirs tells apart so many more."""
    raw = sorted(set(named))
    trimmed = {trim(code) for code in raw}
    outside = [p for p in PROVINCES if not any(t.startswith(p) for t in trimmed)][:alike]
    inside = (c for t in sorted(trimmed) for c in _inside(t, trimmed, alike))
    return tuple(dict.fromkeys((*raw, *outside, *inside)))


def _inside(code: str, named: set[str], alike: int) -> Iterator[str]:
    """Divisions within one, and within no other that is named."""
    longer = next((n for n in LEVELS if n > len(code)), None)
    if longer is not None:
        digits = longer - len(code)
        numbers = (f"{code}{n:0{digits}d}" for n in range(1, 10**digits))
        yield from itertools.islice((c for c in numbers if not any(t.startswith(c) for t in named)), alike)


class Universe:
    """The texts and divisions that the provisions can tell apart, each under a number."""

    def __init__(self, plans: Iterable[Plan], alike: int = 3, divisions: Iterable[str] = ()) -> None:
        plans = tuple(plans)
        nodes = {n: None for plan in plans for e in plan.exprs for n in walk(e)}  # in order: no answer hangs on chance
        closed = {v: None for fact in _facts(nodes) if not fact.open_values for v in fact.values}
        named = {v: None for n in nodes for v in _texts(n)}
        self.texts = {text: i for i, text in enumerate({**closed, **dict.fromkeys(sorted(named))})}
        codes = [c for n in nodes for c in _codes(n)]
        self.divisions = tuple(dict.fromkeys((*stand_ins(codes, alike), *divisions)))
        self._contained = _contained(nodes)
        self.stated = {(n.direct.owner.entity, n.direct.fact.name) for n in nodes if isinstance(n, Stated)}
        self.counted = _counted(plans, nodes)
        self.reach = 1 + max(
            (n.period.years + n.period.months // 12 + 1 for n in nodes if isinstance(n, Shift)), default=0
        )

    def wanted(self, fact: Fact) -> tuple[list[object], int]:
        """Which values a list may be asked for by name, and how many others it must have room for."""
        named, others = self._contained
        admitted = [
            v
            for v in named.get(ELEMENTS[fact.type], ())
            if not (fact.values and not fact.open_values) or v in fact.values
        ]
        return admitted, others.get(ELEMENTS[fact.type], 0)


def _facts(nodes: Iterable[Expr]) -> Iterator[Fact]:
    for node in nodes:
        if isinstance(node, FactOf):
            yield node.fact
        if isinstance(node, Names):
            yield from (node.item.entity.facts[f] for f in node.facts if f in node.item.entity.facts)


def _texts(node: Expr) -> Iterator[str]:
    if isinstance(node, Const) and isinstance(node.value, str) and node.kind.type is Type.TEXT:
        yield node.value
    if isinstance(node, Lookup):
        yield from node.rows


def _codes(node: Expr) -> Iterator[str]:
    if isinstance(node, Const) and isinstance(node.value, str) and node.kind.type is Type.DIVISION:
        yield node.value
    if isinstance(node, InDivision):
        yield from node.codes


def _contained(nodes: Iterable[Expr]) -> tuple[dict[Type, list[object]], dict[Type, int]]:
    named: dict[Type, dict[object, None]] = {}
    others: dict[Type, int] = {}
    for node in nodes:
        if isinstance(node, Contains):
            kind = node.value.shape.type
            if isinstance(node.value, Const):
                named.setdefault(kind, {})[node.value.value] = None
            else:
                others[kind] = others.get(kind, 0) + 1
    return {k: sorted(v, key=str) for k, v in named.items()}, others


def _counted(plans: Iterable[Plan], nodes: Iterable[Expr]) -> set[tuple[EntityType, str]]:
    """The collections of which it matters only whether some or all items pass a test, and how many."""
    read: dict[tuple[EntityType, str], bool] = {}
    for node in nodes:
        item = getattr(node, "item", None)
        if isinstance(item, Item):
            only_counted = isinstance(node, Quantified) or (isinstance(node, Fold) and node.op == "count")
            key = item.collection.owner.entity, item.collection.fact.name
            read[key] = read.get(key, True) and only_counted
    for plan in plans:
        named = [plan.item.collection] if plan.item is not None else []
        terms = getattr(plan.provision, "terms", None)
        named += [terms.items] if terms is not None and terms.items is not None else []
        read.update(((c.owner.entity, c.fact.name), False) for c in named)
    return {key for key, only_counted in read.items() if only_counted}


def own_facts_of(plans: Iterable[Plan]) -> dict[tuple[EntityType, str], dict[str, Fact]]:
    """The packs' own facts that provisions read, by entity and pack."""
    found: dict[tuple[EntityType, str], dict[str, Fact]] = {}
    for plan in plans:
        for node in (n for e in plan.exprs for n in walk(e)):
            if isinstance(node, FactOf) and "." in node.fact.name:
                pack, _, name = node.fact.name.partition(".")
                found.setdefault((node.owner.entity, pack), {})[name] = node.fact
    return found
