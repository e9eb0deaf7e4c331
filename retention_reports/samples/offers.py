"""The files offers and enquiries: what was asked for and offered, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, scattered, stream, weighted
from retention_reports.samples.tables import Cell, Table

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.customers import Customer
    from retention_reports.samples.world import World

_OFFERS_A_YEAR = 1.0
_FOLLOW_UP_SHARE = 0.62
_HASTY_FOLLOW_UP_SHARE = 0.3
_NEVER_CLOSED_SHARE = 0.3
_NEVER_CLOSED_DAYS = 170
_OUTCOMES = {
    True: {"won": 0.52, "lost": 0.38, "expired": 0.10},
    False: {"won": 0.24, "lost": 0.42, "expired": 0.34},
}
_PROSPECT_OUTCOMES = {"lost": 0.6, "expired": 0.4}
_ENQUIRED_SHARE = 0.72
_REFUSED_PER_WON = 2.7
_CRITERION_WON = 0.66
_CRITERION_REFUSED = 0.34
_UNDECIDED_DAYS = 25
_PRESENTED_WON, _PRESENTED_OTHER = 0.66, 0.44
_GUARANTEED_WON, _GUARANTEED_OTHER = 0.5, 0.36
_TALK_KNOWN_SHARE = 0.93
_COST_KNOWN_SHARE = 0.85
_BELOW_COST_SHARE = 0.07
_OFFER_COLUMNS = (
    "offer_id",
    "customer_id",
    "offered_on",
    "amount",
    "state",
    "decision_due_on",
    "decided_on",
    "followed_up_on",
    "lost_reason",
    "wishes",
    "sales_rep",
    "presented",
    "guarantees",
    "cost",
)


def offers_table(world: World) -> Table:
    """Return offers by day, with ids in that order."""
    drafts = [draft for customer in world.customers for draft in _offers_of(world, customer)]
    drafts.sort(key=lambda draft: (str(draft[1]), draft[0]))
    year = world.period.first.year
    rows = [
        (f"A{year % 100}-{number:04d}", *draft, *_way_of_offering(world, draft, number))
        for number, draft in enumerate(drafts, start=1)
    ]
    return Table("offers", _OFFER_COLUMNS, rows)


def enquiries_table(world: World) -> Table:
    """Return enquiries by day; those that were won name the customer, the latest are not decided."""
    chance = stream(world.seed, "enquiries")
    drafts: list[tuple[date, str, str, str]] = []
    for customer in world.customers:
        arrived = customer.arrived_after(world.period.first) and customer.first_day <= world.period.last
        if arrived and happens(chance, _ENQUIRED_SHARE):
            day = world.period.workday_after(customer.first_day - timedelta(days=chance.randint(9, 40)), 0)
            drafts.append((day, _criteria(world, _CRITERION_WON, chance), customer.customer_id, "yes"))
    for _ in range(round(len(drafts) * _REFUSED_PER_WON)):
        day = world.period.workday_after(world.period.first, chance.randrange(world.period.length - 8))
        recent = (world.period.last - day).days < _UNDECIDED_DAYS
        drafts.append((day, _criteria(world, _CRITERION_REFUSED, chance), "", "" if recent else "no"))
    drafts.sort()
    rows = [(f"E{number:04d}", *draft) for number, draft in enumerate(drafts, start=1)]
    return Table("enquiries", ("enquiry_id", "received_on", "criteria", "customer_id", "won"), rows)


def _offers_of(world: World, customer: Customer) -> list[tuple[Cell, ...]]:
    chance = stream(world.seed, "offers", customer.number)
    history = world.histories[customer.number]
    if not history.orders:
        day = world.period.last - timedelta(days=chance.randint(10, 500))
        return [_offer(world, customer, world.period.workday_after(day, 0), _PROSPECT_OUTCOMES, chance)]
    offers: list[tuple[Cell, ...]] = []
    arrived = customer.arrived_after(world.period.first)
    if arrived and happens(chance, 0.55):
        day = world.period.workday_after(customer.first_day - timedelta(days=chance.randint(12, 45)), 0)
        offers.append(_offer(world, customer, day, {"won": 1.0}, chance))
    end = history.gone_since or world.period.last
    day = customer.first_day
    while True:
        day = world.period.workday_after(day, max(8, round(chance.expovariate(_OFFERS_A_YEAR / 365))))
        if day > end:
            return offers
        offers.append(_offer(world, customer, day, None, chance))


def _offer(
    world: World, customer: Customer, day: date, outcomes: dict[str, float] | None, chance: Random
) -> tuple[Cell, ...]:
    profile, period = world.profile, world.period
    hasty = customer.rep == profile.hasty_rep
    followed = happens(chance, _HASTY_FOLLOW_UP_SHARE if hasty else _FOLLOW_UP_SHARE)
    state = weighted(chance, outcomes or _OUTCOMES[followed])
    decided = period.workday_after(day, chance.randint(10, 60))
    stale = state != "won" and (period.last - day).days < _NEVER_CLOSED_DAYS and happens(chance, _NEVER_CLOSED_SHARE)
    followed_up = period.known(period.workday_after(day, chance.randint(3, 9))) if followed else None
    due = period.workday_after(day, chance.randint(14, 60)) if happens(chance, 0.66) else None
    if stale or decided > period.last:
        state = "open"
    reason = ""
    if state == "lost":
        reason = chance.choice(profile.words["lost_price" if happens(chance, 0.46) else "lost_other"])
    return (
        customer.customer_id,
        day,
        max(5000, round(scattered(chance, customer.order_value * 3.2, 0.6) / 500) * 500),
        state,
        due,
        None if state == "open" else decided,
        followed_up,
        reason,
        chance.choice(profile.words["wishes"]) if happens(chance, 0.4) else "",
        customer.rep,
    )


def _way_of_offering(world: World, draft: tuple[Cell, ...], number: int) -> tuple[Cell, ...]:
    """Return whether the offer was presented, which guarantees it named, and its cost in cents (None if not known)."""
    amount, state = draft[2], draft[3]
    chance = stream(world.seed, "way of offering", number)
    won = state == "won"
    presented = "yes" if happens(chance, _PRESENTED_WON if won else _PRESENTED_OTHER) else "no"
    named = happens(chance, _GUARANTEED_WON if won else _GUARANTEED_OTHER)
    guarantees = chance.choice(world.profile.words["guarantees"]) if named else ""
    dear = happens(chance, _BELOW_COST_SHARE)
    share = chance.uniform(1.01, 1.12) if dear else chance.uniform(0.58, 0.86)
    cost = round(int(str(amount)) * share) if happens(chance, _COST_KNOWN_SHARE) else None
    return presented if happens(chance, _TALK_KNOWN_SHARE) else "", guarantees, cost


def _criteria(world: World, share: float, chance: Random) -> str:
    return ";".join(criterion for criterion in world.profile.words["criteria"] if happens(chance, share))
