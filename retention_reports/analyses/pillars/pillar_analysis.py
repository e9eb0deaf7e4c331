"""The three pillars: how many customers came, stayed, returned, and left, and what each group brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.analyses.pillars.pillar_results import Pillars
from retention_reports.analyses.pillars.quarter import pillar_figures
from retention_reports.analyses.pillars.register import customer_standings, losses_by_kind, segment_movements
from retention_reports.model.activity_habit import newest_order_day, orders_end_early

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset

__all__ = ["Pillars", "pillars"]

HISTORY_QUARTERS = 8


def pillars(dataset: Dataset) -> Pillars:
    """Count customers and revenue by pillar for the reported quarter and up to seven before it."""
    first = dataset.quarter.plus(1 - HISTORY_QUARTERS)
    quarters = [first.plus(step) for step in range(HISTORY_QUARTERS)]
    history = tuple(
        pillar_figures(dataset, quarter)
        for quarter in quarters
        if quarter.last_day >= dataset.data_from or quarter == dataset.quarter
    )
    by_notice, silently = losses_by_kind(dataset)
    return Pillars(
        history=history,
        left_by_notice=by_notice,
        left_silently=silently,
        segments=segment_movements(dataset),
        customers=customer_standings(dataset),
        newest_order=newest_order_day(dataset),
        ends_early=orders_end_early(dataset),
    )
