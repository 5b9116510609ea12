"""What the solver says of all cases, read for one of them and held against the reference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

import attrs
import z3
from random_values import DIVISIONS

from socorg_rules.decision import Finding, Outcome
from socorg_rules.engines.solver_bounds import Bounds, Universe
from socorg_rules.engines.solver_dates import day_of
from socorg_rules.engines.solver_facts import Symbols, number_in, truth_in
from socorg_rules.engines.solver_finding import STATES, Found, Sum
from socorg_rules.engines.solver_value import Sym
from socorg_rules.expr import Expr
from socorg_rules.facts import EntityType, Fact, Record, Type
from socorg_rules.known import Value
from socorg_rules.money import Amount
from socorg_rules.plan import Plan


@attrs.frozen(eq=False)
class Alone:
    """An expression that stands alone where provisions are expected."""

    root: EntityType
    exprs: tuple[Expr, ...]
    item: None = None
    provision: None = None


def symbols(rnd: Random, plans: Any, readings: Mapping[str, str | None], as_of: dt.date) -> Symbols:  # noqa: ANN401
    """All cases of random packs, asked on one day or on any."""
    bounds = Bounds(items=3, as_of=rnd.choice((as_of, None)))
    return Symbols(plans, bounds, readings, Universe(plans, divisions=DIVISIONS))


class Told:
    """One case among all: what the solver's terms come to for it."""

    def __init__(self, made: Symbols, record: Record, as_of: dt.date) -> None:
        solver = z3.Solver()
        solver.add([d for d in (*made.domain, made.fixed(record, as_of)) if d is not True])
        assert solver.check() == z3.sat, "the solver knows the case"
        self.symbols, self.model = made, solver.model()

    def truth(self, term: Any) -> bool:  # noqa: ANN401
        return truth_in(self.model, term)

    def number(self, term: Any) -> Any:  # noqa: ANN401
        return number_in(self.model, term)

    def is_value(self, made: Sym, expected: Value, type_: Type) -> None:
        """Assert that a node is known to be what the reference knows of it."""
        assert self.truth(made.open) == bool(expected.why)
        absent = None if self.truth(made.maybe) else self.truth(made.gone)
        assert absent == expected.absent
        if type_ is Type.YES_NO:
            assert (self.truth(made.yes), self.truth(made.no)) == (expected.truth is True, expected.truth is False)
            return
        for end, ref in ((made.low, expected.low), (made.high, expected.high)):
            assert self.truth(end.there) == (ref is not None)
            if ref is not None:
                assert self.number(end.value) == self.symbols.plain(Fact("", type_), ref)

    def is_finding(self, made: Found, expected: Finding, *, of_item: bool = False) -> None:
        """Assert that a provision is found to be what the reference finds."""
        state = expected.reason or expected.outcome
        assert [n for n, holds in zip(STATES, made.states, strict=True) if self.truth(holds)] == [state.value]
        assert self.amount(made.entitlement, made.per) == expected.entitlement
        assert self.amount(made.payable, made.per) == expected.payable
        assert self.shown(made.paid) == (None if expected.paid is None else int(expected.paid * 100))
        if made.items is not None:
            here = [found for there, found in made.items if self.truth(there)]
            for found, item in zip(here, expected.items or (), strict=True):
                self.is_finding(found, item, of_item=True)
        elif of_item or expected.items is None:
            self._shows(made, expected)

    def _shows(self, made: Found, expected: Finding) -> None:
        shown = made.shown
        due = expected.due or (expected.duty or {}).get("due")
        day = self.shown(shown.get("due", (False, 0)))
        assert (None if day is None else str(day_of(day))) == due
        assert self.shown(shown.get("months left", (False, 0))) == expected.months_left
        assert (self.shown(shown.get("result", (False, 0))) is None) == (expected.result is None)
        for part in ("value", "required", "short"):
            told = getattr(expected.measure, "shortfall" if part == "short" else part, None)
            assert (self.shown(shown.get(part, (False, 0))) is None) == (told is None)
        for i, check in enumerate(expected.checklist or ()):
            assert self.truth(shown[f"check {i} holds"][1]) == (check.outcome is Outcome.MET)
            assert self.truth(shown[f"check {i} fails"][1]) == (check.outcome is Outcome.NOT_MET)

    def shown(self, made: tuple[Any, Any]) -> Any:  # noqa: ANN401
        return int(self.number(made[1])) if self.truth(made[0]) else None

    def amount(self, sum_: Sum, per: Any) -> Amount | None:  # noqa: ANN401
        if not self.truth(sum_.there):
            return None
        high = int(self.number(sum_.high)) if self.truth(sum_.bounded) else None
        return Amount.of_fen(int(self.number(sum_.low)), high, per)


def plan_with(plan: Plan, **changes: Any) -> Plan:  # noqa: ANN401
    """The provision with another test, sum or discretion, as if its pack had said so."""
    own = {k: v for k, v in changes.items() if k in {"when", "discretion"}}
    provision = attrs.evolve(plan.provision, **own)
    return attrs.evolve(plan, provision=provision, **{**changes, "when": provision.conditions})
