"""The lists to work with as the page shows them, each name leading to the customer's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.actions.lists import present_actions
from retention_reports.presentation.recommendations.titles import list_anchor
from retention_reports.presentation.tables import (
    customer_cell,
    customer_list,
    day_cell,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
)
from retention_reports.presentation.view import Row, SectionView

if TYPE_CHECKING:
    from retention_reports.presentation.actions.lists import Action, ActionList
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell, Table

_TEXTS = ("customer", "person", "phone", "email", "permission", "reason", "evidence", "owner")
_NUMBERS = ("due", "money")


def present_work_lists(context: Context) -> SectionView | None:
    """Show every list with anybody on it; None without any."""
    lists = present_actions(context).lists
    if not lists:
        return None
    say, number = context.wording.say, sum(len(one.actions) for one in lists)
    return SectionView(
        key="work-lists",
        title=say("actions.page.title"),
        headline=context.wording.count("actions.page.headline", number, n=context.formats.count(number)),
        rows=tuple(Row((_table(context, one),), on_paper=False) for one in lists),
    )


def _table(context: Context, one: ActionList) -> Table:
    say = context.wording.say
    unit = say(f"actions.units.{'margin' if context.register.is_margin else 'revenue'}")
    return customer_list(
        context,
        list_anchor(one.kind),
        one.name,
        (
            *text_columns(*(say(f"actions.columns.{name}") for name in _TEXTS)),
            *numeric_columns(*(say(f"actions.page.{name}") for name in _NUMBERS)),
        ),
        [_row(context, action) for action in one.actions],
        subtitle=say("actions.page.subtitle", unit=unit, currency=context.client.currency),
        folded=True,
        on_paper=False,
    )


def _row(context: Context, action: Action) -> tuple[Cell, ...]:
    texts = (action.person, action.phone, action.email, action.permission, action.reason, action.evidence, action.owner)
    nothing, expected = context.wording.say("common.nothing"), action.amounts[0]
    return (
        customer_cell(action.customer, action.customer_id),
        *(text_cell(text or nothing) for text in texts),
        day_cell(context, action.due),
        text_cell(expected) if isinstance(expected, str) else money_cell(context, expected),
    )
