"""New customers: who buys a second time, what a first purchase leads to, and what a new customer costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.new_customers.economics import close_rates, retention_gain, unit_costs
from retention_reports.analyses.new_customers.new_customer_results import Beginners, NewCustomers
from retention_reports.analyses.new_customers.one_time_buyers import one_time_buyers
from retention_reports.analyses.new_customers.purchase_values import rank_values, traded_up
from retention_reports.analyses.new_customers.second_purchases import acquisition_quarters, first_purchases, waits
from retention_reports.analyses.new_customers.waiting_time import waiting_time
from retention_reports.model.acquisition import known_newcomers, unknown_quarters
from retention_reports.model.figures import Missing, Unknown
from retention_reports.model.purchase_days import purchase_days
from retention_reports.model.reachable import missing_columns

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags

_OF_NEWCOMERS = ("second_purchase", "time_to_second_purchase", "rank_values", "traded_up", "first_purchases")


def new_customers(dataset: Dataset) -> NewCustomers:
    """Follow customers from their first purchase on.

    Everything about first purchases rests on known first-time buyers: customers won in a quarter before which the data
    covers a whole lapse time. Customers first seen earlier may be old ones and are left out.
    """
    days, newcomers = purchase_days(dataset), known_newcomers(dataset)
    waited = waits(dataset, days)
    buyers = one_time_buyers(dataset, days)
    costs, cost_missing = unit_costs(dataset)
    gain, rates = retention_gain(dataset), close_rates(dataset)
    again = traded_up(dataset, days, newcomers)
    unknown = [entry for entry in (buyers, gain, rates) if isinstance(entry, Missing)]
    return NewCustomers(
        second_purchase=acquisition_quarters(dataset, waited, newcomers),
        waiting_time=waiting_time(dataset, days, newcomers),
        rank_values=rank_values(dataset, days, newcomers),
        traded_up=again if again.n else None,
        first_purchases=first_purchases(dataset, waited, newcomers),
        buyers=None if isinstance(buyers, Missing) else buyers,
        costs=costs,
        retention_gain=None if isinstance(gain, Missing) else gain,
        close_rates=None if isinstance(rates, Missing) else rates,
        missing=(
            *_newcomers_missing(dataset, newcomers),
            *_words_missing(dataset),
            *missing_columns(dataset, "one_time_buyers_reachable"),
            *cost_missing,
            *unknown,
        ),
    )


def beginners(dataset: Dataset) -> Beginners:
    """Find out only what registers are made from."""
    days, newcomers = purchase_days(dataset), known_newcomers(dataset)
    buyers = one_time_buyers(dataset, days)
    return Beginners(rank_values(dataset, days, newcomers), None if isinstance(buyers, Missing) else buyers)


def _newcomers_missing(dataset: Dataset, newcomers: Flags) -> tuple[Missing, ...]:
    quarters = unknown_quarters(dataset)
    if quarters:
        return tuple(Missing(key, Unknown.BEFORE_START_OF_DATA, quarters) for key in _OF_NEWCOMERS)
    if not newcomers.any():
        return tuple(Missing(key, Unknown.NO_PURCHASE) for key in _OF_NEWCOMERS)
    return ()


def _words_missing(dataset: Dataset) -> tuple[Missing, ...]:
    found = []
    if dataset.table("order_lines") is None:
        found.append(Missing("first_purchases.category", Unknown.NO_FILE, "order_lines"))
    elif dataset.table("products") is None:
        found.append(Missing("first_purchases.category", Unknown.NO_FILE, "products"))
    if not dataset.has_column("orders", "channel"):
        found.append(Missing("first_purchases.channel", Unknown.NO_COLUMN, "orders.channel"))
    return tuple(found)
