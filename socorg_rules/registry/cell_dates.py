"""Cells that hold a day: dates, times of midnight, and texts in the forms that spreadsheets and officials write."""

from __future__ import annotations

import datetime as dt

import narwhals as nw

from ..calendar import NEVER
from ..facts import Fact
from ..value import DAY, FIRST_YEAR, LAST_YEAR
from .cell_words import Made, first_of, half_width, is_all, kept_if, not_a, said, shown

_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|(20|24|28)00)"
_REAL_DAY = (
    r"[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    rf"|{_LEAP}-02-29"
)
"""Any day of the calendar from 1800 to 2999."""


def date(_fact: Fact, given: nw.Expr) -> Made:
    """A day."""
    known = given.is_between(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)) | (given == NEVER)
    return known, given, said("`", given.cast(nw.String), f"` is not between the years {FIRST_YEAR} and {LAST_YEAR}")


def time(fact: Fact, given: nw.Expr) -> Made:
    """A time, which has to be midnight."""
    midnight = given.dt.truncate("1d") == given
    known, day, told = date(fact, given.dt.date())
    return midnight & known, day, first_of((~midnight, not_a("a date", "date with a time", given, "")), otherwise=told)


def date_text(_fact: Fact, given: nw.Expr) -> Made:
    """A day as text: year, month and day in this order, between one kind of sign, with or without zeros before."""
    plain = half_width(given).str.replace_all(r"[ T]00:00:00(\.0+)?\z", "")  # as a workbook gives a day
    day = nw.when(is_all(plain, _WRITTEN)).then(_dashed(plain)).otherwise(plain)
    formed = is_all(day, DAY)
    real = formed & is_all(day, _REAL_DAY)
    fits = real | (day == "never")
    value = nw.when(day == "never").then(nw.lit(NEVER)).otherwise(kept_if(real, day).str.to_date("%Y-%m-%d"))
    told = first_of(
        (formed, said("`", shown(given), "` is no day of the calendar")),
        (day == str(NEVER), said("`", day, "` is no real date; write `never` for what has none")),
        (
            is_all(day, _REAL_DAY),
            said("`", day, f"` is not between the years {FIRST_YEAR} and {LAST_YEAR}"),
        ),
        otherwise=not_a("a date", "text", given, "write YYYY-MM-DD or never"),
    )
    return fits, value, told


_WRITTEN = (
    r"[0-9]{4}(-[0-9]{1,2}-[0-9]{1,2}|/[0-9]{1,2}/[0-9]{1,2}|\.[0-9]{1,2}\.[0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"
)
"""A day in one of the forms that leave no doubt which part is what."""


def _dashed(written: nw.Expr) -> nw.Expr:
    """Such a day as `YYYY-MM-DD`."""
    dashed = written.str.replace_all("日", "", literal=True).str.replace_all("[/.年月]", "-")
    parts = (dashed.str.replace_all(rest, "") for rest in (r"^[0-9]{4}-|-[0-9]+\z", r"^.*-"))
    two = (nw.concat_str(nw.lit("0"), part).str.tail(2) for part in parts)
    return nw.concat_str(dashed.str.slice(0, 4), *two, separator="-")
