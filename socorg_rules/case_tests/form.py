"""Reading a file of case tests: one pack, one case, and for each test what is changed in it and what is expected.

Everything that is wrong with a file is told at once, each mistake with its path and the nearest right word.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from ..answer import Answer
from ..assess import answer_to, questions
from ..casefile import Fields, read_file
from ..errors import CaseError, PackError, Problem, nearest
from ..facts import EntityType
from ..load import file_of, load_pack
from ..pack import Pack
from ..plan import Plan
from ..question import Question
from .changed import changed
from .differences import Expected
from .expected import FIELDS, PERS, REPEATED, Asked, ExpectationError, payees, read_sum

OF_A_FILE = ("pack", "as_of", "readings", "case", "tests")
OF_A_TEST = ("name", "as_of", "readings", "change", "expect", "total", "wrong")

Data = Mapping[Any, Any]
Asking = Callable[[object], list[Question]]
"""A case as a question to the pack of the file."""


@attrs.frozen(eq=False)
class CaseTest:
    """A question, and what is expected of its answer.

    `place` is where the test stands in its file (`tests[2]`), `pack_file` the file of its pack. `expected` holds what
    is expected of each provision, `total` of the sums; `wrong` the texts of what must be told to be wrong with the
    case, None where it is sound.
    """

    name: str
    place: str
    pack: Pack = attrs.field(repr=False)
    pack_file: Path = attrs.field(repr=False)
    case: Data = attrs.field(repr=False)
    as_of: str
    readings: Mapping[str, str | None]
    expected: Mapping[str, Expected] = attrs.field(factory=dict, repr=False)
    total: Expected | None = None
    wrong: tuple[str, ...] | None = None

    def answer(self, pack: Pack | None = None) -> Answer:
        """What the pack answers; `pack` is another edition of it to ask instead.

        Raises:
            CaseError: the case is wrong.
        """
        (question,) = questions(self.case, [pack or self.pack], self.as_of, self.readings)
        return answer_to(question)


def read_case_tests(path: str | os.PathLike[str]) -> list[CaseTest]:
    """The tests that a file holds, in its order.

    Args:
        path: a YAML file of the form that `socorg-rules schema case-test` prints.

    Raises:
        CaseError: the file is not of that form; every mistake is told, with its path in the file.
    """
    return _File(Path(path)).tests()


class _File:
    """One file, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: dict[Problem, None] = {}

    def complain(self, path: str, message: str) -> None:
        self._problems[Problem(path, message)] = None

    def tests(self) -> list[CaseTest]:
        data = self._object("", read_file(str(self._path)), OF_A_FILE)
        pack, case = self._pack(data.get("pack")), self._case(data.get("case"))
        tests = data.get("tests")
        if not isinstance(tests, list) or not tests:
            self.complain("tests", "is a list of tests, each with `name` and `expect`")
            tests = []
        given = [(f"tests[{i}]", self._object(f"tests[{i}]", one, OF_A_TEST)) for i, one in enumerate(tests)]
        self._names(given)
        made = [] if pack is None else [self._test(data, place, one, pack, case) for place, one in given]
        if self._problems:
            raise CaseError(self._problems)
        return made

    def _object(self, path: str, given: object, known: Iterable[str]) -> Data:
        """An object with no other keys than these."""
        known = tuple(known)
        if not isinstance(given, Mapping):
            self.complain(path, f"is no object; it holds {', '.join(f'`{k}`' for k in known)}")
            return {}
        for key in given:
            if key not in known:
                self.complain(f"{path}.{key}".lstrip("."), f"no such key{nearest(key, known)}")
        if isinstance(given, Fields):
            for key in given.repeated:
                self.complain(f"{path}.{key}".lstrip("."), REPEATED)
        return given

    def _pack(self, given: object) -> tuple[Pack, Path] | None:
        if not isinstance(given, str):
            self.complain("pack", "names no pack; write an id as in `yangpu`, or the path of a pack file from here")
            return None
        named = str(self._path.parent / given) if given.endswith(".py") else given
        try:
            return load_pack(named), file_of(named)
        except PackError as error:
            for problem in error.problems:
                self.complain("pack", str(problem))
            return None

    def _case(self, given: object) -> object:
        """The case as plain data; it may stand in a file of its own, named by its path from here."""
        if isinstance(given, str):
            try:
                return read_file(str(self._path.parent / given))
            except CaseError as error:
                for problem in error.problems:
                    self.complain("case", str(problem))
                return None
        if not isinstance(given, Mapping):
            self.complain("case", "is no case; write one root entity with its facts, or the path of a case file")
            return None
        return given

    def _names(self, given: list[tuple[str, Data]]) -> None:
        first: dict[object, str] = {}
        for place, one in given:
            name = one.get("name")
            if not isinstance(name, str) or not name.strip():
                self.complain(f"{place}.name", "says what the test claims, as a sentence")
            elif first.setdefault(name, place) != place:
                self.complain(f"{place}.name", f"is the name of {first[name]} already")

    def _test(self, data: Data, place: str, given: Data, held: tuple[Pack, Path], base: object) -> CaseTest:
        pack, file = held
        as_of = given.get("as_of", data.get("as_of"))
        if as_of is None:
            self.complain(f"{place}.as_of", "no day is given, here or above; a test does not depend on today")
        wrong = self._wrong(f"{place}.wrong", given)
        readings = {**self._readings(data, ""), **self._readings(given, f"{place}.")}
        case = self._changed(f"{place}.change", given.get("change"), base)
        asked = wrong is None and base is not None and as_of is not None
        ask = partial(questions, named=[pack], as_of=str(as_of), readings=readings)
        root = self._sound(place, given, ask, case, base) if asked else None
        expected = self._expected(f"{place}.expect", given.get("expect"), pack, root)
        total = self._total(f"{place}.total", given.get("total"), pack)
        if all(given.get(key) is None for key in ("expect", "total", "wrong")):
            self.complain(place, "expects nothing; write `expect`, `total` or `wrong`")
        name = str(given.get("name"))
        return CaseTest(name, place, pack, file, case, str(as_of), readings, expected, total or None, wrong)

    def _readings(self, given: Data, path: str) -> Data:
        found = given.get("readings", {})
        if isinstance(found, Mapping):
            return found
        self.complain(f"{path}readings", "is no object; write `{reading: alternative}`")
        return {}

    def _changed(self, path: str, change: object, base: object) -> Data:
        if not isinstance(base, Mapping):
            return {}
        made: Data = base
        if change is None:
            return made
        if not isinstance(change, Mapping):
            self.complain(path, "is no object; write the paths of facts with what they are instead")
            return made
        if not change:
            self.complain(path, "changes nothing; write the paths of facts with what they are instead, or leave it out")
        for at, value in change.items():
            try:
                made = changed(made, str(at), value)
            except ExpectationError as problem:
                self.complain(f"{path}.{at}", str(problem))
        return made

    def _sound(self, place: str, given: Data, ask: Asking, case: Data, base: object) -> EntityType | None:
        """What the case is about; None where it is not sound, and what is wrong is told: of the case of the file, or of
        what the test changes in it."""
        try:
            (question,) = ask(case)
        except CaseError as error:
            of_all = set(error.problems if case is base else _wrong_with(base, ask))
            for p in error.problems:
                of, _, name = p.path.partition(".")
                if of in {"as_of", "readings"}:  # what is said for the whole file is told once
                    here = name in given.get("readings", {}) if of == "readings" else "as_of" in given
                    self.complain(f"{place}.{p.path}" if here else p.path, p.message)
                elif p in of_all:
                    self.complain(f"case: {p.path}".removesuffix(": "), p.message)
                else:
                    self.complain(_in_change(f"{place}.change", given["change"], p.path), p.message)
            return None
        return question.case.root

    def _wrong(self, path: str, given: Data) -> tuple[str, ...] | None:
        found = given.get("wrong")
        if found is None:
            return None
        if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
            self.complain(path, "is a list of what must be told, each text at least a part of one problem")
            return ()
        for i, text in enumerate(found):
            if not text.strip():
                self.complain(f"{path}[{i}]", "expects nothing; write at least a part of one problem")
        for other in ("expect", "total"):
            if other in given:
                self.complain(path, f"a case that is wrong has no answer; leave out `wrong` or `{other}`")
        return tuple(found)

    # ------------------------------------------------------------------------------------------- what is expected

    def _expected(self, path: str, given: object, pack: Pack, root: EntityType | None) -> dict[str, dict[str, object]]:
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            self.complain(path, "is no object; write the ids of provisions with what is expected of each")
            return {}
        if not given:
            self.complain(path, "expects nothing; write the ids of provisions with what is expected of each")
        read: dict[str, dict[str, object]] = {}
        known: dict[str, tuple[Plan, ...]] = {}
        for edition in reversed(pack.editions):
            for name, plan in edition.plans.items():
                known[name] = (*known.get(name, ()), plan)
        for name, fields in given.items():
            plans = known.get(name, ())
            if not plans:
                self.complain(f"{path}.{name}", f"`{pack.id}` has no such provision{nearest(name, known)}")
            elif root is not None and plans[0].root is not root:
                self.complain(f"{path}.{name}", f"is about `{plans[0].root.name}`, and the case about `{root.name}`")
            else:
                read[name] = self._fields(f"{path}.{name}", fields, Asked(plans, pack))
        return read

    def _fields(self, path: str, given: object, of: Asked, *, item: bool = False) -> dict[str, object]:
        """What is expected of a decision or an item; an outcome may stand alone."""
        known = [name for name, field in FIELDS.items() if field.of_items or not item]
        known += ["items"] if not item and any(plan.item is not None for plan in of.plans) else []
        if isinstance(given, str):
            given = {"outcome": given}
        fields = self._object(path, given, known)
        if given == {}:
            self.complain(path, "expects nothing; write an outcome, as in `met`, or an object of what is expected")
        read: dict[str, object] = {}
        for name, value in fields.items():
            if name == "items" and name in known:
                items = value if isinstance(value, Mapping) else {}
                if not items:
                    self.complain(f"{path}.items", "is no object; write the paths of items, as in `honours[0]`")
                read[name] = {str(i): self._fields(f"{path}.items.{i}", one, of, item=True) for i, one in items.items()}
            elif name in known:
                try:
                    read[name] = FIELDS[name].read(value, of)
                except ExpectationError as error:
                    self._within(f"{path}.{name}", error)
        return read

    def _within(self, path: str, error: ExpectationError) -> None:
        for problem in error.problems:
            self.complain(f"{path}{problem.path}", problem.message)

    def _total(self, path: str, given: object, pack: Pack) -> dict[str, object]:
        if given is None:
            return {}
        known = [*payees(pack.plans.values()), "left_out"]
        read: dict[str, object] = {}
        if given == {}:
            self.complain(path, "expects nothing; write to whom how much is paid")
        for name, value in self._object(path, given, known).items():
            if name == "left_out" and isinstance(value, list):
                read[name] = frozenset(map(str, value))
            elif name == "left_out":
                self.complain(f"{path}.left_out", "is a list of provisions; write `[]` where nothing is left out")
            elif name in known:
                sums: dict[str, object] = {}
                if value == {}:
                    self.complain(f"{path}.{name}", f"expects nothing; write {' or '.join(f'`{p}`' for p in PERS)}")
                for per, sum_ in self._object(f"{path}.{name}", value, PERS).items():
                    try:
                        sums[per] = read_sum(sum_)
                    except ExpectationError as error:
                        self._within(f"{path}.{name}.{per}", error)
                read[name] = sums
        return read


def _wrong_with(case: object, ask: Asking) -> tuple[Problem, ...]:
    try:
        ask(case)
    except CaseError as error:
        return error.problems
    return ()


def _in_change(at: str, change: Data, path: str) -> str:
    """Where a problem of a changed case stands: at what is changed, or elsewhere in the case because of it."""
    below = any(path == key or path.startswith((f"{key}.", f"{key}[")) for key in map(str, change))
    return f"{at}.{path}" if below else f"{at}: {path}".removesuffix(": ")
