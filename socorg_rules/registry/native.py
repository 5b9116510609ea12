"""Frames of the caller's own kind: what comes in as pandas goes out as pandas, what is lazy stays lazy."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import attrs
import narwhals as nw


@attrs.frozen
class Kind:
    """A kind of frame. `is_lazy`: nothing is computed until the caller asks; `give` makes a frame of it."""

    is_lazy: bool
    give: Callable[[nw.LazyFrame[Any]], Any]


def _same(frame: nw.LazyFrame[Any]) -> Any:  # noqa: ANN401 - the frame behind it
    return frame.to_native()


def computed(frame: nw.LazyFrame[Any]) -> Any:  # noqa: ANN401
    """A frame of Polars, computed from tables in memory, for which its streaming engine takes half as long again."""
    return frame.to_native().collect(engine="in-memory")


def _pandas(frame: nw.LazyFrame[Any]) -> Any:  # noqa: ANN401
    return computed(frame).to_pandas(use_pyarrow_extension_array=True)


def _arrow(frame: nw.LazyFrame[Any]) -> Any:  # noqa: ANN401
    return computed(frame).to_arrow()


IN_POLARS = Kind(False, computed)


def kind_of(given: object) -> Kind:
    """The kind of a caller's frame. A path is a lazy frame of Polars, and what no frame library of its own knows here
    (pandas, PyArrow) is computed by Polars."""
    if isinstance(given, str | os.PathLike):
        return Kind(True, _same)
    frame: Any = nw.from_native(given, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        return Kind(True, _same)
    eager = {nw.Implementation.PANDAS: _pandas, nw.Implementation.PYARROW: _arrow}
    return Kind(False, eager.get(frame.implementation, computed) if isinstance(frame, nw.DataFrame) else computed)
