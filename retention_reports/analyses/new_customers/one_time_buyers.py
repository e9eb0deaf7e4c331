"""Active customers who have bought on one day only: whom to lead to a second purchase."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.new_customers.new_customer_results import OneTimeBuyer
from retention_reports.analyses.new_customers.second_purchases import first_day_categories
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.ledger import day_number, day_of
from retention_reports.model.reachable import reach

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.days_bought import PurchaseDays


def one_time_buyers(dataset: Dataset, days: PurchaseDays) -> tuple[OneTimeBuyer, ...] | Missing:
    """List active customers with one purchase day, largest value first.

    Not known where an earlier purchase may lie before the data: a customer who is active now may have bought for the
    first time up to one lapse time ago, and the lapse time before that must lie within the data, too.
    """
    before_window = dataset.activity_window_start(dataset.cut_off) - timedelta(days=1)
    if not dataset.covers_activity_on(before_window):
        return Missing("one_time_buyers", Unknown.BEFORE_START_OF_DATA)
    single = dataset.ledger.purchase_days(dataset.cut_off) == 1
    rows = np.flatnonzero(single & dataset.ledger.active(dataset.cut_off))
    bought, values = days.at_rank(1, dataset.ledger.customer_count, missing=0)
    written = reach(dataset)
    people = dataset.customer_lines.reps
    categories = _first_categories(dataset)
    identifiers, names, segments = (
        dataset.customers[name].to_numpy(dtype=object) for name in ("customer_id", "name", "segment")
    )
    buyers = [
        OneTimeBuyer(
            customer_id=identifiers[row],
            name=names[row],
            segment=segments[row],
            sales_rep=people[row],
            bought_on=day_of(bought[row]),
            days_since=day_number(dataset.cut_off) - int(bought[row]),
            value=int(values[row]),
            categories=categories.get(row, ()),
            has_address=None if written is None else bool(written.address[row]),
            has_permission=None if written is None else bool(written.permission[row]),
        )
        for row in rows.tolist()
    ]
    return tuple(sorted(buyers, key=lambda buyer: (-buyer.value, buyer.customer_id)))


def _first_categories(dataset: Dataset) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for customer, word in first_day_categories(dataset):
        found[customer] = (*found.get(customer, ()), word)
    return found
