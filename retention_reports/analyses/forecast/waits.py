"""How long regular customers went on waiting for their next order, told from the ends of past quarters.

At the end of each past quarter every regular customer had waited for some days; how much longer each went on waiting,
those included who have not ordered again, is what a customer who has waited as long is to be expected to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention_reports.model.ledger import NEVER, day_number
from retention_reports.model.rhythm import CLIENT_WEIGHT
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from retention_reports.analyses.forecast.histories import Floats
    from retention_reports.model.ledger import Flags, Integers, Ledger

FEWEST_PURCHASE_DAYS = 4

FEWEST_NEIGHBOURS = 30
"""So many comparable waits are the fewest that an interval is told from."""

_MOST_NEIGHBOURS = 200
_NEIGHBOURS_SHARE = 5
"""Comparable are the fifth of all waits that are nearest, within these two numbers."""

_STEPS = 10
_SHORTEST_USUAL = 1.0
_DIGITS = 9


@record
class Regulars:
    """The regular customers of a day: active, with four or more purchase days; one entry each.

    `rows` are row numbers of the customers table, `last` the day number of the last purchase, `usual` the usual
    interval in days, `waited` the days since the last purchase.
    """

    rows: Integers
    last: Integers
    usual: Floats
    waited: Integers


@record
class Waits:
    """Waits of past quarter ends in units of each customer's usual interval, sorted by the wait that was behind.

    `behind` had been waited already, `ahead` was waited from then on: to the next order where it `came`, else so far.
    """

    behind: Floats
    ahead: Floats
    came: Flags


def regulars(ledger: Ledger, day: date) -> Regulars:
    """Return the regular customers of a day. Usual: (sum of own gaps + 3 × median of all) ÷ (their number + 3)."""
    known = ledger.day_numbers <= day_number(day)
    owners, days = ledger.day_customers[known], ledger.day_numbers[known]
    same = owners[1:] == owners[:-1]
    gaps, gap_owners = np.diff(days)[same], owners[1:][same]
    numbers = np.bincount(gap_owners, minlength=ledger.customer_count)
    sums = np.bincount(gap_owners, weights=gaps, minlength=ledger.customer_count)
    median = float(np.median(gaps)) if len(gaps) else _SHORTEST_USUAL
    usual = np.maximum((sums + CLIENT_WEIGHT * median) / (numbers + CLIENT_WEIGHT), _SHORTEST_USUAL)
    rows = np.flatnonzero((numbers + 1 >= FEWEST_PURCHASE_DAYS) & ledger.active(day))
    last = ledger.last_purchase(day)[rows]
    return Regulars(rows, last, usual[rows], day_number(day) - last)


def next_purchase(ledger: Ledger, day: date) -> Integers:
    """Return the day number of each customer's first purchase after the day, NEVER where there was none so far."""
    later = ledger.day_numbers > day_number(day)
    customers, places = np.unique(ledger.day_customers[later], return_index=True)
    first = np.full(ledger.customer_count, NEVER, dtype=np.int64)
    first[customers] = ledger.day_numbers[later][places]
    return first


def waits(past: Sequence[tuple[date, Regulars, Integers]], until: date) -> Waits:
    """Put together the waits of past days, each with its regular customers and everybody's next purchase after it.

    Nothing after `until` is known: who had not ordered by then was still waiting.
    """
    behind, ahead, came = [np.zeros(0)], [np.zeros(0)], [np.zeros(0, dtype=bool)]
    for day, there, following in past:
        bought_on = following[there.rows]
        known = (bought_on != NEVER) & (bought_on <= day_number(until))
        behind.append(there.waited / there.usual)
        ahead.append((np.where(known, bought_on, day_number(until)) - day_number(day)) / there.usual)
        came.append(known)
    every = [np.concatenate(parts) for parts in (behind, ahead, came)]
    order = np.lexsort((every[2], every[1], every[0]))
    return Waits(every[0][order], every[1][order], every[2][order].astype(np.bool_))


def days_ahead(past: Waits, there: Regulars, percentiles: Sequence[float]) -> Floats:
    """Return in how many days the given shares of comparable customers have ordered; a row a share, NaN if unknown.

    Comparable are the past waits nearest in what was behind. Those still waiting count for as long as they have
    (Kaplan and Meier 1958); where so many never ordered again that a share is not reached, it is unknown.
    """
    size = len(past.behind)
    if size < FEWEST_NEIGHBOURS:
        return np.full((len(percentiles), len(there.rows)), np.nan)
    count = max(FEWEST_NEIGHBOURS, min(_MOST_NEIGHBOURS, size // _NEIGHBOURS_SHARE))
    step = count // _STEPS
    middle = np.searchsorted(past.behind, there.waited / there.usual)
    # Windows move in steps: customers who have waited nearly alike are told the same.
    starts = np.clip((middle - count // 2) // step * step, 0, size - count)
    unique, places = np.unique(starts, return_inverse=True)
    ends = [slice(start, start + count) for start in unique.tolist()]
    shares = [_reached(past.ahead[part], past.came[part], percentiles) for part in ends]
    found = np.array(shares).reshape(len(unique), len(percentiles))[places].T * there.usual
    days: Floats = np.maximum(np.ceil(np.round(found, _DIGITS)), 1.0)
    return days


def _reached(ahead: Floats, came: Flags, percentiles: Sequence[float]) -> list[float]:
    """Return after which wait each share has ordered (product-limit estimate), NaN where it is never reached."""
    order = np.lexsort((~came, ahead))
    ahead, came = ahead[order], came[order]
    waiting = len(ahead) - np.arange(len(ahead))
    ordered = np.round(1 - np.cumprod(np.where(came, 1 - 1 / waiting, 1.0)), _DIGITS)
    places = np.searchsorted(ordered, percentiles)
    return [float(ahead[place]) if place < len(ahead) else np.nan for place in places.tolist()]
