"""Which customer was referred by which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from retention_reports.model.known_data import KnownData
    from retention_reports.model.ledger import Integers


def referrers_of(known: KnownData) -> Integers:
    """Return the row of each customer's referrer, -1 without one and for customers who have not bought."""
    customers = known.customers
    rows = pd.Index(customers["customer_id"]).get_indexer(pd.Index(customers["referred_by"]))
    found: Integers = np.where(known.known_customers, rows, -1).astype(np.int64)
    return found
