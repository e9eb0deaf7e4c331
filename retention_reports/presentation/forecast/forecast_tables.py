"""The lists behind the forecast: quarters, pillars, customers, and next orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate
from retention_reports.model.quarters import MONTHS_PER_YEAR
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    listable,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column, Table
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention_reports.analyses.forecast.customer_base_results import (
        CustomerValue,
        LifetimeValues,
        PillarValue,
    )
    from retention_reports.analyses.forecast.next_order_results import NextOrder, NextOrders
    from retention_reports.analyses.forecast.series_results import PastQuarter, SeriesForecast
    from retention_reports.presentation.context import Context

_ORDERS_ON_SCREEN = 40
_CUSTOMERS_ON_SCREEN = 25


def history_table(context: Context, past: Sequence[PastQuarter]) -> Table:
    """Show the numbers of the chart: forecast, rule, and what came, quarter by quarter."""
    say, formats = context.wording.say, context.formats
    rows = tuple(
        (
            text_cell(formats.quarter_short(entry.quarter)),
            text_cell(say(f"forecast.rules.{entry.rule}")),
            money_cell(context, entry.estimate.expected),
            money_cell(context, entry.actual),
            _difference_cell(context, entry),
        )
        for entry in past
    )
    return Table(
        identifier="forecast-numbers",
        title=say("forecast.tables.history"),
        subtitle=say("forecast.tables.history_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "quarter", "method"), *_numbers(context, "forecast", "came", "difference")),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def rules_table(context: Context, total: SeriesForecast | None) -> Table | None:
    """Show every rule in the running: how it did on past quarters, its weight, and what it says; None without any."""
    if total is None or not total.candidates:
        return None
    say, formats = context.wording.say, context.formats
    amounts = _short_cells(context, [[round(entry.expected)] for entry in total.candidates])
    rows = tuple(
        (
            text_cell(say(f"forecast.rules.{entry.rule}")),
            count_cell(context, entry.quarters),
            _share_cell(context, entry.error),
            Cell(formats.percent(entry.weight, 0), sort=str(entry.weight)),
            *cells,
        )
        for entry, cells in zip(total.candidates, amounts, strict=True)
    )
    tried = sum(entry.estimate.expected is not None for entry in total.past)
    return Table(
        identifier="forecast-rules",
        title=say("forecast.tables.rules"),
        subtitle=say("forecast.tables.rules_subtitle"),
        columns=(*_texts(context, "rule"), *_numbers(context, "tried", "error", "weight", "says")),
        rows=rows,
        total=(
            text_cell(say("forecast.tables.rules_total")),
            count_cell(context, tried),
            _share_cell(context, total.error),
            Cell(formats.percent(1, 0)),
            money_cell(context, total.estimate.expected),
        ),
    )


def pillars_table(context: Context, values: LifetimeValues) -> Table | None:
    """Show realised and expected value by pillar; None where the data is too young to tell pillars apart."""
    if not values.pillars:
        return None
    say = context.wording.say
    known = [_amounts(entry) for entry in values.pillars]
    *amounts, sums = _short_cells(context, [*known, [_sum(column) for column in zip(*known, strict=True)]])
    return Table(
        identifier="forecast-pillars",
        title=say("forecast.tables.pillars"),
        subtitle=_value_subtitle(context, values),
        action=say("forecast.tables.pillars_action"),
        columns=(*_texts(context, "pillar"), *_numbers(context, "customers", "realised", "expected", "low", "high")),
        rows=tuple(
            (
                text_cell(say(f"common.pillars.{entry.pillar}")),
                count_cell(context, entry.customers),
                *cells,
            )
            for entry, cells in zip(values.pillars, amounts, strict=True)
        ),
        total=(
            text_cell(say("common.sum")),
            count_cell(context, sum(entry.customers for entry in values.pillars)),
            *sums[:2],
            *[text_cell("")] * 2,  # the ends of intervals do not add up
        ),
    )


def customers_table(context: Context, values: LifetimeValues) -> Table | None:
    """List the customers of the largest expected value, for the screen; None where nothing is expected of anybody."""
    say = context.wording.say
    customers = [entry for entry in values.customers if entry.expected.expected]
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(say(f"common.statuses.{entry.status}")) if entry.status else unknown_cell(context),
            *cells,
        )
        for entry, cells in zip(customers, _short_cells(context, map(_amounts, customers)), strict=True)
    ]
    if not rows:
        return None
    return customer_list(
        context,
        "forecast-customers",
        say("forecast.tables.customers"),
        (*_texts(context, "customer", "status"), *_numbers(context, "realised", "expected", "low", "high")),
        rows,
        subtitle=_value_subtitle(context, values) + _held_text(context, values),
        action=say("forecast.tables.customers_action"),
        screen_rows=_CUSTOMERS_ON_SCREEN,
        folded=True,
        on_paper=False,
    )


def orders_table(context: Context, orders: NextOrders) -> Table | None:
    """List when regular customers should order next, those beyond their usual interval first; None without any.

    Where no days are told, only those stand who have waited longer than usual.
    """
    told = orders.tells_days
    shown = [order for order in orders.orders if told or overdue_days(context, order)]
    listed = listable(context, Kind.OVERDUE_ORDER, shown)
    if not listed:
        return None
    customers = context.dataset.customers
    permissions = dict(zip(customers["customer_id"].tolist(), customers["email_permission"].tolist(), strict=True))
    ranked = sorted(listed, key=lambda order: _urgency(context, order))
    rows = [_order_row(context, order, permissions[order.customer_id], told=told) for order in ranked]
    say, key = context.wording.say, "orders" if told else "overdue"
    return customer_list(
        context,
        "forecast-orders",
        say(f"forecast.tables.{key}"),
        (
            *_texts(context, "customer", "permission"),
            *_numbers(context, "last", "usual", "overdue", *(("earliest", "due", "latest") if told else ())),
        ),
        rows,
        subtitle=say(f"forecast.tables.{key}_subtitle", day=context.formats.day(context.dataset.cut_off)),
        action=say(f"forecast.tables.{key}_action"),
        screen_rows=_ORDERS_ON_SCREEN,
        on_paper=False,
        left_out=len(shown) - len(listed),
    )


def overdue_days(context: Context, order: NextOrder) -> int:
    """Return by how many days a customer has waited longer than usual; 0 where it has not."""
    return max(context.days_since(order.last_on) - order.usual_days, 0)


def _urgency(context: Context, order: NextOrder) -> tuple[bool, float, date, str]:
    """Rank the overdue by their wait in units of the usual interval, longest first; then all others by day due."""
    if overdue_days(context, order):
        return False, -context.days_since(order.last_on) / max(order.usual_days, 1), date.min, order.customer_id
    return True, 0.0, order.expected_on or date.max, order.customer_id


def _order_row(context: Context, order: NextOrder, permission: str, *, told: bool) -> tuple[Cell, ...]:
    days = (order.earliest_on, order.expected_on, order.latest_on) if told else ()
    return (
        customer_cell(order.name, order.customer_id),
        permission_cell(context, permission),
        day_cell(context, order.last_on),
        count_cell(context, order.usual_days),
        count_cell(context, overdue_days(context, order) or None),
        *(day_cell(context, day) for day in days),
    )


def _value_subtitle(context: Context, values: LifetimeValues) -> str:
    return context.wording.say(
        f"forecast.tables.value_subtitle.{values.method}",
        since=context.formats.day(context.dataset.data_from),
        years=context.formats.number(values.years, 0 if values.years.is_integer() else 1),
    )


def _held_text(context: Context, values: LifetimeValues) -> str:
    """Say how many single customers brought what was expected of one a year ago; "" where nothing was."""
    year = [one.checks[0].customers_held for one in values.coming if one.months == MONTHS_PER_YEAR and one.checks]
    held = [rate for rate in year if rate is not None]
    if not held:
        return ""
    whole = Rate(sum(rate.k for rate in held), sum(rate.n for rate in held))
    return context.wording.say("forecast.tables.customers_held", held=context.formats.k_of_n(whole))


def _difference_cell(context: Context, entry: PastQuarter) -> Cell:
    expected = entry.estimate.expected
    if not expected:
        return unknown_cell(context)
    change = (entry.actual - expected) / expected
    return Cell(context.formats.signed_percent(change), sort=str(change))


def _share_cell(context: Context, value: float | None) -> Cell:
    return unknown_cell(context) if value is None else Cell(context.formats.percent(value), sort=str(value))


def _sum(amounts: Sequence[int | None]) -> int | None:
    """Return the sum of the amounts that are known; None without any."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _amounts(entry: PillarValue | CustomerValue) -> tuple[int | None, ...]:
    return entry.realised, entry.expected.expected, entry.expected.low, entry.expected.high


def _short_cells(context: Context, rows: Iterable[Sequence[int | None]]) -> list[tuple[Cell, ...]]:
    """Return a table's amounts in one unit, as short as the smallest allows: estimates are not known to the unit."""
    known = [list(row) for row in rows]
    texts = iter(context.formats.money_alike([amount for row in known for amount in row if amount is not None]))
    return [
        tuple(
            unknown_cell(context) if amount is None else Cell(next(texts), sort=str(amount), money=amount)
            for amount in row
        )
        for row in known
    ]


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"forecast.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"forecast.columns.{name}") for name in names))
