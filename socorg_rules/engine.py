"""Which engines there are. Each is a module of `engines/`, imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from .decision import Finding
from .errors import CaseError, Problem, nearest
from .plan import Plan

if TYPE_CHECKING:
    from .answer import Question

ENGINES = ("reference", "forward")
"""The engines that can decide; each gives the same answer."""
NEEDS = {"forward": "a C compiler and a Python before 3.13"}
"""What the extra of an engine asks of the machine that it is installed on."""

Findings = Callable[["Question", Sequence[Plan]], list[Finding]]
"""What an engine is to its users: it decides the given provisions of a question."""


def engine(name: str) -> Findings:
    """The engine of this name.

    Raises:
        CaseError: there is none of this name, or what it needs is not installed.
    """
    if name not in ENGINES:
        raise CaseError(Problem("engine", f"no engine is called `{name}`{nearest(name, ENGINES)}"))
    try:
        found: Findings = import_module(f".engines.{name}", __package__).findings
    except ImportError as error:
        if name not in NEEDS:
            raise
        told = f"`{name}` cannot be used here ({str(error).rstrip('.')}); install `socorg-rules[{name}]`, which needs"
        raise CaseError(Problem("engine", f"{told} {NEEDS[name]}")) from error
    return found
