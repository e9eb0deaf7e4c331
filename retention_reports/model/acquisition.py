"""When customers were won: their first purchase, and from which quarter on the data can tell a first purchase."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number, day_of
from retention_reports.model.quarters import MONTHS_PER_QUARTER, MONTHS_PER_YEAR, Quarter

if TYPE_CHECKING:
    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers

_EPOCH = date(1970, 1, 1)


def first_known_quarter(dataset: Dataset) -> Quarter | None:
    """Return the earliest quarter whose first-time buyers are known to be such; None where even this one's are not.

    They are known where the lapse time before the quarter's first day lies within the data (for a client with several
    lapse times the longest), or where the history is complete.
    """
    first = dataset.ledger.first_purchase
    quarter = Quarter.of(day_of(int(first[first != NEVER].min())), dataset.quarter.start_month)
    while quarter <= dataset.quarter:
        if dataset.covers_activity_on(quarter.previous.last_day):
            return quarter
        quarter = quarter.plus(1)
    return None


def known_newcomers(dataset: Dataset) -> Flags:
    """Tell which customers' first purchase on record is known to be their first ever (up to the cut-off)."""
    first = dataset.ledger.first_purchase
    quarter = first_known_quarter(dataset)
    if quarter is None:
        return np.zeros(len(first), dtype=np.bool_)
    known: Flags = first >= day_number(quarter.first_day)
    return known


def unknown_quarters(dataset: Dataset) -> str:
    """Name the quarters whose first-time buyers cannot be told from older customers: "2023-Q2..2024-Q1", or ""."""
    first = dataset.ledger.first_purchase
    oldest = Quarter.of(day_of(int(first[first != NEVER].min())), dataset.quarter.start_month)
    known = first_known_quarter(dataset)
    newest = dataset.quarter if known is None else known.previous
    return f"{oldest}..{newest}" if oldest <= newest else ""


def quarter_numbers(days: Integers, start_month: int) -> Integers:
    """Return `Quarter.ordinal` for each day number."""
    months = (days - day_number(_EPOCH)).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months + _EPOCH.year * MONTHS_PER_YEAR + 1 - start_month) // MONTHS_PER_QUARTER
