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
    from .decision import Outcome, Reason
    from .errors import CaseError, PackError, Problem
    from .living import CaseFile, Change
    from .load import load_pack, packs
    from .money import Amount
    from .pack import Pack
    from .pack_comparison import PackComparison, compare_packs
    from .verify import Verification, verify

    __version__: str

__all__ = [
    "Amount",
    "Answer",
    "Answers",
    "Case",
    "CaseError",
    "CaseFile",
    "Change",
    "Decision",
    "Outcome",
    "Pack",
    "PackComparison",
    "PackError",
    "Problem",
    "Reason",
    "Total",
    "Verification",
    "__version__",
    "assess",
    "compare_packs",
    "load_case",
    "load_case_text",
    "load_pack",
    "packs",
    "verify",
]

_HOMES = {
    "answer": ("Answer", "Answers", "Decision", "Total"),
    "assess": ("assess", "load_case", "load_case_text"),
    "case": ("Case",),
    "decision": ("Outcome", "Reason"),
    "errors": ("CaseError", "PackError", "Problem"),
    "living": ("CaseFile", "Change"),
    "load": ("load_pack", "packs"),
    "money": ("Amount",),
    "pack": ("Pack",),
    "pack_comparison": ("PackComparison", "compare_packs"),
    "verify": ("Verification", "verify"),
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
