"""What the synthetic organizations are like: how often each value of a fact occurs, every edge among them.

A distribution is a table of 4,096 entries from which every row draws one, so that a column costs one look-up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..calendar import NEVER, months, shift, years
from ..facts import ELEMENTS, EntityType, Fact, Type
from ..value import FIRST_YEAR, LAST_YEAR

SIZE = 4_096
AROUND = dt.date(2023, 6, 1)
"""The day of the question on whose boundaries the synthetic dates crowd."""

UNKNOWN = 0.06
"""The share of a fact that is not told, where nothing else is said."""

Weighted = Mapping[Any, float]

SHARES: Mapping[str, tuple[Weighted, float]] = {
    # Weights of the values, and the share that is not told.
    "organization.status": (
        {"registered": 80, "filed": 9, "planned": 6, "deregistered": 3.5, "illegal": 1.5},
        0.005,
    ),
    "organization.division": (
        {
            "310110": 45, "310110001": 6, "310110009012": 1, "310000": 2, "31": 1, "310115": 5, "440300": 4,
            "460105": 8, "469001": 4, "4690": 1, "530502": 8, "530502103": 2, "510118": 7, "510132": 1, "230102": 5,
        },
        0.01,
    ),
    "organization.legal_form": ({"社会服务机构": 55, "社会团体": 43, "基金会": 2}, 0.01),
    "organization.hub_type": (
        {"无": 90, "社会组织服务中心": 6, "社区社会组织联合会": 3, "社区基金会": 1},
        UNKNOWN,
    ),
    "annual_inspection.result": ({"合格": 88, "基本合格": 8, "不合格": 4}, 0.03),
    "assessment.grade": ({"5A": 8, "4A": 22, "3A": 50, "2A": 12, "1A": 8}, 0.01),
    "honour.level": ({"区级": 60, "市级": 30, "国家级": 10}, 0.05),
    "staff_member.certificate": (
        {"无": 70, "助理社会工作师": 18, "社会工作师": 11, "高级社会工作师": 1},
        0.05,
    ),
}  # fmt: skip
"""The facts whose values do not occur equally often."""

RARE = {
    "acts_outside_charter",
    "confirmed_by_investigation",
    "endangers_security",
    "has_false_filing_materials",
    "has_problem_found",
    "has_senior_title",
    "has_strong_complaints",
    "is_golden_idea",
    "is_suspected_illegal",
    "seeks_deregistration",
    "violates_public_welfare_purpose",
    "was_outstanding_social_worker",
}
"""What is seldom so."""

SUMS = (0, 1, 300, 499, 499.99, 500, 500.01, 4_000, 9_999.99, 10_000, 29_999.99, 30_000, 50_000, 99_999.99, 100_000)
SUMS_ROUND = tuple(range(1_000, 200_000, 700))
NUMBERS = ("0", "0.3", "0.299999", "0.5", "0.500001", "1")


def entries(weights: Weighted, unknown: float) -> list[Any]:
    """A table of `SIZE` entries in which each value stands as often as it weighs, at least once; None for unknown."""
    known = SIZE - round(SIZE * unknown)
    total = sum(weights.values())
    made = [value for value, weight in weights.items() for _ in range(max(1, round(known * weight / total)))]
    spare = SIZE - len(made)
    return made + [None] * spare if spare >= 0 else made[:SIZE]


def equally(values: Sequence[Any], unknown: float = UNKNOWN) -> list[Any]:
    """A table in which these values stand equally often; where they do not fit, in turns."""
    known = SIZE - round(SIZE * unknown)
    return [values[i % len(values)] for i in range(known)] + [None] * (SIZE - known)


def days(first: dt.date, last: dt.date, unknown: float = UNKNOWN) -> list[dt.date | None]:
    """Days between two, every fifth of them an edge: ends of months, leap days, boundaries of periods, the far ends."""
    span = (last - first).days
    plain = [first + dt.timedelta(days=i * span // SIZE) for i in range(SIZE)]
    return [plain[i] if i % 5 else _EDGES[i // 5 % len(_EDGES)] for i in range(round(SIZE * (1 - unknown)))] + [
        None
    ] * round(SIZE * unknown)


def distribution(kind: EntityType, fact: Fact) -> list[Any]:
    """The table from which a column is drawn: of stored values, money in fen, numbers as text."""
    told = SHARES.get(f"{kind.name}.{fact.name}")
    if told is not None:
        return entries(*told)
    return _BY_TYPE[fact.type](fact)


def _yes_no(fact: Fact) -> list[Any]:
    yes = 6 if fact.name in RARE else 65
    return entries({True: yes, False: 100 - yes}, UNKNOWN)


def _texts(fact: Fact) -> list[Any]:
    return equally(list(fact.values) or [f"虚构{fact.label}{i}" for i in range(1, 10)])


def _numbers(fact: Fact) -> list[Any]:
    if fact.whole:
        return equally(range(2015, 2026) if fact.unit == "年" else range(20))
    return equally(NUMBERS if fact.high == 1 else (*NUMBERS, "2.999999", "3", "4.5", "7.25", "12"))


def _lists(fact: Fact) -> list[Any]:
    """Nothing, each alone, neighbours, and everything."""
    usual: Mapping[Type, list[Any]] = {Type.NUMBERS: [2021, 2022, 2023], Type.MONTHS: ["2023-05", "2023-11"]}
    elements = list(fact.values) or usual.get(fact.type, ["养老服务", "社区治理", "城乡社区服务", "公益慈善"])
    return equally([[], *([e] for e in elements), *map(list, pairwise(elements)), elements])


_EDGES = sorted(
    {
        *(
            shift(AROUND, period) + dt.timedelta(days=day)
            for period in (*(years(-n) for n in range(6)), *(months(-n) for n in (1, 3, 6, 18)), months(1))
            for day in (-1, 0, 1)
        ),
        *(dt.date(2021, 7, 20) + dt.timedelta(days=day) for day in (0, 1, 2)),
        *(dt.date(year, 2, 29) for year in (2016, 2020, 2024)),
        *(dt.date(year, 2, 28) for year in (2021, 2022, 2023)),
        *(dt.date(year, month, day) for year in range(2019, 2025) for month, day in ((1, 1), (6, 30), (12, 31))),
        dt.date(FIRST_YEAR, 1, 1),
        dt.date(LAST_YEAR, 12, 31),
        NEVER,
    }
)

_BY_TYPE: Mapping[Type, Callable[[Fact], list[Any]]] = {
    Type.YES_NO: _yes_no,
    Type.TEXT: _texts,
    Type.DIVISION: lambda _: entries(SHARES["organization.division"][0], UNKNOWN),
    Type.MONEY: lambda _: equally([round(s * 100) for s in (*SUMS, *SUMS, *SUMS, *SUMS_ROUND)]),
    Type.NUMBER: _numbers,
    Type.DATE: lambda _: days(dt.date(2014, 1, 1), dt.date(2025, 12, 31)),
    Type.MONTH: lambda _: equally([f"{year}-{month:02d}" for year in range(2021, 2025) for month in range(1, 13)]),
    **dict.fromkeys(ELEMENTS, _lists),
}
