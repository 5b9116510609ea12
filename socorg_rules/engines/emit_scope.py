"""A function of compiled source under construction."""

from __future__ import annotations

from collections.abc import Callable

from ..refs import Item, Root


class Scope:
    """A function under construction: its temporary names, and what it reads of the question."""

    def __init__(self) -> None:
        self.reads: dict[str, str] = {}
        self._temporary = 0
        self.depth = 0

    def name(self) -> str:
        """A fresh temporary name."""
        self._temporary += 1
        return f"t{self._temporary}"

    def read(self, name: str) -> str:
        """A part of the question (`day`, `month`, `year`, `year_end`, `taken`, `memo`) as a local name."""
        self.reads[name] = f"    {name} = c.{name}"
        return name

    def fact(self, owner: Root | Item, name: str, items: Callable[[Item], int]) -> str:
        """The call that reads a fact of the root entity or of an item."""
        of = "v" if isinstance(owner, Root) else f"i{items(owner)}.values"
        getter = "f" if isinstance(owner, Root) else f"f{items(owner)}"
        self.reads[getter] = f"    {getter} = {of}.get"
        return f"{getter}({name!r})"
