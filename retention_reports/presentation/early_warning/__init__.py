"""The section of early warning: who may leave next, why one may think so, and how far such signs can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.results import EarlyWarning
from retention_reports.presentation.composing import rows_of
from retention_reports.presentation.early_warning.conclusions import headline
from retention_reports.presentation.early_warning.tables import flagged_table
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context


def present_early_warning(context: Context) -> SectionView:
    """Tell which active customers show a sign of leaving."""
    warning = context.result(EarlyWarning)
    return SectionView(
        key="early_warning",
        title=context.wording.say("early_warning.title"),
        headline=headline(context, warning),
        rows=rows_of((flagged_table(context, warning),)),
        missing=grouped_missing(context, "early_warning", warning.missing),
    )
