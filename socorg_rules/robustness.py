"""Which decisions stand however the text is read, which hang on a reading, and what lies between the readings in money.

No combination is tried that cannot matter: a decision is made with every reading left open, and where one of them
leaves it open, once for each of its alternatives. What a decision does not hang on is never switched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from .answer import Answer
from .assess import answer_to, questions
from .combinations import Choice, Taken, deciding, merged
from .decision import Finding, Outcome
from .displayed import Displayed
from .money import Amount, Per
from .pack import Pack
from .plan import Plan
from .provision import Grant, Kind
from .question import Question, Reference
from .spread import Spread, spread

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

COMBINATIONS = 4096
"""How many combinations are followed of one provision's readings; beyond it, the rest is told as not looked at."""


@attrs.frozen
class Verdict:
    """One way in which a provision is decided, and the combinations of readings `under` which it is.

    `payable` is None where it is not met or has no figure. Of each reading that counts, a combination names the
    alternatives that lead here; together the combinations are all that do.
    """

    outcome: Outcome
    payable: Amount | None
    under: tuple[Choice, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the robustness schema."""
        return {
            **_sums(self.outcome, self.payable),
            "under": [{n: list(a) for n, a in choice.items()} for choice in self.under],
        }


@attrs.frozen
class Standing:
    """How a provision is decided under all readings: `outcome` and `payable` as the readings of the question are.

    `hangs_on` are the readings whose switch can change outcome or payable sum, whatever the others. `complete` is False
    where there were more combinations than are followed; the verdicts are then not all.
    """

    provision: str
    title: str
    kind: Kind
    clause: str
    outcome: Outcome
    payable: Amount | None
    verdicts: tuple[Verdict, ...]
    hangs_on: tuple[str, ...]
    complete: bool

    @property
    def stands(self) -> bool:
        """Whether it is decided alike under every combination of readings."""
        return self.complete and len(self.verdicts) == 1

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the robustness schema."""
        return {
            **{k: getattr(self, k) for k in ("provision", "title", "kind", "clause", "stands", "complete")},
            **_sums(self.outcome, self.payable),
            "hangs_on": list(self.hangs_on),
            "verdicts": [v.to_dict() for v in self.verdicts],
        }


def _sums(outcome: Outcome, payable: Amount | None) -> dict[str, Any]:
    return {"outcome": outcome.value, "payable": payable.to_dict() if payable else None}


@attrs.frozen(eq=False, slots=False)
class Robustness(Displayed, Mapping[str, Standing]):
    """The provisions of a pack under all readings, by id, in the pack's order, and the spread of the totals."""

    answer: Answer = attrs.field(repr=False)
    standings: tuple[Standing, ...]
    spreads: tuple[Spread, ...]

    @cached_property
    def _by_id(self) -> dict[str, Standing]:
        return {s.provision: s for s in self.standings}

    def __getitem__(self, provision: str) -> Standing:
        return self._by_id[provision]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self.standings)

    @property
    def standing(self) -> tuple[Standing, ...]:
        """The provisions that are decided alike under every combination of readings."""
        return tuple(s for s in self.standings if s.stands)

    @property
    def hanging(self) -> tuple[Standing, ...]:
        """Those that hang on readings."""
        return tuple(s for s in self.standings if not s.stands)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the robustness schema (`socorg-rules schema robustness`)."""
        pack, question = self.answer.pack, self.answer.question
        return {
            "pack": pack.id,
            "edition": pack.edition,
            "normative": pack.normative,
            "as_of": question.as_of.isoformat(),
            "readings": dict(question.readings),
            "decisions": [s.to_dict() for s in self.standings],
            "totals": [s.to_dict() for s in self.spreads],
        }

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - all of it
        """What stands, what hangs on what, and the spread."""
        from .robustness_table import robustness_document  # noqa: PLC0415 - what is not shown costs nothing

        return robustness_document(self, lang)


def robustness(
    case: object,
    pack: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
) -> Robustness:
    """Decide a case under every combination of readings that can matter to it.

    Args:
        case: a `Case`, or whatever `load_case` reads.
        pack: an id, the path of a pack file, or a `Pack`.
        as_of: as for `assess`.
        readings: those that all others are held against; the pack's where left out. They are switched like the others.

    Raises:
        CaseError: as for `assess`; also where the case contradicts itself under some reading.
        PackError: the pack is not found or has mistakes.

    >>> case = {"organization": {"status": "registered", "division": "310110", "established_on": "2022-03-10",
    ...         "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}], "payments": []}}
    >>> found = robustness(case, "yangpu", "2024-03-10")
    >>> found["opening_subsidy"].outcome.value, found["opening_subsidy"].hangs_on
    ('met', ('establishment_date', 'no_floor', 'two_year_endpoint', 'two_year_reference_date'))
    >>> [(str(s.least.max), str(s.most.max)) for s in found.spreads][0]
    ('0.00', '10000.00')
    """
    (question,) = questions(case, [pack], as_of, readings, "reference")
    answer = answer_to(question)
    all_open = _Open(question)
    found = {plan: all_open.followed(plan) for plan in question.plans}
    all_open.refuse_contradictions()
    standings = tuple(_standing(plan, finding, *found[plan]) for plan, finding in answer.found)
    return Robustness(answer, standings, tuple(_spreads(answer, found)))


Branch = tuple[Taken, Finding]
"""A combination of readings, and what is decided under it whatever the others."""


class _Open:
    """A question with every reading left open, and with some of them taken."""

    def __init__(self, question: Question) -> None:
        asked = attrs.evolve(question, readings=dict.fromkeys(question.pack.readings), engine_name="reference")
        self._evaluator = asked.evaluator
        self._engines: dict[frozenset[tuple[str, str]], Reference] = {frozenset(): Reference(self._evaluator)}

    def refuse_contradictions(self) -> None:
        """Raise for what the case contradicts itself in, under whatever reading."""
        self._evaluator.refuse_contradictions()

    def followed(self, plan: Plan) -> tuple[list[Branch], bool]:
        """Every combination of readings that decides a provision, and whether that is all of them."""
        alternatives = {r.name: r.alternatives for r in plan.readings}
        cases: list[Branch] = []
        waiting: list[dict[str, str]] = [{}]
        while waiting and len(cases) + len(waiting) <= COMBINATIONS:
            taken = waiting.pop()
            finding = self._under(taken).decide(plan)
            if not finding.open_readings:
                cases.append((taken, finding))
                continue
            reading = finding.open_readings[0]
            waiting += [{**taken, reading: a} for a in reversed(list(alternatives[reading]))]
        cases += [(taken, self._under(taken).decide(plan)) for taken in reversed(waiting)]
        return cases, not waiting

    def _under(self, taken: Taken) -> Reference:
        key = frozenset(taken.items())
        if key not in self._engines:
            *before, last = taken.items()
            self._engines[key] = self._under(dict(before)).switched(*last)
        return self._engines[key]


def _result(finding: Finding) -> tuple[Outcome, Amount | None]:
    return finding.outcome, None if finding.outcome is Outcome.NOT_MET else finding.payable


def _standing(plan: Plan, chosen: Finding, cases: list[Branch], complete: bool) -> Standing:  # noqa: FBT001 - of `followed`
    p = plan.provision
    results = [(taken, _result(finding)) for taken, finding in cases]
    hangs_on = deciding(results)
    alternatives = {r.name: tuple(r.alternatives) for r in plan.readings}
    by_result: dict[tuple[Outcome, Amount | None], list[Taken]] = {}
    for taken, result in results:
        by_result.setdefault(result, []).append({name: taken[name] for name in taken if name in hangs_on})
    verdicts = tuple(Verdict(*result, merged(under, alternatives)) for result, under in by_result.items())
    return Standing(p.id, p.title, p.kind, p.clause, *_result(chosen), verdicts, hangs_on, complete)


def _spreads(answer: Answer, found: Mapping[Plan, tuple[list[Branch], bool]]) -> Iterator[Spread]:
    """The spread of each total that the answer has."""
    for payee, rows in answer.total.sums.items():
        for chosen in rows.values():
            grants = [p for p in found if isinstance(p.provision, Grant) and p.provision.payee == payee]
            parts = [[c for t, f in found[p][0] for c in _contributions(t, f, chosen.per)] for p in grants]
            complete = all(found[p][1] for p in grants)
            yield spread(payee, chosen, [(deciding(part), part) for part in parts], exact=complete)


def _contributions(taken: Taken, finding: Finding, per: Per) -> Iterator[tuple[Taken, Amount]]:
    """What a grant adds to a total; where a combination was not followed to its end, the least and the most."""
    met = finding.outcome is Outcome.MET
    payable = finding.payable if finding.payable is not None and finding.payable.per == per else None
    nothing = Amount(Decimal("0.00"), Decimal("0.00"), per)
    if met or finding.open_readings:
        yield taken, payable or nothing
    if finding.open_readings:
        yield taken, Amount(payable.min, payable.min, per) if met and payable else nothing
    elif not met:
        yield taken, nothing
