"""The files touchpoints and visits: how often customers hear from the business, and for what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream
from retention_reports.samples.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from retention_reports.samples.customers import Customer
    from retention_reports.samples.records import Order
    from retention_reports.samples.world import World

_NEGLECTED_SHARE = 0.14
_ASKING_ONLY_SHARE = 0.13
_MISSED_SHARE = 0.05
_SAME_CUSTOMER_SHARE = 0.4
_COURTING_DAYS = 60
_COVER_SHARE = 0.15
_ORDER_ON_VISIT_SHARE = 0.3
_PLANNED_AHEAD_DAYS = 90
_BEGUN_BY_CUSTOMER_SHARE = 0.22
_CADENCES = ((0.3, 32), (0.6, 64), (1.0, 120))


def touchpoints_table(world: World) -> Table:
    """Return contacts done, plans that were missed, and plans for the next quarter, by day."""
    chance = stream(world.seed, "touchpoints")
    ranked = sorted(world.customers, key=lambda customer: (-customer.year_value, customer.number))
    rows = []
    for rank, customer in enumerate(ranked):
        cadence = next(days for share, days in _CADENCES if rank < share * len(ranked) or share == 1)
        rows += _contacts(world, customer, cadence, chance)
    rows.sort(key=lambda row: (row[1], row[0]))
    began = stream(world.seed, "touchpoints", "who began")
    departments = sorted({name for name in world.profile.departments.values() if name})
    told = [(*row, *_began(row[3], departments, began)) for row in rows]
    columns = ("customer_id", "date", "channel", "state", "occasion", "sales_rep", "initiated_by", "department")
    return Table("touchpoints", columns, told)


def visits_table(world: World) -> Table:
    """Return visits with the order taken there, and visits in vain: the fewer succeed, the more are needed."""
    chance = stream(world.seed, "visits")
    rows: set[tuple[str, date, str, str]] = set()
    for order in world.orders:
        on_visit = order.channel == world.profile.field_channel and order.amount > 0 and order.customer_id
        if on_visit and order.customer.number >= 0 and happens(chance, _ORDER_ON_VISIT_SHARE):
            rows.add((order.customer_id, order.day, order.rep, order.order_id))
            success = world.profile.visit_success[order.rep]
            rows.update(_vain_visits(world, order, success, chance))
    by_day = sorted(rows, key=lambda row: (row[1], row[0], row[3], row[2]))
    return Table("visits", ("customer_id", "visited_on", "sales_rep", "order_id"), by_day)


def _contacts(
    world: World, customer: Customer, cadence: int, chance: Random
) -> list[tuple[str, date, str, str, str, str]]:
    words = world.profile.words
    giving, asking = words["giving_occasions"], words["asking_occasions"]
    if happens(chance, _ASKING_ONLY_SHARE):
        giving = asking
    gone = world.histories[customer.number].gone_since
    end = gone + timedelta(days=45) if gone else world.period.last + timedelta(days=_PLANNED_AHEAD_DAYS)
    if happens(chance, _NEGLECTED_SHARE):
        end = min(end, world.period.back(7))
    rows = []
    day = min(customer.first_day, world.period.last) + timedelta(days=chance.randint(-12, cadence))
    while day <= end:
        day = world.period.workday_after(day, 0)
        state = "planned" if day > world.period.last or happens(chance, _MISSED_SHARE) else "done"
        occasion = chance.choice(giving if happens(chance, 0.55) else asking)
        rows.append((customer.customer_id, day, chance.choice(words["touch_channels"]), state, occasion, customer.rep))
        day += timedelta(days=max(5, round(cadence * (0.6 + 0.7 * chance.random()))))
    return rows


def _began(state: str, departments: Sequence[str], chance: Random) -> tuple[str, str]:
    """Draw who began a contact, and which department had it; plans are ours."""
    asked = happens(chance, _BEGUN_BY_CUSTOMER_SHARE)
    department = chance.choice(departments)
    return ("customer" if asked and state == "done" else "us", department)


def _vain_visits(world: World, order: Order, success: float, chance: Random) -> list[tuple[str, date, str, str]]:
    visits = []
    while not happens(chance, success):
        customer = order.customer if happens(chance, _SAME_CUSTOMER_SHARE) else chance.choice(world.customers)
        day = world.period.workday_after(order.day, chance.randint(1, 20))
        known = customer.first_day < day + timedelta(days=_COURTING_DAYS)
        if (customer.rep == order.rep or happens(chance, _COVER_SHARE)) and known and day <= world.period.last:
            visits.append((customer.customer_id, day, order.rep, ""))
    return visits
