"""Where measures stand, and what the staff meeting should talk about."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from retention_reports.analyses.measures.measure_results import AgendaQuestion, MeasureStatus
from retention_reports.model.lapses import lost_between
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.measure_rows import carried_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retention_reports.analyses.measures.measure_results import MeasureResult, SecondLife
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses

OPEN_STATES = ("running", "planned", "")
STATE_ORDER = ("running", "", "planned", "idea", "done", "dropped")
"""Where the rows of one measure disagree, the first of these that occurs is its state."""

EXPECTED_KINDS = ("win_back", "retention", "cross_selling")


def measure_statuses(dataset: Dataset) -> tuple[MeasureStatus, ...]:
    """List all measures and ideas known at the cut-off, by id."""
    table = dataset.table("measures")
    if table is None:
        return ()
    columns = (table[column].tolist() for column in _Row._fields)
    rows = sorted(map(_Row, *columns), key=lambda row: (row.measure_id, row.started_on, row.title, row.owner))
    grouped = groupby(rows, key=lambda row: row.measure_id)
    return tuple(_status(dataset, measure_id, list(own)) for measure_id, own in grouped)


class _Row(NamedTuple):
    """A row of the measures table; what a row does not say is NaT or NA."""

    measure_id: str
    kind: str
    title: str
    customer: int
    group: str
    started_on: pd.Timestamp
    cost: float | None
    owner: str
    due_on: pd.Timestamp | None
    state: str
    expected_revenue: float | None
    idea_on: pd.Timestamp | None


def _status(dataset: Dataset, measure_id: str, rows: Sequence[_Row]) -> MeasureStatus:
    state = min((row.state for row in rows), key=STATE_ORDER.index)
    due_on = max((row.due_on.date() for row in rows if pd.notna(row.due_on)), default=None)
    started_on = rows[0].started_on.date()
    is_open = state in OPEN_STATES
    known_before = started_on <= dataset.quarter.previous.last_day
    stated = dataset.has_column("measures", "state")
    due_since = due_on is not None and due_on >= dataset.quarter.first_day
    return MeasureStatus(
        measure_id=measure_id,
        kind=rows[0].kind,
        title=rows[0].title,
        owner=max(row.owner for row in rows),
        state=state,
        started_on=started_on,
        due_on=due_on,
        cost=_sum(row.cost for row in rows),
        expected_revenue=_sum(row.expected_revenue for row in rows),
        targets=_customers(rows, "target"),
        controls=_customers(rows, "control"),
        is_open=is_open,
        overdue=is_open and stated and due_on is not None and due_on < dataset.cut_off,
        is_last_quarters=known_before and (is_open or due_since),
        idea_on=min((row.idea_on.date() for row in rows if pd.notna(row.idea_on)), default=None),
    )


def _sum(amounts: Iterable[float | None]) -> int | None:
    named = [int(amount) for amount in amounts if pd.notna(amount)]
    return sum(named) if named else None


def _customers(rows: Sequence[_Row], group: str) -> int:
    return len({row.customer for row in rows if row.group == group and row.customer >= 0})


def agenda(  # noqa: PLR0913 -- what questions are drawn from
    dataset: Dataset,
    statuses: tuple[MeasureStatus, ...],
    results: tuple[MeasureResult, ...],
    second: SecondLife | None,
    told: ExplainedLapses,
    *,
    ideas: tuple[MeasureStatus, ...],
) -> tuple[AgendaQuestion, ...]:
    """Draw the staff meeting's questions: results first, then the plan, waiting ideas, and what nobody does."""
    return (
        *_on_results(dataset, results),
        *_on_plan(dataset, statuses),
        *_on_second_life(second),
        *(AgendaQuestion("ideas_waiting", idea.measure_id, {}) for idea in ideas),
        *_on_gaps(dataset, statuses, told),
    )


def _on_results(dataset: Dataset, results: tuple[MeasureResult, ...]) -> Iterator[AgendaQuestion]:
    grouped = dataset.has_column("measures", "group")
    keys = {"works": "extend", "does_not": "stop_or_change", "too_few": "too_few_to_judge"}
    for result in results:
        if result.verdict in keys and result.target is not None:
            yield AgendaQuestion(keys[result.verdict], result.measure_id, {})
        if grouped and result.compared_with != "control_group" and result.verdict in {"too_early", "too_few"}:
            yield AgendaQuestion("without_control_group", result.measure_id, {})


def _on_plan(dataset: Dataset, statuses: tuple[MeasureStatus, ...]) -> Iterator[AgendaQuestion]:
    owned, dated = (dataset.has_column("measures", column) for column in ("owner", "due_on"))
    for status in statuses:
        if not status.is_open:
            continue
        lacks = {
            "overdue": status.overdue,
            "without_owner": owned and not status.owner,
            "without_due_day": dated and status.due_on is None,
        }
        for key, true in lacks.items():
            if true:
                yield AgendaQuestion(key, status.measure_id, {})


def _on_second_life(second: SecondLife | None) -> Iterator[AgendaQuestion]:
    if second is None or second.first_month is None or second.second_month is None:
        return
    if second.second_month < second.first_month:
        yield AgendaQuestion("second_life_weaker", "", {})


def _on_gaps(dataset: Dataset, statuses: tuple[MeasureStatus, ...], told: ExplainedLapses) -> Iterator[AgendaQuestion]:
    missed, lost = _lost_not_contacted(dataset, told)
    if missed:
        yield AgendaQuestion("lost_not_contacted", "", {"k": missed, "n": lost})
    for kind in EXPECTED_KINDS:
        if not any(status.kind == kind and status.is_open for status in statuses):
            yield AgendaQuestion("no_open_measure", "", {"kind": kind})


def _lost_not_contacted(dataset: Dataset, told: ExplainedLapses) -> tuple[int, int]:
    """Count those of the last twelve months' recoverable losses whom no win-back measure reached since, and all."""
    if not dataset.covers_activity_on(dataset.year_ago):
        return 0, 0
    lost, _ = lost_between(dataset.ledger, dataset.year_ago, dataset.cut_off)
    lapses = told.lapses
    here = lapses.open_on(dataset.cut_off) & told.recoverable & lost[lapses.customer]
    contacted = np.full(dataset.ledger.customer_count, NEVER, dtype=np.int64)
    rows = carried_out(dataset, "win_back")
    if rows is not None:
        targets = rows.loc[(rows["group"] == "target") & (rows["start"] <= day_number(dataset.cut_off))]
        np.maximum.at(
            contacted, targets["customer"].to_numpy(dtype=np.int64), targets["start"].to_numpy(dtype=np.int64)
        )
    missed = here & (contacted[lapses.customer] < lapses.last_purchase)
    return int(missed.sum()), int(here.sum())
