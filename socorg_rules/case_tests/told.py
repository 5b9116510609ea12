"""A failed test as text: what was expected, what came, and why it came, in the words of an explanation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..answer import Answer
from ..decision import Outcome
from ..errors import CaseError, Problem
from ..money import Amount
from ..phrases import Lang
from ..render import render
from .differences import Difference, differences
from .expected import Sum
from .form import CaseTest

WORDS: Mapping[str, tuple[str, str]] = {
    "differs": (
        "{place} 与预期不符（{n} 处），首先是 {first}",
        "{place} is not as expected ({n}), first {first}",
    ),
    "asked": ("{pack} {edition}，{as_of}", "{pack} {edition}, {as_of}"),
    "expected": ("预期", "expected"),
    "came": ("实得", "came"),
    "why": ("依据：", "Why:"),
    "total": ("合计", "Total"),
    "in_total": ("计入合计的", "What the total adds up"),
    "no_such": ("没有这一项；有：{items}", "no such item; there are: {items}"),
    "is_wrong": ("{place} 案例有误，没有答复", "{place}: the case is wrong, and has no answer"),
    "is_sound": ("{place} 预期案例有误，但它没有问题", "{place}: the case was expected to be wrong, and is sound"),
    "told_otherwise": (
        "{place} 案例确实有误，但指出的不是预期的",
        "{place}: the case is wrong in another way",
    ),
    "not_told": ("预期会指出，但没有指出", "expected to be told, and was not"),
    "also_told": ("指出了预期之外的", "told, and not expected"),
}


def failure(test: CaseTest, lang: Lang = "zh") -> str | None:
    """What is not as a test expects, as text; None where all is.

    Args:
        test: the test, which is asked of its pack.
        lang: the language of the headings and of the explanation; fields and values stand as in the file.
    """
    say = _Words(lang)
    asked = say("asked", pack=test.pack.id, edition=test.pack.edition, as_of=test.as_of)
    try:
        answer = test.answer()
    except CaseError as error:
        lines = list(_of_problems(test, error.problems, say))
    else:
        if test.wrong is not None:
            lines = [say("is_sound", place=test.place), *_listed(say("not_told"), test.wrong)]
        else:
            lines = list(_of_answer(test, answer, lang, say))
    return "\n".join([lines[0], asked, *lines[1:]]) if lines else None


class _Words:
    def __init__(self, lang: Lang) -> None:
        self._which = 0 if lang == "zh" else 1

    def __call__(self, key: str, **values: object) -> str:
        return WORDS[key][self._which].format(**values)


def _of_problems(test: CaseTest, problems: Iterable[Problem], say: _Words) -> Iterator[str]:
    """What was told of a case and was not to be, and the other way round."""
    told = [str(p) for p in problems]
    if test.wrong is None:
        yield from _listed(say("is_wrong", place=test.place), told)
        return
    untold = [text for text in test.wrong if not any(text in line for line in told)]
    unexpected = [line for line in told if not any(text in line for text in test.wrong)]
    if untold or unexpected:
        yield say("told_otherwise", place=test.place)
    if untold:
        yield from _listed(say("not_told"), untold)
    if unexpected:
        yield from _listed(say("also_told"), unexpected)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield title
    yield from (f"  - {line}" for line in lines)


def _of_answer(test: CaseTest, answer: Answer, lang: Lang, say: _Words) -> Iterator[str]:
    found = differences(answer, test.expected, test.total)
    if found:
        yield say("differs", place=test.place, n=len(found), first=found[0].path.removeprefix("expect."))
    by_provision: dict[str, list[Difference]] = {}
    for difference in found:
        part, name = difference.path.split(".")[:2]
        by_provision.setdefault(name if part == "expect" else "", []).append(difference)
    for name, of_it in by_provision.items():
        yield ""
        yield f"{name} {answer[name].title}（{answer[name].clause}）" if name else say("total")
        for difference in of_it:
            yield from _two_lines(difference, test.place, say)
        if not name:
            yield from _listed(say("in_total"), _added_up(answer))
            continue
        yield say("why")
        yield from (f"  {line}".rstrip() for line in render(answer[name], "text", lang, whole=False).splitlines())


def _two_lines(difference: Difference, place: str, say: _Words) -> Iterator[str]:
    yield f"  {place}.{difference.path}"
    if difference.expected == "an item":
        assert isinstance(difference.came, list)  # noqa: S101 - the paths of the items that there are
        yield f"    {say('no_such', items=', '.join(difference.came) or '[]')}"
        return
    yield f"    {say('expected')} {written(difference.expected)}"
    yield f"    {say('came')} {written(difference.came)}"


def _added_up(answer: Answer) -> Iterator[str]:
    for decision in answer.of_kind("grant"):
        if decision.outcome is Outcome.MET:
            yield f"{decision.provision} {decision.title}: {written(decision.payable)}"


def written(value: object) -> str:  # noqa: PLR0911 - one case for each kind of value
    """A value as a file of case tests writes it."""
    match value:
        case None:
            return "null"
        case Amount():
            if value.min == value.max and value.per == "once":
                return str(value.min)
            return written(value.to_dict())
        case Sum():
            ends: dict[str, object] = dict(value.ends)
            if value.per is None and ends.get("min", 0) == ends.get("max", 1):
                return str(ends["min"])
            return written({**ends, **({"per": value.per} if value.per else {})})
        case Mapping():
            return "{" + ", ".join(f"{k}: {written(v)}" for k, v in value.items()) + "}"
        case frozenset() | list():
            return "[" + ", ".join(sorted(map(written, value))) + "]"
        case bool():
            return str(value).lower()
        case Decimal() | dt.date() | str():
            return str(value)
    return str(value)
