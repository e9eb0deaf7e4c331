"""What each customer had bought up to a day: the few numbers that the models of the customer base work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats: TypeAlias = npt.NDArray[np.float64]


@record
class Histories:
    """Repeat purchases of a cohort at the end of an observation, one entry a customer.

    `repeats` (x) counts purchase days after the first, `recency` (t_x) is the time from the first to the last purchase
    (0 without a repeat), `age` (T) that from the first purchase to the end of the observation; both in the same unit.
    """

    repeats: Floats
    recency: Floats
    age: Floats

    @property
    def repeat_buyers(self) -> int:
        """Customers who bought again."""
        return int((self.repeats > 0).sum())

    def of(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Histories:
        """Return the histories of some of the customers."""
        return Histories(self.repeats[rows], self.recency[rows], self.age[rows])

    def distinct(self) -> tuple[Histories, Floats]:
        """Return every history that occurs, and how often it does."""
        columns = np.stack([self.repeats, self.recency, self.age], axis=1)
        order = np.lexsort(columns.T)
        ranked = columns[order]
        first = np.ones(len(ranked), dtype=np.bool_)
        first[1:] = (ranked[1:] != ranked[:-1]).any(axis=1)
        starts = np.flatnonzero(first)
        counts = np.diff(starts, append=len(ranked))
        return self.of(order[starts]), counts.astype(np.float64)
