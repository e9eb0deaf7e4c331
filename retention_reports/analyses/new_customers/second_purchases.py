"""Who buys a second time, how soon, and after what kind of first purchase."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.new_customers.results import HORIZONS, AcquisitionQuarter, FirstPurchase
from retention_reports.model.acquisition import quarter_numbers
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number, day_numbers
from retention_reports.model.quarters import quarter_from_ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.purchase_days import PurchaseDays

AGAIN_DAYS = 180
"""First purchases are compared by who bought again within so many days."""

_LATER = 1 << 40


def waits(dataset: Dataset, days: PurchaseDays) -> Integers:
    """Return each customer's days from the first to the second purchase day; a very large number without a second."""
    second = days.at_rank(2, dataset.ledger.customer_count, missing=_LATER)[0]
    return np.where(second == _LATER, _LATER, second - dataset.ledger.first_purchase)


def acquisition_quarters(dataset: Dataset, waited: Integers, newcomers: Flags) -> tuple[AcquisitionQuarter, ...]:
    """Follow known first-time buyers by the quarter of their first purchase, oldest first; empty ones are left out."""
    quarters = quarter_numbers(dataset.ledger.first_purchase[newcomers], dataset.quarter.start_month)
    waited = waited[newcomers]
    found = []
    for ordinal in np.unique(quarters).tolist():
        quarter = quarter_from_ordinal(ordinal, dataset.quarter.start_month)
        own = waited[quarters == ordinal]
        observed = (dataset.cut_off - quarter.last_day).days
        cells = [int((own <= days).sum()) if days <= observed else None for days in HORIZONS]
        found.append(AcquisitionQuarter(quarter, len(own), *cells))
    return tuple(found)


def first_purchases(
    dataset: Dataset, waited: Integers, newcomers: Flags, lines: pd.DataFrame | None
) -> tuple[FirstPurchase, ...]:
    """Compare what and where known first-time buyers first bought by who bought again within 180 days.

    Only customers whose 180 days are over count. Empty without any.
    """
    over = dataset.ledger.first_purchase <= day_number(dataset.cut_off - timedelta(days=AGAIN_DAYS))
    counted = newcomers & over
    if not counted.any():
        return ()
    again = waited <= AGAIN_DAYS
    everyone = FirstPurchase("all", "", Rate(int((again & counted).sum()), int(counted.sum())))
    found = [everyone]
    if lines is not None:
        found += _by_word(dataset, "category", lines, counted, again)
    if dataset.has_column("orders", "channel"):
        orders = dataset.purchases
        found += _by_word(dataset, "channel", orders.loc[orders["customer"] >= 0], counted, again)
    return tuple(found)


def first_day_words(dataset: Dataset, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return each customer's distinct words of the column on its first purchase day, sorted; empty words are left out.

    `rows` have `customer`, `ordered_on` and the column; the result has `customer` and `word`.
    """
    customers = rows["customer"].to_numpy(dtype=np.int64)
    on_first = day_numbers(rows["ordered_on"]) == dataset.ledger.first_purchase[customers]
    chosen = rows.loc[on_first & (rows[column] != "").to_numpy(), ["customer", column]]
    words: pd.DataFrame = chosen.drop_duplicates().sort_values(["customer", column])
    return words.rename(columns={column: "word"})


def _by_word(
    dataset: Dataset, column: str, rows: pd.DataFrame, counted: Flags, again: Flags
) -> Iterable[FirstPurchase]:
    words = first_day_words(dataset, rows, column)
    words = words.loc[counted[words["customer"].to_numpy(dtype=np.int64)]]
    frame = pd.DataFrame({"word": words["word"], "again": again[words["customer"].to_numpy(dtype=np.int64)]})
    sums = frame.groupby("word", sort=True)["again"].agg(["sum", "size"])
    ranked = sums.sort_values("size", ascending=False, kind="stable")
    return [
        FirstPurchase(column, str(word), Rate(int(k), int(n)))
        for word, k, n in zip(ranked.index, ranked["sum"], ranked["size"], strict=True)
    ]
