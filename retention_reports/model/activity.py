"""Who was an active customer on days of their own: the ledger's question, asked for many days at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.lapses import first_lapsed_days

if TYPE_CHECKING:
    from retention_reports.model.ledger import Flags, Integers, Ledger

_KEY = 1 << 22


def active_on_each(ledger: Ledger, customers: Integers, days: Integers) -> Flags:
    """Tell for each pair of customer and day number whether the customer was active on the day.

    Purchases and notices of the day itself count, as in `Ledger.active`; both arrays are of one length.
    """
    flags = np.zeros(len(customers), dtype=np.bool_)
    bought = ledger.day_customers * _KEY + ledger.day_numbers
    places = np.searchsorted(bought, customers * _KEY + days, side="right") - 1
    if len(bought) == 0:
        return flags
    found = bought[np.maximum(places, 0)]
    owned = (places >= 0) & (found // _KEY == customers)
    rows = np.flatnonzero(owned)
    last = found[rows] % _KEY
    lapsed = first_lapsed_days(last, ledger.lapse_months[customers[rows]])
    flags[rows] = (days[rows] < lapsed) & ~_noticed(ledger, customers[rows], last, days[rows])
    return flags


def _noticed(ledger: Ledger, customers: Integers, since: Integers, until: Integers) -> Flags:
    """Tell whether the customer gave notice from the one day to the other, both included."""
    notices = ledger.notice_customers * _KEY + ledger.notice_numbers
    before = np.searchsorted(notices, customers * _KEY + since, side="left")
    after = np.searchsorted(notices, customers * _KEY + until, side="right")
    given: Flags = after > before
    return given
