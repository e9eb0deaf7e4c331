"""How certain the value of a pillar's customers is."""

from __future__ import annotations

import numpy as np
import pytest

from retention_reports.analyses.forecast.customer_base_results import Estimate, PillarValue
from retention_reports.analyses.forecast.intervals import interval_with_own_chance, sum_interval
from retention_reports.analyses.forecast.lifetime_value import no_narrower
from retention_reports.analyses.forecast.value_results import ComingValue


def _amounts(*amounts: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(amounts, dtype=np.int64)


def _told(months: int, *ends: int | None, pillar: str = "new") -> ComingValue:
    return ComingValue(pillar, months, 2, 3, Estimate(*ends), ())


def test_two_customers_who_are_alike_are_not_certain() -> None:
    low, high = interval_with_own_chance(_amounts(100, 100), _amounts(40, 40), _amounts(220, 220))

    # Whoever is drawn, the sum is 200: √(60² + 60²) = 84.9 down and √(120² + 120²) = 169.7 up are the customers' own.
    assert (low, high) == (115, 370)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_holds_that_of_drawing_the_customers_anew_and_ends_at_nothing(seed: int) -> None:
    generator = np.random.default_rng(seed)
    expected = generator.integers(0, 1_000, 5)
    low, high = interval_with_own_chance(expected, expected // 2, expected * 3)
    drawn_low, drawn_high = sum_interval(expected)

    assert 0 <= low <= drawn_low <= drawn_high <= high


def test_a_pillar_is_known_no_better_than_its_earlier_customers_were() -> None:
    pillar = PillarValue("new", 2, 648, Estimate(1000, 950, 1050))
    year, three = _told(12, 100, 90, 110), _told(36, 200, 120, 260)
    other = _told(36, 200, 0, 900, pillar="loyal")

    # 1000 is five times 200: five times 120 to five times 260.
    assert no_narrower(pillar, (year, three, other)).expected == Estimate(1000, 600, 1300)
    # Where nobody is old enough for three years the year tells: ten times 90 to ten times 110.
    assert no_narrower(pillar, (year, _told(36, None, None, None))).expected == Estimate(1000, 900, 1100)
    assert no_narrower(pillar, (other,)) == pillar


def test_a_wide_interval_stays() -> None:
    pillar = PillarValue("new", 2, 648, Estimate(1000, 100, 4000))

    assert no_narrower(pillar, (_told(36, 200, 120, 260),)) == pillar
