"""What Python lets one write, and an expression refuses: each operator says what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from .errors import PackError

if TYPE_CHECKING:
    from .expr import Expr


class Refusing:
    """The operators that build no expression. Each raises a `PackError` with the remedy."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise PackError(
            "an expression has no truth value before a case is known; write `&`, `|`, `~`, `all_of(...)` or "
            "`any_of(...)` for `and`, `or`, `not`, and split `a < b < c` into `(a < b) & (b < c)`"
        )

    def __contains__(self, _: object) -> NoReturn:
        raise PackError("`in` cannot build an expression; write `.is_in([...])` or `.contains(...)`")

    def __rand__(self, other: object) -> Expr:  # of two expressions, type checkers look at both sides
        raise _unbracketed(other, "&")

    def __ror__(self, other: object) -> Expr:
        raise _unbracketed(other, "|")

    def __truediv__(self, _: object) -> NoReturn:
        raise PackError(
            "`/` cannot build an expression; write `ratio(part, whole)`, or `share_of(Fraction(1, 2), base)`"
        )

    __rtruediv__ = __floordiv__ = __mod__ = __truediv__

    def __neg__(self) -> NoReturn:
        raise PackError("`-` before a quantity cannot build an expression; subtract it from another one")

    def __len__(self) -> NoReturn:
        raise PackError("`len(...)` cannot build an expression; write `.count()` for the number of the items")

    def __iter__(self) -> NoReturn:
        raise PackError("no case is known yet, so that nothing can be gone through; write `.any(lambda item: ...)`")


def _unbracketed(other: object, operator: str) -> PackError:
    """Of `a >= 3 & b`, Python reads `3 & b` first."""
    return PackError(
        f"`{other!r} {operator} ...` joins no tests; put each comparison in brackets: `(a >= 3) {operator} (b <= 5)`"
    )
