"""What rules do not say and still changes: who is paid, what kind a provision is, what its text leaves open; and how
many items there must be before a share or a sum tells."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from socorg_rules import assess, compare
from socorg_rules.expr import Expr
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import ONCE, Grant, Sanction, Support, exactly
from socorg_rules.reading import TextGap
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import ratio, text_gap, yuan

organization = root(Organization)
registered = organization.status == "registered"
SOURCE = Source("灯塔扶持办法", "灯塔民政局", "", "2020-01-01", (Clause("一", "补贴"),))
BEACON = Grant("beacon", "灯塔补贴", clause="一", when=registered, amount=exactly(yuan(500)), terms=ONCE)


def pack(provision: Any) -> Pack:  # noqa: ANN401 - of any kind
    """A pack with one provision."""
    return Pack("lighthouse", "灯塔扶持办法", "2020", SOURCE, (provision,), reach=(organization.division.within("99"),))


def support(when: Expr, **given: Any) -> Pack:  # noqa: ANN401 - fields of a support in kind
    """A pack with one support in kind."""
    return pack(Support("beacon", "灯塔", clause="一", when=when, result="灯", **given))


def test_whom_a_grant_is_paid_to_is_a_difference_of_what_is_granted() -> None:
    found = compare(pack(BEACON), pack(attrs.evolve(BEACON, payee="person")))["beacon"]
    assert (found.verdict, found.witnesses[0].kind) == ("amount", "other_sum")
    assert found.witnesses[0].before.outcome == found.witnesses[0].after.outcome == "met"


def test_what_is_a_sanction_now_is_no_longer_the_support_that_it_was() -> None:
    sanction = pack(Sanction("beacon", "灯塔", clause="一", when=registered, result="灯"))
    found = compare(support(registered), sanction)["beacon"]
    assert (found.verdict, found.witnesses[0].kind) == ("amount", "other_sum")


@pytest.mark.parametrize("before", [(), ("一问",)])
def test_what_the_text_leaves_open_anyway_is_a_detail(before: tuple[str, ...]) -> None:
    def gaps(*questions: str) -> Pack:
        return support(registered, gaps=tuple(text_gap(f"g{i}", q, q) for i, q in enumerate(questions)))

    found = compare(gaps(*before), gaps("另一问"))["beacon"]
    assert (found.verdict, found.witnesses[0].kind) == ("detail", "detail")


def test_what_the_text_leaves_open_anyway_is_shown_where_it_is_granted() -> None:
    def rare(*gaps: TextGap) -> Pack:
        return support(registered & (organization.staff.count() >= 3) & organization.is_rural, gaps=gaps)

    found = compare(rare(text_gap("gap", "一问", "?")), rare())["beacon"]
    assert (found.verdict, found.status, found.witnesses[0].before.outcome) == ("detail", "proved", "met")


employed = organization.staff.count(lambda s: s.is_employed)
everyone = organization.staff.count()
MANY: dict[str, tuple[Expr, Expr, int, int]] = {
    "a share": (ratio(employed, everyone) >= Fraction(90, 100), ratio(employed, everyone) >= Fraction(95, 100), 23, 25),
    "a part of a number": (employed >= everyone * Fraction(9, 10), employed >= everyone * Fraction(19, 20), 23, 25),
    "a sum for each": (employed * yuan(100) >= yuan(5_000), employed * yuan(100) >= yuan(5_100), 50, 50),
    "nearly one half": (employed * 2 > everyone, employed * Fraction(199, 100) > everyone, 251, 501),
}


@pytest.mark.parametrize("name", MANY)
def test_items_are_counted_as_far_as_a_share_or_a_sum_asks_for(name: str) -> None:
    old, new, some, in_all = MANY[name]
    case = {
        "organization": {
            "status": "registered",
            "division": "99",
            "staff": [{"is_employed": i < some} for i in range(in_all)],
        }
    }
    before, after = support(registered & old), support(registered & new)
    decided = [assess(case, p, "2023-06-01")["beacon"].outcome.value for p in (before, after)]
    assert decided == ["met", "not_met"]  # what a proof of no difference would deny
    assert compare(before, after)["beacon"].verdict == "stricter"
