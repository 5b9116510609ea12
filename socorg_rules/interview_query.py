"""A question about one missing fact: what is asked, in which form it is answered, and how much hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import attrs

from .case_edit import told
from .decision import Finding, Outcome
from .facts import ELEMENTS, Fact, Type
from .money import Amount, Per
from .phrases import Lang, Speech, words
from .phrases_explore import EXPLORE
from .plan import Plan
from .question import Question
from .trace import label

QueryKind = Literal["fact", "list", "count", "more"]
MONTHS = 12
"""For how many months a monthly sum counts beside one that is paid once."""


@attrs.frozen
class Query:
    """What is asked, and why.

    `kind`: a `fact` has one value, a `list` all of its values; of a collection, how many items there are on the day
    (`count`), or how many more beside those told (`more`). `values` are the closed or usual values with their Chinese
    labels; with `open_values` another text is an answer too. `presumed`: the rules take it to hold as it is.
    `provisions` hang on it, and `at_stake` in money: for sums paid once and for those of a month, from nothing up to
    what is still open (no upper end: nothing bounds it). `weight` is that money in yuan as questions are compared by
    it: a month's sum counts for a year, and one that nothing bounds for the largest in the case that is bounded.
    """

    path: str
    kind: QueryKind
    type: str
    unit: str
    values: Mapping[str, str]
    open_values: bool
    judgement: bool
    presumed: bool
    label: str
    text: str
    text_en: str
    why: str
    why_en: str
    provisions: tuple[str, ...]
    at_stake: tuple[Amount, ...]
    weight: Decimal

    @property
    def usefulness(self) -> tuple[Any, ...]:
        """What orders questions: money, then provisions, then facts of the case itself before those of its items."""
        return self.weight, len(self.provisions), -self.path.count("[")

    def to_dict(self) -> dict[str, Any]:
        """Plain data, in the form of the interview schema."""
        made = {a.name: getattr(self, a.name) for a in attrs.fields(type(self))}
        at_stake = [a.to_dict() for a in self.at_stake]
        made |= {"values": dict(self.values), "provisions": list(self.provisions), "weight": str(self.weight)}
        return {**made, "at_stake": at_stake}


def query(
    question: Question,
    path: str,
    fact: Fact,
    wanted: Sequence[tuple[Plan, Finding]],
    *,
    unbounded: Decimal,
    presumed: bool,
) -> Query:
    """The question about a missing fact that these decisions want; a sum that nothing bounds weighs `unbounded`."""
    listed = told(question.case, path) if fact.of is not None else None
    kind: QueryKind = "fact"
    if fact.of is not None:
        kind = "count" if listed is None else "more"
    elif fact.type in ELEMENTS:
        kind = "list"
    sums = [open_sum(finding) for _, finding in wanted]
    at_stake = tuple(_added(sums))
    plans = [plan for plan, _ in wanted]
    return Query(
        path=path,
        kind=kind,
        type=fact.type.value,
        unit=fact.unit,
        values=fact.values,
        open_values=fact.open_values or not fact.values,
        judgement=fact.judgement,
        presumed=presumed,
        label=label(path, question),
        text=_text(question, path, fact, listed, "zh"),
        text_en=_text(question, path, fact, listed, "en"),
        why=_why(plans, at_stake, "zh", presumed=presumed),
        why_en=_why(plans, at_stake, "en", presumed=presumed),
        provisions=tuple(plan.provision.id for plan in plans),
        at_stake=at_stake,
        weight=sum((_weight(a, unbounded) for a in sums if a is not None), Decimal(0)),
    )


def open_sum(finding: Finding) -> Amount | None:
    """How much of a decision's sum is still open; None where nothing is."""
    payable = finding.payable
    if payable is None:
        return None
    sure = payable.min if finding.outcome is Outcome.MET else Decimal(0)
    ceiling = None if payable.max is None else payable.max - sure
    return None if ceiling == 0 else Amount(Decimal("0.00"), ceiling, payable.per)


def largest(findings: Iterable[Finding]) -> Decimal:
    """The largest bounded sum that is open."""
    sums = (open_sum(finding) for finding in findings)
    return max((_weight(a, Decimal(1)) for a in sums if a is not None), default=Decimal(1))


def _weight(amount: Amount, unbounded: Decimal) -> Decimal:
    if amount.max is None:
        return unbounded
    return amount.max * (MONTHS if amount.per == "month" else 1)


def _added(sums: Iterable[Amount | None]) -> list[Amount]:
    """Open sums added up, once and a month."""
    open_: dict[Per, Amount] = {}
    for amount in sums:
        if amount is not None:
            open_[amount.per] = open_[amount.per] + amount if amount.per in open_ else amount
    return [open_[per] for per in sorted(open_, reverse=True)]


def _text(question: Question, path: str, fact: Fact, listed: object, lang: Lang) -> str:
    say = Speech(lang, EXPLORE)
    name = fact.label if say.chinese else words(fact.name.rpartition(".")[2])
    form = fact.type.name.lower()
    if fact.of is not None:
        form = "count" if listed is None else "more"
    elif fact.type is Type.TEXT and fact.values and not fact.open_values:
        form = "choice"
    unit = (
        say("in_unit", unit="yuan" if fact.type is Type.MONEY and not say.chinese else fact.unit) if fact.unit else ""
    )
    items: Any = listed
    n = 0 if items is None else len(items["items"] if isinstance(items, dict) else items)
    shown = say("in_unit", unit=unit) if unit else ""
    asked = say(f"ask.{form}", name=name, unit=shown, day=question.as_of.isoformat(), n=n)
    return say("asked_of", where=_where(question, path, say), asked=asked) if "[" in path else asked


def _where(question: Question, path: str, say: Speech) -> str:
    """The item that a fact belongs to."""
    above = path[: path.rindex("]") + 1]
    if say.chinese:
        return label(above, question)
    parts = [p.partition("[") for p in above.split(".")[1:]]
    return ", ".join(f"{words(name)} {say('nth', n=int(i[:-1]) + 1)}" if i else words(name) for name, _, i in parts)


def _why(plans: list[Plan], at_stake: Iterable[Amount], lang: Lang, *, presumed: bool) -> str:
    say = Speech(lang, EXPLORE)
    titles = [p.provision.title if say.chinese else words(p.provision.id) for p in plans]
    told_ = say("needed_for", n=len(titles), names=say.join(titles[:FEW]) + (say("and_others") if titles[FEW:] else ""))
    sums = [say("at_stake", amount=say.amount(a.to_dict())) for a in at_stake]
    return say.join((told_, *sums, *((say("only_presumed"),) if presumed else ())), "stop")


FEW = 3
"""How many provisions are named in a line."""
