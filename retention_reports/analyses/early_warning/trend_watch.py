"""Month by month: how often, what, and how much regular customers buy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.early_warning_results import RegularCustomer, TrendMonth, TrendWatch
from retention_reports.analyses.early_warning.purchases import purchase_arrays
from retention_reports.model.figures import average
from retention_reports.model.ledger import day_number
from retention_reports.model.quarters import MONTHS_PER_YEAR, QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

REGULAR_QUARTERS = 3


def regular_customers(dataset: Dataset) -> Flags:
    """Tell who is active and bought in at least 3 of the 4 quarters before the reported one.

    The reported quarter itself does not decide: else those who fall silent in it would drop out of their own trend.
    """
    quarters = [dataset.quarter.plus(-back) for back in range(1, QUARTERS_PER_YEAR + 1)]
    bought = [dataset.ledger.bought_between(one.previous.last_day, one.last_day) for one in quarters]
    regular: Flags = dataset.ledger.active(dataset.cut_off) & (np.sum(bought, axis=0) >= REGULAR_QUARTERS)
    return regular


def trend_watch(dataset: Dataset, lines: ProductLines | None) -> TrendWatch | None:
    """Follow regular customers over the twelve calendar months up to the cut-off; None where the data is younger."""
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return None
    members = np.flatnonzero(regular_customers(dataset))
    customers, days, values = purchase_arrays(dataset)
    counts = _by_month(dataset, customers, days, np.ones(len(days), dtype=np.int64))[members]
    amounts = _by_month(dataset, customers, days, values)[members]
    categories = _categories(dataset, lines)[members] if lines is not None and lines.categories else None
    return TrendWatch(
        months=tuple(_month(dataset, month, counts, amounts, categories) for month in range(MONTHS_PER_YEAR)),
        regulars=_regulars(dataset, members, counts, amounts, categories),
    )


def _month_of(dataset: Dataset, days: Integers) -> Integers:
    """Return each day number's place among the twelve months (11 is the cut-off's); negative before them."""
    first = dataset.cut_off.year * MONTHS_PER_YEAR + dataset.cut_off.month - MONTHS_PER_YEAR
    years, months = zip(*(divmod(first + place, MONTHS_PER_YEAR) for place in range(MONTHS_PER_YEAR)), strict=True)
    starts = [day_number(date(year, month + 1, 1)) for year, month in zip(years, months, strict=True)]
    return np.searchsorted(starts, days, side="right") - 1


def _by_month(dataset: Dataset, customers: Integers, days: Integers, values: Integers) -> Integers:
    """Add values up in a table of customers by months."""
    months = _month_of(dataset, days)
    table = np.zeros((dataset.ledger.customer_count, MONTHS_PER_YEAR), dtype=np.int64)
    inside = months >= 0
    np.add.at(table, (customers[inside], months[inside]), values[inside])
    return table


def _categories(dataset: Dataset, lines: ProductLines) -> Integers:
    """Count the distinct categories of each customer and month."""
    rows = np.flatnonzero(lines.bought & (lines.customer >= 0) & (lines.category >= 0))
    months = _month_of(dataset, lines.day[rows])
    rows, months = rows[months >= 0], months[months >= 0]
    places = lines.customer[rows] * MONTHS_PER_YEAR + months
    distinct = np.unique(places * len(lines.categories) + lines.category[rows]) // max(len(lines.categories), 1)
    counts = np.bincount(distinct, minlength=dataset.ledger.customer_count * MONTHS_PER_YEAR)
    return counts.reshape(-1, MONTHS_PER_YEAR)


def _month(
    dataset: Dataset, month: int, counts: Integers, amounts: Integers, categories: Integers | None
) -> TrendMonth:
    buying = counts[:, month] > 0
    buyers, purchases = int(buying.sum()), int(counts[:, month].sum())
    index = dataset.cut_off.year * MONTHS_PER_YEAR + dataset.cut_off.month - MONTHS_PER_YEAR + month
    year, place = divmod(index, MONTHS_PER_YEAR)
    revenue = int(amounts[:, month].sum())
    known = categories is not None and buyers
    return TrendMonth(
        month=date(year, place + 1, 1),
        buyers=buyers,
        purchases=purchases,
        revenue=revenue,
        average_order_value=average(revenue, purchases),
        categories=round(float(categories[buying, month].mean()), 6) if known and categories is not None else None,
    )


def _regulars(
    dataset: Dataset, members: Integers, counts: Integers, amounts: Integers, categories: Integers | None
) -> tuple[RegularCustomer, ...]:
    identifiers, names = dataset.customers["customer_id"].tolist(), dataset.customers["name"].tolist()
    ranked = sorted(range(len(members)), key=lambda row: (-int(amounts[row].sum()), identifiers[members[row]]))
    return tuple(
        RegularCustomer(
            customer_id=identifiers[members[row]],
            name=names[members[row]],
            purchases=tuple(counts[row].tolist()),
            amounts=tuple(amounts[row].tolist()),
            categories=None if categories is None else tuple(categories[row].tolist()),
        )
        for row in ranked
    )
