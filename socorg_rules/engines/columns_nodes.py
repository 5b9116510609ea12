"""Every node of the rule tree as columns, each made once, whichever provisions ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, cast

from ..expr import Expr
from .columns_graph import Col
from .columns_place import Env, Places, reads
from .columns_quantities import VALUES
from .columns_tests import TESTS
from .columns_values import Val


class Nodes(Places):
    """The columns of nodes."""

    @cached_property
    def _made(self) -> dict[tuple[object, ...], Any]:
        """What was made already, by what it was made of."""
        return {}

    def switched(self, reading: str, alternative: str) -> Nodes:
        """The same with one reading switched; what does not hang on it is the same column."""
        return self.taking({**self.readings, reading: alternative})

    def taking(self, readings: Mapping[str, str | None]) -> Nodes:
        """The same with these alternatives taken of readings."""
        if readings == self.readings:
            return self
        other = Nodes(self.entity, self.columns, self.as_of, readings)
        other.g, other.v, other.root, other._scopes = self.g, self.v, self.root, self._scopes
        return other

    def test(self, node: Expr, env: Env) -> Col:
        """A test: true, false, or null where it is unknown."""
        return cast("Col", self.once("value", node, env, lambda: TESTS[type(node)](self, node, env)))

    def val(self, node: Expr, env: Env) -> Val:
        """A value that is no test."""
        return cast("Val", self.once("value", node, env, lambda: VALUES[type(node)](self, node, env)))

    def once(self, what: object, node: Expr, env: Env, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - what `make` makes
        """What is made of a node for the items that it reads, made once."""
        key = (what, node, *(env[i] for i in reads(node)))
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]
