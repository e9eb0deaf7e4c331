"""The coming quarter of a client: its total, what existing customers bring of it, and what new ones bring."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.quarter_forecasts import FEWEST_REPEAT_BUYERS
from retention_reports.analyses.forecast.rolling_forecast import FEWEST_QUARTERS, RollingForecast
from retention_reports.analyses.forecast.series_results import NewCustomers, SeriesForecast
from retention_reports.model.ledger import day_number
from retention_reports.model.money import UNIT
from retention_reports.model.quarters import QUARTERS_PER_YEAR, Quarter

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.quarter_forecasts import QuarterForecasts
    from retention_reports.model.dataset import Dataset

_MISSING_DAYS = timedelta(days=5)
"""A quarter counts as whole where no more of its first days lie before the data: New Year and a weekend."""

_MODELLED_ORIGINS = 4
"""The coming quarter's forecast and last quarter's, each with two held-out quarters before: so many fits."""


class ComingQuarter:
    """Forecasts of the quarter after the reported one, from the client's whole quarters up to it."""

    def __init__(self, dataset: Dataset, quarters: QuarterForecasts) -> None:
        """Take the reported quarter's data and what the purchase model says of it."""
        self._dataset = dataset
        self._quarters = quarters

    def total(self) -> SeriesForecast | None:
        """Forecast all revenue, whether a customer is known or not; None with fewer than two whole quarters."""
        first = self._first_whole
        totals = [self._total(quarter) for quarter in self._since(first)]
        return _forecast(first, totals, self._modelled(first, new=True))

    def existing(self) -> SeriesForecast | None:
        """Forecast the revenue of those who have bought by now; None with fewer than two quarters that tell it."""
        if self._first_split is None:
            return None
        amounts = [self._existing(quarter) for quarter in self._since(self._first_split)]
        return _forecast(self._first_split, amounts, self._modelled(self._first_split, new=False))

    def new(self) -> NewCustomers | None:
        """Forecast who buys for the first time: how many, and what they bring in that quarter; None as `existing`."""
        return self._new_at(self._dataset.quarter.plus(1))

    @cached_property
    def _first_whole(self) -> Quarter:
        data_from = self._dataset.data_from
        quarter = Quarter.of(data_from, self._dataset.quarter.start_month)
        return quarter if data_from - quarter.first_day <= _MISSING_DAYS else quarter.plus(1)

    @cached_property
    def _first_split(self) -> Quarter | None:
        """The first quarter whose revenue can be told apart by who had bought before it."""
        quarters = self._since(self._first_whole)
        return next((quarter for quarter in quarters if self._quarters.actual(quarter) is not None), None)

    def _since(self, first: Quarter) -> list[Quarter]:
        return [first.plus(place) for place in range(self._dataset.quarter.ordinal - first.ordinal + 1)]

    def _total(self, quarter: Quarter) -> int:
        return self._dataset.total_revenue_between(quarter.previous.last_day, quarter.last_day)

    def _existing(self, quarter: Quarter) -> int:
        actual = self._quarters.actual(quarter)
        return 0 if actual is None else int(actual.sum())

    @cached_property
    def _new_counts(self) -> RollingForecast | None:
        if self._first_split is None:
            return None
        counts = [UNIT * self._new_customers(quarter) for quarter in self._since(self._first_split)]
        return RollingForecast(self._first_split, counts)

    def _new_customers(self, quarter: Quarter) -> int:
        first = self._dataset.ledger.first_purchase
        return int(((first >= day_number(quarter.first_day)) & (first <= day_number(quarter.last_day))).sum())

    def _new_at(self, quarter: Quarter) -> NewCustomers | None:
        """Forecast new customers on the day before a quarter: their number × what each brought in the last four."""
        if self._first_split is None or self._new_counts is None:
            return None
        expected = self._new_counts.estimate(quarter.ordinal - self._first_split.ordinal).expected
        if expected is None:
            return None
        recent = [quarter.plus(-back) for back in range(1, QUARTERS_PER_YEAR + 1)]
        known = [earlier for earlier in recent if earlier >= self._first_split]
        count = sum(self._new_customers(earlier) for earlier in known)
        revenue = sum(self._total(earlier) - self._existing(earlier) for earlier in known)
        each = revenue / count if count else 0.0
        return NewCustomers(expected / UNIT, round(each), round(expected / UNIT * each))

    def _modelled(self, first: Quarter, *, new: bool) -> dict[int, int]:
        """Return what the purchase model says, by place in a series, where there are enough repeat buyers for it."""
        found: dict[int, int] = {}
        coming = self._dataset.quarter.plus(1)
        for quarter in (coming.plus(-back) for back in range(_MODELLED_ORIGINS)):
            enough = self._quarters.records.repeat_buyers(quarter.previous.last_day) >= FEWEST_REPEAT_BUYERS
            modelled = self._quarters.modelled(quarter) if enough and quarter >= first else None
            added = self._new_at(quarter) if new else None
            if modelled is not None and (added is not None or not new):
                found[quarter.ordinal - first.ordinal] = int(modelled.sum()) + (added.expected if added else 0)
        return found


def _forecast(first: Quarter, amounts: list[int], modelled: dict[int, int]) -> SeriesForecast | None:
    return None if len(amounts) < FEWEST_QUARTERS else RollingForecast(first, amounts, modelled).coming()
