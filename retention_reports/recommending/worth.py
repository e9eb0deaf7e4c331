"""What each customer is worth in a year: the margin of the twelve months up to its last purchase, or the revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.money import part_of
from retention_reports.model.yearly_value import margin_share, times, yearly_value
from retention_reports.records import record

if TYPE_CHECKING:
    from fractions import Fraction

    import numpy.typing as npt

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers
    from retention_reports.model.yearly_value import YearlyValue


@record
class Worth:
    """One year of every customer. `share` is the client's margin ÷ revenue; None where no cost is known.

    A silent customer's year ends with its last purchase: what is at stake does not melt while it is silent.
    """

    year: YearlyValue
    share: Fraction | None

    @property
    def is_margin(self) -> bool:
        """Tell whether amounts are margins; else they are revenue."""
        return self.share is not None

    def of(self, row: int) -> int:
        """Return one customer's year in ten-thousandths, at least 0."""
        return max(0, self.from_revenue(row, int(self.year.revenue[row])))

    def rough(self, rows: Integers) -> npt.NDArray[np.float64]:
        """Return `of` for many customers at once, within a ten-thousandth and a billionth of the amount."""
        revenue = self.year.revenue[rows].astype(np.float64)
        if self.share is None:
            return np.maximum(revenue, 0.0)
        costed, margin = self.year.costed[rows], self.year.margin[rows]
        own = revenue * margin / np.where(costed == 0, 1, costed)
        return np.maximum(np.where(costed == 0, revenue * float(self.share), own), 0.0)

    def from_revenue(self, row: int, revenue: int) -> int:
        """Return what so much revenue with the customer leaves: by its own margin, else by the client's."""
        if self.share is None:
            return revenue
        costed = int(self.year.costed[row])
        return part_of(revenue, int(self.year.margin[row]), costed) if costed else times(revenue, self.share)

    def at_client_margin(self, revenue: int) -> int:
        """Return what so much revenue with nobody in particular leaves."""
        return revenue if self.share is None else times(revenue, self.share)

    @property
    def losing_money(self) -> frozenset[int]:
        """The customers whose orders of known cost cost more than they brought."""
        return frozenset(np.flatnonzero((self.year.costed > 0) & (self.year.margin < 0)).tolist())


def worth(dataset: Dataset) -> Worth:
    """Return what every customer is worth at the cut-off."""
    return Worth(yearly_value(dataset, dataset.cut_off), margin_share(dataset))
