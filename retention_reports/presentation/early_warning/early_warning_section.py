"""The section of early warning: who may leave next, why one may think so, and how far such signs can be trusted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.analyses.early_warning.early_warning_results import EarlyWarning
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.early_warning.early_warning_charts import stakes_chart
from retention_reports.presentation.early_warning.early_warning_conclusions import agenda, findings, headline, lead
from retention_reports.presentation.early_warning.early_warning_tables import (
    back_test_table,
    flagged_tables,
    signals_table,
)
from retention_reports.presentation.early_warning.review import calibration_table, review_table
from retention_reports.presentation.early_warning.trend import regulars_table, trend_table
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context

_METHOD = ("chance", "review", "rhythm", "order_value", "dropped", "care", "neglected", "power", "trend")


def present_early_warning(context: Context) -> SectionView:
    """Tell which active customers show a sign of leaving, and what such signs were worth so far."""
    warning = context.result(EarlyWarning)
    return SectionView(
        key="early_warning",
        title=context.wording.say("early_warning.title"),
        headline=headline(context, warning),
        lead=lead(context, warning),
        rows=rows_of(
            (stakes_chart(context, warning), trend_table(context, warning)),
            (review_table(context, warning), calibration_table(context, warning)),
            (signals_table(context, warning),),
            *((table,) for table in flagged_tables(context, warning)),
            (back_test_table(context, warning),),
            (regulars_table(context, warning),),
        ),
        findings=findings(context, warning),
        method=definitions(context, "early_warning", _METHOD),
        missing=grouped_missing(context, "early_warning", _by_sign(warning.missing)),
        agenda=agenda(context, warning),
    )


def _by_sign(missing: Iterable[Missing]) -> list[Missing]:
    """Let each sign go by its own name."""
    return [replace(entry, key=entry.key.removeprefix("signals.")) for entry in missing]
