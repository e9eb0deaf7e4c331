"""The next quarter from the quarters so far: rules weighted by how they did on the client's own past.

Everything is worked out as it would have been on the day before each quarter, from earlier quarters alone.
"""

from __future__ import annotations

from functools import cached_property
from math import exp, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.quarter_rules import NAIVE_RULES, Rule, rule_values
from retention_reports.analyses.forecast.series_results import (
    Candidate,
    PastQuarter,
    SeriesForecast,
    symmetric_error,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention_reports.model.quarters import Quarter

FEWEST_QUARTERS = 2
"""So many whole quarters are needed before anything is said."""

COVERED = 0.8
"""What part of the outcomes an interval is to hold."""

_PRIOR_ERRORS: Mapping[Rule, float] = {
    Rule.LAST: 0.16,
    Rule.MEAN_OF_TWO: 0.20,
    Rule.MEAN_OF_FOUR: 0.15,
    Rule.YEAR_AGO: 0.30,
    Rule.YEAR_AGO_WITH_GROWTH: 0.22,
    Rule.LAST_AND_YEAR_AGO: 0.22,
    Rule.SMOOTHED: 0.16,
    Rule.DAMPED: 0.14,
    Rule.DAMPED_WITH_SEASON: 0.14,
    Rule.LEVEL_WITH_SEASON: 0.13,
    Rule.MODEL: 0.20,
}
"""The logarithmic error that a rule is taken to have before it has shown any; set by drawn clients and public data."""

_PRIOR_WEIGHT = 1.5
_REMEMBERED = 0.9
_LARGEST_ERROR = 0.5
_AVERAGED_RULES = 4
_MUCH_WORSE = 1.2
_NAIVE_SHARE = 0.25
_DEFAULT_ERRORS = (0.05, 0.1, 0.2)
_INTERVAL_QUARTERS = 8
_FEWEST_ERRORS = 2
_DIGITS = 9
_FEWEST_TO_YIELD = 6
_Z_95_ONE_SIDED = 1.6448536269514722
_MODEL_QUARTERS = 2
"""The model is held against no more past quarters than these: every one of them costs a fit."""


class RollingForecast:
    """Forecasts of a series of whole quarters without gaps, oldest first; amounts in ten-thousandths.

    `modelled` are forecasts of the purchase model by place in the series (the number of quarters for the coming one).
    """

    def __init__(self, first: Quarter, amounts: Sequence[int], modelled: Mapping[int, int] | None = None) -> None:
        """Take the quarters from the first on."""
        self._first = first
        self._amounts = [float(amount) for amount in amounts]
        self._modelled = modelled or {}

    def coming(self) -> SeriesForecast:
        """Return the forecast of the quarter after the last one, how its rules did, and what would have been said."""
        place = len(self._amounts)
        weights, scores = self._weights[place], self._scores(place)
        candidates = tuple(
            Candidate(
                rule=rule,
                expected=self._said[place][rule],
                quarters=len(self._errors(rule, place)),
                error=self._relative_error(rule, place),
                score=scores[rule],
                weight=weights.get(rule, 0.0),
            )
            for rule in Rule
            if rule in scores
        )
        return SeriesForecast(
            quarter=self._first.plus(place),
            estimate=self.estimate(place),
            candidates=tuple(sorted(candidates, key=lambda candidate: -candidate.weight)),
            past=tuple(self._past(earlier) for earlier in range(FEWEST_QUARTERS, place)),
        )

    def estimate(self, place: int) -> Estimate:
        """Return what is said about the quarter at a place, with the 80 % interval where two errors are known."""
        expected = self._expected[place] if place < len(self._expected) else None
        if expected is None:
            return Estimate(None, None, None)
        errors = [abs(error) for error in self._own_errors(place)]
        if len(errors) < _FEWEST_ERRORS:
            return Estimate(round(expected), None, None)
        reach = exp(float(np.quantile([*errors, *_DEFAULT_ERRORS], COVERED, method="hazen")))
        return Estimate(round(expected), round(expected / reach), round(expected * reach))

    @cached_property
    def _said(self) -> list[dict[Rule, float]]:
        """What each rule says about each quarter, the coming one included."""
        said = [rule_values(self._amounts[:place]) for place in range(len(self._amounts) + 1)]
        for place, amount in self._modelled.items():
            if amount > 0:
                said[place][Rule.MODEL] = float(amount)
        return said

    @cached_property
    def _weights(self) -> list[dict[Rule, float]]:
        """The rules' weights: those of the average, or 1 for the simple rule that has beaten it beyond chance."""
        beaten_by = [self._beaten_by(place) for place in range(len(self._averages))]
        return [
            average if rule is None else {rule: 1.0} for average, rule in zip(self._averages, beaten_by, strict=True)
        ]

    @cached_property
    def _averages(self) -> list[dict[Rule, float]]:
        return [self._average_at(place) if place >= FEWEST_QUARTERS else {} for place in range(len(self._amounts) + 1)]

    @cached_property
    def _expected(self) -> list[float | None]:
        """What is said about each quarter; None before there are enough quarters."""
        return [self._mean(place, weights) for place, weights in enumerate(self._weights)]

    def _mean(self, place: int, weights: Mapping[Rule, float]) -> float | None:
        """Return the weighted geometric mean of what the rules say; None without any."""
        said = self._said[place]
        return exp(sum(weight * log(said[rule]) for rule, weight in weights.items())) if weights else None

    def _beaten_by(self, place: int) -> Rule | None:
        """Return the simple rule that missed by less than the average on six or more quarters, beyond chance.

        Beyond chance: the mean of the differences of their errors is more than 1.645 times its standard error. Of
        several the one that missed by least.
        """
        led = {rule: self._lead(rule, place) for rule in NAIVE_RULES if rule in self._said[place]}
        ahead = {rule: lead for rule, lead in led.items() if lead is not None}
        return min(ahead, key=lambda rule: -ahead[rule]) if ahead else None

    def _lead(self, rule: Rule, place: int) -> float | None:
        """Return by how much less a rule missed than the average so far; None where that may be chance."""
        averages = [(earlier, self._mean(earlier, self._averages[earlier])) for earlier in self._errors(rule, place)]
        differences = [
            self._distance(mean, earlier) - self._distance(self._said[earlier][rule], earlier)
            for earlier, mean in averages
            if mean is not None
        ]
        if len(differences) < _FEWEST_TO_YIELD:
            return None
        lead = float(np.mean(differences))
        beyond = _Z_95_ONE_SIDED * float(np.std(differences, ddof=1)) / sqrt(len(differences))
        return round(lead, _DIGITS) if round(lead - beyond, _DIGITS) > 0 else None

    def _average_at(self, place: int) -> dict[Rule, float]:
        """Weigh the four best rules by score⁻², those much worse than the best left out, a quarter for the best naive.

        Scores are rounded, and equal ones rank in the order of the rules: amounts in another unit change nothing.
        """
        scores = self._scores(place)
        if not scores:
            return {}
        ranked = sorted(scores, key=lambda rule: scores[rule])[:_AVERAGED_RULES]
        used = [rule for rule in ranked if scores[rule] <= _MUCH_WORSE * scores[ranked[0]]]
        total = sum(scores[rule] ** -2 for rule in used)
        naive = [rule for rule in NAIVE_RULES if rule in scores]
        share = 1 - _NAIVE_SHARE if naive else 1.0
        weights = {rule: share * scores[rule] ** -2 / total for rule in used}
        if naive:
            best = min(naive, key=lambda rule: scores[rule])
            weights[best] = weights.get(best, 0.0) + _NAIVE_SHARE
        return weights

    def _scores(self, place: int) -> dict[Rule, float]:
        """Return each rule's discounted mean logarithmic error, shrunk to what it is taken to have before any."""
        return {rule: self._score(rule, place) for rule in Rule if rule in self._said[place]}

    def _score(self, rule: Rule, place: int) -> float:
        total, weight = _PRIOR_ERRORS[rule] * _PRIOR_WEIGHT, _PRIOR_WEIGHT
        for earlier in self._errors(rule, place):
            remembered = _REMEMBERED ** (place - 1 - earlier)
            total += remembered * self._distance(self._said[earlier][rule], earlier)
            weight += remembered
        return round(total / weight, _DIGITS)

    def _errors(self, rule: Rule, place: int) -> list[int]:
        """Return the places before one at which the rule had said something that counts."""
        places = [earlier for earlier in range(FEWEST_QUARTERS, place) if rule in self._said[earlier]]
        return places[-_MODEL_QUARTERS:] if rule is Rule.MODEL else places

    def _distance(self, said: float, place: int) -> float:
        actual = self._amounts[place]
        return min(abs(log(said / actual)), _LARGEST_ERROR) if actual > 0 else _LARGEST_ERROR

    def _own_errors(self, place: int) -> list[float]:
        """Return the logarithmic errors of what was said about the last eight quarters before a place."""
        first = max(FEWEST_QUARTERS, place - _INTERVAL_QUARTERS)
        pairs = [(self._amounts[earlier], self._expected[earlier]) for earlier in range(first, place)]
        return [log(actual / expected) for actual, expected in pairs if expected is not None and actual > 0]

    def _relative_error(self, rule: Rule, place: int) -> float | None:
        errors = [
            symmetric_error(self._said[earlier][rule], self._amounts[earlier]) for earlier in self._errors(rule, place)
        ]
        return sum(errors) / len(errors) if errors else None

    def _past(self, place: int) -> PastQuarter:
        weights = self._weights[place]
        leading = min(weights, key=lambda rule: (-weights[rule], list(Rule).index(rule))) if weights else None
        return PastQuarter(
            quarter=self._first.plus(place),
            rule=leading,
            estimate=self.estimate(place),
            year_ago=self._rounded(Rule.YEAR_AGO, place),
            model=self._rounded(Rule.MODEL, place),
            actual=round(self._amounts[place]),
        )

    def _rounded(self, rule: Rule, place: int) -> int | None:
        value = self._said[place].get(rule)
        return None if value is None else round(value)
