"""One cell of a table as expressions: whether it fits its fact, the value it then has, and what is wrong otherwise.

What fits is what `value.read_value` takes, told in the same words. What only tables have is read as well: binary
fractions that are exact, days with midnight as their time, 是 and 否, and lists written as text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, and_

import attrs
import narwhals as nw

from ..calendar import NEVER
from ..errors import nearest
from ..facts import ELEMENTS, Fact, Type
from ..value import DAY, FIRST_YEAR, LAST_YEAR, MONEY, MONTH, USCC, Unfit
from ..value import DIVISION as DIVISION_CODE
from ..value import NUMBER as NUMBER_TEXT
from .clean import DECIMALS, MOST_FEN, MOST_NUMBER
from .sources import AS_TEXT, MARK, NOTHING

TRUE, FALSE = ("true", "True", "TRUE", "是"), ("false", "False", "FALSE", "否")
EMPTY_LIST = "无"
"""How a list that holds nothing is written as text."""

_SHOWN = 60
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|(20|24|28)00)"
_REAL_DAY = (
    r"[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    rf"|{_LEAP}-02-29"
)
"""Any day of the calendar from 1800 to 2999."""


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
        raise Unfit(f"expected {_EXPECTED[fact.type]}, the column holds {dtype}; {_REMEDIES[fact.type]}")
    fits, value, told = made
    return Cell(fits.fill_null(True), value, told)


def stored_type(fact: Fact) -> nw.dtypes.DType:
    """The type of a fact's column in clean tables."""
    element = ELEMENTS.get(fact.type, fact.type)
    plain = {Type.YES_NO: nw.Boolean(), Type.NUMBER: nw.Int64(), Type.MONEY: nw.Int64(), Type.DATE: nw.Date()}
    made: nw.dtypes.DType = plain.get(element, nw.String())
    return nw.List(made) if fact.type in ELEMENTS else made


Made = tuple[nw.Expr, nw.Expr, nw.Expr]
"""What fits, its value, and what is told of what does not fit."""

_EXPECTED = {
    Type.YES_NO: "yes/no",
    Type.TEXT: "text",
    Type.NUMBER: "a number",
    Type.MONEY: "a sum in yuan",
    Type.DATE: "a date",
    Type.MONTH: "a month",
    Type.DIVISION: "a division code of 2, 4, 6, 9 or 12 digits",
    **dict.fromkeys(ELEMENTS, "a list"),
}
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


# ----------------------------------------------------------------------------------------------------- messages


def said(*parts: nw.Expr | str) -> nw.Expr:
    """A message of fixed words and expressions."""
    return nw.concat_str([nw.lit(p) if isinstance(p, str) else p for p in parts], ignore_nulls=True)


def shown(given: nw.Expr) -> nw.Expr:
    """A value in a message: on one line and not too long."""
    text = given.cast(nw.String)
    for ugly, plain in (("\n", r"\n"), ("\r", r"\r"), ("\t", r"\t"), (MARK, "、"), (NOTHING, " ")):
        text = text.str.replace_all(ugly, plain, literal=True)
    return said(text.str.slice(0, _SHOWN), nw.when(text.str.len_chars() > _SHOWN).then(nw.lit("…")))


def _first(*cases: tuple[nw.Expr, nw.Expr], otherwise: nw.Expr) -> nw.Expr:
    """The message of the first of these cases that is so."""
    return reduce(lambda rest, case: nw.when(case[0]).then(case[1]).otherwise(rest), reversed(cases), otherwise)


def _not(what: str, kind: str, given: nw.Expr, remedy: str) -> nw.Expr:
    return said(f"expected {what}, got {kind} `", shown(given), f"`; {remedy}" if remedy else "`")


def _kept(fits: nw.Expr, given: nw.Expr) -> nw.Expr:
    """What fits, else null: nothing else is to reach a conversion, in whatever order a database works."""
    return nw.when(fits).then(given)


