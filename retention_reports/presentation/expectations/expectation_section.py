"""The section on expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.expectations.expectation_results import Expectations
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.expectations.expectation_charts import complaints_chart, scores_chart
from retention_reports.presentation.expectations.expectation_conclusions import agenda, fact_strip, findings, headline
from retention_reports.presentation.expectations.expectation_tables import open_table, segments_table, topics_table
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("score", "topics", "resolution", "farewell", "promises")


def present_expectations(context: Context) -> SectionView:
    """Tell how satisfied customers are and what they complain of."""
    found = context.result(Expectations)
    rows = rows_of(
        (scores_chart(context, found), complaints_chart(context, found)),
        (fact_strip(context, found),),
        (topics_table(context, found),),
        (open_table(context, found),),
        (segments_table(context, found),),
    )
    return SectionView(
        key="expectations",
        title=context.wording.say("expectations.title"),
        headline=headline(context, found),
        rows=rows if found.quarters else (),
        findings=findings(context, found),
        method=definitions(context, "expectations", _METHOD),
        missing=grouped_missing(context, "expectations", found.missing),
        agenda=agenda(context, found),
    )
