"""The lists behind segments and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.figures import Rate, average
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    count_cell,
    customer_cell,
    customer_list,
    customers_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Column, Table, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.segments.segment_results import Cancellations, Segments, Services, WishGroup
    from retention_reports.presentation.context import Context

_ON_PAPER = 4
_ON_SCREEN = 50


def costly_table(context: Context, segments: Segments) -> Table | None:
    """List relationships that cost more than they bring; None where there are none or nobody can tell."""
    relationships = segments.relationships
    if relationships is None or not relationships.customers:
        return None
    rows = [
        (
            customer_cell(entry.customer.name, entry.customer.customer_id),
            text_cell(entry.customer.sales_rep),
            money_cell(context, entry.customer.revenue),
            money_cell(context, entry.margin),
            money_cell(context, entry.contact_cost),
            money_cell(context, entry.contribution),
            *(count_cell(context, value) for value in (entry.contacts, entry.complaints, entry.returns)),
        )
        for entry in relationships.customers
    ]
    numbers = ("revenue", "margin", "contact_cost", "contribution", "contacts", "complaints", "returns")
    columns = (*_texts(context, "customer", "sales_rep"), *_numbers(context, *numbers))
    return _list(context, "costly", columns, rows, on_paper=True)


def portfolio_table(context: Context, segments: Segments) -> Table | None:
    """List who leaves the most potential open."""
    rows = [
        (
            customer_cell(point.customer.name, point.customer.customer_id),
            text_cell(point.customer.segment or context.wording.say("common.no_segment")),
            permission_cell(context, point.customer.permission),
            unknown_cell(context) if point.fit is None else count_cell(context, int(point.fit)),
            money_cell(context, point.customer.revenue),
            money_cell(context, point.open_potential),
        )
        for point in segments.portfolio
        if point.open_potential
    ]
    columns = (
        *_texts(context, "customer", "segment", "permission"),
        *_numbers(context, "fit", "revenue", "open"),
    )
    return _list(context, "portfolio", columns, rows)


def wishes_table(context: Context, name: str, groups: Sequence[WishGroup]) -> Table | None:
    """Show customers by `fit` or `motive` with revenue, margin and contacts."""
    rows = [
        (
            text_cell(group.name or context.wording.say("segments.columns.not_recorded")),
            customers_cell(context, group.customers),
            money_cell(context, group.revenue),
            money_cell(context, average(group.revenue, group.customers)),
            money_cell(context, group.margin),
            _contacts_each(context, group),
        )
        for group in groups
    ]
    columns = (
        *_texts(context, name),
        *_numbers(context, "customers", "revenue", "revenue_each", "margin", "contacts_each"),
    )
    return _list(context, name, columns, rows)


def cancellations_table(context: Context, name: str, entries: Sequence[Cancellations]) -> Table | None:
    """Show cancellations and returns by `sales_rep` or `channel`, next to their sales."""
    rows = [
        (
            text_cell(entry.name),
            count_cell(context, entry.cancelled.n),
            _rate_cell(context, entry.cancelled),
            _rate_cell(context, entry.returned),
            money_cell(context, entry.revenue),
        )
        for entry in entries
    ]
    columns = (*_texts(context, "name"), *_numbers(context, "orders", "cancelled", "returned", "revenue"))
    return _list(context, name, columns, rows, kind="cancellations")


def services_table(context: Context, services: Services | None) -> Table | None:
    """Show services as products."""
    rows = [
        (
            text_cell(entry.name),
            customers_cell(context, entry.customers),
            money_cell(context, entry.revenue),
            money_cell(context, entry.revenue_before),
            _coverage_cell(context, entry.coverage),
        )
        for entry in (services.products if services else ())
    ]
    columns = (*_texts(context, "service"), *_numbers(context, "customers", "revenue", "before", "coverage"))
    return _list(context, "services", columns, rows)


def _coverage_cell(context: Context, coverage: Rate | None) -> Cell:
    if coverage is None:
        return unknown_cell(context)
    tone = Tone.BAD if coverage.k < coverage.n else Tone.NEUTRAL
    return Cell(context.formats.percent(coverage.k / coverage.n, 0), sort=str(coverage.share), tone=tone)


def _list(  # noqa: PLR0913 -- a table has this many independent parts
    context: Context,
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    *,
    kind: str = "",
    on_paper: bool = False,
) -> Table | None:
    if not rows:
        return None
    say = context.wording.say
    action = f"segments.tables.{kind or name}_action"
    return customer_list(
        context,
        f"segments-{name.replace('_', '-')}",
        say(f"segments.tables.{name}"),
        columns,
        rows,
        subtitle=say(f"segments.tables.{kind or name}_subtitle", currency=context.client.currency),
        action=say(action) if context.wording.has(action) else "",
        print_rows=_ON_PAPER,
        screen_rows=_ON_SCREEN,
        folded=not on_paper,
        on_paper=on_paper,
    )


def _contacts_each(context: Context, group: WishGroup) -> Cell:
    if group.contacts is None:
        return unknown_cell(context)
    each = group.contacts / group.customers
    return Cell(context.formats.number(each, 1), sort=f"{each:.6f}")


def _rate_cell(context: Context, rate: Rate) -> Cell:
    return Cell(context.formats.rate_in_table(rate), sort=str(rate.share or 0))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"segments.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"segments.columns.{name}") for name in names))
