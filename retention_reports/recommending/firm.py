"""What the firm can do for all customers at once: remove a cause, stop what does not work, change a practice."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from retention_reports.model.yearly_value import times
from retention_reports.recommending.deadlines import due_day
from retention_reports.recommending.effects import Effect, effect_of
from retention_reports.recommending.kinds import Evidence, Kind
from retention_reports.recommending.results import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from retention_reports.recommending.effects import Uplift
    from retention_reports.recommending.findings import Findings
    from retention_reports.recommending.results import Fact
    from retention_reports.recommending.worth import Worth

CAUSE_FROM = Fraction(1, 5)
"""From this part of the known lost value on, one reason or department is a cause to remove."""
_FEWEST_LOSSES = 3
_QUARTERS_OF_MEASURES = 4


def firm_entries(
    found: Findings, worth: Worth, uplifts: Mapping[Kind, Uplift], spoken_for: Collection[int], start: date
) -> Iterator[Entry]:
    """Yield the firm's entries. `spoken_for` are the customers (row numbers) whose money other entries count."""
    yield from _causes(found, worth, uplifts[Kind.REMOVE_CAUSE], spoken_for, start)
    yield from _measures_to_stop(found, start)
    yield from _practices(found, start)


def _causes(found: Findings, worth: Worth, uplift: Uplift, spoken_for: Collection[int], start: date) -> Iterator[Entry]:
    """Yield each avoidable reason behind a fifth or more of the known lost value.

    What it will cost again: its losses of the last four quarters ÷ those who could have been lost, on the yearly worth
    of today's active customers whom no other entry keeps.
    """
    known = [group for group in found.lost.reasons if group.reason.key != "unknown" and group.revenue_year is not None]
    whole = sum(group.revenue_year or 0 for group in known)
    lost = found.lost.now.lost
    if whole <= 0 or lost is None or not lost.n:
        return
    dataset = found.dataset
    active = dataset.ledger.active(dataset.cut_off)
    staying = sum(worth.of(row) for row in active.nonzero()[0].tolist() if row not in spoken_for)
    for group in known:
        amount = group.revenue_year or 0
        is_cause = group.reason.avoidable is True and amount >= CAUSE_FROM * whole
        if not is_cause or group.customers < _FEWEST_LOSSES:
            continue
        again = times(staying, Fraction(group.customers, lost.n))
        why: dict[str, Fact] = {
            "reason": group.reason.key,
            "customers": group.customers,
            "amount_year": amount,
            "amount_known": whole,
            "amount_again": again,
        }
        effect = effect_of(again, uplift, 0)
        department = group.reason.department
        due = due_day(Kind.REMOVE_CAUSE, start)
        yield Entry(Kind.REMOVE_CAUSE, group.reason.key, "", effect, uplift.evidence, department, due, why)


def _measures_to_stop(found: Findings, start: date) -> Iterator[Entry]:
    """Yield measures of the last four quarters that were shown not to work, with the cost that stopping saves."""
    oldest = found.dataset.quarter.plus(-_QUARTERS_OF_MEASURES).first_day
    owners = {one.measure_id: one.owner for one in found.measures.status}
    for one in found.measures.results:
        if one.verdict != "does_not" or one.started_on < oldest or not one.target or not one.control:
            continue
        cost = one.cost or 0
        why: dict[str, Fact] = {
            "measure_id": one.measure_id,
            "title": one.title,
            "target_k": one.target.k,
            "target_n": one.target.n,
            "control_k": one.control.k,
            "control_n": one.control.n,
            "amount_cost": one.cost,
        }
        effect = Effect(cost, cost, cost) if cost else None
        due = due_day(Kind.STOP_MEASURE, start)
        owner = owners.get(one.measure_id, "")
        yield Entry(Kind.STOP_MEASURE, one.measure_id, "", effect, Evidence.MEASURED, owner, due, why, one.measure_id)


def _practices(found: Findings, start: date) -> Iterator[Entry]:
    """Yield what the sales check declares or measures as missing: contradictions first, then every no."""
    check = found.sales_check
    overstated = [entry for entry in check.contradictions if entry.overstated]
    declared = [entry for entry in check.potentials if entry.answer == "no" and entry not in overstated]
    due = due_day(Kind.CHANGE_PRACTICE, start)
    for entry in (*overstated, *declared):
        rate = entry.measurement.rate if entry.measurement else None
        why: dict[str, Fact] = {
            "question": entry.question.identifier,
            "answer": entry.answer,
            "measured_k": None if rate is None else rate.k,
            "measured_n": None if rate is None else rate.n,
        }
        yield Entry(Kind.CHANGE_PRACTICE, entry.question.identifier, "", None, Evidence.OBSERVED, "", due, why)
