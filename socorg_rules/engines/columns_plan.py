"""From what is known of a provision's tests and sums to what is decided, in columns: `decide.py`, said of all rows."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from ..decision import Outcome, Reason
from ..expr import Expr
from ..plan import Plan, Settlement
from ..provision import Standard
from .columns_graph import Col, Scope
from .columns_items import MOST_ITEMS, some, total
from .columns_nodes import Nodes
from .columns_place import Env, Place
from .columns_problems import Noted, joined, noted, only
from .columns_values import MOST, NotInColumns, Val
from .columns_why import Why, merged, taken_up, where, why

NO_ITEMS: Env = {}
OUTCOMES = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.DISCRETIONARY: 2, Outcome.MET: 3}
REASONS = {Reason.NOT_APPLICABLE: 1, Reason.NOT_IN_FORCE: 2, Reason.CONDITIONS: 3, Reason.PAID: 4}
"""Both from the worst on, so that the best that an item has is the largest code."""
BASE = 8
"""A code is an outcome times this, and a reason."""


@attrs.frozen(eq=False)
class Sums:
    """The two ends of a sum in fen; `high` is null where nothing bounds it, both where there is no sum.
    Neither is above `most`."""

    low: Col
    high: Col
    most: int


@attrs.frozen(eq=False)
class Decided:
    """What is decided of a provision in every row. `code` holds outcome and reason, `is_sum` where sums are shown."""

    code: Col
    entitlement: Sums | None
    payable: Sums | None
    is_sum: Col
    paid: Col | None
    months_left: Col | None
    why: Why
    noted: Noted


def code_of(outcome: Outcome, reason: Reason | None = None) -> int:
    """The code of an outcome and its reason."""
    return OUTCOMES[outcome] * BASE + (REASONS[reason] if reason is not None else 0)


class Deciding:
    """Decides plans in columns."""

    def __init__(self, nodes: Nodes) -> None:
        self.n, self.g, self.v = nodes, nodes.g, nodes.v

    def item_place(self, plan: Plan) -> Place | None:
        """The rows of the items that a plan decides; None where no table lists any."""
        assert plan.item is not None  # noqa: S101 - asked of plans about items
        root = self.n.place(plan.item.collection.owner, NO_ITEMS)
        return self.n.items(plan.item.collection.fact, root, root.scope)

    def one(self, plan: Plan, env: Env) -> Decided:
        """Decide for the root entity, or for an item."""
        n, g = self.n, self.g
        reach, force, when = (n.test(e, env) for e in (plan.reach, plan.force, plan.when))
        claim = g.all(reach, force, when)
        terms = plan.settlement
        used = n.test(terms.used, env) if terms else g.false
        whether = n.test(plan.discretion, env)
        settled = g.all(g.surely(claim), g.known(used), g.known(whether))

        def code(outcome: Outcome, reason: Reason | None = None) -> Col:
            return g.lit(code_of(outcome, reason))

        decided = g.when(
            (g.refuted(reach), code(Outcome.NOT_MET, Reason.NOT_APPLICABLE)),
            (g.refuted(force), code(Outcome.NOT_MET, Reason.NOT_IN_FORCE)),
            (g.refuted(when), code(Outcome.NOT_MET, Reason.CONDITIONS)),
            (g.surely(used), code(Outcome.NOT_MET, Reason.PAID)),
            (g.all(settled, g.surely(whether)), code(Outcome.DISCRETIONARY)),
            (settled, code(Outcome.MET)),
            otherwise=code(Outcome.UNDETERMINED),
        )
        looked = g.negated(g.refuted(claim))
        active = g.all(looked, g.negated(g.surely(used)))
        entitlement, payable = self._sums(plan, env, used)
        return Decided(
            decided,
            entitlement,
            payable,
            looked,
            self._paid(terms, env),
            self._months_left(terms, env, looked),
            where(n, active, self._why(plan, env, claim)),
            self._noted(plan, env, reach, force, claim),
        )

    def _why(self, plan: Plan, env: Env, claim: Col) -> Why:
        """What leaves a decision open that is not refused."""
        n, g, p, terms = self.n, self.g, plan.provision, plan.settlement
        claimed = [why(n, e, env) for e in (plan.reach, plan.force, plan.when)]
        others: list[Expr | None] = [plan.discretion, p.due, p.result]
        if terms is not None:
            others.append(terms.used)
        if plan.low is not None and plan.high is not None:
            others += [plan.low, plan.high, terms.credited if terms else None]
        rest = [why(n, e, env) for e in others if e is not None]
        return merged(n, [where(n, g.is_null(claim), merged(n, claimed)), *rest])

    def _noted(self, plan: Plan, env: Env, reach: Col, force: Col, claim: Col) -> Noted:
        """What the case contradicts itself in, as far as deciding looks at it."""
        n, g, p, terms = self.n, self.g, plan.provision, plan.settlement
        measured = () if p.measure is None else (p.measure.value, p.measure.required, p.measure.shortfall)
        checks = p.checklist if isinstance(p, Standard) else ()
        in_reach = g.possibly(reach)
        in_force = g.all(in_reach, g.possibly(force))
        groups: list[tuple[Col, tuple[Expr | None, ...]]] = [
            (g.true, (plan.reach, p.due, terms.paid if terms else None)),
            (in_reach, (plan.force,)),
            (in_force, (plan.when, p.result, *measured, *checks)),
            (g.possibly(claim), (plan.discretion, *_of_money(plan))),
        ]
        return joined(n, [only(n, flag, noted(n, e, env)) for flag, exprs in groups for e in exprs if e is not None])

    # -------------------------------------------------------------------------------------------------- money

    def _sums(self, plan: Plan, env: Env, used: Col) -> tuple[Sums | None, Sums | None]:
        if plan.low is None or plan.high is None:
            return None, None
        g, zero, n = self.g, self.g.lit(0), self.n
        low_end, high_end = n.val(plan.low, env), n.val(plan.high, env)
        low = self._fen(low_end, low_end.low, zero)
        if low_end.absent is not g.false:
            low = g.when((self.v.present(low_end), low), otherwise=zero)
        high = self._fen(high_end, high_end.high, g.null("int"))
        if high_end.absent is not g.false:
            high = g.when((g.surely(high_end.absent), zero), otherwise=high)
        if low not in {high, zero}:
            low = g.least(low, high)  # where the ends of a range cross, the ceiling holds
        most = max(-(-v.most * v.scale.numerator // v.scale.denominator) for v in (low_end, high_end))
        left_low, left_high = g.when((g.is_null(used), zero), otherwise=low), high
        if plan.settlement is not None and plan.settlement.credited is not None:
            credited = n.val(plan.settlement.credited, env)
            most_paid, least_paid = (
                self._fen(credited, credited.high, g.null("int")),
                self._fen(credited, credited.low, zero),
            )
            left = g.greatest(zero, g.minus(low, g.first(most_paid, zero)))
            left_low = g.when((g.is_null(most_paid), zero), otherwise=left)
            left_high = g.when((g.is_null(high), high), otherwise=g.greatest(zero, g.minus(high, least_paid)))
        nothing = g.surely(used)
        payable_low, payable_high = (g.when((nothing, zero), otherwise=end) for end in (left_low, left_high))
        return Sums(low, high, most), Sums(payable_low, payable_high, most)

    def _fen(self, v: Val, end: Col, unknown: Col) -> Col:
        """An end of a sum as whole fen, not below zero, half rounded up; `unknown` where it has none."""
        g, scale = self.g, v.scale
        parts, whole = scale.numerator, scale.denominator
        if 2 * v.most * parts + whole >= MOST:
            raise NotInColumns("its sums may leave 64 bits")
        found = g.times(end, g.lit(parts))
        floor = found if v.positive else g.when((g.less(found, g.lit(0)), g.lit(0)), otherwise=found)
        if whole != 1:
            floor = g.parts_in(g.plus(g.times(floor, g.lit(2)), g.lit(whole)), 2 * whole)
        return g.first(floor, unknown)

    def _paid(self, terms: Settlement | None, env: Env) -> Col | None:
        if terms is None:
            return None
        paid = self.n.val(terms.paid, env)
        return self._fen(paid, paid.value, self.g.null("int"))

    def _months_left(self, terms: Settlement | None, env: Env, looked: Col) -> Col | None:
        if terms is None or terms.limit is None or terms.months_used is None:
            return None
        g, used = self.g, self.n.val(terms.months_used, env)
        left = g.minus(g.lit(terms.limit), used.value)
        floor = g.when((g.less(left, g.lit(0)), g.lit(0)), otherwise=left)
        return g.when((looked, floor), otherwise=g.null("int"))

    # -------------------------------------------------------------------------------------------------- items

    def together(self, plan: Plan, item: Decided | None, place: Place | None) -> Decided:
        """The decision over all items: the best outcome that one has, the sums over those that have it."""
        n, g = self.n, self.g
        assert plan.item is not None  # noqa: S101 - asked of plans about items
        fact, root = plan.item.collection.fact, n.place(plan.item.collection.owner, NO_ITEMS)
        more, scope = n.unlisted(root, fact), place.scope if place else None
        path = f"{root.path}.{fact.name}"
        unseen = self.one(plan, {plan.item: Place(n.root, path, seen=False)})
        is_open = g.negated(g.less(unseen.code, g.lit(BASE)))  # an item of which nothing is known is never decided
        unseen_code = g.when((is_open, g.lit(code_of(Outcome.UNDETERMINED))), otherwise=unseen.code)
        best = g.null("int") if item is None or scope is None else g.over("max", scope, item.code)
        conditions = g.lit(code_of(Outcome.NOT_MET, Reason.CONDITIONS))
        # A reason is that of the items, where there are any; the unseen one counts where it may be met.
        alone = g.when((g.all(more, is_open), unseen_code), (is_open, conditions), otherwise=unseen_code)
        among = g.when((g.all(more, is_open), g.greatest(best, unseen_code)), otherwise=best)
        code = g.when((g.is_null(best), alone), otherwise=among)
        entitlement, payable, is_sum = None, None, g.false
        if unseen.entitlement is not None and unseen.payable is not None:
            counts = g.all(more, g.equal(unseen_code, code))
            lines = [
                self._line(code, counts, is_open, unseen, item, scope, lambda d: d.entitlement),
                self._line(code, counts, is_open, unseen, item, scope, lambda d: d.payable),
            ]
            (entitlement, is_sum), (payable, _) = lines
        missing = [taken_up(n, scope, item.why)] if item is not None else []
        missing.append(where(n, g.all(more, is_open), merged(n, [{path: g.true}, unseen.why])))
        seen = g.any(more, g.is_null(best))
        problems = [only(n, seen, unseen.noted)]
        if item is not None:
            problems.append({p: some(n, scope, f) for p, f in item.noted.items()})
        return Decided(
            code,
            entitlement,
            payable,
            is_sum,
            self._paid_for_all(item, scope, more) if plan.settlement else None,
            None,
            merged(n, missing),
            joined(n, problems),
        )

    def _line(
        self,
        code: Col,
        counts: Col,
        is_open: Col,
        unseen: Decided,
        item: Decided | None,
        scope: Scope | None,
        line: Callable[[Decided], Sums | None],
    ) -> tuple[Sums, Col]:
        """The sum over the items with the best outcome; where none is decided, one of them may be all there is."""
        g, zero, none = self.g, self.g.lit(0), self.g.null("int")
        beyond = line(unseen)
        assert beyond is not None  # noqa: S101 - a grant with a figure has it for every item
        unseen_counts = g.all(counts, g.any(is_open, unseen.is_sum))
        unseen_low = g.when((is_open, zero), otherwise=beyond.low)
        unseen_high = g.when((is_open, none), otherwise=beyond.high)
        lows: list[tuple[Col, Col]] = []
        highs: list[tuple[Col, Col]] = []
        shown: list[Col] = []
        sums = line(item) if item is not None else None
        most = beyond.most * (MOST_ITEMS + 1)
        if most >= MOST:
            raise NotInColumns("the sums of its items may leave 64 bits")
        for which in (c for c in _WITH_SUMS if sums is not None and item is not None and _can_be(item.code, c)):
            assert item is not None and sums is not None  # noqa: S101, PT018 - looked at above
            is_one, is_best = g.equal(item.code, g.lit(which)), g.equal(code, g.lit(which))
            low = g.when((is_one, sums.low), otherwise=zero)
            high = g.when((is_one, g.first(sums.high, zero)), otherwise=zero)
            gap = some(self.n, scope, g.all(is_one, g.is_null(sums.high)))
            if which == code_of(Outcome.UNDETERMINED):
                assert scope is not None  # noqa: S101 - there are items
                least = g.over("min", scope, g.when((is_one, sums.low), otherwise=none))
                low_sum = g.first(g.least(least, g.when((unseen_counts, unseen_low), otherwise=none)), zero)
            else:
                more = g.when((unseen_counts, unseen_low), otherwise=zero)
                low_sum = g.plus(total(self.n, scope, low), more)
            more = g.when((unseen_counts, g.first(unseen_high, zero)), otherwise=zero)
            high_sum = g.plus(total(self.n, scope, high), more)
            gap = g.any(gap, g.all(unseen_counts, g.is_null(unseen_high)))
            lows.append((is_best, low_sum))
            highs.append((is_best, g.when((gap, none), otherwise=high_sum)))
            shown.append(g.all(is_best, g.any(unseen_counts, some(self.n, scope, is_one))))
        shown.append(unseen_counts)
        low = g.when(*lows, otherwise=unseen_low)
        high = g.when(*highs, otherwise=unseen_high)
        return Sums(low, high, most), g.any(*shown)

    def _paid_for_all(self, item: Decided | None, scope: Scope | None, more: Col) -> Col:
        g, none = self.g, self.g.null("int")
        if item is None or item.paid is None:
            return g.when((more, none), otherwise=g.lit(0))
        unknown = some(self.n, scope, g.is_null(item.paid))
        paid = total(self.n, scope, g.first(item.paid, g.lit(0)))
        return g.when((g.any(more, unknown), none), otherwise=paid)


_WITH_SUMS = (
    code_of(Outcome.MET),
    code_of(Outcome.DISCRETIONARY),
    code_of(Outcome.UNDETERMINED),
    code_of(Outcome.NOT_MET, Reason.PAID),
)
"""The codes of decisions that show sums."""


def _can_be(code: Col, which: int) -> bool:
    """Whether a decision can come to a code."""
    if code.op != "when":
        return not code.is_lit or code.value == which
    values = [*code.args[1::2], code.args[-1]]
    return any(not v.is_lit or v.value == which for v in values)


def _of_money(plan: Plan) -> tuple[Expr | None, ...]:
    terms = plan.settlement
    found: tuple[Expr | None, ...] = (terms.used, terms.months_used) if terms else ()
    if plan.low is not None and plan.high is not None:
        found = (*found, plan.low, plan.high, terms.credited if terms else None)
    return found
