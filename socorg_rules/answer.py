"""The answer to a question: a decision for each provision, with what can be worked out from it on request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import attrs

from .decision import Check, Finding, Outcome, Reason, Shown
from .displayed import Displayed
from .money import Amount
from .pack import Pack
from .plan import Plan
from .provision import Grant, Kind
from .question import Question
from .reading import TextGap

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

T = TypeVar("T")


class _Found(Generic[T]):
    """A part of a finding, as the decision's own."""

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, decision: None, _: type) -> _Found[T]: ...
    @overload
    def __get__(self, decision: Decision, _: type | None = None) -> T: ...
    def __get__(self, decision: Decision | None, _: type | None = None) -> T | _Found[T]:
        if decision is None:
            return self
        found: T = getattr(decision.finding, self._name)
        return found


@attrs.frozen(eq=False, slots=False)
class Decision(Displayed):
    """What was decided of one provision, and why. Its sums and outcomes are those of its `finding`."""

    finding: Finding
    plan: Plan = attrs.field(repr=False)
    question: Question = attrs.field(repr=False)

    outcome = _Found[Outcome]()
    reason = _Found[Reason | None]()
    entitlement = _Found[Amount | None]()
    paid = _Found[Decimal | None]()
    payable = _Found[Amount | None]()
    missing = _Found[tuple[str, ...]]()
    gaps = _Found[tuple[TextGap, ...]]()
    text_gaps = _Found[tuple[str, ...]]()
    open_readings = _Found[tuple[str, ...]]()
    months_left = _Found[int | None]()
    measure = _Found[Shown | None]()
    checklist = _Found[tuple[Check, ...] | None]()
    duty = _Found[Mapping[str, str | None] | None]()
    due = _Found[str | None]()
    result = _Found[str | None]()
    items = _Found[tuple[Finding, ...] | None]()

    @property
    def provision(self) -> str:
        """The id of the provision."""
        return self.plan.provision.id

    @property
    def title(self) -> str:
        """Its Chinese title."""
        return self.plan.provision.title

    @property
    def kind(self) -> Kind:
        """What kind of provision it is."""
        return self.plan.provision.kind

    @property
    def clause(self) -> str:
        """The clause that it encodes."""
        return self.plan.provision.clause

    @property
    def edition(self) -> str:
        """The edition of the pack that decided it: the one in force on the day of the question."""
        return self.question.pack.edition

    @cached_property
    def next_change(self) -> dt.date | None:
        """The next day on which the decision is another by the passing of time alone; None where it never is."""
        return self.question.next_change(self.plan)

    @cached_property
    def depends_on(self) -> tuple[str, ...]:
        """Each reading whose switch alone, the others as chosen, changes outcome or amount."""
        taken, idle = self.question.readings, self.question.engine.idle(self.plan)
        return tuple(
            r.name
            for r in self.plan.readings
            if r.name not in idle and any(self._differs(r.name, a) for a in r.alternatives if a != taken[r.name])
        )

    @cached_property
    def trace(self) -> dict[str, Any]:
        """The whole derivation as plain data: each test with what it saw, each reading taken, each payment counted."""
        from .trace import trace  # noqa: PLC0415 - a trace costs nothing until it is asked for

        return trace(self)

    @cached_property
    def refutation(self) -> tuple[dict[str, Any], ...]:
        """Of a decision that is not met, the smallest set of tests that already refutes it, as plain data.

        Each has `id` and `label`, the `clause` that it stands under, the `path` of the fact that it read, what it
        `saw` there, and the `threshold` that it held this against.
        """
        from .proof import why_not  # noqa: PLC0415 - as for the trace

        return tuple(leaf.to_dict() for leaf in why_not(self.trace)) if self.outcome is Outcome.NOT_MET else ()

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """Why, why not, and what is missing."""
        from .explain import explain  # noqa: PLC0415 - an explanation costs nothing until it is asked for

        return explain(self.to_dict(trace=True, depends_on=True), lang, whole=whole, folds=folds)

    def _differs(self, reading: str, alternative: str) -> bool:
        engine = self.question.engine.switched(reading, alternative)
        if engine.outcome(self.plan) is not self.outcome:
            return True
        other = engine.decide(self.plan)
        return other is not self.finding and other.sums() != self.finding.sums()

    def to_dict(self, *, trace: bool = False, depends_on: bool = False) -> dict[str, object]:
        """Plain data, in the form of the answer schema."""
        made: dict[str, object] = {
            "provision": self.provision,
            "title": self.title,
            "kind": self.kind,
            "clause": self.clause,
            "edition": self.edition,
            "normative": self.question.pack.normative,
            **self.finding.to_dict(),
            "next_change": self.next_change.isoformat() if self.next_change else None,
        }
        if depends_on:
            made["depends_on"] = list(self.depends_on)
        if trace:
            made["trace"] = self.trace
        return made


NOTHING_ONCE, NOTHING_A_MONTH = Amount.of_fen(0, 0, "once"), Amount.of_fen(0, 0, "month")


