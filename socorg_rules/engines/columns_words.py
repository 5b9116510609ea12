"""Each operation of the columns engine as a Narwhals expression, in words that all data frames understand alike."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from ..calendar import NEVER
from .columns_graph import Col

DTYPES: Mapping[str, Any] = {
    "bool": nw.Boolean,
    "int": nw.Int64,
    "str": nw.String,
    "date": nw.Date,
    "list": nw.List(nw.String),
}


def expression(col: Col, kept: Mapping[Col, str], *, top: bool = False) -> nw.Expr:
    """A column as an expression over the columns that a frame has; `top`: also where it is itself one of these."""
    if col in kept and not top:
        return nw.col(kept[col])
    if col.op == "lit":
        return nw.lit(col.value, dtype=DTYPES[col.kind])
    op, args = (_TURNED[col.op], col.args[::-1]) if col.op in _TURNED and col.args[0].is_lit else (col.op, col.args)
    return _WORDS[op]([expression(a, kept) if isinstance(a, Col) else a for a in args])


_TURNED = {"eq": "eq", "lt": "gt", "le": "ge"}
"""No literal stands on the left: Polars in memory makes it one row beside a column that is the same throughout."""


def _halved(of: Callable[[nw.Expr, nw.Expr], nw.Expr], parts: list[nw.Expr]) -> nw.Expr:
    """Many parts joined two by two, so that no expression is deep."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return of(_halved(of, parts[:half]), _halved(of, parts[half:]))


def _when(args: list[Any]) -> nw.Expr:
    *cases, last = args
    found: nw.Expr = last
    for then, condition in _pairs(reversed(cases)):
        found = nw.when(condition).then(then).otherwise(found)
    return found


def _pairs(args: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
    it = iter(args)
    return list(zip(it, it, strict=True))


def _listing(args: list[Any]) -> nw.Expr:
    separator, *rest = args
    told = [nw.when(flag).then(nw.lit(word)) for flag, word in _pairs(rest)]
    return nw.concat_str(told, separator=separator, ignore_nulls=True)


def _moved(args: list[Any]) -> nw.Expr:
    day, months, days, next_day = args
    moved: nw.Expr = day.dt.offset_by(f"{months}mo") if months else day
    if months and next_day:
        moved = nw.when(moved.dt.day() < day.dt.day()).then(moved.dt.offset_by("1d")).otherwise(moved)
    moved = moved.dt.offset_by(f"{days}d") if days else moved
    return nw.when(day == nw.lit(NEVER)).then(nw.lit(NEVER)).otherwise(moved.cast(nw.Date))


def _divided(number: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """A quotient of whole numbers. Spark divides in binary fractions; what is then left over corrects it."""
    about = number // whole
    return about + (number - about * whole) // whole


def _month(args: list[Any]) -> nw.Expr:
    (month,) = args
    found: nw.Expr = month.str.slice(0, 4).cast(nw.Int64) * 12 + month.str.slice(5, 2).cast(nw.Int64) - 1
    return found


_WORDS: Mapping[str, Callable[[list[Any]], nw.Expr]] = {
    "and": lambda a: _halved(operator.and_, a),
    "or": lambda a: _halved(operator.or_, a),
    "not": lambda a: ~a[0],
    "is_null": lambda a: a[0].is_null(),
    "eq": lambda a: a[0] == a[1],
    "lt": lambda a: a[0] < a[1],
    "le": lambda a: a[0] <= a[1],
    "gt": lambda a: a[0] > a[1],
    "ge": lambda a: a[0] >= a[1],
    "begins": lambda a: a[0].str.starts_with(a[1]),
    "holds": lambda a: a[0].list.contains(a[1]),
    "first": lambda a: nw.coalesce(*a),
    "when": _when,
    "add": lambda a: a[0] + a[1],
    "sub": lambda a: a[0] - a[1],
    "mul": lambda a: a[0] * a[1],
    "div": lambda a: _divided(*a),
    "least": lambda a: nw.min_horizontal(*a),
    "greatest": lambda a: nw.max_horizontal(*a),
    "moved": _moved,
    "year": lambda a: a[0].dt.year().cast(nw.Int64),
    "month": _month,
    "here": lambda a: a[0],
    "listing": _listing,
}
