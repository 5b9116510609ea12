"""What one case would get in several places: every pack's answer, each as if the case stood in that pack's place."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from .answer import Answers
from .assess import answer_to, questions
from .case import Case
from .division import lies_within
from .facts import Fact, Record, Type
from .load import packs
from .pack import Pack
from .question import Question

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang


class PackComparison(Answers):
    """The answers of several packs about one case. `explain` shows them side by side, by kind of provision.

    An answer for a case that was moved says so: `answer.question.moved_to`, and `moved_to` in plain data.
    """

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - no derivations
        """An overview, then a table for each kind of provision."""
        from .side_by_side import side_by_side  # noqa: PLC0415 - what is not shown costs nothing

        return side_by_side(self, lang)


def compare_packs(
    case: object,
    packs_: str | Pack | Iterable[str | Pack] | None = None,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    engine: str | None = None,
) -> PackComparison:
    """Decide a case under several packs, under each as if it stood in the pack's place.

    Nearly everything in a pack applies to its own place alone, so a case from elsewhere is moved: its root entity's
    division becomes the first of the pack's `divisions`. Every other fact stays as it is, also where offices, projects
    and honours are. A case that lies within the pack's place is not moved, nor one whose pack or root entity has none.

    Args:
        case: as for `assess`.
        packs_: an id, the path of a pack file, a `Pack`, or several of these; every installed pack that has provisions
            about the root entity where left out.
        as_of: as for `assess`.
        readings: as for `assess` with several packs.
        engine: as for `assess`.

    Raises:
        CaseError: as for `assess`; also where no pack has a provision about the root entity.
        PackError: a pack is not found or has mistakes; so has an installed one, where none is named.

    >>> case = {"organization": {"status": "registered", "division": "310110", "established_on": "2022-03-10"}}
    >>> both = compare_packs(case, ["hainan", "yangpu"], "2023-06-01")
    >>> {pack: (answer.question.moved_to, len(answer.of_kind("grant"))) for pack, answer in both.items()}
    {'hainan': ('460000', 2), 'yangpu': (None, 11)}
    """
    if packs_ is None:
        named: Iterable[str | Pack] = packs()
    else:
        named = [packs_] if isinstance(packs_, str | os.PathLike | Pack) else packs_
    asked = questions(case, named, as_of, readings, engine)
    if packs_ is None:
        asked = [q for q in asked if q.case.root in q.pack.roots]
    return PackComparison({q.pack.id: answer_to(moved(q)) for q in asked})


def moved(question: Question) -> Question:
    """The same question with its case in the pack's place, where it does not lie there already."""
    case, there = question.case, question.pack.divisions
    fact = _division(case)
    if fact is None or not there:
        return question
    stands = case.record.values.get(fact.name)
    if stands is not None and lies_within(stands, there):
        return question
    record = Record(case.record.type, {**case.record.values, fact.name: there[0]})
    return attrs.evolve(question, case=Case(case.root, record, case.own), moved_to=there[0])


def _division(case: Case) -> Fact | None:
    """The fact that says where a root entity stands."""
    return next((f for f in case.root.facts.values() if f.type is Type.DIVISION), None)
