"""What can be expected of a decision, field by field: how it is written in a file, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from ..answer import Decision
from ..calendar import parse_day
from ..case import Case
from ..case_edit import fact_at
from ..decision import Finding, Outcome, Reason
from ..errors import CaseError, Problem, nearest
from ..expr import Expr, walk
from ..facts import Record
from ..money import Amount, Per, to_fen, to_yuan
from ..pack import Pack
from ..plan import Plan
from ..provision import Grant
from ..reading import TextGap
from ..refs import Collection, FactOf, Fold, Pick, Quantified
from ..steps import NODES
from ..words import Condition, Gap

Plain = Any
"""A value as a file holds it: text, an exact number, true, false, null, a list or an object."""

PERS: Mapping[str, Per] = {"once": "once", "month": "month"}
REPEATED = "written more than once; keep one"


class ExpectationError(ValueError):
    """What is wrong with what a file expects: `problems`, each with its place within it."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem("", p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(map(str, self.problems)))


# ------------------------------------------------------------------------------------------------- one field


@attrs.frozen
class Asked:
    """The provision that something is expected of, in each edition that has it, the newest first."""

    plans: tuple[Plan, ...]
    pack: Pack

    @property
    def id(self) -> str:
        """Its name."""
        return self.plans[0].provision.id

    @property
    def nodes(self) -> list[Expr]:
        """All that it is made of."""
        return [n for plan in self.plans for e in plan.exprs for n in walk(e)]


Read = Callable[[Plain, Asked], object]


@attrs.frozen
class Field:
    """How one field is read from a file (for the provision it is expected of), and what came of it."""

    read: Read
    came: Callable[[Any], object]
    of_items: bool = True


@attrs.frozen
class Sum:
    """A sum that is expected: the ends and the rhythm that were written; what was not is not looked at."""

    ends: Mapping[str, Decimal | None]
    per: Per | None

    def holds(self, came: Amount | None) -> bool:
        """Whether a sum is this one."""
        if came is None:
            return False
        found = {"min": came.min, "max": came.max}
        return all(found[end] == wanted for end, wanted in self.ends.items()) and self.per in {None, came.per}


def money(given: Plain) -> Decimal:
    """A sum in yuan, exactly."""
    number = _number(given)
    fen = None if number is None or number < 0 else to_fen(number)
    if fen is None:
        raise ExpectationError(f"`{given}` is no sum; write yuan with at most two places, as in `10000` or `86.50`")
    return to_yuan(fen)


def _number(given: Plain) -> Decimal | None:
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        return None
    try:
        number = Decimal(given)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _parts(given: Mapping[Any, Plain], known: Mapping[str, Callable[[Plain], object]], what: str) -> dict[str, Any]:
    """The parts of an object, each read; what is wrong with any of them is told at once."""
    if not given:
        told = f"{what} holds {', '.join(f'`{k}`' for k in known)}" if known else "leave it out"
        raise ExpectationError(f"expects nothing; {told}")
    read: dict[str, object] = {}
    problems = [Problem(f".{key}", REPEATED) for key in getattr(given, "repeated", ())]
    for key, value in given.items():
        try:
            if key not in known:
                raise ExpectationError(f"{what} has no `{key}`{nearest(key, known)}")  # noqa: TRY301 - told like the rest
            read[key] = known[key](value)
        except ExpectationError as error:
            problems += [Problem(f".{key}{p.path}", p.message) for p in error.problems]
    if problems:
        raise ExpectationError(*problems)
    return read


def read_sum(given: Plain) -> Sum | None:
    """A sum as a file writes it: yuan alone where it is exactly so much, its ends, or null where there is none."""
    if given is None:
        return None
    if not isinstance(given, Mapping):
        exact = money(given)
        return Sum({"min": exact, "max": exact}, None)
    ends: dict[str, Decimal | None] = _parts(
        given, {"min": money, "max": lambda g: None if g is None else money(g), "per": _rhythm}, "a sum"
    )
    low, high = ends.get("min"), ends.get("max")
    if low is not None and high is not None and low > high:
        raise ExpectationError(f"from {low} to {high} is no sum; write the smaller end as `min`")
    return Sum({end: ends[end] for end in ("min", "max") if end in ends}, PERS.get(given.get("per", "")))


