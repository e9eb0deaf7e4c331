"""The section of lost customers: how many, why, what it cost, and whom to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.lost_customers.breakdowns import (
    chances_table,
    departments_table,
    group_table,
    losses_table,
)
from retention_reports.presentation.lost_customers.facts import fact_strip
from retention_reports.presentation.lost_customers.lists import call_table, win_back_table
from retention_reports.presentation.lost_customers.lost_customer_conclusions import (
    agenda,
    findings,
    headline,
    key_figures,
)
from retention_reports.presentation.lost_customers.missing import missing_sentences
from retention_reports.presentation.lost_customers.notices import notices_table
from retention_reports.presentation.lost_customers.reasons import reasons_chart
from retention_reports.presentation.lost_customers.steps import steps_table
from retention_reports.presentation.lost_customers.told import benefits_table, words_table
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("lost", "value", "margin", "reason", "chance", "gain", "steps", "notices", "told", "benefits")


def present_lost_customers(context: Context) -> SectionView:
    """Answer the three questions, show where win-back stands, and rank who may be won back."""
    lost = context.result(LostCustomers)
    return SectionView(
        key="lost_customers",
        title=context.wording.say("lost_customers.title"),
        headline=headline(context, lost),
        rows=rows_of(
            (fact_strip(context, lost),),
            (reasons_chart(context, lost), steps_table(context, lost)),
            (notices_table(context, lost),),
            (call_table(context, lost),),
            (win_back_table(context, lost),),
            (words_table(context, lost),),
            (benefits_table(context, lost),),
            (losses_table(context, lost),),
            (group_table(context, "segments", lost.by_segment),),
            (group_table(context, "classes", lost.by_value_class),),
            (group_table(context, "people", lost.by_sales_rep),),
            (departments_table(context, lost),),
            (chances_table(context, lost),),
        ),
        findings=findings(context, lost),
        key_figures=key_figures(context, lost),
        method=definitions(context, "lost_customers", _METHOD),
        missing=missing_sentences(context, lost),
        agenda=agenda(context, lost),
    )
