"""The answer to a question: a decision for each provision, with what can be worked out from it on request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import attrs

from .case import Case
from .decide import decide, next_change
from .decision import Finding, Outcome
from .evaluate import Evaluator
from .money import Amount
from .pack import Pack
from .place import Place
from .plan import Plan
from .provision import Grant, Kind


@attrs.frozen(eq=False, slots=False)
class Question:
    """A case under a pack on a day, with the alternative taken of each reading (None: left open).

    Its interpreters are kept, since the decisions of one answer ask about the same days and readings.
    """

    pack: Pack = attrs.field(repr=False)
    case: Case = attrs.field(repr=False)
    as_of: dt.date
    readings: Mapping[str, str | None]
    is_today: bool = False
    _kept: dict[object, Evaluator] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The provisions that are about such a case, in the pack's order."""
        return tuple(p for p in self.pack.plans.values() if p.root is self.case.root)

    @property
    def evaluator(self) -> Evaluator:
        """The reference interpreter for this question."""
        return self._keep(self.as_of, lambda: self._ask(self.readings))

    def on(self, day: dt.date) -> Evaluator:
        """That of the same question on a later day."""
        return self._keep(day, lambda: self.evaluator.on(day))

    def switched(self, reading: str, alternative: str) -> Evaluator:
        """That of the same question with one reading switched."""
        return self._keep((reading, alternative), lambda: self.evaluator.switched(reading, alternative))

    def moved(self, day: dt.date) -> Question:
        """The same question asked on a later day; what cannot have changed by then is kept."""
        other = attrs.evolve(self, as_of=day, is_today=False)
        other._keep(day, lambda: self.on(day))  # noqa: SLF001
        return other

    def about(self, case: Case, fact: str) -> Question:
        """The same question about a case in which one fact is another; what does not read that fact is kept."""
        other = attrs.evolve(self, case=case)
        place = Place(case.record, case.root.name)
        other._keep(self.as_of, lambda: self.evaluator.about(place, fact))  # noqa: SLF001
        return other

    def _ask(self, readings: Mapping[str, str | None]) -> Evaluator:
        return Evaluator(Place(self.case.record, self.case.root.name), self.as_of, readings)

    def _keep(self, key: object, make: Callable[[], Evaluator]) -> Evaluator:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


@attrs.frozen(eq=False, slots=False, kw_only=True)
class Decision(Finding):
    """What was decided of one provision, and why."""

    plan: Plan = attrs.field(repr=False)
    question: Question = attrs.field(repr=False)

    @classmethod
    def of(cls, finding: Finding, plan: Plan, question: Question) -> Decision:
        """The finding, with what it was found for."""
        found: dict[str, Any] = {a.name: getattr(finding, a.name) for a in attrs.fields(Finding)}
        return cls(plan=plan, question=question, **found)

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

    @cached_property
    def next_change(self) -> dt.date | None:
        """The next day on which the decision is another by the passing of time alone; None where it never is."""
        return next_change(self.plan, self.question.on, self)

    @cached_property
    def depends_on(self) -> tuple[str, ...]:
        """Each reading whose switch alone, the others as chosen, changes outcome or amount."""
        taken = self.question.readings
        return tuple(
            r.name
            for r in self.plan.readings
            if any(self._differs(r.name, a) for a in r.alternatives if a != taken[r.name])
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

    def explain(self, lang: str = "zh", form: str = "text") -> str:
        """Why, why not, and what is missing: in `zh` or `en`, as `text`, `tree`, `markdown` or `html`."""
        return _render(self, form, lang)

    def _repr_html_(self) -> str:
        return _fragment(self)

    def _differs(self, reading: str, alternative: str) -> bool:
        other = decide(self.plan, self.question.switched(reading, alternative))
        return _sums(other) != _sums(self)

    def to_dict(self, *, trace: bool = False, depends_on: bool = False) -> dict[str, object]:
        """Plain data, in the form of the answer schema."""
        made: dict[str, object] = {
            "provision": self.provision,
            "title": self.title,
            "kind": self.kind,
            "clause": self.clause,
            "normative": self.question.pack.normative,
            **super().to_dict(),
            "next_change": self.next_change.isoformat() if self.next_change else None,
        }
        if depends_on:
            made["depends_on"] = list(self.depends_on)
        if trace:
            made["trace"] = self.trace
        return made


def _sums(found: Finding) -> tuple[object, ...]:
    items = () if found.items is None else tuple(_sums(i) for i in found.items)
    return found.outcome, found.entitlement, found.payable, items


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
            payee: {per: {k: v for k, v in amount.to_dict().items() if k != "per"} for per, amount in rows.items()}
            for payee, rows in self.sums.items()
        }
        return {**made, "left_out": list(self.left_out)}


@attrs.frozen(eq=False, slots=False)
class Answer(Mapping[str, Decision]):
    """The decisions about one case under one pack, by provision, in the pack's order."""

    question: Question
    decisions: tuple[Decision, ...]

    def __getitem__(self, provision: str) -> Decision:
        return self._by_id[provision]

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
        grants = [d for d in self.decisions if isinstance(d.plan.provision, Grant)] if self.pack.normative else []
        sums: dict[str, dict[str, Amount]] = {}
        left_out: list[str] = []
        for grant in grants:
            payee = grant.plan.provision.payee if isinstance(grant.plan.provision, Grant) else ""
            rows = sums.setdefault(payee, {p: Amount(Decimal("0.00"), Decimal("0.00"), p) for p in ("once", "month")})
            if grant.outcome is Outcome.MET and grant.payable is not None:
                rows[grant.payable.per] += grant.payable
            elif grant.outcome is not Outcome.NOT_MET:
                left_out.append(grant.provision)
            if grant.outcome is Outcome.MET:
                undecided = [i.item for i in grant.items or () if i.outcome not in {Outcome.MET, Outcome.NOT_MET}]
                if grant.plan.item is not None and grant.plan.collection_path in grant.missing:
                    undecided.append(grant.plan.item.collection.fact.name)  # items that the case does not list
                left_out += [f"{grant.provision}.{item}" for item in undecided]
        return Total(sums, tuple(left_out))

    def to_dict(self, *, trace: bool = False, depends_on: bool = False) -> dict[str, object]:
        """Plain data, in the form of the answer schema (`socorg-rules schema answer`)."""
        made: dict[str, object] = {
            "pack": self.pack.id,
            "edition": self.pack.edition,
            "as_of": self.as_of.isoformat(),
            **({"as_of_is_today": True} if self.question.is_today else {}),
            "readings": dict(self.question.readings),
            "decisions": [d.to_dict(trace=trace, depends_on=depends_on) for d in self.decisions],
            "total": self.total.to_dict(),
        }
        return made

    def explain(self, lang: str = "zh", form: str = "text") -> str:
        """What is met and what is not, the sums, and why: in `zh` or `en`, as `text`, `tree`, `markdown` or `html`."""
        return _render(self, form, lang)

    def _repr_html_(self) -> str:
        return _fragment(self)


class Answers(Mapping[str, Answer]):
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

    def explain(self, lang: str = "zh", form: str = "text") -> str:
        """What each pack answers and why, one after the other."""
        return _render(self, form, lang)

    def _repr_html_(self) -> str:
        return _fragment(self)


def _render(what: Decision | Answer | Answers, form: str, lang: str) -> str:
    from .render import render  # noqa: PLC0415 - an explanation costs nothing until it is asked for

    return render(what, form, lang)


def _fragment(what: Decision | Answer | Answers) -> str:
    from .render import fragment  # noqa: PLC0415 - as for an explanation

    return fragment(what)
