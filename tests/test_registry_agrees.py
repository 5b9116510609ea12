"""A synthetic registry under every pack: each row is decided as the case that tells the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from registries import case_of, cleaned, rows

from socorg_rules import Answer, CaseError, assess, assess_registry, load_pack, packs
from socorg_rules.facts import entity_type
from socorg_rules.registry.synthetic import synthetic
from socorg_rules.vocabulary import Organization

ORGANIZATION = entity_type(Organization)
N = 150
DAYS = {"yangpu": "2023-06-01", "hainan": "2022-06-01", "xinjin": "2017-06-01"}


@pytest.fixture(scope="module")
def registry() -> dict[str, pl.DataFrame]:
    (tables,) = synthetic(N, seed=11)
    return tables


def shown(answer: Answer) -> dict[str, Any]:
    """What a row of decisions shows of an answer."""
    found: dict[str, Any] = {}
    for d in answer.decisions:
        payable = d.payable
        found |= {
            f"{d.provision}.outcome": d.outcome.value,
            f"{d.provision}.reason": d.reason.value if d.reason else None,
            f"{d.provision}.payable_min": payable.min if payable else None,
            f"{d.provision}.payable_max": payable.max if payable else None,
            f"{d.provision}.missing": sorted({without_places(path) for path in d.missing}),
        }
    return found


def without_places(path: str) -> str:
    head, sign, tail = path.partition("[")
    return f"{head}[]{without_places(tail.partition(']')[2])}" if sign else head


@pytest.mark.parametrize("pack", packs())
def test_each_row_is_decided_as_its_case_is(pack: str, registry: dict[str, pl.DataFrame]) -> None:
    day = DAYS.get(pack, "2023-06-01")
    found = rows(cleaned(registry))
    answer = assess_registry(registry, pack, day)
    decided = {row["row"]: row for row in answer.decisions.to_dicts()}
    wrong = {row for row, _, _ in answer.problems.rows()}
    assert len(decided) > N * 0.9
    for row in (r["row"] for r in found["organization"]):
        case = case_of(found, ORGANIZATION, row)
        if row in wrong:
            with pytest.raises(CaseError):
                assess(case, load_pack(pack), day)
            continue
        expected = shown(assess(case, pack, day))
        got = decided[row]
        compared = {name: sorted(got[name] or ()) if name.endswith(".missing") else got[name] for name in expected}
        assert compared == expected, row


def test_totals_are_those_of_the_answers(registry: dict[str, pl.DataFrame]) -> None:
    found = rows(cleaned(registry))
    totals = {row["row"]: row for row in assess_registry(registry, "yangpu", "2023-06-01").totals.to_dicts()}
    for row in list(totals)[::5]:
        total = assess(case_of(found, ORGANIZATION, row), "yangpu", "2023-06-01").total.to_dict()
        for name, sum_ in totals[row].items():
            if "." in name:
                payee, part = name.split(".")
                per, end = part.split("_")
                expected = total.get(payee, {}).get(per, {}).get(end)
                assert (sum_ or 0) == Decimal(expected or 0), (row, name)
