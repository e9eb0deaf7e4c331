from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.charts.scales import BandScale, LinearScale, extent_with_zero, round_step, round_ticks

sizes = st.floats(1e-6, 1e9)


def test_a_scale_may_run_upwards() -> None:
    scale = LinearScale(0, 100, 200, 0)
    assert [scale(value) for value in (0, 25, 100, -50)] == [200, 150, 0, 300]


def test_a_scale_without_extent_stays_at_its_start() -> None:
    assert LinearScale(5, 5, 10, 90)(5) == 10


def test_bands_share_the_space() -> None:
    bands = BandScale(4, 0, 200, 0.2)
    assert (bands.step, bands.width, bands.centre(0), bands.left(3)) == (50, 40, 25, 155)


def test_a_single_band_does_not_become_a_wall() -> None:
    bands = BandScale(1, 0, 680, 0.2, widest=76)
    assert (bands.width, bands.left(0)) == (76, 302)


def test_an_extent_always_holds_zero() -> None:
    assert extent_with_zero([3, 7]) == (0, 7)
    assert extent_with_zero([-3, -7]) == (-7, 0)
    assert extent_with_zero([0, 0]) == (0, 1)


def test_an_unknown_value_has_no_extent() -> None:
    with pytest.raises(ValueError, match="finite"):
        extent_with_zero([1, float("nan")])


@pytest.mark.parametrize(("rough", "step"), [(0.11, 0.2), (1, 1), (1.01, 2), (3, 5), (6, 10), (2000, 2000)])
def test_steps_are_one_two_or_five(rough: float, step: float) -> None:
    assert round_step(rough) == pytest.approx(step)


def test_ticks_include_the_ends_that_are_round() -> None:
    assert round_ticks(0, 1, 5) == pytest.approx((0, 0.2, 0.4, 0.6, 0.8, 1))
    assert round_ticks(-30, 90, 4) == (0, 50)
    assert round_ticks(4, 4) == (4,)


@given(sizes, sizes)
def test_ticks_are_few_rising_and_within(low: float, extent: float) -> None:
    ticks = round_ticks(-low, extent, 4)
    slack = (low + extent) * 1e-6
    assert 1 <= len(ticks) <= 6
    assert all(first < second for first, second in pairwise(ticks))
    assert -low - slack <= ticks[0]
    assert ticks[-1] <= extent + slack
