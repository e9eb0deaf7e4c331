"""The customers behind the section on loyal customers, and what to do with each list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.loyal_customers.scores import AT_RISK
from retention_reports.presentation.columns import (
    ColumnOf,
    count,
    customer,
    day,
    money,
    money_change,
    permission,
    section_list,
    segment,
    text_or_dash,
    worded,
)
from retention_reports.presentation.tables import listable
from retention_reports.presentation.view import Cell
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from retention_reports.analyses.loyal_customers.ambassadors import Ambassador, Satisfied
    from retention_reports.analyses.loyal_customers.loyal_customer_results import CustomerProfile, LoyalCustomers
    from retention_reports.analyses.reachability.giving import NothingGiven
    from retention_reports.analyses.reachability.reachability_analysis import Reachability
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Table

_SECTION = "loyal_customers"


def _permission(entry: Satisfied) -> str:
    if entry.has_permission is None:
        return "unknown"
    return "yes" if entry.has_permission else "no"


def _change(entry: CustomerProfile) -> int | None:
    return None if entry.revenue_before is None else entry.revenue - entry.revenue_before


def _group(context: Context, entry: CustomerProfile) -> str:
    return context.wording.say(f"loyal_customers.scores.{entry.group}" if entry.group else "common.nothing")


_FADING: Columns[CustomerProfile] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    text_or_dash("class", lambda entry: entry.value_class),
    day("last_purchase", lambda entry: entry.last_purchase),
    money("revenue", lambda entry: entry.revenue),
    money_change("change", _change),
)
_SATISFIED: Columns[Satisfied] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    permission("permission", _permission),
    ColumnOf("score", lambda context, entry: Cell(context.formats.number(entry.score), sort=str(entry.score))),
    day("asked_on", lambda entry: entry.asked_on),
    money("revenue", lambda entry: entry.revenue_year),
)
_AMBASSADORS: Columns[Ambassador] = (
    customer("customer", lambda entry: entry),
    worded("referred", lambda context, entry: context.formats.listing(entry.referred)),
    money("revenue", lambda entry: entry.revenue_year),
    money("revenue_ever", lambda entry: entry.revenue_ever),
)
_NOTHING_GIVEN: Columns[NothingGiven] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    count("contacts", lambda entry: entry.contacts),
    money("revenue", lambda entry: entry.revenue_year),
)
_PROFILES: Columns[CustomerProfile] = (
    customer("customer", lambda entry: entry),
    segment(lambda entry: entry.segment),
    text_or_dash("class", lambda entry: entry.value_class),
    text_or_dash("class_before", lambda entry: entry.value_class_before),
    worded("group", _group),
    text_or_dash("scores", lambda entry: f"{entry.recency} {entry.frequency} {entry.value}" if entry.group else ""),
    count("categories", lambda entry: entry.categories),
    money("revenue", lambda entry: entry.revenue),
    money_change("change", _change),
)


def fading_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List active customers who bought often or much, and not for longer than is usual for them; None without any."""
    every = [entry for entry in loyal.customers if entry.group == AT_RISK and entry.waits]
    listed = listable(context, Kind.CONTACT, every)
    left_out = len(every) - len(listed)
    return section_list(
        context, _SECTION, "fading", _FADING, listed, identifier="fading", on_paper=True, left_out=left_out
    )


def satisfied_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List satisfied customers who have not referred anybody; None without any."""
    every = loyal.satisfied_not_asked or ()
    listed = listable(context, Kind.ASK_REFERRAL, every)
    left_out = len(every) - len(listed)
    return section_list(
        context, _SECTION, "satisfied", _SATISFIED, listed, identifier="satisfied", on_paper=True, left_out=left_out
    )


def ambassadors_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List customers who referred others; None without any."""
    found = loyal.referrals.ambassadors if loyal.referrals else ()
    return section_list(context, _SECTION, "ambassadors", _AMBASSADORS, found, identifier="ambassadors", on_paper=True)


def nothing_given_table(context: Context, reach: Reachability) -> Table | None:
    """List active customers who only hear from the client when it sells or bills; None without any."""
    found = reach.giving.customers if reach.giving else ()
    return section_list(
        context, _SECTION, "nothing_given", _NOTHING_GIVEN, found, identifier="nothing-given", folded=False
    )


def profiles_table(context: Context, loyal: LoyalCustomers) -> Table | None:
    """List every customer with revenue in the last two years, for the screen only; None where not known."""
    return section_list(context, _SECTION, "profiles", _PROFILES, loyal.customers, identifier="profiles")
