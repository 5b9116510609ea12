"""How far a proof reaches: as many different items as a text asks for together, all years that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from toyland import guild

from socorg_rules import Pack, assess, compare
from socorg_rules.calendar import years
from socorg_rules.change.comparison import Compared
from socorg_rules.change.order import Verdict
from socorg_rules.expr import Expr, all_of, constant
from socorg_rules.pack import Clause, Source
from socorg_rules.provision import ONCE, Grant, Terms, each_month, exactly, monthly
from socorg_rules.words import AS_OF, THIS_YEAR, after, day, ratio, share_of, smaller_of, year_of, yuan

HERE = guild.status == "registered"


def pack(when: Expr, *, reach: Expr = HERE, sum_: int = 100, terms: Terms = ONCE, since: str = "2020-01-01") -> Pack:
    """A pack of one grant."""
    amount = exactly(yuan(sum_)) if terms.kind == "once" else monthly(exactly(yuan(sum_)))
    grant = Grant("gift", "礼", clause="一", when=when, amount=amount, terms=terms)
    source = Source("试", "某", "1", "2021-06-30", (Clause("一", "甲"),))
    return Pack("toyland", "试", "2021-01-01", source, (grant,), reach=(reach,), force=day(since) <= AS_OF)


def held(old: Pack, new: Pack) -> Compared:
    return compare(old, new)["gift"]


names = guild.badges.count_distinct(lambda b: b.name)
places = guild.workshops.count_distinct(lambda w: w.division)
NUMBERS: dict[str, Callable[[int], Expr]] = {
    "a share of what is limited": lambda n: (
        guild.workshops.sum(lambda w: share_of(Fraction(1, 10), smaller_of(w.rent, yuan(100)))) >= yuan(70 + 5 * n)
    ),
    "limited by the filter": lambda n: (
        guild.workshops.sum(
            lambda w: smaller_of(w.rent, yuan(100)), where=lambda w: (w.rent >= yuan(50)) & (w.rent <= yuan(90_000))
        )
        >= yuan(550 + 50 * n)
    ),
    "so much for each": lambda n: names * yuan(100) >= yuan(500 + 100 * n),
    "more of one than of the other": lambda n: names >= places + constant(5 + n),
    "a share of all": lambda n: ratio(names, guild.members + 1) >= Fraction(14 + n, 15 + n),
}


@pytest.mark.parametrize("number", NUMBERS.values(), ids=NUMBERS)
def test_where_a_number_takes_more_items_than_a_proof_is_about_no_direction_is_proved(
    number: Callable[[int], Expr],
) -> None:
    small, honest = guild.is_small, guild.is_honest
    found = held(pack(small | number(0)), pack(small | honest | number(1)))
    assert found.verdict is Verdict.BOTH or (found.verdict, found.status) == (Verdict.MORE_GENEROUS, "searched")


def test_what_the_reach_counts_takes_as_many_items_as_what_the_clause_counts() -> None:
    old, new = (pack(guild.is_small | (guild.members > n), reach=HERE & (names >= 8 + n)) for n in (0, 1))
    assert held(old, new).status == "searched"


@pytest.mark.parametrize(
    ("months", "verdict"), [(12, Verdict.STRICTER), (23, Verdict.STRICTER), (25, Verdict.MORE_GENEROUS)]
)
def test_another_limit_of_months_is_shown_by_as_many_payments(months: int, verdict: Verdict) -> None:
    old, new = (pack(guild.is_small, terms=each_month(n)) for n in (24, months))
    found = held(old, new)
    assert (found.verdict, found.status) == (verdict, "searched")
    (witness,) = found.witnesses
    given = witness.case.to_dict()["guild"]["payments"]  # type: ignore[index]
    assert len(given) == min(24, months)
    assert assess(witness.case, old, witness.as_of)["gift"].outcome is witness.before.outcome


def test_a_higher_sum_for_fewer_months_is_not_proved_to_be_for_the_better() -> None:
    old = pack(guild.is_small, terms=each_month(24))
    found = held(old, pack(guild.is_small, sum_=900, terms=each_month(12)))
    assert found.verdict is Verdict.BOTH or found.status == "searched"


def years_running(*passed: int) -> Expr:
    return all_of(*(guild.badges.any(lambda b, y=y: year_of(b.awarded_on) == y) for y in passed))  # type: ignore[misc]


def test_a_proof_is_about_as_many_items_as_must_be_there_together() -> None:
    three = held(pack(years_running(2020, 2021, 2022)), pack(years_running(2020, 2021, 2022), sum_=900))
    assert (three.verdict, three.status) == (Verdict.MORE_GENEROUS, "proved")
    assert len(three.witnesses[0].case.to_dict()["guild"]["badges"]) == 3  # type: ignore[index]
    four = held(pack(years_running(2020, 2021, 2022, 2023)), pack(years_running(2019, 2021, 2022, 2023)))
    assert four.status == "searched" or four.verdict is Verdict.BOTH


def test_a_proof_is_about_items_that_fail_together_too() -> None:
    old, new = (~years_running(*passed) for passed in ((2020, 2021, 2022), (2019, 2021, 2022)))
    assert held(pack(old), pack(new)).verdict is Verdict.BOTH


founded = guild.founded_on
YEARS = {
    "an age": (founded < day("2000-01-01")) & (year_of(founded) + 60 < THIS_YEAR),
    "a year long ago": year_of(founded) < 1950,
    "a long time": after(founded, years(80)) < AS_OF,
}


@pytest.mark.parametrize("old", YEARS.values(), ids=YEARS)
def test_a_proof_is_about_the_years_that_a_text_speaks_of(old: Expr) -> None:
    found = held(pack(guild.is_small | old), pack(guild.is_small | guild.is_honest))
    assert found.verdict is Verdict.BOTH


def test_a_proof_is_about_the_days_on_which_a_text_is_in_force() -> None:
    old = pack(guild.is_small | (guild.members > 9), since="2055-03-01")
    assert held(old, pack(guild.is_small | guild.is_honest, since="2055-03-01")).verdict is Verdict.BOTH
