"""What an order is made of: lines that add up to its amount, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream
from retention_reports.samples.records import Line, Order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from retention_reports.samples.assortments import Habit
    from retention_reports.samples.days import Period
    from retention_reports.samples.profile import Profile
    from retention_reports.samples.records import History

_MOST_LINES = 4
_CREDIT_SHARE = 0.012
_DISCOUNTS = (0.0, 0.0, 0.0, 0.02, 0.03, 0.05, 0.10)


def fill_baskets(history: History, seed: int) -> None:
    """Give every order of a customer its lines; amount and cost of the order become their sums."""
    chance = stream(seed, "baskets", history.customer.number)
    discount = chance.choice(_DISCOUNTS)
    habits = (*history.customer.habits, *history.habits)
    for order in history.orders:
        current = [habit for habit in habits if habit.since <= order.day < habit.until]
        if current:
            _fill(order, _choose(current, chance), discount, chance)


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
        cost=-round(part.amount * (1 - part.product.margin)),
        status="completed",
        channel=next(iter(profile.channels)),
        rep=order.rep,
        promised=None,
        delivered=None,
        mood=order.mood,
        customer_id=order.customer_id,
        lines=(Line(part.product, -part.quantity, -part.amount),),
    )


def _choose(habits: Sequence[Habit], chance: Random) -> list[Habit]:
    """Draw one to four habits, the weightier first; every order holds at least one product."""
    ranked = sorted(habits, key=lambda habit: (-habit.weight * chance.random(), habit.product.product_id))
    return ranked[: chance.randint(1, min(_MOST_LINES, len(ranked)))]


def _fill(order: Order, habits: Sequence[Habit], discount: float, chance: Random) -> None:
    goods = [habit for habit in habits if not habit.product.is_service]
    total = sum(habit.weight for habit in goods)
    lines: list[Line] = []
    for habit in habits:
        price = habit.product.price * 100 * (1 - discount) * (0.94 + 0.12 * chance.random())
        share = order.amount * habit.weight / total if habit in goods else price
        quantity = max(1, round(share / price))
        lines.append(Line(habit.product, quantity, round(price) * quantity))
    order.lines = tuple(lines)
    order.amount = sum(line.amount for line in lines)
    order.cost = sum(round(line.amount * (1 - line.product.margin)) for line in lines)
