"""Next quarter's revenue from existing customers, what each customer is worth, and whose order is due when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.lifetime_value import modelled_lifetime_values, simple_lifetime_values
from retention_reports.analyses.forecast.next_orders import next_orders
from retention_reports.analyses.forecast.quarter_forecasts import FEWEST_REPEAT_BUYERS, QuarterForecasts
from retention_reports.analyses.forecast.results import FitFailure, Forecast, Verdict
from retention_reports.model.figures import Missing, Unknown

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.results import LifetimeValues
    from retention_reports.model.dataset import Dataset

HISTORY_QUARTERS = 8


def forecast(dataset: Dataset) -> Forecast:
    """Forecast the quarter after the reported one, by the model where it has proved better, else by the simple rule.

    The model (BG/NBD with Gamma–Gamma) must have beaten "as in the same quarter a year ago" on the last two quarters,
    each forecast with what was known on the day before it began.
    """
    quarters = QuarterForecasts(dataset)
    verdict, comparison = quarters.compare(dataset.quarter.plus(1))
    coming = quarters.forecast(dataset.quarter.plus(1))
    past = [quarters.forecast(dataset.quarter.plus(-back)) for back in range(HISTORY_QUARTERS - 1, -1, -1)]
    estimate, last_estimate = quarters.interval(coming), quarters.interval(past[-1])
    fitted = quarters.model_on(dataset.cut_off)
    found = Forecast(
        method=coming.method,
        verdict=verdict,
        repeat_buyers=quarters.records.repeat_buyers(dataset.cut_off),
        next_quarter=coming.quarter,
        expected=estimate,
        last_quarter=past[-1],
        last_quarter_interval=last_estimate,
        history=tuple(entry for entry in past if entry.expected is not None),
        comparison=comparison,
        model=None if fitted is None or isinstance(fitted, FitFailure) else fitted.parameters,
        fit_failures=quarters.failures,
        lifetime_values=_lifetime_values(dataset, quarters, verdict),
        next_orders=next_orders(dataset),
        missing=(),
    )
    year_before = coming.quarter.year_before.previous.last_day
    knows_customers = dataset.covers_activity_on(year_before)
    return replace(
        found, missing=_missing(found, Unknown.NO_EARLIER_REVENUE if knows_customers else Unknown.BEFORE_START_OF_DATA)
    )


def _lifetime_values(dataset: Dataset, quarters: QuarterForecasts, verdict: Verdict) -> LifetimeValues:
    model = quarters.model_on(dataset.cut_off)
    if verdict is not Verdict.BETTER or model is None or isinstance(model, FitFailure):
        return simple_lifetime_values(dataset)
    return modelled_lifetime_values(dataset, quarters.records.on(dataset.cut_off), model)


def _missing(found: Forecast, why_no_forecast: Unknown) -> tuple[Missing, ...]:
    entries = []
    if found.method is None:
        entries.append(Missing("method", why_no_forecast))
    for key, estimate in (("next_quarter", found.expected), ("last_quarter", found.last_quarter_interval)):
        if estimate.expected is None:
            entries += [Missing(f"{key}.{part}", why_no_forecast) for part in ("expected", "low", "high")]
        elif estimate.low is None:
            entries += [Missing(f"{key}.{part}", Unknown.NO_EARLIER_REVENUE) for part in ("low", "high")]
    if found.last_quarter.actual is None:
        entries.append(Missing("last_quarter.actual", why_no_forecast))
    if found.model is None:
        failed = found.fit_failures[-1:] if found.repeat_buyers >= FEWEST_REPEAT_BUYERS else ()
        reasons = [Missing("model", Unknown.FIT_FAILED, failure.problem) for failure in failed]
        entries += reasons or [Missing("model", Unknown.TOO_FEW, "repeat_buyers")]
    if not found.lifetime_values.pillars:
        entries.append(Missing("lifetime_value.pillars", Unknown.BEFORE_START_OF_DATA))
    if found.next_orders.kept is None:
        entries.append(Missing("next_orders_kept", Unknown.TOO_FEW))
    return tuple(entries)