def _rhythm(given: Plain) -> Per:
    if not isinstance(given, str) or given not in PERS:
        raise ExpectationError(f"`{given}` is no rhythm{nearest(given, PERS)}")
    return PERS[given]


def _one_of(known: Iterable[str], what: str) -> Read:
    listed = list(known)

    def read(given: Plain, _: Asked) -> object:
        if given not in listed:
            raise ExpectationError(f"`{given}` is no {what}{nearest(given, listed)}")
        return given

    return read


def _reason(given: Plain, _: Asked) -> object:
    if given is not None and given not in list(Reason):
        raise ExpectationError(f"`{given}` is no reason, and not null{nearest(given, list(Reason))}")
    return given


def _names(check: Callable[[str, Asked], None], what: str) -> Read:
    """A list of names, in any order; `check` raises where there is none of a name."""

    def read(given: Plain, of: Asked) -> object:
        if not isinstance(given, list):
            raise ExpectationError(f"is a list of {what}; write `[]` where there is none")
        problems: list[Problem] = []
        for i, one in enumerate(given):
            try:
                if not isinstance(one, str):
                    raise ExpectationError(f"`{one}` is no name of one of the {what}")  # noqa: TRY301 - told like the rest
                check(one, of)
            except ExpectationError as error:
                problems += [Problem(f"[{i}]", p.message) for p in error.problems]
        if problems:
            raise ExpectationError(*problems)
        return frozenset(given)

    return read


def _among(known: Callable[[Asked], Iterable[str]], what: str) -> Read:
    """A list of names that there are."""

    def check(name: str, of: Asked) -> None:
        listed = list(known(of))
        if name not in listed:
            raise ExpectationError(f"`{of.id}` has no `{name}` among its {what}{nearest(name, listed)}")

    return _names(check, what)


def _fact(path: str, of: Asked) -> None:
    root = of.plans[0].root
    try:
        fact = fact_at(Case(root, Record(root, {}), tuple(o for e in of.pack.editions for o in e.own)), path)
    except CaseError as error:
        raise ExpectationError(*(str(p) for p in error.problems)) from None
    if fact is None:
        raise ExpectationError(f"`{path}` is no fact; only a fact or a whole collection can be missing")


def _refuting(of: Asked) -> Iterator[str]:
    """What a test that refutes goes by: its id, that of the reading or gap, or the words of what it reads first."""
    for plan in of.plans:
        if plan.item is not None:
            yield plan.item.collection.fact.label
    yield from _readings(of)
    for node in of.nodes:
        if isinstance(node, Condition):
            yield node.id
        if isinstance(node, Gap):
            yield node.gap.name
        if isinstance(node, FactOf | Collection):
            yield node.fact.label
        if isinstance(node, Quantified | Fold | Pick):
            yield node.item.collection.fact.label
    yield from NODES.values()  # of one that reads no fact


def _readings(of: Asked) -> list[str]:
    return [r.name for plan in of.plans for r in plan.readings]


def _clause(given: Plain, of: Asked) -> object:
    clauses = [c.locator for e in of.pack.editions for c in e.source.clauses]
    if given not in clauses:
        raise ExpectationError(f"the document has no clause `{given}`{nearest(given, clauses)}")
    return given


def _text(given: Plain, _: Asked) -> object:
    if given is not None and not isinstance(given, str):
        raise ExpectationError(f"`{given}` is no text; put it in quotes")
    return given


def _whole(given: Plain, _: Asked) -> object:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int)):
        raise ExpectationError(f"`{given}` is no whole number")
    return given


