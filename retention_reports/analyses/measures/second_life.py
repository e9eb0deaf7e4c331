"""Do customers who were won back buy as they used to, and do they stay?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.measures.measure_results import SecondLife
from retention_reports.model.figures import Rate, average
from retention_reports.model.ledger import NEVER, day_number, day_of, months_before_each
from retention_reports.model.measure_rows import bought_after, carried_out, next_purchases

if TYPE_CHECKING:
    from retention_reports.model.bootstrap import Numbers
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers

SHORTEST_DAYS = 90
DAYS_PER_MONTH = 30.4375
MONTHS = 12


def second_life(dataset: Dataset) -> SecondLife | None:
    """Compare the second life of regained customers with the first; None where nobody was regained.

    Regained are targets of win-back measures who were not active at the start and bought within 180 days; of several
    contacts the latest counts.
    """
    starts = _regaining_starts(dataset)
    regained = np.flatnonzero(starts != NEVER)
    if len(regained) == 0:
        return None
    back = np.full(len(starts), NEVER, dtype=np.int64)
    back[regained] = next_purchases(dataset.ledger, regained, starts[regained])
    today = day_number(dataset.cut_off)
    lived = np.where(back == NEVER, 0, today - back)
    settled = lived >= SHORTEST_DAYS
    last = _last_before(dataset, starts)
    first = dataset.ledger.revenue.between_each(months_before_each(last, MONTHS), last)
    second = dataset.ledger.revenue.between_each(back, np.full(len(back), today, dtype=np.int64))
    gone = ~dataset.ledger.active(dataset.cut_off)[regained]
    return SecondLife(
        customers=int(settled.sum()),
        first_month=average(int(first[settled].sum()), MONTHS * int(settled.sum())),
        second_month=_mean(second[settled] / (lived[settled] / DAYS_PER_MONTH)),
        lost_again=Rate(int(gone.sum()), len(regained)),
    )


def _regaining_starts(dataset: Dataset) -> Integers:
    """Return the start of the latest contact that regained each customer, or NEVER."""
    starts = np.full(dataset.ledger.customer_count, NEVER, dtype=np.int64)
    rows = carried_out(dataset, "win_back")
    if rows is None:
        return starts
    rows = rows.loc[rows["group"] == "target"]
    customers, begun = (rows[column].to_numpy(dtype=np.int64) for column in ("customer", "start"))
    regained = bought_after(dataset.ledger, customers, begun, dataset.cut_off)
    regained &= ~_active_on(dataset, customers, begun)
    np.maximum.at(starts, customers[regained], begun[regained])
    return starts


def _active_on(dataset: Dataset, customers: Integers, days: Integers) -> np.ndarray:
    flags = np.zeros(len(customers), dtype=bool)
    for day in np.unique(days).tolist():
        rows = days == day
        flags[rows] = dataset.ledger.active(day_of(day))[customers[rows]]
    return flags


def _last_before(dataset: Dataset, starts: Integers) -> Integers:
    """Return each customer's last purchase on or before its start, or NEVER."""
    last = np.full(len(starts), NEVER, dtype=np.int64)
    for start in np.unique(starts[starts != NEVER]).tolist():
        rows = starts == start
        last[rows] = dataset.ledger.last_purchase(day_of(start))[rows]
    return last


def _mean(amounts: Numbers) -> float | None:
    # Sorted, so that the order of the customers does not decide the last digits.
    return float(np.sort(amounts).mean()) if len(amounts) else None
