"""Complaints: how many were settled, and whether the customers bought afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention_reports.model.figures import Figure, Missing, Rate, Unknown, difference_interval
from retention_reports.model.ledger import NEVER, day_number, day_numbers
from retention_reports.model.measure_rows import SUCCESS_DAYS, bought_after, observed
from retention_reports.records import record

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers


@record
class Complaints:
    """Complaints of the last twelve months settled by the cut-off, and purchases after all complaints on record.

    `median_days` is the (lower) median time from complaint to settlement of those settled. `after_settled` and
    `after_open` count complaints followed by a purchase within 180 days, settled within these days or not, of those
    whose 180 days are over.
    """

    settled: Rate
    median_days: int | None
    after_settled: Rate
    after_open: Rate

    @property
    def difference(self) -> tuple[float, float] | None:
        """The 95 % interval of the difference, settled minus open; None where one of them has no case."""
        if not self.after_settled.n or not self.after_open.n:
            return None
        return difference_interval(self.after_settled, self.after_open)

    def figures(self) -> dict[str, Figure]:
        """Return `loyal_customers.complaints`."""
        interval = self.difference
        return {
            **self.settled.figures("settled"),
            "median_days": self.median_days,
            **self.after_settled.figures("bought_after_settled"),
            **self.after_open.figures("bought_after_open"),
            "difference_low": round(interval[0], 6) if interval else None,
            "difference_high": round(interval[1], 6) if interval else None,
        }


def complaints(dataset: Dataset) -> Complaints | Missing:
    """Follow complaints of customers to their settlement and to the next purchase; each complaint counts."""
    feedback = dataset.table("feedback")
    if feedback is None:
        return Missing("complaints", Unknown.NO_FILE, "feedback")
    if not dataset.has_column("feedback", "resolved_on"):
        return Missing("complaints", Unknown.NO_COLUMN, "feedback.resolved_on")
    rows = feedback.loc[(feedback["kind"] == "complaint") & (feedback["customer"] >= 0)]
    if not dataset.client.history_complete:
        rows = rows.loc[rows["date"] >= pd.Timestamp(dataset.data_from)]
    if rows.empty:
        return Missing("complaints", Unknown.NO_ROWS, "feedback")
    raised, settled = day_numbers(rows["date"]), _days_or_never(rows["resolved_on"])
    recent = raised > day_number(dataset.year_ago)
    over = observed(raised, dataset.cut_off)
    customers = rows["customer"].to_numpy(dtype=np.int64)
    bought = bought_after(dataset.ledger, customers, raised, dataset.cut_off)
    in_time = (settled != NEVER) & (settled <= raised + SUCCESS_DAYS)
    taken = np.sort((settled - raised)[recent & (settled != NEVER)])
    return Complaints(
        settled=Rate(len(taken), int(recent.sum())),
        median_days=int(taken[(len(taken) - 1) // 2]) if len(taken) else None,
        after_settled=Rate(int((over & in_time & bought).sum()), int((over & in_time).sum())),
        after_open=Rate(int((over & ~in_time & bought).sum()), int((over & ~in_time).sum())),
    )


def _days_or_never(days: pd.Series) -> Integers:
    numbers = np.full(len(days), NEVER, dtype=np.int64)
    known = days.notna().to_numpy()
    numbers[known] = day_numbers(days[known])
    return numbers
