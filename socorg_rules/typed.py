"""What people write for a value, turned into what the reader of cases takes: 是, 3A、4A, 1,000 or true."""

from __future__ import annotations

import re

from .errors import CaseError, Problem, nearest
from .facts import ELEMENTS, Fact, Type

YES = ("是", "有", "对", "yes", "y", "true")
NO = ("否", "没有", "不", "不是", "无", "no", "n", "false")
NOTHING = ("无", "没有", "none")
NEVER = ("从无", "从未", "never")
_BETWEEN = re.compile(r"\s*[、，,;；]\s*|\s+")


def typed(fact: Fact, given: object, path: str) -> object:
    """The value that a text stands for; anything but text is left as it is. Whether the fact can hold it is said later.

    Raises:
        CaseError: it is neither yes nor no where that is asked for.

    >>> from socorg_rules.facts import Fact, Type
    >>> typed(Fact("在孵", Type.YES_NO), "是", ""), typed(Fact("资金", Type.MONEY, unit="元"), "30,000 元", "")
    (True, '30000')
    """
    if not isinstance(given, str):
        return given
    text = given.strip()
    if fact.type is Type.YES_NO:
        return _yes_no(text, path)
    if fact.type in ELEMENTS:
        return [] if text in NOTHING else [_plain(fact, part) for part in _BETWEEN.split(text) if part]
    return _plain(fact, text)


def _yes_no(text: str, path: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise CaseError(Problem(path, f"`{text}` is neither yes nor no{nearest(text, ('是', '否', 'yes', 'no'))}"))
    return text.lower() in YES


def _plain(fact: Fact, text: str) -> object:
    kind = ELEMENTS.get(fact.type, fact.type)
    if kind in {Type.NUMBER, Type.MONEY}:
        bare = re.sub(rf"\s*({re.escape(fact.unit)}|yuan)$", "", text) if fact.unit else text
        return re.sub(r"(?<=\d)[,，](?=\d{3})", "", bare)
    if kind is Type.DATE:
        return "never" if text in NEVER else _iso(text, r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?")
    return _iso(text, r"(\d{4})[年/.-](\d{1,2})月?") if kind is Type.MONTH else text


def _iso(text: str, pattern: str) -> str:
    found = re.fullmatch(pattern, text)
    return "-".join(part.zfill(2) for part in found.groups()) if found else text
