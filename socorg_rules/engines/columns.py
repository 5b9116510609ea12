"""A whole registry decided at once: a pack becomes columns over tables of facts, on any data frame that Narwhals knows.

The rule tree is read once and becomes a graph of column operations (`columns_graph`), shared by all provisions; that
becomes lazy frames (`columns_frames`). What it decides is what the reference decides of each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from ..errors import CaseError, Problem
from ..pack import Pack
from ..plan import Plan
from ..reading import Reading, TextGap
from ..registry.clean import ID
from .columns_graph import Col, Graph, Scope
from .columns_items import some
from .columns_nodes import Nodes
from .columns_payments import payment_problems
from .columns_plan import BASE, OUTCOMES, REASONS, Decided, Deciding
from .columns_problems import joined
from .columns_totals import SEPARATOR, totals
from .columns_values import NotInColumns
from .columns_why import Open

PROBLEM, PART = "\x1e", "\x1f"
"""What stands between problems, and between the path of one and its words, until they become rows."""


class Refused(CaseError):  # noqa: N818 - the name says what happened
    """Provisions that cannot be decided in tables; `problems` names each with the reason. `assess` decides them."""


@attrs.frozen(eq=False)
class Items:
    """What was decided of the items of a provision: the rows of `scope`."""

    scope: Scope
    decided: Decided
    id: Col


@attrs.frozen(eq=False)
class InColumns:
    """What was decided, as columns of the root table and of the tables of items.

    `items` has what was decided of the items of each provision that is about items of which a table lists any.
    `problems` is one text for each row (see `PROBLEM`), null where there is none, which `is_sound` says.
    """

    nodes: Nodes
    decided: Mapping[Plan, Decided]
    items: Mapping[Plan, Items]
    totals: Mapping[str, Col]
    problems: Col
    is_sound: Col


def decide_in_columns(
    pack: Pack, plans: Iterable[Plan], nodes: Nodes, elsewhere: frozenset[str] = frozenset()
) -> InColumns:
    """What is decided of every row of a registry.

    Args:
        pack: the rules.
        plans: the provisions of them to decide.
        nodes: the question: what the tables are about and hold, the day, the readings.
        elsewhere: the provisions of other packs, under which payments may be.

    Raises:
        Refused: provisions that columns cannot decide.
    """
    g, found = nodes.g, decided_by(nodes, plans)
    decided, items = {p: d for p, (d, _) in found.items()}, {p: i for p, (_, i) in found.items() if i is not None}
    every = [*(d.noted for d in decided.values()), payment_problems(nodes, pack.about(nodes.entity), elsewhere)]
    problems = joined(nodes, every)
    try:
        sums = totals(g, pack, decided, {p: (i.scope, i.decided) for p, i in items.items()})
    except NotInColumns as error:
        raise Refused(Problem(pack.id, f"{error}; name fewer in `provisions`")) from error
    return InColumns(
        nodes,
        decided,
        items,
        sums,
        g.listing([(flag, f"{path}{PART}{message}") for (path, message), flag in problems.items()], PROBLEM),
        g.negated(g.any(*problems.values())),
    )


def decided_by(nodes: Nodes, plans: Iterable[Plan]) -> dict[Plan, tuple[Decided, Items | None]]:
    """What is decided by each plan, and of each of its items.

    Raises:
        Refused: plans that columns cannot decide.
    """
    deciding, refused = Deciding(nodes), list[Problem]()
    found: dict[Plan, tuple[Decided, Items | None]] = {}
    for plan in plans:
        try:
            if plan.item is None:
                found[plan] = deciding.one(plan, {}), None
                continue
            place = deciding.item_place(plan)
            items = None
            if place is not None:
                items = Items(place.scope, deciding.one(plan, {plan.item: place}), nodes.column(place, ID, "str"))
            found[plan] = deciding.together(plan, items.decided if items else None, place), items
        except NotInColumns as error:
            told = f"cannot be decided in tables: {error}; name the others in `provisions`, or ask `assess`"
            refused.append(Problem(f"{plan.pack}.{plan.provision.id}", told))
    if refused:
        raise Refused(refused)
    return found


def shown(g: Graph, plan: Plan, d: Decided) -> dict[str, Col]:
    """The columns of a decision; sums are in fen, lists of names are texts."""
    none = g.null("int")
    found = {
        "outcome": _of_code(g, d.code, lambda code: g.lit(_OUTCOME_OF[code // BASE])),
        "reason": _of_code(g, d.code, lambda code: g.lit(_REASON_OF[code]) if code in _REASON_OF else g.null("str")),
    }
    for line, sums in (("entitlement", d.entitlement), ("payable", d.payable)):
        ends = {} if sums is None else {"min": sums.low, "max": sums.high}
        found |= {f"{line}_{e}": g.when((d.is_sum, ends[e]), otherwise=none) if ends else none for e in ("min", "max")}
    gaps: dict[Open, Col] = {**d.why, **{gap: g.negated(g.less(d.code, g.lit(BASE))) for gap in plan.gaps}}
    found["paid"] = none if d.paid is None else d.paid
    found["months_left"] = none if d.months_left is None else d.months_left
    found["missing"] = g.listing([(f, o) for o, f in d.why.items() if isinstance(o, str)], SEPARATOR)
    found["text_gaps"] = g.listing([(f, o.name) for o, f in gaps.items() if isinstance(o, TextGap)], SEPARATOR)
    found["open_readings"] = g.listing([(f, o.name) for o, f in d.why.items() if isinstance(o, Reading)], SEPARATOR)
    return found


_OUTCOME_OF = {code: outcome.value for outcome, code in OUTCOMES.items()}
_REASON_OF = {code: reason.value for reason, code in REASONS.items()}


def _of_code(g: Graph, code: Col, of: Callable[[int], Col]) -> Col:
    """What stands for the code of a decision. That of items comes out of their table, and may be any."""
    if code.op == "when" and all(v.is_lit for v in (*code.args[1::2], code.args[-1])):
        return g.mapped(code, of)
    every = [o * BASE for o in OUTCOMES.values() if o] + list(REASONS.values())
    *cases, (_, last) = [(g.equal(code, g.lit(c)), of(c)) for c in every]
    return g.when(*cases, otherwise=last)


def depends_on(found: InColumns) -> dict[Plan, Col]:
    """For each provision the readings whose switch alone changes outcome or sums, on top or of an item, as a text."""
    n, g = found.nodes, found.nodes.g
    flags: dict[Plan, list[tuple[Col, str]]] = {plan: [] for plan in found.decided}
    for reading in dict.fromkeys(r for plan in found.decided for r in plan.readings):
        touched = [plan for plan in found.decided if reading in plan.readings]
        differs: dict[Plan, list[Col]] = {plan: [] for plan in touched}
        for alternative in reading.alternatives:
            if alternative == n.readings[reading.name]:
                continue
            for plan, (decided, items) in decided_by(n.switched(reading.name, alternative), touched).items():
                differs[plan] += _differences(g, found.decided[plan], decided)
                mine = found.items.get(plan)
                if items is not None and mine is not None:
                    of_items = g.any(*_differences(g, mine.decided, items.decided))
                    differs[plan].append(some(n, items.scope, of_items))
        for plan, parts in differs.items():
            flags[plan].append((g.any(*parts), reading.name))
    return {plan: g.listing(told, SEPARATOR) for plan, told in flags.items()}


def _differences(g: Graph, one: Decided, other: Decided) -> list[Col]:
    outcomes = [_of_code(g, d.code, lambda code: g.lit(code // BASE)) for d in (one, other)]
    found = [g.negated(g.equal(outcomes[0], outcomes[1]))]
    for a, b in ((one.entitlement, other.entitlement), (one.payable, other.payable)):
        if a is not None and b is not None:
            ends = (
                [g.when((d.is_sum, end), otherwise=g.null("int")) for d, end in ((one, x), (other, y))]
                for x, y in ((a.low, b.low), (a.high, b.high))
            )
            found += [differ(g, x, y) for x, y in ends]
    return [f for f in found if f is not g.false]


def differ(g: Graph, a: Col, b: Col) -> Col:
    """Whether two columns hold something else; nothing is like nothing."""
    if a is b:
        return g.false
    both = g.all(g.is_null(a), g.is_null(b))
    return g.negated(g.any(both, g.surely(g.equal(a, b))))
