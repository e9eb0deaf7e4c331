"""The pictures of the way from the first purchase to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.grouped_columns import ColumnSet, GroupedColumns, draw_grouped_columns
from retention_reports.charts.heat_map import HeatMap, HeatRow, draw_heat_map
from retention_reports.charts.line import Line, LineChart, LinePoint, draw_line_chart
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.model.figures import TOO_FEW, Rate, difference_interval
from retention_reports.model.money import UNIT
from retention_reports.presentation.gate import enough
from retention_reports.presentation.new_customers.new_customer_conclusions import again_rate
from retention_reports.presentation.new_customers.new_customer_tables import first_purchases_numbers, values_numbers
from retention_reports.presentation.view import Chart

if TYPE_CHECKING:
    from retention_reports.analyses.new_customers.economics import UnitCost
    from retention_reports.analyses.new_customers.new_customer_results import (
        FirstPurchase,
        NewCustomers,
        RankValues,
        WaitingTime,
    )
    from retention_reports.presentation.context import Context

HORIZONS = (90, 180, 365)
_QUARTERS = 8
_WORDS = 8
_CURVE_STEP = 5
_CURVE_DAYS = 730
_CURVE_MARKS = (0, 90, 180, 365, 730)


def second_purchase_chart(context: Context, new: NewCustomers) -> Chart | None:
    """Shade who bought again by quarter of the first purchase; None without any quarter."""
    if not new.second_purchase:
        return None
    say, formats = context.wording.say, context.formats
    rows = tuple(
        HeatRow(
            formats.quarter_short(entry.quarter),
            tuple(_share(context, entry.within(days)) for days in HORIZONS),
            formats.count(entry.buyers),
        )
        for entry in new.second_purchase[-_QUARTERS:]
    )
    rate = again_rate(new)
    title = (
        say("new_customers.second_purchase.title", rate=formats.rate(rate))
        if rate
        else say("new_customers.second_purchase.title_early")
    )
    svg = draw_heat_map(
        HeatMap(
            identifier="second-purchase",
            title=title,
            description=say("new_customers.second_purchase.description", n=formats.count(len(rows))),
            width=HALF_WIDTH,
            columns=tuple(say("new_customers.second_purchase.within", days=formats.count(days)) for days in HORIZONS),
            rows=rows,
            heading=say("new_customers.second_purchase.heading"),
            note_heading=say("new_customers.second_purchase.buyers"),
        )
    )
    return Chart(title, say("new_customers.second_purchase.subtitle"), svg)


def waiting_chart(context: Context, new: NewCustomers) -> Chart | None:
    """Draw the share who have bought again by days since the first purchase; None with fewer than ten customers.

    Before anybody could wait for 90 days, it says nothing.
    """
    waiting = new.waiting_time
    if waiting is None or not enough(waiting.customers) or waiting.longest < HORIZONS[0]:
        return None
    say, formats = context.wording.say, context.formats
    title = _waiting_title(context, waiting)
    points = [
        LinePoint(day, waiting.share_by(day) or 0.0)
        for day in range(0, min(waiting.longest, _CURVE_DAYS) + 1, _CURVE_STEP)
    ]
    svg = draw_line_chart(
        LineChart(
            identifier="waiting-time",
            title=title,
            description=say(
                "new_customers.waiting.description",
                k=formats.count(waiting.bought_again),
                n=formats.count(waiting.customers),
            ),
            width=HALF_WIDTH,
            lines=(Line("", tuple(points), Role.NEW, formats.percent(points[-1].y, 0)),),
            x_labels=tuple((day, formats.count(day)) for day in _CURVE_MARKS if day <= points[-1].x),
            format_value=lambda share: formats.percent(share, 0),
            height=215,
            steps=True,
            top=1.0,
        )
    )
    subtitle = say("new_customers.waiting.subtitle", n=formats.count(waiting.customers))
    return Chart(title, subtitle, svg)


def first_purchases_chart(context: Context, new: NewCustomers) -> Chart | None:
    """Rank categories and channels of the first purchase by who bought again; None without any."""
    named = [entry for entry in new.first_purchases if entry.kind != "all"]
    if not named:
        return None
    say = context.wording.say
    shown = sorted(named[:], key=lambda entry: -entry.again.n)[:_WORDS]
    ranked = sorted(shown, key=lambda entry: (-(entry.again.share or 0.0), -entry.again.n, entry.name))
    title = _first_title(context, new.first_purchases)
    bars = tuple(
        RankedBar(
            say(f"new_customers.first_purchases.{entry.kind}", name=entry.name),
            Value((entry.again.share or 0.0) * 100, context.formats.rate_in_table(entry.again)),
            role=Role.NEW,
        )
        for entry in ranked
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="first-purchases",
            title=title,
            description=say("new_customers.first_purchases.description"),
            width=HALF_WIDTH,
            bars=bars,
        )
    )
    table = first_purchases_numbers(context, new.first_purchases)
    return Chart(title, say("new_customers.first_purchases.subtitle"), svg, table)


def values_chart(context: Context, new: NewCustomers) -> Chart | None:
    """Draw the mean value of the first purchases of the same customers; None with fewer than ten of them."""
    enough = [entry for entry in new.rank_values if entry.customers >= TOO_FEW]
    if not enough or new.traded_up is None:
        return None
    longest: RankValues = enough[-1]
    say, formats = context.wording.say, context.formats
    title = say("new_customers.values.title", rate=formats.rate(new.traded_up))
    sets = tuple(
        ColumnSet(say("new_customers.values.rank", rank=formats.count(rank)), Value(mean / UNIT, formats.money(mean)))
        for rank, mean in enumerate(longest.means, start=1)
    )
    svg = draw_grouped_columns(
        GroupedColumns(
            identifier="purchase-values",
            title=title,
            description=say("new_customers.values.description", n=formats.count(longest.customers)),
            width=HALF_WIDTH,
            sets=sets,
            actual_label="",
            role=Role.NEW,
            height=200,
        )
    )
    subtitle = say(
        "new_customers.values.subtitle",
        n=formats.count(longest.customers),
        k=formats.count(longest.at_least),
        currency=context.client.currency,
    )
    return Chart(title, subtitle, svg, values_numbers(context, new.rank_values))


def costs_chart(context: Context, new: NewCustomers) -> Chart | None:
    """Compare what a new, a kept, and a won-back customer cost; None where none is known."""
    costs: list[tuple[str, UnitCost | None, Role]] = [
        ("new", new.costs.new, Role.NEW),
        ("retained", new.costs.retained, Role.LOYAL),
        ("won_back", new.costs.won_back, Role.WON_BACK),
    ]
    say, formats = context.wording.say, context.formats
    bars = tuple(
        RankedBar(
            say(f"new_customers.costs.{name}"),
            Value(cost.each / UNIT, formats.money(cost.each)),
            share=say(
                "new_customers.costs.base", spent=formats.money_short(cost.spent), n=formats.count(cost.customers)
            ),
            role=role,
        )
        for name, cost, role in costs
        if cost is not None and cost.each is not None
    )
    if not bars:
        return None
    times = new.costs.new_to_retained
    title = (
        say("new_customers.costs.title_times", times=formats.number(float(times), 1))
        if times is not None
        else say("new_customers.costs.title")
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="customer-costs", title=title, description=say("new_customers.costs.description"), bars=bars
        )
    )
    return Chart(title, say("new_customers.costs.subtitle"), svg, note=_benchmark(context, new))


def _share(context: Context, rate: Rate | None) -> Value | None:
    return None if rate is None else Value(rate.share or 0.0, context.formats.rate_in_table(rate))


def _waiting_title(context: Context, waiting: WaitingTime) -> str:
    say, formats = context.wording.say, context.formats
    if waiting.median_days is not None:
        return context.wording.count(
            "new_customers.waiting.median", waiting.median_days, n=formats.count(waiting.median_days)
        )
    reached = max(days for days in HORIZONS if days <= waiting.longest)
    share = formats.percent(waiting.share_by(reached) or 0.0, 0)
    return say("new_customers.waiting.reached", days=formats.count(reached), share=share)


def _first_title(context: Context, entries: tuple[FirstPurchase, ...]) -> str:
    """Name the first purchase that leads to a second clearly more often than the others do, if there is one."""
    everyone = entries[0].again
    clear = [entry for entry in entries[1:] if _is_better(entry.again, everyone)]
    if not clear:
        return context.wording.say("new_customers.first_purchases.title_none")
    best = max(clear, key=lambda entry: (entry.again.share or 0.0, entry.again.n))
    return context.wording.say(
        f"new_customers.first_purchases.title_{best.kind}",
        name=best.name,
        rate=context.formats.rate(best.again),
    )


def _is_better(rate: Rate, everyone: Rate) -> bool:
    others = Rate(everyone.k - rate.k, everyone.n - rate.n)
    return rate.n >= TOO_FEW and others.n >= TOO_FEW and difference_interval(rate, others)[0] > 0


def _benchmark(context: Context, new: NewCustomers) -> str:
    say, formats = context.wording.say, context.formats
    parts = [
        say(f"new_customers.costs.own_{name}", times=formats.number(float(times), 1))
        for name, times in (("retained", new.costs.new_to_retained), ("won_back", new.costs.new_to_won_back))
        if times is not None
    ]
    quoted = say("new_customers.costs.quoted")
    return f"{say('new_customers.costs.here', times=formats.listing(parts))} {quoted}" if parts else quoted
