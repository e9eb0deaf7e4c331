"""The section on prices: what past increases did, and how to prepare the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.prices.price_results import Prices
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.prices.increases import effects_table, increase_points, increases_chart
from retention_reports.presentation.prices.price_conclusions import agenda, findings, headline
from retention_reports.presentation.prices.sheets import sheets_table
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("effect", "stopped", "sheet", "exchange")


def present_prices(context: Context) -> SectionView:
    """Tell what increases did and how each customer should hear of the next."""
    prices = context.result(Prices)
    found = headline(context, prices)
    rows = rows_of(
        (increases_chart(context, prices), increase_points(context, prices)),
        (sheets_table(context, prices),),
        (effects_table(context, prices),),
    )
    return SectionView(
        key="prices",
        title=context.wording.say("prices.title"),
        headline=found,
        rows=rows if found else (),
        findings=findings(context, prices),
        method=definitions(context, "prices", _METHOD),
        missing=grouped_missing(context, "prices", prices.missing),
        agenda=agenda(context, prices),
    )
