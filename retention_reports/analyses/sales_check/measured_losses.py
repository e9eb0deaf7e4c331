"""What the data says about lost customers: is the reason known, and is anybody winning them back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.analyses.sales_check.gaps import Gap
from retention_reports.model.figures import Rate, Unknown
from retention_reports.model.lapses import lost_between
from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.loss_reasons import UNKNOWN, loss_records
from retention_reports.model.measure_rows import carried_out

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Integers


def loss_reasons_known(dataset: Dataset) -> Rate | Gap:
    """Customers lost in the last 12 months whose reason is on record and known ÷ all of these customers.

    A record counts from the customer's last purchase on.
    """
    records = loss_records(dataset)
    if records is None:
        return Gap(Unknown.NO_FILE, "losses")
    lost = _lost_in_last_year(dataset)
    if isinstance(lost, Gap):
        return lost
    customers, since = lost
    until = np.full(len(customers), day_number(dataset.cut_off), dtype=np.int64)
    places = records.latest(customers, since, until).tolist()
    known = sum(place >= 0 and records.reasons[place] is not UNKNOWN for place in places)
    return Rate(known, len(customers))


def win_back_running(dataset: Dataset) -> Rate | Gap:
    """Customers lost in the last 12 months whom a win-back measure has reached since ÷ all of these customers.

    Planned and dropped measures do not count. Customers in a measure's control group are left alone on purpose: they
    are left out.
    """
    rows = carried_out(dataset, "win_back")
    if rows is None:
        return Gap(Unknown.NO_FILE, "measures")
    lost = _lost_in_last_year(dataset)
    if isinstance(lost, Gap):
        return lost
    customers, since = lost
    starts = rows["start"].to_numpy(dtype=np.int64)
    who = rows["customer"].to_numpy(dtype=np.int64)
    control = (rows["group"] == "control").to_numpy(dtype=bool)
    reached = _newest(dataset, who[~control], starts[~control])[customers] >= since
    held_back = ~reached & (_newest(dataset, who[control], starts[control])[customers] >= since)
    if held_back.all():
        return Gap(Unknown.TOO_FEW)
    return Rate(int(reached.sum()), int((~held_back).sum()))


def _lost_in_last_year(dataset: Dataset) -> tuple[Integers, Integers] | Gap:
    """Return who left in the last four quarters and is not back, and the day number of each one's last purchase."""
    if not dataset.covers_activity_on(dataset.year_ago):
        return Gap(Unknown.BEFORE_START_OF_DATA)
    lost, _ = lost_between(dataset.ledger, dataset.year_ago, dataset.cut_off)
    if not lost.any():
        return Gap(Unknown.TOO_FEW)
    return np.flatnonzero(lost).astype(np.int64), dataset.ledger.last_purchase(dataset.cut_off)[lost]


def _newest(dataset: Dataset, customers: Integers, days: Integers) -> Integers:
    newest = np.full(len(dataset.customers), NEVER, dtype=np.int64)
    np.maximum.at(newest, customers, days)
    return newest
