"""One signal at one cut-off: whom it concerns, and how to tell it of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from retention_reports.analyses.early_warning.early_warning_results import Fact
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags


@record
class Finding:
    """A signal of all customers. Flags have one entry a customer; `facts` tells the numbers of a flagged one.

    `eligible` tells for whom the signal can show at all: only they are a fair comparison, for who cannot show it (as
    one who buys too rarely for two averages) differs in other ways too.
    """

    key: str
    customers: Flags
    eligible: Flags
    facts: Callable[[int], Mapping[str, Fact]]


def flags_of(dataset: Dataset, customers: Iterable[object]) -> Flags:
    """Return one entry a customer, true for the given rows."""
    flags = np.zeros(dataset.ledger.customer_count, dtype=bool)
    flags[np.array(list(customers), dtype=np.int64)] = True
    return flags
