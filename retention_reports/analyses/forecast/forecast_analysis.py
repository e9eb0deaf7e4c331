"""Next quarter's revenue, what each customer is worth, and whose order is due when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.coming_quarter import ComingQuarter
from retention_reports.analyses.forecast.coming_value import coming_values
from retention_reports.analyses.forecast.customer_base_results import FitFailure, Verdict
from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.analyses.forecast.forecast_results import Forecast, shown_history
from retention_reports.analyses.forecast.lifetime_value import (
    modelled_lifetime_values,
    simple_lifetime_values,
)
from retention_reports.analyses.forecast.next_order_results import FEWEST_TESTED
from retention_reports.analyses.forecast.next_orders import next_orders
from retention_reports.analyses.forecast.quarter_forecasts import FEWEST_REPEAT_BUYERS, QuarterForecasts
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.customer_base_results import LifetimeValues
    from retention_reports.analyses.forecast.series_results import SeriesForecast
    from retention_reports.model.dataset import Dataset


def forecast(dataset: Dataset) -> Forecast:
    """Forecast the quarter after the reported one from the client's own quarters, and say how that did on them.

    What customers are worth is said by the model (BG/NBD with Gamma–Gamma) where it has beaten "as in the same quarter
    a year ago" on the last two quarters, each forecast with what was known on the day before it began.
    """
    quarters = QuarterForecasts(dataset)
    verdict, comparison = quarters.compare(dataset.quarter.plus(1))
    fitted = quarters.model_on(dataset.cut_off)
    coming = ComingQuarter(dataset, quarters)
    found = Forecast(
        next_quarter=dataset.quarter.plus(1),
        total=coming.total(),
        existing=coming.existing(),
        new=coming.new(),
        verdict=verdict,
        comparison=comparison,
        repeat_buyers=quarters.records.repeat_buyers(dataset.cut_off),
        model=None if fitted is None or isinstance(fitted, FitFailure) else fitted.parameters,
        fit_failures=quarters.failures,
        lifetime_values=_lifetime_values(dataset, quarters, verdict),
        next_orders=next_orders(dataset),
        missing=(),
    )
    opening = dataset.quarter.previous.last_day
    why_not = Unknown.TOO_FEW if dataset.covers_activity_on(opening) else Unknown.BEFORE_START_OF_DATA
    return replace(found, missing=_missing(found, why_not))


def _lifetime_values(dataset: Dataset, quarters: QuarterForecasts, verdict: Verdict) -> LifetimeValues:
    model, coming = quarters.model_on(dataset.cut_off), coming_values(dataset)
    if verdict is not Verdict.BETTER or model is None or isinstance(model, FitFailure):
        return simple_lifetime_values(dataset, coming)
    return modelled_lifetime_values(dataset, quarters.records.on(dataset.cut_off), model, coming)


def _missing(found: Forecast, why_no_split: Unknown) -> tuple[Missing, ...]:
    entries = [
        *_missing_of_series("", found.existing, why_no_split),
        *_missing_of_series("_total", found.total, why_no_split),
    ]
    if found.new is None:
        entries.append(Missing("next_quarter_new", why_no_split))
    if found.model is None:
        failed = found.fit_failures[-1:] if found.repeat_buyers >= FEWEST_REPEAT_BUYERS else ()
        reasons = [Missing("model", Unknown.FIT_FAILED, failure.problem) for failure in failed]
        entries += reasons or [Missing("model", Unknown.TOO_FEW, "repeat_buyers")]
    if not found.lifetime_values.pillars:
        entries.append(Missing("lifetime_value.pillars", Unknown.BEFORE_START_OF_DATA))
    entries += [
        Missing(f"lifetime_value.{one.pillar}", Unknown.TOO_FEW)
        for one in found.lifetime_values.pillars
        if one.expected.expected is None
    ]
    if found.next_orders.kept is None:
        entries.append(Missing("next_orders_kept", Unknown.TOO_FEW))
    if not found.next_orders.tells_days:
        tested = found.next_orders.kept is not None and found.next_orders.kept.n >= FEWEST_TESTED
        entries.append(Missing("next_orders", Unknown.INTERVALS_NOT_HELD if tested else Unknown.TOO_FEW))
    return tuple(entries)


def _missing_of_series(suffix: str, series: SeriesForecast | None, reason: Unknown) -> list[Missing]:
    estimate = Estimate(None, None, None) if series is None else series.estimate
    if series is not None:  # There are quarters: what is missing are those before, or revenue in any of them.
        reason = Unknown.TOO_FEW if estimate.expected is not None else Unknown.NO_EARLIER_REVENUE
    entries = [] if estimate.expected is not None else [Missing(f"method{suffix}", reason)]
    for part, value in (("expected", estimate.expected), ("low", estimate.low), ("high", estimate.high)):
        if value is None:
            why = reason if estimate.expected is None else Unknown.TOO_FEW
            entries.append(Missing(f"next_quarter{suffix}.{part}", why))
    past = shown_history(series)
    if not past:
        entries += [Missing(f"last_quarter{suffix}.{part}", reason) for part in ("expected", "low", "high", "actual")]
    elif past[-1].estimate.low is None:
        entries += [Missing(f"last_quarter{suffix}.{part}", Unknown.TOO_FEW) for part in ("low", "high")]
    if series is None or series.coverage is None:
        entries.append(Missing(f"check{suffix}", Unknown.TOO_FEW))
    return entries
