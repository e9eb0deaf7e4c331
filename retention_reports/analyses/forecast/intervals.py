"""How far forecasts may miss: intervals from the same rule's past errors, or from drawing customers anew."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.results import Estimate
from retention_reports.model.bootstrap import amount_interval_95, drawn_sums
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.ledger import Integers

_COVERED = 0.95
_ENOUGH_QUARTERS = 4
_STUDENT_T = {4: 2.776445, 5: 2.570582, 6: 2.446912, 7: 2.364624, 8: 2.306004}
"""97.5 % points of Student's t by degrees of freedom: one for each past error, as their mean is taken as zero."""


@record
class PastForecast:
    """A forecast and what came, customer by customer, in ten-thousandths."""

    expected: Integers
    actual: Integers

    @property
    def relative_error(self) -> float:
        """(Actual - expected) ÷ expected, of the sums."""
        expected = int(self.expected.sum())
        return (int(self.actual.sum()) - expected) / expected


def forecast_interval(expected: int, past: Sequence[PastForecast], unchecked: Integers) -> Estimate:
    """Return the forecast with its 95 % interval.

    It reaches as far above the forecast as below, by a share of it. With four or more past quarters by the same rule
    the share is Student's t × the root mean square of their relative errors. With one to three, the customers of each
    are drawn anew; 95 % of the pooled errors, signs aside, are no larger than the share. With none, the amounts by
    customer on which the forecast rests (`unchecked`) are drawn anew twice, and the difference of the two sums stands
    for the error. Forecasts of zero or less have no interval.
    """
    checked = [forecast for forecast in past if int(forecast.expected.sum()) > 0]
    if expected <= 0 or (not checked and int(unchecked.sum()) <= 0):
        return Estimate(expected, None, None)
    if len(checked) >= _ENOUGH_QUARTERS:
        mean_square = sum(forecast.relative_error**2 for forecast in checked) / len(checked)
        reach = _STUDENT_T[len(checked)] * sqrt(mean_square)
    else:
        errors = _drawn_errors(checked) if checked else _drawn_differences(unchecked)
        reach = float(np.quantile(np.abs(errors), _COVERED))
    return Estimate(expected, max(0, round(expected * (1 - reach))), round(expected * (1 + reach)))


def sum_interval(amounts: Integers) -> tuple[int, int]:
    """Return the 95 % bootstrap interval of the sum of the customers' amounts."""
    return amount_interval_95(_sums(amounts))


def _drawn_errors(past: Sequence[PastForecast]) -> Numbers:
    return np.concatenate(
        [_sums(forecast.actual - forecast.expected) / int(forecast.expected.sum()) for forecast in past]
    )


def _drawn_differences(amounts: Integers) -> Numbers:
    differences: Numbers = (_sums(amounts) - _sums(amounts, sample=1)) / int(amounts.sum())
    return differences


def _sums(amounts: Integers, sample: int = 0) -> Numbers:
    return drawn_sums(amounts.reshape(-1, 1), sample)[:, 0]
