"""Amounts that stand on every row of an order, as a whole order's do: how far a column is such, and what that adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

_USUAL_SHARE = 0.95
_ENOUGH_ORDERS = 2
_ENOUGH_ROWS = 3


@record
class Repetition:
    """By order: its rows, its amount in all of them, and whether it tells several and always the same."""

    sizes: npt.NDArray[np.intp]
    amounts: npt.NDArray[np.int64]
    several: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]

    @property
    def is_usual(self) -> bool:
        """Whether nearly all orders that tell several amounts tell the same one on every row."""
        return bool(self.same.any()) and bool(self.same.sum() >= _USUAL_SHARE * self.several.sum())

    @property
    def is_certain(self) -> bool:
        """Whether two equal lines of one order are no likely reason."""
        return int(self.same.sum()) >= _ENOUGH_ORDERS or int(self.sizes[self.same].max()) >= _ENOUGH_ROWS

    @property
    def added(self) -> int:
        """What counting each row adds to counting each order once."""
        return int((self.amounts * (self.sizes - 1))[self.same].sum())


def repetition(values: pd.Series, orders: npt.NDArray[np.intp]) -> Repetition:
    """Return how the amounts of a column repeat themselves; `orders` numbers each row's order."""
    given = values.notna().to_numpy()
    amounts = values.fillna(0).to_numpy(dtype=np.int64)
    sizes = np.bincount(orders)
    told = np.bincount(orders[given], minlength=len(sizes))
    low, high = np.full(len(sizes), np.iinfo(np.int64).max), np.full(len(sizes), np.iinfo(np.int64).min)
    np.minimum.at(low, orders[given], amounts[given])
    np.maximum.at(high, orders[given], amounts[given])
    several = (told > 1) & ((low != 0) | (high != 0))
    return Repetition(sizes, high, several, several & (told == sizes) & (low == high))
