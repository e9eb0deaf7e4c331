"""The customers and segments behind the pillars' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.model.statuses import Status
from retention_reports.presentation.pillars.pillar_conclusions import left_customers, status_name
from retention_reports.presentation.tables import (
    EVERYBODY_ON_SCREEN,
    ROWS_ON_SCREEN,
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    money_cell,
    money_change_cell,
    numeric_columns,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Cell, Column, Table

if TYPE_CHECKING:
    from retention_reports.analyses.pillars.pillar_analysis import Pillars
    from retention_reports.analyses.pillars.pillar_results import SegmentMovement
    from retention_reports.analyses.revenue_bridge import RevenueBridge
    from retention_reports.presentation.context import Context


def movers_table(context: Context, bridge: RevenueBridge) -> Table | None:
    """List whose revenue changed most against the same quarter a year ago."""
    if not bridge.customers:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(customer.name, customer.customer_id),
            text_cell(say(f"pillars.movement.{customer.movement}")),
            money_cell(context, customer.before),
            money_cell(context, customer.now),
            money_change_cell(context, customer.difference),
        )
        for customer in bridge.customers[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "movers",
        say("pillars.tables.movers"),
        (*_texts(context, "customer", "what"), *_numbers(context, "before", "now", "difference")),
        rows,
        subtitle=say(
            "pillars.tables.movers_subtitle",
            currency=context.client.currency,
            before=context.formats.quarter(context.quarter.year_before),
            now=context.formats.quarter(context.quarter),
        ),
        action=say("pillars.tables.movers_action"),
        number=len(bridge.customers),
    )


def left_table(context: Context, pillars: Pillars) -> Table | None:
    """List who left in the quarter; None where nobody did or nobody can tell."""
    left = left_customers(pillars)
    if not left or pillars.current.bridge.lost is None:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(customer.name, customer.customer_id),
            text_cell(customer.segment or say("common.no_segment")),
            text_cell(say("pillars.ways.notice" if customer.gave_notice else "pillars.ways.silent")),
            day_cell(context, customer.last_purchase),
            money_cell(context, customer.yearly_value),
        )
        for customer in left[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "left",
        say("pillars.tables.left"),
        (*_texts(context, "customer", "segment", "how"), *_numbers(context, "last_purchase", "yearly_value")),
        rows,
        subtitle=say("pillars.tables.left_subtitle", currency=context.client.currency),
        action=say("pillars.tables.left_action"),
        number=len(left),
    )


def came_table(context: Context, pillars: Pillars) -> Table | None:
    """List who is new or was won back in the quarter; None where nobody is or nobody can tell."""
    came = [customer for customer in pillars.customers if customer.status in (Status.NEW, Status.WON_BACK)]
    if not came or pillars.current.bridge.new is None:
        return None
    say = context.wording.say
    ranked = sorted(came, key=lambda customer: (-customer.revenue_quarter, customer.customer_id))
    rows = [
        (
            customer_cell(customer.name, customer.customer_id),
            text_cell(customer.segment or say("common.no_segment")),
            text_cell(status_name(context, customer.status)),
            day_cell(context, customer.first_purchase),
            money_cell(context, customer.revenue_quarter),
        )
        for customer in ranked[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "came",
        say("pillars.tables.came"),
        (*_texts(context, "customer", "segment", "status"), *_numbers(context, "first_purchase", "quarter_revenue")),
        rows,
        subtitle=say("pillars.tables.came_subtitle", currency=context.client.currency),
        action=say("pillars.tables.came_action"),
        number=len(ranked),
    )


def all_customers_table(context: Context, pillars: Pillars) -> Table:
    """List every customer with its status, for the screen only."""
    say = context.wording.say
    rows = [
        (
            customer_cell(customer.name, customer.customer_id),
            text_cell(customer.customer_id),
            text_cell(customer.segment or say("common.no_segment")),
            text_cell(status_name(context, customer.status)),
            day_cell(context, customer.last_purchase),
            money_cell(context, customer.revenue_quarter),
            money_cell(context, customer.revenue_year),
            money_change_cell(context, customer.revenue_year - customer.revenue_before),
        )
        for customer in pillars.customers[:EVERYBODY_ON_SCREEN]
    ]
    return customer_list(
        context,
        "customers",
        say("pillars.tables.all"),
        (
            *_texts(context, "customer", "number", "segment", "status"),
            *_numbers(context, "last_purchase", "quarter_revenue", "year_revenue", "year_change"),
        ),
        rows,
        subtitle=say(
            "pillars.tables.all_subtitle",
            day=context.formats.long_day(context.dataset.cut_off),
            currency=context.client.currency,
        ),
        screen_rows=EVERYBODY_ON_SCREEN,
        number=len(pillars.customers),
        folded=True,
        on_paper=False,
    )


def segments_table(context: Context, pillars: Pillars) -> Table | None:
    """Show the movements by segment; None without segments."""
    if not pillars.segments:
        return None
    say = context.wording.say
    return Table(
        identifier="pillar-segments",
        title=say("pillars.tables.segments"),
        subtitle=say("pillars.tables.segments_subtitle"),
        columns=(
            *_texts(context, "segment"),
            *_numbers(
                context, "opening", "new", "won_back", "lost", "closing", "retention", "year_revenue", "year_change"
            ),
        ),
        rows=tuple(_segment_row(context, segment) for segment in pillars.segments),
    )


def history_table(context: Context, pillars: Pillars) -> Table:
    """Show eight quarters beside each other: the numbers of the section's charts."""
    say, formats = context.wording.say, context.formats
    rows = tuple(
        (
            text_cell(formats.quarter_short(entry.quarter)),
            *(
                count_cell(context, value)
                for value in entry.bridge.figures().values()
                if value is None or isinstance(value, int)
            ),
            _rate_cell(context, entry.retention_rate_12m),
            *(
                money_cell(context, value)
                for value in (
                    entry.revenue.loyal,
                    entry.revenue.new,
                    entry.revenue.won_back,
                    entry.revenue.lost,
                    entry.revenue.total,
                )
            ),
        )
        for entry in pillars.history
    )
    groups = tuple(Column(say(f"common.pillars.{name}"), numeric=True) for name in ("loyal", "new", "won_back", "lost"))
    return Table(
        identifier="pillar-history",
        title=say("pillars.tables.history"),
        subtitle=say("pillars.tables.history_subtitle"),
        columns=(
            *_texts(context, "quarter"),
            *_numbers(context, "opening", "new", "won_back", "lost", "closing", "retention"),
            *groups,
            *_numbers(context, "revenue"),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _segment_row(context: Context, segment: SegmentMovement) -> tuple[Cell, ...]:
    return (
        text_cell(segment.segment or context.wording.say("common.no_segment")),
        *(
            count_cell(context, value)
            for value in (segment.opening, segment.new, segment.won_back, segment.lost, segment.closing)
        ),
        _rate_cell(context, Rate(segment.kept, segment.active_year_ago)),
        money_cell(context, segment.revenue_year),
        money_change_cell(context, segment.revenue_year - segment.revenue_before),
    )


def _rate_cell(context: Context, rate: Rate | None) -> Cell:
    if rate is None or rate.share is None:
        return Cell(context.wording.say("common.nothing"))
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"pillars.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"pillars.columns.{name}") for name in names))
