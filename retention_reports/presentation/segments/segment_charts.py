"""The pictures of segments: what customers could still buy, and what is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.bubbles import Axis, Bubble, BubbleChart, draw_bubbles
from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.model.money import THOUSAND
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.segments.segment_results import PortfolioPoint, Segments
    from retention_reports.presentation.context import Context

_HEIGHT = 225
_NAMED = 3
_SALES_PEOPLE = 6
_SHOWN = 120
_WITH_TOOLTIP = 40


def portfolio_chart(context: Context, segments: Segments) -> Chart | None:
    """Draw revenue against the share of potential used, for customers who leave some open; None without any."""
    still_open = [point for point in segments.portfolio if point.open_potential]
    if not still_open:
        return None
    say, formats = context.wording.say, context.formats
    money = formats.money_short(sum(point.open_potential for point in still_open))
    number = len(still_open)
    title = context.wording.count("segments.portfolio.title", number, n=formats.count(number), money=money)
    bubbles = tuple(
        Bubble(
            x=max(formats.shown_of(1, point.customer.revenue), 0) / THOUSAND,
            y=max(point.share or 0.0, 0.0) * 100,
            size=formats.shown_of(1, point.open_potential) / THOUSAND,
            label=point.customer.name,
            role=Role.LOYAL,
            details=_details(context, point) if rank < _WITH_TOOLTIP else "",
        )
        for rank, point in enumerate(still_open[:_SHOWN])
    )
    svg = draw_bubbles(
        BubbleChart(
            identifier="potential-portfolio",
            title=title,
            description=say("segments.portfolio.description"),
            width=HALF_WIDTH,
            height=_HEIGHT,
            bubbles=bubbles,
            x_axis=Axis(say("segments.portfolio.x", unit=formats.thousands_unit), formats.number),
            y_axis=Axis(say("segments.portfolio.y"), formats.number, 100, say("segments.portfolio.full")),
            named=_NAMED,
        )
    )
    return Chart(title, say("segments.portfolio.subtitle"), svg)


def _details(context: Context, point: PortfolioPoint) -> str:
    return context.wording.say(
        "segments.portfolio.details",
        name=point.customer.name,
        revenue=_of_one(context, point.customer.revenue),
        potential=_of_one(context, point.potential),
    )


def _of_one(context: Context, amount: float) -> str:
    formats = context.formats
    return formats.money_of(1, amount) if formats.in_bands else formats.money_short(amount)


def cancellations_chart(context: Context, segments: Segments) -> Chart | None:
    """Draw the share of cancelled orders by sales person, the highest first; None where nobody is named or can tell."""
    entries = segments.by_sales_rep
    if not entries or not context.knows("segments", "by_sales_rep.cancellation_rate"):
        return None
    say, formats = context.wording.say, context.formats
    ranked = sorted(entries, key=lambda entry: (-(entry.cancelled.share or 0.0), entry.name))
    first = ranked[0]
    title = say("segments.cancellations.title_none")
    if first.cancelled.k:
        title = say("segments.cancellations.title", name=first.name, rate=formats.k_of_n(first.cancelled))
    svg = draw_ranked_bars(
        RankedBars(
            identifier="cancellations",
            title=title,
            description=say("segments.cancellations.description"),
            width=HALF_WIDTH,
            bars=tuple(
                RankedBar(
                    entry.name,
                    Value((entry.cancelled.share or 0.0) * 100, formats.rate_in_table(entry.cancelled)),
                )
                for entry in ranked[:_SALES_PEOPLE]
            ),
        )
    )
    return Chart(title, say("segments.cancellations.subtitle"), svg)
