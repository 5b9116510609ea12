"""`--policy-baseline REV`: every pack of a run is held to its text at an earlier revision.

What differs without being declared fails, with the smallest case. Each provision is an item of its own: both texts are
compared, and the collected case tests are asked of both.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ..answer import Answer
from ..case_tests import CaseTest
from ..case_tests.told import written
from ..change.declared import Declared, Undeclared, differently, needless, read_declared, undeclared
from ..change.sources import NoSuchFileError, read_pack
from ..errors import CaseError, PackError
from ..load import load_pack, packs
from ..pack import Pack
from ..phrases import Lang
from ..properties.changes import told
from . import CHANGES
from .files import AGAIN, CaseItem, Different, Told, configured, language


class Baseline:
    """Adds an item for each provision of each pack, and one for the changes that are declared of it."""

    @pytest.hookimpl(tryfirst=True)  # so that `-k` and `--deselect` choose among these as well
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Read the earlier texts and the declared changes, and add the items."""
        revision = config.option.policy_baseline
        tests = [item.test for item in items if isinstance(item, CaseItem)]
        pairs: list[tuple[Pack, Pack]] = []
        fresh: list[Pack] = []
        problems: list[str] = []
        for pack, file in {one.pack.id: (one.pack, one.file) for one in configured(session, items)}.values():
            try:
                if load_pack(str(file)).content_hash != pack.content_hash:
                    problems.append(f"--policy-baseline: `{pack.id}` is not what {file} holds by now; {AGAIN}")
                pairs.append((read_pack(f"{file}@{revision}"), pack))
            except NoSuchFileError as error:
                fresh.append(pack)
                items.append(_item(NewPackItem, session, pack, pack.id, because=str(error)))
            except PackError as error:
                problems += [f"--policy-baseline: {p}" for p in error.problems]
        named = config.getini("policy_changes")
        path = (config.inipath or config.rootpath / "ini").parent / named
        if named != CHANGES and not path.is_file():
            problems.append(f"policy_changes: `{named}` is no file in {path.parent}")
        declared = _declared(path, [*pairs, *((pack, pack) for pack in fresh)], problems)
        if problems:
            raise pytest.UsageError("\n".join(problems))
        for old, new in pairs:
            asked = [t for t in tests if t.pack.id == new.id and t.wrong is None]
            held = Held(old, new, declared.get(new.id, []), asked)
            items += [_item(BaselineItem, session, new, name, held=held) for name in held.provisions]
            if held.declared:
                items.append(_item(DeclaredItem, session, new, path.name, held=held))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which packs were held to nothing."""
        for report in terminalreporter.getreports("skipped"):
            if report.nodeid.startswith("policy-baseline::") and isinstance(report.longrepr, tuple):
                terminalreporter.write_line(f"{report.nodeid}: {report.longrepr[2]}")


def _item(kind: type[pytest.Item], session: pytest.Session, pack: Pack, name: str, **more: Any) -> pytest.Item:  # noqa: ANN401
    """An item of a pack, which `-k` finds by its own name, by that of the pack and as `policy-baseline`."""
    nodeid = f"policy-baseline::{pack.id}::{name}"
    item: pytest.Item = kind.from_parent(session, name=name, nodeid=nodeid, pack=pack.id, **more)
    item.extra_keyword_matches.update(("policy-baseline", pack.id))
    return item


def _declared(path: Path, pairs: list[tuple[Pack, Pack]], problems: list[str]) -> dict[str, list[Declared]]:
    """What may differ, by pack; nothing where no file says so."""
    if problems or not path.exists():
        return {}
    try:
        return read_declared(path, pairs, elsewhere=packs())
    except CaseError as error:
        problems += [f"{path.name}: {p}" for p in error.problems]
        return {}


class Held:
    """Two texts of a pack, what may differ between them, and the case tests that are asked of both."""

    def __init__(self, old: Pack, new: Pack, declared: list[Declared], tests: list[CaseTest]) -> None:
        self.old, self.new, self.declared, self.tests = old, new, declared, tests
        editions = (*new.editions, *old.editions)
        self.provisions = tuple(dict.fromkeys(name for edition in reversed(editions) for name in edition.plans))

    @cached_property
    def undeclared(self) -> list[Undeclared]:
        """What differs and was not declared; found once for all provisions."""
        return undeclared(self.old, self.new, self.declared)

    def difference(self, provision: str, lang: Lang) -> str | None:
        """How a provision differs without being declared, as text: the smallest case, then the tests that differ."""
        texts = [told(one, lang) for one in self.undeclared if one.compared.provision == provision]
        tests = list(self._of_tests(provision))
        if tests:
            name = f"{self.new.id}.{provision}"
            head = f"未声明的变化：{name}，见案例测试" if lang == "zh" else f"not declared: {name}, in these case tests"
            texts.append("\n".join((head, *tests)))
        return "\n\n".join(texts) if texts else None

    def needless(self, lang: Lang) -> str | None:
        """The declared changes that nothing needs, as text."""
        asked = [(before.question, after.question) for _, before, after in self._answers]
        found = needless(self.old, self.new, self.declared, asked)
        if not found:
            return None
        chinese = lang == "zh"
        head = "已声明，而没有差别需要它，请删去：" if chinese else "declared, and no difference needs it; remove it:"
        return "\n".join((head, *(f"  - {change.place}.provisions: {name}" for change, name in found)))

    @cached_property
    def _answers(self) -> list[tuple[CaseTest, Answer, Answer]]:
        """What both texts answer to each test. A case that one of them cannot answer (a reading is not there yet) tells
        nothing of what has changed."""
        found = []
        for test in self.tests:
            with contextlib.suppress(CaseError):
                found.append((test, test.answer(self.old), test.answer(self.new)))
        return found

    def _of_tests(self, provision: str) -> Iterator[str]:
        """The case tests that are decided differently, each in a line."""
        for test, before, after in self._answers:
            if differently(before.question, after.question, provision, self.declared):
                both = (answer[provision] for answer in (before, after))
                sides = (f"{d.outcome} {written(d.payable)}" if d.payable else str(d.outcome) for d in both)
                yield f"  - {test.name}（{test.place}）：{' → '.join(sides)}"


class PackItem(Told):
    """What is asked of one pack."""

    def __init__(self, *, pack: str, **rest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**rest)
        self._pack = pack

    def reportinfo(self) -> tuple[str, None, str]:
        """What it is about."""
        return "policy-baseline", None, f"{self._pack}.{self.name}"


class BaselineItem(PackItem):
    """One provision, held to its earlier text."""

    def __init__(self, *, held: Held, **rest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**rest)
        self._held = held

    def runtest(self) -> None:
        """Look for a difference that was not declared."""
        _fail_with(self._held.difference(self.name, language(self.config)))


class DeclaredItem(BaselineItem):
    """The declared changes of a pack, each of which some difference needs."""

    def runtest(self) -> None:
        """Look for a declared change that nothing needs."""
        _fail_with(self._held.needless(language(self.config)))


class NewPackItem(PackItem):
    """A pack that the revision does not have: it is skipped, and the reason told."""

    def __init__(self, *, because: str, **rest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**rest)
        self._because = because

    def runtest(self) -> None:
        """Tell that there is nothing to compare."""
        new = "新的政策包，无可对照" if language(self.config) == "zh" else "a new pack, held to nothing"
        pytest.skip(f"{new}（{self._because}）")


def _fail_with(told: str | None) -> None:
    if told is not None:
        raise Different(told)
