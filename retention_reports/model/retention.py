"""How many customers stay, and for how many years that makes them stay."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.model.dataset import Dataset


def retention_rate(dataset: Dataset, since: date, until: date) -> Rate | None:
    """Return customers active on both days ÷ those active on the earlier; None where the data is too young."""
    if not dataset.covers_activity_on(since):
        return None
    then = dataset.ledger.active(since)
    kept = then & dataset.ledger.active(until)
    return Rate(int(kept.sum()), int(then.sum()))


def remaining_years(dataset: Dataset, retention: Rate | None) -> Fraction:
    """Return 1 ÷ (1 - retention), exactly; the client's `customer_lifetime_years` where that is unknown or endless."""
    if retention is None or retention.k == retention.n:
        return Fraction(str(dataset.client.customer_lifetime_years))
    return Fraction(retention.n, retention.n - retention.k)
