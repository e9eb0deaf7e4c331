"""Whether the orders reach the cut-off: a quarter that is not over in the data must not look like a bad quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import day_number, day_numbers

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset

QUIET_DAYS = 14
"""So many days without an order before the cut-off call for a look at the client's habit."""


def newest_order_day(dataset: Dataset) -> date:
    """Return the day of the last order up to the cut-off, cancelled ones included."""
    newest: date = dataset.orders["ordered_on"].max().date()
    return newest


def orders_end_early(dataset: Dataset) -> bool:
    """Tell that no order lies in the cut-off's last 14 days although the client usually orders more often.

    The habit is the longest gap but one in twenty (95th percentile) between consecutive days with orders.
    """
    silence = (dataset.cut_off - newest_order_day(dataset)).days
    if silence < QUIET_DAYS:
        return False
    days = np.unique(day_numbers(dataset.orders["ordered_on"]))
    gaps = np.diff(days)
    usual = float(np.quantile(gaps, 0.95)) if len(gaps) else 0.0
    return day_number(dataset.cut_off) - int(days[-1]) > usual
