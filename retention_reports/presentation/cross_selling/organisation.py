"""How cross-selling is organised: contacts that customers begin, and which products suit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.lost_customers.reasons import department_name
from retention_reports.presentation.tables import (
    count_cell,
    numeric_columns,
    rate_cell,
    screen_table,
    text_cell,
    text_columns,
    unknown_cell,
)

if TYPE_CHECKING:
    from retention_reports.analyses.cross_selling.cross_selling_results import CrossSelling
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell, Column, Table


def departments_table(context: Context, result: CrossSelling) -> Table | None:
    """Show which department talks to customers how often, and what becomes of contacts that these begin."""
    rows = tuple(
        (
            text_cell(department_name(context, one.department)) if one.department else unknown_cell(context),
            count_cell(context, one.contacts),
            count_cell(context, one.begun),
            rate_cell(context, one.followed),
        )
        for one in result.organisation.departments
    )
    columns = (
        *text_columns(context.wording.say("cross_selling.columns.department")),
        *_numbers(context, "contacts", "begun", "offer_followed"),
    )
    return _table(context, "departments", columns, rows)


def suitability_table(context: Context, result: CrossSelling) -> Table | None:
    """Show how suitable each product is said to be for selling besides, and how many buyers added it later."""
    say = context.wording.say
    rows = tuple(
        (
            text_cell(one.name),
            text_cell(say(f"cross_selling.suitability.{one.suitability}")),
            rate_cell(context, one.added_later),
        )
        for one in result.organisation.suitability
    )
    columns = (
        *text_columns(say("cross_selling.columns.product"), say("cross_selling.columns.suitability")),
        *_numbers(context, "added_later"),
    )
    return _table(context, "suitability", columns, rows)


def customer_contacts_question(context: Context, result: CrossSelling) -> str:
    """Ask who uses the contacts that customers begin; "" where nobody records them or all led to an offer."""
    followed = result.organisation.followed
    if followed is None or followed.k == followed.n:
        return ""
    return context.wording.say("cross_selling.agenda.contacts", rate=context.formats.k_of_n(followed))


def _table(
    context: Context, name: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Table | None:
    say = context.wording.say
    return screen_table(
        f"cross-selling-{name}",
        say(f"cross_selling.tables.{name}"),
        columns,
        rows,
        subtitle=say(f"cross_selling.tables.{name}_subtitle"),
        action=say(f"cross_selling.tables.{name}_action"),
    )


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"cross_selling.columns.{name}") for name in names))
