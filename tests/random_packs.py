"""Random well-typed packs over Toyland's entities, and random cases for them.

Everything is drawn from a `random.Random`, whose seed hypothesis supplies. Facts and constants come from the same few
values, so that tests are often at their thresholds.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any, cast

from toyland import OWN, Guild, Town

from socorg_rules.calendar import days, months, years
from socorg_rules.errors import PackError
from socorg_rules.expr import ALWAYS, Expr, all_of, any_of
from socorg_rules.facts import EntityType, Fact, Type, entity_type
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import (
    ONCE,
    ONCE_PER_ITEM,
    ONCE_PER_ITEM_AND_YEAR,
    Duty,
    Figure,
    Grant,
    Measure,
    Provision,
    Qualification,
    Sanction,
    Standard,
    Support,
    Target,
    Terms,
    between,
    each_month,
    exactly,
    monthly,
    no_figure,
    top_up,
    up_to,
)
from socorg_rules.reading import reading
from socorg_rules.refs import Collection, Ref, goes_by, root
from socorg_rules.words import (
    AS_OF,
    THIS_MONTH,
    THIS_YEAR,
    Condition,
    after,
    choose,
    condition,
    day,
    if_else,
    larger_of,
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

DAYS = ("2020-02-29", "2021-12-31", "2022-01-01", "2022-02-28", "2022-03-01", "2022-03-31", "2022-05-15", "2022-07-01")
MONTHS = ("2021-12", "2022-02", "2022-03", "2022-05")
YEARS = (2021, 2022, 2023)
NUMBERS = (0, 1, 2, 3)
SHARES = ("0", "0.5", "1")
SUMS = ("0", "0.01", "1", "33.33", "100")
DIVISIONS = ("77", "7701", "770100", "7702", "78")
TEXTS = ("木工", "铁工", "织布", "金", "甲")
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

ROOTS = (Guild, Town)


class Packs:
    """Draws expressions, provisions and packs about one root entity."""

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
        makers: list[Callable[[], Expr]] = [lambda: day(self.rnd.choice(DAYS))]
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

    # ----------------------------------------------------------------------------------------------- provisions

    def provision(self, name: str, depth: int) -> Provision:  # noqa: C901 - one case for each kind
        scope: tuple[Ref, ...] = (self.root,)
        each: Ref | None = None
        collections = [c for c in self._collections(scope) if c.fact.name != "payments"]
        if self.chance(30):
            each = self.rnd.choice(collections).each
            scope = (self.root, each)
        common: dict[str, Any] = {
            "clause": "一",
            "each": each,
            "when": self._when(scope, depth) & self._about_root(),
            "reach": self.test((self.root,), 0) & self._about_root() if self.chance(10) else None,
            "force": self.test((self.root,), 0) if self.chance(20) else None,
            "discretion": self.test(scope, 0) if self.chance(20) else ("酌情" if self.chance(10) else None),
            "result": self.text(scope, 1) if self.chance(15) else None,
            "due": self.date(scope, 1) if self.chance(15) else None,
        }
        if self.chance(15):
            common["measure"] = self._measure(scope)
        kind = self.rnd.randrange(10)
        if kind < 5:
            amount, terms = self.amount(scope, depth), None
            if self.root.at.entity.name == "guild" and self.chance(80):
                terms = self.terms(each)
            if (terms is not None and terms.kind == "monthly") or (terms is None and self.chance(20)):
                amount = monthly(amount)
            if amount.per == "month" and terms is None:
                amount = Figure(amount.low, amount.high, gap=amount.gap)
            if terms is not None and terms.kind == "top_up" and amount.high is None:
                amount = up_to(yuan(100))
            return Grant(name, "补助", amount=amount, terms=terms, **common)
        match kind:
            case 5:
                return Duty(name, "义务", who="行会", action="办理", **common)
            case 6:
                checks = tuple(
                    condition(f"check_{next(self.count)}", "项", self.test(scope, 1))
                    for _ in range(self.rnd.choice((1, 2)))
                )
                return Standard(name, "标准", checklist=checks, **common)
            case 7:
                common["measure"] = self._measure(scope)
                return Target(name, "目标", **{k: v for k, v in common.items() if k != "force"})
            case 8:
                return Support(name, "支持", **common)
            case _:
                return self.rnd.choice((Qualification, Sanction))(name, "名录", **common)

    def _when(self, scope: tuple[Ref, ...], depth: int) -> Expr:
        """A test that is true more often than a random one."""
        made = self.test(scope, depth)
        return made if self.chance(40) else any_of(made, self.test(scope, 0), self.test(scope, 0))

    def _measure(self, scope: tuple[Ref, ...]) -> Measure:
        value = self.number(scope, 2)
        try:
            return Measure(value, self.number(scope, 0), "个")
        except PackError:
            return Measure(value, 1, "个")

    def _about_root(self) -> Expr:
        """A test that makes sure that the root entity is read."""
        return self.root.division.within("77") | ~self.root.division.within("77", "78")

    def amount(self, scope: tuple[Ref, ...], depth: int) -> Figure:
        sum_ = self.money(scope, depth)
        match self.rnd.randrange(5):
            case 0:
                return up_to(sum_)
            case 1:
                return between(smaller_of(sum_, yuan(1)), larger_of(sum_, yuan(1)))
            case 2:
                return no_figure(self.rnd.choice(GAPS))
            case _:
                return exactly(sum_)

    def terms(self, each: Ref | None) -> Terms:
        per_item = [ONCE_PER_ITEM, ONCE_PER_ITEM_AND_YEAR] if each is not None else []
        return self.rnd.choice([ONCE, each_month(), each_month(2), top_up(), *per_item])

    def pack(self, depth: int = 2) -> Pack:
        names = ("alpha", "beta")[: self.rnd.choice((1, 2))]
        return Pack(
            id="random",
            title="随机",
            edition="1",
            source=Source("随机", "某", "1", "2021-01-01", (Clause("一", "所有"),)),
            provisions=tuple(self.provision(n, depth) for n in names),
            reach=(self.test((self.root,), 0) & self._about_root() if self.chance(15) else self._about_root(),),
            force=self.test((self.root,), 0) if self.chance(20) else ALWAYS,
        )


# --------------------------------------------------------------------------------------------------------- cases


def entity_of(name: str) -> EntityType:
    return next(e for e in map(entity_type, ROOTS) if e.name == name)


def values_of(fact: Fact) -> tuple[object, ...]:  # noqa: PLR0911 - one case for each kind of fact
    """The few values that a fact takes in random cases."""
    if fact.unit == "年":
        return YEARS
    if fact.name == "provision":
        return ("alpha", "random.beta", "beta", "alpha")
    if fact.name == "item":
        return ("甲", "乙", "金")
    if fact.name == "name":
        return ("甲", "乙")
    if fact.high == 1:
        return SHARES
    if fact.values and not fact.open_values:
        return tuple(fact.values)
    return cast(
        "tuple[object, ...]",
        {
            Type.YES_NO: (True, False),
            Type.TEXT: TEXTS,
            Type.NUMBER: NUMBERS,
            Type.MONEY: SUMS,
            Type.DATE: (*DAYS, "never"),
            Type.MONTH: MONTHS,
            Type.DIVISION: DIVISIONS,
            Type.TEXTS: ("木工", "铁工"),
            Type.NUMBERS: YEARS,
            Type.MONTHS: MONTHS,
        }[fact.type],
    )


def values_before(fact: Fact, as_of: dt.date) -> tuple[object, ...]:
    """The values of a fact; for one that dates an item, those on which the item exists."""
    found = values_of(fact)
    return tuple(v for v in found if v != "never" and str(v) <= str(as_of)) if fact.dates else found


def draw_value(rnd: Random, fact: Fact, known: int, *, size: int = 2) -> object:
    """A value of a fact; of what lies inside it, `known` percent is told."""
    if fact.of is not None:
        listed = [draw_entity(rnd, fact.of, known) for _ in range(rnd.choice((0, 1, size, size)))]
        return {"items": listed, "complete": False} if rnd.randrange(100) < (100 - known) // 2 else listed
    choices = values_of(fact)
    if fact.type in {Type.TEXTS, Type.NUMBERS, Type.MONTHS}:
        return [v for v in choices if rnd.randrange(2)]
    return rnd.choice(choices)


def draw_entity(rnd: Random, kind: EntityType, known: int, *, own: Mapping[str, Fact] | None = None) -> dict[str, Any]:
    """An entity of which about `known` percent of the facts are told."""
    found = {
        name: draw_value(rnd, fact, known)
        for name, fact in kind.facts.items()
        if name != "id" and (rnd.randrange(100) < known or name in {"provision", "division"})
    }
    told = {n: draw_value(rnd, fact, known) for n, fact in (own or {}).items() if rnd.randrange(100) < known}
    return {**found, "toyland": told} if told else found


def draw_case(rnd: Random, kind: EntityType, known: int) -> dict[str, Any]:
    return {kind.name: draw_entity(rnd, kind, known, own=OWN.facts if kind is OWN.entity else None)}


def complete(  # noqa: C901 - one case for each kind of fact
    rnd: Random, kind: EntityType, given: Mapping[str, Any], as_of: dt.date, *, share: int = 100
) -> dict[str, Any]:
    """The entity with `share` percent of its unknown facts filled in, and of its open collections closed.

    An item whose date is not told is taken to exist, so that its date is one not after `as_of`.
    """

    def more() -> bool:
        return rnd.randrange(100) < share

    def filled(fact: Fact, value: object) -> object:
        if fact.of is None:
            return value
        listed, open_ = (value["items"], True) if isinstance(value, dict) else (cast("list[Any]", value), False)
        made = [complete(rnd, fact.of, one, as_of, share=share) for one in listed]
        taken = {one.get("name") for one in listed}
        for before, one in zip(listed, made, strict=True):  # no two items go by one name
            if "name" in one and "name" not in before and one["name"] in taken:
                one["name"] = f"名{rnd.randrange(1000)}"
            taken.add(one.get("name"))
        if open_ and more():
            made += [full(rnd, fact.of) for _ in range(rnd.randrange(3))]
            open_ = False
        return {"items": made, "complete": False} if open_ else made

    found: dict[str, Any] = {}
    for name, fact in kind.facts.items():
        if name in given:
            found[name] = filled(fact, given[name])
        elif name != "id" and more():
            if fact.of is not None:
                found[name] = [full(rnd, fact.of) for _ in range(rnd.randrange(3))]
            elif fact.dates:
                found[name] = rnd.choice(values_before(fact, as_of) or (str(as_of),))
            else:
                found[name] = draw_value(rnd, fact, 100)
    if kind is OWN.entity:
        told = dict(given.get("toyland", {}))
        for name, fact in OWN.facts.items():
            if name not in told and more():
                told[name] = draw_value(rnd, fact, 100)
        found["toyland"] = told
    return found


def full(rnd: Random, kind: EntityType) -> dict[str, Any]:
    return draw_entity(rnd, kind, 100)


def unknown_facts(kind: EntityType, given: Mapping[str, Any], path: str) -> Iterator[tuple[str, Fact, dict[str, Any]]]:
    """Every fact that an entity leaves untold, its path, and the object that it is missing from."""
    for name, fact in kind.facts.items():
        if name not in given:
            yield f"{path}.{name}", fact, cast("dict[str, Any]", given)
        elif fact.of is not None:
            listed = given[name]["items"] if isinstance(given[name], dict) else given[name]
            for i, one in enumerate(listed):
                yield from unknown_facts(fact.of, one, f"{path}.{name}[{i}]")
