"""The section on contacts and visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.contacts.contact_results import ContactWork
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.contacts.contact_charts import classes_chart, visits_chart
from retention_reports.presentation.contacts.contact_conclusions import agenda, fact_strip, findings, headline
from retention_reports.presentation.contacts.contact_tables import (
    birthdays_table,
    decisions_table,
    faults_table,
    overdue_table,
    plan_table,
    sales_people_table,
    single_table,
    visited_table,
)
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("contact", "people", "visit", "occasions", "faults")


def present_contacts(context: Context) -> SectionView:
    """Tell who is waiting, what visits bring, and what comes up."""
    work = context.result(ContactWork)
    visits = work.visits
    ordered = visits if context.knows("contacts", "visits.orders_per_visit") else None
    rows = rows_of(
        (classes_chart(context, work), visits_chart(context, ordered)),
        (fact_strip(context, work),),
        (overdue_table(context, work),),
        (plan_table(context, work),),
        (decisions_table(context, work),),
        (birthdays_table(context, work),),
        (single_table(context, work),),
        (sales_people_table(context, ordered),),
        (visited_table(context, "never_order", ordered.never_order if ordered else ()),),
        (visited_table(context, "order_without", visits.order_without if visits else ()),),
        (faults_table(context, work),),
    )
    return SectionView(
        key="contacts",
        title=context.wording.say("contacts.title"),
        headline=headline(context, work),
        rows=rows if headline(context, work) else (),
        findings=findings(context, work),
        method=definitions(context, "contacts", _METHOD),
        missing=grouped_missing(context, "contacts", work.missing),
        agenda=agenda(context, work),
    )
