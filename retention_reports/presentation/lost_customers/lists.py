"""The lists to work with: whom to ask for the reason, and whom to win back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.lost_customers.reasons import reason_name, way_cell
from retention_reports.presentation.tables import (
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
from retention_reports.presentation.view import Cell
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.lost_customers.lost_customer_results import LostCustomers
    from retention_reports.analyses.lost_customers.win_back_results import WinBackCandidate
    from retention_reports.model.addressees import Addressee
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column, Table

_CALLS_ON_PAPER = 5
_PRINT_ROWS = 6
_SCREEN_ROWS = 60


def call_table(context: Context, lost: LostCustomers) -> Table | None:
    """List lost customers whose reason nobody knows; None without any, or where no reasons are kept."""
    if lost.reason_known is None or not lost.call_list:
        return None
    say, formats = context.wording.say, context.formats
    listed = listable(context, Kind.ASK_REASON, lost.call_list)
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            _person_cell(context, entry.contact),
            text_cell(entry.sales_rep or say("common.nothing")),
            permission_cell(context, entry.permission),
            way_cell(context, by_notice=entry.by_notice),
            day_cell(context, entry.last_purchase),
            money_cell(context, entry.revenue_year),
        )
        for entry in listed
    ]
    return customer_list(
        context,
        "loss-call-list",
        context.wording.count(
            "lost_customers.tables.calls",
            len(lost.call_list),
            n=formats.count(len(lost.call_list)),
            all=formats.count(lost.reason_known.n),
        ),
        (
            *_texts(context, "customer", "person", "sales_rep", "permission", "way"),
            *_numbers(context, "last_purchase", "revenue_year"),
        ),
        rows,
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
    if not listed:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(reason_name(context, entry.reason)),
            _person_cell(context, entry.contact),
            text_cell(entry.sales_rep or say("common.nothing")),
            permission_cell(context, entry.permission),
            day_cell(context, entry.contacted_on),
            money_cell(context, entry.revenue_year),
            _chance_cell(context, entry),
            money_cell(context, entry.expected_gain),
        )
        for entry in listed
    ]
    return customer_list(
        context,
        "win-back",
        say("lost_customers.tables.win_back"),
        (
            *_texts(context, "customer", "reason", "person", "sales_rep", "permission"),
            *_numbers(context, "contacted_on", "revenue_year", "chance", "expected_gain"),
        ),
        rows,
        subtitle=_win_back_subtitle(context, lost),
        action=say("lost_customers.tables.win_back_action"),
        print_rows=_PRINT_ROWS,
        screen_rows=_SCREEN_ROWS,
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


def _chance_cell(context: Context, entry: WinBackCandidate) -> Cell:
    if entry.chance is None:
        return unknown_cell(context)
    chance = float(entry.chance)
    return Cell(context.formats.percent(chance, 0), sort=str(round(chance, 6)))


def _person_cell(context: Context, contact: Addressee | None) -> Cell:
    return text_cell(contact.name if contact else context.wording.say("common.nothing"))


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"lost_customers.columns.{name}") for name in names))
