"""What the losses say: headline, small figures, the first page's finding, decisions, and key figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.results import LostCustomers
    from retention_reports.presentation.context import Context


def headline(context: Context, lost: LostCustomers) -> str:
    """Say in one sentence how many customers were lost and what they took along."""
    say, formats, now = context.wording.say, context.formats, lost.now
    if now.lost is None:
        return say("lost_customers.headline.unknown", day=formats.long_day(context.dataset.data_from))
    if now.revenue_year is None or not now.lost.k:
        return context.wording.count("lost_customers.headline.lost", now.lost.k, n=formats.count(now.lost.k))
    return context.wording.count(
        "lost_customers.headline.lost_with",
        now.lost.k,
        n=formats.count(now.lost.k),
        money=formats.money_short(now.revenue_year),
    )
