"""Tables of groups: value classes and their movement, scores, the factors of revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.loyal_customers.concentration import CLASSES_BEFORE, CLASSES_NOW
from retention_reports.presentation.tables import (
    count_cell,
    customers_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.decomposition import Decomposition, RevenueFactors
    from retention_reports.analyses.loyal_customers.loyal_customer_results import LoyalCustomers
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column


def classes_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """Show customers by value class a year ago (rows) and now (columns); the classes alone where that is not known."""
    found = loyal.concentration
    if not found.classes:
        return None
    if not found.movements:
        return _classes_alone(context, loyal)
    say = context.wording.say
    counts = {(movement.before, movement.now): movement.customers for movement in found.movements}
    rows = tuple(
        (
            text_cell(say(f"loyal_customers.classes.before_{before}")),
            *(count_cell(context, counts.get((before, now), 0)) for now in CLASSES_NOW),
            count_cell(context, sum(counts.get((before, now), 0) for now in CLASSES_NOW)),
        )
        for before in CLASSES_BEFORE
    )
    sums = [sum(counts.get((before, now), 0) for before in CLASSES_BEFORE) for now in CLASSES_NOW]
    return Table(
        identifier="class-movements",
        title=say("loyal_customers.tables.classes"),
        subtitle=say("loyal_customers.tables.classes_subtitle"),
        columns=(
            *_texts(context, "a_year_ago"),
            *numeric_columns(*(say(f"loyal_customers.classes.now_{now}") for now in CLASSES_NOW)),
            *_numbers(context, "sum"),
        ),
        rows=rows,
        total=(
            text_cell(say("common.sum")),
            *(count_cell(context, number) for number in sums),
            count_cell(context, sum(sums)),
        ),
    )


def score_groups_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """Show active customers by recency, frequency, and value, with what to do; None where not known."""
    found = loyal.scores
    if not found.groups:
        return None
    say = context.wording.say
    known = bool(found.movements)
    rows = tuple(
        (
            text_cell(say(f"loyal_customers.scores.{group.name}")),
            text_cell(say(f"loyal_customers.scores.{group.name}_action")),
            customers_cell(context, group.customers),
            count_cell(
                context,
                sum(entry.customers for entry in found.movements if entry.before == group.name) if known else None,
            ),
            money_cell(context, group.revenue),
        )
        for group in found.groups
    )
    return Table(
        identifier="score-groups",
        title=say("loyal_customers.tables.scores"),
        subtitle=say("loyal_customers.tables.scores_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "group", "action"), *_numbers(context, "customers", "customers_before", "revenue")),
        rows=rows,
    )


def factors_numbers(context: Context, found: Decomposition) -> Table:
    """Show the factors of both years beside each other."""
    say = context.wording.say
    sides = (found.now, found.before)
    rows = (
        (text_cell(say("loyal_customers.factors.customers")), *(_customers(context, side) for side in sides)),
        (text_cell(say("loyal_customers.factors.orders_per_customer")), *(_orders(context, side) for side in sides)),
        (
            text_cell(say("loyal_customers.factors.average_order_value")),
            *(money_cell(context, side.average_order_value if side else None) for side in sides),
        ),
        (
            text_cell(say("loyal_customers.columns.revenue")),
            *(money_cell(context, side.revenue if side else None) for side in sides),
        ),
    )
    return Table(
        identifier="revenue-factors-numbers",
        title=say("loyal_customers.tables.factors"),
        subtitle=say("loyal_customers.tables.factors_subtitle", currency=context.client.currency),
        columns=(
            *_texts(context, "factor"),
            *numeric_columns(say("loyal_customers.factors.now"), say("loyal_customers.factors.before")),
        ),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _classes_alone(context: Context, loyal: LoyalCustomers) -> Table:
    say = context.wording.say
    rows = tuple(
        (
            text_cell(say(f"loyal_customers.classes.now_{entry.name}")),
            customers_cell(context, entry.customers),
            money_cell(context, entry.revenue),
        )
        for entry in loyal.concentration.classes
    )
    return Table(
        identifier="classes",
        title=say("loyal_customers.tables.classes_alone"),
        subtitle=say("loyal_customers.tables.classes_alone_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "class"), *_numbers(context, "customers", "revenue")),
        rows=rows,
    )


def _customers(context: Context, side: RevenueFactors | None) -> Cell:
    return count_cell(context, side.customers if side else None)


def _orders(context: Context, side: RevenueFactors | None) -> Cell:
    if side is None or side.orders_per_customer is None:
        return unknown_cell(context)
    value = float(side.orders_per_customer)
    return Cell(context.formats.number(value, 1), sort=str(value))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"loyal_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"loyal_customers.columns.{name}") for name in names))
