"""A difference in a detail is told where there is none in outcome or sums, with how much of that is proved."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from toyland import MAY_LEND, PACK

from socorg_rules import Pack, compare, load_pack
from socorg_rules.change import settling
from socorg_rules.change.comparison import Compared
from socorg_rules.change.order import Difference, Verdict
from socorg_rules.change.telling import listed, places, told
from socorg_rules.expr import ALWAYS, IMPOSSIBLE
from socorg_rules.facts import Record
from socorg_rules.load import load_source
from socorg_rules.words import choose, day

YANGPU = Path(__file__).parents[1] / "policies" / "yangpu.py"


def due(last: str) -> Pack:
    """Toyland with another last day for the number of guilds."""
    return PACK.changed(replace=[attrs.evolve(PACK.plans["town_guilds"].provision, due=day(last))])


def renumbered(address: str, value: int) -> Compared:
    """What becomes of a provision of Yangpu with another number."""
    pack = load_pack("yangpu")
    return compare(pack, pack.changed(parameters={address: value}))[address.split(".", maxsplit=1)[0]]


@pytest.mark.parametrize("solver", [True, False], ids=["with the solver", "without it"])
@pytest.mark.parametrize(
    ("limit", "verdict", "kind", "paid"),
    [
        (23, Verdict.STRICTER, Difference.REFUSED, 23),
        (25, Verdict.MORE_GENEROUS, Difference.GRANTED, 24),
    ],
    ids=["one month fewer", "one month more"],
)
def test_another_limit_of_months_is_shown_by_who_has_been_paid_as_many(
    monkeypatch: pytest.MonkeyPatch, *, limit: int, verdict: Verdict, kind: Difference, paid: int, solver: bool
) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    found = renumbered("rent_subsidy.limit", limit)
    assert (found.verdict, [w.kind for w in found.witnesses]) == (verdict, [kind])
    payments = found.witnesses[0].case.to_dict()["organization"]["payments"]  # type: ignore[index]
    assert len({p["month"] for p in payments}) == paid == len(payments)
    assert all(p.keys() == {"month", "provision"} for p in payments)


def test_a_raised_threshold_of_an_alternative_is_shown_by_who_no_longer_meets_it() -> None:
    found = renumbered("registered_capital.capital_suffices.national_prevails.3", 31_000)
    assert (found.verdict, [w.kind for w in found.witnesses]) == (Verdict.STRICTER, [Difference.REFUSED])


def test_who_loses_and_who_gains_by_a_change_are_both_shown_with_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    source = YANGPU.read_text("utf-8")
    moved = load_source(source.replace('"310110"', '"310111"').encode(), YANGPU, "elsewhere")
    others = dict.fromkeys(moved.plans.keys() - {"base_space"}, ALWAYS)
    found = compare("yangpu", moved, leaving_out=others)["base_space"]
    assert (found.verdict, {w.kind for w in found.witnesses}) == (
        Verdict.BOTH,
        {Difference.GRANTED, Difference.REFUSED},
    )
    monkeypatch.setattr(settling, "installed", lambda: False)
    searched = compare("yangpu", moved, leaving_out=others)["base_space"]
    assert (searched.status, searched.how) == ("searched", "witness")


def test_that_a_change_is_only_stricter_is_proved_under_the_readings_of_its_witness() -> None:
    comparison = compare(PACK, PACK.changed(parameters={"opening_gift.ceiling": 5_000}))
    found = comparison["opening_gift"]
    assert (found.verdict, found.status) == (Verdict.STRICTER, "proved")
    assert "已证明按所取的理解，凡两版都能判定的，没有相反的变化" in comparison.explain()
    favour = attrs.evolve(
        PACK.plans["stall_space"].provision, discretion=choose(MAY_LEND, right=IMPOSSIBLE, favour=ALWAYS)
    )
    assert "无论取何种理解" in compare(PACK, PACK.changed(replace=[favour])).explain()


def test_of_another_due_day_it_is_proved_that_outcomes_and_sums_stay() -> None:
    comparison = compare(PACK, due("2026-12-31"))
    found = comparison["town_guilds"]
    assert (found.verdict, found.status) == (Verdict.DETAIL, "proved")
    assert "已证明凡两版都能判定的，结论与金额相同" in comparison.explain()
    assert "证明所及：每个集合不超过 2 项" in comparison.explain()
    assert "proved to come to the same outcome and sums whatever both decide" in comparison.explain("en")


def test_without_the_solver_it_is_only_searched_that_outcomes_and_sums_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "installed", lambda: False)
    found = compare(PACK, due("2026-12-31"))["town_guilds"]
    assert (found.verdict, found.status, found.how) == (Verdict.DETAIL, "searched", "witness")


def test_without_work_the_solver_proves_nothing_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socorg_rules.change.compare.WORK", 0)
    found = compare(PACK, due("2026-12-31"))["town_guilds"]
    assert (found.verdict, found.status, found.how) == (Verdict.DETAIL, "searched", "witness")


def test_what_is_proved_of_one_span_alone_is_not_said_of_all() -> None:
    old = PACK.amend("2022", "2022-05-01", parameters={"opening_gift.ceiling": 20_000})
    later = attrs.evolve(PACK.plans["town_guilds"].provision, due=day("2026-12-31"))
    found = compare(old, PACK.amend("2022", "2022-05-01", parameters={"opening_gift.ceiling": 20_000}, replace=[later]))
    first, last = (span["town_guilds"] for span in found.spans)
    assert (first.how, last.verdict, last.status) == ("same_rules", Verdict.DETAIL, "proved")
    assert (found["town_guilds"].status, found["town_guilds"].how) == ("proved", last.how)


def test_of_many_items_a_fact_is_told_of_all_that_told_the_same_of_it() -> None:
    guild = PACK.plans["apprentice_wage"].root
    workshops = guild.facts["workshops"]
    record = Record(guild, {"workshops": listed(workshops, 14)})
    apart = told(told(record, (("workshops", 3), ("rent", None)), 5), (("workshops", 0), ("is_open", None)), value=True)
    assert [one.values for one in apart.values["workshops"].records] == [{"rent": 5, "is_open": True}] * 14
    assert [at[-1][0] for at, _ in places(apart)] == ["workshops", "workshops", "rent", "is_open"]
