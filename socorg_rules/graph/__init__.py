"""The rules of a provision as a graph, drawn as SVG: what is tested, under which clause, and how that came out."""

from .build import Graph, rule_graph

__all__ = ["Graph", "rule_graph"]
