"""What becomes of a grant: what it entitles to, what of that was paid, what is still payable."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import altair as alt

from ..answer import Answer
from ..display.phrases import DISPLAYS
from ..errors import CaseError
from ..explain import MARK_OF, Data, Explainer
from ..phrases import Lang, Speech
from .look import BAR, COLOURS, INK, SOFT, Rows, finished, marked

WIDTH = 440
ROOM = 1.5
"""How much longer the axis is than the longest bar, so that the words behind that bar stay within the picture."""
STEPS = ("entitlement", "paid", "payable")
CERTAIN, POSSIBLE, CONDITIONAL = 1.0, 0.4, 0.0
"""How full a bar is: what is surely granted, what may be within the range, what hangs on an open decision."""


def waterfall(answer: Answer, lang: Lang = "zh") -> alt.VConcatChart:
    """For each grant that gives something: entitlement, paid, payable.

    The least of a range is in full colour, what may be beyond it in light. A grant that is not decided, or is left to
    the authority, is only outlined: nothing of it counts yet.

    Raises:
        CaseError: no grant of the answer has a figure to show.
    """
    say = Speech(lang, DISPLAYS)
    rows = [*_rows(answer, say)]
    if not rows:
        raise CaseError("waterfall: no grant of this answer has a figure to show")
    panels = [
        _panel([r for r in rows if r["per"] == per], say, say(f"per.{per}"))
        for per in ("once", "month")
        if any(r["per"] == per for r in rows)
    ]
    name = answer.question.case.record.values.get("name") or answer.pack.title
    subtitle = " ".join((answer.pack.title, say("as_of", day=answer.as_of), say("waterfall.key")))
    return finished(alt.vconcat(*panels, spacing=28), str(name), subtitle)


def _rows(answer: Answer, say: Speech) -> Iterator[dict[str, Any]]:
    teller = Explainer(say, whole=False)
    for grant in answer.of_kind("grant"):
        d: Data = grant.to_dict(trace=True)
        if d["entitlement"] is None or not d["normative"]:
            continue
        decided = d["outcome"] in {"met", "not_met"}
        title = marked(MARK_OF[str(d["outcome"])], "".join(teller.title(d)))
        base = {"provision": title, "outcome": teller.outcome(d, d), "decided": decided, "per": d["entitlement"]["per"]}
        for step in STEPS:
            for bar in _bars(d, step, say):
                yield {**base, "step": say(f"change.{step}"), "of": step, **bar}


def _bars(d: Data, step: str, say: Speech) -> Iterator[dict[str, Any]]:
    """The bars of one step; the last one carries its words."""
    decided = d["outcome"] in {"met", "not_met"}
    if step == "paid":
        yield _paid(d, say)
        return
    amount = d[step]
    low, high = Decimal(amount["min"]), amount["max"]
    told = say.amount(amount) if decided else f"? {say.amount(amount)}"
    if not decided:
        yield {"low": 0.0, "high": float(high or low), "full": CONDITIONAL, "told": told}
        return
    certain = {"low": 0.0, "high": float(low), "full": CERTAIN}
    if high == amount["min"]:
        yield {**certain, "told": told}
    else:
        yield {**certain, "told": ""}
        yield {"low": float(low), "high": float(high or low), "full": POSSIBLE, "told": told}


def _paid(d: Data, say: Speech) -> dict[str, Any]:
    """What was paid, standing where it was taken off; of a monthly grant the sum of all months, which is only told."""
    paid, entitlement, payable = d["paid"], d["entitlement"], d["payable"]
    told = say.quantity(paid, "元") if paid else f"? {say('not_known')}"
    if entitlement["per"] == "month":
        return {"low": 0.0, "high": 0.0, "full": CERTAIN, "told": say("waterfall.so_far", sum=told)}
    sum_, high = Decimal(paid or 0), entitlement["max"]
    taken_off = high is not None and payable["max"] is not None and Decimal(payable["max"]) + sum_ == Decimal(high)
    low = float(payable["max"]) if taken_off else 0.0
    return {"low": low, "high": low + float(sum_), "full": CERTAIN, "told": told}


def _panel(rows: Rows, say: Speech, title: str) -> alt.LayerChart:
    steps = [say(f"change.{step}") for step in STEPS]
    titles = [*dict.fromkeys(r["provision"] for r in rows)]
    colour = alt.Color(
        "step:N",
        title=None,
        scale=alt.Scale(domain=steps, range=[SOFT, COLOURS["open"], COLOURS["holds"]]),
        legend=alt.Legend(orient="top", symbolType="square"),
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("provision:N", sort=titles, title=None, scale=alt.Scale(paddingInner=0.25)),
        yOffset=alt.YOffset("step:N", sort=steps, scale=alt.Scale(paddingInner=0.2)),
        tooltip=[alt.Tooltip(f"{f}:N", title=say(k)) for f, k in _TOLD.items()],
    )
    reach = max(float(r["high"]) for r in rows) * ROOM
    bars = base.mark_bar(strokeWidth=1).encode(
        x=alt.X(
            "low:Q",
            title=say("waterfall.yuan"),
            axis=alt.Axis(format=",.0f", tickCount=6),
            scale=alt.Scale(domain=[0, reach]) if reach else alt.Scale(),
        ),
        x2="high:Q",
        color=colour,
        stroke=alt.Stroke("step:N", scale=alt.Scale(domain=steps, range=[SOFT, COLOURS["open"], COLOURS["holds"]])),
        fillOpacity=alt.FillOpacity("full:Q", scale=None),
        strokeDash=alt.condition("datum.decided", alt.value([1, 0]), alt.value([4, 3])),
    )
    words = base.mark_text(align="left", dx=5, fontSize=11, color=INK).encode(x="high:Q", text="told:N")
    named = alt.TitleParams(title, anchor="start", frame="group", fontSize=14)
    panel: alt.LayerChart = (bars + words).properties(width=WIDTH, height=BAR * 2.4 * len(titles), title=named)
    return panel


_TOLD = {"provision": "provision", "outcome": "verdict", "step": "change.step", "told": "amount"}
