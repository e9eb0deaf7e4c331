"""What the early warning says: headline, the first page's finding and decision, questions for the staff meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.analyses.early_warning.results import EarlyWarning
    from retention_reports.presentation.context import Context


def headline(context: Context, warning: EarlyWarning) -> str:
    """Say in one sentence how many active customers show a sign, and what is at stake."""
    count = context.formats.count
    return context.wording.count(
        "early_warning.headline.shown", len(warning.flagged), k=count(len(warning.flagged)), n=count(warning.active)
    )
