"""Exact money: integer fen inside, decimal yuan outside, and the ranges in which sums are given."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import attrs

Number = int | Fraction
"""Every quantity inside the engine: exact, never a float. Money is a number of fen."""

Per = Literal["once", "month"]
FEN = Decimal("0.01")


def to_fen(yuan: int | Decimal) -> int | None:
    """Yuan as whole fen, or None where the sum is finer than a fen.

    >>> to_fen(Decimal("1234.50")), to_fen(Decimal("0.001"))
    (123450, None)
    """
    fen = Fraction(yuan) * 100
    return fen.numerator if fen.denominator == 1 else None


def to_yuan(fen: Number) -> Decimal:
    """Fen as decimal yuan with two places, rounded half up.

    >>> to_yuan(123450), to_yuan(Fraction(1, 2))
    (Decimal('1234.50'), Decimal('0.01'))
    """
    return Decimal(round_fen(fen)).scaleb(-2).quantize(FEN)


def round_fen(fen: Number) -> int:
    """The nearest whole fen, a half rounded up (away from zero does not arise: sums are never negative)."""
    return fen if isinstance(fen, int) else int((2 * fen + 1) // 2)


@attrs.frozen
class Amount:
    """A sum in yuan between two ends, both included: what is granted lies somewhere between them.

    `max` is None where nothing bounds it from above (a share of a sum not known, without a ceiling). `per` says how
    often: `once`, or every `month`.
    """

    min: Decimal
    max: Decimal | None
    per: Per = "once"

    @classmethod
    def of_fen(cls, low: Number, high: Number | None, per: Per = "once") -> Amount:
        """The range between two sums of fen, each rounded once."""
        return cls(to_yuan(low), None if high is None else to_yuan(high), per)

    def __add__(self, other: Amount) -> Amount:
        """Both ends added."""
        high = None if self.max is None or other.max is None else self.max + other.max
        return Amount(self.min + other.min, high, self.per)

    def to_dict(self) -> dict[str, str | None]:
        """Plain data: `{"min": "0.00", "max": "10000.00", "per": "once"}`."""
        return {"min": str(self.min), "max": None if self.max is None else str(self.max), "per": self.per}
