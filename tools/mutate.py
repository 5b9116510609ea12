"""Mutation testing of a pack: change one number, date, comparison or word of the rules at a time; some test must fail.

    .venv/bin/python tools/mutate.py policies/yangpu.py

The tests of `policies/NAME.py` are `tests/test_NAME_*.py`. They are collected once; each mutant then runs in a process
of its own, the tests that killed its neighbours first, until one fails. A test module must not load the pack while it
is imported. Mutants that change no decision are listed with the reason in `tools/equivalent_mutants.toml`.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import importlib.machinery
import json
import os
import select
import signal
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
from _pytest.runner import runtestprotocol  # the way that plugins run single tests
from mutants import Mutant, mutants

from socorg_rules import PackError, check, load_pack, packs

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
NEAR = 30
"""How many killers of neighbours are tried first."""
OPEN_ENDS = 5
"""How much longer than the tests a mutant may take."""


class Fate(NamedTuple):
    """What became of a mutant: killed, refused, slow, survived; and the test that killed it."""

    fate: str
    by: str = ""


@contextlib.contextmanager
def importing(path: Path, source: str) -> Iterator[None]:
    """Whoever imports the file gets this source instead."""
    loader = importlib.machinery.SourceFileLoader
    original = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> object:
        here = Path(self.get_filename(fullname))
        return compile(source, str(path), "exec") if here.samefile(path) else original(self, fullname)

    loader.get_code = get_code  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        loader.get_code = original  # type: ignore[method-assign]


def forget(path: Path) -> None:
    """Drop the module of the file, and every pack that was loaded."""
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) and Path(str(module.__file__)) == path:
            del sys.modules[name]
    load = sys.modules.get("socorg_rules.load")
    for cached in vars(load).values() if load else ():
        if isinstance(cached, functools._lru_cache_wrapper):  # noqa: SLF001 - the only name of its type
            cached.cache_clear()


def run(items: Sequence[pytest.Item]) -> Fate:
    """Run tests until one fails. Everything is set up once more in this process, so no state is left behind."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            return Fate("killed", item.nodeid)
    return Fate("survived")


class Job(NamedTuple):
    """A mutant in its own process."""

    mutant: Mutant
    pid: int
    pipe: int