def _whole_text(given: nw.Expr, pattern: str) -> nw.Expr:
    return given.str.contains(rf"^({pattern})\z")


# ------------------------------------------------------------------------------------------------ yes/no, texts


def _yes_no(_fact: Fact, given: nw.Expr) -> Made:
    return given.is_null() | True, given, nw.lit(None, nw.String)


def _yes_no_text(_fact: Fact, given: nw.Expr) -> Made:
    fits = given.is_in([*TRUE, *FALSE])
    return fits, _kept(fits, given).is_in(TRUE), _not("yes/no", "text", given, "write true or false")


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
    return given.is_in(sorted(known)), value, _first(empty, otherwise=told)


def _uscc(given: nw.Expr, empty: tuple[nw.Expr, nw.Expr]) -> Made:
    formed = _whole_text(given, USCC)
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
        nw.when(_whole_text(given.str.to_uppercase(), USCC)).then(nw.lit("; write capital letters")),
    )  # fmt: skip
    mistaken = said(
        "`", given, "` has a mistake: its check character is `", given.str.slice(17, 1),
        "`, for the rest it would be `", due, "`",
    )  # fmt: skip
    return formed & right, given, _first(empty, (~formed, malformed), otherwise=mistaken)


def _month(_fact: Fact, given: nw.Expr) -> Made:
    return _whole_text(given, MONTH), given, _not("a month", "text", given, "write YYYY-MM")


def _division(_fact: Fact, given: nw.Expr) -> Made:
    return _whole_text(given, DIVISION_CODE), given, _not(_EXPECTED[Type.DIVISION], "text", given, "")


# -------------------------------------------------------------------------------------------------------- dates


def _date(_fact: Fact, given: nw.Expr) -> Made:
    known = given.is_between(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)) | (given == NEVER)
    return known, given, said("`", given.cast(nw.String), f"` is not between the years {FIRST_YEAR} and {LAST_YEAR}")


def _time(fact: Fact, given: nw.Expr) -> Made:
    midnight = given.dt.truncate("1d") == given
    known, day, told = _date(fact, given.dt.date())
    return midnight & known, day, _first((~midnight, _not("a date", "date with a time", given, "")), otherwise=told)


def _date_text(_fact: Fact, given: nw.Expr) -> Made:
    day = given.str.replace_all(r" 00:00:00\z", "")  # as a workbook gives a day
    formed = _whole_text(day, DAY)
    real = formed & _whole_text(day, _REAL_DAY)
    fits = real | (day == "never")
    value = nw.when(day == "never").then(nw.lit(NEVER)).otherwise(_kept(real, day).str.to_date("%Y-%m-%d"))
    told = _first(
        (formed, said("`", shown(given), "` is no day of the calendar")),
        (day == str(NEVER), said("`", day, "` is no real date; write `never` for what has none")),
        (
            _whole_text(day, _REAL_DAY),
            said("`", day, f"` is not between the years {FIRST_YEAR} and {LAST_YEAR}"),
        ),
        otherwise=_not("a date", "text", given, "write YYYY-MM-DD or never"),
    )
    return fits, value, told


# ------------------------------------------------------------------------------------------------------ numbers

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
    return _none_of(wrong), value, _first(*wrong, otherwise=nw.lit(None, nw.String))


def _none_of(wrong: _Wrong) -> nw.Expr:
    return reduce(and_, (~test for test, _ in wrong))


def _whole(fact: Fact, given: nw.Expr) -> Made:
    wrong = _size(fact, given, given)
    return _number(fact, given, wrong, _kept(_none_of(wrong), given).cast(nw.Int64) * 10 ** _places(fact))


