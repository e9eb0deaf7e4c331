"""What customers have brought and what they may still bring, one by one and by pillar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.analyses.forecast.customer_base_results import (
    CustomerValue,
    Estimate,
    LifetimeValues,
    Method,
    PillarValue,
)
from retention_reports.analyses.forecast.intervals import interval_with_own_chance
from retention_reports.model.bootstrap import amount_interval_95, drawn_sums
from retention_reports.model.retention import remaining_years, retention_rate
from retention_reports.model.statuses import Status, statuses
from retention_reports.model.yearly_value import yearly_value
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.forecast.customer_base import CustomerBase
    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.analyses.forecast.spending_model import SpendingModel
    from retention_reports.analyses.forecast.value_results import ComingValue
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.figures import Rate
    from retention_reports.model.ledger import Flags, Integers

    Interval: TypeAlias = tuple[int, int]

PILLARS = ("new", "loyal", "won_back", "lost")
_DAYS_PER_YEAR = 365.25


@record
class _Valuation:
    """What every known customer (`rows` of the customers table) may bring over `years`, in ten-thousandths.

    `alive` is the probability of still being a customer, NaN where unknown.
    """

    method: Method
    years: float
    rows: Integers
    expected: Integers
    low: Integers
    high: Integers
    alive: Floats


def modelled_lifetime_values(dataset: Dataset, base: CustomerBase, model: SpendingModel) -> LifetimeValues:
    """Value every customer by the model, over the client's `customer_lifetime_years` from the cut-off, undiscounted.

    A customer's interval is the model's for the number of purchases; a pillar's holds those of its customers, and what
    comes of drawing these anew.
    """
    years = dataset.client.customer_lifetime_years
    days = round(years * _DAYS_PER_YEAR)
    expected = model.expected_revenue(base, days)
    low, high = model.revenue_interval(base, days)
    valuation = _Valuation(Method.MODEL, years, base.rows, expected, low, high, model.alive(base))
    members = _members(dataset, base.rows)
    intervals = [interval_with_own_chance(expected[group], low[group], high[group]) for group in members]
    return _lifetime_values(dataset, valuation, members, intervals)


def simple_lifetime_values(dataset: Dataset) -> LifetimeValues:
    """Value every active customer by its yearly revenue × the client's remaining years, everybody else by nothing.

    Yearly revenue is that of the twelve months up to the last purchase. A customer's interval is that of the remaining
    years (from the Wilson interval of the retention rate); a pillar's comes from drawing all customers anew, which
    moves the retention rate and the pillar's revenue together.
    """
    rows = np.flatnonzero(dataset.known_customers)
    retention = retention_rate(dataset, dataset.year_ago, dataset.cut_off)
    active = dataset.ledger.active(dataset.cut_off)[rows]
    yearly = np.where(active, np.maximum(yearly_value(dataset, dataset.cut_off).revenue[rows], 0), 0)
    years = float(remaining_years(dataset, retention))
    expected, low, high = (
        np.rint(yearly * span).astype(np.int64) for span in (years, *_years_interval(years, retention))
    )
    valuation = _Valuation(Method.SIMPLE, years, rows, expected, low, high, np.full(len(rows), np.nan))
    members = _members(dataset, rows)
    drawn_years = _DrawnYears(
        stayed_or_left=dataset.ledger.active(dataset.year_ago)[rows] & (retention is not None),
        stays=active,
        otherwise=dataset.client.customer_lifetime_years,
    )
    return _lifetime_values(dataset, valuation, members, _drawn_intervals(yearly, members, drawn_years))


def no_narrower(pillar: PillarValue, coming: Sequence[ComingValue]) -> PillarValue:
    """Widen a pillar's interval until it is, in proportion, as wide as what earlier customers of the pillar showed.

    That is the interval of the value in the longest time ahead that they tell; without one nothing changes. What lies
    further ahead cannot be known better than that.
    """
    told = [one.estimate for one in coming if one.pillar == pillar.pillar and one.estimate.expected]
    expected, low, high = pillar.expected.expected, pillar.expected.low, pillar.expected.high
    if not told or expected is None or low is None or high is None:
        return pillar
    widest = told[-1]
    share = expected / (widest.expected or 1)
    ends = min(low, round(share * (widest.low or 0))), max(high, round(share * (widest.high or 0)))
    return replace(pillar, expected=Estimate(expected, *ends))


@record
class _DrawnYears:
    """Remaining years as they follow from customers drawn anew: all who were active a year ago ÷ those who left."""

    stayed_or_left: Flags
    stays: Flags
    otherwise: float

    def cases(self) -> Integers:
        """Return two columns: who was active a year ago, and who of them left."""
        return np.column_stack([self.stayed_or_left, self.stayed_or_left & ~self.stays]).astype(np.int64)

    def of(self, then: Floats, left: Floats) -> Floats:
        """Return the years that follow from how many were drawn of either column."""
        years: Floats = np.where(left > 0, then / np.maximum(left, 1), self.otherwise)
        return years


def _years_interval(years: float, retention: Rate | None) -> tuple[float, float]:
    if retention is None or retention.n == 0:
        return years, years
    low, high = retention.interval()
    longest = years if retention.k == retention.n else 1 / (1 - high)
    return min(years, 1 / (1 - low)), max(years, longest)


def _drawn_intervals(yearly: Integers, members: Sequence[Integers], years: _DrawnYears) -> list[Interval]:
    parts = np.zeros((len(yearly), len(members)), dtype=np.int64)
    for place, group in enumerate(members):
        parts[group, place] = yearly[group]
    sums = drawn_sums(np.column_stack([parts, years.cases()]))
    drawn_years = years.of(*sums[:, len(members) :].T)
    return [amount_interval_95(sums[:, place] * drawn_years) for place in range(len(members))]


def _members(dataset: Dataset, rows: Integers) -> list[Integers]:
    """Return the places in `rows` of each pillar's customers."""
    pillars = np.array([status.pillar for status in Status])[statuses(dataset.ledger, dataset.quarter)[rows]]
    return [np.flatnonzero(pillars == name) for name in PILLARS]


