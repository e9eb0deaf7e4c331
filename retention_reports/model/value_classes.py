"""Value classes A, B, C by revenue of twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from retention_reports.model.ledger import Integers

CLASSES = ("A", "B", "C")
NO_CLASS = ""
_LIMITS = (80, 95)


def value_classes(revenue: Integers) -> npt.NDArray[np.str_]:
    """Return each customer's class by its revenue: A makes up the first 80 %, B the next 15 %, C the last 5 %.

    A customer's class follows from the share of those who brought *more*: equal revenue is the same class. Customers
    with revenue of zero or less have no class (`""`).
    """
    classes = np.full(len(revenue), NO_CLASS, dtype="<U1")
    amounts, place_of, customers = np.unique(-revenue[revenue > 0], return_inverse=True, return_counts=True)
    sums = -amounts * customers
    before = np.cumsum(sums) - sums
    places = sum((before * 100 >= limit * int(sums.sum())).astype(np.int64) for limit in _LIMITS)
    classes[revenue > 0] = np.array(CLASSES)[places][place_of]
    return classes
