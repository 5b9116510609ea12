"""`--policy-coverage`: what the tests of a run cover of the clauses of its packs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..assess import OBSERVERS
from ..clause_coverage import MARKS, ClauseCoverage, Row, percent
from .files import configured

OUTPUT = "policy_coverage"
"""Under which name a worker of pytest-xdist hands over what it has counted."""


class Covering:
    """Counts while the tests run, and reports at the end. Workers of pytest-xdist count for the process above them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._counted = ClauseCoverage()
        self._under: float = config.option.policy_coverage_fail_under or 0.0
        report = config.option.policy_coverage_report
        if not 0 <= self._under <= 100:  # noqa: PLR2004 - of a hundred
            raise pytest.UsageError(f"--policy-coverage-fail-under: `{self._under:g}` is no percentage from 0 to 100")
        if report and (not Path(report).absolute().parent.is_dir() or Path(report).is_dir()):
            raise pytest.UsageError(f"--policy-coverage-report: `{report}` is no file in a folder that is there")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """The packs are known once the tests are."""
        self._counted = ClauseCoverage(one.pack for one in configured(session, items))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        """Look on while the tests run."""
        OBSERVERS.append(self._counted)
        try:
            return (yield)
        finally:
            OBSERVERS.remove(self._counted)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:  # noqa: ANN401 - pytest-xdist's own
        """Take over what a worker has counted."""
        self._counted.merge(getattr(node, "workeroutput", {}).get(OUTPUT, ()))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the report, and fail where too little is covered."""
        worker = getattr(self._config, "workeroutput", None)
        if worker is not None:
            worker[OUTPUT] = [row.to_dict() for row in self._counted.rows()]
            return
        if not self._counted.rows():  # there is no pack to look at, which is told as the error that it is
            return
        report = self._config.option.policy_coverage_report
        if report:
            text = json.dumps(self._counted.to_dict(), ensure_ascii=False, indent=1)
            Path(report).write_text(text + "\n", encoding="utf-8")
        if self._counted.percent < self._under and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line for each provision; with `-v`, each test that lacks something."""
        put, rows = terminalreporter.write_line, self._counted.rows()
        if not rows:
            return
        terminalreporter.section("policy coverage")
        put(f"{'':44}{'tests':>6}" + "".join(f"{m:>10}" for m in MARKS) + f"{'covered':>10}")
        for (pack, provision), of_it in _grouped(rows).items():
            put(_line(f"{pack}.{provision}", of_it))
            if self._config.option.verbose > 0:
                for row in of_it:
                    if row.lacks:
                        put(f"    {row.clause} {row.label}: never {', '.join(row.lacks)}")
        put(_line("total", rows))
        if self._counted.percent < self._under:
            told = f"{self._counted.percent} % of the marks are covered, fewer than {self._under:g} %"
            terminalreporter.write_line(f"FAIL: {told} (--policy-coverage-fail-under)", red=True, bold=True)


def _grouped(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    made: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        made.setdefault((row.pack, row.provision), []).append(row)
    return made


def _line(name: str, rows: list[Row]) -> str:
    had = (f"{sum(r.marks.get(m, False) for r in rows):>10}" for m in MARKS)
    return f"{name:44}{len(rows):>6}{''.join(had)}{percent(rows):>8.1f} %"
