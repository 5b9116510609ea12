"""What all tests share: the packs of this project, texts compared to stored ones, and streams on databases."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from socorg_rules import load

if TYPE_CHECKING:
    from watched import Watched

SNAPSHOTS = Path(__file__).parent / "snapshots"
PROJECT = "socorg-rules"


def pytest_configure() -> None:
    """Only the packs of this project are there for the tests, whatever other distributions have installed besides."""
    found = load._installed()  # noqa: SLF001
    ours = {name: entry for name, entry in found.items() if entry.dist is not None and entry.dist.name == PROJECT}
    load._installed = lambda: ours  # type: ignore[assignment]  # noqa: SLF001


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the texts under tests/snapshots anew")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Assert that a text is the one stored under its name."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / name
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; see it with --update-snapshots and git diff"

    return compare


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One small session of Spark for all tests: it takes seconds to start."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - it needs the extra `spark`

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL database."""
    from postgres import programs, server  # noqa: PLC0415 - it needs the extra `postgresql`

    if programs() is None:
        pytest.skip("the programs of PostgreSQL are not installed here")
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty state on either database."""
    from watched import emptied  # noqa: PLC0415 - it needs the extra `watch`

    if request.param == "sqlite":
        return str(tmp_path / "state.sqlite")
    url: str = request.getfixturevalue("postgres")
    emptied(url)
    return url


@pytest.fixture
def watch(tmp_path: Path, state: str) -> Watched:
    """A stream over two case files, on either database."""
    from watched import in_riverside  # noqa: PLC0415 - as for `state`

    return in_riverside(tmp_path, state)


@pytest.fixture
def local(tmp_path: Path) -> Watched:
    """The same on SQLite alone, where the database makes no difference."""
    from watched import in_riverside  # noqa: PLC0415 - as for `state`

    return in_riverside(tmp_path, str(tmp_path / "state.sqlite"))
