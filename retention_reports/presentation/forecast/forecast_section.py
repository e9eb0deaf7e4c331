"""The section on what existing customers will bring: next quarter, over their lifetime, and with the next order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.forecast.forecast_results import Forecast
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.forecast.coming import coming_table
from retention_reports.presentation.forecast.forecast_charts import history_chart
from retention_reports.presentation.forecast.forecast_conclusions import (
    agenda,
    fact_strip,
    findings,
    headline,
    key_figures,
    remarks,
)
from retention_reports.presentation.forecast.forecast_tables import (
    customers_table,
    orders_table,
    pillars_table,
    rules_table,
)
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("series", "rules", "choice", "interval", "existing", "model", "coming", "lifetime", "next_order")


def present_forecast(context: Context) -> SectionView:
    """Tell what to expect from existing customers, and how good earlier forecasts were."""
    found = context.result(Forecast)
    return SectionView(
        key="forecast",
        title=context.wording.say("forecast.title"),
        headline=headline(context, found),
        rows=rows_of(
            (history_chart(context, found),),
            (fact_strip(context, found),),
            (remarks(context, found),),
            (rules_table(context, found.total),),
            (coming_table(context, found.lifetime_values),),
            (pillars_table(context, found.lifetime_values),),
            (customers_table(context, found.lifetime_values),),
            (orders_table(context, found.next_orders),),
        ),
        findings=findings(context, found),
        key_figures=key_figures(context, found),
        method=definitions(context, "forecast", _METHOD),
        missing=grouped_missing(context, "forecast", found.missing),
        agenda=agenda(context, found),
    )
