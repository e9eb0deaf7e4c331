"""The section of lost customers: how many, why, what it cost, and whom to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.lost_customers.results import LostCustomers
from retention_reports.presentation.composing import rows_of
from retention_reports.presentation.lost_customers.conclusions import headline
from retention_reports.presentation.lost_customers.lists import win_back_table
from retention_reports.presentation.lost_customers.missing import missing_sentences
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context


def present_lost_customers(context: Context) -> SectionView:
    """Answer the three questions and rank who may be won back."""
    lost = context.result(LostCustomers)
    return SectionView(
        key="lost_customers",
        title=context.wording.say("lost_customers.title"),
        headline=headline(context, lost),
        rows=rows_of((win_back_table(context, lost),)),
        missing=missing_sentences(context, lost),
    )
