"""Which quarters can be reported on, told by the data alone: the same data gives the same quarter on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.model.quarters import Quarter

if TYPE_CHECKING:
    from datetime import date

FULLY_EXPORTED_DAYS = 14


def default_quarter(newest_order: date, committed_on: date | None, start_month: int = 1) -> Quarter:
    """Return the newest quarter that the data can be expected to cover to its end.

    With the day of the commit: the newest quarter that had ended by then (its last day counts as ended), but never one
    later than the newest order's. Without: the newest order's quarter where that order lies in the quarter's last
    14 days, else the one before.
    """
    of_newest_order = Quarter.of(newest_order, start_month)
    if committed_on is None:
        days_left = (of_newest_order.last_day - newest_order).days
        return of_newest_order if days_left < FULLY_EXPORTED_DAYS else of_newest_order.previous
    if committed_on >= of_newest_order.last_day:
        return of_newest_order  # however late: behind the commit's own quarter the calendar may end
    of_commit = Quarter.of(committed_on, start_month)
    ended = of_commit if committed_on == of_commit.last_day else of_commit.previous
    return min(ended, of_newest_order)


def complete_quarters(first_purchase: date, newest: Quarter) -> tuple[Quarter, ...]:
    """Return every quarter from that of the first purchase to the newest, oldest first.

    Empty where the first purchase is later than the newest quarter: then there is nothing to report on yet.
    """
    oldest = Quarter.of(first_purchase, newest.start_month)
    return tuple(oldest.plus(quarters) for quarters in range(newest.ordinal - oldest.ordinal + 1))
