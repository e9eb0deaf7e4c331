"""Cancelled and returned orders, next to the sales they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.segments.segment_results import Cancellations
from retention_reports.model.figures import Rate
from retention_reports.model.sales_people import shown_person, tells_people_apart

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def cancellations(dataset: Dataset, column: str) -> tuple[Cancellations, ...]:
    """Count the last twelve months' orders above zero by sales person or channel, the most orders first.

    Empty where the client's orders lack the column, or figures by sales person are switched off; orders with an empty
    cell are left out. Revenue counts completed orders, credit notes included.
    """
    people = column == "sales_rep"
    if not dataset.has_column("orders", column) or (people and not tells_people_apart(dataset.client)):
        return ()
    orders = dataset.orders
    recent = ((orders["ordered_on"] > pd.Timestamp(dataset.year_ago)) & (orders[column] != "")).to_numpy(dtype=np.bool_)
    codes, names = pd.factorize(orders[column].array[recent])
    status = orders["status"].array[recent]
    amount = orders["amount"].to_numpy(dtype=np.int64)[recent]
    placed = amount > 0
    revenue = np.zeros(len(names), dtype=np.int64)
    np.add.at(revenue, codes, np.where(status == "completed", amount, 0))
    counts = [
        np.bincount(codes[chosen], minlength=len(names))
        for chosen in (placed, placed & (status == "cancelled"), placed & (status == "returned"))
    ]
    found = [
        Cancellations(
            shown_person(dataset.client, str(name)) if people else str(name),
            Rate(cancelled, number),
            Rate(returned, number - cancelled),
            sold,
        )
        for name, number, cancelled, returned, sold in zip(
            names, *(count.tolist() for count in counts), revenue.tolist(), strict=True
        )
        if number
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.cancelled.n, entry.name)))
