"""Cells that hold a number or a sum: whole numbers, decimals, binary fractions and texts."""

from __future__ import annotations

from functools import reduce
from operator import and_

import narwhals as nw

from ..facts import Fact, Type
from ..value import MONEY
from ..value import NUMBER as NUMBER_TEXT
from .cell_words import EXPECTED, Made, first_of, half_width, is_all, kept_if, not_a, said, shown
from .clean import DECIMALS, MOST_FEN, MOST_NUMBER

_WRITE = {
    Type.NUMBER: "write digits, with a point before decimals",
    Type.MONEY: 'write digits and at most two decimals, as in "1234.50"',
}
_Wrong = list[tuple[nw.Expr, nw.Expr]]
"""What may be wrong with a number, each with what is told, the first that is so."""


def _places(fact: Fact) -> int:
    """How many decimals a column of this fact holds."""
    if fact.type is Type.MONEY:
        return 2
    return 0 if fact.whole else DECIMALS


def _size(fact: Fact, units: nw.Expr, given: nw.Expr) -> _Wrong:
    """A number too large for tables; `units` is it, or its whole part."""
    most = MOST_FEN // 100 if fact.type is Type.MONEY else MOST_NUMBER
    told = said("`", shown(given), f"` is {most} or more, and tables hold less")
    return [(~units.is_between(-most, most, closed="none"), told)]


def _finer(fact: Fact, inexact: nw.Expr, given: nw.Expr) -> _Wrong:
    """A number with more decimals than its column holds."""
    if fact.type is Type.MONEY:
        told = "is finer than a fen; write at most two decimals"
    else:
        told = "is no whole number" if fact.whole else f"has more than {DECIMALS} decimals, and tables hold no more"
    return [(inexact, said("`", shown(given), f"` {told}"))]


def _number(fact: Fact, given: nw.Expr, wrong: _Wrong, value: nw.Expr) -> Made:
    """A number in parts of its unit, held against the fact's bounds."""
    unit, parts = f" {fact.unit}" if fact.unit else "", 10 ** _places(fact)
    wrong = list(wrong)
    if fact.low is not None:
        told = f"` is less than {fact.low}{unit}, the least it can be"
        wrong.append((value < int(fact.low * parts), said("`", shown(given), told)))
    if fact.high is not None:
        told = f"` is more than {fact.high}{unit}, the most it can be"
        wrong.append((value > int(fact.high * parts), said("`", shown(given), told)))
    return _none_of(wrong), value, first_of(*wrong, otherwise=nw.lit(None, nw.String))


def _none_of(wrong: _Wrong) -> nw.Expr:
    return reduce(and_, (~test for test, _ in wrong))


def whole(fact: Fact, given: nw.Expr) -> Made:
    """A whole number."""
    wrong = _size(fact, given, given)
    return _number(fact, given, wrong, kept_if(_none_of(wrong), given).cast(nw.Int64) * 10 ** _places(fact))


def number_text(fact: Fact, given: nw.Expr) -> Made:
    """A number in digits, of half or full width. One that counts in 万 or 亿 is told how it would be written."""
    places = _places(fact)
    pattern = MONEY if fact.type is Type.MONEY else NUMBER_TEXT
    digits = half_width(given)
    formed = is_all(digits, pattern)
    counted = said("`", shown(given), "` counts in 万 or 亿; write all digits, as in 100000 for 10万")
    wrong = [
        (given.str.contains(r"[0-9０-９]\s*[万亿]"), counted),
        (~formed, not_a(EXPECTED[fact.type], "text", given, _WRITE[fact.type])),
    ]
    text = kept_if(formed, digits)
    units = text.str.replace_all(r"\..*\z", "").cast(nw.Int64)
    wrong += _size(fact, units, given)
    wrong += _finer(fact, text.str.contains(rf"\.[0-9]{{{places}}}[0-9]*[1-9]"), given)
    value = kept_if(_none_of(wrong), units) * 10**places
    if places:
        decimals = nw.concat_str([text.str.replace_all(r"^[^.]*\.?", ""), nw.lit("0" * places)])
        rest = decimals.str.slice(0, places).cast(nw.Int64)
        value = nw.when(text.str.starts_with("-")).then(value - rest).otherwise(value + rest)
    return _number(fact, given, wrong, value)


def decimal(fact: Fact, given: nw.Expr) -> Made:
    """A decimal number."""
    wrong = _size(fact, given, given)
    known = kept_if(_none_of(wrong), given)
    rounded = known.cast(nw.Decimal(38, _places(fact)))
    wrong += _finer(fact, rounded != known, given)
    return _number(fact, given, wrong, (rounded * 10 ** _places(fact)).cast(nw.Int64))


def binary_fraction(fact: Fact, given: nw.Expr) -> Made:
    """A binary fraction that is a short decimal number, but for what binary fractions cannot express.

    Its whole part is exact; the rest is held against the nearest part of a unit: within a millionth of a yuan for
    money, a hundredth of the last decimal for other numbers.
    """
    finite = given.is_finite()
    name = nw.when(given.is_nan()).then(nw.lit("nan")).otherwise(nw.lit("inf"))
    wrong = [(~finite, not_a(EXPECTED[fact.type], "binary fraction", name, _WRITE[fact.type]))]
    wrong += _size(fact, kept_if(finite, given), given)
    known, parts = kept_if(_none_of(wrong), given), 10 ** _places(fact)
    units = known.floor()
    rest = (known - units) * parts
    near = rest.round(0)
    within = 1e-4 if fact.type is Type.MONEY else 0.0 if fact.whole else 1e-2
    wrong += _finer(fact, (rest - near).abs() > within, given)
    return _number(fact, given, wrong, units.cast(nw.Int64) * parts + near.cast(nw.Int64))
