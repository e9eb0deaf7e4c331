"""When the regular customers' next orders are due, from how long they and others like them usually wait."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.forecast.customer_base_results import NextOrder, NextOrders
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.model.rhythm import CLIENT_WEIGHT
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

FEWEST_PURCHASE_DAYS = 4
FEWEST_WAITS = 10
"""Fewer longer waits than these say nothing about how a long wait goes on."""

_PERCENTILES = (10, 50, 90)


@record
class _Due:
    """The regular customers as of a day: row numbers, last purchase, usual interval in days, and days due.

    `days` holds the earliest, the expected and the latest day number of each customer's next order, NEVER where the
    customer is overdue beyond comparison.
    """

    customers: Integers
    last: Integers
    usual: Floats
    days: tuple[Integers, Integers, Integers]


def next_orders(dataset: Dataset) -> NextOrders:
    """Expect the next order of every regular customer: active, with four or more purchase days.

    A customer's usual interval is (sum of own gaps + 3 × the median of all gaps) ÷ (their number + 3). How long a gap
    lasts, measured in its customer's usual interval, is taken from all gaps of the regular customers; of these only
    gaps longer than the customer has already waited count, so that no order is expected in the past.
    """
    due = _due(dataset, dataset.cut_off)
    identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)[due.customers]
    names = dataset.customers["name"].to_numpy(dtype=object)[due.customers]
    orders = [
        NextOrder(
            customer_id=identifiers[place],
            name=names[place],
            last_on=day_of(due.last[place]),
            usual_days=int(np.rint(due.usual[place])),
            earliest_on=_day(due.days[0][place]),
            expected_on=_day(due.days[1][place]),
            latest_on=_day(due.days[2][place]),
        )
        for place in range(len(due.customers))
    ]
    ranked = sorted(orders, key=lambda order: (order.expected_on or date.max, order.last_on, order.customer_id))
    return NextOrders(tuple(ranked), _kept(dataset))


def _due(dataset: Dataset, day: date) -> _Due:
    ledger = dataset.ledger
    known = ledger.day_numbers <= day_number(day)
    owners, days = ledger.day_customers[known], ledger.day_numbers[known]
    same = owners[1:] == owners[:-1]
    gaps, gap_owners = np.diff(days)[same], owners[1:][same]
    numbers = np.bincount(gap_owners, minlength=ledger.customer_count)
    sums = np.bincount(gap_owners, weights=gaps, minlength=ledger.customer_count)
    median = float(np.median(gaps)) if len(gaps) else 1.0
    usual = (sums + CLIENT_WEIGHT * median) / (numbers + CLIENT_WEIGHT)
    regular = numbers + 1 >= FEWEST_PURCHASE_DAYS
    comparable = regular[gap_owners]
    ratios = np.sort(gaps[comparable] / usual[gap_owners[comparable]])
    customers = np.flatnonzero(regular & ledger.active(day))
    last = ledger.last_purchase(day)[customers]
    return _Due(customers, last, usual[customers], _days_due(ratios, last, usual[customers], day))


def _days_due(ratios: Floats, last: Integers, usual: Floats, day: date) -> tuple[Integers, Integers, Integers]:
    waited = day_number(day) - last
    shorter = np.searchsorted(ratios, waited / usual, side="right")
    longer = len(ratios) - shorter
    known = longer >= FEWEST_WAITS

    def day_at(percentile: int) -> Integers:
        places = np.minimum(shorter + longer * percentile // 100, len(ratios) - 1)
        days = np.ceil(ratios[places] * usual).astype(np.int64) if len(ratios) else waited
        return np.where(known, last + np.maximum(days, waited + 1), NEVER)

    earliest, expected, latest = (day_at(percentile) for percentile in _PERCENTILES)
    return earliest, expected, latest


def _day(number: int) -> date | None:
    return None if number == NEVER else day_of(number)


def _kept(dataset: Dataset) -> Rate | None:
    """Check the intervals of a quarter ago that have ended by now; None where there are none."""
    then = dataset.quarter.previous.last_day
    due = _due(dataset, then)
    earliest, _, latest = due.days
    ended = (latest != NEVER) & (latest <= day_number(dataset.cut_off))
    if not ended.any():
        return None
    following = _first_purchase_after(dataset, then)[due.customers]
    held = ended & (following >= earliest) & (following <= latest)
    return Rate(int(held.sum()), int(ended.sum()))


def _first_purchase_after(dataset: Dataset, day: date) -> Integers:
    ledger = dataset.ledger
    later = ledger.day_numbers > day_number(day)
    customers, places = np.unique(ledger.day_customers[later], return_index=True)
    first = np.full(ledger.customer_count, NEVER, dtype=np.int64)
    first[customers] = ledger.day_numbers[later][places]
    return first
