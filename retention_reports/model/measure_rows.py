"""Measures as they concern single customers: who was contacted when, and who bought soon after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number, day_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention_reports.model.dataset import Dataset
    from retention_reports.model.ledger import Flags, Integers, Ledger

SUCCESS_DAYS = 180
"""A purchase so many days after a measure's start counts as its success."""

NOT_CARRIED_OUT = ("idea", "planned", "dropped")


def carried_out(dataset: Dataset, kind: str) -> pd.DataFrame | None:
    """Return the rows of carried-out measures of a kind that concern a customer; None without the file.

    Ideas, planned and dropped rows never happened; an empty state counts as carried out. `start` is the day number.
    """
    table = dataset.table("measures")
    if table is None:
        return None
    rows = table.loc[(table["kind"] == kind) & (table["customer"] >= 0) & ~table["state"].isin(NOT_CARRIED_OUT)]
    return rows.assign(start=day_numbers(rows["started_on"]))


def bought_after(ledger: Ledger, customers: Integers, starts: Integers, cut_off: date) -> Flags:
    """Tell who bought on one of the 180 days after its start, up to the cut-off (the start itself does not count)."""
    ends = np.minimum(starts + SUCCESS_DAYS, day_number(cut_off))
    return bought_within(ledger, customers, starts, ends)


def bought_within(ledger: Ledger, customers: Integers, after: Integers, until: Integers) -> Flags:
    """Tell who bought on a day later than its `after`, up to and including its `until`; a customer may stand twice."""
    bought: Flags = ledger.purchase_events.between(customers, after, until) > 0
    return bought


def next_purchases(ledger: Ledger, customers: Integers, starts: Integers) -> Integers:
    """Return the day number of each customer's first purchase after its start, or NEVER."""
    return ledger.purchase_events.following(customers, starts, missing=NEVER)


def revenue_after(ledger: Ledger, customers: Integers, starts: Integers, cut_off: date) -> Integers:
    """Return the revenue of each customer on the 180 days after its start, up to the cut-off, in ten-thousandths."""
    result: Integers = np.zeros(len(customers), dtype=np.int64)
    # A customer may be in several measures: each start is asked for in a round of its own.
    for start in np.unique(starts):
        rows = starts == start
        end = min(int(start) + SUCCESS_DAYS, day_number(cut_off))
        windows = np.full((2, ledger.customer_count), [[start], [end]], dtype=np.int64)
        result[rows] = ledger.revenue.between_each(windows[0], windows[1])[customers[rows]]
    return result


def observed(starts: Integers, cut_off: date) -> Flags:
    """Tell which windows of 180 days have wholly passed by the cut-off."""
    over: Flags = starts + SUCCESS_DAYS <= day_number(cut_off)
    return over
