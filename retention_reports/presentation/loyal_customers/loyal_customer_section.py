"""The section on loyal customers: what revenue rests on, who stays, who moves, and how well they are looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.deliveries import Deliveries
from retention_reports.analyses.loyal_customers.loyal_customer_results import LoyalCustomers
from retention_reports.analyses.reachability.reachability_analysis import Reachability
from retention_reports.presentation.composing import definitions, on_screen_only, rows_of
from retention_reports.presentation.loyal_customers.care import deliveries_chart, reach_chart
from retention_reports.presentation.loyal_customers.groups import classes_table, score_groups_table
from retention_reports.presentation.loyal_customers.lists import (
    ambassadors_table,
    fading_table,
    nothing_given_table,
    profiles_table,
    satisfied_table,
)
from retention_reports.presentation.loyal_customers.loyal_customer_charts import (
    cohorts_chart,
    deciles_chart,
    development_chart,
    factors_chart,
)
from retention_reports.presentation.loyal_customers.loyal_customer_conclusions import (
    agenda,
    fact_strip,
    findings,
    headline,
    key_figures,
)
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.model.figures import Missing
    from retention_reports.presentation.context import Context

_METHOD = (
    "cohorts",
    "factors",
    "classes",
    "scores",
    "development",
    "breadth",
    "referrals",
    "satisfied",
    "complaints",
    "deliveries",
    "reach",
    "giving",
)


def present_loyal_customers(context: Context) -> SectionView:
    """Tell what existing customers bring and how they are looked after."""
    loyal = context.result(LoyalCustomers)
    reach, delivered = context.result(Reachability), context.result(Deliveries)
    return SectionView(
        key="loyal_customers",
        title=context.wording.say("loyal_customers.title"),
        headline=headline(context, loyal),
        rows=(
            *rows_of(
                (factors_chart(context, loyal), deciles_chart(context, loyal)),
                (cohorts_chart(context, loyal),),
                (fact_strip(context, loyal, reach),),
                (classes_table(context, loyal), development_chart(context, loyal)),
                (fading_table(context, loyal),),
                (deliveries_chart(context, delivered), reach_chart(context, reach)),
            ),
            *on_screen_only(
                rows_of(
                    (score_groups_table(context, loyal),),
                    (satisfied_table(context, loyal),),
                    (ambassadors_table(context, loyal),),
                    (nothing_given_table(context, reach),),
                    (profiles_table(context, loyal),),
                )
            ),
        ),
        findings=findings(context, loyal),
        key_figures=key_figures(context, loyal),
        method=definitions(context, "loyal_customers", _METHOD),
        missing=(
            *_left_out(context, loyal),
            *grouped_missing(context, "loyal_customers", _wholly_missing(loyal, reach, delivered)),
        ),
        agenda=agenda(context, loyal, delivered),
    )


def _left_out(context: Context, loyal: LoyalCustomers) -> tuple[str, ...]:
    """Say from which quarter on cohorts can be told where earlier ones are left out."""
    if not loyal.cohorts or not any(entry.key == "cohorts" for entry in loyal.missing):
        return ()
    first = context.formats.quarter(loyal.cohorts[0].quarter)
    return (context.wording.say("loyal_customers.missing.left_out", quarter=first),)


def _wholly_missing(loyal: LoyalCustomers, reach: Reachability, delivered: Deliveries) -> list[Missing]:
    entries = [*loyal.missing, *reach.missing, *delivered.missing]
    return [entry for entry in entries if not loyal.cohorts or not entry.key.startswith("cohorts")]
