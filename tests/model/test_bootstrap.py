"""Bootstrap intervals: what always holds, whatever was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.bootstrap import (
    DRAWS,
    drawn_means,
    drawn_sums,
    draws,
    interval_95,
    mean_difference_interval,
)

if TYPE_CHECKING:
    from random import Random

SCORES = st.lists(st.integers(0, 10), min_size=1, max_size=40)


def test_a_single_case_leaves_nothing_to_chance() -> None:
    assert interval_95(drawn_means(np.array([7.0]))) == (7.0, 7.0)
    assert mean_difference_interval(np.array([7.0]), np.array([4.0, 4.0])) == (3.0, 3.0)


def test_without_cases_there_is_no_interval() -> None:
    nobody = np.empty(0)

    assert mean_difference_interval(np.array([1.0]), nobody) is None
    assert drawn_sums(np.empty((0, 2))).tolist() == [[0.0, 0.0]] * DRAWS


def test_a_draw_that_gave_no_number_leaves_no_interval() -> None:
    assert interval_95(np.array([1.0, np.nan])) is None


def test_the_interval_of_a_mean_is_about_as_wide_as_theory_says() -> None:
    values = np.arange(100, dtype=np.float64)
    low, high = interval_95(drawn_means(values)) or (0.0, 0.0)

    # Standard error of the mean: 28.87 ÷ 10; 95 % are 1.96 of it on either side.
    assert (low + high) / 2 == pytest.approx(49.5, abs=0.5)
    assert high - low == pytest.approx(2 * 1.96 * 2.887, rel=0.1)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_nothing(scores: list[int], chance: Random) -> None:
    mixed = chance.sample(scores, len(scores))

    assert (drawn_means(np.array(mixed)) == drawn_means(np.array(scores))).all()


@given(SCORES)
def test_an_interval_lies_between_the_smallest_and_the_largest_case(scores: list[int]) -> None:
    low, high = interval_95(drawn_means(np.array(scores))) or (0.0, 0.0)

    assert min(scores) <= low <= high <= max(scores)


def test_pairs_of_columns_are_drawn_together() -> None:
    drawn = drawn_sums(np.array([[1.0, 10.0], [2.0, 20.0], [5.0, 50.0]]))

    assert (drawn[:, 1] == 10 * drawn[:, 0]).all()


def test_groups_of_other_numbers_are_drawn_apart() -> None:
    values = np.arange(50)

    assert abs(np.corrcoef(drawn_means(values), drawn_means(values, sample=1))[0, 1]) < 0.1


def test_what_is_drawn_are_rows_of_the_table_as_it_came() -> None:
    values = np.array([[5], [3], [9]])

    drawn = np.concatenate(list(draws(values)))

    assert drawn.shape == (DRAWS, 3)
    assert (values[drawn, 0].sum(axis=1) == drawn_sums(values)[:, 0]).all()
