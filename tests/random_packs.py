"""Random well-typed packs over Toyland's entities, and random cases for them.

Everything is drawn from a `random.Random`, whose seed hypothesis supplies. Facts and constants come from the same few
values, so that tests are often at their thresholds.
"""

from __future__ import annotations

from typing import Any

from random_cases import complete, draw_case, draw_value, unknown_facts
from random_exprs import GAPS, READINGS, Exprs
from random_values import OWN

from socorg_rules.errors import PackError
from socorg_rules.expr import ALWAYS, Expr, any_of, walk
from socorg_rules.facts import OwnFacts
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.plan import make_plan
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
from socorg_rules.refs import FactOf, Ref
from socorg_rules.words import condition, larger_of, smaller_of, yuan

__all__ = ["OWN", "READINGS", "Packs", "complete", "draw_case", "draw_value", "unknown_facts"]


class Packs(Exprs):
    """Draws expressions, provisions and packs about one root entity."""

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
        provisions = tuple(self.provision(n, depth) for n in names)
        reach = self.test((self.root,), 0) & self._about_root() if self.chance(15) else self._about_root()
        force = self.test((self.root,), 0) if self.chance(20) else ALWAYS
        exprs = [e for p in provisions for e in make_plan(p, "random", (reach,), force).exprs]
        read = {n.fact.name for e in exprs for n in walk(e) if isinstance(n, FactOf)}
        facts = {name: fact for name, fact in OWN.facts.items() if fact.name in read}
        return Pack(
            id="random",
            title="随机",
            edition="1",
            source=Source("随机", "某", "1", "2021-01-01", (Clause("一", "所有"),)),
            provisions=provisions,
            reach=(reach,),
            force=force,
            own=(OwnFacts("random", OWN.entity, facts),) if facts else (),
        )
