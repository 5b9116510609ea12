"""What is wrong with the rows of a registry, in Chinese: the words of each problem that tables can have.

The engines make the words once, in English, as they do for cases; whoever shows them to people asks for these.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

EXPECTED = {
    "yes/no": "“是”或“否”",
    "text": "文字",
    "a number": "数字",
    "a sum in yuan": "金额（元）",
    "a date": "日期",
    "a month": "月份",
    "a division code of 2, 4, 6, 9 or 12 digits": "2、4、6、9 或 12 位的行政区划代码",
    "a list": "多个值",
}
REMEDIES = {
    "write true or false": "请写 是 或 否",
    "write YYYY-MM": "请写成 2022-03 的形式",
    "write YYYY-MM-DD or never": "请写成 2022-03-10 的形式；没有期限的写 never",
    "write digits, with a point before decimals": "请写数字，小数点用“.”",
    'write digits and at most two decimals, as in "1234.50"': "请写数字，至多两位小数，如 1234.50",
}
LISTS = {"texts": "文字", "values of this fact": "规定取值", "months": "月份"}
KINDS = {"text": "文字", "date with a time": "带时刻的日期", "binary fraction": "数字"}

_GIVEN = "(`(?:.|\n)*`)"
"""What was given, as it is quoted."""


def _expected(found: re.Match[str]) -> str:
    what, kind, given, _, remedy = found.groups()
    return f"应为{EXPECTED[what]}，实为{KINDS[kind]} {given}" + (f"；{REMEDIES[remedy]}" if remedy else "")


def _hint(text: str | None) -> str:
    """The known values, or the nearest ones."""
    named = "、".join(re.findall("`[^`]*`", text or ""))
    return f"；可填：{named}" if named else ""


_PATTERNS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"expected ({'|'.join(map(re.escape, EXPECTED))}), got ({'|'.join(KINDS)}) {_GIVEN}(; (.*))?", _expected),
    ("the text is empty; leave out what is not known", "内容为空白；不知道的请留空"),
    (
        "the text is empty; leave out what is not known, write 无 for an empty list",
        "内容为空白；不知道的请留空，没有的写“无”",
    ),
    (rf"{_GIVEN} is no value of this fact(; .*)?", lambda m: f"{m[1]} 不是规定的取值{_hint(m[2])}"),
    (
        f"{_GIVEN} is no code of 18 digits and capital letters without I, O, S, V and Z(; write capital letters)?",
        lambda m: (
            f"{m[1]} 不是 18 位统一社会信用代码（数字和大写字母，不含 I、O、S、V、Z）{'；请用大写字母' if m[2] else ''}"
        ),
    ),
    (
        "`(.*)` has a mistake: its check character is `(.)`, for the rest it would be `(.)`",
        r"`\1` 有误：校验码为 `\2`，按前 17 位应为 `\3`",
    ),
    (rf"{_GIVEN} is no day of the calendar", r"\1 不是历法上有的日子"),
    (rf"{_GIVEN} is no real date; write `never` for what has none", r"\1 不是真实日期；没有期限的写 `never`"),
    (rf"{_GIVEN} is not between the years (\d+) and (\d+)", r"\1 不在 \2 年至 \3 年之间"),
    (rf"{_GIVEN} counts in 万 or 亿; .*", r"\1 以万或亿计；请写出全部数字，如 10万 写成 100000"),
    (rf"{_GIVEN} is (\d+) or more, and tables hold less", r"\1 达到或超过表格所能容纳的 \2"),
    (rf"{_GIVEN} is finer than a fen; write at most two decimals", r"\1 精确到分以下；至多写两位小数"),
    (rf"{_GIVEN} is no whole number", r"\1 不是整数"),
    (rf"{_GIVEN} has more than (\d+) decimals, and tables hold no more", r"\1 超过 \2 位小数"),
    (rf"{_GIVEN} is less than (.*), the least it can be", r"\1 小于下限 \2"),
    (rf"{_GIVEN} is more than (.*), the most it can be", r"\1 大于上限 \2"),
    (rf"{_GIVEN} is no list of years from (.*) to (.*)", r"\1 应为若干年份（\2 至 \3），中间用“、”隔开"),
    (
        rf"{_GIVEN} is no list of ({'|'.join(LISTS)})(; .*)?",
        lambda m: (
            f"{m[1]} 应为若干{LISTS[m[2]]}，中间用“、”隔开"
            + ("；请写成 2022-03 的形式" if m[2] == "months" else _hint(m[3]))
        ),
    ),
    (
        rf"{_GIVEN} may be one or several, as it holds a comma; .*",
        r"\1 含逗号，看不出是一项还是多项；多项请用“、”隔开",
    ),
    (rf"{_GIVEN}: something is listed more than once; keep one", r"\1 有重复；请只留一个"),
    (
        r"the row has no key; write it in `(.*?)`(?:, in row (\d+) below the headings)?",
        lambda m: (f"表头下第 {m[2]} 行" if m[2] else "此行") + f"没有编号；请写在 `{m[1]}` 列",
    ),
    (
        r"the row does not say which item it belongs to; write its id in `(.*)`",
        r"此行没有写明属于哪一项；请在 `\1` 列写该项的编号",
    ),
    (r"no item of `(.*?)` has the id `(.*)`", r"表 `\1` 中没有编号为 `\2` 的项"),
    (r"no row of `(.*?)` has the key `(.*)`", r"表 `\1` 中没有编号为 `\2` 的行"),
    (rf"{_GIVEN} is the key of more than one row; keep one", r"编号 \1 出现不止一次；请只留一行"),
    (r"(`.*`) is already the id of (.*)", r"编号 \1 已用于 \2"),
    (
        "two items come equally (?:first|last) by `(.*)`, and the rules ask for the (first|last) one; .*",
        lambda m: f"有两项的 `{m[1]}` 相同，而政策要取{'最早' if m[2] == 'first' else '最后'}的一项；请更正或删去一项",
    ),
    (
        "other facts of the case make it something else; correct one of the two",
        "与其他事实推出的不一致；请更正其中之一",
    ),
    ("a provision that pays nothing is named; name the grant that was paid", "所填条款不发放资金；请填所发资助的条款"),
    ("no provision of a known pack is named", "所填条款不在任何已知的政策包中"),
    ("names no id, name or grade in (`.*`)", r"在 \1 中找不到这一编号、名称或等级"),
    (
        "names several items of (`.*`); give each an `id`, and write that here",
        r"在 \1 中对应不止一项；请给每项写 `id`，并填在此处",
    ),
)
_COMPILED = [(re.compile(pattern, re.DOTALL), told) for pattern, told in _PATTERNS]


def in_chinese(problem: str) -> str:
    """The words of a problem in Chinese; as they are where there are none.

    >>> in_chinese("`2023-02-30` is no day of the calendar")
    '`2023-02-30` 不是历法上有的日子'
    """
    for pattern, told in _COMPILED:
        found = pattern.fullmatch(problem)
        if found:
            return told(found) if callable(told) else found.expand(told)
    return problem


def problems_in(problems: pl.DataFrame, lang: str) -> pl.DataFrame:
    """The problems of a registry in a language, `zh` or `en`."""
    if lang == "en":
        return problems
    return problems.with_columns(pl.col("problem").map_elements(in_chinese, return_dtype=pl.String))
