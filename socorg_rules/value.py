"""Reading one value of a fact, and writing it back. Nothing is rounded, completed or guessed.

The patterns are in the syntax that Python and JSON Schema share; `schema_facts` publishes them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from .calendar import NEVER, parse_day
from .errors import nearest
from .facts import ELEMENTS, Fact, Type
from .money import Number, to_yuan

MONEY = r"[0-9]{1,15}(\.[0-9]{1,2})?"
NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,12})?"
DAY = r"(1[89]|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
MONTH = r"(1[89]|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])"
DIVISION = r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}"
USCC = r"[0-9A-HJ-NPQRTUWXY]{18}"

LIMIT = 10**15
"""Numbers and sums of yuan stay below it, which keeps every sum of them exact in any data format."""

FIRST_YEAR, LAST_YEAR = 1800, 2999
"""Days outside these years are taken for slips of the pen."""

_DECIMALS = 12
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHOWN = 60


class Unfit(ValueError):  # noqa: N818 - not an error of its own: a `Problem` without its place
    """A value that its fact cannot hold. The text says what was given, what was expected and what to write instead."""


def shown(given: object) -> str:
    """What was given, on one line and not too long for a message."""
    try:
        text = str(given)
    except ValueError:  # Python refuses to write integers of thousands of digits
        return "a number of thousands of digits"
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def expected(what: str, given: object, remedy: str = "") -> Unfit:
    """The complaint about a value of the wrong kind."""
    return Unfit(f"expected {what}, got {_described(given)}" + (f"; {remedy}" if remedy else ""))


def read_value(fact: Fact, given: object) -> object:
    """The stored form of one value, or of one element of a list of texts or numbers.

    Money becomes whole fen, a number an `int` or `Fraction`, a date a `datetime.date`, a Chinese label its value.

    Raises:
        Unfit: the fact cannot hold the value.
    """
    return _READERS[ELEMENTS.get(fact.type, fact.type)](fact, given)


def write_value(fact: Fact, stored: object) -> object:
    """A stored value as plain data, which `read_value` takes back to the same value."""
    if isinstance(stored, tuple):
        return [write_value(fact, one) for one in stored]
    if isinstance(stored, dt.date):
        return "never" if stored == NEVER else stored.isoformat()
    if fact.type is Type.MONEY and isinstance(stored, int):
        return str(to_yuan(stored))
    if isinstance(stored, Fraction):
        with localcontext(prec=40):  # more digits than `read_value` lets in
            return f"{Decimal(stored.numerator) / stored.denominator:f}"
    return stored


def uscc_check_character(code: str) -> str:
    """The 18th character that GB 32100-2015 gives to the first 17 of a unified social credit code.

    >>> uscc_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_USCC_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _USCC_ALPHABET[-total % 31]


_KINDS: Sequence[tuple[type | tuple[type, ...], str]] = (
    (type(None), "nothing"),
    (bool, "yes/no"),
    (str, "text"),
    ((int, Decimal), "number"),
    (float, "binary fraction"),
    (dt.datetime, "date with a time"),
    (dt.date, "date"),
    (dt.time, "time of day"),
    (Mapping, "an object"),
    ((list, tuple), "a list"),
)
"""What values of every kind are called, the narrower kind first."""


def _described(given: object) -> str:
    """A value of any kind in the words of whoever wrote it."""
    declared = getattr(type(given), "__entity_type__", None)
    if declared:
        return f"the entity `{declared.name}`"
    kind = next((word for types, word in _KINDS if isinstance(given, types)), "a value of another kind")
    if kind == "yes/no":
        return f"{kind} `{str(given).lower()}`"
    return kind if kind.startswith(("a ", "an ", "nothing")) else f"{kind} `{shown(given)}`"


def _yes_no(_fact: Fact, given: object) -> bool:
    if not isinstance(given, bool):
        raise expected("yes/no", given, "write true or false")
    return given


def _text(fact: Fact, given: object) -> str:
    if not isinstance(given, str):
        quotable = isinstance(given, int | Decimal | dt.date)
        raise expected("text", given, "write it in quotes" if quotable else "")
    if not given.strip():
        raise Unfit("the text is empty; leave out what is not known")
    if fact.values and not fact.open_values:
        by_label = {label: value for value, label in fact.values.items()}
        if given not in fact.values and given not in by_label:
            raise Unfit(f"`{shown(given)}` is no value of this fact{nearest(given, {*fact.values, *by_label})}")
        return given if given in fact.values else by_label[given]
    if any("\ud800" <= c <= "\udfff" for c in given):
        raise Unfit(f"`{shown(given)}` holds half a character; write the whole one")
    return _uscc(given) if fact.uscc else given


