"""A timeline as a chart: a row for each provision, a bar for each time that it is decided in one way."""

from __future__ import annotations

import datetime as dt

import altair as alt

from ..explain import MARK_OF, OUTCOMES
from ..phrases import Lang, Speech
from ..phrases_explore import EXPLORE
from ..render import MARKS
from ..timeline import Span, Timeline
from ..timeline_table import Tables
from .look import BAR, COLOURS, INK, PAPER, Rows, finished, marked

WIDTH = 500
FOR_A_MARK, FOR_A_SUM = 0.035, 0.3
"""The least part of the whole time that has room for a mark, and for a sum."""


def timeline(shown: Timeline, lang: Lang = "zh") -> alt.LayerChart:
    """When each provision is decided how.

    Args:
        shown: what `timeline` of the library gives.
        lang: of its words.
    """
    say = Speech(lang, EXPLORE)
    told = Tables(shown, say)
    words = {o: marked(MARK_OF[o], say(o)) for o in OUTCOMES}
    titles = {row.provision: "".join(told.title(row)) for row in shown.rows}
    rows: Rows = [
        {
            "provision": titles[row.provision],
            "start": span.start.isoformat(),
            "end": (span.end + dt.timedelta(days=1)).isoformat(),
            "outcome": words[span.outcome],
            "state": told.state(row, span),
            "why": told.why(span),
            "mark": _short(span, say, shown),
            "dark": span.outcome in {"met", "discretionary"},
            "last": span.end.isoformat(),
        }
        for row in shown.rows
        for span in row.spans
    ]
    colour = alt.Color(
        "outcome:N",
        title=None,
        scale=alt.Scale(domain=[*words.values()], range=[COLOURS[MARK_OF[o]] for o in OUTCOMES]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    days = [shown.start.isoformat(), (shown.end + dt.timedelta(days=1)).isoformat()]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("provision:N", sort=[*titles.values()], title=None),
        x=alt.X("utcyearmonthdate(start):T", title=None, scale=alt.Scale(type="utc", domain=days), axis=_months(shown)),
        tooltip=[
            alt.Tooltip(f"{field}:N", title=say(key))
            for field, key in (
                ("provision", "provision"),
                ("start", "from_day"),
                ("last", "to_day"),
                ("state", "verdict"),
                ("why", "cause"),
            )
        ],
    )
    bars = base.mark_bar(height=BAR - 8, stroke=PAPER, strokeWidth=1).encode(x2="utcyearmonthdate(end):T", color=colour)
    marks = base.mark_text(align="left", dx=4, fontSize=11, fontWeight="bold").encode(
        text="mark:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    about = shown.question.case.record.values.get("name") or shown.question.pack.title
    subtitle = say("timeline", start=shown.start, end=shown.end)
    chart: alt.LayerChart = (bars + marks).properties(width=WIDTH, height=BAR * len(titles))
    return finished(chart, str(about), f"{shown.question.pack.title} {subtitle}")


def _short(span: Span, say: Speech, shown: Timeline) -> str:
    """What stands on a bar: the mark where it is wide enough for one, and the sum where it is wide enough for that."""
    wide = ((span.end - span.start).days + 1) / ((shown.end - shown.start).days + 1)
    if wide < FOR_A_MARK:
        return ""
    pays = span.outcome != "not_met" and span.payable is not None and shown.question.pack.normative
    told = f" {say.amount(span.payable.to_dict())}" if pays and span.payable and wide > FOR_A_SUM else ""
    return MARKS[MARK_OF[span.outcome]] + told


def _months(shown: Timeline) -> alt.Axis:
    """Days written as in the answers, the more of the date the shorter the time."""
    days = (shown.end - shown.start).days
    return alt.Axis(format="%Y" if days > 365 * 6 else "%Y-%m", orient="bottom", tickCount=8, grid=True)
