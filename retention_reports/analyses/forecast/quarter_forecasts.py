"""What came from existing customers in any quarter, what the purchase model says of it, and whether that is better."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.customer_base import PurchaseRecords
from retention_reports.analyses.forecast.customer_base_results import (
    Comparison,
    FitFailure,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.analyses.forecast.spending_model import SpendingModel
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.quarters import Quarter

FEWEST_REPEAT_BUYERS = 100
_HELD_OUT = 2


class QuarterForecasts:
    """Forecasts by quarter, each made with what was known on the day before the quarter began.

    Amounts are ten-thousandths with one entry a row of the customers table, 0 for those who had not bought before.
    Everything is worked out when first asked for, and once: a model is fitted only where a comparison needs it.
    """

    def __init__(self, dataset: Dataset) -> None:
        """Take the reported quarter's data; quarters up to the one after it can be asked for."""
        self._dataset = dataset
        self._models: dict[date, SpendingModel | FitFailure | None] = {}
        self._cached_expectations: dict[Quarter, Integers | None] = {}

    @cached_property
    def records(self) -> PurchaseRecords:
        """The purchases so far, for the customer base of any day."""
        return PurchaseRecords(self._dataset)

    @property
    def failures(self) -> tuple[FitFailure, ...]:
        """All fits tried so far that failed, oldest first."""
        failed = [model for model in self._models.values() if isinstance(model, FitFailure)]
        return tuple(sorted(failed, key=lambda failure: failure.day))

    def actual(self, quarter: Quarter) -> Integers | None:
        """Return the quarter's revenue from customers who had bought before; None if unknown.

        That is where the quarter is not over, where the data is too young to tell who had bought before, or where
        nobody had.
        """
        opening = quarter.previous.last_day
        existing = self._dataset.ledger.bought_by(opening)
        knowable = quarter <= self._dataset.quarter and self._dataset.covers_activity_on(opening)
        if not knowable or not existing.any():
            return None
        return np.where(existing, self._dataset.revenue_between(opening, quarter.last_day), 0)

    def simple(self, quarter: Quarter) -> Integers | None:
        """Return the revenue of the same quarter a year before from those who were customers when that one began."""
        return self.actual(quarter.year_before)

    def modelled(self, quarter: Quarter) -> Integers | None:
        """Return the model's expected revenue; None with too few repeat buyers or where the fit failed."""
        if quarter not in self._cached_expectations:
            self._cached_expectations[quarter] = self._modelled(quarter)
        return self._cached_expectations[quarter]

    def model_on(self, day: date) -> SpendingModel | FitFailure | None:
        """Return the model fitted to the data up to the day, why that failed, or None with too few repeat buyers."""
        if day not in self._models:
            self._models[day] = self._fit(day)
        return self._models[day]

    def compare(self, quarter: Quarter) -> tuple[Verdict, Comparison | None]:
        """Judge by the last two quarters before a quarter whether the model beats the simple rule in it.

        Where nobody was a customer a year earlier, the simple rule has nothing to say, and counts as saying nothing.
        """
        held_out = tuple(quarter.plus(-back) for back in range(_HELD_OUT, 0, -1))
        days = [each.previous.last_day for each in (*held_out, quarter)]
        if any(self.records.repeat_buyers(day) < FEWEST_REPEAT_BUYERS for day in days):
            return Verdict.TOO_FEW_REPEAT_BUYERS, None
        if not all(self._comparable(earlier) for earlier in held_out):
            return Verdict.NOT_COMPARABLE, None
        if any(isinstance(self.model_on(day), FitFailure) for day in days):
            return Verdict.FIT_FAILED, None
        modelled = [self.modelled(earlier) for earlier in held_out]
        errors = [
            sum(self._missed(earlier, expected) for earlier, expected in zip(held_out, forecasts, strict=True))
            for forecasts in (modelled, [self.simple(earlier) for earlier in held_out])
        ]
        verdict = Verdict.BETTER if errors[0] < errors[1] else Verdict.NOT_BETTER
        return verdict, Comparison(held_out, errors[0], errors[1])

    def _comparable(self, quarter: Quarter) -> bool:
        """Tell that what came is known, and what the simple rule said, be it that nobody was a customer then."""
        opening = quarter.year_before.previous.last_day
        return self.actual(quarter) is not None and self._dataset.covers_activity_on(opening)

    def _missed(self, quarter: Quarter, expected: Integers | None) -> int:
        return abs((_total(self.actual(quarter)) or 0) - (_total(expected) or 0))

    def _modelled(self, quarter: Quarter) -> Integers | None:
        day = quarter.previous.last_day
        model = self.model_on(day)
        if model is None or isinstance(model, FitFailure):
            return None
        base = self.records.on(day)
        expected = np.zeros(self._dataset.ledger.customer_count, dtype=np.int64)
        expected[base.rows] = model.expected_revenue(base, (quarter.last_day - day).days)
        return expected

    def _fit(self, day: date) -> SpendingModel | FitFailure | None:
        if self.records.repeat_buyers(day) < FEWEST_REPEAT_BUYERS:
            return None
        from retention_reports.analyses.forecast.spending_model import (  # noqa: PLC0415 -- SciPy takes a quarter second
            fit_spending_model,
        )

        newest = None if day == self._dataset.cut_off else self.model_on(self._dataset.cut_off)
        near = None if isinstance(newest, FitFailure) else newest
        return fit_spending_model(self.records.on(day), day, near)


def _total(amounts: Integers | None) -> int | None:
    return None if amounts is None else int(amounts.sum())
