"""The lists and numbers behind the section on new customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.presentation.columns import (
    count,
    customer,
    day,
    money,
    section_list,
    text_or_dash,
    worded,
)
from retention_reports.presentation.tables import (
    count_cell,
    listable,
    money_cell,
    numeric_columns,
    text_cell,
    text_columns,
    unknown_cell,
)
from retention_reports.presentation.view import Table
from retention_reports.recommending.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention_reports.analyses.new_customers.new_customer_results import (
        FirstPurchase,
        NewCustomers,
        OneTimeBuyer,
        RankValues,
    )
    from retention_reports.presentation.columns import Columns
    from retention_reports.presentation.context import Context
    from retention_reports.presentation.view import Column


def _reach(buyer: OneTimeBuyer) -> str:
    if buyer.has_address is None or buyer.has_permission is None:
        return "unknown"
    if not buyer.has_permission:
        return "no_permission"
    return "yes" if buyer.has_address else "no_address"


_ONE_TIME: Columns[OneTimeBuyer] = (
    customer("customer", lambda buyer: buyer),
    worded(
        "first_bought",
        lambda context, buyer: (
            context.formats.listing(buyer.categories) if buyer.categories else context.wording.say("common.nothing")
        ),
    ),
    text_or_dash("sales_person", lambda buyer: buyer.sales_rep),
    worded("reachable", lambda context, buyer: context.wording.say(f"new_customers.reach.{_reach(buyer)}")),
    day("bought_on", lambda buyer: buyer.bought_on),
    count("days_since", lambda buyer: buyer.days_since),
    money("value", lambda buyer: buyer.value),
)


def one_time_table(context: Context, new: NewCustomers) -> Table | None:
    """List active customers with one purchase day; None without any."""
    buyers = new.buyers or ()
    listed = listable(context, Kind.SECOND_PURCHASE, buyers)
    left_out = len(buyers) - len(listed)
    return section_list(
        context,
        "new_customers",
        "one_time",
        _ONE_TIME,
        listed,
        identifier="one-time-buyers",
        on_paper=True,
        left_out=left_out,
    )


def first_purchases_numbers(context: Context, entries: Sequence[FirstPurchase]) -> Table:
    """Show every category and channel of the first purchase with its interval."""
    say, formats = context.wording.say, context.formats
    rows = tuple(
        (
            text_cell(say(f"new_customers.first_purchases.{entry.kind}", name=entry.name)),
            count_cell(context, entry.again.n),
            count_cell(context, entry.again.k),
            text_cell(formats.interval(entry.again)),
        )
        for entry in entries
    )
    return Table(
        identifier="first-purchases-numbers",
        title=say("new_customers.tables.first_purchases"),
        subtitle=say("new_customers.tables.first_purchases_subtitle"),
        columns=(*_texts(context, "first_purchase"), *_numbers(context, "customers", "again", "interval")),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def values_numbers(context: Context, entries: Sequence[RankValues]) -> Table:
    """Show the mean value of each purchase for customers with at least two, three … of them."""
    say, formats = context.wording.say, context.formats
    longest = max(len(entry.means) for entry in entries)
    ranks = [say("new_customers.values.rank", rank=formats.count(rank)) for rank in range(1, longest + 1)]
    rows = tuple(
        (
            text_cell(say("new_customers.values.at_least", k=formats.count(entry.at_least))),
            count_cell(context, entry.customers),
            *(
                money_cell(context, entry.means[place]) if place < len(entry.means) else unknown_cell(context)
                for place in range(longest)
            ),
        )
        for entry in entries
    )
    return Table(
        identifier="purchase-values-numbers",
        title=say("new_customers.tables.values"),
        subtitle=say("new_customers.tables.values_subtitle", currency=context.client.currency),
        columns=(*_texts(context, "purchases"), *_numbers(context, "customers"), *numeric_columns(*ranks)),
        rows=rows,
        folded=True,
        on_paper=False,
    )


def _texts(context: Context, *names: str) -> tuple[Column, ...]:
    return text_columns(*(context.wording.say(f"new_customers.columns.{name}") for name in names))


def _numbers(context: Context, *names: str) -> tuple[Column, ...]:
    return numeric_columns(*(context.wording.say(f"new_customers.columns.{name}") for name in names))
