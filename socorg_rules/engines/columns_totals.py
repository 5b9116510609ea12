"""What is payable in all, in columns: `Answer.total`, said of all rows."""

from __future__ import annotations

from collections.abc import Mapping

from ..decision import Outcome
from ..pack import Pack
from ..plan import Plan
from ..provision import Grant
from .columns_graph import Col, Graph, Scope
from .columns_plan import BASE, Decided, code_of
from .columns_values import MOST, NotInColumns

SEPARATOR = ", "
"""What stands between names in a text that is to become a list of them."""


def totals(
    g: Graph, pack: Pack, decided: Mapping[Plan, Decided], items: Mapping[Plan, tuple[Scope, Decided]]
) -> dict[str, Col]:
    """The sums of what is met, by payee and by once or month: `person.month_min`, `person.month_max`; and what is left
    out of them. Nothing for a pack that is not normative."""
    grants = {p: d for p, d in decided.items() if isinstance(p.provision, Grant)} if pack.normative else {}
    zero, none = g.lit(0), g.null("int")
    met = {p: g.equal(d.code, g.lit(code_of(Outcome.MET))) for p, d in grants.items()}
    found: dict[str, Col] = {}
    for payee in dict.fromkeys(p.provision.payee for p in grants if isinstance(p.provision, Grant)):
        for per in ("once", "month"):
            low, high, gaps, most = zero, zero, [g.false], 0
            for p, d in grants.items():
                if (
                    not (isinstance(p.provision, Grant) and p.provision.payee == payee and p.per == per)
                    or not d.payable
                ):
                    continue
                counts = g.all(met[p], d.is_sum)
                low = g.plus(low, g.when((counts, d.payable.low), otherwise=zero))
                high = g.plus(high, g.when((counts, g.first(d.payable.high, zero)), otherwise=zero))
                most += d.payable.most
                gaps.append(g.all(counts, g.is_null(d.payable.high)))
            if most >= MOST:
                raise NotInColumns("the sums of all grants may leave 64 bits")
            found[f"{payee}.{per}_min"] = low
            found[f"{payee}.{per}_max"] = g.when((g.any(*gaps), none), otherwise=high)
    left_out = [entry for p, d in grants.items() for entry in _left_out(g, p, d, met[p], items.get(p))]
    return {**found, "left_out": g.listing(left_out, SEPARATOR)} if grants else {}


def _left_out(g: Graph, plan: Plan, d: Decided, met: Col, item: tuple[Scope, Decided] | None) -> list[tuple[Col, str]]:
    """The grant where it is open, or is met without a sum; its items in doubt where it is met."""
    name = plan.provision.id
    summed = g.all(met, d.is_sum) if d.payable is not None else g.false
    found = [(g.all(g.negated(g.less(d.code, g.lit(BASE))), g.negated(summed)), name)]
    if plan.item is None:
        return found
    collection = plan.item.collection.fact.name
    if item is not None:
        scope, one = item
        decided = g.any(g.less(one.code, g.lit(BASE)), g.equal(one.code, g.lit(code_of(Outcome.MET))))
        in_doubt = g.first(g.over("any", scope, g.negated(decided)), g.false)
        found.append((g.all(met, in_doubt), f"{name}.{collection}[]"))
    unlisted = d.why.get(plan.collection_path, g.false)
    return [*found, (g.all(met, unlisted), f"{name}.{collection}")]
