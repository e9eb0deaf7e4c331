"""Customer by category: what each active customer bought in the last twelve months, and what it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.cross_selling.results import WhiteSpace

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines


def white_space(dataset: Dataset, lines: ProductLines) -> WhiteSpace:
    """Set up the matrix of the active customers and all categories on offer."""
    inside = lines.within(dataset.year_ago, dataset.cut_off) & (lines.category >= 0) & (lines.customer >= 0)
    bought = _matrix(dataset, lines, inside & lines.bought, np.ones_like(lines.amount)) > 0
    spend = np.maximum(_matrix(dataset, lines, inside & lines.billed, lines.amount), 0)
    active = dataset.ledger.active(dataset.cut_off)
    rows = np.flatnonzero(active & bought.any(axis=1))
    columns = ("customer_id", "name", "segment")
    identifiers, names, segments = (
        tuple(dataset.customers[column].to_numpy(dtype=object)[rows].tolist()) for column in columns
    )
    bought, spend = bought[rows], np.where(bought[rows], spend[rows], 0)
    order = np.argsort(-spend.sum(axis=0), kind="stable")
    return WhiteSpace(
        customers=rows.astype(np.int64),
        identifiers=identifiers,
        names=names,
        segments=segments,
        categories=tuple(lines.categories[place] for place in order.tolist()),
        bought=bought[:, order],
        spend=spend[:, order],
        unobserved=int(active.sum()) - len(rows),
    )


def _matrix(dataset: Dataset, lines: ProductLines, chosen: Flags, values: Integers) -> Integers:
    matrix = np.zeros((dataset.ledger.customer_count, len(lines.categories)), dtype=np.int64)
    np.add.at(matrix, (lines.customer[chosen], lines.category[chosen]), values[chosen])
    return matrix
