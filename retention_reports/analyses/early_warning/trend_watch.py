"""Month by month: how often, what, and how much regular customers buy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.early_warning.results import RegularCustomer, TrendMonth, TrendWatch
from retention_reports.model.figures import average
from retention_reports.model.quarters import MONTHS_PER_YEAR, QUARTERS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

REGULAR_QUARTERS = 3


def regular_customers(dataset: Dataset) -> Flags:
    """Tell who is active and bought in at least 3 of the 4 quarters before the reported one.

    The reported quarter itself does not decide: else those who fall silent in it would drop out of their own trend.
    """
    quarters = [dataset.quarter.plus(-back) for back in range(1, QUARTERS_PER_YEAR + 1)]
    bought = [dataset.ledger.bought_between(one.previous.last_day, one.last_day) for one in quarters]
    regular: Flags = dataset.ledger.active(dataset.cut_off) & (np.sum(bought, axis=0) >= REGULAR_QUARTERS)
    return regular


def trend_watch(dataset: Dataset, lines: pd.DataFrame | None) -> TrendWatch | None:
    """Follow regular customers over the twelve calendar months up to the cut-off; None where the data is younger."""
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return None
    members = np.flatnonzero(regular_customers(dataset))
    purchases = dataset.purchases.loc[dataset.purchases["customer"] >= 0]
    counts = _by_month(dataset, purchases, np.ones(len(purchases), dtype=np.int64))[members]
    amounts = _by_month(dataset, purchases, purchases["amount"].to_numpy(dtype=np.int64))[members]
    categories = None if lines is None else _categories(dataset, lines)[members]
    return TrendWatch(
        months=tuple(_month(dataset, month, counts, amounts, categories) for month in range(MONTHS_PER_YEAR)),
        regulars=_regulars(dataset, members, counts, amounts, categories),
    )


def _month_of(dataset: Dataset, days: pd.Series) -> Integers:
    """Return each day's place among the twelve months (11 is the cut-off's); negative before them."""
    last = dataset.cut_off.year * MONTHS_PER_YEAR + dataset.cut_off.month
    months: Integers = (days.dt.year * MONTHS_PER_YEAR + days.dt.month - last + MONTHS_PER_YEAR - 1).to_numpy()
    return months


def _by_month(dataset: Dataset, rows: pd.DataFrame, values: Integers) -> Integers:
    """Add values up in a table of customers by months."""
    months = _month_of(dataset, rows["ordered_on"])
    table = np.zeros((dataset.ledger.customer_count, MONTHS_PER_YEAR), dtype=np.int64)
    inside = months >= 0
    np.add.at(table, (rows["customer"].to_numpy(dtype=np.int64)[inside], months[inside]), values[inside])
    return table


def _categories(dataset: Dataset, lines: pd.DataFrame) -> Integers:
    known = lines.loc[lines["category"] != ""]
    distinct = known.assign(month=_month_of(dataset, known["ordered_on"]))
    distinct = distinct.drop_duplicates(["customer", "month", "category"])
    return _by_month(dataset, distinct, np.ones(len(distinct), dtype=np.int64))


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
