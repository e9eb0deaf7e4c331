"""What each pillar's customers bring in the next 12 and 36 months, from what earlier ones of the pillar brought."""

from __future__ import annotations

from functools import cache
from math import ceil, sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.value_results import ComingValue, ValueCheck
from retention_reports.model.figures import Rate
from retention_reports.model.quarters import MONTHS_PER_QUARTER
from retention_reports.model.statuses import Status, statuses
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.quarters import Quarter

VALUE_PILLARS = ("new", "loyal", "won_back")
"""Of the lost, earlier ones do not tell: nearly all that they bring comes from the few who return."""

HORIZONS = (4, 12)
"""Quarters ahead."""

MOST_COHORTS = 8
FEWEST_COHORTS = 2
FADING = 0.8
"""An earlier cohort weighs so much of the one a quarter after it."""

CHECKED_AGO = (4, 8)
COVERED = 0.8
_Z_80 = 1.2815515655446004
_ENOUGH_ERRORS = 4
_UNTRIED_ERROR = 0.3
"""By so much a value is taken to miss before four earlier ones have been held against what came."""

_FEWEST_CUSTOMERS = 10
"""Fewer earlier customers do not tell how far a single one lies off."""


@record
class _Cohort:
    """A pillar's customers at a cut-off: what each brought in the year before it, and in each quarter after."""

    year: Integers
    came: tuple[Integers, ...]

    def whole(self) -> int:
        """Return what all brought in all quarters after."""
        return sum(int(quarter.sum()) for quarter in self.came)

    def shares(self) -> Floats:
        """Return what each customer with revenue in the year before brought in all quarters after ÷ that revenue."""
        bought = self.year > 0
        shares: Floats = np.sum(self.came, axis=0)[bought] / self.year[bought]
        return shares


def coming_values(dataset: Dataset) -> tuple[ComingValue, ...]:
    """Return the values of every pillar and horizon; entries without an estimate where earlier cohorts are too few."""
    return tuple(Valuer(dataset, pillar, ahead).now() for pillar in VALUE_PILLARS for ahead in HORIZONS)