@attrs.frozen
class Total:
    """What is payable under the grants that are met, by payee and by once / month; and what is left out of it."""

    sums: Mapping[str, Mapping[str, Amount]]
    left_out: tuple[str, ...]

    def __getitem__(self, payee: str) -> Mapping[str, Amount]:
        return self.sums[payee]

    def to_dict(self) -> dict[str, object]:
        """Plain data: `{"organization": {"once": {"min": …, "max": …}, "month": …}, …, "left_out": […]}`."""
        made: dict[str, object] = {
            payee: {per: {"min": (told := amount.to_dict())["min"], "max": told["max"]} for per, amount in rows.items()}
            for payee, rows in self.sums.items()
        }
        return {**made, "left_out": list(self.left_out)}


@attrs.frozen(eq=False, slots=False)
class Answer(Displayed, Mapping[str, Decision]):
    """The decisions about one case under one pack, by provision, in the pack's order."""

    question: Question
    found: tuple[tuple[Plan, Finding], ...] = attrs.field(repr=False)

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the pack's order."""
        return tuple(Decision(finding, plan, self.question) for plan, finding in self.found)

    def __getitem__(self, provision: str) -> Decision:
        if provision not in self._by_id:
            raise KeyError(self.question.unknown(provision))
        return self._by_id[provision]

    def __contains__(self, provision: object) -> bool:
        return provision in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self.decisions)

    @cached_property
    def _by_id(self) -> dict[str, Decision]:
        return {d.provision: d for d in self.decisions}

    @property
    def pack(self) -> Pack:
        """The pack that answers."""
        return self.question.pack

    @property
    def as_of(self) -> dt.date:
        """The day of the question."""
        return self.question.as_of

    def _with(self, outcome: Outcome) -> tuple[Decision, ...]:
        return tuple(d for d in self.decisions if d.outcome is outcome)

    @property
    def met(self) -> tuple[Decision, ...]:
        """The decisions that are met."""
        return self._with(Outcome.MET)

    @property
    def discretionary(self) -> tuple[Decision, ...]:
        """Those whose tests are met and whose words leave whether to the authority."""
        return self._with(Outcome.DISCRETIONARY)

    @property
    def undetermined(self) -> tuple[Decision, ...]:
        """Those that a missing fact, a text gap or an open reading leaves undecided."""
        return self._with(Outcome.UNDETERMINED)

    @property
    def not_met(self) -> tuple[Decision, ...]:
        """Those that are not met, each with its reason."""
        return self._with(Outcome.NOT_MET)

    def of_kind(self, kind: Kind) -> tuple[Decision, ...]:
        """The decisions about provisions of one kind."""
        return tuple(d for d in self.decisions if d.kind == kind)

    @property
    def missing(self) -> tuple[str, ...]:
        """Every fact that is missing, by its path, each once."""
        return tuple(dict.fromkeys(m for d in self.decisions for m in d.missing))

    @cached_property
    def total(self) -> Total:
        """The sum of what is payable now; it counts nothing that is undecided or left to the authority."""
        sums: dict[str, dict[str, Amount]] = {}
        left_out: list[str] = []
        for plan, found in self.found if self.pack.normative else ():
            grant = plan.provision
            if not isinstance(grant, Grant):
                continue
            rows = sums.setdefault(grant.payee, {"once": NOTHING_ONCE, "month": NOTHING_A_MONTH})
            if found.outcome is Outcome.MET and found.payable is not None:
                rows[found.payable.per] += found.payable
            elif found.outcome is not Outcome.NOT_MET:
                left_out.append(grant.id)
            if found.outcome is Outcome.MET:
                undecided = [i.item for i in found.items or () if i.outcome not in {Outcome.MET, Outcome.NOT_MET}]
                if plan.item is not None and plan.collection_path in found.missing:
                    undecided.append(plan.item.collection.fact.name)  # items that the case does not list
                left_out += [f"{grant.id}.{item}" for item in undecided]
        return Total(sums, tuple(left_out))

    def to_dict(self, *, trace: bool = False, depends_on: bool = False) -> dict[str, object]:
        """Plain data, in the form of the answer schema (`socorg-rules schema answer`)."""
        made: dict[str, object] = {
            "pack": self.pack.id,
            "edition": self.pack.edition,
            "as_of": self.as_of.isoformat(),
            **({"as_of_is_today": True} if self.question.is_today else {}),
            **({"moved_to": self.question.moved_to} if self.question.moved_to else {}),
            "readings": dict(self.question.readings),
            "decisions": [d.to_dict(trace=trace, depends_on=depends_on) for d in self.decisions],
            "total": self.total.to_dict(),
        }
        return made

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """What is met and what is not, the sums, and why."""
        from .explain import explain  # noqa: PLC0415 - an explanation costs nothing until it is asked for

        return explain(self.to_dict(trace=True, depends_on=True), lang, whole=whole, folds=folds)


class Answers(Displayed, Mapping[str, Answer]):
    """The answers of several packs about one case, by pack id. Totals never cross packs."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._answers = dict(answers)

    def __getitem__(self, pack: str) -> Answer:
        return self._answers[pack]

    def __iter__(self) -> Iterator[str]:
        return iter(self._answers)

    def __len__(self) -> int:
        return len(self._answers)

    def to_dict(self, **options: Any) -> dict[str, object]:  # noqa: ANN401 - those of `Answer.to_dict`
        """Plain data: `{"answers": […]}`."""
        return {"answers": [a.to_dict(**options) for a in self.values()]}

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """What each pack answers and why, one after the other."""
        from .explain import explain  # noqa: PLC0415 - an explanation costs nothing until it is asked for

        return explain(self.to_dict(trace=True, depends_on=True), lang, whole=whole, folds=folds)
