"""The mutants of a pack: every way to change one number, date, comparison or word of its rules; labels stay, and so
does what the pack declares for `verify`, which tells itself what is wrong there."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Mutant(NamedTuple):
    """One change: in which line, what it is, the whole changed source, and the line as it was.

    The second and later changes of one kind in lines alike are numbered: `0 -> 1 (2)`.
    """

    line: int
    change: str
    source: str
    code: str


COMPARISONS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="),
}  # fmt: skip
OPERATORS = {ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"), ast.Add: ("+", "-"), ast.Sub: ("-", "+")}
NAMES = {
    "ALWAYS": "IMPOSSIBLE", "IMPOSSIBLE": "ALWAYS", "smaller_of": "larger_of", "larger_of": "smaller_of",
    "ONCE_PER_ITEM": "ONCE_PER_ITEM_AND_YEAR", "ONCE_PER_ITEM_AND_YEAR": "ONCE_PER_ITEM",
}  # fmt: skip
METHODS = {"any": "all", "all": "any", "first": "last", "last": "first", "min": "max", "max": "min", "sum": "max"}
INSTEAD = {"ceiling": "exactly", "presumed": ""}
PROVISIONS = {"Grant", "Support", "Route", "Duty", "Sanction", "Standard", "Target", "Qualification"}
OPTIONAL = {
    "when", "reach", "force", "discretion", "terms", "payee", "due", "result", "gaps", "measure", "also", "each",
}  # fmt: skip
WORDS = {"Clause", "Source", "text_gap", "TextGap"}
"""Calls that hold nothing but words."""


class Edit(NamedTuple):
    """A piece of the source to replace."""

    node: ast.AST
    text: str
    change: str


def mutants(source: str) -> Iterator[Mutant]:
    """Each mutant of a pack's source, in the order of its lines."""
    tree = ast.parse(source)
    places = _Places(source)
    found: dict[str, Mutant] = {}
    for edit in _Edits(tree, places).all():
        start, end = places.span(edit.node)
        changed = (places.data[:start] + edit.text.encode() + places.data[end:]).decode()
        line: int = edit.node.lineno  # type: ignore[attr-defined]
        if changed != source:
            found.setdefault(changed, Mutant(line, edit.change, changed, places.line(line)))
    times: Counter[tuple[str, str]] = Counter()
    for made in sorted(found.values(), key=lambda m: m.line):
        times[made.code, made.change] += 1
        nth = times[made.code, made.change]
        yield made if nth == 1 else made._replace(change=f"{made.change} ({nth})")


