"""The section on the programme: what carries it, what nobody buys, and who sells which part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.programme.programme_results import Programme
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.programme.programme_charts import categories_chart, reach_chart
from retention_reports.presentation.programme.programme_conclusions import agenda, fact_strip, findings, headline
from retention_reports.presentation.programme.programme_tables import (
    categories_table,
    new_products_table,
    not_bought_table,
    products_table,
    sellers_table,
)
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("revenue", "pareto", "not_bought", "sellers")


def present_programme(context: Context) -> SectionView:
    """Tell which products carry the revenue, which nobody buys, and what each sales person leaves out."""
    programme = context.result(Programme)
    known = bool(programme.products)
    rows = rows_of(
        (fact_strip(context, programme),),
        (categories_chart(context, programme), reach_chart(context, programme)),
        (sellers_table(context, programme),),
        (new_products_table(context, programme),),
        (categories_table(context, programme),),
        (products_table(context, programme),),
        (not_bought_table(context, programme),),
    )
    return SectionView(
        key="programme",
        title=context.wording.say("programme.title"),
        headline=headline(context, programme) if known else "",
        rows=rows if known else (),
        findings=findings(context, programme),
        method=definitions(context, "programme", _METHOD),
        missing=grouped_missing(context, "programme", programme.missing),
        agenda=agenda(context, programme),
    )
