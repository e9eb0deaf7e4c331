"""What the three pillars say: the headline, findings for the first page, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.presentation.gate import comparable, enough, worth_naming
from retention_reports.presentation.view import Finding

if TYPE_CHECKING:
    from retention_reports.analyses.pillars.pillar_analysis import Pillars
    from retention_reports.analyses.pillars.pillar_results import CustomerStanding, SegmentMovement
    from retention_reports.model.statuses import Status
    from retention_reports.presentation.context import Context


def headline(context: Context, pillars: Pillars) -> str:
    """Say in one sentence who came and who left."""
    bridge = pillars.current.bridge
    say, formats = context.wording.say, context.formats
    if bridge.opening is None or bridge.closing is None:
        return say("pillars.headline.unknown", day=formats.long_day(context.dataset.data_from))
    left, came = bridge.lost or 0, (bridge.new or 0) + (bridge.won_back or 0)
    closing = formats.count(bridge.closing)
    if left == 0 and came == 0:
        return context.wording.count("pillars.headline.no_movement", bridge.closing, closing=closing)
    moved = _movement(context, left, came)
    change = bridge.closing - bridge.opening
    key = "net_same" if change == 0 else "net_up" if change > 0 else "net_down"
    net = (
        context.wording.count("pillars.headline.net_same", bridge.closing, closing=closing)
        if change == 0
        else context.wording.count(f"pillars.headline.{key}", abs(change), n=formats.count(abs(change)))
    )
    return say("pillars.headline.moved", **moved, net=net)


def short_headline(context: Context, pillars: Pillars) -> str:
    """Say who came and who left without the balance, for a page that goes on with revenue."""
    bridge = pillars.current.bridge
    left, came = bridge.lost or 0, (bridge.new or 0) + (bridge.won_back or 0)
    if bridge.opening is None or (left == 0 and came == 0):
        return headline(context, pillars)
    return context.wording.say("pillars.headline.short", **_movement(context, left, came))


def _movement(context: Context, left: int, came: int) -> dict[str, str]:
    return {
        "left": context.wording.count("pillars.headline.left", left, n=context.formats.count(left)),
        "came": context.wording.count("pillars.headline.came", came, n=context.formats.count(came)),
    }


def findings(context: Context, pillars: Pillars) -> tuple[Finding, ...]:
    """Return the sentences that may stand on the first page, one a topic."""
    return tuple(
        finding
        for finding in (
            _new_finding(context, pillars),
            _loyal_finding(context, pillars),
            _lost_finding(context, pillars),
        )
        if finding is not None
    )


def leaving_segment(pillars: Pillars) -> SegmentMovement | None:
    """Return the named segment that lost the most revenue within a year while customers left it, or None.

    Of a few customers nobody can say that their segment is what they left for.
    """
    shrinking = [
        segment
        for segment in pillars.segments
        if segment.segment
        and enough(segment.active_year_ago)
        and segment.kept < segment.active_year_ago
        and segment.revenue_year < segment.revenue_before
    ]
    return min(shrinking, key=lambda segment: segment.revenue_year - segment.revenue_before, default=None)


def left_customers(pillars: Pillars) -> list[CustomerStanding]:
    """Return who left in the quarter, largest yearly value first."""
    left = [customer for customer in pillars.customers if customer.left]
    return sorted(left, key=lambda customer: (-customer.yearly_value, customer.customer_id))


def _lost_finding(context: Context, pillars: Pillars) -> Finding | None:
    if pillars.current.bridge.lost is None:
        return None
    left = left_customers(pillars)
    value = sum(customer.yearly_value for customer in left)
    text = context.wording.count(
        "pillars.findings.left",
        len(left),
        n=context.formats.count(len(left)),
        money=context.formats.money_short(value),
    )
    segment = leaving_segment(pillars)
    if segment is not None and segment.revenue_before - segment.revenue_year > value:
        text, value = _segment_sentence(context, segment), segment.revenue_before - segment.revenue_year
    if left and not worth_naming(value):
        return None
    return Finding(context.wording.say("pillars.findings.topic_lost"), text, value, "lost")


def _segment_sentence(context: Context, segment: SegmentMovement) -> str:
    rate = Rate(segment.kept, segment.active_year_ago)
    return context.wording.say(
        "pillars.findings.segment",
        segment=segment.segment,
        n=context.formats.count(segment.active_year_ago),
        k=context.formats.count(segment.kept),
        rate=context.formats.percent(rate.share or 0.0, 0),
        money=context.formats.money_short(segment.revenue_before - segment.revenue_year),
    )


def _new_finding(context: Context, pillars: Pillars) -> Finding | None:
    new, revenue = pillars.current.bridge.new, pillars.current.revenue.new
    if new is None or revenue is None or (new and not worth_naming(revenue)):
        return None
    text = context.wording.count(
        "pillars.findings.came", new, n=context.formats.count(new), money=context.formats.money_short(revenue)
    )
    return Finding(context.wording.say("pillars.findings.topic_new"), text, abs(revenue), "new")


def _loyal_finding(context: Context, pillars: Pillars) -> Finding | None:
    net = pillars.current.net_revenue_retention_12m
    year = pillars.current.retention_rate_12m
    if net is None or not comparable(net.k, net.n) or year is None or not enough(year.n):
        return None
    if net.k < net.n and not worth_naming(net.n - net.k):
        return None
    key = "loyal_up" if net.k >= net.n else "loyal_down"
    text = context.wording.say(
        f"pillars.findings.{key}",
        rate=context.formats.percent(net.share or 0.0),
        money=context.formats.money_short(abs(net.n - net.k)),
    )
    return Finding(context.wording.say("pillars.findings.topic_loyal"), text, abs(net.n - net.k), "loyal")


def status_name(context: Context, status: Status) -> str:
    """Return the status in words."""
    return context.wording.say(f"common.statuses.{status.key}")