class _Places:
    """Where nodes stand in the source, which Python counts in bytes."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        self._starts = [0]
        for line in self.data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """From which byte to which."""
        n: ast.expr = node  # type: ignore[assignment]
        assert n.end_lineno is not None  # noqa: S101 - parsed from source
        assert n.end_col_offset is not None  # noqa: S101
        return self._starts[n.lineno - 1] + n.col_offset, self._starts[n.end_lineno - 1] + n.end_col_offset

    def text(self, node: ast.AST) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self.data[start:end].decode()

    def line(self, number: int) -> str:
        """A line without its margin."""
        return self.data[self._starts[number - 1] : self._starts[number]].decode().strip()


class _Edits:
    def __init__(self, tree: ast.Module, places: _Places) -> None:
        self.tree, self.places = tree, places
        self.alternatives = dict(_alternatives(tree))

    def all(self) -> Iterator[Edit]:
        """Every edit, wherever rules stand."""
        return self._below(self.tree)

    def _below(self, node: ast.AST) -> Iterator[Edit]:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.keyword(arg="known"):  # `known` declares; it decides nothing
                return
            case ast.FunctionDef():
                body = [s for s in node.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
                for statement in body:
                    yield from self._below(statement)
                return
            case ast.Call(func=ast.Name(id=name)) if name in WORDS:
                return
            case ast.Call(func=ast.Name(id="reading")):
                yield from self._default(node)
                return
        yield from self._of(node)
        for child in ast.iter_child_nodes(node):
            yield from self._below(child)

    def _of(self, node: ast.AST) -> Iterator[Edit]:
        match node:
            case ast.Constant():
                yield from self._constant(node)
            case ast.Compare() | ast.BinOp() | ast.UnaryOp():
                yield from self._operator(node)
            case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
                yield Edit(node, NAMES[name], f"{name} -> {NAMES[name]}")
            case ast.Tuple(elts=elements) | ast.List(elts=elements) if len(elements) > 1:
                yield from self._dropped(node, elements)
            case ast.Dict(values=values):
                yield from self._rows(values)
            case ast.Call(func=ast.Attribute(value=of, attr=attr)) if attr in METHODS:
                rest = self._after(node.func, node)
                yield Edit(node, f"{self._text(of)}.{METHODS[attr]}{rest}", f".{attr} -> .{METHODS[attr]}")
            case ast.Call(func=ast.Name(id=name)):
                yield from self._call(node, name)

    def _operator(self, node: ast.Compare | ast.BinOp | ast.UnaryOp) -> Iterator[Edit]:
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield from self._between(node, left, right, COMPARISONS.get(type(op)))
                if isinstance(right, ast.Constant) and isinstance(right.value, str):
                    yield Edit(right, repr(f"{right.value}×"), f"{right.value} -> another text")
            case ast.BinOp(left=left, op=operator, right=right):
                yield from self._between(node, left, right, OPERATORS.get(type(operator)))
            case ast.UnaryOp(op=ast.Invert(), operand=operand):
                yield Edit(node, self._text(operand), "~ dropped")

    def _rows(self, values: list[ast.expr]) -> Iterator[Edit]:
        for value, other in zip(values, [*values[1:], *values[:1]], strict=True):
            if self._text(value) != self._text(other):
                yield Edit(value, self._text(other), f"row {self._text(value)} -> {self._text(other)}")

    def _constant(self, node: ast.Constant) -> Iterator[Edit]:
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool):
            for other in (value + 1, value - 1):
                yield Edit(node, str(other), f"{value} -> {other}")
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            for days in (1, -1):
                other_day = (dt.date.fromisoformat(value) + dt.timedelta(days=days)).isoformat()
                yield Edit(node, repr(other_day), f"{value} -> {other_day}")
        if isinstance(value, str) and re.fullmatch(r"\d{2,12}", value):
            for step in (1, -1):
                code = f"{int(value) + step:0{len(value)}}"
                yield Edit(node, repr(code), f"{value} -> {code}")
        if isinstance(value, str) and value in self.alternatives:
            other_text = self.alternatives[value]
            yield Edit(node, repr(other_text), f"default {value} -> {other_text}")

    def _between(
        self, node: ast.expr, left: ast.expr, right: ast.expr, change: tuple[str, str] | None
    ) -> Iterator[Edit]:
        if change:
            old, new = change
            yield Edit(node, f"({self._text(left)}) {new} ({self._text(right)})", f"{old} -> {new}")

    def _dropped(self, node: ast.AST, elements: list[ast.expr]) -> Iterator[Edit]:
        if all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in elements):
            for element in elements:
                rest = ", ".join(self._text(e) for e in elements if e is not element)
                yield Edit(node, f"[{rest}]", f"without {self._text(element)}")

    def _call(self, node: ast.Call, name: str) -> Iterator[Edit]:
        texts = [self._text(a) for a in node.args]
        if name == "choose":
            yield from self._choices(node)
        elif name in PROVISIONS:
            yield from self._without(node)
        elif name == "all_of" and len(texts) > 1:
            for i, text in enumerate(texts):
                yield Edit(node, f"all_of({', '.join([*texts[:i], *texts[i + 1 :]])})", f"without {_short(text)}")
        elif name == "if_else":
            yield Edit(node, f"if_else({texts[0]}, {texts[2]}, {texts[1]})", "branches of if_else swapped")
        elif name == "stated_or":
            yield from (Edit(node, f"({text})", f"stated_or -> {_short(text)}") for text in texts)
        elif name in {"years", "months", "days"} and len(texts) > 1:
            yield Edit(node, f"{name}({texts[0]})", f"{name} without what runs over")
        elif name in INSTEAD:
            yield Edit(node, f"{INSTEAD[name]}({texts[0]})", f"{name} -> {INSTEAD[name] or 'nothing'}")

    def _choices(self, node: ast.Call) -> Iterator[Edit]:
        for one, other in zip(node.keywords, [*node.keywords[1:], *node.keywords[:1]], strict=True):
            if self._text(one.value) != self._text(other.value):
                yield Edit(one.value, self._text(other.value), f"{one.arg} read as {other.arg}")

    def _default(self, node: ast.Call) -> Iterator[Edit]:
        for keyword in node.keywords:
            match keyword:
                case ast.keyword(arg="default", value=ast.Constant(value=None | str() as default)):
                    others = [name for name in (*_named(node), None) if name != default]
                    yield from (Edit(keyword.value, repr(o), f"default {default} -> {o}") for o in others)

    def _without(self, node: ast.Call) -> Iterator[Edit]:
        for dropped in node.keywords:
            if dropped.arg in OPTIONAL:
                rest = [self._text(part) for part in (*node.args, *node.keywords) if part is not dropped]
                yield Edit(node, f"{self._text(node.func)}({', '.join(rest)})", f"without {dropped.arg}=")

    def _after(self, func: ast.expr, node: ast.expr) -> str:
        _, start = self.places.span(func)
        _, end = self.places.span(node)
        return self.places.data[start:end].decode()

    def _text(self, node: ast.AST) -> str:
        return self.places.text(node)


FIXED = {"clause", "default", "because"}


def _named(reading: ast.Call) -> Iterator[str]:
    """The alternatives of a reading."""
    return (k.arg for k in reading.keywords if k.arg and k.arg not in FIXED)


def _alternatives(tree: ast.AST) -> Iterable[tuple[str, str]]:
    """For each alternative of the file's readings, the one that stands beside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reading":
            names = list(_named(node))
            yield from zip(names, [*names[1:], *names[:1]], strict=True)


def _short(text: str, length: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length] + "…"
