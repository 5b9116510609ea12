"""Questions about Toyland whose explanations are tested."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from random_packs import OWN, READINGS, Packs, draw_case
from toyland import PACK

from socorg_rules.answer import Answer, Decision
from socorg_rules.assess import assess
from socorg_rules.calendar import parse_day
from socorg_rules.case import read_case
from socorg_rules.decide import decide
from socorg_rules.explain import explain
from socorg_rules.payments import payment_mistakes
from socorg_rules.phrases import Lang
from socorg_rules.question import Question
from socorg_rules.render import as_text

AS_OF = "2023-06-01"

GUILD: Mapping[str, Any] = {
    "name": "甲行会",
    "status": "registered",
    "division": "7701",
    "founded_on": "2022-03-10",
    "registered_in": "2022-03",
    "craft": "木工",
    "members": 12,
    "is_small": True,
    "audits": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}],
    "badges": [
        {"name": "月桂", "grade": "银", "awarded_on": "2022-09-01"},
        {"name": "橡叶", "grade": "铜", "awarded_on": "2022-10-01"},
        {"name": "晨星", "grade": "金", "awarded_on": "2024-01-01"},
    ],
    "payments": [{"provision": "badge_prize", "item": "月桂", "amount": "5000.00", "paid_on": "2022-12-01"}],
}
SHOP = {"name": "东坊", "division": "7701", "is_open": True, "rent": "900", "opened_on": "2022-01-01"}
SHOPS = [{**SHOP, "skills": ["木工"], "apprentices": [{"age": 16}, {"age": 10, "is_paid": False}]}]
YANGPU = {
    "name": "春雨社区服务中心",
    "status": "registered",
    "division": "310110",
    "established_on": "2022-03-10",
    "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}],
    "assessments": [{"grade": "3A", "announced_on": "2022-12-01"}, {"grade": "4A"}],
    "offices": {"items": [{"is_leased": True, "monthly_rent": "800", "leased_from": "2022-04-01"}], "complete": False},
    "honours": [
        {"name": "先进集体", "level": "市级", "holder": "organization", "awarded_on": "2022-10-01"},
        {"name": "区先进", "level": "区级", "holder": "organization", "awarded_on": "2022-11-01"},
    ],
    "payments": [{"provision": "honour_award", "item": "先进集体", "amount": "50000", "paid_on": "2023-01-10"}],
}


def toyland(**changed: Any) -> Answer:  # noqa: ANN401 - any facts
    """The answer about the guild above, some facts changed; None forgets a fact."""
    facts = {k: v for k, v in {**GUILD, **changed}.items() if v is not None}
    return assess({"guild": facts}, PACK, AS_OF)


def town(as_of: str = AS_OF, **facts: Any) -> Answer:  # noqa: ANN401
    """An answer about a town."""
    return assess({"town": {"name": "集镇", "division": "7701", **facts}}, PACK, as_of)


def guild() -> Answer:
    """An answer with every outcome, in which readings, gaps, items and payments speak."""
    return toyland(workshops=SHOPS, fair_years=[2023], is_honest=None)


def line(text: str, start: str) -> str:
    """The first line that starts so."""
    return next(row.strip().removeprefix("- ") for row in text.splitlines() if row.strip(" -").startswith(start))


def short(decision: Decision, lang: Lang = "zh") -> str:
    """A decision with what decides it and without its derivation."""
    return as_text(explain(decision.to_dict(trace=True), lang, whole=False))


def section(text: str, title: str) -> list[str]:
    """The lines of a section, up to the next empty one."""
    rows = text.splitlines()
    start = next(i for i, row in enumerate(rows) if row.strip() == title) + 1
    end = next((i for i, row in enumerate(rows[start:], start) if not row.strip()), len(rows))
    return [row.strip().removeprefix("- ") for row in rows[start:end]]


def any_answer(rnd: Random) -> Answer | None:
    """The answer of a random pack about a random case; None where the case contradicts itself."""
    packs = Packs(rnd, presume=True)
    pack, kind = packs.pack(), packs.root.at.entity
    case = read_case(draw_case(rnd, kind, rnd.choice((40, 70, 95))), [kind], [OWN])
    day = parse_day(rnd.choice(("2022-02-28", "2022-03-31", "2022-06-15", "2023-03-01")))
    assert day is not None
    readings = {r.name: rnd.choice((r.default, "one", None)) for r in READINGS}
    if payment_mistakes(case.record, pack.plans.values(), frozenset):
        return None
    question = Question(pack, case, day, readings)
    ev = question.evaluator
    found = [(plan, decide(plan, ev)) for plan in pack.plans.values()]
    return None if ev.problems else Answer(question, tuple(found))
