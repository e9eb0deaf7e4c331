"""What could not be measured about lost customers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.presentation.missing import grouped_missing

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.presentation.context import Context

_OWN_NAMES = {
    "lost_12m.revenue_year": "value",
    "lost_12m.lifetime_value": "value",
    "lost_12m.margin_year": "margin",
    "lost_12m.retention_rate_12m": "retention",
    "lost_12m_before.revenue_year": "value_before",
    "lost_12m_before.lifetime_value": "value_before",
    "lost_12m_before.margin_year": "margin_before",
    "lost_12m_before.retention_rate_12m": "retention",
}
"""Figures of one key that readers know by names of their own."""


def missing_sentences(context: Context, lost: LostCustomers) -> tuple[str, ...]:
    """Return one sentence a reason with the names of what is missing."""
    named = [replace(entry, key=_OWN_NAMES.get(entry.key, entry.key)) for entry in lost.missing]
    return grouped_missing(context, "lost_customers", named)
