"""What a whole registry comes to: how many meet what, what is payable, which facts are missing most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

import attrs
import polars as pl

from ..decision import Outcome
from ..facts import EntityType
from ..money import to_yuan
from ..pack import Pack
from ..phrases import PHRASES, words
from ..plan import Plan
from ..provision import Grant
from .table import NO_KEY, NO_ROW

Lang = Literal["zh", "en"]

SAID = {
    "decided": ("已判定 {n} 家；未判定者的问题 {problems} 条", "{n} rows decided; {problems} problems with others"),
    "orphans": (
        "另有 {n} 行不属于名册中的任何一家（编号缺失或对不上），判定时未计入，见“问题”",
        "{n} more rows belong to no one in the registry (key missing or unknown): see the problems",
    ),
    "as_of": ("{title}，截至 {day}", "{title}, as of {day}"),
    "provision": ("项目", "provision"),
    "clause": ("条款", "clause"),
    "payable": ("可领合计（元）", "payable (yuan)"),
    "no_ceiling": ("无上限", "no ceiling"),
    "a_month": ("每月", "a month"),
    "missing": ("最缺的事实：", "Facts missing most:"),
    "missing_line": ("  {fact}：{n} 处", "  {fact}: {n}"),
    "none_missing": ("没有缺失的事实", "No fact is missing"),
}
MOST_MISSING = 10
"""How many of the facts missing most are listed."""


@attrs.define
class Tally:
    """What one provision comes to."""

    outcomes: Counter[str] = attrs.field(factory=Counter)
    low: int = 0
    """The least payable to those who meet it, in fen."""
    high: int = 0
    unbounded: int = 0
    """How many meet it without a known ceiling."""
    missing: Counter[str] = attrs.field(factory=Counter)


class Summary:
    """Counts what batches of decisions come to."""

    def __init__(self, pack: Pack, root: EntityType, day: str) -> None:
        self.pack, self.root, self.day = pack, root, day
        self.plans = pack.about(root)
        self.rows = self.problems = self.orphans = 0
        self.tallies = {plan.provision.id: Tally() for plan in self.plans}

    def add(self, decisions: pl.DataFrame, problems: pl.DataFrame) -> None:
        """Count a batch. Rows that belong to no row of the registry are no one's problem, and change what is decided of
        someone: they are counted apart."""
        keyless = pl.col("problem").str.starts_with(NO_KEY) & (pl.col("path") != self.root.name)
        orphans = problems.filter(pl.col("problem").str.starts_with(NO_ROW) | keyless).height
        self.rows += decisions.height
        self.orphans += orphans
        self.problems += problems.height - orphans
        for name, tally in self.tallies.items():
            outcome = decisions.get_column(f"{name}.outcome")
            tally.outcomes.update(dict(outcome.value_counts().iter_rows()))
            met = outcome == Outcome.MET.value
            low, high = (decisions.get_column(f"{name}.payable_{end}").filter(met) for end in ("min", "max"))
            tally.low += fen(low)
            tally.high += fen(high)
            tally.unbounded += int((low.is_not_null() & high.is_null()).sum())
            facts = decisions.get_column(f"{name}.missing").drop_nulls().explode(empty_as_null=True).drop_nulls()
            tally.missing.update(dict(facts.value_counts().iter_rows()))

    @property
    def missing(self) -> Counter[str]:
        """How often each fact is missing, over all provisions."""
        return sum((tally.missing for tally in self.tallies.values()), Counter())

    def lines(self, lang: Lang = "zh") -> Iterator[str]:
        """The summary as text."""
        say = _Say(lang)
        title = self.pack.title if lang == "zh" else self.pack.id
        yield say("as_of", title=title, day=self.day)
        yield say("decided", n=self.rows, problems=self.problems)
        if self.orphans:
            yield say("orphans", n=self.orphans)
        for plan in self.plans:
            yield f"  {self._line(plan, say)}"
        most = self.missing.most_common(MOST_MISSING)
        yield say("missing" if most else "none_missing")
        for fact, n in most:
            yield say("missing_line", fact=label_of(self.root, fact) if lang == "zh" else fact, n=n)

    def _line(self, plan: Plan, say: _Say) -> str:
        tally = self.tallies[plan.provision.id]
        counts = "  ".join(f"{say.outcome(plan, o)} {tally.outcomes[o.value]}" for o in Outcome)
        title = plan.provision.title if say.lang == "zh" else words(plan.provision.id)
        line = f"{plan.provision.clause}  {title}：{counts}" if say.lang == "zh" else f"{title}: {counts}"
        if isinstance(plan.provision, Grant) and tally.outcomes[Outcome.MET.value] and plan.high is not None:
            line += f"  {say('payable')} {yuan(tally.low)}–{say('no_ceiling') if tally.unbounded else yuan(tally.high)}"
            line += f" {say('a_month')}" if plan.per == "month" else ""
        return line


class _Say:
    """The words of a summary in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        return SAID[key][self.lang == "en"].format(**values)

    def outcome(self, plan: Plan, outcome: Outcome) -> str:
        """The word for an outcome of a provision of its kind."""
        return outcome_word(plan, outcome.value, self.lang)


def outcome_word(plan: Plan, outcome: str, lang: Lang) -> str:
    """The word for an outcome of a provision of this kind."""
    key = f"{outcome}.{plan.provision.kind}"
    return PHRASES[key if key in PHRASES else outcome][lang == "en"]


def fen(sums: pl.Series) -> int:
    """The total of a column of sums in yuan, in fen."""
    return round(Decimal(sums.sum() or 0) * 100)


def yuan(sum_: int) -> str:
    """Fen as yuan with separators, as in `1,234.50`."""
    return f"{to_yuan(sum_):,}"


def label_of(root: EntityType, path: str) -> str:
    """The Chinese labels along the path of a fact.

    >>> from socorg_rules.facts import entity_type
    >>> from socorg_rules.vocabulary import Organization
    >>> label_of(entity_type(Organization), "organization.assessments.grade")
    '等级评估·评估等级'
    """
    kind: EntityType | None = root
    labels: list[str] = []
    for step in path.split(".")[1:]:
        fact = kind.facts.get(step.partition("[")[0]) if kind is not None else None
        labels.append(step if fact is None else fact.label)
        kind = fact.of if fact is not None else None
    return "·".join(labels)
