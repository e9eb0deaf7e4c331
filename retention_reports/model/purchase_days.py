"""Days on which customers had bought by a cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.days_bought import PurchaseDays
from retention_reports.model.ledger import day_number

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset


def purchase_days(dataset: Dataset) -> PurchaseDays:
    """Return the purchase days of known customers up to the cut-off."""
    days = dataset.folder.purchase_days
    known = days.day <= day_number(dataset.cut_off)
    return PurchaseDays(days.customer[known], days.day[known], days.value[known], days.rank[known])
