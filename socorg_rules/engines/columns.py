"""A whole registry decided at once: a pack becomes columns over tables of facts, on any data frame that Narwhals knows.

The rule tree is read once and becomes a graph of column operations (`columns_graph`), shared by all provisions; that
becomes lazy frames (`columns_frames`). What it decides is what the reference decides of each row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs
import narwhals as nw

from ..decision import Outcome, Reason
from ..errors import CaseError, Problem
from ..facts import EntityType
from ..pack import Pack
from ..plan import Plan
from ..reading import Reading, TextGap
from ..registry.clean import CleanTables
from .columns_frames import Frames
from .columns_graph import Col, Graph, Scope
from .columns_nodes import Nodes
from .columns_payments import payment_problems
from .columns_plan import BASE, OUTCOMES, REASONS, Decided, Deciding, Sums
from .columns_problems import Noted, joined
from .columns_totals import totals
from .columns_values import NotInColumns
from .columns_why import Open, Why

SEPARATOR = ", "
"""What stands between the facts in a column of missing ones."""
PROBLEM, PART = "\x1e", "\x1f"
"""What stands between problems, and between the path of one and its words, until they become rows."""


class Refused(CaseError):
    """Provisions that cannot be decided in tables; `problems` names each with the reason. `assess` decides them."""


@attrs.frozen(eq=False)
class InColumns:
    """What was decided, as columns of the root table and of the tables of items, by their names.

    `items` has the scope and the columns for each provision that decides items of which a table lists any. `problems`
    is one text for each row (see `PROBLEM`), null where there is none.
    """

    graph: Graph
    root: Scope
    decisions: Mapping[str, Col]
    totals: Mapping[str, Col]
    items: Mapping[str, tuple[Scope, Mapping[str, Col]]]
    problems: Col


def decide_in_columns(
    plans: Iterable[Plan],
    root: EntityType,
    columns: Mapping[str, frozenset[str]],
    as_of: dt.date,
    readings: Mapping[str, str | None],
    pack: Pack,
    elsewhere: frozenset[str] = frozenset(),
) -> InColumns:
    """What is decided of every row of a registry.

    Args:
        plans: the provisions to decide; `root`: what they are about.
        columns: the columns that each clean table has, by the name of the table.
        as_of: the day of the question; `readings`: the alternative taken of each, None where it is left open.
        pack: the pack that they are of; `elsewhere`: the provisions of other packs, under which payments may be.

    Raises:
        Refused: provisions that columns cannot decide.
    """
    plans = tuple(plans)
    nodes = Nodes(root, columns, as_of, readings)
    deciding, g = Deciding(nodes), nodes.g
    decided: dict[Plan, Decided] = {}
    items: dict[str, tuple[Scope, Decided]] = {}
    refused: list[Problem] = []
    for plan in plans:
        try:
            if plan.item is None:
                decided[plan] = deciding.one(plan, {})
                continue
            place = deciding.item_place(plan)
            item = deciding.one(plan, {plan.item: place}) if place is not None else None
            decided[plan] = deciding.together(plan, item, place)
            if item is not None and place is not None:
                items[plan.provision.id] = place.scope, item
        except NotInColumns as error:
            told = f"cannot be decided in tables: {error}; leave it out with `provisions=`, or use `assess`"
            refused.append(Problem(f"{plan.pack}.{plan.provision.id}", told))
    if refused:
        raise Refused(refused)
    every = pack.about(root)
    problems = joined(nodes, [*(d.noted for d in decided.values()), payment_problems(nodes, every, elsewhere)])
    return InColumns(
        g,
        nodes.root,
        {f"{p.provision.id}.{n}": c for p, d in decided.items() for n, c in shown(g, p, d).items()},
        totals(g, pack, decided, items),
        {i: (scope, shown(g, pack.plans[i], d)) for i, (scope, d) in items.items()},
        _problem_text(g, problems),
    )


def shown(g: Graph, plan: Plan, d: Decided) -> dict[str, Col]:
    """The columns of a decision."""
    none = g.null("int")
    met = [(g.negated(g.less(d.code, g.lit(code * BASE))), g.lit(o.value)) for o, code in _BEST_FIRST]
    refused = g.less(d.code, g.lit(BASE))
    found = {
        "outcome": g.when(*met, otherwise=g.lit(Outcome.NOT_MET.value)),
        "reason": g.when(
            (g.negated(refused), g.null("str")),
            *((g.equal(d.code, g.lit(code)), g.lit(r.value)) for r, code in list(REASONS.items())[1:]),
            otherwise=g.lit(Reason.NOT_APPLICABLE.value),
        ),
    }
    lines = {"entitlement": d.entitlement, "payable": d.payable}
    for line, sums in lines.items():
        if sums is not None:
            found |= {f"{line}_{e}": g.when((d.is_sum, c), otherwise=none) for e, c in _ends(sums).items()}
    if d.paid is not None:
        found["paid"] = d.paid
    if d.months_left is not None:
        found["months_left"] = d.months_left
    found["missing"] = g.listing([(f, o) for o, f in d.why.items() if isinstance(o, str)], SEPARATOR)
    found["text_gaps"] = g.listing(
        [(f, o.name) for o, f in _with_own_gaps(g, plan, d).items() if isinstance(o, TextGap)], SEPARATOR
    )
    found["open_readings"] = g.listing([(f, o.name) for o, f in d.why.items() if isinstance(o, Reading)], SEPARATOR)
    return found


_BEST_FIRST = [(o, c) for o, c in reversed(OUTCOMES.items()) if c]


def _ends(sums: Sums) -> dict[str, Col]:
    return {"min": sums.low, "max": sums.high}


def _with_own_gaps(g: Graph, plan: Plan, d: Decided) -> Why:
    """What leaves a decision open, and the gaps that the provision tells wherever it is not refused."""
    told: dict[Open, Col] = dict(d.why)
    for gap in plan.gaps:
        told[gap] = g.negated(g.less(d.code, g.lit(BASE)))
    return told


def _problem_text(g: Graph, problems: Noted) -> Col:
    return g.listing([(flag, f"{path}{PART}{message}") for (path, message), flag in problems.items()], PROBLEM)


def frames_of(tables: CleanTables, found: InColumns, as_of: dt.date, outputs: Mapping[Scope, Mapping[str, Col]]) -> dict[Scope, nw.LazyFrame]:
    """Columns computed over clean tables, each scope's with its keys."""
    return Frames(tables.frames, tables.root.name, as_of)(outputs)


