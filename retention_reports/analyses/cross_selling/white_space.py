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
    purchased, active = inside & lines.bought, dataset.ledger.active(dataset.cut_off)
    buys = np.zeros(len(active), dtype=np.bool_)
    buys[lines.customer[purchased]] = True
    rows = np.flatnonzero(active & buys)
    all_identifiers = dataset.customers["customer_id"].to_numpy(dtype=object)
    rows = rows[np.argsort(all_identifiers[rows].astype(str), kind="stable")]
    places = np.full(len(active), -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    bought = np.zeros((len(rows), len(lines.categories)), dtype=np.bool_)
    spend = np.zeros(bought.shape, dtype=np.int64)
    of_rows = places[lines.customer] >= 0
    chosen = purchased & of_rows
    bought[places[lines.customer[chosen]], lines.category[chosen]] = True
    chosen = inside & lines.billed & of_rows
    np.add.at(spend, (places[lines.customer[chosen]], lines.category[chosen]), lines.amount[chosen])
    spend = np.where(bought, np.maximum(spend, 0), 0)
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
        bought=_places(bought),
        spent=tuple(spend.sum(axis=1).tolist()),
        unobserved=int(active.sum()) - len(rows),
    )
    return Matrix(space, rows.astype(np.int64), bought, spend)


def _places(bought: Flags) -> tuple[tuple[int, ...], ...]:
    """Return the places of each row that are set."""
    rows, places = np.nonzero(bought)
    ends = np.cumsum(np.bincount(rows, minlength=len(bought)))[:-1]
    return tuple(tuple(own.tolist()) for own in np.split(places, ends)) if len(bought) else ()
