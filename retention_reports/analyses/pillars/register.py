"""Who stands behind the numbers: each customer, each segment, and how the lost ones left."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.analyses.pillars.pillar_results import CustomerStanding, SegmentMovement
from retention_reports.model.ledger import NEVER, days_of
from retention_reports.model.statuses import Status, first_purchase_in, left_in, statuses

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags


def losses_by_kind(dataset: Dataset) -> tuple[int | None, int | None]:
    """Count the quarter's losses by notice and by silence; None where the data is too young to tell."""
    if not dataset.covers_activity_on(dataset.quarter.previous.last_day):
        return None, None
    left = left_in(dataset.ledger, dataset.quarter)
    noticed = left & _gave_notice(dataset)
    return int(noticed.sum()), int((left & ~noticed).sum())


def customer_standings(dataset: Dataset) -> tuple[CustomerStanding, ...]:
    """List everyone who has bought up to the cut-off, by revenue of the last twelve months, largest first."""
    ledger, quarter = dataset.ledger, dataset.quarter
    status = statuses(ledger, quarter)
    rows = np.flatnonzero(status != Status.NONE)
    kinds = tuple(Status)
    numbers = {
        "revenue_quarter": ledger.revenue.between(quarter.previous.last_day, dataset.cut_off),
        "revenue_year": ledger.revenue.between(dataset.year_ago, dataset.cut_off),
        "revenue_before": ledger.revenue.between(quarter.plus(-8).last_day, dataset.year_ago),
        "yearly_value": ledger.yearly_value(dataset.cut_off),
        "left": left_in(ledger, quarter),
        "gave_notice": _gave_notice(dataset),
    }
    names = {name: dataset.customers[name].to_numpy(dtype=object) for name in ("customer_id", "name", "segment")}
    columns = {
        **{name: column[rows].tolist() for name, column in (names | numbers).items()},
        "status": [kinds[kind] for kind in status[rows].tolist()],
        "first_purchase": days_of(ledger.first_purchase[rows]),
        "last_purchase": days_of(ledger.last_purchase(dataset.cut_off)[rows]),
    }
    standings = map(CustomerStanding, *(columns[field.name] for field in fields(CustomerStanding)))
    return tuple(sorted(standings, key=lambda one: (-one.revenue_year, -one.revenue_before, one.customer_id)))


def segment_movements(dataset: Dataset) -> tuple[SegmentMovement, ...]:
    """Break the quarter's movements down by segment, largest revenue of the last twelve months first.

    Empty where the client's customers have no segments or the data is too young to tell who was active a year ago.
    """
    names = dataset.customers["segment"]
    if not dataset.covers_activity_on(dataset.year_ago) or not (names != "").any():
        return ()
    ledger, quarter = dataset.ledger, dataset.quarter
    opening = ledger.active(quarter.previous.last_day)
    closing = ledger.active(dataset.cut_off)
    bought = ledger.bought_between(quarter.previous.last_day, dataset.cut_off)
    new = first_purchase_in(ledger, quarter)
    then = ledger.active(dataset.year_ago)
    frame = pd.DataFrame(
        {
            "opening": opening,
            "new": new,
            "won_back": bought & ~opening & ~new,
            "lost": left_in(ledger, quarter),
            "closing": closing,
            "active_year_ago": then,
            "kept": then & closing,
            "revenue_year": ledger.revenue.between(dataset.year_ago, dataset.cut_off),
            "revenue_before": ledger.revenue.between(quarter.plus(-8).last_day, dataset.year_ago),
        }
    ).astype(np.int64)
    sums = frame.loc[dataset.known_customers].groupby(names.loc[dataset.known_customers], sort=True).sum()
    ranked = sums.sort_values("revenue_year", ascending=False, kind="stable")
    return tuple(
        SegmentMovement(segment=str(name), **{column: int(row[column]) for column in frame.columns})
        for name, row in ranked.iterrows()
    )


def _gave_notice(dataset: Dataset) -> Flags:
    notice = dataset.ledger.last_notice(dataset.cut_off)
    flags: Flags = (notice != NEVER) & (notice >= dataset.ledger.last_purchase(dataset.cut_off))
    return flags