class Valuer:
    """Values one pillar over one horizon at the cut-off, and as it would have been done at earlier ones."""

    def __init__(self, dataset: Dataset, pillar: str, ahead: int) -> None:
        """Take a pillar's key and the number of quarters ahead."""
        self._dataset, self._pillar, self._ahead = dataset, pillar, ahead
        self.cohort: Callable[[Quarter], _Cohort] = cache(self._cohort)
        self.expected: Callable[[Quarter], float | None] = cache(self._expected)

    def now(self) -> ComingValue:
        """Return the value at the cut-off, beside what was expected four and eight quarters ago."""
        quarter = self._dataset.quarter
        checks = [self.check(quarter.plus(-back)) for back in CHECKED_AGO if back >= self._ahead]
        return ComingValue(
            pillar=self._pillar,
            months=self._ahead * MONTHS_PER_QUARTER,
            customers=len(self.cohort(quarter).year),
            cohorts=len(self._of_age(quarter, self._ahead)),
            estimate=self.estimate(quarter),
            checks=tuple(check for check in checks if check is not None),
            of_one=self.of_one(quarter),
        )

    def check(self, quarter: Quarter) -> ValueCheck | None:
        """Return what was to be expected at an earlier cut-off, by what was known then, and what came."""
        if not self._is_known(quarter):
            return None
        estimate = self.estimate(quarter)
        if estimate.expected is None:
            return None
        return ValueCheck(quarter, estimate, self.cohort(quarter).whole(), self._customers_held(quarter))

    def of_one(self, quarter: Quarter) -> tuple[float, float] | None:
        """Return between which multiples of its own year before a single customer brings, four times of five.

        Of the earlier cohorts' customers whose time was over, one of ten brought less and one of ten more; None with
        fewer than ten of them.
        """
        shares = np.sort(np.concatenate([np.zeros(0), *(one.shares() for one in self._of_age(quarter, self._ahead))]))
        if len(shares) < _FEWEST_CUSTOMERS:
            return None
        beyond = (len(shares) + 1) * (1 - COVERED) / 2
        return float(shares[int(beyond) - 1]), float(shares[len(shares) - int(beyond)])

    def _customers_held(self, quarter: Quarter) -> Rate | None:
        """Count the single customers of a quarter who brought what was to be expected of one."""
        ends, shares = self.of_one(quarter), self.cohort(quarter).shares()
        if ends is None or not len(shares):
            return None
        return Rate(int(((shares >= ends[0]) & (shares <= ends[1])).sum()), len(shares))

    def estimate(self, quarter: Quarter) -> Estimate:
        """Return the value with its 80 % interval, which is as wide as the wider of two.

        One is what the customers' own purchases may vary, from how those of earlier cohorts did around the ratio; the
        other is how far earlier cohorts as a whole lay off what was expected of them.
        """
        expected = self.expected(quarter)
        if not expected:
            return Estimate(None, None, None)
        reach = max(self._own_chance(quarter), expected * self._off(quarter))
        return Estimate(round(expected), max(0, round(expected - reach)), round(expected + reach))

    def _cohort(self, quarter: Quarter) -> _Cohort:
        ledger = self._dataset.ledger
        of_pillar = np.array([status.pillar == self._pillar for status in Status])[statuses(ledger, quarter)]
        rows = np.flatnonzero(of_pillar)
        year = np.maximum(ledger.yearly_value(quarter.last_day)[rows], 0)
        after = [quarter.plus(ahead) for ahead in range(1, self._ahead + 1)]
        came = tuple(ledger.revenue.between(one.previous.last_day, one.last_day)[rows] for one in after)
        return _Cohort(year, came)

    def _is_known(self, quarter: Quarter) -> bool:
        return self._dataset.covers_activity_on(quarter.previous.last_day)

    def _of_age(self, quarter: Quarter, age: int) -> list[_Cohort]:
        """Return the cohorts that were at least so many quarters old at the quarter's end, newest first."""
        earlier = [quarter.plus(-back) for back in range(age, age + MOST_COHORTS)]
        cohorts = [self.cohort(one) for one in earlier if self._is_known(one)]
        return [cohort for cohort in cohorts if cohort.year.sum() > 0]

    def _expected(self, quarter: Quarter) -> float | None:
        """Return the cohort's year before × the sum over the quarters ahead of what cohorts brought at that age."""
        known = len(self._of_age(quarter, 1)) >= FEWEST_COHORTS and len(self._of_age(quarter, self._ahead)) > 0
        if not known or not self.cohort(quarter).year.sum():
            return None
        ratios = [_ratio(self._of_age(quarter, age), age) for age in range(1, self._ahead + 1)]
        return int(self.cohort(quarter).year.sum()) * sum(ratios)

    def _own_chance(self, quarter: Quarter) -> float:
        """Return the reach of the customers' own purchases: those of all quarters ahead taken to go together."""
        own = float((self.cohort(quarter).year.astype(np.float64) ** 2).sum())
        reach = 0.0
        for age in range(1, self._ahead + 1):
            known = self._of_age(quarter, age)
            ratio = _ratio(known, age)
            squares = sum(float(((one.came[age - 1] - ratio * one.year) ** 2).sum()) for one in known)
            years = sum(float((one.year.astype(np.float64) ** 2).sum()) for one in known)
            reach += _Z_80 * sqrt(squares / years * own)
        return reach

    def _off(self, quarter: Quarter) -> float:
        """Return by which share four of five earlier cohorts were missed at most, each by what was known before it.

        With fewer than four cohorts whose time is over, it is the largest of their misses, of those by which the first
        quarter of each cohort lay off all cohorts' together, and of what untried values are taken to miss by.
        """
        errors = []
        for back in range(self._ahead, self._ahead + MOST_COHORTS):
            earlier = quarter.plus(-back)
            expected = self.expected(earlier) if self._is_known(earlier) else None
            if expected:
                errors.append(abs(self.cohort(earlier).whole() - expected) / expected)
        if len(errors) >= _ENOUGH_ERRORS:
            return sorted(errors)[min(len(errors), ceil((len(errors) + 1) * COVERED)) - 1]
        known = self._of_age(quarter, 1)
        ratio = _ratio(known, 1)
        first = [abs(_ratio([one], 1) - ratio) / ratio for one in known] if ratio > 0 else [1.0]
        return max([*errors, _UNTRIED_ERROR, sorted(first)[min(len(first), ceil((len(first) + 1) * COVERED)) - 1]])


def _ratio(cohorts: Sequence[_Cohort], age: int) -> float:
    """Return what cohorts (newest first) brought in the quarter of that age ÷ their year before, at least 0."""
    weights = [FADING**place for place in range(len(cohorts))]
    came = sum(weight * int(one.came[age - 1].sum()) for weight, one in zip(weights, cohorts, strict=True))
    year = sum(weight * int(one.year.sum()) for weight, one in zip(weights, cohorts, strict=True))
    return max(0.0, came / year)
