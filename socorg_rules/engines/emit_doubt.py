"""Where a test came out `None`: whether it is surely unknown to the reference too, or some range might settle it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..expr import And, Compare, Expr, Not, Or
from ..words import ByReading, Condition
from .analysis import exact, over_alternatives

if TYPE_CHECKING:
    from .emit import Emitter
    from .emit_scope import Scope


def doubt(emit: Emitter, test: Expr, scope: Scope) -> str:
    """An expression that is true wherever a test that is `None` may be settled for the reference; `""` for nowhere.

    A connective without a decisive part, and a reading whose alternatives are not all the same, are as unknown as their
    parts are: it is these that may be in doubt.
    """
    return " or ".join(_doubts(emit, test, scope))


def _doubts(emit: Emitter, test: Expr, scope: Scope) -> Iterator[str]:
    if exact(test):
        return
    match test:
        case And() | Or():
            for part in test.parts:
                yield from _doubts(emit, part, scope)
        case Not():
            yield from _doubts(emit, test.part, scope)
        case Condition():
            yield from _doubts(emit, test.test, scope)
        case Compare() if (spread := over_alternatives(test)) is not None:
            yield from _doubts(emit, spread, scope)
        case ByReading():
            taken = f"{scope.read('taken')}[{emit.readings[test.reading.name]}]"
            for i, alternative in enumerate(test.alternatives.values()):
                if within := doubt(emit, alternative, scope):
                    yield f"({taken} in {(None, i)!r} and ({within}))"
        case _:
            yield f"{emit.expr(test, scope)} is None"
