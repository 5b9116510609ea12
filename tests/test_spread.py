"""Sums that hang on open readings: the compiled engine finds the reference's range without asking it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from decided import guild, one, yuan_range
from hypothesis import given
from hypothesis import strategies as st
from test_properties import many

from socorg_rules import assess, load_case, load_pack
from socorg_rules.decision import Outcome, Reason
from socorg_rules.engines.compiled import Compiled
from socorg_rules.expr import Expr
from socorg_rules.provision import ONCE, Grant, between, exactly, top_up
from socorg_rules.reading import Reading, reading
from socorg_rules.words import AS_OF, choose, day, if_else, larger_of, share_of, smaller_of, yuan


def open_reading(name: str) -> Reading:
    return reading(name, f"{name}？", f"{name}?", clause="一", default=None, because="试", a=("甲", "a"), b=("乙", "b"))


EXAMPLE = Path(__file__).parents[1] / "examples" / "yangpu-new-organization.json"
PAID = {"provision": "prize", "amount": 1, "paid_on": "2022-01-01"}
FIRST, SECOND = open_reading("first"), open_reading("second")


def deeper(below: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    def both(make: Callable[[Expr, Expr], Expr]) -> st.SearchStrategy[Expr]:
        return st.builds(make, below, below)

    return st.one_of(
        both(smaller_of),
        both(larger_of),
        both(lambda a, b: a + b),
        both(lambda a, b: a - b),
        both(lambda a, b: choose(FIRST, a=a, b=b)),
        both(lambda a, b: choose(SECOND, a=a, b=b)),
        both(lambda a, b: if_else(guild.is_small, a, b)),
        both(lambda a, b: if_else(AS_OF <= day("2022-12-31"), a, b)),
        st.builds(share_of, st.sampled_from((Fraction(1, 2), Fraction(1, 3), Fraction(2))), below),
    )


sums = st.recursive(st.one_of(st.integers(0, 9).map(yuan), st.just(guild.repair_cost)), deeper, max_leaves=6)
facts = st.fixed_dictionaries(
    {},
    optional={"repair_cost": st.integers(0, 9), "is_small": st.booleans(), "payments": st.sampled_from(([], [PAID]))},
)


@many
@given(low=sums, high=sums, known=facts, topped=st.booleans())
def test_sums_under_open_readings_are_those_of_the_reference(
    low: Expr,
    high: Expr,
    known: dict[str, object],
    topped: bool,  # noqa: FBT001 - drawn
) -> None:
    terms = top_up() if topped else ONCE
    prize = Grant("prize", "奖", clause="一", when=guild.is_honest, amount=between(low, high), terms=terms)
    one(prize, {"is_honest": True, **known})


def test_a_sum_that_only_a_reading_leaves_open_needs_no_reference() -> None:
    cap = choose(FIRST, a=yuan(300), b=yuan(500))
    prize = Grant("prize", "奖", clause="一", when=guild.is_honest, amount=exactly(cap))
    decision = one(prize, {"is_honest": True, "payments": []})
    engine = decision.question.engine
    assert isinstance(engine, Compiled)
    assert not engine.referred
    assert decision.outcome is Outcome.MET
    assert decision.payable == yuan_range("300.00", "500.00")
    assert decision.open_readings == ("first",)
    assert decision.depends_on == ("first",)
    assert decision.missing == ()


def test_the_venture_of_the_example_is_paid_a_range_without_the_reference() -> None:
    pack = load_pack("yangpu")
    decision = assess(load_case(EXAMPLE), pack, "2023-06-01")["venture_match"]
    engine = decision.question.engine
    assert isinstance(engine, Compiled)
    assert decision.plan not in engine.referred
    assert decision.open_readings == ("project_amount",)
    assert decision.payable is not None
    assert decision.payable.max == Decimal("45000.00")


def test_a_claim_that_is_paid_depends_on_the_readings_of_its_sum_all_the_same() -> None:
    cap = choose(FIRST, a=yuan(300), b=yuan(500))
    prize = Grant("prize", "奖", clause="一", when=guild.is_honest, amount=exactly(cap), terms=ONCE)
    payments = [{"provision": "prize", "amount": 100, "paid_on": "2022-01-01"}]
    decision = one(prize, {"is_honest": True, "payments": payments})
    assert decision.reason is Reason.PAID
    assert decision.depends_on == ("first",)