def _day(given: Plain, _: Asked) -> object:
    day = parse_day(given) if isinstance(given, str) else None
    if given is not None and day is None:
        raise ExpectationError(
            f"`{given}` is no day of the calendar; write it as `YYYY-MM-DD`, or null where there is none"
        )
    return day


def _measure(given: Plain, _: Asked) -> object:
    if given is None:
        return None
    known = ("value", "required", "shortfall")
    if not isinstance(given, Mapping):
        raise ExpectationError("is an object with `value`, `required` and `shortfall`")
    return _parts(given, dict.fromkeys(known, _figure), "a measure")


def _figure(given: Plain) -> Decimal | None:
    number = _number(given)
    if given is not None and number is None:
        raise ExpectationError(f"`{given}` is no number")
    return number


def _checklist(given: Plain, of: Asked) -> object:
    listed = [c.label for plan in of.plans for c in getattr(plan.provision, "checklist", ())]
    if not isinstance(given, Mapping):
        raise ExpectationError("is an object of outcomes, by the words of each requirement")
    outcome = _one_of(list(Outcome), "outcome")
    return _parts(given, dict.fromkeys(listed, lambda g: outcome(g, of)), f"the checklist of `{of.id}`")


def _gaps(of: Asked) -> list[str]:
    named = [n.gap.name for n in of.nodes if isinstance(n, Gap)]
    return [*(g.name for plan in of.plans for g in plan.gaps), *named]


def _gap_names(found: Finding) -> frozenset[str]:
    gaps: tuple[TextGap, ...] = found.gaps
    return frozenset(g.name for g in gaps)


def _due(found: Finding) -> dt.date | None:
    told = found.due or (found.duty or {}).get("due")
    return None if told is None else parse_day(told)


def _measured(found: Finding) -> object:
    return None if found.measure is None else {k: _number(v) for k, v in found.measure.to_dict().items() if k != "unit"}


def _decisive_clauses(decision: Decision) -> frozenset[str]:
    """The clauses that the tests that refute it stand under; of what is not refused, the provision's own."""
    refuting = {str(t["clause"]) for t in decision.refutation if t["clause"]}
    return frozenset(refuting or {decision.clause})


def _because(decision: Decision) -> frozenset[str]:
    return frozenset(str(t["id"] or t["label"]) for t in decision.refutation)


FIELDS: Mapping[str, Field] = {
    "outcome": Field(_one_of(list(Outcome), "outcome"), lambda f: f.outcome),
    "reason": Field(_reason, lambda f: f.reason),
    "entitlement": Field(lambda g, _: read_sum(g), lambda f: f.entitlement),
    "paid": Field(lambda g, _: None if g is None else money(g), lambda f: f.paid),
    "payable": Field(lambda g, _: read_sum(g), lambda f: f.payable),
    "months_left": Field(_whole, lambda f: f.months_left),
    "missing": Field(_names(_fact, "missing facts"), lambda f: frozenset(f.missing)),
    "text_gaps": Field(_among(_gaps, "text gaps"), _gap_names),
    "open_readings": Field(_among(_readings, "readings"), lambda f: frozenset(f.open_readings)),
    "measure": Field(_measure, _measured),
    "checklist": Field(_checklist, lambda f: {c.test: c.outcome for c in f.checklist or ()}),
    "result": Field(_text, lambda f: f.result),
    "due": Field(_day, _due),
    "depends_on": Field(_among(_readings, "readings"), lambda d: frozenset(d.depends_on), of_items=False),
    "clause": Field(_clause, _decisive_clauses, of_items=False),
    "because": Field(_among(_refuting, "tests"), _because, of_items=False),
    "next_change": Field(_day, lambda d: d.next_change, of_items=False),
}
"""What can be expected of a decision; what is not `of_items` is expected of a whole decision alone."""


def payees(plans: Iterable[Plan]) -> list[str]:
    """To whom these provisions pay."""
    return sorted({p.provision.payee for p in plans if isinstance(p.provision, Grant)})
