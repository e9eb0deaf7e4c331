"""The section `forecast` as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Figure, Missing, missing_figures, rate_figures
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.customer_base_results import (
        Comparison,
        FitFailure,
        LifetimeValues,
        ModelParameters,
        Verdict,
    )
    from retention_reports.analyses.forecast.next_order_results import NextOrders
    from retention_reports.analyses.forecast.series_results import NewCustomers, PastQuarter, SeriesForecast
    from retention_reports.model.quarters import Quarter

_HISTORY_QUARTERS = 8
_UNKNOWN: dict[str, Figure] = {"expected": None, "low": None, "high": None}
_UNCHECKED: dict[str, Figure] = {"error": None, "quarters": 0, **rate_figures("coverage", None)}
_NOT_FORECAST: dict[str, Figure] = {"quarter": None, "method": None, **_UNKNOWN, "simple": None, "model": None}


@record
class Forecast:
    """Next quarter's revenue, how earlier forecasts did, what each customer is worth, and whose order is due when.

    `total` is of all revenue, `existing` of those who have bought by the cut-off, `new` of those who will buy for the
    first time: each is forecast by itself, so that the two parts need not add up to the total. `verdict` and
    `comparison` tell whether the purchase model may say what customers are worth.
    """

    next_quarter: Quarter
    total: SeriesForecast | None
    existing: SeriesForecast | None
    new: NewCustomers | None
    verdict: Verdict
    comparison: Comparison | None
    repeat_buyers: int
    model: ModelParameters | None
    fit_failures: tuple[FitFailure, ...]
    lifetime_values: LifetimeValues
    next_orders: NextOrders
    missing: tuple[Missing, ...]

    def figures(self) -> dict[str, Figure]:
        """Return the section `forecast` of `figures.json`."""
        return {
            **self._series_figures("", self.existing),
            **self._series_figures("_total", self.total),
            "next_quarter_new": None if self.new is None else self.new.figures(),
            "verdict": str(self.verdict),
            "repeat_buyers": self.repeat_buyers,
            "comparison": None if self.comparison is None else self.comparison.figures(),
            "model": None if self.model is None else self.model.figures(),
            "fit_problems": [failure.figures() for failure in self.fit_failures],
            "lifetime_value": self.lifetime_values.figures(),
            "customers": [customer.figures() for customer in self.lifetime_values.customers],
            "next_orders": [order.figures() for order in self.next_orders.orders],
            **rate_figures("next_orders_kept", self.next_orders.kept),
            "missing": missing_figures(self.missing),
        }

    def _series_figures(self, suffix: str, series: SeriesForecast | None) -> dict[str, Figure]:
        past = shown_history(series)
        rule = None if series is None else series.rule
        estimate = _UNKNOWN if series is None else series.estimate.figures()
        return {
            f"method{suffix}": None if rule is None else str(rule),
            f"next_quarter{suffix}": {"quarter": str(self.next_quarter), **estimate},
            f"last_quarter{suffix}": past[-1].figures() if past else {**_NOT_FORECAST, "actual": None},
            f"history{suffix}": [entry.figures() for entry in past],
            f"candidates{suffix}": [] if series is None else [entry.figures() for entry in series.candidates],
            f"check{suffix}": _UNCHECKED if series is None else series.check_figures(),
        }


def shown_history(series: SeriesForecast | None) -> tuple[PastQuarter, ...]:
    """Return the last eight past quarters of which something would have been said, oldest first."""
    if series is None:
        return ()
    return tuple(entry for entry in series.past if entry.estimate.expected is not None)[-_HISTORY_QUARTERS:]
