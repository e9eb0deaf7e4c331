"""What customers have brought and what they may still bring, one by one and by pillar.

A pillar's level is what earlier customers of the pillar brought in the longest time that they tell (36 or 12 months),
extrapolated to the client's customer lifetime; the method says by how much the value grows beyond that time, and how
it is divided among the customers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.customer_base_results import (
    CustomerValue,
    LifetimeValues,
    Method,
    PillarValue,
)
from retention_reports.analyses.forecast.estimates import Estimate
from retention_reports.model.quarters import MONTHS_PER_YEAR
from retention_reports.model.retention import retention_rate
from retention_reports.model.statuses import Status, statuses
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retention_reports.analyses.forecast.customer_base import CustomerBase
    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.analyses.forecast.spending_model import SpendingModel
    from retention_reports.analyses.forecast.value_results import ComingValue
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Rate
    from retention_reports.model.ledger import Integers

PILLARS = ("new", "loyal", "won_back", "lost")
_DAYS_PER_YEAR = 365.25


@record
class Growth:
    """By how many times a value over the customer lifetime is that over the months told, and its interval."""

    expected: float
    low: float
    high: float


@record
class _Valuation:
    """How a method divides the value of known customers (`rows` of the customers table) and extends it over `years`.

    A pillar's value is divided in proportion to the `weights`; `alive` is the probability of still being a customer,
    NaN where unknown; `growth` tells of places in `rows` and a number of months how the value grows beyond these.
    """

    method: Method
    years: float
    rows: Integers
    weights: Floats
    alive: Floats
    growth: Callable[[Integers, int], Growth]


def modelled_lifetime_values(
    dataset: Dataset, base: CustomerBase, model: SpendingModel, coming: Sequence[ComingValue]
) -> LifetimeValues:
    """Value every customer by what earlier ones brought, divided and extended as the purchase model says."""
    years = dataset.client.customer_lifetime_years
    whole = model.expected_revenue(base, round(years * _DAYS_PER_YEAR)).astype(np.float64)

    def growth(group: Integers, months: int) -> Growth:
        part = model.expected_revenue(base, round(months * _DAYS_PER_YEAR / MONTHS_PER_YEAR))[group].sum()
        times = float(whole[group].sum() / part) if part else 1.0
        return Growth(times, times, times)

    return _lifetime_values(
        dataset, _Valuation(Method.MODEL, years, base.rows, whole, model.alive(base), growth), coming
    )


def simple_lifetime_values(dataset: Dataset, coming: Sequence[ComingValue]) -> LifetimeValues:
    """Value every customer by what earlier ones brought, divided by yearly revenue and extended by the retention rate.

    Yearly revenue is that of the twelve months up to the last purchase. Of each year's value the retention rate remains
    for the year after it; the interval is that of the rate (Wilson).
    """
    rows = np.flatnonzero(dataset.known_customers)
    years = dataset.client.customer_lifetime_years
    retention = retention_rate(dataset, dataset.year_ago, dataset.cut_off)
    yearly = np.maximum(dataset.ledger.yearly_value(dataset.cut_off)[rows], 0).astype(np.float64)

    def growth(_group: Integers, months: int) -> Growth:
        return retained_growth(retention, years, months / MONTHS_PER_YEAR)

    return _lifetime_values(
        dataset, _Valuation(Method.SIMPLE, years, rows, yearly, np.full(len(rows), np.nan), growth), coming
    )


def retained_growth(retention: Rate | None, years: float, told: float) -> Growth:
    """Return (1 - r^years) ÷ (1 - r^told) for the retention rate r and both ends of its interval; 1 - r falls out.

    Where the rate is unknown or 1 nobody is known to leave, and values grow with the time.
    """
    if retention is None or not retention.n:
        return Growth(years / told, years / told, years / told)
    ends = (_retained(rate, years) / _retained(rate, told) for rate in retention.interval())
    expected = _retained(retention.k / retention.n, years) / _retained(retention.k / retention.n, told)
    low, high = sorted(ends)
    return Growth(expected, min(low, expected), max(high, expected))


def _retained(rate: float, years: float) -> float:
    """Return how many first years' worth the years are together, each worth the rate of the one before."""
    return years if rate >= 1 else (1 - rate**years) / (1 - rate)


