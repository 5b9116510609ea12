"""`--policy-baseline REV`: every pack of a run is held to its text at an earlier revision.

What differs without being declared fails, with the smallest case. Each provision is an item of its own: both texts are
compared, and the collected case tests are asked of both.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ..case_tests import CaseTest
from ..case_tests.told import written
from ..change.declared import Declared, Undeclared, differently, read_declared, undeclared
from ..change.sources import read_pack
from ..errors import CaseError, PackError
from ..pack import Pack
from ..phrases import Lang
from ..properties.changes import told
from .files import CaseItem, Different, Told, configured, language


class Baseline:
    """Adds an item for each provision of each pack."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Read the earlier texts and the declared changes, and add the items."""
        revision = config.option.policy_baseline
        tests = [item.test for item in items if isinstance(item, CaseItem)]
        pairs: list[tuple[Pack, Pack]] = []
        problems: list[str] = []
        for pack, file in configured(session, items):
            try:
                pairs.append((read_pack(f"{file}@{revision}"), pack))
            except PackError as error:
                problems += [f"--policy-baseline: {p}" for p in error.problems]
        declared = self._declared(config, pairs, problems)
        if problems:
            raise pytest.UsageError("\n".join(problems))
        for old, new in pairs:
            asked = [t for t in tests if t.pack.id == new.id and t.wrong is None]
            held = Held(old, new, declared.get(new.id, []), asked)
            for name in held.provisions:
                nodeid = f"policy-baseline::{new.id}::{name}"
                items.append(BaselineItem.from_parent(session, name=name, nodeid=nodeid, held=held))

    def _declared(
        self, config: pytest.Config, pairs: list[tuple[Pack, Pack]], problems: list[str]
    ) -> dict[str, list[Declared]]:
        """What may differ, by pack; nothing where no file says so."""
        name = config.getini("policy_changes")
        path = (config.inipath or config.rootpath / "ini").parent / name
        if not path.exists() or len(problems) > 0:
            return {}
        try:
            return read_declared(path, pairs)
        except CaseError as error:
            problems += [f"{Path(name)}: {p}" for p in error.problems]
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
        tests = [line for test in self.tests if (line := self._of_test(test, provision))]
        if tests:
            name = f"{self.new.id}.{provision}"
            head = f"未声明的变化：{name}，见案例测试" if lang == "zh" else f"not declared: {name}, in these case tests"
            texts.append("\n".join((head, *tests)))
        return "\n\n".join(texts) if texts else None

    def _of_test(self, test: CaseTest, provision: str) -> str | None:
        """How a case test is decided differently, in a line."""
        try:
            before, after = test.answer(self.old), test.answer(self.new)
        except CaseError:  # the earlier text has not yet such a reading, or contradicts the case
            return None
        if not differently(before.question, after.question, provision, self.declared):
            return None
        both = (answer[provision] for answer in (before, after))
        sides = (f"{d.outcome} {written(d.payable)}" if d.payable else str(d.outcome) for d in both)
        return f"  - {test.name}（{test.place}）：{' → '.join(sides)}"


class BaselineItem(Told):
    """One provision, held to its earlier text."""

    def __init__(self, *, held: Held, **rest: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**rest)
        self._held = held

    def runtest(self) -> None:
        """Look for a difference that was not declared."""
        found = self._held.difference(self.name, language(self.config))
        if found is not None:
            raise Different(found)

    def reportinfo(self) -> tuple[str, None, str]:
        """What it is about."""
        return "policy-baseline", None, f"{self._held.new.id}.{self.name}"
