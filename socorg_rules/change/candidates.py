"""The values of a fact that matter to rules: those that they compare it with, and what lies right beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ..alike import COUNTED
from ..calendar import NEVER, Period, day_after, month_of, shift, shift_month
from ..expr import And, Compare, Const, Contains, Expr, InDivision, OneOf, walk
from ..facts import ELEMENTS, Fact, Items, Payment, Record, Type, entity_type
from ..plan import Plan
from ..reads import short_of
from ..refs import FactOf, Fold, Item, Names
from ..value import FIRST_YEAR, LAST_YEAR
from ..words import Lookup, Presumed, Shift, Stated
from .telling import listed

ELSEWHERE = "990000"
OTHER_TEXTS = ("甲", "乙")
MANY = 1500
"""Up to what number rules that count are given as many items."""
DIFFERENT = 60
"""Up to what number rules that count different values are given as many items, each with its own."""
TOWNSHIPS = 6
"""Three more digits name a part of a division whose code has so many."""
ONE_DAY = dt.timedelta(days=1)
FAR = dt.timedelta(days=4000)


class Candidates:
    """What the facts that some expressions read may be, in stored form, the likeliest to matter first.

    `first` are the expressions whose constants come before all others; `elsewhere` are other provisions under which
    payments may have been made.
    """

    def __init__(self, plans: Iterable[Plan], first: Iterable[Expr] = (), elsewhere: Iterable[Plan] = ()) -> None:
        plans, first = tuple(plans), tuple(first)
        dates = {n.value for e in first for n in walk(e) if isinstance(n, Const)}
        self._parted = sorted(d for d in dates if isinstance(d, dt.date) and _is_day(d))
        nodes = list(dict.fromkeys(n for e in (*first, *(e for p in plans for e in p.exprs)) for n in walk(e)))
        self._beside: dict[str, dict[Any, None]] = {}
        self._constants: dict[Type, dict[Any, None]] = {}
        self._periods: dict[str, dict[Period, None]] = {}
        self._counted: dict[str, dict[int, None]] = {}
        self._different: dict[str, dict[str, tuple[Fact, dict[str, Any]]]] = {}
        presumed = {f.name for n in nodes if isinstance(n, Presumed) for f in _facts(n.part)}
        self.optional = {n.direct.fact.name for n in nodes if isinstance(n, Stated)} | presumed
        """The facts that rules decide without: a figure that may be counted instead, one that is presumed."""
        asked = short_of((e for p in plans for e in p.exprs), lambda n: isinstance(n, Presumed))
        self.presumed = presumed - {n.fact.name for n in asked if isinstance(n, FactOf)}
        """Those of which nothing else is asked than what is presumed."""
        paying = [p for p in plans if p.settlement is not None]
        self._paying = tuple(dict.fromkeys(p.provision.id for p in paying))
        self._in_full = {f"{p.pack}.{p.provision.id}" for p in paying}
        self._elsewhere = tuple(p.provision.id for p in elsewhere)
        for node in nodes:
            self._note(node)
        self._shares = [n for n in self._constants.get(Type.NUMBER, {}) if isinstance(n, Fraction) and n]

    def _note(self, node: Expr) -> None:
        match node:
            case Const() if not isinstance(node.value, bool):
                self._constants.setdefault(node.kind.type, {})[node.value] = None
            case Compare(left=left, right=right):
                self._compared(left, right)
                self._compared(right, left)
            case OneOf(of=of, values=values):
                self._compared(of, *values)
            case Contains(list=held, value=value):
                self._compared(held, value)
            case InDivision(of=of, codes=codes):
                for fact in _facts(of):
                    self._beside.setdefault(fact.name, {}).update(dict.fromkeys(codes))
            case Lookup(key=key, rows=rows):
                for fact in _facts(key):
                    self._beside.setdefault(fact.name, {}).update(dict.fromkeys(rows))

    def _compared(self, side: Expr, *others: Expr) -> None:
        """The facts on one side, with the constants on the other; the periods that run from them; what is counted."""
        values = {n.value: None for o in others for n in walk(o) if isinstance(n, Const)}
        for fact in _facts(side):
            self._beside.setdefault(fact.name, {}).update(values)
        for node in walk(side):
            if isinstance(node, Shift):
                for fact in _facts(node.start):
                    self._periods.setdefault(fact.name, {})[node.period] = None
            if isinstance(node, Fold) and node.op in {"count", "count_distinct"}:
                whole = {int(v): None for v in values if isinstance(v, int | Fraction) and not isinstance(v, bool)}
                collection = node.item.collection.fact.name
                self._counted.setdefault(collection, {}).update(whole)
                of = node.value  # of each item; a fact of whatever holds the items is the same for all of them
                if isinstance(of, FactOf) and of.owner is node.item and node.op == "count_distinct":
                    counted = of.fact, dict(_passing(node.where, node.item))
                    self._different.setdefault(collection, {})[of.fact.name] = counted

    # ------------------------------------------------------------------------------------------------- by fact

    def of(self, fact: Fact, as_of: dt.date) -> list[Any]:
        """What a fact may be; of a collection, how many items are listed."""
        if fact.of is not None:
            return self.sizes(fact)
        return [v for v in dict.fromkeys(self._values(fact, as_of)) if _fits(fact, v)]

    def lists(self, fact: Fact, as_of: dt.date) -> Iterator[Items]:
        """What a collection may list: items of which nothing is known, and, where different values are counted, as many
        with one each, as the count asks for them and bare."""
        assert fact.of is not None  # noqa: S101 - of a collection
        dated = {} if fact.of.dating_fact is None else {fact.of.dating_fact.name: as_of}
        for n in self.sizes(fact):
            for name, (counted, passing) in self._different.get(fact.name, {}).items():
                values = self._apart(counted, n, as_of) if 1 < n <= DIFFERENT else []
                if len(values) == n:
                    for more in ({**dated, **passing}, {}) if passing else ({},):
                        yield Items(tuple(Record(fact.of, {**more, name: v}) for v in values))
            yield listed(fact, n)

    def _apart(self, fact: Fact, most: int, as_of: dt.date) -> list[Any]:
        """So many different values of a fact: months are those before the question's."""
        if fact.type is Type.MONTH:
            return [shift_month(month_of(as_of), Period(months=-n)) for n in range(1, most + 1)]
        more: Iterable[Any] = ()
        if fact.type is Type.TEXT and (fact.open_values or not fact.values):
            more = (f"{OTHER_TEXTS[0]}{n}" for n in range(1, most + 1))
        elif fact.type is Type.DIVISION:  # parts of those that the rules name, and others
            codes = [*self._beside.get(fact.name, {}), *self._constants.get(Type.DIVISION, {}), ELSEWHERE]
            more = (
                f"{code}{n:03d}"
                for code in codes
                if isinstance(code, str) and len(code) == TOWNSHIPS
                for n in range(1, most + 1)
            )
        elif fact.type in {Type.NUMBER, Type.MONEY}:
            more = range(most)
        return list(dict.fromkeys((*self.of(fact, as_of), *(v for v in more if _fits(fact, v)))))[:most]

    def sizes(self, fact: Fact) -> list[int]:
        """How many items of a collection to list."""
        counted = [n + d for n in self._counted.get(fact.name, {}) for d in (0, -1, 1) if 0 <= n + d <= COUNTED]
        usual = (0, 1, 2) if fact.of is entity_type(Payment) else (1, 0, 2, 3)
        many = [n + d for n in self._counted.get(fact.name, {}) for d in (0, 1) if COUNTED < n + d <= MANY]
        return list(dict.fromkeys((*usual, *counted, *many)))

    def _values(self, fact: Fact, as_of: dt.date) -> Iterator[Any]:
        beside = self._beside.get(fact.name, {})
        match fact.type:
            case Type.YES_NO:
                yield from (True, False)
            case Type.TEXT:
                yield from self._texts(fact, beside)
            case Type.TEXTS:
                words = list(dict.fromkeys((*(v for v in beside if isinstance(v, str)), *fact.values)))
                yield from (tuple(words), (), *((w,) for w in words))
                yield from (tuple(w for w in words if w != one) for one in words)
            case Type.NUMBERS:
                yield from ((as_of.year,), (), (as_of.year - 1,), *((n,) for v in beside for n in _near(v)))
            case Type.MONTHS:
                yield from ((month_of(as_of),), (), (f"{as_of.year - 1:04d}-01",))
            case Type.DIVISION:
                yield from (*beside, ELSEWHERE, *self._constants.get(Type.DIVISION, ()))
            case Type.DATE:
                yield from self.days(fact, as_of)
            case Type.MONTH:
                yield from (month_of(d) for d in self.days(fact, as_of) if FIRST_YEAR < d.year < LAST_YEAR)
            case _:
                yield from self._numbers(fact, beside, as_of)

    def _texts(self, fact: Fact, beside: Iterable[Any]) -> Iterator[str]:
        if fact.name == "provision" and (self._paying or self._elsewhere):
            yield from self._paying
            # what a grant has used up names it both ways, for which one way is enough
            yield from (v for v in beside if isinstance(v, str) and v not in self._in_full)
            yield from self._elsewhere
            return
        yield from (v for v in beside if isinstance(v, str))
        if fact.values and not fact.open_values:
            yield from fact.values
            return
        yield from fact.values
        yield from OTHER_TEXTS

    def _numbers(self, fact: Fact, beside: Iterable[Any], as_of: dt.date) -> Iterator[Any]:
        money = fact.type is Type.MONEY
        if fact.unit == "年":
            yield from (as_of.year, as_of.year - 1, as_of.year + 1, as_of.year - 2)
        for value in beside:
            yield from _near(value)
        known = [v for v in self._constants.get(fact.type, ()) if not isinstance(v, bool)]
        if money:
            for value in known:
                yield from (n for share in self._shares for n in _near(int(Fraction(value) / share)))
        for value in known:
            yield from _near(value)
        yield from (0, 1, 2, 3, 100_00, 10**9) if money else (0, 1, 2, 3, 10, 10**6)

    def days(self, fact: Fact, as_of: dt.date) -> Iterator[dt.date]:
        """Days around those at which the first expressions hold the fact, around the question's and the document's, and
        those from which a period ends on one of them."""
        for mark in (d for d in self._parted if d in self._beside.get(fact.name, {})):
            yield from (mark, mark - ONE_DAY, mark + ONE_DAY)
        marks = [as_of, *(d for d in self._beside.get(fact.name, {}) if isinstance(d, dt.date) and d < NEVER)]
        for period in self._periods.get(fact.name, {}):
            yield from (d for mark in marks for d in starts(mark, period))
        for mark in marks:
            yield from (mark, mark - ONE_DAY, mark + ONE_DAY)
        yield from (dt.date(as_of.year, 1, 1), dt.date(as_of.year - 1, 12, 31), as_of - FAR, NEVER)
        for mark in self._constants.get(Type.DATE, ()):
            yield from (mark, *((mark - ONE_DAY, mark + ONE_DAY) if mark < NEVER else ()))

    def questions(self) -> list[dt.date]:
        """Days on which to ask: at the dates of the expressions that come first, then at those of the rules."""
        marks = sorted({d for d in self._constants.get(Type.DATE, {}) if _is_day(d)})
        if not marks:
            return [dt.date(2023, 6, 15), dt.date(2023, 12, 31), dt.date(2024, 2, 29)]
        first = [*_between(self._parted), *_beside(self._parted)]
        middle = sorted(_between(marks), key=lambda d: abs(d - dt.date(2023, 6, 15)))
        later = (marks[0] + dt.timedelta(days=400), marks[-1] + dt.timedelta(days=400), marks[0] - FAR)
        return list(dict.fromkeys((*middle[:1], *first, *middle, *_beside(marks), *later)))


