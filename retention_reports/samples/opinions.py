"""The file feedback: surveys, complaints and praise. Scores fall before customers leave and after late deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream
from retention_reports.samples.tables import Cell, Table

if TYPE_CHECKING:
    from random import Random

    from retention_reports.samples.records import Complaint, Order
    from retention_reports.samples.world import World

_SURVEYED_SHARE = 0.055
_SURVEYED_WHEN_ASKED_FOR_SHARE = 0.3
_LARGE = 2.0
_PRAISE_SHARE = 0.016
_HAPPY = 8.4
_UNHAPPY = 6.5
_SCORED_COMPLAINT_SHARE = 0.5


def feedback_table(world: World) -> Table:
    """Return all feedback by day."""
    chance = stream(world.seed, "feedback")
    rows: list[tuple[Cell, ...]] = []
    for history in world.histories:
        rows += [_complaint(world, complaint, chance) for complaint in history.complaints]
        for order in history.orders:
            large = order.amount > _LARGE * history.customer.order_value
            share = _SURVEYED_WHEN_ASKED_FOR_SHARE if large or order.mood < _UNHAPPY else _SURVEYED_SHARE
            if order.delivered is not None and happens(chance, share):
                rows.append(_survey(world, order, chance))
            if order.mood > _HAPPY and happens(chance, _PRAISE_SHARE):
                rows.append(_praise(world, order, chance))
    kept = [row for row in rows if str(row[1]) <= world.period.last.isoformat()]
    kept.sort(key=lambda row: (str(row[1]), row[0]))
    return Table("feedback", ("customer_id", "date", "kind", "score", "topic", "resolved_on", "text"), kept)


def _complaint(world: World, complaint: Complaint, chance: Random) -> tuple[Cell, ...]:
    words = world.profile.words
    topics = words["topics"]
    return (
        complaint.customer.customer_id,
        complaint.day,
        "complaint",
        chance.randint(1, 5) if happens(chance, _SCORED_COMPLAINT_SHARE) else None,
        topics[0] if complaint.late else chance.choice(topics[1:]),
        complaint.resolved_on,
        chance.choice(words["complaints_late" if complaint.late else "complaints_other"]),
    )


def _survey(world: World, order: Order, chance: Random) -> tuple[Cell, ...]:
    words = world.profile.words
    score = min(10, max(0, round(order.mood + chance.gauss(0, 0.9))))
    day = world.period.workday_after(order.delivered or order.day, chance.randint(4, 28))
    unhappy = score <= _UNHAPPY
    topic = words["topics"][0] if unhappy and order.late_days > 0 else chance.choice(words["topics"])
    text = chance.choice(words["survey_bad" if unhappy else "survey_good"])
    return (order.customer.customer_id, day, "survey", score, topic, None, text)


def _praise(world: World, order: Order, chance: Random) -> tuple[Cell, ...]:
    words = world.profile.words
    day = world.period.workday_after(order.day, chance.randint(2, 15))
    return (order.customer.customer_id, day, "praise", None, words["topics"][1], None, chance.choice(words["praise"]))
