"""The rules of the forecast and their weights: by hand, as laws, and on drawn clients whose course is known."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.quarter_rules import NAIVE_RULES, Rule, rule_values
from retention_reports.analyses.forecast.rolling_forecast import RollingForecast
from retention_reports.analyses.forecast.series_results import symmetric_error
from retention_reports.model.quarters import Quarter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.forecast.series_results import SeriesForecast

FIRST = Quarter(2020, 1)
AMOUNTS = st.lists(st.integers(10_000, 10**9), min_size=2, max_size=16)


def _forecast(amounts: Sequence[int]) -> SeriesForecast:
    return RollingForecast(FIRST, amounts).coming()


def test_the_simple_rules_by_hand() -> None:
    said = rule_values([100, 200, 300, 400, 150])

    assert said[Rule.LAST] == 150
    assert said[Rule.MEAN_OF_TWO] == 275
    assert said[Rule.MEAN_OF_FOUR] == 262.5
    assert said[Rule.YEAR_AGO] == 200
    assert said[Rule.YEAR_AGO_WITH_GROWTH] == 300
    assert said[Rule.LAST_AND_YEAR_AGO] == pytest.approx((150 * 200) ** 0.5)


def test_growth_is_taken_to_at_most_double_or_halve() -> None:
    assert rule_values([100, 200, 300, 400, 1000])[Rule.YEAR_AGO_WITH_GROWTH] == 400
    assert rule_values([100, 200, 300, 400, 10])[Rule.YEAR_AGO_WITH_GROWTH] == 100


def test_smoothing_by_hand() -> None:
    said = rule_values([exp(1), exp(2), exp(2)])

    # Level: 1, then half of 1 and 2, then half of 1.5 and 2.
    assert log(said[Rule.SMOOTHED]) == pytest.approx(1.75)
    # Level 1.5 and trend 0.3 × 0.5 = 0.15; expected 1.62, level 1.81, trend 0.3 × 0.31 + 0.7 × 0.8 × 0.15 = 0.177.
    assert log(said[Rule.DAMPED]) == pytest.approx(1.81 + 0.8 * 0.177)


def test_a_season_of_two_years_is_known_by_half_and_of_many_years_nearly() -> None:
    season = (0.3, -0.3, 0.1, -0.1)

    def said(years: int) -> float:
        amounts = [exp(5 + season[place % 4]) for place in range(4 * years)]
        return log(rule_values(amounts)[Rule.LEVEL_WITH_SEASON]) - 5

    assert abs(said(20) - season[0]) < abs(said(2) - season[0])
    assert said(20) == pytest.approx(season[0], abs=0.03)


def test_quarters_without_revenue_leave_the_rules_that_can_do_without_them() -> None:
    assert set(rule_values([0, 0, 100, 0])) == {Rule.MEAN_OF_TWO, Rule.MEAN_OF_FOUR}
    assert rule_values([0, 0]) == {}
    assert _forecast([0, 0, 0]).estimate == Estimate(None, None, None)


@given(AMOUNTS)
def test_weights_add_up_and_the_forecast_lies_among_its_rules(amounts: list[int]) -> None:
    found = _forecast(amounts)
    used = [candidate.expected for candidate in found.candidates if candidate.weight]

    assert sum(candidate.weight for candidate in found.candidates) == pytest.approx(1)
    assert found.estimate.expected is not None
    assert min(used) - 1 <= found.estimate.expected <= max(used) + 1
    if found.estimate.low is not None and found.estimate.high is not None:
        assert 0 < found.estimate.low <= found.estimate.expected <= found.estimate.high


@given(AMOUNTS)
def test_what_would_have_been_said_is_what_was_said(amounts: list[int]) -> None:
    after = _forecast([*amounts, 123_456]).past[-1]

    assert after.estimate == _forecast(amounts).estimate


@given(AMOUNTS)
def test_ten_times_the_amounts_give_ten_times_the_forecast_by_the_same_rules(amounts: list[int]) -> None:
    found, tenfold = _forecast(amounts), _forecast([10 * amount for amount in amounts])

    assert [entry.rule for entry in tenfold.candidates] == [entry.rule for entry in found.candidates]
    assert tenfold.estimate.expected == pytest.approx(10 * (found.estimate.expected or 0), abs=10)


def test_two_quarters_give_a_forecast_and_four_an_interval() -> None:
    assert _forecast([100, 110]).estimate.expected is not None
    assert _forecast([100, 110, 105]).estimate.low is None
    assert _forecast([100, 110, 105, 100]).estimate.low is not None


def test_an_interval_is_no_narrower_than_usual_errors_after_a_few_lucky_quarters() -> None:
    estimate = _forecast([10**6] * 5).estimate

    # Errors 0, 0, 0 and 0.05, 0.1, 0.2: the 80 % point of six lies three tenths of the way from 0.1 to 0.2.
    assert estimate == Estimate(10**6, round(10**6 * exp(-0.13)), round(10**6 * exp(0.13)))


def _drawn(seed: int) -> list[list[int]]:
    """Clients with a wandering level; every second with seasons, every third growing or shrinking."""
    generator = np.random.default_rng(seed)
    courses = []
    for number in range(120):
        quarters = int(generator.integers(6, 19))
        growth = generator.normal(0, 0.04) if number % 3 == 0 else 0.0
        level = np.cumsum(growth + generator.normal(0, generator.choice([0.02, 0.08]), quarters))
        season = np.resize(generator.normal(0, 0.25, 4) if number % 2 else np.zeros(4), quarters)
        noise = generator.normal(0, generator.choice([0.04, 0.12]), quarters)
        courses.append([int(value) for value in 10**8 * np.exp(level + season + noise)])
    return courses


def test_on_drawn_clients_the_forecast_beats_the_best_simple_rule_and_intervals_hold_four_of_five() -> None:
    own: list[float] = []
    naive: dict[Rule, list[float]] = {rule: [] for rule in NAIVE_RULES}
    inside = []
    for amounts in _drawn(2026):
        for entry in _forecast(amounts).past[2:]:
            place = entry.quarter.ordinal - FIRST.ordinal
            own.append(symmetric_error(entry.estimate.expected or 0, entry.actual))
            said = rule_values(amounts[:place])
            for rule, errors in naive.items():
                errors.append(symmetric_error(said[rule], entry.actual))
            assert entry.estimate.low is not None
            assert entry.estimate.high is not None
            inside.append(entry.estimate.low <= entry.actual <= entry.estimate.high)

    best = min(sum(errors) for errors in naive.values())
    assert sum(own) < 0.9 * best
    assert 0.74 <= sum(inside) / len(inside) <= 0.88


def test_where_a_simple_rule_was_better_beyond_chance_it_alone_counts() -> None:
    # Rises of one to four: the rules averaged missed by more than the last quarter in each of six quarters.
    rising = [300, 400, 500, 800, 1100, 1200, 1300, 1400, 1700]
    early, late = (_forecast([1000 * amount for amount in rising[:quarters]]) for quarters in (7, 9))

    assert early.rule is Rule.LAST
    assert sum(entry.weight > 0 for entry in early.candidates[1:]) > 0
    assert [(entry.rule, entry.weight) for entry in late.candidates if entry.weight] == [(Rule.LAST, 1.0)]
    assert late.estimate.expected == 1_700_000


@pytest.mark.parametrize("seed", range(3))
def test_on_a_random_walk_the_forecast_is_hardly_worse_than_the_last_quarter(seed: int) -> None:
    generator, own, simple = np.random.default_rng(seed), [], []
    for _ in range(30):
        amounts = [int(1e7 * exp(value)) for value in np.cumsum(0.12 * generator.normal(size=16))]
        past = _forecast(amounts).past[4:]
        own += [symmetric_error(entry.estimate.expected or 0, entry.actual) for entry in past]
        simple += [symmetric_error(amounts[place - 1], amounts[place]) for place in range(6, 16)]

    assert float(np.mean(own)) < 1.1 * float(np.mean(simple))
