"""Local government policy on social organizations as rule packs: what is granted, how much, why, and what is missing.

The public names, each loaded when it is first used: importing the library alone costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answer import Answer, Answers, Decision, Total
    from .assess import assess, load_case, load_case_text
    from .case import Case
    from .case_change import Change
    from .change.compare import compare
    from .change.comparison import Comparison
    from .decision import Outcome, Reason
    from .errors import CaseError, PackError, Problem
    from .graph import Graph, rule_graph
    from .interview import Interview, interview
    from .living import CaseFile
    from .load import load_pack, packs
    from .money import Amount
    from .pack import Pack
    from .pack_comparison import PackComparison, compare_packs
    from .paths import Paths
    from .registry.answer import RegistryAnswer
    from .registry.assess import assess_registry
    from .registry.impact import Impact, impact
    from .registry.sweep import Sweep, sweep
    from .robustness import Robustness, robustness
    from .timeline import Timeline, timeline
    from .verify import Verification, verify
    from .whatif import paths_to

    __version__: str

__all__ = [
    "Amount",
    "Answer",
    "Answers",
    "Case",
    "CaseError",
    "CaseFile",
    "Change",
    "Comparison",
    "Decision",
    "Graph",
    "Impact",
    "Interview",
    "Outcome",
    "Pack",
    "PackComparison",
    "PackError",
    "Paths",
    "Problem",
    "Reason",
    "RegistryAnswer",
    "Robustness",
    "Sweep",
    "Timeline",
    "Total",
    "Verification",
    "__version__",
    "assess",
    "assess_registry",
    "compare",
    "compare_packs",
    "impact",
    "interview",
    "load_case",
    "load_case_text",
    "load_pack",
    "packs",
    "paths_to",
    "robustness",
    "rule_graph",
    "sweep",
    "timeline",
    "verify",
]

_HOMES = {
    "answer": ("Answer", "Answers", "Decision", "Total"),
    "assess": ("assess", "load_case", "load_case_text"),
    "case": ("Case",),
    "case_change": ("Change",),
    "change.compare": ("compare",),
    "change.comparison": ("Comparison",),
    "decision": ("Outcome", "Reason"),
    "errors": ("CaseError", "PackError", "Problem"),
    "graph": ("Graph", "rule_graph"),
    "interview": ("Interview", "interview"),
    "living": ("CaseFile",),
    "load": ("load_pack", "packs"),
    "money": ("Amount",),
    "pack": ("Pack",),
    "pack_comparison": ("PackComparison", "compare_packs"),
    "paths": ("Paths",),
    "registry.answer": ("RegistryAnswer",),
    "registry.assess": ("assess_registry",),
    "registry.impact": ("Impact", "impact"),
    "registry.sweep": ("Sweep", "sweep"),
    "robustness": ("Robustness", "robustness"),
    "timeline": ("Timeline", "timeline"),
    "verify": ("Verification", "verify"),
    "whatif": ("paths_to",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, and hardly ever asked for

        found: object = version("socorg-rules")
    elif name in _HOME:
        found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__


class _Face(ModuleType):
    """A module whose public names stay what they are: `assess` is the function, however its module is imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
