"""One cell of a table as expressions: whether it fits its fact, the value it then has, and what is wrong otherwise.

What fits is what `value.read_value` takes, told in the same words. What only tables have is read as well: binary
fractions that are exact, days with midnight as their time or written as `2022/3/10` or 2022年3月10日, digits of full
width, 是 and 否, and lists written as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import reduce
from operator import add

import attrs
import narwhals as nw

from ..errors import nearest
from ..facts import ELEMENTS, Fact, Type
from ..value import DIVISION as DIVISION_CODE
from ..value import MONTH, USCC, Unfit
from .cell_dates import date, date_text, time
from .cell_numbers import binary_fraction, decimal, number_text, whole
from .cell_words import EXPECTED, Made, first_of, half_width, is_all, kept_if, not_a, said, shown
from .sources import AS_TEXT, MARK, NOTHING

TRUE, FALSE = ("true", "True", "TRUE", "是"), ("false", "False", "FALSE", "否")
EMPTY_LIST = "无"
"""How a list that holds nothing is written as text."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace())


@attrs.frozen
class Cell:
    """The cells of one column. What is not known fits, and its value is null."""

    fits: nw.Expr
    value: nw.Expr
    told: nw.Expr
    """What is wrong with what does not fit."""


def cell(column: str, dtype: nw.dtypes.DType, fact: Fact) -> Cell:
    """The cells of a column of this type, as cells of a fact.

    Raises:
        Unfit: no cell of the column can fit.
    """
    given = nw.col(column)
    if dtype == nw.Unknown:  # Polars: a column without any value
        return Cell(nw.lit(True), nw.lit(None, stored_type(fact)), nw.lit(None, nw.String))
    if dtype in (nw.Categorical, nw.Enum):
        given, dtype = given.cast(nw.String), nw.String()
    form = _form(dtype)
    if fact.type in ELEMENTS and form == "list":
        made = _elements(fact, nw.col(column + AS_TEXT), given)
    elif (fact.type, form) in _MAKERS:
        made = _MAKERS[fact.type, form](fact, given)
    else:
        raise Unfit(f"expected {EXPECTED[fact.type]}, the column holds {dtype}; {_REMEDIES[fact.type]}")
    fits, value, told = made
    return Cell(fits.fill_null(True), value, told)


def stored_type(fact: Fact) -> nw.dtypes.DType:
    """The type of a fact's column in clean tables."""
    element = ELEMENTS.get(fact.type, fact.type)
    plain = {Type.YES_NO: nw.Boolean(), Type.NUMBER: nw.Int64(), Type.MONEY: nw.Int64(), Type.DATE: nw.Date()}
    made: nw.dtypes.DType = plain.get(element, nw.String())
    return nw.List(made) if fact.type in ELEMENTS else made


_REMEDIES = {
    **dict.fromkeys((Type.TEXT, Type.MONTH, Type.DIVISION), "make it a column of texts"),
    **dict.fromkeys((Type.NUMBER, Type.MONEY), "make it a column of numbers"),
    **dict.fromkeys(ELEMENTS, "make it a column of lists, or of texts with `、` between"),
    Type.YES_NO: "make it a column of yes/no",
    Type.DATE: "make it a column of dates",
}


def _form(dtype: nw.dtypes.DType) -> str:
    if dtype.is_integer():
        return "whole"
    if dtype.is_decimal():
        return "decimal"
    if dtype.is_float():
        return "float"
    names = {nw.String: "text", nw.Boolean: "bool", nw.Date: "date", nw.Datetime: "time"}
    found = next((name for kind, name in names.items() if dtype == kind), "other")
    return "list" if isinstance(dtype, nw.List) else found


# ------------------------------------------------------------------------------------------------ yes/no, texts


def _yes_no(_fact: Fact, given: nw.Expr) -> Made:
    return given.is_null() | True, given, nw.lit(None, nw.String)


def _yes_no_text(_fact: Fact, given: nw.Expr) -> Made:
    fits = given.is_in([*TRUE, *FALSE])
    return fits, kept_if(fits, given).is_in(TRUE), not_a("yes/no", "text", given, "write true or false")


def _text(fact: Fact, given: nw.Expr) -> Made:
    filled = given.str.contains(f"[^{_BLANK}]")
    empty = (~filled, nw.lit("the text is empty; leave out what is not known"))
    if fact.uscc:
        return _uscc(given, empty)
    if fact.open_values or not fact.values:
        return filled, given, empty[1]
    known = {*fact.values, *fact.values.values()}
    told = said("`", shown(given), f"` is no value of this fact{nearest('', known)}")
    value = given
    for stored, label in fact.values.items():
        if label not in fact.values:
            value = nw.when(value == label).then(nw.lit(stored)).otherwise(value)
    return given.is_in(sorted(known)), value, first_of(empty, otherwise=told)