def _uscc(given: str) -> str:
    if not re.fullmatch(USCC, given):
        small = "; write capital letters" if re.fullmatch(USCC, given.upper()) else ""
        raise Unfit(f"`{shown(given)}` is no code of 18 digits and capital letters without I, O, S, V and Z{small}")
    right = uscc_check_character(given)
    if given[-1] != right:
        raise Unfit(
            f"`{given}` has a mistake: its check character is `{given[-1]}`, for the rest it would be `{right}`"
        )
    return given


def _exact(given: object, what: str, pattern: str, remedy: str) -> Number:
    """A number as it was written. Everything that only resembles one is refused."""
    value: Number
    match given:
        case bool():
            raise expected(what, given)
        case int():
            value = int(given)
        case Decimal():
            if not given.is_finite():
                raise expected(what, given, remedy)
            # An exponent of a billion would fill the memory as a fraction.
            if given and not (given.adjusted() < len(str(LIMIT)) and _exponent(given) >= -3 * _DECIMALS):
                raise Unfit(f"`{shown(given)}` has too many digits; {remedy}")
            value = Fraction(given) if given else Fraction(0)
        case float() if math.isfinite(given):
            raise expected(what, given, f'a binary fraction is not exact: write it in quotes, "{given!r}"')
        case str() if re.fullmatch(pattern, given):
            value = Fraction(given)
        case _:
            raise expected(what, given, remedy)
    if not -LIMIT < value < LIMIT:
        raise Unfit(f"`{shown(given)}` has more than 15 digits before the point")
    return value


def _exponent(given: Decimal) -> int:
    exponent = given.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - only NaN and infinity have letters there
    return exponent


def _within(fact: Fact, value: Number, given: object) -> None:
    unit = f" {fact.unit}" if fact.unit else ""
    if fact.low is not None and value < fact.low:
        raise Unfit(f"`{shown(given)}` is less than {fact.low}{unit}, the least it can be")
    if fact.high is not None and value > fact.high:
        raise Unfit(f"`{shown(given)}` is more than {fact.high}{unit}, the most it can be")


def _number(fact: Fact, given: object) -> Number:
    value = _exact(given, "a number", NUMBER, "write digits, with a point before decimals")
    if (value * 10**_DECIMALS).denominator != 1:
        raise Unfit(f"`{shown(given)}` has more than {_DECIMALS} decimals")
    if fact.whole and value.denominator != 1:
        raise Unfit(f"`{shown(given)}` is no whole number")
    _within(fact, value, given)
    return value.numerator if value.denominator == 1 else value


def _money(fact: Fact, given: object) -> int:
    value = _exact(given, "a sum in yuan", MONEY, 'write digits and at most two decimals, as in "1234.50"')
    _within(fact, value, given)
    fen = value * 100
    if fen.denominator != 1:
        raise Unfit(f"`{shown(given)}` is finer than a fen; write at most two decimals")
    return fen.numerator


def _date(_fact: Fact, given: object) -> dt.date:
    if isinstance(given, str):
        if given == "never":
            return NEVER
        day = parse_day(given)
        if day is None and re.fullmatch(DAY, given):
            raise Unfit(f"`{given}` is no day of the calendar")
        if day == NEVER:
            raise Unfit(f"`{given}` is no real date; write `never` for what has none")
    else:
        day = given if isinstance(given, dt.date) and not isinstance(given, dt.datetime) else None
    if day is None:
        raise expected("a date", given, "write YYYY-MM-DD or never")
    if day != NEVER and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unfit(f"`{day}` is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _month(_fact: Fact, given: object) -> str:
    if not (isinstance(given, str) and re.fullmatch(MONTH, given)):
        raise expected("a month", given, "write YYYY-MM")
    return given


def _division(_fact: Fact, given: object) -> str:
    if isinstance(given, str) and re.fullmatch(DIVISION, given):
        return given
    is_number = isinstance(given, int) and not isinstance(given, bool)
    raise expected(
        "a division code of 2, 4, 6, 9 or 12 digits",
        given,
        f'write it in quotes, "{shown(given)}"' if is_number else "",
    )


_READERS: Mapping[Type, Callable[[Fact, object], object]] = {
    Type.YES_NO: _yes_no,
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.MONEY: _money,
    Type.DATE: _date,
    Type.MONTH: _month,
    Type.DIVISION: _division,
}
