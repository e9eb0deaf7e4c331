"""The pictures of offers and enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.offers.offer_results import Comparison, Decisions, Enquiries
    from retention_reports.presentation.context import Context

_MOST_BARS = 5


def hit_rate_chart(context: Context, decided: Decisions | None) -> Chart | None:
    """Draw hit rates with and without follow-up and by customer; groups below ten offers are left out."""
    if decided is None:
        return None
    say = context.wording.say
    rates = [(say(f"offers.groups.{entry.group}"), entry.rate) for entry in decided.by_customer]
    if decided.follow_up:
        follow_up = decided.follow_up
        rates = [
            (say("offers.groups.with"), follow_up.with_it),
            (say("offers.groups.without"), follow_up.without),
            *rates,
        ]
    bars = _rate_bars(context, rates)
    if not bars:
        return None
    title = _follow_up_title(context, decided.follow_up)
    subtitle = say("offers.hit_rate.subtitle")
    svg = draw_ranked_bars(
        RankedBars(identifier="offer-hit-rates", title=title, description=subtitle, width=HALF_WIDTH, bars=bars)
    )
    note = say("offers.hit_rate.note") if decided.follow_up and decided.follow_up.interval else ""
    return Chart(title, subtitle, svg, note=note)


def reasons_chart(context: Context, decided: Decisions | None) -> Chart | None:
    """Draw why offers were lost; None where none was."""
    if decided is None or not decided.reasons:
        return None
    say, formats = context.wording.say, context.formats
    reasons = _reasons(context, decided)
    amounts = formats.money_alike([amount for _, _, amount, _ in reasons])
    bars = tuple(
        RankedBar(label, Value(count, formats.count(count)), share=money, role=role)
        for (label, count, _, role), money in zip(reasons, amounts, strict=True)
    )
    price = decided.price
    title = (
        context.wording.count("offers.reasons.title", price.k, k=formats.count(price.k), n=formats.count(price.n))
        if price and price.n
        else say("offers.reasons.title_unknown")
    )
    subtitle = say("offers.reasons.subtitle")
    svg = draw_ranked_bars(
        RankedBars(identifier="offer-reasons", title=title, description=subtitle, width=HALF_WIDTH, bars=bars)
    )
    return Chart(title, subtitle, svg, note=_wish_note(context, decided))


def scores_chart(context: Context, enquiries: Enquiries | None) -> Chart | None:
    """Draw how many enquiries of each score were received and won; None without enquiries."""
    if enquiries is None:
        return None
    say, formats = context.wording.say, context.formats
    bars = tuple(
        RankedBar(
            label,
            Value(rate.k, formats.count(rate.k)),
            previous=Value(rate.n, formats.count(rate.n)),
            share=formats.rate_in_table(rate),
        )
        for label, rate in _scores(context, enquiries)
        if rate.n
    )
    if not bars:
        return None
    title = say("offers.scores.title_early")
    if enquiries.few.n and enquiries.many.n:
        title = say("offers.scores.title", few=formats.k_of_n(enquiries.few), many=formats.k_of_n(enquiries.many))
    subtitle = say("offers.scores.subtitle", n=formats.count(enquiries.received))
    svg = draw_ranked_bars(
        RankedBars(
            identifier="enquiry-scores",
            title=title,
            description=subtitle,
            width=HALF_WIDTH,
            bars=bars,
            now_label=say("offers.scores.won"),
            previous_label=say("offers.scores.all"),
        )
    )
    return Chart(title, subtitle, svg)


def _reasons(context: Context, decided: Decisions) -> list[tuple[str, int, int, Role]]:
    """Return label, offers, amount and colour of each reason; small ones are put together in the last."""
    say, known = context.wording.say, decided.reasons
    shown = known if len(known) <= _MOST_BARS else known[: _MOST_BARS - 1]
    bars = [
        (
            reason.word or say("offers.reasons.none"),
            reason.offers,
            reason.amount,
            Role.ACTUAL if reason.word else Role.UNASSIGNED,
        )
        for reason in shown
    ]
    rest = known[len(shown) :]
    if rest:
        count, amount = sum(reason.offers for reason in rest), sum(reason.amount for reason in rest)
        bars.append((say("offers.reasons.others"), count, amount, Role.UNASSIGNED))
    return bars


def _scores(context: Context, enquiries: Enquiries) -> list[tuple[str, Rate]]:
    """Return label and close rate of each score; the highest ones are put together in the last."""
    formats, scores = context.formats, enquiries.scores
    shown = scores if len(scores) <= _MOST_BARS else scores[: _MOST_BARS - 1]
    rows = [
        (
            context.wording.count("offers.scores.criteria", score.criteria, n=formats.count(score.criteria)),
            score.rate,
        )
        for score in shown
    ]
    rest = scores[len(shown) :]
    if rest:
        rate = Rate(sum(score.rate.k for score in rest), sum(score.rate.n for score in rest))
        rows.append((context.wording.say("offers.scores.at_least", n=formats.count(rest[0].criteria)), rate))
    return rows


def _rate_bars(context: Context, rates: Sequence[tuple[str, Rate]]) -> tuple[RankedBar, ...]:
    formats = context.formats
    return tuple(
        RankedBar(
            label,
            Value(rate.share * 100, formats.percent(rate.share, 0)),
            share=f"{formats.count(rate.k)}/{formats.count(rate.n)}",
        )
        for label, rate in rates
        if rate.share is not None and rate.n >= TOO_FEW
    )


def _follow_up_title(context: Context, follow_up: Comparison | None) -> str:
    """Say whether followed-up offers were won more often; only where the interval excludes zero is it a difference."""
    if follow_up is None or follow_up.interval is None or follow_up.difference is None:
        return context.wording.say("offers.hit_rate.title")
    low, high = follow_up.interval
    key = "more" if low > 0 else "less" if high < 0 else "unclear"
    formats = context.formats
    return context.wording.say(
        f"offers.hit_rate.title_{key}",
        points=formats.number(abs(follow_up.difference) * 100),
        low=formats.number(min(abs(low), abs(high)) * 100),
        high=formats.number(max(abs(low), abs(high)) * 100),
    )


def _wish_note(context: Context, decided: Decisions) -> str:
    rate = decided.price_with_wish
    if rate is None or rate.n == 0:
        return ""
    return context.wording.count(
        "offers.reasons.wishes", rate.k, k=context.formats.count(rate.k), n=context.formats.count(rate.n)
    )
