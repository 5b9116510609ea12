"""What can be expected of a decision, field by field: how it is written in a file, and how it is held to what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from ..answer import Answer, Decision, Total
from ..calendar import parse_day
from ..decision import Finding, Outcome, Reason
from ..errors import nearest
from ..expr import walk
from ..money import Amount, Per, to_fen, to_yuan
from ..plan import Plan
from ..provision import Grant
from ..reading import TextGap
from ..words import Gap

Plain = Any
"""A value as a file holds it: text, an exact number, true, false, null, a list or an object."""

PERS: Mapping[str, Per] = {"once": "once", "month": "month"}


class ExpectationError(ValueError):
    """What is wrong with what a file expects; `at` is the place within it."""

    def __init__(self, message: str, at: str = "") -> None:
        super().__init__(message)
        self.at = at


@attrs.frozen
class Difference:
    """One thing that is not as expected: where in the test, what was expected there, and what came."""

    path: str
    expected: object
    came: object


# ------------------------------------------------------------------------------------------------- one field


@attrs.frozen
class Field:
    """How one field is read from a file (for the provision it is expected of), and what came of it."""

    read: Callable[[Plain, Plan], object]
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


def read_sum(given: Plain) -> Sum | None:
    """A sum as a file writes it: yuan alone where it is exactly so much, its ends, or null where there is none."""
    if given is None:
        return None
    if not isinstance(given, Mapping):
        exact = money(given)
        return Sum({"min": exact, "max": exact}, None)
    for key in given:
        if key not in ("min", "max", "per"):
            raise ExpectationError(f"a sum has no `{key}`{nearest(key, ('min', 'max', 'per'))}", f".{key}")
    if "per" in given and given["per"] not in PERS:
        raise ExpectationError(f"`{given['per']}` is no rhythm{nearest(given['per'], PERS)}", ".per")
    ends: dict[str, Decimal | None] = {}
    for end in ("min", "max"):
        if end in given:
            try:
                ends[end] = None if given[end] is None and end == "max" else money(given[end])
            except ExpectationError as problem:
                raise ExpectationError(str(problem), f".{end}") from None
    return Sum(ends, PERS.get(given.get("per", "")))


def _one_of(known: Iterable[str], what: str) -> Callable[[Plain, Plan], object]:
    listed = list(known)

    def read(given: Plain, _: Plan) -> object:
        if given not in listed:
            raise ExpectationError(f"`{given}` is no {what}{nearest(given, listed)}")
        return given

    return read


def _reason(given: Plain, _: Plan) -> object:
    if given is not None and given not in list(Reason):
        raise ExpectationError(f"`{given}` is no reason, and not null{nearest(given, list(Reason))}")
    return given


def _names(known: Callable[[Plan], Iterable[str]] | None, what: str) -> Callable[[Plain, Plan], object]:
    """A list of names, in any order; `known` are those that there are."""

    def read(given: Plain, plan: Plan) -> object:
        if not isinstance(given, list):
            raise ExpectationError(f"is a list of {what}; write `[]` where there is none")
        listed = None if known is None else list(known(plan))
        for i, one in enumerate(given):
            if not isinstance(one, str):
                raise ExpectationError(f"`{one}` is no name of one of the {what}", f"[{i}]")
            if listed is not None and one not in listed:
                raise ExpectationError(
                    f"`{plan.provision.id}` has no `{one}` among its {what}{nearest(one, listed)}", f"[{i}]"
                )
        return frozenset(given)

    return read


def _clause(given: Plain, plan: Plan) -> object:  # noqa: ARG001 - all are read alike; `form.py` knows the document
    return given


def _text(given: Plain, _: Plan) -> object:
    if given is not None and not isinstance(given, str):
        raise ExpectationError(f"`{given}` is no text; put it in quotes")
    return given


def _whole(given: Plain, _: Plan) -> object:
    if given is not None and (isinstance(given, bool) or not isinstance(given, int)):
        raise ExpectationError(f"`{given}` is no whole number")
    return given


def _day(given: Plain, _: Plan) -> object:
    day = parse_day(given) if isinstance(given, str) else None
    if given is not None and day is None:
        raise ExpectationError(
            f"`{given}` is no day of the calendar; write it as `YYYY-MM-DD`, or null where there is none"
        )
    return day


def _measure(given: Plain, _: Plan) -> object:
    if given is None:
        return None
    known = ("value", "required", "shortfall")
    if not isinstance(given, Mapping):
        raise ExpectationError("is an object with `value`, `required` and `shortfall`")
    for key, value in given.items():
        if key not in known:
            raise ExpectationError(f"a measure has no `{key}`{nearest(key, known)}", f".{key}")
        if value is not None and _number(value) is None:
            raise ExpectationError(f"`{value}` is no number", f".{key}")
    return {key: _number(value) for key, value in given.items()}


def _checklist(given: Plain, plan: Plan) -> object:
    listed = [c.label for c in getattr(plan.provision, "checklist", ())]
    if not isinstance(given, Mapping):
        raise ExpectationError("is an object of outcomes, by the words of each requirement")
    for test, outcome in given.items():
        if test not in listed:
            raise ExpectationError(f"`{plan.provision.id}` has no such requirement{nearest(test, listed)}", f".{test}")
        _one_of(list(Outcome), "outcome")(outcome, plan)
    return dict(given)


def _gaps(plan: Plan) -> list[str]:
    named = [n.gap.name for e in plan.exprs for n in walk(e) if isinstance(n, Gap)]
    return [*(g.name for g in plan.gaps), *named]


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
    "missing": Field(_names(None, "missing facts"), lambda f: frozenset(f.missing)),
    "text_gaps": Field(_names(_gaps, "text gaps"), _gap_names),
    "open_readings": Field(
        _names(lambda p: [r.name for r in p.readings], "readings"), lambda f: frozenset(f.open_readings)
    ),
    "measure": Field(_measure, _measured),
    "checklist": Field(_checklist, lambda f: {c.test: c.outcome for c in f.checklist or ()}),
    "result": Field(_text, lambda f: f.result),
    "due": Field(_day, _due),
    "depends_on": Field(
        _names(lambda p: [r.name for r in p.readings], "readings"), lambda d: frozenset(d.depends_on), of_items=False
    ),
    "clause": Field(_clause, _decisive_clauses, of_items=False),
    "because": Field(_names(None, "tests"), _because, of_items=False),
    "next_change": Field(_day, lambda d: d.next_change, of_items=False),
}
"""What can be expected of a decision; what is not `of_items` is expected of a whole decision alone."""


# ------------------------------------------------------------------------------------------------ held together


Expected = Mapping[str, object]
"""What is expected of a decision or of one item of it, by field; under `items` of each item, by its path."""


def differences(answer: Answer, expected: Mapping[str, Expected], total: Expected | None = None) -> list[Difference]:
    """Everything in an answer that is not as expected.

    Args:
        answer: what came.
        expected: by provision, what `form.py` has read.
        total: by payee, what is expected of the sums of `once` and `month`; and `left_out`.
    """
    found = [d for name, fields in expected.items() for d in _differing(answer[name], fields, f"expect.{name}")]
    return [*found, *(_in_total(answer.total, total) if total else ())]


def _differing(came: Decision | Finding, expected: Expected, path: str) -> Iterator[Difference]:
    for name, wanted in expected.items():
        if name == "items":
            assert isinstance(wanted, Mapping)  # noqa: S101 - read so
            yield from _differing_items(came, wanted, path)
            continue
        found = FIELDS[name].came(came)
        if not _as_expected(name, wanted, found):
            yield Difference(f"{path}.{name}", wanted, found)


def _differing_items(came: Decision | Finding, wanted: Mapping[str, Expected], path: str) -> Iterator[Difference]:
    items = {str(i.item): i for i in came.items or ()}
    for item, fields in wanted.items():
        if item in items:
            yield from _differing(items[item], fields, f"{path}.items.{item}")
        else:
            yield Difference(f"{path}.items.{item}", "an item", sorted(items))


def _as_expected(name: str, wanted: object, found: object) -> bool:
    if isinstance(wanted, Sum):
        return isinstance(found, Amount) and wanted.holds(found)
    if isinstance(wanted, dict) and isinstance(found, dict):  # as much of it as is written
        return all(found.get(key) == value for key, value in wanted.items())
    if name == "clause":
        return isinstance(found, frozenset) and wanted in found
    return wanted == found


def _in_total(total: Total, wanted: Expected) -> Iterator[Difference]:
    for payee, sums in wanted.items():
        if payee == "left_out":
            if sums != frozenset(total.left_out):
                yield Difference("total.left_out", sums, frozenset(total.left_out))
            continue
        assert isinstance(sums, Mapping)  # noqa: S101 - read so
        for per, sum_ in sums.items():
            came = total.sums.get(payee, {}).get(per)
            if not _as_expected(per, sum_, came):
                yield Difference(f"total.{payee}.{per}", sum_, came)


def payees(plans: Iterable[Plan]) -> list[str]:
    """To whom these provisions pay."""
    return sorted({p.provision.payee for p in plans if isinstance(p.provision, Grant)})
