"""Relationships that cost more than they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.segments.segment_results import CostlyCustomer, Relationships
from retention_reports.analyses.segments.wishes import COSTED_TENTHS
from retention_reports.model.figures import Rate, average
from retention_reports.model.quarters import QUARTERS_PER_YEAR

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.margins import MarginTotals


def costly_relationships(dataset: Dataset, totals: MarginTotals) -> Relationships | None:
    """Hold active customers' margin of twelve months against the cost of contacts; None without costs of orders.

    Where nobody knows what a contact costs, only negative margins are sure, and nobody can tell how many there are.
    """
    if not dataset.has_column("orders", "cost"):
        return None
    period = (dataset.year_ago, dataset.cut_off)
    margin, costed, billed = (part.between(*period) for part in (totals.margin, totals.costed, totals.billed))
    judged = dataset.ledger.active(dataset.cut_off) & (billed > 0) & (10 * costed >= COSTED_TENTHS * billed)
    made = dataset.contacts
    done = np.zeros(len(margin), dtype=np.int64) if made is None else made.days.between(*period)
    price = _cost_per_contact(dataset, int(done.sum()))
    spent = done * (price or 0)
    rows = np.flatnonzero(judged & (margin < spent))
    lines = dataset.customer_lines
    complaints, returns = _complaints(dataset), _returns(dataset)
    found = [
        CostlyCustomer(
            customer=lines.line(row),
            margin=int(margin[row]),
            contact_cost=round(float(spent[row])),
            contacts=int(done[row]),
            complaints=int(complaints[row]),
            returns=int(returns[row]),
        )
        for row in rows.tolist()
    ]
    ranked = sorted(found, key=lambda entry: (entry.contribution, entry.customer.customer_id))
    return Relationships(price, None if price is None else Rate(len(ranked), int(judged.sum())), tuple(ranked))


def _cost_per_contact(dataset: Dataset, done: int) -> float | None:
    """Return the retention spending of the last four quarters for each contact with a known customer."""
    table = dataset.table("costs")
    if table is None:
        return None
    recent = table["quarter"] > dataset.quarter.ordinal - QUARTERS_PER_YEAR
    rows = table.loc[recent & (table["kind"] == "retention"), "amount"].dropna()
    return average(int(rows.sum()), done) if len(rows) else None


def _complaints(dataset: Dataset) -> Integers:
    count = dataset.ledger.customer_count
    table = dataset.table("feedback")
    if table is None:
        return np.zeros(count, dtype=np.int64)
    recent = (table["date"] > pd.Timestamp(dataset.year_ago)) & (table["customer"] >= 0)
    return np.bincount(table.loc[recent & (table["kind"] == "complaint"), "customer"], minlength=count)


def _returns(dataset: Dataset) -> Integers:
    rows = dataset.purchases
    recent = (rows["ordered_on"] > pd.Timestamp(dataset.year_ago)) & (rows["customer"] >= 0)
    returned = rows.loc[recent & (rows["status"] == "returned"), "customer"]
    return np.bincount(returned, minlength=dataset.ledger.customer_count)
