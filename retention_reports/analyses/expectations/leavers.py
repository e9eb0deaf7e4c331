"""What those who left had said, beside those who stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.expectations.expectation_results import DISSATISFIED_TO, FarewellScores
from retention_reports.analyses.expectations.voices import scores_of
from retention_reports.model.bootstrap import mean_difference_interval
from retention_reports.model.events import Events
from retention_reports.model.figures import TOO_FEW, Rate
from retention_reports.model.ledger import NEVER, day_number, day_numbers, months_before_each
from retention_reports.model.quarters import MONTHS_PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers


def farewell_scores(dataset: Dataset, table: pd.DataFrame) -> FarewellScores | None:
    """Compare last scores; None where nobody can be told to have left, or no scores were given."""
    since = dataset.quarter.plus(-8).last_day
    rows = table.loc[(table["kind"] == "survey") & table["score"].notna() & (table["customer"] >= 0)]
    if not dataset.covers_activity_on(since) or rows.empty:
        return None
    last = _LastScores(rows)
    left = dataset.lapses
    gone = (left.left_on > day_number(since)) & left.open_on(dataset.cut_off)
    leavers = last.before(left.customer[gone], left.left_on[gone])
    active = np.flatnonzero(dataset.ledger.active(dataset.cut_off))
    stayers = last.before(active, np.full(len(active), day_number(dataset.cut_off), dtype=np.int64))
    enough = min(len(leavers), len(stayers)) >= TOO_FEW
    return FarewellScores(
        leavers=scores_of(leavers),
        stayers=scores_of(stayers),
        leavers_dissatisfied=Rate(int((leavers <= DISSATISFIED_TO).sum()), len(leavers)),
        stayers_dissatisfied=Rate(int((stayers <= DISSATISFIED_TO).sum()), len(stayers)),
        interval=mean_difference_interval(stayers, leavers) if enough else None,
    )


class _LastScores:
    """Each customer's scores in the order of days; of one day the lowest counts."""

    def __init__(self, rows: pd.DataFrame) -> None:
        lowest_last = rows.sort_values("score", ascending=False, kind="stable")
        self.given = Events(lowest_last["customer"].to_numpy(dtype=np.int64), day_numbers(lowest_last["date"]))
        self.scores = lowest_last["score"].to_numpy(dtype=np.float64)[self.given.order]

    def before(self, customers: Integers, days: Integers) -> Numbers:
        """Return the last score on or before each day, of those who gave one in the twelve months up to it."""
        earliest = months_before_each(days, MONTHS_PER_YEAR) if len(days) else days
        known = self.given.last(customers, days, missing=NEVER) > earliest
        values: Numbers = self.scores[self.given.place_of_last(customers, days)[known]]
        return values
