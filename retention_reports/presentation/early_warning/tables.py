"""The lists and numbers of the early warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.early_warning.reasons import proven_signals, reason_text
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
    from retention_reports.analyses.early_warning.results import EarlyWarning
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column, Table


def flagged_table(context: Context, warning: EarlyWarning) -> Table | None:
    """List who shows a sign, by money at stake; None where nobody does."""
    if not warning.flagged:
        return None
    say, proven = context.wording.say, proven_signals(warning)
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(reason_text(context, entry.signals, proven)),
            text_cell(entry.contact.name if entry.contact else say("common.nothing")),
            text_cell(entry.sales_rep or say("common.nothing")),
            permission_cell(context, entry.permission),
            day_cell(context, entry.last_contact),
            money_cell(context, entry.at_stake),
        )
        for entry in warning.flagged
    ]
    return customer_list(
        context,
        "early-warning",
        say("early_warning.tables.flagged"),
        (
            *_texts(context, "customer", "reason", "person", "sales_rep", "permission"),
            *_numbers(context, "last_contact", "at_stake"),
        ),
        rows,
        subtitle=say("early_warning.tables.flagged_subtitle", currency=context.client.currency),
        action=say("early_warning.tables.flagged_action"),
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"early_warning.columns.{name}") for name in names))