def _uscc(given: nw.Expr, empty: tuple[nw.Expr, nw.Expr]) -> Made:
    formed = is_all(given, USCC)
    weights = [pow(3, i, 31) for i in range(17)]
    numbers = [
        given.str.slice(i, 1).replace_strict(list(_ALPHABET), list(range(31)), default=0, return_dtype=nw.Int64)
        for i in range(18)
    ]
    rest = reduce(add, (number * weight for number, weight in zip(numbers, weights, strict=False))) % 31
    right = ((rest + numbers[17]) % 31).cast(nw.Int64) == 0
    due = rest.replace_strict(
        list(range(31)), [_ALPHABET[-r % 31] for r in range(31)], default="", return_dtype=nw.String
    )
    malformed = said(
        "`", shown(given), "` is no code of 18 digits and capital letters without I, O, S, V and Z",
        nw.when(is_all(given.str.to_uppercase(), USCC)).then(nw.lit("; write capital letters")),
    )  # fmt: skip
    mistaken = said(
        "`", given, "` has a mistake: its check character is `", given.str.slice(17, 1),
        "`, for the rest it would be `", due, "`",
    )  # fmt: skip
    return formed & right, given, first_of(empty, (~formed, malformed), otherwise=mistaken)


def _month(_fact: Fact, given: nw.Expr) -> Made:
    month = half_width(given)
    return is_all(month, MONTH), month, not_a("a month", "text", given, "write YYYY-MM")


def _division(_fact: Fact, given: nw.Expr) -> Made:
    code = half_width(given)
    return is_all(code, DIVISION_CODE), code, not_a(EXPECTED[Type.DIVISION], "text", given, "")


# -------------------------------------------------------------------------------------------------------- lists


def _list_text(fact: Fact, given: nw.Expr) -> Made:
    """A list in one text. A comma may part elements, or stand in the name of one: which is not guessed at."""
    joined = given.str.replace_all(r"\s*[、;；]\s*", MARK)
    joined = nw.when(joined == EMPTY_LIST).then(nw.lit("")).otherwise(joined)
    empty = nw.lit([], nw.List(nw.String))
    elements = nw.when(joined == "").then(empty).otherwise(joined.str.split(MARK))
    fits, value, told = _elements(fact, joined, elements)
    blank = given == ""
    cases = [(blank, nw.lit(f"the text is empty; leave out what is not known, write {EMPTY_LIST} for an empty list"))]
    if fact.type is Type.TEXTS and (fact.open_values or not fact.values):
        comma = given.str.contains("[,，]")
        cases.append(
            (comma, said("`", shown(given), "` may be one or several, as it holds a comma; write `、` between"))
        )
        fits = fits & ~comma
    return fits & ~blank, value, first_of(*cases, otherwise=told)


def _elements(fact: Fact, joined: nw.Expr, elements: nw.Expr) -> Made:
    """A list by its elements, which are looked at in one text."""
    pattern, what = _PATTERNS[fact.type](fact)
    formed = is_all(joined, rf"({pattern})({MARK}({pattern}))*") | (joined == "")
    values = kept_if(formed, elements).cast(stored_type(fact))
    twice = values.list.unique().list.len() != values.list.len()
    told = said("`", shown(joined), f"` is no list of {what}")
    again = said("`", shown(joined), "`: something is listed more than once; keep one")
    return formed & ~twice, nw.when(~twice).then(values), first_of((~formed, told), otherwise=again)


def _texts(fact: Fact) -> tuple[str, str]:
    if fact.open_values or not fact.values:
        return f"[^{MARK}{NOTHING}]*[^{_BLANK}{MARK}{NOTHING}][^{MARK}{NOTHING}]*", "texts"
    return "|".join(map(re.escape, fact.values)), f"values of this fact{nearest('', fact.values)}"


def _years(fact: Fact) -> tuple[str, str]:
    return "19[0-9]{2}|2[0-9]{3}", f"years from {fact.low} to {fact.high}"


def _months(_fact: Fact) -> tuple[str, str]:
    return MONTH, "months; write YYYY-MM"


_PATTERNS: Mapping[Type, Callable[[Fact], tuple[str, str]]] = {
    Type.TEXTS: _texts,
    Type.NUMBERS: _years,
    Type.MONTHS: _months,
}
"""What the elements of a list look like, and what they are."""

_MAKERS: Mapping[tuple[Type, str], Callable[[Fact, nw.Expr], Made]] = {
    (Type.YES_NO, "bool"): _yes_no,
    (Type.YES_NO, "text"): _yes_no_text,
    (Type.TEXT, "text"): _text,
    (Type.MONTH, "text"): _month,
    (Type.DIVISION, "text"): _division,
    (Type.DATE, "date"): date,
    (Type.DATE, "time"): time,
    (Type.DATE, "text"): date_text,
    **{(kind, "text"): number_text for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "whole"): whole for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "decimal"): decimal for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "float"): binary_fraction for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "text"): _list_text for kind in ELEMENTS},
}
"""How the cells of a column of this form become cells of a fact of this type."""
