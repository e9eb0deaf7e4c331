"""Purchases of known customers as plain arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import day_numbers

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers


def purchase_arrays(dataset: Dataset) -> tuple[Integers, Integers, Integers]:
    """Return customer row, day number, and amount in ten-thousandths of each purchase of a known customer."""
    purchases = dataset.purchases
    customers = purchases["customer"].to_numpy(dtype=np.int64)
    known = customers >= 0
    amounts = purchases["amount"].to_numpy(dtype=np.int64)
    return customers[known], day_numbers(purchases["ordered_on"])[known], amounts[known]
