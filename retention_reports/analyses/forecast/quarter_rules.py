"""Rules that say from the quarters so far what the next one brings; each knows nothing but their amounts, in order."""

from __future__ import annotations

from enum import StrEnum
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from retention_reports.model.quarters import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LEVEL, _TREND, _TREND_WITH_SEASON, _DAMPING = 0.5, 0.3, 0.2, 0.8
_LEVEL_OF_SEASONAL = 0.4
_GREATEST_GROWTH = 2.0
_SMOOTHED_QUARTERS = 6
_FEWEST_FOR_TREND = 3
_FEWEST_FOR_SEASON = 2 * QUARTERS_PER_YEAR
_PRIOR_DEVIATIONS = 1.0
"""A season's index is shrunk as if one more year had shown none."""


class Rule(StrEnum):
    """By what a quarter is forecast."""

    LAST = "last_quarter"
    MEAN_OF_TWO = "mean_of_two_quarters"
    MEAN_OF_FOUR = "mean_of_four_quarters"
    YEAR_AGO = "same_quarter_a_year_ago"
    YEAR_AGO_WITH_GROWTH = "year_ago_with_growth"
    LAST_AND_YEAR_AGO = "last_quarter_and_year_ago"
    SMOOTHED = "smoothed_level"
    DAMPED = "damped_trend"
    DAMPED_WITH_SEASON = "damped_trend_with_season"
    LEVEL_WITH_SEASON = "level_with_season"
    MODEL = "bg_nbd_gamma_gamma"


NAIVE_RULES = (Rule.LAST, Rule.MEAN_OF_FOUR, Rule.YEAR_AGO)


def rule_values(amounts: Sequence[float]) -> dict[Rule, float]:
    """Return what each rule says about the quarter after; rules that need more, or cannot say more than 0, are absent.

    The rules that work on logarithms need amounts above zero throughout.
    """
    said = {rule: rule_of(amounts) for rule, rule_of in _RULES.items()}
    return {rule: value for rule, value in said.items() if value is not None and value > 0}


def _last(amounts: Sequence[float]) -> float | None:
    return amounts[-1] if amounts else None


def _mean_of(quarters: int) -> Callable[[Sequence[float]], float | None]:
    def mean(amounts: Sequence[float]) -> float | None:
        return sum(amounts[-quarters:]) / quarters if len(amounts) >= quarters else None

    return mean


def _year_ago(amounts: Sequence[float]) -> float | None:
    return amounts[-QUARTERS_PER_YEAR] if len(amounts) >= QUARTERS_PER_YEAR else None


def _year_ago_with_growth(amounts: Sequence[float]) -> float | None:
    if len(amounts) <= QUARTERS_PER_YEAR or min(amounts[-1], amounts[-1 - QUARTERS_PER_YEAR]) <= 0:
        return None
    growth = amounts[-1] / amounts[-1 - QUARTERS_PER_YEAR]
    return amounts[-QUARTERS_PER_YEAR] * min(max(growth, 1 / _GREATEST_GROWTH), _GREATEST_GROWTH)


def _last_and_year_ago(amounts: Sequence[float]) -> float | None:
    if len(amounts) < QUARTERS_PER_YEAR or min(amounts[-1], amounts[-QUARTERS_PER_YEAR]) <= 0:
        return None
    return sqrt(amounts[-1] * amounts[-QUARTERS_PER_YEAR])


def _smoothed(amounts: Sequence[float]) -> float | None:
    recent = amounts[-_SMOOTHED_QUARTERS:]
    return None if not recent or min(recent) <= 0 else exp(_followed([log(amount) for amount in recent], _LEVEL, 0.0))


def _damped(amounts: Sequence[float]) -> float | None:
    if len(amounts) < _FEWEST_FOR_TREND or min(amounts) <= 0:
        return None
    return exp(_followed([log(amount) for amount in amounts], _LEVEL, _TREND))


def _damped_with_season(amounts: Sequence[float]) -> float | None:
    return _with_season(amounts, _LEVEL, _TREND_WITH_SEASON)


def _level_with_season(amounts: Sequence[float]) -> float | None:
    return _with_season(amounts, _LEVEL_OF_SEASONAL, 0.0)


def _with_season(amounts: Sequence[float], level_weight: float, trend_weight: float) -> float | None:
    if len(amounts) < _FEWEST_FOR_SEASON or min(amounts) <= 0:
        return None
    logarithms = [log(amount) for amount in amounts]
    index = _season_index(logarithms)
    adjusted = [value - index[place % QUARTERS_PER_YEAR] for place, value in enumerate(logarithms)]
    return exp(_followed(adjusted, level_weight, trend_weight) + index[len(amounts) % QUARTERS_PER_YEAR])


def _followed(values: Sequence[float], level_weight: float, trend_weight: float) -> float:
    """Return the next value by exponential smoothing with a damped trend (Gardner, McKenzie 1985)."""
    level, trend = values[0], 0.0
    for value in values[1:]:
        expected = level + _DAMPING * trend
        risen = level_weight * value + (1 - level_weight) * expected
        trend = trend_weight * (risen - level) + (1 - trend_weight) * _DAMPING * trend if trend_weight else 0.0
        level = risen
    return level + _DAMPING * trend


def _season_index(logarithms: Sequence[float]) -> list[float]:
    """Return the index of each quarter of the year, counted from the first: its mean distance to the centred mean."""
    half = QUARTERS_PER_YEAR // 2
    distances: list[list[float]] = [[] for _ in range(QUARTERS_PER_YEAR)]
    for place in range(half, len(logarithms) - half):
        around = logarithms[place - half : place + half + 1]
        centred = (sum(around) - (around[0] + around[-1]) / 2) / QUARTERS_PER_YEAR
        distances[place % QUARTERS_PER_YEAR].append(logarithms[place] - centred)
    shrunk = [sum(found) / (len(found) + _PRIOR_DEVIATIONS) for found in distances]
    mean = sum(shrunk) / QUARTERS_PER_YEAR
    return [value - mean for value in shrunk]


_RULES: Mapping[Rule, Callable[[Sequence[float]], float | None]] = {
    Rule.LAST: _last,
    Rule.MEAN_OF_TWO: _mean_of(2),
    Rule.MEAN_OF_FOUR: _mean_of(QUARTERS_PER_YEAR),
    Rule.YEAR_AGO: _year_ago,
    Rule.YEAR_AGO_WITH_GROWTH: _year_ago_with_growth,
    Rule.LAST_AND_YEAR_AGO: _last_and_year_ago,
    Rule.SMOOTHED: _smoothed,
    Rule.DAMPED: _damped,
    Rule.DAMPED_WITH_SEASON: _damped_with_season,
    Rule.LEVEL_WITH_SEASON: _level_with_season,
}
