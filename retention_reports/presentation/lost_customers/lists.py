"""The lists to work with: whom to ask for the reason, and whom to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.columns import (
    ColumnOf,
    customer,
    day,
    headings,
    money,
    permission,
    person,
    rows,
    section_list,
    text_or_dash,
    worded,
)
from retention_reports.presentation.lost_customers.reasons import reason_name, way_cell
from retention_reports.presentation.tables import customer_list, listable, unknown_cell
from retention_reports.presentation.view import Cell
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer import LostCustomer
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.analyses.lost_customers.win_back_results import WinBackCandidate
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Table

_CALLS_ON_PAPER = 5
_PRINT_ROWS = 6
_SCREEN_ROWS = 60


_NOTHING = "common.nothing"


def _chance_cell(context: Context, entry: WinBackCandidate) -> Cell:
    if entry.chance is None:
        return unknown_cell(context)
    chance = float(entry.chance)
    return Cell(context.formats.percent(chance, 0), sort=str(round(chance, 6)))


_CALLS: Columns[LostCustomer] = (
    customer("customer", lambda entry: entry),
    person("person", lambda entry: entry.contact, _NOTHING),
    text_or_dash("sales_rep", lambda entry: entry.sales_rep),
    permission("permission", lambda entry: entry.permission),
    ColumnOf("way", lambda context, entry: way_cell(context, by_notice=entry.by_notice), numeric=False),
    day("last_purchase", lambda entry: entry.last_purchase),
    money("revenue_year", lambda entry: entry.revenue_year),
)
_WIN_BACK: Columns[WinBackCandidate] = (
    customer("customer", lambda entry: entry),
    worded("reason", lambda context, entry: reason_name(context, entry.reason)),
    person("person", lambda entry: entry.contact, _NOTHING),
    text_or_dash("sales_rep", lambda entry: entry.sales_rep),
    permission("permission", lambda entry: entry.permission),
    day("contacted_on", lambda entry: entry.contacted_on),
    money("revenue_year", lambda entry: entry.revenue_year),
    ColumnOf("chance", _chance_cell),
    money("expected_gain", lambda entry: entry.expected_gain),
)


def call_table(context: Context, lost: LostCustomers) -> Table | None:
    """List lost customers whose reason nobody knows; None without any, or where no reasons are kept."""
    if lost.reason_known is None or not lost.call_list:
        return None
    say, formats = context.wording.say, context.formats
    listed = listable(context, Kind.ASK_REASON, lost.call_list)
    return customer_list(
        context,
        "loss-call-list",
        context.wording.count(
            "lost_customers.tables.calls",
            len(lost.call_list),
            n=formats.count(len(lost.call_list)),
            all=formats.count(lost.reason_known.n),
        ),
        headings(context, "lost_customers", _CALLS),
        rows(context, _CALLS, listed),
        subtitle=say("lost_customers.tables.calls_subtitle", currency=context.client.currency),
        action=say("lost_customers.tables.calls_action"),
        print_rows=_CALLS_ON_PAPER,
        screen_rows=_SCREEN_ROWS,
        left_out=len(lost.call_list) - len(listed),
    )


def win_back_table(context: Context, lost: LostCustomers) -> Table | None:
    """List who may be won back by expected gain (by revenue where no chance is known); None without any."""
    every = worthwhile(lost)
    listed = listable(context, Kind.WIN_BACK, every)
    return section_list(
        context,
        "lost_customers",
        "win_back",
        _WIN_BACK,
        listed,
        identifier="win-back",
        subtitle=_win_back_subtitle(context, lost),
        print_rows=_PRINT_ROWS,
        screen_rows=_SCREEN_ROWS,
        on_paper=True,
        left_out=len(every) - len(listed),
    )


def worthwhile(lost: LostCustomers) -> tuple[WinBackCandidate, ...]:
    """Return the candidates whose expected gain is above zero, or unknown."""
    return tuple(entry for entry in lost.win_back if entry.worthwhile or entry.expected_gain is None)


def _win_back_subtitle(context: Context, lost: LostCustomers) -> str:
    say, formats = context.wording.say, context.formats
    return say(
        f"lost_customers.tables.win_back_{'free' if lost.contact_cost_source == 'none' else 'priced'}",
        years=formats.number(float(lost.now.remaining_years), 1),
        cost=formats.money(lost.contact_cost),
        currency=context.client.currency,
    )
