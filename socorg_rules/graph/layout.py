"""Where the boxes and lines of a rule graph go. Graphviz lays it out; its wheel brings it along."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

import attrs

from ..errors import CaseError

if TYPE_CHECKING:
    from .build import Graph

INCH = 72
"""What Graphviz measures boxes in, in points; a point is drawn as a pixel."""
_GRAPHVIZ = Lock()
"""Graphviz is one for the whole process."""

Point = tuple[float, float]


@attrs.frozen
class Line:
    """A line between two boxes as the points of Bézier curves, and the middle of what is written on it."""

    points: tuple[Point, ...]
    label: Point | None


@attrs.frozen
class Layout:
    """The size of a drawing, the middle of each box, and the line of each edge; y grows downwards."""

    width: float
    height: float
    boxes: Mapping[str, Point]
    lines: tuple[Line, ...]


def laid_out(graph: Graph, sizes: Mapping[str, Point], labels: Mapping[int, Point]) -> Layout:
    """Lay a graph out from left to right, in the order of the text.

    Args:
        graph: what to lay out.
        sizes: width and height of each node's box.
        labels: width and height of what is written on an edge, by its place among the edges.

    Raises:
        CaseError: the extra `graphs` is not installed.
    """
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise CaseError(f"a rule graph cannot be drawn here ({missing}); install `socorg-rules[graphs]`") from missing
    drawing = AGraph(directed=True, strict=False, rankdir="LR", nodesep="0.14", ranksep="0.45", ordering="out")
    drawing.node_attr.update(shape="box", fixedsize="true", label="")
    for node in graph.nodes:
        width, height = sizes[node.id]
        drawing.add_node(node.id, width=f"{width / INCH:.3f}", height=f"{height / INCH:.3f}")
    for i, edge in enumerate(graph.edges):
        drawing.add_edge(edge.start, edge.end, key=str(i), dir="none")
        if i in labels:
            width, height = labels[i]
            size = f'width="{width:.0f}" height="{height:.0f}"'
            room = f'<<table border="0" fixedsize="true" {size}><tr><td></td></tr></table>>'
            drawing.get_edge(edge.start, edge.end, str(i)).attr["label"] = room
    with _GRAPHVIZ:
        drawing.layout(prog="dot")
    return _read(drawing, graph)


def _read(drawing: Any, graph: Graph) -> Layout:  # noqa: ANN401 - of a library without types
    _, _, width, height = map(float, drawing.graph_attr["bb"].split(","))

    def point(text: str) -> Point:
        x, y = map(float, text.split(","))
        return x, height - y

    boxes = {node.id: point(drawing.get_node(node.id).attr["pos"]) for node in graph.nodes}
    lines = []
    for i, edge in enumerate(graph.edges):
        told = drawing.get_edge(edge.start, edge.end, str(i)).attr
        points = tuple(point(p) for p in told["pos"].split() if p[:2] not in {"e,", "s,"})
        lines.append(Line(points, point(told["lp"]) if told["lp"] else None))
    return Layout(width, height, boxes, tuple(lines))
