"""The files losses and measures: why customers left, and what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention_reports.samples.chance import happens, stream
from retention_reports.samples.history import UNAVOIDABLE
from retention_reports.samples.tables import Cell, Table

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from retention_reports.samples.records import Departure
    from retention_reports.samples.world import World

_RECORDED_SHARE = 0.8
_REASON_ASKED_SHARE = 0.85
_NAMED_COMPETITOR_SHARE = 0.65
_RECOVERABLE_SHARE = 0.7
_NOTE_SHARE = 0.35
_COMPETITIVE = frozenset({"competitor", "price", "late_delivery"})
_NOTHING_TO_TELL = UNAVOIDABLE | {"unknown"}
_PASSED_ON_SHARE = 0.55
_DAYS_TO_DEPARTMENT = (3, 40)
_MEASURE_DAYS = 60
_PLANNED_BEFORE_END = 9


def losses_table(world: World) -> Table:
    """Return the losses that were noticed and noted; for some the reason was never asked."""
    columns = (
        "customer_id",
        "noticed_on",
        "reason",
        "kind",
        "competitor",
        "recoverable",
        "department",
        "note",
        "passed_on",
    )
    chance, passing = stream(world.seed, "losses"), stream(world.seed, "losses", "passed on")
    rows: list[tuple[Cell, ...]] = []
    for history in world.histories:
        for departure in history.departures:
            overtaken = departure.returned_on is not None and departure.returned_on <= departure.noticed_on
            noted = departure.notice_on is not None or happens(chance, _RECORDED_SHARE)
            if noted and not overtaken and not history.customer.one_time and departure.noticed_on <= world.period.last:
                rows.append((*_loss(world, departure, chance), _passed_on(world, departure, passing)))
    rows.sort(key=lambda row: (str(row[1]), row[0]))
    return Table("losses", columns, rows)


def measures_table(world: World) -> Table:
    """Return one row per customer in a measure's target or control group, then the measures without customers."""
    columns = (
        "measure_id",
        "kind",
        "title",
        "customer_id",
        "group",
        "started_on",
        "cost",
        "owner",
        "due_on",
        "state",
        "expected_revenue",
        "idea_on",
    )
    rows = sorted(_enrolled(world) + _undertakings(world), key=lambda row: (row[0], row[4] != "target", row[3]))
    return Table("measures", columns, rows)


def _loss(world: World, departure: Departure, chance: Random) -> tuple[Cell, ...]:
    profile = world.profile
    cause = departure.cause if happens(chance, _REASON_ASKED_SHARE) else "unknown"
    recoverable = "yes" if happens(chance, _RECOVERABLE_SHARE) else "unknown"
    competitor = cause in _COMPETITIVE and happens(chance, _NAMED_COMPETITOR_SHARE)
    return (
        departure.customer.customer_id,
        departure.noticed_on,
        profile.loss_words[cause],
        "notice" if departure.notice_on else "silent",
        chance.choice(profile.words["competitors"]) if competitor else "",
        "no" if cause in UNAVOIDABLE else "unknown" if cause == "unknown" else recoverable,
        profile.departments[cause],
        chance.choice(profile.words["loss_notes"])
        if cause not in _NOTHING_TO_TELL and happens(chance, _NOTE_SHARE)
        else "",
    )


def _passed_on(world: World, departure: Departure, chance: Random) -> date | None:
    """Draw the day on which the department heard of a loss; for many it never does."""
    told = world.period.workday_after(departure.noticed_on, chance.randint(*_DAYS_TO_DEPARTMENT))
    passed = happens(chance, _PASSED_ON_SHARE) and departure.cause not in _NOTHING_TO_TELL
    return told if passed and told <= world.period.last else None


def _enrolled(world: World) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for history in world.histories:
        for enrolment in history.enrolments:
            plan = enrolment.plan
            start = world.period.back(plan.months_back)
            rows.append(
                (
                    plan.measure_id,
                    plan.kind,
                    plan.title,
                    history.customer.customer_id,
                    "target" if enrolment.targeted else "control",
                    start,
                    plan.cost * 100 if enrolment.targeted else None,
                    plan.owner,
                    start + timedelta(days=_MEASURE_DAYS),
                    plan.state,
                    plan.expected_revenue * 100 if plan.expected_revenue and enrolment.targeted else None,
                    None,
                )
            )
    return rows


def _undertakings(world: World) -> list[tuple[Cell, ...]]:
    return [
        (
            one.measure_id,
            one.kind,
            one.title,
            "",
            "",
            world.period.back(one.months_back) - timedelta(days=_PLANNED_BEFORE_END),
            one.cost * 100 or None,
            one.owner,
            world.period.back(-one.due_in_months) if one.state != "idea" else None,
            one.state,
            one.expected_revenue * 100 or None,
            world.period.back(one.idea_months_back) if one.idea_months_back else None,
        )
        for one in world.profile.undertakings
    ]
