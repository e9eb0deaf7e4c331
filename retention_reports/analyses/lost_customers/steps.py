"""Win-back in five steps: identify, analyse, act, control, and keep those who came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.lost_customers.win_back_results import WinBackMeasures, WinBackSteps
from retention_reports.model.figures import Rate
from retention_reports.model.ledger import day_number
from retention_reports.model.loss_reasons import UNKNOWN
from retention_reports.model.measure_rows import bought_after, carried_out, observed, revenue_after

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.lapse_reasons import ExplainedLapses
    from retention_reports.model.lapses import Lapses


def win_back_steps(dataset: Dataset, told: ExplainedLapses, *, reasons_kept: bool) -> WinBackSteps:
    """Work out the figures of each step; `reasons_kept` tells that the client notes why customers leave."""
    lapses = told.lapses
    away = lapses.open_on(dataset.cut_off)
    reasons = [told.reasons[lapse] for lapse in np.flatnonzero(away)]
    noticed = dataset.ledger.last_notice(dataset.cut_off)[lapses.customer] >= lapses.last_purchase
    known = Rate(sum(reason is not UNKNOWN for reason in reasons), len(reasons)) if reasons_kept else None
    return WinBackSteps(
        identified=int(away.sum()),
        identified_by_notice=int((away & noticed).sum()),
        reason_known=known,
        measures=_measures(dataset),
        second_loyalty=_second_loyalty(dataset, lapses),
    )


def _measures(dataset: Dataset) -> WinBackMeasures | None:
    rows = carried_out(dataset, "win_back")
    if rows is None:
        return None
    targets = rows.loc[rows["group"] == "target"]
    customers, starts = (targets[name].to_numpy(dtype=np.int64) for name in ("customer", "start"))
    year_ago = day_number(dataset.year_ago)
    judged = observed(starts, dataset.cut_off) & ~observed(starts, dataset.year_ago)
    back = bought_after(dataset.ledger, customers, starts, dataset.cut_off)
    costs = targets.loc[judged, "cost"].dropna()
    revenue = revenue_after(dataset.ledger, customers, starts, dataset.cut_off)
    running = rows.loc[rows["state"].isin(("running", "")), "measure_id"]
    return WinBackMeasures(
        contacted=len(np.unique(customers[starts > year_ago])),
        running=running.nunique(),
        regained=Rate(int((back & judged).sum()), int(judged.sum())),
        regained_revenue=int(revenue[back & judged].sum()),
        cost=int(costs.sum()) if len(costs) else None,
    )


def _second_loyalty(dataset: Dataset, lapses: Lapses) -> Rate:
    returned = np.unique(lapses.customer[lapses.returned_between(dataset.data_from, dataset.year_ago)])
    active = dataset.ledger.active(dataset.cut_off)[returned]
    return Rate(int(active.sum()), len(returned))
