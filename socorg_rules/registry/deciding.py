"""Several texts of a policy asked about one registry at once: what they share is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import narwhals as nw

from ..canonical import plan_form
from ..engines.columns import decide_in_columns, shown
from ..engines.columns_frames import Frames
from ..engines.columns_graph import Col
from ..engines.columns_nodes import Nodes
from ..facts import EntityType
from ..pack import Pack
from ..plan import Plan
from .answer import NAME
from .assess import Asked

DECIDED = ("outcome", "payable_min", "payable_max")
"""What of a decision is compared."""
SOUND = "is sound"


@attrs.frozen(eq=False)
class Text:
    """One text of a policy, as it is asked: some of its provisions, under a `label` that columns carry."""

    label: str
    pack: Pack
    plans: tuple[Plan, ...]
    readings: Mapping[str, str | None]


def decided(asked: Asked, texts: Iterable[Text]) -> nw.LazyFrame[Any]:
    """One row for each in which no text finds a contradiction: `row`, `name` where the table tells it, and for each
    text and provision `LABEL/PROVISION/outcome`, `…/payable_min`, `…/payable_max`, sums in fen.

    Raises:
        Refused: provisions that tables cannot decide.
    """
    tables, wanted = asked.tables, dict[str, Col]()
    columns = {name: frozenset(frame.collect_schema().names()) for name, frame in tables.frames.items()}
    first = Nodes(tables.root, columns, asked.as_of, {})
    g, sound = first.g, list[Col]()
    for text in texts:
        found = decide_in_columns(text.pack, text.plans, first.taking(text.readings), asked.paid_under)
        sound.append(found.is_sound)
        for plan, one in found.decided.items():
            cols = shown(g, plan, one)
            wanted |= {f"{text.label}/{plan.provision.id}/{part}": cols[part] for part in DECIDED}
    wanted[SOUND] = g.all(*sound)
    if NAME in columns[tables.root.name]:
        wanted[NAME] = first.column(first.place(None, {}), NAME, "str")
    frame = Frames(tables.frames, asked.as_of)({first.root: wanted})[first.root]
    told = frame.filter(nw.col(SOUND)).drop(SOUND)
    return told if asked.kind.is_lazy else nw.from_native(told.to_native().collect()).lazy()


def differing(old: Pack, new: Pack, about: EntityType) -> tuple[str, ...]:
    """The provisions about an entity that do not decide alike in both texts, in the order of the packs."""
    sides = [{p.provision.id: p for p in pack.about(about)} for pack in (old, new)]
    return tuple(
        name
        for name in dict.fromkeys(n for side in sides for n in side)
        if not all(name in side for side in sides) or _form(sides[0][name]) != _form(sides[1][name])
    )


def _form(plan: Plan) -> object:
    return plan_form(plan), tuple((r.name, r.default) for r in plan.readings)


def rows_of(frame: nw.LazyFrame[Any]) -> list[dict[str, Any]]:
    """The rows of a small frame as plain data."""
    return list(frame.collect().iter_rows(named=True))
