"""The list of notices: whom to call first, and what answering soon has brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
)
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.analyses.lost_customers.notice_results import Notice, NoticeManagement
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Cell, Table

_ON_PAPER = 4


def notices_table(context: Context, lost: LostCustomers) -> Table | None:
    """List the notices of the last twelve months, the unanswered first; None without any."""
    found = lost.notices
    if not found.notices or not context.knows("lost_customers", "notices"):
        return None
    say = context.wording.say
    listed = listable(context, Kind.ANSWER_NOTICE, found.notices)
    columns = [say(f"lost_customers.columns.{name}") for name in ("given_on", "answered_after", "revenue_year")]
    return customer_list(
        context,
        "notices",
        _title(context, found),
        (
            *text_columns(say("lost_customers.columns.customer"), say("lost_customers.columns.standing")),
            *numeric_columns(*columns),
        ),
        [_row(context, notice, told=found.unanswered is not None) for notice in listed],
        subtitle=say("lost_customers.tables.notices_subtitle", currency=context.client.currency),
        action=" ".join(filter(None, (say("lost_customers.tables.notices_action"), _experience(context, found)))),
        print_rows=_ON_PAPER,
        left_out=len(found.notices) - len(listed),
    )


def _title(context: Context, found: NoticeManagement) -> str:
    if found.unanswered is None:
        return context.wording.say("lost_customers.tables.notices_all")
    number = context.formats.count(found.unanswered)
    return context.wording.count("lost_customers.tables.notices", found.unanswered, n=number)


def _row(context: Context, notice: Notice, *, told: bool) -> tuple[Cell, ...]:
    state = "back" if notice.returned_on else "answered" if notice.first_contact_on else "open" if told else "away"
    return (
        customer_cell(notice.name, notice.customer_id),
        text_cell(context.wording.say(f"lost_customers.notice_states.{state}")),
        day_cell(context, notice.given_on),
        count_cell(context, notice.days_to_contact),
        money_cell(context, notice.revenue_year),
    )


def _experience(context: Context, found: NoticeManagement) -> str:
    """Tell who came back by how soon they were answered; "" where no notice is old enough to tell."""
    parts = [
        context.wording.say(f"lost_customers.notice_reactions.{reaction}", rate=context.formats.k_of_n(rate))
        for reaction, rate in found.reactions or ()
        if rate.n
    ]
    if not parts:
        return ""
    return context.wording.say("lost_customers.notice_reactions.sentence", groups=context.formats.listing(parts))
