"""The monthly trend watch: how often, what, and how much regular customers buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.charts.sparkline import Sparkline, draw_sparkline
from retention_reports.model.figures import average
from retention_reports.model.money import UNIT
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Cell, Column, Table
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.early_warning.early_warning_results import (
        EarlyWarning,
        RegularCustomer,
        TrendMonth,
        TrendWatch,
    )
    from retention_reports.presentation.context import Context

_RECENT = 3
_WIDE, _HIGH = 104.0, 44.0
_SCREEN_ROWS = 25


@record
class _Measure:
    """One line of the trend: its monthly values, and its mean in the months before and in the last three."""

    name: str
    months: tuple[float | None, ...]
    before: str
    now: str


def trend_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Show value, frequency, and breadth over twelve months as small lines; None without regular customers."""
    trend = warning.trend
    if trend is None or not trend.regulars:
        return None
    say = context.wording.say
    measures = [measure for measure in _measures(context, trend) if any(value is not None for value in measure.months)]
    rows = tuple(
        (
            text_cell(say(f"early_warning.trend.{measure.name}")),
            Cell("", svg=_line(context, measure)),
            text_cell(measure.before),
            text_cell(measure.now),
        )
        for measure in measures
    )
    number = len(trend.regulars)
    return Table(
        identifier="early-warning-trend",
        title=context.wording.count("early_warning.trend.title", number, n=context.formats.count(number)),
        subtitle=say(
            "early_warning.trend.subtitle",
            first=context.formats.month(trend.months[0].month),
            last=context.formats.month(trend.months[-1].month),
        ),
        columns=(*_texts(context, "each_month", "course"), *_numbers(context, "months_before", "months_now")),
        rows=rows,
    )


def regulars_table(context: Context, warning: EarlyWarning) -> Table | None:
    """Show each regular customer's months: amounts as a line, purchases, categories; None without any."""
    trend = warning.trend
    if trend is None or not trend.regulars:
        return None
    say = context.wording.say
    rows = [_regular_row(context, entry) for entry in trend.regulars]
    return customer_list(
        context,
        "early-warning-regulars",
        say("early_warning.tables.regulars"),
        (
            *_texts(context, "customer", "course"),
            *_numbers(context, "purchases_before", "purchases_now", "amount_before", "amount_now", "categories_now"),
        ),
        rows,
        subtitle=say("early_warning.tables.regulars_subtitle", currency=context.client.currency),
        action=say("early_warning.tables.regulars_action"),
        screen_rows=_SCREEN_ROWS,
        folded=True,
        on_paper=False,
    )


def _regular_row(context: Context, entry: RegularCustomer) -> tuple[Cell, ...]:
    line = draw_sparkline(
        Sparkline(
            tuple(amount / UNIT for amount in entry.amounts),
            title=context.wording.say("early_warning.trend.line", name=entry.name),
        )
    )
    months = (slice(0, -_RECENT), slice(-_RECENT, None))
    categories = None if entry.categories is None else max(entry.categories[-_RECENT:])
    return (
        customer_cell(entry.name, entry.customer_id),
        Cell("", svg=line),
        *(count_cell(context, sum(entry.purchases[part])) for part in months),
        *(money_cell(context, average(sum(entry.amounts[part]), len(entry.amounts[part]))) for part in months),
        count_cell(context, categories),
    )


def _measures(context: Context, trend: TrendWatch) -> tuple[_Measure, ...]:
    number, months = context.formats.number, trend.months
    regulars = len(trend.regulars)
    parts = (months[:-_RECENT], months[-_RECENT:])
    values = [average(sum(one.revenue for one in part), sum(one.purchases for one in part)) for part in parts]
    counts = [sum(one.purchases for one in part) / len(part) / regulars for part in parts]
    return (
        _Measure(
            "value",
            tuple(None if one.average_order_value is None else one.average_order_value / UNIT for one in months),
            *(context.wording.say("common.nothing") if one is None else context.formats.money(one) for one in values),
        ),
        _Measure("frequency", tuple(one.purchases / regulars for one in months), *(number(one, 2) for one in counts)),
        _Measure("breadth", tuple(one.categories for one in months), *(_breadth(context, part) for part in parts)),
    )


def _breadth(context: Context, months: Sequence[TrendMonth]) -> str:
    """Return distinct categories a buyer and month, each buyer's month counted once."""
    known = [(one.categories, one.buyers) for one in months if one.categories is not None]
    buyers = sum(number for _, number in known)
    if not buyers:
        return context.wording.say("common.nothing")
    return context.formats.number(sum(categories * number for categories, number in known) / buyers, 2)


def _line(context: Context, measure: _Measure) -> str:
    say = context.wording.say
    title = say("early_warning.trend.line", name=say(f"early_warning.trend.{measure.name}"))
    return draw_sparkline(Sparkline(measure.months, title=title, width=_WIDE, height=_HIGH))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))
