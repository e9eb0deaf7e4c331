"""Customer by category: what each active customer bought in the last twelve months, and what it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.cross_selling.cross_selling_results import WhiteSpace
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers
    from retention_reports.model.product_lines import ProductLines


@record
class Matrix:
    """The white space as arrays: one row an observed customer, by id, one column a category.

    `customers` are row numbers of the customers table. `spend` adds up the lines of completed orders (credit notes
    included, never below zero; 0 where not bought) in ten-thousandths.
    """

    space: WhiteSpace
    customers: Integers
    bought: Flags
    spend: Integers

    def rows_by_segment(self) -> dict[str, Integers]:
        """Return the rows of each segment, segments by name; customers without a segment are one of their own ("")."""
        segments = np.array(self.space.segments, dtype=object)
        return {str(name): np.flatnonzero(segments == name) for name in sorted(set(self.space.segments))}


def white_space(dataset: Dataset, lines: ProductLines) -> Matrix:
    """Set up the matrix of the active customers and all categories on offer."""
    inside = lines.within(dataset.year_ago, dataset.cut_off) & (lines.category >= 0) & (lines.customer >= 0)
    bought = _sums(dataset, lines, inside & lines.bought, np.ones_like(lines.amount)) > 0
    spend = np.maximum(_sums(dataset, lines, inside & lines.billed, lines.amount), 0)
    active = dataset.ledger.active(dataset.cut_off)
    rows = np.flatnonzero(active & bought.any(axis=1))
    all_identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)
    rows = rows[np.argsort(all_identifiers[rows].astype(str), kind="stable")]
    bought, spend = bought[rows], np.where(bought[rows], spend[rows], 0)
    order = np.argsort(-spend.sum(axis=0), kind="stable")
    bought, spend = bought[:, order], spend[:, order]
    columns = ("customer_id", "name", "segment")
    identifiers, names, segments = (
        tuple(dataset.customers[column].to_numpy(dtype=object)[rows].tolist()) for column in columns
    )
    space = WhiteSpace(
        identifiers=identifiers,
        names=names,
        segments=segments,
        categories=tuple(lines.categories[place] for place in order.tolist()),
        bought=tuple(map(tuple, bought.tolist())),
        spent=tuple(spend.sum(axis=1).tolist()),
        unobserved=int(active.sum()) - len(rows),
    )
    return Matrix(space, rows.astype(np.int64), bought, spend)


def _sums(dataset: Dataset, lines: ProductLines, chosen: Flags, values: Integers) -> Integers:
    matrix = np.zeros((dataset.ledger.customer_count, len(lines.categories)), dtype=np.int64)
    np.add.at(matrix, (lines.customer[chosen], lines.category[chosen]), values[chosen])
    return matrix