def _members(dataset: Dataset, rows: Integers) -> list[Integers]:
    """Return the places in `rows` of each pillar's customers."""
    pillars = np.array([status.pillar for status in Status])[statuses(dataset.ledger, dataset.quarter)[rows]]
    return [np.flatnonzero(pillars == name) for name in PILLARS]


def _lifetime_values(dataset: Dataset, valuation: _Valuation, coming: Sequence[ComingValue]) -> LifetimeValues:
    knows_status = dataset.covers_activity_on(dataset.quarter.previous.last_day)
    realised = dataset.ledger.revenue.between(date.min, dataset.cut_off)[valuation.rows]
    year = np.maximum(dataset.ledger.yearly_value(dataset.cut_off)[valuation.rows], 0)
    estimates = [Estimate(None, None, None)] * len(valuation.rows)
    pillars = []
    for name, group in zip(PILLARS, _members(dataset, valuation.rows), strict=True):
        told = [one for one in coming if one.pillar == name and one.estimate.expected]
        whole = Estimate(None, None, None) if len(group) else Estimate(0, 0, 0)
        if told and knows_status and valuation.weights[group].sum() > 0:
            whole, each = _divided(valuation, group, told[-1], year[group])
            for place, estimate in zip(group.tolist(), each, strict=True):
                estimates[place] = estimate
        pillars.append(PillarValue(name, len(group), int(realised[group].sum()), whole))
    return LifetimeValues(
        valuation.method,
        valuation.years,
        tuple(pillars) if knows_status else (),
        _customer_values(dataset, valuation, realised, estimates, knows_status=knows_status),
        tuple(coming),
    )


def _divided(
    valuation: _Valuation, group: Integers, told: ComingValue, year: Integers
) -> tuple[Estimate, list[Estimate]]:
    """Extend what was told of a pillar over the lifetime, and divide it among the pillar's customers."""
    growth = valuation.growth(group, told.months)
    weights = valuation.weights[group]
    each = np.rint((told.estimate.expected or 0) * growth.expected * weights / weights.sum()).astype(np.int64)
    whole = Estimate(
        int(each.sum()),
        round((told.estimate.low or 0) * growth.low),
        round((told.estimate.high or 0) * growth.high),
    )
    if told.of_one is None:
        return whole, [Estimate(value, None, None) for value in each.tolist()]
    low, high = (np.rint(year * share * growth.expected).astype(np.int64) for share in told.of_one)
    # Whoever returned everything had no year before: what is expected lies in the interval all the same.
    ends = zip(each.tolist(), np.minimum(low, each).tolist(), np.maximum(high, each).tolist(), strict=True)
    return whole, [Estimate(*one) for one in ends]


def _customer_values(
    dataset: Dataset, valuation: _Valuation, realised: Integers, estimates: Sequence[Estimate], *, knows_status: bool
) -> tuple[CustomerValue, ...]:
    identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)[valuation.rows]
    names = dataset.customers["name"].to_numpy(dtype=object)[valuation.rows]
    status = statuses(dataset.ledger, dataset.quarter)[valuation.rows]
    expected = np.array([one.expected or 0 for one in estimates], dtype=np.int64)
    ranked = np.lexsort((identifiers.astype(str), -realised, -expected))
    return tuple(
        CustomerValue(
            customer_id=identifiers[place],
            name=names[place],
            status=Status(status[place]).key if knows_status else "",
            realised=int(realised[place]),
            expected=estimates[place],
            alive=None if np.isnan(valuation.alive[place]) else float(valuation.alive[place]),
        )
        for place in ranked
    )
