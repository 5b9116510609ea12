"""What is said when a case or a pack is wrong: every problem at once, each with its place and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import attrs


@attrs.frozen
class Problem:
    """One mistake: `path` says where (`organization.honours[1].level`), `message` what, and what to write instead."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class RulesError(ValueError):
    """A mistake of whoever wrote the input. `problems` holds all that were found, in the order of the input."""

    def __init__(self, problems: Iterable[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem("", problems)
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class CaseError(RulesError):
    """The case, or what was asked of it (date, readings, pack), is not valid."""


class PackError(RulesError):
    """The pack has mistakes; it decides nothing until they are mended."""


def nearest(word: object, known: Iterable[str]) -> str:
    """The hint to add to a message about an unknown word: the closest known ones, or the whole short list."""
    known = sorted(set(known))
    close = difflib.get_close_matches(str(word), known, n=2, cutoff=0.6)
    if close:
        return "; did you mean " + " or ".join(f"`{k}`" for k in close) + "?"
    if 0 < len(known) <= 12:  # noqa: PLR2004 - a longer list helps nobody
        return "; known: " + ", ".join(f"`{k}`" for k in known)
    return ""
