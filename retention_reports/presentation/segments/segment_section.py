"""The section on segments and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.segments.segment_results import Segments
from retention_reports.presentation.composing import definitions, on_screen_only, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.segments.demands import demands_table
from retention_reports.presentation.segments.segment_charts import cancellations_chart, portfolio_chart
from retention_reports.presentation.segments.segment_conclusions import agenda, fact_strip, findings, headline
from retention_reports.presentation.segments.segment_tables import (
    cancellations_table,
    costly_table,
    portfolio_table,
    services_table,
    wishes_table,
)
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("wish", "potential", "costly", "cancellation", "demands", "heavy", "services", "service_price")


def present_segments(context: Context) -> SectionView:
    """Tell whom the client should want more of, what relationships cost, and whether the segments are of use."""
    segments = context.result(Segments)
    found = headline(context, segments)
    by_person, by_channel = (
        context.knows("segments", f"by_{name}.cancellation_rate") for name in ("sales_rep", "channel")
    )
    rows = (
        *rows_of(
            (portfolio_chart(context, segments), cancellations_chart(context, segments)),
            (fact_strip(context, segments),),
            (costly_table(context, segments),),
        ),
        *on_screen_only(
            rows_of(
                (demands_table(context, segments.demands),),
                (portfolio_table(context, segments),),
                (wishes_table(context, "fit", segments.by_fit),),
                (wishes_table(context, "motive", segments.by_motive),),
                (cancellations_table(context, "sales_rep", segments.by_sales_rep if by_person else ()),),
                (cancellations_table(context, "channel", segments.by_channel if by_channel else ()),),
                (services_table(context, segments.services),),
            )
        ),
    )
    return SectionView(
        key="segments",
        title=context.wording.say("segments.title"),
        headline=found,
        rows=rows if found else (),
        findings=findings(context, segments),
        method=definitions(context, "segments", _METHOD),
        missing=grouped_missing(context, "segments", segments.missing),
        agenda=agenda(context, segments),
    )
