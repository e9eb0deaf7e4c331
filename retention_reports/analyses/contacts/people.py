"""How many people are known at each customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.contacts.contact_results import FewContacts
from retention_reports.model.figures import Rate

if TYPE_CHECKING:
    from retention_reports.model.customer_lines import CustomerLines
    from retention_reports.model.dataset import Dataset

_ENOUGH = 2


def few_contacts(dataset: Dataset, lines: CustomerLines) -> FewContacts | None:
    """Count active customers with one contact person only; names that differ are different people."""
    table = dataset.table("contacts")
    if table is None:
        return None
    persons = table.loc[table["customer"] >= 0].drop_duplicates(["customer", "name"])["customer"]
    active = dataset.ledger.active(dataset.cut_off)
    number = np.bincount(persons.to_numpy(dtype=np.int64), minlength=len(active))
    largest = active & (dataset.value_classes(dataset.cut_off) == "A")
    few = np.flatnonzero(active & (number < _ENOUGH))
    return FewContacts(
        one=Rate(int((active & (number == 1)).sum()), int(active.sum())),
        one_in_a=Rate(int((largest & (number == 1)).sum()), int(largest.sum())),
        none=int((active & (number == 0)).sum()),
        customers=tuple((line, int(number[row])) for row, line in lines.by_revenue(few)),
    )
