"""The customers behind the numbers, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.loyal_customers.development import directions
from retention_reports.analyses.loyal_customers.loyal_customer_results import CustomerProfile
from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.model.rhythm import usual_intervals

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.scores import Scores
    from retention_reports.analyses.loyal_customers.years import Years
    from retention_reports.model.ledger import Flags, Integers


def profiles(years: Years, scores: Scores | None, categories: Integers | None) -> tuple[CustomerProfile, ...]:
    """List customers with revenue above zero in one of the two years; empty where the last year is not known."""
    if not years.knows_now:
        return ()
    knows_before = years.knows_before
    earlier = years.revenue_before if knows_before else np.zeros_like(years.revenue)
    rows = np.flatnonzero((years.revenue > 0) | (earlier > 0))
    customers = years.dataset.customers
    identifiers = customers["customer_id"].to_numpy(dtype=object)[rows]
    last_purchase = years.dataset.ledger.last_purchase(years.dataset.cut_off)
    nothing, blank = np.zeros(len(earlier), dtype=np.int64), np.full(len(earlier), "")
    columns = zip(
        identifiers.tolist(),
        customers["name"].to_numpy(dtype=object)[rows].tolist(),
        customers["segment"].to_numpy(dtype=object)[rows].tolist(),
        years.revenue[rows].tolist(),
        earlier[rows].tolist() if knows_before else [None] * len(rows),
        years.classes[rows].tolist(),
        (years.classes_before if knows_before else blank)[rows].tolist(),
        (directions(earlier, years.revenue) if knows_before else blank)[rows].tolist(),
        (blank if scores is None else scores.group)[rows].tolist(),
        (nothing if scores is None else scores.recency)[rows].tolist(),
        (nothing if scores is None else scores.frequency)[rows].tolist(),
        (nothing if scores is None else scores.value)[rows].tolist(),
        [None] * len(rows) if categories is None else categories[rows].tolist(),
        [None if day == NEVER else day_of(day) for day in last_purchase[rows].tolist()],
        _waits(years, last_purchase)[rows].tolist(),
        strict=True,
    )
    found = [CustomerProfile(*values) for values in columns]
    return tuple(sorted(found, key=lambda entry: (-entry.revenue, -(entry.revenue_before or 0), entry.customer_id)))


def _waits(years: Years, last_purchase: Integers) -> Flags:
    """Tell who has waited longer than its usual interval; nobody where nobody has one."""
    usual = usual_intervals(years.dataset.ledger)
    if usual is None:
        return np.zeros(len(last_purchase), dtype=np.bool_)
    waits: Flags = (last_purchase != NEVER) & (day_number(years.dataset.cut_off) - last_purchase > usual)
    return waits
