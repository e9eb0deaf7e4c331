"""The whole invented business: all customers with all that happened to them, and their orders in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.samples.baskets import credit_notes, fill_baskets
from retention_reports.samples.blemishes import blemish
from retention_reports.samples.customers import draw_customers
from retention_reports.samples.days import Period
from retention_reports.samples.history import Life

if TYPE_CHECKING:
    from datetime import date

    from retention_reports.samples.customers import Customer
    from retention_reports.samples.profile import Profile
    from retention_reports.samples.records import History, Order

_IN_CAPITALS = 23


@record
class World:
    """Everything that a sample's files tell of.

    `histories` has one entry a customer, prospects included; `entries` are further rows of the customers file.
    `orders` stand by day, with ids in that order.
    """

    profile: Profile
    period: Period
    seed: int
    histories: tuple[History, ...]
    entries: tuple[Customer, ...]
    orders: tuple[Order, ...]

    @property
    def customers(self) -> tuple[Customer, ...]:
        """All customers and prospects, in the order of their ids."""
        return tuple(history.customer for history in self.histories)


def build_world(profile: Profile, until: date, customers: int, seed: int) -> World:
    """Draw customers, live their lives, fill and spoil their orders and number them."""
    period = Period.of(profile, until)
    histories = _lives(profile, period, customers, seed)
    returned: list[Order] = []
    for history in histories:
        fill_baskets(history, profile, period, seed)
        returned.extend(credit_notes(history, profile, period, seed))
    blemished = blemish(profile, period, histories, seed)
    orders = [order for history in histories for order in history.orders]
    orders += [*blemished.orders, *(note for note in returned if note.day <= until)]
    return World(profile, period, seed, tuple(histories), blemished.entries, _numbered(profile, orders))


def build_ledger(profile: Profile, until: date, customers: int, seed: int) -> World:
    """Draw customers and orders alone: orders keep the amounts drawn for them. Much faster, for large samples."""
    period = Period.of(profile, until)
    histories = _lives(profile, period, customers, seed)
    orders = [order for history in histories for order in history.orders]
    return World(profile, period, seed, tuple(histories), (), _numbered(profile, orders))


def _lives(profile: Profile, period: Period, count: int, seed: int) -> list[History]:
    customers = draw_customers(profile, period, count, seed)
    if count > _IN_CAPITALS:
        customers[_IN_CAPITALS] = replace(customers[_IN_CAPITALS], name=customers[_IN_CAPITALS].name.upper())
    return [Life(profile, period, customer, seed).run() for customer in customers]


def _numbered(profile: Profile, orders: list[Order]) -> tuple[Order, ...]:
    orders.sort(key=lambda order: (order.day, order.customer.number, -order.amount))
    for number, order in enumerate(orders):
        order.order_id = profile.order_id.format(profile.first_order_number + number)
    return tuple(orders)
