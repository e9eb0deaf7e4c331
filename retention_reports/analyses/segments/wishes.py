"""Whom we would like more of: customers by fit and motive, and what of their potential they buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.segments.segment_results import PortfolioPoint, WishGroup

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.margins import MarginTotals

COSTED_TENTHS = 9
"""A margin is known where the cost of so many tenths of the positive revenue is."""


def wish_groups(dataset: Dataset, totals: MarginTotals, column: str) -> tuple[WishGroup, ...]:
    """Sum up active customers by fit (best first) or motive (largest revenue first), the unrecorded last."""
    if not dataset.has_column("customers", column):
        return ()
    active = dataset.ledger.active(dataset.cut_off)
    names = _names(dataset, column)
    period = (dataset.year_ago, dataset.cut_off)
    revenue = dataset.revenue_between(*period)
    margin, costed, billed = (part.between(*period) for part in (totals.margin, totals.costed, totals.billed))
    made = dataset.contacts
    done = None if made is None else made.days.between(*period)
    groups = []
    for name in sorted(set(names[active].tolist())):
        group = active & (names == name)
        known = 10 * int(costed[group].sum()) >= COSTED_TENTHS * int(billed[group].sum()) > 0
        groups.append(
            WishGroup(
                name=name,
                customers=int(group.sum()),
                revenue=int(revenue[group].sum()),
                margin=int(margin[group].sum()) if known else None,
                contacts=None if done is None else int(done[group].sum()),
            )
        )
    if column == "fit":
        return tuple(sorted(groups, key=lambda group: (not group.name, -int(group.name or 0))))
    return tuple(sorted(groups, key=lambda group: (not group.name, -group.revenue, group.name)))


def portfolio(dataset: Dataset) -> tuple[PortfolioPoint, ...]:
    """List active customers with a potential above zero, largest open potential first."""
    potential = dataset.customers["potential"].fillna(0).to_numpy(dtype=np.int64)
    fits = dataset.customers["fit"].to_numpy(dtype=np.float64)
    rows = np.flatnonzero(dataset.ledger.active(dataset.cut_off) & (potential > 0))
    lines = dataset.customer_lines
    points = [
        PortfolioPoint(lines.line(row), int(potential[row]), None if np.isnan(fits[row]) else float(fits[row]))
        for row in rows.tolist()
    ]
    return tuple(sorted(points, key=lambda point: (-point.open_potential, point.customer.customer_id)))


def _names(dataset: Dataset, column: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    values = dataset.customers[column]
    if column != "fit":
        return values.to_numpy(dtype=object)
    # A fit between two whole steps belongs to the lower one.
    return np.array(["" if np.isnan(fit) else str(int(fit)) for fit in values.tolist()], dtype=object)
