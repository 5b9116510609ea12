"""What cells of all kinds need: what is said of one that does not fit, and texts held against patterns."""

from __future__ import annotations

from functools import reduce

import narwhals as nw

from ..facts import ELEMENTS, Type
from .sources import MARK, NOTHING

Made = tuple[nw.Expr, nw.Expr, nw.Expr]
"""What fits, its value, and what is told of what does not fit."""

EXPECTED = {
    Type.YES_NO: "yes/no",
    Type.TEXT: "text",
    Type.NUMBER: "a number",
    Type.MONEY: "a sum in yuan",
    Type.DATE: "a date",
    Type.MONTH: "a month",
    Type.DIVISION: "a division code of 2, 4, 6, 9 or 12 digits",
    **dict.fromkeys(ELEMENTS, "a list"),
}
"""What a cell of a fact of each type is expected to hold."""

_SHOWN = 60
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


def said(*parts: nw.Expr | str) -> nw.Expr:
    """A message of fixed words and expressions."""
    return nw.concat_str([nw.lit(p) if isinstance(p, str) else p for p in parts], ignore_nulls=True)


def shown(given: nw.Expr) -> nw.Expr:
    """A value in a message: on one line and not too long."""
    text = given.cast(nw.String)
    for ugly, plain in (("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t"), (MARK, "、"), (NOTHING, " ")):
        text = text.str.replace_all(ugly, plain, literal=True)
    return said(text.str.slice(0, _SHOWN), nw.when(text.str.len_chars() > _SHOWN).then(nw.lit("…")))


def first_of(*cases: tuple[nw.Expr, nw.Expr], otherwise: nw.Expr) -> nw.Expr:
    """The message of the first of these cases that is so."""
    return reduce(lambda rest, case: nw.when(case[0]).then(case[1]).otherwise(rest), reversed(cases), otherwise)


def not_a(what: str, kind: str, given: nw.Expr, remedy: str) -> nw.Expr:
    """The message about a value of the wrong kind."""
    return said(f"expected {what}, got {kind} `", shown(given), f"`; {remedy}" if remedy else "`")


def kept_if(fits: nw.Expr, given: nw.Expr) -> nw.Expr:
    """What fits, else null: nothing else is to reach a conversion, in whatever order a database works."""
    return nw.when(fits).then(given)


def is_all(given: nw.Expr, pattern: str) -> nw.Expr:
    """Whether a pattern fits all of a text."""
    return given.str.contains(rf"^({pattern})\z")


def half_width(given: nw.Expr) -> nw.Expr:
    """A text with digits, points and signs as a computer has them: a Chinese keyboard may write `２０２２`."""
    return reduce(
        lambda t, sign: t.str.replace_all(chr(sign[0]), chr(sign[1]), literal=True), _FULL_WIDTH.items(), given
    )
