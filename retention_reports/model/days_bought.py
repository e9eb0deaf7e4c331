"""Days on which customers bought, and for how much, in the order of each customer's history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.ledger import Integers, Ledger


@record
class PurchaseDays:
    """Arrays beside each other, one entry a purchase day, sorted by customer and day.

    `value` adds up the day's purchases, returned ones included, in ten-thousandths. `rank` counts a customer's
    purchase days from 1.
    """

    customer: Integers
    day: Integers
    value: Integers
    rank: Integers

    def at_rank(self, rank: int, customer_count: int, *, missing: int) -> tuple[Integers, Integers]:
        """Return each customer's day and value of that rank; `missing` stands where there is none."""
        days = np.full(customer_count, missing, dtype=np.int64)
        values = np.full(customer_count, missing, dtype=np.int64)
        chosen = self.rank == rank
        days[self.customer[chosen]] = self.day[chosen]
        values[self.customer[chosen]] = self.value[chosen]
        return days, values


def all_purchase_days(ledger: Ledger) -> PurchaseDays:
    """Add up purchases of known customers by customer and day."""
    customers, days = ledger.day_customers, ledger.day_numbers
    places = np.arange(len(customers), dtype=np.int64)
    firsts = np.flatnonzero(np.diff(customers, prepend=-1))
    rank = places - np.repeat(firsts, np.diff(firsts, append=len(customers))) + 1
    return PurchaseDays(customers, days, ledger.purchase_amounts.on_each(customers, days), rank)
