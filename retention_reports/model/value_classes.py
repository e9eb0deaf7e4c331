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


def value_classes(revenue: Integers, identifiers: npt.NDArray[np.object_]) -> npt.NDArray[np.str_]:
    """Return each customer's class by its revenue: A makes up the first 80 %, B the next 15 %, C the last 5 %.

    A customer's class follows from the share cumulated *before* it, largest revenue first, ties by id. Customers with
    revenue of zero or less have no class (`""`).
    """
    classes = np.full(len(revenue), NO_CLASS, dtype="<U1")
    rows = np.flatnonzero(revenue > 0)
    ranked = rows[np.lexsort((identifiers[rows].astype(str), -revenue[rows]))]
    before = np.cumsum(revenue[ranked]) - revenue[ranked]
    total = int(revenue[ranked].sum())
    places = sum((before * 100 >= limit * total).astype(np.int64) for limit in _LIMITS)
    classes[ranked] = np.array(CLASSES)[places]
    return classes
