"""A file of case tests as pytest sees it: a collector, and an item for each test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

from ..case_tests import CaseTest, failure, read_case_tests
from ..errors import CaseError, PackError, Problem, nearest
from ..load import file_of, load_pack
from ..pack import Pack
from ..phrases import Lang

LANGS = ("zh", "en")
AGAIN = "an id names what is installed: install it anew (`pip install -e .`), or name one file everywhere"
"""What mends it where a pack by its id and its file are not the same."""


class CaseTests(pytest.File):
    """A `*.case.yaml` file. One that is not of that form cannot be collected, and says all that is wrong with it."""

    def collect(self) -> Iterator[CaseItem]:
        """Its tests, in its order."""
        try:
            tests = read_case_tests(self.path)
        except CaseError as error:
            raise self.CollectError("\n".join(f"{self.path.name}: {p}" for p in error.problems)) from None
        for test in tests:
            yield CaseItem.from_parent(self, name=test.name, test=test)


class Different(Exception):  # noqa: N818 - pytest shows it; nobody catches it
    """What is not as expected, as text."""


class Told(pytest.Item):
    """A test that fails with a text, and no traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - pytest's own
        """What is shown of a failure."""
        return (
            str(excinfo.value)
            if isinstance(excinfo.value, Different | PackError)
            else super().repr_failure(excinfo, *args, **kwargs)
        )


class CaseItem(Told):
    """One test of a file."""

    def __init__(self, *, test: CaseTest, **rest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**rest)
        self.test = test

    def runtest(self) -> None:
        """Ask, and hold the answer to what is expected."""
        found = failure(self.test, language(self.config))
        if found is not None:
            raise Different(found)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Where it stands, and what it claims."""
        return self.path, None, self.name


def language(config: pytest.Config) -> Lang:
    """The language that failures are explained in.

    Raises:
        pytest.UsageError: the ini file names another.
    """
    lang = config.getini("policy_lang")
    if lang not in LANGS:
        raise pytest.UsageError(f"policy_lang: `{lang}` is not offered{nearest(lang, LANGS)}")
    return cast("Lang", lang)


@attrs.frozen(eq=False)
class Named:
    """A pack, its file, and where in a run it is named."""

    pack: Pack
    file: Path
    where: str


def configured(session: pytest.Session, items: list[pytest.Item]) -> list[Named]:
    """The packs that a run is about: those of the ini file, or else those that the collected case files name; each as
    often as it was loaded, by its id and as a file.

    Raises:
        pytest.UsageError: there are none, one is not found or has mistakes, or two of one id are not one text in one
            file, so that what is said of the one would be taken for the other.
    """
    config = session.config
    ini = config.inipath or config.rootpath / "ini"
    problems: list[Problem] = []
    found: dict[Pack, Named] = {}
    for name in config.getini("policy_packs"):
        here = str(ini.parent / name) if name.endswith(".py") else name
        try:
            pack = load_pack(here)
            found.setdefault(pack, Named(pack, file_of(here), f"policy_packs in {ini.name}"))
        except PackError as error:
            problems += error.problems
    if problems:
        raise pytest.UsageError("\n".join(f"policy_packs: {p}" for p in problems))
    asked = {pack.id for pack in found}
    for item in items:
        if isinstance(item, CaseItem) and (not asked or item.test.pack.id in asked):
            found.setdefault(item.test.pack, Named(item.test.pack, item.test.pack_file, str(item.path)))
    if not found and not session.testsfailed:  # else what could not be collected is told already
        told = "name packs in the ini option `policy_packs`, or collect `*.case.yaml` files that do"
        raise pytest.UsageError(f"no pack to look at; {told}")
    _one_text_each(found.values())
    return list(found.values())


def _one_text_each(named: Iterable[Named]) -> None:
    """Refuse packs of one id that are not one text in one file.

    Raises:
        pytest.UsageError: there are such, all of which are told.
    """
    first: dict[str, Named] = {}
    problems = []
    for one in named:
        other = first.setdefault(one.pack.id, one)
        if (other.pack.content_hash, other.file.resolve()) != (one.pack.content_hash, one.file.resolve()):
            places = (f"edition {n.pack.edition} of {n.file.resolve()}, named by {n.where}" for n in (other, one))
            problems.append(f"`{one.pack.id}` is not one text in this run: {'; '.join(places)}; {AGAIN}")
    if problems:
        raise pytest.UsageError("\n".join(problems))
