"""Heavy and light users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.segments.segment_results import Usage
from retention_reports.model.figures import Rate

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

_HEAVY_FIFTH = 5


def usage(dataset: Dataset) -> Usage | None:
    """Take the fifth (rounded up) of active customers with the most orders in twelve months; None without orders.

    Orders are purchases; ties go to the larger revenue, then by id.
    """
    rows = np.flatnonzero(dataset.ledger.active(dataset.cut_off))
    orders = dataset.ledger.purchases.between(dataset.year_ago, dataset.cut_off)[rows]
    if not orders.sum():
        return None
    revenue = dataset.revenue_between(dataset.year_ago, dataset.cut_off)[rows]
    identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)[rows].astype(str)
    ranked = np.lexsort((identifiers, -revenue, -orders))
    heavy = ranked[: -(-len(rows) // _HEAVY_FIFTH)]
    return Usage(
        heavy=len(heavy),
        customers=len(rows),
        orders=Rate(int(orders[heavy].sum()), int(orders.sum())),
        revenue=Rate(int(revenue[heavy].sum()), int(revenue.sum()), is_money=True),
    )
