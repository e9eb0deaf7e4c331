"""What an order is made of: lines that add up to its amount, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream, weighted
from retention_reports.samples.prices import price_level
from retention_reports.samples.records import Line, Order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from retention_reports.samples.assortments import Habit
    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Product, Profile
    from retention_reports.samples.records import History

_MOST_REGULAR = 0.93
_LEAST_REGULAR = 0.3
_PER_WEIGHT = 0.5
_CREDIT_SHARE = 0.012
_DISCOUNTS = {0.0: 0.44, 0.02: 0.18, 0.03: 0.15, 0.05: 0.12, 0.10: 0.07, 0.24: 0.04}


def fill_baskets(history: History, profile: Profile, period: Period, seed: int) -> None:
    """Give every order of a customer its lines; amount and cost of the order become their sums."""
    chance = stream(seed, "baskets", history.customer.number)
    discount = weighted(chance, _DISCOUNTS)
    habits = (*history.customer.habits, *history.habits)
    for order in history.orders:
        current = [habit for habit in habits if habit.since <= order.day < habit.until]
        if current:
            chosen = _choose(current, chance)
            shares = _shares(order, chosen)
            order.lines = tuple(
                _line(habit.product, share, discount * (0.8 + 0.4 * chance.random()), order.day, (profile, period))
                for habit, share in zip(chosen, shares, strict=True)
            )
            order.amount = sum(line.amount for line in order.lines)
            order.cost = sum(line.cost for line in order.lines)


def credit_notes(history: History, profile: Profile, period: Period, seed: int) -> list[Order]:
    """Return a credit note for a part of a few orders, some days after delivery."""
    chance = stream(seed, "credits", history.customer.number)
    notes: list[Order] = []
    for order in history.orders:
        if order.status != "completed" or order.delivered is None or not happens(chance, _CREDIT_SHARE):
            continue
        part = min(order.lines, key=lambda line: line.amount, default=None)
        if part is not None and len(order.lines) > 1:
            day = period.workday_after(order.delivered, chance.randint(3, 14))
            notes.append(_credit(order, part, day, profile))
    return notes


def _credit(order: Order, part: Line, day: date, profile: Profile) -> Order:
    return Order(
        customer=order.customer,
        day=day,
        amount=-part.amount,
        cost=-part.cost,
        status="completed",
        channel=next(iter(profile.channels)),
        rep=order.rep,
        promised=None,
        delivered=None,
        mood=order.mood,
        customer_id=order.customer_id,
        lines=(Line(part.product, -part.quantity, -part.amount, -part.cost),),
    )


def _choose(habits: Sequence[Habit], chance: Random) -> list[Habit]:
    """Draw the habits that are due, at least one: regular products are in most orders, the others in some."""
    due = [
        habit for habit in habits if happens(chance, min(_MOST_REGULAR, _LEAST_REGULAR + _PER_WEIGHT * habit.weight))
    ]
    return due or [chance.choice(habits)]


def _shares(order: Order, habits: Sequence[Habit]) -> list[float]:
    """Divide the amount drawn for the order among its goods by weight; a service is bought once, so it gets none."""
    weights = [0.0 if habit.product.is_service else habit.weight for habit in habits]
    return [order.amount * weight / (sum(weights) or 1) for weight in weights]


def _line(product: Product, share: float, discount: float, day: date, market: tuple[Profile, Period]) -> Line:
    """Return as many pieces as the share pays for, at least one; cost follows the general price level."""
    profile, period = market
    price = round(product.price * 100 * (1 - discount) * price_level(profile, period, day, product))
    cost = round(product.price * 100 * (1 - product.margin) * price_level(profile, period, day))
    quantity = max(1, round(share / price))
    return Line(product, quantity, price * quantity, cost * quantity)
