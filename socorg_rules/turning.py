"""What turned between two days: the passing of time that made a decision another, read off the traces of both days.

Time changes a decision in two ways only: a comparison with the clock turns, or an item dated that day comes to exist.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import attrs

from .calendar import day_after
from .phrases import Lang, Speech
from .phrases_explore import EXPLORE
from .proof import facts, open_leaves
from .sentences import Sentences
from .steps import Step

CauseKind = Literal["reached", "passed", "new_month", "new_year", "appeared", "new_edition"]
DECIDING = ("reach", "force", "when", "discretion", "used", "low", "high", "credited", "due", "result")
"""The parts of a derivation that outcome, sums and missing facts hang on, in the order in which they are asked."""
COLLECTIONS = frozenset({"quantified", "fold", "pick"})


@attrs.frozen
class Cause:
    """What the passing of time did to a decision on a day.

    `kind`: a day was `reached` or `passed`, a `new_month` or a `new_year` began, an item `appeared`, or a `new_edition`
    of the pack took over. `text` and `text_en` say so. `path` is the fact that the day comes from, or the item; None
    where the document gives the day. `condition`, `label` and `clause` are the named test that it bears on, where there
    is one, and `holds` says what that test, or the comparison alone, is from this day on (None: not known).
    """

    kind: CauseKind
    text: str
    text_en: str
    path: str | None = None
    condition: str | None = None
    label: str | None = None
    clause: str | None = None
    holds: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the timeline schema."""
        return attrs.asdict(self)


def causes(before: Mapping[str, Any], after: Mapping[str, Any], day: dt.date) -> tuple[Cause, ...]:
    """What time did between the day before and `day`, from the traces of a decision on both."""
    found: list[Cause] = []
    if "each" in after:
        found += _appeared(before["each"], after["each"], None, ())
    earlier = {_item(d): d for d in before["derivations"]}
    for derivation in after["derivations"]:
        known = earlier.get(_item(derivation))
        for part in _asked(known, derivation) if known else ():
            found += _turned(known[part], derivation[part], None, day) if known and part in known else ()
    return tuple(dict.fromkeys(found))


def new_edition(name: str) -> Cause:
    """Another edition of the pack took over."""
    zh, en = (Speech(lang, EXPLORE)("new_edition", edition=name) for lang in LANGS)
    return Cause("new_edition", zh, en)


def _item(derivation: Mapping[str, Any]) -> str | None:
    path: str | None = derivation["item"]["path"] if "item" in derivation else None
    return path


def _asked(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """The parts that count on one of the two days: nothing counts after a reach or a force that fails on both."""
    for part in DECIDING:
        if part in after:
            yield part
            if part in {"reach", "force"} and before[part]["truth"] is after[part]["truth"] is False:
                return


def _known(step: Step) -> tuple[object, ...]:
    """What is known of a step, and what leaves it open."""
    ends = tuple(str(step.get(k)) for k in ("truth", "value", "low", "high", "absent"))
    return (*ends, *(leaf.name for leaf in open_leaves(step)))


def _turned(before: Step, after: Step, under: Step | None, day: dt.date) -> Iterator[Cause]:
    """The causes below a step that is not what it was."""
    if before == after or (after["node"] != "item" and _known(before) == _known(after)):
        return
    under = after if after["node"] == "condition" else under
    if after["node"] in COLLECTIONS:
        yield from _appeared(before, after, under, [after])
    below = [c for b, a in _paired(before, after) for c in _turned(b, a, under, day)]
    yield from below
    clock = _clock(after)
    if clock is not None and not below:
        yield _passing(after, clock, under, day)


def _clock(step: Step) -> Step | None:
    """The clock that a test holds something against, or that a step is."""
    if step["node"] == "clock":
        return step if step["grain"] == "year_end" else None
    parts = step.get("parts", []) if step["node"] in {"compare", "contains"} else []
    return next((p for p in parts if p["node"] == "clock"), None)


def _paired(before: Step, after: Step) -> Iterator[tuple[Step, Step]]:
    """The parts of a step on both days: items by their path, others by their place in it."""
    earlier = dict(_placed(before.get("parts", [])))
    for place, part in _placed(after.get("parts", [])):
        if place in earlier and earlier[place]["node"] == part["node"]:
            yield earlier[place], part


def _placed(parts: Iterable[Step]) -> Iterator[tuple[object, Step]]:
    for number, part in enumerate(parts):
        role = tuple(part.get(k) for k in ("role", "row", "alternative"))
        yield part["path"] if part["node"] == "item" else role if any(role) else number, part


def _appeared(before: Step, after: Step, under: Step | None, steps: Iterable[Step]) -> Iterator[Cause]:
    """The items of a collection that came to exist."""
    seen = {p["path"]: p for step in steps for p in step.get("parts", []) if p["node"] == "item"}
    for path in before["later"]:
        if path not in after["later"]:
            number, name = int(path[:-1].rpartition("[")[2]) + 1, seen.get(path, {}).get("name")

            def told(lang: Lang, number: int = number, name: object = name) -> str:
                say = Speech(lang, EXPLORE)
                nth = say("nth_named", n=number, name=name) if name else say("nth", n=number)
                return say("appeared", items=say.label(after), item=nth)

            yield _cause(
                "appeared", (told("zh"), told("en")), path, under, under["truth"] if under is not None else None
            )


def _passing(step: Step, clock: Step, under: Step | None, day: dt.date) -> Cause:
    """The turning of a comparison with the clock, or of the end of the year itself."""
    other = next((p for p in step.get("parts", []) if p is not clock), None)
    path = next((f["path"] for f in facts(other)), None) if other is not None else None
    holds = under["truth"] if under is not None else step.get("truth")
    kind = _kind(clock["grain"], other, day)
    zh, en = (_told(kind, other, day, lang) for lang in LANGS)
    return _cause(kind, (zh, en), path, under, holds)


LANGS: tuple[Lang, Lang] = ("zh", "en")


def _kind(grain: str, other: Step | None, day: dt.date) -> CauseKind:
    if grain != "day":
        return "new_month" if grain == "month" else "new_year"
    ends = {other.get(k) for k in ("value", "low", "high")} if other is not None else set()
    passed = any(e and e != "never" and day_after(dt.date.fromisoformat(e)) == day for e in ends)
    return "passed" if passed and day.isoformat() not in ends else "reached"


def _told(kind: CauseKind, other: Step | None, day: dt.date, lang: Lang) -> str:
    """The event in words; a day is told as what it is the day of."""
    threshold = Sentences(Speech(lang)).quantity(other) if other is not None else day.isoformat()
    return Speech(lang, EXPLORE)(kind, day=threshold, month=day.isoformat()[:7], year=day.year)


def _cause(kind: CauseKind, texts: tuple[str, str], path: str | None, under: Step | None, holds: bool | None) -> Cause:  # noqa: FBT001
    if under is None:
        return Cause(kind, *texts, path, holds=holds)
    return Cause(kind, *texts, path, under["id"], under["label"], under["clause"], holds)
