"""Sums that hang on an open reading, as Python source: what is known of them is then a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..expr import Combine, Expr
from ..reads import readings_of
from ..words import ByReading, If

if TYPE_CHECKING:
    from .emit import Emitter
    from .emit_scope import Scope


def spread(emit: Emitter, node: Expr, scope: Scope) -> str:
    """A quantity as its value, as a `Spread`, or as `None` where only the reference could tell."""
    if not readings_of(node):
        return emit.expr(node, scope)
    match node:
        case ByReading():
            taken = scope.name()
            chosen = f"({taken} := {scope.read('taken')}[{emit.readings[node.reading.name]}])"
            alternatives = [spread(emit, a, scope) for a in node.alternatives.values()]
            every = f"apart({node.reading.name!r}, {', '.join(alternatives)})"
            one = "".join(f"{a} if {taken} == {i} else " for i, a in enumerate(alternatives))
            return f"({every} if {chosen} is None else {one}None)"
        case Combine() if node.op != "/":
            return f"combined({node.op!r}, {spread(emit, node.left, scope)}, {spread(emit, node.right, scope)})"
        case If():
            test, (then, otherwise) = scope.name(), (spread(emit, n, scope) for n in (node.then, node.otherwise))
            checked = f"({test} := {emit.expr(node.test, scope)})"
            return f"({then} if {checked} else None if {test} is None else {otherwise})"
    return emit.expr(node, scope)