def _is_day(day: dt.date) -> bool:
    return FIRST_YEAR < day.year < LAST_YEAR


def _between(marks: list[dt.date]) -> list[dt.date]:
    return [a + (b - a) / 2 for a, b in pairwise(marks)]


def _beside(marks: list[dt.date]) -> list[dt.date]:
    return [d for m in marks for d in (m, m - ONE_DAY, m + ONE_DAY)]


def starts(end: dt.date, period: Period) -> Iterator[dt.date]:
    """The days from which a period ends on a day, right before it, and right after it."""
    try:
        guess = end - dt.timedelta(days=period.days + period.months * 30 + period.years * 365 + period.years // 4)
    except OverflowError:
        return
    while shift(guess, period) < end:
        guess = day_after(guess)
    while shift(guess - ONE_DAY, period) >= end:
        guess -= ONE_DAY
    yield from (guess, guess - ONE_DAY, guess + ONE_DAY)


def _passing(where: Expr, item: Item) -> Iterator[tuple[str, Any]]:
    """Facts of an item, with the constants that a filter asks for; what it asks of others tells nothing of the item."""
    for test in where.parts if isinstance(where, And) else (where,):
        match test:
            case OneOf(of=FactOf(fact=fact, owner=owner), values=(Const(value=value), *_)) if owner is item:
                yield fact.name, value
            case Compare(op="==", left=FactOf(fact=fact, owner=owner), right=Const(value=value)) if owner is item:
                yield fact.name, value


def _facts(side: Expr) -> Iterator[Fact]:
    for node in walk(side):
        if isinstance(node, FactOf):
            yield node.fact
        elif isinstance(node, Names):
            yield from _facts(node.text)


def _near(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a constant
    match value:
        case bool() | str() | dt.date():
            return ()
        case int():
            return value, value - 1, value + 1
        case Fraction():
            step = Fraction(1, 1000)
            return value, value - step, value + step
    return ()


HELD: dict[Type, tuple[type, ...]] = {
    Type.YES_NO: (bool,),
    Type.NUMBER: (int, Fraction),
    Type.MONEY: (int,),
    Type.DATE: (dt.date,),
    **dict.fromkeys((Type.TEXT, Type.MONTH, Type.DIVISION), (str,)),
    **dict.fromkeys(ELEMENTS, (tuple,)),
}
"""How values of each type are stored."""


def _fits(fact: Fact, value: Any) -> bool:  # noqa: ANN401 - whatever stands beside the fact in a rule
    """Whether a case file may hold the value."""
    if not isinstance(value, HELD[fact.type]) or isinstance(value, bool) is not (fact.type is Type.YES_NO):
        return False
    match value:
        case dt.date():
            return value == NEVER or FIRST_YEAR <= value.year <= LAST_YEAR
        case str():
            return fact.type is not Type.TEXT or not fact.values or fact.open_values or value in fact.values
        case int() | Fraction() if fact.type is not Type.YES_NO:
            scale = 100 if fact.type is Type.MONEY else 1
            low = 0 if fact.low is None and fact.type is Type.MONEY else fact.low
            if (low is not None and value < low * scale) or (fact.high is not None and value > fact.high * scale):
                return False
            return (1 if fact.whole else 10**12) % Fraction(value).denominator == 0
    return True
