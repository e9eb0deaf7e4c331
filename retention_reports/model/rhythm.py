"""How often each customer usually buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.ledger import Ledger

CLIENT_WEIGHT = 3
"""The client's median gap weighs as much as so many gaps of the customer's own."""

SHORTEST_DAYS = 30.0
"""No usual interval is taken to be shorter."""


def usual_intervals(ledger: Ledger) -> npt.NDArray[np.float64] | None:
    """Return each customer's usual number of days between purchase days; None where nobody has bought on two days.

    It is (the sum of the customer's own gaps + 3 × the median of all customers' gaps) ÷ (number of own gaps + 3), and
    at least 30 days; a customer with one purchase day has the client's median. Gaps are those up to the cut-off.
    """
    same = ledger.day_customers[1:] == ledger.day_customers[:-1]
    gaps = np.diff(ledger.day_numbers)[same]
    if len(gaps) == 0:
        return None
    owners = ledger.day_customers[1:][same]
    count = ledger.customer_count
    sums = np.bincount(owners, weights=gaps, minlength=count)
    numbers = np.bincount(owners, minlength=count)
    median = float(np.median(gaps))
    return np.maximum((sums + CLIENT_WEIGHT * median) / (numbers + CLIENT_WEIGHT), SHORTEST_DAYS)
