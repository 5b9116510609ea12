"""Collections as Python source: each quantifier, fold and pick becomes a function with a loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..facts import Type
from ..refs import Fold, Item, Names, Pick, Quantified
from .analysis import never_absent, risky

if TYPE_CHECKING:
    from .emit import Emitter
    from .emit_scope import Scope


def names(emit: Emitter, node: Names, scope: Scope) -> str:
    """Whether a text is what an item goes by, as an expression. Of an item that nobody listed, nothing is known."""
    record, text = f"i{emit.item(node.item)}", emit.expr(node.text, scope)
    collection = node.item.collection
    among = scope.fact(collection.owner, collection.fact.name, emit.item)
    return f"named({text}, {record}, {emit.constant(node.facts)}, {among})"


def loop(emit: Emitter, item: Item, scope: Scope, *, unlisted: str) -> Iterator[str]:
    """The start of a loop over the items that exist on the day; `unlisted` is what to do where none is told."""
    n, collection = emit.item(item), item.collection
    yield f"    items = {scope.fact(collection.owner, collection.fact.name, emit.item)}"
    yield f"    if items is None: {unlisted}"
    yield f"    for i{n} in items.records:"
    yield f"        f{n} = i{n}.values.get"
    dating = collection.fact.of.dating_fact if collection.fact.of else None
    if dating is not None:
        yield f"        dated = f{n}({dating.name!r})"
        yield f"        if dated is not None and dated > {scope.read('day')}: continue"


def quantified(emit: Emitter, node: Quantified, scope: Scope) -> Iterator[str]:
    """Kleene's or (any) and and (all) over the items."""
    enough, none = ("True", "False") if node.op == "any" else ("False", "True")
    danger = risky(node.test)
    yield "    unknown = found = False"
    yield from loop(emit, node.item, scope, unlisted="refer()" if danger else "return None")
    yield f"        passes = {emit.expr(node.test, scope)}"
    yield f"        if passes is {enough}: {'found = True' if danger else f'return {enough}'}"
    yield "        if passes is None: unknown = True"
    if danger:
        yield "    if not items.complete: refer()"
        yield f"    if found: return {enough}"
    yield f"    return None if unknown or not items.complete else {none}"


def fold(emit: Emitter, node: Fold, scope: Scope) -> Iterator[str]:
    """A count, sum, minimum or maximum, where every item that counts is known."""
    danger = risky(node.where) or (node.value is not None and risky(node.value))
    unknown = "refer()" if danger else "return None"
    start = {"count": "0", "sum": "0", "count_distinct": "set()"}.get(node.op, "ABSENT")
    yield f"    found = {start}"
    yield from loop(emit, node.item, scope, unlisted=unknown)
    yield f"        passes = {emit.expr(node.where, scope)}"
    yield "        if passes is False: continue"
    yield f"        if passes is None: {unknown}"
    if node.value is not None:
        yield f"        one = {emit.expr(node.value, scope)}"
        yield f"        if one is None: {unknown}"
        if not never_absent(node.value):
            yield "        if one is ABSENT: continue"
    match node.op:
        case "count":
            yield "        found += 1"
        case "sum":
            yield "        found += one"
        case "count_distinct":
            yield "        found.add(one)"
        case "min" | "max":
            yield f"        if found is ABSENT or one {'<' if node.op == 'min' else '>'} found: found = one"
    yield f"    if not items.complete: {unknown}"
    yield f"    return {'len(found)' if node.op == 'count_distinct' else 'found'}"


def pick(emit: Emitter, node: Pick, scope: Scope) -> Iterator[str]:
    """The value of the first or last item; of two that come equally first, the case is in error."""
    n = emit.item(node.item)
    none = "False" if node.shape.type is Type.YES_NO else "ABSENT"
    unlisted = "refer()" if any(map(risky, (node.where, node.key, node.value))) else "return None"
    yield "    first = best = None"
    yield "    tie = False"
    yield from loop(emit, node.item, scope, unlisted=unlisted)
    yield f"        passes = {emit.expr(node.where, scope)}"
    yield "        if passes is False: continue"
    yield f"        key = {emit.expr(node.key, scope)}"
    yield "        if passes is None or key is None or key is ABSENT:"
    yield "            if len(items.records) > 1: refer()"
    yield f"            {unlisted}"
    yield "        if best is not None and key == best: tie = True"
    yield f"        elif best is None or key {'<' if node.which == 'first' else '>'} best:"
    yield f"            first, best, tie = i{n}, key, False"
    yield "    if tie: refer()"
    yield f"    if not items.complete: {unlisted}"
    yield f"    if first is None: return {none}"
    yield f"    i{n} = first"
    yield f"    f{n} = i{n}.values.get"
    yield f"    return {emit.expr(node.value, scope)}"