def _number_text(fact: Fact, given: nw.Expr) -> Made:
    places = _places(fact)
    pattern = MONEY if fact.type is Type.MONEY else NUMBER_TEXT
    formed = _whole_text(given, pattern)
    wrong = [(~formed, _not(_EXPECTED[fact.type], "text", given, _WRITE[fact.type]))]
    text = _kept(formed, given)
    units = text.str.replace_all(r"\..*\z", "").cast(nw.Int64)
    wrong += _size(fact, units, given)
    wrong += _finer(fact, text.str.contains(rf"\.[0-9]{{{places}}}[0-9]*[1-9]"), given)
    value = _kept(_none_of(wrong), units) * 10**places
    if places:
        decimals = nw.concat_str([text.str.replace_all(r"^[^.]*\.?", ""), nw.lit("0" * places)])
        rest = decimals.str.slice(0, places).cast(nw.Int64)
        value = nw.when(text.str.starts_with("-")).then(value - rest).otherwise(value + rest)
    return _number(fact, given, wrong, value)


def _decimal(fact: Fact, given: nw.Expr) -> Made:
    wrong = _size(fact, given, given)
    known = _kept(_none_of(wrong), given)
    rounded = known.cast(nw.Decimal(38, _places(fact)))
    wrong += _finer(fact, rounded != known, given)
    return _number(fact, given, wrong, (rounded * 10 ** _places(fact)).cast(nw.Int64))


def _float(fact: Fact, given: nw.Expr) -> Made:
    """A binary fraction that is a short decimal number, but for what binary fractions cannot express.

    Its whole part is exact; the rest is held against the nearest part of a unit: within a millionth of a yuan for
    money, a hundredth of the last decimal for other numbers.
    """
    finite = given.is_finite()
    name = nw.when(given.is_nan()).then(nw.lit("nan")).otherwise(nw.lit("inf"))
    wrong = [(~finite, _not(_EXPECTED[fact.type], "binary fraction", name, _WRITE[fact.type]))]
    wrong += _size(fact, _kept(finite, given), given)
    known, parts = _kept(_none_of(wrong), given), 10 ** _places(fact)
    units = known.floor()
    rest = (known - units) * parts
    near = rest.round(0)
    within = 1e-4 if fact.type is Type.MONEY else 0.0 if fact.whole else 1e-2
    wrong += _finer(fact, (rest - near).abs() > within, given)
    return _number(fact, given, wrong, units.cast(nw.Int64) * parts + near.cast(nw.Int64))


# -------------------------------------------------------------------------------------------------------- lists


def _list_text(fact: Fact, given: nw.Expr) -> Made:
    joined = given.str.replace_all(r"\s*[、;；]\s*", MARK)
    joined = nw.when(joined == EMPTY_LIST).then(nw.lit("")).otherwise(joined)
    empty = nw.lit([], nw.List(nw.String))
    elements = nw.when(joined == "").then(empty).otherwise(joined.str.split(MARK))
    fits, value, told = _elements(fact, joined, elements)
    blank = given == ""
    return fits & ~blank, value, _first(
        (blank, nw.lit(f"the text is empty; leave out what is not known, write {EMPTY_LIST} for an empty list")),
        otherwise=told,
    )  # fmt: skip


def _elements(fact: Fact, joined: nw.Expr, elements: nw.Expr) -> Made:
    """A list by its elements, which are looked at in one text."""
    pattern, what = _PATTERNS[fact.type](fact)
    formed = _whole_text(joined, rf"({pattern})({MARK}({pattern}))*") | (joined == "")
    values = _kept(formed, elements).cast(stored_type(fact))
    twice = values.list.unique().list.len() != values.list.len()
    told = said("`", shown(joined), f"` is no list of {what}")
    again = said("`", shown(joined), "`: something is listed more than once; keep one")
    return formed & ~twice, nw.when(~twice).then(values), _first((~formed, told), otherwise=again)


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
    (Type.DATE, "date"): _date,
    (Type.DATE, "time"): _time,
    (Type.DATE, "text"): _date_text,
    **{(kind, "text"): _number_text for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "whole"): _whole for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "decimal"): _decimal for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "float"): _float for kind in (Type.NUMBER, Type.MONEY)},
    **{(kind, "text"): _list_text for kind in ELEMENTS},
}
"""How the cells of a column of this form become cells of a fact of this type."""
