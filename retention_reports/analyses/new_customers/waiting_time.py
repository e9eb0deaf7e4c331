"""How long first-time buyers take to buy again, those still waiting included (Kaplan and Meier 1958)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.new_customers.new_customer_results import CurvePoint, WaitingTime
from retention_reports.model.figures import Z_95
from retention_reports.model.ledger import NEVER, day_number

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.days_bought import PurchaseDays
    from retention_reports.model.ledger import Flags, Integers

_HALF = 0.5
_DECIMALS = 6


def waiting_time(dataset: Dataset, days: PurchaseDays, newcomers: Flags) -> WaitingTime | None:
    """Estimate the time from the first to the second purchase day; None without any known first-time buyer."""
    if not newcomers.any():
        return None
    first = dataset.ledger.first_purchase[newcomers]
    second = days.at_rank(2, dataset.ledger.customer_count, missing=NEVER)[0][newcomers]
    happened = second != NEVER
    durations = np.where(happened, second, day_number(dataset.cut_off)) - first
    curve = event_curve(durations, happened)
    return WaitingTime(
        customers=len(durations),
        bought_again=int(happened.sum()),
        median_days=next((point.days for point in curve if point.share >= _HALF), None),
        longest=int(durations.max()),
        curve=curve,
    )


def event_curve(durations: Integers, happened: Flags) -> tuple[CurvePoint, ...]:
    """Return 1 minus the Kaplan-Meier estimate at each time of an event, sorted by time.

    `happened` tells which durations ended in an event; the others are censored (at the same time: after it). Intervals
    are Greenwood's on the log-log scale; where everyone left has had the event, the interval before is kept open to 1.
    """
    times, events = np.unique(durations[happened], return_counts=True)
    at_risk = len(durations) - np.searchsorted(np.sort(durations), times, side="left")
    waiting = np.cumprod(1.0 - events / at_risk).astype(np.float64)
    waiting[events == at_risk] = 0.0
    low, high = _log_log_interval(waiting, events, at_risk)
    return tuple(
        CurvePoint(
            days=int(time),
            share=round(1 - float(kept), _DECIMALS),
            low=round(1 - float(upper), _DECIMALS),
            high=round(1 - float(lower), _DECIMALS),
            at_risk=int(number),
        )
        for time, kept, lower, upper, number in zip(times, waiting, low, high, at_risk, strict=True)
    )


def _log_log_interval(
    waiting: npt.NDArray[np.float64], events: Integers, at_risk: Integers
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    some_left = waiting > 0
    kept = waiting[some_left]
    spread = np.cumsum(events[some_left] / (at_risk[some_left] * (at_risk - events)[some_left]))
    deviation = Z_95 * np.sqrt(spread) / np.log(kept)
    low, high = np.zeros(len(waiting)), np.ones(len(waiting))
    low[some_left], high[some_left] = kept ** np.exp(-deviation), kept ** np.exp(deviation)
    if len(kept):
        high[~some_left] = high[some_left][-1]
    return low, high
