"""The customers behind the section on loyal customers, and what to do with each list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.loyal_customers.scores import AT_RISK
from retention_reports.presentation.composing import permission_cell
from retention_reports.presentation.tables import (
    ROWS_ON_SCREEN,
    count_cell,
    customer_cell,
    customer_list,
    day_cell,
    listable,
    money_cell,
    money_change_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Cell, Table
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.loyal_customer_results import CustomerProfile, LoyalCustomers
    from retention_reports.analyses.reachability.reachability_analysis import Reachability
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column

_SHORT = 5


def fading_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List active customers who bought often or much, and not for longer than is usual for them; None without any."""
    every = [entry for entry in loyal.customers if entry.group == AT_RISK and entry.waits]
    fading = listable(context, Kind.CONTACT, every)
    if not fading:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            _segment(context, entry.segment),
            text_cell(entry.value_class or say("common.nothing")),
            day_cell(context, entry.last_purchase),
            money_cell(context, entry.revenue),
            _change(context, entry),
        )
        for entry in fading[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "fading",
        say("loyal_customers.tables.fading"),
        (*_texts(context, "customer", "segment", "class"), *_numbers(context, "last_purchase", "revenue", "change")),
        rows,
        subtitle=say("loyal_customers.tables.fading_subtitle", currency=context.client.currency),
        action=say("loyal_customers.tables.fading_action"),
        print_rows=_SHORT,
        number=len(fading),
        left_out=len(every) - len(fading),
    )


def satisfied_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List satisfied customers who have not referred anybody; None without any."""
    every = loyal.satisfied_not_asked or ()
    listed = listable(context, Kind.ASK_REFERRAL, every)
    if not listed:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            _segment(context, entry.segment),
            permission_cell(context, _permission(has_permission=entry.has_permission)),
            Cell(context.formats.number(entry.score), sort=str(entry.score)),
            day_cell(context, entry.asked_on),
            money_cell(context, entry.revenue_year),
        )
        for entry in listed[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "satisfied",
        say("loyal_customers.tables.satisfied"),
        (*_texts(context, "customer", "segment", "permission"), *_numbers(context, "score", "asked_on", "revenue")),
        rows,
        subtitle=say("loyal_customers.tables.satisfied_subtitle", currency=context.client.currency),
        action=say("loyal_customers.tables.satisfied_action"),
        print_rows=_SHORT,
        number=len(listed),
        left_out=len(every) - len(listed),
    )


def ambassadors_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List customers who referred others; None without any."""
    if loyal.referrals is None or not loyal.referrals.ambassadors:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            text_cell(context.formats.listing(entry.referred)),
            money_cell(context, entry.revenue_year),
            money_cell(context, entry.revenue_ever),
        )
        for entry in loyal.referrals.ambassadors[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "ambassadors",
        say("loyal_customers.tables.ambassadors"),
        (*_texts(context, "customer", "referred"), *_numbers(context, "revenue", "revenue_ever")),
        rows,
        subtitle=say("loyal_customers.tables.ambassadors_subtitle", currency=context.client.currency),
        action=say("loyal_customers.tables.ambassadors_action"),
        print_rows=_SHORT,
        number=len(loyal.referrals.ambassadors),
    )


def nothing_given_table(context: Context, reach: Reachability) -> Table | None:
    """List active customers who only hear from the client when it sells or bills; None without any."""
    if reach.giving is None or not reach.giving.customers:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            _segment(context, entry.segment),
            count_cell(context, entry.contacts),
            money_cell(context, entry.revenue_year),
        )
        for entry in reach.giving.customers[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "nothing-given",
        say("loyal_customers.tables.nothing_given"),
        (*_texts(context, "customer", "segment"), *_numbers(context, "contacts", "revenue")),
        rows,
        subtitle=say("loyal_customers.tables.nothing_given_subtitle", currency=context.client.currency),
        action=say("loyal_customers.tables.nothing_given_action"),
        on_paper=False,
        number=len(reach.giving.customers),
    )


def profiles_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List every customer with revenue in the last two years, for the screen only; None where not known."""
    if not loyal.customers:
        return None
    say = context.wording.say
    rows = [
        (
            customer_cell(entry.name, entry.customer_id),
            _segment(context, entry.segment),
            text_cell(entry.value_class or say("common.nothing")),
            text_cell(entry.value_class_before or say("common.nothing")),
            text_cell(say(f"loyal_customers.scores.{entry.group}") if entry.group else say("common.nothing")),
            text_cell(f"{entry.recency} {entry.frequency} {entry.value}" if entry.group else say("common.nothing")),
            count_cell(context, entry.categories),
            money_cell(context, entry.revenue),
            _change(context, entry),
        )
        for entry in loyal.customers[:ROWS_ON_SCREEN]
    ]
    return customer_list(
        context,
        "profiles",
        say("loyal_customers.tables.profiles"),
        (
            *_texts(context, "customer", "segment", "class", "class_before", "group", "scores"),
            *_numbers(context, "categories", "revenue", "change"),
        ),
        rows,
        subtitle=say("loyal_customers.tables.profiles_subtitle", currency=context.client.currency),
        folded=True,
        on_paper=False,
        number=len(loyal.customers),
    )


def _change(context: Context, entry: CustomerProfile) -> Cell:
    if entry.revenue_before is None:
        return unknown_cell(context)
    return money_change_cell(context, entry.revenue - entry.revenue_before)


def _segment(context: Context, segment: str) -> Cell:
    return text_cell(segment or context.wording.say("common.no_segment"))


def _permission(*, has_permission: bool | None) -> str:
    if has_permission is None:
        return "unknown"
    return "yes" if has_permission else "no"


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"loyal_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"loyal_customers.columns.{name}") for name in names))
