"""Whether customers spend more from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.new_customers.new_customer_results import RankValues
from retention_reports.model.figures import Rate

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.days_bought import PurchaseDays
    from retention_reports.model.ledger import Flags

RANKS = (2, 3, 4, 5)
_NONE = -1


def rank_values(dataset: Dataset, days: PurchaseDays, newcomers: Flags) -> tuple[RankValues, ...]:
    """Return the mean values of the first k purchase days of the same customers: those with at least k, k = 2 … 5.

    Ranks that no known first-time buyer reached are left out.
    """
    count = dataset.ledger.customer_count
    values = np.array([days.at_rank(rank, count, missing=_NONE)[1] for rank in range(1, max(RANKS) + 1)])
    found = []
    for rank in RANKS:
        reached = newcomers & (values[rank - 1] != _NONE)
        customers = int(reached.sum())
        if customers:
            means = tuple(int(total) / customers for total in values[:rank, reached].sum(axis=1))
            found.append(RankValues(rank, customers, means))
    return tuple(found)


def traded_up(dataset: Dataset, days: PurchaseDays, newcomers: Flags) -> Rate:
    """Count known first-time buyers whose second purchase day was worth more than the first, of those with a second."""
    count = dataset.ledger.customer_count
    first, second = (days.at_rank(rank, count, missing=_NONE)[1] for rank in (1, 2))
    repeated = newcomers & (second != _NONE)
    return Rate(int((repeated & (second > first)).sum()), int(repeated.sum()))
