"""A file of case tests as pytest sees it: a collector, and an item for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from ..case_tests import CaseTest, failure, read_case_tests
from ..errors import CaseError, PackError, Problem, nearest
from ..load import file_of, load_pack
from ..pack import Pack
from ..phrases import Lang

LANGS = ("zh", "en")


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
            if isinstance(excinfo.value, Different)
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


def configured(session: pytest.Session, items: list[pytest.Item]) -> list[tuple[Pack, Path]]:
    """The packs that a run is about, each with its file: those of the ini file, or else those that the collected case
    files name.

    Raises:
        pytest.UsageError: there are none, or one is not found or has mistakes.
    """
    config = session.config
    named = config.getini("policy_packs")
    problems: list[Problem] = []
    found: dict[str, tuple[Pack, Path]] = {}
    for name in named:
        here = str((config.inipath or config.rootpath / "ini").parent / name) if name.endswith(".py") else name
        try:
            pack = load_pack(here)
            found[pack.id] = pack, file_of(here)
        except PackError as error:
            problems += error.problems
    if problems:
        raise pytest.UsageError("\n".join(f"policy_packs: {p}" for p in problems))
    tests = [item.test for item in items if isinstance(item, CaseItem)]
    found = found or {test.pack.id: (test.pack, test.pack_file) for test in tests}
    if not found and not session.testsfailed:  # else what could not be collected is told already
        told = "name packs in the ini option `policy_packs`, or collect `*.case.yaml` files that do"
        raise pytest.UsageError(f"no pack to look at; {told}")
    return list(found.values())
