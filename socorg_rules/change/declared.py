"""Changes that are declared: which provisions may decide otherwise than before, for whom, and from which day on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..assess import read_day
from ..casefile import read_file
from ..decide import decide
from ..errors import CaseError, Problem, nearest
from ..expr import ALWAYS, Expr, all_of, any_of, walk
from ..pack import Pack
from ..question import Question
from ..words import AS_OF, Condition, day
from .compare import EFFORT, compare
from .comparison import Compared, Comparison
from .leaving_out import unfit, without

KEYS = ("pack", "provisions", "where", "since", "note")


@attrs.frozen(eq=False)
class Declared:
    """A change of one pack. What `provisions` decide may differ where `where` is not surely false, from `since` on.

    Without `where` it is for everybody, without `since` for every day. `place` is where it stands in its file.
    """

    provisions: tuple[str, ...]
    where: Expr = ALWAYS
    since: dt.date | None = None
    note: str = ""
    place: str = ""

    @property
    def cases(self) -> Expr:
        """The test of the cases that may differ."""
        if self.since is None:
            return self.where
        later = AS_OF >= day(self.since.isoformat())
        return later if self.where is ALWAYS else all_of(later, self.where)


@attrs.frozen(eq=False)
class Undeclared:
    """Where two texts differ and no declared change says so, in one span of days."""

    comparison: Comparison
    compared: Compared


def undeclared(
    old: Pack,
    new: Pack,
    declared: Iterable[Declared] = (),
    readings: Mapping[str, str | None] | None = None,
    effort: int = EFFORT,
    *,
    of: str | None = None,
) -> list[Undeclared]:
    """The differences between two texts that no declared change covers, each with its smallest case; those of one
    provision alone (`of`), or of all.

    Of packs with several editions, those are held against each other that are in force on the same days.

    Raises:
        CaseError: a reading is not valid.
        PackError: a declared test is about items that its provision does not decide one by one.
    """
    changes = tuple(declared)
    names = dict.fromkeys(name for pack in (old, new) for edition in pack.editions for name in edition.plans)
    left_out = {name: test for name in names if (test := _left_out(name, changes)) is not None}
    left_out |= {} if of is None else dict.fromkeys(names.keys() - {of}, ALWAYS)
    declared_names = {p for change in changes for p in change.provisions}
    return [
        Undeclared(span, compared)
        for span in compare(old, new, None, readings, effort=effort, leaving_out=left_out).spans
        for compared in span.different
        if compared.witnesses or compared.provision not in declared_names
    ]


def needless(
    old: Pack, new: Pack, declared: Iterable[Declared], asked: Iterable[tuple[Question, Question]] = ()
) -> list[tuple[Declared, str]]:
    """The declared changes, by provision, that nothing needs: without them nothing differs that is not declared.

    Of several that cover the same, the last one is needed. `asked` are cases put to both texts.
    """
    both = tuple(asked)
    kept = [attrs.evolve(change, provisions=(name,)) for change in declared for name in change.provisions]
    found: list[tuple[Declared, str]] = []
    for change in tuple(kept):
        (name,) = change.provisions
        others = [other for other in kept if other is not change]
        told_by_case = any(differently(before, after, name, others) for before, after in both)
        if not told_by_case and not undeclared(old, new, others, of=name):
            kept = others
            found.append((change, name))
    return found


def differently(before: Question, after: Question, provision: str, declared: Iterable[Declared] = ()) -> bool:
    """Whether one case is decided differently by two texts, and no declared change says that it may be.

    A provision that only one of them has is none that decides differently; `undeclared` tells of it.
    """
    texts = []
    left_out = _left_out(provision, declared)
    for question in (before, after):
        plan = question.pack.plans.get(provision)
        if plan is None or plan.root is not question.case.root or left_out is ALWAYS:
            return False
        asked = plan if left_out is None else without(plan, left_out)
        texts.append(decide(asked, question.evaluator).state())
    return texts[0] != texts[1]


def _left_out(name: str, changes: Iterable[Declared]) -> Expr | None:
    """The cases of a provision that are left out; None where none is."""
    tests = [change.cases for change in changes if name in change.provisions]
    if any(test is ALWAYS for test in tests):
        return ALWAYS
    return any_of(*tests) if tests else None


# ------------------------------------------------------------------------------------------------------ as a file


def read_declared(
    path: str | os.PathLike[str], packs: Iterable[tuple[Pack, Pack]], elsewhere: Iterable[str] = ()
) -> dict[str, list[Declared]]:
    """The changes that a file declares, by pack.

    Args:
        path: a TOML file: `[[change]]` with `pack`, `provisions`, and where they are needed `where` (ids of named
            conditions, all of which hold for those whom it concerns), `since` (a day) and `note`.
        packs: for each pack its earlier and its present text.
        elsewhere: packs whose changes may be declared there as well, and are not read.

    Raises:
        CaseError: the file is not of that form; every mistake is told, with its path in the file.
    """
    known = {new.id: (old, new) for old, new in packs}
    skipped = [name for name in elsewhere if name not in known]
    problems: list[Problem] = []
    data = read_file(os.fspath(path))
    found: dict[str, list[Declared]] = {}
    listed = data.get("change", []) if isinstance(data, Mapping) else None
    if not isinstance(listed, list) or not isinstance(data, Mapping) or data.keys() - {"change"}:
        raise CaseError(Problem("", "holds changes and nothing else, each as `[[change]]`"))
    for i, one in enumerate(listed):
        if isinstance(one, Mapping) and one.get("pack") in skipped:
            continue
        reading = _Change(f"change[{i}]", one, problems)
        pack = reading.pack(known)
        if pack is not None:
            found.setdefault(pack, []).append(reading.declared(*known[pack]))
    if problems:
        raise CaseError(problems)
    return found


class _Change:
    """One declared change of a file, and what is wrong with it."""

    def __init__(self, path: str, given: object, problems: list[Problem]) -> None:
        self._path, self._problems = path, problems
        self._given: Mapping[Any, Any] = given if isinstance(given, Mapping) else {}
        for key in self._given:
            if key not in KEYS:
                self._complain(f".{key}", f"no such key{nearest(key, KEYS)}")

    def _complain(self, at: str, message: str) -> None:
        self._problems.append(Problem(f"{self._path}{at}", message))

    def pack(self, known: Mapping[str, object]) -> str | None:
        """The pack that it is about, where that is one of those that are looked at."""
        name = self._given.get("pack")
        if isinstance(name, str) and name in known:
            return name
        self._complain(".pack", f"`{name}` is no pack of this run{nearest(name, known)}")
        return None

    def declared(self, old: Pack, new: Pack) -> Declared:
        """The change, as far as it can be read."""
        names = self._list("provisions")
        if not names:
            self._complain(".provisions", "is a list of the provisions that may differ")
        known = {p for pack in (old, new) for edition in pack.editions for p in edition.plans}
        for i, name in enumerate(names):
            if name not in known:
                self._complain(f".provisions[{i}]", f"`{new.id}` has no such provision{nearest(name, known)}")
        conditions = {**_conditions(old), **_conditions(new)}
        ids = self._list("where")
        for i, name in enumerate(ids):
            if name not in conditions:
                self._complain(f".where[{i}]", f"`{new.id}` has no condition of this id{nearest(name, conditions)}")
        tests = [conditions[name] for name in ids if name in conditions]
        where: Expr = all_of(*tests) if tests else ALWAYS
        plans = [p for pack in (old, new) for edition in pack.editions for p in edition.plans.values()]
        for i, name in enumerate(names if tests else ()):
            wrong = {told: None for p in plans if p.provision.id == name and (told := unfit(p, where))}
            for told in wrong:
                self._complain(f".provisions[{i}]", f"`{name}` {told}")
        return Declared(tuple(names), where, self._since(), str(self._given.get("note", "")), self._path)

    def _list(self, key: str) -> list[str]:
        given = self._given.get(key, [])
        if isinstance(given, list) and all(isinstance(one, str) for one in given):
            return given
        self._complain(f".{key}", "is a list of names")
        return []

    def _since(self) -> dt.date | None:
        given = self._given.get("since")
        wrong: list[Problem] = []
        found = None if given is None else read_day(given, wrong)
        for problem in wrong:
            self._complain(".since", problem.message)
        return found


def _conditions(pack: Pack) -> dict[str, Condition]:
    """The named conditions of a pack, by id; of several editions, those of the newest first of all."""
    found: dict[str, Condition] = {}
    for edition in reversed(pack.editions):
        for plan in edition.plans.values():
            for node in (n for e in plan.exprs for n in walk(e)):
                if isinstance(node, Condition):
                    found.setdefault(node.id, node)
    return found
