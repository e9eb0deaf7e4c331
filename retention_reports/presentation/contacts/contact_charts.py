"""The pictures of contacts: who is on time, what visits bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.model.figures import Rate
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.contacts.contact_results import ContactWork, VisitRecord
    from retention_reports.presentation.context import Context

_SALES_PEOPLE = 5


def classes_chart(context: Context, work: ContactWork) -> Chart | None:
    """Draw the share of customers contacted in time by value class; None without classed customers."""
    say, formats = context.wording.say, context.formats
    bars = tuple(
        _bar(
            context,
            say("contacts.classes.label", **{"class": entry.name, "days": formats.count(entry.cadence_days)}),
            entry.on_time,
        )
        for entry in work.classes
        if entry.on_time.n
    )
    if not bars:
        return None
    rate = formats.k_of_n(work.classes[0].on_time)
    title = say("contacts.classes.title", rate=rate)
    description = say("contacts.classes.description")
    svg = draw_ranked_bars(
        RankedBars(identifier="contact-classes", title=title, description=description, width=HALF_WIDTH, bars=bars)
    )
    return Chart(title, say("contacts.classes.subtitle", day=formats.day(context.dataset.cut_off)), svg)


def visits_chart(context: Context, visits: VisitRecord | None) -> Chart | None:
    """Draw the share of visits with an order by sales person, those with the most visits; None without visits."""
    if visits is None or not visits.by_rep:
        return None
    say = context.wording.say
    bars = [_bar(context, entry.sales_rep, entry.with_order) for entry in visits.by_rep[:_SALES_PEOPLE]]
    others = visits.by_rep[_SALES_PEOPLE:]
    if others:
        rate = Rate(sum(entry.with_order.k for entry in others), sum(entry.with_order.n for entry in others))
        bars.append(_bar(context, say("contacts.visits.others"), rate))
    title = context.wording.count(
        "contacts.visits.title",
        visits.with_order.k,
        n=context.formats.count(visits.with_order.k),
        all=context.formats.count(visits.with_order.n),
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="orders-per-visit",
            title=title,
            description=say("contacts.visits.description"),
            width=HALF_WIDTH,
            bars=tuple(bars),
        )
    )
    return Chart(title, say("contacts.visits.subtitle"), svg)


def _bar(context: Context, label: str, rate: Rate) -> RankedBar:
    return RankedBar(label, Value((rate.share or 0.0) * 100, context.formats.rate_in_table(rate)))
