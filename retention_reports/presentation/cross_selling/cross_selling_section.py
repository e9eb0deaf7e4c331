"""The section on cross-selling: who buys from one category only, and what to offer whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling
from retention_reports.presentation.composing import definitions, on_screen_only, rows_of
from retention_reports.presentation.cross_selling.cross_selling_charts import breadth_chart, category_chart
from retention_reports.presentation.cross_selling.cross_selling_conclusions import agenda, findings, headline, patterns
from retention_reports.presentation.cross_selling.cross_selling_tables import (
    affinity_table,
    campaigns_table,
    openings_table,
    potential_table,
    steps_table,
    white_space_table,
)
from retention_reports.presentation.cross_selling.organisation import (
    customer_contacts_question,
    departments_table,
    suitability_table,
)
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("single", "potential", "affinity", "openings", "steps", "organisation")


def present_cross_selling(context: Context) -> SectionView:
    """Tell who buys from how many categories, what peers buy besides, and how far the six steps are."""
    result = context.result(CrossSelling)
    space = result.space
    rows = (
        (
            *rows_of(
                (breadth_chart(context, space), category_chart(context, result)),
                (campaigns_table(context, result),),
                (potential_table(context, result),),
            ),
            *on_screen_only(
                rows_of(
                    (patterns(context, result),),
                    (steps_table(context, result),),
                    (white_space_table(context, result, space),),
                    (affinity_table(context, result),),
                    (openings_table(context, result),),
                    (departments_table(context, result),),
                    (suitability_table(context, result),),
                )
            ),
        )
        if space
        else ()
    )
    return SectionView(
        key="cross_selling",
        title=context.wording.say("cross_selling.title"),
        headline=headline(context, result, space) if space else "",
        rows=rows,
        findings=findings(context, result),
        method=definitions(context, "cross_selling", _METHOD),
        missing=grouped_missing(context, "cross_selling", result.missing),
        agenda=(*agenda(context, space), *filter(None, [customer_contacts_question(context, result)])),
    )
