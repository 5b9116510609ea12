"""Money is exact: whole fen inside, decimal yuan outside, rounded once and half up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socorg_rules.money import Amount, round_fen, to_fen, to_yuan

FEN = st.integers(0, 10**17)
FRACTIONS = st.fractions(0, 10**9, max_denominator=1000)


@given(FEN)
def test_fen_become_yuan_and_fen_again(fen: int) -> None:
    assert to_fen(to_yuan(fen)) == fen
    assert to_yuan(fen).as_tuple().exponent == -2


@pytest.mark.parametrize("yuan", [Decimal("0.001"), Decimal("33.333"), Decimal("1E-10")])
def test_a_sum_finer_than_a_fen_is_none(yuan: Decimal) -> None:
    assert to_fen(yuan) is None


@pytest.mark.parametrize(
    ("fen", "rounded"),
    [
        (Fraction(1, 2), 1),
        (Fraction(49, 100), 0),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(10, 3), 3),
        (7, 7),
    ],
)
def test_half_a_fen_is_rounded_up(fen: Fraction | int, rounded: int) -> None:
    assert round_fen(fen) == rounded


@given(FRACTIONS)
def test_rounding_goes_to_the_nearest_fen(fen: Fraction) -> None:
    assert abs(round_fen(fen) - fen) <= Fraction(1, 2)
    assert to_yuan(fen) * 100 == round_fen(fen)


@given(st.lists(st.tuples(FEN, FEN), min_size=1, max_size=8))
def test_ranges_add_up_end_by_end_without_loss(ends: list[tuple[int, int]]) -> None:
    total = Amount.of_fen(0, 0)
    for low, high in ends:
        total += Amount.of_fen(low, low + high)
    assert total == Amount.of_fen(sum(a for a, _ in ends), sum(a + b for a, b in ends))


def test_a_sum_with_an_open_end_is_open() -> None:
    assert (Amount.of_fen(100, 200) + Amount.of_fen(5, None)) == Amount(Decimal("1.05"), None)


def test_an_amount_is_written_with_two_places_or_null() -> None:
    assert Amount.of_fen(0, 0, "month").to_dict() == {"min": "0.00", "max": "0.00", "per": "month"}
    zero = Amount.of_fen(0, 0) + Amount.of_fen(0, 0)
    assert zero.to_dict() == {"min": "0.00", "max": "0.00", "per": "once"}
    assert Amount.of_fen(Fraction(100, 3), None).to_dict() == {"min": "0.33", "max": None, "per": "once"}
