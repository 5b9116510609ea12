"""Random well-typed tests and values over Toyland's entities."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any, cast

from random_values import DAYS, DIVISIONS, NUMBERS, OWN, SUMS, TEXTS, YEARS
from toyland import Guild, Town

from socorg_rules.calendar import days, months, years
from socorg_rules.errors import PackError
from socorg_rules.expr import Expr, all_of, any_of
from socorg_rules.facts import EntityType, Type
from socorg_rules.reading import reading
from socorg_rules.refs import Collection, Ref, goes_by, root
from socorg_rules.words import (
    AS_OF,
    THIS_MONTH,
    THIS_YEAR,
    YEAR_END,
    Condition,
    after,
    choose,
    condition,
    day,
    if_else,
    larger_of,
    ratio,
    share_of,
    smaller_of,
    stated_or,
    table,
    text_gap,
    unquantified,
    untested,
    year_of,
    yuan,
)

PERIODS = (months(1), months(13), years(1), years(2, "next_day"), days(20), months(1, "next_day"))

READINGS = tuple(
    reading(
        name,
        "如何理解？",
        "How is it read?",
        clause="一",
        default=default,
        because="试",
        one=("一", "one"),
        two=("二", "two"),
    )
    for name, default in (("open_a", None), ("open_b", None), ("chosen", "two"))
)
GAPS = tuple(text_gap(f"gap_{n}", f"缺口{n}？", f"Gap {n}?") for n in "ab")


class Exprs:
    """Draws expressions about one root entity."""

    def __init__(self, rnd: Random, *, presume: bool = False) -> None:
        self.rnd = rnd
        self.presume = presume
        self.count = itertools.count()
        self.root = root(rnd.choice((Guild, Guild, Guild, Town)))
        self.named: list[Condition] = []

    # ------------------------------------------------------------------------------------------------ drawing

    def chance(self, percent: int) -> bool:
        return self.rnd.randrange(100) < percent

    def _one(self, makers: list[Callable[[], Expr]], fallback: Callable[[], Expr]) -> Expr:
        """One of the makers' expressions; what cannot be built (two units, two shapes) falls back."""
        try:
            return self.rnd.choice(makers)()
        except PackError:
            return fallback()

    def _refs(self, scope: tuple[Ref, ...]) -> list[Ref]:
        return [*scope, self.root.own(OWN)] if self.root.at.entity is OWN.entity else list(scope)

    def _facts(self, type_: Type, scope: tuple[Ref, ...], unit: str | None = None) -> list[Expr]:
        found = []
        for ref in self._refs(scope):
            facts = ref._own.facts if ref._own else ref.at.entity.facts  # noqa: SLF001
            for name, fact in facts.items():
                if fact.type is type_ and name != "id" and (unit is None or fact.unit == unit):
                    found.append(getattr(ref, name))
        return found

    def _collections(self, scope: tuple[Ref, ...]) -> list[Collection]:
        refs = [r for r in scope if r._own is None]  # noqa: SLF001
        return [getattr(r, n) for r in refs for n, fact in r.at.entity.facts.items() if fact.type is Type.ITEMS]

    # --------------------------------------------------------------------------------------------------- tests

    def test(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        leaves: list[Callable[[], Expr]] = [
            lambda: self._compared(scope, depth),
            lambda: self._compared(scope, depth),
            lambda: self._clock(scope, depth),
            lambda: self._texts(scope, depth),
        ]
        yes_no = self._facts(Type.YES_NO, scope)
        if yes_no:
            leaves.append(lambda: self.rnd.choice(yes_no))
        if self.chance(8):
            leaves.append(lambda: untested(self.rnd.choice(GAPS)))
        items = [r for r in scope if r is not self.root]
        if items:
            leaves.append(lambda: goes_by(self.text(scope, 0), self.rnd.choice(items), "name"))
        if depth <= 0:
            return self._one(leaves, self._fallback_test)
        inner: list[Callable[[], Expr]] = [
            lambda: all_of(*self._tests(scope, depth)),
            lambda: any_of(*self._tests(scope, depth)),
            lambda: ~self.test(scope, depth - 1),
            lambda: if_else(*self._tests(scope, depth, 3)),
            lambda: self._chosen(lambda: self.test(scope, depth - 1)),
            lambda: self._condition(scope, depth),
            lambda: self._quantified(scope, depth),
            lambda: self._quantified(scope, depth),
            self._stated_test,
            lambda: self._pick(scope, lambda s: self.test(s, depth - 1)),
        ]
        return self._one(leaves + inner, self._fallback_test)

    def _fallback_test(self) -> Expr:
        return self.root.is_small if self.root.at.entity.name == "guild" else self.root.division.within("77")

    def _tests(self, scope: tuple[Ref, ...], depth: int, many: int | None = None) -> list[Expr]:
        return [self.test(scope, depth - 1) for _ in range(many or self.rnd.choice((2, 2, 3)))]

    def _condition(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        if self.named and self.chance(40):
            return self.rnd.choice(self.named)
        made = condition(f"condition_{next(self.count)}", "条件", self.test(scope, depth - 1))
        if scope == (self.root,):
            self.named.append(made)
        return made

    def _chosen(self, alternative: Callable[[], Expr]) -> Expr:
        return choose(self.rnd.choice(READINGS), one=alternative(), two=alternative())

    def _quantified(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        collection = self.rnd.choice(self._collections(scope) or [self._no_collection()])
        if self.chance(15):
            return collection.any()
        make = collection.any if self.chance(50) else collection.all
        return make(lambda item: self.test((*scope, item), depth - 1))

    def _no_collection(self) -> Collection:
        raise PackError("no collection is in scope")

    def _pick(self, scope: tuple[Ref, ...], value: Callable[[tuple[Ref, ...]], Expr]) -> Expr:
        keyed = [
            (c, f.name)
            for c in self._collections(scope)
            for f in cast("EntityType", c.fact.of).facts.values()
            if f.type is Type.DATE or f.unit == "年"
        ]
        if not keyed:
            self._no_collection()
        collection, key = self.rnd.choice(keyed)
        pick = collection.first if self.chance(50) else collection.last
        where = (lambda item: self.test((*scope, item), 0)) if self.chance(40) else None
        return pick(key, where).value(lambda item: value((*scope, item)))

    def _compared(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        kind = self.rnd.choice((self.number, self.money, self.date, self.month))
        left, right = kind(scope, depth - 1), kind(scope, depth - 1)
        return self._op(left, right)

    def _op(self, left: Expr, right: Expr) -> Expr:
        match self.rnd.randrange(6):
            case 0:
                return left == right
            case 1:
                return left != right
            case 2:
                return left < right
            case 3:
                return left <= right
            case 4:
                return left > right
            case _:
                return left >= right

    def _clock(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        match self.rnd.randrange(4):
            case 0:
                sides = THIS_MONTH, self.month(scope, depth - 1)
            case 1:
                sides = THIS_YEAR, self.year(scope, depth - 1)
            case _:
                sides = AS_OF, self.date(scope, depth - 1)
        return self._op(*(sides if self.chance(50) else sides[::-1]))

    def _texts(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        numbers, texts, divisions = (self._facts(t, scope) for t in (Type.NUMBERS, Type.TEXTS, Type.DIVISION))
        makers: list[Callable[[], Expr]] = [
            lambda: self.text(scope, depth).is_in(self.rnd.sample(TEXTS, 2)),
            lambda: self.text(scope, depth) == self.text(scope, depth),
        ]
        months_ = self._facts(Type.MONTHS, scope)
        if months_:
            makers.append(lambda: self.rnd.choice(months_).contains(self.rnd.choice((THIS_MONTH, "2022-03"))))
        if numbers:
            makers.append(lambda: self.rnd.choice(numbers).contains(self.rnd.choice((THIS_YEAR, 2022))))
        if texts:
            makers.append(lambda: self.rnd.choice(texts).contains(self.rnd.choice(("木工", "铁工"))))
        if divisions:
            makers.append(lambda: self.rnd.choice(divisions).within(*self.rnd.sample(DIVISIONS, 2)))
        return self._one(makers, self._fallback_test)

    # -------------------------------------------------------------------------------------------------- values

    def text(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        facts = self._facts(Type.TEXT, scope)
        makers: list[Callable[[], Expr]] = [lambda: self.rnd.choice(facts)] * 3
        if depth > 0:
            makers += [
                lambda: self._pick(scope, lambda s: self.text(s, 0)),
                lambda: if_else(self.test(scope, depth - 1), self.text(scope, 0), self.rnd.choice(TEXTS)),
            ]
        return self._one(makers, lambda: facts[0])

    def number(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        unit = self.rnd.choice(("人", "岁", "", "㎡", "家"))
        facts = self._facts(Type.NUMBER, scope, unit)
        return self._quantity(
            scope, depth, facts, self.number, lambda: self.constant(self.rnd.choice(NUMBERS)), counts=True
        )

    def constant(self, value: object) -> Expr:
        return larger_of(value, value)

    def year(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        facts = self._facts(Type.NUMBER, scope, "年")
        makers: list[Callable[[], Expr]] = [
            lambda: year_of(self.date(scope, depth - 1)),
            lambda: self.constant(self.rnd.choice(YEARS)),
        ]
        makers += [lambda: self.rnd.choice(facts)] * (2 if facts else 0)
        return self._one(makers, lambda: self.constant(2022))

    def money(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        facts = self._facts(Type.MONEY, scope)
        return self._quantity(scope, depth, facts, self.money, self._sum, counts=False)

    def _sum(self) -> Expr:
        from decimal import Decimal  # noqa: PLC0415

        return yuan(Decimal(self.rnd.choice(SUMS)))

    def _quantity(
        self,
        scope: tuple[Ref, ...],
        depth: int,
        facts: list[Expr],
        again: Callable[[tuple[Ref, ...], int], Expr],
        given: Callable[[], Expr],
        *,
        counts: bool,
    ) -> Expr:
        makers = [given] + [lambda: self.rnd.choice(facts)] * (3 if facts else 0)
        if depth > 0:

            def deep() -> Expr:
                return again(scope, depth - 1)

            makers += [
                lambda: deep() + deep(),
                lambda: deep() - deep(),
                lambda: smaller_of(deep(), deep()),
                lambda: larger_of(deep(), deep()),
                lambda: share_of(self.rnd.choice((Fraction(1, 2), Fraction(1, 3))), deep()),
                lambda: deep() * self.number(scope, 0),
                lambda: if_else(self.test(scope, depth - 1), deep(), deep()),
                lambda: self._table(scope, depth, deep),
                lambda: self._chosen(deep),
                lambda: self._pick(scope, lambda s: again(s, depth - 1)),
                lambda: self._fold(scope, ("sum", "min", "max"), lambda s: again(s, depth - 1)),
            ]
            if counts:
                makers += [
                    lambda: ratio(deep(), deep()),
                    lambda: self._fold(scope, ("count",), None),
                    lambda: self._fold(scope, ("count_distinct",), lambda s: self.text(s, 0)),
                    lambda: self._stated(scope),
                ]
            elif self.chance(20):
                makers.append(lambda: unquantified(self.rnd.choice(GAPS), yuan(1), yuan(100)))
        return self._one(makers, given)

    def _stated(self, scope: tuple[Ref, ...]) -> Expr:
        direct = [f for f in self._facts(Type.NUMBER, (self.root,)) if cast("Any", f).fact.whole]
        return stated_or(cast("Any", self.rnd.choice(direct)), self._fold(scope, ("count",), None))

    def _stated_test(self) -> Expr:
        """A test told directly, or by a collection whose filter may read the root entity too."""
        facts = self._facts(Type.YES_NO, (self.root,))
        if not facts:
            raise PackError("no test is told directly")
        direct = self.rnd.choice(facts)
        collection = self.rnd.choice(self._collections((self.root,)))
        over = self.rnd.choice((collection.any, collection.all))
        return stated_or(direct, over(lambda item: self.test((self.root, item), 1)))

    def _table(self, scope: tuple[Ref, ...], depth: int, value: Callable[[], Expr]) -> Expr:
        rows = {t: value() for t in self.rnd.sample(TEXTS, 2)}
        key = self.text(scope, depth - 1)
        if key.shape.values:
            rows = {t: value() for t in sorted(key.shape.values)[:3]}
        return table(key, rows, otherwise=None if rows.keys() >= key.shape.values and key.shape.values else value())

    def _fold(
        self, scope: tuple[Ref, ...], ops: tuple[str, ...], value: Callable[[tuple[Ref, ...]], Expr] | None
    ) -> Expr:
        collection = self.rnd.choice(self._collections(scope) or [self._no_collection()])
        where = (lambda item: self.test((*scope, item), 0)) if self.chance(50) else None
        fold = getattr(collection, self.rnd.choice(ops))
        return cast("Expr", fold(where) if value is None else fold(lambda item: value((*scope, item)), where))

    def date(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        facts = self._facts(Type.DATE, scope)
        makers: list[Callable[[], Expr]] = [lambda: day(self.rnd.choice(DAYS)), lambda: YEAR_END]
        makers += [lambda: self.rnd.choice(facts)] * (3 if facts else 0)
        if facts:
            makers += [lambda: after(self.rnd.choice(facts), self.rnd.choice(PERIODS))] * 2
        if depth > 0:
            makers += [
                lambda: after(self.date(scope, depth - 1), self.rnd.choice(PERIODS)),
                lambda: self._fold(scope, ("min", "max"), lambda s: self.date(s, 0)),
                lambda: self._pick(scope, lambda s: self.date(s, 0)),
                lambda: if_else(self.test(scope, depth - 1), self.date(scope, 0), self.date(scope, 0)),
                lambda: self._chosen(lambda: self.date(scope, depth - 1)),
                lambda: larger_of(self.date(scope, depth - 1), self.date(scope, 0)),
            ]
        return self._one(makers, lambda: day("2022-01-01"))

    def month(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        facts = self._facts(Type.MONTH, scope)
        if not facts:
            raise PackError("no month is in scope")
        makers: list[Callable[[], Expr]] = [
            lambda: self.rnd.choice(facts),
            lambda: after(self.rnd.choice(facts), self.rnd.choice((months(1), months(13)))),
        ]
        if depth > 0:
            makers.append(lambda: self._fold(scope, ("min", "max"), lambda s: self.month(s, 0)))
        return self._one(makers, lambda: facts[0])
