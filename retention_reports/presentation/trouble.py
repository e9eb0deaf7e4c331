"""Customers to whom nothing should be sold before something is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_SIGNS = frozenset({"rhythm_broken", "dissatisfied"})


def in_trouble(context: Context) -> frozenset[str]:
    """Return the ids of active customers who have fallen silent or are dissatisfied; empty where nobody looked."""
    found = [result for result in context.results.values() if isinstance(result, EarlyWarning)]
    return frozenset(
        entry.customer_id
        for warning in found
        for entry in warning.flagged
        if any(signal.key in _SIGNS for signal in entry.signals)
    )
