"""The trace of a decision: every step of its derivation, as plain data that JSON can hold.

The steps are those of the reference interpreter, which is asked once more and writes down what it sees; a decision
whose trace nobody asks for pays nothing. `schema_answer` publishes the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .evaluate import NO_ITEMS
from .expr import Const, Expr
from .facts import EntityType, Fact
from .place import Env, Place, members, unlisted
from .reading import Reading
from .steps import asked_of, read_as
from .tracing import Tracing, item

if TYPE_CHECKING:
    from .answer import Decision
    from .decision import Finding
    from .plan import Plan
    from .question import Question


def trace(decision: Decision) -> dict[str, Any]:
    """The whole derivation of a decision: what was asked, and each test and sum with all it was worked out from.

    `derivations` holds one derivation, or one for each item of a provision that decides item by item; `each` is then
    the collection.
    """
    plan, question = decision.plan, decision.question
    ev = question.tracing
    made: dict[str, Any] = {
        "question": _asked(question),
        "readings": [_taken_reading(r, question.readings[r.name]) for r in plan.readings],
        "text_gaps": [{"gap": g.name, **asked_of(g)} for g in decision.gaps],
        "missing": [{"path": path, "label": label(path, question)} for path in decision.missing],
    }
    if plan.item is None:
        return {
            **made,
            "derivations": [{**derivation(plan, ev, NO_ITEMS, decision.finding), **_fired(decision.finding, "")}],
        }
    fact = plan.item.collection.fact
    here = members(ev.root, fact, ev.as_of).here
    found: list[tuple[Place, Finding | None]] = list(zip(here, decision.items or (), strict=True))
    each = ev.collection(plan.item, NO_ITEMS)
    if not each["complete"] or not found:  # what is known of an item of which nothing is known
        found.append((unlisted(plan.item, (each["path"],)), None if found else decision.finding))
    derived = [
        {**derivation(plan, ev, {plan.item: place}, f), "item": item(place), **_fired(decision.finding, place.path)}
        for place, f in found
    ]
    return {**made, "each": each, "derivations": derived}


def _fired(finding: Finding, path: str) -> dict[str, Any]:
    """What rules came to, where an engine of rules has decided."""
    fired = finding.fired.get(path) if finding.fired is not None else None
    return {} if fired is None else {"fired": fired.to_list()}


def derivation(plan: Plan, ev: Tracing, env: Env, finding: Finding | None) -> dict[str, Any]:
    """Each test and sum of a provision, for the root entity or for one item. What it does not test is left out."""
    p, terms = plan.provision, plan.settlement
    read: dict[str, Expr | None] = {
        "reach": plan.reach,
        "force": plan.force,
        "when": plan.when,
        "discretion": plan.discretion,
    }
    read |= {name: getattr(terms, name, None) for name in ("used", "paid", "credited", "months_used")}
    read |= {"low": plan.low, "high": plan.high, "due": p.due, "result": p.result}
    if p.measure:
        read |= {"measure": p.measure.value, "required": p.measure.required}
    reason = finding.reason.value if finding and finding.reason else None
    outcome = {"outcome": finding.outcome.value if finding else None, "reason": reason}
    steps = {name: ev.step(e, env) for name, e in read.items() if e is not None and not _tests_nothing(name, e)}
    limit = {"limit": terms.limit} if terms and terms.limit is not None else {}
    return {"clause": p.clause, **outcome, **steps, **limit}


def _tests_nothing(name: str, expr: Expr) -> bool:
    """Whether this is no test at all: a reach without limits, no discretion, payments that use nothing up."""
    return isinstance(expr, Const) and expr.value is (name in {"reach", "force", "when"})


def _asked(question: Question) -> dict[str, Any]:
    pack, root = question.pack, question.case.root
    subject = {"entity": root.name, "label": root.label, "name": question.case.record.values.get("name")}
    return {
        "pack": pack.id,
        "title": pack.title,
        "edition": pack.edition,
        "document": pack.source.title,
        "number": pack.source.number,
        "authority": pack.source.authority,
        "normative": pack.normative,
        "as_of": question.as_of.isoformat(),
        "is_today": question.is_today,
        "moved_to": question.moved_to,
        "subject": subject,
    }


def _taken_reading(reading: Reading, taken: str | None) -> dict[str, Any]:
    alternatives = [
        {"alternative": name, "label": a.label, "label_en": a.label_en} for name, a in reading.alternatives.items()
    ]
    chosen = {"default": reading.default, "because": reading.because, "alternatives": alternatives}
    return {**read_as(reading, taken), **chosen}


def label(path: str, question: Question) -> str:
    """A path of the case file in Chinese words: `organization.offices[0].monthly_rent` is 办公场所第1项的月租金."""
    own = {(o.entity, f.name): f for o in (*question.case.own, *question.pack.own) for f in o.facts.values()}
    return "的".join(_chain(path.split(".")[1:], question.case.root, own)) or question.case.root.label


def _chain(names: list[str], kind: EntityType, own: Mapping[tuple[EntityType, str], Fact]) -> Iterator[str]:
    """The words for the names of a path, each a fact of the entity that the ones before lead to."""
    if not names:
        return
    name, _, index = names[0].rstrip("]").partition("[")
    fact, rest = kind.facts.get(name), names[1:]
    if fact is None and rest:  # a pack's own fact, under the name of the pack
        bare, _, index = rest[0].rstrip("]").partition("[")
        fact, rest = own.get((kind, f"{name}.{bare}")), rest[1:]
    if fact is None:
        yield ".".join(names)
        return
    yield fact.label + (f"第{int(index) + 1}项" if re.fullmatch(r"\d+", index) else "")
    if fact.of is not None:
        yield from _chain(rest, fact.of, own)
