"""The columns engine held against the reference: a batch of cases as tables, and each case by itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

import narwhals as nw
import polars as pl
from as_tables import Native, tables_of
from pack_cases import DAYS, draw
from random_cases import draw_case
from random_packs import OWN
from test_properties import World, read

from socorg_rules import CaseError, Pack, load_case
from socorg_rules.assess import all_provisions
from socorg_rules.case import Case
from socorg_rules.decision import Finding
from socorg_rules.engines.columns import InColumns, Refused, decide_in_columns, shown
from socorg_rules.engines.columns_frames import Frames
from socorg_rules.engines.columns_nodes import Nodes
from socorg_rules.engines.columns_totals import SEPARATOR
from socorg_rules.facts import EntityType
from socorg_rules.money import Amount
from socorg_rules.payments import payment_mistakes
from socorg_rules.plan import Plan
from socorg_rules.question import Question
from socorg_rules.registry.clean import ROW, CleanTables


class Batch(NamedTuple):
    """Many cases about entities of one kind, and what is asked of them."""

    pack: Pack
    root: EntityType
    cases: list[Case]
    as_of: dt.date
    readings: Mapping[str, str | None]
    elsewhere: frozenset[str]

    def tables(self, native: Native = pl.DataFrame.lazy) -> CleanTables:
        return tables_of(self.cases, self.root, [*self.pack.own, OWN], native)


def random_batch(rnd: Random, size: int = 15) -> Batch:
    """A random pack, and random cases for it."""
    world = World(rnd)
    cases = [read(draw_case(rnd, world.kind, rnd.choice((40, 70, 95, 100))), world.kind) for _ in range(size)]
    return Batch(world.pack, world.kind, cases, world.as_of, world.readings, frozenset())


def real_batch(rnd: Random, pack: Pack, root: EntityType, size: int = 30) -> Batch:
    """Random cases for a real pack, some with its default readings and some with any."""
    cases: list[Case] = []
    while len(cases) < size:
        try:
            cases.append(load_case(draw(rnd, pack, root, rnd.choice((30, 60, 90, 100))), [pack]))
        except CaseError:
            continue
    others = rnd.random() < 0.5
    readings = {
        r.name: rnd.choice((r.default, r.default, None, *r.alternatives)) if others else r.default
        for r in pack.readings.values()
    }
    return Batch(pack, root, cases, rnd.choice(DAYS), readings, all_provisions())


class Agreed(NamedTuple):
    """How many decisions agree, those of items counted; how many rows both found in contradiction; what was refused."""

    decisions: int
    contradictions: int
    refused: tuple[str, ...]


def agreed(batch: Batch, native: Native = pl.DataFrame.lazy) -> Agreed:
    """Assert that the columns engine finds what the reference finds of every case."""
    tables = batch.tables(native)
    plans, refused = list(batch.pack.about(batch.root)), tuple[str, ...]()
    try:
        found = in_columns(batch, plans, tables)
    except Refused as error:
        refused = tuple(p.message for p in error.problems)
        out = {p.path.partition(".")[2] for p in error.problems}
        plans = [p for p in plans if p.provision.id not in out]
        found = in_columns(batch, plans, tables)
    rows, items = _rows(found, tables, batch.as_of)
    decisions = contradictions = 0
    for number, case in enumerate(batch.cases):
        row, told = rows[str(number)], f"case {number}: {case.to_dict()}"
        expected = _expected(batch, case, plans, all_plans=not refused)
        if expected is None or row["problems"] is not None:
            if not refused:
                assert (expected is None) == (row["problems"] is not None), (row["problems"], told)
            contradictions += 1
            continue
        for plan, finding in expected.items():
            name = plan.provision.id
            _alike(row, f"{name}.", finding, plan, f"{name} of {told}")
            decisions += 1
            for one in finding.items or ():
                place = (name, str(number), _index(one.item) + 1)
                _alike(items[place], "", one, plan, f"{name} {one.item} of {told}")
                decisions += 1
    return Agreed(decisions, contradictions, refused)


def in_columns(batch: Batch, plans: Iterable[Plan], tables: CleanTables) -> InColumns:
    columns = {name: frozenset(frame.collect_schema().names()) for name, frame in tables.frames.items()}
    nodes = Nodes(batch.root, columns, batch.as_of, batch.readings)
    return decide_in_columns(batch.pack, plans, nodes, batch.elsewhere)


def _expected(batch: Batch, case: Case, plans: list[Plan], *, all_plans: bool) -> dict[Plan, Finding] | None:
    """What the reference finds; None where the case contradicts itself."""
    question = Question(batch.pack, case, batch.as_of, batch.readings, engine_name="reference")
    every = batch.pack.about(batch.root)
    found = {plan: question.engine.decide(plan) for plan in (every if all_plans else plans)}
    if question.evaluator.problems or payment_mistakes(case.record, every, lambda: batch.elsewhere):
        return None
    return found


_Rows = dict[str, dict[str, Any]]
_ItemRows = dict[tuple[str, str, int], dict[str, Any]]


def _rows(found: InColumns, tables: CleanTables, as_of: dt.date) -> tuple[_Rows, _ItemRows]:
    nodes = found.nodes
    root = {f"{p.provision.id}.{n}": c for p, d in found.decided.items() for n, c in shown(nodes.g, p, d).items()}
    frames = Frames(tables.frames, as_of)
    rows = {r[ROW]: r for r in collected(frames({nodes.root: {**root, "problems": found.problems}})[nodes.root])}
    items: _ItemRows = {}
    for plan, of in found.items.items():
        made = frames({of.scope: shown(nodes.g, plan, of.decided)})[of.scope]
        items |= {(plan.provision.id, r[ROW], r[of.scope.keys[-1]]): r for r in collected(made)}
    return rows, items


def collected(frame: nw.LazyFrame[Any]) -> Iterator[dict[str, Any]]:
    """The rows of a lazy frame of any library."""
    backend = "polars" if frame.implementation.is_polars() else "pyarrow"
    yield from frame.collect(backend=backend).rows(named=True)


def _alike(row: Mapping[str, Any], prefix: str, finding: Finding, plan: Plan, told: str) -> None:
    names = ("outcome", "reason", "entitlement_min", "entitlement_max", "payable_min", "payable_max", "paid")
    found = {n: row[f"{prefix}{n}"] for n in names}
    expected: dict[str, Any] = {
        "outcome": finding.outcome.value,
        "reason": finding.reason.value if finding.reason else None,
        **_ends("entitlement", finding.entitlement),
        **_ends("payable", finding.payable),
        "paid": _fen(finding.paid),
    }
    if plan.item is None or finding.item is not None:
        found["months_left"], expected["months_left"] = row[f"{prefix}months_left"], finding.months_left
    found["missing"] = _names(row[f"{prefix}missing"])
    expected["missing"] = {without_indexes(m) for m in finding.missing}
    found["text_gaps"] = _names(row[f"{prefix}text_gaps"])
    expected["text_gaps"] = {g.name for g in finding.gaps}
    assert found == expected, told
    assert set(finding.open_readings) <= _names(row[f"{prefix}open_readings"]), told


def _ends(line: str, amount: Amount | None) -> dict[str, int | None]:
    low, high = (None, None) if amount is None else (amount.min, amount.max)
    return {f"{line}_min": _fen(low), f"{line}_max": _fen(high)}


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)


def _names(text: str | None) -> set[str]:
    return set(text.split(SEPARATOR)) if text else set()


def without_indexes(path: str) -> str:
    """The path of a fact as tables have it."""
    return re.sub(r"\[\d+\]", "[]", path)


def _index(item: str | None) -> int:
    return int(re.findall(r"\[(\d+)\]$", item or "")[0])
