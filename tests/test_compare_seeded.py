"""Seeded changes: a sample of the mutants of every pack is detected by a decided case, or told to decide alike."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from socorg_rules import packs

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from mutants import Mutant, mutants  # noqa: E402 - its folder is told above
from seeded import seeded  # noqa: E402

SAMPLE = 6
"""How many mutants of each pack are looked at here; `make seeded` looks at all."""


def sample(pack: str) -> list[Mutant]:
    every = [m for m in mutants((ROOT / "policies" / f"{pack}.py").read_text("utf-8")) if "default" not in m.change]
    return every[3 :: max(1, len(every) // SAMPLE)][:SAMPLE]


@pytest.mark.parametrize(("pack", "mutant"), [(p, m) for p in packs() for m in sample(p)], ids=lambda x: str(x)[:40])
def test_a_seeded_change_is_detected_or_told_to_change_nothing(pack: str, mutant: Mutant) -> None:
    said = seeded(ROOT / "policies" / f"{pack}.py", mutant, set())
    assert said.fate in {"decided", "undecided", "open", "proved", "words", "refused"}, said.told


def test_the_table_counts_a_change_that_changes_nothing_as_words() -> None:
    path = ROOT / "policies" / "daoli.py"
    source = path.read_text("utf-8")
    assert seeded(path, Mutant(1, "nothing", source + "\n", ""), set()).fate == "words"
