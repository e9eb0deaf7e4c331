"""The lists to work with: whom to win back, and whom to ask for the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    customer_cell,
    customer_list,
    day_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
)

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.results import LostCustomers
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column, Table

_PRINT_ROWS = 6
_SCREEN_ROWS = 100


def win_back_table(context: Context, lost: LostCustomers) -> Table | None:
    """List who may be won back, by expected gain; None without any candidate."""
    if not lost.win_back:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(entry.contact.name if entry.contact else say("common.nothing")),
            text_cell(entry.sales_rep or say("common.nothing")),
            permission_cell(context, entry.permission),
            day_cell(context, entry.left_on),
            money_cell(context, entry.revenue_year),
            money_cell(context, entry.expected_gain),
        )
        for entry in lost.win_back
    ]
    return customer_list(
        context,
        "win-back",
        say("lost_customers.tables.win_back"),
        (
            *_texts(context, "customer", "person", "sales_rep", "permission"),
            *_numbers(context, "left_on", "revenue_year", "expected_gain"),
        ),
        rows,
        subtitle=say("lost_customers.tables.win_back_subtitle", currency=context.client.currency),
        action=say("lost_customers.tables.win_back_action"),
        print_rows=_PRINT_ROWS,
        screen_rows=_SCREEN_ROWS,
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))
