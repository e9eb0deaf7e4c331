"""What retention is worth, and what a customer costs to acquire, to keep, and to win back."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.measures.economics_results import CostPerCustomer, Estimate, RetentionGain
from retention_reports.model.bootstrap import amount_interval_95, drawn_sums
from retention_reports.model.ledger import day_number
from retention_reports.model.money import rounded, share
from retention_reports.model.quarters import QUARTERS_PER_YEAR
from retention_reports.model.retention import retention_rate
from retention_reports.model.schema import SPENDING_KINDS
from retention_reports.model.yearly_value import times

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Rate
    from retention_reports.model.lapses import Lapses

POINTS = Fraction(5, 100)


def retention_gain(dataset: Dataset, margin: Fraction | None) -> RetentionGain | None:
    """Work out what five points more retention would have brought; None where nobody was active or it is unknown.

    The interval draws the customers active a year ago: both how many stayed and what they bought varies.
    """
    retention = retention_rate(dataset, dataset.year_ago, dataset.cut_off)
    if retention is None or retention.k == 0:
        return None
    rate = Fraction(retention.k, retention.n)
    points = min(POINTS, 1 - rate)
    revenue = _extra_revenue(dataset, retention, points)
    total = dataset.total_revenue_between(dataset.year_ago, dataset.cut_off)
    parts = (revenue.value, revenue.low, revenue.high)
    return RetentionGain(
        retention=retention,
        points=points,
        extra_customers=points * retention.n,
        extra_revenue=revenue,
        extra_margin=None if margin is None else Estimate(*(times(part, margin) for part in parts)),
        of_revenue=share(revenue.value, total) if total > 0 else None,
        years_now=_years(rate),
        years_then=_years(rate + points),
    )


def cost_per_customer(dataset: Dataset, lapses: Lapses) -> tuple[CostPerCustomer, ...]:
    """Divide the spending of the last four quarters by the customers it concerned; kinds without spending are left out.

    Acquired: first purchase in the last twelve months. Kept: active a year ago and now. Won back: came back in them.
    """
    costs = dataset.table("costs")
    if costs is None:
        return ()
    recent = costs.loc[costs["quarter"] > dataset.quarter.ordinal - QUARTERS_PER_YEAR]
    ledger, known = dataset.ledger, dataset.covers_activity_on(dataset.year_ago)
    counts = {
        "acquisition": int((ledger.first_purchase > day_number(dataset.year_ago)).sum()),
        "retention": int((ledger.active(dataset.year_ago) & ledger.active(dataset.cut_off)).sum()),
        "win_back": len(np.unique(lapses.customer[lapses.returned_between(dataset.year_ago, dataset.cut_off)])),
    }
    sums = {kind: recent.loc[recent["kind"] == kind, "amount"].dropna() for kind in SPENDING_KINDS}
    return tuple(
        CostPerCustomer(kind, int(amounts.sum()), counts[kind] if known else None)
        for kind, amounts in sums.items()
        if len(amounts)
    )


def _extra_revenue(dataset: Dataset, retention: Rate, points: Fraction) -> Estimate:
    then = np.flatnonzero(dataset.ledger.active(dataset.year_ago))
    stayed = dataset.ledger.active(dataset.cut_off)[then]
    brought = np.where(stayed, dataset.revenue_between(dataset.year_ago, dataset.cut_off)[then], 0)
    kept, revenue = drawn_sums(np.column_stack([stayed.astype(np.int64), brought])).T
    drawn_points = np.minimum(float(POINTS), 1 - kept / len(then))
    drawn = drawn_points * len(then) * revenue / np.maximum(kept, 1)
    whole = rounded(points * retention.n * Fraction(int(brought.sum()), retention.k))
    return Estimate(whole, *amount_interval_95(drawn))


def _years(rate: Fraction) -> Fraction | None:
    return None if rate == 1 else 1 / (1 - rate)
