"""The customers and segments behind the pillars' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.model.statuses import Status
from retention_reports.presentation.columns import (
    customer,
    day,
    headings,
    money,
    money_change,
    rows,
    section_list,
    segment,
    text,
    worded,
)
from retention_reports.presentation.pillars.pillar_conclusions import left_customers, status_name
from retention_reports.presentation.tables import (
    EVERYBODY_ON_SCREEN,
    count_cell,
    customer_list,
    money_cell,
    money_change_cell,
    numeric_columns,
    rate_cell,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Cell, Column, Table

if TYPE_CHECKING:
    from retention_reports.analyses.pillars.pillar_analysis import Pillars
    from retention_reports.analyses.pillars.pillar_results import CustomerStanding, SegmentMovement
    from retention_reports.analyses.revenue_bridge import CustomerMovement, RevenueBridge
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context


_MOVERS: Columns[CustomerMovement] = (
    customer("customer", lambda entry: entry),
    worded("what", lambda context, entry: context.wording.say(f"pillars.movement.{entry.movement}")),
    money("before", lambda entry: entry.before),
    money("now", lambda entry: entry.now),
    money_change("difference", lambda entry: entry.difference),
)
_LEFT: Columns[CustomerStanding] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    worded("how", lambda context, entry: context.wording.say(f"pillars.ways.{_way(entry)}")),
    day("last_purchase", lambda entry: entry.last_purchase),
    money("yearly_value", lambda entry: entry.yearly_value),
)
_CAME: Columns[CustomerStanding] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    worded("status", lambda context, entry: status_name(context, entry.status)),
    day("first_purchase", lambda entry: entry.first_purchase),
    money("quarter_revenue", lambda entry: entry.revenue_quarter),
)
_EVERYBODY: Columns[CustomerStanding] = (
    customer("customer", lambda entry: entry),
    text("number", lambda entry: entry.customer_id),
    segment(lambda entry: entry.segment),
    worded("status", lambda context, entry: status_name(context, entry.status)),
    day("last_purchase", lambda entry: entry.last_purchase),
    money("quarter_revenue", lambda entry: entry.revenue_quarter),
    money("year_revenue", lambda entry: entry.revenue_year),
    money_change("year_change", lambda entry: entry.revenue_year - entry.revenue_before),
)


def _way(entry: CustomerStanding) -> str:
    return "notice" if entry.gave_notice else "silent"


def movers_table(context: Context, bridge: RevenueBridge) -> Table | None:
    """List whose revenue changed most against the same quarter a year ago."""
    subtitle = context.wording.say(
        "pillars.tables.movers_subtitle",
        currency=context.client.currency,
        before=context.formats.quarter(context.quarter.year_before),
        now=context.formats.quarter(context.quarter),
    )
    return section_list(
        context,
        "pillars",
        "movers",
        _MOVERS,
        bridge.customers,
        identifier="movers",
        subtitle=subtitle,
        on_paper=True,
    )


def left_table(context: Context, pillars: Pillars) -> Table | None:
    """List who left in the quarter; None where nobody did or nobody can tell."""
    left = () if pillars.current.bridge.lost is None else left_customers(pillars)
    return section_list(context, "pillars", "left", _LEFT, left, identifier="left", on_paper=True)


def came_table(context: Context, pillars: Pillars) -> Table | None:
    """List who is new or was won back in the quarter; None where nobody is or nobody can tell."""
    if pillars.current.bridge.new is None:
        return None
    came = [entry for entry in pillars.customers if entry.status in (Status.NEW, Status.WON_BACK)]
    ranked = sorted(came, key=lambda entry: (-entry.revenue_quarter, entry.customer_id))
    return section_list(context, "pillars", "came", _CAME, ranked, identifier="came", on_paper=True)


def all_customers_table(context: Context, pillars: Pillars) -> Table:
    """List every customer with its status, for the screen only."""
    say = context.wording.say
    return customer_list(
        context,
        "customers",
        say("pillars.tables.all"),
        headings(context, "pillars", _EVERYBODY),
        rows(context, _EVERYBODY, pillars.customers[:EVERYBODY_ON_SCREEN]),
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
            rate_cell(context, entry.retention_rate_12m),
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
        rate_cell(context, Rate(segment.kept, segment.active_year_ago)),
        money_cell(context, segment.revenue_year),
        money_change_cell(context, segment.revenue_year - segment.revenue_before),
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"pillars.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"pillars.columns.{name}") for name in names))
