"""What a provision costs over a registry: how many meet it, and the range of what is payable to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import narwhals as nw

from ..decision import Outcome
from ..money import to_yuan


@attrs.frozen
class Cost:
    """How many rows meet a provision (`met`), and what is payable to them in all, from `low` to `high`, in fen.

    `unbounded` of them have no known ceiling. `undetermined` rows are not counted: it is not known whether they do.
    """

    met: int = 0
    low: int = 0
    high: int = 0
    unbounded: int = 0
    undetermined: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(*(a + b for a, b in zip(attrs.astuple(self), attrs.astuple(other), strict=True)))

    def to_dict(self) -> dict[str, object]:
        """Plain data, sums in yuan; `max` is null where somebody's sum has no known ceiling."""
        low, high = str(to_yuan(self.low)), None if self.unbounded else str(to_yuan(self.high))
        return {"met": self.met, "min": low, "max": high, "undetermined": self.undetermined}

    @classmethod
    def of(cls, sums: Mapping[str, Any], name: str) -> Cost:
        """A cost out of a row of sums; where there were no rows, nothing was added up."""
        return cls(*(int(sums[f"{name}/{counted}"] or 0) for counted in COUNTED))


COUNTED = tuple(f.name for f in attrs.fields(Cost))
"""What is added up over rows."""


def costs(name: str) -> list[nw.Expr]:
    """What each row adds to a cost: of a decision that stands in the columns `NAME/outcome`, `NAME/payable_min` and
    `NAME/payable_max` (in fen), as columns `NAME/met` and so on."""
    outcome, low, high = (nw.col(f"{name}/{part}") for part in ("outcome", "payable_min", "payable_max"))
    met = outcome == nw.lit(Outcome.MET.value)
    zero, one = nw.lit(0, dtype=nw.Int64), nw.lit(1, dtype=nw.Int64)
    added = {
        "met": (met, one),
        "low": (met & ~low.is_null(), low),
        "high": (met & ~high.is_null(), high),
        "unbounded": (met & ~low.is_null() & high.is_null(), one),
        "undetermined": (outcome == nw.lit(Outcome.UNDETERMINED.value), one),
    }
    return [nw.when(holds).then(value).otherwise(zero).alias(f"{name}/{k}") for k, (holds, value) in added.items()]
