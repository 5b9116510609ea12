"""What all charts share: fonts that have Chinese, colours that do not stand alone, and the size of bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import altair as alt

from ..document import Mark
from ..render import MARKS
from ..style import FONT

FONTS = f"{FONT.rpartition(',')[0]},system-ui,sans-serif".replace('"', "'")
"""Chinese ones first: what draws a PNG takes the first that the system has."""

INK, SOFT, LINE, PAPER = "#1d2430", "#5b6472", "#d5dae2", "#ffffff"
COLOURS: Mapping[Mark, str] = {"holds": "#18794e", "left": "#2f6fb5", "open": "#d9a514", "fails": "#b9c0ca"}
"""The colour of an outcome; its mark stands on it, so that the colour never speaks alone."""

BAR = 22
"""The height of a bar with the space around it."""

Rows = list[dict[str, Any]]
"""The data of a chart: plain values, by column."""


def marked(mark: Mark, words: str) -> str:
    """An outcome in words behind its mark."""
    return f"{MARKS[mark]} {words}"


Chart = TypeVar("Chart", alt.LayerChart, alt.VConcatChart)


def finished(chart: Chart, title: str, subtitle: str = "") -> Chart:
    """A chart with its title, in the colours and fonts of all."""
    text = alt.TitleParams(title, subtitle=subtitle) if subtitle else alt.TitleParams(title)
    made: Chart = (
        chart.properties(title=text, background=PAPER, padding=16)
        .configure(font=FONTS)
        .configure_title(anchor="start", fontSize=17, color=INK, subtitleColor=SOFT, subtitleFontSize=13, offset=12)
        .configure_axis(
            labelColor=INK, titleColor=SOFT, labelFontSize=13, titleFontSize=12, labelLimit=420, gridColor="#eceff3",
            domainColor=LINE, tickColor=LINE, titleFontWeight="normal",
        )
        .configure_legend(labelColor=INK, titleColor=SOFT, labelFontSize=13, titleFontSize=12, labelLimit=420)
        .configure_header(labelColor=INK, labelFontSize=14, titleColor=SOFT, labelLimit=420)
        .configure_view(stroke=None)
    )  # fmt: skip
    return made
