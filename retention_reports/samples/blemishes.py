"""What is never quite right in real data: duplicates, renumbered customers, missing ids, odd amounts and days."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.records import record
from retention_reports.samples.baskets import fill_baskets
from retention_reports.samples.customers import customer_id
from retention_reports.samples.history import Life
from retention_reports.samples.records import Line

if TYPE_CHECKING:
    from retention_reports.samples.customers import Customer
    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Profile
    from retention_reports.samples.records import History, Order

_ENOUGH_ORDERS = 18
_TIMES_USUAL = 17
_COLLECTIVE_GAP = 8.0
_COLLECTIVE_VALUE = 8500.0


@record
class Blemished:
    """Customers beside the drawn ones, and the orders of the collective account."""

    entries: tuple[Customer, ...]
    orders: tuple[Order, ...]


def blemish(profile: Profile, period: Period, histories: list[History], seed: int) -> Blemished:
    """Spoil a few orders in place; return the renumbered, duplicate and collective customers.

    Samples with too few regular customers stay clean but for the collective account.
    """
    collective = _collective_account(profile, period, histories[0].customer, seed)
    entries = [collective.customer]
    regulars = [one for one in histories if len(one.orders) >= _ENOUGH_ORDERS and one.gone_since is None]
    if len(regulars) > 7:  # noqa: PLR2004 (one regular customer per blemish)
        entries.append(_renumber(profile, period, regulars[1]))
        entries.append(_duplicate(profile, regulars[2], len(histories)))
        for history in regulars[3:5]:
            history.orders[-4].customer_id = ""
        _inflate(_middling(regulars[6:]).orders[-9])
        _deliver_too_early(regulars[5].orders)
    return Blemished(tuple(entries), tuple(collective.orders))


def _collective_account(profile: Profile, period: Period, pattern: Customer, seed: int) -> History:
    segment = replace(pattern.segment, name="", churn=0.0, late_churn=0.0)
    account = replace(
        pattern,
        number=-1,
        customer_id=profile.collective_account,
        name=profile.words["collective_name"][0],
        segment=segment,
        order_value=_COLLECTIVE_VALUE,
        gap=_COLLECTIVE_GAP,
        one_time=False,
        price_sensitive=False,
        referred_by="",
    )
    history = Life(_without_measures(profile), period, account, seed).run()
    fill_baskets(history, profile, period, seed)
    return history


def _without_measures(profile: Profile) -> Profile:
    return replace(profile, measures=())


def _renumber(profile: Profile, period: Period, history: History) -> Customer:
    """Give the customer's older orders an old id that is merged into the present one."""
    old_id = customer_id(profile, -11)
    for order in history.orders:
        if order.day < period.back(20):
            order.customer_id = old_id
    name = history.customer.name + profile.words["renumbered_suffix"][0]
    return replace(history.customer, customer_id=old_id, name=name, merged_into=history.customer.customer_id)


def _duplicate(profile: Profile, history: History, number: int) -> Customer:
    """Enter the customer a second time, with two of the orders."""
    second_id = customer_id(profile, number)
    for order in history.orders[-9:-7]:
        order.customer_id = second_id
    name = history.customer.name.replace(" & ", " und ").replace("  ", " ") + " "
    return replace(history.customer, customer_id=second_id, name=name.replace(" GmbH ", " Gmbh ").strip())


def _middling(histories: list[History]) -> History:
    """Return a customer with orders a little above the middle: inflated, one stands out without ruling the quarter."""
    ranked = sorted(histories, key=lambda one: (one.customer.order_value, one.customer.number))
    return ranked[len(ranked) * 3 // 5]


def _inflate(order: Order) -> None:
    order.status = "completed"
    factor = math.ceil(_TIMES_USUAL * max(1.0, order.customer.order_value / order.amount))
    order.lines = tuple(
        Line(line.product, line.quantity * factor, line.amount * factor, line.cost * factor) for line in order.lines
    )
    order.amount *= factor
    order.cost *= factor


def _deliver_too_early(orders: list[Order]) -> None:
    order = next(order for order in reversed(orders) if order.delivered is not None)
    order.delivered = order.day - timedelta(days=3)
