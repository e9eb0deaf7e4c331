"""Whom a measure reached, and whom it can be compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.lapse_reasons import band_of
from retention_reports.model.ledger import day_number, day_of
from retention_reports.model.measure_outcome import Group, groups_of
from retention_reports.model.measure_rows import SUCCESS_DAYS
from retention_reports.model.quarters import Quarter
from retention_reports.records import record

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses
    from retention_reports.model.ledger import Flags

RECENT_DAYS = 90


@record
class Enrolment:
    """A measure's targets and those they are compared with (`control_group`, `untouched`, or `nobody`)."""

    target: Group
    control: Group
    compared_with: str


def enrolment(dataset: Dataset, told: ExplainedLapses, kind_rows: pd.DataFrame, measure_id: str) -> Enrolment:
    """Read who is in a measure; without control rows look for comparable customers that no such measure touched.

    `kind_rows` are the carried-out rows of all measures of its kind.
    """
    rows = kind_rows.loc[kind_rows["measure_id"] == measure_id]
    target, control = groups_of(rows)
    if control.size:
        return Enrolment(target, control, "control_group")
    kind = str(rows["kind"].iloc[0])
    if target.size == 0 or kind == "acquisition":
        return Enrolment(target, control, "nobody")
    start = int(target.starts.min())
    candidates = _untouched(dataset, kind_rows, rows, start)
    found = (
        _lost_as_long(told, target, candidates, start)
        if kind == "win_back"
        else _alike(dataset, target, candidates, start)
    )
    chosen = np.flatnonzero(found)
    untouched = Group(chosen, np.full(len(chosen), start, dtype=np.int64))
    return Enrolment(target, untouched, "untouched" if untouched.size else "nobody")


def _untouched(dataset: Dataset, kind_rows: pd.DataFrame, own_rows: pd.DataFrame, start: int) -> Flags:
    """Tell who is in no measure of the kind that began less than 180 days before or after the start."""
    near = (kind_rows["start"] - start).abs() < SUCCESS_DAYS
    touched = kind_rows.loc[near & (kind_rows["group"] == "target"), "customer"]
    flags = np.ones(dataset.ledger.customer_count, dtype=bool)
    flags[touched.to_numpy(dtype=np.int64)] = False
    flags[own_rows["customer"].to_numpy(dtype=np.int64)] = False
    return flags


def _lost_as_long(told: ExplainedLapses, target: Group, candidates: Flags, start: int) -> Flags:
    """Tell who was lost on the start day, for as long (by band) as some target, and may be won back."""
    lapses = told.lapses
    away = lapses.open_on(day_of(start))
    bands = band_of(start - lapses.left_on)
    targeted = np.isin(lapses.customer, target.customers)
    same = np.isin(bands, bands[away & targeted])
    flags = np.zeros_like(candidates)
    flags[lapses.customer[away & same & told.recoverable]] = True
    return flags & candidates


def _alike(dataset: Dataset, target: Group, candidates: Flags, start: int) -> Flags:
    """Tell who was active on the start day and shares value class and recency (90 days) with some target.

    The value class is that of the cut-off before the start.
    """
    day = day_of(start)
    before = Quarter.of(day, dataset.quarter.start_month).previous.last_day
    classes = dataset.value_classes(before)
    recent = day_number(day) - dataset.ledger.last_purchase(day) <= RECENT_DAYS
    cells = np.char.add(classes, np.where(recent, "+", "-"))
    alike: Flags = dataset.ledger.active(day) & candidates & np.isin(cells, cells[target.customers])
    return alike
