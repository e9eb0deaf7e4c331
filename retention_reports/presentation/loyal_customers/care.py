"""How customers are looked after: deliveries kept or late, and whom one can write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.reachability.addresses import STATUS
from retention_reports.charts.frame import HALF_WIDTH, Value
from retention_reports.charts.ranked_bars import RankedBar, RankedBars, draw_ranked_bars
from retention_reports.charts.style import Role
from retention_reports.presentation.tables import count_cell, numeric_columns, rate_cell, text_cell, text_columns
from retention_reports.presentation.view import Cell, Chart, Table

if TYPE_CHECKING:
    from retention_reports.analyses.deliveries import Deliveries
    from retention_reports.analyses.reachability.addresses import Group
    from retention_reports.analyses.reachability.reachability_analysis import Reachability
    from retention_reports.presentation.context import Context

_STATUS_ROLES = {
    "new": Role.NEW,
    "loyal_repeat": Role.LOYAL,
    "loyal_single": Role.LOYAL,
    "won_back": Role.WON_BACK,
    "lost": Role.LOST,
}


def deliveries_chart(context: Context, delivered: Deliveries) -> Chart | None:
    """Draw who bought again after early, punctual, and late deliveries; None without deliveries."""
    shown = [outcome for outcome in delivered.outcomes if outcome.again.n]
    if not delivered.outcomes or not shown:
        return None
    say, formats = context.wording.say, context.formats
    title = _deliveries_title(context, delivered)
    bars = tuple(
        RankedBar(
            say(f"loyal_customers.deliveries.{outcome.name}"),
            Value((outcome.again.share or 0.0) * 100, formats.rate_in_table(outcome.again)),
        )
        for outcome in shown
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="deliveries",
            title=title,
            description=say("loyal_customers.deliveries.description"),
            width=HALF_WIDTH,
            bars=bars,
        )
    )
    subtitle = say("loyal_customers.deliveries.subtitle")
    return Chart(title, subtitle, svg, _deliveries_numbers(context, delivered), _deliveries_note(context, delivered))


def reach_chart(context: Context, reach: Reachability) -> Chart | None:
    """Draw the share one can and may write to by status and value class; None where no column tells."""
    everyone = reach.addresses.everyone
    if everyone is None or not everyone.reachable.n:
        return None
    say, formats = context.wording.say, context.formats
    title = say("loyal_customers.reach.title", rate=formats.rate(everyone.reachable))
    bars = tuple(
        RankedBar(
            _group_name(context, group),
            Value((group.reachable.share or 0.0) * 100, formats.rate_in_table(group.reachable)),
            role=_STATUS_ROLES.get(group.name, Role.ACTUAL),
        )
        for group in (reach.addresses.groups or (everyone,))
    )
    svg = draw_ranked_bars(
        RankedBars(
            identifier="reachability",
            title=title,
            description=say("loyal_customers.reach.description"),
            width=HALF_WIDTH,
            bars=bars,
        )
    )
    return Chart(title, say("loyal_customers.reach.subtitle"), svg, _reach_numbers(context, reach, everyone))


def late_matters(delivered: Deliveries) -> bool:
    """Tell whether clearly fewer customers bought again after late deliveries than after the others."""
    interval = delivered.difference
    return interval is not None and interval[1] < 0


def _deliveries_title(context: Context, delivered: Deliveries) -> str:
    say, rate = context.wording.say, context.formats.rate(delivered.late)
    key = "title_matters" if late_matters(delivered) else "title"
    return say(f"loyal_customers.deliveries.{key}", rate=rate)


def _deliveries_note(context: Context, delivered: Deliveries) -> str:
    late = next((outcome for outcome in delivered.outcomes if outcome.name == "late" and outcome.orders), None)
    if late is None or late.mean_days is None:
        return ""
    days = context.formats.number(late.mean_days, 1)
    return context.wording.say("loyal_customers.deliveries.note", days=days)


def _deliveries_numbers(context: Context, delivered: Deliveries) -> Table:
    say, formats = context.wording.say, context.formats
    rows = tuple(
        (
            text_cell(say(f"loyal_customers.deliveries.{outcome.name}")),
            count_cell(context, outcome.orders),
            Cell(say("common.nothing") if outcome.mean_days is None else formats.signed(outcome.mean_days, 1)),
            rate_cell(context, outcome.again),
            Cell(formats.interval(outcome.again) if outcome.again.n else say("common.nothing")),
        )
        for outcome in delivered.outcomes
    )
    return Table(
        identifier="deliveries-numbers",
        title=say("loyal_customers.tables.deliveries"),
        subtitle=say("loyal_customers.tables.deliveries_subtitle"),
        columns=(
            *text_columns(say("loyal_customers.columns.outcome")),
            *numeric_columns(
                *(say(f"loyal_customers.columns.{name}") for name in ("orders", "days", "again", "interval"))
            ),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _reach_numbers(context: Context, reach: Reachability, everyone: Group) -> Table:
    say = context.wording.say
    rows = tuple(
        (
            text_cell(_group_name(context, group)),
            count_cell(context, group.reachable.n),
            count_cell(context, group.address),
            count_cell(context, group.permission),
            count_cell(context, group.reachable.k),
        )
        for group in (*reach.addresses.groups, everyone)
    )
    return Table(
        identifier="reachability-numbers",
        title=say("loyal_customers.tables.reach"),
        subtitle=say("loyal_customers.tables.reach_subtitle"),
        columns=(
            *text_columns(say("loyal_customers.columns.group")),
            *numeric_columns(
                *(
                    say(f"loyal_customers.columns.{name}")
                    for name in ("customers", "address", "permission", "reachable")
                )
            ),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _group_name(context: Context, group: Group) -> str:
    if group.kind == STATUS:
        return context.wording.say(f"common.statuses.{group.name}")
    if not group.name:
        return context.wording.say("loyal_customers.reach.all")
    return context.wording.say("loyal_customers.reach.class", **{"class": group.name})
