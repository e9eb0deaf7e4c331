"""What the data says about orders: feedback after large ones, categories, and the part of the programme sold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.sales_check.gaps import Gap
from retention_reports.model.events import Events
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.ledger import day_number, day_numbers

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines

FEEDBACK_DAYS = 60
"""Feedback counts for a large order when it came within so many days after the order's day."""

_LARGEST_PART = 10
_TWO = 2


def feedback_after_large_orders(dataset: Dataset) -> Rate | Gap:
    """Large orders of the last 12 months followed by feedback of the customer within 60 days ÷ all large orders.

    Large are the purchases of known customers in the largest tenth (rounded up) by amount; ties with the smallest of
    them are large, too. Only orders whose 60 days are over by the cut-off count.
    """
    feedback = dataset.table("feedback")
    if feedback is None:
        return Gap(Unknown.NO_FILE, "feedback")
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    large = _largest_tenth(_purchases_of_last_year(dataset))
    if large.empty:
        return Gap(Unknown.NO_PURCHASE)
    days = day_numbers(large["ordered_on"])
    over = days + FEEDBACK_DAYS <= day_number(dataset.cut_off)
    if not over.any():
        return Gap(Unknown.NOT_YET_OBSERVED)
    answered = _followed_by_feedback(large["customer"].to_numpy(dtype=np.int64)[over], days[over], feedback)
    return Rate(int(answered.sum()), int(over.sum()))


def categories_per_customer(dataset: Dataset) -> Rate | Gap:
    """Active customers who bought from two or more categories in the last 12 months ÷ those who bought from any."""
    found = _lines_of_last_year(dataset)
    if isinstance(found, Gap):
        return found
    lines, inside = found
    if dataset.table("products") is None:
        return Gap(Unknown.NO_FILE, "products")
    if not dataset.covers_activity_on(dataset.cut_off):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    bought = inside & (lines.customer >= 0) & (lines.category >= 0)
    count = len(lines.categories)
    pairs = np.unique(lines.customer[bought] * count + lines.category[bought])
    categories = np.bincount(pairs // max(count, 1), minlength=len(dataset.customers))
    categories = categories[dataset.ledger.active(dataset.cut_off)]
    if not categories.any():
        return Gap(Unknown.NO_PURCHASE)
    return Rate(int((categories >= _TWO).sum()), int((categories > 0).sum()))


def programme_sold(dataset: Dataset) -> Rate | Gap:
    """Pairs of sales person and product with a sale in the last 12 months ÷ all pairs.

    Sales persons are those with a sale, products those that one of them sold in the time: one sales person alone has
    nobody to be compared with. An order without a sales person is that of the customer's.
    """
    found = _lines_of_last_year(dataset)
    if isinstance(found, Gap):
        return found
    lines, inside = found
    if not inside.any():
        return Gap(Unknown.NO_PURCHASE)
    sold = inside & (np.array(lines.sellers) != "")[lines.seller]
    pairs = np.unique(lines.seller[sold] * len(lines.products) + lines.product[sold])
    people, products = len(np.unique(lines.seller[sold])), len(np.unique(lines.product[sold]))
    if people == 0:
        return Gap(Unknown.NO_COLUMN, "orders.sales_rep")
    return Rate(len(pairs), people * products) if people >= _TWO else Gap(Unknown.TOO_FEW)


def _purchases_of_last_year(dataset: Dataset) -> pd.DataFrame:
    rows = dataset.purchases
    return rows.loc[(rows["customer"] >= 0) & (day_numbers(rows["ordered_on"]) > day_number(dataset.year_ago))]


def _largest_tenth(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    amounts = np.sort(rows["amount"].to_numpy(dtype=np.int64))[::-1]
    smallest = amounts[(len(amounts) + _LARGEST_PART - 1) // _LARGEST_PART - 1]
    large: pd.DataFrame = rows.loc[rows["amount"] >= smallest]
    return large


def _followed_by_feedback(customers: Integers, days: Integers, feedback: pd.DataFrame) -> Flags:
    rows = feedback.loc[feedback["customer"] >= 0]
    given = Events(rows["customer"].to_numpy(dtype=np.int64), day_numbers(rows["date"]))
    found: Flags = given.between(customers, days, days + FEEDBACK_DAYS) > 0
    return found


def _lines_of_last_year(dataset: Dataset) -> tuple[ProductLines, Flags] | Gap:
    """Return all lines, and which of them are purchases of the last 12 months."""
    lines = dataset.product_lines
    if lines is None:
        return Gap(Unknown.NO_FILE, "order_lines")
    if not dataset.covers(dataset.year_ago + timedelta(days=1)):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    return lines, lines.bought & lines.within(dataset.year_ago, dataset.cut_off)