class Mutating:
    """The plugin that takes the place of the test loop."""

    def __init__(self, path: Path, todo: Sequence[Mutant], jobs: int) -> None:
        self.path, self.todo, self.jobs = path, todo, jobs
        self.fates: dict[Mutant, Fate] = {}
        self.seconds = 0.0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests against the file as it is, then against each mutant."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        start = time.monotonic()
        self._pass_unchanged(session)
        self.seconds = time.monotonic() - start
        limit = int(OPEN_ENDS * self.seconds) + 10
        running: list[Job] = []
        for mutant in self.todo:
            if len(running) == self.jobs:
                self._note(running)
            running.append(self._start(mutant, self._in_order(mutant, session.items), limit))
        while running:
            self._note(running)
        self._pass_unchanged(session)  # whoever changed other files meanwhile killed what should have lived
        return True

    def _pass_unchanged(self, session: pytest.Session) -> None:
        whole = Mutant(0, "nothing", self.path.read_text("utf-8"), "")
        fate = self._finish([self._start(whole, session.items, limit=0)])[0][1]
        if fate.fate != "survived":
            self.fates.clear()
            raise session.Interrupted(f"the tests fail without any change: {fate.fate} {fate.by}")

    def _note(self, running: list[Job]) -> None:
        for job, fate in self._finish(running):
            running.remove(job)
            self.fates[job.mutant] = fate
            mark = "." if fate.fate != "survived" else "S"
            print(mark, end="" if len(self.fates) % 100 else f" {len(self.fates)}/{len(self.todo)}\n", flush=True)

    def _in_order(self, mutant: Mutant, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        """The tests that killed the mutants nearest to this one first; then a case of each test, and so on."""
        near = sorted((abs(m.line - mutant.line), f.by) for m, f in self.fates.items() if f.by)
        rank = {nodeid: i for i, nodeid in enumerate(dict.fromkeys(by for _, by in near[:NEAR]))}
        turns: Counter[str] = Counter()
        turn = {}
        for item in items:
            test = item.nodeid.partition("[")[0]
            turn[item.nodeid] = turns[test] = turns[test] + 1
        return sorted(items, key=lambda item: (rank.get(item.nodeid, NEAR), turn[item.nodeid]))

    def _start(self, mutant: Mutant, items: Sequence[pytest.Item], limit: int) -> Job:
        sys.stdout.flush()
        read, write = os.pipe()
        pid = os.fork()
        if pid:
            os.close(write)
            return Job(mutant, pid, read)
        os.close(read)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        signal.alarm(limit)
        fate = Fate("killed", "a crash")
        try:
            with importing(self.path, mutant.source):
                fate = self._fate(items)
        finally:
            os.write(write, json.dumps(fate).encode())
            os._exit(0)

    def _fate(self, items: Sequence[pytest.Item]) -> Fate:
        """Run the tests on a mutant that is not checked, which takes most of loading; one that survives is checked."""
        forget(self.path)
        with patch.object(check, "mistakes", return_value=[]):
            fate = run(items)
        if fate.fate == "survived" and self.path.stem in packs():
            forget(self.path)
            try:
                load_pack(self.path.stem)
            except PackError:
                return Fate("refused")
        return fate

    @staticmethod
    def _finish(running: Sequence[Job]) -> list[tuple[Job, Fate]]:
        """Wait for one or more to end."""
        ready, _, _ = select.select([job.pipe for job in running], [], [])
        found = []
        for job in running:
            if job.pipe in ready:
                told = os.read(job.pipe, 1 << 16)
                os.close(job.pipe)
                os.waitpid(job.pid, 0)
                found.append((job, Fate(*json.loads(told)) if told else Fate("slow")))
        return found


def equivalents(path: Path) -> dict[tuple[str, str], str]:
    """The mutants of a file known to change no decision: line of code and change, with the reason."""
    listed = tomllib.loads(EQUIVALENT.read_text("utf-8")).get(path.stem, []) if EQUIVALENT.is_file() else []
    return {(e["code"], e["change"]): e["reason"] for e in listed}


def main() -> int:
    """Print what became of the mutants; 1 where one survived that is not known to change nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="the pack to change")
    parser.add_argument("--tests", nargs="*", help="files or directories of tests; else tests/test_NAME_*.py")
    parser.add_argument("--only", help="a line, or `FIRST-LAST`")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    given = parser.parse_args()
    path = given.file.resolve()
    first, _, last = (given.only or "1-1000000").partition("-")
    todo = [m for m in mutants(path.read_text("utf-8")) if int(first) <= m.line <= int(last or first)]
    if given.list:
        for m in todo:
            print(f"{given.file}:{m.line}: {m.change}")
        return 0
    tests = given.tests or sorted(str(t) for t in (ROOT / "tests").glob(f"test_{path.stem}_*.py"))
    plugin = Mutating(path, todo, given.jobs)
    start = time.monotonic()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", "--no-summary", *tests], plugins=[plugin])
    if len(plugin.fates) < len(todo):
        return int(code) or 2
    known = equivalents(path)
    alive = [m for m in todo if plugin.fates[m].fate == "survived"]
    left = [m for m in alive if (m.code, m.change) not in known]
    counted = Counter(f.fate for f in plugin.fates.values())
    print(
        f"\n{given.file}: {len(todo)} mutants in {time.monotonic() - start:.0f} s, tests alone {plugin.seconds:.0f} s"
    )
    meanings = {"killed": "a test fails", "refused": "it does not load", "slow": "the tests do not end in time"}
    for fate, meaning in meanings.items():
        print(f"  {counted[fate]:5} {fate:11} {meaning}")
    print(f"  {len(alive) - len(left):5} equivalent  survive, and change no decision ({EQUIVALENT.name})")
    print(f"  {len(left):5} survivors")
    for m in left:
        print(f"    {given.file}:{m.line}: {m.change}\n        {m.code}")
    if not given.only:
        stale = known.keys() - {(m.code, m.change) for m in alive}
        for line, change in sorted(stale):
            print(f"  no survivor any more: {change}\n        {line}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
