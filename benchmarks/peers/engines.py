"""The same job on other engines, one case at a time. Each maker gives a function from a row to six pairs of sums.

They treat what is unknown as no, and have no reasons to give but their traces. Where an engine has no test for the
beginning of a text, it is handed that test's result.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

from job import EFFECT, GRADES, HONOURS, NEW_FROM, Row

Pairs = list[tuple[int, int]]
Decide = Callable[[Row], Pairs]

ZEN = {
    "here": 'status == "registered" and startsWith(division, "310110")',
    "new": f'$.here and date(established_on) >= date("{NEW_FROM}") and first_inspection == "合格"',
    "opening": "$.new and not opening_paid ? [0, 10000] : [0, 0]",
    "rent": "$.new and monthly_rent > 0 ? [0, min([monthly_rent, 500])] : [0, 0]",
    "award": 'grade == "5A" ? 50000 : grade == "4A" ? 30000 : grade == "3A" ? 10000 : 0',
    "left": "$.here ? max([$.award - grade_paid, 0]) : 0",
    "grade_sums": "[$.left, $.left]",
    "level": 'honour_level == "国家级" ? 80000 : honour_level == "市级" ? 50000 : 0',
    "reward": f'$.here and date(honoured_on) >= date("{EFFECT}") ? $.level : 0',
    "honour": "[$.reward, $.reward]",
    "salary": "$.here and leading_talent and months_paid < 24 ? [800, 2000] : [0, 0]",
    "project": "$.here and project_selected ? [0, min([floor(project_cost / 2), 50000])] : [0, 0]",
}
ZEN_RESULTS = ("opening", "rent", "grade_sums", "honour", "salary", "project")


def zen(*, trace: bool) -> Decide:
    """zen-engine (Rust): one node of expressions."""
    from zen import ZenEngine

    expressions = [{"id": key, "key": key, "value": value} for key, value in ZEN.items()]
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {"id": "six", "type": "expressionNode", "name": "six", "content": {"expressions": expressions}, **place},
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "six"},
            {"id": "2", "type": "edge", "sourceId": "six", "targetId": "out"},
        ],
    }
    decision = ZenEngine().create_decision(json.dumps(graph))
    options = {"trace": True} if trace else {}

    def decide(row: Row) -> Pairs:
        found = decision.evaluate(row, options)["result"]
        return [(int(found[name][0]), int(found[name][1])) for name in ZEN_RESULTS]

    return decide


def cel() -> Decide:
    """CEL, in its Python implementation."""
    import celpy

    environment = celpy.Environment()
    here = 'status == "registered" && division.startsWith("310110")'
    new = f'{here} && established_on >= "{NEW_FROM}" && first_inspection == "合格"'
    award = 'grade == "5A" ? 50000 : grade == "4A" ? 30000 : grade == "3A" ? 10000 : 0'
    level = 'honour_level == "国家级" ? 80000 : honour_level == "市级" ? 50000 : 0'
    texts = {
        "opening_max": f"({new} && !opening_paid) ? 10000 : 0",
        "rent_max": f"({new} && monthly_rent > 0) ? (monthly_rent < 500 ? monthly_rent : 500) : 0",
        "grade": f"({here} && ({award}) > grade_paid) ? ({award}) - grade_paid : 0",
        "honour": f'({here} && honoured_on >= "{EFFECT}") ? ({level}) : 0',
        "salary": f"{here} && leading_talent && months_paid < 24",
        "project_max": f"({here} && project_selected) ? (project_cost < 100000 ? project_cost / 2 : 50000) : 0",
    }
    programs = {name: environment.program(environment.compile(text)) for name, text in texts.items()}

    def decide(row: Row) -> Pairs:
        given = celpy.json_to_cel(row)
        found = {name: int(program.evaluate(given)) for name, program in programs.items()}
        return [
            (0, found["opening_max"]),
            (0, found["rent_max"]),
            (found["grade"], found["grade"]),
            (found["honour"], found["honour"]),
            (800, 2_000) if found["salary"] else (0, 0),
            (0, found["project_max"]),
        ]

    return decide


def durable() -> Decide:
    """durable-rules: one rule a benefit and figure, in a session of its own that is deleted."""
    from durable import engine

    found: dict[str, int] = {}

    def note(name: str) -> Callable[[Any], None]:
        def run(_: Any) -> None:  # noqa: ANN401
            found[name] = 1

        return run

    def rule(name: str, *tests: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return name, {"all": [{"m": {"$and": [{"here": True}, *tests]}}], "run": note(name)}

    new = ({"$gte": {"established": NEW_FROM.toordinal()}}, {"first_inspection": "合格"})
    counts = {"$gte": {"honoured": EFFECT.toordinal()}}
    rules = dict(
        [
            ("init", {"all": [{"m": {"init": True}}], "run": lambda _: None}),
            rule("opening", *new, {"opening_paid": False}),
            rule("rent", *new, {"$gt": {"monthly_rent": 0}}),
            *(rule(f"grade.{g}", {"grade": g}, {"$lt": {"grade_paid": s}}) for g, s in GRADES.items()),
            *(rule(f"honour.{h}", {"honour_level": h}, counts) for h in HONOURS),
            rule("salary", {"leading_talent": True}, {"$lt": {"months_paid": 24}}),
            rule("project", {"project_selected": True}),
        ]
    )

    class Host(engine.Host):  # type: ignore[misc]
        """Without its two timers, which crash together with deleted sessions."""

        def _run(self) -> None:
            return

    host = Host()
    host.register_rulesets({"six": rules})
    number = iter(range(10**9))

    def decide(row: Row) -> Pairs:
        found.clear()
        sid = str(next(number) % 512)
        host.assert_fact("six", {"id": "0", "sid": sid, "init": True})
        here = row["status"] == "registered" and row["division"].startswith("310110")
        fact = {k: v for k, v in row.items() if k not in {"status", "division", "established_on", "honoured_on"}}
        fact |= {"established": ordinal(row["established_on"]), "honoured": ordinal(row["honoured_on"])}
        with contextlib.suppress(engine.MessageNotHandledException):  # no rule is about it
            host.assert_fact("six", {"id": "1", "sid": sid, "here": here, **fact})  # a posted event fires one rule only
        host.delete_state("six", sid)
        grade = next((s - row["grade_paid"] for g, s in GRADES.items() if f"grade.{g}" in found), 0)
        honour = next((s for h, s in HONOURS.items() if f"honour.{h}" in found), 0)
        return [
            (0, 10_000 if "opening" in found else 0),
            (0, min(row["monthly_rent"], 500) if "rent" in found else 0),
            (grade, grade),
            (honour, honour),
            (800, 2_000) if "salary" in found else (0, 0),
            (0, min(row["project_cost"] // 2, 50_000) if "project" in found else 0),
        ]

    return decide


def ordinal(iso: str) -> int:
    """The number of a day."""
    import datetime as dt

    return dt.date.fromisoformat(iso).toordinal()
