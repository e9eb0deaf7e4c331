"""Margins by customer and day: amounts of completed orders less their cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.order_status import has_status
from retention_reports.records import record

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.ledger import RunningTotals


@record
class MarginTotals:
    """Running totals of completed orders: margin, positive revenue with known cost, all positive revenue."""

    margin: RunningTotals
    costed: RunningTotals
    billed: RunningTotals


def margins_of(orders: pd.DataFrame, revenue: RunningTotals) -> MarginTotals:
    """Add up margins by customer and day, beside the revenue of the same orders.

    An order whose cost is not known counts in no margin. A credit note without cost takes its whole amount from the
    margin: money is given back, the goods stay.
    """
    rows = has_status(orders, "completed") & (orders["customer"].to_numpy(dtype=np.int64) >= 0)
    amounts, cost = orders["amount"].to_numpy(dtype=np.int64)[rows], orders["cost"].array[rows]
    known = ~cost.isna()
    margins = np.where(known | (amounts < 0), amounts - cost.fillna(0).to_numpy(dtype=np.int64), 0)
    positive = np.maximum(amounts, 0)
    parts = (margins, np.where(known, positive, 0), positive)
    return MarginTotals(*(revenue.with_amounts(part) for part in parts))
