"""A rule graph as SVG: boxes with marks, so that no colour speaks alone; light or dark as its reader has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring

from ..display.phrases import DISPLAYS
from ..document import Mark
from ..phrases import Speech
from ..render import MARKS, harmless
from ..render_html import TAGS, page
from ..style import CLASS, FONT, PAGE_STYLE, STYLE
from .build import Graph, Node
from .layout import Layout, Line, laid_out

SIZE, LEAD = 13, 19
"""The height of the letters and of a line, in pixels."""
WIDEST = 17 * SIZE
"""How wide a line in a box becomes; longer text is broken."""
PAD, MARGIN, FOOT = 10, 14, 34
LABEL = 9 * SIZE
"""How wide a line on an edge becomes."""

STROKES: dict[Mark | None, str] = {
    None: "#b9c0ca",
    "value": "#8a93a0",
    "holds": "#18794e",
    "fails": "#c0362c",
    "open": "#8a6100",
    "left": "#1d5fa8",
}
DARK: dict[Mark | None, str] = {
    None: "#4a5361",
    "value": "#8a93a0",
    "holds": "#5bd19a",
    "fails": "#ff8a80",
    "open": "#ffcf66",
    "left": "#8fc1ff",
}
INK, SOFT, PAPER, BAND = "#1d2430", "#5b6472", "#ffffff", "#f5f7fa"

DARK_STYLE = (
    "@media (prefers-color-scheme:dark){.paper{fill:#14181f}.box{fill:#1b212a}.named{fill:#222a35}text{fill:#e4e7ec}"
    ".soft{fill:#a3adba}.line{stroke:#4a5361}.onpaper{stroke:#14181f}"
    + "".join(f".box.{mark or 'unseen'}{{stroke:{colour}}}.mark.{mark or 'unseen'}{{fill:{colour}}}"
              for mark, colour in DARK.items())
    + "}"
)  # fmt: skip
"""What draws a PNG knows no scheme and takes the colours of the elements, which are the light ones."""


def drawn(graph: Graph) -> str:
    """The drawing as SVG that stands alone."""
    return tostring(_svg(graph), encoding="unicode")


def as_fragment(graph: Graph) -> str:
    """The drawing as a part of an HTML page; a wide one is scrolled."""
    return tostring(_framed(graph), encoding="unicode", method="html")


def as_page(graph: Graph) -> str:
    """The drawing as an HTML page that stands alone."""
    wide = f"{PAGE_STYLE}body>.{CLASS}{{max-width:none}}"
    return page(_title(graph), graph.lang, _framed(graph), style=wide)


def _title(graph: Graph) -> str:
    return Speech(graph.lang, DISPLAYS)("graph.title", title=graph.title)


def _framed(graph: Graph) -> Element:
    frame = Element("div", {"class": CLASS, "lang": TAGS[graph.lang]})
    SubElement(frame, "style").text = STYLE
    SubElement(frame, "h1").text = harmless(_title(graph))
    SubElement(frame, "div", {"class": "scroll"}).append(_svg(graph))
    return frame


# ---------------------------------------------------------------------------------------------------- boxes


def _wide(text: str) -> float:
    """About how wide a text is drawn: a Chinese character is a square, others are a little over half of one."""
    return sum(SIZE if east_asian_width(c) in "WFA" else SIZE * 0.58 for c in text)


def _broken(text: str, widest: float) -> Iterator[str]:
    """A text in lines, broken between Chinese characters and between words."""
    line = ""
    for piece in re.findall(r"[\w.,:/\-]+\s?|.", harmless(text), re.ASCII):
        if line and _wide(line + piece.rstrip()) > widest and piece not in "，。；：、）”？)":
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


class _Box:
    """What is written in the box of a node, and how large that makes it."""

    def __init__(self, node: Node, *, decided: bool) -> None:
        self.node, self.decided = node, decided
        lead = f"{MARKS[node.mark]} " if node.mark not in {None, "value"} else ""
        self.lines = [*_broken(lead + node.text, WIDEST)]
        small = [f"〔{node.clause}〕" if node.clause else "", f"→ {node.told}" if node.told else ""]
        small += [f"＋{node.hidden}"] if node.hidden else []
        self.small = [*_broken(" · ".join(filter(None, small)), WIDEST)] if any(small) else []
        self.width = max(map(_wide, (*self.lines, *self.small))) + 2 * PAD
        self.height = (len(self.lines) + len(self.small)) * LEAD + PAD

    def draw(self, into: Element, x: float, y: float) -> None:
        """Draw the box around a point."""
        node, mark = self.node, self.node.mark or "unseen"
        group = SubElement(into, "g", {"class": f"node {node.kind}"})
        SubElement(group, "title").text = harmless(" ".join(filter(None, (node.text, node.told, node.clause))))
        named = node.kind in {"condition", "provision", "part"}
        left, top = x - self.width / 2, y - self.height / 2
        style = {
            "fill": BAND if named else PAPER,
            "stroke": STROKES[node.mark],
            "stroke-width": "2" if named else "1.2",
            "rx": "12" if node.kind in {"provision", "part"} else "4",
            **({"stroke-dasharray": "5 4"} if self.decided and mark in {"open", "unseen"} else {}),
        }
        if node.hidden:  # a second sheet behind it
            behind = {"x": f"{left + 4:.1f}", "y": f"{top + 4:.1f}", **self._size(), **style}
            SubElement(group, "rect", {"class": f"box {mark}", **behind})
        kind = f"box {mark}{' named' if named else ''}"
        SubElement(group, "rect", {"class": kind, "x": f"{left:.1f}", "y": f"{top:.1f}", **self._size(), **style})
        at = top + PAD / 2 + LEAD * 0.72
        for i, line in enumerate((*self.lines, *self.small)):
            soft = i >= len(self.lines)
            text = SubElement(group, "text", {
                "x": f"{left + PAD:.1f}", "y": f"{at + i * LEAD:.1f}",
                **({"class": "soft", "fill": SOFT, "font-size": f"{SIZE - 1}"} if soft else {}),
                **({"font-weight": "600"} if named and not soft else {}),
            })  # fmt: skip
            if i == 0 and node.mark not in {None, "value"}:
                shown = SubElement(text, "tspan", {"class": f"mark {mark}", "fill": STROKES[node.mark]})
                shown.text, shown.tail = line[0], line[1:]
            else:
                text.text = line

    def _size(self) -> dict[str, str]:
        return {"width": f"{self.width:.1f}", "height": f"{self.height:.1f}"}


# ------------------------------------------------------------------------------------------------------ drawing


def _svg(graph: Graph) -> Element:
    boxes = {node.id: _Box(node, decided=graph.decided) for node in graph.nodes}
    labels = {i: [*_broken(edge.role, LABEL)] for i, edge in enumerate(graph.edges) if edge.role}
    wide = {i: (max(map(_wide, lines)) + 6, len(lines) * LEAD) for i, lines in labels.items()}
    plan = laid_out(graph, {name: (box.width, box.height) for name, box in boxes.items()}, wide)
    width, height = _extent(plan, graph)
    svg = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "width": f"{width:.0f}", "height": f"{height:.0f}",
        "viewBox": f"0 0 {width:.0f} {height:.0f}", "role": "img", "aria-label": harmless(_title(graph)),
        "font-family": FONT.replace('"', "'"), "font-size": str(SIZE), "fill": INK, "lang": TAGS[graph.lang],
    })  # fmt: skip
    SubElement(svg, "style").text = DARK_STYLE
    SubElement(svg, "rect", {"class": "paper", "width": "100%", "height": "100%", "fill": PAPER})
    shifted = SubElement(svg, "g", {"transform": f"translate({MARGIN} {MARGIN})"})
    for line in plan.lines:
        _line(shifted, line)
    for name, box in boxes.items():
        box.draw(shifted, *plan.boxes[name])
    for i, told in labels.items():
        _label(shifted, told, plan.lines[i])
    _legend(svg, graph, height)
    return svg


def _extent(plan: Layout, graph: Graph) -> tuple[float, float]:
    foot = FOOT if graph.decided or any(n.hidden for n in graph.nodes) else 0
    return max(plan.width + 2 * MARGIN, 620 if foot else 0), plan.height + 2 * MARGIN + foot


def _line(into: Element, line: Line) -> None:
    start, *rest = (f"{x:.1f} {y:.1f}" for x, y in line.points)
    SubElement(into, "path", {"class": "line", "d": f"M{start}C{' '.join(rest)}", "fill": "none", "stroke": "#b9c0ca"})


def _label(into: Element, told: list[str], line: Line) -> None:
    if line.label is None:
        return
    x, y = line.label
    for i, text in enumerate(told):
        at = y + (i - (len(told) - 1) / 2) * LEAD + SIZE * 0.35
        SubElement(into, "text", {
            "class": "soft onpaper", "x": f"{x:.1f}", "y": f"{at:.1f}", "text-anchor": "middle", "fill": SOFT,
            "font-size": f"{SIZE - 1}", "stroke": PAPER, "stroke-width": "4", "paint-order": "stroke",
        }).text = text  # fmt: skip


def _legend(svg: Element, graph: Graph, height: float) -> None:
    say = Speech(graph.lang, DISPLAYS)
    marks: tuple[Mark, ...] = ("holds", "fails", "open")
    told = [f"{MARKS[mark]} {say(f'graph.{mark}')}" for mark in marks] if graph.decided else []
    told += [f"┄ {say('graph.unseen')}"] if graph.decided else []
    told += [say("graph.folded")] if any(n.hidden for n in graph.nodes) else []
    if told:
        text = SubElement(svg, "text", {"class": "soft", "x": str(MARGIN), "y": f"{height - MARGIN:.0f}", "fill": SOFT})
        text.text = "\u2003\u2003".join(told)
