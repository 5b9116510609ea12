"""What became of each clause of a document, as a map: one cell a clause, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import altair as alt

from ..display.phrases import DISPLAYS
from ..pack import Pack
from ..phrases import Lang, Speech
from .look import COLOURS, INK, PAPER, Rows, finished

WIDE, HIGH = 40, 36
STATUSES = {"none": "value", "open": "open", "encoded": "holds"}
"""Each status with the mark that it is shown by."""
SHADES = {"none": "#eceff3", "open": COLOURS["open"], "1": "#bfe3d1", "2": "#7cc3a2", "3": "#18794e"}


def coverage(pack: Pack, lang: Lang = "zh") -> alt.LayerChart:
    """Which clauses of a pack's document are encoded, by how many provisions, which are open and which decide nothing.

    A row is a part of the document, a cell one of its clauses.
    """
    say = Speech(lang, DISPLAYS)
    rows: Rows = [*_rows(pack, say)]
    parts = [*dict.fromkeys(r["part"] for r in rows)]
    shades = {"none": say("status.none"), "open": f"? {say('status.open')}"}
    shades |= {n: say("coverage.by", n=n if n != "3" else "3+") for n in ("1", "2", "3")}
    base = alt.Chart(alt.InlineData(values=[{**r, "shade": shades[r["shade"]]} for r in rows])).encode(
        x=alt.X("n:O", axis=None),
        y=alt.Y("part:N", sort=parts, title=None, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[alt.Tooltip(f"{f}:N", title=say(k)) for f, k in _TOLD.items()],
    )
    cells = base.mark_rect(stroke=PAPER, strokeWidth=3).encode(
        color=alt.Color(
            "shade:N",
            title=None,
            scale=alt.Scale(domain=[*shades.values()], range=[*SHADES.values()]),
            legend=alt.Legend(orient="top", symbolType="square"),
        )
    )
    words = base.mark_text(fontSize=11).encode(
        text="rest:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    widest = max(r["n"] for r in rows)
    chart: alt.LayerChart = (cells + words).properties(width=WIDE * widest, height=HIGH * len(parts))
    n = {status: sum(row.status == status for row in pack.coverage) for status in STATUSES}
    return finished(chart, pack.title, say("coverage.counts", all=len(pack.coverage), **n))


def _rows(pack: Pack, say: Speech) -> Iterator[dict[str, Any]]:
    place: dict[str, int] = {}
    for clause, row in zip(pack.source.clauses, pack.coverage, strict=True):
        part, rest = split(row.clause)
        place[part] = place.get(part, 0) + 1
        shade = row.status if row.status != "encoded" else str(min(len(row.provisions), 3))
        yield {
            "part": part,
            "n": place[part],
            "rest": f"? {rest}" if row.status == "open" else rest,
            "shade": shade,
            "dark": shade == "3",
            "clause": row.clause,
            "about": clause.about,
            "status": say(f"status.{row.status}"),
            "provisions": say.join(row.provisions),
            "note": row.note,
        }


def split(locator: str) -> tuple[str, str]:
    """The part of the document that a locator begins with, and the rest of it.

    >>> split("三(一)2"), split("六一是"), split("二")
    (('三', '(一)2'), ('六', '一是'), ('二', '二'))
    """
    part, rest = re.fullmatch(r"(.[^(（\d一二三四五六七八九十]*)(.*)", locator).groups()  # type: ignore[union-attr]
    return part, rest or locator


_TOLD = {
    "clause": "pack.clause",
    "about": "pack.about",
    "status": "pack.status",
    "provisions": "provision",
    "note": "pack.what",
}
