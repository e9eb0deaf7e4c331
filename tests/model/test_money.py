"""Amounts are rounded once, from the exact quotient."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.figures import average, money_figure
from retention_reports.model.money import UNIT, part_of, rounded


def test_a_mean_is_not_rounded_on_the_way_to_cents() -> None:
    # 229.99497…: half up to ten-thousandths that would be 229.9950, and then 230.00.
    assert money_figure(average(6_899_849, 3)) == 229.99
    assert money_figure(average(-6_899_849, 3)) == -229.99
    assert money_figure(average(100, 8)) == 0.0
    assert money_figure(average(100, 2)) == 0.01
    assert average(100, 0) is None


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_a_mean_is_the_exact_quotient_rounded_half_up(total: int, count: int) -> None:
    with localcontext(prec=60):
        exact = (Decimal(total) / count / UNIT).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert money_figure(average(total, count)) == float(exact)


def test_exact_amounts_are_rounded_half_away_from_zero() -> None:
    halves = [Fraction(numerator, 2) for numerator in (-3, -1, 1, 3, 4)]

    assert [rounded(half) for half in halves] == [-2, -1, 1, 2, 2]


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"), [(5, 1, 2, 3), (-5, 1, 2, -3), (5, 1, 3, 2), (10, -1, 4, -3), (0, 7, 9, 0)]
)
def test_a_part_of_an_amount_is_rounded_half_away_from_zero(amount: int, part: int, whole: int, expected: int) -> None:
    assert part_of(amount, part, whole) == expected


@given(st.integers(), st.integers(), st.integers(min_value=1))
def test_a_part_is_never_further_than_half_from_the_exact_one(amount: int, part: int, whole: int) -> None:
    assert abs(part_of(amount, part, whole) - Fraction(amount * part, whole)) <= Fraction(1, 2)
