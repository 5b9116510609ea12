"""What a changed policy does to a registry, and what a number of it costs at one value after another."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import altair as alt

from ..errors import CaseError
from ..phrases import Lang, Speech
from ..registry.impact import Impact
from ..registry.scenario_told import SCENARIOS, figure
from ..registry.sweep import Sweep
from ..registry.verdicts import VERDICTS
from .look import COLOURS, INK, PAPER, SOFT, Rows, finished

WIDTH, HEIGHT = 560, 260
MOST_BARS = 24
"""How many sums have a bar of their own; more of them are put together."""
SIGNS = {"wins": "▲", "loses": "▼", "unclear": "?"}
TONES = {"wins": COLOURS["holds"], "loses": "#c0362c", "unclear": COLOURS["open"]}


def impact(shown: Impact, lang: Lang = "zh") -> alt.LayerChart:
    """How many organizations can claim how much more or less at most, once; and how many it is unclear for.

    Those for whom nothing changes are not drawn; the line below the title counts them.

    Raises:
        CaseError: nothing changes for anybody.
    """
    say = Speech(lang, SCENARIOS)
    rows = _histogram(shown, say)
    if not rows:
        raise CaseError("impact: nothing changes for anybody in this registry")
    names = {v: f"{SIGNS[v]} {say(v)}" for v in SIGNS}
    labels = [*dict.fromkeys(r["change"] for r in rows)]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "change:N", sort=labels, title=say("more.once", amount="").rstrip("：: "), axis=alt.Axis(labelAngle=-35)
        ),
        tooltip=[alt.Tooltip("change:N"), alt.Tooltip("verdict:N"), alt.Tooltip("n:Q", format=",")],
    )
    colour = alt.Color(
        "verdict:N",
        title=None,
        scale=alt.Scale(domain=[*names.values()], range=[*TONES.values()]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    heights = alt.Y("n:Q", title=say("organizations"), stack=True, axis=alt.Axis(format=",d", tickMinStep=1))
    bars = base.mark_bar(stroke=PAPER).encode(y=heights, color=colour)
    totals = (
        base.transform_aggregate(all="sum(n)", groupby=["change"])
        .mark_text(dy=-7, color=INK, fontSize=12)
        .encode(y=alt.Y("all:Q"), text=alt.Text("all:Q", format=","))
    )
    counts = say.join(f"{say(v)} {shown.counts[v]:,}" for v in VERDICTS)
    chart: alt.LayerChart = (bars + totals).properties(width=max(WIDTH, 34 * len(labels)), height=HEIGHT)
    return finished(chart, impact_title(shown, say), counts)


def impact_title(shown: Impact, say: Speech) -> str:
    """What is held against what."""
    title: str = "".join(shown.document(say.lang).title)
    return title


def _histogram(shown: Impact, say: Speech) -> Rows:
    """Organizations by how much more they can claim at most, in the order of the sums."""
    told = shown.rows.filter(shown.rows["verdict"] != "same")
    counted = told.group_by("once_high", "verdict").len().sort("once_high", "verdict", nulls_last=True)
    found: list[dict[str, Any]] = [{"sum": fen, "verdict": verdict, "n": n} for fen, verdict, n in counted.iter_rows()]
    sums = list(dict.fromkeys(r["sum"] for r in found if r["sum"] is not None))
    step = _step(sums)
    bins: dict[tuple[int | None, str], int] = {}
    for row in found:
        key = (
            None if row["sum"] is None else row["sum"] if step is None else row["sum"] // step * step,
            row["verdict"],
        )
        bins[key] = bins.get(key, 0) + row["n"]
    ordered = sorted(bins.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0))
    return [{"change": _label(at, step, say), "verdict": f"{SIGNS[v]} {say(v)}", "n": n} for (at, v), n in ordered]


def _step(sums: list[int]) -> int | None:
    """How wide the bins are, in fen; None where each sum has its own."""
    if len(sums) <= MOST_BARS:
        return None
    wide, step = max(sums) - min(sums), 100
    while wide / step > MOST_BARS:
        step *= 2 if str(step)[0] == "1" else 5 if str(step)[0] == "2" else 2
    return step


def _label(fen: int | None, step: int | None, say: Speech) -> str:
    if fen is None:
        return say("unbounded")
    low = f"{fen / 100:+,.0f}" if fen % 100 == 0 else f"{fen / 100:+,.2f}"
    return low if step is None else f"{low} … {(fen + step) / 100:+,.0f}"


def sweep(shown: Sweep, lang: Lang = "zh") -> alt.LayerChart:
    """What is payable in all at each value: the least as a line, what may be beyond it in light.

    Several provisions that a number takes part in are added up. Where today's value is among the values, it is marked.
    """
    say, given = Speech(lang, SCENARIOS), shown.parameter
    is_day = isinstance(given.value, dt.date)
    rows: Rows = [
        {
            "value": _place(point.value),
            "shown": figure(point.value, given.unit, say),
            "low": sum(float(p.after.payable.min) for p in point.impact.provisions),
            "high": sum(float(p.after.payable.max or p.after.payable.min) for p in point.impact.provisions),
            "now": _place(point.value) == _place(given.value),
            "told": "; ".join(say.amount(p.after.payable.to_dict()) for p in point.impact.provisions),
            "counts": say.join(f"{say(v)} {point.impact.counts[v]:,}" for v in VERDICTS[:3]),
        }
        for point in shown.points
    ]
    label = given.label if say.chinese else given.name
    axis = alt.Axis(values=[r["value"] for r in rows], format="%Y-%m-%d" if is_day else ",~f")
    place = alt.X(
        f"value:{'T' if is_day else 'Q'}", title=f"{label}（{given.unit}）" if given.unit else label, axis=axis
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=place.scale(zero=False, padding=90),
        tooltip=[alt.Tooltip("shown:N"), alt.Tooltip("told:N"), alt.Tooltip("counts:N")],
    )
    dots = alt.OverlayMarkDef(color=COLOURS["holds"], size=50)
    low = alt.Y("low:Q", title=f"{say('sweep.cost')}（{say('yuan', sum='').strip()}）", axis=alt.Axis(format=",.0f"))
    band = base.mark_area(color=COLOURS["holds"], opacity=0.25).encode(y=low, y2="high:Q")
    most = base.mark_line(color=COLOURS["holds"], strokeDash=[5, 3], point=dots).encode(y="high:Q")
    least = base.mark_line(color=COLOURS["holds"], strokeWidth=3, point=dots).encode(y="low:Q")
    words = base.mark_text(align="right", dx=-8, dy=-8, fontSize=11, color=INK).encode(y="high:Q", text="told:N")
    now = base.transform_filter("datum.now").mark_rule(color=SOFT, strokeDash=[2, 2])
    subtitle = say("sweep.now", value=figure(given.value, given.unit, say))
    chart: alt.LayerChart = (now + band + most + least + words).properties(width=WIDTH, height=HEIGHT)
    return finished(chart, "".join(shown.document(lang).title), subtitle)


def _place(value: object) -> str | float:
    """Where a value stands on the axis: a day as text, a number as such."""
    return value.isoformat() if isinstance(value, dt.date) else float(Fraction(str(value)))
