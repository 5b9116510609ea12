"""The pytest plugin: case files as tests, a baseline to hold a policy to, and what the tests cover of its clauses.

Every pytest of an environment loads this module, so that it imports nothing: what an option or a file asks for is
loaded then. `docs/testing-a-policy.md` is its guide.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SUFFIX = ".case.yaml"
"""What the name of a file of case tests ends in."""
CHANGES = "policy-changes.toml"
"""The file of declared changes, where the ini file names no other; it need not be there."""
LANG = "zh"
"""The language of what is told, where the ini file names no other."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """What can be asked for on the command line and in the ini file."""
    group = parser.getgroup("policy", "policies as rule packs (socorg-rules)")
    group.addoption(
        "--policy-baseline",
        metavar="REV",
        help="hold every pack to its text at this revision (git): differences that are not declared fail",
    )
    group.addoption(
        "--policy-coverage",
        action="store_true",
        help="report which tests of the clauses some case had true, false, unknown and decisive",
    )
    group.addoption("--policy-coverage-report", metavar="FILE", help="the same as JSON")
    group.addoption(
        "--policy-coverage-fail-under", metavar="PERCENT", type=float, help="fail where less than so much is covered"
    )
    parser.addini(
        "policy_packs", "the packs to look at, by id or file; where left out, those that case files name", "args"
    )
    parser.addini("policy_changes", "the file that declares what may differ from the baseline", default=CHANGES)
    parser.addini("policy_lang", "the language in which failures are explained: zh or en", default=LANG)


def pytest_configure(config: pytest.Config) -> None:
    """Load what was asked for.

    Raises:
        pytest.UsageError: an option is not offered so.
    """
    options = config.option
    if config.getini("policy_lang") != LANG:
        from .files import language  # noqa: PLC0415 - what is not asked for costs nothing

        language(config)
    if options.policy_baseline is not None:
        from .baseline import Baseline  # noqa: PLC0415 - as above

        config.pluginmanager.register(Baseline(), "policy-baseline")
    asked = options.policy_coverage, options.policy_coverage_report, options.policy_coverage_fail_under is not None
    if any(asked):
        from .coverage import Covering  # noqa: PLC0415 - as above

        config.pluginmanager.register(Covering(config), "policy-coverage")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of case tests."""
    if not file_path.name.endswith(SUFFIX):
        return None
    from .files import CaseTests  # noqa: PLC0415 - as above

    return CaseTests.from_parent(parent, path=file_path)
