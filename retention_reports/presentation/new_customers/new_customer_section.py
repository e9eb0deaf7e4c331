"""The section on new customers: from the first purchase to the second, and what a new customer costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.new_customers.new_customer_results import NewCustomers
from retention_reports.presentation.composing import definitions, on_screen_only, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.new_customers.new_customer_charts import (
    costs_chart,
    first_purchases_chart,
    second_purchase_chart,
    values_chart,
    waiting_chart,
)
from retention_reports.presentation.new_customers.new_customer_conclusions import (
    agenda,
    fact_strip,
    findings,
    headline,
    key_figures,
)
from retention_reports.presentation.new_customers.new_customer_tables import one_time_table
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context

_METHOD = (
    "newcomer",
    "second_purchase",
    "waiting",
    "values",
    "first_purchases",
    "one_time",
    "reachable",
    "costs",
    "five_points",
    "close_rate",
)


def present_new_customers(context: Context) -> SectionView:
    """Tell who buys a second time and what it takes."""
    new = context.result(NewCustomers)
    return SectionView(
        key="new_customers",
        title=context.wording.say("new_customers.title"),
        headline=headline(context, new),
        rows=(
            *rows_of(
                (second_purchase_chart(context, new), waiting_chart(context, new)),
                (fact_strip(context, new),),
                (first_purchases_chart(context, new), values_chart(context, new)),
                (one_time_table(context, new),),
            ),
            *on_screen_only(rows_of((costs_chart(context, new),))),
        ),
        findings=findings(context, new),
        key_figures=key_figures(context, new),
        method=definitions(context, "new_customers", _METHOD),
        missing=(*_left_out(context, new), *grouped_missing(context, "new_customers", _wholly_missing(new))),
        agenda=agenda(context, new),
    )


def _left_out(context: Context, new: NewCustomers) -> tuple[str, ...]:
    """Say which quarters' first-time buyers are left out where later ones are shown."""
    if not new.second_purchase or not any(entry.key == "second_purchase" for entry in new.missing):
        return ()
    first = context.formats.quarter(new.second_purchase[0].quarter)
    return (context.wording.say("new_customers.missing.left_out", quarter=first),)


def _wholly_missing(new: NewCustomers) -> list[Missing]:
    """Return what is missing altogether: figures that only leave early quarters out are told by `_left_out`."""
    partly = {"second_purchase", "time_to_second_purchase", "rank_values", "traded_up", "first_purchases"}
    return [entry for entry in new.missing if not new.second_purchase or entry.key not in partly]
