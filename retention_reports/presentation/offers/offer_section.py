"""The section on offers: what waits for a decision, what wins, and which enquiries are worth the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.offers.offer_results import Offers
from retention_reports.presentation.composing import definitions, rows_of
from retention_reports.presentation.missing import grouped_missing
from retention_reports.presentation.offers.offer_charts import hit_rate_chart, reasons_chart, scores_chart
from retention_reports.presentation.offers.offer_conclusions import agenda, fact_strip, findings, headline
from retention_reports.presentation.offers.offer_tables import (
    criteria_table,
    groups_table,
    open_table,
    practices_table,
    sellers_table,
    wishes_table,
)
from retention_reports.presentation.view import SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.context import Context

_METHOD = ("hit_rate", "follow_up", "practices", "won_margin", "groups", "reasons", "enquiries")


def present_offers(context: Context) -> SectionView:
    """Tell what became of the offers, which ones nobody follows up, and how enquiries turn out."""
    offers = context.result(Offers)
    decided = offers.decisions
    rows = rows_of(
        (fact_strip(context, offers),),
        (hit_rate_chart(context, decided), reasons_chart(context, decided)),
        (open_table(context, offers),),
        (scores_chart(context, offers.enquiries), sellers_table(context, decided)),
        (practices_table(context, decided),),
        (groups_table(context, decided),),
        (wishes_table(context, decided),),
        (criteria_table(context, offers.enquiries),),
    )
    return SectionView(
        key="offers",
        title=context.wording.say("offers.title"),
        headline=headline(context, offers),
        rows=rows if headline(context, offers) else (),
        findings=findings(context, offers),
        method=definitions(context, "offers", _METHOD),
        missing=grouped_missing(context, "offers", offers.missing),
        agenda=agenda(context, offers),
    )