def _lifetime_values(
    dataset: Dataset, valuation: _Valuation, members: Sequence[Integers], intervals: Sequence[Interval]
) -> LifetimeValues:
    realised = dataset.ledger.revenue.between(date.min, dataset.cut_off)[valuation.rows]
    knows_status = dataset.covers_activity_on(dataset.quarter.previous.last_day)
    pillars = tuple(
        PillarValue(
            pillar=name,
            customers=len(group),
            realised=int(realised[group].sum()),
            expected=Estimate(int(valuation.expected[group].sum()), low, high),
        )
        for name, group, (low, high) in zip(PILLARS, members, intervals, strict=True)
    )
    return LifetimeValues(
        valuation.method,
        valuation.years,
        pillars if knows_status else (),
        _customer_values(dataset, valuation, realised, knows_status=knows_status),
    )


def _customer_values(
    dataset: Dataset, valuation: _Valuation, realised: Integers, *, knows_status: bool
) -> tuple[CustomerValue, ...]:
    identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)[valuation.rows]
    names = dataset.customers["name"].to_numpy(dtype=object)[valuation.rows]
    status = statuses(dataset.ledger, dataset.quarter)[valuation.rows]
    ranked = np.lexsort((identifiers.astype(str), -realised, -valuation.expected))
    return tuple(
        CustomerValue(
            customer_id=identifiers[place],
            name=names[place],
            status=Status(status[place]).key if knows_status else "",
            realised=int(realised[place]),
            expected=Estimate(int(valuation.expected[place]), int(valuation.low[place]), int(valuation.high[place])),
            alive=None if np.isnan(valuation.alive[place]) else float(valuation.alive[place]),
        )
        for place in ranked
    )
