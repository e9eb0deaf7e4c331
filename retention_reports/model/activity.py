"""Who was an active customer on days of their own: the ledger's question, asked for many days at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.lapses import first_lapsed_days
from retention_reports.model.ledger import NEVER

if TYPE_CHECKING:
    from retention_reports.model.ledger import Flags, Integers, Ledger


def active_on_each(ledger: Ledger, customers: Integers, days: Integers) -> Flags:
    """Tell for each pair of customer and day number whether the customer was active on the day.

    Purchases and notices of the day itself count, as in `Ledger.active`; both arrays are of one length.
    """
    flags = np.zeros(len(customers), dtype=np.bool_)
    bought = ledger.purchase_events.last(customers, days, missing=NEVER)
    rows = np.flatnonzero(bought != NEVER)
    last, until = bought[rows], days[rows]
    lapsed = first_lapsed_days(last, ledger.lapse_months[customers[rows]])
    noticed = ledger.notice_events.between(customers[rows], last - 1, until) > 0
    flags[rows] = (until < lapsed) & ~noticed
    return flags
